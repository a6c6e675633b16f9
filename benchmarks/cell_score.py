"""Were the cells of a page's tables found one by one, their rows read, their signs kept?

A predicted line that covers more than half of one label belongs to it; of several labels, it glues
them; of none, it belongs to the label that holds half of it. A cell is found when lines that belong
to it alone cover 60 % of it. A row is read from all the lines that lie in it, glued ones too, in
the direction of reading. The sign of a value too high or too low is kept when the lines over it
hold it (as often as all the cells under them do).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NotRequired

import cv2
import numpy as np
from page_score import Labelled, Shape, hull, overlap, start

from desktop_ocr.training.measure import edits, normal

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-"))
COVERED = 0.6
"""Share of a cell that must be covered."""


class Cell(Labelled):
    """A label that may be a cell of a table."""

    table: NotRequired[int]
    row: NotRequired[int]
    column: NotRequired[int]
    flag: NotRequired[str]


@dataclass
class CellScore:
    """Sums over pages; add them up.

    Attributes:
        cells: That stand on the pages.
        found: Those of them that were found as cells.
        glued: Predicted lines that hold several labels.
        edits: Between the texts of rows and what was read in their place.
        characters: Of the texts of rows.
        flags: Signs that say high or low.
        kept: Those of them that were read.
    """

    cells: int = 0
    found: int = 0
    glued: int = 0
    edits: int = 0
    characters: int = 0
    flags: int = 0
    kept: int = 0

    def __add__(self, other: CellScore) -> CellScore:
        return CellScore(*(a + b for a, b in zip(self._values(), other._values(), strict=True)))

    def _values(self) -> tuple[int, ...]:
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)


def score_cells(labels: Sequence[Cell], lines: Sequence[Labelled]) -> CellScore:
    """Score the tables of one page.

    Args:
        labels: What stands there, cells and other text.
        lines: What was read.
    """
    shapes = [hull(label["quad"]) for label in labels]
    areas = [max(1e-6, float(cv2.contourArea(shape))) for shape in shapes]
    score = CellScore()
    own: dict[int, list[Shape]] = defaultdict(list)
    over: dict[int, list[int]] = defaultdict(list)
    rows: dict[tuple[int, int], list[int]] = defaultdict(list)
    held: list[list[int]] = []
    for k, line in enumerate(lines):
        shape = hull(line["quad"])
        shares = [overlap(label, shape) for label in shapes]
        holds = [i for i, share in enumerate(shares) if share > 0.5 * areas[i]]
        score.glued += len(holds) > 1
        if not holds and shares:
            best = int(np.argmax(shares))
            if shares[best] >= 0.5 * float(cv2.contourArea(shape)) > 0:
                holds = [best]
        held.append(holds)
        for i in holds:
            over[i].append(k)
        if len(holds) == 1:
            own[holds[0]].append(shape)
        within: dict[tuple[int, int], float] = defaultdict(float)
        for i in holds:
            if "table" in labels[i]:
                within[labels[i]["table"], labels[i]["row"]] += shares[i]
        if within:
            rows[max(within, key=lambda row: within[row])].append(k)

    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, label in enumerate(labels):
        if label.get("flag"):
            score.flags += 1
            score.kept += _kept(i, over[i], labels, lines, held)
        if "table" not in label:
            continue
        cells[label["table"], label["row"]].append(i)
        score.cells += 1
        score.found += sum(overlap(shapes[i], shape) for shape in own[i]) >= COVERED * areas[i]
    for row, members in cells.items():
        first = labels[members[0]]
        read = sorted(rows[row], key=lambda k: start(first, hull(lines[k]["quad"])))
        wanted = normal("".join(labels[i]["text"] for i in members))
        score.edits += edits(wanted, normal("".join(lines[k]["text"] for k in read)))
        score.characters += len(wanted)
    return score


def _kept(
    index: int,
    over: list[int],
    labels: Sequence[Cell],
    lines: Sequence[Labelled],
    held: list[list[int]],
) -> bool:
    """Say whether the sign of a label was read by the lines over it."""
    sign = labels[index]["flag"].translate(_DASHES)
    under = {i for k in over for i in held[k]}
    wanted = sum(labels[i]["text"].translate(_DASHES).count(sign) for i in under)
    got = sum(normal(lines[k]["text"]).translate(_DASHES).count(sign) for k in over)
    return bool(over) and got >= wanted
