"""Critical places: values, sides, findings, negations, drugs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.engine.correct.critical import CriticalKind, CriticalTerms, critical_spans
from desktop_ocr.engine.correct.lexicon import Lexicon, load_lexicon

LEXICON = load_lexicon()
TERMS = CriticalTerms(LEXICON)
UNITS = [term.text for term in LEXICON.terms if term.kind == "units"]
DRUGS = [term.text for term in LEXICON.terms if term.kind in ("drugs_zh", "drugs_en")]
FULL = {0x21 + i: 0xFF01 + i for i in range(94)}


def found(text, terms=TERMS):
    return [(text[p.start : p.end], p.kind.value) for p in critical_spans(text, terms)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("右肺上叶见斑片影，大小约12×8mm", [("右", "side"), ("12×8mm", "number")]),
        ("WBC 11.2×10⁹/L ↑", [("11.2×10⁹/L", "number")]),
        ("6.8 x10^9/L", [("6.8 x10^9/L", "number")]),
        ("血压120/80mmHg，P 78次/分", [("血压120/80mmHg", "number"), ("78次/分", "number")]),
        ("HR 78bpm T 36.5℃", [("78bpm", "number"), ("36.5℃", "number")]),
        ("每日三次，每次２片", [("三次", "number"), ("２片", "number")]),
        ("HGB 98 L  PLT 301↑", [("98 L", "number"), ("301↑", "number")]),
        ("３．５－９．５ ｍｍｏｌ／Ｌ", [("３．５－９．５ ｍｍｏｌ／Ｌ", "number")]),
        ("<0.01", [("<0.01", "number")]),
        ("心功能Ⅲ级，二十余天", [("Ⅲ级", "number"), ("二十余天", "number")]),
        ("双侧胸腔积液，左侧为著", [("双侧", "side"), ("左侧", "side")]),
        ("Left lung clear, bilateral effusion", [("Left", "side"), ("bilateral", "side")]),
        ("HBsAg（＋） HBeAg(-)", [("（＋）", "polarity"), ("(-)", "polarity")]),
        ("弱阳性 NEG 2+", [("弱阳性", "polarity"), ("NEG", "polarity"), ("2+", "polarity")]),
        (" - ", [(" - ", "polarity")]),
        ("未见异常，否认过敏史", [("未见", "negation"), ("否认", "negation")]),
        ("末见异常", [("末见", "negation")]),
        ("无发热，没有咳嗽", [("无", "negation"), ("没有", "negation")]),
        ("no fever, without pain", [("no", "negation"), ("without", "negation")]),
        ("左氧氟沙星0.5g", [("左氧氟沙星", "drug"), ("0.5g", "number")]),
        ("维生素B12 0.5mg", [("维生素B12", "drug"), ("0.5mg", "number")]),
        ("ASPIRIN 100MG", [("ASPIRIN", "drug"), ("100MG", "number")]),
    ],
)  # fmt: skip
def test_what_is_critical(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "2024年3月5日 10:30", "２０２４．０３．０５", "No. 12345", "S1 L5 椎体", "1.胸片 2.心影",
     "一九五九年一月至一九六二年", "二月，共收治", "五月八日", "3月5日", "第二期", "No.",
     "半月板", "阴影", "notes about nonsense", "aspirins", "xaspirin", "胸部正位片"],
)  # fmt: skip
def test_what_is_not(text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["286", " 130-175", "≤26", "３．５", "<5"])
def test_in_a_table_a_value_needs_no_unit(text):
    assert "".join(text[p.start : p.end] for p in critical_spans(text, TERMS, in_table=True)) == (
        text.strip()
    )
    assert critical_spans("血红蛋白", TERMS, in_table=True) == ()
    assert critical_spans("286", TERMS) == ()


@given(st.text(max_size=60) | st.text("0123456789.-/×x^ LHμmg左未(+)阴性", max_size=60))
def test_places_lie_in_the_text_in_order_and_apart(text):
    places = critical_spans(text, TERMS)
    ends = [0, *(p.end for p in places)]
    for before, place in zip(ends, places, strict=False):
        assert before <= place.start < place.end <= len(text)


numbers = st.integers(0, 99999).map(str) | st.floats(0, 999).map(lambda x: f"{x:.2f}")
values = numbers | st.tuples(numbers, st.sampled_from("-~/×"), numbers).map("".join)


@given(
    st.sampled_from(["", "约", "WBC ", "口服，", "值："]),
    values,
    st.sampled_from(["", " "]),
    st.sampled_from(UNITS),
    st.sampled_from(["", "。", "，余", " )"]),
    st.booleans(),
)
def test_every_value_with_its_unit_is_found(before, value, gap, unit, after, full):
    if unit[0].isdigit():  # 10^9/L
        gap = " "
    measured = value + gap + unit
    text = before + measured + after
    if full:
        text = text.translate(FULL)
    covered = {
        i
        for p in critical_spans(text, TERMS)
        if p.kind is CriticalKind.NUMBER
        for i in range(p.start, p.end)
    }
    assert covered >= set(range(len(before), len(before) + len(measured)))


@given(
    st.sampled_from(DRUGS), st.sampled_from(["", "予", "1. "]), st.sampled_from(["", "片", " po"])
)
def test_every_drug_is_found(drug, before, after):
    text = before + drug + after
    at = len(before)
    assert any(
        p.kind is CriticalKind.DRUG and p.start <= at and p.end >= at + len(drug)
        for p in critical_spans(text, TERMS)
    )


def test_a_users_own_drugs_count_by_the_name_of_list_or_kind(tmp_path):
    (tmp_path / "本院药品.txt").write_text("院内合剂\n", "utf-8")
    (tmp_path / "names.txt").write_text("张三丰\n", "utf-8")
    (tmp_path / "all.csv").write_text("term,kind\n某某胶囊,药品\n某某手术,procedures\n", "utf-8")
    terms = CriticalTerms(load_lexicon(tmp_path))
    assert found("院内合剂 张三丰 某某胶囊 某某手术", terms) == [
        ("院内合剂", "drug"),
        ("某某胶囊", "drug"),
    ]


def test_without_terms_the_rest_is_found():
    assert found("右肺未见异常 5.6↑", CriticalTerms(Lexicon(()))) == [
        ("右", "side"),
        ("未见", "negation"),
        ("5.6↑", "number"),
    ]


def test_long_lines_of_one_kind_come_to_an_end():
    # A pattern that tries again from every digit would need minutes here.
    for text in ("1" * 4000, "1-1x" * 1000, "(+" * 2000, "左" * 4000, "阿莫" * 2000):
        assert all(re.search(r"\S", text[p.start : p.end]) for p in critical_spans(text, TERMS))
