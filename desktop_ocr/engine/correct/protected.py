"""What no rule may change by itself: the signs that carry a value or turn a meaning round."""

from __future__ import annotations

import re

HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}
"""For ``str.translate``: full-width forms of ASCII become the plain ones."""

_DIGITS = r"\d⁰¹²³⁴-⁹₀-₉½¼¾⅓⅔Ⅰ-ↈ①-⓿❶-➓〇零一二三四五六七八九十百千万亿两半"
_SIGNS = r".·•+\-−‐-―~〜±∓<>≤≥≦≧≠=≈≡←-⇿%‰^×*÷/:⁺⁻⁄∶"
_WORDS = "未无不没非勿否阴阳左右双单上下内外前后正负高低增减升降"
# A comma counts where it can group or divide a number; in prose it only parts words.
_PROTECTED = re.compile(rf"(?:[{_DIGITS}{_SIGNS}{_WORDS}]|(?<=\d),(?=\d))+")


def protected(text: str) -> tuple[str, ...]:
    """Return the runs of signs that carry a value or turn a meaning round, in order.

    These are digits of every script and kind, decimal points, signs, comparisons, arrows and the
    words that negate or give a side or a direction. Two texts with equal runs say the same
    numbers: ``1 20`` and ``120`` differ. Full-width forms count as the plain ones.

    Args:
        text: Any text.
    """
    return tuple(_PROTECTED.findall(text.translate(HALF_WIDTH)))
