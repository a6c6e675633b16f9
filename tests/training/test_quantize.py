"""Eight-bit convolutions: what is written, and that it reads what the float network reads."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper

from desktop_ocr.engine.recognize import network, prepare
from desktop_ocr.engine.recognize.model_files import open_model
from desktop_ocr.engine.recognize.network import Crnn
from desktop_ocr.engine.recognize.reader import Recognizer
from desktop_ocr.training import measure
from desktop_ocr.training.equalize import equalized
from desktop_ocr.training.lines import LineMaker
from desktop_ocr.training.quantize import Lines, best_range, quantize_folder
from desktop_ocr.training.rounding import LARGEST, PAIR, is_integer, rounded
from tests.engine.recognize.drawing import draw

_TEXTS = [
    "双肺纹理增多，心影大小形态正常。",
    "总胆固醇 5.62 mmol/L ↑ 2.80-5.20",
    "阿莫西林胶囊0.5g×24粒 口服 tid",
    "诊断意见：左肺上叶结节，建议复查CT",
    "2026-11-20 08:35",
]


@pytest.fixture(scope="module")
def lines(maker: LineMaker) -> Lines:
    return Lines.of([maker.draw(9, number)[0] for number in range(12)], 9)


@pytest.fixture(scope="module")
def folder(lines: Lines, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped weights, quantised on a few lines."""
    shipped = open_model().folder
    folder = tmp_path_factory.mktemp("models") / "small"
    shutil.copytree(shipped, folder)
    quantize_folder(folder, lines)
    return folder


@pytest.fixture(scope="module")
def shipped() -> Crnn:
    return network.load(open_model().folder / "crnn.safetensors")


def _weights(folder: Path) -> dict[str, np.ndarray]:
    graph = onnx.load(folder / "crnn.onnx").graph
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}


def test_the_folder_says_what_was_done(folder: Path) -> None:
    model = open_model(folder)  # Fails where the digest is wrong.
    assert model.description["quantization"]["lines"] == 12
    assert model.description["quantization"]["drawn_with_seed"] == 9
    weights = folder / "crnn.safetensors"
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    assert digest == open_model().description["sha256"]["crnn.safetensors"]


def test_the_file_is_smaller_than_its_float_weights(folder: Path) -> None:
    half = (folder / "crnn.safetensors").stat().st_size
    assert (folder / "crnn.onnx").stat().st_size < 0.9 * half


def test_blocks_are_integer_and_the_rest_is_not(folder: Path) -> None:
    kinds = {name: values.dtype for name, values in _weights(folder).items()}
    integer = {name for name, kind in kinds.items() if kind == np.int8 and "weight" in name}
    blocks = {name for name in kinds if ".blocks." in name and "weight" in name}
    assert {name for name in integer if "zero_point" not in name} == {
        name for name in blocks if name.endswith("_quantized")
    }
    assert sum(name.endswith("weight_quantized") for name in integer) == 3 * 12
    assert kinds["convolutions.blocks.0.gate.squeeze.weight.half"] == np.float16
    assert kinds["convolutions.stem.first.weight.half"] == np.float16


def test_nothing_of_the_head_is_integer(folder: Path) -> None:
    nodes = onnx.load(folder / "crnn.onnx").graph.node
    integer = [node.name for node in nodes if node.op_type == "QuantizeLinear"]
    assert integer
    assert not [name for name in integer if not name.startswith("/convolutions/")]
    assert is_integer("/convolutions/blocks/blocks.3/widen/Conv")
    assert is_integer("convolutions.blocks.3.widen")
    assert not is_integer("/head/beside/blocks/blocks.1/merge/Add")


def test_no_pair_of_products_leaves_sixteen_bits(folder: Path) -> None:
    pairs = 0
    for name, values in _weights(folder).items():
        if not name.endswith("weight_quantized"):
            continue
        weights = values.astype(int)
        assert np.abs(weights).max() <= LARGEST
        if weights.shape[1] > 1:
            sums = np.abs(weights[:, 0::2] + weights[:, 1::2])
            assert sums.max() <= PAIR < 32767 / 255
            pairs += 1
    assert pairs == 2 * 12


def test_it_reads_what_the_float_network_reads(folder: Path) -> None:
    crops = [draw(text) for text in _TEXTS]
    recognizer = Recognizer(folder, threads=1)
    found = {index: reading.text for index, reading in recognizer.read(crops)}
    scores = [measure.score(text, found[index]) for index, text in enumerate(_TEXTS)]
    assert measure.character_error_rate(scores) <= 0.02


def test_its_posteriors_are_near_the_float_networks(folder: Path, shipped: Crnn) -> None:
    line = prepare.scale(draw(_TEXTS[1]))
    found = Recognizer(folder, threads=1).posteriors(line)
    batch = prepare.to_input([line], prepare.padded_width(line.shape[1]))
    with torch.no_grad():
        expected = shipped(torch.from_numpy(batch))[0].numpy()
    assert np.abs(np.exp(found) - np.exp(expected)).mean(0).sum() < 0.1
    assert (found.argmax(1) == expected.argmax(1)).mean() > 0.95


def test_a_line_reads_the_same_whatever_lies_beside_it(folder: Path) -> None:
    recognizer = Recognizer(folder, threads=1)
    crops = [draw(text) for text in ("肝胆脾胰未见异常", "肾功能三项检查呀", "肝胆脾胰未见异帝")]
    together = dict(recognizer.read(crops))
    for index, crop in enumerate(crops):
        ((_, alone),) = recognizer.read([crop])
        assert alone.text == together[index].text


def test_equalising_changes_channels_and_no_output(shipped: Crnn, lines: Lines) -> None:
    same = equalized(shipped, lines.inputs)
    weight = same.convolutions.blocks[3].widen.weight
    assert not torch.allclose(weight, shipped.convolutions.blocks[3].widen.weight, rtol=0.05)
    batch = torch.from_numpy(lines.inputs[-1])
    with torch.no_grad():
        torch.testing.assert_close(same(batch), shipped(batch), atol=2e-3, rtol=1e-3)


def test_rounding_looks_at_the_inputs() -> None:
    generator = torch.Generator().manual_seed(3)
    # Channels say much the same, as in a network.
    inputs = torch.randn(24, 6, generator=generator) @ torch.randn(6, 5000, generator=generator)
    inputs += 0.1 * torch.randn(24, 5000, generator=generator)
    weight = torch.randn(8, 24, generator=generator)
    step = weight.abs().amax(1) / 15
    found = rounded(weight, step, inputs @ inputs.T / 5000)
    torch.testing.assert_close(found / step[:, None], (found / step[:, None]).round())
    plain = (weight / step[:, None]).round() * step[:, None]
    assert ((found - weight) @ inputs).square().mean() < 0.5 * (
        (plain - weight) @ inputs
    ).square().mean()


def test_a_range_cuts_off_what_is_odd_and_keeps_what_is_usual() -> None:
    values = np.random.default_rng(1).normal(0, 1, 500_000)
    values[0] = 60.0
    counts, edges = np.histogram(values, 4096, range=(-60, 60))
    low, high = best_range(counts, edges, values.min(), values.max())
    assert low == pytest.approx(values.min(), rel=0.3)
    assert 20 < high < 50

    def error(low: float, high: float) -> float:
        step = (high - low) / 255
        return float(((np.clip(np.round(values / step) * step, low, high) - values) ** 2).mean())

    assert error(low, high) < 0.8 * error(values.min(), values.max())
