"""What can be gone on with: unnamed work of earlier runs, and projects that were open lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QObject, QTimer, Signal

from desktop_ocr.errors import DesktopOcrError, FileNotReadableError
from desktop_ocr.project import Project
from desktop_ocr.ui.i18n import sentences
from desktop_ocr.ui.message_bar import GONE_AFTER_MS, Message, MessageKind, spoken
from desktop_ocr.ui.projects.projects import Projects
from desktop_ocr.ui.projects.sessions import (
    Session,
    delete_project,
    find_sessions,
    sessions_folder,
)


@dataclass(frozen=True, slots=True)
class Recent:
    """A project that was open lately.

    Attributes:
        path: Its file.
        is_there: Whether the file can be seen now.
    """

    path: Path
    is_there: bool


class Offers(QObject):
    """Looks for them outside of the window's thread.

    Attributes:
        sessions: Unnamed work, newest first.
        recent: Projects, newest first.

    Signals:
        changed: Something came or went.
    """

    changed = Signal()

    def __init__(self, projects: Projects, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._projects = projects
        self.sessions: tuple[Session, ...] = ()
        self.recent: tuple[Recent, ...] = ()
        self._deleted: set[Path] = set()
        self._told: set[Path] = set()
        self._crashed: dict[Path, Message] = {}  # rows of projects
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        projects.left.connect(self.refresh)
        projects.shown.connect(self.refresh)
        projects.shown.connect(self._drop_opened)

    def refresh(self, *_shown: object) -> None:
        """Look again; several requests at a time are one."""
        self._soon.start()

    def start(self) -> None:
        """Look for the first time, also for projects that were open when the program crashed."""
        self.refresh()
        left = self._projects.recent.left_open()
        if left:
            look = partial(_crashed, left)
            self._projects.background.run(look, self._offer_crashed, _nothing)

    def _look(self) -> None:
        own, paths = self._projects.path, self._projects.recent.paths()
        self._projects.background.run(partial(_found, own, paths), self._take, _nothing)

    def _take(self, found: tuple[Sequence[Session], Sequence[Recent]]) -> None:
        sessions, recent = found
        self.sessions = tuple(s for s in sessions if s.path not in self._deleted)
        self.recent = tuple(r for r in recent if r.path != self._projects.path)
        if self._projects.has_document:  # else the welcome page offers them
            for session in reversed(self.sessions):  # the newest row is on top
                if session.path not in self._told | self._projects.left_here:
                    self._told.add(session.path)
                    self._offer(session)
        self.changed.emit()

    # --- unnamed work -----------------------------------------------------------------------

    def sentence(self, session: Session) -> str:
        """Return what unnamed work is, and what may be lost of it."""
        locale = QLocale()
        form = self.tr("d MMM HH:mm", "day and time of unsaved work")
        at = locale.toString(QDateTime.fromSecsSinceEpoch(round(session.at.timestamp())), form)
        if session.damaged:
            return self.tr("Unsaved work from {at}: its file is damaged.").format(at=at)
        text = self.tr("Unsaved work from {at}: {pages}, {reviewed}.").format(
            at=at,
            pages=self.tr("%n page(s)", "", session.pages),
            reviewed=self.tr("{reviewed} of %n line(s) reviewed", "", session.lines).format(
                reviewed=locale.toString(session.reviewed)
            ),
        )
        if session.draft is not None:
            draft = self.tr(
                "The line that was being typed on page {page}, line {line} may be incomplete."
            ).format(page=session.draft[0], line=session.draft[1])
            return sentences(text, draft)
        return text

    def label(self, session: Session) -> str:
        """Return the name of unnamed work, and what it is."""
        sentence = self.sentence(session)
        return f"{session.name}  ·  {sentence}" if session.name else sentence

    def _offer(self, session: Session) -> None:
        self._projects.say.emit(spoken(partial(self._session_row, session)))

    def _session_row(self, session: Session) -> Message:
        go_on = self.tr("Rescue what is readable") if session.damaged else self.tr("Continue")
        return Message(
            MessageKind.ERROR if session.damaged else MessageKind.OFFER,
            self.sentence(session),
            session.name,
            action=go_on,
            on_action=partial(self.go_on, session),
            other=self.tr("Delete"),
            on_other=partial(self.delete, session),
        )

    def go_on(self, session: Session) -> None:
        """Open unnamed work; of a damaged file what is readable."""
        if session.damaged:
            self._projects.opener.rescue(session.path)
        else:
            self._projects.opener.open_found([session.path])

    def delete(self, session: Session) -> None:
        """Delete unnamed work, after a while in which that can be taken back."""
        self._deleted.add(session.path)
        self.sessions = tuple(s for s in self.sessions if s.path != session.path)

        def make() -> Message:
            text, again = self.tr("The unsaved work was deleted."), self.tr("Bring it back")
            back = partial(self._bring_back, session)
            return Message(MessageKind.NOTE, text, action=again, on_action=back)

        self._projects.say.emit(spoken(make))
        soon = QTimer(self, singleShot=True, interval=GONE_AFTER_MS)
        soon.timeout.connect(partial(self._delete_now, session.path))
        soon.start()
        self.changed.emit()

    def _bring_back(self, session: Session) -> None:
        self._deleted.discard(session.path)
        self.refresh()

    def _delete_now(self, path: Path) -> None:
        if path in self._deleted:
            self._projects.background.run(partial(delete_project, path), _nothing, _nothing)

    def close(self) -> None:
        """Delete what was deleted a moment ago: nobody can take it back any more."""
        for path in self._deleted:
            delete_project(path)

    # --- projects ---------------------------------------------------------------------------

    def forget(self) -> None:
        """Forget which projects were open lately."""
        self._projects.recent.forget()
        self.recent = ()
        self.changed.emit()

    def _offer_crashed(self, found: tuple[Sequence[Path], Sequence[Path]]) -> None:
        crashed, closed = found
        for path in closed:
            self._projects.recent.note_closed(path)
        for path in crashed:
            if path != self._projects.path:
                self._crashed[path] = row = spoken(partial(self._crashed_row, path))
                self._projects.say.emit(row)

    def _drop_opened(self, _shown: object) -> None:
        """Offer no more what was opened by other ways."""
        row = None if self._projects.path is None else self._crashed.pop(self._projects.path, None)
        if row is not None:
            self._projects.unsay.emit(row)

    def _crashed_row(self, path: Path) -> Message:
        return Message(
            MessageKind.OFFER,
            self.tr("The program ended unexpectedly while this project was open."),
            path.name,
            self.tr("Continue"),
            partial(self._projects.opener.open_found, [path]),
            str(path),
        )


def _found(own: Path | None, paths: Sequence[Path]) -> tuple[list[Session], list[Recent]]:
    return find_sessions(sessions_folder(), own), [Recent(p, _is_there(p)) for p in paths]


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a drive that is gone
        return False


def _crashed(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return projects that a program left without closing them, and those that nobody has open.

    What another window has open is in neither list.
    """
    crashed: list[Path] = []
    closed: list[Path] = []
    for path in paths:
        try:
            project = Project.open(path, read_only=True)
        except FileNotReadableError:
            closed.append(path)
            continue
        except DesktopOcrError:
            continue
        (closed if project.was_closed else crashed).append(path)
        project.close()
    return crashed, closed


def _nothing(_result: object) -> None:
    """What is tried and needs no answer."""
