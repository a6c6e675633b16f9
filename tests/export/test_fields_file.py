"""Fields as CSV: what a spreadsheet reads back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.fields import FieldValue, LabCell, LabRow, PageFields, Piece
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Document, Line, LineStatus, Page, Review
from desktop_ocr.export import ExportFormat, export_document
from desktop_ocr.export.fields_file import HEADINGS, field_rows

AT = Piece("a", 0, 2)
QUAD = Quad.from_box(0, 0, 9, 9)


def rows(fields: PageFields, line: Line | None = None) -> list[list[str]]:
    page = Page("p", "scan.png", 3, 9, 9, lines=[line or Line("a", QUAD, "张三")])
    text = "".join(field_rows([page], lambda _lines: fields))
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def test_fields_rows_and_what_is_missing():
    row = LabRow(
        LabCell("白细胞", (AT,)), LabCell("12.36", (AT,)), LabCell("10^9/L"), flag=LabCell("↑")
    )
    name = FieldValue("name", "张三", (AT,), AT)
    findings = FieldValue("findings", "胸廓对称。\n心影不大。", (AT,), AT)
    found = rows(PageFields("imaging", (name, findings), ("age",), (row,)))
    assert found[0] == list(HEADINGS)
    assert found[1:] == [
        ["scan.png", "3", "field", "name", "张三", "", "", "", "unreviewed"],
        ["scan.png", "3", "field", "findings", "胸廓对称。 心影不大。", "", "", "", "unreviewed"],
        ["scan.png", "3", "missing", "age", "", "", "", "", ""],
        ["scan.png", "3", "laboratory", "白细胞", "12.36", "↑", "10^9/L", "", "unreviewed"],
    ]


def test_reviewed_lines_make_reviewed_values():
    line = Line("a", QUAD, "张三", status=LineStatus.REVIEWED)
    line = replace(line, review=Review("王", "2026-11-20T10:00:00+08:00"))
    fields = PageFields("", (FieldValue("name", "张三", (AT,), AT),))
    assert rows(fields, line)[1][-1] == "reviewed"
    gone = PageFields("", (FieldValue("name", "张三", (Piece("b", 0, 1),), AT),))
    assert rows(gone, line)[1][-1] == "unreviewed"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("+3床", "'+3床"),
        ("-", "-"),
        ("-1.5", "-1.5"),
        ("++", "'++"),
    ],
)
def test_nothing_becomes_a_formula(text, written):
    fields = PageFields("", (FieldValue("bed", text, (AT,), AT),))
    assert rows(fields)[1][4] == written


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1))
def test_any_text_comes_back(text):
    value = FieldValue("name", text, (AT,), AT)
    (_, row) = rows(PageFields("", (value,)))
    assert row[4].removeprefix("'") == text.replace("\n", " ").removeprefix("'")


def test_a_document_becomes_a_file(tmp_path):
    path = tmp_path / "字段.csv"
    document = Document([Page("p", "f.png", 1, 9, 9, lines=[Line("a", QUAD, "姓名：张三")])])
    fields = PageFields("", (FieldValue("name", "张三", (Piece("a", 3, 5),), AT),))
    export_document(document, path, ExportFormat.CSV, fields_of=lambda _lines: fields)
    assert path.read_bytes().startswith(b"\xef\xbb\xbffile,page,kind")
    assert "field,name,张三" in path.read_text(encoding="utf-8-sig")
