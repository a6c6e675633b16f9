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
    widths = [prepare.padded_width(width) for width in (0, 1, 112, 113, 200, 256, 257, 1600)]
    assert widths == [0, 128, 128, 256, 256, 256, 288, 1600]


def test_channels_stay_blue_green_red() -> None:
    line = np.zeros((48, 256, 3), np.uint8)
    line[..., 0] = 255
    batch = prepare.to_input([line])
    assert (batch[0, 0] > 0.99).all()
    assert (batch[0, 1:] == -1).all()


def test_another_form_is_grey_and_padded_as_it_says() -> None:
    form = prepare.InputForm(
        height=32, stride=4, shortest=640, trained_width=640, channels="grey",
        scale=1 / 255, offset=0.0, padding=0.25, narrow=0,
    )  # fmt: skip
    assert prepare.InputForm.from_description(form.description()) == form
    crop = np.zeros((64, 400, 3), np.uint8)
    crop[:] = (200, 100, 50)  # BGR
    batch = prepare.to_input([prepare.scale(crop, form)], None, form)
    assert batch.shape == (1, 1, 32, 640)
    expected = (0.2989 * 50 + 0.587 * 100 + 0.114 * 200) / 255
    assert batch[..., :200] == pytest.approx(expected, abs=1e-6)
    assert (batch[..., 200:] == 0.25).all()


@pytest.mark.parametrize(
    "wrong",
    [{"stride": 3}, {"stride": 0}, {"height": 0}, {"shortest": 250}, {"trained_width": 512},
     {"channels": "CMYK"}, {"shortest": 1632}],
)  # fmt: skip
def test_a_form_that_no_line_fits_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="out of range"):
        prepare.InputForm(**wrong)


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
