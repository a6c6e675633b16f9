"""Failures on a sheet: chosen by rule, marked where they differ."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from desktop_ocr.training.faces import DEBIAN_FONTS
from desktop_ocr.training.failures import (
    Failure,
    FailureKind,
    Marked,
    choose,
    differences,
    sheet,
    write_png,
)
from desktop_ocr.training.held_out import HeldOutLine


def line(text: str, *, height: int = 40, ink: int = 20, by_hand: bool = False) -> HeldOutLine:
    picture = np.full((height, 6 * height, 3), 220, np.uint8)
    cv2.putText(picture, "37.5", (4, height - 8), 0, height / 30, (ink,) * 3, 2)
    return HeldOutLine(picture, text, by_hand)


def test_kind_is_the_first_reason_that_fits() -> None:
    kinds = [
        Failure(line("血常规", height=18, by_hand=True), "皿常规").kind,
        Failure(line("Aspirin", by_hand=True), "Asprin").kind,
        Failure(line("37.5", height=18, ink=200), "37.3").kind,
        Failure(line("37.5", ink=190), "37.3").kind,
        Failure(line("血糖37.5"), "血糖37.3").kind,
        Failure(line("血糖37.5"), "皿糖37.5").kind,
    ]
    assert kinds == list(FailureKind)


def test_the_worst_of_each_kind_come_first_but_none_beyond_a_half() -> None:
    read = {
        "右肺未见异常": "右肺未见异常",  # right: not shown
        "左肺未见异常": "左肺木见异常",
        "心影不大居中": "心影不太居巾",
        "肋膈角锐利光": "助隔角锐利光",
        "双侧乳腺增生": "口口口口口口",  # wholly wrong: nobody can read it
        "无": "元",  # too short to show
        "血糖6.5": "血糖6.6",
    }
    chosen = choose([line(text) for text in read], list(read.values()), most=2)
    assert list(chosen) == [FailureKind.VALUES, FailureKind.OTHER]
    assert [f.line.text for f in chosen[FailureKind.OTHER]] == ["心影不大居中", "肋膈角锐利光"]
    assert [f.read for f in chosen[FailureKind.VALUES]] == ["血糖6.6"]


def test_differences_are_marked_in_both_texts() -> None:
    truth, read = differences("血糖 6.5 ↑", "皿糖65 ↑")
    assert truth == Marked(
        "血糖 6.5 ↑", (True, False, False, False, True, False, False, False), frozenset()
    )
    assert read == Marked("皿糖65 ↑", (True, False, False, False, False, False), frozenset({3}))


def test_what_is_equal_when_compared_is_not_marked() -> None:
    for marked in differences("⑶（37℃）×10⁹", "(3)(37°C)×109"):
        assert not any(marked.wrong)
        assert not marked.gaps
    nothing, _ = differences("", "ab")
    assert nothing == Marked("", (), frozenset({0}))


@pytest.mark.skipif(
    not (DEBIAN_FONTS / "opentype/noto/NotoSansCJK-Regular.ttc").is_file(),
    reason="needs fonts-noto-cjk",
)
def test_sheet_shows_pictures_texts_and_marks(tmp_path: Path) -> None:
    first = line("心影不大居中 ≤6.5 ㎎")
    right = {FailureKind.OTHER: [Failure(first, "心影不大居中 ≤6.5 ㎎")]}
    wrong = {FailureKind.OTHER: [Failure(first, "心影不太居中 ≤6. ㎎")]}
    pixels, unmarked = sheet(wrong), sheet(right)
    assert pixels.shape == unmarked.shape
    below = slice(34, None)  # the legend has marks of its own

    def boxed(image: np.ndarray) -> int:
        return int((image[below] == (0xFF, 0xDE, 0xDE)).all(axis=2).sum())

    assert boxed(unmarked) == 0
    assert boxed(pixels) > 50
    grey = first.picture[..., 0]
    place = pixels[68 : 68 + grey.shape[0], 14 : 14 + grey.shape[1], 0]
    assert np.abs(place[4:-4, 4:-4].astype(int) - grey[4:-4, 4:-4]).max() < 40
    path = tmp_path / "sheet.png"
    write_png(pixels, path)
    again = cv2.imread(str(path))
    assert again is not None
    assert again.shape == pixels.shape
    assert np.abs(again[..., ::-1].astype(int) - pixels).mean() < 3
