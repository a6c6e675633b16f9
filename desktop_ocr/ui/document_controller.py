"""Owns the document and its history; the only place that applies edits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from desktop_ocr.document.cuts import SplitLine
from desktop_ocr.document.doubt import is_touched
from desktop_ocr.document.edits import (
    AddLine,
    DeleteLine,
    DeletePage,
    Edit,
    Group,
    MergeLines,
    MoveLine,
    Reorder,
    SetText,
    joiner,
)
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import (
    Document,
    Line,
    LineStatus,
    Page,
    new_id,
)
from desktop_ocr.ui.document_history import DocumentHistory
from desktop_ocr.ui.document_state import OpenedDocument, PageState
from desktop_ocr.ui.history import STATUS_STEPS, Step
from desktop_ocr.ui.page_counts import is_loaded
from desktop_ocr.ui.reading_order import place_for
from desktop_ocr.ui.readings import Readings
from desktop_ocr.ui.reviews import Reviews

__all__ = ["DocumentController", "PageState"]


class DocumentController(DocumentHistory):
    """The document with its history: what a person can do with it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.readings = Readings(self)
        self.reviews = Reviews(self)

    # --- edits of a person: each is one named step ----------------------------------------

    def set_text(self, line_id: str, text: str, *, page_id: str = "") -> None:
        """Set the text of a line; no step where it is the same."""
        page, line = self._line(line_id, page_id)
        if line.text != text:
            self.push(Step.EDIT_TEXT, page.id, SetText(page.id, line_id, text))

    def set_status(self, line_ids: Iterable[str], status: LineStatus, *, page_id: str = "") -> None:
        """Set the status of lines; no step where all have it."""
        page = self._page(page_id)
        edits = [
            self.reviews.status_edit(page.id, line_id, status)
            for line_id in line_ids
            if page.line(line_id).status is not status
        ]
        if edits:
            self.push(STATUS_STEPS[status], page.id, Group(tuple(edits)))

    def accept_line(self, line_id: str, text: str, *, page_id: str = "") -> None:
        """Set the text of a line and mark it as reviewed, as one step.

        A line that is reviewed already keeps who reviewed it first unless its text changes.
        """
        page, line = self._line(line_id, page_id)
        edits: list[Edit] = []
        if line.text != text:
            edits.append(SetText(page.id, line_id, text))
        if edits or line.status is not LineStatus.REVIEWED:
            edits.append(self.reviews.status_edit(page.id, line_id, LineStatus.REVIEWED))
        if edits:
            self.push(Step.REVIEW, page.id, Group(tuple(edits)))

    def move_line(self, line_id: str, quad: Quad, *, page_id: str = "") -> None:
        """Give a line another box; no step where it is the same."""
        page, line = self._line(line_id, page_id)
        if line.quad != quad:
            edit = MoveLine(page.id, line_id, quad)
            self.push(Step.MOVE, page.id, edit, frozenset({line_id}))

    def add_line(self, quad: Quad, index: int | None = None, *, page_id: str = "") -> str:
        """Add an empty line and make it current.

        Args:
            quad: Its box.
            index: Its place in reading order; None finds it by the lines around the box.
            page_id: The page; "" is the one in view.

        Returns:
            The new line's id.
        """
        page = self._page(page_id)
        line = Line(new_id(), quad)
        place = place_for(quad, page.lines) if index is None else index
        self.push(Step.ADD, page.id, AddLine(page.id, place, line), frozenset({line.id}))
        if page.id == self._page_id:
            self.select_line(line.id)
        return line.id

    def delete_lines(self, line_ids: Iterable[str], *, page_id: str = "") -> None:
        """Delete lines; the one that follows them becomes current."""
        page = self._page(page_id)
        ids = tuple(dict.fromkeys(line_ids))
        if not ids:
            return
        self.push(Step.DELETE, page.id, Group(tuple(DeleteLine(page.id, i) for i in ids)))

    def split_line(self, line_id: str, at: int, *, page_id: str = "") -> str:
        """Cut a line before character ``at`` of its text.

        Returns:
            The id of the right part; "" where the cut would leave an empty part.
        """
        page, line = self._line(line_id, page_id)
        if not 0 < at < len(line.text):
            return ""
        right = new_id()
        self.push(Step.SPLIT, page.id, SplitLine(page.id, line_id, at, right))
        return right

    def merge_with_next(self, line_id: str, *, page_id: str = "") -> None:
        """Join a line with the one after it; two Latin words get a space between them."""
        page, line = self._line(line_id, page_id)
        index = page.index(line_id)
        if index + 1 >= len(page.lines):
            return
        following = page.lines[index + 1].text
        edit = MergeLines(page.id, line_id, joiner(line.text, following))
        self.push(Step.MERGE, page.id, edit)

    def reorder(self, order: Sequence[str], *, page_id: str = "") -> None:
        """Give the lines of the page another reading order."""
        page = self._page(page_id)
        if list(order) != [line.id for line in page.lines]:
            self.push(Step.REORDER, page.id, Reorder(page.id, tuple(order)))

    def delete_page(self, page_id: str = "") -> None:
        """Take a page out of the document; a neighbour is shown then."""
        page = self._page(page_id)
        if self.page_state(page.id) in (PageState.WAITING, PageState.READING):
            self.set_page_state(page.id, PageState.CANCELLED)
        self.push(Step.DELETE_PAGE, page.id, DeletePage(page.id))

    def is_kept(self, line: Line) -> bool:
        """Say whether the engine must leave a line alone: touched, or being edited right now."""
        confirmed = any(char.confirmed for char in line.characters)
        return confirmed or is_touched(line) or self.is_held(line)

    def replace_document(self, opened: OpenedDocument) -> None:
        """Show another document in place of this one; there is no way back in the history."""
        self.commit_pending.emit()
        self.hold_line("", "")
        self.set_current_page("")
        self.undo_stack.clear()
        self.readings.forget()
        self.take_document(opened)
        pages = [page.id for page in self.document.pages]
        self.set_current_page(opened.page_id if opened.page_id in pages else "".join(pages[:1]))
        if opened.line_id:
            self.select_line(opened.line_id)

    def snapshot(self, page_ids: Iterable[str] | None = None) -> Document:
        """Commit pending text and return a copy that later edits do not touch.

        Args:
            page_ids: Pages to take; None takes all.
        """
        self.commit_pending.emit()
        wanted = None if page_ids is None else set(page_ids)
        pages = [
            # Lines that are not loaded are as they are stored; the export's thread loads them.
            replace(page, lines=list(page.lines) if is_loaded(page) else page.lines)
            for page in self.document.pages
            if wanted is None or page.id in wanted
        ]
        return Document(pages, self.document.title)

    def _page(self, page_id: str) -> Page:
        return self.document.page(page_id or self._page_id)

    def _line(self, line_id: str, page_id: str) -> tuple[Page, Line]:
        page = self._page(page_id)
        return page, page.line(line_id)
