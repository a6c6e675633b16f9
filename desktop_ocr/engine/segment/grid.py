"""Tables: which lines stand in which row and column.

A table is a run of rows with the same columns, as lab sheets have them. Its columns are the places
that the cells of many rows cover; what lies between two of them in a few rows (the arrows behind
results) is a column of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.model import Cell
from desktop_ocr.engine.segment.upright import Item

Row = Sequence[Item]

LEAST_ROWS = 3
"""Rows that a table has at least."""
NEAR = 0.8
"""How far edges of one column may stand apart, in heights of the text."""
APART = 4.0
"""Greatest distance of two rows of a table, in heights of the text."""
ALONE = 2
"""Rows with a single cell that may follow each other inside of a table."""
COVERED = 0.2
"""Share of a table's rows that cover a column's place."""
LIKE = 1.6
"""Lines of one table are at most this many times as high as each other."""


def cells_of(bands: Sequence[Sequence[Row]]) -> dict[int, Cell]:
    """Return the cells of all tables on a page, by the index of the line.

    Args:
        bands: Rows in reading order, as :func:`desktop_ocr.engine.segment.order.bands` gives them.
    """
    result: dict[int, Cell] = {}
    tables = 0
    for band in bands:
        for first, last in _tables(band):
            rows = band[first : last + 1]
            columns = _columns(rows)
            if len(columns) < 2:
                continue
            for r, row in enumerate(rows):
                for item in row:
                    result[item.index] = Cell(tables, r, _column_of(item, columns))
            tables += 1
    return result


def _tables(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return the first and the last row of each table."""
    found: list[tuple[int, int]] = []
    start = last = -1
    for k, row in enumerate(rows):
        if len(row) < 2:
            continue
        if start >= 0 and k - last <= ALONE + 1 and _same_table(rows[start : last + 1], row):
            last = k
            continue
        found.append((start, last))
        start = last = k
    found.append((start, last))
    return [
        _with_heading(rows, first, end)
        for first, end in found
        if first >= 0 and sum(len(row) >= 2 for row in rows[first : end + 1]) >= LEAST_ROWS
    ]


def _same_table(table: Sequence[Row], row: Row) -> bool:
    """Say whether a row goes on with a table: its inner edges stand in line with a row above."""
    above = [other for other in table[-6:] if len(other) >= 2]
    height = float(np.median([i.height for i in row]))
    if _middle(row) - _middle(table[-1]) > APART * height:
        return False
    return any(_in_line(other, row, height) for other in above)


def _in_line(a: Row, b: Row, height: float) -> bool:
    other = float(np.median([i.height for i in a]))
    if max(other, height) > LIKE * min(other, height):
        return False
    # The first beginning and the last end are margins, which prose shares too.
    starts = [np.array([i.left for i in row[1:]]) for row in (a, b)]
    ends = [np.array([i.right for i in row[:-1]]) for row in (a, b)]
    middles = [np.array([(i.left + i.right) / 2 for i in row[1:]]) for row in (a, b)]
    return any(_shared(x, y, NEAR * height) for x, y in (starts, ends, middles))


def _shared(a: NDArray[np.float64], b: NDArray[np.float64], near: float) -> bool:
    """Say whether half of the fewer edges stand in line with one of the others."""
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    met = np.abs(few[:, None] - many[None]).min(axis=1) < near
    return float(met.mean()) >= 0.5


def _with_heading(rows: Sequence[Row], first: int, last: int) -> tuple[int, int]:
    """Take in the row above when each of its words stands over a column of its own."""
    if first == 0:
        return first, last
    above = rows[first - 1]
    height = float(np.median([i.height for i in above]))
    columns = _columns(rows[first : last + 1])
    near = _middle(rows[first]) - _middle(above) <= APART * height
    if not near or len(above) < max(2, 0.6 * len(columns)):
        return first, last
    over = [k for i in above for k, (a, b) in enumerate(columns) if i.left < b and i.right > a]
    return (first - 1, last) if len(set(over)) == len(over) >= len(above) else (first, last)


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Return left and right of the columns, from left to right."""
    items = [i for row in rows for i in row]
    edges = np.unique([e for i in items for e in (i.left, i.right)])
    if len(edges) < 2:
        return []
    left, right = np.array([i.left for i in items]), np.array([i.right for i in items])
    middle = (edges[1:] + edges[:-1]) / 2
    cover = ((left[None] < middle[:, None]) & (right[None] > middle[:, None])).sum(axis=1)
    least = max(1.0, COVERED * sum(len(row) >= 2 for row in rows))
    columns = _spans(edges, cover >= least)
    while True:  # what stands beside all of these makes further columns
        beside = [i for i in items if not any(i.left < b and i.right > a for a, b in columns)]
        if not beside:
            return sorted(columns)
        grown: list[tuple[float, float]] = []
        for item in sorted(beside, key=lambda i: i.left):
            if grown and item.left < grown[-1][1]:
                grown[-1] = (grown[-1][0], max(grown[-1][1], item.right))
            else:
                grown.append((item.left, item.right))
        columns += grown


def _spans(edges: NDArray[np.float64], on: NDArray[np.bool_]) -> list[tuple[float, float]]:
    flips = np.flatnonzero(np.diff(np.concatenate([[False], on, [False]]).astype(np.int8)))
    return [
        (float(edges[a]), float(edges[b])) for a, b in zip(flips[::2], flips[1::2], strict=True)
    ]


def _column_of(item: Item, columns: Sequence[tuple[float, float]]) -> int:
    """Return the column that a cell covers most; a long one begins in the column of its start."""
    shared = [min(item.right, b) - max(item.left, a) for a, b in columns]
    filled = [s / max(1e-6, b - a) for s, (a, b) in zip(shared, columns, strict=True)]
    return max(range(len(columns)), key=lambda k: (min(filled[k], 0.5), shared[k]))


def _middle(row: Row) -> float:
    return float(np.mean([i.middle for i in row]))
