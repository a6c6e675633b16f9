"""Where two readings of one line differ."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache


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


def _inked(text: str) -> list[tuple[int, str]]:
    """Return the place and the NFKC form of each character that is no space."""
    folded = ((i, unicodedata.normalize("NFKC", c).strip()) for i, c in enumerate(text))
    return [(i, c) for i, c in folded if c]


def _spelled(characters: list[tuple[int, str]]) -> str:
    return "".join(folded for _, folded in characters)
