from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_ocr.engine.enhance import steps
from desktop_ocr.engine.enhance.ink import Ink
from desktop_ocr.engine.enhance.skew import find_directions, find_skew
from tests.engine.drawing import DrawnPage, lab_sheet, prose, shaded, skewed, two_columns


def measured(grey: np.ndarray) -> float:
    """Return the skew in the direction nearest to upright.

    Columns of a table may be sharper than its rows; the direction across is then found too.
    """
    ink = Ink.of(grey)
    return min((find_skew(ink, found) for found in find_directions(ink)), key=abs, default=0.0)


def lit(pixels: np.ndarray) -> np.ndarray:
    """Return the page grey and evenly lit, as it is when its skew is asked for."""
    grey = steps.to_grey(pixels)
    return steps.flatten(grey, steps.background(grey, 70))


@pytest.fixture(scope="module")
def pages() -> dict[str, np.ndarray]:
    few = DrawnPage()
    few.text(100, 200, "门诊病历 患者自述头痛三天")
    few.text(100, 300, "建议复查")
    few.pen.ellipse((700, 1000, 1000, 1300), outline=(220, 30, 30), width=10)  # a stamp
    return {
        "prose": prose().pixels,
        "table": lab_sheet().pixels,
        "columns": two_columns().pixels,
        "few lines and a stamp": few.pixels,
        "shadow": shaded(prose().pixels),
    }


@settings(max_examples=25, deadline=None)
@given(angle=st.floats(-40, 40), kind=st.sampled_from(["prose", "table", "columns", "shadow"]))
def test_drawn_angle_is_found_to_a_fifth_of_a_degree(
    pages: dict[str, np.ndarray], angle: float, kind: str
) -> None:
    found = measured(lit(skewed(pages[kind], angle)))
    assert found == pytest.approx(angle, abs=0.2)


@pytest.mark.parametrize("angle", [-28.0, -9.0, -2.3, 0.0, 1.1, 6.5, 28.0])
def test_two_lines_and_a_stamp_are_enough(pages: dict[str, np.ndarray], angle: float) -> None:
    found = measured(lit(skewed(pages["few lines and a stamp"], angle)))
    assert found == pytest.approx(angle, abs=0.5)


def test_counter_clockwise_is_positive() -> None:
    page = np.full((400, 800), 255, np.uint8)
    for k in range(5):
        for x in range(50, 750):
            page[100 + 50 * k - round(x * np.tan(np.radians(5))) + 40, x] = 0  # rises to the right
    assert measured(page) == pytest.approx(5, abs=0.2)


@pytest.mark.parametrize("shape", [(1, 1), (5, 300), (300, 5), (600, 600)])
@pytest.mark.parametrize("value", [0, 128, 255])
def test_blank_page_has_no_skew(shape: tuple[int, int], value: int) -> None:
    assert measured(np.full(shape, value, np.uint8)) == 0


def test_noise_has_no_skew() -> None:
    noise = np.random.default_rng(3).integers(0, 255, (800, 600), dtype=np.uint8)
    assert abs(measured(noise)) < 0.31


@pytest.mark.parametrize("angle", [-33, 22])
def test_tilted_sheet_stays_tilted_beside_an_upright_edge(
    pages: dict[str, np.ndarray], angle: int
) -> None:
    """A desk's edge and grain are sharper than a few lines, but not what was asked for."""
    grey = lit(skewed(pages["few lines and a stamp"], angle))
    for y in range(5, grey.shape[0] // 6, 30):
        grey[y : y + 4, : grey.shape[1] // 2] = 0
    assert find_skew(Ink.of(grey), angle) == pytest.approx(angle, abs=0.5)
