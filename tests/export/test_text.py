from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Cell, Document, Line, LineStatus, Page
from desktop_ocr.export import page_text, render_text, tsv_rows, utf8
from tests import strategies as own


def page(*texts: str, file: str = "a.png") -> Page:
    lines = [
        Line(str(k), Quad.from_box(0, 50 * k, 300, 50 * k + 40), text, text)
        for k, text in enumerate(texts)
    ]
    return Page(file, file, 1, 400, 400, lines=lines)


def test_pages_are_separated_by_an_empty_line() -> None:
    document = Document([page("甲", "乙"), page("丙", file="b.png")])
    assert render_text(document) == "甲\n乙\n\n丙\n"


def test_cells_of_a_row_are_joined_by_tabs() -> None:
    table = page("x")
    table.lines[:] = [
        Line("a", Quad.from_box(0, 0, 100, 30), "钾（K）"),
        Line("b", Quad.from_box(200, 2, 280, 31), "3.62"),
        Line("c", Quad.from_box(0, 50, 100, 80), "钠（Na）"),
    ]
    assert page_text(table) == "钾（K）\t3.62\n钠（Na）\n"


def test_a_table_keeps_its_empty_cells_and_its_place_in_the_text() -> None:
    """The boxes say nothing: as in a photograph, rows may stand askew."""
    texts = page("报告", "项目", "结果", "参考值", "钾", "3.62", "↓", "钠", "137-147", "审核")
    cells = [None, Cell(0, 0, 0), Cell(0, 0, 1), Cell(0, 0, 3), Cell(0, 1, 0), Cell(0, 1, 1),
             Cell(0, 1, 1), Cell(0, 3, 0), Cell(0, 3, 3), None]  # fmt: skip
    texts.lines[:] = [
        replace(line, cell=cell) for line, cell in zip(texts.lines, cells, strict=True)
    ]
    assert page_text(texts).splitlines() == [
        "报告", "项目\t结果\t\t参考值", "钾\t3.62 ↓\t\t", "\t\t\t", "钠\t\t\t137-147", "审核",
    ]  # fmt: skip


@given(own.pages())
def test_no_line_is_lost_whatever_the_cells_are(any_page: Page) -> None:
    any_page.lines[:] = [
        replace(line, text=f"<{k}>", status=LineStatus.REVIEWED)
        for k, line in enumerate(any_page.lines)
    ]
    text = page_text(any_page)
    assert sorted(re.findall("<[0-9]+>", text)) == sorted(line.text for line in any_page.lines)


def test_an_illegible_line_is_a_box() -> None:
    bad = page("猜的")
    bad.lines[0] = Line("a", bad.lines[0].quad, "猜的", status=LineStatus.ILLEGIBLE)
    assert page_text(bad) == "□\n"
    assert list(tsv_rows(bad)) == ["a.png\t□\n"]


@given(own.pages())
def test_tsv_is_one_row_a_line_whatever_is_in_it(any_page: Page) -> None:
    rows = "".join(tsv_rows(any_page)).splitlines()
    assert len(rows) == len(any_page.lines)
    assert all(row.count("\t") == 1 for row in rows)


@given(own.pages())
def test_text_has_as_many_cells_as_lines_outside_of_tables(any_page: Page) -> None:
    any_page.lines[:] = [replace(line, cell=None) for line in any_page.lines]
    rows = page_text(any_page).splitlines()
    assert sum(row.count("\t") + 1 for row in rows) == len(any_page.lines)


def test_file_names_keep_their_bytes() -> None:
    name = b"scan\xff.png".decode("utf-8", "surrogateescape")
    assert utf8(name) == b"scan\xff.png"
    assert utf8("half \ud83d") == b"half ?"
