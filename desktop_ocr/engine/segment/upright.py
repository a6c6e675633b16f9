"""Lines of a photographed page in straight coordinates: ``u`` along the rows, ``v`` across them.

In a photograph lines fan out and columns lean, so rows and columns cannot be told by x and y. The
slant of the lines (rise over run) is fitted as a plane over the page to the lines long enough to
have a direction; the lean of the columns to beginnings of lines that nearly stand below each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Quad

Array = NDArray[np.float64]
MAX_LEAN = 0.35
"""Greatest lean of a column (run over rise) that is looked for."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line as an upright box.

    Attributes:
        index: Of its quad.
        left, right: Along the rows.
        top, bottom: Across the rows.
    """

    index: int
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> float:
        return self.right - self.left

    def apart(self, other: Item) -> float:
        """Return the gap along the rows; negative where one is above the other."""
        return max(other.left - self.right, self.left - other.right)


@dataclass(frozen=True, slots=True)
class Upright:
    """The map from page pixels to straight coordinates (pixels of about the same size).

    Attributes:
        slant: a, b, c of the lines' slant a + b x + c y, with x and y over ``scale``.
        lean: Lean of the columns at the left edge, and its growth with x over ``scale``.
        scale: Greatest coordinate of the page.
    """

    slant: tuple[float, float, float]
    lean: tuple[float, float]
    scale: float

    def points(self, xy: Array) -> Array:
        """Map points.

        Args:
            xy: float64 (..., 2), page pixels.

        Returns:
            float64 (..., 2): u and v.
        """
        a, b, c = self.slant
        x, y = xy[..., 0] / self.scale, xy[..., 1] / self.scale
        # The height at which the line through (x, y) meets the page's left edge.
        v = y - a * x - 0.5 * b * x * x - c * x * y
        u = x + a * y
        u = u - (self.lean[0] + self.lean[1] * u) * v
        return np.stack([u, v], -1) * self.scale

    def item(self, index: int, quad: Quad) -> Item:
        """Return a quad as an upright box; a box at the end of a slanted line grows no higher."""
        p = self.points(np.array(quad.points, np.float64))
        across = np.ptp(p[:, 1])
        middle = float(p[:, 1].mean())
        half = min(quad.height, float(across)) / 2
        return Item(index, float(p[:, 0].min()), float(p[:, 0].max()), middle - half, middle + half)


def straighten(quads: Sequence[Quad]) -> tuple[Upright, list[Item]]:
    """Fit the straight coordinates of a page and return its lines in them.

    Args:
        quads: Clockwise from the text's top left corner; at least one.
    """
    points = np.array([q.points for q in quads], np.float64)  # N x 4 x 2
    scale = max(1.0, float(np.abs(points).max()))
    flat = Upright(_slant(points, scale), (0.0, 0.0), scale)
    items = [flat.item(i, q) for i, q in enumerate(quads)]
    lean = _lean(items, scale)
    if lean == (0.0, 0.0):
        return flat, items
    upright = Upright(flat.slant, lean, scale)
    return upright, [upright.item(i, q) for i, q in enumerate(quads)]


def _slant(points: Array, scale: float) -> tuple[float, float, float]:
    middle = points.mean(axis=1)
    run = points[:, 1] + points[:, 2] - points[:, 0] - points[:, 3]  # twice the vector along
    width = np.hypot(run[:, 0], run[:, 1]) / 2
    down = points[:, 2] + points[:, 3] - points[:, 0] - points[:, 1]
    height = np.hypot(down[:, 0], down[:, 1]) / 2
    long = (width > 3 * height) & (np.abs(run[:, 1]) < 0.5 * np.abs(run[:, 0]))
    if not long.any():
        return 0.0, 0.0, 0.0
    slant = run[long, 1] / run[long, 0]
    typical = _weighted_median(slant, width[long])
    near = np.abs(slant - typical) < 0.1
    weight = width[long][near]
    if near.sum() < 8:
        return typical, 0.0, 0.0
    x, y = (middle[long][near] / scale).T
    design = np.stack([np.ones_like(x), x, y], 1) * weight[:, None]
    a, b, c = np.linalg.lstsq(design, slant[near] * weight, rcond=1e-3)[0]
    return float(a), float(b), float(c)


def _lean(items: list[Item], scale: float) -> tuple[float, float]:
    """Fit the lean to pairs of beginnings that stand below each other, two to five rows apart.

    The pairs hold many that belong to no column; so the lean is first taken where most of them
    agree, then fitted to those near it.
    """
    if len(items) < 8:
        return 0.0, 0.0
    height = float(np.median([i.height for i in items]))
    left = np.array([i.left for i in items])
    middle = np.array([i.middle for i in items])
    order = np.argsort(middle)
    left, middle = left[order], middle[order]
    pairs: list[tuple[float, float]] = []
    first = 0
    for k in range(len(items)):
        while middle[k] - middle[first] > 8 * height:
            first += 1
        down = middle[k] - middle[first:k]
        far = down > 2.5 * height
        lean = (left[k] - left[first:k][far]) / down[far]
        near = np.abs(lean) < MAX_LEAN
        pairs += zip(lean[near], left[first:k][far][near] / scale, strict=True)
    if len(pairs) < 12:
        return 0.0, 0.0
    leans, places = np.array(pairs).T
    width = 0.02
    counts = np.histogram(leans, np.arange(-MAX_LEAN, MAX_LEAN + width / 2, width / 2))[0]
    both = counts[:-1] + counts[1:]  # overlapping bins
    typical = -MAX_LEAN + (int(both.argmax()) + 1) * width / 2
    if both.max() < max(6, 2 * float(np.median(both))):
        return 0.0, 0.0  # nothing stands out: no columns
    fit = (typical, 0.0)
    for reach in (0.06, 0.03, 0.015):
        near = np.abs(leans - fit[0] - fit[1] * places) < reach
        if near.sum() < 6:
            return 0.0, 0.0
        x, y = places[near], leans[near]
        if np.ptp(x) < 0.2:
            fit = (float(np.median(y)), 0.0)
            continue
        slope, start = np.polyfit(x, y, 1)
        fit = (float(start), float(slope))
    return fit


def rows_of(items: Sequence[Item]) -> list[list[Item]]:
    """Group items that stand beside each other; rows from top to bottom, items left to right."""
    rows: list[list[Item]] = []
    for item in sorted(items, key=lambda i: i.middle):
        best, most = None, 0.0
        for row in rows[-6:]:
            # The nearest one along the row tells best: a fit over a whole page is never exact.
            nearest = min(
                row, key=lambda other: max(other.left - item.right, item.left - other.right)
            )
            share = beside(item, nearest)
            clash = any(_over(item, other) > 0.3 * min(item.width, other.width) for other in row)
            if share > most and not clash:
                best, most = row, share
        if best is not None and most >= 0.5:
            best.append(item)
        else:
            rows.append([item])
    rows.sort(key=lambda r: float(np.mean([i.middle for i in r])))
    return [sorted(row, key=lambda i: i.left) for row in rows]


def beside(a: Item, b: Item) -> float:
    """Return how much two items share in height, as a share of the lower one."""
    return (min(a.bottom, b.bottom) - max(a.top, b.top)) / max(1e-6, min(a.height, b.height))


def _over(a: Item, b: Item) -> float:
    return min(a.right, b.right) - max(a.left, b.left)


def _weighted_median(values: Array, weights: Array) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])
