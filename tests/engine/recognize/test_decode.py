"""CTC decoding against brute force over all paths."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop_ocr.engine.recognize import decode


def _collapse(path: Sequence[int]) -> tuple[int, ...]:
    return tuple(number for number, _ in itertools.groupby(path) if number)


def _labellings(posteriors: NDArray[np.float32]) -> dict[tuple[int, ...], float]:
    """The probability of every labelling, summed over every path."""
    found: dict[tuple[int, ...], float] = defaultdict(float)
    steps, classes = posteriors.shape
    for path in itertools.product(range(classes), repeat=steps):
        found[_collapse(path)] += float(
            np.exp(sum(float(posteriors[step, number]) for step, number in enumerate(path)))
        )
    return found


@st.composite
def _posteriors(draw: st.DrawFn) -> NDArray[np.float32]:
    steps, classes = draw(st.integers(1, 5)), draw(st.integers(2, 4))
    seed = draw(st.integers(0, 2**31))
    sharpness = draw(st.sampled_from([0.3, 1.0, 3.0]))
    logits = np.random.default_rng(seed).normal(0, sharpness, (steps, classes))
    return (logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)).astype(np.float32)


_EXACT = decode.Beam(width=10_000, classes=100, least=0.0, behind=np.inf)


def _search(
    posteriors: NDArray[np.float32], beam: decode.Beam = _EXACT, prior: Any = None
) -> tuple[list[int], float]:
    tried = decode.likely(posteriors, beam)
    frames = [decode.Frame(row, classes) for row, classes in zip(posteriors, tried, strict=True)]
    return decode.best_labelling(frames, beam, prior)


def _beam_search(posteriors: NDArray[np.float32]) -> list[decode.Emission]:
    labelling, _ = _search(posteriors, decode.Beam())
    return decode.emissions(posteriors, decode.align(posteriors, labelling))


@settings(max_examples=60, deadline=None)
@given(_posteriors())
def test_wide_beam_finds_the_likeliest_labelling(posteriors: NDArray[np.float32]) -> None:
    every = _labellings(posteriors)
    labelling, score = _search(posteriors)
    assert np.exp(score) == pytest.approx(max(every.values()), rel=1e-5)
    assert every[tuple(labelling)] == pytest.approx(max(every.values()), rel=1e-5)


class _Bigrams:
    """A prior that depends on the last character, which is its state."""

    start = 0

    def __init__(self, classes: int, seed: int) -> None:
        self._table = np.random.default_rng(seed).normal(0, 1, (classes, classes))

    def scores(self, states: Sequence[int], classes: NDArray[np.intp]) -> NDArray[np.float32]:
        return self._table[np.array(states)[:, None], classes].astype(np.float32)

    def follow(self, state: int, number: int) -> int:
        return number

    def total(self, labelling: Sequence[int]) -> float:
        pairs = zip((0, *labelling), labelling, strict=False)
        return float(sum(self._table[last, number] for last, number in pairs))


@settings(max_examples=40, deadline=None)
@given(_posteriors(), st.integers(0, 1000))
def test_prior_is_added_once_per_character(posteriors: NDArray[np.float32], seed: int) -> None:
    language = _Bigrams(posteriors.shape[1], seed)
    best = max(
        np.log(p) + language.total(labelling)
        for labelling, p in _labellings(posteriors).items()
        if p > 0
    )
    labelling, score = _search(posteriors, prior=language)
    assert score == pytest.approx(best, abs=1e-4)
    assert np.log(_labellings(posteriors)[tuple(labelling)]) + language.total(
        labelling
    ) == pytest.approx(best, abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(_posteriors(), st.data())
def test_frames_bound_what_is_searched(
    posteriors: NDArray[np.float32], data: st.DataObject
) -> None:
    """Brute force over the paths that the frames leave."""
    steps, classes = posteriors.shape
    prior = _Bigrams(classes, data.draw(st.integers(0, 1000)))
    frames = []
    for row in posteriors:
        fixed = data.draw(st.none() | st.integers(1, classes - 1))
        drawn = data.draw(st.sets(st.integers(1, classes - 1)))
        tried = sorted(drawn) if fixed is None else [fixed]
        frames.append(decode.Frame(row.astype(np.float64), np.array(tried, np.intp), fixed))

    def allowed(path: Sequence[int]) -> bool:
        # Whatever stands may go on where it may not begin.
        for frame, before, number in zip(frames, (0, *path), path, strict=False):
            goes_on = number in (0, before) and frame.fixed is None
            if not goes_on and number not in frame.classes:
                return False
        return True

    scores: dict[tuple[int, ...], float] = defaultdict(lambda: -np.inf)
    for path in filter(allowed, itertools.product(range(classes), repeat=steps)):
        score = sum(float(posteriors[step, number]) for step, number in enumerate(path))
        scores[_collapse(path)] = np.logaddexp(scores[_collapse(path)], score)
    weighed = {text: score + prior.total(text) for text, score in scores.items()}
    labelling, score = decode.best_labelling(frames, _EXACT, prior)
    assert score == pytest.approx(max(weighed.values()), abs=1e-4)
    assert weighed[tuple(labelling)] == pytest.approx(score, abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(_posteriors())
def test_greedy_is_the_collapsed_best_path(posteriors: NDArray[np.float32]) -> None:
    steps, classes = posteriors.shape
    best = max(
        itertools.product(range(classes), repeat=steps),
        key=lambda path: sum(float(posteriors[s, c]) for s, c in enumerate(path)),
    )
    assert tuple(e.number for e in decode.greedy(posteriors)) == _collapse(best)


@settings(max_examples=60, deadline=None)
@given(_posteriors())
def test_alignment_is_the_likeliest_path_of_its_labelling(
    posteriors: NDArray[np.float32],
) -> None:
    steps, classes = posteriors.shape
    labelling, _ = _search(posteriors)
    paths = [
        path
        for path in itertools.product(range(classes), repeat=steps)
        if _collapse(path) == tuple(labelling)
    ]

    def score(path: Sequence[int]) -> float:
        return sum(float(posteriors[step, number]) for step, number in enumerate(path))

    spans = decode.align(posteriors, labelling)
    path = [0] * steps
    for number, start, end in spans:
        path[start:end] = [number] * (end - start)
    assert _collapse(path) == tuple(labelling)
    assert score(path) == pytest.approx(max(map(score, paths)), abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(_posteriors(), st.booleans())
def test_emissions_are_ordered_and_their_probabilities_hold(
    posteriors: NDArray[np.float32], use_beam: bool
) -> None:
    decoded = _beam_search(posteriors) if use_beam else decode.greedy(posteriors)
    end = 0
    for emission in decoded:
        assert end <= emission.start < emission.end <= len(posteriors)
        end = emission.end
        inside = np.exp(posteriors[emission.start : emission.end].max(axis=0))
        assert emission.confidence == pytest.approx(float(inside[emission.number]), abs=1e-6)
        numbers = [number for number, _ in emission.alternatives]
        assert emission.number not in numbers
        assert decode_blank_free(numbers)
        assert [p for _, p in emission.alternatives] == sorted(
            (float(inside[number]) for number in numbers), reverse=True
        )


def decode_blank_free(numbers: list[int]) -> bool:
    """Alternatives are distinct characters, never the blank."""
    return 0 not in numbers and len(set(numbers)) == len(numbers)


def test_pruned_beam_reads_a_long_sharp_line_like_the_best_path() -> None:
    rng = np.random.default_rng(5)
    steps, classes = 160, 3000
    logits = rng.normal(0, 1, (steps, classes))
    logits[:, 0] += 12
    for step in range(2, steps, 4):
        logits[step, rng.integers(1, classes)] += 24
    posteriors = (logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)).astype(np.float32)
    numbers = [emission.number for emission in decode.greedy(posteriors)]
    assert len(numbers) == 40
    assert [emission.number for emission in _beam_search(posteriors)] == numbers


def test_beam_prefers_the_labelling_whose_paths_add_up() -> None:
    # Blank is likeliest at both steps (best path: nothing), yet "a" has three paths.
    posteriors = np.log(np.array([[0.6, 0.4], [0.6, 0.4]], np.float32))
    assert decode.greedy(posteriors) == []
    assert [emission.number for emission in _beam_search(posteriors)] == [1]
    assert _search(posteriors)[1] == pytest.approx(np.log(0.64), abs=1e-6)


def test_repeated_characters_need_a_blank_between() -> None:
    sure = np.full((5, 3), -20.0, np.float32)
    for step, number in enumerate((1, 1, 0, 1, 2)):
        sure[step, number] = 0.0
    for decoded in (decode.greedy(sure), _beam_search(sure)):
        assert [(e.number, e.start, e.end) for e in decoded] == [(1, 0, 2), (1, 3, 4), (2, 4, 5)]


def test_no_time_steps_decode_to_nothing() -> None:
    empty = np.zeros((0, 5), np.float32)
    assert decode.greedy(empty) == []
    assert _beam_search(empty) == []
