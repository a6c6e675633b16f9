"""Which lines stand beside each other on the paper: cells of one row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Line


@dataclass(frozen=True, slots=True)
class Cell:
    """A line in coordinates along and across the page's lines, in page pixels.

    Attributes:
        line: The line.
        start: Where it begins along the text.
        end: Where it ends along the text.
        top: Its upper edge across the text.
        bottom: Its lower edge across the text.
    """

    line: Line
    start: float
    end: float
    top: float
    bottom: float


def table_rows(lines: Sequence[Line]) -> list[list[Cell]]:
    """Join neighbours of the reading order that stand beside each other.

    On a page that lies askew, two cells of a row may differ in height by more than a line; so
    heights are compared across the page's own direction of text.

    Args:
        lines: In reading order.

    Returns:
        Rows of one or more cells, all in reading order.
    """
    angle = _direction(lines)
    rows: list[list[Cell]] = []
    for line in lines:
        cell = _cell(line, angle)
        if rows and _beside(rows[-1][-1], cell):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return rows


def _beside(left: Cell, right: Cell) -> bool:
    low, high = sorted((left.bottom - left.top, right.bottom - right.top))
    shared = min(left.bottom, right.bottom) - max(left.top, right.top)
    # Half the lower one's height; the slack along the text is for boxes that touch.
    return shared > 0.5 * low and right.start >= left.end - 0.3 * high


def _cell(line: Line, angle: float) -> Cell:
    c, s = math.cos(angle), math.sin(angle)
    along = [p.x * c + p.y * s for p in line.quad.points]
    middle = line.quad.center.y * c - line.quad.center.x * s
    half = line.quad.height / 2
    return Cell(line, min(along), max(along), middle - half, middle + half)


def _direction(lines: Sequence[Line]) -> float:
    """Return the lines' median direction, weighted by their lengths, in radians."""
    angles = sorted((_angle(line.quad), line.quad.width) for line in lines)
    half = sum(width for _, width in angles) / 2
    for angle, width in angles:
        half -= width
        if half <= 0:
            return angle
    return 0.0


def _angle(quad: Quad) -> float:
    tl, tr, br, bl = quad.points
    return math.atan2(tr.y - tl.y + br.y - bl.y, tr.x - tl.x + br.x - bl.x)
