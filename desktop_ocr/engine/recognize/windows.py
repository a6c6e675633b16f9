"""Long lines in overlapping windows, joined in time steps.

A line wider than the network has learnt is cut into windows of equal width that overlap. Their
posteriors overlap in the same time steps of the same pixels, so the join is one cut: steps before
it come from the left window, steps from it on from the right one. Texts are never compared.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.recognize.charset import BLANK
from desktop_ocr.engine.recognize.prepare import GRID, WARD, InputForm

_EDGE = 4 / 3
"""Heights of a line next to a window's edge that are not trusted: characters may be cut there."""


def plan(width: int, form: InputForm = WARD) -> list[tuple[int, int]]:
    """Cut a line into windows.

    Args:
        width: Width of the padded line in pixels, a multiple of the grid.
        form: The network's input: widest and shortest window, overlap.

    Returns:
        (start, end) in pixels, all on the grid; one window if the line is not wider than the
        form's limit.
    """
    limit, overlap = form.limit, form.overlap
    if width <= limit:
        return [(0, width)]
    count = -(-(width - overlap) // (limit - overlap))
    # Equal widths: one shape for the network, and the overlap is shared out.
    size = -(-((width + (count - 1) * overlap) // count) // GRID) * GRID
    size = min(limit, max(size + GRID, form.shortest))
    last = width - size
    starts = [round(last * index / (count - 1) / GRID) * GRID for index in range(count)]
    return [(start, start + size) for start in starts]


def join(
    parts: list[NDArray[np.float32]], spans: list[tuple[int, int]], form: InputForm = WARD
) -> NDArray[np.float32]:
    """Join the posteriors of windows.

    Args:
        parts: float32 (T of the window, C), log-probabilities, blank = 0.
        spans: The windows in pixels, as ``plan`` gave them.
        form: The network's input: height and stride.

    Returns:
        float32 (T, C) of the whole line.
    """
    joined, end = parts[0], spans[0][1]
    edge = round(_EDGE * form.height / form.stride)
    for part, (start, stop) in zip(parts[1:], spans[1:], strict=True):
        first, shared = start // form.stride, (end - start) // form.stride
        cut = best_cut(joined[first : first + shared], part[:shared], edge)
        joined = np.concatenate((joined[: first + cut], part[cut:]))
        end = stop
    return joined


def best_cut(left: NDArray[np.float32], right: NDArray[np.float32], edge: int) -> int:
    """Choose the time step of an overlap from which the right window is believed.

    A cut is good where both windows see a gap between characters on both of its sides; among such
    places the one nearest the middle is taken, where both windows see most around them.

    Args:
        left: float32 (S, C), the left window's last steps.
        right: float32 (S, C), the right window's first steps.
        edge: Steps at either end where no cut is made, if there is room between them.

    Returns:
        The step, 1 to S - 1.
    """
    shared = len(left)
    edge = min(edge, (shared - 1) // 2)
    gap = np.minimum(left[:, BLANK], right[:, BLANK])
    gap = np.maximum(gap, -20.0)
    places = np.arange(max(1, edge), max(2, shared - edge))
    both = gap[places - 1] + gap[places]
    distance = np.abs(places - shared / 2) / shared
    return int(places[np.argmax(both - 0.05 * distance)])
