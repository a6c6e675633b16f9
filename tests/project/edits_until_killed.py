"""A program that edits a project as fast as the disk allows, until somebody kills it.

    python -m tests.project.edits_until_killed PROJECT FIRST [TARGET]

Edit number n changes one line's text and confirms it (see :func:`edited`). Once the writer says
that an edit is on the disk its number is printed. With TARGET copies are saved there all the time.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from desktop_ocr.document.model import Document, Line, LineStatus, Review
from desktop_ocr.project import HistoryEntry, PageFields, Project, PutPage, Writer


def edited(number: int, line: Line) -> Line:
    """Return the line as edit ``number`` leaves it."""
    review = Review(f"医生{number}", f"2026-11-20T17:{number // 60 % 60:02}:{number % 60:02}+08:00")
    return replace(line, text=f"第{number}次改", status=LineStatus.REVIEWED, review=review)


def place(number: int, document: Document) -> tuple[int, int]:
    """Return the page and the line that edit ``number`` changes."""
    page = number * 7 % len(document.pages)
    return page, number * 3 % len(document.pages[page].lines)


def main(path: Path, first: int, target: Path | None) -> None:
    """Edit for ever."""
    project = Project.open(path)
    document = project.document()
    writer = Writer(project, on_saved=lambda ticket: _say(first + ticket - 1))
    number = first
    while True:
        for _ in range(1 + number % 3):  # now and then several are written together
            i, k = place(number, document)
            page = document.pages[i]
            before, page.lines[k] = page.lines[k], edited(number, page.lines[k])
            entry = HistoryEntry("", "", str(number), page.id, before.id, before.text)
            fields = PageFields.of(page)
            writer.put(PutPage(page.id, i, fields, tuple(page.lines), entries=(entry,)))
            number += 1
        writer.flush(20)
        if target is not None:
            project.save_as(target, overwrite=True).close()
            _say(-number)


def _say(number: int) -> None:
    os.write(1, f"{number}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3:] else None)
