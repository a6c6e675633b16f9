from __future__ import annotations

import pytest
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.keys import Keys
from desktop_ocr.ui.review import ReviewPanel
from tests.ui.documents import add_page, standard_lines


@pytest.fixture
def controller(qapp):
    return DocumentController()


@pytest.fixture
def page(controller):
    return add_page(controller, standard_lines())


@pytest.fixture
def panel(controller, page, qtbot):
    """The first of five lines is current; the keyboard is in the text field."""
    widget = ReviewPanel(controller)
    qtbot.addWidget(widget)
    widget.resize(520, 760)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    widget.focus_editor()
    qtbot.waitUntil(widget.editor.hasFocus)
    add_commands(widget)
    return widget


def add_commands(panel: ReviewPanel) -> None:
    """Give the panel the keys that the window gives it."""
    for command_id, do in {
        "next_doubtful": panel.next_doubtful,
        "previous_doubtful": panel.previous_doubtful,
        "show_alternatives": panel.others.show_alternatives,
        "take_back_rule": panel.others.take_back_rule,
        "take_plain": panel.others.take_plain,
        "split_line": panel.split_at_caret,
        "merge_previous": panel.merge_with_previous,
        "merge_next": panel.merge_with_next,
        "mark_place_illegible": panel.mark_place_illegible,
        "mark_illegible": panel.toggle_illegible,
        "restore_change": panel.changes.restore_at_caret,
        "restore_reading": panel.changes.restore_line,
        "undo": panel._controller.undo,
        "redo": panel._controller.redo,
    }.items():
        action = QAction(panel)
        action.setShortcuts(list(Keys().of(command_id)))
        action.triggered.connect(lambda _checked, do=do: do())
        panel.addAction(action)


class Keyboard:
    """Real keys and a real input method on the text field."""

    def __init__(self, panel: ReviewPanel) -> None:
        self.panel = panel
        self.editor = panel.editor

    def key(self, key, modifiers=None):
        if modifiers is None:
            QTest.keyClick(self.editor, key)
        else:
            QTest.keyClick(self.editor, key, modifiers)

    def type(self, text: str):
        """Type ASCII by keys; anything else comes from an input method, as on a real desk."""
        for char in text:
            if char.isascii():
                QTest.keyClick(self.editor, char)
            else:
                self.commit(char)

    def compose(self, preedit: str):
        """Show text that is not part of the line yet."""
        QApplication.sendEvent(self.editor, QInputMethodEvent(preedit, []))

    def commit(self, text: str):
        """End the composition with a text."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(self.editor, event)


@pytest.fixture
def keyboard(panel):
    return Keyboard(panel)
