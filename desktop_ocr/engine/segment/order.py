"""Reading order: columns of running text one after the other, tables row by row.

The quads are brought upright first (a slant that changes over the page, as in a photograph, is
fitted to the long lines), so that rows can be told by their heights alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Quad
from desktop_ocr.engine.segment.upright import Item, rows_of, straighten

COLUMN_LINE = 6.0
"""Width over height of the lines of running text: what is shorter is a cell of a table."""
COLUMN_FILL = 0.55
"""Share of its column's width that a line of running text takes (median)."""
COLUMN_ROWS = 3
"""Lines that a column of running text, or the half of a table, has at least."""
TWIN_NEAR = 0.6
"""How far cells may stand off their column, in heights of the text."""
TWIN_STRETCH = 1.12
"""One half is at most this many times as wide as the other."""
TWIN_PLACE = 0.12
"""How far columns of halves that are fitted to what they hold may be off, as share of a half."""
TWIN_COLUMNS = 0.8
"""Share of the columns that both halves have."""
TWIN_WIDTH = 1.6
"""Cells of such columns are at most this many times as wide as the other half's (median)."""
TWIN_ROWS = 0.55
"""Share of the rows that have a cell in a column, at least."""
TWIN_FILL = 0.75
"""Share of the columns in which a row of such a table has a cell; a header's row has fewer."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns of one half begin, and how wide their cells are; from left to right."""

    starts: NDArray[np.float64]
    widths: NDArray[np.float64]


def reading_order(quads: Sequence[Quad]) -> list[int]:
    """Return the indices of the quads in reading order; see :func:`bands`."""
    return [item.index for band in bands(quads) for row in band for item in row]


def bands(quads: Sequence[Quad]) -> list[list[list[Item]]]:
    """Return the rows of a page in reading order, in bands that are read one after the other.

    A page, or a part of it, that a blank column parts into two halves with lines of running text
    (or two halves of a table with the same columns) is read half by half. Everything else is
    read row by row, from left to right.

    Args:
        quads: Of an upright page, clockwise from the text's top left corner.
    """
    if not quads:
        return []
    return [band for band in _bands_of(rows_of(straighten(quads)[1])) if band]


def _bands_of(rows: list[list[Item]]) -> list[list[list[Item]]]:
    """Put rows in order: the longest band with a gutter is read half by half."""
    found = _gutter(rows) if sum(len(row) for row in rows) >= 2 * COLUMN_ROWS else None
    if found is None:
        return [rows]
    first, last, x = found
    left, right = ([row for row in side if row] for side in _halves(rows[first : last + 1], x))
    return [
        *_bands_of(rows[:first]),
        *_bands_of(left),
        *_bands_of(right),
        *_bands_of(rows[last + 1 :]),
    ]


def _gutter(rows: list[list[Item]]) -> tuple[int, int, float] | None:
    """Find the band of rows, as long as can be, that a blank column parts into two columns.

    Returns:
        The first and the last row, and the x at which they part.
    """
    best: tuple[int, int, float] | None = None
    for x in _candidates(rows):
        for first, last in _bands(rows, x):
            if best is not None and last - first <= best[1] - best[0]:
                continue
            left, right = _halves(rows[first : last + 1], x)
            if _both_text(left, right):
                best = (first, last, x)
                continue
            table = _twin_table(left, right)
            if table is None:
                continue
            top, bottom = first + table[0], first + table[1]
            if best is None or bottom - top > best[1] - best[0]:
                best = (top, bottom, x)
    return best


def _halves(band: list[list[Item]], x: float) -> tuple[list[list[Item]], list[list[Item]]]:
    """Part rows at x; a row may be empty on one side."""
    left = [[i for i in row if i.right <= x] for row in band]
    right = [[i for i in row if i.left >= x] for row in band]
    return left, right


def _candidates(rows: list[list[Item]]) -> list[float]:
    """Return places where columns may part: middles of gaps, one of those close together.

    The neighbour to the right may stand in the row above or below: the lines of two columns
    need not be level.
    """
    gaps = []
    for k, row in enumerate(rows):
        near = [i for r in rows[max(0, k - 1) : k + 2] for i in r]
        for item in row:
            right = min((i.left for i in near if i.left >= item.right), default=None)
            if right is not None:
                gaps.append((item.right + right) / 2)
    gaps.sort()
    step = 0.5 * float(np.median([i.height for row in rows for i in row]))
    kept: list[float] = []
    for x in gaps:
        if not kept or x - kept[-1] > step:
            kept.append(x)
    return kept


def _bands(rows: list[list[Item]], x: float) -> list[tuple[int, int]]:
    """Return the runs of rows that nothing crosses at x and that begin and end on both sides."""
    bands: list[tuple[int, int]] = []
    start: int | None = None
    for k, row in enumerate([*rows, None]):
        if row is not None and all(i.right <= x or i.left >= x for i in row):
            start = k if start is None else start
            continue
        if start is not None:
            bands.append((start, k - 1))
        start = None
    return [b for b in bands if b[1] - b[0] + 1 >= COLUMN_ROWS]


def _both_text(left: list[list[Item]], right: list[list[Item]]) -> bool:
    """Say whether both sides are columns of running text."""
    return all(_is_text([row for row in side if row]) for side in (left, right))


def _is_text(side: list[list[Item]]) -> bool:
    if len(side) < COLUMN_ROWS:
        return False
    lines = [(row[0].left, row[-1].right, float(np.median([i.height for i in row])), len(row))
             for row in side]  # fmt: skip
    widths = np.array([right - left for left, right, _, _ in lines])
    column = max(right for _, right, _, _ in lines) - min(left for left, *_ in lines)
    single = sum(n == 1 for *_, n in lines) >= 0.7 * len(lines)
    long = float(np.median(widths / np.array([h for _, _, h, _ in lines]))) >= COLUMN_LINE
    return single and long and float(np.median(widths)) >= COLUMN_FILL * column


def _twin_table(left: list[list[Item]], right: list[list[Item]]) -> tuple[int, int] | None:
    """Say which rows are two halves of one table: the same columns at the same distances.

    What stands above and below in other columns, as the names and values of a header, is no part
    of it. The right half may be the shorter one.

    Returns:
        The first and the last row, or None where the sides are no such halves.
    """
    a, b = _columns(left), _columns(right)
    if a is None or b is None:
        return None
    near = TWIN_NEAR * float(np.median([i.height for row in (*left, *right) for i in row]))
    if not _same_columns(a, b, near):
        return None
    fits = [_fits(row, a, near) and _fits(other, b, near) and bool(row)
            for row, other in zip(left, right, strict=True)]  # fmt: skip
    both = [bool(row) and bool(other) for row, other in zip(left, right, strict=True)]
    first, last = _longest(fits)
    # Its heading may be centred over columns that are not.
    head = first - 1
    if head >= 0 and both[head]:
        fewest = 0.6 * min(len(a.starts), len(b.starts))
        first -= min(len(left[head]), len(right[head])) >= fewest
    return (first, last) if sum(both[first : last + 1]) >= COLUMN_ROWS else None


def _same_columns(a: _Columns, b: _Columns, near: float) -> bool:
    """Say whether two halves have the same columns.

    Either most of them stand at the same distances and hold cells as wide, or all of them follow
    each other alike, as where each half is fitted to what it holds.
    """
    count = max(len(a.starts), len(b.starts))
    if len(a.starts) == len(b.starts) >= 3:
        places = [(c.starts - c.starts[0]) / np.ptp(c.starts) for c in (a, b)]
        if (np.abs(places[0] - places[1]) < TWIN_PLACE).all() and _as_wide(
            a.widths, b.widths
        ).all():
            return True
    most = 0
    from_a, from_b = a.starts - a.starts[0], b.starts - b.starts[0]
    for x in from_a[1:]:
        for y in from_b[1:]:
            scale = y / x  # perspective stretches the nearer half
            if not 1 / TWIN_STRETCH < scale < TWIN_STRETCH:
                continue
            apart = np.abs(from_b[None] - scale * from_a[:, None])
            other = apart.argmin(axis=1)
            met = (apart.min(axis=1) < near) & _as_wide(scale * a.widths, b.widths[other])
            most = max(most, len(set(other[met].tolist())))
    return most >= max(2, TWIN_COLUMNS * count)


def _as_wide(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.maximum(a, b) < TWIN_WIDTH * np.minimum(a, b)


def _fits(row: list[Item], columns: _Columns, near: float) -> bool:
    """Say whether a row has nearly all columns' cells, where they begin; an empty row fits."""
    if not row:
        return True
    if len(row) < TWIN_FILL * len(columns.starts):
        return False
    apart = np.abs(np.array([i.left for i in row])[:, None] - columns.starts[None]).min(axis=1)
    return float((apart < 2.5 * near).mean()) >= 0.5


def _longest(fits: list[bool]) -> tuple[int, int]:
    """Return first and last of the longest run, which one or two misfits do not end."""
    best, start, last = (0, -1), None, -1
    for k, good in enumerate(fits):
        if not good:
            continue
        if start is None or k - last > 3:
            start = k
        last = k
        if last - start > best[1] - best[0]:
            best = (start, last)
    return best


def _columns(side: list[list[Item]]) -> _Columns | None:
    """Return the columns that begin where cells of many rows begin; None without two of them."""
    rows = [row for row in side if len(row) >= 2]
    if len(rows) < COLUMN_ROWS:
        return None
    cells = sorted((i for row in rows for i in row), key=lambda i: i.left)
    height = float(np.median([i.height for i in cells]))
    columns: list[list[Item]] = []
    for cell in cells:
        if columns and cell.left - columns[-1][-1].left < 0.5 * height:
            columns[-1].append(cell)
        else:
            columns.append([cell])
    kept = [c for c in columns if len(c) >= TWIN_ROWS * len(rows)]
    if len(kept) < 2:
        return None
    return _Columns(
        np.array([np.median([i.left for i in c]) for c in kept]),
        np.array([np.median([i.width for i in c]) for c in kept]),
    )
