"""Reading order: columns of running text one after the other, tables row by row.

The quads are brought upright first (a slant that changes over the page, as in a photograph, is
fitted to the long lines), so that rows can be told by their heights alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desktop_ocr.document.geometry import Quad
from desktop_ocr.engine.segment.upright import Item, rows_of, straighten

COLUMN_LINE = 6.0
"""Width over height of the lines of running text: what is shorter is a cell of a table."""
COLUMN_FILL = 0.55
"""Share of its column's width that a line of running text takes (median)."""
COLUMN_ROWS = 3
"""Lines that a column of running text has at least."""


def reading_order(quads: Sequence[Quad]) -> list[int]:
    """Return the indices of the quads in reading order.

    A page, or a band of it, that a blank column parts into two halves with lines of running text
    (or two halves of a table with the same columns) is read half by half. Everything else is
    read row by row, from left to right.

    Args:
        quads: Page pixels, clockwise from the text's top left corner.
    """
    if not quads:
        return []
    return [item.index for item in _order(rows_of(straighten(quads)[1]))]


def _order(rows: list[list[Item]]) -> list[Item]:
    """Put rows in order: the longest band with a gutter is read half by half."""
    if sum(len(row) for row in rows) < 2 * COLUMN_ROWS:
        return [item for row in rows for item in row]
    found = _gutter(rows)
    if found is None:
        return [item for row in rows for item in row]
    first, last, x = found
    band = rows[first : last + 1]
    left = [part for row in band if (part := [i for i in row if i.right <= x])]
    right = [part for row in band if (part := [i for i in row if i.left >= x])]
    return [*_order(rows[:first]), *_order(left), *_order(right), *_order(rows[last + 1 :])]


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
            band = rows[first : last + 1]
            left = [part for row in band if (part := [i for i in row if i.right <= x])]
            right = [part for row in band if (part := [i for i in row if i.left >= x])]
            if _both_text(left, right) or _same_table(left, right):
                best = (first, last, x)
    return best


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
    return all(_is_text(side) for side in (left, right))


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


def _same_table(left: list[list[Item]], right: list[list[Item]]) -> bool:
    """Say whether both sides are halves of one table: the same columns at the same distances."""
    if min(len(left), len(right)) < COLUMN_ROWS:
        return False
    a, b = _column_starts(left), _column_starts(right)
    if len(a) < 2 or len(a) != len(b):
        return False
    width = max(a[-1] - a[0], b[-1] - b[0])
    return all(abs((x - a[0]) - (y - b[0])) < 0.12 * width for x, y in zip(a, b, strict=True))


def _column_starts(side: list[list[Item]]) -> list[float]:
    """Return the left edges that at least half of the rows share, from left to right."""
    height = float(np.median([i.height for row in side for i in row]))
    edges = sorted(i.left for row in side for i in row)
    starts: list[list[float]] = []
    for x in edges:
        if starts and x - starts[-1][-1] < 0.8 * height:
            starts[-1].append(x)
        else:
            starts.append([x])
    return [float(np.median(s)) for s in starts if len(s) >= 0.5 * len(side)]
