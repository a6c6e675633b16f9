"""Seals and stamps over a line: rings and boxes of red or blue ink with signs in them."""

from __future__ import annotations

import random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

_Field = NDArray[Any]
"""float32, grey levels 0-255."""
_RED, _BLUE = (60, 50, 205), (170, 70, 40)
_STAR = np.array(
    [
        (np.cos(angle) * reach, np.sin(angle) * reach)
        for angle, reach in zip(
            np.arange(10) * np.pi / 5 - np.pi / 2, (1.0, 0.382) * 5, strict=True
        )
    ]
)
"""Corners of a star of radius 1, (10, 2)."""


def stamped(
    rng: np.random.Generator,
    choose: random.Random,
    image: _Field,
    place: tuple[float, float, float] | None = None,
) -> _Field:
    """Stamp a picture; the ink under the stamp shows through as on paper.

    Args:
        rng: Randomness of numbers.
        choose: Randomness of choices.
        image: float32 (H, W, 3) BGR, 0-255.
        place: Middle (x, y) of the stamp and the height of a line of text, in pixels; None for
            a picture that is one line.

    Returns:
        float32 (H, W, 3); without a place the stamp may miss the picture, as stamps do.
    """
    height, width = image.shape[:2]
    seal = np.zeros((height, width), np.uint8)
    if place is None:
        line = float(height)
        centre = np.array([rng.uniform(0, width), rng.normal(height / 2, height)])
    else:
        centre, line = np.array(place[:2]), place[2]
    if choose.random() < 0.7:
        _round(rng, choose, seal, centre, line * float(rng.uniform(1.0, 4.0)))
    else:
        _box(rng, choose, seal, centre, line * float(rng.uniform(0.3, 0.8)))
    cells = (max(2, height // 8), max(2, width // 8))
    patches = cv2.resize(rng.uniform(0.4, 1.4, cells).astype(np.float32), (width, height))
    strength = float(rng.uniform(0.35, 0.9))
    cover = np.clip(patches, 0, 1) * seal.astype(np.float32) * (strength / 255)
    colour = np.array(_RED if choose.random() < 0.85 else _BLUE, np.float32) / 255
    # Stamp ink is clear: what lies under it filters through.
    return np.asarray(image * (1 - cover[..., None] * (1 - colour)), np.float32)


def _round(
    rng: np.random.Generator,
    choose: random.Random,
    seal: NDArray[Any],
    centre: NDArray[Any],
    radius: float,
) -> None:
    """Draw a round seal: one or two rings, signs along them, often a star."""
    thick = max(1, int(radius * float(rng.uniform(0.03, 0.07))))
    middle = (int(centre[0]), int(centre[1]))
    cv2.circle(seal, middle, int(radius), 255, thick, cv2.LINE_AA)
    if choose.random() < 0.3:
        cv2.circle(seal, middle, int(radius * 0.93), 255, 1, cv2.LINE_AA)
    if choose.random() < 0.6:
        star = centre + _STAR * radius * float(rng.uniform(0.2, 0.32))
        cv2.fillPoly(seal, [star.round().astype(np.int32)], 255, cv2.LINE_AA)
    size = radius * float(rng.uniform(0.18, 0.28))
    count = int(rng.integers(8, 16))
    for angle in np.linspace(0.75 * np.pi, 2.25 * np.pi, count) + rng.normal(0, 0.2):
        outward = np.array([np.cos(angle), np.sin(angle)])
        along = np.array([-outward[1], outward[0]])
        _sign(rng, seal, centre + outward * (radius * 0.95 - size * 0.75), along, -outward, size)


def _box(
    rng: np.random.Generator,
    choose: random.Random,
    seal: NDArray[Any],
    centre: NDArray[Any],
    size: float,
) -> None:
    """Draw a stamp of one to three rows of signs, often in a box, a little askew."""
    turn = float(rng.normal(0, 0.12))
    along = np.array([np.cos(turn), np.sin(turn)])
    down = np.array([-along[1], along[0]])
    rows, columns = int(rng.integers(1, 4)), int(rng.integers(3, 8))
    for row in range(rows):
        for column in range(columns):
            across = along * (column - (columns - 1) / 2) + down * 1.2 * (row - (rows - 1) / 2)
            _sign(rng, seal, centre + across * size * 1.1, along, down, size)
    if choose.random() < 0.7:
        half = along * size * 0.65 * (columns + 0.5), down * size * 0.75 * (rows + 0.4)
        corners = [
            centre + a * half[0] + b * half[1] for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))
        ]
        outline = np.array(corners).round().astype(np.int32)
        cv2.polylines(seal, [outline], True, 255, max(1, int(size / 10)), cv2.LINE_AA)


def _sign(
    rng: np.random.Generator,
    seal: NDArray[Any],
    centre: NDArray[Any],
    along: NDArray[Any],
    down: NDArray[Any],
    size: float,
) -> None:
    """Draw strokes that look like a character of a seal from afar, and are none.

    Args:
        rng: Randomness of numbers.
        seal: uint8 (H, W), drawn on.
        centre: Middle of the sign (x, y).
        along: Unit vector of its writing direction.
        down: Unit vector from its top to its foot.
        size: Its height in pixels.
    """
    height, width = seal.shape
    if not (-size < centre[0] < width + size and -size < centre[1] < height + size):
        return
    ends = rng.uniform(-0.45, 0.45, (5, 2, 2))
    ends[:3, 1, 1] = ends[:3, 0, 1]  # Three strokes lie, one stands, one slants.
    ends[3, 1, 0] = ends[3, 0, 0]
    points = centre + size * (ends[..., :1] * along + ends[..., 1:] * down)
    lines = list(points.round().astype(np.int32))
    cv2.polylines(seal, lines, False, 255, max(1, int(size / 9)), cv2.LINE_AA)
