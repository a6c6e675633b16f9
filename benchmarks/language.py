"""Ours without and with language beside RapidOCR (PP-OCRv6), on labelled and on drawn lines.

    python benchmarks/language.py --data DATA --latin-hands FONTS [--lines 300] [--model FOLDER]

Beside the labelled lines of DATA/dev stand drawn handwriting of medical text that no n-gram was
counted from, lists of names and rows of rare and traditional characters, which language must not
make worse, and drawn values. Values, their units and measures, sides and negations are compared one
by one: the language may change none. Each program reads in a process of its own.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import cv2
from programs import row, run

from desktop_ocr.training import measure
from desktop_ocr.training.evaluate import read_labels
from desktop_ocr.training.held_out import HeldOut, HeldOutLine
from desktop_ocr.training.lines import Sources
from desktop_ocr.training.text import Mix

SEED = 90_300
PROGRAMS = ("ours", "language", "rapidocr")


def _draw(sources: Sources, count: int, folder: Path) -> None:
    """Write the drawn lines as PNG, with ``lines.tsv`` beside them."""
    rows = ["set\tfile\ttext"]
    for number, (name, line) in enumerate(_drawn(sources, count)):
        path = folder / f"{number:05d}.png"
        path.write_bytes(cv2.imencode(".png", line.picture)[1].tobytes())
        rows.append(f"{name}\t{path.name}\t{line.text}")
    (folder / "lines.tsv").write_text("\n".join([*rows, ""]), "utf-8")


def _drawn(sources: Sources, count: int) -> Iterator[tuple[str, HeldOutLine]]:
    general = HeldOut(sources)
    values = HeldOut(Sources(sources.data, sources.latin_handwriting, Mix.VALUES))
    sets = {
        "drawn notes": general.notes(SEED),
        "drawn names": general.names(SEED + 1),
        "drawn rare": general.rare(SEED + 2),
        "drawn values": values.lines(SEED + 3),
    }
    for name, lines in sets.items():
        for line in itertools.islice(lines, count):
            yield name, line


_VALUE = re.compile(
    r"[A-Za-zμµΩ%/^°]*[\d↑↓±<>≤≥×+][\d.,:/×^+\-~%°℃A-Za-zμµΩ↑↓±<>≤≥]*[年月日周岁天时分秒次片粒支毫微克升]?"
    r"|[左右阴阳有无未不]"
)
"""Values with their units and the measure behind them; what says which side or whether."""


def _valued(text: str) -> list[str]:
    """Return what is not the language's to change, in order."""
    return _VALUE.findall(measure.normal(text))


def main() -> int:
    """Draw, read, print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--latin-hands", type=Path, required=True)
    parser.add_argument("--lines", type=int, default=300, help="drawn lines of each set")
    parser.add_argument("--model", type=Path, help="folder of a model for ours")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    labels = read_labels(given.data / "dev" / "lines.tsv")
    with tempfile.TemporaryDirectory() as folder:
        sources = Sources(given.data, given.latin_hands)
        # In a process of its own: a child's peak memory counts from what its parent holds.
        context = multiprocessing.get_context("spawn")
        drawing = context.Process(target=_draw, args=(sources, given.lines, Path(folder)))
        drawing.start()
        drawing.join()
        labels += read_labels(Path(folder) / "lines.tsv")
        paths = [label.path for label in labels]
        runs = {name: run(name, paths, given.threads, given.model) for name in PROGRAMS}
    print(f"CER %, {len(labels)} lines, {given.threads} threads, cases alike\n")
    print(
        row(
            [
                "set",
                *PROGRAMS,
                "language / rapidocr",
                "values, sides and negations changed by language",
            ]
        )
    )
    print(row(["---", *["---:"] * (len(PROGRAMS) + 2)]))
    for group in sorted({label.group for label in labels}):
        here = [index for index, label in enumerate(labels) if label.group == group]
        rates = [
            measure.character_error_rate(
                [measure.score(labels[i].text, runs[name].texts[i], ignore_case=True) for i in here]
            )
            for name in PROGRAMS
        ]
        changed = sum(
            _valued(runs["ours"].texts[i]) != _valued(runs["language"].texts[i]) for i in here
        )
        ratio = f"{rates[1] / rates[2]:.2f}" if rates[2] else "-"
        print(row([f"{group} ({len(here)})", *(f"{100 * rate:.2f}" for rate in rates), ratio,
                   f"{changed} lines"]))  # fmt: skip
    print(row(["ms a line", *(f"{done.per_line():.1f}" for done in runs.values()), "", ""]))
    print(row(["peak memory, MB", *(f"{done.peak:.0f}" for done in runs.values()), "", ""]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
