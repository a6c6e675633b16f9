"""Rows of laboratory tables from their cells."""

from __future__ import annotations

import pytest

from desktop_ocr.document.fields import LabRow
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Cell, Line
from desktop_ocr.engine.extract import Definitions
from desktop_ocr.engine.extract.laboratory import laboratory_rows

COLUMNS = Definitions.built_in().columns
HEADING = ("No.", "项目", "结果", "单位", "参考区间")
BLOOD = (
    ("1", "白细胞计数（WBC）", "12.36 ↑", "10^9/L", "3.50-9.50"),
    ("2", "尿蛋白", "阴性", "", "阴性"),
    ("3", "甘油三酯", "1.92", "mmol/L", "＜1.70"),
)


def table(rows, number=0, left=100.0, top=100.0, askew=0.0):
    """Lines of a table, one for each text of a cell; several texts in one cell are a tuple."""
    lines = []
    for r, row in enumerate(rows):
        for c, entry in enumerate(row):
            for k, text in enumerate(entry if isinstance(entry, tuple) else (entry,)):
                if text:
                    x, y = left + 200 * c + 90 * k + askew * r, top + 50 * r
                    quad = Quad.from_box(x, y, x + 80, y + 30)
                    cell = Cell(number, r, c)
                    lines.append(Line(f"{number}-{r}-{c}-{k}", quad, text, text, cell=cell))
    return lines


def told(rows: tuple[LabRow, ...]):
    return [tuple(cell.text for cell in row.cells) for row in rows]


WANTED = [
    ("白细胞计数（WBC）", "12.36", "10^9/L", "3.50-9.50", "↑"),
    ("尿蛋白", "阴性", "", "阴性", ""),
    ("甘油三酯", "1.92", "mmol/L", "＜1.70", ""),
]


def test_a_sheet_with_headings_in_any_order():
    assert told(laboratory_rows(table((HEADING, *BLOOD)), COLUMNS)) == WANTED
    turned = [tuple(reversed(row)) for row in (HEADING, *BLOOD)]
    assert told(laboratory_rows(table(turned), COLUMNS)) == WANTED


def test_headings_below_the_patient_in_the_same_table():
    head = (("姓名：周启明", "性别：男"), ("科别：内科",))
    assert told(laboratory_rows(table((*head, HEADING, *BLOOD)), COLUMNS)) == WANTED


def test_two_tables_side_by_side_that_were_taken_for_one():
    rows = (HEADING + HEADING, *(row + row for row in BLOOD))
    assert told(laboratory_rows(table(rows), COLUMNS)) == WANTED * 2


def test_a_table_without_headings_takes_those_of_the_one_above_it():
    above = table((HEADING, *BLOOD), askew=3)
    below = table(BLOOD, number=1, top=400, left=120, askew=3)
    assert told(laboratory_rows([*above, *below], COLUMNS)) == WANTED * 2
    # A further column, of stray marks, does not disturb that.
    stray = [(*row[:2], "m", *row[2:]) for row in BLOOD]
    lines = table(stray, number=1, top=400)
    moved = {3: -60, 4: -200, 5: -200}

    def put(line: Line) -> Line:
        by = moved.get(line.cell.column, 0) if line.cell else 0
        return Line(line.id, line.quad.translated(by, 0), line.text, line.text, cell=line.cell)

    got = told(laboratory_rows([*above, *map(put, lines)], COLUMNS))
    assert got[:3] == WANTED
    assert [row[0] for row in got[3:]] == [row[0] for row in WANTED]


def test_without_any_headings_the_columns_are_told_by_what_stands_in_them():
    assert told(laboratory_rows(table(BLOOD), COLUMNS)) == WANTED


def test_code_and_item_in_one_cell():
    heading = (("代号", "项目"), "结果", "", "参考区间", "单位")
    rows = [
        (("ADA", "腺苷脱氨酶"), "40.6", "", "8.3-47.7", "U/L"),
        (("ICA", "胰岛细胞抗体"), "++", "↑", "阴性", ""),
    ]
    assert told(laboratory_rows(table([heading, *rows]), COLUMNS)) == [
        ("腺苷脱氨酶", "40.6", "U/L", "8.3-47.7", ""),
        ("胰岛细胞抗体", "++", "", "阴性", "↑"),
    ]


def test_a_unit_that_was_read_with_its_range():
    rows = (("Item", "Result", "Reference range"), ("MPO", "117.7 H", "49.0~166.1ng/mL"))
    assert told(laboratory_rows(table(rows), COLUMNS)) == [
        ("MPO", "117.7", "ng/mL", "49.0~166.1", "H")
    ]


@pytest.mark.parametrize(
    ("printed", "value", "flag"),
    [
        ("12.36 ↑", "12.36", "↑"),
        ("12.36↑", "12.36", "↑"),
        ("*34.0", "34.0", "*"),
        ("342.2 +", "342.2", "+"),
        ("++", "++", ""),
        ("(-)", "(-)", ""),
        ("1+", "1+", ""),
        ("阳性 H", "阳性", "H"),
        ("<0.5", "<0.5", ""),
    ],
)
def test_flags_printed_with_a_result(printed, value, flag):
    rows = (("项目", "结果"), ("白细胞", printed))
    ((_, got, _, _, found),) = told(laboratory_rows(table(rows), COLUMNS))
    assert (got, found) == (value, flag)


def test_other_tables_and_lines_outside_have_no_rows():
    rows = (("姓名", "科别"), ("张三", "内科"), ("李四", "外科"))
    assert laboratory_rows(table(rows), COLUMNS) == ()
    quad = Quad.from_box(0, 0, 9, 9)
    assert laboratory_rows([Line("a", quad, "白细胞 12.3")], COLUMNS) == ()
