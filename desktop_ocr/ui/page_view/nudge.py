"""Moving boxes by arrow keys: many key presses, one step of the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal

from desktop_ocr.ui.page_view.shaping import Handle, moved_within, resized

if TYPE_CHECKING:
    from desktop_ocr.document.geometry import Quad

PAUSE = 350
"""Milliseconds after the last key until the moved box becomes one step."""

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Nudge(QObject):
    """Collects arrow keys until there is a pause.

    Signals:
        finished: Id of the line and the :class:`Quad` that it has now.
    """

    finished = Signal(str, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._line_id = ""
        self._quad: Quad | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.flush)

    def press(
        self,
        line_id: str,
        quad: Quad,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier,
        page: QRectF,
    ) -> Quad | None:
        """Move a box by 1 px, with Shift by 10; with Ctrl+Shift its right or lower edge.

        Returns:
            The new box; None where the keys mean something else.
        """
        ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        if key not in ARROWS or modifiers & ~(ctrl | shift) or modifiers == ctrl:
            return None
        x, y = ARROWS[key]
        if modifiers == ctrl | shift:
            quad = resized(quad, Handle.RIGHT if x else Handle.BOTTOM, x, y)
        else:
            step = 10 if modifiers == shift else 1
            quad = moved_within(quad, x * step, y * step, page.width(), page.height())
        if line_id != self._line_id:
            self.flush()
        self._line_id, self._quad = line_id, quad
        self._timer.start()
        return quad

    def flush(self) -> None:
        """End the movement now."""
        self._timer.stop()
        line_id, quad = self._line_id, self._quad
        self._line_id, self._quad = "", None
        if quad is not None:
            self.finished.emit(line_id, quad)

    def drop(self, restore: Callable[[str], None]) -> bool:
        """Forget the movement.

        Args:
            restore: Called with the id of the line whose box goes back.

        Returns:
            Whether there was one.
        """
        self._timer.stop()
        line_id = self._line_id
        self._line_id, self._quad = "", None
        if line_id:
            restore(line_id)
        return bool(line_id)
