"""How doubtful and corrected characters look, in the text field and in the list."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat

from desktop_ocr.ui.doubt import Tier
from desktop_ocr.ui.theme import Tokens

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
