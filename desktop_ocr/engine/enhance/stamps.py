"""Red stamps: found by colour and shape, so that their ring and letters do not part the lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_LEAST = 0.05
"""Shortest side of a stamp as a share of the page's longer side (a small seal is read as text)."""
_GREATEST = 0.3
_ELONGATION = 1.8
"""Longer over shorter side at most: a red heading is longer, a ring or an oval is not."""
_FILL = 0.6
"""Share of its rectangle that a stamp's ink covers at most: more is a coloured surface."""
_REDNESS = 30
"""Grey levels by which red must exceed green, and by half of it blue, over the paper's own."""


def find_stamps(pixels: NDArray[np.uint8]) -> NDArray[np.bool_] | None:
    """Find the red ink of stamps.

    Args:
        pixels: uint8 (h, w, 3) BGR.

    Returns:
        bool (h, w), True on a stamp's ink; None where there is no stamp. Red text, which is longer
        than high, is not a stamp, nor is black ink that a stamp lies upon.
    """
    import cv2

    if not _is_red(pixels[::4, ::4]).any():
        return None
    red = _is_red(pixels).astype(np.uint8)
    height, width = red.shape
    side = max(height, width)
    # The parts of one stamp (ring, star, letters) lie close together.
    reach = max(3, round(side * 0.008))
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, _labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = np.zeros((height, width), np.bool_)
    for x, y, w, h, _ in stats[1:count]:
        low, high = min(w, h), max(w, h)
        if not (_LEAST * side <= low and high <= _GREATEST * side and high <= _ELONGATION * low):
            continue
        inside = (slice(y, y + h), slice(x, x + w))
        if red[inside].mean() > _FILL:
            continue
        found[inside] |= red[inside] > 0
    if not found.any():
        return None
    # The pale edges of the strokes go with them.
    edge = cv2.dilate(found.view(np.uint8), np.ones((3, 3), np.uint8)).view(np.bool_)
    pale = _is_red(pixels, _REDNESS // 2)
    return found | (edge & pale)


def _is_red(pixels: NDArray[np.uint8], least: int = _REDNESS) -> NDArray[np.bool_]:
    """Say which pixels are redder than the paper (its median) by ``least`` grey levels."""
    import cv2

    blue, green, red = cv2.split(np.ascontiguousarray(pixels))
    over_green = cv2.subtract(red, green, dtype=cv2.CV_16S)
    over_blue = cv2.subtract(red, blue, dtype=cv2.CV_16S)
    paper_green = float(np.median(over_green[::8, ::8]))
    paper_blue = float(np.median(over_blue[::8, ::8]))
    return (over_green > paper_green + least) & (over_blue > paper_blue + least / 2)
