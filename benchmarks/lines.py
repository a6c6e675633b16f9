"""Ours beside RapidOCR (PP-OCRv6) and Tesseract on labelled lines: CER, exact lines, time, memory.

    python benchmarks/lines.py LABELS.tsv [--threads N]
                               [--programs ours,language,rapidocr,tesseract]

Each program reads the same pictures in a process of its own, one after another (``programs.py``).
Texts are compared after NFKC normalisation without white space
(``desktop_ocr/training/measure.py``).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from programs import row, run

from desktop_ocr.training.evaluate import SetResult, read_labels, summarize


def _cell(result: SetResult) -> str:
    text = f"{100 * result.cer:.2f} / {100 * result.exact:.1f}"
    if result.interval is not None:
        low, high = (100 * bound for bound in result.interval)
        text += f" ({low:.2f}–{high:.2f})"
    return text


def main() -> int:
    """Run each program in its own process and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--programs", default="ours,language,rapidocr,tesseract")
    parser.add_argument("--model", type=Path, help="folder of a model for ours")
    parser.add_argument("--bootstrap", type=int, default=0, metavar="ROUNDS")
    parser.add_argument("--ignore-case", action="store_true", help="labels are all capitals")
    given = parser.parse_args()
    labels = read_labels(given.labels)
    found = {}
    for program in given.programs.split(","):
        try:
            found[program] = run(program, [x.path for x in labels], given.threads, given.model)
        except RuntimeError as error:
            print(error, file=sys.stderr)
    results = {
        program: summarize(
            zip(labels, done.texts, strict=True),
            bootstrap=given.bootstrap,
            ignore_case=given.ignore_case,
        )
        for program, done in found.items()
    }
    print(f"CER % / exact lines %, {len(labels)} lines, {given.threads} threads\n")
    print(row(["set", *found]))
    print(row(["---", *("---:" for _ in found)]))
    for sets in zip(*results.values(), strict=True):
        print(row([f"{sets[0].group} ({sets[0].lines})", *map(_cell, sets)]))
    print(row(["ms a line", *(f"{done.per_line():.1f}" for done in found.values())]))
    print(row(["peak memory, MB", *(f"{done.peak:.0f}" for done in found.values())]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
