from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_ocr.ui.page_view import Tool
from tests.ui.documents import box
from tests.ui.page_view.test_boxes import middle, picture

ALT = Qt.KeyboardModifier.AltModifier


def order(controller) -> str:
    return "".join(line.id.removeprefix("line") for line in controller.current_page.lines)


@pytest.fixture
def ordering(view):
    view.setFocus()
    view.set_tool(Tool.ORDER)
    return view


def test_numbers_stand_at_the_beginnings_of_lines_in_their_order(ordering, controller):
    places = [(at.x(), at.y()) for at in ordering.mode.item.places]
    assert [y for _, y in places] == [box(i).center.y for i in range(5)]
    assert all(0 < x < 100 for x, _ in places)  # before the text, which they do not cover
    controller.reorder([f"line{i}" for i in (4, 0, 1, 2, 3)])
    assert ordering.mode.item.places[0].y() == box(4).center.y


def test_boxes_are_read_in_the_order_in_which_they_are_clicked(ordering, mouse, controller):
    for line_id in ("line3", "line1", "line4"):
        mouse.click(middle(mouse, controller, line_id))
    assert order(controller) == "02314"
    assert controller.undo_stack.count() == 1  # the last one was in its place already
    mouse.click(middle(mouse, controller, "line0"))
    assert order(controller) == "23140"
    controller.undo()
    controller.undo()
    assert order(controller) == "01234"


def test_a_click_beside_the_boxes_begins_anew(ordering, mouse, controller):
    mouse.click(middle(mouse, controller, "line3"))
    mouse.click(mouse.at(900, 1300))
    mouse.click(middle(mouse, controller, "line0"))
    assert order(controller) == "01234"


def test_the_order_from_the_keyboard(ordering, controller):
    controller.select_line("line2")
    QTest.keyClick(ordering, Qt.Key.Key_Up, ALT)
    assert order(controller) == "02134"
    QTest.keyClick(ordering, Qt.Key.Key_Down, ALT)
    QTest.keyClick(ordering, Qt.Key.Key_Down, ALT)
    assert order(controller) == "01324"
    assert controller.undo_stack.count() == 3
    QTest.keyClick(ordering, Qt.Key.Key_Up)
    assert controller.current_line.id == "line3"
    for _ in range(4):
        QTest.keyClick(ordering, Qt.Key.Key_Up)
    QTest.keyClick(ordering, Qt.Key.Key_Up, ALT)  # the first one stays the first
    assert controller.current_line.id == "line0"
    assert (order(controller), controller.undo_stack.count()) == ("01324", 3)
    QTest.keyClick(ordering, Qt.Key.Key_Escape)
    assert ordering.tool is Tool.SELECT


def test_alt_hides_the_numbers_and_leaving_removes_them(view, controller):
    controller.select_line("line1")
    plain = picture(view)
    QTest.keyPress(view, Qt.Key.Key_Alt)
    bare = picture(view)
    QTest.keyRelease(view, Qt.Key.Key_Alt)
    view.set_tool(Tool.ORDER)
    view._hint.hide()
    numbered = picture(view)
    assert numbered not in (plain, bare)
    QTest.keyPress(view, Qt.Key.Key_Alt)
    assert picture(view) == bare
    QTest.keyRelease(view, Qt.Key.Key_Alt)
    assert picture(view) == numbered
    view.set_tool(Tool.SELECT)
    assert picture(view) == plain


def test_the_view_does_not_move_under_a_click(ordering, mouse, controller):
    ordering.zoom_to(1.5)
    before = ordering.mapToScene(0, 0)
    mouse.click(middle(mouse, controller, "line0"))
    mouse.click(middle(mouse, controller, "line2"))
    assert ordering.mapToScene(0, 0) == before
