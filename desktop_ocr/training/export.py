"""A trained network becomes a model folder: ONNX to read with, safetensors to train on with.

Weights are rounded to float16 in both files; the ONNX graph casts them back, which onnxruntime
does once at load. So both files hold the same numbers, at half the size of float32.
"""

from __future__ import annotations

import hashlib
import io
import json
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import save_file
from torch import nn

from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.model_files import FORMAT_VERSION
from desktop_ocr.engine.recognize.network import Crnn, from_state
from desktop_ocr.engine.recognize.prepare import GRID, WARD, InputForm

INPUT, OUTPUT = "x", "log_probabilities"
_OPSET = 20
"""The first with GELU as one operator, which onnxruntime computes in one pass."""
_DESCRIPTION = "model.json"
_SMALL = 64
"""Tensors of fewer numbers stay float32 in ONNX: axes, shapes, constants."""


@dataclass(frozen=True, slots=True)
class Card:
    """What model.json says beyond the weights' own facts.

    Attributes:
        identifier: Name of the model and its folder.
        trained_width: Widest line it was trained on, pixels at the input height.
        training: Data with licences, recipe, seeds, counts.
        accuracy: Measured figures with their date.
        calibration: How confidences are mapped (temperature).
    """

    identifier: str
    trained_width: int
    training: dict[str, Any] = field(default_factory=dict)
    accuracy: dict[str, Any] = field(default_factory=dict)
    calibration: dict[str, float] = field(default_factory=dict)


def rounded(network: Crnn) -> Crnn:
    """Return a copy of the network with weights rounded to float16, in float32."""
    return from_state({name: tensor.half() for name, tensor in network.state_dict().items()})


def to_onnx(network: nn.Module, *, half: bool = True, form: InputForm = WARD) -> onnx.ModelProto:
    """Export a network with any number of lines and any width.

    Args:
        network: In evaluation mode.
        half: Store weights as float16.
        form: Its input.

    Returns:
        The graph: ``x`` float32 (N, planes, height, W) -> ``log_probabilities`` float32
        (N, W/stride, C).
    """
    buffer = io.BytesIO()
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # The exporter warns of LSTMs and variable batches.
        torch.onnx.export(
            network, (torch.zeros(2, form.planes, form.height, 2 * GRID),), cast(Any, buffer),
            input_names=[INPUT], output_names=[OUTPUT], opset_version=_OPSET, dynamo=False,
            dynamic_axes={INPUT: {0: "lines", 3: "width"}, OUTPUT: {0: "lines", 1: "steps"}},
        )  # fmt: skip
    model = onnx.load_from_string(buffer.getvalue())
    if half:
        halved(model)
    model.producer_name, model.producer_version, model.doc_string = "desktop-ocr", "", ""
    for node in model.graph.node:
        node.doc_string = ""
    onnx.checker.check_model(model)
    return model


def halved(model: onnx.ModelProto) -> None:
    """Store a graph's large float32 weights as float16 with a cast behind each, in place.

    Scales of quantised tensors stay float32: they are few, and exact to the integers.
    """
    graph = model.graph
    scales = {
        name
        for node in graph.node
        if node.op_type in ("QuantizeLinear", "DequantizeLinear")
        for name in node.input
    }
    casts = []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < _SMALL or tensor.name in scales:
            continue
        full = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{full}.half"))
        casts.append(
            onnx.helper.make_node(
                "Cast", [f"{full}.half"], [full], name=f"{full}.cast", to=onnx.TensorProto.FLOAT
            )
        )
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


def write_model(network: Crnn, charset: Charset, card: Card, models: Path) -> Path:
    """Write a model folder.

    Args:
        network: The trained network.
        charset: Its classes.
        card: What model.json says.
        models: Folder of all models; the new one is ``models / card.identifier``.

    Returns:
        The model's folder.
    """
    if len(charset) != network.head.classes.out_features:
        raise ValueError("the charset does not fit the network's classes")
    folder = models / card.identifier
    entries = {
        "calibration": card.calibration, "training": card.training, "accuracy": card.accuracy,
    }  # fmt: skip
    form = InputForm(trained_width=card.trained_width)
    write_folder(folder, rounded(network), charset, form, card.identifier, entries, half=True)
    return folder


def write_folder(
    folder: Path,
    network: nn.Module,
    charset: Charset,
    form: InputForm,
    identifier: str,
    entries: dict[str, Any],
    *,
    half: bool,
) -> None:
    """Write the files of a model: ONNX, safetensors and description.

    Args:
        folder: Made where it does not exist; the model's files in it are replaced.
        network: In evaluation mode; its weights are stored as they are.
        charset: Its classes.
        form: Its input.
        identifier: The model's id.
        entries: What else model.json says.
        half: Store weights as float16.
    """
    folder.mkdir(parents=True, exist_ok=True)
    graph = to_onnx(network, half=half, form=form)
    (folder / "crnn.onnx").write_bytes(graph.SerializeToString())
    weights = {
        name: (tensor.half() if half else tensor).contiguous()
        for name, tensor in network.state_dict().items()
    }
    save_file(weights, folder / "crnn.safetensors")
    (folder / "crnn.safetensors").chmod(0o644)  # safetensors writes for the owner alone
    about = {
        "format": "desktop-ocr-model",
        "version": FORMAT_VERSION,
        "id": identifier,
        "input": form.description(),
        "blank": 0,
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        **entries,
        "sha256": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in ("crnn.onnx", "crnn.safetensors")
        },
        "characters": list(charset.classes[1:]),
    }
    _write_description(folder, about)


def describe(folder: Path, **entries: Any) -> None:
    """Replace entries of a model's description, its figures above all."""
    path = folder / _DESCRIPTION
    about = json.loads(path.read_text(encoding="utf-8"))
    _write_description(folder, about | entries)


def _write_description(folder: Path, about: dict[str, Any]) -> None:
    """Write model.json; the thousands of classes stand in one line, last, the rest is readable."""
    characters = json.dumps(about["characters"], ensure_ascii=False)
    others = {name: value for name, value in about.items() if name != "characters"}
    text = json.dumps(others, ensure_ascii=False, indent=1).removesuffix("\n}")
    text = f'{text},\n "characters": {characters}\n}}\n'
    (folder / _DESCRIPTION).write_text(text, encoding="utf-8")
