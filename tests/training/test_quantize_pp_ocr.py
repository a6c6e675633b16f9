"""PP-OCRv6's networks with 8-bit convolutions: what was changed, and that they see the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import numpy_helper

from desktop_ocr.engine import pp_ocr
from desktop_ocr.engine.enhance import enhance
from desktop_ocr.engine.recognize import prepare
from desktop_ocr.engine.segment.detector import DetectorSegmenter
from desktop_ocr.engine.segment.ink import PageInk
from desktop_ocr.training.quantize_pp_ocr import DETECTOR, SECOND, Network, own_form, write
from desktop_ocr.training.rounding import LARGEST, PAIR
from tests.engine.drawing import lab_sheet
from tests.engine.recognize.drawing import draw

Picture = NDArray[np.float32]


@pytest.fixture(scope="module")
def tiles() -> list[Picture]:
    page = enhance(lab_sheet().pixels)
    segmenter = DetectorSegmenter()
    return [x for x, _ in segmenter.inputs(segmenter.scaled(page, PageInk.of(page.ink)))]


def _run(network: str | bytes, x: Picture) -> Picture:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    found: Picture = session.run(None, {"x": x})[0]
    return found


def _float(network: Network, x: Picture) -> Picture:
    """What the network of the package sees."""
    planes = np.repeat(x, 3, axis=1) if network.grey else x
    return _run(str(pp_ocr.packaged(network.source)), planes)


@pytest.mark.parametrize("network", [DETECTOR, SECOND], ids=lambda n: n.target)
def test_our_form_computes_what_the_package_s_network_does(
    network: Network, tiles: list[Picture]
) -> None:
    model = own_form(onnx.load(pp_ocr.packaged(network.source)), grey=network.grey)
    kinds = {node.op_type for node in model.graph.node}
    assert "Gelu" in kinds
    assert "Erf" not in kinds
    x = tiles[0] if network.grey else prepare.to_input([prepare.scale(draw("左肾 3.5cm"))], 320)
    found = _run(model.SerializeToString(), x)
    np.testing.assert_allclose(found, _float(network, x), atol=2e-4)


def test_the_shipped_detector_sees_the_text_that_the_float_one_sees(tiles: list[Picture]) -> None:
    both = either = 0
    for x in tiles:
        ours = _run(str(pp_ocr.model_path(pp_ocr.DETECTOR)), x) > 0.3
        theirs = _float(DETECTOR, x) > 0.3
        both, either = both + int((ours & theirs).sum()), either + int((ours | theirs).sum())
    assert both >= 0.9 * either


@pytest.mark.parametrize("network", [DETECTOR, SECOND], ids=lambda n: n.target)
def test_what_is_shipped_was_made_of_the_package_installed(network: Network) -> None:
    model = onnx.load(pp_ocr.model_path(network.target))
    about = {entry.key: entry.value for entry in model.metadata_props}
    packaged = pp_ocr.packaged(network.source).read_bytes()
    assert about["source_sha256"] == hashlib.sha256(packaged).hexdigest()
    assert "Apache-2.0" in about["source"]


@pytest.mark.parametrize("network", [DETECTOR, SECOND], ids=lambda n: n.target)
def test_processors_without_vnni_do_not_cut_off_sums(network: Network) -> None:
    """They add the products of two neighbouring weights in 16 bits."""
    graph = onnx.load(pp_ocr.model_path(network.target)).graph
    weights = [
        numpy_helper.to_array(tensor).astype(np.int32)
        for tensor in graph.initializer
        if tensor.data_type == onnx.TensorProto.INT8 and len(tensor.dims) == 4
    ]
    assert len(weights) > 30
    for weight in weights:
        assert np.abs(weight).max() <= LARGEST
        if weight.shape[1] % 2 == 0:
            assert np.abs(weight[:, 0::2] + weight[:, 1::2]).max() <= PAIR


def test_a_network_is_written_with_stem_and_gates_left_float(
    tiles: list[Picture], tmp_path: Path
) -> None:
    path = write(DETECTOR, [x[:, :, :128, :128] for x in tiles[:2]], tmp_path, "two pieces of one")
    model = onnx.load(path)
    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    makers = {name: node for node in model.graph.node for name in node.output}
    floats = [
        node.input[1]
        for node in model.graph.node
        if node.op_type == "Conv" and makers.get(node.input[1]) is None
    ]
    integers = [
        makers[node.input[1]].input[0]
        for node in model.graph.node
        if node.op_type == "Conv" and node.input[1] in makers
    ]
    assert {tuple(weights[name].dims[2:]) for name in floats[5:]} == {(1, 1)}
    assert (len(floats), len(integers)) == (31, 52)
    assert {weights[name].data_type for name in integers} == {onnx.TensorProto.INT8}
    about = {entry.key: entry.value for entry in model.metadata_props}
    assert about["calibrated_on"] == "two pieces of one"
    assert path.stat().st_size < 4e6
