"""The page with its line boxes: what is shown of the document and what the mouse does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QGraphicsPolygonItem, QGraphicsRectItem, QWidget

from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.page_view.canvas import Canvas
from desktop_ocr.ui.page_view.drags import Band, Drag, Draw, Pan, Reshape, Tool, resize_cursor
from desktop_ocr.ui.page_view.items import LineItem, polygon
from desktop_ocr.ui.page_view.nudge import Nudge
from desktop_ocr.ui.page_view.overlay import Overlay
from desktop_ocr.ui.page_view.peek import AltPeek
from desktop_ocr.ui.page_view.pixels import PagePixels
from desktop_ocr.ui.page_view.shaping import Handle, angle
from desktop_ocr.ui.theme import PAPER, tokens

if TYPE_CHECKING:
    from desktop_ocr.document.geometry import Quad


class PageView(Canvas):
    """Shows the current page and edits its boxes through the controller.

    Attributes:
        controller: The document.

    Signals:
        tool_changed: The :class:`Tool` that is chosen now.
        boxes_shown_changed: Whether boxes are drawn.
        line_clicked: Place in page pixels where a line was clicked, which is current now.
        line_activated: Id of a line that was double-clicked, or chosen with Enter.
    """

    tool_changed = Signal(object)
    boxes_shown_changed = Signal(bool)
    line_clicked = Signal(float, float)
    line_activated = Signal(str)

    def __init__(self, controller: DocumentController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controller = controller
        self._tool = Tool.SELECT
        self._boxes_shown = True
        self._peeking = False
        self._space_held = False
        self._drag: Drag | None = None
        self._overlay = Overlay(self._scene, controller)
        self._pixels = PagePixels(self._scene, controller, self)
        self._band = QGraphicsRectItem()
        self._drawn = QGraphicsPolygonItem()
        for item in (self._band, self._drawn):
            item.setZValue(10)
            item.hide()
            self._scene.addItem(item)
        self._nudge = Nudge(self)
        self._nudge.finished.connect(self.change_quad)
        self._peek = AltPeek(self)
        self._peek.held.connect(self._set_peeking)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dress()
        self._name()
        controller.current_page_changed.connect(self._show_page)
        controller.page_image_ready.connect(self._take_pixels)
        controller.lines_changed.connect(self._take_lines)
        controller.line_changed.connect(self._take_line)
        controller.current_line_changed.connect(self._follow_current_line)
        controller.selection_changed.connect(self._show_selection)
        controller.page_state_changed.connect(self._take_state)
        controller.doubt_changed.connect(self._overlay.update_looks)
        controller.commit_pending.connect(self._nudge.flush)
        page = controller.current_page
        self._show_page("" if page is None else page.id)

    # --- tools and overlays -----------------------------------------------------------------

    @property
    def tool(self) -> Tool:
        """What the left button does."""
        return self._tool

    def set_tool(self, tool: Tool) -> None:
        """Choose what the left button does."""
        if tool is not self._tool:
            self._cancel_drag()
            self._tool = tool
            self._overlay.set_hovered(None)
            self._update_cursor()
            self._show_selection()
            self.tool_changed.emit(tool)

    def show_boxes(self, shown: bool) -> None:
        """Draw boxes or leave the paper bare."""
        if shown != self._boxes_shown:
            self._boxes_shown = shown
            self._overlay.set_shown(shown and not self._peeking)
            self.boxes_shown_changed.emit(shown)

    def _set_peeking(self, peeking: bool) -> None:
        self._peeking = peeking
        self._overlay.set_shown(self._boxes_shown and not peeking)

    def item(self, line_id: str) -> LineItem | None:
        """Return the outline of a line."""
        return self._overlay.item(line_id)

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Page with line boxes"))
        self.setAccessibleDescription(
            self.tr("Arrow keys move the selected box, Delete removes it, W draws a new one.")
        )

    def _dress(self) -> None:
        self.setBackgroundBrush(tokens().colour("canvas"))
        for item, style in (
            (self._band, Qt.PenStyle.DashLine),
            (self._drawn, Qt.PenStyle.SolidLine),
        ):
            pen = QPen(PAPER.colour("accent"), 1.5, style)
            pen.setCosmetic(True)
            item.setPen(pen)
            item.setBrush(PAPER.colour("accent", 0.10))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._name()
        elif event.type() is QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._peek.watch(self.window())

    def zoom_was_set(self) -> None:
        self._overlay.set_pixel(self.pixel)
        self._pixels.set_scale(self.zoom)

    # --- the document -----------------------------------------------------------------------

    def _show_page(self, page_id: str) -> None:
        self._cancel_drag()
        self._overlay.show_page(self.controller.current_page)
        self._show_pixels(keep_place=False)
        self._show_selection()

    def release_page(self) -> None:
        """Let go of all pixels and wait for the threads that reduce them; for closing."""
        self._pixels.release()

    def _show_pixels(self, *, keep_place: bool) -> None:
        page = self.controller.current_page
        self._pixels.show_page(page)
        rect = QRectF() if page is None else QRectF(0, 0, page.width, page.height)
        self.set_page_rect(rect, keep_place=keep_place)

    def _take_pixels(self, page_id: str) -> None:
        if page_id == self._overlay.page_id and not self._pixels.is_loaded:
            self._show_pixels(keep_place=True)

    def _take_lines(self, page_id: str) -> None:
        page = self.controller.current_page
        if page is not None and page.id == page_id == self._overlay.page_id:
            self._overlay.take_lines(page)
            self._show_selection()

    def _take_line(self, page_id: str, line_id: str) -> None:
        if page_id == self._overlay.page_id:
            self._overlay.take_line(line_id)

    def _take_state(self, page_id: str) -> None:
        if page_id == self._overlay.page_id:
            self._overlay.update_looks()

    def _follow_current_line(self, page_id: str, line_id: str) -> None:
        self._nudge.flush()
        item = self._overlay.item(line_id)
        if item is not None and page_id == self._overlay.page_id and self._drag is None:
            self.reveal(polygon(item.quad).boundingRect())

    def _show_selection(self) -> None:
        self._overlay.show_selection(handles=self._tool is Tool.SELECT)

    # --- for the drags ----------------------------------------------------------------------

    def preview_quad(self, line_id: str, quad: Quad) -> None:
        """Draw a box elsewhere without changing the document."""
        item = self._overlay.item(line_id)
        if item is not None:
            item.set_quad(quad)

    def change_quad(self, line_id: str, quad: Quad) -> None:
        """Give a line another box, as one step, and have it read again."""
        page_id = self._overlay.page_id
        if self._overlay.item(line_id) is not None:
            self.controller.move_line(line_id, quad, page_id=page_id)
            self.controller.read_again_requested.emit(page_id, (line_id,))

    def add_quad(self, quad: Quad) -> None:
        """Add a line, as one step, and have it read."""
        page_id = self._overlay.page_id
        line_id = self.controller.add_line(quad, page_id=page_id)
        self.controller.read_again_requested.emit(page_id, (line_id,))

    def show_band(self, rect: QRectF) -> None:
        """Show the selecting rectangle; an empty one hides it."""
        self._band.setRect(rect)
        self._band.setVisible(not rect.isNull())

    def show_drawn(self, quad: Quad | None) -> None:
        """Show the box that is being drawn."""
        if quad is not None:
            self._drawn.setPolygon(polygon(quad))
        self._drawn.setVisible(quad is not None)

    def lines_in(self, rect: QRectF) -> list[str]:
        """Return the lines that a rectangle of the page touches, in reading order."""
        return self._overlay.lines_in(rect)

    # --- mouse ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        position, button = event.position().toPoint(), event.button()
        if self._drag is not None or self._page_rect.isEmpty():
            return
        left = button is Qt.MouseButton.LeftButton
        if button is Qt.MouseButton.MiddleButton or (left and self._space_held):
            self._drag = Pan(self, position)
        elif button is Qt.MouseButton.RightButton:
            item = self._overlay.item_at(self.mapToScene(position))
            if item is not None and item.line_id not in self.controller.selected_line_ids:
                self.controller.select_line(item.line_id)
        elif left:
            self._drag = self._press(position, event.modifiers())
        self._update_cursor(position)

    def _press(self, position: QPoint, modifiers: Qt.KeyboardModifier) -> Drag | None:
        self._nudge.flush()
        if self._tool is Tool.DRAW:
            return Draw(self, position)
        point = self.mapToScene(position)
        extend = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        current = self._overlay.current()
        handle = self._handle_at(point)
        if current is not None and handle is not None and not extend:
            return Reshape(self, position, current, handle)
        item = self._overlay.item_at(point)
        if item is None:
            return Band(self, position, extend=extend)
        # A box under the pointer is visible, so selecting it must not move the page.
        drag = Reshape(self, position, item)
        self._drag = drag
        self.controller.select_line(item.line_id, extend=extend)
        return None if extend else drag

    def _handle_at(self, point: QPointF) -> Handle | None:
        current = self._overlay.current()
        if current is None or not self._overlay.shown:
            return None
        return current.handle_at(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = event.position().toPoint()
        if self._drag is not None:
            self._drag.move(position)
        else:
            self._update_cursor(position)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        drag, self._drag = self._drag, None
        if drag is not None:
            drag.finish()
        self._update_cursor(event.position().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        item = self._overlay.item_at(self.mapToScene(event.position().toPoint()))
        if item is not None and event.button() is Qt.MouseButton.LeftButton:
            self.line_activated.emit(item.line_id)

    def leaveEvent(self, event: QEvent) -> None:
        self._overlay.set_hovered(None)
        super().leaveEvent(event)

    def _cancel_drag(self) -> None:
        drag, self._drag = self._drag, None
        if drag is not None:
            drag.cancel()

    def _update_cursor(self, position: QPoint | None = None) -> None:
        viewport = self.viewport()
        if isinstance(self._drag, Pan):
            viewport.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space_held:
            viewport.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._tool is Tool.DRAW:
            viewport.setCursor(Qt.CursorShape.CrossCursor)
        elif position is None:
            viewport.unsetCursor()
        elif self._drag is None:
            point = self.mapToScene(position)
            item = self._overlay.item_at(point)
            self._overlay.set_hovered(item)
            viewport.setCursor(self._cursor_over(point, item))

    def _cursor_over(self, point: QPointF, item: LineItem | None) -> Qt.CursorShape:
        current = self._overlay.current()
        handle = self._handle_at(point)
        if current is not None and handle is not None:
            return resize_cursor(handle, angle(current.quad))
        if item is None:
            return Qt.CursorShape.ArrowCursor
        if item is current:
            return Qt.CursorShape.SizeAllCursor
        return Qt.CursorShape.PointingHandCursor

    # --- keys -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._take_key(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        current = self._overlay.current()
        if current is not None and self._drag is None:
            quad = self._nudge.press(
                current.line_id, current.quad, Qt.Key(key), modifiers, self._page_rect
            )
            if quad is not None:
                current.set_quad(quad)
                self.reveal(polygon(quad).boundingRect())
                return True
        if modifiers:
            return False
        if key == Qt.Key.Key_Space:
            self._space_held = True
            self._update_cursor()
        elif key == Qt.Key.Key_Escape:
            return self._escape()
        elif key == Qt.Key.Key_W:
            self.set_tool(Tool.SELECT if self._tool is Tool.DRAW else Tool.DRAW)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._delete_selected()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.line_activated.emit(current.line_id)
        else:
            return False
        return True

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._release_space()
            event.accept()
        else:
            super().keyReleaseEvent(event)

    def _release_space(self) -> None:
        self._space_held = False
        self._update_cursor()

    def _escape(self) -> bool:
        """Cancel what is going on; say whether there was anything."""
        if self._drag is not None:
            self._cancel_drag()
            self._update_cursor()
        elif self._nudge.drop(self._overlay.take_line):
            pass
        elif self._tool is Tool.DRAW:
            self.set_tool(Tool.SELECT)
        elif len(self.controller.selected_line_ids) > 1:
            self.controller.select_lines(self.controller.selected_line_ids[-1:])
        else:
            return False
        return True

    def _delete_selected(self) -> None:
        self._cancel_drag()
        self._nudge.flush()
        ids = self.controller.selected_line_ids
        if ids:
            self.controller.delete_lines(ids, page_id=self._overlay.page_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(tokens().colour("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._space_held:
            self._release_space()
        self._nudge.flush()
        super().focusOutEvent(event)
        self.viewport().update()
