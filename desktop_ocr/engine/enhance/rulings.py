"""Coloured ruled lines of forms: found by colour and length, black and blue writing stays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_COLOURED = 28
"""Grey levels by which the channels of a coloured pixel differ, over the paper's own."""
_LENGTH = 0.06
"""Shortest ruled line, as a share of the page's longer side: no stroke of writing is as long."""
_THICK = 0.006
"""Thickest ruled line, as a share of the page's longer side."""


def find_rulings(pixels: NDArray[np.uint8]) -> NDArray[np.bool_] | None:
    """Find ruled lines that are printed in colour.

    What is long and thin along the page's rows or columns, and coloured, is a ruling
    (morphological opening with a line).

    Args:
        pixels: uint8 (h, w, 3) BGR.

    Returns:
        bool (h, w), True on their ink; None where there are none.
    """
    spread = np.asarray(pixels.max(axis=2) - pixels.min(axis=2))
    coloured = (spread > float(np.median(spread[::8, ::8])) + _COLOURED).astype(np.uint8)
    side = max(coloured.shape)
    length, thick = max(16, round(_LENGTH * side)), max(3, round(_THICK * side)) | 1
    across = _long_and_thin(coloured, length, thick)
    down = _long_and_thin(np.ascontiguousarray(coloured.T), length, thick).T
    found = (across | down) & coloured.view(np.bool_)
    return found if found.any() else None


def _long_and_thin(ink: NDArray[np.uint8], length: int, thick: int) -> NDArray[np.bool_]:
    """Say which pixels belong to a line along the rows: at least so long, at most so thick."""
    import cv2

    # A line a pixel off the row is still one: its pieces are joined first.
    joined = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    lines = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    blocks = cv2.morphologyEx(lines, cv2.MORPH_OPEN, np.ones((thick + 2, 1), np.uint8))
    return np.asarray(lines > cv2.dilate(blocks, np.ones((3, 3), np.uint8)))
