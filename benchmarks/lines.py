"""Ours beside RapidOCR (PP-OCRv6) and Tesseract on labelled lines: CER, exact lines, time, memory.

    python benchmarks/lines.py LABELS.tsv [--threads N] [--programs ours,beam,rapidocr,tesseract]

Each program reads the same pictures in a process of its own, one after another; pictures are opened
before the clock starts, models before that. Memory is the process's peak, pictures included. Texts
are compared after NFKC normalisation without white space (``desktop_ocr/training/measure.py``).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.training.evaluate import Label, SetResult, open_crop, read_labels, summarize

Crop = NDArray[np.uint8]
Reader = Callable[[list[Crop]], list[str]]


def _ours(threads: int, decoder: str) -> Reader:
    from desktop_ocr.engine.recognize.reader import Decoder, Recognizer

    recognizer = Recognizer(threads=threads, decoder=Decoder(decoder))

    def read(crops: list[Crop]) -> list[str]:
        texts = [""] * len(crops)
        for index, reading in recognizer.read(crops):
            texts[index] = reading.text
        return texts

    return read


def _rapidocr(threads: int) -> Reader:
    """RapidOCR's recogniser alone, with its own batches."""
    import logging

    from rapidocr import RapidOCR
    from rapidocr.ch_ppocr_rec.typings import TextRecInput

    logging.disable(logging.INFO)
    engine = RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )

    recogniser = engine._load_rec_model()

    def read(crops: list[Crop]) -> list[str]:
        found = recogniser(TextRecInput(img=crops))
        return list(found.txts or [""] * len(crops))

    return read


def _tesseract(language: str) -> Reader:
    """Tesseract's line mode, one process a line as programs call it."""
    import cv2

    def one(crop: Crop) -> str:
        picture = cv2.imencode(".png", crop)[1].tobytes()
        done = subprocess.run(
            ["tesseract", "-", "-", "-l", language, "--psm", "7"],
            input=picture,
            capture_output=True,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
        return done.stdout.decode("utf-8", "replace")

    return lambda crops: [one(crop) for crop in crops]


def _reader(program: str, threads: int) -> Reader:
    if program == "ours":
        return _ours(threads, "greedy")
    if program == "beam":
        return _ours(threads, "beam")
    if program == "rapidocr":
        return _rapidocr(threads)
    if program == "tesseract":
        return _tesseract("chi_sim+eng")
    raise SystemExit(f"unknown program: {program}")


def _peak_megabytes() -> float:
    """Return the largest memory of this process or of any one child, in MB."""
    import resource

    scale = 1e6 if sys.platform == "darwin" else 1e3
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in both) / scale


def _measure(program: str, labels: list[Label], threads: int) -> dict[str, object]:
    read = _reader(program, threads)
    crops = [open_crop(label.path) for label in labels]
    read(crops[:3])  # The first call of every library prepares something.
    began = time.perf_counter()
    texts = read(crops)
    seconds = time.perf_counter() - began
    return {"texts": texts, "seconds": seconds, "peak": _peak_megabytes()}


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


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
    parser.add_argument("--programs", default="ours,beam,rapidocr,tesseract")
    parser.add_argument("--bootstrap", type=int, default=0, metavar="ROUNDS")
    parser.add_argument("--ignore-case", action="store_true", help="labels are all capitals")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    labels = read_labels(given.labels)
    if given.one:
        json.dump(_measure(given.one, labels, given.threads), sys.stdout)
        return 0
    programs = given.programs.split(",")
    found = {}
    for program in programs:
        done = subprocess.run(
            [sys.executable, __file__, str(given.labels), "--threads", str(given.threads),
             "--one", program], capture_output=True, check=False,
        )  # fmt: skip
        if done.returncode:
            print(f"{program}: {done.stderr.decode().strip().splitlines()[-1]}", file=sys.stderr)
            continue
        found[program] = json.loads(done.stdout)
    results = {
        program: summarize(
            zip(labels, run["texts"], strict=True),
            bootstrap=given.bootstrap,
            ignore_case=given.ignore_case,
        )
        for program, run in found.items()
    }
    print(f"CER % / exact lines %, {len(labels)} lines, {given.threads} threads\n")
    print(_row(["set", *found]))
    print(_row(["---", *("---:" for _ in found)]))
    for rows in zip(*results.values(), strict=True):
        print(_row([f"{rows[0].group} ({rows[0].lines})", *map(_cell, rows)]))
    per_line = [f"{1000 * run['seconds'] / len(labels):.1f}" for run in found.values()]
    print(_row(["ms a line", *per_line]))
    print(_row(["peak memory, MB", *(f"{run['peak']:.0f}" for run in found.values())]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
