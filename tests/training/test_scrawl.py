"""A hand's Latin words and marks: ink stays ink, pens have their width, marks hide nothing."""

from __future__ import annotations

import random

import cv2
import numpy as np
import pytest

from desktop_ocr.training import marks, scrawl
from desktop_ocr.training.faces import DEBIAN_FONTS, Face

SIZE = 48


@pytest.fixture(scope="module")
def face() -> Face:
    path = DEBIAN_FONTS / "truetype/dejavu/DejaVuSans.ttf"
    if not path.is_file():
        pytest.skip("needs fonts-dejavu")
    return Face(path, 0, 1.0)


def word(face: Face, seed: int) -> scrawl.Mask:
    rng, choose = np.random.default_rng(seed), random.Random(seed)
    mask = scrawl.write(rng, choose, ["Tablet"], [face], SIZE)
    assert mask is not None
    return mask


def radius(mask: scrawl.Mask) -> float:
    """Half the width of the strokes: the deepest points of the ink."""
    depth = cv2.distanceTransform((mask > 127).astype(np.uint8), cv2.DIST_L2, 5)
    return float(np.median(depth[depth >= np.maximum(cv2.dilate(depth, np.ones((5, 5))), 1)]))


def test_hands_differ_and_the_same_seed_writes_the_same(face: Face) -> None:
    masks = [word(face, seed) for seed in range(40)]
    for seed in (0, 7):
        np.testing.assert_array_equal(word(face, seed), masks[seed])
    assert all(mask.dtype == np.uint8 and mask.max() == 255 for mask in masks)
    widths = [np.flatnonzero(mask.any(axis=0)).size for mask in masks]
    assert max(widths) > 1.4 * min(widths)
    assert len({mask.shape for mask in masks}) > 30


def test_bent_letters_stay_whole_on_the_canvas(face: Face) -> None:
    inside = 0
    for seed in range(60):
        mask = word(face, seed) > 127
        inside += not (mask[0].any() or mask[-1].any() or mask[:, 0].any() or mask[:, -1].any())
    assert inside >= 57  # A few strong waves may touch an edge.


def test_loose_hands_may_mix_two_faces(face: Face) -> None:
    other = Face(face.path.with_name("DejaVuSansMono-Bold.ttf"), 0, 1.0)
    differ = 0
    for seed in range(30):
        rng, choose = np.random.default_rng(seed), random.Random(seed)
        mask = scrawl.write(rng, choose, ["Tablet"], [face, other], SIZE)
        assert mask is not None
        assert mask.any()
        differ += not np.array_equal(mask, word(face, seed))
    assert 6 <= differ <= 20  # Joined hands, over half of them, keep to the first.


def test_a_line_too_wide_is_none(face: Face) -> None:
    rng, choose = np.random.default_rng(1), random.Random(1)
    assert scrawl.write(rng, choose, ["Hydrochlorothiazide"] * 20, [face], SIZE) is None


@pytest.mark.parametrize("wanted", [1.5, 3.0, 5.0])
def test_every_stroke_gets_the_width_of_the_pen(wanted: float) -> None:
    canvas = np.zeros((100, 300), np.uint8)
    cv2.line(canvas, (30, 30), (270, 30), 255, 3)
    cv2.line(canvas, (30, 70), (270, 80), 255, 9)
    drawn = scrawl.with_pen(np.random.default_rng(0), canvas, wanted, 0.0, SIZE)
    assert radius(drawn[:50]) == pytest.approx(wanted, abs=1.0)
    assert radius(drawn[50:]) == pytest.approx(wanted, abs=1.0)
    empty = np.zeros_like(canvas)
    assert not scrawl.with_pen(np.random.default_rng(0), empty, wanted, 0.0, SIZE).any()


def test_a_thin_pen_breaks_no_letters(face: Face) -> None:
    canvas = np.zeros((80, 80), np.uint8)
    cv2.circle(canvas, (40, 40), 25, 255, 6)
    drawn = scrawl.with_pen(np.random.default_rng(0), canvas, 1.0, 0.3, SIZE) > 60
    parts, _ = cv2.connectedComponents(drawn.astype(np.uint8))
    holes, _ = cv2.connectedComponents((~drawn).astype(np.uint8), connectivity=4)
    assert (parts, holes) == (2, 3)  # One ring: background and ring; inside and outside.


def ink() -> marks.Mask:
    canvas = np.zeros((100, 200), np.uint8)
    cv2.putText(canvas, "Abcd", (40, 70), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 255, 3)
    return canvas


def test_scribbles_stand_beside_the_text() -> None:
    text = ink()
    columns = np.flatnonzero(text.any(axis=0))
    sides = set()
    for seed in range(12):
        out = marks.struck_out(np.random.default_rng(seed), random.Random(seed), text, SIZE)
        # The text is there unchanged, shifted where the scribble stands before it.
        shift = next(
            at
            for at in range(out.shape[1] - columns[-1])
            if np.array_equal(
                out[:, columns[0] + at : columns[-1] + at + 1],
                text[:, columns[0] : columns[-1] + 1],
            )
        )
        rest = out.copy()
        rest[:, columns[0] + shift : columns[-1] + shift + 1] = 0
        assert (rest > 0).sum() > 0.3 * (text > 0).sum()
        sides.add("before" if rest[:, : columns[0] + shift].any() else "after")
    assert sides == {"before", "after"}


def test_lines_and_tails_leave_the_letters() -> None:
    text = ink()
    for seed in range(10):
        rng, choose = np.random.default_rng(seed), random.Random(seed)
        ruled = marks.ruled_through(rng, choose, text, SIZE)
        assert (ruled >= text).all()
        thin = (ruled > text).any(axis=0).sum()
        assert thin > 60
        assert ((ruled > 0) & (text == 0)).sum(axis=0).max() <= 6
        tail = marks.with_tail(rng, text, SIZE)
        assert (tail[:, : text.shape[1]] >= text).all()
        assert np.flatnonzero(tail.any(axis=0))[-1] > np.flatnonzero(text.any(axis=0))[-1] + 5


def test_no_ink_no_marks() -> None:
    empty = np.zeros((40, 60), np.uint8)
    rng, choose = np.random.default_rng(0), random.Random(0)
    assert not marks.struck_out(rng, choose, empty, SIZE).any()
    assert not marks.ruled_through(rng, choose, empty, SIZE).any()
    assert not marks.with_tail(rng, empty, SIZE).any()
