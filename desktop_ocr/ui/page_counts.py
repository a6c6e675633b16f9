"""How far the review of pages is, in numbers; known without loading the lines of a page."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop_ocr.document.lazy import LineText
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


@dataclass(frozen=True, slots=True)
class Tally:
    """What the counts of a page are made from, whatever counts as doubtful.

    Attributes:
        lines: Number of lines.
        read: How many of them the machine has read.
        reviewed: How many of them a person has dealt with.
        doubts: For each line that a person may have to look at, the confidence (0–1) below
            which it is no doubt, ascending; -1 where it is one in any case.
    """

    lines: int
    read: int
    reviewed: int
    doubts: tuple[float, ...]

    @staticmethod
    def of(lines: Sequence[Line], doubt_of: Callable[[Line], float | None]) -> Tally:
        """Count lines."""
        doubts = (doubt_of(line) for line in lines)
        return Tally(
            len(lines),
            sum(bool(line.characters) for line in lines),
            sum(line.status is not LineStatus.UNREVIEWED for line in lines),
            tuple(sorted(doubt for doubt in doubts if doubt is not None)),
        )

    def followed(self, before: Iterable[LineText], after: Iterable[LineText]) -> Tally | None:
        """Return the tally after some lines changed; None where these were not counted in it."""
        doubts, reviewed = list(self.doubts), self.reviewed
        for was, now in zip(before, after, strict=True):
            if was.doubt is not None:
                at = bisect_left(doubts, was.doubt)
                if doubts[at : at + 1] != [was.doubt]:
                    return None
                del doubts[at]
            if now.doubt is not None:
                insort(doubts, now.doubt)
            reviewed += (now.status is not LineStatus.UNREVIEWED) - (
                was.status is not LineStatus.UNREVIEWED
            )
        return Tally(self.lines, self.read, reviewed, tuple(doubts))

    def counts(self, threshold: float) -> PageCounts:
        """Return the counts where less than ``threshold`` (0–1) is doubt."""
        doubtful = bisect_left(self.doubts, threshold)
        return PageCounts(self.lines, self.read, self.reviewed, doubtful)


def is_loaded(page: Page) -> bool:
    """Say whether the lines of a page are in memory; those of a project may not be."""
    return bool(getattr(page.lines, "is_loaded", True))


class Tallies:
    """Remembers the tally of each page until the page changes.

    Args:
        doubt_of: The doubt of a line as in :attr:`Tally.doubts`; None where there is none.
    """

    def __init__(self, doubt_of: Callable[[Line], float | None]) -> None:
        self._doubt_of = doubt_of
        self._known: dict[str, Tally] = {}

    def of(self, page: Page) -> Tally:
        """Return the tally of a page; its lines are loaded only where it is not known."""
        if page.id not in self._known:
            self._known[page.id] = Tally.of(list(page.lines), self._doubt_of)
        return self._known[page.id]

    def total(self, pages: Iterable[Page], threshold: float) -> PageCounts:
        """Return the counts of several pages together."""
        return sum((self.of(page).counts(threshold) for page in pages), PageCounts())

    def forget(self, page_ids: Iterable[str]) -> None:
        """Count pages again when somebody asks next: their lines changed."""
        for page_id in page_ids:
            self._known.pop(page_id, None)

    def follow(self, page_id: str, before: Iterable[LineText], after: Iterable[LineText]) -> None:
        """Take note that lines changed that are not loaded: their page is not counted again."""
        known = self._known.pop(page_id, None)
        tally = None if known is None else known.followed(before, after)
        if tally is not None:
            self._known[page_id] = tally

    def replace(self, known: Mapping[str, Tally]) -> None:
        """Take what a project knows of its pages, in place of all that was known."""
        self._known = dict(known)
