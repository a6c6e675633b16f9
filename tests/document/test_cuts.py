from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.align import index_at
from desktop_ocr.document.cuts import CutAcross, SplitLine
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Char, Document, Line, LineStatus, Page, Review
from desktop_ocr.errors import EditError
from tests import strategies as own

NOW = Review("Wang", "2026-11-20T17:45:03+08:00")


def glued(gap: float = 400.0) -> Line:
    """Two columns taken for one line: 4 characters, a gap, 2 characters."""
    places = [(0, 50), (50, 100), (100, 150), (150, 200), (200 + gap, 250 + gap)]
    places.append((250 + gap, 300 + gap))
    characters = tuple(
        Char(text, 0.9, Quad.from_box(left, 0, right, 40))
        for text, (left, right) in zip("血红蛋白正常", places, strict=True)
    )
    whole = Quad.from_box(0, 0, 300 + gap, 40)
    return Line("a", whole, "血红蛋白正常", "血红蛋白正常", 0.9, characters)


def page_of(line: Line) -> Document:
    return Document([Page("p", "f", 1, 2000, 2000, lines=[line])])


def test_glued_columns_are_cut_where_the_person_cuts() -> None:
    line = glued()
    document = page_of(line)
    place = 300 / 700  # in the gap, not in its middle
    SplitLine("p", "a", index_at(line, place), "b", place).apply(document)
    left, right = document.pages[0].lines
    assert (left.text, right.text) == ("血红蛋白", "正常")
    assert left.quad.box.right == pytest.approx(300)
    assert right.quad.box.left == pytest.approx(300)
    assert [c.text for c in right.characters] == ["正", "常"]


def test_what_a_person_typed_is_cut_by_what_stands_around_it() -> None:
    line = glued()
    typed = Line("a", line.quad, "血红蛋白增高正常", line.raw_text, 0.9, line.characters)
    assert index_at(typed, 210 / 700) == 4
    assert index_at(typed, 590 / 700) == 6


def test_a_part_without_text_is_not_reviewed() -> None:
    line = glued()
    characters = line.characters[:4]
    short = Line("a", line.quad, "血红蛋白", "血红蛋白", 0.9, characters, LineStatus.REVIEWED,
                 review=NOW)  # fmt: skip
    document = page_of(short)
    SplitLine("p", "a", index_at(short, 0.7), "b", 0.7).apply(document)
    left, right = document.pages[0].lines
    assert (left.text, left.status, left.review) == ("血红蛋白", LineStatus.REVIEWED, NOW)
    assert (right.text, right.status, right.review) == ("", LineStatus.UNREVIEWED, None)
    assert right.quad.box.left == pytest.approx(490)


def test_two_rows_in_one_box_are_parted() -> None:
    document = page_of(glued())
    back = CutAcross("p", "a", 0.25, "b").apply(document)
    upper, lower = document.pages[0].lines
    assert (upper.id, lower.id) == ("a", "b")
    assert upper.quad == Quad.from_box(0, 0, 700, 10)
    assert lower.quad == Quad.from_box(0, 10, 700, 40)
    assert not upper.text and not lower.text
    back.apply(document)
    assert document.pages[0].lines == [glued()]


@pytest.mark.parametrize("place", [0.0, 1.0, -0.2])
def test_a_cut_outside_the_box_is_refused(place: float) -> None:
    document = page_of(glued())
    with pytest.raises(EditError):
        SplitLine("p", "a", 2, "b", place).apply(document)
    with pytest.raises(EditError):
        CutAcross("p", "a", place, "b").apply(document)
    assert document.pages[0].lines == [glued()]


@given(own.lines("a"), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_a_cut_further_right_leaves_no_less_on_the_left(
    line: Line, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    assert 0 <= index_at(line, low) <= index_at(line, high) <= len(line.text)
    document = page_of(line)
    SplitLine("p", "a", index_at(line, low), "b", low).apply(document)
    left, right = document.pages[0].lines
    parts = (left.text + right.text).split()
    assert "".join(parts) == "".join(line.text.split())
