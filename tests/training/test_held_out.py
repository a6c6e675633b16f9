"""Lines kept for measuring: seeds of their own, the same lines each time, readable."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest

from desktop_ocr.training.held_out import FIRST_SEED, LOWEST, HeldOut, contrast, is_readable
from desktop_ocr.training.lines import LineMaker, Sources


def printed(ink: int, paper: int, height: int = 40) -> np.ndarray:
    """A word in the middle third of a long line."""
    line = np.full((height, 12 * height, 3), paper, np.uint8)
    cv2.putText(line, "37.5", (4 * height, height - 8), 0, height / 30, (ink,) * 3, 2)
    return line


def test_same_seed_same_readable_lines(maker: LineMaker, sources: Sources) -> None:
    del maker  # Only to skip where no face is installed.
    first = list(itertools.islice(HeldOut(sources).lines(FIRST_SEED), 8))
    again = list(itertools.islice(HeldOut(sources).lines(FIRST_SEED), 8))
    for line, same in zip(first, again, strict=True):
        assert line.text == same.text
        np.testing.assert_array_equal(line.picture, same.picture)
        assert is_readable(line.picture)
        assert line.picture.shape[0] >= LOWEST
    other = itertools.islice(HeldOut(sources).lines(FIRST_SEED + 1), 8)
    assert [line.text for line in other] != [line.text for line in first]


def test_chance_of_handwriting_is_limited(maker: LineMaker, sources: Sources) -> None:
    del maker
    lines = itertools.islice(HeldOut(sources, most_by_hand=0.0).lines(FIRST_SEED), 30)
    assert not any(line.handwritten for line in lines)


def test_seeds_of_training_are_refused(maker: LineMaker, sources: Sources) -> None:
    del maker
    with pytest.raises(ValueError, match="held-out seeds"):
        next(HeldOut(sources).lines(1))


def test_notes_need_texts_that_are_held_out(maker: LineMaker, sources: Sources) -> None:
    del maker
    with pytest.raises(ValueError, match="held out"):
        next(HeldOut(sources).notes(FIRST_SEED))
    with pytest.raises(ValueError, match="held-out seeds"):
        next(HeldOut(sources).rare(1))


def test_contrast_is_that_of_ink_wherever_it_stands() -> None:
    assert contrast(printed(20, 220)) > 150
    assert 20 < contrast(printed(150, 190)) <= 40
    assert contrast(np.full((40, 300, 3), 180, np.uint8)) == 0


def test_shadow_and_rules_are_no_ink() -> None:
    faint = printed(168, 190).astype(np.float32)
    faint *= np.linspace(0.5, 1, faint.shape[1], dtype=np.float32)[:, None]
    line = faint.astype(np.uint8)
    line[:, 30:33] = 0  # the rule of a table
    assert not is_readable(line)


def test_too_small_and_one_bit_are_left_out() -> None:
    assert is_readable(cv2.GaussianBlur(printed(20, 220), (0, 0), 0.8))
    assert not is_readable(cv2.GaussianBlur(printed(20, 220), (0, 0), 0.8)[: LOWEST - 1])
    assert not is_readable(printed(0, 255) // 255 * 255)
