"""Searches page after page, a little at a time, so that the window never waits."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_ocr.document.lazy import LineText, texts_of
from desktop_ocr.document.model import LineStatus, Page
from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.ui.changes import Change
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.search.query import (
    Found,
    Matcher,
    PatternError,
    SlowPatternError,
    replaced,
)

SLICE_SECONDS = 0.01
"""So long the window may be kept at once."""
MOST_LINES = 20_000
"""So many lines are listed; somebody who finds more looks for something else."""


@dataclass(frozen=True, slots=True, eq=False)
class FoundLine:
    """A line in which something was found; each is equal to itself alone.

    Attributes:
        page_id: Its page.
        row: Number of the line on its page, from 0.
        line: The line as it was when it was searched: its text and status.
        found: The places.
        new_text: The text with everything replaced.
    """

    page_id: str
    row: int
    line: LineText
    found: tuple[Found, ...]
    new_text: str

    @property
    def key(self) -> tuple[str, str]:
        """Names the line in the document."""
        return self.page_id, self.line.id

    @property
    def is_open(self) -> bool:
        """Whether nobody has said anything about the line yet."""
        return self.line.status is LineStatus.UNREVIEWED


class Finder(QObject):
    """Finds lines, and follows the document while it is asked to.

    Signals:
        changed: There are more results, or others.
        finished: All pages are searched; again after a change of the document was followed.
        failed: A :class:`PatternError` or :class:`SlowPatternError`; the search has stopped.
    """

    changed = Signal()
    finished = Signal()
    failed = Signal(object)

    def __init__(self, document: DocumentController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._matcher: Matcher | None = None
        self._scope = ""
        self._of_page: dict[str, list[FoundLine]] = {}
        self._waiting: deque[str] = deque()
        self._left: Iterator[LineText] | None = None  # of the page that is being searched
        self._page_id = ""
        self._row = -1  # of the line under way
        self._again = False  # the line under way took too long once
        self._line: LineText | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._search)
        document.changed.connect(self._follow)
        document.replaced.connect(self._restart)

    @property
    def matcher(self) -> Matcher | None:
        """What is searched with; None where nothing is."""
        return self._matcher

    @property
    def is_busy(self) -> bool:
        """Whether there are pages left to search."""
        return self._timer.isActive()

    def start(self, matcher: Matcher, page_id: str = "") -> None:
        """Search from the page in view on, around the end of the document.

        Args:
            matcher: What is searched with.
            page_id: The only page to search; "" for all.
        """
        self.stop()
        self._matcher, self._scope = matcher, page_id
        self._restart()

    def stop(self) -> None:
        """Forget the search and what it found."""
        self._timer.stop()
        self._matcher = None
        self._of_page.clear()
        self._waiting.clear()
        self._left = self._line = None

    def lines(self) -> list[FoundLine]:
        """Return the lines found so far, in the order of the document."""
        pages = [page.id for page in self._document.document.pages if page.id in self._of_page]
        return [found for page_id in pages for found in self._of_page[page_id]][:MOST_LINES]

    def _restart(self) -> None:
        self._of_page.clear()
        self._waiting.clear()
        self._left = self._line = None
        if self._matcher is not None:
            pages = [page.id for page in self._document.document.pages]
            at = max(self._document.page_index(), 0)
            self._ask([*pages[at:], *pages[:at]])

    def _ask(self, page_ids: Iterable[str]) -> None:
        wanted = [i for i in page_ids if i not in self._waiting and self._scope in ("", i)]
        self._waiting.extend(wanted)
        if wanted or not self._waiting:
            self._timer.start()

    def _follow(self, change: Change) -> None:
        if self._matcher is not None:
            pages = [page.page_id for page in change.pages]
            if self._page_id in pages:
                self._left = self._line = None
            for page_id in pages:
                if self._document.find_page(page_id) is None:
                    self._of_page.pop(page_id, None)
            self._ask(pages)

    def _search(self) -> None:
        """Search for a while, then let the window do what is due."""
        end = time.perf_counter() + SLICE_SECONDS
        try:
            while time.perf_counter() < end:
                if self._left is None and not self._next_page():
                    self.changed.emit()
                    self.finished.emit()
                    return
                self._search_line()
        except SlowPatternError as error:
            if self._again:
                self.stop()
                self.failed.emit(error)
                return
            self._again = True  # a busy computer may have been the reason
        except PatternError as error:
            self.stop()
            self.failed.emit(error)
            return
        self._timer.start()

    def _next_page(self) -> bool:
        """Take up the next page; False where there is none."""
        while self._waiting:
            self._page_id = self._waiting.popleft()
            page = self._document.find_page(self._page_id)
            if page is not None:
                if self._of_page:
                    self.changed.emit()
                self._of_page[self._page_id] = []
                self._left = iter(_texts(page))
                self._line, self._row = None, -1
                return True
        return False

    def _search_line(self) -> None:
        assert self._left is not None
        if self._line is None:
            self._line = next(self._left, None)
            self._row += 1
        if self._line is None or self._matcher is None:
            self._left = None
            return
        found = self._matcher.find(self._line.text)
        if found:
            new_text = replaced(self._line.text, found)
            found_line = FoundLine(self._page_id, self._row, self._line, found, new_text)
            self._of_page[self._page_id].append(found_line)
        self._line, self._again = None, False


def _texts(page: Page) -> tuple[LineText, ...]:
    """Return the texts of a page; none where the project's file cannot be read, which it tells."""
    try:
        return texts_of(page)
    except DesktopOcrError:
        return ()
