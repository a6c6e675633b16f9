"""Fields and laboratory rows as comma-separated rows, for spreadsheets and other programs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from desktop_ocr.document.fields import PageFields, Piece, are_reviewed
from desktop_ocr.document.model import Line, Page
from desktop_ocr.export.text import one_line

FieldsOf: TypeAlias = Callable[[Sequence[Line]], PageFields]
"""Finds the fields of a page in its lines."""

HEADINGS = (
    "file", "page", "kind", "name", "value", "flag", "unit", "range", "state",
)  # fmt: skip

_NUMBER = re.compile(r"[+-]?[0-9.,]*")


def no_fields(_lines: Sequence[Line]) -> PageFields:
    """Find nothing."""
    return PageFields()


def field_rows(pages: Iterable[Page], fields_of: FieldsOf) -> Iterator[str]:
    """Yield the fields of pages as CSV (RFC 4180), the headings first.

    Args:
        pages: The pages.
        fields_of: What finds their fields.

    Yields:
        Text that ends with CRLF. ``kind`` is ``field`` (``name`` is the id of the field),
        ``laboratory`` (``name`` is the item) or ``missing``; ``state`` is ``reviewed``,
        ``unreviewed`` or empty.
    """
    yield "\ufeff" + _row(HEADINGS)  # without the mark, Excel takes Chinese for Latin letters
    for page in pages:
        lines = list(page.lines)
        found = fields_of(lines)
        head = (one_line(page.file), str(page.page))

        def state(pieces: Sequence[Piece], lines: Sequence[Line] = lines) -> str:
            return "reviewed" if are_reviewed(pieces, lines) else "unreviewed"

        for value in found.values:
            text = value.text.replace("\n", " ")
            yield _row((*head, "field", value.field, text, "", "", "", state(value.pieces)))
        for field in found.missing:
            yield _row((*head, "missing", field, "", "", "", "", ""))
        for row in found.rows:
            item, value_, unit, span, flag = (cell.text for cell in row.cells)
            pieces = [piece for cell in row.cells for piece in cell.pieces]
            yield _row((*head, "laboratory", item, value_, flag, unit, span, state(pieces)))


def _row(entries: Sequence[str]) -> str:
    target = io.StringIO()
    csv.writer(target).writerow([_harmless(entry) for entry in entries])
    return target.getvalue()


def _harmless(entry: str) -> str:
    """Keep a spreadsheet from taking a text for a formula.

    What stands on a paper may begin with =; an apostrophe before it makes it text.
    """
    begins = entry[:1] in ("=", "@", "+", "-")
    return f"'{entry}" if begins and not _NUMBER.fullmatch(entry) else entry
