"""After a crash: a real process of the program is killed in the middle of review."""

from __future__ import annotations

import os
import subprocess
import sys

from PySide6.QtWidgets import QPushButton

from desktop_ocr.document.model import LineStatus
from desktop_ocr.paths import resource_root
from desktop_ocr.ui.message_bar import MessageKind
from desktop_ocr.ui.projects.sessions import Session
from tests.fakes.engines import TEXTS
from tests.ui.projects.conftest import open_project, press

CHILD = """
import os, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QInputMethodEvent
from PySide6.QtCore import QEvent, QCoreApplication
from desktop_ocr.app import build, create_application
from desktop_ocr.ui.projects.keeper import Saving
from desktop_ocr.ui.review.editor import LineEditor
from desktop_ocr.ui.waiting import wait_until
from tests.fakes.engines import TruthEngine

program = build(create_application(["x"]), TruthEngine())
window, document = program.window, program.document
window.show()
program.engine.start()
window.open_paths(Path(name) for name in sys.argv[1:])
count = len(sys.argv) - 1

def is_read():
    pages = document.document.pages
    return len(pages) == count and not program.engine.is_busy

assert wait_until(is_read, 20)
document.set_current_page(document.document.pages[-1].id)
window.review.focus_editor()
editor = window.review.findChild(LineEditor)

def commit(text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(editor, event)

def press(key):
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(editor, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))

press(Qt.Key.Key_End)
commit("核对")
press(Qt.Key.Key_Return)
assert document.current_line is not document.current_page.lines[0]
commit("未完")
keeper = window.projects.keeper
assert wait_until(lambda: keeper.saving is Saving.SAVED, 20)
os.kill(os.getpid(), 9)
"""


def crash(home, *pictures):
    """Let a program review the last of some pictures, and kill it while a line is typed."""
    environment = os.environ | {
        "DESKTOP_OCR_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(resource_root().parent),
    }
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, pictures)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -9, done.stderr


def test_after_a_crash_everything_accepted_is_offered_and_there(
    make_program, picture, home, qtbot, idle, sessions
):
    crash(home, picture("a.png"), picture("b.png"))
    program = make_program()
    window = program.window
    qtbot.waitUntil(lambda: bool(window.offers.sessions), timeout=20_000)
    (session,) = window.offers.sessions
    assert isinstance(session, Session)
    assert (session.pages, session.lines, session.reviewed) == (2, 6, 1)
    assert session.crashed and session.draft == (2, 2)
    sentence = window.offers.sentence(session)
    assert "2 pages, 1 of 6 lines reviewed" in sentence
    assert "page 2, line 2 may be incomplete" in sentence
    welcome = window.workspace.welcome
    buttons = [b for b in welcome.findChildren(QPushButton) if b.text() == "Continue"]
    assert len(buttons) == 1
    qtbot.waitUntil(buttons[0].isVisible)
    buttons[0].click()
    idle(program, 2)
    page = program.document.document.pages[1]
    assert program.document.current_page is page
    assert [line.text for line in page.lines] == [TEXTS[0] + "核对", *TEXTS[1:]]
    assert page.lines[0].status is LineStatus.REVIEWED
    offers = [m for m in window.messages.messages if m.kind is MessageKind.OFFER]
    assert len(offers) == 1 and "page 2, line 2 may be incomplete" in offers[0].text
    program.document.mark_exported()
    window.close()
    assert sessions() == []


def test_a_window_that_opens_something_else_offers_it_as_a_row(
    make_program, picture, home, qtbot, idle, sessions
):
    crash(home, picture("a.png"))
    program = make_program()
    program.window.open_paths([picture("other.png")])
    idle(program, 1)
    bar = program.window.messages
    qtbot.waitUntil(lambda: bool(bar.messages), timeout=20_000)
    assert bar.messages[0].action == "Continue"
    press(bar, "messageOther")
    assert "deleted" in bar.messages[0].text
    assert not program.window.offers.sessions
    press(bar, "messageAction")  # bring it back
    qtbot.waitUntil(lambda: bool(program.window.offers.sessions), timeout=20_000)
    program.window.offers.delete(program.window.offers.sessions[0])
    program.window.close()
    assert sessions() == []


def crash_named(path):
    """A process ends in the middle of a line of a project."""
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from desktop_ocr.project import Project, SetDraft, Writer\n"
        "project = Project.open(Path(sys.argv[1]))\n"
        "page = project.document().pages[0]\n"
        "writer = Writer(project)\n"
        "writer.put(SetDraft(page.id, page.lines[1].id))\n"
        "assert writer.flush(20)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        cwd=resource_root().parent,
        timeout=60,
        check=False,
    )
    assert done.returncode == -9


def test_a_named_project_is_offered_after_a_crash(
    make_program, opened, picture, tmp_path, save_as, qtbot, sessions, home
):
    """The settings say what was open, and the file that nobody closed it."""
    path = tmp_path / "a.docr"
    settings = opened.settings
    save_as(opened, path)
    opened.window.close()
    crash_named(path)
    opened.window.projects.recent.note_open(path)
    program = make_program(settings=settings)
    bar = program.window.messages
    qtbot.waitUntil(lambda: bool(bar.messages), timeout=20_000)
    assert "ended unexpectedly" in bar.messages[0].text
    assert bar.messages[0].subject == "a.docr"
    press(bar, "messageAction")
    qtbot.waitUntil(lambda: program.window.projects.path == path, timeout=20_000)
    assert "page 1, line 2 may be incomplete" in bar.messages[0].text


def test_an_offer_goes_once_its_project_is_open(make_program, opened, tmp_path, save_as, qtbot):
    path = tmp_path / "a.docr"
    save_as(opened, path)
    opened.window.close()
    crash_named(path)
    opened.window.projects.recent.note_open(path)
    program = make_program(settings=opened.settings)
    bar = program.window.messages
    qtbot.waitUntil(lambda: bool(bar.messages), timeout=20_000)
    open_project(program, path, qtbot)
    qtbot.waitUntil(lambda: "may be incomplete" in bar.messages[0].text, timeout=20_000)
    assert not [m for m in bar.messages if "ended unexpectedly while" in m.text]


def test_a_session_in_use_is_not_offered(make_program, opened, saved, qtbot, rest):
    opened.document.set_text(opened.document.current_line.id, "in Arbeit")
    saved(opened)
    second = make_program()
    rest(second)
    qtbot.wait(50)
    rest(second)
    assert second.window.offers.sessions == ()
