"""Drawn lines that training never sees: seeds of their own, and only such as a person can read."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop_ocr.training.classes import our_charset
from desktop_ocr.training.draw import Pen
from desktop_ocr.training.faces import FaceSet
from desktop_ocr.training.lines import Sources
from desktop_ocr.training.paper import picture
from desktop_ocr.training.strokes import StrokeBook
from desktop_ocr.training.text import TextSource

FIRST_SEED = 90_000
"""Seeds from here on are for measuring; training's stay below."""
LOWEST = 16
"""Height in pixels below which a line's picture holds too little to read digits from."""
CONTRAST = 30.0
"""Least difference of grey levels between ink and the paper beside it: grey on grey stays in."""


@dataclass(frozen=True, slots=True)
class HeldOutLine:
    """A drawn line.

    Attributes:
        picture: uint8 (H, W, 3) BGR as a camera gives it, not yet scaled for a reader.
        text: What it says.
        handwritten: Whether by hand.
    """

    picture: NDArray[np.uint8]
    text: str
    handwritten: bool


def contrast(line: NDArray[np.uint8]) -> float:
    """Return by how much the ink stands out from the paper beside it, in grey levels.

    Args:
        line: uint8 (H, W, 3) BGR.

    Returns:
        Over windows as wide as the line is high, half overlapping, the spread of grey levels (2nd
        to 98th percentile, after a blur of three pixels that takes noise away); of the windows
        that hold anything the lower quartile. One number for a whole line would call a shadow or
        the rule of a table ink.
    """
    grey: NDArray[Any] = cv2.blur(cv2.cvtColor(line, cv2.COLOR_BGR2GRAY), (3, 3))
    height, width = grey.shape
    starts = range(0, max(1, width - height // 2), max(1, height // 2))
    spreads = []
    for start in starts:
        dark, light = np.percentile(grey[:, start : start + height], (2, 98))
        spreads.append(float(light - dark))
    blank = max(12.0, float(np.percentile(spreads, 75)) / 4)
    inked = [spread for spread in spreads if spread > blank]
    return float(np.percentile(inked, 25)) if inked else 0.0


def is_readable(line: NDArray[np.uint8]) -> bool:
    """Say whether a picture is such as a phone's camera gives, and a person can read it.

    Args:
        line: uint8 (H, W, 3) BGR, not yet scaled.

    Returns:
        Whether it is ``LOWEST`` pixels high, has more than two grey levels (1-bit scans are
        another matter) and a ``contrast`` of ``CONTRAST`` at least.
    """
    if line.shape[0] < LOWEST or len(np.unique(line[..., 1])) <= 2:
        return False
    return contrast(line) >= CONTRAST


class HeldOut:
    """Draws lines for measuring, with the texts, faces and paper of training."""

    def __init__(self, sources: Sources, most_by_hand: float = 1.0) -> None:
        """Load texts, faces and strokes.

        Args:
            sources: Where the material lies, and which kinds of lines come how often.
            most_by_hand: Highest chance that a line is written by hand, 0–1.
        """
        self._texts = TextSource.load(sources.data, our_charset(), sources.mix)
        strokes = StrokeBook.load(sources.data / "strokes" / "hanzi_writer_data.jsonl.gz")
        self._pen = Pen(FaceSet.load(sources.data / "fonts", sources.latin_handwriting), strokes)
        self._most_by_hand = most_by_hand

    def lines(self, seed: int) -> Iterator[HeldOutLine]:
        """Draw readable lines without end; the same seed gives the same lines.

        Args:
            seed: ``FIRST_SEED`` or above.

        Raises:
            ValueError: The seed is one of training's.
        """
        if seed < FIRST_SEED:
            raise ValueError(f"held-out seeds begin at {FIRST_SEED}")
        number = 0
        while True:
            number += 1
            rng = np.random.default_rng([seed, number])
            choose = random.Random(f"{seed} {number}")
            text = self._texts.draw(choose)
            hand = min(self._most_by_hand, text.handwriting)
            ink = self._pen.draw(rng, choose, dataclasses.replace(text, handwriting=hand))
            if ink is None or not ink.text or not ink.mask.any():
                continue
            other = None
            if choose.random() < 0.1:
                other = self._pen.draw(rng, choose, self._texts.draw(choose))
            line = np.asarray(picture(rng, choose, ink, other), np.uint8)
            if is_readable(line):
                yield HeldOutLine(line, ink.text, ink.handwritten)
