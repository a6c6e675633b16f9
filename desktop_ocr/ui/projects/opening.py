"""What the window needs of a project to show it at once; made outside of its thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from desktop_ocr.document.model import Page
from desktop_ocr.errors import OutputFolderError
from desktop_ocr.project import (
    SUFFIX,
    PageFacts,
    Project,
    Salvage,
    SetOptions,
    Writer,
    salvage,
)
from desktop_ocr.ui.document_state import OpenedDocument, PageState
from desktop_ocr.ui.page_counts import Tally
from desktop_ocr.ui.page_store import PageSource
from desktop_ocr.ui.projects.sessions import (
    WORK,
    Work,
    draft_place,
    new_session,
    sessions_folder,
)

VIEW = "view"
"""The member of a project's options that tells what was looked at last."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A project that was opened.

    Attributes:
        project: The project.
        document: Its pages as the window shows them.
        zoom: How the page was looked at last, as the page view says it; "" where not known.
        read: Pages that were read.
        unread: Pages that are still to be read.
        draft: Numbers of page and line (from 1) that were being typed when the program crashed.
    """

    project: Project
    document: OpenedDocument
    zoom: str
    read: tuple[str, ...]
    unread: tuple[str, ...]
    draft: tuple[int, int] | None


def open_project(path: Path) -> Opened:
    """Open a project.

    Raises:
        DesktopOcrError: As :meth:`desktop_ocr.project.Project.open`.
    """
    project = Project.open(path)
    try:
        return look_into(project)
    except BaseException:
        project.close()
        raise


def look_into(project: Project) -> Opened:
    """Gather what the window needs of a project that is open."""
    document, facts = project.document(), project.facts()
    states = {page_id: _state(found) for page_id, found in facts.items()}
    view = _mapping(project.options.get(VIEW))
    page, line = str(view.get("page", "")), str(view.get("line", ""))
    if project.draft is not None:  # where the program crashed
        page, line = project.draft.page_id, project.draft.line_id
    for shown in [p for p in document.pages if p.id == page] or document.pages[:1]:
        len(shown.lines)  # loaded here, and not while the window is painted
    thumbnails = {page.id: project.thumbnail(page.id) for page in document.pages}
    opened = OpenedDocument(
        document,
        states,
        {page_id: found.message for page_id, found in facts.items() if found.message},
        {page_id: _tally(found) for page_id, found in facts.items()},
        {page.id: source_of(project, page) for page in document.pages},
        {page_id: data for page_id, data in thumbnails.items() if data is not None},
        page,
        line,
    )
    waiting = tuple(i for i, state in states.items() if state is PageState.WAITING)
    return Opened(
        project,
        opened,
        str(view.get("zoom", "")),
        tuple(i for i, state in states.items() if state is PageState.DONE),
        waiting,
        draft_place(project),
    )


def source_of(project: Project, page: Page) -> PageSource:
    """Return where a page of a project is loaded from."""
    return PageSource(None, page.page, partial(project.picture, page.id), page.file)


def _state(facts: PageFacts) -> PageState:
    try:
        state = PageState(facts.state)
    except ValueError:
        return PageState.DONE if facts.lines else PageState.WAITING
    # Nobody reads it any more: the program ended in the middle.
    return PageState.WAITING if state is PageState.READING else state


def _tally(facts: PageFacts) -> Tally:
    return Tally(facts.lines, facts.read, facts.reviewed + facts.illegible, facts.doubts)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def open_copy(path: Path, now: datetime) -> Opened:
    """Open a copy, among the sessions, of a project that lies where nothing may be written.

    Raises:
        DesktopOcrError: As :func:`open_project`.
    """
    original = Project.open(path, read_only=True)
    try:
        return look_into(original.save_as(new_session(sessions_folder(), now)))
    finally:
        original.close()


def salvaged(path: Path, name: str) -> tuple[Path, Salvage]:
    """Salvage a project beside it, or among the sessions where nothing may be written there."""
    target = path.with_name(f"{name}{SUFFIX}")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{name} {number}{SUFFIX}")
    try:
        found = salvage(path, target)
    except OutputFolderError:
        target = new_session(sessions_folder(), datetime.now().astimezone())
        found = salvage(path, target)
    if target.parent == sessions_folder():
        _note_as_work(target)
    return target, found


def _note_as_work(path: Path) -> None:
    """Note that a session holds somebody's work, so that nothing deletes it."""
    project = Project.open(path)
    writer = Writer(project)
    writer.put(SetOptions({**project.options, WORK: Work(done=True).to_options()}))
    writer.close()
    project.close()
