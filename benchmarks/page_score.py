"""Were the lines of a page found, in order, and read?

A predicted line belongs to the label that covers most of it, if that is at least half of it. A
label is found when its predicted lines cover 60 % of it; a predicted line that covers more than
half of several labels glues them; one that belongs to none and glues nothing is spurious.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypedDict

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop_ocr.training.measure import edits, normal

Shape = NDArray[np.float32]


class Labelled(TypedDict):
    """A line: four [x, y] in page pixels, and its text."""

    quad: list[list[float]]
    text: str


@dataclass
class PageScore:
    """Sums over pages; add them up.

    Attributes:
        labels: Lines that stand on the pages.
        found: Those of them that were found.
        glued: Predicted lines that hold several.
        spurious: Predicted lines that hold none.
        pairs: Neighbouring labels of which both were met.
        ordered: Those pairs that came out in their order.
        edits: Between label texts and what was read in their place.
        characters: Of the label texts.
        text_edits: Between the text of the whole page and all that was read, in order.
        text_characters: Of the text of the whole page.
    """

    labels: int = 0
    found: int = 0
    glued: int = 0
    spurious: int = 0
    pairs: int = 0
    ordered: int = 0
    edits: int = 0
    characters: int = 0
    text_edits: int = 0
    text_characters: int = 0

    def __add__(self, other: PageScore) -> PageScore:
        return PageScore(*(a + b for a, b in zip(self._values(), other._values(), strict=True)))

    def _values(self) -> tuple[int, ...]:
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)


def score_page(
    labels: Sequence[Labelled], lines: Sequence[Labelled], ignore_case: bool = False
) -> PageScore:
    """Score one page.

    Args:
        labels: What stands there, in reading order.
        lines: What was read, in the order in which it was given.
        ignore_case: Compare after case folding.
    """
    score = PageScore(labels=len(labels))
    truth = [hull(label["quad"]) for label in labels]
    mine: dict[int, list[tuple[float, int, Shape, str]]] = defaultdict(list)
    for k, line in enumerate(lines):
        shape = hull(line["quad"])
        shares = [overlap(t, shape) for t in truth]
        best = int(np.argmax(shares)) if shares else -1
        area = float(cv2.contourArea(shape))
        if best >= 0 and shares[best] >= 0.5 * area > 0:
            mine[best].append((start(labels[best], shape), k, shape, line["text"]))
        else:
            held = sum(s > 0.5 * cv2.contourArea(t) for s, t in zip(shares, truth, strict=True))
            score.glued += held > 1
            score.spurious += held == 0
    first: list[int | None] = []
    for i, label in enumerate(labels):
        parts = sorted(mine[i], key=lambda part: part[0])
        first.append(min((part[1] for part in parts), default=None))
        covered = sum(overlap(truth[i], part[2]) for part in parts)
        score.found += covered >= 0.6 * float(cv2.contourArea(truth[i]))
        wanted, got = normal(label["text"]), normal("".join(part[3] for part in parts))
        if ignore_case:
            wanted, got = wanted.casefold(), got.casefold()
        score.edits += edits(wanted, got)
        score.characters += len(wanted)
    for a, b in pairwise(first):
        if a is not None and b is not None:
            score.pairs += 1
            score.ordered += a < b
    return score


def add_text(score: PageScore, text: str, lines: Sequence[Labelled]) -> None:
    """Compare the text of a whole page with all that was read on it, in order."""
    wanted, got = normal(text), normal("".join(line["text"] for line in lines))
    score.text_edits += edits(wanted, got)
    score.text_characters += len(wanted)


def start(label: Labelled, shape: Shape) -> float:
    """Return where a shape begins along a label's own direction of reading, in pixels."""
    left, right = np.asarray(label["quad"], np.float32)[:2]
    along = (right - left) / max(1e-6, float(np.linalg.norm(right - left)))
    return float(((shape - left) @ along).min())


def hull(quad: Sequence[Sequence[float]]) -> Shape:
    """Return a quad's corners in order, float32 (N, 2), so that they can be intersected."""
    points = np.asarray(quad, np.float32).reshape(-1, 1, 2)
    return np.asarray(cv2.convexHull(points), np.float32).reshape(-1, 2)


def overlap(a: Shape, b: Shape) -> float:
    """Return the area that two shapes share, in square pixels."""
    if (a.min(0) > b.max(0)).any() or (b.min(0) > a.max(0)).any():
        return 0.0
    return float(cv2.intersectConvexConvex(a, b)[0])
