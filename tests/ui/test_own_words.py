"""Words of a person's own: added with Ctrl+Enter, offered, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolTip

from desktop_ocr.engine.correct.knowledge import LISTS
from desktop_ocr.engine.correct.lexicon import load_lexicon
from desktop_ocr.ui.own_folders import own_folder
from desktop_ocr.ui.own_words import LIST, add_own_word, remove_own_word, word_at

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


@pytest.fixture
def editor(opened):
    opened.window.activateWindow()
    opened.window.review.focus_editor()
    return opened.window.review.editor


def own_list():
    return own_folder(LISTS) / LIST


def rows():
    return own_list().read_text("utf-8-sig").splitlines()


@pytest.mark.parametrize(
    ("text", "start", "end", "word"),
    [
        ("右肺上叶", 1, 3, "肺上"),
        ("右肺上叶 CT", 2, 2, "右肺上叶"),
        ("给予Amoxicillin胶囊", 6, 6, "Amoxicillin"),
        ("给予Amoxicillin胶囊", 2, 2, "给予"),
        ("WBC 11.2", 5, 5, ""),
        ("右肺上叶见斑片状高密度影", 3, 3, ""),  # a whole sentence is no word
        (" 甲钴胺 ", 0, 5, "甲钴胺"),
        ("", 0, 0, ""),
    ],
)
def test_the_word_at_the_caret(text, start, end, word):
    assert word_at(text, start, end) == word


def test_a_word_is_added_told_and_taken_back(opened, editor):
    editor.replace_text("胸部正侧位片")
    editor.select(0, 2)
    QTest.keyClick(editor, KEY.Key_Return, CTRL)
    assert rows() == ["胸部"]
    (message,) = opened.window.messages.messages
    assert message.text.startswith("“胸部” is in your own list now")
    assert editor.text() == "胸部正侧位片"
    assert editor.hasFocus()
    QTest.keyClick(editor, KEY.Key_Enter, CTRL | Qt.KeyboardModifier.KeypadModifier)
    assert rows() == ["胸部"]
    assert "already" in opened.window.messages.messages[0].text
    for button in opened.window.messages.findChildren(QPushButton, "messageAction"):
        button.click()
    assert rows() == []


def test_what_is_no_word_is_not_added(opened, editor):
    editor.replace_text("6.8")
    QTest.keyClick(editor, KEY.Key_Return, CTRL)
    assert "Select the word first" in QToolTip.text()
    assert not own_list().exists()
    QToolTip.hideText()


def test_what_stands_in_the_list_stays():
    own_list().write_text("# mine\n甲钴胺\n", encoding="gb18030")
    assert add_own_word("阿莫西林")
    assert not add_own_word("甲钴胺")
    assert rows() == ["# mine", "甲钴胺", "阿莫西林"]
    remove_own_word("甲钴胺")
    assert rows() == ["# mine", "阿莫西林"]
    assert load_lexicon().lookup("阿莫西林").kind == "user"


def test_a_list_that_cannot_be_used_is_told(opened, editor):
    own_list().write_bytes(b"\xff\xff\xff")
    editor.select(0, 2)
    QTest.keyClick(editor, KEY.Key_Return, CTRL)
    assert "encoding" in opened.window.messages.messages[0].text.lower() or "UTF-8" in (
        opened.window.messages.messages[0].text
    )
    assert own_list().read_bytes() == b"\xff\xff\xff"


def test_a_new_word_counts_for_the_next_page(opened, editor, picture, idle):
    editor.replace_text("纳布啡")
    QTest.keyClick(editor, KEY.Key_Return, CTRL)
    opened.window.open_paths([picture("second.png")])
    idle(opened, 2)
    opened.window.review.focus_editor()
    editor.replace_text("纳布")
    QTest.keyClick(editor, KEY.Key_F2)
    popup = opened.window.review.popup
    assert popup.texts() == ["纳布啡"]
    assert popup.notes() == ["own list"]
    QTest.keyClick(popup, KEY.Key_1)
    assert editor.text() == "纳布啡"


def test_terms_are_offered_with_their_source(opened, editor):
    popup = opened.window.review.popup
    editor.replace_text("阿莫西休")
    editor.set_caret(3)
    QTest.keyClick(editor, KEY.Key_Space, CTRL)
    assert popup.texts() == ["阿莫西林"]
    assert popup.notes() == ["lexicon"]
    QTest.keyClick(popup, KEY.Key_Return)
    assert editor.text() == "阿莫西林"
    editor.replace_text("慢性支气")
    QTest.keyClick(editor, KEY.Key_F2)
    assert popup.texts()[0] == "慢性支气管炎"
    QTest.keyClick(popup, KEY.Key_1)
    assert editor.text() == "慢性支气管炎"
    editor.set_caret(1)
    QTest.keyClick(editor, KEY.Key_F2)  # a term stands there: nothing is one edit away
    assert not popup.isVisible()
    QToolTip.hideText()


def test_a_character_that_looks_alike_makes_a_term(opened, editor):
    popup = opened.window.review.popup
    editor.replace_text("申亢")
    editor.set_caret(0)
    QTest.keyClick(editor, KEY.Key_F2)
    assert "甲亢" in popup.texts()
    popup.close()
    editor.replace_text("右肺")  # a term itself, though 左肺 is one too
    editor.set_caret(0)
    QTest.keyClick(editor, KEY.Key_F2)
    assert "左肺" not in popup.texts()
    popup.close()
    QToolTip.hideText()
