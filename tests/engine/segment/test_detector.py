"""The detector's own parts: tiles, boxes from probabilities, memory bounded by the tile."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.geometry import Quad
from desktop_ocr.engine.enhance import enhance
from desktop_ocr.engine.segment.detector import (
    DetectorParameters,
    DetectorSegmenter,
    boxes_of,
    tightened,
    tiles,
    with_foot,
)
from desktop_ocr.engine.segment.ink import PageInk
from tests.engine.drawing import lab_sheet


@given(st.integers(1, 5000), st.integers(96, 700), st.integers(0, 90))
def test_tiles_cover_a_length_once(length: int, tile: int, overlap: int) -> None:
    done = 0
    for start, end, inner_start, inner_end in tiles(length, tile, overlap):
        assert 0 <= start <= inner_start < inner_end <= end <= length
        assert end - start <= tile
        assert inner_start == done
        done = inner_end
    assert done == length


@pytest.mark.parametrize("angle", [0, 4, -12])
def test_a_box_is_grown_back_from_the_core_of_its_line(angle: float) -> None:
    """A rectangle of area A and circumference U grows by 1.6 A / U on every side."""
    probability = np.zeros((300, 500), np.float32)
    core = cv2.boxPoints(((250.0, 150.0), (200.0, 20.0), angle))
    cv2.fillPoly(probability, [np.round(core).astype(np.int32)], 0.9)
    (box,) = boxes_of(probability, DetectorParameters())
    quad = Quad.of(box)
    grow = 1.6 * 200 * 20 / 440
    # Drawing the slanted core and closing its gaps add pixels, which grow as well.
    assert quad.width == pytest.approx(200 + 2 * grow, abs=7)
    assert quad.height == pytest.approx(20 + 2 * grow, abs=7)
    assert (quad.center.x, quad.center.y) == pytest.approx((250.5, 150.5), abs=1.5)
    assert quad.points[1].x > quad.points[0].x + 150  # from the top left corner, clockwise
    assert quad.points[3].y > quad.points[0].y


def test_faint_and_tiny_areas_are_no_text() -> None:
    probability = np.zeros((100, 100), np.float32)
    probability[10:20, 10:90] = 0.4  # above the threshold of a pixel, below that of a box
    probability[50:52, 50:52] = 1.0
    assert boxes_of(probability, DetectorParameters()).shape == (0, 4, 2)


def test_small_tiles_find_what_one_large_tile_finds() -> None:
    """Lines that run over the borders of tiles stay whole."""
    page = enhance(lab_sheet().pixels)
    ink = PageInk.of(page.ink)

    def find(tile: int) -> list[Quad]:
        segmenter = DetectorSegmenter(DetectorParameters(tile=tile), threads=1)
        return list(segmenter.find(page, ink).quads)

    whole, parts = find(4000), find(320)
    assert len(parts) == len(whole)
    for quad in whole:
        other = min(parts, key=lambda q: math.dist(q.center, quad.center))
        assert other.box == pytest.approx(quad.box, abs=6)


def test_remains_of_rules_above_and_below_do_not_loosen_a_box() -> None:
    ink = np.zeros((60, 200), np.uint8)
    ink[20:42, 60:140:3] = 1
    ink[2:4, 10:190] = 1
    ink[56, 10:100] = 1
    box = tightened(Quad.from_box(5, 0, 195, 60), ink).box
    assert box.top == pytest.approx(20 - 0.15 * 22, abs=1.5)
    assert box.bottom == pytest.approx(42 + 0.15 * 22, abs=1.5)
    assert box.left == pytest.approx(60 - 0.15 * 22, abs=1.5)


def test_a_sign_of_level_strokes_keeps_them_all() -> None:
    ink = np.zeros((60, 60), np.uint8)
    for top in (8, 28, 50):  # 三
        ink[top : top + 4, 10:50] = 1
    box = tightened(Quad.from_box(0, 0, 60, 60), ink).box
    assert box.top <= 8
    assert box.bottom >= 54


def test_a_line_reaches_further_down_where_a_mark_hangs_at_its_foot_and_a_cell_does_not() -> None:
    bare = np.zeros((100, 400), np.uint8)
    hanging = bare.copy()
    hanging[52:56, 300:304] = 1
    line, cell = Quad.from_box(20, 20, 380, 50), Quad.from_box(250, 20, 310, 50)
    assert with_foot(line, bare) is line
    assert with_foot(cell, hanging) is cell
    assert with_foot(line, hanging).box == (20, 20, 380, 53)
