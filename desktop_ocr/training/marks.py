"""What hands add to a line without changing what it says: scribbles, underlines, tails."""

from __future__ import annotations

import random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[Any]
"""uint8 (H, W), 255 = ink."""


def _extent(mask: Mask) -> tuple[int, int, int, int] | None:
    """Return the first and last rows and columns of ink, or None without ink."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    return int(rows[0]), int(rows[-1]), int(columns[0]), int(columns[-1])


def struck_out(rng: np.random.Generator, choose: random.Random, mask: Mask, size: int) -> Mask:
    """Set a word that was scribbled out before or after the text; nobody can read it.

    Args:
        rng: Randomness of numbers.
        choose: Randomness of choices.
        mask: uint8 (H, W) ink.
        size: Size of the type in pixels.

    Returns:
        uint8 (H, W + …): the ink with the scribble.
    """
    extent = _extent(mask)
    if extent is None:
        return mask
    top, bottom, _, _ = extent
    length, gap = int(rng.uniform(0.5, 2.2) * size), int(rng.uniform(0.15, 0.5) * size)
    middle, half = (top + bottom) / 2, max(0.25 * size, 0.4 * (bottom - top))
    step = rng.uniform(0.05, 0.1) * size
    count = max(6, int(length / step))
    # A zigzag so dense that the letters under it are gone.
    xs = np.linspace(0, length, count) + rng.normal(0, 0.06 * size, count)
    ys = middle + half * np.where(np.arange(count) % 2, 1, -1) * rng.uniform(0.5, 1.0, count)
    before = choose.random() < 0.5
    if before:
        left = extent[2] - gap - length
        shift = max(0, int(0.3 * size) - left)
        canvas = np.pad(mask, ((0, 0), (shift, 0)))
        xs += left + shift
    else:
        start = extent[3] + gap
        canvas = np.pad(mask, ((0, 0), (0, max(0, start + length + size // 2 - mask.shape[1]))))
        xs += start
    points = np.stack([xs, ys], axis=1).round().astype(np.int32)[:, None]
    cv2.polylines(canvas, [points], False, 255, max(1, size // 20), cv2.LINE_AA)
    return canvas


def ruled_through(rng: np.random.Generator, choose: random.Random, mask: Mask, size: int) -> Mask:
    """Draw a thin line under the text, or through it so that it can still be read.

    Args:
        rng: Randomness of numbers.
        choose: Randomness of choices.
        mask: uint8 (H, W) ink.
        size: Size of the type in pixels.

    Returns:
        uint8 (H, W): the ink with the line.
    """
    extent = _extent(mask)
    if extent is None:
        return mask
    top, bottom, left, right = extent
    where = rng.uniform(0.45, 0.6) if choose.random() < 0.25 else rng.uniform(0.95, 1.15)
    row = min(top + where * (bottom - top), mask.shape[0] - 2)
    slope = float(rng.normal(0, 0.03)) * (right - left)
    bow = float(rng.normal(0, 0.04)) * size
    xs = np.linspace(left - 0.1 * size, right + float(rng.uniform(-0.3, 0.3)) * size, 8)
    way = np.linspace(-0.5, 0.5, 8)
    ys = row + slope * way + bow * (1 - 4 * way**2)
    canvas = mask.copy()
    points = np.stack([xs, ys], axis=1).round().astype(np.int32)[:, None]
    cv2.polylines(canvas, [points], False, 255, max(1, size // 26), cv2.LINE_AA)
    return canvas


def with_tail(rng: np.random.Generator, mask: Mask, size: int) -> Mask:
    """Draw out the last letter's stroke to the right.

    Args:
        rng: Randomness of numbers.
        mask: uint8 (H, W) ink.
        size: Size of the type in pixels.

    Returns:
        uint8 (H, W + …): the ink with the tail.
    """
    extent = _extent(mask)
    if extent is None:
        return mask
    right = extent[3]
    end = np.flatnonzero(mask[:, right - 1 : right + 1].any(axis=1))
    length = int(rng.uniform(0.2, 1.0) * size)
    canvas = np.pad(mask, ((0, 0), (0, length + size // 2)))
    way = np.linspace(0, 1, 8)
    rise, bow = float(rng.normal(0.1, 0.15)) * length, float(rng.normal(0, 0.15)) * length
    points = np.stack(
        [right - 1 + way * length, end[-1] - rise * way + bow * way * (1 - way)], axis=1
    )
    cv2.polylines(
        canvas,
        [points.round().astype(np.int32)[:, None]],
        False,
        255,
        max(1, size // 22),
        cv2.LINE_AA,
    )
    return canvas
