"""The torch network, its origin and its ONNX file hold the same numbers."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray

from desktop_ocr.engine.recognize import network, prepare
from desktop_ocr.engine.recognize.model_files import open_model
from desktop_ocr.training.classes import our_charset
from desktop_ocr.training.export import to_onnx
from desktop_ocr.training.teacher import Teacher
from tests.engine.recognize.drawing import draw


def _batch(width: int, lines: int) -> NDArray[np.float32]:
    line = prepare.scale(draw("白细胞 6.85×10⁹/L ↑ 3.5-9.5", size=36))
    return prepare.to_input([np.roll(line, 17 * n, axis=1) for n in range(lines)], width)


@pytest.fixture(scope="module")
def teacher() -> Teacher:
    return Teacher()


def test_convolutions_equal_the_graph_they_come_from(teacher: Teacher) -> None:
    start = teacher.start(our_charset(), seed=0).eval()
    batch = _batch(480, 2)
    expected, _ = teacher.session(threads=1).run(None, {"x": batch})
    with torch.no_grad():
        found = start.convolutions(torch.from_numpy(batch)).numpy()
    assert found.shape == (2, network.FEATURES, 1, 60)
    np.testing.assert_allclose(found, expected, atol=3e-5)


def test_the_start_sees_what_the_teacher_sees(teacher: Teacher) -> None:
    start = teacher.start(our_charset(), seed=0).eval()
    batch = _batch(480, 2)
    seen, expected = teacher.session(threads=1).run(None, {"x": batch})
    with torch.no_grad():
        found = start.head.features(torch.from_numpy(seen)).numpy()
    np.testing.assert_allclose(found, expected, atol=1e-3)


@pytest.mark.parametrize(("beside", "after"), [(0, 0), (0, 1), (2, 0)])
def test_the_form_of_the_head_follows_from_its_weights(beside: int, after: int) -> None:
    made = network.Crnn(20, beside=beside, after=after).eval()
    again = network.from_state(made.state_dict())
    features = torch.randn(2, network.FEATURES, 1, 9)
    with torch.no_grad():
        torch.testing.assert_close(again.head(features), made.head(features))


def test_last_layer_starts_as_the_teachers(teacher: Teacher) -> None:
    charset = our_charset()
    head = teacher.start(charset, seed=0).head
    number, theirs = charset.number("血"), teacher.characters.index("血") + 1
    np.testing.assert_array_equal(head.classes.weight[number].detach(), teacher.rows[theirs])
    assert teacher.numbers(charset)[charset.number("㎡")] == -1


@pytest.mark.parametrize(("width", "lines"), [(32, 1), (480, 3), (1600, 1)])
def test_onnx_and_torch_agree(width: int, lines: int) -> None:
    files = open_model()
    weights = network.load(files.folder / "crnn.safetensors")
    graph = to_onnx(weights).SerializeToString()
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    batch = _batch(width, lines)
    (found,) = session.run(None, {"x": batch})
    with torch.no_grad():
        expected = weights(torch.from_numpy(batch)).numpy()
    assert found.shape == (lines, width // prepare.STRIDE, len(files.charset))
    np.testing.assert_allclose(found, expected, atol=1e-3)
    np.testing.assert_allclose(np.exp(found).sum(-1), 1, atol=1e-4)
