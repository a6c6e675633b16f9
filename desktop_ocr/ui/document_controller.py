"""Owns the document and its history; the only place that applies edits."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QUndoStack

from desktop_ocr.document.edits import (
    AddLine,
    DeleteLine,
    DeletePage,
    Edit,
    Group,
    MergeLines,
    MoveLine,
    Reorder,
    SetStatus,
    SetText,
    SplitLine,
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
from desktop_ocr.ui.history import KEEP_PENDING, STATUS_STEPS, STRUCTURAL, EditCommand, Step
from desktop_ocr.ui.page_store import LoadedPage, PageSource, PageStore
from desktop_ocr.ui.reading_order import place_for
from desktop_ocr.ui.readings import Readings, is_touched

if TYPE_CHECKING:
    from desktop_ocr.engine.load import PageImage

DEFAULT_DOUBT = 0.8

_log = logger(__name__)


class PageState(enum.Enum):
    """How far the reading of a page is."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class DocumentController(QObject):
    """The document, its history, what is selected, and the pixels of its pages.

    Attributes:
        document: Changed only through this class.
        readings: Takes the results of the engine.
        undo_stack: One history for all pages. ``isClean`` means that every edit was exported.

    Signals:
        page_added, page_removed: Id of the page.
        lines_changed: Id of a page whose set or order of lines changed.
        line_changed: Ids of page and line whose text, status, quad or reading changed.
        current_page_changed: Id of the page, "" when there is none.
        current_line_changed: Ids of page and line, "" when there is none.
        selection_changed: The set of selected lines changed.
        page_state_changed: Id of a page whose reading state changed.
        page_image_ready: Id of a page whose pixels and thumbnail are in memory now.
        page_image_needed: Id of a page whose pixels somebody asked for in vain.
        read_again_requested: Id of a page and a tuple of ids of lines.
        commit_pending: An editor that holds text not committed yet commits it now.
        pending_changed: Whether an editor holds text that is not committed yet.
        doubt_changed: The confidence below which a character counts as doubtful.
    """

    page_added = Signal(str)
    page_removed = Signal(str)
    lines_changed = Signal(str)
    line_changed = Signal(str, str)
    current_page_changed = Signal(str)
    current_line_changed = Signal(str, str)
    selection_changed = Signal()
    page_state_changed = Signal(str)
    page_image_ready = Signal(str)
    page_image_needed = Signal(str)
    read_again_requested = Signal(str, object)
    commit_pending = Signal()
    pending_changed = Signal(bool)
    doubt_changed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = Document()
        self.undo_stack = QUndoStack(self)
        self.readings = Readings(self)
        self._store = PageStore()
        self._states: dict[str, PageState] = {}
        self._messages: dict[str, str] = {}
        self._page_id = ""
        self._selected: list[str] = []
        self._last_line: dict[str, str] = {}
        self._doubt = DEFAULT_DOUBT
        self._refused: EditError | None = None
        self._held = ("", "")

    # --- what is selected -----------------------------------------------------------------

    @property
    def current_page(self) -> Page | None:
        """The page in view."""
        return self.find_page(self._page_id)

    @property
    def current_line(self) -> Line | None:
        """The line that was selected last, on the page in view."""
        page = self.current_page
        if page is None or not self._selected:
            return None
        return next((line for line in page.lines if line.id == self._selected[-1]), None)

    @property
    def selected_line_ids(self) -> tuple[str, ...]:
        """Selected lines of the page in view; the current one is last."""
        return tuple(self._selected)

    def find_page(self, page_id: str) -> Page | None:
        """Return a page by its id, or None."""
        return next((page for page in self.document.pages if page.id == page_id), None)

    def page_index(self) -> int:
        """Return the place of the page in view among the pages, from 0; -1 when there is none."""
        ids = [page.id for page in self.document.pages]
        return ids.index(self._page_id) if self._page_id in ids else -1

    def set_current_page(self, page_id: str) -> None:
        """Show a page; its line that was current last is current again."""
        if page_id == self._page_id or (page_id and self.find_page(page_id) is None):
            return
        self.commit_pending.emit()
        self._page_id = page_id
        page = self.current_page
        last = self._last_line.get(page_id, "")
        ids = [] if page is None else [line.id for line in page.lines]
        self._selected = [last] if last in ids else ids[:1]
        self.current_page_changed.emit(page_id)
        self._announce_line()

    def select_line(self, line_id: str, *, extend: bool = False) -> None:
        """Make a line of the page in view current.

        Args:
            line_id: "" clears the selection.
            extend: Keep the lines selected so far; a selected line is taken out again.
        """
        page = self.current_page
        if page is None or (line_id and all(line.id != line_id for line in page.lines)):
            return
        if not line_id:
            selected = []
        elif not extend:
            selected = [line_id]
        elif line_id in self._selected:
            selected = [i for i in self._selected if i != line_id]
        else:
            selected = [*self._selected, line_id]
        self._select(selected)

    def select_lines(self, line_ids: Sequence[str]) -> None:
        """Select exactly these lines of the page in view; the last one is current."""
        page = self.current_page
        known = set() if page is None else {line.id for line in page.lines}
        self._select([i for i in line_ids if i in known])

    def _select(self, selected: list[str]) -> None:
        if selected == self._selected:
            return
        current = self._selected[-1:]
        if selected[-1:] != current:
            self.commit_pending.emit()
        self._selected = selected
        if selected[-1:] != current:
            self._announce_line()
        else:
            self.selection_changed.emit()

    def _announce_line(self) -> None:
        line_id = self._selected[-1] if self._selected else ""
        if self._page_id and line_id:
            self._last_line[self._page_id] = line_id
        self.current_line_changed.emit(self._page_id, line_id)
        self.selection_changed.emit()

    # --- doubt ----------------------------------------------------------------------------

    @property
    def doubt(self) -> float:
        """Characters with a confidence below this are doubtful (0–1)."""
        return self._doubt

    def set_doubt(self, doubt: float) -> None:
        """Move the threshold of doubt (0–1)."""
        if doubt != self._doubt:
            self._doubt = doubt
            self.doubt_changed.emit(doubt)

    def is_doubtful(self, line: Line) -> bool:
        """Say whether a person should look at the line: not touched yet, and a doubtful reading."""
        if is_touched(line) or not line.raw_text:
            return False
        return line.confidence < self._doubt or any(
            c.confidence < self._doubt for c in line.characters
        )

    # --- pixels ---------------------------------------------------------------------------

    def page_image(self, page_id: str) -> PageImage | None:
        """Return the original pixels where they are in memory.

        Otherwise None, and ``page_image_ready`` follows once the worker has loaded them again.
        """
        loaded = self._loaded(page_id)
        return None if loaded is None else loaded.image

    def thumbnail(self, page_id: str) -> QImage | None:
        """Return a small copy of the page; always in memory."""
        return self._store.thumbnail(page_id)

    def page_source(self, page_id: str) -> PageSource:
        """Return where a page came from."""
        return self._store.source(page_id)

    def kept_image(self, page_id: str) -> PageImage | None:
        """Return the pixels where they are in memory, without asking for them."""
        loaded = self._store.get(page_id)
        return None if loaded is None else loaded.image

    def _loaded(self, page_id: str) -> LoadedPage | None:
        loaded = self._store.get(page_id)
        if loaded is None and self.find_page(page_id) is not None:
            self.page_image_needed.emit(page_id)
        return loaded

    def put_page_image(self, page_id: str, loaded: LoadedPage) -> None:
        """Take the pixels of a page that was loaded again."""
        if self.find_page(page_id) is not None:
            self._store.put(page_id, loaded)
            self.page_image_ready.emit(page_id)

    # --- states of reading ----------------------------------------------------------------

    def page_state(self, page_id: str) -> PageState:
        """Return how far the reading of a page is."""
        return self._states.get(page_id, PageState.WAITING)

    def page_message(self, page_id: str) -> str:
        """Return the sentence that says why reading a page failed; "" otherwise."""
        return self._messages.get(page_id, "")

    def set_page_state(self, page_id: str, state: PageState, message: str = "") -> None:
        """Take the state of reading from the engine's controller."""
        if self.find_page(page_id) is None:
            return
        if (self.page_state(page_id), self.page_message(page_id)) != (state, message):
            self._states[page_id] = state
            self._messages[page_id] = message
            self.page_state_changed.emit(page_id)

    # --- results of the engine; not in the history except where they replace something ----

    def add_loaded_page(self, loaded: LoadedPage) -> str:
        """Append a page that was just opened; the first one is shown.

        Returns:
            The new page's id.
        """
        image = loaded.image
        height, width = image.pixels.shape[:2]
        page = Page(
            id=new_id(),
            # Without its folder: whoever gets an export need not know where the file lay.
            file=Path(image.file).name,
            page=image.page,
            width=width,
            height=height,
            dpi=image.dpi,
            sha256=image.sha256,
        )
        self._store.put(page.id, loaded)
        self.document.pages.append(page)
        self._states[page.id] = PageState.WAITING
        self.page_added.emit(page.id)
        if not self._page_id:
            self.set_current_page(page.id)
        return page.id

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
            SetStatus(page.id, line_id, status)
            for line_id in line_ids
            if page.line(line_id).status is not status
        ]
        if edits:
            self.push(STATUS_STEPS[status], page.id, Group(tuple(edits)))

    def accept_line(self, line_id: str, text: str, *, page_id: str = "") -> None:
        """Set the text of a line and mark it as reviewed, as one step."""
        page, line = self._line(line_id, page_id)
        edits: list[Edit] = []
        if line.text != text:
            edits.append(SetText(page.id, line_id, text))
        if line.status is not LineStatus.REVIEWED:
            edits.append(SetStatus(page.id, line_id, LineStatus.REVIEWED))
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
        latin = _is_latin(line.text[-1:]) and _is_latin(following[:1])
        self.push(Step.MERGE, page.id, MergeLines(page.id, line_id, " " if latin else ""))

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
        return is_touched(line) or line.id == self._held[1]

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
        if isinstance(command, EditCommand):
            self.set_current_page(command.page_id)

    def snapshot(self, page_ids: Iterable[str] | None = None) -> Document:
        """Commit pending text and return a copy that later edits do not touch.

        Args:
            page_ids: Pages to take; None takes all.
        """
        self.commit_pending.emit()
        wanted = None if page_ids is None else set(page_ids)
        pages = [
            replace(page, lines=list(page.lines))
            for page in self.document.pages
            if wanted is None or page.id in wanted
        ]
        return Document(pages, self.document.title)

    def mark_exported(self) -> None:
        """Remember that everything up to now was exported."""
        self.undo_stack.setClean()

    def apply(self, edit: Edit) -> Edit:
        """Apply an edit for a step of the history and tell the views what changed.

        Returns:
            The inverse edit.

        Raises:
            EditError: If the edit does not fit the document.
        """
        result: list[Edit] = []
        self.watched(lambda: result.append(edit.apply(self.document)))
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
        self.undo_stack.push(EditCommand(self, step, page_id, edit, line_ids))
        if self._refused is not None:
            raise self._refused

    def refuse(self, error: EditError) -> None:
        """Note that a step did not fit; called by the step itself, inside Qt's call."""
        self._refused = error
        _log.warning("a step of the history did not fit and was dropped")

    def watched(self, change: Callable[[], object]) -> None:
        """Run a change and emit exactly the signals for what is different afterwards."""
        before = {page.id: tuple(page.lines) for page in self.document.pages}
        order = list(before)
        selected_places = self._selected_places()
        change()
        after = {page.id: page.lines for page in self.document.pages}
        self._follow_pages(order, list(after))
        for page_id, lines in after.items():
            old = before.get(page_id)
            if old is None:
                continue
            if [line.id for line in old] != [line.id for line in lines]:
                moved_on = self._follow_lines(page_id, selected_places)
                self.lines_changed.emit(page_id)
                if moved_on:
                    self._announce_line()
            for was, now in zip(old, lines, strict=False):
                if was.id == now.id and was is not now and was != now:
                    self.line_changed.emit(page_id, now.id)

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


def _is_latin(text: str) -> bool:
    return bool(text) and text.isascii() and (text.isalnum() or text in ",.;:)")
