"""PP-OCRv6's detector and recogniser with 8-bit convolutions, as the program runs them.

Both come from the installed package ``rapidocr`` (Apache-2.0) and are changed in three ways, of
which only the last costs accuracy: the detector's three input planes, which are alike on a grey
page, become one; GELU becomes one operator; convolutions become integer (static quantisation,
activation ranges of least squared error over a histogram). The stem, gates, which see one pixel a
channel, transposed convolutions, attention and classes stay float. Calibrated on drawn pages, see
:mod:`desktop_ocr.training.pages`.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from desktop_ocr.engine import pp_ocr
from desktop_ocr.engine.recognize import prepare
from desktop_ocr.training.export import halved
from desktop_ocr.training.quantize import CalibrationLines, activation_ranges, quiet
from desktop_ocr.training.rounding import LARGEST, PAIR

Inputs = Sequence[NDArray[np.float32]]
_OPSET = 20
_LINES, _TILES = 200, 24
"""Lines and tiles that ranges are taken from."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network of PP-OCRv6, and how it is made ours.

    Attributes:
        source: Its file in the package ``rapidocr``.
        target: The file of the program.
        grey: Its input planes become one.
        float_layers: Its first convolutions that stay float, and those from ``body`` on.
        body: Number of convolutions before the head; None where there is none to be left out.
        half: Large weights are stored in 16 bits.
    """

    source: str
    target: str
    grey: bool
    float_layers: int = 0
    body: int | None = None
    half: bool = False


DETECTOR = Network("PP-OCRv6_det_small.onnx", pp_ocr.DETECTOR, grey=True, float_layers=5)
SECOND = Network(pp_ocr.RECOGNISER, pp_ocr.SECOND, grey=False, float_layers=4, body=54, half=True)


def own_form(model: onnx.ModelProto, *, grey: bool) -> onnx.ModelProto:
    """Return a network that computes the same from fewer operators.

    Args:
        model: Of PP-OCRv6, with an input of three planes.
        grey: Three planes that are alike become one: the weights of the first layer are summed.
    """
    graph = model.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    names = {
        node.output[0]: node.input[0]
        for node in graph.node
        if node.op_type == "Identity" and node.input[0] in weights
    }
    for node in list(graph.node):
        if node.op_type == "Identity" and node.output[0] in names:
            graph.node.remove(node)
        for place, name in enumerate(node.input):
            node.input[place] = names.get(name, name)
    if grey:
        first = next(node for node in graph.node if node.op_type == "Conv")
        tensor = weights[first.input[1]]
        summed = numpy_helper.to_array(tensor).sum(axis=1, keepdims=True)
        tensor.CopyFrom(numpy_helper.from_array(summed, tensor.name))
        graph.input[0].type.tensor_type.shape.dim[1].dim_value = 1
    converted = onnx.version_converter.convert_version(model, _OPSET)
    _join_gelu(converted.graph)
    return converted


def _join_gelu(graph: onnx.GraphProto) -> None:
    """Put one operator in place of x / sqrt(2), erf, + 1, * x, * 0.5."""
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    for begin in [node for node in graph.node if node.op_type == "Div"]:
        chain = [begin]
        for kind in ("Erf", "Add", "Mul", "Mul"):
            (following, *others) = users.get(chain[-1].output[0], [None])
            if following is None or others or following.op_type != kind:
                break
            chain.append(following)
        else:
            place = list(graph.node).index(begin)
            joined = onnx.helper.make_node(
                "Gelu", [begin.input[0]], [chain[-1].output[0]], name=f"Gelu.{begin.name}"
            )
            for node in chain:
                graph.node.remove(node)
            graph.node.insert(place, joined)


def quantized(model: onnx.ModelProto, network: Network, inputs: Inputs) -> onnx.ModelProto:
    """Return a network with 8-bit convolutions.

    Args:
        model: In our form, see :func:`own_form`.
        network: Which layers stay float.
        inputs: float32 (1, planes, h, w) each, for calibration.
    """
    from onnxruntime.quantization import QuantFormat, QuantType, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.redirect_stdout(io.StringIO()),
        quiet(),
    ):
        given, source, target = (Path(folder, f"{k}.onnx") for k in ("given", "float", "int8"))
        onnx.save(model, given)
        quant_pre_process(given, source, skip_symbolic_shape=True)
        graph = onnx.load(source).graph
        chosen = chosen_layers(graph, network)
        ranges = activation_ranges(source, Path(folder, "calibration.onnx"), inputs, ("Conv",))
        sizes = {
            node.input[1]: _steps(_weight(graph, node.input[1]))
            for node in graph.node
            if node.name in chosen
        }
        quantize_static(
            source,
            target,
            CalibrationLines(inputs[:1]),  # The ranges are given below.
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=["Conv"],
            nodes_to_quantize=chosen,
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            extra_options={
                "TensorQuantOverrides": {
                    name: [{"rmin": low, "rmax": high}] for name, (low, high) in ranges.items()
                }
                | {
                    name: [{"axis": 0, "scale": step, "zero_point": np.int8(0)} for step in steps]
                    for name, steps in sizes.items()
                }
            },
        )
        result = onnx.load(target)
    if network.half:
        halved(result)
    onnx.checker.check_model(result)
    return result


def chosen_layers(graph: onnx.GraphProto, network: Network) -> list[str]:
    """Return the names of the convolutions that become integer."""
    convolutions = [node for node in graph.node if node.op_type == "Conv"]
    inner = convolutions[network.float_layers : network.body]
    return [node.name for node in inner if not _is_gate(graph, node)]


def _is_gate(graph: onnx.GraphProto, node: onnx.NodeProto) -> bool:
    """Say whether a layer sees the mean of its channels only."""
    makers = {name: other for other in graph.node for name in other.output}
    maker = makers.get(node.input[0])
    while maker is not None and maker.op_type in ("Relu", "Conv", "Add"):
        if maker.op_type == "Conv" and _weight(graph, maker.input[1]).shape[2:] != (1, 1):
            return False
        maker = makers.get(maker.input[0])
    return maker is not None and maker.op_type in ("GlobalAveragePool", "ReduceMean")


def _weight(graph: onnx.GraphProto, name: str) -> NDArray[np.float32]:
    found: NDArray[np.float32] = next(
        numpy_helper.to_array(tensor) for tensor in graph.initializer if tensor.name == name
    )
    return found


def _steps(weight: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the integer step of each output channel; see ``rounding.steps``."""
    size = np.abs(weight).max(axis=(1, 2, 3)) / LARGEST
    if weight.shape[1] % 2 == 0:
        sums = np.abs(weight[:, 0::2]) + np.abs(weight[:, 1::2])
        size = np.maximum(size, sums.max(axis=(1, 2, 3)) / (PAIR - 1))
    steps: NDArray[np.float32] = np.maximum(size, 1e-8).astype(np.float32)
    return steps


def tiles_of(pictures: Sequence[Path], count: int) -> list[NDArray[np.float32]]:
    """Return what the detector's network is shown of pages, float32 (1, 1, h, w) each."""
    from desktop_ocr.engine.enhance import enhance
    from desktop_ocr.engine.load import load_page
    from desktop_ocr.engine.segment.detector import DetectorSegmenter
    from desktop_ocr.engine.segment.ink import PageInk

    segmenter = DetectorSegmenter()
    found: list[NDArray[np.float32]] = []
    for picture in pictures:
        page = enhance(load_page(picture).pixels)
        small = segmenter.scaled(page, PageInk.of(page.ink))
        found += [x for x, _ in segmenter.inputs(small)]
    return _some(found, count)


def lines_of(pages: Path, count: int) -> list[NDArray[np.float32]]:
    """Return lines of drawn pages as the second reader is shown them, float32 (1, 3, 48, W)."""
    from desktop_ocr.document.geometry import Quad
    from desktop_ocr.engine.load import load_page
    from desktop_ocr.engine.recognize.second import SHORTEST
    from desktop_ocr.engine.segment.crop import crop, with_margin

    found = []
    for name, labels in json.loads(pages.read_text("utf-8")).items():
        pixels = load_page(pages.parent / name).pixels
        for label in labels:
            quad = with_margin(Quad.of(label["quad"]))
            line = prepare.scale(crop(pixels, quad))
            if line.shape[1] <= prepare.WARD.limit and label.get("text"):
                width = max(prepare.padded_width(line.shape[1]), SHORTEST)
                found.append(prepare.to_input([line], width))
    return _some(found, count)


def _some(found: list[NDArray[np.float32]], count: int) -> list[NDArray[np.float32]]:
    order = np.random.default_rng(0).permutation(len(found))[:count]
    return [found[k] for k in order]


def write(network: Network, inputs: Inputs, folder: Path, about: str) -> Path:
    """Write a network's 8-bit form.

    Args:
        network: Which.
        inputs: For calibration.
        folder: Where.
        about: What it was calibrated on, for the file's own description.

    Raises:
        ModelError: The package's file is missing.
    """
    path = pp_ocr.packaged(network.source)
    model = onnx.load(path)
    described = {entry.key: entry.value for entry in model.metadata_props}
    result = quantized(own_form(model, grey=network.grey), network, inputs)
    result.producer_name, result.producer_version, result.doc_string = "desktop-ocr", "", ""
    described |= {
        "source": f"{network.source} of PyPI rapidocr 3.10 (PaddleOCR), Apache-2.0",
        "source_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "changed": "static int8 of convolutions" + (", one grey plane" if network.grey else ""),
        "calibrated_on": about,
    }
    del result.metadata_props[:]
    onnx.helper.set_model_props(result, described)
    target = folder / network.target
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(result.SerializeToString())
    return target


def main(arguments: Sequence[str] | None = None) -> int:
    """Write both: ``python -m desktop_ocr.training.quantize_pp_ocr PAGES.json``."""
    import argparse

    from desktop_ocr.paths import resource

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("pages", type=Path, help="pages.json of desktop_ocr.training.pages")
    parser.add_argument("--output", type=Path, default=resource(pp_ocr.FOLDER))
    given = parser.parse_args(arguments)
    names = list(json.loads(given.pages.read_text("utf-8")))
    about = f"{len(names)} drawn pages, {Path(names[0]).stem} to {Path(names[-1]).stem}"
    for path in _written(given.pages, names, given.output, about):
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


def _written(pages: Path, names: list[str], folder: Path, about: str) -> Iterator[Path]:
    tiles = tiles_of([pages.parent / name for name in names], _TILES)
    yield write(DETECTOR, tiles, folder, about)
    yield write(SECOND, lines_of(pages, _LINES), folder, about)


if __name__ == "__main__":
    raise SystemExit(main())
