from __future__ import annotations

from hypothesis import given

from desktop_ocr.document.align import aligned_characters
from desktop_ocr.document.model import Line
from tests import strategies as own
from tests.document.test_edits import read_line


@given(own.lines())
def test_each_character_of_the_text_has_an_entry_that_contains_it(line: Line) -> None:
    aligned = aligned_characters(line)
    assert len(aligned) == len(line.text)
    for letter, char in zip(line.text, aligned, strict=True):
        assert char is None or letter in char.text


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
