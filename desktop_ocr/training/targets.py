"""What the teacher sees in each drawn line, stored once so that the head learns fast."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.prepare import STRIDE, padded_width, to_input
from desktop_ocr.training.lines import read_shard
from desktop_ocr.training.measure import normal
from desktop_ocr.training.teacher import Teacher

_PIXELS = 8 * 48 * 1600
"""Most input pixels of one batch: bounds memory."""


def equal_widths(widths: list[int], most: int = 16) -> Iterator[list[int]]:
    """Group lines whose padded widths are equal.

    Args:
        widths: Width of each line, ascending.
        most: Most lines of a group.

    Yields:
        Indices of the lines of one group, in order.
    """
    for padded, group in itertools.groupby(range(len(widths)), lambda i: padded_width(widths[i])):
        size = max(1, min(most, _PIXELS // (48 * padded)))
        while part := list(itertools.islice(group, size)):
            yield part


def greedy(logits: NDArray[np.float32], charset: Charset) -> str:
    """Return the best path's text of (T, C) scores, blank = 0."""
    best = logits.argmax(axis=-1)
    keep = (best != 0) & np.concatenate(([True], best[1:] != best[:-1]))
    return charset.decode(best[keep].tolist())


def write_targets(
    lines_folder: Path,
    folder: Path,
    shards: range,
    charset: Charset,
    threads: int,
    report: Callable[[str], None],
) -> None:
    """Write the teacher's view of each shard beside it; those on disk already are kept.

    A file holds ``features`` float16 (sum T, 384), ``outputs`` float16 (sum T, 120), ``steps``
    int32 (N,), ``right`` bool (N,): whether the teacher reads the line as it was drawn; and
    ``texts``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    teacher = Teacher()
    session = teacher.session(threads)
    numbers = teacher.numbers(charset)
    rows = np.where(numbers[:, None] >= 0, teacher.rows[numbers], 0).astype(np.float32)
    biases = np.where(numbers >= 0, teacher.biases[numbers], -1e4).astype(np.float32)
    for shard in shards:
        path = folder / f"targets-{shard:05d}.npz"
        if path.exists():
            continue
        lines, texts = read_shard(lines_folder / f"lines-{shard:05d}.npz")
        widths = [line.shape[1] for line in lines]
        features, outputs, right = [], [], []
        for group in equal_widths(widths):
            batch = to_input([lines[index] for index in group])
            seen, out = session.run(None, {"x": batch})
            # N x 384 x 1 x T -> N*T x 384
            features.append(seen[:, :, 0].transpose(0, 2, 1).reshape(-1, seen.shape[1]))
            outputs.append(out.reshape(-1, out.shape[2]))
            right += [
                normal(greedy(row @ rows.T + biases, charset)) == normal(texts[index])
                for index, row in zip(group, out, strict=True)
            ]
        temporary = path.with_suffix(".tmp.npz")
        np.savez(
            temporary,
            features=np.concatenate(features).astype(np.float16),
            outputs=np.concatenate(outputs).astype(np.float16),
            steps=np.array([padded_width(width) // STRIDE for width in widths], np.int32),
            right=np.array(right),
            texts=np.array(json.dumps(texts, ensure_ascii=False)),
        )
        temporary.replace(path)
        report(f"targets {shard}: the teacher reads {100 * np.mean(right):.1f} % exactly")
