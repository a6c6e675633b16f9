"""Digits, units, arrows and signs, ours beside RapidOCR (PP-OCRv6), on drawn lines kept for this.

    python benchmarks/signs.py --data DATA --latin-hands FONTS [--lines 2000] [--confusions 20]
                               [--programs ours,rapidocr] [--model FOLDER] [--keep FOLDER]

The lines are drawn with training's generator by a seed that training never uses, and only such as
a person can read (``desktop_ocr/training/held_out.py``). Error rates count the characters of values
alone (``desktop_ocr/training/kinds.py``); intervals are 95 % bootstrap intervals over lines. The
readers get the pictures as the camera gives them and scale them themselves, each in a process of
its own.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import math
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import cv2
from programs import Run, row, run

from desktop_ocr.training import kinds, measure
from desktop_ocr.training.held_out import HeldOut, HeldOutLine
from desktop_ocr.training.kinds import Kind, ValueScore
from desktop_ocr.training.lines import Sources
from desktop_ocr.training.text import Mix

SEED = 90_010
"""Of the lines drawn here; the rule of what is readable was set on the pictures of other seeds."""
BY_HAND = 0.1
"""Highest chance that a line is written by hand: values stand on printed sheets."""


def write_lines(lines: Sequence[HeldOutLine], folder: Path) -> list[Path]:
    """Write lines as PNG files, with ``lines.tsv`` beside them; return the files."""
    paths = []
    rows = ["set\tfile\ttext"]
    for number, line in enumerate(lines):
        path = folder / f"{number:05d}.png"
        path.write_bytes(cv2.imencode(".png", line.picture)[1].tobytes())
        paths.append(path)
        rows.append(f"{_look(line)}\t{path.name}\t{line.text}")
    (folder / "lines.tsv").write_text("\n".join([*rows, ""]), "utf-8")
    return paths


def _write_readings(path: Path, lines: Sequence[HeldOutLine], runs: dict[str, Run]) -> None:
    """Write what each program read beside the truth."""
    rows = zip((line.text for line in lines), *(read.texts for read in runs.values()), strict=True)
    table = ["\t".join(["text", *runs]), *("\t".join(cells) for cells in rows), ""]
    path.write_text("\n".join(table), "utf-8")


def _look(line: HeldOutLine) -> str:
    return "handwritten" if line.handwritten else "printed"


@dataclasses.dataclass(frozen=True, slots=True)
class Scores:
    """How one line was read: its values, and all of it."""

    values: ValueScore
    whole: measure.LineScore


def _scores(lines: Sequence[HeldOutLine], read: Run, *, strict: bool) -> list[Scores]:
    found = []
    for line, got in zip(lines, read.texts, strict=True):
        label = kinds.spelled(line.text, strict=strict).text
        edits = measure.edits(label, kinds.spelled(got, strict=strict).text)
        values = kinds.score_values(line.text, got, strict=strict)
        found.append(Scores(values, measure.LineScore(edits, len(label))))
    return found


Table = dict[str, dict[str, list[measure.LineScore]]]
"""Scores of lines by row of a table and by program."""


def _rows(lines: Sequence[HeldOutLine], scores: dict[str, list[Scores]]) -> Table:
    """Arrange the scores in the rows of a table."""
    table: Table = {}
    for program, mine in scores.items():
        rows = {"all of these": [score.values.all for score in mine]}
        for kind in Kind:
            rows[kind.value] = [score.values.by_kind[kind] for score in mine]
        for look in ("printed", "handwritten"):
            rows[f"all of these, {look} lines"] = [
                score.values.all
                for line, score in zip(lines, mine, strict=True)
                if _look(line) == look
            ]
        rows["whole line"] = [score.whole for score in mine]
        for name, found in rows.items():
            table.setdefault(name, {})[program] = found
    return table


def _cells(scores: Sequence[measure.LineScore]) -> str:
    low, high = measure.bootstrap_interval(scores)
    rate = measure.character_error_rate(scores)
    return f"{100 * rate:.2f} ({100 * low:.2f}–{100 * high:.2f})"


def _table(title: str, rows: Table) -> None:
    """Print one table."""
    programs = list(rows["whole line"])
    compares = programs == ["ours", "rapidocr"]
    last = ["ours / rapidocr"] if compares else []
    print(f"\n{title}\n")
    print(row(["characters", "number", *programs, *last]))
    print(row(["---", *["---:"] * (1 + len(programs) + len(last))]))
    for name, by_program in rows.items():
        each = list(by_program.values())
        count = sum(line.characters for line in each[0])
        cells = [name, str(count), *map(_cells, each)]
        if compares:
            low, high = measure.bootstrap_ratio(*each)
            below = measure.character_error_rate(each[1])
            ratio = measure.character_error_rate(each[0]) / below if below else math.inf
            cells.append(f"{ratio:.2f} ({low:.2f}–{high:.2f})")
        print(row(cells))


def _confusions(program: str, scores: Sequence[ValueScore], most: int) -> None:
    total = kinds.sum_confusions(scores)
    listed = ", ".join(
        f"{wanted or 'nothing'} → {read or 'nothing'}: {count}"
        for (wanted, read), count in total.most_common(most)
    )
    print(f"\n{program}, most frequent of {total.total()} errors: {listed}")


def main() -> int:
    """Draw the lines, have each program read them, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--latin-hands", type=Path, required=True)
    parser.add_argument("--lines", type=int, default=2000)
    parser.add_argument("--programs", default="ours,rapidocr")
    parser.add_argument("--model", type=Path, help="folder of a model for ours")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--confusions", type=int, default=20, metavar="MOST")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keeps all there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        sources = Sources(given.data, given.latin_hands, Mix.VALUES)
        source = HeldOut(sources, BY_HAND).lines(SEED)
        with_values = (line for line in source if kinds.holds_values(line.text))
        lines = list(itertools.islice(with_values, given.lines))
        paths = write_lines(lines, folder)
        runs: dict[str, Run] = {}
        for program in given.programs.split(","):
            try:
                runs[program] = run(program, paths, given.threads, given.model)
            except RuntimeError as error:
                print(error, file=sys.stderr)
        if given.keep:
            _write_readings(folder / "readings.tsv", lines, runs)
    print(f"CER %, {len(lines)} drawn lines of seed {SEED}, 95 % intervals over lines")
    for title, strict in (
        ("After NFKC, dashes of any length alike:", False),
        ("As written (⁹ is not 9, ㎡ not m2, – not -):", True),
    ):
        scores = {name: _scores(lines, read, strict=strict) for name, read in runs.items()}
        _table(title, _rows(lines, scores))
        if not strict:
            for name, mine in scores.items():
                _confusions(name, [line.values for line in mine], given.confusions)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
