from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from desktop_ocr.ui.review.jumps import HAN_STEP, jump

TEXTS = st.text(alphabet="右肺上叶 WBC6.8x，。：(/)𠮷", max_size=30)


@pytest.mark.parametrize(
    ("text", "at", "right", "left"),
    [
        ("右肺上叶见斑片影", 0, 4, 0),
        ("右肺上叶见斑片影", 5, 8, 1),
        ("右肺，见斑片影", 0, 2, 0),
        ("右肺，见斑片影", 3, 7, 2),
        ("WBC 6.8 x10^9/L", 0, 4, 0),
        ("WBC 6.8 x10^9/L", 4, 8, 0),
        ("", 0, 0, 0),
    ],
)
def test_a_jump_goes_over_a_word_or_a_few_characters(text, at, right, left):
    assert jump(text, at, 1) == right
    assert jump(text, at, -1) == left


@given(TEXTS, st.integers(0, 30))
def test_jumps_get_on_and_never_leave_the_text(text, at):
    at = min(at, len(text))
    right, left = jump(text, at, 1), jump(text, at, -1)
    assert at <= right <= len(text)
    assert 0 <= left <= at
    assert right > at or at == len(text)
    assert left < at or at == 0
    passed = text[at:right].strip()
    if passed and all("\u3400" <= c <= "\u9fff" for c in passed):
        assert len(passed) <= HAN_STEP


def test_ctrl_with_the_arrows_moves_and_selects_in_the_window(opened, qtbot):
    opened.document.select_line(opened.document.current_page.lines[0].id)
    editor = opened.window.review.editor  # 胸部正侧位片
    editor.setFocus()
    editor.set_caret(0)
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(editor, Qt.Key.Key_Right, ctrl)
    assert editor.caret == 4
    qtbot.keyClick(editor, Qt.Key.Key_Right, ctrl | shift)
    assert editor.textCursor().selectedText() == "位片"
    qtbot.keyClick(editor, Qt.Key.Key_Left, ctrl)
    assert editor.caret == 2
