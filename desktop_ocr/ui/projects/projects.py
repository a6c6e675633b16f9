"""The project behind the window: begun by itself, named, opened, changed for another, closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop_ocr.document.doubt import is_touched
from desktop_ocr.errors import (
    DesktopOcrError,
    OutputFolderError,
    ProjectDamagedError,
    ProjectReadOnlyError,
)
from desktop_ocr.project import SUFFIX, Pictures, Project, Salvage, salvage
from desktop_ocr.ui.changes import Change
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.document_state import OpenedDocument
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.message_bar import Message, MessageKind
from desktop_ocr.ui.projects.background import Background
from desktop_ocr.ui.projects.keeper import Keeper, Saving
from desktop_ocr.ui.projects.opening import VIEW, Opened, look_into, open_project
from desktop_ocr.ui.projects.queue import Queue, find_finished
from desktop_ocr.ui.projects.recent import RecentProjects
from desktop_ocr.ui.projects.sessions import (
    WORK,
    Work,
    delete_project,
    new_session,
    sessions_folder,
)
from desktop_ocr.ui.settings import Settings

EFFORT = "effort"
"""The member of a project's options that tells what each page took to check."""

_VIEW_MS = 1_000
_AGAIN_MS = 5_000


class Projects(QObject):
    """Sees to it that the document of the window always lies in a project.

    Attributes:
        background: Works with files.
        keeper: Brings each change to the disk.
        recent: The projects that were opened last.
        queue: Projects that are worked through one after the other.
        zoom: Asks the page view how the page is looked at.
        effort: Asks what each page took so far; a project keeps it under :data:`EFFORT`.

    Signals:
        shown: An :class:`Opened` whose document is in the window now.
        changed: Name, place in the queue or how the document stands to the disk.
        say, unsay: A :class:`Message` to show, or one that holds no longer.
        noted: A sentence for the status bar; "" takes it away.
        left: What was open before is closed now.
        save_as_wanted: A person should choose a name.
    """

    shown = Signal(object)
    changed = Signal()
    say = Signal(object)
    unsay = Signal(object)
    noted = Signal(str)
    left = Signal()
    save_as_wanted = Signal()

    def __init__(
        self,
        document: DocumentController,
        engine: EngineController,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._engine = document, engine
        self.background = Background(self)
        self.keeper = Keeper(document, self.background, self)
        self.recent = RecentProjects(settings)
        self.queue = Queue()
        self.zoom: Callable[[], str] = str
        self.effort: Callable[[], Mapping[str, object]] = dict
        self._asked: Path | None = None  # what was opened last, even where that failed
        self._beginning = False
        self._number = 0  # of the document, for what comes back late
        self._reopened = False
        self._problem: Message | None = None
        self._view = QTimer(self, singleShot=True, interval=_VIEW_MS)
        self._view.timeout.connect(self._note_view)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._begin)
        document.changed.connect(self._follow_document)
        document.current_page_changed.connect(self._view.start)
        document.all_exported.connect(self._note_export)
        engine.projects_found.connect(self.open_found)
        self.keeper.saving_changed.connect(self.changed)
        self.keeper.failed.connect(self._say_failed)
        self.keeper.recovered.connect(self._say_recovered)

    # --- what is open -----------------------------------------------------------------------

    @property
    def path(self) -> Path | None:
        """The file of the project that is open, None where there is none."""
        return None if self.keeper.project is None else self.keeper.project.path

    @property
    def asked(self) -> Path | None:
        """The project that was to be opened last, even where that failed."""
        return self._asked

    @property
    def has_document(self) -> bool:
        """Whether there are pages, or will be soon."""
        return bool(self._document.document.pages) or self._engine.is_busy

    @property
    def is_named(self) -> bool:
        """Whether a person gave the project a name."""
        return self.path is not None and self.path.parent != sessions_folder()

    @property
    def name(self) -> str:
        """The project's name; "" for work without one."""
        return self.path.stem if self.path is not None and self.is_named else ""

    def sentence(self) -> str:
        """Say how the document stands to the disk, and where in the queue it is."""
        states = {
            Saving.NOTHING: self.tr("not saved yet") if self._problem is not None else "",
            Saving.SAVED: self.tr("saved"),
            Saving.SAVING: self.tr("saving…"),
            Saving.FAILING: self.tr("cannot be saved"),
        }
        parts = [states[self.keeper.saving]]
        place = self.queue.place(self._asked)
        if place:
            parts.append(
                self.tr("document {number} of {count}").format(number=place, count=len(self.queue))
            )
            finished = self.queue.finished()
            if finished:
                parts.append(self.tr("%n finished", "", finished))
        return "  ·  ".join(part for part in parts if part)

    # --- begun by itself --------------------------------------------------------------------

    @Slot(object)
    def _follow_document(self, change: Change) -> None:
        if self.keeper.project is None and self._document.document.pages:
            self._begin()
        pasted = any(page.before is None and self._is_pasted(page.page_id) for page in change.pages)
        if change.step is not None or pasted:
            self._note_work(Work(done=True))

    def _is_pasted(self, page_id: str) -> bool:
        found = self._document.find_page(page_id) is not None
        return found and not self._document.page_source(page_id).is_kept

    def _note_work(self, work: Work) -> None:
        self.keeper.set_options(**{WORK: work.to_options()})

    @Slot(bool)
    def _note_export(self, whole: bool) -> None:
        work = Work.of(self.keeper.options)
        # What was done before the project was opened last may be on other pages.
        if whole or not self._reopened:
            self._note_work(replace(work, exported=True))

    @Slot()
    def _begin(self) -> None:
        if self._beginning or self.keeper.project is not None or not self._document.document.pages:
            return
        self._beginning = True
        self.background.run(
            partial(_new_session, datetime.now().astimezone()),
            partial(self._take_new, self._number),
            self._cannot_begin,
        )

    def _take_new(self, number: int, project: Project) -> None:
        self._beginning = False
        if number != self._number or self.keeper.project is not None:
            self.background.run(partial(_drop, project), _nothing, _nothing)
            self._begin()
            return
        self._again.stop()
        self.keeper.begin(project)
        if self._problem is not None:
            self._say_recovered()
        self.changed.emit()

    def _cannot_begin(self, error: DesktopOcrError) -> None:
        self._beginning = False
        self._again.start()
        if self._problem is None:
            text = self.tr("Your work cannot be saved by itself. {reason}")
            self._set_problem(text.format(reason=error_text(error)))

    # --- saving under a name ----------------------------------------------------------------

    def save(self) -> None:
        """Say that a named project is saved, for it saves itself; ask for a name otherwise."""
        self._document.commit_pending.emit()
        if not self.is_named:
            self.save_as_wanted.emit()
        elif self.keeper.saving is not Saving.FAILING:
            self._note_view()
            self.noted.emit(self.tr("Saved. Every change is saved by itself."))

    def save_as(self, path: Path, pictures: Pictures) -> None:
        """Save under a name and go on there; the window works on meanwhile.

        Args:
            path: The file; one that stands there is replaced.
            pictures: Whether the pictures lie inside of it.
        """
        if path == self.path:
            self.save()
            return
        self._document.commit_pending.emit()
        self.noted.emit(self.tr("Saving as {name}…").format(name=path.name))
        failed = partial(self._say_not_saved, path)
        if self.keeper.project is not None:
            self._note_view()
            self.keeper.copy_to(path, pictures, partial(self._end_save_as, self.path), failed)
            return

        def begin(project: Project) -> None:
            if self.keeper.project is None:
                self.keeper.begin(project)
                self._end_save_as(None, path)
            else:  # the work got its own file in the meantime
                self.background.run(
                    partial(_drop, project), lambda _: self.save_as(path, pictures), failed
                )

        create = partial(Project.create, path, pictures=pictures, overwrite=True)
        self.background.run(create, begin, failed)

    def _end_save_as(self, before: Path | None, _left: object = None) -> None:
        path = self.path
        if path is None:
            return
        if before is not None and before.parent == sessions_folder():
            self.background.run(partial(delete_project, before), _nothing, _nothing)
        elif before is not None:
            self.recent.note_closed(before)
        self._note_named(path)
        self.queue = self.queue if self.queue.place(path) else Queue()
        self._asked = path
        if self._problem is not None:
            self.unsay.emit(self._problem)
            self._problem = None
        self.noted.emit("")
        self.say.emit(Message(MessageKind.SUCCESS, self.tr("Saved as {path}").format(path=path)))
        self.changed.emit()

    def _say_not_saved(self, path: Path, error: DesktopOcrError) -> None:
        self.noted.emit("")
        again = self.tr("Choose another name…")
        text, act = error_text(error), self.save_as_wanted.emit
        self.say.emit(Message(MessageKind.ERROR, text, path.name, again, act, str(path)))

    def _note_named(self, path: Path) -> None:
        self.recent.add(path)
        self.recent.note_open(path)

    # --- opening ----------------------------------------------------------------------------

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
            self.say.emit(Message(MessageKind.NOTE, text))
        self.open(projects[0])

    def open(self, path: Path) -> None:
        """Open a project in place of what is open now, which is kept."""
        self._asked = path
        if path == self.path:
            self.noted.emit(self.tr("This project is open already."))
            self.changed.emit()
            return
        self.noted.emit(self.tr("Opening {name}…").format(name=path.name))
        self.background.run(
            partial(open_project, path), self._show, partial(self._cannot_open, path)
        )

    def step(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) document of the queue; this one is kept."""
        path = self.queue.step(self._asked, direction)
        if path is not None:
            self.open(path)
        elif direction > 0:
            self.noted.emit(self.tr("This is the last document of the queue."))
        else:
            self.noted.emit(self.tr("This is the first document of the queue."))

    def _find_finished(self, paths: Sequence[Path]) -> None:
        def take(found: Iterable[Path]) -> None:
            for path in found:
                self.queue.mark(path, finished=True)
            self.changed.emit()

        self.background.run(partial(find_finished, paths), take, _nothing)

    def _show(self, opened: Opened) -> None:
        self._leave()
        self._number += 1
        self._reopened = True
        self._document.replace_document(opened.document)
        self.keeper.go_on(opened.project)
        if self.is_named:
            self._note_named(opened.project.path)
        self.noted.emit("")
        self.shown.emit(opened)
        self._say_crashed(opened)
        self._go_on_reading(opened)
        self.changed.emit()

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
        text = self.tr("The program ended unexpectedly the last time. Your work is here.")
        if opened.draft is not None:
            text += " " + self.tr(
                "The line that was being typed on page {page}, line {line} may be incomplete."
            ).format(page=opened.draft[0], line=opened.draft[1])
        self.say.emit(Message(MessageKind.OFFER, text, self.name))

    def _cannot_open(self, path: Path, error: DesktopOcrError) -> None:
        self.noted.emit("")
        self.changed.emit()
        if isinstance(error, ProjectReadOnlyError):
            self.background.run(
                partial(_open_copy, path, datetime.now().astimezone()),
                partial(self._show_copy, path),
                partial(self._say_unopened, path),
            )
            return
        self._say_unopened(path, error)

    def _say_unopened(self, path: Path, error: DesktopOcrError) -> None:
        action, act = self.tr("Try again"), partial(self.open, path)
        if isinstance(error, ProjectDamagedError):
            action, act = self.tr("Rescue what is readable"), partial(self.rescue, path)
        self.say.emit(
            Message(MessageKind.ERROR, error_text(error), path.name, action, act, str(path))
        )

    def _show_copy(self, path: Path, opened: Opened) -> None:
        self._show(opened)
        text = self.tr("It lies where nothing may be written: you work on a copy without a name.")
        action, act = self.tr("Save as…"), self.save_as_wanted.emit
        self.say.emit(Message(MessageKind.OFFER, text, path.name, action, act, str(path)))

    def rescue(self, path: Path) -> None:
        """Copy what is readable of a damaged project into a new one, and open that."""
        self.noted.emit(self.tr("Rescuing what is readable…"))
        name = self.tr("{name} (rescued)").format(name=path.stem)

        def show(result: tuple[Path, Salvage]) -> None:
            target, found = result
            text = self.tr("Rescued: {lines} on {pages}. Lost: {lost}.").format(
                lines=self.tr("%n line(s)", "", found.lines),
                pages=self.tr("%n page(s)", "", found.pages),
                lost=self.tr("%n line(s)", "", found.lost),
            )
            self.say.emit(Message(MessageKind.NOTE, text, path.name, detail=str(path)))
            self.open(target)

        failed = partial(self._say_unrescued, path)
        self.background.run(partial(_salvaged, path, name), show, failed)

    def _say_unrescued(self, path: Path, error: DesktopOcrError) -> None:
        self.noted.emit("")
        text = self.tr("Nothing in the file could be read: take a backup of it.")
        if not isinstance(error, ProjectDamagedError):
            text = error_text(error)
        self.say.emit(Message(MessageKind.ERROR, text, path.name, detail=str(path)))

    # --- leaving ----------------------------------------------------------------------------

    def new(self) -> None:
        """Leave what is open, which is kept, for an empty window."""
        self.queue, self._asked = Queue(), None
        self._leave()
        self._number += 1
        self._reopened = False
        self._document.replace_document(OpenedDocument())
        self.changed.emit()

    def _leave(self) -> None:
        """Let go of the project; what is left to write is written in the background."""
        self._document.commit_pending.emit()
        self._again.stop()
        self._view.stop()
        if self._problem is not None:
            self.unsay.emit(self._problem)
            self._problem = None
        path = self.path
        if path is None:
            return
        self._note_view()
        self._mark_finished(path)
        named = self.is_named
        keep = named or Work.of(self.keeper.options).is_open
        finish = self.keeper.release()
        if named:
            self.recent.note_closed(path)
        elif keep:
            text, go_on = self.tr("Your work without a name was kept."), self.tr("Go back to it")
            back = partial(self.open_found, [path])
            self.say.emit(Message(MessageKind.NOTE, text, action=go_on, on_action=back))
        self.background.run(
            partial(_finish, finish, None if keep else path), self._after_leaving, _nothing
        )

    def _after_leaving(self, done: bool) -> None:
        if not done:
            text = self.tr("The work that was open before could not be saved anywhere.")
            self.say.emit(Message(MessageKind.ERROR, text))
        self.left.emit()

    def _mark_finished(self, path: Path) -> None:
        counts, pages = self._document.document_counts(), self._document.document.pages
        signed = bool(pages) and all(page.sign_off is not None for page in pages)
        reviewed = bool(counts.lines) and counts.reviewed == counts.lines
        self.queue.mark(path, finished=signed or reviewed)

    def close(self, *, anyway: bool = False) -> bool:
        """Leave the project for good, waiting for the disk; safe to call twice.

        Args:
            anyway: Where nothing can be written anywhere, too.

        Returns:
            False where work would be lost; the project stays open then.
        """
        self._document.commit_pending.emit()
        self.background.drain()
        if not (self.keeper.secure() and self._is_kept()) and not anyway:
            text = self.tr("Your latest work cannot be saved anywhere: free some space first.")
            self._set_problem(text)
            return False
        self._leave()
        self.background.close()
        return True

    def _is_kept(self) -> bool:
        """Say whether a project holds the document, where a person did something in it."""
        wanted = self._document.document.pages and Work.of(self.keeper.options).is_open
        return not wanted or self.keeper.project is not None

    @Slot()
    def _note_view(self) -> None:
        page, line = self._document.current_page, self._document.current_line
        if page is not None:
            view = {
                "page": page.id,
                "line": "" if line is None else line.id,
                "zoom": self.zoom(),
            }
            reading = {"model": self._engine.model_id, **asdict(self._engine.options)}
            options: dict[str, object] = {VIEW: view, "reading": reading}
            effort = self.effort()
            if effort or EFFORT in self.keeper.options:
                options[EFFORT] = dict(effort)
            self.keeper.set_options(**options)

    # --- messages ---------------------------------------------------------------------------

    @Slot(object, object)
    def _say_failed(self, error: DesktopOcrError, rescue: Path | None) -> None:
        if self.keeper.saving is not Saving.FAILING:
            return  # it works again already
        if rescue is None:
            text = self.tr("{reason} Your work goes on in memory only.")
        else:
            text = self.tr("{reason} Your work goes on; a rescue copy is kept in {path}")
        self._set_problem(text.format(reason=error_text(error), path=rescue))

    def _set_problem(self, text: str) -> None:
        if self._problem is not None:
            self.unsay.emit(self._problem)
        action, act = self.tr("Save as…"), self.save_as_wanted.emit
        self._problem = Message(MessageKind.ERROR, text, self.name, action, act)
        self.say.emit(self._problem)
        self.changed.emit()

    @Slot()
    def _say_recovered(self) -> None:
        if self._problem is not None:
            self.unsay.emit(self._problem)
            self._problem = None
        self.say.emit(Message(MessageKind.SUCCESS, self.tr("Everything is saved again.")))
        self.changed.emit()


def _new_session(now: datetime) -> Project:
    folder = sessions_folder()
    try:
        path = new_session(folder, now)
    except OSError as error:
        raise OutputFolderError(folder) from error
    return Project.create(path, pictures=Pictures.REFERENCED)


def _drop(project: Project) -> None:
    project.close()
    delete_project(project.path)


def _finish(finish: Callable[[], bool], unwanted: Path | None) -> bool:
    done = finish()
    if unwanted is not None:
        delete_project(unwanted)
    return done


def _open_copy(path: Path, now: datetime) -> Opened:
    original = Project.open(path, read_only=True)
    try:
        return look_into(original.save_as(new_session(sessions_folder(), now)))
    finally:
        original.close()


def _salvaged(path: Path, name: str) -> tuple[Path, Salvage]:
    """Salvage a project beside it, or among the sessions where nothing may be written there."""
    target = path.with_name(f"{name}{SUFFIX}")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{name} {number}{SUFFIX}")
    try:
        return target, salvage(path, target)
    except OutputFolderError:
        target = new_session(sessions_folder(), datetime.now().astimezone())
        return target, salvage(path, target)


def _nothing(_result: object) -> None:
    """What is tried and needs no answer."""
