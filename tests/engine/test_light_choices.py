from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.model import Provenance
from desktop_ocr.engine.enhance import EnhanceParameters, LightChoices, Switch, enhance
from desktop_ocr.engine.light_choices import OWN
from tests.engine.drawing import prose

switches = st.sampled_from(Switch)
choices = st.builds(
    LightChoices,
    st.booleans(),
    st.booleans(),
    st.floats(-180, 180),
    switches,
    switches,
    st.floats(1, 8),
    switches,
    st.booleans(),
    st.booleans(),
    st.floats(0, 2),
    switches,
    st.booleans(),
)


@given(choices)
def test_what_a_page_was_read_with_is_found_in_its_provenance(chosen: LightChoices) -> None:
    assert LightChoices.that_led_to(Provenance("m", chosen.steps())) == chosen


def test_the_programs_own_choices_leave_no_step_and_change_nothing() -> None:
    assert OWN.steps() == ()
    assert EnhanceParameters.chosen(OWN) == EnhanceParameters()


@given(st.dictionaries(st.sampled_from(["clip", "shadows", "paper", "angle", "odd"]),
                       st.none() | st.booleans() | st.floats() | st.text(max_size=4)))  # fmt: skip
def test_nonsense_in_a_file_is_left_aside(recorded: dict[str, object]) -> None:
    assert isinstance(LightChoices.of(recorded), LightChoices)


def test_numbers_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="clip"):
        LightChoices(clip=9.0)


def names(page) -> list[str]:
    return [step.name for step in page.steps]


def prepared(pixels, **chosen):
    return enhance(pixels, EnhanceParameters.chosen(LightChoices(**chosen)))


def test_each_switch_takes_its_step_or_leaves_it() -> None:
    pixels = prose(3).pixels
    on = {"shadows": Switch.ON, "contrast": Switch.ON, "grain": Switch.ON, "sharpen": 1.0}
    assert {"flatten", "clahe", "denoise", "sharpen"} <= set(names(prepared(pixels, **on)))
    off = dict.fromkeys(("shadows", "contrast", "grain"), Switch.OFF)
    dim = (pixels * np.linspace(0.4, 1.0, pixels.shape[1])[None, :, None]).astype(np.uint8)
    assert "flatten" in names(enhance(dim))
    assert not {"flatten", "clahe", "denoise"} & set(names(prepared(dim, **off)))


def test_small_text_is_enlarged_within_bounds() -> None:
    pixels = prose(3).pixels
    height, width = pixels.shape[:2]
    one = prepared(pixels, enlarge=Switch.OFF, turn=False).grey.shape
    assert one == (height, width)
    large = np.full((6000, 4500, 3), 255, np.uint8)
    grey = prepared(large, enlarge=Switch.ON, turn=False).grey
    assert grey.size <= 8_100_000
    assert grey.size > prepared(large, turn=False).grey.size


def test_a_given_angle_turns_the_page_and_leads_back() -> None:
    pixels = prose(3).pixels
    page = prepared(pixels, turn=False, angle=90.0)
    assert page.skew == 90.0
    height, width = pixels.shape[:2]
    x, y = page.transform.point(0.0, 0.0)  # the copy's corner was the page's lower left one
    assert (x, y) == pytest.approx((0.0, height), abs=2) or (x, y) == pytest.approx(
        (width, 0.0), abs=2
    )


def test_coloured_rulings_go_and_writing_stays() -> None:
    pixels = prose(3).pixels.copy()
    pixels[::40, 50:-50] = (200, 190, 60)  # light blue lines, also through the text
    pixels[1::40, 50:-50] = (200, 190, 60)
    ruled = prepared(pixels, rulings=True)
    assert "rulings" in names(ruled)
    clean = prepared(prose(3).pixels)
    kept = prepared(pixels)
    lost = np.abs(ruled.grey.astype(int) - clean.grey).mean()
    assert lost < 0.5 * np.abs(kept.grey.astype(int) - clean.grey).mean()
    assert names(prepared(prose(3).pixels, rulings=True)).count("rulings") == 0


def test_sharpening_makes_edges_steeper_and_leaves_grain() -> None:
    import cv2

    blurred = cv2.GaussianBlur(prose(3).pixels, (0, 0), 1.5)
    soft, sharp = prepared(blurred).grey, prepared(blurred, sharpen=1.5).grey
    steepest = [np.abs(np.diff(g.astype(int), axis=1)).max() for g in (soft, sharp)]
    assert steepest[1] > steepest[0]
    flat = np.full((400, 400, 3), 200, np.uint8)
    flat[::2] = 201
    assert np.ptp(prepared(flat, sharpen=2.0).grey) <= 1 + np.ptp(prepared(flat).grey)
