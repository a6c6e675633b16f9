"""The page with its line boxes: what is shown of the document and what the mouse does to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.page_view.canvas import Canvas, Fit
from desktop_ocr.ui.page_view.drags import Drag, Pan
from desktop_ocr.ui.page_view.frame import Frame
from desktop_ocr.ui.page_view.hint import ToolHint
from desktop_ocr.ui.page_view.items import LineItem, polygon
from desktop_ocr.ui.page_view.knife import CutMode
from desktop_ocr.ui.page_view.modes import DrawMode, Mode, SelectMode, Tool
from desktop_ocr.ui.page_view.order import OrderMode
from desktop_ocr.ui.page_view.overlay import Overlay
from desktop_ocr.ui.page_view.peek import AltPeek
from desktop_ocr.ui.page_view.sheet import Sheet
from desktop_ocr.ui.page_view.sketches import Sketches
from desktop_ocr.ui.theme import tokens

if TYPE_CHECKING:
    from desktop_ocr.document.geometry import Quad
    from desktop_ocr.ui.changed_place import ChangedPlace
    from desktop_ocr.ui.light import PageLight


class PageView(Canvas):
    """Shows the current page and edits its boxes through the controller.

    Attributes:
        controller: The document.
        overlay: The outlines of the lines.
        sketches: What a drag shows while it goes on.

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
        self._staying = False
        self._boxes_shown = True
        self._peeking = False
        self._space_held = False
        self._drag: Drag | None = None
        self.overlay = Overlay(self._scene, controller)
        self._sheet = Sheet(self._scene, controller, self)
        self.sketches = Sketches(self._scene)
        self._select = SelectMode(self)
        self._modes: dict[Tool, Mode] = {
            mode.tool: mode
            for mode in (self._select, DrawMode(self), CutMode(self), OrderMode(self))
        }
        self._mode: Mode = self._select
        self._hint = ToolHint(self)
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
        controller.travelled.connect(self._show_changed)
        controller.selection_changed.connect(self._show_selection)
        controller.page_state_changed.connect(self._take_state)
        controller.doubt_changed.connect(self.overlay.update_looks)
        controller.commit_pending.connect(self._select.nudge.flush)
        page = controller.current_page
        self._show_page("" if page is None else page.id)

    # --- tools and overlays -----------------------------------------------------------------

    @property
    def tool(self) -> Tool:
        """What the left button does."""
        return self._mode.tool

    @property
    def mode(self) -> Mode:
        """The chosen tool at work."""
        return self._mode

    @property
    def frame(self) -> Frame:
        """Which pixels of the page the scene shows."""
        return self.overlay.frame

    def set_tool(self, tool: Tool) -> None:
        """Choose what the left button does."""
        if tool is not self.tool:
            self._cancel_drag()
            self._mode.leave()
            self._mode = self._modes[tool]
            self.overlay.set_hovered(None)
            self._update_cursor()
            self._show_selection()
            self._mode.enter()
            self._say_hint()
            self.tool_changed.emit(tool)

    def select_again(self) -> None:
        """Go back from another tool to selecting boxes."""
        self.set_tool(Tool.SELECT)

    def _say_hint(self) -> None:
        text = self._mode.hint()
        if self.page_rect.isEmpty() or self._peeking:
            text = ""
        elif not text and self._sheet.is_awaited:
            text = self.tr("The page is being straightened…")
        self._hint.say(text)

    def show_boxes(self, shown: bool) -> None:
        """Draw boxes or leave the paper bare."""
        if shown != self._boxes_shown:
            self._boxes_shown = shown
            self._show_overlay()
            self.boxes_shown_changed.emit(shown)

    def _set_peeking(self, peeking: bool) -> None:
        self._peeking = peeking
        self._show_overlay()
        self._say_hint()

    def _show_overlay(self) -> None:
        self.overlay.set_shown(self._boxes_shown and not self._peeking)
        self._refresh_mode()

    def _refresh_mode(self) -> None:
        if not self.page_rect.isEmpty():
            self._mode.refresh()

    def item(self, line_id: str) -> LineItem | None:
        """Return the outline of a line."""
        return self.overlay.item(line_id)

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Page with line boxes"))
        self.setAccessibleDescription(
            self.tr("Arrow keys move the selected box, Delete removes it, W draws a new one.")
        )

    def _dress(self) -> None:
        self.setBackgroundBrush(tokens().colour("canvas"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._name()
            self._say_hint()
        elif event.type() is QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._peek.watch(self.window())

    def peek_from(self, widget: QWidget) -> None:
        """Let Alt held in a widget, which may be a window of its own, show the bare paper."""
        widget.installEventFilter(self._peek)

    def zoom_was_set(self) -> None:
        self.overlay.set_pixel(self.pixel)
        self._refresh_mode()
        self._sheet.set_scale(self.zoom)

    # --- the document -----------------------------------------------------------------------

    def _show_page(self, page_id: str) -> None:
        self._cancel_drag()
        self._mode.leave()
        self._show_pixels(keep_place=False)
        self._show_selection()
        self._mode.enter()
        self._say_hint()

    def release_page(self) -> None:
        """Let go of all pixels and wait for the threads that reduce them; for closing."""
        self._sheet.release()

    @property
    def is_straightened(self) -> bool:
        """Whether pages are shown straightened, not as they are in their files."""
        return self._sheet.is_straightened

    def show_straightened(self, light: PageLight | None) -> None:
        """Show pages straightened, or as they are in their files; boxes are edited in both.

        Args:
            light: Where straightened pages come from; None for the original ones.
        """
        self._sheet.straighten(light, self._take_straightened)
        self._take_straightened(self.overlay.page_id)

    def _take_straightened(self, page_id: str) -> None:
        if page_id and page_id == self.overlay.page_id:
            self._select.nudge.flush()
            self._cancel_drag()
            at = self.mapToScene(self.viewport().rect().center())
            middle = self.frame.point_on_page(at.x(), at.y())
            frame = self.frame
            self._show_pixels(keep_place=True)
            if frame != self.frame and self.fit is not Fit.PAGE:
                self.centerOn(*self.frame.point_shown(*middle))

    def _show_pixels(self, *, keep_place: bool) -> None:
        page = self.controller.current_page
        frame = self._sheet.show()
        if page is None or page.id != self.overlay.page_id or frame != self.frame:
            self.overlay.show_page(page, frame)
            self._show_selection()
        self.set_page_rect(QRectF(0, 0, frame.width, frame.height), keep_place=keep_place)
        self._refresh_mode()
        self._say_hint()

    def _take_pixels(self, page_id: str) -> None:
        if page_id == self.overlay.page_id and not self._sheet.is_loaded:
            self._show_pixels(keep_place=True)

    def _take_lines(self, page_id: str) -> None:
        page = self.controller.current_page
        if page is not None and page.id == page_id == self.overlay.page_id:
            self.overlay.take_lines(page)
            self._show_selection()

    def _take_line(self, page_id: str, line_id: str) -> None:
        if page_id == self.overlay.page_id:
            self.overlay.take_line(line_id)
            self._refresh_mode()

    def _take_state(self, page_id: str) -> None:
        if page_id == self.overlay.page_id:
            self.overlay.update_looks()

    @contextmanager
    def staying(self) -> Iterator[None]:
        """Leave the page where it is, whatever line becomes current."""
        before, self._staying = self._staying, True
        try:
            yield
        finally:
            self._staying = before

    def _follow_current_line(self, page_id: str, line_id: str) -> None:
        self._select.nudge.flush()
        item = self.overlay.item(line_id)
        still = self._staying or self._drag is not None
        if item is not None and page_id == self.overlay.page_id and not still:
            self.reveal(polygon(item.quad).boundingRect())

    def _show_changed(self, place: ChangedPlace) -> None:
        """Show a line that was current already, but may have been scrolled away."""
        self._follow_current_line(place.page_id, place.line_id)

    def _show_selection(self) -> None:
        self.overlay.show_selection(handles=self.tool is Tool.SELECT)
        self._refresh_mode()

    # --- for the drags ----------------------------------------------------------------------

    def preview_quad(self, line_id: str, quad: Quad) -> None:
        """Draw a box elsewhere without changing the document."""
        item = self.overlay.item(line_id)
        if item is not None:
            item.set_quad(quad)

    def change_quad(self, line_id: str, quad: Quad) -> None:
        """Give a line another box, as one step, and have it read again.

        Args:
            line_id: The line.
            quad: In pixels of the scene.
        """
        page_id = self.overlay.page_id
        if self.overlay.item(line_id) is not None:
            self.controller.move_line(line_id, self.frame.on_page(quad), page_id=page_id)
            self.controller.read_again_requested.emit(page_id, (line_id,))

    def add_quad(self, quad: Quad) -> None:
        """Add a line with a box in pixels of the scene, as one step, and have it read."""
        page_id = self.overlay.page_id
        line_id = self.controller.add_line(self.frame.on_page(quad), page_id=page_id)
        self.controller.read_again_requested.emit(page_id, (line_id,))

    def click_line(self, at: QPointF) -> None:
        """Say that the current line was clicked at a point of the scene."""
        self.line_clicked.emit(*self.frame.point_on_page(at.x(), at.y()))

    def lines_in(self, rect: QRectF) -> list[str]:
        """Return the lines that a rectangle of the page touches, in reading order."""
        return self.overlay.lines_in(rect)

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
            item = self.overlay.item_at(self.mapToScene(position))
            if item is not None and item.line_id not in self.controller.selected_line_ids:
                self.controller.select_line(item.line_id)
        elif left:
            self._drag = self._press(position, event.modifiers())
        self._update_cursor(position)

    def _press(self, position: QPoint, modifiers: Qt.KeyboardModifier) -> Drag | None:
        self._select.nudge.flush()
        return self._mode.press(position, modifiers)

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
        if self.tool is not Tool.SELECT:
            self.mousePressEvent(event)  # two quick clicks are two clicks
            return
        event.accept()
        item = self.overlay.item_at(self.mapToScene(event.position().toPoint()))
        if item is not None and event.button() is Qt.MouseButton.LeftButton:
            self.line_activated.emit(item.line_id)

    def leaveEvent(self, event: QEvent) -> None:
        self.overlay.set_hovered(None)
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
        elif position is None:
            viewport.unsetCursor()
        elif self._drag is None and not self._page_rect.isEmpty():
            viewport.setCursor(self._mode.hover(position, QGuiApplication.keyboardModifiers()))

    # --- keys -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._take_key(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        current = self.overlay.current()
        if self._drag is None and self._mode.key(Qt.Key(key), modifiers):
            return True
        if modifiers:
            return False
        if key == Qt.Key.Key_Space:
            self._space_held = True
            self._update_cursor()
        elif key == Qt.Key.Key_Escape:
            return self._escape()
        elif key == Qt.Key.Key_W:
            self.set_tool(Tool.SELECT if self.tool is Tool.DRAW else Tool.DRAW)
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
        elif self._select.nudge.drop(self.overlay.take_line):
            pass
        elif self.tool is not Tool.SELECT:
            self.select_again()
        elif len(self.controller.selected_line_ids) > 1:
            self.controller.select_lines(self.controller.selected_line_ids[-1:])
        else:
            return False
        return True

    def _delete_selected(self) -> None:
        self._cancel_drag()
        self._select.nudge.flush()
        ids = self.controller.selected_line_ids
        if ids:
            self.controller.delete_lines(ids, page_id=self.overlay.page_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(tokens().colour("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._space_held:
            self._release_space()
        self._select.nudge.flush()
        super().focusOutEvent(event)
        self.viewport().update()
