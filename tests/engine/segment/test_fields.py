"""Headers of forms are cut where the key of the next field begins."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from desktop_ocr.document.geometry import Quad
from desktop_ocr.engine.segment.cells import cut_cells
from tests.engine.drawing import font

Piece = tuple[str, float]
"""A text, and the gap before it in heights of the type."""


def drawn(pieces: list[Piece], size: int = 36, rule: bool = False) -> NDArray[np.uint8]:
    """Draw a line, uint8 (h, w), 1 for ink; with a rule below what stands behind each colon."""
    wide = sum(font(size).getlength(text) + gap * size for text, gap in pieces)
    image = Image.new("L", (round(wide) + 40, size * 3), 255)
    pen, x = ImageDraw.Draw(image), 20.0
    for text, gap in pieces:
        x += gap * size
        pen.text((x, size), text, font=font(size), fill=0)
        key, colon, _ = text.partition("：")
        end = x + font(size).getlength(text)
        if rule and colon:
            start = x + font(size).getlength(key + colon)
            pen.line((start, size * 2.4, end + 0.35 * size, size * 2.4), fill=0, width=2)
        x = end
    return (np.asarray(image) < 128).astype(np.uint8)


def cut(ink: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """Cut what a detector took for one line; return where the pieces begin and end."""
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    line = Quad.from_box(columns[0] - 4, rows[0] - 5, columns[-1] + 5, rows[-1] + 6)
    found, _ = cut_cells([line], ink, np.zeros_like(ink))
    return [(round(q.box.left), round(q.box.right)) for q in found]


HEADERS = [
    ([("姓名：王芳", 0), ("性别：女", 1.0), ("年龄：47岁", 1.0)], 3),
    ([("住院号：12345", 0), ("临床诊断：肺炎", 0.6)], 2),
    # Letters of a name stand apart, but not as far as the next key.
    ([("姓名：程", 0), ("军", 0.5), ("子", 0.5), ("性别：男", 1.0)], 2),
    # A key of spaced letters.
    ([("姓名：王芳", 0), ("床", 1.0), ("号：12", 0.5)], 2),
    # Nothing was filled in.
    ([("姓名：", 0), ("性别：", 2.5), ("年龄：", 2.5)], 3),
    # Times of day, dates, prose, a list of one key.
    ([("采样时间：2017-06-08", 0), ("19:40:54", 0.5)], 1),
    ([("采样时间：", 0), ("2017-06-08", 0.5), ("19:40", 0.5)], 1),
    ([("诊断：两肺纹理增多", 0), ("右肺下野可见斑片状影", 0.6), ("边界模糊", 0.6)], 1),
    ([("既往史：对青霉素过敏，有高血压病史", 0), ("另见：附页", 0.1)], 1),
]


@pytest.mark.parametrize("size", [18, 40])
@pytest.mark.parametrize(("pieces", "count"), HEADERS)
def test_a_line_is_cut_before_each_key_but_the_first(
    pieces: list[Piece], count: int, size: int
) -> None:
    assert len(cut(drawn(pieces, size))) == count


def test_cuts_lie_in_the_gaps_and_pieces_hold_key_and_value() -> None:
    ink = drawn([("姓名：王芳", 0), ("性别：女", 1.0)])
    first, second = cut(ink)
    blank = np.flatnonzero(~ink.any(axis=0))
    assert first[1] in blank
    assert second[0] in blank
    assert first[1] - first[0] == pytest.approx(5 * 36, abs=24)
    assert second[1] - second[0] == pytest.approx(4 * 36, abs=24)


def test_what_is_left_of_a_rule_below_the_value_does_not_hide_the_gap() -> None:
    pieces = [("姓名：王芳", 0.0), ("性别：女", 0.5), ("年龄：47岁", 0.5)]
    assert len(cut(drawn(pieces, rule=True))) == 3


def test_dots_over_strokes_and_specks_are_no_colons() -> None:
    ink = drawn([("iijj;=÷二三 123", 0), ("心心心：12", 1.0)])
    assert len(cut(ink)) == 1
    noisy = drawn([("患者三天前受凉后出现发热", 0), ("体温最高达", 1.0), ("三十九度：", 1.0)])
    rng = np.random.default_rng(5)
    specks = cv2.dilate((rng.random(noisy.shape) < 0.001).astype(np.uint8), np.ones((2, 2)))
    assert len(cut(np.maximum(noisy, specks))) == 1
