"""The angle by which a page lies askew, from the sharpness of its projection profile."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_ANGLE = 15.0
"""Degrees to either side that are searched."""
_SIDE = 1000
"""Longest side of the picture in which the angle is measured, in pixels."""
_COARSE, _FINE = 0.5, 0.05
"""Degrees between two angles tried in the first and the last pass."""
_POINTS = 60_000
_STAMP = 0.08
"""Blots longer than this share of the page in both directions are no text: stamps, pictures."""
_GAIN = 1.08
"""How much sharper than the upright profile the turned one must be to be believed."""


@dataclass(frozen=True, slots=True)
class Skew:
    """What was found.

    Attributes:
        angle: Degrees counter-clockwise by which the text is turned; 0 where nothing was sure.
        gain: Sharpness at that angle over sharpness at 0.
        spread: The greatest difference between the angles of the page's left, middle and right
            third and the whole, in degrees; 0 where too little text stands there.
            A page photographed at a slant or curved has a large one.
    """

    angle: float
    gain: float
    spread: float


def find_skew(grey: NDArray[np.uint8], max_angle: float = MAX_ANGLE) -> Skew:
    """Measure the skew of a page.

    The criterion is Postl's: the sum of squared differences of neighbouring rows in the
    projection profile, which is greatest when the rows run along the lines of text (W. Postl,
    "Detection of linear oblique structures and skew scan in digitized documents", ICPR 1986).
    Rulings of tables and of writing paper run along the text and help; stamps and pictures are
    left out by their size.

    Args:
        grey: uint8 (H, W), dark ink on light paper.
        max_angle: Degrees searched to either side.
    """
    points, width = _ink_points(grey)
    if len(points) < 50:
        return Skew(0.0, 1.0, 0.0)
    angle, gain = _search(points, max_angle)
    if gain < _GAIN and abs(angle) > 0.3:
        return Skew(0.0, 1.0, 0.0)
    thirds = []
    for part in range(3):
        inside = (points[:, 0] >= width * part / 3) & (points[:, 0] < width * (part + 1) / 3)
        if inside.sum() > max(500, 0.15 * len(points)):
            thirds.append(_local(points[inside], angle))
    spread = max((abs(t - angle) for t in thirds), default=0.0)
    return Skew(angle, gain, spread)


def _ink_points(grey: NDArray[np.uint8]) -> tuple[NDArray[np.float32], int]:
    """Return the pixels of ink as float32 (N, 2) x, y, and the width they lie in."""
    import cv2

    factor = min(1.0, _SIDE / max(grey.shape))
    small: NDArray[Any] = grey
    if factor < 1.0:
        small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    height, width = small.shape
    if min(height, width) < 8:
        return np.empty((0, 2), np.float32), width
    block = max(15, max(height, width) // 40) | 1
    ink = cv2.adaptiveThreshold(
        small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 14
    )
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    limit = _STAMP * max(height, width)
    w, h = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    keep = ~((w > limit) & (h > limit)) & (stats[:, cv2.CC_STAT_AREA] > 2)
    keep[0] = False
    # Upright strokes taller than they should be are rulings and edges of paper: no rows in them.
    keep &= h < 2 * limit
    if count > 1 and keep.any():
        ink = keep[labels]
    y, x = np.nonzero(ink)
    points = np.stack([x, y], 1).astype(np.float32)
    rng = np.random.default_rng(0)
    if len(points) > _POINTS:
        points = points[rng.choice(len(points), _POINTS, replace=False)]
    # Pixels lie on whole rows, which would make the profile sharpest at exactly 0 degrees.
    points += rng.uniform(-0.5, 0.5, points.shape).astype(np.float32)
    return points, width


def _sharpness(points: NDArray[np.float32], angle: float, bin_size: float) -> float:
    """Return Postl's criterion for rows that rise to the right by ``angle`` degrees."""
    a = math.radians(angle)
    rows = points[:, 1] * (math.cos(a) / bin_size) + points[:, 0] * (math.sin(a) / bin_size)
    bins = np.floor(rows - rows.min()).astype(np.intp)
    profile = np.bincount(bins).astype(np.float64)
    profile = np.concatenate([[0.0], profile, [0.0]])
    return float(np.square(np.diff(profile)).sum())


def _search(points: NDArray[np.float32], max_angle: float) -> tuple[float, float]:
    coarse = np.arange(-max_angle, max_angle + _COARSE / 2, _COARSE)
    scores = np.array([_sharpness(points, a, 2.0) for a in coarse])
    best = float(coarse[int(scores.argmax())])
    best = _refine(points, best, _COARSE, 0.1, 1.5)
    best = _refine(points, best, 0.15, _FINE, 1.0)
    best = float(np.clip(best, -max_angle, max_angle))
    upright = max(1e-9, _sharpness(points, 0.0, 1.5))
    return best, _sharpness(points, best, 1.5) / upright


def _local(points: NDArray[np.float32], around: float) -> float:
    best = _refine(points, around, 2.0, 0.25, 2.0)
    return _refine(points, best, 0.25, 0.1, 1.5)


def _refine(
    points: NDArray[np.float32], around: float, reach: float, step: float, bin_size: float
) -> float:
    """Return the sharpest angle near ``around``: the top of a parabola through the best three."""
    angles = np.arange(around - reach, around + reach + step / 2, step)
    scores = np.array([_sharpness(points, a, bin_size) for a in angles])
    k = int(scores.argmax())
    if not 0 < k < len(angles) - 1:
        return float(angles[k])
    left, top, right = scores[k - 1 : k + 2]
    curve = left - 2 * top + right
    shift = 0.5 * (left - right) / curve if curve < 0 else 0.0
    return float(angles[k] + np.clip(shift, -0.5, 0.5) * step)
