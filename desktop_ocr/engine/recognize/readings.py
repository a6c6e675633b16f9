"""What reading a line gives: text, and for each character its place, confidence, alternatives."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_ocr.engine.recognize.decode import ALTERNATIVES, Emission


@dataclass(frozen=True, slots=True)
class Option:
    """Another reading of a character.

    Attributes:
        text: The reading; "" for nothing.
        share: Its probability to the one who proposes it, 0–1.
        source: ``crnn`` (the recogniser) or ``second`` (the second reader).
    """

    text: str
    share: float
    source: str = "crnn"


@dataclass(frozen=True, slots=True)
class CharReading:
    """One character of a line.

    Attributes:
        text: One character (or one class of the charset).
        start: Left edge along the crop's width, 0–1.
        end: Right edge, 0–1, not left of ``start``.
        confidence: Probability that it is right, 0–1; where the model is not calibrated, the
            posterior of the character in any of its widths.
        alternatives: Other readings, best first, at most eight.
    """

    text: str
    start: float
    end: float
    confidence: float
    alternatives: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class LineReading:
    """One line.

    Attributes:
        text: The characters' texts in order.
        confidence: Geometric mean of the characters' confidences, 0–1; 0 for an empty line.
        characters: The characters from left to right.
        plain_text: What the recogniser alone saw.
        second_text: What the second reader saw; "" where it was not asked.
    """

    text: str
    confidence: float
    characters: tuple[CharReading, ...]
    plain_text: str = ""
    second_text: str = ""


EMPTY = LineReading("", 0.0, ())


def place(
    emissions: Sequence[Emission], texts: Sequence[str], steps: float, least: float
) -> list[tuple[str, float, float]]:
    """Say where the characters of a line stand.

    Args:
        emissions: The characters.
        texts: Texts of the classes.
        steps: Time steps of the line without its padding.
        least: Time steps that a character takes in a line of one.

    Returns:
        (text, left edge, right edge) of each, edges as shares of the line's width, 0–1.
    """
    return [
        (texts[emission.number], min(1.0, start / steps), min(1.0, end / steps))
        for emission, (start, end) in zip(emissions, _extents(emissions, least), strict=True)
    ]


def _extents(emissions: Sequence[Emission], least: float) -> list[tuple[float, float]]:
    """Widen the few steps in which CTC shows a character to the room that it takes.

    Neighbours meet half-way between their steps; no character is wider than three halves of the
    line's usual distance between characters.
    """
    middles = [(emission.start + emission.end) / 2 for emission in emissions]
    distances = sorted(b - a for a, b in itertools.pairwise(middles))
    usual = distances[len(distances) // 2] if distances else least
    reach = max(1.0, 0.75 * usual)
    extents = []
    for index, (emission, middle) in enumerate(zip(emissions, middles, strict=True)):
        left, right = middle - reach, middle + reach
        if index:
            left = max(left, (emissions[index - 1].end + emission.start) / 2)
        if index + 1 < len(emissions):
            right = min(right, (emission.end + emissions[index + 1].start) / 2)
        extents.append((max(0.0, min(left, emission.start)), max(right, emission.end)))
    return extents


def line_of(
    characters: Sequence[CharReading], plain_text: str, second_text: str = ""
) -> LineReading:
    """Make a line of its characters; spaces at both ends are margins, not text."""
    start, end = 0, len(characters)
    while start < end and characters[start].text.isspace():
        start += 1
    while end > start and characters[end - 1].text.isspace():
        end -= 1
    inner = tuple(characters[start:end])
    if not inner:
        return EMPTY
    logs = [math.log(max(character.confidence, 1e-6)) for character in inner]
    return LineReading(
        "".join(character.text for character in inner),
        math.exp(sum(logs) / len(logs)),
        inner,
        plain_text.strip(),
        second_text,
    )


def merged(options: Sequence[Option], second: Option | None) -> tuple[Option, ...]:
    """Put the second reader's view first among the recogniser's own alternatives."""
    if second is None:
        return tuple(options[:ALTERNATIVES])
    others = [option for option in options if option.text != second.text]
    return (second, *others)[:ALTERNATIVES]
