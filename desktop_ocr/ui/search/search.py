"""Finding and replacing: bar, search and document brought together."""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.review import ReviewPanel
from desktop_ocr.ui.search.bar import Scope, SearchBar
from desktop_ocr.ui.search.finder import Finder, FoundLine
from desktop_ocr.ui.search.query import Matcher, PatternError, Query, SlowPatternError
from desktop_ocr.ui.search.replacing import Replacing
from desktop_ocr.ui.search.results import Results

SOON_MS = 50
"""So long after something was found it is shown."""


class _Place(NamedTuple):
    """One place in the document: numbers of page and line, and where it begins in the line."""

    page: int
    line: int
    start: int


class Search(QObject):
    """Shows what is found in the text field and on the page, and replaces what is ticked.

    Args:
        document: Where it is searched.
        review: Whose text field shows what was found.

    Attributes:
        bar: To be put into the window.

    Signals:
        replaced: In how many lines something was replaced.
        progressed: Part of the pages (0-1) that are ready to be replaced in, where that takes
            longer than a moment; 1 where it ended.
    """

    replaced = Signal(int)
    progressed = Signal(float)

    def __init__(
        self, document: DocumentController, review: ReviewPanel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._review = document, review
        self._finder = Finder(document, self)
        self._model = Results(self)
        self.bar = SearchBar(self._model)
        self._query: Query | None = None
        self._lines: list[FoundLine] = []
        self._rows: list[tuple[int, int]] = []  # of each line: numbers of page and line
        self._places: list[_Place] = []
        self._spans: list[tuple[FoundLine, int]] = []  # for each place, its line and number in it
        self._origin = _Place(0, 0, 0)
        self._goes = False  # to the first place after the origin, once one is found
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._show_results)
        self._replacing = Replacing(document, lambda: review.editor.composing, self)
        self._connect()

    def _connect(self) -> None:
        bar, finder, document = self.bar, self._finder, self._document
        bar.query_changed.connect(self._search)
        bar.stepped.connect(self.step)
        bar.replace_requested.connect(self.replace_ticked)
        bar.closed.connect(self.close)
        bar.results.row_chosen.connect(self._show_row)
        bar.results.entered.connect(self._enter_row)
        finder.changed.connect(self._show_results_soon)
        finder.finished.connect(self._show_results)
        finder.failed.connect(self._fail)
        self._replacing.progressed.connect(self.progressed)
        self._replacing.ended.connect(self._end_replacing)
        document.replaced.connect(self.close)
        document.page_removed.connect(self._close_when_empty)
        document.current_page_changed.connect(self._follow_page)
        document.current_line_changed.connect(self._follow_line)
        self._review.editor.edited.connect(self._set_off)
        self._review.editor.caret_moved.connect(self._show_count)

    # --- commands -------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether the bar is shown."""
        return not self.bar.isHidden()

    @property
    def is_busy(self) -> bool:
        """Whether it is still searched, or about to be replaced."""
        return self._finder.is_busy or self._replacing.is_busy

    def open(self, *, replacing: bool) -> None:
        """Show the bar; what is selected in the text is searched for."""
        self._document.commit_pending.emit()
        editor = self._review.editor
        start, end = editor.selection()
        chosen = editor.text()[start:end] if editor.hasFocus() else ""
        self._origin = self._here()
        self.bar.open(replacing=replacing, text=chosen)

    def close(self) -> None:
        """Hide the bar; the text field has the keyboard, at what was found last."""
        if self.is_open:
            self.bar.hide()
            self._finder.stop()
            self._soon.stop()
            self._replacing.cancel()
            self.progressed.emit(1)
            self._put([])
            self._query = None
            self._review.editor.set_found([])
            self._review.window().activateWindow()
            self._review.focus_editor()

    def _close_when_empty(self) -> None:
        if not self._document.document.pages:
            self.close()

    def step(self, step: int) -> None:
        """Go to the next place (1) or the one before (-1), around the end of the document."""
        if not self.is_open:
            self.open(replacing=False)
            return
        self._show_results()
        if not self._places:
            self._goes = self._finder.is_busy
            return
        here = self._here()
        at = self._current()
        if at >= 0:
            at += step
        elif step > 0:
            at = bisect_left(self._places, here)
        else:
            at = bisect_left(self._places, here) - 1
        self._go(at % len(self._places))
        self._origin = self._here()

    def replace_ticked(self) -> None:
        """Replace in all lines that are ticked, as one step of the history."""
        self._document.commit_pending.emit()
        self._replacing.start(self._model.ticked())
        self._show_count()

    def _end_replacing(self, lines: int) -> None:
        self.progressed.emit(1)
        if lines:
            self.replaced.emit(lines)
        self._show_count()

    # --- searching ------------------------------------------------------------------------

    def _search(self) -> None:
        self._put([])
        self.bar.say("")
        query, before = self.bar.query(), self._query
        self._query = query
        if query != before:
            self._model.forget_ticks()
        matcher: Matcher | None = None
        if query is not None:
            replacement = self.bar.replacement.text() if self.bar.replacing else None
            try:
                matcher = Matcher(query, replacement)
            except PatternError as error:
                self._fail(error)
        if matcher is None:
            self._finder.stop()
            self._goes = False
            self._set_off()
            self._show_count()
            return
        page = self._document.current_page
        only = self.bar.chosen_scope() is Scope.PAGE and page is not None
        self._goes = self._goes or query != before
        self._finder.start(matcher, page.id if only and page is not None else "")
        self._set_off()
        self._show_count()

    def _fail(self, error: Exception) -> None:
        self._finder.stop()
        self._put([])
        if isinstance(error, SlowPatternError):
            text = self.tr("The regular expression takes too long: make it simpler.")
        elif isinstance(error, PatternError) and error.in_replacement:
            text = self.tr("What it is to be replaced by names a group that is not there.")
        elif isinstance(error, PatternError) and error.position is not None:
            text = self.tr("The regular expression is not complete or wrong at character {n}.")
            text = text.format(n=min(error.position + 1, len(self.bar.text.text())))
        else:
            text = self.tr("The regular expression cannot be used: make it simpler.")
        self.bar.say(text, str(error))
        self._show_count()

    def _show_results_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _show_results(self) -> None:
        """Take up what was found so far."""
        self._soon.stop()
        began = time.perf_counter()
        self._put(self._finder.lines())
        # The more was found, the less often it is shown while there is more to come.
        self._soon.setInterval(max(SOON_MS, round(20_000 * (time.perf_counter() - began))))
        if self._review.editor.composing:
            self._goes = False  # who types in the text is not led away from it
        if self._goes:
            at = bisect_left(self._places, self._origin)
            if at < len(self._places) or (self._places and not self._finder.is_busy):
                self._goes = False
                self._go(at % len(self._places))
            elif not self._finder.is_busy:
                self._goes = False
        self._set_off()
        self._show_count()

    def _put(self, lines: list[FoundLine]) -> None:
        if lines != self._lines:
            self._lines, self._rows = lines, self._numbers(lines)
            self._places, self._spans = [], []
            for found, (page, row) in zip(lines, self._rows, strict=True):
                for number, place in enumerate(found.found):
                    self._places.append(_Place(page, row, place.start))
                    self._spans.append((found, number))
        self._model.put(lines, self._rows, replacing=self.bar.replacing)

    def _numbers(self, lines: list[FoundLine]) -> list[tuple[int, int]]:
        """Return the numbers of page and line of each, from 0."""
        pages = {page.id: i for i, page in enumerate(self._document.document.pages)}
        return [(pages.get(found.page_id, 0), found.row) for found in lines]

    # --- showing --------------------------------------------------------------------------

    def _here(self) -> _Place:
        """Return where the caret stands."""
        page, line = self._document.current_page, self._document.current_line
        if page is None or line is None:
            return _Place(max(self._document.page_index(), 0), 0, 0)
        # In a line that was just reached the caret waits at the end.
        start = 0 if self._review.arrived else self._review.editor.selection()[0]
        return _Place(self._document.page_index(), page.index(line.id), start)

    def _current(self) -> int:
        """Return which of the places is selected in the text field, -1 for none."""
        here = self._here()
        at = bisect_right(self._places, here) - 1
        if at < 0 or self._places[at] != here:
            return -1
        found, number = self._spans[at]
        return at if self._review.editor.selection()[1] == found.found[number].end else -1

    def _go(self, at: int) -> None:
        """Show one of the places; the keyboard stays where it is."""
        found, number = self._spans[at]
        place = found.found[number]
        self._document.set_current_page(found.page_id)
        self._document.select_line(found.line.id)
        editor = self._review.editor
        if editor.text() == found.line.text and not editor.composing:
            editor.select(place.start, place.end)
        row = self._model.row_of(*found.key)
        if row >= 0 and row != self.bar.results.currentIndex().row():
            self.bar.results.setCurrentIndex(self._model.index(row))
        self._show_count()

    def _show_row(self, row: int) -> None:
        found = self._model.lines()[row]
        at = next((i for i, (line, _n) in enumerate(self._spans) if line is found), -1)
        if at >= 0:
            self._go(at)

    def _enter_row(self, row: int) -> None:
        self._show_row(row)
        self._review.focus_editor()

    def _show_count(self) -> None:
        if self.is_open:
            self.bar.show_count(self._current(), len(self._places), busy=self.is_busy)

    def _set_off(self) -> None:
        """Set off in the text field what is found in it as it stands."""
        matcher, editor = self._finder.matcher, self._review.editor
        if editor.composing:
            return
        if matcher is None or not self.is_open:
            editor.set_found([])
            return
        try:
            editor.set_found([(f.start, f.end) for f in matcher.find(editor.text())])
        except (PatternError, SlowPatternError):
            editor.set_found([])

    def _follow_line(self) -> None:
        self._set_off()
        self._show_count()

    def _follow_page(self, page_id: str) -> None:
        if self.is_open and page_id and self.bar.chosen_scope() is Scope.PAGE:
            self._search()
            self._goes = False
