"""Which characters our models read.

All ideographs of GB 2312, the traditional forms of Big5's first level (what archives from before
the simplification use), some more for terms and names, and the signs of medical Chinese. Kana,
hangul, Cyrillic, bopomofo, box drawing and full-width letters and digits are left out: a smaller
last layer is faster, and full-width forms read as their plain ones.
"""

from __future__ import annotations

from desktop_ocr.engine.recognize.charset import Charset

_ASCII = "".join(chr(code) for code in range(0x20, 0x7F))
_SIGNS = (
    "°±×÷·§©®¢£¥¼½¾µºØéèüöäàêñç"
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω"
    "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
    "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋"
    "℃℉‰Å№™Ω㎡㎎㎏㎜㎝㎞㎥㏄㎖㎗㎕㎍"
    "←↑→↓↔↗↘↖↙⇌"
    "≤≥≈≠≡∞√∑∫∈∠∥∵∴∶−∝∽≌⊥⊙∩∪≮≯≦≧"
    "■□▲△▼▽◆◇○●◎★☆☑☒✓✔✕✘♀♂"
    "、。〈〉《》「」『』【】〒〔〕〖〗〇々…—–―‖‘’“”•※′″‥"
    "！（），．：；？％＋－／＝～￥＜＞＆＃＊［］＿｜"
)
# Ideographs outside both sets that wards meet: 啰音, 腘窝, points of acupuncture, names of people.
# The teacher knows all of them; a class that neither it nor a drawn line has taught reads as noise.
_BEYOND = (
    "啰腘镕曚粿踇噁髎焗囧馃齁葯髃臑頦衂蔘邨鮰岀髙饸饹槑薢嘚砵瑄炆袪鉧"
    "喆堃珺炘烜燊頔曈婳祎翀翾琤彧赟旻晙玘瑀瓅禛禔稑芃袆谞赪倓偲劼勍垚姈姞媖嫄孖屾崟愔"
    "扆柷梽沄洺淏湉湜溍爔犇珣琎璠昽璆镠璪磡"
)


def _double_byte(codec: str, lead: range) -> list[str]:
    """List the ideographs that a two-byte codec holds under some lead bytes, in its order."""
    found = []
    for first in lead:
        for second in range(0x40, 0xFF):
            try:
                text = bytes((first, second)).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1 and "\u4e00" <= text <= "\u9fff":
                found.append(text)
    return found


def gb2312_ideographs() -> list[str]:
    """Return the 6,763 ideographs of GB 2312, the common ones (level 1, 3,755) first."""
    return _double_byte("gb2312", range(0xB0, 0xF8))


def traditional_ideographs() -> list[str]:
    """Return the ideographs of Big5's first level that GB 2312 lacks."""
    simplified = set(gb2312_ideographs())
    return [text for text in _double_byte("big5", range(0xA4, 0xC7)) if text not in simplified]


def further_ideographs() -> str:
    """Return the ideographs that neither set holds."""
    return _BEYOND


def our_charset() -> Charset:
    """Return the charset of the models we train; the order is part of the model's format."""
    characters = [*_ASCII, *_SIGNS, *gb2312_ideographs(), *traditional_ideographs(), *_BEYOND]
    return Charset(dict.fromkeys(characters))


def signs() -> str:
    """Return the signs that are neither ASCII nor ideographs."""
    return _SIGNS
