"""Who reviewed what and when, read back from the Word file."""

from __future__ import annotations

from dataclasses import replace

import docx
import pytest

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Document, Line, LineStatus, Page, Review
from desktop_ocr.export import ExportFormat, Language, export_document, load_json

MORNING = Review("王医生", "2026-11-20T09:05:59+08:00")
NOON = Review("李医生", "2026-11-20T12:30:00+08:00")
# The earlier moment, though its digits are greater.
ELSEWHERE = Review("Dr. Smith", "2026-11-20T13:00:00+13:00")


def line(number: int, review: Review | None = None, status=LineStatus.REVIEWED) -> Line:
    quad = Quad.from_box(100, 100 + 60 * number, 400, 140 + 60 * number)
    made = Line(f"l{number}", quad, f"第{number}行", f"第{number}行", 0.9)
    return replace(made, status=status, review=review) if review else made


@pytest.fixture
def document():
    first = [
        line(0, MORNING),
        line(1, MORNING),
        line(2, NOON),
        line(3, ELSEWHERE, LineStatus.ILLEGIBLE),
        line(4),
    ]
    second = [line(5, Review("", MORNING.at))]
    return Document(
        [
            Page("a", "病历/住院.pdf", 1, 1000, 1400, lines=first),
            Page("b", "病历/住院.pdf", 2, 1000, 1400, lines=second, sign_off=NOON),
        ]
    )


def export(document, path, **options):
    export_document(document, path, ExportFormat.DOCX, **options)
    return docx.Document(str(path))


def rows(word):
    return [[cell.text for cell in row.cells] for row in word.tables[-1].rows]


def test_a_row_for_each_page(document, tmp_path):
    word = export(document, tmp_path / "a.docx")
    assert rows(word) == [
        ["页", "校对人", "最后校对", "已校对行", "无法辨认", "未校对", "签发"],
        [
            "住院.pdf · 第 1 页",
            "王医生（2 行）、李医生（1 行）、Dr. Smith（1 行）",
            "2026-11-20 12:30",
            "3",
            "1",
            "1",
            "–",
        ],
        [
            "住院.pdf · 第 2 页",
            "（未填姓名）（1 行）",
            "2026-11-20 09:05",
            "1",
            "0",
            "0",
            "李医生\n2026-11-20 12:30",
        ],
    ]
    assert "校对记录" in [paragraph.text for paragraph in word.paragraphs]
    assert word.core_properties.last_modified_by == "李医生"
    assert word.core_properties.author.startswith("Desktop OCR")


def test_in_english(document, tmp_path):
    word = export(document, tmp_path / "a.docx", language=Language.ENGLISH)
    assert rows(word)[0][:3] == ["Page", "Reviewed by", "Last review"]
    assert rows(word)[2][1] == "(no name given) (1)"


def test_it_can_be_left_out(document, tmp_path):
    word = export(document, tmp_path / "a.docx", reviews=False)
    assert word.tables == []
    assert word.core_properties.last_modified_by.startswith("Desktop OCR")
    assert "王医生" not in "\n".join(p.text for p in word.paragraphs)


def test_nothing_is_said_where_nobody_reviewed(document, tmp_path):
    for page in document.pages:
        page.lines[:] = [
            replace(ln, status=LineStatus.UNREVIEWED, review=None) for ln in page.lines
        ]
        page.sign_off = None
    assert export(document, tmp_path / "a.docx").tables == []


def test_lines_reviewed_before_names_were_kept_still_count(document, tmp_path):
    document.pages[0].lines[:] = [replace(line(0, MORNING), review=None)]
    document.pages[1].sign_off = None
    row = rows(export(document, tmp_path / "a.docx"))[1]
    assert row[1:4] == ["–", "–", "1"]


def test_a_name_cannot_break_the_file(document, tmp_path):
    document.pages[0].lines[0] = line(0, Review("A\x00\tB\nC<w:p>", NOON.at))
    assert "A\ufffd B C<w:p>（1 行）" in rows(export(document, tmp_path / "a.docx"))[1][1]


def test_json_holds_it_and_text_holds_the_text_alone(document, tmp_path):
    export_document(document, tmp_path / "a.json", ExportFormat.JSON, reviews=False)
    back = load_json(tmp_path / "a.json")
    assert back.pages[0].lines[3].review == ELSEWHERE
    assert back.pages[1].sign_off == NOON
    export_document(document, tmp_path / "a.txt", ExportFormat.TXT)
    assert (tmp_path / "a.txt").read_text("utf-8") == "第0行\n第1行\n第2行\n□\n第4行\n\n第5行\n"
