"""Goes through a document for the characters to verify, a few lines at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.verify.groups import (
    Group,
    Occurrence,
    in_order,
    occurrences,
    put_into,
    sort_members,
)

SLICE_S = 0.008
"""After so long the window gets its turn."""


PAGES_IN_MEMORY = 24
"""Lines of so many pages of a project are held at a time."""


class Gathering(QObject):
    """Makes the groups of a document without stopping the window.

    Attributes:
        seen: Ids of the pages that were gone through.

    Signals:
        progressed: Pages gone through, and pages in all.
        finished: The groups in their order, and the occurrences of each page by its id.
    """

    progressed = Signal(int, int)
    finished = Signal(object, object)

    def __init__(self, controller: DocumentController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seen: set[str] = set()
        self._controller = controller
        self._steps: Iterator[None] | None = None
        self._slice = QTimer(self, interval=0)
        self._slice.timeout.connect(self._go_on)

    @property
    def is_running(self) -> bool:
        """Whether there are pages left."""
        return self._steps is not None

    def start(self) -> None:
        """Go through all pages that were read."""
        self.seen.clear()
        self._steps = self._gather()
        self._slice.start()

    def stop(self) -> None:
        """Forget everything."""
        self._slice.stop()
        self._steps = None
        self.seen.clear()

    def new_on(self, page_id: str) -> list[Occurrence] | None:
        """Return what is on a page that was read only after all others were gone through.

        Returns:
            None where the page is known or not read yet.
        """
        page = self._controller.find_page(page_id)
        if self.is_running or page is None or page_id in self.seen or not self._is_read(page_id):
            return None
        self.seen.add(page_id)
        doubt = self._controller.doubt
        return [o for line in page.lines for o in occurrences(page_id, line, doubt)]

    def _go_on(self) -> None:
        until = time.perf_counter() + SLICE_S
        while self._steps is not None and time.perf_counter() < until:
            if next(self._steps, self) is self:
                self._steps = None
                self._slice.stop()

    def _gather(self) -> Iterator[None]:
        groups: dict[str, Group] = {}
        by_page: dict[str, list[Occurrence]] = {}
        ids = [page.id for page in self._controller.document.pages]
        for number, page_id in enumerate(ids):
            page = self._controller.find_page(page_id)
            if page is not None and self._is_read(page_id):
                self.seen.add(page_id)
                found = by_page[page_id] = []
                for line in list(page.lines) if self._is_open(page_id) else ():
                    for occurrence in occurrences(page_id, line, self._controller.doubt):
                        found.append(occurrence)
                        put_into(groups, occurrence)
                    yield
            if number % PAGES_IN_MEMORY == PAGES_IN_MEMORY - 1:
                self._controller.release_lines(PAGES_IN_MEMORY)  # of a long project
            self.progressed.emit(number + 1, len(ids))
        for group in groups.values():
            sort_members(group)
            yield
        ordered = in_order(groups.values())
        self._steps = None
        self._slice.stop()
        self.finished.emit(ordered, by_page)

    def _is_open(self, page_id: str) -> bool:
        """Say whether lines are left to review; others of a project need not be loaded."""
        counts = self._controller.counts(page_id)
        return counts.reviewed < counts.lines

    def _is_read(self, page_id: str) -> bool:
        return self._controller.page_state(page_id) not in (PageState.WAITING, PageState.READING)
