"""Replacing in the lines that are ticked, as one step of the history."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_ocr.document.doubt import doubt_of
from desktop_ocr.document.edits import Group, SetTexts
from desktop_ocr.document.lazy import LazyLines, LineText, texts_of
from desktop_ocr.document.model import LineStatus, Page
from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.ui.changes import Change
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.history import Step
from desktop_ocr.ui.page_counts import is_loaded
from desktop_ocr.ui.search.finder import SLICE_SECONDS, FoundLine

TOLD_AFTER_S = 0.5
WAIT_MS = 50


class Replacing(QObject):
    """Finds out a little at a time what is to be replaced, then replaces all of it at once.

    Lines that are not loaded stay so: their pages are thousands of lines, and what is replaced
    is their texts.

    Args:
        document: The document.
        waits: Says whether an input method composes, which the replacement would break into.

    Signals:
        progressed: Part of the pages that is done (0-1), where it takes longer than a moment.
        ended: In how many lines something was replaced; not where it was cancelled.
    """

    progressed = Signal(float)
    ended = Signal(int)

    def __init__(
        self,
        document: DocumentController,
        waits: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._waits = document, waits
        self._found: dict[str, list[FoundLine]] = {}
        self._left: dict[str, None] = {}  # pages in the order in which they are looked at
        self._edits: dict[str, SetTexts] = {}
        self._began = 0.0
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._prepare)
        document.changed.connect(self._follow)
        document.replaced.connect(self.cancel)

    @property
    def is_busy(self) -> bool:
        """Whether something is about to be replaced."""
        return self._timer.isActive()

    def start(self, lines: Iterable[FoundLine]) -> None:
        """Replace in some lines; one that says something else by then stays as it is."""
        self.cancel()
        for found in lines:
            self._found.setdefault(found.page_id, []).append(found)
        self._left = dict.fromkeys(self._found)
        self._began = time.perf_counter()
        self._prepare()

    def cancel(self) -> None:
        """Replace nothing."""
        self._timer.stop()
        self._found.clear()
        self._left.clear()
        self._edits.clear()

    def _follow(self, change: Change) -> None:
        """Look again at pages that changed while others were looked at."""
        for page in change.pages:
            if self._edits.pop(page.page_id, None) is not None:
                self._left[page.page_id] = None

    def _prepare(self) -> None:
        """Look at the pages for a while, then let the window do what is due."""
        end = time.perf_counter() + SLICE_SECONDS
        while self._left and time.perf_counter() < end:
            page_id = next(iter(self._left))
            del self._left[page_id]
            page = self._document.find_page(page_id)
            edit = None if page is None else self._edit(page)
            if edit is not None:
                self._edits[page_id] = edit
        if not self._left and self._waits():
            self._timer.start(WAIT_MS)
            return
        if not self._left:
            # What was typed meanwhile may stand in one of the lines, which stays as it is then.
            self._document.commit_pending.emit()
        if not self._left:
            self._replace()
            return
        self._timer.start(0)
        if time.perf_counter() - self._began > TOLD_AFTER_S:
            self.progressed.emit(1 - len(self._left) / len(self._found))

    def _edit(self, page: Page) -> SetTexts | None:
        """Return what is to become of a page; None where nothing is, or it cannot be read."""
        try:
            standing = {text.id: text for text in texts_of(page)}
            pairs = [
                (standing[found.line.id], found.new_text)
                for found in self._found[page.id]
                if found.line.id in standing and standing[found.line.id].text == found.line.text
            ]
            after = _with_doubt(page, [self._rewritten(page.id, *pair) for pair in pairs])
        except DesktopOcrError:  # which the project tells by itself
            return None
        return SetTexts(page.id, tuple(was for was, _text in pairs), after) if pairs else None

    def _rewritten(self, page_id: str, line: LineText, text: str) -> LineText:
        """Return a line with another text: whoever changes a reviewed line has reviewed it."""
        review = line.review
        if line.status is LineStatus.REVIEWED:
            review = self._document.reviews.stamp(page_id)
        return line._replace(text=text, review=review, doubt=None)

    def _replace(self) -> None:
        edits = tuple(self._edits.values())
        self.cancel()
        if edits:
            page_id = edits[0].page_id if len(edits) == 1 else ""
            self._document.push(Step.REPLACE, page_id, Group(edits))
        self.ended.emit(sum(len(edit.after) for edit in edits))


def _with_doubt(page: Page, texts: list[LineText]) -> tuple[LineText, ...]:
    """Put in the doubt of lines that say again what the machine read: nobody touched them."""
    bare = {
        text.id
        for text in texts
        if text.text == text.machine_text and text.status is LineStatus.UNREVIEWED
    }
    if not bare:
        return tuple(texts)
    was_loaded = is_loaded(page)
    lines = {line.id: line for line in page.lines if line.id in bare}
    if isinstance(page.lines, LazyLines) and not was_loaded:
        page.lines.release()
    return tuple(
        text._replace(doubt=doubt_of(text.put_into(lines[text.id]))) if text.id in lines else text
        for text in texts
    )
