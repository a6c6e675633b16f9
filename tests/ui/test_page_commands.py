"""Keys of the page and its boxes in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop_ocr.ui.page_view import Tool

CTRL = Qt.KeyboardModifier.ControlModifier


def texts(program) -> list[str]:
    return [line.text for line in program.document.current_page.lines]


@pytest.fixture
def on_page(opened, qtbot):
    """A window with one page that was read; the page has the keyboard."""
    opened.window.activateWindow()
    opened.window.page_view.setFocus()
    return opened


def test_a_box_is_cut_and_joined_from_the_keyboard(on_page, qtbot):
    window, view = on_page.window, on_page.window.page_view
    before = texts(on_page)
    qtbot.keyClick(view, Qt.Key.Key_C)
    assert view.tool is Tool.CUT and window.commands["cut_box"].isChecked()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    first = before[0]
    assert "".join(texts(on_page)[:2]) == first and len(texts(on_page)) == len(before) + 1
    qtbot.keyClick(view, Qt.Key.Key_C)
    assert view.tool is Tool.SELECT and not window.commands["cut_box"].isChecked()
    lines = on_page.document.current_page.lines
    on_page.document.select_lines([line.id for line in lines[:2]])
    qtbot.keyClick(view, Qt.Key.Key_J)
    assert texts(on_page) == before


def test_two_rows_are_cut_read_and_brought_back_by_one_undo(on_page, qtbot, idle):
    view = on_page.window.page_view
    before = texts(on_page)
    for key in (Qt.Key.Key_C, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(view, key)
    idle(on_page)
    assert texts(on_page) == ["再读", "再读", *before[1:]]
    qtbot.keyClick(on_page.window, Qt.Key.Key_Z, CTRL)
    assert texts(on_page) == before
    assert not on_page.document.undo_stack.canUndo()


def test_joining_needs_several_boxes_and_says_so(on_page, qtbot):
    before = texts(on_page)
    qtbot.keyClick(on_page.window.page_view, Qt.Key.Key_J)
    assert texts(on_page) == before
    assert "Ctrl+click" in on_page.window.messages.messages[0].text


def test_the_reading_order_is_shown_and_left_again(on_page, qtbot):
    window, view = on_page.window, on_page.window.page_view
    window.commands["show_boxes"].trigger()
    assert not view.overlay.shown
    qtbot.keyClick(view, Qt.Key.Key_L)
    assert view.tool is Tool.ORDER and view.overlay.shown
    assert window.commands["edit_order"].isChecked() and window.commands["show_boxes"].isChecked()
    first = on_page.document.current_page.lines[0].id
    on_page.document.select_line(first)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert on_page.document.current_page.lines[1].id == first
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.tool is Tool.SELECT and not window.commands["edit_order"].isChecked()


@pytest.mark.parametrize("key", [Qt.Key.Key_C, Qt.Key.Key_J, Qt.Key.Key_L])
def test_letters_type_in_the_text_field(on_page, qtbot, key):
    editor = on_page.window.review.editor
    editor.setFocus()
    editor.set_caret(0)
    qtbot.keyClick(editor, key)
    assert editor.text()[0] == chr(key.value).lower()
    assert on_page.window.page_view.tool is Tool.SELECT
