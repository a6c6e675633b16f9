"""From log-probabilities a time step to characters (connectionist temporal classification).

Posteriors are float32 (T, C), log-probabilities, blank = 0. Two searches: the best path (greedy),
and a prefix beam search (Hannun and others: First-Pass Large Vocabulary Continuous Speech
Recognition using Bi-Directional Recurrent DNNs, 2014) that sums over all paths of a labelling and
can ask a prior such as a language. Both say where each character stands and what else it might be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

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


State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class Frame:
    """What may stand at one time step.

    Attributes:
        row: float (C,), log-probabilities of all classes, blank = 0.
        classes: intp (K,), classes that a labelling may grow by here; without the blank.
        fixed: The one class that stands here whatever a prior says, not even the blank beside it;
            None for none.
    """

    row: NDArray[np.floating[Any]]
    classes: NDArray[np.intp]
    fixed: int | None = None


class Prior(Protocol[State]):
    """What is known of a labelling beside the pixels, such as its language."""

    start: State

    def scores(self, states: Sequence[State], classes: NDArray[np.intp]) -> NDArray[np.float32]:
        """Score the next character.

        Args:
            states: Of the labellings so far.
            classes: What may come next, (K,).

        Returns:
            float32 (len(states), K), added to the log-probabilities; already weighted.
        """
        ...

    def follow(self, state: State, number: int) -> State:
        """Return the state after one more class."""
        ...


@dataclass(frozen=True, slots=True)
class Beam:
    """Settings of the prefix beam search.

    Attributes:
        width: Prefixes that are kept after each time step.
        classes: Most classes that are tried at a time step.
        least: Classes less likely than this are not tried.
        behind: Prefixes whose log-probability lies further behind the best are not kept.
    """

    width: int = 12
    classes: int = 8
    least: float = 2e-3
    behind: float = 12.0


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
    return emissions(posteriors, spans)


def likely(posteriors: Posteriors, beam: Beam) -> list[NDArray[np.intp]]:
    """Return the classes worth trying at each time step, best first, without the blank.

    Args:
        posteriors: float32 (T, C), log-probabilities, blank = 0.
        beam: How many, and how likely.
    """
    if not len(posteriors):
        return []
    # One flat search: over two dimensions it would take ten times as long.
    places = np.flatnonzero((posteriors > np.log(max(beam.least, 1e-300))).ravel())
    steps, classes = np.divmod(places, posteriors.shape[1])
    steps, classes = steps[classes != BLANK], classes[classes != BLANK]
    found = []
    for step, here in enumerate(
        np.split(classes, np.searchsorted(steps, range(1, len(posteriors))))
    ):
        order = np.argsort(-posteriors[step, here], kind="stable")
        found.append(here[order][: beam.classes])
    return found


@dataclass(slots=True)
class _Node:
    """A prefix: the parent's and one class more."""

    number: int
    parent: _Node | None
    score: float
    state: Any
    children: dict[int, _Node] = field(default_factory=dict)

    def labelling(self) -> list[int]:
        numbers: list[int] = []
        node: _Node | None = self
        while node is not None and node.parent is not None:
            numbers.append(node.number)
            node = node.parent
        return numbers[::-1]


def best_labelling(
    frames: Sequence[Frame], beam: Beam, prior: Prior[Any] | None = None
) -> tuple[list[int], float]:
    """Search the likeliest labelling.

    Args:
        frames: The time steps.
        beam: Settings.
        prior: What is known of labellings, or None.

    Returns:
        The class numbers, and the log-probability of all their paths within the beam, with the
        prior's score.
    """
    nodes = [_Node(BLANK, None, 0.0, prior.start if prior else None)]
    blank, other = np.zeros(1), np.full(1, _NEVER)  # log P(prefix, ends in blank / in its class)
    for frame in frames:
        row, tried = frame.row, frame.classes
        lasts = np.array([node.number for node in nodes])
        total = np.logaddexp(blank, other)
        stays = (lasts != BLANK) if frame.fixed is None else (lasts == frame.fixed)
        stay_other = np.where(stays, other + row[lasts], _NEVER)
        stay_blank = total + (row[BLANK] if frame.fixed is None else _NEVER)
        if not len(tried):
            blank, other = stay_blank, stay_other
            continue
        # A class after itself needs a blank between: only paths that end in blank may grow so.
        grow = np.where(lasts[:, None] == tried, blank[:, None], total[:, None]) + row[tried]
        _add_to_kept(nodes, tried, stay_other, grow)
        added = np.zeros(grow.shape, np.float32)
        if prior is not None:  # what is sure says much about what stood before it
            added = prior.scores([node.state for node in nodes], tried)
        scores = np.array([node.score for node in nodes])
        ranks = np.concatenate((
            np.logaddexp(stay_blank, stay_other) + scores,
            (grow + scores[:, None] + added).ravel(),
        ))  # fmt: skip
        keep = np.argsort(-ranks, kind="stable")[: beam.width]
        keep = keep[(ranks[keep] > _NEVER) & (ranks[keep] >= ranks[keep[0]] - beam.behind)]
        kept, kept_blank, kept_other = [], [], []
        for rank in keep.tolist():
            if rank < len(nodes):
                kept.append(nodes[rank])
                kept_blank.append(stay_blank[rank])
                kept_other.append(stay_other[rank])
            else:
                parent, which = divmod(rank - len(nodes), len(tried))
                kept.append(_child(nodes[parent], int(tried[which]), added[parent, which], prior))
                kept_blank.append(_NEVER)
                kept_other.append(grow[parent, which])
        nodes, blank, other = kept, np.array(kept_blank), np.array(kept_other)
    ranks = np.logaddexp(blank, other) + np.array([node.score for node in nodes])
    best = int(ranks.argmax())
    return nodes[best].labelling(), float(ranks[best])


def _child(parent: _Node, number: int, added: float, prior: Prior[Any] | None) -> _Node:
    """Return a prefix grown by one class; the same node each time, so that its paths add up."""
    found = parent.children.get(number)
    if found is None:
        state = prior.follow(parent.state, number) if prior else None
        found = _Node(number, parent, parent.score + float(added), state)
        parent.children[number] = found
    return found


def _add_to_kept(
    nodes: list[_Node],
    tried: NDArray[np.intp],
    stay_other: NDArray[np.float64],
    grow: NDArray[np.float64],
) -> None:
    """Where growing one kept prefix gives another kept one, add it there and not as a new one."""
    place = {id(node): index for index, node in enumerate(nodes)}
    column = {number: index for index, number in enumerate(tried.tolist())}
    for index, node in enumerate(nodes):
        parent = place.get(id(node.parent))
        which = column.get(node.number)
        if parent is not None and which is not None:
            stay_other[index] = np.logaddexp(stay_other[index], grow[parent, which])
            grow[parent, which] = _NEVER


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


def emissions(posteriors: Posteriors, spans: Sequence[tuple[int, int, int]]) -> list[Emission]:
    """Add confidences and alternatives to spans.

    Args:
        posteriors: float32 (T, C), log-probabilities, blank = 0.
        spans: (class, start, end) of each character in order; ends are exclusive.
    """
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
