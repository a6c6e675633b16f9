"""What a pressed mouse button does until it is released; Esc takes it back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from math import atan2, degrees
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication

from desktop_ocr.document.geometry import Point
from desktop_ocr.ui.page_view.shaping import Handle, common_angle, drawn, moved_within, resized

if TYPE_CHECKING:
    from desktop_ocr.document.geometry import Quad
    from desktop_ocr.ui.page_view.items import LineItem
    from desktop_ocr.ui.page_view.view import PageView

SMALLEST_DRAWN = 6.0
"""A drawn box below this many screen pixels is taken for a slip of the hand."""


class Drag(ABC):
    """One press of a button.

    Attributes:
        view: The page view.
        start: Where it began, in screen pixels of the viewport.
        origin: The same in pixels of the scene.
    """

    def __init__(self, view: PageView, start: QPoint) -> None:
        self.view = view
        self.start = start
        self.origin = view.mapToScene(start)

    @abstractmethod
    def move(self, position: QPoint) -> None:
        """Follow the pointer."""

    @abstractmethod
    def finish(self) -> None:
        """The button was released: change the document, once."""

    @abstractmethod
    def cancel(self) -> None:
        """Leave everything as it was."""

    def shift(self, position: QPoint) -> QPointF:
        """Return how far the pointer went, in pixels of the scene."""
        return self.view.mapToScene(position) - self.origin

    def on_page(self, point: QPointF) -> QPointF:
        """Return the nearest point of what is shown, in pixels of the scene."""
        rect = self.view.page_rect
        return QPointF(
            min(max(point.x(), rect.left()), rect.right()),
            min(max(point.y(), rect.top()), rect.bottom()),
        )

    def is_slip(self, position: QPoint) -> bool:
        """Say whether the pointer has hardly moved."""
        return (position - self.start).manhattanLength() < QApplication.startDragDistance()


class Pan(Drag):
    """Moves the paper under the pointer."""

    def __init__(self, view: PageView, start: QPoint) -> None:
        super().__init__(view, start)
        self._last = start

    def move(self, position: QPoint) -> None:
        step = position - self._last
        self._last = position
        self.view.scroll_by(-step.x(), -step.y())

    def finish(self) -> None:
        """Nothing to do."""

    def cancel(self) -> None:
        """Nothing to do."""


class Reshape(Drag):
    """Moves a box, or one of its handles."""

    def __init__(
        self, view: PageView, start: QPoint, item: LineItem, handle: Handle | None = None
    ) -> None:
        super().__init__(view, start)
        self._line_id = item.line_id
        self._before = item.quad
        self._now = item.quad
        self._handle = handle
        self._begun = handle is not None

    def move(self, position: QPoint) -> None:
        # A click must not move a box by a pixel or two.
        self._begun = self._begun or not self.is_slip(position)
        if not self._begun:
            return
        if self._handle is None:
            by, rect = self.shift(position), self.view.page_rect
            self._now = moved_within(self._before, by.x(), by.y(), rect.width(), rect.height())
        else:
            by = self.on_page(self.view.mapToScene(position)) - self.on_page(self.origin)
            self._now = resized(self._before, self._handle, by.x(), by.y())
        self.view.preview_quad(self._line_id, self._now)

    def finish(self) -> None:
        if self._now != self._before:
            self.view.change_quad(self._line_id, self._now)
        elif not self._begun:
            self.view.click_line(self.origin)

    def cancel(self) -> None:
        self.view.preview_quad(self._line_id, self._before)


class Band(Drag):
    """Selects all lines that a rectangle touches."""

    def __init__(self, view: PageView, start: QPoint, *, extend: bool) -> None:
        super().__init__(view, start)
        self._kept = view.controller.selected_line_ids if extend else ()
        self._rect = QRectF()

    def move(self, position: QPoint) -> None:
        if self._rect.isNull() and self.is_slip(position):
            return
        self._rect = QRectF(self.origin, self.view.mapToScene(position)).normalized()
        self.view.sketches.show_band(self._rect)

    def finish(self) -> None:
        self.view.sketches.show_band(QRectF())
        if self._rect.isNull():
            return
        touched = [i for i in self.view.lines_in(self._rect) if i not in self._kept]
        if touched or self._kept:
            self.view.controller.select_lines([*self._kept, *touched])

    def cancel(self) -> None:
        self.view.sketches.show_band(QRectF())


class Draw(Drag):
    """Draws a new box along the direction of the text on the page."""

    def __init__(self, view: PageView, start: QPoint) -> None:
        super().__init__(view, start)
        self._angle = common_angle(view.overlay.quads())
        self._quad: Quad | None = None

    def move(self, position: QPoint) -> None:
        start, end = self.on_page(self.origin), self.on_page(self.view.mapToScene(position))
        self._quad = drawn(Point(start.x(), start.y()), Point(end.x(), end.y()), self._angle)
        self.view.sketches.show_drawn(self._quad)

    def finish(self) -> None:
        self.view.sketches.show_drawn(None)
        quad = self._quad
        least = SMALLEST_DRAWN * self.view.pixel
        if quad is not None and quad.width >= least and quad.height >= least:
            self.view.select_again()
            self.view.add_quad(quad)

    def cancel(self) -> None:
        self.view.sketches.show_drawn(None)


def resize_cursor(handle: Handle, angle: float) -> Qt.CursorShape:
    """Return the arrows that point in the direction in which a handle moves.

    Args:
        handle: What would be dragged.
        angle: Direction of the text in radians.
    """
    along, across = handle.value
    turn = (degrees(atan2(across, along)) + degrees(angle)) % 180
    shapes = (
        Qt.CursorShape.SizeHorCursor,
        Qt.CursorShape.SizeFDiagCursor,
        Qt.CursorShape.SizeVerCursor,
        Qt.CursorShape.SizeBDiagCursor,
    )
    return shapes[round(turn / 45) % 4]
