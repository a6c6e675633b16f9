"""The project behind the window: begun by itself, named, opened, changed for another, closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop_ocr.errors import (
    DesktopOcrError,
    OutputFolderError,
)
from desktop_ocr.project import (
    Pictures,
    Project,
)
from desktop_ocr.ui.changes import Change
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.document_state import OpenedDocument
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.message_bar import Message, MessageKind, spoken
from desktop_ocr.ui.projects.background import Background
from desktop_ocr.ui.projects.keeper import Keeper, Saving
from desktop_ocr.ui.projects.opener import Opener
from desktop_ocr.ui.projects.opening import VIEW, Opened
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
        opener: Opens projects.
        left_here: Sessions with work that this window left, which it said.
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
        # Before the keeper: that somebody worked is on the disk before the work is.
        document.changed.connect(self._follow_document)
        self.background = Background(self)
        self.keeper = Keeper(document, self.background, self)
        self.recent = RecentProjects(settings)
        self.opener = Opener(self, document, engine)
        self.zoom: Callable[[], str] = str
        self.effort: Callable[[], Mapping[str, object]] = dict
        self.left_here: set[Path] = set()
        self._next_name: Callable[[], None] | None = None
        self._beginning = False
        self._number = 0  # of the document, for what comes back late
        self._reopened = False
        self._problem: Message | None = None
        self._view = QTimer(self, singleShot=True, interval=_VIEW_MS)
        self._view.timeout.connect(self._note_view)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._begin)
        document.current_page_changed.connect(self._view.start)
        document.all_exported.connect(self._note_export)
        self.keeper.saving_changed.connect(self.changed)
        self.keeper.failed.connect(self._say_failed)
        self.keeper.recovered.connect(self._say_recovered)

    # --- what is open -----------------------------------------------------------------------

    @property
    def path(self) -> Path | None:
        """The file of the project that is open, None where there is none."""
        return None if self.keeper.project is None else self.keeper.project.path

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
        parts = (states[self.keeper.saving], self.opener.sentence())
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

    def note_marks(self, **marks: object) -> None:
        """Note beside the pages what a person marked; that is work to be kept."""
        self.keeper.set_options(**marks)
        self._note_work(Work(done=True))

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
            self._set_problem(
                lambda: self.tr("Your work cannot be saved by itself. {reason}").format(
                    reason=error_text(error)
                )
            )

    # --- saving under a name ----------------------------------------------------------------

    def save(self, *, commit: bool = True) -> None:
        """Say that a named project is saved, for it saves itself; ask for a name otherwise.

        Args:
            commit: Take in what is being typed; not while an input method composes.
        """
        if commit:
            self._document.commit_pending.emit()
        if not self.is_named:
            self.save_as_wanted.emit()
        elif self.keeper.saving is not Saving.FAILING:
            self._note_view()
            self.noted.emit(self.tr("Saved. Every change is saved by itself."))

    def save_as(self, path: Path, pictures: Pictures, *, overwrite: bool = False) -> None:
        """Save under a name and go on there; the window works on meanwhile.

        Args:
            path: The file.
            pictures: Whether the pictures lie inside of it.
            overwrite: A file that stands there may be replaced.
        """
        if path == self.path:
            self.save()
            return
        self._document.commit_pending.emit()
        self.noted.emit(self.tr("Saving as {name}…").format(name=path.name))
        if self.keeper.is_copying:  # to the name that was chosen before
            self._next_name = partial(self.save_as, path, pictures, overwrite=overwrite)
            return
        failed = partial(self._say_not_saved, path)
        if self.keeper.project is not None:
            self._note_view()
            done = partial(self._end_save_as, self.path, path)
            self.keeper.copy_to(path, pictures, done, failed, overwrite=overwrite)
            return

        def begin(project: Project) -> None:
            if self.keeper.project is None:
                self.keeper.begin(project)
                self._end_save_as(None, path)
            else:  # the work got its own file in the meantime
                again = partial(self.save_as, path, pictures, overwrite=overwrite)
                self.background.run(partial(_drop, project), lambda _: again(), failed)

        create = partial(Project.create, path, pictures=pictures, overwrite=overwrite)
        self.background.run(create, begin, failed)

    def _end_save_as(self, before: Path | None, path: Path, _left: object = None) -> None:
        if before is not None and before.parent == sessions_folder():
            self.background.run(partial(delete_project, before), _nothing, _nothing)
        elif before is not None:
            self.recent.note_closed(before)
        if path == self.path:  # and nothing else was opened in the meantime
            self._note_named(path)
            self.opener.forget(path)
            if self._problem is not None:
                self.unsay.emit(self._problem)
                self._problem = None
            self.noted.emit("")
        else:
            self.recent.add(path)
        self.say.emit(Message(MessageKind.SUCCESS, self.tr("Saved as {path}").format(path=path)))
        self.left.emit()
        self.changed.emit()
        self._save_as_next()

    def _say_not_saved(self, path: Path, error: DesktopOcrError) -> None:
        self.noted.emit("")

        def make() -> Message:
            again = self.tr("Choose another name…")
            text, act = error_text(error), self.save_as_wanted.emit
            return Message(MessageKind.ERROR, text, path.name, again, act, str(path))

        self.say.emit(spoken(make))
        self._save_as_next()

    def _save_as_next(self) -> None:
        """Save under the name that was chosen while the last one was being written."""
        wanted, self._next_name = self._next_name, None
        if wanted is not None:
            wanted()

    def _note_named(self, path: Path) -> None:
        self.recent.add(path)
        self.recent.note_open(path)

    # --- another document -----------------------------------------------------------------

    def show_document(self, opened: Opened) -> bool:
        """Show a project in place of what is open, which is kept.

        Returns:
            False where what is open would be lost; it stays then.
        """
        self.noted.emit("")
        if not self._may_leave(wait=self.keeper.saving is Saving.FAILING):
            self.background.run(opened.project.close, _nothing, _nothing)
            return False
        self._leave()
        self._number += 1
        self._reopened = True
        self._document.replace_document(opened.document)
        self.keeper.go_on(opened.project)
        if self.is_named:
            self._note_named(opened.project.path)
        self.shown.emit(opened)
        return True

    # --- leaving ----------------------------------------------------------------------------

    def new(self) -> None:
        """Leave what is open, which is kept, for an empty window."""
        self._document.commit_pending.emit()
        if self._beginning:
            self.background.drain()
        if self.keeper.is_copying:  # what is done meanwhile goes into the new file first
            self.background.run(lambda: None, lambda _: self.new(), _nothing)
            return
        if not self._may_leave(wait=self.keeper.saving is Saving.FAILING):
            return
        self.noted.emit("")
        self.opener.forget()
        self._leave()
        self._number += 1
        self._reopened = False
        self._document.replace_document(OpenedDocument())
        self.changed.emit()

    def _may_leave(self, *, wait: bool) -> bool:
        """Say whether nothing would be lost; where it would, a row tells.

        Args:
            wait: Until everything is on the disk.
        """
        self._document.commit_pending.emit()
        if (not wait or self.keeper.secure()) and self._is_kept():
            return True
        self._set_problem(
            lambda: self.tr("Your latest work cannot be saved anywhere: free some space first.")
        )
        return False

    def _leave(self) -> None:
        """Let go of the project; what is left to write is written in the background."""
        self._document.commit_pending.emit()
        self._again.stop()
        self._view.stop()
        if self._problem is not None:
            self.unsay.emit(self._problem)
            self._problem = None
        path, self._next_name = self.path, None
        if path is None:
            return
        self._note_view()
        self.opener.mark_finished(path)
        named = self.is_named
        keep = named or Work.of(self.keeper.options).is_open
        finish = self.keeper.release()
        if named:
            self.recent.note_closed(path)
        elif keep:
            self.left_here.add(path)
            self.say.emit(spoken(partial(self._kept, path)))
        self.background.run(
            partial(_finish, finish, None if keep else path), self._after_leaving, _nothing
        )

    def _kept(self, path: Path) -> Message:
        text, go_on = self.tr("Your work without a name was kept."), self.tr("Go back to it")
        back = partial(self.opener.open_found, [path])
        return Message(MessageKind.NOTE, text, action=go_on, on_action=back)

    def _after_leaving(self, done: bool) -> None:
        if not done:
            self.say.emit(spoken(self._lost))
        self.left.emit()

    def _lost(self) -> Message:
        text = self.tr("The work that was open before could not be saved anywhere.")
        return Message(MessageKind.ERROR, text)

    def close(self, *, anyway: bool = False) -> bool:
        """Leave the project for good, waiting for the disk; safe to call twice.

        Args:
            anyway: Where nothing can be written anywhere, too.

        Returns:
            False where work would be lost; the project stays open then.
        """
        self._document.commit_pending.emit()
        self.background.drain()
        if not self._may_leave(wait=True) and not anyway:
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

        def sentence() -> str:
            if rescue is None:
                text = self.tr("{reason} Your work goes on in memory only.")
            else:
                text = self.tr("{reason} Your work goes on; a rescue copy is kept in {path}")
            return text.format(reason=error_text(error), path=rescue)

        self._set_problem(sentence)

    def _set_problem(self, sentence: Callable[[], str]) -> None:
        if self._problem is not None:
            self.unsay.emit(self._problem)

        def make() -> Message:
            action, act = self.tr("Save as…"), self.save_as_wanted.emit
            return Message(MessageKind.ERROR, sentence(), self.name, action, act)

        self._problem = spoken(make)
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


def _nothing(_result: object) -> None:
    """What is tried and needs no answer."""
