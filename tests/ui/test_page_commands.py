"""Keys of the page and its boxes in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop_ocr.ui.page_view import Tool
from desktop_ocr.ui.reading_queue import Progress
from tests.fakes.engines import EndlessEngine

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


# --- reading ------------------------------------------------------------------------------------

CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def test_lines_that_were_checked_are_read_again_only_where_the_box_is_ticked(on_page, qtbot, idle):
    window, document = on_page.window, on_page.document
    first = document.current_page.lines[0].id
    document.accept_line(first, "checked")
    on_page.engine._worker._engine.suffix = "!"
    qtbot.keyClick(window, Qt.Key.Key_R, CTRL_SHIFT)
    idle(on_page)
    assert texts(on_page)[0] == "checked" and texts(on_page)[1].endswith("!")
    box = window.commands["read_reviewed"]
    assert box.isCheckable() and not box.isChecked()
    box.trigger()
    qtbot.keyClick(window, Qt.Key.Key_R, CTRL_SHIFT)
    idle(on_page)
    assert all(text.endswith("!") for text in texts(on_page))
    assert not box.isChecked()  # it holds for one reading
    document.undo()
    assert texts(on_page)[0] == "checked"

    document.select_line(document.current_page.lines[0].id)
    qtbot.keyClick(window, Qt.Key.Key_R, CTRL)
    idle(on_page)
    assert texts(on_page)[0] == "checked"
    box.trigger()
    qtbot.keyClick(window, Qt.Key.Key_R, CTRL)
    idle(on_page)
    assert texts(on_page)[0] == "再读!" and not box.isChecked()


def test_lines_that_stayed_are_told_and_can_be_read_too(on_page, qtbot, idle):
    window, document = on_page.window, on_page.document
    document.accept_line(document.current_page.lines[0].id, "checked")
    on_page.engine._worker._engine.suffix = "!"
    window.commands["read_page"].trigger()
    idle(on_page)
    said = window.messages.messages[0]
    assert "1 line stayed" in said.text and texts(on_page)[0] == "checked"
    button = window.messages.findChild(QPushButton, "messageAction")
    assert button.text() == "Read them too"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    idle(on_page)
    assert all(text.endswith("!") for text in texts(on_page))


def test_the_box_is_in_the_menu_of_the_button(on_page):
    from desktop_ocr.ui.menus import CommandBar

    bar = on_page.window.findChild(CommandBar)
    button = bar.widgetForAction(on_page.window.commands["read_page"])
    assert on_page.window.commands["read_reviewed"] in button.menu().actions()


def test_reading_is_paused_by_a_key_and_says_how_far_it_is(make_program, picture, qtbot, idle):
    program = make_program(EndlessEngine())
    window = program.window
    window.open_paths([picture(f"{i}.png") for i in range(3)])
    qtbot.waitUntil(lambda: bool(program.document.document.pages), timeout=20_000)
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL_SHIFT)
    program.engine._worker._engine.gate.set()
    qtbot.waitUntil(lambda: window.progress.text() == "Paused at page 1 of 3", timeout=20_000)
    assert window.commands["pause"].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL_SHIFT)
    assert not window.commands["pause"].isChecked()
    idle(program, 3)
    assert not window.progress.isVisible() and not window.commands["pause"].isEnabled()
    assert all(len(page.lines) == 3 for page in program.document.document.pages)


def test_the_time_that_is_left_is_told_once_it_is_known(program):
    shown = program.window.progress
    shown.show_progress(Progress(0, 40))
    assert shown.text() == "Reading page 1 of 40"
    shown.show_progress(Progress(10, 40, 30 * 8.0))
    assert shown.text() == "Reading page 11 of 40  ·  about 4 minutes left"
    shown.show_progress(Progress(10, 40, 30 * 8.0, paused=True))
    assert shown.text() == "Paused at page 11 of 40  ·  about 4 minutes left"
    shown.show_progress(Progress(39, 40, 8.0))
    assert shown.text() == "Reading page 40 of 40  ·  less than a minute left"
    shown.show_progress(Progress())
