"""Which characters a person should look at, in tiers, and where they stand in a line."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop_ocr.document.align import aligned_characters
from desktop_ocr.document.model import Char, Line, LineStatus

TIER_STEP = 0.1
"""Distance of the tiers around the threshold of doubt: 0.7, 0.8 and 0.9 where it is 0.8."""


class Tier(enum.Enum):
    """How doubtful a character is; the value is the stem of its colour tokens."""

    HIGH = "doubt_high"
    MID = "doubt_mid"
    LOW = "doubt_low"


def tier(confidence: float, doubt: float) -> Tier | None:
    """Return the tier of a confidence, None where nothing is doubtful.

    Args:
        confidence: 0–1.
        doubt: Threshold; HIGH is more than a step below it, LOW less than a step above it.
    """
    if confidence < doubt - TIER_STEP:
        return Tier.HIGH
    if confidence < doubt:
        return Tier.MID
    return Tier.LOW if confidence < doubt + TIER_STEP else None


def worst_confidence(line: Line) -> float:
    """Return the confidence of the line's least certain character (0–1)."""
    return min([line.confidence, *(c.confidence for c in inked(line.characters))])


def inked(characters: Iterable[Char]) -> Iterator[Char]:
    """Yield the characters that are not spaces: whether there is one is no doubt to look at."""
    return (c for c in characters if not c.text.isspace())


def shown_characters(line: Line, text: str | None = None) -> list[Char | None]:
    """Return, for each character of a text, what the machine says about it.

    Args:
        line: The line.
        text: The text as it stands in an editor; None is the line's own.

    Returns:
        One entry a character: the machine's character where it still stands unchanged, None for
        spaces. All are None for a line that a person has confirmed.
    """
    if text is not None and text != line.text:
        line = replace(line, text=text)
    if line.status is not LineStatus.UNREVIEWED:
        return [None] * len(line.text)
    return [c if c and not c.text.isspace() else None for c in aligned_characters(line)]


def doubtful_places(line: Line, doubt: float, text: str | None = None) -> list[int]:
    """Return where the doubtful characters of a line start, as indices into its text.

    Neighbouring doubtful characters are one place.
    """
    flags = [c is not None and c.confidence < doubt for c in shown_characters(line, text)]
    return [i for i, flag in enumerate(flags) if flag and not (i and flags[i - 1])]
