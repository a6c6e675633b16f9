"""How doubtful, corrected and illegible characters look, in the text field and in the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from PySide6.QtGui import QTextCharFormat

from desktop_ocr.document.compare import illegible_places
from desktop_ocr.document.model import Line
from desktop_ocr.ui.doubt import Tier, corrected_spans, shown_tiers
from desktop_ocr.ui.theme import Tokens, tokens

_UNDERLINES = {
    Tier.HIGH: QTextCharFormat.UnderlineStyle.WaveUnderline,
    Tier.MID: QTextCharFormat.UnderlineStyle.DashUnderline,
    Tier.LOW: QTextCharFormat.UnderlineStyle.DotLine,
}


def tier_format(colours: Tokens, of: Tier) -> QTextCharFormat:
    """Return ground and underline of doubtful characters."""
    result = QTextCharFormat()
    result.setBackground(colours.colour(f"{of.value}_ground"))
    result.setUnderlineStyle(_UNDERLINES[of])
    result.setUnderlineColor(colours.colour(of.value))
    return result


def rule_format(colours: Tokens) -> QTextCharFormat:
    """Return the solid underline of characters that a rule changed.

    Laid over the format of a doubtful character it keeps that one's ground.
    """
    result = QTextCharFormat()
    result.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    result.setUnderlineColor(colours.colour("accent"))
    result.setForeground(colours.colour("accent"))
    return result


def illegible_format(colours: Tokens) -> QTextCharFormat:
    """Return ground and colour of □ where a person could not read a character.

    Unlike the character 口 it stands on a ground of its own, between lines above and below.
    """
    result = QTextCharFormat()
    result.setBackground(colours.colour("pressed"))
    result.setForeground(colours.colour("error"))
    result.setFontOverline(True)
    result.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    result.setUnderlineColor(colours.colour("error"))
    return result


def found_format(colours: Tokens) -> QTextCharFormat:
    """Return how what a search found is set off."""
    result = QTextCharFormat()
    result.setBackground(colours.colour("selection"))
    result.setForeground(colours.colour("text"))
    result.setFontOverline(True)
    return result


def text_marks(
    line: Line, doubt: float, text: str | None = None
) -> Iterator[tuple[int, int, QTextCharFormat]]:
    """Yield start, end and look of all that is set off in a text; later ones lie over others.

    Args:
        line: The line.
        doubt: Threshold of doubt (0–1).
        text: Its text as it stands in an editor; None is the line's own.
    """
    colours = tokens()
    if text is not None and text != line.text:
        line = replace(line, text=text)
    for tier, run in groupby(enumerate(shown_tiers(line, doubt)), key=lambda entry: entry[1]):
        places = [i for i, _ in run]
        if tier is not None:
            yield places[0], places[-1] + 1, tier_format(colours, tier)
    for start, end in corrected_spans(line):
        yield start, end, rule_format(colours)
    for i in illegible_places(line):
        yield i, i + 1, illegible_format(colours)
