"""Keeps the document of the window in a project file: every change at once, never waiting."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop_ocr.document.model import Page, Review
from desktop_ocr.errors import DesktopOcrError, OutputExistsError
from desktop_ocr.project import (
    AddHistory,
    Change,
    HistoryEntry,
    PageFields,
    Pictures,
    Project,
    PutPage,
    PutPicture,
    PutTexts,
    RemovePage,
    SetDraft,
    SetOptions,
    SetOrder,
    Together,
    Writer,
    put_in_place,
)
from desktop_ocr.ui.changes import Change as DocumentChange
from desktop_ocr.ui.changes import PageSnapshot
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.page_counts import is_loaded
from desktop_ocr.ui.projects.background import Background
from desktop_ocr.ui.projects.entries import history_entries
from desktop_ocr.ui.projects.opening import source_of
from desktop_ocr.ui.projects.rescue import Rescue
from desktop_ocr.ui.projects.sessions import delete_project

PAGES_IN_MEMORY = 12
"""Pages whose lines may stay loaded; the others load theirs again when they are shown."""

_SECURE_S = 5.0
_RETRY_MS = 3_000
_TRIES_A_RESCUE = 5
"""How often the writer tries before the rescue file is brought up to date."""
_END_S = 20.0
"""How long closing may wait for a slow disk."""


class Saving(enum.Enum):
    """How the document stands to the disk."""

    NOTHING = enum.auto()  # there is no project
    SAVED = enum.auto()
    SAVING = enum.auto()
    FAILING = enum.auto()


class Keeper(QObject):
    """Brings each change of the document into the open project.

    The writer's thread does the writing; where that fails, the work stays in memory, a rescue
    file is written elsewhere, and the writer tries again until the disk is back.

    Signals:
        saving_changed: How the document stands to the disk.
        failed: The error and the rescue file (None where that failed too); once until it works
            again.
        recovered: Everything is on the disk again.
    """

    saving_changed = Signal()
    failed = Signal(object, object)
    recovered = Signal()

    _written = Signal(int, int)
    _refused = Signal(int, object)

    def __init__(
        self, document: DocumentController, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._background = document, background
        self.project: Project | None = None
        self._writer: Writer | None = None
        self._rescue = Rescue(background)
        self._number = 0  # of the writer, since what an earlier one says comes late
        self._early: list[HistoryEntry] = []
        self._since: list[Change] | None = None
        self._options: dict[str, Any] = {}
        self._ticket = self._tries = 0
        self._pasted: dict[str, int] = {}  # tickets of pictures that no file holds
        self._saving = Saving.NOTHING
        self._retry = QTimer(self, interval=_RETRY_MS)
        self._retry.timeout.connect(self._try_again)
        queued = Qt.ConnectionType.QueuedConnection
        self._written.connect(self._on_saved, queued)
        self._refused.connect(self._on_failed, queued)
        document.changed.connect(self._take_change)
        document.page_state_changed.connect(self._take_state)
        document.pending_changed.connect(self._take_draft)
        document.current_page_changed.connect(self._follow_page)

    # --- what is kept -----------------------------------------------------------------------

    @property
    def saving(self) -> Saving:
        """How the document stands to the disk."""
        return self._saving

    @property
    def options(self) -> Mapping[str, Any]:
        """What the project notes beside the pages."""
        return self._options

    def begin(self, project: Project) -> None:
        """Keep a document that no project holds yet: all of it goes into an empty project."""
        self._start(project)
        if self._options:
            self._put(SetOptions(dict(self._options)))
        pages = self._document.document.pages
        for page in pages:
            page.lines = project.lazy_lines(page.id, tuple(page.lines))
            self._put(self._page(page))
            self._put_picture(page)
        if self._early:
            self._put(AddHistory(tuple(self._early)))
            self._early.clear()

    def go_on(self, project: Project) -> None:
        """Keep a document that was just opened from a project."""
        self._early.clear()
        self._options = dict(project.options)
        self._start(project)
        # Of a rescued project pages may be missing; each that is stored again says its place.
        self._put(SetOrder(tuple(page.id for page in self._document.document.pages)))
        self._put(SetDraft())

    @property
    def is_copying(self) -> bool:
        """Whether the document is about to go on in another file, see :meth:`copy_to`."""
        return self._since is not None

    def set_options(self, **options: object) -> None:
        """Note something beside the pages; nothing is written where it stands there already."""
        if any(self._options.get(name) != value for name, value in options.items()):
            self._options |= options
            self._put(SetOptions(dict(self._options)))

    def find_picture(self, page_id: str, path: Path) -> None:
        """Note where the picture of a page is now."""
        page = self._document.find_page(page_id)
        if page is not None:
            self._put(PutPicture(page_id, path=path, page=page.page))

    def secure(self) -> bool:
        """Wait until everything is on the disk: in its place, or else in a rescue file."""
        writer = self._writer
        if writer is None or writer.flush(_SECURE_S):
            return True
        return self._rescue.write_now(writer) is not None

    def release(self) -> Callable[[], bool]:
        """Let go of the project; the document stays as it is.

        Returns:
            What brings the rest to the disk and closes the file; it waits for the disk, knows
            nothing of the window, and says whether nothing is lost.
        """
        project, writer = self.project, self._writer
        self._number += 1
        self._writer = self.project = None
        self._retry.stop()
        self._since = None
        self._early.clear()
        self._options = {}
        self._pasted.clear()
        self._set_saving(Saving.NOTHING)
        rescue, self._rescue = self._rescue, Rescue(self._background)

        def finish() -> bool:
            done = True
            if writer is not None:
                if writer.flush(_END_S):
                    rescue.forget()
                else:
                    done = rescue.write_now(writer) is not None
                writer.close(_END_S)
            if project is not None:
                project.close()
            return done

        return finish

    # --- another file -----------------------------------------------------------------------

    def copy_to(
        self,
        path: Path,
        pictures: Pictures,
        done: Callable[[Path], object],
        failed: Callable[[DesktopOcrError], object],
        *,
        overwrite: bool,
    ) -> None:
        """Copy the project to another file and go on there; the window works on meanwhile.

        One copy at a time: not while :attr:`is_copying`.

        Args:
            path: The new file.
            pictures: Whether it holds the pictures.
            done: Called with the file that was left, which is closed.
            failed: Called with the reason; the project stays where it is.
            overwrite: A file that stands there may be replaced.
        """
        project, writer = self.project, self._writer
        assert project is not None and writer is not None and not self.is_copying
        since: list[Change] = []
        self._since = since

        def copy() -> tuple[Project, frozenset[HistoryEntry]]:
            copied = copied_project()
            # Of what was put since, the copy may hold the first part: then these end its history.
            put = sum(len(change.entries) for change in tuple(since))
            try:
                return copied, frozenset(copied.last_entries(put))
            except BaseException:
                copied.close()
                raise

        def copied_project() -> Project:
            if writer.flush(_END_S):
                return project.save_as(path, pictures=pictures, overwrite=overwrite)
            # Its disk is full or gone: all that is known goes elsewhere.
            if path.exists() and not overwrite:
                raise OutputExistsError(path)
            rescued = writer.rescue(path.parent)
            try:
                put_in_place(rescued, path, overwrite=overwrite)
            except DesktopOcrError:
                delete_project(rescued)
                raise
            return Project(path, purge=False)

        def give_up(error: DesktopOcrError) -> None:
            if self._since is since:
                self._since = None
            failed(error)

        def leave() -> None:
            writer.close(_END_S)
            project.close()

        def move(result: tuple[Project, frozenset[HistoryEntry]]) -> None:
            copied, known = result
            if project is not self.project:  # closed in the meantime
                copied.close()
                return
            self._since = None
            rest = [_without(known, change) for change in since]
            self._move(copied, project, rest)
            self._background.run(leave, lambda _: done(project.path), failed)

        self._background.run(copy, move, give_up)

    def _move(self, project: Project, old: Project, since: Iterable[Change]) -> None:
        """Write to another project that holds the same up to some changes."""
        self._rescue.forget()
        self._retry.stop()
        project.take_over(old)
        self._start(project)
        for change in since:
            self._put(change)
        if self._document.has_pending:
            self._put(SetDraft(*self._document.held_line))
        for page in self._document.document.pages:
            if is_loaded(page):
                self._put(self._page(page))
            self._document.set_page_source(page.id, source_of(project, page))

    # --- changes ----------------------------------------------------------------------------

    @Slot(object)
    def _take_change(self, change: DocumentChange) -> None:
        reviews = self._document.reviews
        at = reviews.now().isoformat(timespec="milliseconds")
        entries = history_entries(change, reviews.reviewer, at)
        if self._writer is None or self.project is None:
            self._early += entries
            return
        own: dict[str, list[HistoryEntry]] = {}
        for entry in entries:
            own.setdefault(entry.page_id, []).append(entry)
        pages = {page.id: page for page in self._document.document.pages}
        changes: list[Change] = []
        new: list[Page] = []
        for page_change in change.pages:
            page_id = page_change.page_id
            page, of_page = pages.get(page_id), tuple(own.get(page_id, ()))
            if page is None:
                if page_change.before is not None:
                    changes.append(RemovePage(page_id, of_page))
                continue
            if page_change.before is None:
                page.lines = self.project.lazy_lines(page_id, tuple(page.lines))
                new.append(page)
            if page_change.texts and not is_loaded(page):
                changes.append(PutTexts(page_id, page_change.texts, of_page))
                of_page = ()
                if _sign_off(page_change.before) == _sign_off(page_change.after):
                    continue
            changes.append(self._page(page, of_page))
        gone = any(isinstance(change, RemovePage) for change in changes)
        if gone or any(page is not self._document.document.pages[-1] for page in new):
            changes.append(SetOrder(tuple(pages)))
        if changes:
            self._put(Together(tuple(changes)) if len(changes) > 1 else changes[0])
        for page in new:
            self._put_picture(page)

    @Slot(str)
    def _take_state(self, page_id: str) -> None:
        page = self._document.find_page(page_id)
        if page is not None and self._writer is not None:
            self._put(self._page(page))

    @Slot(bool)
    def _take_draft(self, pending: bool) -> None:
        if self._writer is not None:
            self._put(SetDraft(*self._document.held_line) if pending else SetDraft())

    def _page(self, page: Page, entries: tuple[HistoryEntry, ...] = ()) -> PutPage:
        document = self._document
        position = next(i for i, p in enumerate(document.document.pages) if p is page)
        state, message = document.page_state(page.id), document.page_message(page.id)
        # Lines that are not loaded are as they are stored.
        lines = tuple(page.lines) if is_loaded(page) else None
        fields = PageFields.of(page)
        return PutPage(page.id, position, fields, lines, state.value, message, entries)

    def _put_picture(self, page: Page) -> None:
        source = self._document.page_source(page.id)
        loaded = self._document.loaded_page(page.id)
        small = None if loaded is None else loaded.small or None
        if source.stored is not None:
            return  # a page that came back
        if source.path is not None:
            self._put(PutPicture(page.id, path=source.path, page=source.page, thumbnail=small))
        elif loaded is not None and loaded.file is not None:
            self._put(PutPicture(page.id, data=loaded.file, thumbnail=small))
            assert self._writer is not None
            self._pasted[page.id] = self._ticket

    def _put(self, change: Change) -> None:
        if self._writer is None:
            return
        self._ticket = self._writer.put(change)
        if self._since is not None:
            self._since.append(change)
        if self._saving is not Saving.FAILING:
            self._set_saving(Saving.SAVING)
        else:
            self._rescue.is_old = True

    @Slot(str)
    def _follow_page(self, _page_id: str) -> None:
        """Let lines of far pages go, and load those of the next pages before somebody looks."""
        self._document.release_lines(PAGES_IN_MEMORY)
        pages, here = self._document.document.pages, self._document.page_index()
        near = [page.lines for page in pages[max(here - 1, 0) : here + 3] if not is_loaded(page)]
        if near and self.project is not None:
            self._background.run(lambda: [len(lines) for lines in near], _nothing, _nothing)

    # --- the writer ---------------------------------------------------------------------------

    def _start(self, project: Project) -> None:
        self._number += 1
        self._ticket = 0
        self._pasted.clear()
        self.project = project
        self._writer = Writer(
            project,
            on_saved=partial(self._written.emit, self._number),
            on_failed=partial(self._refused.emit, self._number),
        )
        self._set_saving(Saving.SAVED)

    @Slot(int, int)
    def _on_saved(self, number: int, ticket: int) -> None:
        if number != self._number or self.project is None:
            return
        for page_id in [i for i, put in self._pasted.items() if put <= ticket]:
            del self._pasted[page_id]
            page = self._document.find_page(page_id)
            if page is not None:  # its pixels may leave the memory from now on
                self._document.set_page_source(page_id, source_of(self.project, page))
        if ticket < self._ticket:
            return
        failing = self._saving is Saving.FAILING
        self._set_saving(Saving.SAVED)
        self._document.release_lines(PAGES_IN_MEMORY)
        if failing:
            self._retry.stop()
            self._rescue.forget()
            self.recovered.emit()

    @Slot(int, object)
    def _on_failed(self, number: int, error: DesktopOcrError) -> None:
        writer = self._writer
        if number != self._number or writer is None or self._saving is Saving.FAILING:
            return
        self._set_saving(Saving.FAILING)
        self._tries = 0
        self._retry.start()
        self._rescue.write(writer, partial(self.failed.emit, error))

    @Slot()
    def _try_again(self) -> None:
        writer = self._writer
        if writer is not None and not self._background.is_busy:
            self._background.run(partial(writer.flush, _RETRY_MS / 1000), _nothing, _nothing)
            self._tries += 1
            if self._rescue.is_old and self._tries % _TRIES_A_RESCUE == 0:
                self._rescue.write(writer, lambda _path: None)

    def _set_saving(self, saving: Saving) -> None:
        if saving is not self._saving:
            self._saving = saving
            self.saving_changed.emit()


def _sign_off(page: PageSnapshot | None) -> Review | None:
    return None if page is None else page.sign_off


def _without(known: frozenset[HistoryEntry], change: Change) -> Change:
    """Leave out of a change what a history has already."""
    if isinstance(change, Together):
        return replace(change, changes=tuple(_without(known, part) for part in change.changes))
    entries = tuple(entry for entry in change.entries if entry not in known)
    return replace(change, entries=entries)


def _nothing(_result: object) -> None:
    """What is tried and needs no answer: the writer itself tells why it could not write."""
