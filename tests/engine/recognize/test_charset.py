"""Classes and their numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_ocr.engine.recognize.charset import BLANK, Charset
from desktop_ocr.engine.recognize.model_files import open_model
from desktop_ocr.training.classes import gb2312_ideographs, our_charset

_OURS = our_charset()


def test_numbers_begin_after_the_blank() -> None:
    charset = Charset("ab")
    assert len(charset) == 3
    assert charset[BLANK] == ""
    assert charset.encode("ba") == [2, 1]
    assert charset.number("c") is None
    assert "a" in charset
    assert "" not in charset


@pytest.mark.parametrize("characters", [["a", "a"], ["a", ""]])
def test_repeated_and_empty_classes_are_refused(characters: list[str]) -> None:
    with pytest.raises(ValueError, match="charset"):
        Charset(characters)


def test_unknown_character_is_named_by_its_code_only() -> None:
    with pytest.raises(ValueError, match="U\\+4E2D"):
        Charset("ab").encode("a中")


@settings(deadline=None)
@given(st.text(alphabet=_OURS.classes[1:], max_size=30))
def test_texts_survive_encoding(text: str) -> None:
    assert _OURS.decode(_OURS.encode(text)) == text


def test_our_classes_hold_what_wards_need() -> None:
    charset = our_charset()
    assert len(gb2312_ideographs()) == 6763
    for text in (*gb2312_ideographs(), *"血壓診斷藥體檢驗", *map(chr, range(0x20, 0x7F))):
        assert text in charset
    for text in "啰腘喆珺℃‰μΩ≤≥±×÷°ⅠⅡⅢⅣ①②③²³⁹₂↑↓→←㎡㎎㎏＜＞，。：；？！、《》（）【】%~αβγδ√□☑":
        assert text in charset


def test_the_shipped_model_reads_our_classes() -> None:
    assert open_model().charset.classes == our_charset().classes
