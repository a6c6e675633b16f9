from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_ocr.document.geometry import Quad
from desktop_ocr.engine.enhance import enhance
from desktop_ocr.engine.enhance.paper import find_paper, straightened
from tests.engine.drawing import lab_sheet, on_desk, prose, shaded, skewed, two_columns


def distance(found: Quad, corners: list[tuple[float, float]]) -> float:
    """Return the greatest distance of a corner from where it should be, in pixels."""
    pairs = zip(found.points, corners, strict=True)
    return max(float(np.hypot(p.x - x, p.y - y)) for p, (x, y) in pairs)


@settings(max_examples=15, deadline=None)
@given(
    nudges=st.lists(st.integers(-70, 70), min_size=8, max_size=8),
    desk=st.sampled_from([(60, 80, 110), (40, 40, 40), (120, 90, 60), (150, 150, 150)]),
    dark=st.sampled_from([0.5, 1.0]),
)
def test_sheet_on_a_desk_is_found_and_straightened(
    nudges: list[int], desk: tuple[int, int, int], dark: float
) -> None:
    base = [(130, 120), (870, 120), (870, 1180), (130, 1180)]
    corners = [(x + nudges[2 * k], y + nudges[2 * k + 1]) for k, (x, y) in enumerate(base)]
    photo = shaded(on_desk(prose(22).pixels, corners, desk), dark)
    found = find_paper(photo)
    assert found is not None
    assert found.seen == 4
    assert distance(found.quad, corners) < 12


def test_side_that_the_picture_cuts_off_is_completed() -> None:
    corners = [(150, 110), (860, 140), (960, 1420), (60, 1380)]
    found = find_paper(on_desk(prose(22).pixels, corners))
    assert found is not None
    assert found.seen == 3
    assert distance(Quad(found.quad.points[:2] * 2), corners[:2] * 2) < 12
    # What of the sheet is on the picture is in the quad, whose sides go on as they were.
    for x, y in ((100, 1290), (920, 1290)):
        inside = cv2.pointPolygonTest(np.array(found.quad.points, np.float32), (x, y), False)
        assert inside > 0


@pytest.mark.parametrize("kind", [prose, lab_sheet, two_columns])
@pytest.mark.parametrize("angle", [0.0, 4.0])
def test_scans_have_no_desk(kind: object, angle: float) -> None:
    pixels = kind().pixels  # type: ignore[operator]
    assert find_paper(skewed(pixels, angle)) is None
    assert find_paper(shaded(pixels)) is None


def test_table_frame_and_picture_on_a_page_are_no_sheet() -> None:
    page = prose(20)
    page.pen.rectangle((100, 300, 1140, 1250), outline=(0, 0, 0), width=6)
    page.pen.rectangle((200, 1300, 1000, 1700), fill=(90, 90, 90))  # an X-ray print, say
    assert find_paper(page.pixels) is None


def test_one_straight_edge_of_a_shadow_is_no_sheet() -> None:
    pixels = prose(20).pixels.astype(float)
    y, x = np.mgrid[0 : pixels.shape[0], 0 : pixels.shape[1]]
    pixels[x + y > 1800] *= 0.6
    assert find_paper(pixels.astype(np.uint8)) is None


@settings(max_examples=20, deadline=None)
@given(
    nudges=st.lists(st.integers(-60, 60), min_size=8, max_size=8),
    x=st.floats(0.1, 0.9), y=st.floats(0.1, 0.9),
)  # fmt: skip
def test_straightened_pixels_are_mapped_back(nudges: list[int], x: float, y: float) -> None:
    base = [(100, 90), (700, 90), (700, 510), (100, 510)]
    quad = Quad.of([(p + nudges[2 * k], q + nudges[2 * k + 1]) for k, (p, q) in enumerate(base)])
    pixels = np.full((600, 800, 3), 255, np.uint8)
    flat = cv2.getPerspectiveTransform(
        np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32), np.array(quad.points, np.float32)
    )
    px, py, w = flat @ (x, y, 1)
    column, row = int(px / w), int(py / w)
    cv2.circle(pixels, (column, row), 3, (0, 0, 0), -1)
    straight, back = straightened(pixels, quad, 3_000_000, 100)
    u, v = back.inverse().point(column + 0.5, row + 0.5)
    assert straight[int(v), int(u), 0] < 100
    assert back.point(u, v) == pytest.approx((column + 0.5, row + 0.5), abs=1e-6)


def test_large_photos_are_straightened_within_bounds() -> None:
    photo = cv2.resize(
        on_desk(prose(22).pixels, [(200, 150), (850, 120), (900, 1200), (120, 1150)]),
        (4000, 5200),
    )
    page = enhance(photo)
    assert [step.name for step in page.steps][:2] == ["scale", "paper"]
    assert 2_000_000 < page.grey.size <= 3_100_000
    # The desk is gone: what is left is paper and ink.
    assert np.mean(page.grey > 200) > 0.85
    corner = page.transform.point(0, 0)
    assert (corner.x, corner.y) == pytest.approx((800, 600), abs=50)


@pytest.mark.parametrize("seen", ["both halves", "one edge lost"])
def test_fold_is_no_edge_of_the_sheet(seen: str) -> None:
    """Behind a fold, whose far half lies in shade, text goes on: it must not be cut off."""
    sheet = prose(22).pixels.copy()
    sheet[:, sheet.shape[1] // 2 :] = (sheet[:, sheet.shape[1] // 2 :] * 0.75).astype(np.uint8)
    corners = [(130, 120), (870, 140), (880, 1180), (120, 1160)]
    if seen == "one edge lost":  # the desk is as dark as the shaded half
        photo = on_desk(sheet, corners, (191, 191, 191))
    else:
        photo = on_desk(sheet, corners)
    found = find_paper(photo)
    assert found is None or distance(found.quad, corners) < 15
