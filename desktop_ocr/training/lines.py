"""Drawn lines in shards on disk: same seed, same lines, whatever the number of processes."""

from __future__ import annotations

import json
import multiprocessing
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.recognize.prepare import HEIGHT, scale
from desktop_ocr.training.classes import our_charset
from desktop_ocr.training.draw import Pen
from desktop_ocr.training.faces import FaceSet
from desktop_ocr.training.paper import picture
from desktop_ocr.training.strokes import StrokeBook
from desktop_ocr.training.text import Mix, TextSource

WIDEST = 1600
"""Widest line that is kept, in pixels at height 48."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the material for drawing lies.

    Attributes:
        data: Folder with ``text/``, ``terms/``, ``fonts/`` and ``strokes/``.
        latin_handwriting: Folder of the unpacked npm packages of Latin handwriting.
        mix: Which kinds of lines come how often.
    """

    data: Path
    latin_handwriting: Path
    mix: Mix = Mix.GENERAL


class LineMaker:
    """Draws lines one after another."""

    def __init__(self, sources: Sources) -> None:
        """Load texts, faces and strokes."""
        self._texts = TextSource.load(sources.data, our_charset(), sources.mix)
        faces = FaceSet.load(sources.data / "fonts", sources.latin_handwriting)
        strokes = StrokeBook.load(sources.data / "strokes" / "hanzi_writer_data.jsonl.gz")
        self._pen = Pen(faces, strokes)

    def draw(self, seed: int, number: int) -> tuple[NDArray[np.uint8], str]:
        """Draw line ``number`` of a seed.

        Returns:
            The line as uint8 (48, W, 3) BGR and its text.
        """
        rng = np.random.default_rng([seed, number])
        choose = random.Random(f"{seed} {number}")
        while True:
            ink = self._pen.draw(rng, choose, self._texts.draw(choose))
            if ink is None or not ink.text or not ink.mask.any():
                continue
            other = None
            if choose.random() < 0.1:
                other = self._pen.draw(rng, choose, self._texts.draw(choose))
            line = scale(picture(rng, choose, ink, other))
            if line.shape[1] <= WIDEST:
                return line, ink.text


def write_shard(maker: LineMaker, folder: Path, seed: int, shard: int, size: int) -> Path:
    """Draw one shard, sorted by width, unless it is there already.

    Returns:
        The file: ``pixels`` uint8 (all lines' pixels), ``widths`` int32 (N,), ``texts`` JSON.
    """
    path = folder / f"lines-{shard:05d}.npz"
    if path.exists():
        return path
    drawn = [maker.draw(seed, shard * size + number) for number in range(size)]
    drawn.sort(key=lambda pair: pair[0].shape[1])
    temporary = path.with_suffix(".tmp.npz")
    np.savez(
        temporary,
        pixels=np.concatenate([line.ravel() for line, _ in drawn]),
        widths=np.array([line.shape[1] for line, _ in drawn], np.int32),
        texts=np.array(json.dumps([text for _, text in drawn], ensure_ascii=False)),
    )
    temporary.replace(path)
    return path


def read_shard(path: Path) -> tuple[list[NDArray[np.uint8]], list[str]]:
    """Read a shard back: lines uint8 (48, W, 3) and texts."""
    with np.load(path) as file:
        pixels, widths = file["pixels"], file["widths"]
        texts: list[str] = json.loads(str(file["texts"]))
    ends = np.cumsum(widths.astype(np.int64) * HEIGHT * 3)
    lines = [part.reshape(HEIGHT, -1, 3) for part in np.split(pixels, ends[:-1])]
    return lines, texts


_maker: LineMaker | None = None  # One a worker process, made once.


def _start(sources: Sources) -> None:
    global _maker  # noqa: PLW0603 - a worker process keeps its own
    import cv2

    cv2.setNumThreads(1)
    _maker = LineMaker(sources)


def _work(task: tuple[Path, int, int, int]) -> str:
    assert _maker is not None
    return str(write_shard(_maker, *task))


def write_shards(
    sources: Sources,
    folder: Path,
    seed: int,
    shards: range,
    size: int,
    processes: int,
    report: Callable[[str], None],
) -> None:
    """Draw several shards in several processes; those on disk already are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    tasks = [
        (folder, seed, shard, size)
        for shard in shards
        if not (folder / f"lines-{shard:05d}.npz").exists()
    ]
    if not tasks:
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes, _start, (sources,)) as pool:
        for done in pool.imap_unordered(_work, tasks):
            report(f"drawn {Path(done).name}")
