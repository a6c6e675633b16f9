"""The ink of a page in small: what may be text, told from rulings, stamps, pictures and specks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.enhance.steps import scale

_SIDE = 1000
"""Longest side of the picture in which ink is looked at, in pixels."""
_DARKER = 30
"""Grey levels by which ink is darker than what is around it, on a page stretched to full contrast:
the grain of a desk is not, and would say that lines run along it."""
_STAMP = 0.08
"""Blots longer than this share of the page in both directions are no text: stamps, pictures."""
_RULING = 0.16
"""Share of the page from which a stroke is no letter but a ruling or an edge of the paper."""
_SPECK = 0.35
"""Blots smaller than this share of a letter are dots of a ruling, commas and dirt."""


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """The ink of a page, as connected blots.

    Attributes:
        labels: int32 (h, w): 0 for paper, else the blot's number.
        stats: int32 (N, 5): left, top, width, height, area of each blot in pixels.
        factor: Size of this picture over the size of the page given.
    """

    labels: NDArray[np.int32]
    stats: NDArray[np.int32]
    factor: float

    @staticmethod
    def of(grey: NDArray[np.uint8]) -> Ink:
        """Find the ink of a page.

        Args:
            grey: uint8 (H, W), dark ink on light paper.
        """
        import cv2

        factor = min(1.0, _SIDE / max(grey.shape))
        small = scale(grey, factor)
        block = max(15, max(small.shape) // 40) | 1
        ink = cv2.adaptiveThreshold(
            small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, _DARKER
        )
        _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
        return Ink(np.asarray(labels, np.int32), np.asarray(stats, np.int32), factor)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of this picture, in pixels."""
        return int(self.labels.shape[1]), int(self.labels.shape[0])

    def points(self, across: bool, down: bool) -> NDArray[np.float32]:
        """Return where ink is that tells how text lies.

        Args:
            across: Keep rulings drawn from left to right.
            down: Keep rulings drawn from top to bottom.

        Returns:
            float32 (N, 2): x, y in pixels of this picture.
        """
        if min(self.labels.shape) < 8:
            return np.empty((0, 2), np.float32)
        side = max(self.labels.shape)
        w, h, area = self.stats[:, 2], self.stats[:, 3], self.stats[:, 4]
        keep = ~((w > _STAMP * side) & (h > _STAMP * side)) & (area > 2)
        if not across:
            keep &= w < _RULING * side
        if not down:
            keep &= h < _RULING * side
        y, x = np.nonzero(self._mask(keep))
        return np.stack([x, y], 1).astype(np.float32)

    def letters(self) -> tuple[NDArray[np.uint8], float]:
        """Return the blots that are as large as letters.

        Returns:
            uint8 (h, w), 1 where they are; and the size of a letter in pixels: the median of the
            blots' longer sides, each weighted by its ink, so that specks do not count. 0 where
            there are none.
        """
        side = max(self.labels.shape)
        longer = np.maximum(self.stats[:, 2], self.stats[:, 3])
        area = self.stats[:, 4]
        keep = (longer < _STAMP * side) & (area > 6)
        keep[0] = False
        if keep.sum() < 3:
            return np.zeros(self.labels.shape, np.uint8), 0.0
        order = np.argsort(longer[keep])
        total = np.cumsum(area[keep][order])
        size = float(longer[keep][order][np.searchsorted(total, total[-1] / 2)])
        return self._mask(keep & (longer >= _SPECK * size)), size

    def tallness(self) -> float:
        """Return how many more letters are tall than wide, as a share of all letters.

        Digits and Latin letters are higher than wide, so it is 0.2 to 1 on tables and foreign text
        that stand upright, and the negative of that where they lie on their side. Chinese
        characters are square: -0.1 to 0.3.
        """
        _, size = self.letters()
        w, h = self.stats[1:, 2], self.stats[1:, 3]
        longer = np.maximum(w, h)
        letter = (longer > 0.5 * size) & (longer < 1.6 * size)
        tall, wide = h > 1.25 * w, w > 1.25 * h
        return float((letter & tall).sum() - (letter & wide).sum()) / max(1, int(letter.sum()))

    def _mask(self, keep: NDArray[np.bool_]) -> NDArray[np.uint8]:
        keep[0] = False
        return np.asarray(keep.astype(np.uint8)[self.labels])
