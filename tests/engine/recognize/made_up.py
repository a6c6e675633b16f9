"""Made-up posteriors: what a recogniser in doubt could have seen of a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.language import NOTHING

Posteriors = NDArray[np.float32]
_FLOOR = 1e-7


def of_shares(charset: Charset, steps: Sequence[Mapping[str, float]]) -> Posteriors:
    """Return log-probabilities of steps in which each named class has its share.

    Args:
        charset: The classes; "" is the blank.
        steps: Shares by the text of classes, at each time step; scaled to a sum of one.
    """
    shares = np.full((len(steps), len(charset)), _FLOOR)
    for row, step in zip(shares, steps, strict=True):
        for text, share in step.items():
            row[charset.number(text) or 0] += share
    shares /= shares.sum(axis=1, keepdims=True)
    return np.log(shares).astype(np.float32)


def sure(charset: Charset, text: str, doubts: Mapping[int, Mapping[str, float]]) -> Posteriors:
    """Return the posteriors of a text that is seen well but for some places.

    Args:
        charset: The classes.
        text: What stands there.
        doubts: Shares at the places of characters that are not sure.
    """
    steps: list[Mapping[str, float]] = [{"": 1.0}]
    for place, character in enumerate(text):
        steps += [doubts.get(place, {character: 1.0}), {"": 1.0}]
    return of_shares(charset, steps)


def in_doubt(charset: Charset, text: str, others: str, seed: int) -> Posteriors:
    """Return the posteriors of a text of which little is sure.

    Args:
        charset: The classes.
        text: What stands there; spaces too.
        others: What else may be seen at any place.
        seed: Of the noise.
    """
    rng = np.random.default_rng(seed)
    doubt = rng.uniform(0.0, 0.9)

    def step(text: str) -> dict[str, float]:
        wrong = rng.choice(list(others), 3)
        shares = rng.dirichlet([0.6] * 4) * (doubt if rng.random() < 0.7 else 0.01)
        found: dict[str, float] = {}
        for other, share in zip((*wrong, ""), shares, strict=True):
            found[str(other)] = found.get(str(other), 0.0) + float(share)
        found[text] = found.get(text, 0.0) + 1 - float(shares.sum())
        return found

    steps = [step("")]
    for character in text:
        steps += [step(character) for _ in range(rng.integers(1, 4))]
        steps += [step("") for _ in range(rng.integers(1, 3))]
    return of_shares(charset, steps)


def context_of(tokens: Sequence[int], order: int) -> tuple[int, ...]:
    """Return the last ``order - 1`` tokens, filled up with nothing at the front."""
    size = order - 1
    return (*([NOTHING] * (size - len(tokens))), *tokens[max(0, len(tokens) - size) :])
