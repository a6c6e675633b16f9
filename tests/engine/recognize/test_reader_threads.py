"""Lines are computed beside each other; that must change nothing but the time."""

from __future__ import annotations

import threading

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_ocr.engine.recognize.reader import Recognizer
from desktop_ocr.paths import resource


@pytest.fixture(scope="module")
def crops() -> list[NDArray[np.uint8]]:
    """The sample line cut into pieces of many widths, and a blank one."""
    line = cv2.imdecode(
        np.frombuffer(resource("samples/line.png").read_bytes(), np.uint8), cv2.IMREAD_COLOR
    )
    width = line.shape[1]
    pieces = [line[:, width * i // 9 : width * (i + 2) // 9] for i in range(8)]
    return [*pieces, line, np.full((40, 200, 3), 255, np.uint8), *pieces[::-1]]


def reading_threads() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith("read-lines")]


def test_several_workers_read_the_same_as_one(crops: list[NDArray[np.uint8]]) -> None:
    alone = dict(Recognizer(threads=1).read(crops))
    beside = dict(Recognizer(threads=3).read(crops))
    assert set(alone) == set(range(len(crops)))
    for index, reading in alone.items():
        assert beside[index].text == reading.text
        assert beside[index].confidence == pytest.approx(reading.confidence, abs=1e-3)
    assert reading_threads() == []


def test_cancelling_and_walking_away_leave_no_thread(crops: list[NDArray[np.uint8]]) -> None:
    recognizer = Recognizer(threads=2)
    seen: list[int] = []
    for index, _ in recognizer.read(crops, cancelled=lambda: len(seen) >= 2):
        seen.append(index)
    assert 2 <= len(seen) < len(crops)
    assert reading_threads() == []

    lines = recognizer.read(crops)
    next(lines)
    lines.close()
    assert reading_threads() == []
