from __future__ import annotations

from hypothesis import given

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Document, Line, LineStatus, Page
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
def test_text_has_as_many_cells_as_lines(any_page: Page) -> None:
    rows = page_text(any_page).splitlines()
    assert sum(row.count("\t") + 1 for row in rows) == len(any_page.lines)


def test_file_names_keep_their_bytes() -> None:
    name = b"scan\xff.png".decode("utf-8", "surrogateescape")
    assert utf8(name) == b"scan\xff.png"
    assert utf8("half \ud83d") == b"half ?"
