"""Ours beside RapidOCR (PP-OCRv6) and Tesseract on whole pages: lines, order, CER, time, memory.

    python benchmarks/pages.py [SET ...] [--threads N] [--programs ours,rapidocr,tesseract]
                               [--ignore-case PREFIX ...] [--partial PREFIX ...]
                               [--predictions FILE.json]

A SET is a folder of pictures with labels beside them (NAME.json: picture -> list of {"quad",
"text"} in reading order, and NAME.txt), or one JSON file of that form; without any it is the
program's samples. Pages are grouped by name: up to the last "_", and samples into clean and
degraded. Each program reads each group in a process of its own, one process after another. Models
are loaded before the clock starts; a page's time is from its file to its text, the best of
``--rounds`` for each page. Memory is the peak of the process, and of the process that the program
starts. Programs: ours (auto), projection, detector, rapidocr, tesseract.

found, order and CER by lines: see ``page_score.py``; page CER: the whole page's text in order;
cells, row CER and signs, where labels are cells of tables: see ``cell_score.py``. A label without
text is there but cannot be read: lines over it count neither way. With --worst N, the N pages that
we read worst follow; with --predictions, our readings are written as picture -> list of {"quad",
"text"}.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
from cell_score import Cell, CellScore, score_cells
from page_score import Labelled, PageScore, add_text, hull, overlap, score_page
from programs import open_rapidocr, row

from desktop_ocr.paths import resource

Reader = Callable[[Path], list[Labelled]]


def _ours(kind: str, threads: int) -> Reader:
    import numpy as np

    from desktop_ocr.engine.events import PageRead, ReadOptions, SegmenterKind
    from desktop_ocr.engine.load import from_array, load_page
    from desktop_ocr.engine.pipeline import Engine

    engine = Engine(threads=threads)
    options = ReadOptions(SegmenterKind(kind))

    def read(path: Path) -> list[Labelled]:
        done = list(engine.read(load_page(path), options))[-1]
        assert isinstance(done, PageRead)
        return [
            {"quad": [list(p) for p in line.quad.points], "text": line.text} for line in done.lines
        ]

    # Loads the models that the way of finding lines may need; a clean page needs no detector.
    list(engine.read(from_array(np.full((64, 64, 3), 255, np.uint8), "blank"), options))
    return read


def _rapidocr(threads: int) -> Reader:
    engine = open_rapidocr(threads)

    def read(path: Path) -> list[Labelled]:
        found = engine(str(path))
        if found.boxes is None:
            return []
        return [
            {"quad": box.tolist(), "text": text}
            for box, text in zip(found.boxes, found.txts, strict=True)
        ]

    return read


def _tesseract(threads: int) -> Reader:
    def read(path: Path) -> list[Labelled]:
        done = subprocess.run(
            ["tesseract", str(path), "-", "-l", "chi_sim+eng", "tsv"],
            capture_output=True,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": str(threads)},
        )
        rows = done.stdout.decode("utf-8", "replace").splitlines()[1:]
        words: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
        for record in rows:
            cells = record.split("\t")
            if cells[0] == "5" and cells[11].strip():
                words[tuple(cells[2:5])].append(cells)
        lines: list[Labelled] = []
        for line in words.values():
            boxes = [[float(v) for v in w[6:10]] for w in line]
            left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
            right, bottom = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
            quad = [[left, top], [right, top], [right, bottom], [left, bottom]]
            lines.append({"quad": quad, "text": " ".join(w[11] for w in line)})
        return lines

    return read


def _reader(program: str, threads: int) -> Reader:
    if program in ("ours", "projection", "detector"):
        return _ours("auto" if program == "ours" else program, threads)
    if program == "rapidocr":
        return _rapidocr(threads)
    if program == "tesseract":
        return _tesseract(threads)
    raise SystemExit(f"unknown program: {program}")


def _child(program: str, threads: int, rounds: int) -> None:
    """Read the pages named on standard input; answer on standard output."""
    from desktop_ocr.process_memory import peak_memory

    paths = [Path(p) for p in json.load(sys.stdin)]
    read = _reader(program, threads)
    start = peak_memory()
    pages: dict[str, list[Labelled]] = {}
    best: dict[str, float] = {}
    for _ in range(rounds):
        for path in paths:
            began = time.perf_counter()
            pages[str(path)] = read(path)
            took = time.perf_counter() - began
            best[str(path)] = min(took, best.get(str(path), took))
    peak = peak_memory()
    if program == "tesseract":
        import resource

        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    json.dump({"pages": pages, "seconds": best, "start": start, "peak": peak}, sys.stdout)


@dataclass(frozen=True, slots=True)
class Truth:
    """What stands on a picture.

    Attributes:
        labels: In reading order.
        hidden: Labels that nobody can read, or may.
        text: Of the whole page, or nothing.
    """

    labels: list[Cell]
    hidden: list[Cell]
    text: str

    def lines(self, read: list[Labelled]) -> list[Labelled]:
        """Return what was read without the lines that lie on hidden labels."""
        covered = [hull(label["quad"]) for label in self.hidden]
        return [
            line
            for line in read
            for shape in [hull(line["quad"])]
            if not any(overlap(shape, c) > 0.5 * cv2.contourArea(shape) for c in covered)
        ]


Labels = dict[Path, Truth]


def _labels(sets: list[Path]) -> tuple[Labels, dict[Path, str]]:
    """Return the truth of every picture, and its name there."""
    found: Labels = {}
    names: dict[Path, str] = {}
    for place in sets:
        for file in sorted(place.glob("*.json")) if place.is_dir() else [place]:
            for name, labels in json.loads(file.read_text("utf-8")).items():
                picture = file.parent / name
                names[picture] = name
                text = picture.with_suffix(".txt")
                kept: list[Cell] = []
                hidden: list[Cell] = []
                for label in labels:
                    seen = label.get("kind") != "identity" and (label.get("text") or "").strip()
                    (kept if seen else hidden).append(label)
                whole = text.read_text("utf-8") if text.is_file() else ""
                found[picture] = Truth(kept, hidden, whole)
    return found, names


def _group(picture: Path) -> str:
    if picture.with_suffix(".txt").is_file():
        return "degraded" if picture.stem.endswith("_degraded") else "clean"
    return re.sub(r"_[^_]*$", "", picture.stem)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


def _score(
    answer: dict[str, Any],
    pictures: list[Path],
    labels: Labels,
    ignore_case: bool,
) -> tuple[PageScore, CellScore]:
    total, cells = PageScore(), CellScore()
    for picture in pictures:
        truth = labels[picture]
        lines = truth.lines(answer["pages"][str(picture)])
        score = score_page(truth.labels, lines, ignore_case)
        if truth.text:
            add_text(score, truth.text, lines)
        total += score
        cells += score_cells(truth.labels, lines)
    return total, cells


def main() -> int:
    """Run each program on each group and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--programs", default="ours,rapidocr,tesseract")
    parser.add_argument("--ignore-case", nargs="*", default=[], metavar="PREFIX")
    parser.add_argument("--partial", nargs="*", default=[], metavar="PREFIX")
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        _child(given.one, given.threads, given.rounds)
        return 0

    sets = given.sets or [resource("samples")]
    labels, names = _labels(sets)
    groups: dict[str, list[Path]] = defaultdict(list)
    for picture in labels:
        groups[_group(picture)].append(picture)
    predictions: dict[str, list[Labelled]] = {}
    ours: list[tuple[float, str, PageScore, CellScore]] = []
    print(f"{given.threads} threads, best of {given.rounds}\n")
    titles = ["pages", "program", "found %", "glued", "spurious", "order %", "CER by lines %",
              "page CER %", "cells %", "cells glued", "row CER %", "signs %", "s a page",
              "peak MB", "at start"]  # fmt: skip
    print(row(titles))
    print(row(["---", "---", *["---:"] * (len(titles) - 2)]))
    for group, pictures in groups.items():
        fold = group.startswith(tuple(given.ignore_case)) if given.ignore_case else False
        partial = group.startswith(tuple(given.partial)) if given.partial else False
        for program in given.programs.split(","):
            done = subprocess.run(
                [sys.executable, __file__, "--one", program, "--threads", str(given.threads),
                 "--rounds", str(given.rounds)],
                input=json.dumps([str(p) for p in pictures]), text=True, capture_output=True,
                check=False, env={**os.environ, "ORT_DISABLE_TELEMETRY": "1"},
            )  # fmt: skip
            if done.returncode:
                last = (done.stderr.strip().splitlines() or ["failed"])[-1]
                print(f"{program}: {last}", file=sys.stderr)
                continue
            answer = json.loads(done.stdout)
            if program == "ours":
                for picture in pictures:
                    predictions[names[picture]] = answer["pages"][str(picture)]
                    s, c = _score(answer, [picture], labels, fold)
                    ours.append((s.edits / max(1, s.characters), names[picture], s, c))
            s, c = _score(answer, pictures, labels, fold)
            seconds = sum(answer["seconds"].values()) / len(pictures)
            print(
                row([f"{group} ({len(pictures)})", program, _percent(s.found, s.labels),
                      str(s.glued), "-" if partial else str(s.spurious),
                      _percent(s.ordered, s.pairs),
                      f"{100 * s.edits / max(1, s.characters):.2f}",
                      f"{100 * s.text_edits / s.text_characters:.2f}" if s.text_characters else "-",
                      _percent(c.found, c.cells), str(c.glued) if c.cells else "-",
                      f"{100 * c.edits / c.characters:.2f}" if c.characters else "-",
                      _percent(c.kept, c.flags), f"{seconds:.2f}", f"{answer['peak'] / 1e6:.0f}",
                      f"{answer['start'] / 1e6:.0f}"]),
                flush=True,
            )  # fmt: skip
    if given.worst:
        print()
        print(row(["page", "found %", "order %", "CER by lines %", "cells %", "signs %"]))
        print(row(["---", *["---:"] * 5]))
        for cer, name, s, c in sorted(ours, key=lambda entry: -entry[0])[: given.worst]:
            print(
                row(
                    [
                        name,
                        _percent(s.found, s.labels),
                        _percent(s.ordered, s.pairs),
                        f"{100 * cer:.2f}",
                        _percent(c.found, c.cells),
                        _percent(c.kept, c.flags),
                    ]
                )
            )
    if given.predictions:
        given.predictions.write_text(json.dumps(predictions, ensure_ascii=False), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
