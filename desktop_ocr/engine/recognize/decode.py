"""From log-probabilities a time step to characters (connectionist temporal classification).

Posteriors are float32 (T, C), log-probabilities, blank = 0. Two searches: the best path (greedy),
and a prefix beam search (Hannun and others: First-Pass Large Vocabulary Continuous Speech
Recognition using Bi-Directional Recurrent DNNs, 2014) that sums over all paths of a labelling and
can ask a language score. Both say where each character stands and what else it might be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.recognize.charset import BLANK

Posteriors = NDArray[np.float32]
ALTERNATIVES = 8
"""Most alternatives that are kept for a character."""
_LEAST = np.log(1e-4)
"""Alternatives less likely than this (log-probability) are not worth showing."""
_NEVER = -np.inf


@dataclass(frozen=True, slots=True)
class Emission:
    """One character of a decoded line.

    Attributes:
        number: Class number, at least 1.
        start: First time step.
        end: Time step after the last.
        confidence: Probability of the class at its surest time step, 0–1.
        alternatives: Other classes with their probabilities over the same time steps, best first.
    """

    number: int
    start: int
    end: int
    confidence: float
    alternatives: tuple[tuple[int, float], ...]


class LanguageScore(Protocol):
    """What a language model adds to the beam search."""

    def extend(self, prefix: Sequence[int], candidates: NDArray[np.intp]) -> NDArray[np.float32]:
        """Score the next character.

        Args:
            prefix: Class numbers read so far.
            candidates: Class numbers that may come next.

        Returns:
            float32 (len(candidates),), added to the log-probabilities; already weighted.
        """
        ...


@dataclass(frozen=True, slots=True)
class Beam:
    """Settings of the prefix beam search.

    Attributes:
        width: Prefixes that are kept after each time step.
        classes: Most classes that are tried at a time step.
        least: Classes less likely than this are not tried, unless they are the likeliest.
        language: Scores of a language, or None.
    """

    width: int = 12
    classes: int = 8
    least: float = 1e-3
    language: LanguageScore | None = None


def greedy(posteriors: Posteriors) -> list[Emission]:
    """Decode the best path: the likeliest class of each time step, repeats merged.

    Args:
        posteriors: float32 (T, C), log-probabilities, blank = 0.
    """
    best = posteriors.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best)) + 1
    starts = [0, *edges.tolist()]
    ends = [*edges.tolist(), len(best)]
    spans = [
        (int(best[start]), start, end)
        for start, end in zip(starts, ends, strict=True)
        if end > start and best[start] != BLANK
    ]
    return _emissions(posteriors, spans)


def beam_search(posteriors: Posteriors, beam: Beam | None = None) -> list[Emission]:
    """Decode the likeliest labelling that the beam finds, aligned to the time steps.

    Args:
        posteriors: float32 (T, C), log-probabilities, blank = 0.
        beam: Settings.
    """
    labelling, _ = best_labelling(posteriors, beam or Beam())
    return _emissions(posteriors, align(posteriors, labelling))


class _Prefixes:
    """All prefixes met in a search, as a tree: each node knows its parent and last class."""

    def __init__(self, language: LanguageScore | None) -> None:
        self.parents, self.lasts, self.scores = [-1], [BLANK], [0.0]
        self._children: dict[tuple[int, int], int] = {}
        self._language = language

    def child(self, node: int, number: int, score: float) -> int:
        """Return the node of a prefix grown by one class."""
        key = (node, number)
        found = self._children.get(key)
        if found is None:
            found = self._children[key] = len(self.parents)
            self.parents.append(node)
            self.lasts.append(number)
            self.scores.append(self.scores[node] + score)
        return found

    def labelling(self, node: int) -> list[int]:
        """Return the classes of a prefix."""
        numbers = []
        while node:
            numbers.append(self.lasts[node])
            node = self.parents[node]
        return numbers[::-1]

    def growth(self, nodes: list[int], candidates: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return what the language adds to each prefix grown by each class, (nodes, classes)."""
        if self._language is None:
            return np.zeros((len(nodes), len(candidates)), np.float32)
        rows = [self._language.extend(self.labelling(node), candidates) for node in nodes]
        return np.stack(rows).astype(np.float32)


def best_labelling(posteriors: Posteriors, beam: Beam) -> tuple[list[int], float]:
    """Search the likeliest labelling.

    Args:
        posteriors: float32 (T, C), log-probabilities, blank = 0.
        beam: Settings.

    Returns:
        The class numbers, and the log-probability of all their paths within the beam (with the
        language's score).
    """
    tree = _Prefixes(beam.language)
    nodes = [0]
    blank, other = np.zeros(1), np.full(1, _NEVER)  # log P(prefix, ends in blank / in its class)
    for row in posteriors.astype(np.float64):
        tried = _candidates(row, beam)
        total = np.logaddexp(blank, other)
        lasts = np.array([tree.lasts[node] for node in nodes])
        stay_blank = total + row[BLANK]
        stay_other = np.where(lasts != BLANK, other + row[lasts], _NEVER)
        # A class after itself needs a blank between: only paths that end in blank may grow so.
        grow = np.where(lasts[:, None] == tried, blank[:, None], total[:, None]) + row[tried]
        # Growing one kept prefix may give another kept one: add it there.
        place = {node: index for index, node in enumerate(nodes)}
        column = {int(number): index for index, number in enumerate(tried)}
        for index, node in enumerate(nodes):
            parent = place.get(tree.parents[node])
            tried_last = column.get(tree.lasts[node])
            if parent is not None and tried_last is not None:
                stay_other[index] = np.logaddexp(stay_other[index], grow[parent, tried_last])
                grow[parent, tried_last] = _NEVER
        added = tree.growth(nodes, tried) if len(tried) else np.zeros((len(nodes), 0), np.float32)
        scores = np.array([tree.scores[node] for node in nodes])
        ranks = np.concatenate((
            np.logaddexp(stay_blank, stay_other) + scores,
            (grow + scores[:, None] + added).ravel(),
        ))  # fmt: skip
        keep = np.argsort(-ranks, kind="stable")[: beam.width]
        keep = keep[ranks[keep] > _NEVER]
        grown_nodes, grown_blank, grown_other = [], [], []
        for rank in keep.tolist():
            if rank < len(nodes):
                grown_nodes.append(nodes[rank])
                grown_blank.append(stay_blank[rank])
                grown_other.append(stay_other[rank])
            else:
                parent, which = divmod(rank - len(nodes), len(tried))
                grown_nodes.append(
                    tree.child(nodes[parent], int(tried[which]), float(added[parent, which]))
                )
                grown_blank.append(_NEVER)
                grown_other.append(grow[parent, which])
        nodes, blank, other = grown_nodes, np.array(grown_blank), np.array(grown_other)
    scores = np.array([tree.scores[node] for node in nodes])
    ranks = np.logaddexp(blank, other) + scores
    best = int(ranks.argmax())
    return tree.labelling(nodes[best]), float(ranks[best])


def _candidates(row: NDArray[np.float64], beam: Beam) -> NDArray[np.intp]:
    """Return the classes worth trying at a time step, without the blank."""
    if row[BLANK] > np.log1p(-min(beam.least, 0.5)):
        return np.empty(0, np.intp)  # Most time steps: nothing but the blank is possible.
    count = min(beam.classes + 1, len(row))
    likely = np.argpartition(-row, count - 1)[:count]
    likely = likely[(likely != BLANK) & (row[likely] > np.log(max(beam.least, 1e-300)))]
    return likely[np.argsort(-row[likely], kind="stable")][: beam.classes]


def align(posteriors: Posteriors, labelling: Sequence[int]) -> list[tuple[int, int, int]]:
    """Lay a labelling along the time steps (Viterbi).

    Args:
        posteriors: float32 (T, C), log-probabilities, blank = 0.
        labelling: Class numbers that fit into T time steps.

    Returns:
        (class, start, end) for each class in order; ends are exclusive.
    """
    if not labelling:
        return []
    states = np.zeros(2 * len(labelling) + 1, np.intp)  # blank, first, blank, second, …, blank
    states[1::2] = labelling
    # Blanks between two different classes may be skipped.
    skip = np.zeros(len(states), bool)
    skip[3::2] = states[3::2] != states[1:-2:2]
    scores = np.full(len(states), _NEVER)
    scores[:2] = posteriors[0, states[:2]]
    came = np.zeros((len(posteriors), len(states)), np.int8)
    for step in range(1, len(posteriors)):
        ways = np.full((3, len(states)), _NEVER)
        ways[0] = scores
        ways[1, 1:] = scores[:-1]
        ways[2, 2:] = np.where(skip[2:], scores[:-2], _NEVER)
        came[step] = ways.argmax(axis=0)
        scores = ways.max(axis=0) + posteriors[step, states]
    state = len(states) - 1 if scores[-1] >= scores[-2] else len(states) - 2
    path = np.zeros(len(posteriors), np.intp)
    for step in range(len(posteriors) - 1, -1, -1):
        path[step] = state
        state -= int(came[step, state])
    spans = []
    for index, number in enumerate(labelling):
        steps = np.flatnonzero(path == 2 * index + 1)
        spans.append((int(number), int(steps[0]), int(steps[-1]) + 1))
    return spans


def _emissions(posteriors: Posteriors, spans: list[tuple[int, int, int]]) -> list[Emission]:
    """Add confidences and alternatives to spans."""
    found = []
    for number, start, end in spans:
        row = posteriors[start:end].max(axis=0)
        likely = np.flatnonzero(row >= _LEAST)  # A handful of thousands: sort only these.
        likely = likely[np.argsort(-row[likely], kind="stable")]
        others = tuple(
            (int(other), float(min(1.0, np.exp(row[other]))))
            for other in likely[: ALTERNATIVES + 2]
            if other not in (BLANK, number)
        )[:ALTERNATIVES]
        confidence = float(min(1.0, np.exp(row[number])))
        found.append(Emission(number, start, end, confidence, others))
    return found
