"""Keys and mouse on the page: boxes, cutting and joining, zoom, the bare paper, reading again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.page_view import Tool
from desktop_ocr.ui.page_view.hint import ToolHint

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def on_page(desk, qtbot):
    """The page has the keyboard; its second line is current."""
    desk.document.select_line(desk.page.lines[1].id)
    desk.view.setFocus()
    qtbot.waitUntil(desk.view.hasFocus)
    return desk


# --- 13: reading again --------------------------------------------------------------------------


@pytest.mark.parametrize("held", [CTRL, CTRL | SHIFT], ids=["lines", "page"])
def test_lines_that_were_reviewed_are_read_again_only_with_the_tick(desk, idle, held):
    first, second = desk.page.lines[:2]
    desk.type("!")
    desk.key(KEY.Key_Return)
    desk.document.select_lines([first.id, second.id])
    desk.program.engine._worker._engine.suffix = "~"

    desk.key(KEY.Key_R, held)
    idle(desk.program)
    assert desk.page.line(first.id).text == first.text + "!"
    assert desk.page.lines[1].text.endswith("~")
    assert "1 line stayed" in desk.window.messages.messages[0].text

    tick = desk.window.commands["read_reviewed"]
    tick.trigger()
    desk.key(KEY.Key_R, held)
    idle(desk.program)
    assert desk.page.lines[0].text.endswith("~") and not tick.isChecked()
    desk.key(KEY.Key_Z, CTRL)
    assert desk.page.lines[0].text == first.text + "!"
    assert desk.page.lines[0].status is LineStatus.REVIEWED


# --- 14: boxes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "held", "left", "top", "right", "bottom"),
    [
        (KEY.Key_Right, None, 1, 0, 1, 0),
        (KEY.Key_Up, None, 0, -1, 0, -1),
        (KEY.Key_Left, SHIFT, -10, 0, -10, 0),
        (KEY.Key_Down, SHIFT, 0, 10, 0, 10),
        (KEY.Key_Right, CTRL | SHIFT, 0, 0, 1, 0),
        (KEY.Key_Up, CTRL | SHIFT, 0, 0, 0, -1),
    ],
)
def test_arrows_move_and_resize_the_box(on_page, idle, qtbot, key, held, left, top, right, bottom):
    line = on_page.line
    before = line.quad.box
    for _ in range(3):
        on_page.key(key, held or Qt.KeyboardModifier.NoModifier)
    stack = on_page.document.undo_stack
    qtbot.waitUntil(lambda: stack.count() == 1)  # several keys are one step
    idle(on_page.program)
    after = on_page.page.line(line.id).quad.box
    assert (after.left, after.top, after.right, after.bottom) == pytest.approx(
        (before.left + 3 * left, before.top + 3 * top, before.right + 3 * right,
         before.bottom + 3 * bottom), abs=1e-6,
    )  # fmt: skip
    assert on_page.page.line(line.id).text == "再读"  # what stands there now is read
    on_page.key(KEY.Key_Z, CTRL)
    assert on_page.page.line(line.id).quad.box == before
    assert on_page.page.line(line.id).text == line.text


def test_a_box_is_drawn_read_and_removed(on_page, idle):
    count = len(on_page.page.lines)
    on_page.key(KEY.Key_W)
    assert on_page.view.tool is Tool.DRAW
    port = on_page.view.viewport()
    start, end = on_page.at((200, 1900)), on_page.at((900, 1960))
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
    idle(on_page.program)
    assert len(on_page.page.lines) == count + 1
    drawn = on_page.line
    assert drawn.text == "再读"
    wanted = Quad.from_box(200, 1900, 900, 1960).box
    assert (drawn.quad.box.left, drawn.quad.box.bottom) == pytest.approx(
        (wanted.left, wanted.bottom), abs=3
    )
    on_page.key(KEY.Key_Escape)
    on_page.key(KEY.Key_Delete)
    assert len(on_page.page.lines) == count
    on_page.key(KEY.Key_Z, CTRL)
    assert on_page.page.line(drawn.id).text == "再读"


def test_ctrl_and_click_selects_several_in_page_and_list(on_page):
    lines = on_page.page.lines[:3]
    on_page.click(lines[0].quad.center)
    on_page.click(lines[1].quad.center, CTRL)
    on_page.click(lines[2].quad.center, CTRL)
    assert on_page.document.selected_line_ids == tuple(line.id for line in lines)
    assert len(on_page.review.lines.list.selectedIndexes()) == 3
    on_page.click(lines[1].quad.center, CTRL)
    assert on_page.document.selected_line_ids == (lines[0].id, lines[2].id)
    on_page.view.setFocus()
    on_page.key(KEY.Key_Delete)
    assert [line.id for line in on_page.page.lines[:1]] == [lines[1].id]


def test_cutting_joining_and_the_order(on_page, idle):
    before = [line.text for line in on_page.page.lines]
    on_page.key(KEY.Key_C)
    on_page.key(KEY.Key_Return)
    assert len(on_page.page.lines) == len(before) + 1
    on_page.key(KEY.Key_Escape)
    on_page.document.select_lines([line.id for line in on_page.page.lines[1:3]])
    on_page.key(KEY.Key_J)
    assert [line.text for line in on_page.page.lines] == before
    on_page.document.select_line(on_page.page.lines[1].id)
    on_page.key(KEY.Key_L)
    on_page.key(KEY.Key_Down, ALT)
    assert [line.text for line in on_page.page.lines][1:3] == [before[2], before[1]]
    for _ in range(3):
        on_page.key(KEY.Key_Z, CTRL)
    assert [line.text for line in on_page.page.lines] == before


# --- 15: splitting and merging at the caret -----------------------------------------------------


def test_lines_are_split_at_the_caret_and_merged_on_both_sides(desk):
    before = [line.text for line in desk.page.lines]
    desk.key(KEY.Key_Down)
    text = desk.editor.text()
    desk.editor.set_caret(2)
    desk.key(KEY.Key_D, CTRL)
    assert [line.text for line in desk.page.lines[1:3]] == [text[:2], text[2:]]
    desk.key(KEY.Key_M, CTRL | SHIFT)
    assert desk.page.lines[1].text == text and desk.editor.caret == 2
    desk.key(KEY.Key_M, CTRL)
    assert desk.index() == 0 and desk.page.lines[0].text.startswith(before[0])
    assert desk.page.lines[0].text.endswith(text)
    assert desk.editor.hasFocus()


# --- 16: zoom -----------------------------------------------------------------------------------


@pytest.mark.parametrize("corner", [(0.1, 0.1), (0.9, 0.1), (0.5, 0.5), (0.1, 0.95), (0.9, 0.9)])
def test_what_is_under_the_pointer_stays_there_from_the_whole_page_on(desk, corner):
    """Also where the page does not fill the view yet, at its edges, and on the way back."""
    page = desk.page
    desk.view.fit_page()
    at = desk.at((corner[0] * page.width, corner[1] * page.height))
    for notches in (1, 1, 1, 2, 4, -1, -2, -4, -2, 3):
        paper = desk.on_paper(at)
        desk.wheel(at, notches, CTRL)
        now = desk.view.viewportTransform().map(paper)
        # Scroll bars know whole pixels only.
        assert abs(now.x() - at.x()) <= 1.01 and abs(now.y() - at.y()) <= 1.01
    desk.view.fit_page()
    assert desk.at((corner[0] * page.width, corner[1] * page.height)) == at


def test_keys_of_the_zoom(desk):
    desk.key(KEY.Key_1, CTRL)
    assert desk.view.zoom == pytest.approx(1.0)
    desk.key(KEY.Key_2, CTRL)
    page = desk.view.viewportTransform().mapRect(desk.view.page_rect)
    assert page.width() == pytest.approx(desk.view.viewport().width(), abs=40)
    desk.key(KEY.Key_0, CTRL)
    page = desk.view.viewportTransform().mapRect(desk.view.page_rect)
    assert desk.view.viewport().rect().contains(page.toRect())
    middle = desk.view.viewport().rect().center()
    assert abs(page.center().x() - middle.x()) <= 2


@pytest.mark.parametrize("key", [KEY.Key_Plus, KEY.Key_Equal])
def test_the_text_alone_grows_and_shrinks(desk, key):
    zoom, size, text = desk.view.zoom, desk.editor.text_size, desk.editor.text()
    desk.key(key, CTRL | ALT)
    assert desk.editor.text_size > size >= 18
    assert desk.editor.fontMetrics().height() > size
    desk.key(KEY.Key_Minus, CTRL | ALT)
    assert (desk.editor.text_size, desk.view.zoom, desk.editor.text()) == (size, zoom, text)


@pytest.mark.parametrize("how", ["space", "middle"])
def test_the_paper_is_dragged_and_no_box_with_it(on_page, how):
    view, port = on_page.view, on_page.view.viewport()
    view.zoom_to(1.5)
    view.scroll_by(100, 200)
    on_page.document.select_line(on_page.page.lines[4].id)
    start = on_page.at(on_page.line.quad.center)
    end, paper = start + QPoint(-60, -80), on_page.on_paper(start)
    button = Qt.MouseButton.LeftButton
    if how == "space":
        QTest.keyPress(view, KEY.Key_Space)
        assert port.cursor().shape() is Qt.CursorShape.OpenHandCursor
    else:
        button = Qt.MouseButton.MiddleButton
    QTest.mousePress(port, button, pos=start)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, button, pos=end)
    if how == "space":
        QTest.keyRelease(view, KEY.Key_Space)
        assert port.cursor().shape() is not Qt.CursorShape.OpenHandCursor
    now = view.viewportTransform().map(paper)
    assert (now.x(), now.y()) == pytest.approx((end.x(), end.y()), abs=1.01)
    assert on_page.document.undo_stack.count() == 0


# --- 17: the bare paper -------------------------------------------------------------------------


def bare(desk) -> bool:
    """Say whether the view shows the paper and nothing of ours."""
    desk.view.clearFocus()  # whose frame is no overlay
    shown = [item for item in desk.view.scene().items() if item.isVisible() and item.zValue() > 0]
    return not shown and not any(hint.isVisible() for hint in desk.view.findChildren(ToolHint))


@pytest.mark.parametrize("tool", ["draw_box", "cut_box", "edit_order", None])
def test_alt_hides_everything_that_lies_over_the_paper_while_it_is_held(desk, tool):
    if tool:
        desk.window.commands[tool].trigger()
    assert not bare(desk)
    desk.editor.setFocus()
    QTest.keyPress(desk.editor, KEY.Key_Alt)
    assert bare(desk)
    desk.editor.setFocus()
    QTest.keyRelease(desk.editor, KEY.Key_Alt)
    assert not bare(desk)


def test_alt_shows_the_bare_paper_wherever_the_keyboard_is(desk):
    for name, part in desk.parts().items():
        part.setFocus()
        QTest.keyPress(part, KEY.Key_Alt)
        assert not desk.view.overlay.shown, name
        QTest.keyRelease(part, KEY.Key_Alt)
        assert desk.view.overlay.shown, name


def test_overlays_come_back_when_the_window_goes_while_alt_is_held(desk):
    """As with Alt+Tab: the window never hears that Alt was let go."""
    QTest.keyPress(desk.editor, KEY.Key_Alt)
    assert not desk.view.overlay.shown
    QApplication.sendEvent(desk.window, QEvent(QEvent.Type.WindowDeactivate))
    assert desk.view.overlay.shown
    QTest.keyPress(desk.editor, KEY.Key_Alt)
    assert not desk.view.overlay.shown
    desk.window.hide()
    assert desk.view.overlay.shown
    desk.window.show()


def test_boxes_that_are_switched_off_stay_off_after_alt(desk):
    desk.key(KEY.Key_L, CTRL)
    assert not desk.view.overlay.shown
    QTest.keyPress(desk.editor, KEY.Key_Alt)
    QTest.keyRelease(desk.editor, KEY.Key_Alt)
    assert not desk.view.overlay.shown
    desk.key(KEY.Key_L, CTRL)
    assert desk.view.overlay.shown and desk.window.commands["show_boxes"].isChecked()
