from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Char, Line, LineStatus
from desktop_ocr.ui.box_edits import join_lines
from desktop_ocr.ui.page_view import Tool
from tests.ui.documents import add_page, read_line

SHIFT = Qt.KeyboardModifier.ShiftModifier


def columns(line_id: str, top: float) -> Line:
    """Two columns that were taken for one line: a name, a wide gap, a value."""
    box = Quad.from_box(100, top, 900, top + 50)
    places = [(100, 150), (150, 200), (200, 250), (700, 740), (740, 780), (780, 820)]
    characters = tuple(
        Char(text, 0.9, Quad.from_box(left, top, right, top + 50))
        for text, (left, right) in zip("白细胞6.8", places, strict=True)
    )
    return Line(line_id, box, "白细胞6.8", "白细胞6.8", 0.9, characters)


@pytest.fixture
def page(controller, view):
    page_id = add_page(
        controller,
        (
            columns("glued", 200),
            read_line("two", "两行", Quad.from_box(100, 400, 500, 500)),
            read_line("last", "末行", Quad.from_box(100, 600, 500, 640)),
        ),
    )
    controller.set_current_page(page_id)
    view.fit_width()
    view.setFocus()
    return controller.current_page


@pytest.fixture
def asked(controller):
    result = []
    controller.read_again_requested.connect(lambda page, ids: result.append(ids))
    return result


def texts(page) -> list[str]:
    return [line.text for line in page.lines]


def test_a_click_cuts_box_and_text_where_it_hits(view, mouse, controller, page, asked):
    view.set_tool(Tool.CUT)
    at = mouse.at(500, 225)
    mouse.move(at)
    assert view.mode.item.isVisible()
    assert view.viewport().cursor().shape() is Qt.CursorShape.SplitHCursor
    mouse.click(at)
    assert texts(page) == ["白细胞", "6.8", "两行", "末行"]
    left, right = page.lines[:2]
    assert left.quad.box.right == right.quad.box.left == pytest.approx(500, abs=2)
    assert asked == []  # both parts have their text
    assert controller.current_line is right
    assert controller.undo_stack.count() == 1
    controller.undo()
    assert texts(page) == ["白细胞6.8", "两行", "末行"]


def test_a_part_without_characters_is_read(view, mouse, page, asked):
    view.set_tool(Tool.CUT)
    mouse.click(mouse.at(870, 225))
    assert texts(page)[:2] == ["白细胞6.8", ""]
    assert asked == [(page.lines[1].id,)]


def test_shift_click_parts_two_lines_in_one_box(view, mouse, controller, page, asked):
    controller.set_status(["two"], LineStatus.REVIEWED)
    view.set_tool(Tool.CUT)
    mouse.click(mouse.at(300, 430), keys=SHIFT)
    upper, lower = page.lines[1:3]
    assert upper.quad.box.bottom == lower.quad.box.top == pytest.approx(430, abs=2)
    assert upper.status is lower.status is LineStatus.UNREVIEWED
    assert asked == [("two", lower.id)]
    controller.undo()
    assert page.line("two").status is LineStatus.REVIEWED


def test_the_keyboard_begins_in_the_widest_gap_and_goes_from_gap_to_gap(view, controller, page):
    controller.select_line("glued")
    view.set_tool(Tool.CUT)
    middle = (475 - 100) / 800
    assert view.mode.place == pytest.approx(middle)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.mode.place == pytest.approx((740 - 100) / 800, abs=1e-3)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.mode.place == pytest.approx(middle, abs=1e-3)
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert view.mode.place == pytest.approx(middle + 1 / 800, abs=1e-3)
    assert controller.undo_stack.count() == 0  # arrow keys do not move the box here
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert texts(page)[:2] == ["白细胞", "6.8"]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.tool is Tool.SELECT
    assert controller.undo_stack.count() == 1


def test_the_keyboard_lays_the_knife_between_two_lines(view, controller, page, asked):
    controller.select_line("two")
    view.set_tool(Tool.CUT)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.mode.lies and view.mode.place == pytest.approx(0.5)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert page.lines[1].quad == Quad.from_box(100, 400, 500, 453)
    assert page.lines[2].quad == Quad.from_box(100, 453, 500, 500)
    assert len(asked) == 1


def test_selected_boxes_are_joined_in_reading_order_as_one_step(view, mouse, controller, page):
    mouse.click(mouse.at(300, 620))
    mouse.click(mouse.at(300, 225), keys=Qt.KeyboardModifier.ControlModifier)
    assert join_lines(controller, controller.selected_line_ids) == "glued"
    assert texts(page) == ["白细胞6.8末行", "两行"]
    assert controller.selected_line_ids == ("glued",)
    assert page.lines[0].quad == Quad.from_box(100, 200, 900, 640)
    assert controller.undo_stack.count() == 1
    controller.undo()
    assert [line.id for line in page.lines] == ["glued", "two", "last"]
    assert join_lines(controller, ["two"]) == ""


def test_two_quick_clicks_are_two_cuts(view, mouse, page, qtbot):
    view.set_tool(Tool.CUT)
    asked = []
    view.line_activated.connect(asked.append)
    left = Qt.MouseButton.LeftButton
    mouse.click(mouse.at(500, 225))
    QTest.mouseDClick(mouse.port, left, Qt.KeyboardModifier.NoModifier, mouse.at(760, 225))
    assert len(page.lines) == 5
    assert asked == []  # the keyboard stays on the page
