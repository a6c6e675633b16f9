"""Values behind, beside and below their labels, on made-up lines and on our own sample pages."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Cell, Line
from desktop_ocr.engine.extract import Definitions, extract
from desktop_ocr.engine.extract.definitions import folded
from desktop_ocr.engine.extract.labels import labels_in
from desktop_ocr.errors import FormatError
from desktop_ocr.paths import resource
from tests import strategies as own

KNOWN = Definitions.built_in()
EM = 40


def line(text: str, left: float = 100, top: float = 100, cell: Cell | None = None) -> Line:
    quad = Quad.from_box(left, top, left + EM * max(len(text), 1), top + EM)
    return Line(f"{left:.0f}-{top:.0f}", quad, text, text, cell=cell)


def rows(*texts: str) -> list[Line]:
    return [line(text, top=100 + 1.5 * EM * i) for i, text in enumerate(texts)]


def values(lines: list[Line]) -> dict[str, str]:
    return {value.field: value.text for value in extract(lines).values}


EXAMPLES = [
    pytest.param(field.id, example, id=f"{field.id}-{i}")
    for field in KNOWN.fields.values()
    for i, example in enumerate(field.examples)
]


@pytest.mark.parametrize(("field", "example"), EXAMPLES)
def test_every_definition_finds_what_its_examples_say(field, example):
    assert values(rows(*example.lines)).get(field, "") == example.value


def test_every_field_has_an_example_and_no_label_belongs_to_two():
    assert all(field.examples for field in KNOWN.fields.values())
    labels = [label for field in KNOWN.fields.values() for label in field.labels]
    assert len(labels) == len(set(labels))
    assert len(KNOWN.fields) >= 25


@pytest.mark.parametrize(
    "text",
    [
        "姓名：张三 性别：男 年龄：45岁",
        "姓名:张三  性别:男  年龄:45岁",
        "姓名：张三性别：男年龄：45岁",
        "姓  名：张三　性　别：男　年  龄：４５岁",
        "姓名 张三 性别 男 年龄 45岁",
        "姓名：张三，性别：男，年龄：45岁。",
    ],
)
def test_several_fields_in_one_line(text):
    found = values(rows(text))
    assert (found["name"], found["sex"]) == ("张三", "男")
    assert found["age"] in ("45岁", "４５岁")


def test_each_value_knows_where_it_stands():
    text = "姓名：张三 性别：男"
    (name, sex) = extract(rows(text)).values
    assert text[name.pieces[0].start : name.pieces[0].end] == "张三"
    assert text[sex.pieces[0].start : sex.pieces[0].end] == "男"
    assert text[sex.label.start : sex.label.end] == "性别："


def test_a_value_in_the_box_beside_its_label():
    found = values(
        [line("姓名："), line("张三", left=260), line("性别：", left=600), line("男", 740)]
    )
    assert found == {"name": "张三", "sex": "男"}
    # What stands in the row below, or far away, is none.
    assert values([line("姓名："), line("张三", top=200), line("李四", left=1500)]) == {}


def test_a_value_below_a_label_without_a_colon():
    found = values(
        [line("姓名"), line("性别", left=400), line("张三", top=150), line("女", 400, 150)]
    )
    assert found == {"name": "张三", "sex": "女"}


def test_an_empty_field_takes_nothing_from_the_next():
    found = values(rows("床号： 住院号：0031846", "备注：", "科别：", "检查所见：", "双肺清晰。"))
    assert found == {"inpatient_number": "0031846", "findings": "双肺清晰。"}


def test_what_only_ends_like_a_label_is_none():
    assert values(rows("化验检查：白细胞总数在10,000以下", "发病年龄与性别：男性三十一例")) == {}
    assert values(rows("请结合临床诊断考虑", "检查所见不多，诊断不难。")) == {}


def test_a_section_ends_where_the_page_leaves_a_gap_or_goes_on_elsewhere():
    lines = rows("检查所见：", "胸廓对称。", "心影不大。")
    far = line("第 3 页", top=900)
    beside = line("青禾医刊", left=2000, top=220)
    assert values([*lines, far])["findings"] == "胸廓对称。\n心影不大。"
    assert values([*lines, beside])["findings"] == "胸廓对称。\n心影不大。"
    in_table = [*lines, line("白细胞", top=280, cell=Cell(0, 0, 0))]
    assert values(in_table)["findings"] == "胸廓对称。\n心影不大。"


def test_a_value_that_looks_wrong_is_told_and_a_better_one_taken():
    (sex,) = extract(rows("性别：另")).values
    assert (sex.text, sex.fits) == ("另", False)
    (sex,) = extract(rows("性别：另", "性别：女")).values
    assert (sex.text, sex.fits) == ("女", True)


def test_values_follow_the_text_and_lie_on_a_page_on_its_side():
    def turned(one: Line) -> Line:
        points = [(2000 - p.y, p.x) for p in one.quad.points]
        return replace(one, quad=Quad.of(points))

    lines = [line("姓名："), line("张三", left=260), line("性别", 100, 160), line("男", 260, 160)]
    assert values([turned(one) for one in lines]) == values(lines) == {"name": "张三", "sex": "男"}
    lines[1] = replace(lines[1], text="张山")
    assert values(lines)["name"] == "张山"


def test_forms_tell_what_is_missing():
    found = extract(rows("姓名：张三 性别：男", "检查所见：双肺清晰。", "印象：未见异常。"))
    assert found.form == "imaging"
    assert found.missing == ("age", "report_date")
    assert extract(rows("姓名：张三")).form == ""


@given(own.pages())
def test_no_text_breaks_it_and_every_piece_lies_in_its_line(page):
    texts = {one.id: one.text for one in page.lines}
    found = extract(page.lines)
    for value in found.values:
        parts = [texts[p.line_id][p.start : p.end] for p in value.pieces]
        assert "\n".join(parts) == value.text
        assert value.text.strip()


@given(st.text("姓名性别年龄检查所见：: 张三男女45岁\n0Name", max_size=30))
def test_labels_come_in_order_and_do_not_overlap(text):
    found = labels_in(text, KNOWN)
    ends = [0, *(label.end for label in found)]
    assert all(label.start >= end for label, end in zip(found, ends, strict=False))
    for label in found:
        names = label.field.labels if label.field else KNOWN.labels
        assert any(folded(text[label.start : label.end]).startswith(name) for name in names)


# --- our own pages ------------------------------------------------------------------------

PATIENT = {"name": "周启明", "sex": "男", "age": "58岁", "department": "呼吸内科", "bed": "12"}
PAGES = {
    "xray_report": PATIENT
    | {
        "inpatient_number": "0031846",
        "examination_date": "2025-03-12",
        "body_part": "胸部正侧位",
        "clinical_diagnosis": "咳嗽、发热待查",
        "physician": "沈若兰",
        "reviewed_by": "高鹏程",
        "report_date": "2025-03-12 15:42",
    },
    "lab_sheet": PATIENT
    | {
        "inpatient_number": "0031846",
        "specimen": "1047",
        "requested_by": "沈若兰",
        "diagnosis": "肺炎",
        "physician": "贺云飞",
        "reviewed_by": "陶静",
        "report_date": "2025-03-12 10:36",
    },
    "outpatient_note": {
        "name": "林秋月",
        "sex": "女",
        "age": "46岁",
        "department": "消化内科",
        "outpatient_number": "20250418063",
        "examination_date": "2025年4月18日",
        "allergies": "青霉素",
        "complaint": "反复上腹部隐痛2周，加重3天。",
        "past_history": "高血压病5年，规律服药，血压控制尚可。",
        "diagnosis": "1. 慢性胃炎？\n2. 高血压病2级",
        "physician": "程一舟",
    },
}


def sample(name: str) -> list[Line]:
    truth = json.loads((resource("samples") / f"{name}.json").read_text(encoding="utf-8"))
    entries = truth[f"{name}.png"]
    return [Line(str(i), Quad.of(e["quad"]), e["text"], e["text"]) for i, e in enumerate(entries)]


@pytest.mark.parametrize("name", PAGES)
def test_all_fields_of_our_sample_pages_are_found(name):
    found = values(sample(name))
    assert {field: found.get(field) for field in PAGES[name]} == PAGES[name]


def test_the_sections_of_the_report_are_whole():
    found = extract(sample("xray_report"))
    by_field = {value.field: value.text.split("\n") for value in found.values}
    assert len(by_field["findings"]) == 6
    assert by_field["findings"][-1].endswith("骨折征象。")
    assert [text[:2] for text in by_field["impression"]] == ["1.", "2.", "3."]
    assert (found.form, found.missing) == ("imaging", ())


def test_a_page_of_a_journal_has_no_fields_of_a_patient():
    found = extract(sample("archive_page"))
    assert not {"name", "sex", "age", "findings"} & {value.field for value in found.values}
    assert found.form == ""


@pytest.mark.parametrize(
    "content",
    [
        "field = 3",
        "[[field]]\nid = 'a'",
        "[[field]]\nid='a'\nzh='a'\nen='a'\nlabels=['a']\nvalue='('",
        "[[form]]\nid='f'\nzh='f'\nen='f'\nrequired=['x']\n[[field]]\nid='a'\nzh='a'\nen='a'\nlabels=['b']",
        "\x00",
    ],
)
def test_definitions_that_make_no_sense_get_one_sentence(tmp_path, content):
    path = tmp_path / "own.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match="definitions of fields"):
        Definitions.load(path)
