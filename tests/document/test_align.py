from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.align import aligned_characters, place_in, standing_corrections
from desktop_ocr.document.model import Correction, Line
from tests import strategies as own
from tests.document.test_edits import read_line


@given(own.lines())
def test_each_character_of_the_text_has_an_entry_that_contains_it(line: Line) -> None:
    aligned = aligned_characters(line)
    assert len(aligned) == len(line.text)
    by_rule = {at + i for at, c in standing_corrections(line) for i in range(len(c.after))}
    for at, (letter, char) in enumerate(zip(line.text, aligned, strict=True)):
        assert char is None or letter in char.text or at in by_rule


@given(own.lines())
def test_what_a_rule_wrote_stands_where_it_is_said_to_stand(line: Line) -> None:
    for at, c in standing_corrections(line):
        assert line.text[at : at + len(c.after)] == c.after
    machine = replace(line, text=line.machine_text)
    assert [c for _, c in standing_corrections(machine)] == list(line.corrections)


@given(own.lines(), st.data())
def test_taking_a_correction_back_leaves_the_others_and_shows_its_characters(
    line: Line, data: st.DataObject
) -> None:
    line = replace(line, text=line.machine_text)
    if not line.corrections:
        return
    at, c = data.draw(st.sampled_from(standing_corrections(line)))
    back = replace(line, text=line.text[:at] + c.before + line.text[at + len(c.after) :])
    assert len(aligned_characters(back)) == len(back.text)
    if len(line.corrections) == 1:
        assert back.text == line.raw_text
        shown = aligned_characters(back)
        per_code_point = [char for char in line.characters for _ in char.text]
        assert shown == (per_code_point or [None] * len(back.text))


def test_a_corrected_character_shows_what_was_read_there() -> None:
    line = read_line("5OOmg bpn", corrections=(Correction("zero", 1, "OO", "00"),))
    line = replace(line, text="500mg bpm")  # and a person corrected the unit
    shown = [c.text if c else None for c in aligned_characters(line)]
    assert shown == ["5", "O", "O", "m", "g", " ", "b", "p", None]
    assert standing_corrections(line) == [(1, line.corrections[0])]


def test_a_correction_that_a_person_took_back_stands_no_more() -> None:
    first, second = Correction("zero", 1, "O", "0"), Correction("space", 2, "", " ")
    line = read_line("5Omg lO", corrections=(first, second))
    assert line.machine_text == "50 mg lO"
    assert standing_corrections(replace(line, text="50 mg lO")) == [(1, first), (2, second)]
    assert standing_corrections(replace(line, text="5O mg lO")) == [(2, second)]
    assert standing_corrections(replace(line, text="50mg lO")) == [(1, first)]
    back = replace(line, text="5O mg lO")
    assert [c.text if c else None for c in aligned_characters(back)] == [
        "5", "O", None, "m", "g", " ", "l", "O",
    ]  # fmt: skip


def test_what_a_rule_deleted_stands_while_its_neighbours_do() -> None:
    gone = Correction("space", 1, " ", "")
    line = replace(read_line("5 mg", corrections=(gone,)), text="5mg")
    assert standing_corrections(line) == [(1, gone)]
    assert standing_corrections(replace(line, text="5 mg")) == []
    assert standing_corrections(replace(line, text="约5mg")) == [(2, gone)]


@given(own.texts, own.texts, st.data())
def test_a_place_in_another_reading_moves_with_the_place(
    text: str, other: str, data: st.DataObject
) -> None:
    places = [place_in(text, at, other) for at in range(len(text) + 1)]
    assert places == sorted(places)
    assert place_in(text, len(text), other) == (len(other) if text else 0)
    at = data.draw(st.integers(0, len(text)))
    assert place_in(text, at, text) == at


def test_only_what_a_person_typed_has_no_character() -> None:
    line = read_line("血红旦白l20")
    edited = Line(
        line.id, line.quad, "血红蛋白120 g", line.raw_text, line.confidence, line.characters
    )
    shown = [c.text if c else None for c in aligned_characters(edited)]
    assert shown == ["血", "红", None, "白", None, "2", "0", None, None]


def test_unread_line_has_no_characters() -> None:
    line = read_line("")
    assert aligned_characters(Line(line.id, line.quad, "typed")) == [None] * 5
