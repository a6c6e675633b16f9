"""Failures as pictures: drawn lines that a model reads worst, on one sheet.

    python -m desktop_ocr.training.failures --data DATA --latin-hands FONTS [--model FOLDER]
                                            [--output failures.png]

No picture of a person's paper is shown: the lines are drawn, held out from training
(``held_out.py``). They are chosen by rule, not by hand: of each kind the ``MOST`` lines with the
highest character error rate up to a half, among those that a person can read; where more is wrong,
the picture mostly holds too little for anybody.
"""

from __future__ import annotations

import argparse
import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from desktop_ocr.training.faces import DEBIAN_FONTS, Face
from desktop_ocr.training.held_out import FIRST_SEED, HeldOut, HeldOutLine, contrast
from desktop_ocr.training.kinds import score_values
from desktop_ocr.training.lines import Sources
from desktop_ocr.training.measure import align, normal, score
from desktop_ocr.training.text import Mix

SEED = FIRST_SEED + 20
MOST = 6
"""Lines of each kind on the sheet."""
_SMALL, _FAINT = 22, 55
_WORST = 0.5
_LENGTHS = range(3, 25)
"""Characters of the lines that are shown: enough to see what failed, not too many to be read."""
_MIXES = (Mix.GENERAL, Mix.HANDWRITING, Mix.LATIN, Mix.VALUES)


class FailureKind(Enum):
    """Why a line is hard; a line is of the first kind that fits it."""

    HAND = "Chinese handwriting"
    LATIN_HAND = "Latin handwriting"
    SMALL = "small print"
    FAINT = "faint print"
    VALUES = "digits, units and signs in print"
    OTHER = "other print"


@dataclass(frozen=True)
class Failure:
    """A line that was not read as it is.

    Attributes:
        line: The line.
        read: What was read.
    """

    line: HeldOutLine
    read: str

    @cached_property
    def kind(self) -> FailureKind:
        """Why the line is hard."""
        if self.line.handwritten:
            chinese = any("\u4e00" <= character <= "\u9fff" for character in self.line.text)
            return FailureKind.HAND if chinese else FailureKind.LATIN_HAND
        if self.line.picture.shape[0] < _SMALL:
            return FailureKind.SMALL
        if contrast(self.line.picture) < _FAINT:
            return FailureKind.FAINT
        if score_values(self.line.text, self.read).all.edits:
            return FailureKind.VALUES
        return FailureKind.OTHER

    @cached_property
    def error_rate(self) -> float:
        """Edits over characters of the text."""
        found = score(self.line.text, self.read)
        return found.edits / max(1, found.characters)


def choose(
    lines: Sequence[HeldOutLine], texts: Sequence[str], most: int = MOST
) -> dict[FailureKind, list[Failure]]:
    """Choose what is shown.

    Args:
        lines: Readable lines.
        texts: What was read, in the same order.
        most: Lines of each kind.

    Returns:
        Of each kind that occurs the lines with the highest error rates up to a half, worst first;
        lines of a length that can be shown. Equal ones stay in their order.
    """
    found: dict[FailureKind, list[Failure]] = {}
    for line, text in zip(lines, texts, strict=True):
        failure = Failure(line, text)
        if 0 < failure.error_rate <= _WORST and len(normal(line.text)) in _LENGTHS:
            found.setdefault(failure.kind, []).append(failure)
    return {
        kind: sorted(found[kind], key=lambda failure: -failure.error_rate)[:most]
        for kind in FailureKind
        if kind in found
    }


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the places where truth and reading differ.

    Attributes:
        text: The text.
        wrong: For each character whether the other text has another one there, or none.
        gaps: Before which characters (0 to the length) the other text has one more.
    """

    text: str
    wrong: tuple[bool, ...]
    gaps: frozenset[int]


def differences(truth: str, read: str) -> tuple[Marked, Marked]:
    """Mark where two texts differ, as they are compared: after NFKC, without white space."""
    both = (truth, read)
    # ⑶ is (3) when compared: every part of a character leads back to it.
    parts = [
        [
            (part, index)
            for index, character in enumerate(text)
            for part in unicodedata.normalize("NFKC", character)
            if not part.isspace()
        ]
        for text in both
    ]
    wrong = [[False] * len(text) for text in both]
    gaps: list[set[int]] = [set(), set()]
    after = [0, 0]  # Index behind the last character that was passed, on both sides.
    for i, j in align(*([part for part, _ in side] for side in parts)):
        differ = i is None or j is None or parts[0][i][0] != parts[1][j][0]
        for side, place in enumerate((i, j)):
            if place is None:
                gaps[side].add(after[side])
                continue
            index = parts[side][place][1]
            after[side] = index + 1
            wrong[side][index] |= differ
    truth_marked, read_marked = (
        Marked(text, tuple(flags), frozenset(at))
        for text, flags, at in zip(both, wrong, gaps, strict=True)
    )
    return truth_marked, read_marked


_WIDTH, _COLUMNS, _MARGIN = 1000, 2, 14
_PICTURE, _TYPE, _ROW = 40, 17, 26
_CELL = _PICTURE + 2 * _ROW + 18
_TITLE = 34
_INK, _GREY, _RED, _PINK, _RULE = "#1a1a1a", "#666666", "#b00020", "#ffdede", "#cccccc"


class _Sheet:
    """Draws failures one below the other."""

    def __init__(self, height: int) -> None:
        self._image = Image.new("RGB", (_WIDTH, height), "white")
        self._pencil = ImageDraw.Draw(self._image)
        files = (
            ("opentype/noto/NotoSansCJK-Regular.ttc", 2),
            ("truetype/dejavu/DejaVuSans.ttf", 0),
        )
        self._faces = [
            Face(DEBIAN_FONTS / name, index, 1)
            for name, index in files
            if (DEBIAN_FONTS / name).is_file()
        ]

    def _write(self, x: float, middle: float, text: str, size: int, colour: str) -> float:
        """Write text around a middle line; return where it ends."""
        for character in text:
            covering = (face for face in self._faces if character in face.covers)
            font = next(covering, self._faces[0]).at(size)
            self._pencil.text((x, middle), character, colour, font, anchor="lm")
            x += font.getlength(character)
        return x

    def title(self, top: int, text: str) -> None:
        """Head a kind."""
        self._pencil.line((0, top + 2, _WIDTH, top + 2), _RULE)
        self._write(_MARGIN, top + _TITLE / 2 + 2, text, _TYPE + 1, _INK)

    def legend(self) -> None:
        """Explain the marks."""
        explained = "truth: what the line says    read: what the model reads      "
        x = self._write(_MARGIN, 18, explained, 14, _GREY)
        x = self._marked(x, 18, Marked("x", (True,), frozenset()), 14)
        x = self._write(x + 6, 18, "differs      ", 14, _GREY)
        x = self._marked(x, 18, Marked("ab", (False, False), frozenset({1})), 14)
        self._write(x + 6, 18, "a character is missing here", 14, _GREY)

    def _marked(self, x: float, middle: float, marked: Marked, size: int) -> float:
        """Write a text with boxes around what differs and carets where something is missing."""
        half = size * 0.72
        for k in range(len(marked.text) + 1):
            if k in marked.gaps:
                foot = middle + half + 1
                self._pencil.polygon(
                    [(x, middle + half - 6), (x - 4, foot), (x + 4, foot)], fill=_RED
                )
                self._pencil.line((x, middle - half + 2, x, foot), _RED, 1)
            if k == len(marked.text):
                break
            character = marked.text[k]
            end = x + self._advance(character, size)
            if marked.wrong[k]:
                box = (x - 1, middle - half, end, middle + half)
                self._pencil.rectangle(box, _PINK, _RED)
            self._write(x, middle, character, size, _RED if marked.wrong[k] else _INK)
            x = end + (2 if marked.wrong[k] else 0)
        return x

    def _advance(self, text: str, size: int) -> float:
        covering = (face for face in self._faces if text in face.covers)
        return float(next(covering, self._faces[0]).at(size).getlength(text))

    def cell(self, left: int, top: int, failure: Failure) -> None:
        """Show one line: the picture, the truth, the reading."""
        picture, most = failure.line.picture, _WIDTH // _COLUMNS - 2 * _MARGIN
        height, width = picture.shape[:2]
        factor = min(_PICTURE / height, most / width)
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        way = cv2.INTER_LINEAR if factor > 1 else cv2.INTER_AREA
        rgb = cv2.cvtColor(cv2.resize(picture, size, interpolation=way), cv2.COLOR_BGR2RGB)
        self._image.paste(Image.fromarray(rgb), (left, top))
        self._pencil.rectangle((left - 1, top - 1, left + size[0], top + size[1]), None, _RULE)
        texts = differences(failure.line.text, failure.read)
        for row, (name, marked) in enumerate(zip(("truth", "read"), texts, strict=True)):
            middle = top + _PICTURE + 4 + _ROW * (row + 0.5)
            self._write(left, middle, name, 12, _GREY)
            self._marked(left + 42, middle, marked, self._fitting(marked.text, most - 42))

    def _fitting(self, text: str, width: float) -> int:
        """Return the size of type at which a text fits."""
        natural = sum(self._advance(character, _TYPE) + 1 for character in text)
        return _TYPE if natural <= width else max(9, int(_TYPE * width / natural))

    def pixels(self) -> NDArray[np.uint8]:
        """Return uint8 (H, W, 3) RGB."""
        return np.asarray(self._image, np.uint8)


def sheet(chosen: dict[FailureKind, list[Failure]]) -> NDArray[np.uint8]:
    """Draw the sheet.

    Args:
        chosen: As ``choose`` gives.

    Returns:
        uint8 (H, W, 3) RGB.
    """
    rows = {kind: -(-len(failures) // _COLUMNS) for kind, failures in chosen.items()}
    drawn = _Sheet(_TITLE + sum(_TITLE + _CELL * count for count in rows.values()))
    drawn.legend()
    top = _TITLE
    for kind, failures in chosen.items():
        drawn.title(top, kind.value)
        top += _TITLE
        for number, failure in enumerate(failures):
            row, column = divmod(number, _COLUMNS)
            drawn.cell(_MARGIN + column * _WIDTH // _COLUMNS, top + row * _CELL, failure)
        top += rows[kind] * _CELL
    return drawn.pixels()


def write_png(pixels: NDArray[np.uint8], path: Path) -> None:
    """Write a picture as PNG with a palette: a third of the size, no visible loss.

    Args:
        pixels: uint8 (H, W, 3) RGB.
        path: The file.
    """
    image = Image.fromarray(pixels).quantize(
        128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    image.save(path, optimize=True)


def _lines(data: Path, latin_hands: Path, each: int) -> Iterator[HeldOutLine]:
    for number, mix in enumerate(_MIXES):
        source = HeldOut(Sources(data, latin_hands, mix)).lines(SEED + number)
        yield from itertools.islice(source, each)


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw what a model reads worst: ``python -m desktop_ocr.training.failures``."""
    from desktop_ocr.engine.recognize.reader import Recognizer

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--latin-hands", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="folder of a model; default: the program's own")
    parser.add_argument("--lines", type=int, default=300, help="of each kind of text")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--output", type=Path, default=Path("docs/images/failures.png"))
    given = parser.parse_args(arguments)
    lines = list(_lines(given.data, given.latin_hands, given.lines))
    texts = [""] * len(lines)
    recognizer = Recognizer(given.model, threads=given.threads)
    for index, reading in recognizer.read([line.picture for line in lines]):
        texts[index] = reading.text
    chosen = choose(lines, texts)
    write_png(sheet(chosen), given.output)
    wrong = sum(score(a.text, b).edits > 0 for a, b in zip(lines, texts, strict=True))
    print(f"{wrong} of {len(lines)} lines with an error")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
