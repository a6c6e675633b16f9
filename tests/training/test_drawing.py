"""Every mix of texts can be drawn, line after line, and says what its label says."""

from __future__ import annotations

import unicodedata

import pytest

from desktop_ocr.engine.recognize.prepare import HEIGHT
from desktop_ocr.training.classes import our_charset
from desktop_ocr.training.lines import WIDEST, LineMaker, Sources
from desktop_ocr.training.text import Mix


@pytest.mark.parametrize("mix", Mix)
def test_lines_of_every_mix_are_drawn_without_failure(
    maker: LineMaker, sources: Sources, mix: Mix
) -> None:
    del maker  # Only to skip where no face is installed.
    lines = LineMaker(Sources(sources.data, sources.latin_handwriting, mix))
    charset = our_charset()
    for number in range(25):
        picture, text = lines.draw(17, number)
        assert picture.shape[0] == HEIGHT
        assert 0 < picture.shape[1] <= WIDEST
        assert int(picture.max()) - int(picture.min()) > 5
        assert all(character in charset for character in text)
        assert not any(unicodedata.category(character).startswith("C") for character in text)
