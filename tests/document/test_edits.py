from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.cuts import CutAcross, SplitLine
from desktop_ocr.document.edits import (
    AddLine,
    AddPage,
    ConfirmCharacters,
    DeleteLine,
    DeletePage,
    Edit,
    Group,
    MergeLines,
    MoveLine,
    Reorder,
    ReplaceLines,
    SetLine,
    SetPageLines,
    SetStatus,
    SetText,
    SignOff,
)
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import (
    Cell,
    Char,
    Correction,
    Document,
    Line,
    LineStatus,
    Page,
    Provenance,
    corrected,
)
from desktop_ocr.errors import EditError
from tests import strategies as own


@st.composite
def edits_for(draw: st.DrawFn, document: Document) -> Edit:
    """Any edit, fitting the document or not."""
    page = draw(st.sampled_from(document.pages))
    ids = [line.id for line in page.lines]
    line_id = draw(st.sampled_from([*ids, "gone"]))
    kinds: list[st.SearchStrategy[Edit]] = [
        st.builds(SetText, st.just(page.id), st.just(line_id), own.texts),
        st.builds(SetStatus, st.just(page.id), st.just(line_id), st.sampled_from(LineStatus)),
        st.builds(
            SetStatus,
            st.just(page.id),
            st.just(line_id),
            st.just(LineStatus.REVIEWED),
            st.none() | own.reviews,
        ),
        st.builds(SignOff, st.just(page.id), st.none() | own.reviews),
        st.builds(MoveLine, st.just(page.id), st.just(line_id), own.quads),
        st.builds(SetLine, st.just(page.id), own.lines(line_id)),
        st.builds(AddLine, st.just(page.id), st.integers(-1, 6), own.lines("fresh")),
        st.builds(DeleteLine, st.just(page.id), st.just(line_id)),
        st.builds(
            SplitLine, st.just(page.id), st.just(line_id), st.integers(0, 12), st.just("right")
        ),
        st.builds(
            SplitLine,
            st.just(page.id),
            st.just(line_id),
            st.integers(0, 12),
            st.just("right"),
            st.floats(0, 1),
        ),
        st.builds(CutAcross, st.just(page.id), st.just(line_id), st.floats(0, 1), st.just("lower")),
        st.builds(MergeLines, st.just(page.id), st.just(line_id), st.sampled_from(["", " "])),
        st.builds(
            ConfirmCharacters,
            st.just(page.id),
            st.just(line_id),
            st.lists(st.tuples(st.integers(-1, 8), own.texts), max_size=3).map(tuple),
        ),
        st.builds(Reorder, st.just(page.id), st.permutations(ids).map(tuple)),
        st.builds(
            SetPageLines,
            st.just(page.id),
            st.tuples(own.lines("x"), own.lines("y")),
            st.just(Provenance("m")),
        ),
        st.builds(AddPage, st.integers(0, 3), own.pages("new")),
        st.builds(DeletePage, st.just(page.id)),
    ]
    return draw(st.one_of(kinds))


@given(st.data())
def test_inverse_takes_a_series_of_edits_back(data: st.DataObject) -> None:
    document = data.draw(own.documents(min_pages=1, min_lines=2))
    before = deepcopy(document)
    inverses = []
    for _ in range(data.draw(st.integers(1, 5))):
        if not document.pages:
            break
        edit = data.draw(edits_for(document))
        untouched = deepcopy(document)
        try:
            inverses.append(edit.apply(document))
        except EditError:
            assert document == untouched
    after = deepcopy(document)
    redo = [inverse.apply(document) for inverse in reversed(inverses)]
    assert document == before
    for edit in reversed(redo):
        edit.apply(document)
    assert document == after


@given(st.data())
def test_a_group_is_applied_whole_or_not_at_all(data: st.DataObject) -> None:
    document = data.draw(own.documents(min_pages=1, min_lines=2))
    before = deepcopy(document)
    page = document.pages[0]
    good = SetText(page.id, page.lines[0].id, "changed")
    with pytest.raises(EditError):
        Group((good, DeleteLine(page.id, "gone"))).apply(document)
    assert document == before
    Group((good, DeleteLine(page.id, page.lines[1].id))).apply(document).apply(document)
    assert document == before


def read_line(
    text: str,
    line_id: str = "a",
    left: float = 0.0,
    step: float = 20.0,
    corrections: tuple[Correction, ...] = (),
) -> Line:
    chars = tuple(
        Char(c, 0.9, Quad.from_box(left + i * step, 0, left + (i + 1) * step, 30))
        for i, c in enumerate(text)
    )
    quad = Quad.from_box(left, 0, left + step * len(text), 30)
    now = corrected(text, corrections)
    return Line(line_id, quad, now, text, 0.9, chars, corrections=corrections)


def one_page(*lines: Line) -> Document:
    return Document([Page("p", "scan.png", 1, 800, 600, lines=list(lines))])


def test_split_cuts_text_characters_and_box_at_the_same_place() -> None:
    document = one_page(read_line("白细胞 5.6"))
    SplitLine("p", "a", 4, "b").apply(document)
    left, right = document.pages[0].lines
    assert (left.text, right.text) == ("白细胞", "5.6")
    assert (left.raw_text, right.raw_text) == ("白细胞 ", "5.6")
    assert left.quad.box.right == pytest.approx(80) == right.quad.box.left
    assert right.quad.box.right == pytest.approx(140)


def test_split_of_a_corrected_line_keeps_each_characters_place() -> None:
    line = read_line("血红旦白120")
    document = one_page(line)
    SetText("p", "a", "血红蛋白120").apply(document)
    SplitLine("p", "a", 4, "b").apply(document)
    left, right = document.pages[0].lines
    assert (left.text, left.raw_text) == ("血红蛋白", "血红旦白")
    assert (right.text, right.raw_text) == ("120", "120")
    assert right.quad.box.left == pytest.approx(80)


def test_merge_joins_texts_and_boxes_and_reviews_only_what_was_reviewed() -> None:
    document = one_page(read_line("胸部"), read_line("CT", "b", left=60))
    SetStatus("p", "a", LineStatus.REVIEWED).apply(document)
    MergeLines("p", "a").apply(document)
    (line,) = document.pages[0].lines
    assert (line.id, line.text, line.raw_text) == ("a", "胸部CT", "胸部CT")
    assert line.quad.box == (0, 0, 100, 30)
    assert line.status is LineStatus.UNREVIEWED


def test_merge_then_split_gives_the_two_lines_back() -> None:
    first, second = read_line("胸部"), read_line("CT", "b", left=40)
    document = one_page(first, second)
    MergeLines("p", "a").apply(document)
    SplitLine("p", "a", 2, "b").apply(document)
    assert document.pages[0].lines == [first, second]


def test_split_cuts_all_readings_and_tells_corrections_anew() -> None:
    zero, unit = Correction("zero", 2, "OO", "00"), Correction("unit", 7, "bpn", "bpm")
    line = replace(
        read_line("HR1OO, bpn", corrections=(replace(zero, start=3), unit)),
        plain_text="HR1O0, bpn",
        second_text="HR100，bpm",
    )
    document = one_page(line)
    SplitLine("p", "a", 6, "b").apply(document)
    left, right = document.pages[0].lines
    assert (left.text, left.raw_text, right.text, right.raw_text) == (
        "HR100,",
        "HR1OO,",
        "bpm",
        " bpn",
    )
    assert (left.plain_text, right.plain_text) == ("HR1O0,", " bpn")
    assert left.second_text + right.second_text == "HR100，bpm"
    assert (left.machine_text, right.machine_text) == ("HR100,", " bpm")
    MergeLines("p", "a").apply(document)
    (whole,) = document.pages[0].lines
    assert (whole.raw_text, whole.machine_text) == (line.raw_text, line.machine_text)
    assert whole.corrections == line.corrections
    assert (whole.plain_text, whole.second_text) == (line.plain_text, line.second_text)


def test_a_cut_through_a_correction_drops_it() -> None:
    line = read_line("x1OO", corrections=(Correction("zero", 2, "OO", "00"),))
    document = one_page(line)
    SplitLine("p", "a", 3, "b").apply(document)
    left, right = document.pages[0].lines
    assert (left.text, right.text) == ("x10", "0")
    assert (left.raw_text, right.raw_text) == ("x1O", "O")
    assert left.corrections == right.corrections == ()


def test_where_one_part_was_not_asked_the_joint_line_keeps_what_the_other_says() -> None:
    first = replace(read_line("胸部"), second_text="胸郡")
    document = one_page(first, read_line("CT", "b", left=40))
    MergeLines("p", "a").apply(document)
    assert document.pages[0].lines[0].second_text == "胸郡CT"


@given(own.lines("a"), own.lines("b"), st.data())
def test_a_line_cut_or_joined_keeps_what_the_machine_read_of_it(
    first: Line, second: Line, data: st.DataObject
) -> None:
    document = one_page(first, second)
    MergeLines("p", "a").apply(document)
    (whole,) = document.pages[0].lines
    assert whole.machine_text == first.machine_text + second.machine_text
    assert whole.plain_text == first.plain_text + second.plain_text
    if len(whole.text) > 1:
        at = data.draw(st.integers(1, len(whole.text) - 1))
        SplitLine("p", "a", at, "right").apply(document)
        left, right = document.pages[0].lines
        assert left.raw_text + right.raw_text == whole.raw_text
        assert left.plain_text + right.plain_text == whole.plain_text
        assert left.second_text + right.second_text == whole.second_text
        kept = [c.after for part in (left, right) for c in part.corrections]
        assert len(whole.corrections) - len(kept) in (0, 1)


def test_corrections_that_do_not_fit_are_refused() -> None:
    for wrong in (
        Correction("r", 0, "x", "y"),
        Correction("r", 3, "", "y"),
        Correction("r", -1, "b", ""),
    ):
        with pytest.raises(ValueError, match="does not fit"):
            Line("a", Quad.from_box(0, 0, 9, 9), "ab", "ab", corrections=(wrong,))


def test_lines_that_stand_elsewhere_now_are_not_replaced() -> None:
    a, b = read_line("一"), read_line("二", "b")
    document = one_page(a, b)
    with pytest.raises(EditError):
        ReplaceLines("p", 0, (b,), ()).apply(document)
    assert document.pages[0].lines == [a, b]


def test_reorder_must_name_every_line_once() -> None:
    document = one_page(read_line("一"), read_line("二", "b"))
    for wrong in [("a",), ("a", "a"), ("a", "b", "c")]:
        with pytest.raises(EditError):
            Reorder("p", wrong).apply(document)
    Reorder("p", ("b", "a")).apply(document)
    assert [line.text for line in document.pages[0].lines] == ["二", "一"]


def table_page(*cells: Cell | None) -> Document:
    lines = [
        Line(f"l{k}", Quad.from_box(100 * k, 0, 100 * k + 90, 30), "血红蛋白128", cell=cell)
        for k, cell in enumerate(cells)
    ]
    return Document([Page("p", "f.png", 1, 900, 90, lines=lines)])


def test_a_split_cell_fills_the_empty_one_beside_it() -> None:
    document = table_page(Cell(0, 3, 1), Cell(0, 3, 4))
    SplitLine("p", "l0", 4, "right").apply(document)
    assert [line.cell for line in document.pages[0].lines] == [
        Cell(0, 3, 1), Cell(0, 3, 2), Cell(0, 3, 4),
    ]  # fmt: skip


@pytest.mark.parametrize("beside", [Cell(0, 3, 2), Cell(0, 2, 1), Cell(1, 3, 9), None])
def test_a_split_cell_stays_where_there_is_no_room_beside_it(beside: Cell | None) -> None:
    document = table_page(Cell(0, 3, 1), beside)
    SplitLine("p", "l0", 4, "right").apply(document)
    assert document.pages[0].line("right").cell == Cell(0, 3, 1)


def test_joined_lines_stand_in_the_first_ones_cell() -> None:
    document = table_page(Cell(0, 3, 1), Cell(0, 3, 2))
    before = deepcopy(document)
    undo = MergeLines("p", "l0").apply(document)
    assert [line.cell for line in document.pages[0].lines] == [Cell(0, 3, 1)]
    undo.apply(document)
    assert document == before
