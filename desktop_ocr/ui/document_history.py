"""The history of the document: edits applied, told about, taken back and done again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import is_
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from desktop_ocr.document.edits import Edit, SetTexts
from desktop_ocr.document.model import Line, Review
from desktop_ocr.errors import EditError
from desktop_ocr.log import logger
from desktop_ocr.ui.changed_place import changed_place
from desktop_ocr.ui.changes import (
    Change,
    PageChange,
    PageSnapshot,
    Way,
    single_edits,
    touched_pages,
)
from desktop_ocr.ui.document_state import DocumentState
from desktop_ocr.ui.history import KEEP_PENDING, STRUCTURAL, EditCommand, Step
from desktop_ocr.ui.page_counts import is_loaded
from desktop_ocr.ui.readings import Readings
from desktop_ocr.ui.reviews import Reviews, only_signs

_log = logger(__name__)

_NO_TEXTS: Mapping[str, SetTexts] = MappingProxyType({})


class DocumentHistory(DocumentState):
    """The part of the document's controller that applies edits, whatever they are.

    Attributes:
        readings: Takes the results of the engine.
        reviews: Says who confirmed what and when.
        undo_stack: One history for all pages. ``isClean`` means that every edit was exported.

    Signals:
        travelled: A :class:`~desktop_ocr.ui.changed_place.ChangedPlace`: undo or redo changed
            something there, which is current now.
    """

    travelled = Signal(object)

    readings: Readings
    reviews: Reviews

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._refused: EditError | None = None
        self._held = ("", "")
        self._told: list[Change] | None = None  # while a step is taken back or done again

    # --- text that is no step yet -----------------------------------------------------------

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

    def is_held(self, line: Line) -> bool:
        """Say whether an editor holds text of a line that is not committed yet."""
        return line.id == self._held[1]

    @property
    def held_line(self) -> tuple[str, str]:
        """Page and line of which an editor holds text that is not committed yet; "" for none."""
        return self._held

    @property
    def has_pending(self) -> bool:
        """Whether an editor holds text that is not committed yet; undo would take it back."""
        return bool(self._held[1])

    # --- steps ------------------------------------------------------------------------------

    def has_structural_step(self, page_id: str) -> bool:
        """Say whether a step of the history counts on the number and order of a page's lines."""
        commands = (self.undo_stack.command(i) for i in range(self.undo_stack.count()))
        return any(
            isinstance(c, EditCommand) and c.page_id == page_id and c.step in STRUCTURAL
            for c in commands
        )

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
        """Commit pending text, take back the last step and go to what that changed."""
        self.commit_pending.emit()
        self._travel(self.undo_stack.index() - 1, self.undo_stack.undo)

    def redo(self) -> None:
        """Do the last undone step again and go to what it changed."""
        self.commit_pending.emit()
        self._travel(self.undo_stack.index(), self.undo_stack.redo)

    def _travel(self, index: int, go: Callable[[], None]) -> None:
        if not 0 <= index < self.undo_stack.count():
            return
        command = self.undo_stack.command(index)
        told: list[Change] = []
        self._told = told
        try:
            go()
        finally:
            self._told = None
        if not isinstance(command, EditCommand):
            return
        if command.page_id:
            self.readings.take_missed(command.page_id)
        pages = [page.id for page in self.document.pages]
        place = changed_place(told[0], pages, self._page_id) if told else None
        if place is not None:
            self.set_current_page(place.page_id)
            self.select_line(place.line_id)
            self.travelled.emit(place)
        elif command.page_id:
            # Of a sign-off. A step over several pages is no page's own: the page in view stays.
            self.set_current_page(command.page_id)

    @property
    def is_modified(self) -> bool:
        """Whether there are edits that were not exported yet; text being typed is one."""
        return self.has_pending or not self.undo_stack.isClean()

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
        texts = (part for part in single_edits(edit) if isinstance(part, SetTexts))
        self.watched(
            lambda: result.append(edit.apply(self.document)),
            touched_pages(edit),
            step,
            way,
            lines=not only_signs(edit),
            texts={part.page_id: part for part in texts if not self._is_loaded(part.page_id)},
        )
        return result[0]

    def _is_loaded(self, page_id: str) -> bool:
        page = self.find_page(page_id)
        return page is not None and is_loaded(page)

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
        texts: Mapping[str, SetTexts] = _NO_TEXTS,
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
            texts: What it does, and no more, to pages of which no line is loaded.
        """
        seen = [page_id for page_id in page_ids if page_id not in texts]
        before = {page_id: self._page_snapshot(page_id, lines=lines) for page_id in seen}
        signed = {page_id: self._sign_off(page_id) for page_id in texts}
        order = [page.id for page in self.document.pages]
        selected_places = self._selected_places()
        change()
        if lines:
            self._tallies.forget(before)
        after = {page_id: self._page_snapshot(page_id, lines=lines) for page_id in before}
        self._follow_pages(order, [page.id for page in self.document.pages])
        for page_id, part in texts.items():
            sign_off = self._sign_off(page_id)
            before[page_id] = PageSnapshot(part.before, signed[page_id])
            after[page_id] = PageSnapshot(part.after, sign_off)
            self._tallies.follow(page_id, part.before, part.after)
            self.texts_changed.emit(page_id)
            if signed[page_id] != sign_off:
                self.page_state_changed.emit(page_id)
        for page_id in seen:
            now = after[page_id]
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
        changes = tuple(
            PageChange(i, before[i], after[i], texts[i].after if i in texts else ()) for i in before
        )
        told = Change(changes, step, way)
        if self._told is not None:
            self._told.append(told)
        self.changed.emit(told)

    def _sign_off(self, page_id: str) -> Review | None:
        page = self.find_page(page_id)
        return None if page is None else page.sign_off

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
