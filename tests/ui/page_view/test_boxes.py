from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.document_controller import PageState
from desktop_ocr.ui.page_view import Tool
from desktop_ocr.ui.page_view.items import Look
from desktop_ocr.ui.page_view.shaping import Handle, axes, handle_point
from tests.ui.documents import TEXTS, add_page, box, read_line
from tests.ui.page_view.test_shaping import turned

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def quad_of(controller, line_id: str) -> Quad:
    return controller.current_page.line(line_id).quad


def middle(mouse, controller, line_id: str) -> QPoint:
    return mouse.at(*quad_of(controller, line_id).center)


def assert_near(quad: Quad, wanted: Quad, within: float) -> None:
    for p, q in zip(quad.points, wanted.points, strict=True):
        assert math.dist(p, q) <= within


@pytest.fixture
def asked(controller):
    """What was asked to be read again."""
    result = []
    controller.read_again_requested.connect(lambda page, ids: result.append((page, ids)))
    return result


# --- selecting ----------------------------------------------------------------------------------


def test_click_selects_and_changes_nothing(view, mouse, controller):
    mouse.click(middle(mouse, controller, "line3"))
    assert controller.selected_line_ids == ("line3",)
    assert controller.undo_stack.count() == 0


def test_a_trembling_click_moves_nothing(view, mouse, controller):
    at = middle(mouse, controller, "line3")
    mouse.press(at)
    mouse.move(at + QPoint(1, 1))
    mouse.release(at + QPoint(1, 1))
    assert quad_of(controller, "line3") == box(3)
    assert controller.undo_stack.count() == 0


def test_ctrl_click_selects_several_and_takes_one_out_again(view, mouse, controller):
    mouse.click(middle(mouse, controller, "line1"))
    mouse.click(middle(mouse, controller, "line3"), keys=CTRL)
    assert controller.selected_line_ids == ("line1", "line3")
    mouse.click(middle(mouse, controller, "line1"), keys=CTRL)
    assert controller.selected_line_ids == ("line3",)


def test_rubber_band_selects_what_it_touches(view, mouse, controller):
    mouse.drag(mouse.at(50, 180), mouse.at(200, 420))
    assert controller.selected_line_ids == ("line1", "line2", "line3")
    assert controller.undo_stack.count() == 0


def test_click_beside_the_lines_keeps_the_current_one(view, mouse, controller):
    controller.select_line("line2")
    mouse.click(mouse.at(900, 1300))
    assert controller.selected_line_ids == ("line2",)


def test_the_smaller_of_two_nested_boxes_is_selected(view, mouse, controller):
    page = add_page(
        controller,
        (
            read_line("outer", "外", Quad.from_box(100, 100, 900, 900)),
            read_line("inner", "内", Quad.from_box(400, 400, 600, 440)),
        ),
    )
    controller.set_current_page(page)
    controller.select_line("")
    mouse.click(mouse.at(500, 420))
    assert controller.selected_line_ids == ("inner",)


def test_right_click_selects_the_line_under_the_menu(view, mouse, controller):
    mouse.press(middle(mouse, controller, "line4"), Qt.MouseButton.RightButton)
    assert controller.selected_line_ids == ("line4",)


def test_double_click_and_enter_ask_for_the_text(view, mouse, controller, qtbot):
    with qtbot.waitSignal(view.line_activated) as signal:
        QTest.mouseDClick(
            mouse.port,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            middle(mouse, controller, "line2"),
        )
    assert signal.args == ["line2"]
    controller.select_line("line3")
    with qtbot.waitSignal(view.line_activated) as signal:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert signal.args == ["line3"]


# --- moving -------------------------------------------------------------------------------------


@pytest.mark.parametrize("zoom", [0.35, 1.0, 2.7])
def test_drag_moves_the_box_by_the_right_page_pixels(view, mouse, controller, asked, zoom):
    view.zoom_to(zoom)
    controller.select_line("line1")
    start = mouse.at(250, 220)
    mouse.drag(start, start + QPoint(40, -25))
    assert_near(quad_of(controller, "line1"), box(1).translated(40 / zoom, -25 / zoom), 1e-6)
    assert controller.undo_stack.count() == 1
    assert asked == [(controller.current_page.id, ("line1",))]
    controller.undo()
    assert quad_of(controller, "line1") == box(1)
    assert view.item("line1").quad == box(1)


def test_escape_takes_a_drag_back(view, mouse, controller, asked):
    view.zoom_to(1.0)
    controller.select_line("line1")
    start = mouse.at(250, 220)
    mouse.press(start)
    mouse.move(start + QPoint(80, 60))
    assert view.item("line1").quad != box(1)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    mouse.release(start + QPoint(80, 60))
    assert view.item("line1").quad == box(1)
    assert quad_of(controller, "line1") == box(1)
    assert controller.undo_stack.count() == 0
    assert asked == []


def test_arrow_keys_are_one_step_of_the_history(view, controller, asked, qtbot):
    controller.select_line("line2")
    view.setFocus()
    for key, modifiers in (
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, SHIFT),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.KeypadModifier),
    ):
        QTest.keyClick(view, key, modifiers)
    assert quad_of(controller, "line2") == box(2)  # not yet: the keys are still coming
    qtbot.waitUntil(lambda: controller.undo_stack.count() == 1)
    assert quad_of(controller, "line2") == box(2).translated(1, 10)
    assert asked == [(controller.current_page.id, ("line2",))]


def test_arrow_keys_resize_with_ctrl_shift(view, controller, qtbot):
    controller.select_line("line2")
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Right, CTRL | SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Up, CTRL | SHIFT)
    qtbot.waitUntil(lambda: controller.undo_stack.count() == 1)
    assert quad_of(controller, "line2") == Quad.from_box(100, 300, 503, 339)


def test_moved_box_is_kept_when_another_line_is_selected(view, controller):
    controller.select_line("line2")
    QTest.keyClick(view, Qt.Key.Key_Right)
    controller.select_line("line3")
    assert quad_of(controller, "line2") == box(2).translated(1, 0)
    assert quad_of(controller, "line3") == box(3)


def test_escape_takes_arrow_keys_back(view, controller):
    controller.select_line("line2")
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.item("line2").quad == box(2)
    assert controller.undo_stack.count() == 0


# --- resizing, adding, deleting -----------------------------------------------------------------


@pytest.mark.parametrize("degrees", [0, 12, -35, 170])
@pytest.mark.parametrize("handle", [Handle.BOTTOM_RIGHT, Handle.LEFT, Handle.TOP])
def test_a_handle_resizes_a_box_of_any_angle(view, mouse, controller, asked, degrees, handle):
    quad = turned(300, 80, math.radians(degrees), 500, 700)
    page = add_page(controller, (read_line("slanted", "斜", quad),))
    controller.set_current_page(page)
    controller.select_line("slanted")
    view.zoom_to(1.0)
    view.reveal(view.page_rect.adjusted(350, 500, -350, -500))
    at = handle_point(quad, handle)
    start = mouse.at(*at)
    u, v = axes(quad)
    along, across = handle.value
    # 30 pixels outwards along each axis that the handle moves.
    dx = 30 * (u.x * along + v.x * across)
    dy = 30 * (u.y * along + v.y * across)
    mouse.drag(start, start + QPoint(round(dx), round(dy)))
    result = quad_of(controller, "slanted")
    assert result.width == pytest.approx(300 + 30 * abs(along), abs=1.0)
    assert result.height == pytest.approx(80 + 30 * abs(across), abs=1.0)
    direction = math.degrees(math.atan2(axes(result)[0].y, axes(result)[0].x))
    assert direction == pytest.approx(degrees, abs=1e-6)
    assert controller.undo_stack.count() == 1
    assert asked == [(page, ("slanted",))]


def test_drawing_adds_a_line_that_is_read(view, mouse, controller, asked):
    view.setFocus()
    view.zoom_to(1.0)
    view.reveal(view.page_rect.adjusted(0, 580, -500, -500))
    QTest.keyClick(view, Qt.Key.Key_W)
    assert view.tool is Tool.DRAW
    # From the lower right to the upper left: the corners must come out in order all the same.
    mouse.drag(mouse.at(420, 700), mouse.at(120, 650))
    page = controller.current_page
    assert len(page.lines) == len(TEXTS) + 1
    new = controller.current_line
    assert_near(new.quad, Quad.from_box(120, 650, 420, 700), 1.0)
    assert page.index(new.id) == len(TEXTS)
    assert asked == [(page.id, (new.id,))]
    assert view.tool is Tool.SELECT
    controller.undo()
    assert len(page.lines) == len(TEXTS)
    assert view.item(new.id) is None


def test_boxes_are_drawn_and_resized_on_the_page_only(view, mouse, controller):
    view.fit_page()
    view.set_tool(Tool.DRAW)
    mouse.drag(mouse.at(-10, 1250), mouse.at(300, 1420))
    assert_near(controller.current_line.quad, Quad.from_box(0, 1250, 300, 1400), 3.0)
    box = controller.current_line.quad.box
    assert box.left >= 0 and box.bottom <= 1400
    mouse.drag(mouse.at(box.right, box.top), mouse.at(5000, -3000))
    assert_near(controller.current_line.quad, Quad.from_box(0, 0, 1000, 1400), 3.0)


def test_a_slip_of_the_hand_draws_nothing(view, mouse, controller):
    view.set_tool(Tool.DRAW)
    mouse.drag(mouse.at(120, 700), mouse.at(120, 700) + QPoint(3, 2))
    assert len(controller.current_page.lines) == len(TEXTS)
    assert view.tool is Tool.DRAW
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.tool is Tool.SELECT


def test_delete_removes_the_selected_lines_in_one_step(view, controller):
    controller.select_lines(["line1", "line3"])
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert [line.id for line in controller.current_page.lines] == ["line0", "line2", "line4"]
    assert view.item("line1") is None
    controller.undo()
    assert [line.id for line in controller.current_page.lines] == [f"line{i}" for i in range(5)]
    assert view.item("line1") is not None


# --- looks --------------------------------------------------------------------------------------


def test_status_and_doubt_look_different_without_colour(view, controller):
    controller.set_status(["line0"], LineStatus.REVIEWED)
    controller.set_status(["line3"], LineStatus.ILLEGIBLE)
    looks = {i: view.item(f"line{i}").look for i in range(5)}
    assert looks == {
        0: Look.REVIEWED,
        1: Look.DOUBT_HIGH,
        2: Look.SURE,
        3: Look.ILLEGIBLE,
        4: Look.DOUBT_HIGH,
    }
    doubts = {Look.DOUBT_HIGH, Look.DOUBT_MID, Look.DOUBT_LOW, Look.SURE}
    assert len({look.pen_style for look in doubts}) == len(doubts)


def test_threshold_of_doubt_acts_at_once(view, controller):
    assert view.item("line1").look is Look.DOUBT_HIGH
    controller.set_doubt(0.6)
    assert view.item("line1").look is Look.DOUBT_MID
    controller.set_doubt(0.3)
    assert view.item("line1").look is Look.SURE


def test_found_lines_are_pale_until_they_are_read(view, controller):
    page = add_page(controller)
    controller.set_current_page(page)
    controller.set_page_state(page, PageState.READING)
    read = read_line("new", "心影不大", box(0))
    found = type(read)(read.id, read.quad)
    controller.readings.take_found_lines(page, [found])
    assert view.item("new").look is Look.UNREAD
    controller.readings.take_read_line(page, read)
    assert view.item("new").look is Look.SURE


def picture(view) -> QImage:
    return view.viewport().grab().toImage()


def test_alt_shows_the_bare_paper_while_it_is_held(view, controller):
    controller.select_line("line1")
    with_boxes = picture(view)
    QTest.keyPress(view, Qt.Key.Key_Alt)
    bare = picture(view)
    assert bare != with_boxes
    QTest.keyRelease(view, Qt.Key.Key_Alt)
    assert picture(view) == with_boxes
    view.show_boxes(False)
    assert picture(view) == bare


def test_hidden_boxes_cannot_be_caught_by_accident(view, mouse, controller):
    view.show_boxes(False)
    at = middle(mouse, controller, "line2")
    mouse.drag(at, at + QPoint(30, 30))
    assert controller.undo_stack.count() == 0
    assert quad_of(controller, "line2") == box(2)


def test_hover_marks_the_box_and_shows_a_hand(view, mouse, controller):
    before = picture(view)
    mouse.move(middle(mouse, controller, "line3"))
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    assert picture(view) != before
    mouse.move(mouse.at(900, 1300))
    assert view.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor


def test_cursor_over_a_handle_points_where_it_moves(view, mouse, controller):
    controller.select_line("line3")
    view.zoom_to(1.0)
    mouse.move(mouse.at(*handle_point(box(3), Handle.RIGHT)))
    assert view.viewport().cursor().shape() is Qt.CursorShape.SizeHorCursor
    mouse.move(mouse.at(*handle_point(box(3), Handle.TOP)))
    assert view.viewport().cursor().shape() is Qt.CursorShape.SizeVerCursor


def test_lines_that_vanish_under_the_mouse_end_the_drag(view, mouse, controller):
    controller.select_line("line1")
    start = middle(mouse, controller, "line1")
    mouse.press(start)
    mouse.move(start + QPoint(30, 30))
    controller.delete_lines(["line1"])
    mouse.release(start + QPoint(30, 30))
    assert "line1" not in [line.id for line in controller.current_page.lines]
    assert controller.undo_stack.count() == 1


def test_accessible_name_is_there(view):
    assert view.accessibleName()
    assert view.mapToScene(view.mapFromScene(QPointF(0, 0))) is not None
