"""Exporting by keys: what is left to check is named, the last choice is kept, nothing is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton

from desktop_ocr.ui.dialogs.export_dialog import ExportDialog
from desktop_ocr.ui.dialogs.open_work import OpenWork

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 20_000


@pytest.fixture
def ask(desk, qtbot):
    """Press Ctrl+E and return the dialog that comes."""
    opened = []

    def press() -> ExportDialog:
        desk.key(KEY.Key_E, CTRL)
        dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, ExportDialog)]
        dialog = next(w for w in dialogs if w.isVisible())
        opened.append(dialog)
        return dialog

    yield press
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, ExportDialog):
            widget.reject()


def choose(dialog: ExportDialog, kind: str) -> None:
    box = dialog.findChild(QComboBox, "format")
    found = [i for i in range(box.count()) if f"(.{kind})" in box.itemText(i)]
    box.setCurrentIndex(found[0])


def say(dialog: ExportDialog, path) -> None:
    field = dialog.findChild(QLineEdit, "path")
    field.selectAll()
    QTest.keyClicks(field, str(path))


def press_export(dialog: ExportDialog) -> str:
    """Press the button, and return what it says then."""
    button = dialog.findChild(QPushButton, "export")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return button.text()


def wait_until_written(desk, qtbot, path) -> None:
    said = desk.window.messages
    qtbot.waitUntil(
        lambda: any(str(path) in message.text for message in said.messages), timeout=PATIENCE
    )


def test_critical_places_are_named_and_the_last_choice_is_kept(desk, ask, qtbot, tmp_path):
    dialog = ask()
    places = sum(
        len(desk.review.lines.hints.critical(line))
        for page in desk.document.document.pages
        for line in page.lines
    )
    told = dialog.findChild(OpenWork)
    qtbot.waitUntil(lambda: not told.is_counting, timeout=PATIENCE)
    assert told.isVisible() and places > 9
    assert told.critical.text().startswith(f"{places} critical places not reviewed: ")
    folder = tmp_path / "out"
    folder.mkdir()
    choose(dialog, "txt")
    say(dialog, folder / "a.txt")
    press_export(dialog)
    wait_until_written(desk, qtbot, folder / "a.txt")
    assert desk.page.lines[0].text in (folder / "a.txt").read_text("utf-8")
    desk.window.activateWindow()  # where no desktop does it
    qtbot.waitUntil(desk.editor.hasFocus)  # the keyboard is where it was
    again = ask()
    assert again.path == folder / "xray_report.txt"


def test_a_file_is_never_replaced_unasked(desk, ask, qtbot, tmp_path):
    mine, other = tmp_path / "mine.txt", tmp_path / "other.txt"
    mine.write_text("mine")
    dialog = ask()
    choose(dialog, "txt")
    say(dialog, mine)
    assert press_export(dialog) == "Replace"
    assert "exists already" in dialog.error_sentence
    # Thought better of it, and came back: that is no consent.
    say(dialog, other)
    say(dialog, mine)
    assert press_export(dialog) == "Replace"
    assert mine.read_text() == "mine"
    press_export(dialog)
    wait_until_written(desk, qtbot, mine)
    assert desk.page.lines[0].text in mine.read_text("utf-8")
    assert not other.exists()
