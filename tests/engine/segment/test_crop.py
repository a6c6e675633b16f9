from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_ocr.document.geometry import Quad
from desktop_ocr.engine.segment.crop import along_text, crop, with_margin


def gradient(width: int = 300, height: int = 200) -> np.ndarray:
    """Blue says x, green says y."""
    page = np.zeros((height, width, 3), np.uint8)
    page[..., 0] = np.arange(width) * 255 // width
    page[..., 1] = (np.arange(height) * 255 // height)[:, None]
    return page


def test_upright_quad_gives_the_very_pixels() -> None:
    page = gradient()
    assert (crop(page, Quad.from_box(20, 30, 120, 60)) == page[30:60, 20:120]).all()


@settings(deadline=None)
@given(
    st.floats(60, 240), st.floats(60, 140), st.floats(20, 90), st.floats(10, 40), st.floats(0, 6.28)
)
def test_turned_quad_comes_out_straight(
    x: float, y: float, width: float, height: float, turn: float
) -> None:
    page = gradient()
    c, s = np.cos(turn), np.sin(turn)
    corners = [(-width, -height), (width, -height), (width, height), (-width, height)]
    quad = Quad.of([(x + (u * c - v * s) / 2, y + (u * s + v * c) / 2) for u, v in corners])
    found = crop(page, quad)
    assert found.shape[:2] == (max(1, round(quad.height)), max(1, round(quad.width)))
    middle = found[found.shape[0] // 2, found.shape[1] // 2]
    assert int(middle[0]) == pytest.approx(x * 255 / 300, abs=3)
    assert int(middle[1]) == pytest.approx(y * 255 / 200, abs=3)


def test_page_s_edge_is_repeated_and_beyond_is_white() -> None:
    page = gradient()
    over = crop(page, Quad.from_box(-20, -10, 40, 20))
    assert over.shape == (30, 60, 3)
    assert (over[:9, :19] == over[0, 0]).all()
    assert (crop(page, Quad.from_box(500, 500, 540, 520)) == 255).all()
    assert crop(page, Quad.from_box(10, 10, 10, 10)).shape == (1, 1, 3)


def test_text_that_runs_downwards_is_laid_on_its_side() -> None:
    page = np.full((300, 200, 3), 255, np.uint8)
    page[20:40, 100:120] = (0, 0, 255)  # red at the top end of the column
    page[220:240, 110:120] = (255, 0, 0)  # blue at its lower right
    column = Quad.from_box(95, 10, 125, 250)
    turned = along_text(column)
    found = crop(page, turned)
    assert found.shape == (30, 240, 3)
    assert tuple(found[15, 20]) == (0, 0, 255)
    assert tuple(found[9, 220]) == (255, 0, 0)  # the column's right side is the line's upper
    # A character's place along the crop is its place along the turned quad.
    start = turned.between(10 / 240, 30 / 240).box
    assert (start.left, start.top, start.right, start.bottom) == pytest.approx((95, 20, 125, 40))
    digit = Quad.from_box(0, 0, 12, 30)
    assert along_text(digit) == digit


def test_margin_grows_every_side_and_keeps_the_slant() -> None:
    assert with_margin(Quad.from_box(10, 10, 110, 30), 0.1).box == (8, 8, 112, 32)
    slanted = Quad.of([(0, 0), (100, 10), (98, 30), (-2, 20)])
    grown = with_margin(slanted, 0.1)
    tl, tr, *_ = grown.points
    assert (tr.y - tl.y) / (tr.x - tl.x) == pytest.approx(0.1, abs=0.01)
    assert grown.area > slanted.area
