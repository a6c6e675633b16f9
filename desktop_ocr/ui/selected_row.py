"""How a selected row of a list is painted, everywhere alike."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from desktop_ocr.ui.theme import tokens


def paint_selected(painter: QPainter, rect: QRect) -> None:
    """Paint the ground of a selected row, and a bar at its left edge.

    The bar is the second cue: the current row is not told by its ground alone.

    Args:
        painter: What the row is painted with.
        rect: The row.
    """
    colours = tokens()
    painter.fillRect(rect, colours.colour("selection"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.colour("accent"))
    painter.drawRoundedRect(QRectF(rect.left(), rect.top() + 4, 3, rect.height() - 8), 1.5, 1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
