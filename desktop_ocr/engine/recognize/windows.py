"""Long lines in overlapping windows, joined in time steps.

A line wider than the network has learnt is cut into windows of equal width that overlap. Their
posteriors overlap in the same time steps of the same pixels, so the join is one cut: steps before
it come from the left window, steps from it on from the right one. Texts are never compared.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.recognize.charset import BLANK
from desktop_ocr.engine.recognize.prepare import GRID, STRIDE

OVERLAP = 12 * GRID
"""Least overlap of neighbouring windows in pixels: six or more full-width characters."""
_EDGE = 8
"""Time steps next to a window's edge that are not trusted: characters may be cut there."""


def plan(width: int, limit: int) -> list[tuple[int, int]]:
    """Cut a line into windows.

    Args:
        width: Width of the padded line in pixels, a multiple of the grid.
        limit: Widest window in pixels, a multiple of the grid, more than twice the overlap.

    Returns:
        (start, end) in pixels, all on the grid; one window if the line is not wider than the
        limit.
    """
    if width <= limit:
        return [(0, width)]
    count = -(-(width - OVERLAP) // (limit - OVERLAP))
    # Equal widths: one shape for the network, and the overlap is shared out.
    size = -(-((width + (count - 1) * OVERLAP) // count) // GRID) * GRID
    size = min(limit, size + GRID)
    last = width - size
    starts = [round(last * index / (count - 1) / GRID) * GRID for index in range(count)]
    return [(start, start + size) for start in starts]


def join(parts: list[NDArray[np.float32]], spans: list[tuple[int, int]]) -> NDArray[np.float32]:
    """Join the posteriors of windows.

    Args:
        parts: float32 (T of the window, C), log-probabilities, blank = 0.
        spans: The windows in pixels, as ``plan`` gave them.

    Returns:
        float32 (T, C) of the whole line.
    """
    joined, end = parts[0], spans[0][1]
    for part, (start, stop) in zip(parts[1:], spans[1:], strict=True):
        first, shared = start // STRIDE, (end - start) // STRIDE
        cut = best_cut(joined[first : first + shared], part[:shared])
        joined = np.concatenate((joined[: first + cut], part[cut:]))
        end = stop
    return joined


def best_cut(left: NDArray[np.float32], right: NDArray[np.float32]) -> int:
    """Choose the time step of an overlap from which the right window is believed.

    A cut is good where both windows see a gap between characters on both of its sides; among such
    places the one nearest the middle is taken, where both windows see most around them.

    Args:
        left: float32 (S, C), the left window's last steps.
        right: float32 (S, C), the right window's first steps.

    Returns:
        The step, 1 to S - 1.
    """
    shared = len(left)
    edge = min(_EDGE, (shared - 1) // 2)
    gap = np.minimum(left[:, BLANK], right[:, BLANK])
    gap = np.maximum(gap, -20.0)
    places = np.arange(max(1, edge), max(2, shared - edge))
    both = gap[places - 1] + gap[places]
    distance = np.abs(places - shared / 2) / shared
    return int(places[np.argmax(both - 0.05 * distance)])
