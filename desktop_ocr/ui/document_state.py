"""What is open and looked at: pages, their pixels, how far they are read, what is selected."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop_ocr.document import compare
from desktop_ocr.document.doubt import doubt_of
from desktop_ocr.document.lazy import LazyLines
from desktop_ocr.document.model import Document, Line, Page, new_id
from desktop_ocr.ui.changes import Change, PageChange, PageSnapshot
from desktop_ocr.ui.doubt import DEFAULT_DOUBT
from desktop_ocr.ui.page_counts import PageCounts, Tallies, Tally, is_loaded
from desktop_ocr.ui.page_store import LoadedPage, PageSource, PageStore

if TYPE_CHECKING:
    from desktop_ocr.engine.load import PageImage


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A document with all that is known of its pages, to be shown in place of another.

    Attributes:
        document: Its lines may be loaded when somebody looks.
        states: How far each page is read.
        messages: Why reading a page failed.
        tallies: Counts of pages whose lines are not loaded.
        sources: Where the pixels of each page are.
        thumbnails: Small pictures as PNG or JPEG files.
        page_id: The page to show; "" for the first.
        line_id: The line to select on it; "" for the first.
    """

    document: Document = field(default_factory=Document)
    states: Mapping[str, PageState] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    sources: Mapping[str, PageSource] = field(default_factory=dict)
    thumbnails: Mapping[str, bytes] = field(default_factory=dict)
    page_id: str = ""
    line_id: str = ""


class PageState(enum.Enum):
    """How far the reading of a page is."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class DocumentState(QObject):
    """The part of the document's controller that changes no text: views ask it what to show.

    Attributes:
        document: Changed only by the edits of the subclass.

    Signals:
        page_added, page_removed: Id of the page.
        lines_changed: Id of a page whose set or order of lines changed.
        line_changed: Ids of page and line whose text, status, quad or reading changed.
        texts_changed: Id of a page of which texts or statuses changed while no line was loaded.
        current_page_changed: Id of the page, "" when there is none.
        current_line_changed: Ids of page and line, "" when there is none.
        selection_changed: The set of selected lines changed.
        page_state_changed: Id of a page whose reading state changed.
        page_image_ready: Id of a page whose pixels and thumbnail are in memory now.
        page_image_needed: Id of a page whose pixels somebody asked for in vain.
        read_again_requested: Id of a page and a tuple of ids of lines.
        commit_pending: An editor that holds text not committed yet commits it now.
        pending_changed: Whether an editor holds text that is not committed yet.
        changed: A :class:`~desktop_ocr.ui.changes.Change` of pages, after the signals above.
        all_exported: All steps of the history were exported; whether all pages were.
        replaced: Another document is open: all pages are others, nothing is selected yet.
        doubt_changed: The confidence below which a character counts as doubtful.
    """

    page_added = Signal(str)
    page_removed = Signal(str)
    lines_changed = Signal(str)
    line_changed = Signal(str, str)
    texts_changed = Signal(str)
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
    changed = Signal(object)
    all_exported = Signal(bool)
    replaced = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = Document()
        self._store = PageStore()
        self._states: dict[str, PageState] = {}
        self._messages: dict[str, str] = {}
        self._page_id = ""
        self._selected: list[str] = []
        self._last_line: dict[str, str] = {}
        self._doubt = DEFAULT_DOUBT
        self._tallies = Tallies(doubt_of)

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
        """Characters whose probability of being right is below this are doubtful (0–1)."""
        return self._doubt

    def set_doubt(self, doubt: float) -> None:
        """Move the threshold of doubt (0–1)."""
        if doubt != self._doubt:
            self._doubt = doubt
            self.doubt_changed.emit(doubt)

    def is_doubtful(self, line: Line) -> bool:
        """Say whether a person should look at the line: not touched yet, and a doubtful reading.

        Doubtful is a character that is too likely wrong, or that both readers read differently.
        """
        doubt = doubt_of(line)
        return doubt is not None and doubt < self._doubt

    # --- how far the review is ------------------------------------------------------------

    def counts(self, page_id: str) -> PageCounts:
        """Return how far the review of a page is; zeros for a page that is not there."""
        page = self.find_page(page_id)
        return PageCounts() if page is None else self._tallies.of(page).counts(self._doubt)

    def document_counts(self) -> PageCounts:
        """Return how far the review of all pages together is."""
        return self._tallies.total(self.document.pages, self._doubt)

    def release_lines(self, keep: int) -> None:
        """Let the lines of pages far from the one in view leave the memory.

        Those that are not stored in a project stay in any case.

        Args:
            keep: How many pages may stay.
        """
        pages = self.document.pages
        loaded = [i for i, page in enumerate(pages) if is_loaded(page)]
        here = max(self.page_index(), 0)
        loaded.sort(key=lambda i: abs(i - here))
        for i in loaded[keep:]:
            lines = pages[i].lines
            if isinstance(lines, LazyLines):
                self._tallies.of(pages[i])  # known from now on without the lines
                lines.release()

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
            self._store.put(page_id, loaded, self._page_id)
            self.page_image_ready.emit(page_id)

    # --- states of reading ----------------------------------------------------------------

    def page_state(self, page_id: str) -> PageState:
        """Return how far the reading of a page is."""
        return self._states.get(page_id, PageState.WAITING)

    def is_awaited(self, page_id: str, line: Line) -> bool:
        """Say whether the engine has yet to read a line: nobody can have confirmed it."""
        unread = not line.text and not line.characters
        return unread and self.page_state(page_id) in (PageState.WAITING, PageState.READING)

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

    # --- another document -----------------------------------------------------------------

    def take_document(self, opened: OpenedDocument) -> None:
        """Put another document in the place of this one; nothing of it is current yet."""
        compare.forget()
        self.document = opened.document
        self._page_id, self._selected = "", []
        self._last_line.clear()
        self._states = dict(opened.states)
        self._messages = dict(opened.messages)
        self._tallies.replace(opened.tallies)
        self._store.replace(opened.sources, opened.thumbnails)
        if opened.page_id and opened.line_id:
            self._last_line[opened.page_id] = opened.line_id
        self.replaced.emit()

    def set_page_source(self, page_id: str, source: PageSource) -> None:
        """Load the pixels of a page from somewhere else from now on."""
        if self.find_page(page_id) is not None:
            self._store.set_source(page_id, source)

    def loaded_page(self, page_id: str) -> LoadedPage | None:
        """Return a decoded page where it is in memory, without asking for it."""
        return self._store.get(page_id)

    # --- opening ----------------------------------------------------------------------------

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
        self._store.put(page.id, loaded, self._page_id)
        self.document.pages.append(page)
        self._states[page.id] = PageState.WAITING
        self.page_added.emit(page.id)
        self.changed.emit(Change((PageChange(page.id, None, PageSnapshot((), None)),)))
        if not self._page_id:
            self.set_current_page(page.id)
        return page.id
