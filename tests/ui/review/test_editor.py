from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from desktop_ocr.document.model import Alternative, Char, Line
from desktop_ocr.ui.review.editor import LineEditor
from desktop_ocr.ui.review.offers import character_span
from desktop_ocr.ui.review.utf16 import from_units, to_units
from tests.ui.documents import box, read_line

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


@given(texts, st.integers(0, 20))
def test_places_in_characters_and_units_agree(text, index):
    index = min(index, len(text))
    units = to_units(text, index)
    assert units == len(text[:index].encode("utf-16-le")) // 2
    assert from_units(text, units) == index


@pytest.fixture
def editor(qtbot):
    widget = LineEditor()
    qtbot.addWidget(widget)
    widget.resize(400, 60)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.mark.parametrize(
    "text", ["", "右肺", "a b  c", "全角　空格", "不\u00a0断", "𠮷野家𠀋", "Ca²⁺ 5‰ ↑", "e\u0301"]
)
def test_text_that_nobody_touched_comes_back_as_it_was(editor, text):
    editor.load(Line("a", box(0), text, text, 0.9))
    assert editor.text() == text
    assert not editor.is_edited


@pytest.mark.parametrize("pasted", ["一行\n二行", "一行\r\n二行", "一行\u2028二行", "\n尾"])
def test_newlines_never_enter(editor, pasted):
    editor.load(Line("a", box(0)))
    data = QMimeData()
    data.setText(pasted)
    editor.insertFromMimeData(data)
    assert editor.document().blockCount() == 1
    assert "\n" not in editor.text() and "\u2028" not in editor.text()
    assert "二行" in editor.text() or "尾" in editor.text()


def test_caret_counts_rare_characters_once(editor):
    editor.load(Line("a", box(0), "𠮷野𠀋家", "𠮷野𠀋家", 0.9))
    editor.set_caret(3)
    assert editor.caret == 3
    editor.replace_characters(2, 3, "之")
    assert editor.text() == "𠮷野之家"


def test_tiers_have_their_own_ground_and_underline(editor):
    line = read_line("a", "甲乙丙丁戊", box(0), {0: 0.65, 2: 0.75, 4: 0.85})
    editor.load(line)
    selections = editor.extraSelections()
    formats = [s.format for s in selections]
    marked = [s.cursor.selectedText() for s in selections]
    assert marked == ["甲", "丙", "戊"]
    assert len({f.underlineStyle() for f in formats}) == 3
    assert len({f.background().color().name() for f in formats}) == 3
    assert QTextCharFormat.UnderlineStyle.NoUnderline not in {f.underlineStyle() for f in formats}


def test_tint_follows_what_is_typed(editor):
    editor.load(read_line("a", "甲乙丙", box(0), {2: 0.5}))
    editor.set_caret(0)
    QTest.keyClicks(editor, "x")
    assert [s.cursor.selectedText() for s in editor.extraSelections()] == ["丙"]
    editor.set_caret(4)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == "x甲乙"
    assert editor.extraSelections() == []


def test_threshold_moves_the_tiers_at_once(editor):
    editor.load(read_line("a", "甲乙", box(0), {0: 0.85}))
    assert len(editor.extraSelections()) == 1
    editor.set_doubt(0.5)
    assert editor.extraSelections() == []


def test_a_character_of_several_code_points_is_one(editor):
    char = Char("e\u0301", 0.5, None, (Alternative("é", 0.4),))
    editor.load(
        Line("a", box(0), "xe\u0301y", "xe\u0301y", 0.5, (Char("x", 0.9), char, Char("y", 0.9)))
    )
    assert editor.line is not None
    for index in (1, 2):
        assert editor.character_at(index) is char
        assert character_span(editor.line, editor.text(), index) == (1, 3)


def test_hover_over_a_doubtful_character_shows_its_alternatives(editor, qtbot):
    editor.load(read_line("a", "甲乙丙", box(0), {1: 0.5}))
    rect = editor.cursorRect(editor._cursor(1, 1))
    for x, wanted in ((rect.left() + 8, "乙"), (rect.left() - 8, "")):
        at = QPoint(x, rect.center().y())
        event = QHelpEvent(QHelpEvent.Type.ToolTip, at, editor.viewport().mapToGlobal(at))
        QApplication.sendEvent(editor.viewport(), event)
        if wanted:
            assert wanted in QToolTip.text()
            assert "甲 20 %" in QToolTip.text()
        else:
            qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_field_grows_with_the_text_up_to_four_rows(editor):
    heights = []
    for count in (1, 30, 60, 90, 200, 400):
        text = "肺" * count
        editor.load(Line("a", box(0), text, text, 0.9))
        heights.append(editor.height())
    assert heights == sorted(heights)
    assert heights[0] < heights[1] < heights[2]
    assert heights[-1] == heights[-2]
    editor.load(Line("a", box(0), "肺", "肺", 0.9))
    assert editor.height() == heights[0]


def test_text_size_is_at_least_18_and_can_be_changed(editor):
    assert editor.text_size >= 18
    height = editor.height()
    editor.set_text_size(32)
    assert editor.fontInfo().pixelSize() == 32
    assert editor.height() > height
    editor.set_text_size(1000)
    assert editor.text_size == 48


def is_taken(editor, key, modifiers) -> bool:
    """Whether the field keeps a key from the commands of the window."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
    event.ignore()
    QApplication.sendEvent(editor, event)
    return event.isAccepted()


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_D, CTRL),
        (Qt.Key.Key_E, CTRL),
        (Qt.Key.Key_U, CTRL),
        (Qt.Key.Key_M, CTRL),
        (Qt.Key.Key_M, CTRL | SHIFT),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F3, SHIFT),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_commands_of_the_window_pass_the_field(editor, key, modifiers):
    editor.load(Line("a", box(0), "甲", "甲", 0.9))
    assert not is_taken(editor, key, modifiers)


def test_undo_is_the_windows_unless_something_was_typed(editor):
    editor.load(Line("a", box(0), "甲", "甲", 0.9))
    assert not is_taken(editor, Qt.Key.Key_Z, CTRL)
    QTest.keyClicks(editor, "x")
    assert is_taken(editor, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == "甲"
    assert not is_taken(editor, Qt.Key.Key_Z, CTRL)
    assert is_taken(editor, Qt.Key.Key_Z, CTRL | SHIFT)
