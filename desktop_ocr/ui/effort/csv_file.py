"""The effort as a table that spreadsheet programs open."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_ocr.ui.effort.counts import Effort


@dataclass(frozen=True, slots=True)
class Row:
    """One page of the table.

    Attributes:
        number: Place in the document, from 1.
        file: Name of the file that the page came from.
        lines: Number of lines.
        reviewed: How many of them a person has confirmed.
        effort: What the page took.
    """

    number: int
    file: str
    lines: int
    reviewed: int
    effort: Effort


def csv_bytes(heading: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Return the table as CSV: UTF-8 with a byte order mark, which Excel needs for Chinese.

    Args:
        heading: Names of the seven columns: page, file, lines, reviewed, keystrokes,
            corrections, seconds.
        rows: The pages.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heading)
    for row in rows:
        effort = row.effort
        writer.writerow(
            [
                row.number,
                _no_formula(row.file),
                row.lines,
                row.reviewed,
                effort.keystrokes,
                effort.corrections,
                round(effort.seconds),
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def _no_formula(text: str) -> str:
    """Keep a spreadsheet from computing a file's name that looks like a formula (OWASP)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
