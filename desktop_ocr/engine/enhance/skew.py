"""The angle by which a page lies askew, from the sharpness of its projection profile.

The criterion is Postl's: the sum of squared differences of neighbouring rows in the projection
profile, which is greatest when the rows run along the lines of text (W. Postl, "Detection of
linear oblique structures and skew scan in digitized documents", ICPR 1986).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.enhance.ink import Ink

_FEW, _MANY = 10_000, 60_000
"""Points of ink that the first and the last passes look at."""
_COARSE_BIN = 3.0
"""Pixels in one row of the first pass's profile; matches steps of one degree."""
_FINE = 0.05
"""Degrees between two angles tried in the last pass."""
_NEAR = 4
"""Angles to either side of the best that the parabola is fitted to."""
_LEAST = 50
"""Points of ink on a page that has a direction."""
_CLEAR = 3.0
"""How much sharper one direction is than the one across it, for it alone to be believed."""
_OBLIQUE, _OBLIQUE_GAIN = 15, 1.5
"""Degrees from which a page must be this much sharper than upright: nobody scans so."""
_TILTED = 5.0
"""Degrees from a right angle from which the direction given is believed: what stands upright in
the picture of a tilted sheet are the edges of other things."""
_APART, _SECOND = 12, 0.4
"""Degrees between a direction and another one, and how sharp that is at least beside the first."""
_GAIN = 1.08
"""How much sharper than the upright profile the turned one must be to be believed."""


def find_directions(ink: Ink) -> list[float]:
    """Find the direction of the lines all around.

    Args:
        ink: Of the page.

    Returns:
        Whole degrees counter-clockwise by which the lines are turned, in [-45, 135): one where the
        profile leaves no doubt, else that and the one across it, the sharper one first; none on a
        page without ink. Which end is the lines' beginning is not seen here.
    """
    scores = _all_around(ink)
    if scores is None:
        return []
    angles = np.arange(-45, 135)
    best = int(scores.argmax())
    upright = max(float(scores[k - 1 : k + 2].max()) for k in (45, 135))
    off_axis = abs((angles[best] + 45) % 90 - 45)
    if off_axis > _OBLIQUE and scores[best] < _OBLIQUE_GAIN * upright:
        best = 45 if scores[44:47].max() >= scores[134:137].max() else 135
    other = max(((best + 90 + k) % 180 for k in range(-5, 6)), key=lambda k: float(scores[k]))
    found = [float(angles[best]), float(angles[other])]
    return found[:1] if scores[best] > _CLEAR * scores[other] else found


def find_other_directions(ink: Ink, known: float) -> list[float]:
    """Find a second direction, for a page on which the first turns out to hold no text.

    The grain of a desk, or the edge of a shadow, may be as sharp as the lines.

    Args:
        ink: Of the page.
        known: Degrees counter-clockwise; this direction and the one across it are not meant.

    Returns:
        As from :func:`find_directions`, always both or none.
    """
    scores = _all_around(ink)
    if scores is None:
        return []
    angles = np.arange(-45, 135)
    apart = np.abs((angles - known + 45) % 90 - 45)
    others = np.where(apart > _APART, scores, 0.0)
    best = int(others.argmax())
    if others[best] < _SECOND * scores.max():
        return []
    other = max(((best + 90 + k) % 180 for k in range(-5, 6)), key=lambda k: float(scores[k]))
    return [float(angles[best]), float(angles[other])]


def _all_around(ink: Ink) -> NDArray[np.float64] | None:
    """Return the sharpness in whole degrees from -45 to 134; None for a page without ink."""
    # Rulings and edges of paper run both ways: they would say nothing.
    points = ink.points(across=False, down=False)
    if len(points) < _LEAST:
        points = ink.points(across=True, down=True)
    if len(points) < _LEAST:
        return None
    points = _jittered(points, _FEW)
    return np.array([_sharpness(points, float(a), _COARSE_BIN) for a in range(-45, 135)])


def find_skew(ink: Ink, around: float) -> float:
    """Measure how lines lie whose direction is known roughly.

    Rulings of tables and of writing paper run along the text and help; stamps and pictures are
    left out by their size.

    Args:
        ink: Of the page.
        around: Degrees counter-clockwise, right to about one.

    Returns:
        Degrees counter-clockwise by which the text is turned, to about a tenth. Where ``around``
        is near a right angle and nothing is sure, that right angle.
    """
    quarters = math.floor(around / 90 + 0.5)
    along = quarters % 2 == 0
    points = _jittered(ink.points(across=along, down=not along), _MANY)
    if len(points) < _LEAST:
        return around
    axis = 90.0 * quarters
    best = _refine([points], around, 1.5, 0.1, 1.5)
    best = _refine(_halves(points, best), best, 0.3, _FINE, 1.0)
    if abs(around - axis) > _TILTED:
        return best
    gain = _sharpness(points, best, 1.5) / max(1e-9, _sharpness(points, axis, 1.5))
    return axis if gain < _GAIN and abs(best - axis) > 0.3 else best


def _jittered(points: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Take ``count`` points at most, off their pixels' centres.

    Pixels lie on whole rows, which would make the profile sharpest at exactly 0 degrees.
    """
    rng = np.random.default_rng(0)
    if len(points) > count:
        points = points[rng.choice(len(points), count, replace=False)]
    return points + rng.uniform(-0.5, 0.5, points.shape).astype(np.float32)


def _sharpness(points: NDArray[np.float32], angle: float, bin_size: float) -> float:
    """Return Postl's criterion for rows that rise to the right by ``angle`` degrees."""
    a = math.radians(angle)
    rows = points[:, 1] * np.float32(math.cos(a) / bin_size)
    rows += points[:, 0] * np.float32(math.sin(a) / bin_size)
    profile = np.bincount((rows - rows.min()).astype(np.intp)).astype(np.float64)
    profile = np.concatenate([[0.0], profile, [0.0]])
    return float(np.square(np.diff(profile)).sum())


def _halves(points: NDArray[np.float32], angle: float) -> list[NDArray[np.float32]]:
    """Part the ink into the left and the right half of the text.

    The lines of two columns need not be level: their rows, added up, would be sharpest where
    they happen to meet, up to a fifth of a degree beside the truth.
    """
    a = math.radians(angle)
    along = points @ np.array([math.cos(a), -math.sin(a)], np.float32)
    left = along < np.median(along)
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
