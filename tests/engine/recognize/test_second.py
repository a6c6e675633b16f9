"""The second reader: what it sees lies where ours sees it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_ocr.engine import pp_ocr
from desktop_ocr.engine.recognize import decode, prepare
from desktop_ocr.engine.recognize.charset import BLANK, Charset
from desktop_ocr.engine.recognize.reader import Recognizer
from desktop_ocr.engine.recognize.second import SecondReader
from desktop_ocr.errors import ModelError
from desktop_ocr.paths import resource
from tests.engine.recognize.drawing import draw


@pytest.fixture(scope="module")
def ours() -> Recognizer:
    return Recognizer(threads=1)


@pytest.fixture(scope="module")
def second(ours: Recognizer) -> SecondReader:
    return SecondReader(ours.charset)


@pytest.fixture(scope="module")
def sample() -> NDArray[np.uint8]:
    data = np.frombuffer(resource("samples/line.png").read_bytes(), np.uint8)
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


def test_it_reads_the_sample_line(second: SecondReader, sample: NDArray[np.uint8]) -> None:
    truth = resource("samples/line.txt").read_text(encoding="utf-8").strip()
    assert second.view(prepare.scale(sample)).text == truth


@pytest.mark.parametrize("text", ["", "肺", "白细胞 6.8×10^9/L ↑", "患者因反复咳嗽咳痰三天" * 3])
def test_its_time_steps_are_ours(
    ours: Recognizer, second: SecondReader, sample: NDArray[np.uint8], text: str
) -> None:
    crop = draw(text) if text else sample
    view = second.view(prepare.scale(crop))
    posteriors = ours.posteriors(crop)
    assert view.posteriors.shape == posteriors.shape
    mine = decode.greedy(posteriors)
    assert len(mine) >= max(1, len(text.replace(" ", "")))
    both = [
        (one, other)
        for one in mine
        for other in view.emissions
        if one.number == other.number and abs(one.start - other.start) < 4
    ]
    assert len(both) >= 0.8 * len(mine)
    distances = [(a.start + a.end - b.start - b.end) / 2 for a, b in both]
    assert np.abs(distances).max() <= 2
    assert np.abs(np.mean(distances)) <= 1


def test_its_posteriors_are_of_our_classes(ours: Recognizer, second: SecondReader) -> None:
    posteriors = second.view(prepare.scale(draw("左肾 3.5cm"))).posteriors
    assert posteriors.dtype == np.float32
    shares = np.exp(posteriors.astype(np.float64))
    assert (shares.sum(axis=1) <= 1 + 1e-3).all()
    assert shares[:, BLANK].max() > 0.9
    for sign in "左肾35.cm":
        assert shares[:, ours.charset.number(sign)].max() > 0.5
    # It lacks some of our classes; they are as unlikely as can be.
    assert (posteriors[:, ours.charset.number("㎎")] == posteriors.min()).all()


def test_classes_that_we_lack_are_in_its_text_alone() -> None:
    charset = Charset("左 35.cm")
    view = SecondReader(charset).view(prepare.scale(draw("左肾3.5cm")))
    assert view.text == "左肾3.5cm"
    assert charset.decode([emission.number for emission in view.emissions]) == "左3.5cm"


def test_an_empty_line_is_nothing_to_it(second: SecondReader) -> None:
    view = second.view(np.full((48, 200, 3), 255, np.uint8))
    assert (view.text, view.emissions) == ("", ())


def test_its_network_is_opened_when_first_needed_and_said_to_be_missing(
    ours: Recognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pp_ocr, "SECOND", "gone.onnx")
    reader = SecondReader(ours.charset)
    for _ in range(2):
        with pytest.raises(ModelError, match="missing"):
            reader.view(np.zeros((48, 100, 3), np.uint8))
    monkeypatch.undo()
    assert reader.view(prepare.scale(draw("心"))).text == "心"  # as soon as it is there again


def test_a_damaged_network_is_said(
    ours: Recognizer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "damaged.onnx"
    path.write_bytes(pp_ocr.model_path(pp_ocr.SECOND).read_bytes()[:50_000])
    monkeypatch.setattr(pp_ocr, "model_path", lambda name: path)
    with pytest.raises(ModelError, match="damaged"):
        SecondReader(ours.charset).view(np.zeros((48, 100, 3), np.uint8))


def test_threads_may_ask_at_once(ours: Recognizer) -> None:
    reader = SecondReader(ours.charset)
    lines = [prepare.scale(draw(text)) for text in ("心影增大", "3.5cm", "未见异常", "左肾")]
    with ThreadPoolExecutor(4) as pool:
        views = list(pool.map(reader.view, lines * 2))
    assert [view.text for view in views] == ["心影增大", "3.5cm", "未见异常", "左肾"] * 2
