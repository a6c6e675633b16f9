from __future__ import annotations

import unicodedata

from hypothesis import given

from desktop_ocr.document.compare import Difference, differences
from tests import strategies as own


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
