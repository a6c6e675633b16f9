"""Character error rate and exact lines of a recogniser on labelled lines, by set.

A label file has a header and the columns ``set``, ``file``, ``text``, separated by tabs without
quoting; files are relative to the label file's folder. No torch here: the command line uses it.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.recognize.judge import PLAIN, Aids
from desktop_ocr.engine.recognize.readings import LineReading
from desktop_ocr.errors import FileNotReadableError, FormatError
from desktop_ocr.training import measure

_COLUMNS = {"set", "file", "text"}


class Reads(Protocol):
    """What is evaluated: ``Recognizer`` or anything that reads like it."""

    def read(
        self,
        crops: Sequence[NDArray[np.uint8]],
        aids: Aids,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[tuple[int, LineReading]]:
        """Yield (index, reading) of each crop."""
        ...


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled line.

    Attributes:
        group: Name of its set.
        path: The picture.
        text: What it says.
    """

    group: str
    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class SetResult:
    """How one set was read.

    Attributes:
        group: Name of the set.
        lines: Number of lines.
        characters: Label characters, normalised.
        cer: Edits divided by label characters.
        exact: Share of lines without an edit, 0–1.
        interval: 95 % bootstrap interval of ``cer`` over lines, or None where not asked for.
    """

    group: str
    lines: int
    characters: int
    cer: float
    exact: float
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Results by set, and the time that reading took.

    Attributes:
        sets: Results in the order of the sets' names.
        readings: Text read for each label, in the labels' order.
        seconds: Reading alone, without opening pictures.
    """

    sets: tuple[SetResult, ...]
    readings: tuple[str, ...]
    seconds: float

    def table(self) -> str:
        """Return one line a set, as people read it."""
        rows = []
        for result in self.sets:
            row = (
                f"{result.group:24s} CER {100 * result.cer:6.2f} %   "
                f"exact lines {100 * result.exact:5.1f} %  "
                f"({round(result.exact * result.lines)}/{result.lines}, "
                f"{result.characters} characters)"
            )
            if result.interval is not None:
                low, high = (100 * bound for bound in result.interval)
                row += f"   95 % interval {low:.2f}–{high:.2f} %"
            rows.append(row)
        return "\n".join(rows)


def read_labels(path: Path) -> list[Label]:
    """Read a label file.

    Args:
        path: The file; see the module's text for its format.

    Raises:
        FileNotReadableError: It cannot be opened.
        FormatError: A column is missing or a row is broken.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if not set(reader.fieldnames or ()) >= _COLUMNS:
                raise FormatError(
                    "The label file must begin with a line of the column names set, file, text, "
                    "separated by tabs."
                )
            labels = []
            for number, row in enumerate(reader, 2):
                if any(row[name] is None for name in _COLUMNS):
                    raise FormatError(f"Row {number} of the label file lacks a column.")
                labels.append(Label(row["set"], path.parent / row["file"], row["text"]))
    except UnicodeDecodeError as error:
        raise FormatError("The label file must be UTF-8 text.") from error
    except OSError as error:
        raise FileNotReadableError(path) from error
    return labels


def open_crop(path: Path) -> NDArray[np.uint8]:
    """Open a picture of one line as uint8 (H, W, 3) BGR.

    Raises:
        FileNotReadableError: The picture is missing or broken.
    """
    import cv2

    try:
        data = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise FileNotReadableError(path) from error
    crop = cv2.imdecode(data, cv2.IMREAD_COLOR) if len(data) else None
    if crop is None:
        raise FileNotReadableError(path)
    return np.asarray(crop, np.uint8)


def summarize(
    pairs: Iterable[tuple[Label, str]],
    *,
    bootstrap: int = 0,
    seed: int = 0,
    ignore_case: bool = False,
) -> tuple[SetResult, ...]:
    """Score readings by set.

    Args:
        pairs: Each label with what was read.
        bootstrap: Resamplings for intervals, or 0 for none.
        seed: Seed of the resampling.
        ignore_case: Compare after case folding.
    """
    scores: dict[str, list[measure.LineScore]] = {}
    for label, text in pairs:
        scores.setdefault(label.group, []).append(
            measure.score(label.text, text, ignore_case=ignore_case)
        )
    return tuple(
        SetResult(
            group,
            len(lines),
            sum(line.characters for line in lines),
            measure.character_error_rate(lines),
            measure.exact_share(lines),
            measure.bootstrap_interval(lines, rounds=bootstrap, seed=seed) if bootstrap else None,
        )
        for group, lines in sorted(scores.items())
    )


def evaluate(
    labels: Path,
    recognizer: Reads,
    aids: Aids = PLAIN,
    *,
    bootstrap: int = 0,
    seed: int = 0,
    ignore_case: bool = False,
) -> Evaluation:
    """Read all labelled lines and score them.

    Args:
        labels: The label file.
        recognizer: Reads the lines.
        aids: What helps it; by default nothing.
        bootstrap: Resamplings for confidence intervals over lines, or 0 for none.
        seed: Seed of the resampling.
        ignore_case: Compare after case folding, for labels that are all capitals.

    Raises:
        FileNotReadableError: The label file or a picture cannot be opened.
        FormatError: The label file is not as it should be.
    """
    rows = read_labels(labels)
    crops = [open_crop(row.path) for row in rows]
    texts = [""] * len(rows)
    began = time.perf_counter()
    for index, reading in recognizer.read(crops, aids):
        texts[index] = reading.text
    seconds = time.perf_counter() - began
    pairs = zip(rows, texts, strict=True)
    results = summarize(pairs, bootstrap=bootstrap, seed=seed, ignore_case=ignore_case)
    return Evaluation(results, tuple(texts), seconds)


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate a model folder: ``python -m desktop_ocr.training.evaluate LABELS.tsv``."""
    import argparse

    from desktop_ocr.engine.recognize.judge import Aids
    from desktop_ocr.engine.recognize.reader import Recognizer

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--model", type=Path, help="folder of a model; default: the program's own")
    parser.add_argument("--language", action="store_true", help="language model and lexicons")
    parser.add_argument("--second-reader", action="store_true", help="PP-OCRv6 on doubtful lines")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--bootstrap", type=int, default=0, metavar="ROUNDS")
    parser.add_argument("--ignore-case", action="store_true")
    given = parser.parse_args(arguments)
    recognizer = Recognizer(given.model, threads=given.threads)
    found = evaluate(
        given.labels,
        recognizer,
        Aids(given.language, given.second_reader),
        bootstrap=given.bootstrap,
        ignore_case=given.ignore_case,
    )
    print(found.table())
    print(f"{1000 * found.seconds / max(1, len(found.readings)):.1f} ms a line")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
