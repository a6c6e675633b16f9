"""Paper, stamps and cameras: the line stays on the picture, stamps colour what they cross."""

from __future__ import annotations

import random

import cv2
import numpy as np
import pytest

from desktop_ocr.training import paper
from desktop_ocr.training.draw import Ink
from desktop_ocr.training.stamps import stamped


def ink(handwritten: bool) -> Ink:
    mask = np.zeros((100, 260), np.uint8)
    cv2.putText(mask, "Abcdefg", (50, 65), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 255, 3)
    return Ink(mask, "Abcdefg", 44, (), handwritten)


@pytest.mark.parametrize("handwritten", [False, True])
def test_pictures_show_the_line_and_repeat_by_seed(handwritten: bool) -> None:
    def draw(seed: int) -> paper.Picture:
        rng, choose = np.random.default_rng(seed), random.Random(seed)
        return paper.picture(rng, choose, ink(handwritten), ink(True) if seed % 3 == 0 else None)

    contrast = []
    for seed in range(80):
        image = draw(seed)
        assert image.dtype == np.uint8
        assert image.ndim == 3
        assert min(image.shape[:2]) >= 8
        contrast.append(float(np.ptp(np.percentile(image, (1, 99)))))
    assert np.median(contrast) > 90
    np.testing.assert_array_equal(draw(5), draw(5))


def test_tight_cuts_touch_the_ink_and_loose_ones_leave_paper() -> None:
    share = []
    for seed in range(150):
        rng, choose = np.random.default_rng(seed), random.Random(seed)
        mask, _ = paper._crop(rng, choose, ink(True), None)
        rows = np.flatnonzero(mask.max(axis=1))
        share.append(len(rows) / len(mask))
    assert max(share) >= 0.99
    assert min(share) < 0.55


def test_a_neighbour_leaves_the_line_alone() -> None:
    line = np.zeros((60, 240), np.uint8)
    line[20:40, 80:120] = 255
    sides = 0
    for seed in range(60):
        added = paper._neighbour(random.Random(seed), ink(True), line, 44)
        assert added.shape == line.shape
        assert not added[:, 80:120][12:48].any()
        sides += bool(added[12:48].any())
    assert 5 < sides < 35  # Words beside come less often than lines above and below.


def test_scanner_apps_whiten_paper_and_keep_the_ink_dark() -> None:
    grey = np.full((40, 200, 3), (120, 150, 160), np.uint8)
    grey[15:25, 40:160] = (60, 50, 45)
    for seed in range(10):
        white = paper._whitened(np.random.default_rng(seed), grey)
        assert white[:10].min() > 225
        assert white[18:22, 60:140].mean() < 40


def test_stamps_colour_and_never_lighten() -> None:
    page = np.full((60, 400, 3), 230, np.float32)
    page[25:35, 100:300] = 30
    crossed, red = 0, 0
    for seed in range(40):
        out = stamped(np.random.default_rng(seed), random.Random(seed), page)
        assert out.shape == page.shape
        assert (out <= page + 0.01).all()
        tinted = np.ptp(out, axis=2) > 20
        crossed += bool(tinted.any())
        red += bool(tinted.any() and out[tinted][:, 2].mean() > out[tinted][:, 0].mean())
        assert out[25:35, 100:300].max() <= 31  # Ink below a stamp stays dark.
    assert crossed > 25
    assert red > 0.6 * crossed
