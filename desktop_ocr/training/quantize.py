"""Eight-bit integers in the convolutions of a model folder: ``crnn.onnx`` is written anew.

Static quantisation with onnxruntime's tools, calibrated on lines that are drawn for it. The stem,
the first block, the gates, GELU and the whole head (LSTMs, attention, classes) stay float: errors
of the first and of the last layers cost most. LSTMs could only be quantised with ranges taken from
the batch at hand (``DynamicQuantizeLSTM``), and a line's reading must not depend on its neighbours.
``crnn.safetensors`` is not touched, so the model can be trained on and quantised again.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import math
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader

from desktop_ocr.engine.recognize import network, prepare
from desktop_ocr.engine.recognize.model_files import open_model
from desktop_ocr.engine.recognize.network import Crnn
from desktop_ocr.training.equalize import equalized
from desktop_ocr.training.export import INPUT, describe, halved, to_onnx
from desktop_ocr.training.rounding import is_integer, round_weights

_PART = "/convolutions/blocks"
"""Module path of what is quantised (``rounding.is_integer``); the exporter names nodes by it."""
_TYPES = ("Conv", "Add", "Mul")
_GATE = ".gate."
"""Gates see one pixel a channel: nothing to win."""
_CUTS = np.linspace(0.2, 1.0, 17)
"""Shares of an activation's least and greatest value that are tried as its range."""
_LOOKED_AT = 100
"""Lines on which channels are compared and weights rounded."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Calibration lines and where they came from.

    Attributes:
        inputs: float32 (1, 3, 48, W) each.
        seed: Seed that they were drawn with.
    """

    inputs: tuple[NDArray[np.float32], ...]
    seed: int

    @classmethod
    def of(cls, pixels: Sequence[NDArray[np.uint8]], seed: int) -> Lines:
        """Prepare lines uint8 (48, W, 3), each in its own padded width as in reading."""
        return cls(
            tuple(prepare.to_input([line], prepare.padded_width(line.shape[1])) for line in pixels),
            seed,
        )


class CalibrationLines(CalibrationDataReader):  # type: ignore[misc]  # onnxruntime has no types
    """Calibration lines one at a time, as onnxruntime asks for them."""

    def __init__(self, lines: Sequence[NDArray[np.float32]]) -> None:
        self._left = iter(lines)

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        line = next(self._left, None)
        return None if line is None else {INPUT: line}


def quantize(weights: Crnn, lines: Lines) -> onnx.ModelProto:
    """Export a network with 8-bit convolutions.

    Args:
        weights: In evaluation mode; it is not changed.
        lines: Calibration lines.

    Returns:
        The graph, with the inputs and outputs of ``export.to_onnx``.
    """
    from onnxruntime.quantization import QuantFormat, QuantType, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process

    some = lines.inputs[:_LOOKED_AT]
    weights = equalized(weights, some)
    steps = round_weights(weights, some)
    graph = to_onnx(weights, half=False)
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.redirect_stdout(io.StringIO()),
        quiet(),
    ):
        source, target = Path(folder, "float.onnx"), Path(folder, "int8.onnx")
        quant_pre_process(graph, source, skip_symbolic_shape=True)
        graph = onnx.load(source)
        ranges = activation_ranges(
            source, Path(folder, "calibration.onnx"), lines.inputs, _TYPES, _PART
        )
        quantize_static(
            source,
            target,
            CalibrationLines(lines.inputs[:1]),  # The ranges are given below.
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=list(_TYPES),
            nodes_to_quantize=_chosen(graph),
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            extra_options={
                "TensorQuantOverrides": {
                    name: [{"axis": 0, "scale": step, "zero_point": 0} for step in sizes.numpy()]
                    for name, sizes in steps.items()
                }
                | {name: [{"rmin": low, "rmax": high}] for name, (low, high) in ranges.items()}
            },
        )
        graph = onnx.load(target)
    halved(graph)
    graph.producer_name, graph.producer_version, graph.doc_string = "desktop-ocr", "", ""
    del graph.metadata_props[:]
    onnx.checker.check_model(graph)
    return graph


def _chosen(graph: onnx.ModelProto) -> list[str]:
    """Return the names of the nodes that become integer."""
    return [
        node.name for node in graph.graph.node if node.op_type in _TYPES and is_integer(node.name)
    ]


def activation_ranges(
    source: Path,
    scratch: Path,
    lines: Sequence[NDArray[np.float32]],
    types: Sequence[str],
    part: str = "",
) -> dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Choose (least, greatest) of the activations in and out of operators.

    Args:
        source: The float graph.
        scratch: A file that may be written.
        lines: Inputs for calibration.
        types: Of the operators.
        part: What the names of the activations begin with.
    """
    from onnxruntime.quantization.calibrate import CalibrationMethod, create_calibrator

    calibrator = create_calibrator(
        source,
        types,
        scratch.as_posix(),
        calibrate_method=CalibrationMethod.Percentile,  # Only its histograms are used.
        extra_options={"symmetric": False},
    )
    for line in lines:  # One after another: their widths differ, and all would fill the memory.
        calibrator.collect_data(CalibrationLines([line]))
    found = {}
    for name, (counts, edges, least, greatest, _) in calibrator.collector.histogram_dict.items():
        if name.startswith(part):
            low, high = best_range(counts, edges, float(least), float(greatest))
            found[name] = np.array(low, np.float32), np.array(high, np.float32)
    return found


def best_range(
    counts: NDArray[np.int64], edges: NDArray[np.float32], least: float, greatest: float
) -> tuple[float, float]:
    """Choose the range in which eight bits make the least squared error.

    A wide range makes every step coarse, a narrow one cuts off what lies outside.

    Args:
        counts: Histogram of an activation, (B,).
        edges: Its edges, (B + 1,).
        least: Least value that was seen.
        greatest: Greatest value that was seen.

    Returns:
        (low, high), holding nought.
    """
    least, greatest = min(least, 0.0), max(greatest, 0.0)
    middles = (edges[:-1] + edges[1:]).astype(np.float64) / 2
    best, chosen = math.inf, (least, greatest)
    for low in np.unique(_CUTS * least):
        for high in np.unique(_CUTS * greatest):
            beyond = np.maximum(low - middles, 0) + np.maximum(middles - high, 0)
            step = (high - low) / 255
            error = float((counts * (beyond**2 + (beyond == 0) * step**2 / 12)).sum())
            if error < best:
                best, chosen = error, (float(low), float(high))
    return chosen


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep onnxruntime's advice, which does not fit here, off the root logger."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)


def quantize_folder(folder: Path, lines: Lines) -> None:
    """Write a model folder's ``crnn.onnx`` anew from its float weights, with 8-bit convolutions.

    Args:
        folder: The model's folder.
        lines: Calibration lines; never lines that the model is measured on.

    Raises:
        ModelError: A file of the model is missing or damaged.
    """
    model = open_model(folder)
    graph = quantize(network.load(folder / "crnn.safetensors"), lines)
    path = folder / "crnn.onnx"
    path.write_bytes(graph.SerializeToString())
    digests = model.description["sha256"] | {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
    }
    about = {
        "method": "static int8 of the convolutional blocks by onnxruntime (QDQ, u8 activations, "
        "s8 weights by output channel), channels equalised before",
        "ranges": "least squared error over a histogram of each activation",
        "float": "stem, first block, gates, GELU, head",
        "lines": len(lines.inputs),
        "drawn_with_seed": lines.seed,
    }
    describe(folder, sha256=digests, quantization=about)


def main(arguments: Sequence[str] | None = None) -> int:
    """Quantise a model folder: ``python -m desktop_ocr.training.quantize MODEL_FOLDER``."""
    import argparse

    from desktop_ocr.training.lines import LineMaker, Sources
    from desktop_ocr.training.text import Mix

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("model", type=Path, help="folder of a model")
    parser.add_argument("--data", type=Path, required=True, help="texts, terms, fonts and strokes")
    parser.add_argument("--latin-hands", type=Path, required=True, help="unpacked npm packages")
    parser.add_argument("--lines", type=int, default=300, help="calibration lines to draw")
    parser.add_argument("--seed", type=int, default=77, help="not one that lines are tested with")
    given = parser.parse_args(arguments)
    makers = [LineMaker(Sources(given.data, given.latin_hands, mix)) for mix in Mix]
    drawn = [
        makers[number % len(makers)].draw(given.seed, number)[0] for number in range(given.lines)
    ]
    quantize_folder(given.model, Lines.of(drawn, given.seed))
    print(f"{given.model / 'crnn.onnx'}: {(given.model / 'crnn.onnx').stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
