"""Pictures of single characters, and how much one differs from those of the same reading; no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Quad
from desktop_ocr.engine.segment.crop import DOWNWARDS, crop

MOST_HEIGHT = 96
"""Pixels; a taller picture is reduced."""

CONTEXT = 0.75
"""What is shown before and after the character, as a share of the line's height."""

QUALITY = 88
"""Of the JPEG that a picture is kept as: about 2 kB each."""

SIDE = 20
"""Of the square to which characters are brought for comparison."""


NEIGHBOURS, LEAST, MOST_COMPARED = 3, 6, 256
"""So many likes of a character count; of fewer in all none is odd; so many are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """The picture of a character with its neighbours.

    Attributes:
        data: A JPEG.
        left: Where the character begins, as a fraction of the width.
        right: Where it ends.
        shape: float16 (SIDE * SIDE,): its ink, of length 1; zeros where there is none.
    """

    data: bytes
    left: float
    right: float
    shape: NDArray[np.float16]


def cut(pixels: NDArray[np.uint8], line: Quad, character: Quad) -> Crop | None:
    """Cut a character with its neighbours out of a page.

    Args:
        pixels: uint8 (H, W, 3) BGR, the page.
        line: The character's line, in page pixels.
        character: The character.

    Returns:
        The picture, at the page's own resolution where that is not too large; None for a box
        without an area.
    """
    import cv2

    if character.width < 1 or character.height < 1:
        return None
    if line.height > DOWNWARDS * line.width:  # text that runs downwards stands upright in its box
        character = Quad.from_box(*character.box)
    reach = CONTEXT * character.height / character.width
    wide = _beyond(character, reach)
    picture = crop(pixels, wide)
    height, width = picture.shape[:2]
    scale = min(1.0, MOST_HEIGHT / height)
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    made, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    if not made:
        return None
    left, right = reach / (1 + 2 * reach), (1 + reach) / (1 + 2 * reach)
    width = picture.shape[1]
    # A little more than the box: the ends of a character are known to a few pixels only.
    slack = 0.06 * picture.shape[0]
    inner = picture[:, max(0, round(left * width - slack)) : max(1, round(right * width + slack))]
    return Crop(data.tobytes(), left, right, _shape(inner))


def _beyond(quad: Quad, reach: float) -> Quad:
    """Return a quad prolonged at both ends by a multiple of its width."""
    return quad.between(-reach, 1 + reach)


def _shape(picture: NDArray[np.uint8]) -> NDArray[np.float16]:
    """Return the ink of a character, cut to its bounds and brought to a square of length 1."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) if picture.ndim == 3 else picture
    paper = float(np.percentile(grey, 90))
    ink = np.clip((paper - grey.astype(np.float32)) / max(paper, 1.0), 0, 1)
    strong = ink > max(0.25, 0.5 * float(ink.max(initial=0)))
    rows, columns = np.flatnonzero(strong.any(axis=1)), np.flatnonzero(strong.any(axis=0))
    if not len(rows):
        return np.zeros(SIDE * SIDE, np.float16)
    body = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    # The shape keeps its proportions: a 1 must not become as wide as a 7.
    height, width = body.shape
    side = max(height, width)
    square = np.zeros((side, side), np.float32)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = body
    small = cv2.resize(square, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (3, 3), 0.8).astype(np.float32).reshape(-1)
    length = float(np.linalg.norm(small))
    return (small / max(length, 1e-6)).astype(np.float16)


def oddness(shapes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how little each shape resembles the ones that resemble it most.

    A page may be set in several faces, and written by several hands: what counts is whether a
    character has its like, not how far it is from the mean of all.

    Args:
        shapes: float32 (N, SIDE * SIDE), each of length 1 or 0.

    Returns:
        float32 (N,), 0–1: the mean distance (one minus the cosine) to the three nearest others,
        of at most 256 that are looked at; 0 for all where there are fewer than six.
    """
    count = len(shapes)
    if count < LEAST:
        return np.zeros(count, np.float32)
    looked_at = np.unique(np.linspace(0, count - 1, min(count, MOST_COMPARED)).astype(int))
    distance = 1 - shapes @ shapes[looked_at].T
    distance[looked_at, np.arange(len(looked_at))] = np.inf  # nothing is its own like
    nearest = np.partition(distance, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    result: NDArray[np.float32] = np.clip(nearest.mean(axis=1), 0, 1).astype(np.float32)
    return result
