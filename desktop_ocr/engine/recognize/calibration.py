"""How likely a character is right, from all that is known about it.

A logistic model over the posterior, its margin, what language changed and finds strange, the second
reader's view and the kind of character; fitted by :mod:`desktop_ocr.training.calibrate`, stored in
model.json. Platt, Probabilistic Outputs for Support Vector Machines, 1999.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.classes import is_ideograph
from desktop_ocr.engine.recognize.decode import Emission, Posteriors
from desktop_ocr.engine.recognize.second import SecondView
from desktop_ocr.errors import ModelError

FEATURES = (
    "logit low", "logit middle", "logit high", "runner-up", "as plain", "strangeness",
    "strangeness of the next", "reads like language", "ideograph", "digit", "letter",
    "logit of ideograph", "logit of letter", "worst neighbour", "line", "time steps",
    "characters", "second asked", "second high", "second low", "second's other",
    "second of ideograph", "second of letter",
)  # fmt: skip
_STRANGEST = 14.0
_LEAST = 1e-5
_UNKNOWN = -3.0
"""What a second reader that lacks a class is taken to think of it."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What is known of a line beside the recogniser's posteriors.

    Attributes:
        plain: The best path.
        surprises: float32 (N,), nats, how unexpected each character is to the language; None
            where language was not asked.
        strength: How much the line reads like language, 0–1.
        second: The second reader's view, None where it was not asked.
    """

    plain: Sequence[Emission]
    surprises: NDArray[np.float32] | None = None
    strength: float = 0.0
    second: SecondView | None = None


class Twins:
    """Classes that are one character to a reader of the page: （ and (, µ and μ (NFKC)."""

    def __init__(self, charset: Charset) -> None:
        """Group the classes."""
        plain = [unicodedata.normalize("NFKC", text) for text in charset.classes]
        groups: dict[str, list[int]] = {}
        for number, text in enumerate(plain):
            groups.setdefault(text, []).append(number)
        self._groups = [np.array(groups[text], np.intp) for text in plain]

    def of(self, number: int) -> NDArray[np.intp]:
        """Return all classes that read like a class, itself included."""
        return self._groups[number]

    def same(self, one: int, other: int) -> bool:
        """Say whether two classes are one character."""
        return bool((self._groups[one] == other).any())

    def confidence(self, emission: Emission) -> float:
        """Return the posterior of a character in any of its forms, 0–1."""
        twins = sum(share for number, share in emission.alternatives
                    if self.same(emission.number, number))  # fmt: skip
        return min(1.0, emission.confidence + twins)


class Evidence:
    """Turns a line into numbers for the logistic model."""

    def __init__(self, charset: Charset, twins: Twins) -> None:
        """Look at the classes once."""
        self._twins = twins
        texts = charset.classes
        self._ideograph = np.array([is_ideograph(text) for text in texts])
        self._digit = np.array([len(text) == 1 and text.isdigit() for text in texts])
        self._letter = np.array([text.isascii() and text.isalpha() for text in texts])

    def features(
        self, emissions: Sequence[Emission], posteriors: Posteriors, witness: Witness
    ) -> NDArray[np.float32]:
        """Return what speaks for and against each character.

        Args:
            emissions: The characters.
            posteriors: float32 (T, C), log-probabilities, blank = 0.
            witness: What else is known.

        Returns:
            float32 (len(emissions), len(FEATURES)).
        """
        shares = np.array([self._twins.confidence(emission) for emission in emissions])
        shares = np.clip(shares, 1e-6, 1 - 1e-6)
        logs, logits = np.log(shares), np.log(shares / (1 - shares))
        rows = []
        for index, emission in enumerate(emissions):
            number, logit = emission.number, logits[index]
            ideograph, letter = self._ideograph[number], self._letter[number]
            others = [s for n, s in emission.alternatives if not self._twins.same(number, n)]
            following = index + 1 < len(emissions)
            asked, high, low, other = self._second(emission, witness.second)
            rows.append((
                np.clip(logit, -9, 2), np.clip(logit - 2, 0, 3), np.clip(logit - 5, 0, 9),
                np.log(max([1e-4, *others[:1]])),
                any(
                    plain.number == number
                    and plain.start < emission.end
                    and emission.start < plain.end
                    for plain in witness.plain
                ),
                self._strange(witness, emissions, index) * witness.strength,
                self._strange(witness, emissions, index + 1) * witness.strength if following else 0,
                witness.strength, ideograph, self._digit[number], letter,
                ideograph * logit, letter * logit,
                logs[max(0, index - 1) : index + 2].min(), logs.mean(),
                min(emission.end - emission.start, 8), min(20, len(emissions)) / 20,
                asked, high, low, other, ideograph * (high + low), letter * (high + low),
            ))  # fmt: skip
        return np.array(rows, np.float32).reshape(-1, len(FEATURES))

    def _strange(self, witness: Witness, emissions: Sequence[Emission], index: int) -> float:
        if witness.surprises is None or not self._ideograph[emissions[index].number]:
            return 0.0
        return min(_STRANGEST, float(witness.surprises[index]))

    def _second(
        self, emission: Emission, second: SecondView | None
    ) -> tuple[float, float, float, float]:
        """Return whether the second reader was asked and what it thinks.

        That is the log-probability of a character in two pieces, and of its own best other one.
        """
        if second is None:
            return 0.0, 0.0, 0.0, 0.0
        twins = self._twins.of(emission.number)
        around = second.posteriors[max(0, emission.start - 1) : emission.end + 1]
        share = float(np.exp(around[:, twins]).sum(axis=1).max())
        known = around[:, twins].max() > np.log(2e-9)
        log = np.log(share + _LEAST) if known else _UNKNOWN
        here = second.posteriors[emission.start : emission.end].copy()
        here[:, twins] = here[:, 0] = -9.0
        return 1.0, max(log, -3.0), min(log + 3.0, 0.0), max(-9.0, float(here.max()))


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fitted model.

    Attributes:
        weights: float64 (F,), of the features.
        bias: Logit where all features are nought.
    """

    weights: NDArray[np.float64]
    bias: float

    @classmethod
    def from_description(cls, described: Mapping[str, Any]) -> Calibration | None:
        """Read what model.json says; None where there is none for these features.

        Raises:
            ModelError: It is damaged.
        """
        try:
            if tuple(described.get("features", ())) != FEATURES:
                return None
            weights, bias = np.array(described["weights"], np.float64), float(described["bias"])
            if weights.shape != (len(FEATURES),) or not np.isfinite([*weights, bias]).all():
                raise ValueError("not a weight for each feature")
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ModelError(
                "The description of the recognition model is damaged: install the program again."
            ) from error
        return cls(weights, bias)

    def description(self) -> dict[str, Any]:
        """Return what model.json says of it."""
        return {
            "features": list(FEATURES),
            "weights": [round(float(weight), 5) for weight in self.weights],
            "bias": round(self.bias, 5),
        }

    @property
    def digest(self) -> str:
        """A name for the weights: other weights, other digest (hexadecimal)."""
        return hashlib.sha256(repr(self.description()).encode()).hexdigest()[:8]

    def __call__(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probability that each character is right, float64 (N,), 0–1.

        Args:
            features: float32 (N, F), of :meth:`Evidence.features`.
        """
        logits = features.astype(np.float64) @ self.weights + self.bias
        return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
