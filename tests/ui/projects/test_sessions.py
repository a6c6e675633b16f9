"""Which unnamed work is worth offering."""

from __future__ import annotations

import os
import stat
import time
from datetime import datetime

import pytest

from desktop_ocr.project import (
    HistoryEntry,
    PageFields,
    Pictures,
    Project,
    PutPage,
    SetDraft,
    SetOptions,
    Writer,
)
from desktop_ocr.ui.projects.sessions import (
    WORK,
    Work,
    find_sessions,
    new_session,
    sessions_folder,
)
from tests.ui.documents import standard_lines

ENTRY = HistoryEntry("2026-11-20T17:40:00.000+08:00", "王", "edit text", "p", "line1", "a", "b")


@pytest.fixture
def session():
    """Make a session that was written some minutes ago."""

    def make(*changes, closed=True):
        path = new_session(sessions_folder(), datetime.now().astimezone())
        project = Project.create(path, pictures=Pictures.REFERENCED)
        writer = Writer(project)
        for change in changes:
            writer.put(change)
        writer.close()
        if closed:
            project.close()
        then = time.time() - 300
        for part in sessions_folder().glob(f"{path.name}*"):
            os.utime(part, (then, then))
        return path, project

    return make


def page(*entries):
    from desktop_ocr.document.model import Page

    fields = PageFields.of(Page("p", "a.png", 1, 1000, 1400))
    return PutPage("p", 0, fields, standard_lines(), "done", entries=entries)


def test_what_nobody_worked_in_goes(session):
    path, _project = session(page())
    assert find_sessions(sessions_folder()) == []
    assert not path.exists()
    assert list(sessions_folder().iterdir()) == []


def test_work_stays_until_it_was_exported(session):
    options = {WORK: Work(done=True).to_options()}
    path, _project = session(page(), SetOptions(options))
    (found,) = find_sessions(sessions_folder())
    assert (found.path, found.pages, found.lines, found.crashed) == (path, 1, 5, False)
    assert found.name == "a.png"
    assert find_sessions(sessions_folder(), own=path) == []
    exported, _project = session(
        page(), SetOptions({WORK: Work(done=True, exported=True).to_options()})
    )
    assert [s.path for s in find_sessions(sessions_folder())] == [path]
    assert not exported.exists()


def test_a_change_without_the_note_that_somebody_worked_counts(session):
    path, _project = session(page(ENTRY))
    assert [s.path for s in find_sessions(sessions_folder())] == [path]


def test_an_open_session_is_left_alone(session):
    path, project = session(page(), SetDraft("p", "line2"), closed=False)
    assert find_sessions(sessions_folder()) == []
    assert path.exists()
    project.close()


@pytest.mark.skipif(os.name == "nt", reason="rights of another kind")
def test_nobody_else_may_look_into_the_folder(session):
    session(page())
    assert stat.S_IMODE(sessions_folder().stat().st_mode) == 0o700


@pytest.mark.parametrize("value", [None, 7, [], {"done": 0}, {"other": True}])
def test_nonsense_in_the_options_is_no_work(value):
    assert not Work.of({WORK: value}).is_open
