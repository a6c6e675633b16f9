"""Fit how likely a character is right, and show how well it is told.

    python -m desktop_ocr.training.calibrate MODEL LABELS.tsv --data DATA --latin-hands FONTS
                                             [--figure docs/images/confidence.svg]

The logistic model of :mod:`desktop_ocr.engine.recognize.calibration` learns from labelled lines and
from drawn ones that training never sees, each read with and without language and second reader.
Its figures are cross-validated over the labelled lines: what judges a line never saw it. Beside
them stand the raw posteriors and PP-OCRv6's own confidence in its own reading. A character that is
not there cannot be marked and does not count.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.recognize import decode, prepare
from desktop_ocr.engine.recognize.calibration import FEATURES, Calibration
from desktop_ocr.engine.recognize.decode import Emission
from desktop_ocr.engine.recognize.judge import Aids
from desktop_ocr.engine.recognize.reader import Recognizer, is_blank
from desktop_ocr.engine.recognize.second import SecondReader
from desktop_ocr.training import measure
from desktop_ocr.training.evaluate import open_crop, read_labels

SEED = 90_200
"""Of the drawn lines."""
MARKED = 0.05
FOLDS = 5
_RIDGE = 3.0
_DRAWN, _OTHERWISE = 0.3, 0.3
"""Weights of a drawn line, and of readings with other aids than the usual ones."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The characters of one line, spaces left out.

    Attributes:
        features: float32 (N, F).
        raw: float64 (N,), confidence before calibration.
        right: bool (N,), whether the character is what stands there.
        weight: How much the line counts in fitting.
    """

    features: NDArray[np.float32]
    raw: NDArray[np.float64]
    right: NDArray[np.bool_]
    weight: float


def right_ones(label: str, characters: Sequence[str]) -> list[bool]:
    """Say which characters of a reading stand in the label, by the fewest edits.

    Widths (NFKC), cases and spaces do not count.
    """
    label = measure.normal(label).casefold()
    places = [
        (index, sign)
        for index, text in enumerate(characters)
        for sign in measure.normal(text).casefold()
    ]
    right = [True] * len(characters)
    matched = {
        b
        for a, b in measure.align(label, [sign for _, sign in places])
        if a is not None and b is not None and label[a] == places[b][1]
    }
    for place, (index, _) in enumerate(places):
        right[index] &= place in matched
    return right


class Collector:
    """Reads labelled crops and keeps what calibration weighs."""

    def __init__(self, model: Path | None) -> None:
        """Open a model."""
        self.recognizer = Recognizer(model, threads=1)
        self._second = SecondReader(self.recognizer.charset)

    def sample(self, crop: NDArray[np.uint8], label: str, aids: Aids, weight: float) -> Sample:
        """Read a line and judge its characters."""
        judge = self.recognizer.judge
        posteriors = self.recognizer.posteriors(crop)
        plain = decode.greedy(posteriors)
        emissions, witness = judge.weigh(prepare.scale(crop), posteriors, plain, aids)
        features = judge.features(emissions, posteriors, witness)
        return self._kept(emissions, label, features, weight)

    def peer(self, crop: NDArray[np.uint8], label: str) -> Sample:
        """Judge PP-OCRv6's own reading by its own confidence."""
        emissions = self._second.view(prepare.scale(crop)).emissions
        features = np.zeros((len(emissions), len(FEATURES)), np.float32)
        return self._kept(emissions, label, features, 0.0)

    def _kept(
        self,
        emissions: Sequence[Emission],
        label: str,
        features: NDArray[np.float32],
        weight: float,
    ) -> Sample:
        texts = [self.recognizer.charset[emission.number] for emission in emissions]
        kept = [index for index, text in enumerate(texts) if not text.isspace()]
        right = np.array(right_ones(label, texts), bool)[kept]
        raw = np.array([emissions[index].confidence for index in kept])
        return Sample(features[kept], raw, right, weight)


def fit(samples: Iterable[Sample]) -> Calibration:
    """Fit the logistic model by Newton's method with a ridge on standardised features."""
    lines = [sample for sample in samples if len(sample.right)]
    x = np.concatenate([sample.features for sample in lines]).astype(np.float64)
    y = np.concatenate([sample.right for sample in lines]).astype(np.float64)
    w = np.concatenate([np.full(len(sample.right), sample.weight) for sample in lines])
    mean, scale = x.mean(0), np.maximum(x.std(0), 1e-6)
    z = np.column_stack(((x - mean) / scale, np.ones(len(x))))
    ridge = np.append(np.full(x.shape[1], _RIDGE), 0.0)
    beta = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(z @ beta, -30, 30)))
        slope = z.T @ (w * (p - y)) + ridge * beta
        curve = (z * (w * p * (1 - p) + 1e-9)[:, None]).T @ z + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        beta -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    weights = beta[:-1] / scale
    return Calibration(weights, float(beta[-1] - mean @ weights))


def cross_validated(labelled: Sequence[Sequence[Sample]], others: Sequence[Sample]) -> list[Any]:
    """Return each labelled line's confidences by a model that never saw it.

    Args:
        labelled: The samples of each line; the first with the usual aids.
        others: Drawn lines, which every model learns from.
    """
    order = list(range(len(labelled)))
    random.Random(0).shuffle(order)
    found: list[Any] = [None] * len(labelled)
    for fold in range(FOLDS):
        out = set(order[fold::FOLDS])
        kept = itertools.chain.from_iterable(
            samples for index, samples in enumerate(labelled) if index not in out
        )
        model = fit([*kept, *others])
        for index in out:
            found[index] = model(labelled[index][0].features)
    return found


def caught(shares: NDArray[np.float64], right: NDArray[np.bool_], marked: float) -> float:
    """Return the share of wrong characters among the ``marked`` least sure ones (0–1)."""
    count = round(marked * len(shares))
    worst = np.argsort(shares, kind="stable")[:count]
    return float((~right[worst]).sum() / max(1, (~right).sum()))


def bins(
    shares: NDArray[np.float64], right: NDArray[np.bool_], count: int = 15
) -> list[tuple[float, float, float]]:
    """Return (share of characters, mean confidence, share right) of bins of equal width."""
    numbers = np.minimum((shares * count).astype(int), count - 1)
    return [
        (float(here.mean()), float(shares[here].mean()), float(right[here].mean()))
        for number in range(count)
        if (here := numbers == number).any()
    ]


def calibration_error(shares: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error, 0–1, over 15 bins (Guo and others, 2017)."""
    return sum(size * abs(sure - true) for size, sure, true in bins(shares, right))


@dataclass(frozen=True, slots=True)
class Told:
    """Confidences of one reader over all labelled lines."""

    name: str
    shares: NDArray[np.float64]
    right: NDArray[np.bool_]

    def row(self) -> str:
        """Return a row of the table."""
        cells = [
            self.name,
            f"{100 * (~self.right).mean():.2f}",
            *(f"{100 * caught(self.shares, self.right, m):.0f}" for m in (MARKED, 0.1, 0.2)),
            f"{100 * calibration_error(self.shares, self.right):.2f}",
        ]
        return "| " + " | ".join(cells) + " |"


def plot(told: Sequence[Told], output: Path) -> None:
    """Draw reliability and the share of errors caught over the share marked."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.plot((0, 1), (0, 1), color="#888888", linewidth=0.8)
    shares = np.linspace(0, 0.3, 61)
    for one, style, colour in zip(told, ("-", "--", ":"), ("#0072b2", "#009e73", "#d55e00"),
                                  strict=True):  # fmt: skip
        points = bins(one.shares, one.right, 10)
        left.plot([p[1] for p in points], [p[2] for p in points], style, marker="o",
                  color=colour, label=one.name)  # fmt: skip
        right.plot(100 * shares, [100 * caught(one.shares, one.right, s) for s in shares], style,
                   color=colour, label=one.name)  # fmt: skip
    left.set(xlabel="confidence", ylabel="share right", title="Reliability")
    right.set(xlabel="characters marked, %", ylabel="wrong ones among them, %",
              title="Errors caught", ylim=(0, 100))  # fmt: skip
    left.legend()
    right.legend()
    figure.savefig(output, metadata={"Date": None} if output.suffix == ".svg" else None)


def _drawn(data: Path, latin_hands: Path, count: int) -> Iterator[tuple[Any, str]]:
    from desktop_ocr.training.held_out import HeldOut
    from desktop_ocr.training.lines import Sources
    from desktop_ocr.training.text import Mix

    for place, mix in enumerate((Mix.GENERAL, Mix.VALUES)):
        lines = HeldOut(Sources(data, latin_hands, mix)).lines(SEED + place)
        for line in itertools.islice(lines, count // 2):
            yield line.picture, line.text


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print the table, write model.json."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("model", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--latin-hands", type=Path, required=True)
    parser.add_argument("--lines", type=int, default=1000, help="drawn lines")
    parser.add_argument("--figure", type=Path)
    given = parser.parse_args(arguments)
    from desktop_ocr.training.export import describe

    collector = Collector(given.model)
    usual = Aids()
    every = [usual, *(Aids(a, b) for a in (True, False) for b in (True, False) if not (a and b))]
    labelled, peers, groups = [], [], []
    for row in read_labels(given.labels):
        crop = open_crop(row.path)
        if is_blank(prepare.scale(crop)):
            continue
        labelled.append([
            collector.sample(crop, row.text, aids, 1.0 if aids == usual else _OTHERWISE)
            for aids in every
        ])  # fmt: skip
        peers.append(collector.peer(crop, row.text))
        groups += [row.group] * len(labelled[-1][0].right)
    drawn = [
        collector.sample(crop, label, aids, _DRAWN * (1.0 if aids == usual else _OTHERWISE))
        for crop, label in _drawn(given.data, given.latin_hands, given.lines)
        if not is_blank(prepare.scale(crop))
        for aids in every
    ]
    right = np.concatenate([samples[0].right for samples in labelled])
    shares = np.concatenate(cross_validated(labelled, drawn))
    told = [
        Told("calibrated", shares, right),
        Told("raw posteriors", np.concatenate([s[0].raw for s in labelled]), right),
        Told("PP-OCRv6, raw", np.concatenate([p.raw for p in peers]),
             np.concatenate([p.right for p in peers])),
    ]  # fmt: skip
    print("| | wrong, % | caught at 5 %, % | at 10 % | at 20 % | ECE, % |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for one in told:
        print(one.row())
    for group in sorted(set(groups)):
        here = np.array([name == group for name in groups])
        print(Told(group, shares[here], right[here]).row())
    described = fit([*itertools.chain.from_iterable(labelled), *drawn]).description()
    figures = {
        "labelled": {
            "caught_at_5_percent": round(caught(shares, right, MARKED), 4),
            "expected_calibration_error": round(calibration_error(shares, right), 5),
        }
    }
    describe(given.model, calibration=described | figures)
    if given.figure:
        plot(told, given.figure)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
