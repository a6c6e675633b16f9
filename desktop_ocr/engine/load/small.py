"""Small copies of pages, for lists."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 320
"""Pixels of the longer side of a small copy."""


def reduced(pixels: NDArray[np.uint8], side: int = SIDE) -> NDArray[np.uint8]:
    """Return uint8 (H, W, 3) BGR with at most ``side`` pixels on the longer side."""
    height, width = pixels.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def encoded(pixels: NDArray[np.uint8], suffix: str) -> bytes:
    """Return uint8 (H, W, 3) BGR as the bytes of a picture file.

    Args:
        pixels: The picture.
        suffix: Says the format: ``".jpg"`` or ``".png"``.

    Raises:
        MemoryError: If it cannot be encoded.
    """
    done, data = cv2.imencode(suffix, pixels)
    if not done:
        raise MemoryError
    return data.tobytes()
