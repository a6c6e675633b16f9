from __future__ import annotations

import math

import numpy as np
import pytest

from desktop_ocr.document.geometry import Quad
from desktop_ocr.engine.load import from_array
from desktop_ocr.ui.review.crop import HEIGHT, LEAST_LINE, CropView, rectify
from tests.ui.page_view.test_shaping import turned


def page_with(quad: Quad, size: int = 1000) -> np.ndarray:
    """White paper with a dark box exactly on the quad."""
    import cv2

    pixels = np.full((size, size, 3), 255, np.uint8)
    cv2.fillPoly(pixels, [np.array(quad.points).round().astype(np.int32)], (40, 40, 40))
    return pixels


@pytest.mark.parametrize("degrees", [0, 5, -20, 90, 180])
@pytest.mark.parametrize("scale", [0.4, 1.0, 2.3])
def test_a_slanted_line_becomes_level_and_keeps_its_place(degrees, scale):
    quad = turned(400, 40, math.radians(degrees), 500, 500)
    strip = rectify(page_with(quad), quad, scale, 150)
    assert strip is not None
    assert strip.pixels.shape[0] == pytest.approx(150, abs=2)
    left, top, right, bottom = strip.line
    assert right - left == pytest.approx(400 * scale, rel=0.02)
    assert bottom - top == pytest.approx(40 * scale, rel=0.05)
    inside = strip.pixels[round(top) + 2 : round(bottom) - 2, round(left) + 2 : round(right) - 2]
    assert inside.mean() < 60
    assert strip.pixels[: round(top) - 3].mean() > 235
    assert strip.pixels[round(bottom) + 3 :].mean() > 235


def test_places_on_the_page_are_found_in_the_strip():
    quad = turned(300, 50, 0.3, 500, 400)
    strip = rectify(page_with(quad), quad, 0.7, 120)
    corners = strip.to_strip.quad(quad).points
    left, top, right, bottom = strip.line
    wanted = [(left, top), (right, top), (right, bottom), (left, bottom)]
    for point, want in zip(corners, wanted, strict=True):
        assert tuple(point) == pytest.approx(want, abs=1.0)


def test_a_box_without_area_has_no_picture():
    flat = Quad.of([(10, 10), (50, 10), (50, 10), (10, 10)])
    assert rectify(np.zeros((100, 100, 3), np.uint8), flat, 1.0, 100) is None


@pytest.fixture
def crop(qtbot):
    view = CropView()
    qtbot.addWidget(view)
    view.resize(500, HEIGHT)
    view.show()
    qtbot.waitExposed(view)
    return view


def test_a_line_fills_the_width_of_the_field(crop):
    quad = Quad.from_box(100, 480, 800, 520)
    crop.show_line(from_array(page_with(quad), "a.png"), quad)
    width = crop.strip.pixels.shape[1]
    assert width == pytest.approx(500, abs=2)


def test_a_long_line_stays_readable_and_follows_the_caret(crop):
    quad = Quad.from_box(10, 480, 990, 494)
    crop.show_line(from_array(page_with(quad), "a.png"), quad)
    _, top, _, bottom = crop.strip.line
    assert bottom - top == pytest.approx(LEAST_LINE, rel=0.05)
    assert crop.offset == 0
    crop.mark(Quad.from_box(960, 480, 980, 494))
    assert crop.offset > 0
    box = crop.strip.to_strip.quad(Quad.from_box(960, 480, 980, 494)).box
    assert box.left - crop.offset >= 0 and box.right - crop.offset <= 500
    crop.mark(Quad.from_box(12, 480, 20, 494))
    assert crop.offset < 40


def test_clicking_the_picture_tells_the_place_on_the_page(crop, qtbot):
    from PySide6.QtCore import QPoint, Qt

    quad = turned(600, 40, 0.2, 500, 500)
    crop.show_line(from_array(page_with(quad), "a.png"), quad)
    left, top, right, bottom = crop.strip.line
    with qtbot.waitSignal(crop.clicked) as signal:
        middle = QPoint(round((left + right) / 2), round((top + bottom) / 2))
        qtbot.mouseClick(crop, Qt.MouseButton.LeftButton, pos=middle)
    assert signal.args == [pytest.approx(500, abs=2), pytest.approx(500, abs=2)]


def test_neighbours_are_dimmed_and_the_line_is_not(crop):
    quad = Quad.from_box(100, 480, 800, 520)
    crop.show_line(from_array(np.full((1000, 1000, 3), 255, np.uint8), "a.png"), quad)
    image = crop.grab().toImage()
    assert image.pixelColor(250, HEIGHT // 2).lightness() == 255
    assert image.pixelColor(250, 8).lightness() < 253


def test_without_pixels_there_is_a_hint(crop):
    crop.set_hint("Loading")
    crop.show_line(None, Quad.from_box(0, 0, 10, 10))
    assert crop.strip is None
    assert not crop.grab().isNull()


@pytest.mark.parametrize(
    "quad",
    [
        Quad.from_box(100, 10, 112, 990),  # a narrow upright box
        Quad.from_box(0, 0, 1000, 1000),  # the whole page
        Quad.from_box(0, 500, 1000, 502),  # a hairline
        Quad.from_box(500, 500, 502, 502),  # a dot
    ],
    ids=["upright", "page", "hairline", "dot"],
)
def test_boxes_of_odd_shapes_make_no_huge_pictures(crop, quad, monkeypatch):
    import cv2

    real, sizes = cv2.warpPerspective, []

    def warp(pixels, matrix, size, **options):
        sizes.append(size)
        return real(pixels, matrix, size, **options)

    monkeypatch.setattr(cv2, "warpPerspective", warp)
    crop.show_line(from_array(page_with(quad), "a.png"), quad)
    assert sizes
    assert all(width * height <= 4_000_000 for width, height in sizes)
    assert crop.strip.pixels.shape[0] <= 2 * HEIGHT
    assert not crop.grab().isNull()


def test_the_hint_stands_only_where_no_line_is_chosen(crop):
    def inks():
        picture = crop.grab().toImage()
        middle = picture.height() // 2
        return {picture.pixelColor(x, middle).rgb() for x in range(100, picture.width() - 100)}

    crop.set_hint("Select a line to see it here")
    crop.show_line(None, None)
    with_hint = inks()
    crop.show_line(None, Quad.from_box(10, 10, 200, 40))  # its pixels are still loaded
    assert len(with_hint) > 1
    assert len(inks()) == 1
