from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_ocr.engine.enhance import enhance, steps
from desktop_ocr.engine.enhance.ink import Ink
from desktop_ocr.engine.enhance.orientation import find_orientation, sample_lines, upside_down
from desktop_ocr.engine.load import load_page
from desktop_ocr.engine.recognize.judge import PLAIN
from desktop_ocr.engine.recognize.reader import Recognizer
from desktop_ocr.paths import resource
from desktop_ocr.training.pages.make import VIEWS, PageMaker, Sources
from tests.engine.drawing import CJK, DrawnPage, lab_sheet, prose, two_columns

Read = Callable[[Sequence[np.ndarray]], list[float]]
SAMPLES = ["lab_sheet.png", "xray_report.png", "archive_page.png", "outpatient_note_degraded.jpg"]


@pytest.fixture(scope="module")
def read() -> Read:
    reader = Recognizer(threads=1)

    def legible(crops: Sequence[np.ndarray]) -> list[float]:
        read = dict(reader.read(crops, PLAIN))
        return [sum(c.confidence for c in read[k].characters) for k in range(len(crops))]

    return legible


def apart(a: float, b: float) -> float:
    """Return the angle between two directions, in degrees."""
    return abs((a - b + 180) % 360 - 180)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_samples_are_turned_upright_from_every_side(name: str, quarters: int, read: Read) -> None:
    pixels = load_page(resource("samples") / name).pixels[::2, ::2]
    turned = np.ascontiguousarray(np.rot90(pixels, quarters))
    page = enhance(turned, legible=read)
    assert apart(page.skew, 90 * quarters) < 5  # the degraded ones lie askew a little
    assert page.grey.shape[0] > page.grey.shape[1]


@pytest.mark.parametrize("angle", [-151, -100, -29, 25, 140, 179])
def test_any_angle_is_found(angle: int, read: Read) -> None:
    grey, _ = steps.rotate(steps.to_grey(prose().pixels), -float(angle))
    assert apart(find_orientation(grey, Ink.of(grey), read).angle, angle) <= 1


@pytest.mark.parametrize("kind", [prose, lab_sheet, two_columns])
def test_what_is_upright_stays(kind: Callable[[], DrawnPage], read: Read) -> None:
    assert abs(enhance(kind().pixels, legible=read).skew) < 0.2


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_without_a_reader_a_doubtful_page_is_left_as_it_is(quarters: int) -> None:
    """Specks, strokes and one small word say nothing sure about a page."""
    page = DrawnPage()
    page.text(300, 300, "一二", size=40)
    page.pen.rectangle((200, 600, 900, 640), outline=(0, 0, 0), width=3)
    found = enhance(np.ascontiguousarray(np.rot90(page.pixels, quarters)))
    assert abs(found.skew) < 5


@pytest.mark.parametrize("quarters", [0, 1])
def test_a_page_that_is_legible_as_it_stands_is_read_once(quarters: int, read: Read) -> None:
    """Two columns of running text leave the network in doubt."""
    pixels = load_page(resource("samples") / "archive_page.png").pixels
    asked = []

    def legible(crops: Sequence[np.ndarray]) -> list[float]:
        asked.append(len(crops))
        return read(crops)

    page = enhance(np.ascontiguousarray(np.rot90(pixels, quarters)), legible=legible)
    assert apart(page.skew, 90 * quarters) < 1
    assert (len(asked) == 1) == (quarters == 0)


def test_reader_that_is_as_sure_either_way_turns_nothing() -> None:
    grey = steps.to_grey(np.rot90(lab_sheet(3).pixels, 2))[-500:]
    mixed = np.vstack([grey, grey[::-1, ::-1]])  # half of it stands on its head
    asked = []

    def legible(crops: Sequence[np.ndarray]) -> list[float]:
        asked.append(len(crops))
        return [10.0] * len(crops)

    found = find_orientation(mixed, Ink.of(mixed), legible)
    assert asked
    assert found.angle == 0


def test_network_tells_upside_down_lines() -> None:
    page = prose(6)
    grey = steps.to_grey(page.pixels)
    lines = [
        grey[top - 5 : bottom + 5, left - 5 : right + 5] for left, top, right, bottom in page.boxes
    ]
    assert (upside_down(lines) < -3).all()
    assert (upside_down([np.rot90(line, 2) for line in lines]) > 3).all()


@settings(max_examples=12, deadline=None)
@given(angle=st.integers(-180, 179))
def test_sampled_lines_lie_on_text_and_along_it(angle: int) -> None:
    page = prose(10)
    grey, back = steps.rotate(steps.to_grey(page.pixels), -float(angle))
    lines = sample_lines(Ink.of(grey), float(angle), 5)
    assert len(lines) == 5
    for quad in lines:
        tl, tr = quad.points[:2]
        assert apart(math.degrees(math.atan2(tl.y - tr.y, tr.x - tl.x)), angle) < 1e-3
        centre = back.point(*quad.center)
        assert any(
            left <= centre.x <= right and top - 6 <= centre.y <= bottom + 6
            for left, top, right, bottom in page.boxes
        )


@settings(max_examples=30, deadline=None)
@given(
    angle=st.floats(-180, 180), width=st.integers(9, 90), height=st.integers(9, 90),
    x=st.floats(0.2, 0.8), y=st.floats(0.2, 0.8),
)  # fmt: skip
def test_turned_pixels_are_mapped_back(
    angle: float, width: int, height: int, x: float, y: float
) -> None:
    """A dot on the page is where the transform's inverse says on the turned page."""
    grey = np.full((height, width), 255, np.uint8)
    column, row = int(x * width), int(y * height)
    cv2.circle(grey, (column, row), 2, 0, -1)
    upright, back = steps.turn(grey, angle)
    u, v = back.inverse().point(column + 0.5, row + 0.5)
    assert upright[int(v), int(u)] < 100
    assert back.point(u, v) == pytest.approx((column + 0.5, row + 0.5), abs=1e-6)


@given(quarters=st.integers(-5, 5))
def test_quarters_lose_nothing(quarters: int) -> None:
    grey = np.random.default_rng(1).integers(0, 256, (7, 11), dtype=np.uint8)
    upright, back = steps.quarter(grey, quarters)
    assert (np.rot90(upright, quarters) == grey).all()
    for v in range(upright.shape[0]):
        for u in range(upright.shape[1]):
            x, y = back.point(u + 0.5, v + 0.5)
            assert upright[v, u] == grey[int(y), int(x)]


def test_columns_of_digits_do_not_pass_for_lines(read: Read) -> None:
    """As legible from top to bottom as rows are, and upright to the network."""
    if not CJK.exists():
        pytest.skip(f"needs the font {CJK.name}")
    page = PageMaker(Sources()).page(71000, 8, layout="lab_sheet", view=VIEWS["left"])
    assert apart(enhance(page.picture, legible=read).skew, 91.5) < 4


@pytest.mark.parametrize("angle", [-24, 31])
def test_second_direction_is_looked_for_where_the_first_holds_no_text(
    angle: int, read: Read
) -> None:
    """The level grain of a desk is sharper than the tilted lines of a sheet that lies on it."""
    upright = steps.to_grey(prose(24).pixels)[:900]
    grey, _ = steps.rotate(upright, -float(angle))
    inside, _ = steps.rotate(np.zeros_like(upright), -float(angle))
    rng = np.random.default_rng(3)
    desk = np.full_like(grey, 255)
    for _ in range(1500):
        x, y = int(rng.integers(grey.shape[1])), 30 * int(rng.integers(grey.shape[0] // 30))
        desk[y : y + 3, x : x + int(rng.integers(8, 30))] = 60
    page = np.where(inside > 0, desk, grey)
    assert apart(find_orientation(page, Ink.of(page), read).angle, angle) <= 1
