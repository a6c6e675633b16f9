"""The quiet mark of critical places: a bracket that lies over their characters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainter, QPen, QTextLine

from desktop_ocr.engine.correct.critical import Critical
from desktop_ocr.ui.review.utf16 import to_units
from desktop_ocr.ui.theme import tokens

TICK = 3.0
"""Length of a bracket's ends in device-independent pixels."""


def paint_brackets(
    painter: QPainter, row: QTextLine, at: QPointF, text: str, places: Iterable[Critical]
) -> None:
    """Draw brackets over critical places.

    A form, not a colour, and above the text, where no underline of doubt lies.

    Args:
        painter: Paints in the coordinates of ``at``.
        row: A row of laid-out text; places outside of it are left out.
        at: Where the layout begins.
        text: The whole text that is laid out.
        places: The critical places of the text.
    """
    first, last = row.textStart(), row.textStart() + row.textLength()
    y = at.y() + row.y() + 0.5
    lines = []
    for place in places:
        start, end = max(to_units(text, place.start), first), min(to_units(text, place.end), last)
        if start >= end:
            continue
        left = at.x() + _x(row, start) + 1.5
        right = at.x() + _x(row, end) - 1.5
        lines.append(QLineF(left, y, right, y))
        lines.append(QLineF(left, y, left, y + TICK))
        lines.append(QLineF(right, y, right, y + TICK))
    if lines:
        painter.setPen(QPen(tokens().colour("muted"), 1))
        painter.drawLines(lines)


def _x(row: QTextLine, position: int) -> float:
    found: Any = row.cursorToX(position)  # a pair, whatever the stubs say
    return float(found[0])
