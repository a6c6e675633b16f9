"""The angle by which a page lies askew, from the sharpness of its projection profile."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.enhance.steps import scale

MAX_ANGLE = 15.0
"""Degrees to either side that are searched."""
_SIDE = 1000
"""Longest side of the picture in which the angle is measured, in pixels."""
_COARSE, _FINE = 0.5, 0.05
"""Degrees between two angles tried in the first and the last pass."""
_NEAR = 4
"""Angles to either side of the best that the parabola is fitted to."""
_POINTS = 60_000
_STAMP = 0.08
"""Blots longer than this share of the page in both directions are no text: stamps, pictures."""
_GAIN = 1.08
"""How much sharper than the upright profile the turned one must be to be believed."""


def find_skew(grey: NDArray[np.uint8], max_angle: float = MAX_ANGLE) -> float:
    """Measure the skew of a page.

    The criterion is Postl's: the sum of squared differences of neighbouring rows in the
    projection profile, which is greatest when the rows run along the lines of text (W. Postl,
    "Detection of linear oblique structures and skew scan in digitized documents", ICPR 1986).
    Rulings of tables and of writing paper run along the text and help; stamps and pictures are
    left out by their size.

    Args:
        grey: uint8 (H, W), dark ink on light paper.
        max_angle: Degrees searched to either side.

    Returns:
        Degrees counter-clockwise by which the text is turned; 0 where nothing is sure.
    """
    points = _ink_points(grey)
    if len(points) < 50:
        return 0.0
    angle, gain = _search(points, max_angle)
    return 0.0 if gain < _GAIN and abs(angle) > 0.3 else angle


def _ink_points(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the pixels of ink as float32 (N, 2) x, y."""
    import cv2

    factor = min(1.0, _SIDE / max(grey.shape))
    small = scale(grey, factor)
    height, width = small.shape
    if min(height, width) < 8:
        return np.empty((0, 2), np.float32)
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
    return points


def _sharpness(points: NDArray[np.float32], angle: float, bin_size: float) -> float:
    """Return Postl's criterion for rows that rise to the right by ``angle`` degrees."""
    a = math.radians(angle)
    rows = points[:, 1] * (math.cos(a) / bin_size) + points[:, 0] * (math.sin(a) / bin_size)
    bins = np.floor(rows - rows.min()).astype(np.intp)
    profile = np.bincount(bins).astype(np.float64)
    profile = np.concatenate([[0.0], profile, [0.0]])
    return float(np.square(np.diff(profile)).sum())


def _search(points: NDArray[np.float32], max_angle: float) -> tuple[float, float]:
    """Return the sharpest angle, and how much sharper it is than the upright page."""
    coarse = np.arange(-max_angle, max_angle + _COARSE / 2, _COARSE)
    scores = np.array([_sharpness(points, a, 2.0) for a in coarse])
    best = float(coarse[int(scores.argmax())])
    best = _refine([points], best, _COARSE, 0.1, 1.5)
    best = _refine(_halves(points), best, 0.3, _FINE, 1.0)
    best = float(np.clip(best, -max_angle, max_angle))
    upright = max(1e-9, _sharpness(points, 0.0, 1.5))
    return best, _sharpness(points, best, 1.5) / upright


def _halves(points: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Part the ink into a left and a right half.

    The lines of two columns need not be level: their rows, added up, would be sharpest where
    they happen to meet, up to a fifth of a degree beside the truth.
    """
    left = points[:, 0] < np.median(points[:, 0])
    return [points[left], points[~left]]


def _refine(
    parts: list[NDArray[np.float32]], around: float, reach: float, step: float, bin_size: float
) -> float:
    """Return the sharpest angle near ``around``: the top of a parabola fitted about the best."""
    angles = np.arange(around - reach, around + reach + step / 2, step)
    scores = np.array([sum(_sharpness(p, a, bin_size) for p in parts if len(p)) for a in angles])
    k = int(scores.argmax())
    first, last = max(0, k - _NEAR), min(len(angles), k + _NEAR + 1)
    if not 0 < k < len(angles) - 1:
        return float(angles[k])
    curve, slope, _ = np.polyfit(angles[first:last] - angles[k], scores[first:last], 2)
    shift = -slope / (2 * curve) if curve < 0 else 0.0
    return float(angles[k] + np.clip(shift, -step * _NEAR, step * _NEAR))
