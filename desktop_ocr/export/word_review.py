"""At the end of a Word file: who reviewed what, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

from desktop_ocr.document.model import Document, LineStatus, Page, Review
from desktop_ocr.export.text import one_line
from desktop_ocr.export.word_frame import NOTE
from desktop_ocr.export.word_text import WORDS, Language, clean

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_WORDS: dict[Language, dict[str, str]] = {
    Language.CHINESE: {
        "title": "校对记录",
        "nameless": "（未填姓名）",
        "person": "{name}（{lines} 行）",
        "and": "、",
    },
    Language.ENGLISH: {
        "title": "Who reviewed what",
        "nameless": "(no name given)",
        "person": "{name} ({lines})",
        "and": ", ",
    },
}
_COLUMNS = {
    Language.CHINESE: (
        "页", "校对人", "最后校对", "已校对行", "无法辨认", "未校对", "签发"
    ),
    Language.ENGLISH: (
        "Page", "Reviewed by", "Last review", "Lines reviewed", "Illegible", "Not reviewed",
        "Signed off by",
    ),
}  # fmt: skip


_WIDTHS_CM = (3.0, 3.0, 2.6, 1.7, 1.5, 1.7, 2.5)  # TEXT_WIDTH_CM in all


def add_reviews(word: WordDocument, document: Document, language: Language) -> None:
    """Add a table with a row for each page; nothing where nobody reviewed or signed anything."""
    if not any(_reviews(page) or _dealt_with(page) for page in document.pages):
        return
    from docx.shared import Cm, Pt

    words = _WORDS[language]
    title = word.add_paragraph(words["title"], style=NOTE)
    title.runs[0].font.bold = True
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.space_before = Pt(6)
    columns = _COLUMNS[language]
    table = word.add_table(1 + len(document.pages), len(columns), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS_CM, strict=True):
        column.width = Cm(width)  # for programs that follow the grid, not the cells
    style = word.styles[NOTE].style_id
    cells = iter(table._cells)  # table.cell() walks over all cells for each
    for row in (columns, *(_row(page, language) for page in document.pages)):
        for text, width in zip(row, _WIDTHS_CM, strict=True):
            cell = next(cells)
            cell.width = Cm(width)
            cell.paragraphs[0]._p.style = style
            run = cell.paragraphs[0].add_run(clean(text))
            run.font.bold = row is columns
    word.add_paragraph("", style=NOTE)


def last_reviewer(document: Document) -> str:
    """Return who confirmed something last; "" where nobody did, or without a name."""
    reviews = [review for page in document.pages for review in _reviews(page)]
    return max(reviews, key=_time).by if reviews else ""


def _row(page: Page, language: Language) -> tuple[str, ...]:
    """Return the texts of the cells of a page; a line feed begins a line inside a cell."""
    words = _WORDS[language]
    people = Counter(line.review.by for line in page.lines if line.review is not None)
    reviews = [line.review for line in page.lines if line.review is not None]
    count = Counter(line.status for line in page.lines)
    named = (
        words["person"].format(name=one_line(name) or words["nameless"], lines=lines)
        for name, lines in people.most_common()
    )
    signed = ""
    if page.sign_off is not None:
        signed = f"{one_line(page.sign_off.by) or words['nameless']}\n{_minute(page.sign_off)}"
    return (
        # PureWindowsPath knows both kinds of slash: a folder may be named after a patient.
        one_line(
            WORDS[language]["page"].format(file=PureWindowsPath(page.file).name, page=page.page)
        ),
        words["and"].join(named) or "–",
        _minute(max(reviews, key=_time)) if reviews else "–",
        str(count[LineStatus.REVIEWED]),
        str(count[LineStatus.ILLEGIBLE]),
        str(count[LineStatus.UNREVIEWED]),
        signed or "–",
    )


def _reviews(page: Page) -> list[Review]:
    found: Iterator[Review | None] = (line.review for line in page.lines)
    return [review for review in (*found, page.sign_off) if review is not None]


def _dealt_with(page: Page) -> bool:
    return any(line.status is not LineStatus.UNREVIEWED for line in page.lines)


def _time(review: Review) -> datetime:
    return datetime.fromisoformat(review.at)


def _minute(review: Review) -> str:
    """Return the time as the reviewer's clock showed it."""
    return _time(review).strftime("%Y-%m-%d %H:%M")
