"""A page's ink: text apart from ruled lines, and how high its text is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ink: TypeAlias = NDArray[np.uint8]
"""uint8 (h, w), 1 for ink."""
RULE = 0.035
"""Shortest ruled line, as a share of the page's longer side."""
STROKES = 2.4
"""And in heights of the page's text."""
WALL = 2.0
"""Shortest upright rule that parts cells, in heights of the page's text."""


@dataclass(frozen=True, slots=True, eq=False)
class PageInk:
    """The ink of a page; worked out once for all ways of finding lines.

    Attributes:
        text: Without ruled lines.
        walls: The upright ruled lines alone; no pen stroke within one line of text is one.
        text_height: Of the page's lines of text, in pixels.
    """

    text: Ink
    walls: Ink
    text_height: float

    @staticmethod
    def of(ink: Ink) -> PageInk:
        """Work out the ink of a page (``EnhancedPage.ink``)."""
        import cv2

        text, upright = without_rules(ink)
        height = text_height(text)
        column = np.ones((max(1, round(WALL * height)), 1), np.uint8)
        walls = cv2.morphologyEx(upright, cv2.MORPH_OPEN, column).astype(np.uint8, copy=False)
        return PageInk(text, walls, height)


def without_rules(ink: Ink) -> tuple[Ink, Ink]:
    """Part text from ruled lines.

    Returns:
        The ink without ruled lines, and the upright rules alone (uint8 (h, w), 1 for ink).
    """
    import cv2

    # A page may be cut down to its text: then its side says little, and a stroke is no rule.
    length = max(24, round(RULE * max(ink.shape)), round(STROKES * text_height(ink)))
    flat = _rules(ink, length)
    # Long pen strokes lean as rules in a photograph do: only straight ones are taken.
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    # Upright rules close together are a bar code.
    reach = length // 3
    bars = cv2.morphologyEx(upright, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    bars = cv2.morphologyEx(bars, cv2.MORPH_OPEN, np.ones((1, 4 * reach), np.uint8))
    # The rough edges of a rule go with it.
    around = cv2.bitwise_or(
        cv2.dilate(flat, np.ones((3, 5), np.uint8)), cv2.dilate(upright, np.ones((5, 3), np.uint8))
    )
    if bars.any():
        around = cv2.bitwise_or(around, cv2.dilate(bars, np.ones((length // 2, reach), np.uint8)))
    text = np.where(around.view(np.bool_), np.uint8(0), ink)
    return text, np.asarray(upright, np.uint8)


def _rules(ink: Ink, length: int) -> Ink:
    """Return the level ruled lines, also slightly slanted ones and faint ones in pieces.

    Args:
        ink: uint8 (h, w), 1 for ink.
        length: Of the shortest rule, in pixels.
    """
    import cv2

    runs = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, max(12, length // 2)), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    thin = (height <= max(3, length // 15)) & (width >= 0.7 * height)
    thin[0] = False
    pieces = np.maximum(runs, thin.astype(np.uint8)[labels])
    if not pieces.any():
        return pieces
    # Pieces in a row, one or two letters apart, are a chain.
    chains = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((1, length // 3), np.uint8))
    chains = cv2.dilate(chains, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(chains, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    whole = np.zeros(count, np.bool_)
    whole[np.unique(labels[runs.view(np.bool_)])] = True
    # Two dashes in a row are text; four in a row, or a stroke as long, are a rule.
    keep = (width >= np.where(whole, 1, 1.5) * length) & (height <= 0.15 * width + 4)
    keep[0] = False
    return np.where(keep[labels], pieces, np.uint8(0)).astype(np.uint8, copy=False)


def text_height(ink: Ink) -> float:
    """Estimate the height of the page's lines of text in pixels (median over their length)."""
    import cv2

    reach = max(5, round(max(ink.shape) * 0.01))
    words = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(words, connectivity=8)
    if count < 2:
        return 20.0
    w, h = (
        stats[1:, cv2.CC_STAT_WIDTH].astype(np.float64),
        stats[1:, cv2.CC_STAT_HEIGHT].astype(np.float64),
    )
    good = (h >= 6) & (w >= 0.8 * h) & (h < 0.1 * max(ink.shape))
    if not good.any():
        return 20.0
    order = np.argsort(h[good])
    weight = np.cumsum(w[good][order])
    return float(h[good][order][np.searchsorted(weight, weight[-1] / 2)])
