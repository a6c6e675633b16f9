"""How far the review of pages is, in numbers; known without loading the lines of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop_ocr.document.model import Line, LineStatus, Page


@dataclass(frozen=True, slots=True)
class PageCounts:
    """What is to be done on a page, or on several.

    Attributes:
        lines: Number of lines.
        read: How many of them the machine has read.
        reviewed: How many of them a person has dealt with.
        doubtful: How many of them a person should look at.
    """

    lines: int = 0
    read: int = 0
    reviewed: int = 0
    doubtful: int = 0

    def __add__(self, other: PageCounts) -> PageCounts:
        return PageCounts(
            self.lines + other.lines,
            self.read + other.read,
            self.reviewed + other.reviewed,
            self.doubtful + other.doubtful,
        )


def count(lines: Sequence[Line], is_doubtful: Callable[[Line], bool]) -> PageCounts:
    """Count the lines of a page."""
    return PageCounts(
        len(lines),
        sum(bool(line.characters) for line in lines),
        sum(line.status is not LineStatus.UNREVIEWED for line in lines),
        sum(map(is_doubtful, lines)),
    )


def is_loaded(page: Page) -> bool:
    """Say whether the lines of a page are in memory; those of a project may not be."""
    return bool(getattr(page.lines, "loaded", True))


class CountsOfPages:
    """Remembers the counts of each page until it changes.

    Args:
        is_doubtful: Whether a person should look at a line.
    """

    def __init__(self, is_doubtful: Callable[[Line], bool]) -> None:
        self._is_doubtful = is_doubtful
        self._known: dict[str, PageCounts] = {}
        self._stored: dict[str, Callable[[], PageCounts]] = {}

    def of(self, page: Page) -> PageCounts:
        """Return the counts of a page; its lines are not loaded for that where they are known."""
        known = self._known.get(page.id)
        if known is None:
            stored = self._stored.get(page.id)
            if stored is not None and not is_loaded(page):
                known = stored()
            else:
                known = count(list(page.lines), self._is_doubtful)
            self._known[page.id] = known
        return known

    def total(self, pages: Iterable[Page]) -> PageCounts:
        """Return the counts of several pages together."""
        return sum(map(self.of, pages), PageCounts())

    def forget(self, page_ids: Iterable[str]) -> None:
        """Count pages again when somebody asks next: their lines changed."""
        for page_id in page_ids:
            self._known.pop(page_id, None)
            self._stored.pop(page_id, None)

    def forget_doubt(self) -> None:
        """Count all pages again: what counts as doubtful changed."""
        self._known.clear()

    def set_stored(self, stored: dict[str, Callable[[], PageCounts]]) -> None:
        """Take what a project knows about its pages, in place of all that was known."""
        self._known.clear()
        self._stored = dict(stored)

    def put_stored(self, page_id: str, stored: Callable[[], PageCounts]) -> None:
        """Take what is known about a page whose lines leave the memory."""
        self._stored[page_id] = stored
