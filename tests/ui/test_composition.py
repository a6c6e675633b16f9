"""Typing Chinese is never interrupted: whatever happens while an input method composes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_ocr.ui.i18n import Language
from desktop_ocr.ui.review.lines import Filter
from tests.fakes.engines import TEXTS, TruthEngine

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


class Composing:
    """A text field in whose middle somebody types 右 by its sound."""

    def __init__(self, program):
        self.program, self.window = program, program.window
        self.editor = program.window.review.editor
        self.window.activateWindow()
        self.window.review.focus_editor()
        self.editor.set_caret(min(2, len(self.editor.text())))
        self.text = self.editor.text()
        self.line = program.document.current_line.id
        self.steps = program.document.undo_stack.count()
        self.send("you")

    def send(self, preedit, commit=""):
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QApplication.sendEvent(self.editor, event)

    def check(self):
        """Nothing was committed, reset or moved, and the composition can go on and end."""
        QApplication.processEvents()
        layout = self.editor.textCursor().block().layout()
        assert layout.preeditAreaText() == "you"
        assert self.editor.hasFocus()
        assert self.editor.text() == self.text
        assert self.program.document.current_line.id == self.line
        assert self.program.document.undo_stack.count() == self.steps
        self.send("youf")
        self.send("", "右肺")
        assert self.editor.text() == self.text[:2] + "右肺" + self.text[2:]
        assert self.editor.caret == 4


@pytest.fixture
def composing(opened):
    return Composing(opened)


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (KEY.Key_F3, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_F3, SHIFT),
        (KEY.Key_F2, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_F8, SHIFT),
        (KEY.Key_F8, CTRL),
        (KEY.Key_U, CTRL),
        (KEY.Key_D, CTRL),
        (KEY.Key_M, CTRL),
        (KEY.Key_M, CTRL | SHIFT),
        (KEY.Key_Return, CTRL),
        (KEY.Key_X, CTRL | SHIFT),
        (KEY.Key_F4, SHIFT),
        (KEY.Key_Escape, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_keys_of_commands(composing, key, held):
    QTest.keyClick(composing.editor, key, held)
    composing.check()


@pytest.mark.parametrize("chosen", list(Filter))
def test_another_filter(composing, chosen):
    composing.window.review.lines.set_filter(chosen)
    composing.check()


def test_another_language_and_other_keys(composing):
    composing.program.language.show(Language.CHINESE)
    composing.window.commands.follow_keys()
    composing.check()


def test_another_threshold_and_switches(composing):
    composing.window.review.doubt_slider.slider.setValue(97)
    composing.window.commands["use_rules"].trigger()
    composing.window.commands["show_plain"].trigger()
    composing.check()


def test_a_page_that_is_read(make_program, picture, idle, qtbot):
    engine = TruthEngine()
    program = make_program(engine)
    program.window.open_paths([picture()])
    idle(program, 1)
    composing = Composing(program)
    program.engine.read_pages([program.document.current_page.id])
    program.window.open_paths([picture("second.png")])
    idle(program, 2)
    # The page was read again around the line; that is one step, and no other.
    assert program.document.undo_stack.count() <= composing.steps + 1
    composing.steps = program.document.undo_stack.count()
    composing.check()


def test_lines_that_come_in(make_program, picture, qtbot):
    engine = TruthEngine()
    engine.gate.clear()
    program = make_program(engine)
    program.window.open_paths([picture()])
    qtbot.waitUntil(lambda: program.document.current_line is not None, timeout=20_000)
    composing = Composing(program)
    engine.gate.set()
    qtbot.waitUntil(lambda: not program.engine.is_busy, timeout=20_000)
    QApplication.processEvents()
    assert composing.editor.textCursor().block().layout().preeditAreaText() == "you"
    assert composing.editor.hasFocus()
    composing.send("", "右")
    assert composing.editor.text() == "右"
    rest = [line.text for line in program.document.current_page.lines][1:]
    assert rest == list(TEXTS[1:])
