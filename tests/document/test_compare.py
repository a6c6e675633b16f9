from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.compare import (
    Difference,
    changes,
    differences,
    illegible_places,
    restored,
)
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Char, Line, LineStatus
from tests import strategies as own

words = st.text("右左1l0 ", max_size=8)
CHARS = tuple(Char(c, 0.9) for c in "□男□女")


def folded(text: str) -> str:
    return "".join("".join(unicodedata.normalize("NFKC", c).split()) for c in text)


@given(own.texts, own.texts)
def test_putting_in_what_differs_gives_the_other_reading(text: str, other: str) -> None:
    result = text
    last = len(text) + 1
    for d in reversed(differences(text, other)):
        assert 0 <= d.start <= d.end <= len(text)
        assert d.end <= last
        last = d.start + (d.start == d.end)
        result = result[: d.start] + d.other + result[d.end :]
    assert folded(result) == folded(other)


@given(own.texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text) == ()


def test_what_was_read_otherwise_is_told_by_its_place() -> None:
    assert differences("右肺末见", "右肺未见") == (Difference(2, 3, "未"),)
    assert differences("WBC 11.2", "WBC11.25") == (Difference(8, 8, "5"),)
    assert differences("未见明显", "见明") == (Difference(0, 1, ""), Difference(3, 4, ""))


def test_width_and_spaces_are_no_difference() -> None:
    assert differences("（５ mg／次）", "(5mg/次)") == ()
    assert differences("5㎎", "5 mg") == ()


@given(words, words)
def test_changes_lead_back_to_what_was_read(text, read):
    found = changes(text, read)
    assert restored(text, found) == read
    assert restored(text, ()) == text
    assert all(text[d.start : d.end] != d.other for d in found)
    assert all(a.end < b.start for a, b in pairwise(found))  # neighbours are one change
    assert (found == ()) == (text == read)


@given(words, words, st.data())
def test_one_change_after_the_other_leads_back_in_any_order(text, read, data):
    for _ in range(len(text) + len(read) + 1):
        found = changes(text, read)
        if not found:
            break
        text = restored(text, [data.draw(st.sampled_from(found))])
    assert text == read


@pytest.mark.parametrize(
    ("text", "read", "found"),
    [
        ("左肺上叶", "右肺上叶", [Difference(0, 1, "右")]),
        ("1101", "1111", [Difference(2, 3, "1")]),
        ("WBC 11.2", "WBC 11,2", [Difference(6, 7, ",")]),
        ("5 mg", "5mg", [Difference(1, 2, "")]),
        ("：", ":", [Difference(0, 1, ":")]),
        ("", "多余", [Difference(0, 0, "多余")]),
    ],
)
def test_changes_are_those_that_a_person_made(text, read, found):
    assert list(changes(text, read)) == found


def test_a_box_on_the_form_is_no_illegible_place():
    line = Line("a", Quad.from_box(0, 0, 40, 10), "□男□女", "□男□女", 0.9, CHARS)
    assert illegible_places(line) == []
    assert illegible_places(replace(line, text="□男□□")) == [3]
    assert illegible_places(replace(line, text="□男□女□")) == [4]
    assert illegible_places(replace(line, text="□男□□", status=LineStatus.REVIEWED)) == [3]
