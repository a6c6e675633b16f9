"""Signs that stand alone: flags behind the values of a lab sheet."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from desktop_ocr.engine.recognize import decode, prepare, signs
from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.judge import PLAIN
from desktop_ocr.engine.recognize.reader import Recognizer
from tests.engine.recognize.drawing import draw
from tests.engine.recognize.made_up import of_shares

CHARSET = Charset(("↑", "↓", "1", "t", "H", "工"))


@pytest.mark.parametrize(
    ("shares", "read"),
    [
        ({"t": 0.7, "↑": 0.2}, "↑"),  # ten times as likely as it seems
        ({"t": 0.9, "↑": 0.05}, "t"),
        ({"1": 0.7, "↓": 0.15}, "1"),  # three times, where a digit was read
        ({"1": 0.5, "↓": 0.3}, "↓"),
        ({"t": 0.4, "↑": 0.3, "↓": 0.2}, "t"),  # up or down is not clear
        ({"H": 0.6, "↑": 0.3}, "H"),  # what was read as a flag stays it
        ({"工": 0.8, "H": 0.18}, "H"),
        ({"↓": 0.6, "↑": 0.3}, "↓"),
    ],
)
def test_a_sign_alone_is_a_flag_more_often_than_in_a_line(
    shares: dict[str, float], read: str
) -> None:
    posteriors = of_shares(CHARSET, [{"": 1.0}, shares, {"": 1.0}])
    before = posteriors.copy()
    weighed = signs.Signs(CHARSET).weighed(posteriors, decode.greedy(posteriors))
    np.testing.assert_array_equal(posteriors, before)
    found = decode.greedy(weighed)
    assert [CHARSET.classes[emission.number] for emission in found] == [read]
    if read != max(
        shares, key=lambda text: shares[text]
    ):  # what was seen first remains a doubt and an offer
        assert found[0].confidence < 0.9
        first = max(shares, key=lambda text: shares[text])
        assert first in [CHARSET.classes[number] for number, _ in found[0].alternatives]


def test_more_than_one_sign_is_left_alone() -> None:
    posteriors = of_shares(CHARSET, [{"1": 0.5, "↓": 0.4}, {"": 1.0}, {"t": 0.5, "↓": 0.4}])
    assert signs.Signs(CHARSET).weighed(posteriors, decode.greedy(posteriors)) is posteriors
    without = Charset(("1", "t"))
    lone = of_shares(without, [{"1": 1.0}])
    assert signs.Signs(without).weighed(lone, decode.greedy(lone)) is lone


@pytest.mark.parametrize("shape", [(40, 20), (40, 20, 3)])
def test_sides_are_blank_paper_of_the_crops_own_brightness(shape: tuple[int, ...]) -> None:
    crop = np.full(shape, 180, np.uint8)
    crop[8:32, 8:12] = 30
    found = signs.with_sides(crop)
    wide = found.pixels
    assert (found.start, found.end) == (20, 40)
    assert wide.shape == (40, 60, *shape[2:])
    assert (wide[:, :20] == 180).all()
    assert (wide[:, 40:] == 180).all()
    np.testing.assert_array_equal(wide[:, 20:40], crop)
    assert signs.is_alone(crop)
    assert not signs.is_alone(wide)


@pytest.mark.parametrize("sign", ["↑", "↓", "8", "%", "H", "L"])
def test_small_signs_are_read_and_lie_within_their_crop(sign: str) -> None:
    drawn = draw(sign, size=18, ink=70)
    columns = np.flatnonzero((drawn < 160).any(axis=(0, 2)))
    narrow = drawn[:, columns[0] - 2 : columns[-1] + 3]  # as they are cut out of a table
    tall = np.asarray(cv2.copyMakeBorder(narrow, 4, 4, 0, 0, cv2.BORDER_REPLICATE), np.uint8)
    crop = np.asarray(cv2.GaussianBlur(tall, (0, 0), 0.7), np.uint8)
    assert signs.is_alone(crop)
    ((_, reading),) = Recognizer(threads=1).read([crop], PLAIN)
    assert reading.text == sign
    (character,) = reading.characters
    assert 0.0 <= character.start < 0.4
    assert 0.6 < character.end <= 1.0


def test_only_the_part_of_a_crop_is_read() -> None:
    posteriors = of_shares(CHARSET, [{"1": 1.0}, {"": 1.0}, {"↓": 0.9, "t": 0.1}, {"t": 1.0}])
    found = signs.only(posteriors, (1, 3))
    assert [CHARSET.classes[e.number] for e in decode.greedy(found)] == ["↓"]
    np.testing.assert_array_equal(found[1:3], posteriors[1:3])
    assert len(decode.greedy(posteriors)) == 3  # as it was


def test_posteriors_are_those_of_the_crop_as_it_is() -> None:
    """Calibration lays them beside what the second reader sees in the same pixels."""
    drawn = draw("8", size=40)
    columns = np.flatnonzero((drawn < 160).any(axis=(0, 2)))
    crop = drawn[:, columns[0] - 3 : columns[-1] + 4]
    assert signs.is_alone(crop)
    (seen,) = decode.greedy(Recognizer(threads=1).posteriors(crop))
    assert seen.start * prepare.STRIDE < prepare.scale(crop).shape[1]
