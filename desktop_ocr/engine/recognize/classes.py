"""Which characters are the language's to choose, and which count, measure, deny or give a side.

See docs/decisions/language-in-decoding.md for what follows of it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.language import Ngram

_NUMERALS = "〇零一二三四五六七八九十百千万亿两半壹贰叁肆伍陆柒捌玖拾佰仟"
"""Ideographs that count; never put in, and left alone beside other numbers and measures."""
_SIDES = "左右阴阳"
"""Ideographs that say which side or whether: never put in, never changed."""
_MEASURES = "年月日天周岁时分秒次片粒支瓶盒袋包丸滴升克斤吨米倍度格级期型号床"
"""Ideographs that belong to the number before them."""
_BEFORE_MEASURES = "毫微厘纳公小个余多"
"""Ideographs that stand between a number and its measure: 5 微克, 3 小时, 10 余天."""
_NEGATIONS = "无未不没非勿否"
"""Ideographs that deny: where nothing was read none is put in, and none goes."""
_OPPOSITES = (
    "有无未可已", "上下", "内外", "前后", "增减", "升降", "高低", "轻重", "大小", "快慢", "每隔",
)  # fmt: skip
"""Ideographs that turn a meaning round: of a group one is never read for another."""
_FULL_WIDTH = "，。、；：？！“”‘’（）《》…—"
_LOOSE = ".,:;·'\"!?()<>-_~"
"""Signs that are punctuation between ideographs, and something else beside numbers and letters."""
_STOPS = {".": "。，、·", ",": "，、"}
"""What a small mark that was read as a half-width sign may be between ideographs."""
_JOINS = "/^%.-+×*μµ°²³"
"""Signs beside which letters are a unit or an id, as beside digits."""


def is_ideograph(text: str) -> bool:
    """Say whether a class is a Chinese character (without those of compatibility)."""
    return len(text) == 1 and ("\u4e00" <= text <= "\u9fff" or "\u3400" <= text <= "\u4dbf")


class LanguageClasses:
    """What a recogniser's classes are to the language; each mask bool (C,)."""

    def __init__(self, charset: Charset, ngram: Ngram) -> None:
        """Sort the classes of a charset."""

        def mask(test: Callable[[str], bool]) -> NDArray[np.bool_]:
            return np.array([len(text) == 1 and test(text) for text in charset.classes])

        self.texts = charset.classes
        self.tokens = ngram.tokens(charset.classes)
        self.ideograph = mask(is_ideograph)
        self.sides = mask(lambda text: text in _SIDES)
        self.numeral = mask(lambda text: text in _NUMERALS)
        self.between = mask(lambda text: text in _BEFORE_MEASURES)
        self.measure = mask(lambda text: text in _MEASURES) | self.between
        self.negation = mask(lambda text: text in _NEGATIONS)
        self.opposites = np.zeros(len(charset), np.intp)  # number of the group, 0 for none
        for group, texts in enumerate(_OPPOSITES, 1):
            self.opposites[mask(texts.__contains__)] = group
        self.full_width = mask(lambda text: text in _FULL_WIDTH)
        self.loose = mask(lambda text: text in _LOOSE)
        self.letter = mask(lambda text: text.isascii() and text.isalpha())
        self.digit = mask(str.isdigit)
        self.joins = self.digit | mask(lambda text: text in _JOINS)
        self.space = mask(str.isspace)
        self.free = self.ideograph & ~(self.sides | self.numeral)
        self.counts = self.digit | self.numeral
        self.free_or_mark = self.free | self.full_width
        self.none = np.zeros(len(charset), bool)
        self.stops = [
            (half, np.array([n for sign in full if (n := charset.number(sign)) is not None]))
            for sign, full in _STOPS.items()
            if (half := charset.number(sign)) is not None
        ]
