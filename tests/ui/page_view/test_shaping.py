from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop_ocr.document.geometry import Point, Quad
from desktop_ocr.ui.page_view.shaping import (
    MINIMUM,
    Handle,
    angle,
    axes,
    common_angle,
    drawn,
    grown,
    handle_point,
    moved_within,
    resized,
)

small = st.floats(-300, 300)


def turned(width: float, height: float, radians: float, x: float = 500, y: float = 400) -> Quad:
    c, s = math.cos(radians), math.sin(radians)
    corners = [(-width / 2, -height / 2), (width / 2, -height / 2)]
    corners += [(width / 2, height / 2), (-width / 2, height / 2)]
    return Quad.of([(x + a * c - b * s, y + a * s + b * c) for a, b in corners])


rectangles = st.builds(turned, st.floats(10, 800), st.floats(8, 120), st.floats(-math.pi, math.pi))


def assert_close(a: Quad, b: Quad, within: float = 1e-6) -> None:
    for p, q in zip(a.points, b.points, strict=True):
        assert math.dist(p, q) <= within


@given(rectangles, st.sampled_from(Handle), small, small)
def test_resizing_keeps_angle_and_opposite_edges(quad, handle, dx, dy):
    result = resized(quad, handle, dx, dy)
    assert math.cos(angle(result) - angle(quad)) == pytest.approx(1, abs=1e-6)
    # Right angles stay right angles.
    tl, tr, _, bl = result.points
    assert (tr.x - tl.x) * (bl.x - tl.x) + (tr.y - tl.y) * (bl.y - tl.y) == pytest.approx(
        0, abs=1e-3
    )
    along, across = handle.value
    opposite = next(h for h in Handle if h.value == (-along, -across))
    u, v = axes(quad)
    before, after = handle_point(quad, opposite), handle_point(result, opposite)
    x, y = after.x - before.x, after.y - before.y
    if along:
        assert x * u.x + y * u.y == pytest.approx(0, abs=1e-6)
    if across:
        assert x * v.x + y * v.y == pytest.approx(0, abs=1e-6)


@given(rectangles, st.sampled_from([h for h in Handle if h.is_corner]), small, small)
def test_corner_follows_the_pointer(quad, handle, dx, dy):
    result = resized(quad, handle, dx, dy)
    assume(result.width > MINIMUM + 1e-3 and result.height > MINIMUM + 1e-3)
    before, after = handle_point(quad, handle), handle_point(result, handle)
    assert (after.x - before.x, after.y - before.y) == pytest.approx((dx, dy), abs=1e-6)


@given(rectangles, st.sampled_from(Handle), st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_no_box_turns_inside_out(quad, handle, dx, dy):
    result = resized(quad, handle, dx, dy)
    assert result.width >= MINIMUM - 1e-6
    assert result.height >= MINIMUM - 1e-6
    assert math.cos(angle(result) - angle(quad)) > 0.999


@given(rectangles, st.sampled_from(Handle), small, small)
def test_resizing_back_is_identity(quad, handle, dx, dy):
    there = resized(quad, handle, dx, dy)
    assume(there.width > MINIMUM + 1e-3 and there.height > MINIMUM + 1e-3)
    assert_close(resized(there, handle, -dx, -dy), quad, 1e-5)


@given(rectangles, st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_a_moved_box_stays_on_the_page(quad, dx, dy):
    x, y = moved_within(quad, dx, dy, 1000, 800).center
    assert -1e-6 <= x <= 1000 + 1e-6
    assert -1e-6 <= y <= 800 + 1e-6


def test_a_box_outside_the_page_may_come_back_but_not_leave_further():
    outside = Quad.from_box(-200, 100, -100, 140)
    assert moved_within(outside, -50, 0, 1000, 800) == outside
    assert moved_within(outside, 50, 0, 1000, 800).center.x == -100


@given(st.floats(-1.5, 1.5), small, small)
def test_drawing_in_any_direction_gives_the_same_clockwise_box(direction, x, y):
    a, b = Point(100, 100), Point(100 + x, 100 + y)
    quad = drawn(a, b, direction)
    assert_close(quad, drawn(b, a, direction), 1e-6)
    points = quad.points
    twice = sum(points[i - 1].x * points[i].y - points[i].x * points[i - 1].y for i in range(4))
    assert twice >= -1e-6  # clockwise on a screen


def test_direction_of_a_skewed_page_is_taken_over():
    skewed = [turned(300, 30, math.radians(4), y=100 * i) for i in range(6)]
    assert math.degrees(common_angle(skewed)) == pytest.approx(4)
    assert common_angle([turned(300, 30, 0.001)]) == 0
    mixed = [turned(300, 30, math.radians(a)) for a in (0, 10, 40, -30, 80)]
    assert common_angle(mixed) == 0
    assert common_angle([]) == 0


@given(rectangles)
def test_growing_moves_every_edge_outwards(quad):
    larger = grown(quad, 3)
    assert larger.width == pytest.approx(quad.width + 6)
    assert larger.height == pytest.approx(quad.height + 6)
    assert larger.center == pytest.approx(quad.center)
