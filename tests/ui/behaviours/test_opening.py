"""Files, folders and PDFs dropped anywhere; pages at once, lines as they are read; what fails."""

from __future__ import annotations

import threading

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.fakes.engines import TEXTS, TruthEngine
from tests.ui.behaviours.conftest import Desk

KEY = Qt.Key


def files(*paths) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop_on(widget: QWidget, mime: QMimeData) -> bool:
    """Drag over a widget and let go; Qt asks it and what is around it."""
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none, at = Qt.KeyboardModifier.NoModifier, widget.rect().center()
    enter = QDragEnterEvent(at, copy, mime, left, none)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(at), copy, mime, left, none)
    QApplication.sendEvent(widget, drop)
    return drop.isAccepted()


# --- 1: opening ---------------------------------------------------------------------------------


def test_folders_within_folders_are_opened_and_what_is_no_page_is_left(
    program, picture, idle, tmp_path
):
    for name in ("病历/2.png", "病历/10.png", "病历/旧/1.png", "病历/旧/更旧/x.png"):
        picture(name)
    (tmp_path / "病历/notes.txt").write_text("no page", "utf-8")
    (tmp_path / "病历/.hidden.png").write_bytes(b"")
    assert drop_on(program.window.workspace.welcome, files(tmp_path / "病历"))
    idle(program, 4)
    names = [page.file for page in program.document.document.pages]
    assert names == ["2.png", "10.png", "1.png", "x.png"]
    assert not program.window.messages.messages


def test_a_pdf_of_many_pages_and_a_file_that_is_none(program, picture, idle, tmp_path):
    pages = [Image.new("RGB", (200, 280), (255, 255, 255 - i)) for i in range(25)]
    pages[0].save(tmp_path / "many.pdf", save_all=True, append_images=pages[1:])
    (tmp_path / "notes.txt").write_text("no page", "utf-8")
    mime = files(tmp_path / "many.pdf", tmp_path / "notes.txt", picture("after.png"))
    assert drop_on(program.window, mime)
    idle(program, 26)
    document = program.document.document
    assert [page.page for page in document.pages] == [*range(1, 26), 1]
    assert all(len(page.lines) == 3 for page in document.pages)
    (said,) = program.window.messages.messages
    assert said.subject == "notes.txt" and said.action == "Try again"


@pytest.mark.parametrize(
    "part", ["page", "text", "list", "pages", "fields", "light", "find", "groups", "messages"]
)
def test_files_can_be_dropped_on_any_part(desk, picture, idle, part, tmp_path):
    window = desk.window
    for command in ("show_fields", "show_light", "replace"):
        window.commands[command].trigger()
    desk.document.select_line(desk.page.lines[1].id)
    window.note("something")
    if part == "groups":
        window.commands["verify_groups"].trigger()
    target = {
        "page": desk.view.viewport,
        "text": desk.editor.viewport,
        "list": desk.review.lines.list.viewport,
        "pages": window.thumbnails.viewport,
        "fields": lambda: window.workspace.fields,
        "light": lambda: window.light,
        "find": lambda: window.workspace.search.bar.text,
        "groups": QApplication.focusWidget,
        "messages": lambda: window.messages,
    }[part]()
    text = desk.editor.text()
    assert drop_on(target, files(picture("dropped.png")))
    idle(desk.program, 3)
    assert desk.editor.text() == text


def test_files_can_be_dropped_on_a_panel_in_a_window_of_its_own(desk, picture, idle):
    desk.window.workspace.panels.own_window("show_review").trigger()
    assert desk.review.window() is not desk.window
    assert drop_on(desk.editor.viewport(), files(picture("dropped.png")))
    assert not desk.window._overlay.isVisible()
    idle(desk.program, 3)
    mime = QMimeData()
    mime.setText("words")
    assert not drop_on(desk.editor.viewport(), mime)


class SteppingEngine(TruthEngine):
    """Reads as many lines as somebody lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = threading.Semaphore(0)

    def _wait(self, cancelled) -> bool:
        while not self.lines.acquire(timeout=0.005):
            if cancelled():
                return False
        return not cancelled()


@pytest.fixture
def stepping(make_program, picture, qtbot):
    """A window with two pages, of which the first was found but not read."""
    engine = SteppingEngine()
    desk = Desk(make_program(engine))
    desk.window.open_paths([picture("a.png"), picture("b.png")])
    qtbot.waitUntil(lambda: bool(desk.page and len(desk.page.lines) == 3), timeout=20_000)
    desk.window.activateWindow()
    return desk, engine


def test_the_page_shows_at_once_and_lines_appear_as_they_are_read(stepping, qtbot, idle):
    desk, engine = stepping
    assert not desk.view.page_rect.isEmpty()
    assert [line.text for line in desk.page.lines] == ["", "", ""]
    rows = desk.review.lines.model
    for number, text in enumerate(TEXTS):
        engine.lines.release()
        qtbot.waitUntil(lambda n=number, t=text: rows.lines()[n].text == t, timeout=20_000)
        assert [line.text for line in rows.lines()[number + 1 :]] == [""] * (2 - number)
    engine.lines.release(3)
    idle(desk.program, 2)


def test_the_window_works_while_a_page_is_read(stepping, qtbot, idle):
    """Typing, accepting, zooming, other panels: nothing waits for the reader."""
    desk, engine = stepping
    engine.lines.release()
    qtbot.waitUntil(lambda: desk.page.lines[0].text == TEXTS[0], timeout=20_000)
    desk.review.focus_editor()
    desk.type("x")
    desk.key(KEY.Key_Return)
    assert desk.page.lines[0].text == TEXTS[0] + "x" and desk.index() == 1
    zoom = desk.view.zoom
    desk.key(KEY.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert desk.view.zoom > zoom
    desk.window.commands["show_fields"].trigger()
    assert desk.window.workspace.fields.isVisible()
    assert desk.program.engine.is_busy
    engine.lines.release(5)
    idle(desk.program, 2)
    assert desk.page.lines[0].text == TEXTS[0] + "x"


# --- 21: progress, and what fails ---------------------------------------------------------------


def test_progress_is_told_and_stopping_keeps_what_was_read(stepping, qtbot, idle):
    desk, engine = stepping
    progress, window = desk.window.progress, desk.window
    engine.lines.release(3)
    qtbot.waitUntil(lambda: progress.text().startswith("Reading page 2 of 2"), timeout=20_000)
    assert "left" in progress.text()  # the time that the first page took tells it
    qtbot.waitUntil(lambda: len(desk.document.document.pages[1].lines) == 3)
    engine.lines.release()
    second = desk.document.document.pages[1]
    qtbot.waitUntil(lambda: second.lines[0].text == TEXTS[0], timeout=20_000)
    desk.key(KEY.Key_Period, Qt.KeyboardModifier.ControlModifier)
    idle(desk.program, 2)
    assert not progress.isVisible()
    assert [line.text for line in desk.document.document.pages[0].lines] == list(TEXTS)
    assert second.lines[0].text == TEXTS[0]
    engine.lines.release(9)
    window.commands["read_unread"].trigger()
    idle(desk.program, 2)
    assert [line.text for line in second.lines] == list(TEXTS)


def test_a_failed_file_is_a_row_with_its_reason_and_can_be_tried_again(desk, picture, idle):
    path = picture("scan.png")
    good = path.read_bytes()
    path.write_bytes(good[: len(good) // 2])
    desk.window.open_paths([path, picture("good.png")])
    idle(desk.program, 3)
    (said,) = desk.window.messages.messages
    assert said.subject == "scan.png" and "damaged" in said.text
    failed = desk.window.workspace.failed
    assert failed.isVisible() and [f.path for f in failed.failures] == [path]
    path.write_bytes(good)
    again = next(
        b for b in failed.findChildren(QPushButton) if b.isVisible() and "again" in b.text()
    )
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    idle(desk.program, 4)
    assert not failed.failures and not failed.isVisible()
