from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_ocr.ui.page_view.canvas import LARGEST, SMALLEST, Fit
from desktop_ocr.ui.theme import Theme, apply_theme
from tests.ui.documents import add_page, blank

CTRL = Qt.KeyboardModifier.ControlModifier


def page_point(view, at: QPoint) -> QPointF:
    """Exact page place under the middle of a screen pixel."""
    return view.viewportTransform().inverted()[0].map(QPointF(at))


@pytest.mark.parametrize("notches", [1, 3, -1, 0.25])
@pytest.mark.parametrize("at", [QPoint(300, 250), QPoint(120, 80), QPoint(480, 420)])
def test_zoom_keeps_the_point_under_the_pointer(view, mouse, notches, at):
    view.zoom_to(2.0)
    view.scroll_by(200, 300)
    before = page_point(view, at)
    mouse.wheel(at, notches, CTRL)
    after = page_point(view, at)
    assert view.zoom == pytest.approx(2.0 * 1.2**notches)
    # Scroll bars know whole pixels only.
    assert abs(after.x() - before.x()) * view.zoom <= 1.01
    assert abs(after.y() - before.y()) * view.zoom <= 1.01


def test_plain_wheel_scrolls_and_does_not_zoom(view, mouse):
    view.zoom_to(1.0)
    top = view.verticalScrollBar().value()
    mouse.wheel(QPoint(300, 250), -1)
    assert view.zoom == pytest.approx(1.0)
    assert view.verticalScrollBar().value() > top


def test_shift_wheel_scrolls_sideways(view, mouse):
    view.zoom_to(2.0)
    left, top = view.horizontalScrollBar().value(), view.verticalScrollBar().value()
    mouse.wheel(QPoint(300, 250), -1, Qt.KeyboardModifier.ShiftModifier)
    assert view.horizontalScrollBar().value() > left
    assert view.verticalScrollBar().value() == top


def test_page_is_fitted_at_first_and_after_a_change_of_size(view, qtbot):
    for size in ((600, 500), (900, 400), (300, 900)):
        view.resize(*size)
        shown = view.viewportTransform().mapRect(QRectF(0, 0, 1000, 1400))
        port = QRectF(view.viewport().rect())
        assert port.contains(shown)
        assert max(shown.width() / port.width(), shown.height() / port.height()) > 0.85


@pytest.mark.parametrize("theme", [None, Theme.LIGHT])
def test_fitted_width_fills_the_width_without_a_horizontal_bar(view, qapp, theme):
    # The style sheet makes narrower scroll bars than the platform.
    before = qapp.styleSheet(), qapp.palette()
    if theme is not None:
        apply_theme(qapp, theme)
    view.fit_width()
    shown = view.viewportTransform().mapRect(QRectF(0, 0, 1000, 1400))
    assert 0.9 < shown.width() / view.viewport().width() < 1.0
    assert view.horizontalScrollBar().maximum() == view.horizontalScrollBar().minimum()
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])


def test_actual_size_is_one_pixel_for_one_pixel(view, qtbot):
    with qtbot.waitSignal(view.zoom_changed) as signal:
        view.actual_size()
    assert signal.args == [pytest.approx(1.0)]
    assert view.zoom == pytest.approx(1.0)
    assert view.fit is Fit.NONE


def test_zoom_is_bounded(view):
    for _ in range(60):
        view.zoom_in()
    assert view.zoom == pytest.approx(LARGEST)
    for _ in range(120):
        view.zoom_out()
    assert view.zoom == pytest.approx(SMALLEST)


def test_chosen_zoom_stays_when_the_window_changes(view):
    view.zoom_to(1.5)
    view.resize(800, 700)
    assert view.zoom == pytest.approx(1.5)


@pytest.mark.parametrize("how", ["middle", "space"])
def test_dragging_the_paper_moves_it_with_the_pointer(view, mouse, how):
    view.zoom_to(2.0)
    view.scroll_by(200, 200)
    start, end = QPoint(300, 250), QPoint(240, 330)
    under = page_point(view, start)
    if how == "middle":
        mouse.drag(start, end, Qt.MouseButton.MiddleButton)
    else:
        QTest.keyPress(view, Qt.Key.Key_Space)
        mouse.drag(start, end)
        QTest.keyRelease(view, Qt.Key.Key_Space)
    now = page_point(view, end)
    assert (now.x(), now.y()) == pytest.approx((under.x(), under.y()), abs=1e-6)
    assert view.controller.undo_stack.count() == 0


def test_selecting_a_visible_line_does_not_move_the_page(view, controller):
    view.zoom_to(1.0)
    view.reveal(QRectF(0, 0, 400, 400))
    before = view.viewportTransform()
    for line_id in ("line1", "line2", "line0"):
        controller.select_line(line_id)
        assert view.viewportTransform() == before


def test_selecting_a_hidden_line_scrolls_just_as_far_as_needed(view, controller):
    view.zoom_to(1.0)
    view.reveal(QRectF(0, 0, 100, 100))
    x = view.horizontalScrollBar().value()
    controller.select_line("line4")
    box = view.viewportTransform().mapRect(QRectF(100, 500, 400, 40))
    assert QRectF(view.viewport().rect()).contains(box)
    bottom = view.viewport().height()
    assert 0 <= bottom - box.bottom() <= 30  # it came up to the lower edge, not to the middle
    assert view.horizontalScrollBar().value() == x


def test_a_line_wider_than_the_window_shows_its_start(view, controller):
    view.zoom_to(4.0)
    view.scroll_by(2000, 2000)
    controller.select_line("line1")
    start = view.viewportTransform().map(QPointF(100, 200))
    assert 0 <= start.x() <= 40
    assert 0 <= start.y() < view.viewport().height()


def test_another_page_is_fitted_again(view, controller):
    other = add_page(controller, pixels=blank(2000, 1000))
    controller.set_current_page(other)
    shown = view.viewportTransform().mapRect(QRectF(0, 0, 2000, 1000))
    assert QRectF(view.viewport().rect()).contains(shown)
    assert shown.width() / view.viewport().width() > 0.9


def test_no_page_no_zoom_trouble(view, controller, mouse):
    controller.set_current_page("")
    view.zoom_in()
    view.fit_page()
    mouse.wheel(QPoint(10, 10), 1, CTRL)
    mouse.click(QPoint(50, 50))
    assert view.page_rect.isEmpty()


def test_pixels_on_the_screen_are_those_of_the_page(view, controller, qtbot):
    pixels = blank(1200, 800)
    pixels[300:400, 500:700] = (10, 20, 250)  # a red field, BGR
    page = add_page(controller, pixels=pixels)
    controller.set_current_page(page)
    for zoom in (0.3, 1.0, 3.0):
        view.zoom_to(zoom)
        view.reveal(QRectF(550, 320, 100, 60))
        image = view.viewport().grab().toImage()
        at = view.mapFromScene(QPointF(600, 350))
        colour = image.pixelColor(at)
        assert (colour.red(), colour.green(), colour.blue()) == (250, 20, 10)


def test_a_pinch_zooms_at_the_fingers(view):
    view.zoom_to(1.0)
    view.scroll_by(150, 300)
    at = QPoint(200, 150)
    before = page_point(view, at)
    place = QPointF(at)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        QPointF(view.viewport().mapToGlobal(at)),
        0.25,
        QPointF(),
    )
    QApplication.sendEvent(view.viewport(), event)
    after = page_point(view, at)
    assert view.zoom == pytest.approx(1.25)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=1.01)
