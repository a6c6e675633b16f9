from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.geometry import Quad, Transform
from desktop_ocr.engine.segment.order import reading_order
from tests.strategies import quads


def ordered(boxes: list[tuple[float, float, float, float]], angle: float = 0.0) -> list[int]:
    """Shuffle upright boxes (in reading order), turn them, and say how they come out."""
    import math

    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    turn = Transform((c, s, 0, -s, c, 0, 0, 0, 1))
    places = list(range(len(boxes)))
    random.Random(4).shuffle(places)
    shuffled = [turn.quad(Quad.from_box(*boxes[i])) for i in places]
    return [places[i] for i in reading_order(shuffled)]


def table(x: float = 0, rows: int = 12) -> list[tuple[float, float, float, float]]:
    """Cells row by row: number, name, result, unit, range."""
    columns = ((0, 15), (80, 200), (460, 60), (660, 70), (860, 120))
    return [
        (x + left, 200 + 50 * r, x + left + width * (1 + 0.2 * (r % 2)), 228 + 50 * r)
        for r in range(rows)
        for left, width in columns
    ]


@pytest.mark.parametrize("angle", [0, -3, 7])
def test_lab_sheet_row_by_row(angle: float) -> None:
    boxes = [(400, 50, 800, 95), *table()]
    assert ordered(boxes, angle) == list(range(len(boxes)))


@pytest.mark.parametrize("angle", [0, -3, 7])
@pytest.mark.parametrize("offset", [0, 20])
def test_two_columns_left_one_first(angle: float, offset: float) -> None:
    boxes = [(200, 50, 900, 95), (300, 120, 800, 150)]
    boxes += [(100, 200 + 45 * r, 540 - 200 * (r % 7 == 6), 230 + 45 * r) for r in range(25)]
    boxes += [
        (600, offset + 200 + 45 * r, 1040 - 90 * (r % 5 == 4), offset + 230 + 45 * r)
        for r in range(20)
    ]
    boxes.append((300, 1400, 800, 1430))  # the foot of the page comes last
    assert ordered(boxes, angle) == list(range(len(boxes)))


def test_two_tables_side_by_side_left_one_first() -> None:
    left = [(x * 0.45, t, r * 0.45, b) for x, t, r, b in table()]
    right = [(x + 620, t, r + 620, b) for x, t, r, b in left]
    boxes = [(400, 50, 800, 95), *left, *right]
    assert ordered(boxes) == list(range(len(boxes)))


@pytest.mark.parametrize("angle", [0, -3])
def test_only_the_table_of_a_page_is_read_half_by_half(angle: float) -> None:
    """Names and values above, dates and signatures below, and the right half is the shorter one."""
    left = [(x * 0.45, t, r * 0.45, b) for x, t, r, b in table(rows=14)]
    right = [(x * 0.47 + 620, t, r * 0.47 + 620, b) for x, t, r, b in table(rows=9)]
    header = [(x, 80 + 45 * r, x + 130, 108 + 45 * r) for r in range(2) for x in (0, 290, 560, 860)]
    foot = [(x, 1000 + 45 * r, x + 220, 1028 + 45 * r) for r in range(2) for x in (0, 330, 700)]
    boxes = [(400, 20, 800, 60), *header, *left, *right, *foot]
    assert ordered(boxes, angle) == list(range(len(boxes)))


def test_a_table_of_few_columns_is_not_taken_for_two_halves() -> None:
    boxes = [
        (x, 200 + 50 * r, x + width * (1 + 0.15 * (r % 3)), 228 + 50 * r)
        for r in range(14)
        for x, width in ((0, 24), (70, 60), (190, 170), (430, 50), (520, 14), (590, 60), (720, 110))
    ]
    assert ordered(boxes) == list(range(len(boxes)))


def test_key_value_header_row_by_row_above_prose() -> None:
    header = [(x, 100 + 40 * r, x + 150, 128 + 40 * r) for r in range(3) for x in (50, 350, 650)]
    body = [(50, 300 + 45 * r, 900, 330 + 45 * r) for r in range(6)]
    assert ordered(header + body) == list(range(len(header + body)))


def test_line_that_hangs_a_little_stays_in_its_row() -> None:
    boxes = [(0, 0, 200, 30), (220, 12, 240, 34), (300, -6, 500, 26), (0, 50, 200, 80)]
    assert ordered(boxes) == [0, 1, 2, 3]


def test_slant_that_changes_over_a_photographed_table() -> None:
    """Lines fan out: level at the top, falling by 6 degrees at the bottom."""
    lines, boxes = 14, []
    for r in range(lines):
        slope = 0.1 * r / lines
        for x, width in ((0, 240), (400, 200), (800, 260)):
            y = 60 + 50 * r
            boxes.append(
                Quad.of(
                    [(x, y + slope * x), (x + width, y + slope * (x + width)),
                     (x + width, y + 28 + slope * (x + width)), (x, y + 28 + slope * x)]
                )
            )  # fmt: skip
    places = list(range(len(boxes)))
    random.Random(1).shuffle(places)
    found = reading_order([boxes[i] for i in places])
    assert [places[i] for i in found] == list(range(len(boxes)))


@given(st.lists(quads, max_size=12))
def test_every_quad_comes_once_whatever_they_are(found: list[Quad]) -> None:
    assert sorted(reading_order(found)) == list(range(len(found)))
