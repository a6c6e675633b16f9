"""Where two readings of one line differ, and where its two readers do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from desktop_ocr.document.align import (
    aligned_characters,
    confirmed_characters,
    matching_blocks,
    standing_corrections,
)
from desktop_ocr.document.model import ILLEGIBLE, Correction, Line


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where another reading differs.

    Attributes:
        start: Where the place begins in the text, as an index.
        end: Where it ends; the same as ``start`` where the text has nothing there.
        other: What the other reading has; empty where it has nothing there.
    """

    start: int
    end: int
    other: str

    def covers(self, index: int) -> bool:
        """Say whether the character at an index of the text stands for this place.

        Where the text has nothing there, the characters on both sides do.
        """
        if self.start < self.end:
            return self.start <= index < self.end
        return index in (self.start - 1, self.start)


@lru_cache(maxsize=4096)
def differences(text: str, other: str) -> tuple[Difference, ...]:
    """Return where another reading differs from a text, in the order of the text.

    Spaces do not count, and neither do forms that NFKC makes the same, such as full and half
    width.

    Note:
        Matching is by longest common blocks (Ratcliff and Obershelp, as in :mod:`difflib`).
    """
    if text == other:
        return ()
    ours, theirs = _inked(text), _inked(other)
    matcher = SequenceMatcher(
        None, [folded for _, folded in ours], [folded for _, folded in theirs], autojunk=False
    )
    found = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        mine, their = ours[i1:i2], theirs[j1:j2]
        # "㎎" and "mg" are one character and two.
        if tag == "equal" or _spelled(mine) == _spelled(their):
            continue
        start = ours[i1][0] if i1 < len(ours) else len(text)
        end = mine[-1][0] + 1 if mine else start
        found.append(Difference(start, end, other[their[0][0] : their[-1][0] + 1] if their else ""))
    return tuple(found)


def forget() -> None:
    """Forget the texts of all lines compared so far, as when their document closes."""
    differences.cache_clear()


def changes(text: str, read: str) -> tuple[Difference, ...]:
    """Return what has to be put in place of which parts of a text to get what was read.

    Here every character counts, spaces and widths too: ``restored`` with all of them gives
    ``read``, and with none ``text``.

    Args:
        text: A line as it stands.
        read: What the machine had read there.

    Note:
        Matching is that of :func:`~desktop_ocr.document.align.matching_blocks`: who types one
        character in place of another has changed just that one.
    """
    found = []
    at = read_at = 0
    for start, read_start, size in (*matching_blocks(text, read), (len(text), len(read), 0)):
        if at < start or read_at < read_start:
            found.append(Difference(at, start, read[read_at:read_start]))
        at, read_at = start + size, read_start + size
    return tuple(found)


def restored(text: str, found: Iterable[Difference]) -> str:
    """Return a text with what was read in the place of some of its :func:`changes`."""
    for d in sorted(found, key=lambda d: d.start, reverse=True):
        text = text[: d.start] + d.other + text[d.end :]
    return text


def illegible_places(line: Line) -> list[int]:
    """Return where a person marked a character of the text as illegible, as indices.

    A box □ that the machine read, as forms have them, is none.
    """
    if ILLEGIBLE not in line.text:
        return []
    read = aligned_characters(line)
    return [
        i
        for i, (text, char) in enumerate(zip(line.text, read, strict=True))
        if text == ILLEGIBLE and (char is None or ILLEGIBLE not in char.text)
    ]


def disagreements(line: Line) -> list[Difference]:
    """Return where the second reader differs from what the machine's reading still shows.

    Args:
        line: The line.

    Returns:
        Places in the text as it stands now. What a person typed or confirmed is no disagreement
        of the two readers, nor is what a rule made of something that both read alike.
    """
    if not line.second_text:
        return []
    found = differences(line.text, line.second_text)
    if not found:
        return []
    confirmed = confirmed_characters(line)
    read = [
        c is not None and not c.text.isspace() and not confirmed[i]
        for i, c in enumerate(aligned_characters(line))
    ]
    made = standing_corrections(line)
    return [
        d
        for d in found
        if any(by_machine and d.covers(i) for i, by_machine in enumerate(read))
        and not any(_was_read(d, at, correction) for at, correction in made)
    ]


def _was_read(d: Difference, at: int, correction: Correction) -> bool:
    """Say whether a rule changed the text at a difference, and both had read the same before."""
    inside = at <= d.start and d.end <= at + len(correction.after)
    part = bool(d.other) and d.other in correction.before
    return inside and (part or d.other == correction.before)


def _inked(text: str) -> list[tuple[int, str]]:
    """Return the place and the NFKC form of each character that is no space."""
    folded = ((i, unicodedata.normalize("NFKC", c).strip()) for i, c in enumerate(text))
    return [(i, c) for i, c in folded if c]


def _spelled(characters: list[tuple[int, str]]) -> str:
    return "".join(folded for _, folded in characters)
