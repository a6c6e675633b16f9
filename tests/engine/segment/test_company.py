"""Narrow cells of a table are read beside the cell before them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Cell, Line
from desktop_ocr.engine.line_reading import LineJob, Source, never, recognise
from desktop_ocr.engine.recognize.judge import PLAIN
from desktop_ocr.engine.recognize.reader import Recognizer
from desktop_ocr.engine.segment.company import beside, neighbours
from desktop_ocr.engine.segment.crop import MARGIN, crop
from tests.engine.drawing import DrawnPage

BEFORE, FLAG = 0, 1
"""Columns."""


def line(name: str, box: tuple[float, float, float, float], *cell: int) -> Line:
    return Line(name, Quad.from_box(*box), cell=Cell(*cell) if cell else None)


def test_a_narrow_cell_stands_beside_the_nearest_wide_cell_before_it() -> None:
    lines = [
        line("name", (10, 10, 90, 30), 0, 0, 0),
        line("value", (120, 10, 160, 30), 0, 0, 1),
        line("flag", (170, 10, 180, 30), 0, 0, 2),
        line("range", (200, 10, 260, 30), 0, 0, 3),
        line("second flag", (172, 40, 182, 60), 0, 1, 2),  # alone in its row
        line("number", (100, 70, 108, 90), 0, 2, 0),
        line("item", (120, 70, 160, 90), 0, 2, 1),  # what follows is no company
        line("elsewhere", (170, 10, 180, 30)),
        line("value far away", (10, 100, 50, 120), 0, 3, 1),
        line("its flag", (500, 100, 510, 120), 0, 3, 2),
        line("value of a slanted row", (10, 130, 50, 150), 0, 4, 1),
        line("flag below", (60, 145, 70, 165), 0, 4, 2),
    ]
    assert neighbours(lines) == {2: 1}


def test_narrow_and_neighbour_lie_close_together_and_level() -> None:
    page = np.full((100, 400, 3), 200, np.uint8)
    page[40:60, 100:150] = (0, 0, 90)  # the value, 20 high
    page[45:50, 250:260] = (90, 0, 0)  # a mark, found by itself, higher than the value's middle
    value, mark = Quad.from_box(97, 37, 153, 63), Quad.from_box(248, 43, 262, 52)
    found = beside(lambda quad: crop(page, quad), mark, value)
    assert found is not None
    assert found.pixels.shape[0] == 26
    assert found.pixels.shape[1] < 26 * (2.5 / (1 + 2 * MARGIN) + 0.8) + 14 + 2
    part = found.pixels[:, found.start : found.end]
    assert part.shape[1] == 14
    rows = np.flatnonzero((part[..., 0] < 150).any(axis=1))
    assert (rows[0], rows[-1]) == pytest.approx((8, 12), abs=1)  # as high as beside the value
    assert (found.pixels[:, : found.start, 2] < 150).any()
    assert (found.pixels[:, found.start - 8 : found.start - 2] == 200).all()
    assert (found.pixels[:, found.end :] == 200).all()


def test_a_cell_that_drifted_off_its_neighbours_line_is_cut_whole() -> None:
    page = np.full((100, 400, 3), 200, np.uint8)
    page[30:50, 250:256] = 20
    found = beside(
        lambda quad: crop(page, quad),
        Quad.from_box(248, 27, 258, 53),
        Quad.from_box(97, 37, 153, 63),
    )
    assert found is not None
    part = found.pixels[:, found.start : found.end, 0]
    assert np.flatnonzero((part < 100).any(axis=1)) == pytest.approx(np.arange(3, 23), abs=1)


def test_nothing_is_read_beside_a_neighbour_that_covers_it() -> None:
    page = np.full((100, 400, 3), 200, np.uint8)
    value = Quad.from_box(100, 40, 160, 60)
    assert beside(lambda q: crop(page, q), Quad.from_box(140, 40, 150, 60), value) is None
    assert beside(lambda q: crop(page, q), Quad.from_box(140, 40, 170, 60), value) is not None


SIGNS = "↑↓*+-HL↑↓*+-"


def photographed_flags() -> tuple[np.ndarray, list[Line]]:
    """Return a small picture of values with signs in a column of their own, and its cells."""
    drawn = DrawnPage(400, 700)
    values = [f"{k * 37 % 90 + 3}.{k * 7 % 10}" for k in range(len(SIGNS))]
    for k, (value, sign) in enumerate(zip(values, SIGNS, strict=True)):
        drawn.text(60, 40 + 50 * k, value, 30)
        drawn.text(200, 40 + 50 * k, sign, 30)
    small = cv2.resize(drawn.pixels, None, fx=0.45, fy=0.45, interpolation=cv2.INTER_AREA)
    noise = np.random.default_rng(7).normal(0, 5, small.shape)
    grey = 70 + 0.5 * cv2.GaussianBlur(small, (0, 0), 0.7).astype(np.float64) + noise
    lines = []
    for k, box in enumerate(drawn.boxes):
        left, top, right, bottom = (0.45 * edge for edge in box)
        if k % 2:  # as high as its row, as marks are found
            top, bottom = lines[-1].quad.box.top + 2, lines[-1].quad.box.bottom - 2
        quad = Quad.from_box(left - 2, top - 2, right + 2, bottom + 2)
        lines.append(Line(str(k), quad, cell=Cell(0, k // 2, k % 2)))
    return np.clip(grey, 0, 255).astype(np.uint8), lines


def read(pixels: np.ndarray, lines: list[Line]) -> str:
    job = LineJob(Recognizer(threads=1), PLAIN, None, never)
    done = {e.line.id: e.line for e in recognise([Source(pixels)] * len(lines), lines, job)}
    for found in done.values():
        assert all(0 <= c.confidence <= 1 for c in found.characters)
        box = found.quad.box
        assert all(box.left - 1 <= c.quad.box.left for c in found.characters)
        assert all(c.quad.box.right <= box.right + 1 for c in found.characters)
    return "".join(done[x.id].text or " " for x in lines if x.cell is None or x.cell.column)


def test_small_flags_are_read_beside_their_values_and_not_alone() -> None:
    pixels, lines = photographed_flags()
    alone = [Line(x.id, x.quad) for x in lines[1::2]]
    right = sum(a == b for a, b in zip(read(pixels, alone), SIGNS, strict=False))
    assert read(pixels, lines) == SIGNS
    assert right <= len(SIGNS) - 2


def test_lone_digits_and_letters_stay_what_they_are() -> None:
    drawn = DrawnPage(400, 700)
    texts = "1703t8i9H4"
    for k, text in enumerate(texts):
        drawn.text(40, 40 + 50 * k, "蛋白", 30)
        drawn.text(200, 40 + 50 * k, text, 30)
    lines = [
        Line(str(k), Quad.from_box(a - 4, b - 4, c + 4, d + 4), cell=Cell(0, k // 2, k % 2))
        for k, (a, b, c, d) in enumerate(drawn.boxes)
    ]
    assert read(drawn.pixels, lines) == texts
