"""What is still to be read, in which order, and how long that will take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

NEWEST = 0.3
"""Weight of the page that was read last in the mean duration of a page."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reading is.

    Attributes:
        done: Pages read since the program was idle last.
        total: Those, the one under way, and those that wait.
        seconds_left: What the rest will take; None where no page has told yet.
        paused: Reading waits for a person.
    """

    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes of one page that are to be read again.

    Attributes:
        page_id: The page.
        line_ids: Their lines.
        overwrite: Also those that a person reviewed or changed.
    """

    page_id: str
    line_ids: tuple[str, ...]
    overwrite: bool = False


class ReadingQueue:
    """Pages and boxes that wait, and a stopwatch for the page that is being read.

    It knows nothing of the worker.

    Attributes:
        known: Pages whose lines were found already: reading them replaces lines.
        is_paused: No page is read until a person goes on.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Make an empty queue.

        Args:
            clock: Seconds that only ever grow.
        """
        self.known: set[str] = set()
        self.is_paused = False
        self._clock = clock
        self._pages: list[str] = []
        self._overwrite: set[str] = set()
        self._boxes: deque[Boxes] = deque()
        self._done = self._total = 0
        self._mean: float | None = None  # seconds for a page
        self._spent = 0.0  # on the page under way, up to the last pause
        self._since: float | None = None  # when it was begun or gone on with

    # --- what waits -----------------------------------------------------------------------

    @property
    def pages(self) -> Sequence[str]:
        """Ids of the pages that wait, in the order in which they came."""
        return tuple(self._pages)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self._pages and not self._boxes

    def add_page(self, page_id: str, *, overwrite: bool = False) -> bool:
        """Let a page wait to be read; say whether it did not wait yet.

        Args:
            page_id: The page.
            overwrite: Also lines that a person reviewed or changed are read.
        """
        if overwrite:
            self._overwrite.add(page_id)
        if page_id in self._pages:
            return False
        self._pages.append(page_id)
        self._total += 1
        return True

    def add_boxes(self, boxes: Boxes) -> None:
        """Let boxes wait to be read; a box that is dragged twice in a row is read once."""
        self._boxes = deque(
            other
            for other in self._boxes
            if (other.page_id, other.line_ids) != (boxes.page_id, boxes.line_ids)
        )
        self._boxes.append(boxes)

    def forget_page(self, page_id: str) -> None:
        """Drop what waits on a page that is gone."""
        if page_id in self._pages:
            self._pages.remove(page_id)
            self._total -= 1
        self._overwrite.discard(page_id)
        self._boxes = deque(boxes for boxes in self._boxes if boxes.page_id != page_id)

    def clear(self) -> Sequence[str]:
        """Drop everything that waits, and the pause.

        Returns:
            The pages that waited.
        """
        waited = self.pages
        self._pages.clear()
        self._overwrite.clear()
        self._boxes.clear()
        self.is_paused = False
        return waited

    # --- what comes next ------------------------------------------------------------------

    def take_boxes(self) -> Boxes | None:
        """Take the boxes that are next; a person waits for them, so a pause does not count."""
        return self._boxes.popleft() if self._boxes else None

    def next_page(self, current: str, *, only_current: bool = False) -> str:
        """Return the page that is next: the one in view before all others; "" for none.

        Args:
            current: The page in view.
            only_current: No other page counts.
        """
        if self.is_paused or not self._pages:
            return ""
        if current in self._pages:
            return current
        return "" if only_current else self._pages[0]

    def begin(self, page_id: str) -> bool:
        """Take a page that is read now; say whether reviewed lines are read too."""
        self._pages.remove(page_id)
        self._spent, self._since = 0.0, self._clock()
        overwrite = page_id in self._overwrite
        self._overwrite.discard(page_id)
        return overwrite

    def hold(self) -> None:
        """Stop the watch: the page under way waits."""
        if self._since is not None:
            self._spent += self._clock() - self._since
            self._since = None

    def go_on(self) -> None:
        """Let the watch run again."""
        self._since = self._clock()

    def end(self, *, read: bool) -> None:
        """The page under way is done.

        Args:
            read: To its end; else it tells nothing about the others.
        """
        self.hold()
        self._done += 1
        if read:
            mean = self._spent if self._mean is None else self._mean
            self._mean = mean + NEWEST * (self._spent - mean)
        self._spent = 0.0

    # --- how far --------------------------------------------------------------------------

    def rest(self) -> None:
        """Nothing is left: count from the beginning next time."""
        self._done = self._total = 0
        self.is_paused = False

    def progress(self) -> Progress:
        """Return how far reading is."""
        left = None
        if self._mean is not None and self._total > self._done:
            spent = self._spent
            if self._since is not None:
                spent += self._clock() - self._since
            under_way = self._total - self._done - len(self._pages)
            left = self._mean * len(self._pages)
            if under_way > 0:
                left += max(self._mean - spent, 0.0)
        return Progress(self._done, self._total, left, self.is_paused)
