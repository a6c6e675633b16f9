"""Which characters carry values, and how they are scored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.training.kinds import (
    Kind,
    holds_values,
    kinds,
    score_values,
    spelled,
    sum_confusions,
)

LETTERS = {None: ".", Kind.DIGIT: "d", Kind.UNIT: "u", Kind.ARROW: "a", Kind.SIGN: "s"}
UNITS = (
    "g/L mg/L μg/L ng/mL pg/mL mmol/L umol/L U/L IU/mL mIU/L 10^9/L ×10¹²/L /HP /uL fL pg s mm/h "
    "mmHg kPa cmH₂O ℃ bpm 次/分 kg cm m² kg/m² ㎡ ㎎ ml mg μg IU mEq/L S/CO COI dB mg/kg ml/h "
    "mmol/24h HU 岁 天 小时 滴/分 个/μL"
)


def spell(text: str) -> str:
    return "".join(LETTERS[kind] for kind in kinds(text))


@pytest.mark.parametrize(
    ("text", "kinds_of_it"),
    [
        ("TP 总蛋白 65.1 ↑ 65-85 g/L", ".......dddd.a.ddddd.uuu"),
        ("2024-03-02 12:30:01", "dddddddddd.dddddddd"),
        ("T36.5℃，P 80次/分", ".dddds...dduuu"),
        ("0.5g×3片 po", "dddusdu..."),
        ("WBC≥6.8×10⁹/L", "...sdddsddsuu"),
        ("(-) 阴性（+）", ".s.....s."),
        ("右肺未见异常，-", "........"),
        ("X-12a", "..dd."),
        ("3 ~ 5 mmol/L", "d.d.d.uuuuuu"),
        ("共3、4项", ".d.d."),
    ],
)
def test_kinds_of_characters(text: str, kinds_of_it: str) -> None:
    assert spell(text) == kinds_of_it


@pytest.mark.parametrize("unit", UNITS.split())
def test_units_behind_numbers_belong_to_values(unit: str) -> None:
    for text in (f"5.2{unit}↑", f"5.2 {unit}"):
        assert all(kind or char == " " for char, kind in zip(text, kinds(text), strict=True))


def test_words_are_no_units() -> None:
    for text in ("glucose", "ALT H", "mass 图像", "GL", "患者今日上午"):
        assert not holds_values(text)


@given(st.text())
def test_every_text_has_kinds(text: str) -> None:
    assert len(kinds(text)) == len(text)
    for strict in (True, False):
        found = spelled(text, strict=strict)
        assert len(found.text) == len(found.kinds)


@given(st.text(alphabet="0123.-~≤↑g/L℃×⁹m 血", max_size=20))
def test_a_right_reading_has_no_errors(text: str) -> None:
    for strict in (True, False):
        found = score_values(text, text, strict=strict)
        assert found.all.edits == 0
        assert found.all.characters == sum(
            k is not None for k in spelled(text, strict=strict).kinds
        )


def test_what_looks_alike_is_equal_unless_strict() -> None:
    label, read = "3.5—5.5×10⁹/L 37℃ 1.7㎡", "3.5-5.5×109/L37°C1.7m2"
    assert score_values(label, read).all.edits == 0
    assert score_values(label, read, strict=True).all.edits == 6
    assert score_values("3--5", "3–5").all.edits == 0


def test_errors_are_counted_where_values_stand() -> None:
    found = score_values("血糖 6.5 ↑ mmol/L", "皿糖 65  mmo1/L")
    assert found.by_kind[Kind.DIGIT].edits == 1  # the point
    assert found.by_kind[Kind.DIGIT].characters == 3
    assert found.by_kind[Kind.ARROW].edits == 1
    assert found.by_kind[Kind.UNIT].edits == 1
    assert found.by_kind[Kind.SIGN].edits == 0
    assert found.all.edits == 3  # 血 is prose
    assert sum_confusions([found, found]) == {(".", ""): 2, ("↑", ""): 2, ("l", "1"): 2}


def test_an_inserted_digit_counts_and_an_inserted_letter_does_not() -> None:
    assert score_values("6.5", "6.55").by_kind[Kind.DIGIT].edits == 1
    assert score_values("血糖6.5", "血x糖6.5").all.edits == 0
