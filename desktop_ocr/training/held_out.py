"""Drawn lines that training never sees: seeds of their own, and only such as a person can read."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop_ocr.training import grammar
from desktop_ocr.training.classes import (
    gb2312_ideographs,
    our_charset,
    traditional_ideographs,
)
from desktop_ocr.training.draw import Pen
from desktop_ocr.training.faces import FaceSet
from desktop_ocr.training.lines import Sources
from desktop_ocr.training.ngram import held_out
from desktop_ocr.training.paper import picture
from desktop_ocr.training.strokes import StrokeBook
from desktop_ocr.training.text import Script, Text, TextSource

FIRST_SEED = 90_000
"""Seeds from here on are for measuring; training's stay below."""
LOWEST = 16
"""Height in pixels below which a line's picture holds too little to read digits from."""
CONTRAST = 30.0
"""Least difference of grey levels between ink and the paper beside it: grey on grey stays in."""

_SHORTEST = 6
"""Fewest characters of a note."""
_PATIENCE = 300
"""Texts in a row that cannot be drawn by hand until we know that there is no hand."""
_FAMILIES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
    "余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
)


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
        for number in itertools.count(1):
            choose = random.Random(f"{seed} {number}")
            text = self._texts.draw(choose)
            hand = min(self._most_by_hand, text.handwriting)
            line = self._drawn(seed, number, choose, dataclasses.replace(text, handwriting=hand))
            if line is not None:
                yield line

    def notes(self, seed: int) -> Iterator[HeldOutLine]:
        """Write pieces of medical text that no n-gram was counted from, by hand, without end.

        Args:
            seed: ``FIRST_SEED`` or above.
        """
        texts = [line for line in self._texts.medical if held_out(line) and len(line) > _SHORTEST]
        if not texts:
            raise ValueError("none of the medical texts is held out: there are too few")

        def piece(choose: random.Random) -> str:
            text, length = choose.choice(texts), choose.randrange(_SHORTEST, 28)
            start = choose.randrange(0, max(1, len(text) - length + 1))
            return text[start : start + length]

        return self._by_hand(seed, piece)

    def names(self, seed: int) -> Iterator[HeldOutLine]:
        """Write lists of names by hand: a usual family name and one or two of 3,755 characters."""
        given = [text for text in gb2312_ideographs()[:3755] if text in self._texts.charset]

        def few(choose: random.Random) -> str:
            return " ".join(
                choose.choice(_FAMILIES)
                + "".join(choose.choices(given, k=choose.choice((1, 2, 2))))
                for _ in range(choose.randrange(1, 5))
            )

        return self._by_hand(seed, few)

    def rare(self, seed: int) -> Iterator[HeldOutLine]:
        """Write rows of traditional and rare characters by hand."""
        signs = "".join(traditional_ideographs()) + "".join(gb2312_ideographs()[3755:])
        return self._by_hand(seed, lambda choose: grammar.charset_run(choose, signs))

    def _by_hand(self, seed: int, make: Callable[[random.Random], str]) -> Iterator[HeldOutLine]:
        if seed < FIRST_SEED:
            raise ValueError(f"held-out seeds begin at {FIRST_SEED}")
        last = 0
        for number in itertools.count(1):
            choose = random.Random(f"{seed} {number}")
            text = self._texts.clean(make(choose)).strip()
            line = text and self._drawn(seed, number, choose, Text(text, Script.CHINESE, 1.0))
            if line and line.handwritten:
                last = number
                yield line
            elif number - last > _PATIENCE:
                raise ValueError("there is no Chinese handwriting to draw with")

    def _drawn(
        self, seed: int, number: int, choose: random.Random, text: Text
    ) -> HeldOutLine | None:
        """Draw a text; None where no face has it or nobody could read it."""
        rng = np.random.default_rng([seed, number])
        ink = self._pen.draw(rng, choose, text)
        if ink is None or not ink.text or not ink.mask.any():
            return None
        other = None
        if choose.random() < 0.1:
            other = self._pen.draw(rng, choose, self._texts.draw(choose))
        line = np.asarray(picture(rng, choose, ink, other), np.uint8)
        return HeldOutLine(line, ink.text, ink.handwritten) if is_readable(line) else None
