"""Count a character n-gram from running text.

    python -m desktop_ocr.training.ngram --data DATA --output FILE.safetensors

Interpolated Kneser-Ney smoothing (Kneser and Ney 1995) with the three discounts of Chen and Goodman
(An Empirical Study of Smoothing Techniques for Language Modeling, 1998), stored in back-off form.
Numbers are one token. Lines that :func:`held_out` names are left out: they measure.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.correct.lexicon import load_lexicon
from desktop_ocr.engine.recognize.language import BITS, FORMAT, NOTHING, NUMBER, SCALE, token_text
from desktop_ocr.training.classes import our_charset

ORDER = 4
LEAST = {2: 1, 3: 2, 4: 2}
"""Fewest times an n-gram of each order must have been seen to be kept."""
GAIN = 1.5
"""Nats that an n-gram must be worth over all its occurrences."""
_HELD_OUT = 50
_WEIGHT = 5
"""A term of the lexicons counts as if it had been read so often."""


def held_out(line: str) -> bool:
    """Say whether a line of text is kept for measuring, one of fifty, by its check sum."""
    return zlib.crc32(line.strip().encode()) % _HELD_OUT == 0


def texts(data: Path) -> Iterator[str]:
    """Yield the lines to count: those of ``text/``, without what is held out, and terms."""
    for path in sorted((data / "text").glob("*.txt")):
        with path.open(encoding="utf-8") as file:
            yield from (line for line in file if not held_out(line))
    for term in load_lexicon(data / "no lists of a user").terms:
        yield from [term.text] * _WEIGHT


def tokens_of(line: str) -> list[str]:
    """Return a line as the model sees it: numbers are one token, spaces none."""
    plain = [token_text(character) for character in line if not character.isspace()]
    collapsed: list[str] = []
    for token, run in groupby(plain):
        collapsed += [token] if token == NUMBER else list(run)
    return collapsed


def count(
    lines: Iterator[str], vocabulary: Sequence[str]
) -> tuple[dict[int, NDArray[np.uint64]], dict[int, NDArray[np.int64]]]:
    """Count n-grams of all orders.

    Args:
        lines: Running text.
        vocabulary: Texts of tokens 1, 2, …; others end an n-gram.

    Returns:
        By order: packed keys uint64, ascending, and how often each was seen.
    """
    numbers = {text: number for number, text in enumerate(vocabulary, 1)}
    stream: list[int] = []
    for line in lines:
        stream += [numbers.get(token, NOTHING) for token in tokens_of(line)]
        stream += [NOTHING] * (ORDER - 1)
    tokens = np.array(stream, np.uint64)
    keys, counts = {}, {}
    for order in range(1, ORDER + 1):
        windows = np.zeros(len(tokens) - order + 1, np.uint64)
        whole = np.ones(len(windows), bool)
        for place in range(order):
            part = tokens[place : place + len(windows)]
            windows = (windows << np.uint64(BITS)) | part
            whole &= part != NOTHING
        keys[order], counts[order] = np.unique(windows[whole], return_counts=True)
    return keys, counts


def smoothed(
    keys: dict[int, NDArray[np.uint64]],
    counts: dict[int, NDArray[np.int64]],
    size: int,
    least: dict[int, int],
    gain: float,
) -> dict[str, NDArray[np.uint8] | NDArray[np.uint64]]:
    """Turn counts into tables.

    N-grams that are rarer than ``least``, or that say hardly more than the shorter ones, are left
    out (the weighted difference of Seymore and Rosenfeld, Scalable Backoff Language Models, 1996);
    contexts of those that are kept stay.

    Args:
        keys: Of :func:`count`.
        counts: Of :func:`count`.
        size: Tokens of the vocabulary.
        least: Fewest times for each order.
        gain: Least number of nats, over all its occurrences, by which an n-gram of three tokens
            or more makes the text likelier.

    Returns:
        ``logs1`` and ``backs1`` (size,), then for each order ``keys``, ``logs`` and, but for the
        longest, ``backs``: what :class:`~desktop_ocr.engine.recognize.language.Ngram` reads.
    """
    kinds = {order: _kinds(keys, counts, order) for order in keys}
    # Every token can come, those never seen as often as what the discount leaves.
    discount, *_ = _discounts(kinds[1])
    total = kinds[1].sum()
    single = np.full(size + 1, discount * len(kinds[1]) / total / size)
    single[keys[1].astype(np.int64)] += (kinds[1] - discount) / total
    kept = {order: counts[order] >= times for order, times in least.items()}
    gains = {}
    lower_keys, lower = np.arange(size + 1, dtype=np.uint64), single
    for order in sorted(least):
        level = _Level.of(order, keys[order], kinds[order], kept[order], lower_keys, lower)
        gains[order] = counts[order] * np.log(level.probability / level.without)
        lower_keys, lower = keys[order], level.probability
    for order in sorted(least, reverse=True):
        if order > 2:
            kept[order] &= gains[order] >= gain
        if order + 1 in kept:
            contexts = np.unique(keys[order + 1][kept[order + 1]] >> np.uint64(BITS))
            kept[order][np.searchsorted(keys[order], contexts)] = True
    tables: dict[str, NDArray[np.uint8] | NDArray[np.uint64]] = {"logs1": _bytes(single[1:])}
    lower_keys, lower = np.arange(size + 1, dtype=np.uint64), single
    shorter = np.arange(1, size + 1, dtype=np.uint64)
    for order in sorted(least):
        level = _Level.of(order, keys[order], kinds[order], kept[order], lower_keys, lower)
        tables[f"backs{order - 1}"] = _bytes(level.back_offs(shorter))
        lower_keys, lower = keys[order], level.probability
        shorter = keys[order][kept[order]]
        tables[f"keys{order}"] = shorter
        tables[f"logs{order}"] = _bytes(level.probability[kept[order]])
    return tables


@dataclass(frozen=True, slots=True)
class _Level:
    """The n-grams of one order with their probabilities.

    Attributes:
        heads: Packed contexts, ascending.
        rest: What each context leaves to the shorter n-grams.
        probability: Of each n-gram.
        without: The same if it were not known itself.
    """

    heads: NDArray[np.uint64]
    rest: NDArray[np.float64]
    probability: NDArray[np.float64]
    without: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        order: int,
        grams: NDArray[np.uint64],
        number: NDArray[np.int64],
        kept: NDArray[np.bool_],
        lower_keys: NDArray[np.uint64],
        lower: NDArray[np.float64],
    ) -> _Level:
        """Interpolate an order with the one below; what is not kept counts to the rest."""
        contexts = grams >> np.uint64(BITS)
        edges = np.concatenate(([0], np.flatnonzero(np.diff(contexts)) + 1))
        sizes = np.diff(np.append(edges, len(grams)))
        sums = np.add.reduceat(number, edges).astype(np.float64)
        off = np.array((0.0, *_discounts(number)))[np.minimum(number, 3)]
        share = np.maximum(number - off, 0.0) * kept
        rest = 1.0 - np.add.reduceat(share, edges) / sums
        shorter = grams & _last(order - 1)
        without = np.repeat(rest, sizes) * lower[np.searchsorted(lower_keys, shorter)]
        return cls(contexts[edges], rest, share / np.repeat(sums, sizes) + without, without)

    def back_offs(self, contexts: NDArray[np.uint64]) -> NDArray[np.float64]:
        """Return the weights of contexts, 1 for those that were never met."""
        places = np.minimum(np.searchsorted(self.heads, contexts), len(self.heads) - 1)
        return np.where(self.heads[places] == contexts, self.rest[places], 1.0)


def _last(order: int) -> np.uint64:
    """Return the mask of a packed key's last tokens."""
    return np.uint64((1 << (BITS * order)) - 1)


def _kinds(
    keys: dict[int, NDArray[np.uint64]], counts: dict[int, NDArray[np.int64]], order: int
) -> NDArray[np.int64]:
    """Return what an order is weighed by.

    The longest counts; others by the kinds of tokens that come before them (continuation counts of
    Kneser and Ney), at least one.
    """
    if order == max(keys):
        return counts[order]
    tails = keys[order + 1] & _last(order)
    found, number = np.unique(tails, return_counts=True)
    result = np.ones(len(keys[order]), np.int64)
    result[np.searchsorted(keys[order], found)] = number
    return result


def _discounts(number: NDArray[np.int64]) -> tuple[float, float, float]:
    """Return Chen and Goodman's discounts for what was seen once, twice and more often.

    Where a corpus is too small to tell, they don't fall: something must be left to what is new.
    """
    n1, n2, n3, n4 = (max(1, int((number == times).sum())) for times in range(1, 5))
    share = n1 / (n1 + 2 * n2)
    once = 1 - 2 * share * n2 / n1
    twice = min(2.0, max(once, 2 - 3 * share * n3 / n2))
    return once, twice, min(3.0, max(twice, 3 - 4 * share * n4 / n3))


def _bytes(probability: NDArray[np.float64]) -> NDArray[np.uint8]:
    logs = -np.log(np.clip(probability, 1e-9, 1.0)) * SCALE
    return np.clip(np.rint(logs), 0, 255).astype(np.uint8)


def main(arguments: Sequence[str] | None = None) -> int:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder with text/")
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args(arguments)
    from safetensors.numpy import save_file

    vocabulary = sorted({token for text in our_charset().classes if (token := token_text(text))})
    keys, counts = count(texts(given.data), vocabulary)
    tables = smoothed(keys, counts, len(vocabulary), LEAST, GAIN)
    about = {"format": FORMAT, "order": ORDER, "vocabulary": vocabulary}
    given.output.parent.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: np.ascontiguousarray(table) for name, table in tables.items()},
        given.output,
        {"about": json.dumps(about, ensure_ascii=False)},
    )
    for name, table in tables.items():
        print(name, len(table))
    print(f"{given.output.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
