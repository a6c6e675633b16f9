"""Pictures of single characters, and which of them is the odd one."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from desktop_ocr.document.geometry import Quad
from desktop_ocr.ui.verify.crops import MOST_HEIGHT, SIDE, cut, oddness


def page(text: str, scale: float = 2.0):
    """A page with a text in large type, and the box of each of its characters."""
    pixels = np.full((200, 60 * len(text) + 120, 3), 235, np.uint8)
    boxes = []
    for i, char in enumerate(text):
        left = 60 + 60 * i
        cv2.putText(pixels, char, (left, 120), cv2.FONT_HERSHEY_SIMPLEX, scale, (40, 40, 40), 4)
        boxes.append(Quad.from_box(left - 6, 60, left + 48, 140))
    return pixels, Quad.from_box(50, 60, 60 * len(text) + 60, 140), boxes


def test_a_crop_shows_the_character_in_its_middle_and_its_neighbours_beside_it():
    pixels, line, boxes = page("808")
    crop = cut(pixels, line, boxes[1])
    picture = cv2.imdecode(np.frombuffer(crop.data, np.uint8), cv2.IMREAD_COLOR)
    height, width = picture.shape[:2]
    assert height <= MOST_HEIGHT
    assert crop.left == pytest.approx(1 - crop.right)
    dark = (picture.mean(axis=2) < 128).any(axis=0)
    assert dark[round(crop.left * width) : round(crop.right * width)].any()
    assert dark[: round(crop.left * width)].any()
    assert dark[round(crop.right * width) :].any()
    assert np.linalg.norm(crop.shape.astype(np.float32)) == pytest.approx(1, abs=0.01)


def test_a_line_at_the_edge_of_the_page_and_a_box_without_an_area():
    pixels, line, boxes = page("12")
    assert cut(pixels, line, Quad.from_box(-5, 60, 20, 140)) is not None
    assert cut(pixels, line, Quad.from_box(20, 60, 20, 140)) is None
    blank = cut(np.full_like(pixels, 255), line, boxes[0])
    assert not blank.shape.any()


def test_text_that_runs_downwards_stands_upright():
    pixels, _, boxes = page("7")
    tall = Quad.from_box(40, 0, 120, 400)
    tl, tr, br, bl = boxes[0].points
    crop = cut(pixels, tall, Quad((tr, br, bl, tl)))  # as the reader sees it: lying
    upright = cut(pixels, Quad.from_box(0, 60, 200, 140), boxes[0])
    assert crop.shape @ upright.shape > 0.95


def test_the_odd_one_out_is_found_by_its_picture():
    pixels, line, boxes = page("0000Z00000")
    rng = np.random.default_rng(1)
    noisy = np.clip(pixels + rng.normal(0, 12, pixels.shape), 0, 255).astype(np.uint8)
    shapes = np.array([cut(noisy, line, box).shape for box in boxes], np.float32)
    odd = oddness(shapes)
    assert shapes.shape == (10, SIDE * SIDE)
    assert int(odd.argmax()) == 4
    assert odd[4] > 2 * np.delete(odd, 4).max()


def test_two_faces_side_by_side_are_both_usual():
    pixels, line, boxes = page("0000ZZZZ8")
    shapes = np.array([cut(pixels, line, box).shape for box in boxes], np.float32)
    assert int(oddness(shapes).argmax()) == 8


def test_of_thousands_the_odd_one_is_found_as_well():
    rng = np.random.default_rng(2)
    shapes = rng.normal(0, 0.05, (3000, SIDE * SIDE)).astype(np.float32)
    shapes[:, :50] += 1
    shapes[1234, :50] = 0
    shapes[1234, 50:100] = 1
    shapes /= np.linalg.norm(shapes, axis=1, keepdims=True)
    assert int(oddness(shapes).argmax()) == 1234


def test_of_a_few_none_is_the_odd_one():
    pixels, line, boxes = page("01Z")
    shapes = np.array([cut(pixels, line, box).shape for box in boxes], np.float32)
    assert not oddness(shapes).any()
