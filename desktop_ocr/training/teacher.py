"""PP-OCRv6 small as a teacher: its weights, its features and its classes.

The ONNX file lies inside the wheel of the PyPI package ``rapidocr`` (Apache-2.0).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import nn

from desktop_ocr.engine.pp_ocr import RECOGNISER, model_path
from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.network import Crnn

Array = NDArray[np.float32]
_Layer = nn.Linear | nn.LayerNorm


def attention_layers(attention: nn.Module) -> list[_Layer]:
    """Return the layers of attention blocks in the order in which they are computed."""
    return [module for module in attention.modules() if isinstance(module, _Layer)]


class Teacher:
    """The teacher's graph, opened for its weights.

    Attributes:
        characters: Texts of classes 1, 2, …; the last is the space.
        rows: float32 (classes, 120), the last layer's weights.
        biases: float32 (classes,).
    """

    def __init__(self, path: Path | None = None) -> None:
        """Read the graph.

        Args:
            path: The ONNX file; None for the one in the package ``rapidocr``.

        Raises:
            ModelError: The package or the file in it is missing.
        """
        self.model = onnx.load(path or model_path(RECOGNISER))
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

    def _attention_weights(self) -> list[tuple[Array, Array]]:
        """Return weight and bias of each layer behind the convolutions but the last, in order.

        A layer is a product with a matrix, or with the gains of a normalisation; what is added
        next is its bias.
        """
        nodes = list(self.model.graph.node)
        start = next(i for i, node in enumerate(nodes) if node.op_type == "AveragePool")
        found: list[tuple[Array, Array]] = []
        for node in nodes[start:]:
            weight = self._constant(node) if node.op_type in ("MatMul", "Mul") else None
            if weight is not None and weight.size > 1 and node.input[0] != self._last_features:
                bias = self._constant(self._after(node))
                assert bias is not None
                found.append((weight.T.copy(), bias.copy()))
        return found

    def _constant(self, node: onnx.NodeProto) -> Array | None:
        return next((self._tensors[name] for name in node.input if name in self._tensors), None)

    def numbers(self, charset: Charset) -> NDArray[np.int64]:
        """Return the teacher's class number of each of our classes, -1 where it has none."""
        known = {text: number for number, text in enumerate(self.characters, 1)}
        numbers = [0, *(known.get(text, -1) for text in charset.classes[1:])]
        return np.array(numbers, np.int64)

    def start(self, charset: Charset, seed: int, *, beside: int = 2, after: int = 0) -> Crnn:
        """Make a network with the teacher's weights; the LSTMs are random.

        With attention beside the LSTMs it reads as the teacher does: what the LSTMs add starts at
        nought.

        Args:
            charset: Our classes. Classes the teacher lacks start small and unlikely.
            seed: Seed of what is random.
            beside: Attention blocks beside the LSTMs: 0 or the teacher's 2.
            after: Attention blocks after the LSTMs, random.
        """
        torch.manual_seed(seed)
        network = Crnn(len(charset), beside=beside, after=after)
        head = network.head
        modules = [m for m in network.convolutions.modules() if isinstance(m, nn.Conv2d)]
        modules += [head.shortcut, head.mix, head.neighbours]
        weights = self.convolution_weights()
        if head.beside is not None:
            modules += [head.beside.mix, head.beside.neighbours]
            weights += weights[-2:]
        if len(weights) != len(modules):
            raise ValueError("this file is not the PP-OCRv6 small recogniser")
        with torch.no_grad():
            for module, (weight, bias) in zip(modules, weights, strict=True):
                module.weight.copy_(torch.from_numpy(weight))
                assert module.bias is not None
                module.bias.copy_(torch.from_numpy(bias))
            if head.beside is not None:
                for layer, (weight, bias) in zip(
                    attention_layers(head.beside.blocks), self._attention_weights(), strict=True
                ):
                    layer.weight.copy_(torch.from_numpy(weight))
                    layer.bias.copy_(torch.from_numpy(bias))
                head.narrow.weight.zero_()
                head.narrow.bias.zero_()
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
