from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.page_view import PageView
from tests.ui.documents import add_page, standard_lines

NONE = Qt.KeyboardModifier.NoModifier


class Mouse:
    """A real mouse on the view: places are given in page pixels or screen pixels."""

    def __init__(self, view: PageView) -> None:
        self.view = view
        self.port = view.viewport()

    def at(self, x: float, y: float) -> QPoint:
        """Screen place of a page place."""
        return self.view.mapFromScene(QPointF(x, y))

    def press(self, at: QPoint, button=Qt.MouseButton.LeftButton, keys=NONE):
        QTest.mousePress(self.port, button, keys, at)

    def move(self, at: QPoint):
        QTest.mouseMove(self.port, at)
        QApplication.processEvents()

    def release(self, at: QPoint, button=Qt.MouseButton.LeftButton, keys=NONE):
        QTest.mouseRelease(self.port, button, keys, at)

    def click(self, at: QPoint, button=Qt.MouseButton.LeftButton, keys=NONE):
        self.press(at, button, keys)
        self.release(at, button, keys)

    def drag(self, start: QPoint, end: QPoint, button=Qt.MouseButton.LeftButton, keys=None):
        keys = keys or NONE
        self.press(start, button, keys)
        self.move(start + (end - start) / 2)
        self.move(end)
        self.release(end, button, keys)

    def wheel(self, at: QPoint, notches: float, keys=NONE):
        event = QWheelEvent(
            QPointF(at),
            QPointF(self.port.mapToGlobal(at)),
            QPoint(),
            QPoint(0, round(120 * notches)),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.port, event)


@pytest.fixture
def controller(qapp):
    return DocumentController()


@pytest.fixture
def view(controller, qtbot):
    """A page of 1000 x 1400 pixels with five lines, in a view of 600 x 500."""
    add_page(controller, standard_lines())
    shown = PageView(controller)
    qtbot.addWidget(shown)
    shown.resize(600, 500)
    shown.show()
    qtbot.waitExposed(shown)
    # Drags of a few pixels count at once, whatever the desktop says.
    before = QApplication.startDragDistance()
    QApplication.setStartDragDistance(4)
    yield shown
    QApplication.setStartDragDistance(before)
    controller.set_current_page("")
    shown.release_page()


@pytest.fixture
def mouse(view):
    return Mouse(view)
