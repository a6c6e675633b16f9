"""What mouse and keys do on the page while a tool is chosen."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt

from desktop_ocr.ui.page_view.drags import Band, Drag, Draw, Reshape, resize_cursor
from desktop_ocr.ui.page_view.items import polygon
from desktop_ocr.ui.page_view.nudge import Nudge
from desktop_ocr.ui.page_view.shaping import angle

if TYPE_CHECKING:
    from desktop_ocr.ui.page_view.view import PageView


class Tool(enum.Enum):
    """What the left button does on the page."""

    SELECT = "select"
    DRAW = "draw"
    CUT = "cut"
    ORDER = "order"


class Mode:
    """One tool.

    Attributes:
        view: The page view.
        tool: Which tool it is.
    """

    tool: Tool

    def __init__(self, view: PageView) -> None:
        self.view = view

    def enter(self) -> None:
        """The tool was chosen."""

    def leave(self) -> None:
        """Another tool is chosen, or the page goes: leave nothing behind."""

    def refresh(self) -> None:
        """Lines, selection or zoom are others now."""

    def press(self, position: QPoint, modifiers: Qt.KeyboardModifier) -> Drag | None:
        """The left button was pressed.

        Returns:
            What the button does until it is released; None where nothing is to follow.
        """
        return None

    def hover(self, position: QPoint, modifiers: Qt.KeyboardModifier) -> Qt.CursorShape:
        """The pointer moved; return how it looks."""
        return Qt.CursorShape.CrossCursor

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Do what a key means; say whether it means anything."""
        return False

    def hint(self) -> str:
        """Return what to do now, in a sentence; "" where that needs no words."""
        return ""


class SelectMode(Mode):
    """Selects, moves and resizes boxes.

    Attributes:
        nudge: The movement by arrow keys.
    """

    tool = Tool.SELECT

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self.nudge = Nudge(view)
        self.nudge.finished.connect(view.change_quad)

    def leave(self) -> None:
        self.nudge.flush()

    def press(self, position: QPoint, modifiers: Qt.KeyboardModifier) -> Drag | None:
        view = self.view
        point = view.mapToScene(position)
        extend = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        current = view.overlay.current()
        handle = view.overlay.handle_at(point)
        if current is not None and handle is not None and not extend:
            return Reshape(view, position, current, handle)
        item = view.overlay.item_at(point)
        if item is None:
            return Band(view, position, extend=extend)
        # A box under the pointer is visible, so selecting it must not move the page.
        drag = Reshape(view, position, item)
        with view.staying():
            view.controller.select_line(item.line_id, extend=extend)
        return None if extend else drag

    def hover(self, position: QPoint, modifiers: Qt.KeyboardModifier) -> Qt.CursorShape:
        view = self.view
        point = view.mapToScene(position)
        item = view.overlay.item_at(point)
        view.overlay.set_hovered(item)
        current = view.overlay.current()
        handle = view.overlay.handle_at(point)
        if current is not None and handle is not None:
            return resize_cursor(handle, angle(current.quad))
        if item is None:
            return Qt.CursorShape.ArrowCursor
        if item is current:
            return Qt.CursorShape.SizeAllCursor
        return Qt.CursorShape.PointingHandCursor

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        view = self.view
        current = view.overlay.current()
        if current is None:
            return False
        quad = self.nudge.press(current.line_id, current.quad, key, modifiers, view.page_rect)
        if quad is not None:
            current.set_quad(quad)
            view.reveal(polygon(quad).boundingRect())
        return quad is not None


class DrawMode(Mode):
    """Draws a new box."""

    tool = Tool.DRAW

    def press(self, position: QPoint, modifiers: Qt.KeyboardModifier) -> Drag | None:
        return Draw(self.view, position)
