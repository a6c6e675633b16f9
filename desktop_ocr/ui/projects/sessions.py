"""Work without a name: each window keeps it in a project file of the user's own folder."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desktop_ocr.document.model import new_id
from desktop_ocr.errors import DesktopOcrError, ProjectDamagedError
from desktop_ocr.paths import user_folder
from desktop_ocr.project import SUFFIX, Project

WORK = "session"
"""The member of a project's options that tells about a session, see :class:`Work`."""

_JUST_BEGUN = timedelta(minutes=1)
"""A session may be this young and not held by its window yet."""

_UNNAMED = re.compile(r"\d{8}-\d{6}-")
"""How the names of new sessions begin, see :func:`new_session`."""

_RESCUE_STAMP = re.compile(r" \d{4}-\d\d-\d\d \d\d-\d\d-\d\d( \(\d+\))?$")
"""What a rescue puts after the name of its project, see ``Writer.rescue``."""

_SIDE_FILES = ("-wal", "-shm", "-journal")


def sessions_folder() -> Path:
    """Return the folder of unnamed work; it may not exist yet."""
    return user_folder() / "sessions"


def new_session(folder: Path, now: datetime) -> Path:
    """Return a file for new work, and make its folder.

    Raises:
        OSError: If the folder cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # it holds what patients told
    return folder / f"{now:%Y%m%d-%H%M%S}-{new_id()[:6]}{SUFFIX}"


def given_name(path: Path) -> str:
    """Return the name of the project of which a session is the rescue; "" for work without one."""
    stem = _RESCUE_STAMP.sub("", path.stem)
    return "" if _UNNAMED.match(stem) else stem


@dataclass(frozen=True, slots=True)
class Work:
    """Whether a person did something in a session that is nowhere else.

    Attributes:
        done: A person corrected or confirmed something, or pasted a picture.
        exported: All of it was exported since.
    """

    done: bool = False
    exported: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something would be lost with the session."""
        return self.done and not self.exported

    def to_options(self) -> dict[str, bool]:
        """Return the form in a project's options."""
        return {"done": self.done, "exported": self.exported}

    @staticmethod
    def of(options: Mapping[str, Any]) -> Work:
        """Return what a project's options say; where they say nothing, nobody worked."""
        found = options.get(WORK)
        if not isinstance(found, Mapping):
            return Work()
        return Work(bool(found.get("done")), bool(found.get("exported")))


@dataclass(frozen=True, slots=True)
class Session:
    """Work of an earlier run that was neither saved under a name nor exported.

    Attributes:
        path: Its file.
        at: When something was stored in it last.
        name: Of the project that it is the rescue of, else of the file of its first page; ""
            where that is not known.
        pages: Number of pages.
        lines: Number of lines.
        reviewed: Number of lines that a person has dealt with.
        crashed: The program ended without closing it.
        draft: Numbers of page and line (from 1) that were being typed then; None for none.
        damaged: It cannot be opened as it is.
    """

    path: Path
    at: datetime
    name: str = ""
    pages: int = 0
    lines: int = 0
    reviewed: int = 0
    crashed: bool = False
    draft: tuple[int, int] | None = None
    damaged: bool = False


def find_sessions(folder: Path, own: Path | None = None) -> list[Session]:
    """Return the sessions with work that is nowhere else, newest first.

    Sessions that are open in a window are left out; those in which nobody worked are deleted,
    for a program that crashed before anything was done leaves them.

    Args:
        folder: Where they are.
        own: The session of the window that asks; None where it has none.
    """
    found = [look_at(path) for path in sorted(folder.glob(f"*{SUFFIX}")) if path != own]
    return sorted((s for s in found if s is not None), key=lambda s: s.at, reverse=True)


def look_at(path: Path) -> Session | None:
    """Return what a session holds; None where it is open elsewhere or not worth keeping."""
    try:
        at = datetime.fromtimestamp(_changed(path)).astimezone()
        project = Project.open(path, read_only=True)
    except ProjectDamagedError:
        return Session(path, at, given_name(path), damaged=True)
    except (DesktopOcrError, OSError):
        return None
    try:
        options = project.options
        # A crash may come between what a person did and the note of it.
        done = WORK not in options and next(project.history(), None) is not None
        if not (done or Work.of(options).is_open):
            project.close()
            if datetime.now().astimezone() - at > _JUST_BEGUN:
                delete_project(path)
            return None
        facts, pages = project.facts(), project.document().pages
        return Session(
            path,
            at,
            given_name(path) or (pages[0].file if pages else ""),
            len(facts),
            sum(f.lines for f in facts.values()),
            sum(f.reviewed + f.illegible for f in facts.values()),
            not project.was_closed,
            draft_place(project),
        )
    except ProjectDamagedError:
        return Session(path, at, given_name(path), damaged=True)
    except DesktopOcrError:
        return None
    finally:
        project.close()


def draft_place(project: Project) -> tuple[int, int] | None:
    """Return the numbers (from 1) of page and line that were being typed at a crash."""
    draft = project.draft
    if draft is None or project.was_closed:
        return None
    for number, page in enumerate(project.document().pages, 1):
        if page.id == draft.page_id:
            ids = [line.id for line in page.lines]
            return (number, ids.index(draft.line_id) + 1) if draft.line_id in ids else None
    return None


def delete_project(path: Path) -> None:
    """Delete a project with what SQLite keeps beside it; what cannot be deleted stays."""
    for side in ("", *_SIDE_FILES):
        with contextlib.suppress(OSError):
            path.with_name(path.name + side).unlink()


def _changed(path: Path) -> float:
    """Return when a project was written last (seconds since 1970)."""
    times = [path.stat().st_mtime]
    with contextlib.suppress(OSError):
        times.append(path.with_name(f"{path.name}-wal").stat().st_mtime)
    return max(times)
