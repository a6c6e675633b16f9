"""From group verification back to where the person was, or on to the place that is looked at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.verify.test_view import LookAlikeEngine, key, open_grid, qtbot_undo

F7 = Qt.Key.Key_F7


@pytest.fixture
def program(make_program):
    return make_program(LookAlikeEngine())


@pytest.fixture
def there(program, picture, idle, qtbot):
    """The person is at the third line of the second page, after its first character."""
    program.window.open_paths([picture("a.png"), picture("b.png")])
    idle(program, 2)
    page = program.document.document.pages[1]
    program.document.set_current_page(page.id)
    program.document.select_line(page.lines[2].id)
    program.window.activateWindow()
    program.window.review.focus_editor()
    program.window.review.editor.set_caret(1)
    return program, page.id, page.lines[2].id


def check(there, caret=1):
    program, page_id, line_id = there
    window = program.window
    assert window.review.isVisible()
    assert program.document.current_page.id == page_id
    assert program.document.current_line.id == line_id
    assert window.review.editor.hasFocus()
    assert window.review.editor.caret == caret
    assert not window.commands["verify_groups"].isChecked()


def test_f7_again_goes_back_to_where_the_person_was(there, qtbot):
    program = there[0]
    view = open_grid(program, qtbot)
    assert view.session.occurrence.page_id != there[1]  # not where the person was
    key(view, F7)
    check(there)


def test_the_button_goes_back_as_well_and_says_so(there, qtbot):
    view = open_grid(there[0], qtbot)
    assert "F7" in view._back.toolTip()
    view._back.click()
    check(there)


def test_corrections_and_steps_back_in_the_grid_leave_the_place(there, qtbot):
    program = there[0]
    view = open_grid(program, qtbot)
    key(view, "0")
    key(view, Qt.Key.Key_Left)
    qtbot_undo(program, 1)  # goes to its line on the other page, behind the grid
    assert program.document.current_page.id != there[1]
    key(view, F7)
    check(there)


def test_esc_shows_the_character_in_its_page(there, qtbot):
    program = there[0]
    view = open_grid(program, qtbot)
    asked = view.session.occurrence
    key(view, Qt.Key.Key_Escape)
    assert program.document.current_page.id == asked.page_id
    assert program.document.current_line.id == asked.line_id
    assert program.window.review.editor.caret == view.place(asked)


def test_a_focus_elsewhere_comes_back_too(there, qtbot):
    program = there[0]
    program.window.page_view.setFocus()
    key(open_grid(program, qtbot), F7)
    assert program.window.page_view.hasFocus()
    assert program.document.current_line.id == there[2]


def test_where_all_groups_are_done_esc_goes_back(there, qtbot):
    program = there[0]
    view = open_grid(program, qtbot)
    while view.session.sheet is not None:
        key(view, Qt.Key.Key_Return)
        QApplication.processEvents()
    assert "Esc" in view._hint.text()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    check(there)


def test_a_page_that_went_meanwhile_is_not_gone_back_to(there, qtbot):
    program, page_id, _line_id = there
    view = open_grid(program, qtbot)
    program.document.delete_page(page_id)
    key(view, F7)
    assert program.document.current_page is program.document.document.pages[0]
    assert program.document.current_line is not None
