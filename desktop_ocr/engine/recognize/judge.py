"""From posteriors to a reading: best path, language, second reader, calibrated confidence."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.correct.knowledge import Knowledge
from desktop_ocr.engine.correct.lexicon import Lexicon
from desktop_ocr.engine.recognize import decode, signs
from desktop_ocr.engine.recognize.calibration import Calibration, Evidence, Twins, Witness
from desktop_ocr.engine.recognize.decode import Emission, Posteriors
from desktop_ocr.engine.recognize.fusion import Language
from desktop_ocr.engine.recognize.language import Ngram
from desktop_ocr.engine.recognize.model_files import ModelFiles
from desktop_ocr.engine.recognize.prepare import WARD
from desktop_ocr.engine.recognize.readings import (
    EMPTY,
    CharReading,
    LineReading,
    Option,
    line_of,
    merged,
    place,
)
from desktop_ocr.engine.recognize.second import SecondReader, SecondView
from desktop_ocr.engine.recognize.signs import Signs
from desktop_ocr.paths import resource

LANGUAGE = "language/zh-4gram.safetensors"
LANGUAGE_VERSION = 2
"""Of the n-gram, its weights and the search; part of every cache key."""
_DOUBTFUL = 0.8
"""The second reader is asked about lines with a character below this (posterior, 0–1)."""
_CRITICAL = 0.9
"""The same for characters that carry a value or an id."""


@dataclass(frozen=True, slots=True)
class Aids:
    """What helps beside the recogniser.

    Attributes:
        language: The language model and the lexicons choose among what was seen.
        second: The second reader looks at doubtful and critical lines.
    """

    language: bool = True
    second: bool = True


PLAIN = Aids(language=False, second=False)
"""The recogniser alone."""


class Judge:
    """Reads posteriors; what it needs is loaded when it is first asked for. Thread-safe."""

    def __init__(self, model: ModelFiles, lexicon: Callable[[], Lexicon] | None = None) -> None:
        """Prepare for a model.

        Args:
            model: What made the posteriors.
            lexicon: Gives the terms that guide reading, asked for each line; None for those of
                program and user as they are when they are first needed.
        """
        self._charset, self._form = model.charset, model.form
        self._twins = Twins(model.charset)
        self._evidence = Evidence(model.charset, self._twins)
        self._calibration = Calibration.from_description(model.description.get("calibration", {}))
        self._signs = Signs(model.charset)
        self._second = SecondReader(model.charset)
        # Its time steps are those of our own form; with another it cannot be laid beside.
        self._comparable = model.form == WARD
        self._lexicon = lexicon or Knowledge().lexicon
        self._ngram: Ngram | None = None
        self._language: Language | None = None
        self._terms: Lexicon | None = None
        self._lock = threading.Lock()
        self._critical = np.array(
            [text.isascii() and not text.isspace() and text != "" for text in model.charset.classes]
        )

    def parameters(self, aids: Aids) -> dict[str, str | int | float]:
        """Return what readings depend on, for provenance and caches."""
        found: dict[str, str | int | float] = {
            "language": aids.language,
            "second": aids.second and self._comparable,
            "calibration": self._calibration.digest if self._calibration else "",
        }
        if aids.language:
            found |= {"language_version": LANGUAGE_VERSION, "lexicon": self._lexicon().digest}
        return found

    def read(
        self,
        pixels: NDArray[np.uint8],
        posteriors: Posteriors,
        aids: Aids,
        part: tuple[float, float] | None = None,
    ) -> LineReading:
        """Read a line.

        Args:
            pixels: uint8 (H, W, 3) BGR, as scaled for the recogniser.
            posteriors: float32 (T, C), log-probabilities, blank = 0; the padding's steps too.
            aids: What helps.
            part: First and last column of a narrow cell that has blank paper or another cell
                beside it; None to read the whole.

        Returns:
            The reading; places along the crop are those along its part.

        Raises:
            ModelError: The language model or the second reader is missing or damaged.
        """
        if not len(posteriors):
            return EMPTY
        steps = self._steps(part) if part else None
        if steps:
            posteriors = signs.only(posteriors, steps)
        plain = decode.greedy(posteriors)
        if part:
            weighed = self._signs.weighed(posteriors, plain)
            if weighed is not posteriors:
                posteriors, plain = weighed, decode.greedy(weighed)
        if not plain:
            return EMPTY
        emissions, witness = self.weigh(pixels, posteriors, plain, aids, steps)
        shares = self.confidences(emissions, posteriors, witness)
        stride, width = self._form.stride, pixels.shape[1]
        places = place(emissions, self._charset.classes, width / stride, self._form.height / stride)
        if part:
            first, last = part
            places = [
                (
                    text,
                    min(1.0, max(0.0, (start * width - first) / (last - first))),
                    min(1.0, max(0.0, (end * width - first) / (last - first))),
                )
                for text, start, end in places
            ]
        characters = [
            CharReading(text, start, end, float(share), self._alternatives(emission, witness))
            for emission, (text, start, end), share in zip(emissions, places, shares, strict=True)
        ]
        return line_of(
            characters,
            self._charset.decode([emission.number for emission in plain]),
            witness.second.text if witness.second else "",
        )

    def weigh(
        self,
        pixels: NDArray[np.uint8],
        posteriors: Posteriors,
        plain: Sequence[Emission],
        aids: Aids,
        steps: tuple[int, int] | None = None,
    ) -> tuple[Sequence[Emission], Witness]:
        """Decode a line and call the witnesses.

        Arguments as in :meth:`read`; only the given time steps are asked about.
        """
        emissions, surprises, strength = plain, None, 0.0
        if aids.language:
            language = self.language()
            emissions = language.read(posteriors, plain)
            surprises = language.surprises([emission.number for emission in emissions])
            strength = language.strength([emission.number for emission in plain])
        second = None
        # Lines that are read in windows are not asked about: its attention wants the whole line.
        able = self._comparable and pixels.shape[1] <= self._form.limit
        if aids.second and able and self._is_worth_asking(emissions):
            second = self._second.view(pixels)
            if steps:
                second = self._only(second, steps)
        return emissions, Witness(plain, surprises, strength, second)

    def confidences(
        self, emissions: Sequence[Emission], posteriors: Posteriors, witness: Witness
    ) -> NDArray[np.float64]:
        """Return the probability that each character is right, float64 (N,), 0–1."""
        if self._calibration is None or not emissions:
            return np.array([self._twins.confidence(emission) for emission in emissions])
        return self._calibration(self.features(emissions, posteriors, witness))

    def features(
        self, emissions: Sequence[Emission], posteriors: Posteriors, witness: Witness
    ) -> NDArray[np.float32]:
        """Return what calibration weighs; see :meth:`Evidence.features`."""
        return self._evidence.features(emissions, posteriors, witness)

    def language(self) -> Language:
        """Return the language with the terms of now; loads it.

        Raises:
            ModelError: Its file or the program's lists of terms are missing or damaged.
        """
        terms = self._lexicon()
        with self._lock:
            if self._ngram is None:
                self._ngram = Ngram(resource(LANGUAGE))
            if self._language is None or self._terms is not terms:
                self._language = Language(
                    self._ngram, self._charset, trie=terms.trie, words=terms.latin
                )
                self._terms = terms
            return self._language

    def _steps(self, part: tuple[float, float]) -> tuple[int, int]:
        """Return the first time step of a part with what is read beside it, and that after it."""
        beside = signs.BESIDE * self._form.height
        start, end = part[0] - beside, part[1] + beside
        return max(0, round(start / self._form.stride)), math.ceil(end / self._form.stride)

    def _only(self, view: SecondView, steps: tuple[int, int]) -> SecondView:
        """Return what the second reader saw at some of the time steps."""
        posteriors = signs.only(view.posteriors, steps)
        found = decode.greedy(posteriors)
        text = self._charset.decode([emission.number for emission in found]).strip()
        return SecondView(text, tuple(found), posteriors)

    def _is_worth_asking(self, emissions: Sequence[Emission]) -> bool:
        for emission in emissions:
            least = _CRITICAL if self._critical[emission.number] else _DOUBTFUL
            if self._twins.confidence(emission) < least:
                return True
        return False

    def _alternatives(self, emission: Emission, witness: Witness) -> tuple[Option, ...]:
        texts = self._charset.classes
        own = [Option(texts[number], share) for number, share in emission.alternatives]
        second = self._disagreement(emission, witness.second) if witness.second else None
        return merged(own, second)

    def _disagreement(self, emission: Emission, view: SecondView) -> Option | None:
        """Return what the second reader has where a character stands, None where it agrees."""
        around = [
            other
            for other in view.emissions
            if other.start < emission.end + 1 and emission.start - 1 < other.end
        ]
        if any(self._twins.same(emission.number, other.number) for other in around):
            return None
        here = [o for o in around if o.start < emission.end and emission.start < o.end] or around
        if not here:
            blank = float(np.exp(view.posteriors[emission.start : emission.end, 0].min()))
            return Option("", min(1.0, blank), "second")
        best = max(here, key=lambda other: other.confidence)
        return Option(self._charset.classes[best.number], best.confidence, "second")
