"""What is known of the language meets what the recogniser saw (shallow fusion).

Numbers, units, doses, dates, ids and signs are never the language's to decide: where the best path
reads one, it stands, and no other may come in elsewhere. Only ideographs, the punctuation of
sentences and whole Latin words compete, and ideographs only in lines that read like language: a row
of single characters or a list of names is left as it was seen.

Shallow fusion: Gulcehre and others, On Using Monolingual Corpora in Neural Machine Translation,
2015.
"""

from __future__ import annotations

import enum
import itertools
import math
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.recognize import decode
from desktop_ocr.engine.recognize.charset import BLANK, Charset
from desktop_ocr.engine.recognize.classes import LanguageClasses
from desktop_ocr.engine.recognize.language import NOTHING, Ngram

_WORD = 4
"""Fewest letters of a word of language; shorter ones are units, symbols and initials."""
_SURE = math.log(1e-3)
"""A class less likely than this is no choice."""
_STRANGEST = -12.0
"""Log-probability below which one ideograph cannot make a line stranger."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much the language counts; tuned on dev (docs/model-card.md).

    Attributes:
        language: Of the n-gram's log-probability.
        bonus: Added for each ideograph and mark, so that language does not shorten a line.
        stop: Added for each punctuation mark beside that.
        shared: Share of a half-width sign's probability that goes to full-width ones.
        word: Of the n-gram's log-probability within Latin words.
        word_bonus: Added for each letter.
        term: Added for a term of the lexicons, when it is complete.
        foreign: Mean log-probability of a line's ideographs at which language says nothing.
        native: The same at which it says all.
        doubt: Ideographs half-way between the two that every line counts more: one character
            alone says little.
        sure: Confidence above which a character stands.
    """

    language: float = 0.35
    bonus: float = 1.2
    stop: float = 0.4
    shared: float = 0.4
    word: float = 0.3
    word_bonus: float = 0.6
    term: float = 0.3
    foreign: float = -9.3
    native: float = -8.0
    doubt: float = 1.0
    sure: float = 0.995


class Trie(Protocol):
    """Terms by their first characters; the root is node 0."""

    def step(self, node: int, character: str) -> int:
        """Return the node of one more character, -1 where no term goes on so."""
        ...

    def ends(self, node: int) -> bool:
        """Say whether a term is complete at a node."""
        ...


class _Kind(enum.Enum):
    """What a character of the best path is to the language."""

    FIXED = enum.auto()
    CHINESE = enum.auto()
    WORD = enum.auto()


class Language:
    """Chooses among what the recogniser saw by what it knows of the language."""

    def __init__(
        self,
        ngram: Ngram,
        charset: Charset,
        *,
        trie: Trie | None = None,
        words: Container[str] = (),
        weights: Weights | None = None,
        beam: decode.Beam | None = None,
    ) -> None:
        """Look at a recogniser's classes with the language's eyes.

        Args:
            ngram: Probabilities of characters.
            charset: The recogniser's classes.
            trie: Terms of the lexicons, or None.
            words: Latin words, casefolded, that stand where they are read: one drug must not become
                another because its name is more usual.
            weights: How much the language counts.
            beam: Settings of the search.
        """
        self._ngram, self._trie, self._words_known = ngram, trie, words
        self._classes = LanguageClasses(charset, ngram)
        self._weights, self._beam = weights or Weights(), beam or decode.Beam()

    def strength(self, numbers: Sequence[int]) -> float:
        """Say how much a line reads like language, 0 (rows of characters, names) to 1.

        Args:
            numbers: Classes of the best path.
        """
        chosen = self._classes.ideograph[list(numbers)]
        if not chosen.any():
            return 0.0
        scores = np.maximum(-self.surprises(numbers)[chosen], _STRANGEST)
        weights = self._weights
        middle = (weights.foreign + weights.native) / 2
        fit = (float(scores.sum()) + weights.doubt * middle) / (len(scores) + weights.doubt)
        return min(1.0, max(0.0, (fit - weights.foreign) / (weights.native - weights.foreign)))

    def read(
        self, posteriors: decode.Posteriors, plain: Sequence[decode.Emission]
    ) -> list[decode.Emission]:
        """Read a line with the language.

        Args:
            posteriors: float32 (T, C), log-probabilities, blank = 0.
            plain: The best path.

        Returns:
            The characters; the best path itself where language changes nothing. Whatever is
            neither an ideograph nor a mark between ideographs nor in a Latin word is as there.
        """
        numbers = [emission.number for emission in plain]
        strength = self.strength(numbers)
        kinds = self._kinds(numbers, strength > 0)
        if all(kind is _Kind.FIXED for kind in kinds):
            return list(plain)
        frames = self._frames(posteriors, plain, kinds)
        if frames is None:
            return list(plain)
        prior = _Prior(self._ngram, self._trie, self._classes, self._weights, strength)
        found, _ = decode.best_labelling(frames, self._beam, prior)
        fixed = self._skeleton(numbers, kinds)
        # Where a doubtful character goes between two numbers, they would run into one.
        if found == numbers or self._skeleton(found, self._kinds(found, strength > 0)) != fixed:
            return list(plain)
        return decode.emissions(posteriors, decode.align(posteriors, found))

    def surprises(self, numbers: Sequence[int]) -> NDArray[np.float32]:
        """Return how unexpected each character is after those before it, float32 (N,), nats.

        Args:
            numbers: Classes of a line's characters. Spaces, and digits after the first of a
                number, are nought: the model knows them as nothing and as one token.
        """
        row = np.array(numbers, np.intp)
        known = self._classes
        inked = np.flatnonzero(~known.space[row])
        digit = known.digit[row[inked]]
        kept = inked[~(digit & np.append(False, digit[:-1]))]
        tokens = known.tokens[row[kept]]
        contexts = np.full((len(tokens), self._ngram.order - 1), NOTHING, np.int64)
        for back in range(1, self._ngram.order):
            contexts[back:, -back] = tokens[:-back]
        scores = self._ngram.scores(contexts, tokens[:, None])[:, 0]
        surprises = np.zeros(len(row), np.float32)
        surprises[kept] = -scores
        return surprises

    def _kinds(self, numbers: Sequence[int], chinese: bool) -> list[_Kind]:
        """Say of each character of the best path whether language may look at it."""
        known = self._classes
        kinds = [_Kind.FIXED] * len(numbers)
        for start, end in self._words(numbers):
            kinds[start:end] = [_Kind.WORD] * (end - start)
        if not chinese:
            return kinds
        row = np.array(numbers, np.intp)
        sentence = known.ideograph[row] | known.full_width[row]
        numeral, measure = known.numeral[row], known.measure[row]
        after = self._after_count(numbers)[:-1]
        before = np.zeros(len(row), bool)
        ink = np.flatnonzero(~known.space[row])
        before[ink[:-1]] = (known.counts[row] | measure)[ink[1:]]
        fixed = known.sides[row] | (numeral & (after | before)) | (measure & after)
        fixed |= known.full_width[row] & after & before  # 8：30, 3，5 天
        for index in np.flatnonzero(sentence & ~fixed):
            kinds[index] = _Kind.CHINESE
        for index in np.flatnonzero(known.loose[row]):
            beside = sentence[max(0, index - 1) : index + 2]
            if index and beside.sum() == len(beside) - 1:
                kinds[index] = _Kind.CHINESE
        return kinds

    def _after_count(self, numbers: Sequence[int]) -> NDArray[np.bool_]:
        """Say of each character, and of the line's end, whether what is before it counts.

        Spaces do not part a number from its measure: "3 次" is "3次"; nor does what a measure may
        begin with: "5 微克" counts as "5 克".
        """
        known = self._classes
        passed = known.space | known.between
        after = np.zeros(len(numbers) + 1, bool)
        for index, number in enumerate(numbers):
            after[index + 1] = after[index] if passed[number] else known.counts[number]
        return after

    @staticmethod
    def _skeleton(numbers: Sequence[int], kinds: Sequence[_Kind]) -> list[int | _Kind]:
        """Return what is fixed, and between it the kind of what is not, however long."""
        found: list[int | _Kind] = []
        for number, kind in zip(numbers, kinds, strict=True):
            if kind is _Kind.FIXED:
                found.append(number)
            elif found[-1:] != [kind]:
                found.append(kind)
        return found

    def _words(self, numbers: Sequence[int]) -> list[tuple[int, int]]:
        """Find runs of letters that are words: long, and no unit or id beside a number."""
        known = self._classes
        found = []
        for letters, group in itertools.groupby(
            range(len(numbers)), lambda index: bool(known.letter[numbers[index]])
        ):
            run = list(group)
            if letters and len(run) >= _WORD:
                before = _inked(numbers[: run[0]][::-1], known.space)
                after = _inked(numbers[run[-1] + 1 :], known.space)
                word = "".join(known.texts[numbers[index]] for index in run).casefold()
                beside = any(known.joins[number] for number in (*before, *after))
                if not beside and word not in self._words_known:
                    found.append((run[0], run[-1] + 1))
        return found

    def _frames(
        self,
        posteriors: decode.Posteriors,
        plain: Sequence[decode.Emission],
        kinds: Sequence[_Kind],
    ) -> list[decode.Frame] | None:
        """Say what may stand at each time step; None where only the best path may."""
        frames: list[decode.Frame] = []
        choice = False
        numbers = [emission.number for emission in plain]
        after_count = self._after_count(numbers)
        at = 0  # the character that stands at a step, or comes next
        likely = decode.likely(posteriors, self._beam)
        for step, row in enumerate(posteriors):
            while at < len(plain) and plain[at].end <= step:
                at += 1
            here = at < len(plain) and plain[at].start <= step
            best = plain[at].number if here else BLANK
            if here and (kinds[at] is _Kind.FIXED or plain[at].confidence > self._weights.sure):
                frames.append(decode.Frame(row, np.array([best]), best))
                continue
            left = kinds[at - 1] if at else None
            right = kinds[at + here] if at + here < len(plain) else None
            allowed = self._allowed(kinds[at] if here else None, left, right)
            tried = likely[step]
            if allowed is self._classes.free_or_mark and self._holds_stop(row):
                row = self._shared(row)  # noqa: PLW2901 - the same step, weighed anew
                (tried,) = decode.likely(row[None], self._beam)
            may = allowed[tried]
            if after_count[at]:
                may &= ~self._classes.measure[tried]  # would make an amount of it
            if not here:
                may &= ~self._classes.negation[tried]
            elif self._classes.negation[best]:
                row = row.copy()  # noqa: PLW2901 - the same step, hardly to be left empty
                row[BLANK] = row.min()
            if self._classes.opposites[tried].any():
                may &= ~self._opposed(tried, numbers[max(0, at - 1) : at + here + 1])
            tried = tried[may | (tried == best)]
            choice |= bool((tried != best).any()) or (here and row[BLANK] > _SURE)
            frames.append(decode.Frame(row, tried))
        return frames if choice else None

    def _allowed(
        self, own: _Kind | None, left: _Kind | None, right: _Kind | None
    ) -> NDArray[np.bool_]:
        """Return which classes may stand somewhere beside what the best path has there.

        Args:
            own: Kind of the character that the best path has there, None for a blank.
            left: Kind of the character before, None at the start of the line.
            right: Kind of the character after, None at its end.
        """
        around = {left, right} - {None}
        if own is _Kind.WORD or (own is None and around == {_Kind.WORD}):
            return self._classes.letter
        if own is None and _Kind.CHINESE not in around:
            return self._classes.none
        if around <= {_Kind.CHINESE}:
            return self._classes.free_or_mark
        return self._classes.free

    def _opposed(self, tried: NDArray[np.intp], near: Sequence[int]) -> NDArray[np.bool_]:
        """Say which classes would turn round what one of the characters near says."""
        groups = self._classes.opposites[list(near)]
        return np.isin(self._classes.opposites[tried], groups[groups > 0]) & ~np.isin(tried, near)

    def _holds_stop(self, row: NDArray[np.float32]) -> bool:
        return any(row[half] > _SURE for half, _ in self._classes.stops)

    def _shared(self, row: NDArray[np.float32]) -> NDArray[np.float32]:
        """Give full-width marks a part of what a half-width sign between ideographs has."""
        row = row.copy()
        for half, full in self._classes.stops:
            if row[half] > _SURE:
                row[full] = np.logaddexp(row[full], row[half] + math.log(self._weights.shared))
        return row


State: TypeAlias = tuple[tuple[int, ...], int]
"""The last tokens of a labelling, and its node in the trie of terms."""


class _Prior:
    """The language's score of one line; a :class:`decode.Prior`."""

    def __init__(
        self,
        ngram: Ngram,
        trie: Trie | None,
        classes: LanguageClasses,
        weights: Weights,
        strength: float,
    ) -> None:
        self._ngram, self._trie, self._classes = ngram, trie, classes
        self._weights, self._strength = weights, strength
        self.start: State = ((NOTHING,) * (ngram.order - 1), 0)

    def scores(self, states: Sequence[State], classes: NDArray[np.intp]) -> NDArray[np.float32]:
        """Score the next character; see :class:`decode.Prior`."""
        known, weights = self._classes, self._weights
        contexts = np.array([context for context, _ in states], np.int64)
        scores = self._ngram.scores(contexts, known.tokens[classes])
        letters, marks = known.letter[classes], known.full_width[classes]
        chinese = weights.language * scores + weights.bonus + weights.stop * marks
        if self._trie is not None and weights.term:
            for column, number in enumerate(classes):
                for row, (_, node) in enumerate(states):
                    after = self._step(node, number)
                    chinese[row, column] += weights.term * (after > 0 and self._trie.ends(after))
        words = weights.word * scores + weights.word_bonus
        return np.where(letters, words, self._strength * chinese).astype(np.float32)

    def follow(self, state: State, number: int) -> State:
        """Return the state after one more class."""
        known = self._classes
        if known.space[number]:
            return state
        context, node = state
        token = int(known.tokens[number])
        # A number is one token to the model, however many digits it has.
        if not (known.digit[number] and context[-1] == token):
            context = (*context[1:], token)
        return context, self._step(node, number)

    def _step(self, node: int, number: int) -> int:
        """Go on in the trie, or begin anew; 0 where no term begins so."""
        if self._trie is None or not self._classes.ideograph[number]:
            return 0
        text = self._classes.texts[number]
        after = self._trie.step(node, text)
        return max(0, self._trie.step(0, text) if after < 0 else after)


def _inked(numbers: Sequence[int], space: NDArray[np.bool_]) -> Sequence[int]:
    """Return the first character that is no space, as a sequence of none or one."""
    return next(([number] for number in numbers if not space[number]), [])
