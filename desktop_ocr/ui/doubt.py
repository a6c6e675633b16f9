"""Which characters a person should look at, in tiers, and where they stand in a line."""

from __future__ import annotations

import enum
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from desktop_ocr.document import compare
from desktop_ocr.document.align import (
    aligned_characters,
    confirmed_characters,
    standing_corrections,
)
from desktop_ocr.document.compare import Difference
from desktop_ocr.document.doubt import worst_confidence
from desktop_ocr.document.model import Char, Line, LineStatus

DEFAULT_DOUBT = 0.8
"""Below this probability of being right a character is doubtful, unless a person chose another."""

HIGH_RISK, LOW_RISK = 1.5, 0.5
"""Bounds of the tiers, as parts of the risk that the threshold allows."""


class Tier(enum.Enum):
    """How doubtful a character is; the value is the stem of its colour tokens."""

    HIGH = "doubt_high"
    MID = "doubt_mid"
    LOW = "doubt_low"


def doubt_sentence(doubt: float) -> str:
    """Return what "doubtful" means, in the language of the window."""
    return QCoreApplication.translate(
        "Doubt",
        "Doubtful: the probability of being right is below {0} %, or the second reader differs.",
    ).format(round(100 * doubt))


def tier(confidence: float, doubt: float) -> Tier | None:
    """Return the tier of a confidence, None where nothing is doubtful.

    The tiers speak of the risk of being wrong: with a threshold of 0.8, which allows a risk of
    0.2, HIGH is below 0.7, MID below 0.8, LOW below 0.9.

    Args:
        confidence: Probability of being right, 0–1.
        doubt: Threshold; below it a character is doubtful (HIGH or MID).
    """
    risk = 1 - doubt
    if confidence < doubt:
        return Tier.HIGH if confidence < round(1 - HIGH_RISK * risk, 6) else Tier.MID
    return Tier.LOW if confidence < round(1 - LOW_RISK * risk, 6) else None


def line_tier(line: Line, doubt: float) -> Tier | None:
    """Return the tier of the most doubtful place of a line."""
    found = tier(worst_confidence(line), doubt)
    return Tier.MID if found in (Tier.LOW, None) and disagreements(line) else found


def shown_characters(line: Line, text: str | None = None) -> list[Char | None]:
    """Return, for each character of a text, what the machine says about it.

    Args:
        line: The line.
        text: The text as it stands in an editor; None is the line's own.

    Returns:
        One entry a character: the machine's character where it still stands unchanged or as a
        rule corrected it, None for spaces. All are None for a line that a person has confirmed.
    """
    line = _with_text(line, text)
    if line.status is not LineStatus.UNREVIEWED:
        return [None] * len(line.text)
    return [c if c and not c.text.isspace() else None for c in aligned_characters(line)]


def disagreements(line: Line, text: str | None = None) -> list[Difference]:
    """Return where the second reader differs from what the machine's reading still shows.

    Args:
        line: The line.
        text: The text as it stands in an editor; None is the line's own.

    Returns:
        Places in the text; none where a person has confirmed the line or these characters.
    """
    line = _with_text(line, text)
    return [] if line.status is not LineStatus.UNREVIEWED else compare.disagreements(line)


def shown_tiers(line: Line, doubt: float, text: str | None = None) -> list[Tier | None]:
    """Return the tier of each character of a text; where both readers differ it is MID at least.

    Args:
        line: The line.
        doubt: Threshold of doubt.
        text: The text as it stands in an editor; None is the line's own.
    """
    line = _with_text(line, text)
    characters = shown_characters(line)
    confirmed = confirmed_characters(line)
    tiers = [
        None if c is None or sure else tier(c.confidence, doubt)
        for c, sure in zip(characters, confirmed, strict=True)
    ]
    for d in disagreements(line):
        for i in _marked(d, characters):
            if tiers[i] is not Tier.HIGH and not confirmed[i]:
                tiers[i] = Tier.MID
    return tiers


def corrected_spans(line: Line, text: str | None = None) -> list[tuple[int, int]]:
    """Return start and end of what rules changed by themselves and nobody has confirmed.

    Where a rule deleted something, the characters on both sides stand for it.
    """
    line = _with_text(line, text)
    if line.status is not LineStatus.UNREVIEWED:
        return []
    size = len(line.text)
    spans = [(at, at + len(c.after)) for at, c in standing_corrections(line)]
    return [(a, b) if a < b else (max(a - 1, 0), min(a + 1, size)) for a, b in spans]


def doubtful_places(line: Line, doubt: float, text: str | None = None) -> list[int]:
    """Return where the doubtful characters of a line start, as indices into its text.

    Neighbouring doubtful characters are one place.
    """
    flags = [found in (Tier.HIGH, Tier.MID) for found in shown_tiers(line, doubt, text)]
    return [i for i, flag in enumerate(flags) if flag and not (i and flags[i - 1])]


def _with_text(line: Line, text: str | None) -> Line:
    return line if text is None or text == line.text else replace(line, text=text)


def _marked(d: Difference, characters: list[Char | None]) -> list[int]:
    """Return the places of the machine's characters that stand for a difference."""
    return [i for i, c in enumerate(characters) if c is not None and d.covers(i)]
