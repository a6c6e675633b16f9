"""The text of a line in one row of a list, with parts of it set off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextFormat,
    QTextLayout,
    QTextOption,
)

from desktop_ocr.engine.correct.critical import Critical
from desktop_ocr.ui.review.brackets import paint_brackets
from desktop_ocr.ui.review.utf16 import to_units
from desktop_ocr.ui.theme import reading_font, tokens

ROW_TEXT_SIZE = 15
"""Height in device-independent pixels."""

Marks: TypeAlias = list[tuple[int, int, QTextCharFormat]]
"""Start and end of parts of a text, as indices, and how they look."""


def paint_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    marks: Iterable[tuple[int, int, QTextCharFormat]],
    *,
    colour: str = "text",
    critical: Iterable[Critical] = (),
) -> None:
    """Paint as much of a text as has room.

    Args:
        painter: Where to.
        rect: The room.
        text: The text.
        marks: Its parts that look otherwise; a later one lies over others.
        colour: Token of the colour of the rest.
        critical: Places that get a bracket.
    """
    colours = tokens()
    font = reading_font(ROW_TEXT_SIZE)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    whole = len(shown) if shown == text else max(len(shown) - 1, 0)
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    row = layout.createLine()
    row.setLineWidth(max(rect.width(), 1))
    layout.endLayout()
    ranges = []
    for start, end, form in marks:
        if start < min(end, whole):
            part: Any = QTextLayout.FormatRange()
            part.start = to_units(shown, start)
            part.length = to_units(shown, min(end, whole)) - part.start
            if not form.hasProperty(QTextFormat.Property.ForegroundBrush):
                form.setForeground(colours.colour("text"))
            part.format = form
            ranges.append(part)
    painter.setPen(colours.colour(colour))
    top = rect.top() + (rect.height() - row.height()) / 2
    layout.draw(painter, QPointF(rect.left(), top), ranges)
    places = [place for place in critical if place.end <= whole]
    paint_brackets(painter, row, QPointF(rect.left(), top), shown, places)
