"""A crop becomes the network's input: same steps in training and in reading."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

HEIGHT = 48
"""Height of the network's input in pixels."""
STRIDE = 8
"""Input columns for one time step of the output."""
GRID = 32
"""Widths are padded to a multiple of this, so that few sizes occur. A line is only ever computed
beside lines of its own padded width: its reading never depends on its neighbours."""
SHORTEST = 256
"""Least padded width. The network's gates weigh channels by their mean over the whole line, and its
convolutions learnt from lines padded to 320 pixels; a single word without padding is read worse
(hand_en: 20.3 % wrong at its own width, 18.3 % at 256, 18.6 % at 320, for PP-OCRv6)."""
PAD = 127
"""Value of the padding: the middle grey that is nought after scaling to -1..1."""
_NARROWEST, _WIDEST = 8, 16_000


def scaled_width(height: int, width: int) -> int:
    """Return the width of a crop scaled to the input height, at least ``_NARROWEST``."""
    return min(_WIDEST, max(_NARROWEST, -(-width * HEIGHT // height)))


def padded_width(width: int) -> int:
    """Return the width rounded up to the grid, at least ``SHORTEST``; 0 for nothing at all."""
    return max(SHORTEST, -(-width // GRID) * GRID) if width else 0


def scale(crop: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Scale a crop to the input height.

    Args:
        crop: uint8 (H, W, 3) BGR or (H, W) grey.

    Returns:
        uint8 (48, W', 3) BGR.

    Raises:
        ValueError: The crop is empty or has another shape or type.
    """
    import cv2  # Heavy: only where pixels are worked on.

    if crop.dtype != np.uint8 or crop.ndim not in (2, 3) or crop.size == 0:
        raise ValueError("a crop must be uint8 (H, W, 3) or (H, W) and not empty")
    if crop.ndim == 3 and crop.shape[2] == 1:
        crop = crop[..., 0]
    image: NDArray[Any] = cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR) if crop.ndim == 2 else crop
    if image.shape[2] != 3:
        raise ValueError("a crop must have one or three channels")
    height, width = image.shape[:2]
    size = (scaled_width(height, width), HEIGHT)
    if (width, height) != size:
        # Linear, as the network's convolutions were trained; averaging first where much shrinks.
        if height > 4 * HEIGHT:
            half = (max(1, round(width * 2 * HEIGHT / height)), 2 * HEIGHT)
            image = cv2.resize(image, half, interpolation=cv2.INTER_AREA)
        image = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(image, np.uint8)


def to_input(lines: list[NDArray[np.uint8]], width: int | None = None) -> NDArray[np.float32]:
    """Stack scaled lines to one batch.

    Args:
        lines: uint8 (48, W, 3) BGR, any widths.
        width: Width of the batch in pixels, or None for the widest line on the grid.

    Returns:
        float32 (N, 3, 48, width), -1..1, padded on the right with nought.
    """
    if width is None:
        width = padded_width(max(line.shape[1] for line in lines))
    batch = np.zeros((len(lines), 3, HEIGHT, width), np.float32)
    for row, line in zip(batch, lines, strict=True):
        part = line[:, :width].transpose(2, 0, 1)  # 48 x W x 3 -> 3 x 48 x W
        row[..., : part.shape[2]] = part * np.float32(2 / 255) - np.float32(1)
    return batch
