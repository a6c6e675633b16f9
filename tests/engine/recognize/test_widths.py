from __future__ import annotations

import pytest

from desktop_ocr.engine.recognize.calibration import Twins
from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.decode import Emission

CHARSET = Charset(("(", "（", "1", "l", "µ", "μ"))


@pytest.mark.parametrize(
    ("number", "alternatives", "confidence"),
    [
        (2, ((1, 0.4),), 0.95),  # full and half width: one character
        (6, ((5, 0.4),), 0.95),  # micro sign and Greek mu: one character
        (3, ((4, 0.4),), 0.55),  # one and small L: a doubt
        (1, ((2, 0.6), (3, 0.1)), 1.0),  # never above one
    ],
)
def test_only_other_widths_of_a_character_add_to_its_confidence(
    number: int, alternatives: tuple[tuple[int, float], ...], confidence: float
) -> None:
    emission = Emission(number, 0, 1, 0.55, alternatives)
    assert Twins(CHARSET).confidence(emission) == pytest.approx(confidence)
