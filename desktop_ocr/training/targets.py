"""What the teacher sees in each drawn line, stored once so that the head learns fast."""

from __future__ import annotations

import io
import itertools
import json
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.network import Convolutions
from desktop_ocr.engine.recognize.prepare import (
    HEIGHT,
    SHORTEST,
    STRIDE,
    padded_width,
    to_input,
)
from desktop_ocr.training.lines import read_shard
from desktop_ocr.training.measure import normal
from desktop_ocr.training.teacher import Teacher

_PIXELS = 8 * 48 * 1600
"""Most input pixels of one batch: bounds memory."""


_TAUGHT_WIDTH = 320
"""The teacher learnt from lines padded to at least this width. Its gates weigh channels by their
mean over the whole line; narrow lines without padding it reads worse."""


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


def _session(convolutions: Convolutions, threads: int) -> Any:
    """Open convolutions in onnxruntime: twice as fast as in torch.

    Returns:
        An onnxruntime session: float32 (N, 3, 48, W) -> (N, 384, 1, W/8).
    """
    import onnxruntime
    import torch

    buffer = io.BytesIO()
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # The exporter warns of variable batches.
        torch.onnx.export(
            convolutions, (torch.zeros(2, 3, HEIGHT, SHORTEST),), cast(Any, buffer),
            input_names=["x"], output_names=["features"], opset_version=17, dynamo=False,
            dynamic_axes={"x": {0: "lines", 3: "width"}, "features": {0: "lines", 3: "steps"}},
        )  # fmt: skip
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        buffer.getvalue(), options, providers=["CPUExecutionProvider"]
    )


def write_targets(
    lines_folder: Path,
    folder: Path,
    shards: range,
    charset: Charset,
    threads: int,
    report: Callable[[str], None],
    *,
    convolutions: Convolutions | None = None,
    with_features: bool = True,
) -> None:
    """Write the teacher's view of each shard beside it; those on disk already are kept.

    A file holds ``features`` float16 (sum T, 384), what the convolutions give for the line as our
    network gets it; ``outputs`` float16 (sum T, 120), what the teacher's last layer gets when the
    line is padded as the teacher is used to; ``steps`` int32 (N,), ``right`` bool (N,): whether the
    teacher reads the line as it was drawn; and ``texts``.

    Args:
        lines_folder: The shards.
        folder: Receives the targets.
        shards: Which shards.
        charset: Our classes.
        threads: Threads of the teacher.
        report: Told a line of text after each shard.
        convolutions: Of the network that is trained; None for the teacher's own.
        with_features: Only the head alone learns from the features, and they are large.
    """
    folder.mkdir(parents=True, exist_ok=True)
    teacher = Teacher()
    session = teacher.session(threads)
    own = _session(convolutions, threads) if convolutions is not None and with_features else None
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
            same = [lines[index] for index in group]
            width = padded_width(max(line.shape[1] for line in same))
            seen, out = session.run(None, {"x": to_input(same, max(width, _TAUGHT_WIDTH))})
            out = out[:, : width // STRIDE]
            if with_features:
                if own is not None:
                    (seen,) = own.run(None, {"x": to_input(same, width)})
                elif width < _TAUGHT_WIDTH:
                    seen, _ = session.run(None, {"x": to_input(same, width)})
                # N x 384 x 1 x T -> N*T x 384
                features.append(seen[:, :, 0].transpose(0, 2, 1).reshape(-1, seen.shape[1]))
            outputs.append(out.reshape(-1, out.shape[2]))
            right += [
                normal(greedy(row @ rows.T + biases, charset)) == normal(texts[index])
                for index, row in zip(group, out, strict=True)
            ]
        temporary = path.with_suffix(".tmp.npz")
        arrays: dict[str, Any] = {
            "outputs": np.concatenate(outputs).astype(np.float16),
            "steps": np.array([padded_width(width) // STRIDE for width in widths], np.int32),
            "right": np.array(right),
            "texts": np.array(json.dumps(texts, ensure_ascii=False)),
        }
        if with_features:
            arrays["features"] = np.concatenate(features).astype(np.float16)
        np.savez(temporary, **arrays)
        temporary.replace(path)
        report(f"targets {shard}: the teacher reads {100 * np.mean(right):.1f} % exactly")
