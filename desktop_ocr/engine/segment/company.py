"""A narrow cell of a table is read beside the cell before it, as the eye reads it.

Cut out alone, 8 to 25 pixels high, an arrow is a 1, a star a point and a plus the ten. Beside its
value it is an arrow: there is something to see how high it is, where it stands in the line and what
is usual there, and a recogniser has learnt from lines, where a sign has neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Line
from desktop_ocr.engine.recognize.signs import InCompany
from desktop_ocr.engine.segment.crop import MARGIN

Cut = Callable[[Quad], NDArray[np.uint8]]

NARROW = 1.3
"""Width over height up to which a cell is read in company."""
LEAST = 0.9
"""Width over height from which a cell is company."""
LENGTH = 2.5
"""Of the neighbour so much is shown, in heights of its text: its end."""
GAP = 0.4
"""Blank paper between both and behind, in heights of the neighbour."""
FAR = 12.0
"""How far away a neighbour may stand, in heights of its text: a line's direction is not surer."""
SLANT = 0.5
"""How far beside the neighbour's line the cell's middle may lie, in heights of the neighbour."""


def neighbours(lines: Sequence[Line]) -> dict[int, int]:
    """Say beside which line each narrow cell is to be read.

    Args:
        lines: Of one page.

    Returns:
        Index of the neighbour by the index of the narrow cell; both stand in one row of a table.
    """
    rows: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.cell is not None:
            rows[line.cell.table, line.cell.row].append(index)
    found = {}
    for row in rows.values():
        wide = [i for i in row if lines[i].quad.width >= LEAST * lines[i].quad.height]
        for index in row:
            quad = lines[index].quad
            if quad.width > NARROW * quad.height:
                continue
            before = {i: apart for i in wide if (apart := _apart(quad, lines[i].quad)) is not None}
            if before:
                found[index] = min(before, key=lambda i: before[i])
    return found


def _apart(quad: Quad, other: Quad) -> float | None:
    """Return how far a quad stands behind another one of its row; None where it does not."""
    along, across, _ = _place(quad, other)
    em = other.height / (1 + 2 * MARGIN)
    far = along[0] - other.width
    behind = (along[0] + along[1]) / 2 > other.width
    level = abs(across - other.height / 2) <= SLANT * other.height
    return max(0.0, far) if behind and level and far <= FAR * em else None


def _place(quad: Quad, other: Quad) -> tuple[tuple[float, float], float, tuple[float, float]]:
    """Return start and end of a quad along another one, its middle across, and the direction."""
    tl, tr, br, bl = other.points
    length = max(1e-6, other.width)
    ux, uy = (tr.x - tl.x + br.x - bl.x) / 2 / length, (tr.y - tl.y + br.y - bl.y) / 2 / length
    u = [(p.x - tl.x) * ux + (p.y - tl.y) * uy for p in quad.points]
    centre = quad.center
    across = (centre.y - tl.y) * ux - (centre.x - tl.x) * uy
    return ((u[0] + u[3]) / 2, (u[1] + u[2]) / 2), across, (ux, uy)


def beside(cut: Cut, quad: Quad, other: Quad) -> InCompany | None:
    """Cut out a narrow cell together with the end of its neighbour, close behind it.

    Args:
        cut: Cuts a quad out of the page.
        quad: The cell.
        other: Its neighbour; the cell is cut as high as it, on the same level.

    Returns:
        uint8 (h, w, 3) and where in it the cell lies; None where nothing of it lies behind its
        neighbour.
    """
    import cv2

    length = other.width
    em = other.height / (1 + 2 * MARGIN)
    (start, end), across, (ux, uy) = _place(quad, other)
    start = max(start, length)
    if end - start < 0.2 * em:
        return None
    before = cut(other.between(max(0.0, 1 - LENGTH * em / length), 1.0))
    # On the neighbour's level, which tells a dash from an underscore, as far as the cell fits in.
    off = across - other.height / 2
    loose = max(0.0, (other.height - quad.height) / 2)
    off -= min(max(off, -loose), loose)
    cell = cut(other.between(start / length, end / length).translated(-uy * off, ux * off))
    height = len(before)
    if len(cell) != height:
        size = (max(1, round(cell.shape[1] * height / len(cell))), height)
        cell = np.asarray(cv2.resize(cell, size), np.uint8)
    edges = [part for crop in (before, cell) for part in (crop[0], crop[-1])]
    paper = np.median(np.concatenate(edges), axis=0).astype(np.uint8)
    gap = np.empty((height, max(1, round(GAP * height)), *before.shape[2:]), np.uint8)
    gap[:] = paper
    pixels = np.concatenate([before, gap, cell, gap], axis=1)
    left = before.shape[1] + gap.shape[1]
    return InCompany(pixels, left, left + cell.shape[1])
