"""Cells cut apart, small marks kept, tables as grids."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Cell
from desktop_ocr.engine.segment.cells import cut_cells
from desktop_ocr.engine.segment.crop import with_margin
from desktop_ocr.engine.segment.grid import cells_of
from desktop_ocr.engine.segment.ink import PageInk
from desktop_ocr.engine.segment.marks import with_marks
from desktop_ocr.engine.segment.order import bands
from tests.strategies import quads as any_quads

H = 24
Span = tuple[int, int]


class Paper:
    """Ink in straight rows; words are blocks of strokes, as wide as asked."""

    def __init__(self, width: int = 1200, height: int = 1000) -> None:
        self.ink = np.zeros((height, width), np.uint8)

    def word(self, left: int, right: int, row: int, height: int = H) -> Quad:
        top = 40 + 44 * row
        self.ink[top : top + height, left:right:4] = 1
        self.ink[top : top + height, left + 1 : right : 4] = 1
        self.ink[top, left:right] = 1
        return with_margin(Quad.from_box(left, top, right, top + height))

    def line(self, spans: list[Span], row: int, height: int = H) -> Quad:
        """Several words that a detector took for one line."""
        boxes = [self.word(*span, row, height).box for span in spans]
        return Quad.from_box(boxes[0].left, boxes[0].top, boxes[-1].right, boxes[-1].bottom)

    def cut(self, quads: list[Quad]) -> list[Span]:
        ink = PageInk.of(self.ink)
        found, _ = cut_cells(quads, ink.text, ink.walls)
        return [(round(q.box.left), round(q.box.right)) for q in found]


def table(glued: set[int], rows: int = 8) -> tuple[Paper, list[Quad], list[Span]]:
    """Names of different lengths before a column of results; rows in ``glued`` are one box."""
    paper, quads, wanted = Paper(), [], []
    for r in range(rows):
        name, result = (60, 440 - 45 * (r % 5)), (456, 520 + 10 * (r % 3))
        if r in glued:
            quads.append(paper.line([name, result], r))
        else:
            quads += [paper.word(*name, r), paper.word(*result, r)]
        wanted += [name, result]
    return paper, quads, wanted


@pytest.mark.parametrize("glued", [{0}, {0, 5}, {2, 3, 4}, {0, 1, 2, 3, 4}])
def test_a_long_name_is_cut_from_the_result_behind_it(glued: set[int]) -> None:
    paper, quads, wanted = table(glued)
    found = paper.cut(quads)
    assert len(found) == len(wanted)
    for (left, right), (a, b) in zip(found, wanted, strict=True):
        assert a - 12 <= left <= a
        assert b <= right <= b + 12


def test_words_of_prose_are_not_cut() -> None:
    """Lines of words with gaps as wide as those of columns, which stand in line with nothing."""
    rng = np.random.default_rng(3)
    paper, quads = Paper(), []
    for r in range(20):
        spans, x = [], 60
        while x < 1000:
            end = x + int(rng.integers(40, 180))
            spans.append((x, end))
            x = end + int(rng.integers(8, 20))
        quads.append(paper.line(spans, r))
    assert len(paper.cut(quads)) == len(quads)


def test_the_number_of_a_row_is_a_cell_but_that_of_a_list_is_none() -> None:
    paper, rows = Paper(), []
    for r in range(8):
        first = paper.line([(60, 76), (92, 140 + 7 * (r % 4))], r)
        rows += [first, *(paper.word(x, x + 80, r) for x in (300, 500, 700, 900))]
    assert len(paper.cut(rows)) == len(rows) + 8
    paper = Paper()
    entries = [paper.line([(60, 76), (92, 700 + 31 * (r % 4))], r) for r in range(8)]
    assert len(paper.cut(entries)) == 8


def test_spaced_letters_of_a_label_stay_together() -> None:
    paper, quads, _ = table(set())
    spaced = [(60, 84), (110, 134), (160, 184)]
    assert len(paper.cut([*quads, paper.line(spaced, 9)])) == len(quads) + 1


def test_a_point_in_type_of_equal_widths_belongs_to_its_number() -> None:
    paper = Paper()
    row = [paper.word(60, 200, 2), paper.line([(300, 340), (358, 372)], 2), paper.word(500, 560, 2)]
    paper.ink[40 + 88 + 20 : 40 + 88 + 24, 347:351] = 1  # 23.4
    assert len(paper.cut(row)) == 3


def test_a_sign_behind_a_number_is_cut_off_in_a_table() -> None:
    """A reader takes the arrow of "51 ↑" for a digit."""
    paper = Paper()
    row = [paper.word(60, 200, 2), paper.line([(300, 340), (352, 360)], 2), paper.word(500, 560, 2)]
    assert len(paper.cut(row)) == 4
    assert len(paper.cut(row[1:])) == 2
    spaced = paper.line([(60, 72), (90, 102), (120, 132)], 4)
    others = [paper.word(300, 400, 4), paper.word(500, 560, 4)]
    assert len(paper.cut([spaced, *others])) == 3


@pytest.mark.parametrize(("runs", "cells"), [([41, 8], 4), ([41, 28, 8], 3)])
def test_a_sign_close_behind_a_number_is_cut_off_where_nothing_else_stands_apart(
    runs: list[int], cells: int
) -> None:
    """Not so the last letter of 100 f L in type of equal widths."""
    paper, spans, left = Paper(), [], 300
    for width in runs:
        spans.append((left, left + width))
        left += width + 8
    row = [paper.word(60, 200, 0), paper.line(spans, 0), paper.word(500, 560, 0)]
    for first, last in spans:
        paper.ink[40 : 40 + H, first:last] = 1
    assert len(paper.cut(row)) == cells


def test_a_rule_parts_cells_without_neighbours() -> None:
    paper = Paper()
    quad = paper.line([(60, 200), (214, 300)], 4)
    assert len(paper.cut([quad])) == 1
    paper.ink[100:400, 206:208] = 1
    assert len(paper.cut([quad])) == 2


def test_a_stroke_as_high_as_its_line_is_no_rule() -> None:
    paper = Paper()
    quad = paper.line([(60, 200), (220, 300)], 4, height=60)
    paper.ink[214:276, 209:212] = 1
    assert len(paper.cut([quad])) == 1


def marked(paper: Paper, quads: list[Quad]) -> list[Quad]:
    text = PageInk.of(paper.ink).text
    return with_marks(quads, np.where(text > 0, 40, 250).astype(np.uint8), text, paper.ink)[0]


def test_marks_of_a_table_are_found_and_get_the_height_of_their_row() -> None:
    paper, quads, _ = table(set())
    for r in range(8):
        quads.append(paper.word(700, 800, r))
    paper.ink[53:56, 600:612] = 1  # a dash beside the first row
    paper.ink[88:104, 640:644] = 1  # an arrow beside the second
    found = marked(paper, quads)[len(quads) :]
    assert len(found) == 2
    for quad, (left, right) in zip(found, ((600, 612), (640, 644)), strict=True):
        assert quad.box.left < left < right < quad.box.right
        assert quad.height == pytest.approx(quads[0].height, abs=2)


def test_an_arrow_higher_than_the_digits_beside_it_is_a_mark() -> None:
    """Arrows of song faces are as high as the ideographs of their row, and digits are not."""
    paper, quads, _ = table(set())
    low = round(0.72 * H)
    quads += [paper.word(700, 760, r, low) for r in range(8)]
    top = 40 + 44 * 3 - 5
    paper.ink[top : top + round(1.1 * H), 786:789] = 1
    paper.ink[top + 2 : top + 6, 784:791] = 1
    (found,) = marked(paper, quads)[len(quads) :]
    assert found.center.x == pytest.approx(787.5, abs=1.5)


def test_a_mark_right_behind_a_cell_belongs_to_it() -> None:
    paper, quads, _ = table(set())
    quads += [paper.word(700, 800, r) for r in range(8)]
    paper.ink[45:60, 807:811] = 1
    found = marked(paper, quads)
    assert len(found) == len(quads)
    assert max(q.box.right for q in found) > 811


def test_pieces_of_rules_and_folds_are_no_marks() -> None:
    paper, quads, _ = table(set())
    quads += [paper.word(700, 800, r) for r in range(8)]
    for x in range(530, 690, 14):  # a fold in the second row, broken to dashes
        paper.ink[94:98, x : x + 7] = 1
    paper.ink[196:300, 584:587] = 1  # an upright rule that leans in the fourth row
    paper.ink[176:196, 582:584] = 1
    paper.ink[120:176, 579:582] = 1
    for x in (640, 660):  # two dashes in the fifth, for a test that was not done
        paper.ink[226:230, x : x + 12] = 1
    found = marked(paper, quads)[len(quads) :]
    assert [(round(q.center.x), q.center.y > 216) for q in found] == [(647, True), (667, True)]


def test_a_piece_of_a_neighbour_is_not_cut_off_twice() -> None:
    """A box that reaches over the first letter of the next cell, which has a box of its own."""
    paper, quads, wanted = table(set())
    name = quads[6].box  # in the fourth row
    quads[6] = Quad.from_box(name.left, name.top, quads[7].box.left + 12, name.bottom)
    assert len(paper.cut(quads)) == len(wanted)


def test_dirt_between_lines_and_marks_in_prose_are_left_alone() -> None:
    paper = Paper()
    quads = [paper.line([(60, 500), (520, 900)], r) for r in range(8)]
    paper.ink[50:54, 950:960] = 1
    paper.ink[70:76, 300:310] = 1
    assert len(marked(paper, quads)) == len(quads)


def grid_of(boxes: list[tuple[float, float, float, float]]) -> list[Cell | None]:
    found = cells_of(bands([Quad.from_box(*box) for box in boxes]))
    return [found.get(k) for k in range(len(boxes))]


def sheet(
    rows: int, missing: set[tuple[int, int]], left: float = 0, scale: float = 1
) -> dict[tuple[int, int], tuple[float, float, float, float]]:
    columns = ((0, 30), (80, 200), (460, 60), (660, 70), (860, 120))
    return {
        (r, c): (left + scale * x, 200 + 40 * r, left + scale * (x + w), 226 + 40 * r)
        for r in range(rows)
        for c, (x, w) in enumerate(columns)
        if (r, c) not in missing
    }


def test_a_table_is_a_grid_also_where_cells_are_missing() -> None:
    places = sheet(10, {(2, 2), (3, 2), (4, 0), (4, 1), (4, 3), (4, 4), (7, 4)})
    around = [(300.0, 60.0, 700.0, 100.0), (100.0, 700.0, 400.0, 730.0)]
    found = grid_of([around[0], *places.values(), around[1]])
    assert found == [None, *(Cell(0, r, c) for r, c in places), None]


def test_flags_in_a_few_rows_are_a_column_of_their_own() -> None:
    places = sheet(12, set())
    flags = [(r, 540.0) for r in (2, 9)]
    found = grid_of(
        [*places.values(), *((x, 202 + 40 * r, x + 12, 224 + 40 * r) for r, x in flags)]
    )
    moved = {c: c + (c > 2) for c in range(5)}
    assert found[: len(places)] == [Cell(0, r, moved[c]) for r, c in places]
    assert found[len(places) :] == [Cell(0, r, 3) for r, _ in flags]


def test_halves_of_a_table_are_two_tables() -> None:
    left, right = sheet(10, set(), scale=0.5), sheet(7, set(), left=560, scale=0.5)
    found = grid_of([*left.values(), *right.values()])
    assert found == [*(Cell(0, r, c) for r, c in left), *(Cell(1, r, c) for r, c in right)]


def test_prose_is_no_table() -> None:
    whole = [(60.0, 40.0 * r, 900.0, 40.0 * r + 26) for r in range(12)]
    assert grid_of(whole) == [None] * 12
    halves = [
        box
        for r in range(12)
        for box in (
            (60.0, 40.0 * r, 300.0 + 53 * (r * 7 % 10), 40.0 * r + 26),
            (320.0 + 53 * (r * 7 % 10), 40.0 * r, 960.0, 40.0 * r + 26),
        )
    ]
    assert grid_of(halves) == [None] * 24


@given(st.lists(any_quads, max_size=12))
def test_only_what_is_there_gets_a_cell(found: list[Quad]) -> None:
    assert set(cells_of(bands(found))) <= set(range(len(found)))
