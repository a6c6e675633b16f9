"""Signs that stand alone in a crop: the flags behind a value of a lab sheet.

The recogniser learnt from lines, in which a 1 or a t is far more frequent than an arrow, and 工
than an H alone. Cut out of a table, 8 to 25 pixels high, it is the other way round; what it sees
is weighed accordingly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.recognize.charset import BLANK, Charset
from desktop_ocr.engine.recognize.decode import Emission, Posteriors

VERSION = 2
"""Of all below; part of every cache key."""
NARROW = 0.95
"""Width over height up to which a crop holds a single sign."""
SIDES = 0.5
"""Blank paper that it gets on either side, in heights of the crop: of 199 arrows on drawn sheets
169 instead of 163 are then read, of 166 letters and digits 160 instead of 152."""
FLAGS = "↑↓H"
WEIGHT, WEIGHT_OF_DIGIT = 10.0, 3.0
"""How many times likelier than the recogniser says a flag is beside another sign, and beside a
digit, which nothing but what was seen may change lightly."""
CLEAR = 3.0
"""How many times likelier one flag must be than the next."""
BESIDE = 0.2
"""What is read beside the part of a crop, in heights: a peak may lie a little beside its sign."""
_NEVER = np.log(1e-9)


@dataclass(frozen=True, slots=True, eq=False)
class InCompany:
    """A crop, and which part of it is to be read.

    Attributes:
        pixels: uint8 (H, W) or (H, W, 3).
        start: First column of what is to be read.
        end: Column after the last, at most W.
    """

    pixels: NDArray[np.uint8]
    start: int
    end: int


def is_alone(crop: NDArray[np.uint8]) -> bool:
    """Say whether a crop, uint8 (H, W) or (H, W, 3), holds a single sign."""
    return crop.shape[1] <= NARROW * crop.shape[0]


def with_sides(crop: NDArray[np.uint8]) -> InCompany:
    """Add blank paper, of the brightness of the crop's edges, on both sides.

    Args:
        crop: uint8 (H, W) or (H, W, 3).

    Returns:
        The crop, ``SIDES`` times its height wider on either side.
    """
    sides = (crop[:1], crop[-1:], crop[:, :1], crop[:, -1:])
    edges = np.concatenate([part.reshape(-1, *crop.shape[2:]) for part in sides])
    paper = np.median(edges, axis=0).astype(np.uint8)
    side = np.empty((crop.shape[0], round(SIDES * crop.shape[0]), *crop.shape[2:]), np.uint8)
    side[:] = paper
    start = side.shape[1]
    return InCompany(np.concatenate([side, crop, side], axis=1), start, start + crop.shape[1])


def only(posteriors: Posteriors, steps: tuple[int, int]) -> Posteriors:
    """Return posteriors that are blank but for the steps from the first up to the second."""
    result = posteriors.copy()
    for rest in (result[: steps[0]], result[steps[1] :]):
        rest[:] = _NEVER
        rest[:, BLANK] = 0.0
    return result


class Signs:
    """Weighs flags for the classes of one recogniser."""

    def __init__(self, charset: Charset) -> None:
        texts = charset.classes
        self._flags = np.array([n for n, text in enumerate(texts) if text in FLAGS and text])
        self._digits = {n for n, text in enumerate(texts) if text.isdecimal()}

    def weighed(self, posteriors: Posteriors, plain: Sequence[Emission]) -> Posteriors:
        """Give a flag the place of what was read, where it is likelier.

        Args:
            posteriors: float32 (T, C), log-probabilities of a sign that stands alone.
            plain: What was read there.

        Returns:
            The same, or a copy in which the two have changed places at the steps of the sign.
        """
        if len(plain) != 1 or not len(self._flags) or plain[0].number in self._flags:
            return posteriors
        read = plain[0].number
        peaks = posteriors[:, self._flags].max(axis=0)
        if (peaks > peaks.max() - np.log(CLEAR)).sum() > 1:
            return posteriors  # up or down? Nothing is better than the wrong one.
        flag = int(self._flags[peaks.argmax()])
        weight = WEIGHT_OF_DIGIT if read in self._digits else WEIGHT
        odds = weight * float(np.exp(peaks.max() - posteriors[:, read].max()))
        if odds <= 1:
            return posteriors
        result = posteriors.copy()
        steps = posteriors.argmax(axis=1) == read
        result[steps, flag] = np.log(odds / (1 + odds))
        result[steps, read] = -np.log(1 + odds)
        return result
