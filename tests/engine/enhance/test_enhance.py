from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_ocr.engine.enhance import EnhanceParameters, enhance, steps
from desktop_ocr.engine.enhance.stamps import find_stamps
from tests.engine.drawing import DrawnPage, prose, shaded, skewed


def names(page: object) -> list[str]:
    return [step.name for step in page.steps]  # type: ignore[attr-defined]


def test_original_stays_untouched_and_every_step_is_recorded() -> None:
    pixels = skewed(shaded(prose().pixels), 3.0)
    before = pixels.copy()
    pixels.flags.writeable = False
    page = enhance(pixels)
    assert (pixels == before).all()
    assert names(page) == ["grey", "flatten", "stretch", "orientation", "deskew", "binarise"]
    deskew = next(s for s in page.steps if s.name == "deskew")
    assert deskew.parameters["angle"] == pytest.approx(3.0, abs=0.2)


@settings(max_examples=15, deadline=None)
@given(angle=st.floats(-40, 40))
def test_what_is_found_is_mapped_back_to_original_pixels(angle: float) -> None:
    page = DrawnPage(900, 700)
    for k in range(6):
        page.text(60, 60 + 90 * k, "检查所见 两肺纹理增多 ABC 123", size=30)
    page.pen.rectangle((700, 500, 719, 519), fill=(0, 0, 0))
    pixels = skewed(page.pixels, angle)
    found = enhance(pixels)
    back = found.transform.inverse()
    # The black square's centre, where it really stands on the skewed page ...
    dark = pixels[..., 0] < 40
    import cv2

    _, _, stats, centres = cv2.connectedComponentsWithStats(dark.astype(np.uint8))
    square = 1 + int(np.abs(stats[1:, cv2.CC_STAT_AREA] - 400).argmin())
    x, y = centres[square] + 0.5
    # ... is dark on the enhanced page where the transform says, and back again.
    u, v = back.point(float(x), float(y))
    assert found.grey[int(v), int(u)] < 60
    assert found.transform.point(u, v) == pytest.approx((x, y), abs=1e-6)


def test_large_pages_are_scaled_down_and_small_ones_up() -> None:
    large = enhance(np.full((4000, 3000, 3), 255, np.uint8))
    assert large.grey.size <= 3_010_000
    assert large.transform.point(large.grey.shape[1], large.grey.shape[0]) == pytest.approx(
        (3000, 4000)
    )
    small = enhance(np.full((300, 400, 3), 255, np.uint8))
    assert small.grey.shape == (600, 800)


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (3000, 1), (3, 3), (2, 9000)])
def test_tiny_pictures_pass(shape: tuple[int, int]) -> None:
    page = enhance(np.zeros((*shape, 3), np.uint8))
    assert page.grey.shape == page.ink.shape


def test_shadow_is_taken_away_before_ink_is_told_from_paper() -> None:
    clean, dark = prose().pixels, shaded(prose().pixels)
    true = steps.to_grey(clean) < 128
    found = enhance(dark, EnhanceParameters(turn=False)).ink > 0
    missed = (true & ~found).sum() / true.sum()
    invented = (found & ~true).sum() / true.sum()
    assert missed < 0.05
    assert invented < 0.35  # the pale edges of strokes


def test_grain_is_measured_and_smoothed() -> None:
    rng = np.random.default_rng(0)
    clean = prose().pixels
    assert steps.noise_level(steps.to_grey(clean)) < 1
    noisy = np.clip(clean.astype(float) - 20 + rng.normal(0, 15, clean.shape), 0, 255)
    page = enhance(noisy.astype(np.uint8))
    step = next(s for s in page.steps if s.name == "denoise")
    true = 15 * np.sqrt(0.114**2 + 0.587**2 + 0.299**2)  # of the three channels' weighted sum
    assert step.parameters["noise"] == pytest.approx(true, rel=0.25)


def test_negative_is_turned_and_found_like_the_positive() -> None:
    page = prose()
    positive, negative = enhance(page.pixels), enhance(255 - page.pixels)
    assert "invert" not in names(positive)
    assert "invert" in names(negative)
    assert (positive.ink == negative.ink).mean() > 0.999


def test_faint_pencil_gets_full_contrast() -> None:
    page = DrawnPage(paper=200)
    for k in range(10):
        page.text(100, 100 + 60 * k, "铅笔写的字很淡", fill=(165, 165, 165))
    found = enhance(page.pixels)
    assert {"stretch", "clahe"} <= set(names(found))
    for left, top, right, bottom in page.boxes:
        assert found.ink[top:bottom, left:right].mean() > 0.05


def test_stamp_goes_but_black_ink_under_it_and_red_headings_stay() -> None:
    page = DrawnPage()
    page.text(300, 100, "检验报告单红头文件", size=50, fill=(200, 20, 30))
    page.text(200, 1230, "报告时间：2025-03-12 15:42")
    black = page.pixels[..., 2] < 100
    page.pen.ellipse((300, 1100, 560, 1360), outline=(205, 40, 50), width=8)
    page.pen.regular_polygon((430, 1180, 30), 5, fill=(205, 40, 50))
    stamps = find_stamps(page.pixels)
    assert stamps is not None
    assert not stamps[:300].any()
    assert stamps[1100:1110, 400:460].any()
    assert (stamps & black).sum() < 0.1 * black.sum()
    assert "stamps" in names(enhance(page.pixels))
    assert find_stamps(prose().pixels) is None


def test_sauvola_against_its_formula() -> None:
    rng = np.random.default_rng(5)
    grey = rng.integers(0, 255, (40, 50), dtype=np.uint8)
    padded = np.pad(grey.astype(float), 4, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (9, 9))
    mean, deviation = windows.mean((2, 3)), windows.std((2, 3))
    expected = grey < mean * (1 + 0.3 * (deviation / 128 - 1))
    found = steps.binarise(grey, 9, 0.3, 128.0) > 0
    assert (found == expected).mean() > 0.999  # rounding at the threshold itself
