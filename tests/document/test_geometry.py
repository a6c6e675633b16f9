from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop_ocr.document.geometry import Point, Quad, Transform
from tests import strategies as own

entries = st.floats(-3, 3)


@given(own.quads)
def test_box_holds_every_corner(quad: Quad) -> None:
    box = quad.box
    for x, y in quad.points:
        assert box.left <= x <= box.right
        assert box.top <= y <= box.bottom


@given(st.lists(entries, min_size=6, max_size=6), st.integers(-500, 500), st.integers(-500, 500))
def test_inverse_transform_leads_back(m: list[float], x: int, y: int) -> None:
    assume(abs(m[0] * m[4] - m[1] * m[3]) > 0.1)
    there = Transform.of([m[:3], m[3:]])
    assert there.inverse().point(*there.point(x, y)) == pytest.approx((x, y), abs=1e-6)


def test_then_does_the_first_map_first() -> None:
    shift = Transform((1, 0, 10, 0, 1, 0, 0, 0, 1))
    assert shift.then(Transform.scaling(2, 2)).point(1, 1) == Point(22, 2)


def test_singular_transform_has_no_inverse() -> None:
    with pytest.raises(ValueError, match="cannot be inverted"):
        Transform.scaling(0, 1).inverse()


@given(own.upright_quads, st.floats(0, 1), st.floats(0, 1))
def test_parts_lie_along_the_quad(quad: Quad, a: float, b: float) -> None:
    start, end = sorted((a, b))
    part = quad.between(start, end)
    assert part.width == pytest.approx((end - start) * quad.width, abs=1e-6)
    assert part.height == pytest.approx(quad.height)


def test_around_keeps_the_slant_of_the_text() -> None:
    slope = math.tan(math.radians(10))
    first = Quad.of([(0, 0), (100, 100 * slope), (95, 130 * slope + 20), (-5, 30 * slope + 20)])
    second = first.translated(110, 110 * slope)
    joint = first.around(second)
    tl, tr = joint.points[:2]
    assert math.degrees(math.atan2(tr.y - tl.y, tr.x - tl.x)) == pytest.approx(10, abs=1.5)
    assert joint.area < 1.3 * (first.area + second.area)


@pytest.mark.parametrize("points", [[], [(0, 0)] * 3, [(0, 0)] * 5])
def test_a_quad_has_four_points(points: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="four points"):
        Quad.of(points)


def test_a_quad_is_finite() -> None:
    with pytest.raises(ValueError, match="finite"):
        Quad.of([(0, 0), (1, 0), (math.nan, 1), (0, 1)])
