"""What is known of the pages of a project without loading their lines."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from desktop_ocr.document.model import LineStatus, Review
from desktop_ocr.project.rows import PAGE_COLUMNS, page_of, text_out

PAGES = f"SELECT {PAGE_COLUMNS} FROM pages ORDER BY position, rowid"  # noqa: S608
"""All pages, removed ones too, first to last."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a page without loading its lines.

    Attributes:
        lines: Number of lines.
        read: How many of them the machine has read.
        reviewed: How many of them a person has confirmed.
        illegible: How many of them a person could not read either.
        doubts: One number for each line that is not touched by a person and was read by the
            machine, ascending: the confidence of its least certain character (0–1), or -1 where
            the two readers disagree (see :func:`desktop_ocr.document.doubt.doubt_of`).
        state: How far its reading is, as it was put.
        message: Why reading failed; empty otherwise.
        signed: Who signed the page off and when; None while nobody has.
    """

    lines: int
    read: int
    reviewed: int
    illegible: int
    doubts: tuple[float, ...]
    state: str
    message: str
    signed: Review | None

    def doubtful(self, threshold: float) -> int:
        """Return how many lines are doubtful where less than ``threshold`` (0–1) is doubt."""
        return bisect_left(self.doubts, threshold)


def read_facts(connection: sqlite3.Connection) -> dict[str, PageFacts]:
    """Count the lines of all pages, in their order.

    Raises:
        sqlite3.Error, BrokenRowError: If the file is damaged.
    """
    counts: dict[str, Counter[str]] = {}
    doubts: dict[str, list[float]] = {}
    for page, status, unread, number in connection.execute(
        "SELECT page, status, characters IS NULL, count(*) FROM lines GROUP BY 1, 2, 3"
    ).fetchall():
        count = counts.setdefault(text_out(page), Counter())
        count["lines"] += number
        count["read"] += 0 if unread else number
        count[status] += number
    for page, doubt in connection.execute(
        "SELECT page, doubt FROM lines WHERE doubt IS NOT NULL"
    ).fetchall():
        doubts.setdefault(text_out(page), []).append(doubt)
    facts = {}
    for row in connection.execute(PAGES).fetchall():
        stored = page_of(row)
        if stored.removed:
            continue
        count = counts.get(stored.page.id, Counter())
        facts[stored.page.id] = PageFacts(
            lines=count["lines"],
            read=count["read"],
            reviewed=count[LineStatus.REVIEWED],
            illegible=count[LineStatus.ILLEGIBLE],
            doubts=tuple(sorted(doubts.get(stored.page.id, ()))),
            state=stored.state,
            message=stored.message,
            signed=stored.page.sign_off,
        )
    return facts
