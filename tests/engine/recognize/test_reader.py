"""Reading drawn lines with the model that is shipped."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_ocr.engine.recognize.judge import PLAIN, Aids
from desktop_ocr.engine.recognize.reader import Recognizer
from desktop_ocr.engine.recognize.readings import CharReading, LineReading
from tests.engine.recognize.drawing import draw

_ID = "0000-XX-12-12-0001234"


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer(threads=1)


@pytest.fixture(params=[PLAIN, Aids()], ids=["plain", "helped"])
def aids(request: pytest.FixtureRequest) -> Aids:
    return request.param


def _one(recognizer: Recognizer, crop: NDArray[np.uint8], aids: Aids = PLAIN) -> LineReading:
    ((index, reading),) = recognizer.read([crop], aids)
    assert index == 0
    return reading


def _plain(text: str) -> str:
    return text.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        "双肺纹理增多，心影大小形态正常。",
        "诊断意见：左肺上叶结节，建议复查CT",
        "总胆固醇 5.62 mmol/L ↑ 2.80-5.20",
        "阿莫西林胶囊0.5g×24粒 口服 tid",
        "2026-11-20 08:35",
        _ID,
        "体温36.8℃ 脉搏78次/分 血压128/76mmHg",
    ],
)
def test_printed_lines_are_read_exactly(recognizer: Recognizer, aids: Aids, text: str) -> None:
    reading = _one(recognizer, draw(text), aids)
    assert _plain(reading.text) == _plain(text)
    assert reading.confidence > 0.8


@pytest.mark.parametrize("repeats", [4, 7, 12])
@pytest.mark.parametrize("latin", [False, True])
def test_long_lines_of_repeated_digits_are_read_once(
    recognizer: Recognizer, repeats: int, latin: bool
) -> None:
    text = " ".join([_ID] * repeats)
    crop = draw(text, latin=latin)
    assert crop.shape[1] * 48 / crop.shape[0] > 1600  # wider than the network has learnt
    assert _plain(_one(recognizer, crop).text) == _plain(text)


def test_long_runs_of_one_digit(recognizer: Recognizer) -> None:
    text = " ".join(["0000000", "1111111", "8888888"] * 6)
    assert _plain(_one(recognizer, draw(text)).text) == _plain(text)


def test_long_chinese_line_is_joined_in_time_steps(recognizer: Recognizer) -> None:
    text = (
        "患者因反复咳嗽咳痰三天伴发热一天就诊于我院门诊，查体双肺呼吸音粗，未闻及明显干湿性啰音。"
        * 2
    )
    assert _one(recognizer, draw(text)).text == text


def test_grey_crop_reads_like_the_same_in_colour(recognizer: Recognizer) -> None:
    crop = draw("血常规 WBC 6.8")
    assert _one(recognizer, np.ascontiguousarray(crop[..., 0])) == _one(recognizer, crop)


def test_a_line_reads_the_same_whatever_lies_beside_it(recognizer: Recognizer) -> None:
    crops = [
        draw("肝胆脾胰未见异常"),
        draw("13800001111", latin=True),
        draw("肾功能三项检查"),
        draw("肝胆脾胰未见异帝"),
        draw(" ".join([_ID] * 5)),
        np.full((40, 300, 3), 200, np.uint8),
    ]
    together = dict(recognizer.read(crops))
    assert sorted(together) == list(range(len(crops)))
    for index, crop in enumerate(crops):
        assert together[index].text == _one(recognizer, crop).text
    reversed_order = dict(recognizer.read(crops[::-1]))
    for index in range(len(crops)):
        assert reversed_order[len(crops) - 1 - index].text == together[index].text


def test_many_lines_come_as_they_are_read(recognizer: Recognizer) -> None:
    crops = [draw(str(number) * 8, latin=True) for number in range(1, 10)] * 8
    order = [index for index, _ in recognizer.read(crops)]
    assert sorted(order) == list(range(len(crops)))
    assert max(order[:20]) < 60  # The first results are of the first lines.


def test_reading_stops_when_cancelled(recognizer: Recognizer) -> None:
    crops = [draw("心电图")] * 40
    asked = itertools.count()
    found = list(recognizer.read(crops, cancelled=lambda: next(asked) >= 2))
    assert 0 < len(found) < len(crops)
    assert list(recognizer.read(crops, cancelled=lambda: True)) == []


@pytest.mark.parametrize(
    "crop",
    [
        np.zeros((1, 1), np.uint8),
        np.full((1, 1, 3), 255, np.uint8),
        np.full((48, 400, 3), 255, np.uint8),
        np.full((30, 200), 128, np.uint8),
        np.zeros((60, 900, 3), np.uint8),
        np.clip(np.random.default_rng(3).normal(230, 3, (48, 500)), 0, 255).astype(np.uint8),
        np.tile(np.linspace(180, 190, 600), (40, 1)).astype(np.uint8),
    ],
    ids=["dot", "white dot", "white", "grey", "black", "noise", "shade"],
)
def test_blank_crops_are_empty_lines(
    recognizer: Recognizer, aids: Aids, crop: NDArray[np.uint8]
) -> None:
    assert _one(recognizer, crop, aids) == LineReading("", 0.0, ())


@pytest.mark.parametrize("shape", [(2000, 3), (3, 2000), (1, 5000), (5000, 1), (2600, 9000)])
def test_odd_shapes_do_not_fail(recognizer: Recognizer, shape: tuple[int, int]) -> None:
    crop = np.random.default_rng(1).integers(0, 255, shape, np.uint8)
    reading = _one(recognizer, crop)
    assert 0 <= reading.confidence <= 1


def test_nothing_to_read(recognizer: Recognizer) -> None:
    assert list(recognizer.read([])) == []


def test_characters_lie_where_they_were_drawn(recognizer: Recognizer, aids: Aids) -> None:
    text = "左肾区叩击痛阴性"
    crop = draw(text)
    reading = _one(recognizer, crop, aids)
    assert reading.text == text
    assert "".join(character.text for character in reading.characters) == text
    for index, character in enumerate(reading.characters):
        middle = (character.start + character.end) / 2
        assert middle == pytest.approx((index + 0.5) / len(text), abs=0.5 / len(text))
        assert character.end - character.start > 0.4 / len(text)
    _check(reading.characters)


def _check(characters: tuple[CharReading, ...]) -> None:
    previous = 0.0
    for character in characters:
        assert 0 <= previous <= character.start + 1e-9
        assert character.start <= character.end <= 1
        previous = character.end
        assert 0 <= character.confidence <= 1
        assert len(character.alternatives) <= 8
        own = [other.share for other in character.alternatives if other.source == "crnn"]
        assert own == sorted(own, reverse=True)
        assert all(0 <= other.share <= 1 for other in character.alternatives)
        texts = [other.text for other in character.alternatives]
        assert len(set(texts)) == len(texts)
        assert character.text not in texts
        # The second reader's view comes first.
        assert all(other.source == "crnn" for other in character.alternatives[1:])


def test_faint_blurred_lines_hold_the_same_rules(recognizer: Recognizer, aids: Aids) -> None:
    import cv2

    crop = cv2.GaussianBlur(draw("谷丙转氨酶 己已巳 0O l1I 45.6U/L", ink=190), (0, 0), 3.0)
    reading = _one(recognizer, np.asarray(crop, np.uint8), aids)
    assert reading.text
    _check(reading.characters)
    assert any(character.alternatives for character in reading.characters)


def test_settings_are_told_for_caches_and_provenance(recognizer: Recognizer) -> None:
    every = [Aids(language, second) for language in (True, False) for second in (True, False)]
    told = [recognizer.parameters(aids) for aids in every]
    assert all(parameters["model"] == recognizer.model_id for parameters in told)
    assert all(one != other for one, other in itertools.combinations(told, 2))
    assert recognizer.parameters() == told[0]
    assert "lexicon" in told[0]
    assert "lexicon" not in recognizer.parameters(PLAIN)  # which needs none
