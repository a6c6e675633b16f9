"""Headers of forms: where one field ends and the key of the next begins (姓名：王芳 性别：女).

A detector of lines takes such a row for one line of text. That a key begins is told by the colon
behind it: keys are two to five characters long, and stand apart from the value before.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.uint8]

APART = 0.45
"""Least gap before a key, in heights of its type."""
EMPTY = 1.5
"""The same right behind a colon, where the field before it was left blank."""
KEY = (1.45, 5.0)
"""Length of a key up to its colon: longer than the hour of a time of day, shorter than a date."""
CLEAR = 1.3
"""The gap before a key is this many times as wide as later ones, which lie within it."""
TALL = 0.62
"""Height of a colon, in heights of its type."""


@dataclass(frozen=True, slots=True)
class Header:
    """A line that may hold several fields.

    Attributes:
        ink: uint8 (h, w), 1 for ink, without what is left of the rules under the values.
        colons: Where colons begin and end, in pixels, ascending; at least two.
        em: Height of the type of the keys in pixels; values by hand may be larger.
    """

    ink: Ink
    colons: list[tuple[int, int]]
    em: float

    @staticmethod
    def of(ink: Ink, em: float) -> Header | None:
        """Look for the colons of a line.

        Args:
            ink: uint8 (h, w), 1 for ink: the body of the line.
            em: Height of the line in pixels, margins left out.

        Returns:
            None where there are not two.
        """
        import cv2

        height, width = ink.shape
        if width < 2 * KEY[0] * em:
            return None
        _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
        x, y, w, h, area = np.asarray(stats[1:], np.int64).T
        found = []
        solid = 2 * area >= w * h
        dots = np.flatnonzero((w <= 0.35 * em) & (h <= 0.35 * em) & (area >= 3) & solid)
        for upper in dots:
            for lower in dots:
                small, large = sorted((int(h[upper]), int(h[lower])))
                apart = y[lower] - y[upper] - h[upper]
                tall = y[lower] + h[lower] - y[upper]
                aside = abs(2 * (x[upper] - x[lower]) + w[upper] - w[lower]) / 2
                if (
                    apart < max(1, 0.6 * small)
                    or large > max(2 * small, small + 2)
                    or not 0.2 * em <= tall <= 0.85 * em
                    or aside > 0.12 * em
                ):
                    continue
                # A dot over a stroke, or dirt: between the dots of a colon is nothing.
                left = min(x[upper], x[lower])
                right = max(x[upper] + w[upper], x[lower] + w[lower])
                if not ink[y[upper] + h[upper] : y[lower], left:right].any():
                    found.append((int(left), int(right), int(tall)))
        if len(found) < 2:
            return None
        found.sort()
        flat = (h <= max(2, 0.12 * em)) & (w >= 3 * h) & (y > 0.6 * height)
        if flat.any():
            ink = np.where(np.append(False, flat)[labels], np.uint8(0), ink)
        size = float(np.median([tall for _, _, tall in found])) / TALL
        return Header(ink, [colon[:2] for colon in found], min(em, size))

    def cuts(self) -> list[float]:
        """Return where other fields begin: the middles of the gaps before them, in pixels."""
        full = np.concatenate([[True], self.ink.any(axis=0), [True]])
        edges = np.flatnonzero(np.diff(full.astype(np.int8)))
        gaps = edges.reshape(-1, 2)
        cuts: list[float] = []
        for (_, before), (colon, _) in pairwise(self.colons):
            best, widest = -1.0, 0.0
            for left, right in gaps.tolist():
                width = right - left
                blank = left - before < 0.2 * self.em  # no value stands behind the colon
                if (
                    left >= before - 1
                    and width >= (EMPTY if blank else APART) * self.em
                    and KEY[0] * self.em <= colon - right <= KEY[1] * self.em
                    and CLEAR * width >= widest
                ):
                    best, widest = (left + right) / 2, max(widest, width)
            if best >= 0:
                cuts.append(best)
        return cuts
