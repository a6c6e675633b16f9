"""Pages as phones take them: whichever way up and however tilted, they read the same."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from desktop_ocr.engine.events import PageRead
from desktop_ocr.engine.load import from_array, load_page
from desktop_ocr.engine.pipeline import Engine
from desktop_ocr.paths import resource
from desktop_ocr.training.measure import edits, normal
from tests.engine.drawing import shaded


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(threads=2)


@pytest.fixture(scope="module")
def sample() -> tuple[np.ndarray, str]:
    path = resource("samples") / "xray_report.png"
    return load_page(path).pixels, path.with_suffix(".txt").read_text("utf-8")


def photographed(pixels: np.ndarray, angle: float) -> np.ndarray:
    """Turn a page about its centre and take it from a little aside, on a grey desk."""
    height, width = pixels.shape[:2]
    side = round(1.25 * np.hypot(height, width))
    a = np.radians(angle)
    turn = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    placed = (corners - [width / 2, height / 2]) @ turn.T
    placed /= 1 + 0.05 * placed[:, 1:] / side  # farther edges are smaller
    target = (placed + side / 2).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    desk = cv2.warpPerspective(pixels, matrix, (side, side), borderValue=(90, 95, 100))
    return shaded(cv2.GaussianBlur(desk, (0, 0), 0.7), 0.7)


@pytest.mark.parametrize("angle", [180, 90, 25])
def test_sample_photographed_any_way_up_reads_the_same(
    engine: Engine, sample: tuple[np.ndarray, str], angle: int
) -> None:
    pixels, text = sample
    *_, done = engine.read(from_array(photographed(pixels, angle), "photo"))
    assert isinstance(done, PageRead)
    read = normal("".join(line.text for line in done.lines))
    wanted = normal(text)
    assert edits(wanted, read) <= 0.02 * len(wanted)
    # The quads begin where the text begins: along the text means along the tilt.
    first = max(done.lines, key=lambda line: line.quad.width).quad
    along = np.degrees(np.arctan2(first.points[0].y - first.points[1].y,
                                  first.points[1].x - first.points[0].x))  # fmt: skip
    assert abs((along - angle + 180) % 360 - 180) < 3
