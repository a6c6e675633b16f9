"""Page, lines and pages in the real window: what one of them does, the others show."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_ocr.document.model import LineStatus


@pytest.fixture
def window(opened, qtbot):
    opened.window.activateWindow()
    opened.window.review.focus_editor()
    qtbot.waitUntil(opened.window.review.editor.hasFocus)
    return opened.window


def test_alt_held_in_the_text_field_shows_the_bare_paper(window, qtbot):
    view, editor = window.page_view, window.review.editor
    with_boxes = view.viewport().grab().toImage()
    QTest.keyPress(editor, Qt.Key.Key_Alt)
    assert view.viewport().grab().toImage() != with_boxes
    qtbot.wait(350)
    focus = QApplication.focusWidget() or editor
    QTest.keyRelease(focus, Qt.Key.Key_Alt)
    qtbot.waitUntil(editor.hasFocus)  # not the menu bar
    assert view.viewport().grab().toImage() == with_boxes


def test_a_menu_opened_by_its_letter_leaves_the_boxes(window, qtbot):
    view, editor = window.page_view, window.review.editor
    with_boxes = view.viewport().grab().toImage()
    QTest.keyPress(editor, Qt.Key.Key_Alt)
    QTest.keyPress(editor, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None  # which has the keys now: the window never sees Alt released
    assert view.viewport().grab().toImage() == with_boxes
    menu.close()
    QTest.keyRelease(editor, Qt.Key.Key_Alt)


def test_a_box_clicked_on_the_page_is_the_row_and_the_text(window, opened):
    page = opened.document.current_page
    view, review = window.page_view, window.review
    line = page.lines[1]
    at = view.mapFromScene(*line.quad.center)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert review.editor.text() == line.text
    assert review.lines.list.currentIndex().row() == 1
    # The caret stands at the character that was clicked.
    middle = len(line.text) // 2
    quad = line.characters[middle].quad
    at = view.mapFromScene(*quad.center)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert abs(review.editor.caret - middle) <= 1
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert review.editor.hasFocus()


def test_a_page_is_reviewed_from_the_keyboard_and_the_thumbnail_shows_it(window, opened):
    page = opened.document.current_page
    before = window.thumbnails.viewport().grab().toImage()
    window.thumbnails.show()
    for _ in page.lines:
        QTest.keyClick(window.review.editor, Qt.Key.Key_Return)
    assert all(line.status is LineStatus.REVIEWED for line in page.lines)
    tip = window.thumbnails.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert f"{len(page.lines)} of {len(page.lines)}" in tip
    assert window.thumbnails.viewport().grab().toImage() != before


def test_a_moved_box_is_read_again_and_one_undo_brings_both_back(window, opened, idle):
    page = opened.document.current_page
    view = window.page_view
    line = page.lines[0]
    opened.document.select_line(line.id)
    at = view.mapFromScene(*line.quad.center)
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    for step in (10, 20, 30):
        QTest.mouseMove(port, at + QPoint(0, step))
    QTest.mouseRelease(
        port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at + QPoint(0, 30)
    )
    idle(opened)
    assert page.line(line.id).quad != line.quad
    opened.document.undo()
    assert page.line(line.id).quad == line.quad
    assert page.line(line.id).text == line.text
