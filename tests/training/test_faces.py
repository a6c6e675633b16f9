"""Faces say truly what they can draw."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from desktop_ocr.training.faces import Face


def _font(path: Path) -> Path:
    """Make a face that draws A and lists ℃ with an empty glyph, as some real ones do."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((500, 0), (500, 700), (100, 700)):
        pen.lineTo(point)
    pen.closePath()
    box, empty = pen.glyph(), TTGlyphPen(None).glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "A", "celsius"])
    builder.setupCharacterMap({ord("A"): "A", ord("℃"): "celsius"})
    builder.setupGlyf({".notdef": empty, "A": box, "celsius": empty})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "A", "celsius"), (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Half", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path


def test_a_glyph_without_ink_is_not_covered(tmp_path: Path) -> None:
    face = Face(_font(tmp_path / "half.ttf"), 0, 1.0)
    assert face.covers == {"A"}
