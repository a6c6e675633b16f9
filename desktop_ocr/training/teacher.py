"""PP-OCRv6 small as a teacher: its weights, its features and its classes.

The ONNX file lies inside the wheel of the PyPI package ``rapidocr`` (Apache-2.0).
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import nn

from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.network import Crnn

Array = NDArray[np.float32]
_MODEL = "PP-OCRv6_rec_small.onnx"


def teacher_path() -> Path:
    """Return the teacher's file in the installed ``rapidocr`` package.

    Raises:
        FileNotFoundError: The package or the file in it is missing.
    """
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("install the package rapidocr 3.10: it holds the teacher")
    path = Path(spec.origin).parent / "models" / _MODEL
    if not path.is_file():
        raise FileNotFoundError(f"{_MODEL} is not in the package rapidocr: install version 3.10")
    return path


class Teacher:
    """The teacher's graph, opened for its weights.

    Attributes:
        characters: Texts of classes 1, 2, …; the last is the space.
        rows: float32 (classes, 120), the last layer's weights.
        biases: float32 (classes,).
    """

    def __init__(self, path: Path | None = None) -> None:
        """Read the graph."""
        self.model = onnx.load(path or teacher_path())
        self._tensors = {
            tensor.name: numpy_helper.to_array(tensor) for tensor in self.model.graph.initializer
        }
        (listed,) = (p.value for p in self.model.metadata_props if p.key == "character")
        self.characters: list[str] = [*listed.split("\n"), " "]
        *_, product = (node for node in self.model.graph.node if node.op_type == "MatMul")
        self.rows: Array = self._tensors[product.input[1]].T.copy()
        self.biases: Array = self._tensors[self._after(product).input[1]].copy()
        self._last_features = product.input[0]

    def _after(self, node: onnx.NodeProto) -> onnx.NodeProto:
        """Return the first node that reads a node's output."""
        return next(n for n in self.model.graph.node if node.output[0] in n.input)

    def convolution_weights(self) -> list[tuple[Array, Array]]:
        """Return weight and bias of each convolution in the graph's order.

        A bias stands in an Add of shape (1, C, 1, 1) behind the convolution; a batch
        normalisation behind it is folded into both.
        """
        found: list[tuple[Array, Array]] = []
        for node in self.model.graph.node:
            if node.op_type != "Conv":
                continue
            weight = self._tensors[node.input[1]]
            after = self._after(node)
            if after.op_type == "BatchNormalization":
                gain, shift, mean, variance = (self._tensors[name] for name in after.input[1:])
                epsilon = next(a.f for a in after.attribute if a.name == "epsilon")
                factor = gain / np.sqrt(variance + epsilon)
                weight = weight * factor[:, None, None, None]
                bias = shift - mean * factor
            else:
                bias = self._tensors[after.input[1]].reshape(-1)
            found.append((weight.astype(np.float32), bias.astype(np.float32)))
        return found

    def numbers(self, charset: Charset) -> NDArray[np.int64]:
        """Return the teacher's class number of each of our classes, -1 where it has none."""
        known = {text: number for number, text in enumerate(self.characters, 1)}
        numbers = [0, *(known.get(text, -1) for text in charset.classes[1:])]
        return np.array(numbers, np.int64)

    def start(self, charset: Charset, seed: int) -> Crnn:
        """Make a network with the teacher's convolutions and last layer; the LSTMs are random.

        Args:
            charset: Our classes. Classes the teacher lacks start small and unlikely.
            seed: Seed of what is random.
        """
        torch.manual_seed(seed)
        network = Crnn(len(charset))
        head = network.head
        modules = [m for m in network.convolutions.modules() if isinstance(m, nn.Conv2d)]
        modules += [head.shortcut, head.mix, head.neighbours]
        weights = self.convolution_weights()
        if len(weights) != len(modules):
            raise ValueError("this file is not the PP-OCRv6 small recogniser")
        with torch.no_grad():
            for module, (weight, bias) in zip(modules, weights, strict=True):
                module.weight.copy_(torch.from_numpy(weight))
                assert module.bias is not None
                module.bias.copy_(torch.from_numpy(bias))
            numbers = self.numbers(charset)
            known = np.flatnonzero(numbers >= 0)
            head.classes.weight.normal_(0, 0.02)
            head.classes.bias.fill_(float(self.biases[1:].mean()) - 2.0)
            head.classes.weight[known] = torch.from_numpy(self.rows[numbers[known]])
            head.classes.bias[known] = torch.from_numpy(self.biases[numbers[known]])
        return network

    def session(self, threads: int) -> Any:
        """Open the graph with its two inner features as outputs.

        Returns:
            An onnxruntime session: float32 (N, 3, 48, W) -> (N, 384, 1, W/8) and (N, W/8, 120).
        """
        import onnxruntime

        (pool,) = (n for n in self.model.graph.node if n.op_type == "AveragePool")
        graph = onnx.ModelProto()
        graph.CopyFrom(self.model)
        del graph.graph.output[:]
        for name in (pool.output[0], self._last_features):
            graph.graph.output.append(
                onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None)
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            graph.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
