"""What an export writes one after the other: rows of the paper and tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Line


@dataclass(frozen=True, slots=True)
class Placed:
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


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or the part of one that stands together in reading order.

    Attributes:
        rows: Rows of cells; each cell holds its lines in reading order, or none. All rows are
            as long as each other.
    """

    rows: list[list[list[Line]]]


def blocks(lines: Sequence[Line]) -> list[list[list[Placed]] | Table]:
    """Part a page into tables and what stands between them, as rows of the paper.

    Args:
        lines: In reading order.
    """
    width: dict[int, int] = {}
    for line in lines:
        if line.cell is not None:
            width[line.cell.table] = max(width.get(line.cell.table, 0), line.cell.column + 1)
    angle = _direction(lines)
    result: list[list[list[Placed]] | Table] = []
    for number, group in groupby(lines, key=lambda line: line.cell and line.cell.table):
        part = list(group)
        if number is None:
            result.append(_rows(part, angle))
        else:
            result.append(_table(part, width[number]))
    return result


def _table(lines: Sequence[Line], columns: int) -> Table:
    """Put lines that all have a cell into a grid; it begins with the first row that has a line."""
    cells: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        if line.cell is not None:
            cells.setdefault((line.cell.row, line.cell.column), []).append(line)
    first, last = min(row for row, _ in cells), max(row for row, _ in cells)
    return Table([[cells.get((r, c), []) for c in range(columns)] for r in range(first, last + 1)])


def table_rows(lines: Sequence[Line]) -> list[list[Placed]]:
    """Join neighbours of the reading order that stand beside each other.

    On a page that lies askew, two cells of a row may differ in height by more than a line; so
    heights are compared across the page's own direction of text.

    Args:
        lines: In reading order.

    Returns:
        Rows of one or more cells, all in reading order.
    """
    return _rows(lines, _direction(lines))


def _rows(lines: Sequence[Line], angle: float) -> list[list[Placed]]:
    rows: list[list[Placed]] = []
    for line in lines:
        cell = _cell(line, angle)
        if rows and _beside(rows[-1][-1], cell):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return rows


def _beside(left: Placed, right: Placed) -> bool:
    low, high = sorted((left.bottom - left.top, right.bottom - right.top))
    shared = min(left.bottom, right.bottom) - max(left.top, right.top)
    # Half the lower one's height; the slack along the text is for boxes that touch.
    return shared > 0.5 * low and right.start >= left.end - 0.3 * high


def _cell(line: Line, angle: float) -> Placed:
    c, s = math.cos(angle), math.sin(angle)
    along = [p.x * c + p.y * s for p in line.quad.points]
    middle = line.quad.center.y * c - line.quad.center.x * s
    half = line.quad.height / 2
    return Placed(line, min(along), max(along), middle - half, middle + half)


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
