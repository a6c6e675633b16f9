"""Owns the document and its history; the only place that applies edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import is_

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack

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
from desktop_ocr.errors import EditError
from desktop_ocr.log import logger
from desktop_ocr.ui.changes import Change, PageChange, PageSnapshot, Way, touched_pages
from desktop_ocr.ui.document_state import DocumentState, OpenedDocument, PageState
from desktop_ocr.ui.history import KEEP_PENDING, STATUS_STEPS, STRUCTURAL, EditCommand, Step
from desktop_ocr.ui.page_counts import is_loaded
from desktop_ocr.ui.reading_order import place_for
from desktop_ocr.ui.readings import Readings
from desktop_ocr.ui.reviews import Reviews, only_signs

__all__ = ["DocumentController", "PageState"]

_log = logger(__name__)


class DocumentController(DocumentState):
    """The document with its history; the only place that applies edits.

    Attributes:
        readings: Takes the results of the engine.
        reviews: Says who confirmed what and when.
        undo_stack: One history for all pages. ``isClean`` means that every edit was exported.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.readings = Readings(self)
        self.reviews = Reviews(self)
        self._refused: EditError | None = None
        self._held = ("", "")

    def has_structural_step(self, page_id: str) -> bool:
        """Say whether a step of the history counts on the number and order of a page's lines."""
        commands = (self.undo_stack.command(i) for i in range(self.undo_stack.count()))
        return any(
            isinstance(c, EditCommand) and c.page_id == page_id and c.step in STRUCTURAL
            for c in commands
        )

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

    def hold_line(self, page_id: str, line_id: str) -> None:
        """Say that an editor holds text of a line that is not committed yet.

        The engine leaves that line alone.

        Args:
            page_id: The line's page.
            line_id: The line; "" when no editor holds any text.
        """
        before, self._held = self._held, (page_id, line_id)
        if bool(before[1]) != bool(line_id):
            self.pending_changed.emit(bool(line_id))

    def is_kept(self, line: Line) -> bool:
        """Say whether the engine must leave a line alone: touched, or being edited right now."""
        confirmed = any(char.confirmed for char in line.characters)
        return confirmed or is_touched(line) or self.is_held(line)

    def is_held(self, line: Line) -> bool:
        """Say whether an editor holds text of a line that is not committed yet."""
        return line.id == self._held[1]

    @property
    def held_line(self) -> tuple[str, str]:
        """Page and line of which an editor holds text that is not committed yet; "" for none."""
        return self._held

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

    # --- history --------------------------------------------------------------------------

    @property
    def is_modified(self) -> bool:
        """Whether there are edits that were not exported yet; text being typed is one."""
        return self.has_pending or not self.undo_stack.isClean()

    @property
    def has_pending(self) -> bool:
        """Whether an editor holds text that is not committed yet; undo would take it back."""
        return bool(self._held[1])

    def undo_step(self) -> Step | None:
        """Return the step that undo would take back."""
        if self.has_pending:
            return Step.EDIT_TEXT
        return self._step_at(self.undo_stack.index() - 1)

    def redo_step(self) -> Step | None:
        """Return the step that redo would do again."""
        return self._step_at(self.undo_stack.index())

    def _step_at(self, index: int) -> Step | None:
        if not 0 <= index < self.undo_stack.count():
            return None
        command = self.undo_stack.command(index)
        return command.step if isinstance(command, EditCommand) else None

    def undo(self) -> None:
        """Commit pending text, take back the last step and show the page that it was on."""
        self.commit_pending.emit()
        self._travel(self.undo_stack.index() - 1, self.undo_stack.undo)

    def redo(self) -> None:
        """Do the last undone step again and show the page that it is on."""
        self.commit_pending.emit()
        self._travel(self.undo_stack.index(), self.undo_stack.redo)

    def _travel(self, index: int, go: Callable[[], None]) -> None:
        if not 0 <= index < self.undo_stack.count():
            return
        command = self.undo_stack.command(index)
        go()
        # A step over several pages is no page's own: the page in view stays.
        if isinstance(command, EditCommand) and command.page_id:
            self.readings.take_missed(command.page_id)
            self.set_current_page(command.page_id)

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

    def mark_exported(self, page_ids: Iterable[str] | None = None) -> None:
        """Remember that everything up to now was exported.

        Args:
            page_ids: The pages that were exported; None are all. Where other pages were changed
                since the last export, the document still counts as modified.
        """
        stack = self.undo_stack
        if page_ids is not None:
            exported, clean = set(page_ids), stack.cleanIndex()
            since = range(min(clean, stack.index()), max(clean, stack.index()))
            commands = [stack.command(i) for i in since]
            if clean < 0 or not all(
                isinstance(c, EditCommand) and c.pages <= exported for c in commands
            ):
                return
        stack.setClean()
        self.all_exported.emit(page_ids is None)

    def apply(self, edit: Edit, step: Step | None = None, way: Way = Way.DONE) -> Edit:
        """Apply an edit for a step of the history and tell the views what changed.

        Returns:
            The inverse edit.

        Raises:
            EditError: If the edit does not fit the document.
        """
        result: list[Edit] = []
        self.watched(
            lambda: result.append(edit.apply(self.document)),
            touched_pages(edit),
            step,
            way,
            lines=not only_signs(edit),
        )
        return result[0]

    def push(
        self, step: Step, page_id: str, edit: Edit, line_ids: frozenset[str] = frozenset()
    ) -> None:
        """Apply an edit as a step of the history.

        Raises:
            EditError: If the edit does not fit the document; there is no step then.
        """
        if step not in KEEP_PENDING:
            self.commit_pending.emit()
        self._refused = None
        edit, unsigned = self.reviews.completed(edit)
        self.undo_stack.push(EditCommand(self, step, page_id, edit, line_ids))
        if self._refused is not None:
            raise self._refused
        self.reviews.tell(step, unsigned)

    def refuse(self, error: EditError) -> None:
        """Note that a step did not fit; called by the step itself, inside Qt's call."""
        self._refused = error
        _log.warning("a step of the history did not fit and was dropped")

    def watched(
        self,
        change: Callable[[], object],
        page_ids: Iterable[str],
        step: Step | None = None,
        way: Way = Way.DONE,
        *,
        lines: bool = True,
    ) -> None:
        """Run a change and emit exactly the signals for what is different afterwards.

        Args:
            change: What is done.
            page_ids: The pages that it may change; no others are looked at, since the lines of
                a page of a project may not be loaded yet.
            step: The step of the history that this is; None for what a machine read first.
            way: Whether the step is done, taken back or done again.
            lines: Whether it may change lines; else those of a project that are not loaded are
                left out of what is told.
        """
        before = {page_id: self._page_snapshot(page_id, lines=lines) for page_id in page_ids}
        order = [page.id for page in self.document.pages]
        selected_places = self._selected_places()
        change()
        if lines:
            self._tallies.forget(before)
        after = {page_id: self._page_snapshot(page_id, lines=lines) for page_id in before}
        self._follow_pages(order, [page.id for page in self.document.pages])
        for page_id, now in after.items():
            was = before[page_id]
            if was is None or now is None:
                continue
            old, new = was.lines, now.lines
            if len(old) == len(new) and all(map(is_, old, new)):
                if was.sign_off != now.sign_off:
                    self.page_state_changed.emit(page_id)
                continue
            if [line.id for line in old] != [line.id for line in new]:
                moved_on = self._follow_lines(page_id, selected_places)
                self.lines_changed.emit(page_id)
                if moved_on:
                    self._announce_line()
            for first, second in zip(old, new, strict=False):
                if first.id == second.id and first is not second and first != second:
                    self.line_changed.emit(page_id, second.id)
        changes = tuple(PageChange(i, before[i], after[i]) for i in before)
        self.changed.emit(Change(changes, step, way))

    def _page_snapshot(self, page_id: str, *, lines: bool) -> PageSnapshot | None:
        page = self.find_page(page_id)
        if page is None:
            return None
        looked_at = tuple(page.lines) if lines or is_loaded(page) else ()
        return PageSnapshot(looked_at, page.sign_off)

    def _follow_pages(self, before: list[str], after: list[str]) -> None:
        """Announce pages that came or went, and show a neighbour of one that went."""
        for page_id in after:
            if page_id not in before:
                self.page_added.emit(page_id)
        gone = [page_id for page_id in before if page_id not in after]
        if self._page_id in gone:
            place = min(before.index(self._page_id), len(after) - 1)
            self.set_current_page(after[place] if after else "")
        for page_id in gone:
            self.page_removed.emit(page_id)
        if after and not self._page_id:
            self.set_current_page(after[0])

    def _selected_places(self) -> list[int]:
        page = self.current_page
        if page is None:
            return []
        return [i for i, line in enumerate(page.lines) if line.id in self._selected]

    def _follow_lines(self, page_id: str, places: list[int]) -> bool:
        """Keep the selection on lines that exist; a neighbour follows a line that went.

        Returns:
            Whether another line is current now.
        """
        page = self.current_page
        if page is None or page.id != page_id:
            return False
        ids = [line.id for line in page.lines]
        selected = [i for i in self._selected if i in ids]
        if not selected and ids:
            selected = [ids[min(places[0] if places else 0, len(ids) - 1)]]
        changed = selected != self._selected
        self._selected = selected
        return changed

    def _page(self, page_id: str) -> Page:
        return self.document.page(page_id or self._page_id)

    def _line(self, line_id: str, page_id: str) -> tuple[Page, Line]:
        page = self._page(page_id)
        return page, page.line(line_id)
