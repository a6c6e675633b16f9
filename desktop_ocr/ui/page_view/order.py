"""The reading order over the boxes: numbers, a path, and how a person changes it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from desktop_ocr.document.geometry import Quad
from desktop_ocr.ui.box_edits import read_after, read_earlier
from desktop_ocr.ui.page_view.modes import Mode, Tool
from desktop_ocr.ui.page_view.shaping import Handle, axes, handle_point
from desktop_ocr.ui.theme import PAPER

if TYPE_CHECKING:
    from desktop_ocr.ui.page_view.drags import Drag
    from desktop_ocr.ui.page_view.view import PageView

NUMBER_SIZE = 11
"""Size of the numbers' font and half the height of their grounds, in screen pixels."""
ARROW = 4.0


class OrderPath(QGraphicsItem):
    """Numbers at the beginnings of lines, and the way from each to the next."""

    def __init__(self) -> None:
        super().__init__()
        self._rect = QRectF()
        self._places: list[QPointF] = []
        self._current = -1
        self._pixel = 1.0
        self.setZValue(9)

    @property
    def places(self) -> Sequence[QPointF]:
        """Where the numbers stand, in reading order."""
        return self._places

    def show_order(self, quads: Sequence[Quad], current: int, rect: QRectF, pixel: float) -> None:
        """Show lines in an order.

        Args:
            quads: The boxes, in pixels of the scene.
            current: Index of the current line, -1 for none.
            rect: What the scene shows.
            pixel: Pixels of the scene for one screen pixel.
        """
        self.prepareGeometryChange()
        self._rect, self._current, self._pixel = rect, current, pixel
        # Before the line, so that its first characters can be read.
        self._places = [self._before(quad) for quad in quads]
        self.update()

    def _before(self, quad: Quad) -> QPointF:
        start, (u, _) = handle_point(quad, Handle.LEFT), axes(quad)
        away = (NUMBER_SIZE + 1) * self._pixel
        return QPointF(start.x - u.x * away, start.y - u.y * away)

    def boundingRect(self) -> QRectF:
        margin = 4 * NUMBER_SIZE * self._pixel
        return self._rect.adjusted(-margin, -margin, margin, margin)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(PAPER.colour("accent", 0.55), 1.4)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(PAPER.colour("accent", 0.55))
        for start, end in pairwise(self._places):
            painter.drawLine(start, end)
            self._paint_arrow(painter, start, end)
        for number, place in enumerate(self._places):
            if number != self._current:
                self._paint_number(painter, place, number + 1, chosen=False)
        if 0 <= self._current < len(self._places):  # on top of those beside it
            place = self._places[self._current]
            self._paint_number(painter, place, self._current + 1, chosen=True)

    def _paint_arrow(self, painter: QPainter, start: QPointF, end: QPointF) -> None:
        x, y = end.x() - start.x(), end.y() - start.y()
        length = hypot(x, y)
        if length < 6 * NUMBER_SIZE * self._pixel:
            return
        size = ARROW * self._pixel
        painter.save()
        painter.translate((start.x() + end.x()) / 2, (start.y() + end.y()) / 2)
        painter.rotate(degrees(atan2(y, x)))
        painter.drawPolygon(
            QPolygonF([QPointF(size, 0), QPointF(-size, size), QPointF(-size, -size)])
        )
        painter.restore()

    def _paint_number(self, painter: QPainter, at: QPointF, number: int, *, chosen: bool) -> None:
        painter.save()
        painter.translate(at)
        painter.scale(self._pixel, self._pixel)
        font = QFont(painter.font())
        font.setPixelSize(NUMBER_SIZE + 1)
        font.setBold(chosen)
        painter.setFont(font)
        text = str(number)
        width = max(QFontMetricsF(font).horizontalAdvance(text) + 8, 2.0 * NUMBER_SIZE - 2)
        ground = QRectF(-width / 2, 1 - NUMBER_SIZE, width, 2 * NUMBER_SIZE - 2)
        painter.setPen(QPen(PAPER.colour("accent"), 1.2))
        painter.setBrush(PAPER.colour("accent" if chosen else "surface"))
        painter.drawRoundedRect(ground, NUMBER_SIZE - 1, NUMBER_SIZE - 1)
        painter.setPen(PAPER.colour("on_accent" if chosen else "accent"))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


class OrderMode(Mode):
    """Shows the reading order; boxes clicked one after the other are read one after the other.

    The first click says where to go on from; each further one lets that box be read right after
    the one clicked before.
    """

    tool = Tool.ORDER

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._last = ""  # the box that was clicked before
        self.item = OrderPath()
        self.item.hide()
        view.scene().addItem(self.item)

    def enter(self) -> None:
        self._last = ""
        self.refresh()

    def leave(self) -> None:
        self.item.hide()

    def refresh(self) -> None:
        view = self.view
        page = view.controller.current_page
        lines = [] if page is None else list(page.lines)
        ids = [line.id for line in lines]
        if self._last not in ids:
            self._last = ""
        selected = view.controller.selected_line_ids
        current = ids.index(selected[-1]) if selected and selected[-1] in ids else -1
        quads = [view.frame.shown(line.quad) for line in lines]
        self.item.show_order(quads, current, view.page_rect, view.pixel)
        self.item.setVisible(view.overlay.shown)

    def hover(self, position: QPoint, modifiers: Qt.KeyboardModifier) -> Qt.CursorShape:
        item = self.view.overlay.item_at(self.view.mapToScene(position))
        self.view.overlay.set_hovered(item)
        shape = Qt.CursorShape
        return shape.ArrowCursor if item is None else shape.PointingHandCursor

    def press(self, position: QPoint, modifiers: Qt.KeyboardModifier) -> Drag | None:
        view = self.view
        item = view.overlay.smallest_at(view.mapToScene(position))
        if item is None:
            self._last = ""
            return None
        before, self._last = self._last, item.line_id
        with view.staying():
            if before:
                read_after(view.controller, item.line_id, before)
            view.controller.select_line(item.line_id)
        return None

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        controller = self.view.controller
        page, line = controller.current_page, controller.current_line
        if page is None or line is None or key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return False
        step = -1 if key == Qt.Key.Key_Up else 1
        if modifiers == Qt.KeyboardModifier.AltModifier:
            read_earlier(controller, line.id, -step)
        elif not modifiers:
            self._last = ""
            place = page.index(line.id) + step
            if 0 <= place < len(page.lines):
                controller.select_line(page.lines[place].id)
        else:
            return False
        return True

    def hint(self) -> str:
        return QCoreApplication.translate(
            "PageView",
            "Click the boxes in the order in which they are to be read, or move the current line "
            "with Alt+↑ and Alt+↓. Esc ends.",
        )
