"""The window counts what a person does, through the way that real keys take."""

from __future__ import annotations

import csv
import io

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit

from desktop_ocr.project import Pictures
from desktop_ocr.ui.effort.dialog import EffortDialog
from tests.fakes.engines import TEXTS

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def press(qtbot, opened):
    """Press a key as the system delivers it: to the window, then shortcuts, then the focus."""
    opened.window.review.focus_editor()
    qtbot.waitUntil(lambda: opened.window.windowHandle().isActive())

    def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
        # The offscreen platform does not give the focus back when a popup closes.
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        QTest.keyClick((front or opened.window).windowHandle(), key, modifiers)

    return press


def effort_of(program):
    handlers = program.window._handlers
    return handlers.effort.counter.of(program.document.current_page.id)


def test_keys_and_corrections_are_counted_and_the_keys_still_work(opened, press):
    editor = opened.window.review.editor
    press(Qt.Key.Key_Control)  # alone it is no keystroke
    press(Qt.Key.Key_F3)  # a shortcut of the window
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_X)
    press(Qt.Key.Key_Return)
    line = opened.document.current_page.lines[0]
    assert line.text == TEXTS[0] + "x"
    effort = effort_of(opened)
    assert (effort.keystrokes, effort.corrections) == (4, 1)
    press(Qt.Key.Key_Z, CTRL)  # a chord is one keystroke; taking back is no correction
    assert opened.document.current_page.lines[0].text == TEXTS[0]
    effort = effort_of(opened)
    assert (effort.keystrokes, effort.corrections) == (5, 1)
    assert editor.hasFocus()


def test_composing_is_left_alone_and_each_character_put_in_counts(opened, press):
    editor = opened.window.review.editor
    before = effort_of(opened).keystrokes
    QApplication.sendEvent(editor, QInputMethodEvent("weijian", []))
    assert editor.composing
    assert effort_of(opened).keystrokes == before
    commit = QInputMethodEvent()
    commit.setCommitString("未见")
    QApplication.sendEvent(editor, commit)
    assert editor.text().endswith("未见")
    assert effort_of(opened).keystrokes == before + 2


def test_other_readings_in_their_popup_count(opened, press):
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_F2)
    assert opened.window.review.popup.isVisible()
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    effort = effort_of(opened)
    assert (effort.keystrokes, effort.corrections) == (4, 1)


def test_a_held_key_and_modal_dialogs_do_not_count(opened, press, qtbot):
    window = opened.window.windowHandle()
    before = effort_of(opened).keystrokes
    QTest.keyPress(window, Qt.Key.Key_A)
    event_count = effort_of(opened).keystrokes
    QTest.keyRelease(window, Qt.Key.Key_A)
    assert event_count == before + 1
    dialog = QDialog(opened.window)
    dialog.setModal(True)
    field = QLineEdit(dialog)
    dialog.show()
    field.setFocus()
    qtbot.waitUntil(lambda: dialog.windowHandle().isActive())
    press(Qt.Key.Key_B)
    assert field.text() == "b"
    assert effort_of(opened).keystrokes == event_count
    dialog.close()
    dialog.deleteLater()


def test_the_mouse_is_work_but_no_keystroke(opened, press):
    handlers = opened.window._handlers
    press(Qt.Key.Key_Down)
    keys = effort_of(opened).keystrokes
    seen = []
    handlers.effort._watch.acted.connect(seen.append)
    QTest.mouseClick(
        opened.window.windowHandle(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(400, 400),
    )
    assert 0 in seen
    assert effort_of(opened).keystrokes == keys


def test_switched_off_nothing_is_counted_and_that_is_remembered(opened, press):
    opened.window.commands["show_effort"].trigger()
    dialog = opened.window.findChild(EffortDialog)
    dialog.counting.click()
    dialog.close()
    opened.window.activateWindow()
    opened.window.review.focus_editor()
    press(Qt.Key.Key_X)
    press(Qt.Key.Key_Return)
    effort = effort_of(opened)
    assert (effort.keystrokes, effort.corrections) == (0, 0)
    assert opened.settings.count_effort is False


def test_the_table_follows_and_its_file_holds_numbers_and_the_name(
    opened, press, qtbot, tmp_path, monkeypatch
):
    press(Qt.Key.Key_X)
    press(Qt.Key.Key_Return)
    opened.window.commands["show_effort"].trigger()
    dialog = opened.window.findChild(EffortDialog)
    assert dialog.table.rowCount() == 1
    shown = [dialog.table.item(0, column).text() for column in range(4)]
    assert shown == ["1", "2", "1", "2.0"]
    target = tmp_path / "effort"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    written = tmp_path / "effort.csv"
    table = list(csv.reader(io.StringIO(written.read_text(encoding="utf-8-sig"))))
    assert table[1][:6] == ["1", "page.png", "3", "1", "2", "1"]
    qtbot.mouseClick(dialog.clear, Qt.MouseButton.LeftButton)
    assert dialog.table.rowCount() == 0
    dialog.close()


def test_what_a_page_took_is_kept_with_its_project(opened, press, idle, qtbot, tmp_path):
    press(Qt.Key.Key_X)
    press(Qt.Key.Key_Return)
    took, page_id = effort_of(opened), opened.document.current_page.id
    projects, path = opened.window.projects, tmp_path / "ward.docr"
    projects.save_as(path, pictures=Pictures.EMBEDDED)
    qtbot.waitUntil(lambda: projects.path == path)
    opened.window.commands["new_project"].trigger()
    qtbot.waitUntil(lambda: not opened.document.document.pages)
    projects.opener.open(path)
    qtbot.waitUntil(lambda: bool(opened.document.document.pages))
    again = opened.window._handlers.effort.counter.of(page_id)
    assert (again.keystrokes, again.corrections) == (took.keystrokes, took.corrections)
