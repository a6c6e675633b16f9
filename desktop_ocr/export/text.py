"""Plain text and tab-separated rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop_ocr.document.model import ILLEGIBLE, Document, Line, LineStatus, Page
from desktop_ocr.export.rows import Table, blocks

# What ends a line for one program or another, and the tab that separates cells.
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


def line_text(line: Line) -> str:
    """Return what an export shows of a line: its text, or □ where a person cannot read it."""
    return ILLEGIBLE if line.status is LineStatus.ILLEGIBLE else line.text


def one_line(text: str) -> str:
    """Return the text with line breaks and tabs as single spaces."""
    return _BREAKS.sub(" ", text)


def utf8(text: str) -> bytes:
    """Encode text; bytes of a file name that are no UTF-8 come back as they were."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a surrogate pair, pasted by a broken program
        return text.encode("utf-8", "replace")


def page_text(page: Page) -> str:
    """Return a page as text: a row of the paper a line, cells of a row joined by tabs.

    Rows of a table have a tab for each column, so that empty cells keep their place.
    """
    rows = []
    for block in blocks(page.lines):
        if isinstance(block, Table):
            rows += ["\t".join(map(cell_text, row)) for row in block.rows]
        else:
            rows += ["\t".join(one_line(line_text(p.line)) for p in row) for row in block]
    return "".join(row + "\n" for row in rows)


def cell_text(lines: Sequence[Line]) -> str:
    """Return what an export shows of a table's cell: its lines, with spaces between."""
    return " ".join(one_line(line_text(line)) for line in lines)


def render_text(document: Document) -> str:
    """Return a document as text; pages are separated by an empty line."""
    return "\n".join(page_text(page) for page in document.pages)


def tsv_rows(page: Page) -> Iterator[str]:
    """Yield ``file<TAB>text`` for each line of a page, with its line feed."""
    file = one_line(page.file)
    for line in page.lines:
        yield f"{file}\t{one_line(line_text(line))}\n"
