"""Where a new box belongs among the lines of a page."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_ocr.document.geometry import Box, Quad
from desktop_ocr.document.model import Line


def place_for(quad: Quad, lines: Sequence[Line]) -> int:
    """Return the place in reading order at which a new box should stand.

    The nearest line in the same column decides: the box comes after one above it and before one
    below it. Where no line shares the column, the nearest line in the same row decides.

    Args:
        quad: The new box.
        lines: The lines of the page in reading order.

    Returns:
        0 to the number of lines.
    """
    box = quad.box
    best: tuple[float, int] | None = None
    for i, line in enumerate(lines):
        other = line.quad.box
        same_row = _overlap(box.top, box.bottom, other.top, other.bottom) > 0.5
        if same_row:
            gap = max(other.left - box.right, box.left - other.right, 0.0)
            after = _middle_x(other) <= _middle_x(box)
        elif _overlap(box.left, box.right, other.left, other.right) > 0:
            gap = max(other.top - box.bottom, box.top - other.bottom, 0.0)
            after = _middle_y(other) <= _middle_y(box)
        else:
            continue
        if best is None or gap < best[0]:
            best = (gap, i + 1 if after else i)
    return len(lines) if best is None else best[1]


def _overlap(start: float, end: float, other_start: float, other_end: float) -> float:
    """Return the common part of two spans as a fraction of the shorter one (negative: none)."""
    shorter = min(end - start, other_end - other_start)
    common = min(end, other_end) - max(start, other_start)
    return common / shorter if shorter > 0 else common


def _middle_x(box: Box) -> float:
    return (box.left + box.right) / 2


def _middle_y(box: Box) -> float:
    return (box.top + box.bottom) / 2
