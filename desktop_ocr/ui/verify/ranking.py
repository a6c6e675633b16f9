"""The order in which the characters of a group are shown: what is most likely wrong first."""

from __future__ import annotations

import numpy as np

from desktop_ocr.ui.verify.crops import oddness
from desktop_ocr.ui.verify.groups import Group
from desktop_ocr.ui.verify.pictures import CropStore

MOST_SORTED = 600
"""So many characters of a group are sorted by their pictures; further ones by confidence."""


class Ranking:
    """Sorts groups, and remembers for which pictures it has done so.

    Args:
        pictures: The pictures of characters that are there so far.
    """

    def __init__(self, pictures: CropStore) -> None:
        self._pictures = pictures
        self._sorted: dict[str, tuple[int, int]] = {}  # pictures and members at that time

    def clear(self) -> None:
        """Forget what was sorted."""
        self._sorted.clear()

    def sort(self, group: Group) -> None:
        """Put what is most likely wrong first: little confidence, or an unusual picture."""
        # Thousands of the same reading would stop the window: the least certain are compared.
        members = group.members[:MOST_SORTED]
        crops = [self._pictures.crop(member) for member in members]
        known = sum(crop is not None for crop in crops)
        if not group.reading or self._sorted.get(group.reading) == (known, len(group.members)):
            return
        self._sorted[group.reading] = (known, len(group.members))
        shapes = np.array([c.shape for c in crops if c is not None], np.float32)
        odd = iter(oddness(shapes)) if len(shapes) else iter(())
        risk = {
            member.key: _risk(member.confidence, 0.0 if crop is None else float(next(odd)))
            for member, crop in zip(members, crops, strict=True)
        }
        members.sort(key=lambda member: -risk[member.key])
        group.members[: len(members)] = members


def _risk(confidence: float, odd: float) -> float:
    """Return how likely a character is wrong, by the machine's confidence and by its picture.

    On 20 drawn photographs a wrong character stood before a right one of the same reading in 80 %
    of all pairs; by confidence alone in 72 %, by its picture alone in 77 % (41 wrong of 6,764).
    """
    return 1 - confidence * (1 - 0.1 * odd)
