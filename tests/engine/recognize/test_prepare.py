"""Crops of any shape become the network's input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_ocr.engine.recognize import prepare


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 300), st.integers(1, 900), st.booleans())
def test_every_crop_gets_the_height_and_keeps_its_shape(
    height: int, width: int, grey: bool
) -> None:
    crop = np.full((height, width) if grey else (height, width, 3), 77, np.uint8)
    line = prepare.scale(crop)
    assert line.shape[0] == prepare.HEIGHT
    assert line.dtype == np.uint8
    assert (line == 77).all()
    expected = min(16_000, max(8, width * prepare.HEIGHT / height))
    assert line.shape[1] == pytest.approx(expected, abs=1)


def test_values_are_scaled_and_padding_is_nought() -> None:
    line = np.zeros((48, 300, 3), np.uint8)
    line[:, 20:] = 255
    batch = prepare.to_input([line])
    assert batch.shape == (1, 3, 48, 320)
    assert batch.dtype == np.float32
    assert (batch[..., :20] == -1).all()
    assert batch[..., 20:300] == pytest.approx(1, abs=1e-6)
    assert (batch[..., 300:] == 0).all()


def test_short_lines_are_padded_further_and_nothing_stays_nothing() -> None:
    widths = [prepare.padded_width(width) for width in (0, 1, 200, 256, 257, 1600)]
    assert widths == [0, 256, 256, 256, 288, 1600]


def test_channels_stay_blue_green_red() -> None:
    line = np.zeros((48, 256, 3), np.uint8)
    line[..., 0] = 255
    batch = prepare.to_input([line])
    assert (batch[0, 0] > 0.99).all()
    assert (batch[0, 1:] == -1).all()


@pytest.mark.parametrize(
    "crop",
    [
        np.zeros((0, 10), np.uint8),
        np.zeros((10, 0, 3), np.uint8),
        np.zeros((10, 10, 2), np.uint8),
        np.zeros((10, 10), np.float32),
        np.zeros(10, np.uint8),
    ],
)
def test_what_is_no_crop_is_refused(crop: np.ndarray) -> None:
    with pytest.raises(ValueError, match="crop"):
        prepare.scale(crop)
