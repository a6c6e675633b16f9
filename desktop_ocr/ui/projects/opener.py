"""Opens projects: one in place of another, several as a queue, and what is left of damaged ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop_ocr.document.doubt import is_touched
from desktop_ocr.errors import DesktopOcrError, ProjectDamagedError, ProjectReadOnlyError
from desktop_ocr.project import Salvage
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.i18n import sentences
from desktop_ocr.ui.message_bar import Message, MessageKind, spoken
from desktop_ocr.ui.projects.opening import Opened, open_copy, open_project, salvaged
from desktop_ocr.ui.projects.queue import Queue, find_finished

if TYPE_CHECKING:
    from desktop_ocr.ui.projects.projects import Projects


class Opener(QObject):
    """Brings projects into the window; what is open before is kept.

    Attributes:
        queue: Projects that are worked through one after the other.
        asked: The project that was to be opened last, even where that failed; None for none.
        shown: The project that is open, or the one whose copy is; None for none.
    """

    def __init__(
        self, projects: Projects, document: DocumentController, engine: EngineController
    ) -> None:
        super().__init__(projects)
        self._projects, self._document, self._engine = projects, document, engine
        self.queue = Queue()
        self.asked: Path | None = None
        self.shown: Path | None = None
        engine.projects_found.connect(self.open_found)

    def sentence(self) -> str:
        """Say where in the queue the document is; "" where there is none."""
        place = self.queue.place(self.shown)
        if not place:
            return ""
        count, finished = len(self.queue), self.queue.finished()
        text = self.tr("document {number} of {count}").format(number=place, count=count)
        if not finished:
            return text
        rest = self.tr("%n finished", "", finished)
        return f"{text}  ·  {rest}"

    def forget(self, path: Path | None = None) -> None:
        """End the queue, unless a project is one of it; that one is the open one now."""
        if path is None or not self.queue.place(path):
            self.queue = Queue()
        self.asked = self.shown = path

    @Slot(object, object)
    def open_found(self, projects: Sequence[Path], others: Sequence[Path] = ()) -> None:
        """Open projects: several become a queue.

        Args:
            projects: Their files.
            others: Pictures that were named together with them.
        """
        if len(projects) > 1:
            self.queue = Queue(projects)
            self._find_finished(projects)
        elif not self.queue.place(projects[0]):
            self.queue = Queue()
        if others:
            text = self.tr("%n file(s) beside the projects were not opened.", "", len(others))
            self._projects.say.emit(Message(MessageKind.NOTE, text))
        self.open(projects[0])

    def open(self, path: Path) -> None:
        """Open a project in place of what is open now, which is kept."""
        self.asked = path
        if path == self._projects.path:
            self.shown = path
            self._projects.noted.emit(self.tr("This project is open already."))
            self._projects.changed.emit()
            return
        self._projects.noted.emit(self.tr("Opening {name}…").format(name=path.name))
        self._projects.background.run(
            partial(open_project, path),
            partial(self._show, path),
            partial(self._cannot_open, path),
        )

    def step(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) document of the queue; this one is kept."""
        path = self.queue.step(self._start(direction), direction)
        if path is not None:
            self.open(path)
        elif direction > 0:
            self._projects.noted.emit(self.tr("This is the last document of the queue."))
        else:
            self._projects.noted.emit(self.tr("This is the first document of the queue."))

    def _start(self, direction: int) -> Path | None:
        """Return from where to go on: past what could not be opened in this direction."""
        shown, asked = self.queue.place(self.shown), self.queue.place(self.asked)
        beyond = asked and (not shown or (asked - shown) * direction > 0)
        if not beyond:
            self.asked = self.shown  # what could not be opened is tried again
        return self.asked

    def _find_finished(self, paths: Sequence[Path]) -> None:
        def take(found: Iterable[Path]) -> None:
            for path in found:
                self.queue.mark(path, finished=True)
            self._projects.changed.emit()

        self._projects.background.run(partial(find_finished, paths), take, _nothing)

    def _show(self, path: Path, opened: Opened) -> None:
        if self._projects.show_document(opened):
            self.shown = path
            self.queue.note(path, None)
            self._say_crashed(opened)
            self._go_on_reading(opened)
            self._projects.changed.emit()

    def _go_on_reading(self, opened: Opened) -> None:
        """Read what was not read to its end; lines that a person touched stay."""
        read = set(opened.read)
        for page_id in opened.unread:
            page = self._document.find_page(page_id)
            if page is None or not self._document.counts(page_id).lines:
                continue
            if any(map(is_touched, page.lines)):
                read.add(page_id)
            else:
                self._document.watched(page.lines.clear, [page_id])
        self._engine.continue_reading(read, opened.unread)

    def _say_crashed(self, opened: Opened) -> None:
        if opened.project.was_closed:
            return
        name = self._projects.name

        def make() -> Message:
            text = self.tr("The program ended unexpectedly the last time. Your work is here.")
            if opened.draft is not None:
                draft = self.tr(
                    "The line that was being typed on page {page}, line {line} may be incomplete."
                ).format(page=opened.draft[0], line=opened.draft[1])
                text = sentences(text, draft)
            return Message(MessageKind.OFFER, text, name)

        self._projects.say.emit(spoken(make))

    def _cannot_open(self, path: Path, error: DesktopOcrError) -> None:
        self._projects.noted.emit("")
        self._projects.changed.emit()
        if isinstance(error, ProjectReadOnlyError):
            self._projects.background.run(
                partial(open_copy, path, datetime.now().astimezone()),
                partial(self._show_copy, path),
                partial(self._say_unopened, path),
            )
            return
        self._say_unopened(path, error)

    def _say_unopened(self, path: Path, error: DesktopOcrError) -> None:
        self.queue.note(path, error)
        self._projects.changed.emit()

        def make() -> Message:
            action, act = self.tr("Try again"), partial(self.open, path)
            if isinstance(error, ProjectDamagedError):
                action, act = self.tr("Rescue what is readable"), partial(self.rescue, path)
            text = error_text(error)
            return Message(MessageKind.ERROR, text, path.name, action, act, str(path))

        self._projects.say.emit(spoken(make))

    def _show_copy(self, path: Path, opened: Opened) -> None:
        self._show(path, opened)

        def make() -> Message:
            text = self.tr(
                "It lies where nothing may be written: you work on a copy without a name."
            )
            action, act = self.tr("Save as…"), self._projects.save_as_wanted.emit
            return Message(MessageKind.OFFER, text, path.name, action, act, str(path))

        self._projects.say.emit(spoken(make))

    def rescue(self, path: Path) -> None:
        """Copy what is readable of a damaged project into a new one, and open that."""
        self._projects.noted.emit(self.tr("Rescuing what is readable…"))
        name = self.tr("{name} (rescued)").format(name=path.stem)

        def show(result: tuple[Path, Salvage]) -> None:
            target, found = result
            text = self.tr("Rescued: {lines} on {pages}. Lost: {lost}.").format(
                lines=self.tr("%n line(s)", "", found.lines),
                pages=self.tr("%n page(s)", "", found.pages),
                lost=self.tr("%n line(s)", "", found.lost),
            )
            self._projects.say.emit(Message(MessageKind.NOTE, text, path.name, detail=str(path)))
            self.open(target)

        failed = partial(self._say_unrescued, path)
        self._projects.background.run(partial(salvaged, path, name), show, failed)

    def _say_unrescued(self, path: Path, error: DesktopOcrError) -> None:
        self._projects.noted.emit("")

        def make() -> Message:
            text = self.tr("Nothing in the file could be read: take a backup of it.")
            if not isinstance(error, ProjectDamagedError):
                text = error_text(error)
            return Message(MessageKind.ERROR, text, path.name, detail=str(path))

        self._projects.say.emit(spoken(make))

    def mark_finished(self, path: Path) -> None:
        """Note whether the document that is left now is finished."""
        counts, pages = self._document.document_counts(), self._document.document.pages
        signed = bool(pages) and all(page.sign_off is not None for page in pages)
        reviewed = bool(counts.lines) and counts.reviewed == counts.lines
        self.queue.mark(path, finished=signed or reviewed)


def _nothing(_result: object) -> None:
    """What is tried and needs no answer."""
