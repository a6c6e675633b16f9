"""Character error rate, as the project measures it everywhere.

Texts are compared after NFKC normalisation with all white space removed; the rate of a set is its
edits divided by its label characters. No heavy imports: the command line uses this.
"""

from __future__ import annotations

import math
import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


def normal(text: str) -> str:
    """Return a text as it is compared: NFKC, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def edits(label: Sequence[object], read: Sequence[object]) -> int:
    """Return the Levenshtein distance: the fewest insertions, deletions and replacements."""
    row = list(range(len(read) + 1))
    for i, wanted in enumerate(label, 1):
        diagonal, row[0] = row[0], i
        for j, got in enumerate(read, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (wanted != got))
    return row[-1]


def align(label: Sequence[object], read: Sequence[object]) -> list[tuple[int | None, int | None]]:
    """Pair the elements of two sequences with the fewest edits.

    Args:
        label: What is there.
        read: What was read.

    Returns:
        In order, (index into ``label``, index into ``read``): equal or replaced; None on the right
        for an element that was not read, None on the left for one that is not there. Of several
        shortest ways the one that pairs most, latest (Wagner and Fischer, 1974).
    """
    table = [list(range(len(read) + 1))]
    for i, wanted in enumerate(label, 1):
        above, row = table[-1], [i]
        for j, got in enumerate(read, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (wanted != got)))
        table.append(row)
    i, j = len(label), len(read)
    pairs: list[tuple[int | None, int | None]] = []
    while i or j:
        if i and j and table[i][j] == table[i - 1][j - 1] + (label[i - 1] != read[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and table[i][j] == table[i - 1][j] + 1:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return pairs[::-1]


@dataclass(frozen=True, slots=True)
class LineScore:
    """How one line was read.

    Attributes:
        edits: Edits between label and reading, both normalised.
        characters: Characters of the normalised label.
    """

    edits: int
    characters: int


def score(label: str, read: str, *, ignore_case: bool = False) -> LineScore:
    """Compare one reading with its label.

    Args:
        label: The true text.
        read: What was read.
        ignore_case: Compare after case folding, for labels that are all capitals.
    """
    wanted, got = normal(label), normal(read)
    if ignore_case:
        wanted, got = wanted.casefold(), got.casefold()
    return LineScore(edits(wanted, got), len(wanted))


def character_error_rate(scores: Sequence[LineScore]) -> float:
    """Return edits / label characters over all lines (0 = perfect, may exceed 1)."""
    return sum(line.edits for line in scores) / max(1, sum(line.characters for line in scores))


def exact_share(scores: Sequence[LineScore]) -> float:
    """Return the share of lines without an edit, 0–1; nought for no lines."""
    return sum(line.edits == 0 for line in scores) / max(1, len(scores))


def bootstrap_interval(
    scores: Sequence[LineScore], *, rounds: int = 1000, level: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Return a percentile bootstrap interval of the character error rate over lines.

    Args:
        scores: The lines of one set.
        rounds: Resamplings.
        level: Coverage, 0–1.
        seed: Seed of the resampling.

    Returns:
        Lower and upper bound (Efron, Tibshirani: An Introduction to the Bootstrap, chapter 13).
    """
    if not scores:
        return 0.0, 0.0
    rng = random.Random(seed)
    rates = sorted(character_error_rate(rng.choices(scores, k=len(scores))) for _ in range(rounds))
    tail = (1 - level) / 2
    return rates[int(tail * (rounds - 1))], rates[round((1 - tail) * (rounds - 1))]


def bootstrap_ratio(
    ours: Sequence[LineScore],
    theirs: Sequence[LineScore],
    *,
    rounds: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> tuple[float, float]:
    """Return a percentile bootstrap interval of the ratio of two error rates on the same lines.

    Args:
        ours: The lines of one set.
        theirs: The same lines as another reader read them.
        rounds: Resamplings of lines; both readers keep theirs.
        level: Coverage, 0–1.
        seed: Seed of the resampling.

    Returns:
        Lower and upper bound; infinite where the other reader made no error.
    """
    if len(ours) != len(theirs):
        raise ValueError("both readers must have read the same lines")
    pairs = [(a.edits, b.edits) for a, b in zip(ours, theirs, strict=True)]
    rng = random.Random(seed)
    ratios = []
    for _ in range(rounds if pairs else 0):
        drawn = rng.choices(pairs, k=len(pairs))
        below = sum(b for _, b in drawn)
        ratios.append(sum(a for a, _ in drawn) / below if below else math.inf)
    if not ratios:
        return 0.0, math.inf
    ratios.sort()
    tail = (1 - level) / 2
    return ratios[int(tail * (rounds - 1))], ratios[round((1 - tail) * (rounds - 1))]
