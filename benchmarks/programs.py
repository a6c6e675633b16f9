"""Programs that read lines, each in a process of its own; lines.py and signs.py compare them.

    python benchmarks/programs.py PROGRAM --threads N <PICTURES.json >READINGS.json

Pictures are opened before the clock starts, models before that. Lines are handed over in order, as
many at a time as stand on a page. Memory is the process's peak, a page's pictures included.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.training.evaluate import open_crop

Crop = NDArray[np.uint8]
Reader = Callable[[list[Crop]], list[str]]
PAGE = 48
"""Lines that are handed over at a time."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a program read the pictures.

    Attributes:
        texts: One for each picture.
        seconds: Reading alone.
        peak: Peak memory of the process in MB (10^6 bytes).
    """

    texts: list[str]
    seconds: float
    peak: float

    def per_line(self) -> float:
        """Return milliseconds a line."""
        return 1000 * self.seconds / max(1, len(self.texts))


def run(program: str, pictures: Sequence[Path], threads: int, model: Path | None = None) -> Run:
    """Read pictures of lines with one program in a fresh process.

    Args:
        program: ours (greedy), language (ours with it), rapidocr or tesseract.
        pictures: One line each.
        threads: Threads it may use.
        model: A model's folder for ours, or None for the one the program comes with.

    Raises:
        RuntimeError: The program failed; its last words.
    """
    command = [sys.executable, __file__, program, "--threads", str(threads)]
    done = subprocess.run(
        [*command, "--model", str(model)] if model else command,
        input=json.dumps([str(path) for path in pictures]),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "ORT_DISABLE_TELEMETRY": "1"},
    )
    if done.returncode:
        raise RuntimeError(f"{program}: {(done.stderr.strip().splitlines() or ['failed'])[-1]}")
    return Run(**json.loads(done.stdout))


def row(cells: Sequence[str]) -> str:
    """Return a row of a Markdown table."""
    return "| " + " | ".join(cells) + " |"


def _ours(threads: int, model: Path | None, *, language: bool) -> Reader:
    from desktop_ocr.engine.recognize.judge import Aids
    from desktop_ocr.engine.recognize.reader import Recognizer

    recognizer = Recognizer(model, threads=threads)
    aids = Aids(language, second=False)

    def read(crops: list[Crop]) -> list[str]:
        texts = [""] * len(crops)
        for index, reading in recognizer.read(crops, aids):
            texts[index] = reading.text
        return texts

    return read


def open_rapidocr(threads: int) -> Any:
    """Open RapidOCR with PP-OCRv6 small, on so many threads, without its messages."""
    import logging

    from rapidocr import RapidOCR

    logging.disable(logging.WARNING)
    return RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _rapidocr(threads: int) -> Reader:
    """RapidOCR's recogniser alone, with its own batches."""
    from rapidocr.ch_ppocr_rec.typings import TextRecInput

    recogniser = open_rapidocr(threads)._load_rec_model()

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


def _reader(program: str, threads: int, model: Path | None) -> Reader:
    if program == "ours":
        return _ours(threads, model, language=False)
    if program == "language":
        return _ours(threads, model, language=True)
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


def _measure(read: Reader, pictures: list[Path]) -> Run:
    texts: list[str] = []
    seconds = 0.0
    read([open_crop(path) for path in pictures[:3]])  # The first call prepares something.
    for first in range(0, len(pictures), PAGE):
        crops = [open_crop(path) for path in pictures[first : first + PAGE]]
        began = time.perf_counter()
        texts += read(crops)
        seconds += time.perf_counter() - began
    return Run(texts, seconds, _peak_megabytes())


def main() -> int:
    """Read the pictures named on standard input; answer on standard output."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("program")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--model", type=Path)
    given = parser.parse_args()
    pictures = [Path(name) for name in json.load(sys.stdin)]
    read = _reader(given.program, given.threads, given.model)
    json.dump(dataclasses.asdict(_measure(read, pictures)), sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
