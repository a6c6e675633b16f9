"""Where a text says what must not be wrong: values, sides, findings, negations, drugs.

A person is shown these places whatever the machine's confidence: "左" for "右" is as easily read
as any other character, and costs more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop_ocr.engine.correct.lexicon import COUNTERS, NUMERALS, Lexicon
from desktop_ocr.engine.correct.protected import HALF_WIDTH
from desktop_ocr.engine.correct.trie import Trie
from desktop_ocr.engine.correct.word_lists import names_drugs

_DRUGS = {"drugs_zh", "drugs_en"}

# One character for one, so that places in the folded text are places in the text.
_FOLDED = HALF_WIDTH | {ord("\u3000"): " ", ord("µ"): "μ"}
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


class CriticalKind(StrEnum):
    """Why a place is critical."""

    NUMBER = "number"
    SIDE = "side"
    POLARITY = "polarity"
    NEGATION = "negation"
    DRUG = "drug"


@dataclass(frozen=True, slots=True)
class Critical:
    """A critical place.

    Attributes:
        start: Index of its first character in the text.
        end: Index behind its last one.
        kind: Why it is critical.
    """

    start: int
    end: int
    kind: CriticalKind


# Dates and times are no measurements; they are matched so that their parts are none either.
_YEAR = r"(?:19|20)\d{2}"
_DATE = "|".join(
    (
        *(rf"{_YEAR}{sign}\d{{1,2}}{sign}\d{{1,2}}(?!\d)" for sign in (r"\.", "-", "/")),
        rf"{_YEAR}\s?年(?:\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?)?",
        r"(?<!\d)\d{1,2}月(?!龄)(?:\d{1,2}日)?",
        r"\d{1,2}:\d{2}(?::\d{2})?",
        r"\d{1,2}时\d{1,2}分",
        r"[〇零一二三四五六七八九]{2,4}年(?:[一二三四五六七八九十]{1,3}月)?",
        r"[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?",
        r"第[一二三四五六七八九十]+[期年]",
    )
)
_VALUE = r"\d++(?:[.,·]\d++)*+"
_POWER = r"\s?[×x*✕]\s?10\s?[\^~]?\s?[\d⁰¹²³⁴-⁹]{1,2}(?:\s?/\s?[a-zμ]{1,2}(?![a-z]))?"
_BETWEEN = r"\s?(?:[-~‐-―−〜±/×x*✕]|至|到)\s?"
_SIGNS = r"(?:[<>≤≥≦≧±≈]\s?)?"
_COUNTED = rf"[{NUMERALS}〇零]++余?(?:{COUNTERS})|[Ⅰ-ⅿ][级度期型]"
_ARROWS = "↑↓▲▼⬆⬇"
_BARE = re.compile(rf"{_SIGNS}{_VALUE}(?:{_BETWEEN}{_VALUE}){{0,2}}")

_SIDE = r"[左右双]侧?|两侧|(?<![a-z])(?:left|right|bilateral(?:ly)?)(?![a-z])"
_POLARITY = (
    r"弱?[阴阳]性|\(\s?(?:[1-4]?\+{1,4}|[-−–—]{1,2}|±)\s?\)|(?<!\d)[1-4]\+(?!\d)|\+{2,4}|\+-"
    r"|^\s*[+\-−±]\s*$|(?<![a-z])(?:neg(?:ative)?|pos(?:itive)?)(?![a-z])"
)
# 末见 is no word: it is 未见 misread.
_NEGATION = (
    r"[未末]见|否认|没有?|[未无不勿非]|(?<![a-z])(?:no(?!\s?[.:\d])|not|non|none|without"
    r"|den(?:y|ies|ied)|absent|absence)(?![a-z])"
)
_WORDS = re.compile(f"(?P<side>{_SIDE})|(?P<polarity>{_POLARITY})|(?P<negation>{_NEGATION})")


class CriticalTerms:
    """Units of measurement and names of drugs, ready to be found.

    Args:
        lexicon: Where they come from: the program's lists, and a user's lists of drugs.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        units = [_fold(term.text) for term in lexicon.terms if term.kind == "units"]
        self.numbers = _numbers(units)
        names = (t.text for t in lexicon.terms if t.kind in _DRUGS or names_drugs(t.kind))
        self.drugs = Trie(_fold(name) for name in names)


def critical_spans(
    text: str, terms: CriticalTerms, *, in_table: bool = False
) -> tuple[Critical, ...]:
    """Return the critical places of a text.

    These are numbers with their units (and values beside an arrow, H or L), words for a side, for
    positive and negative, negations, and names of drugs; in Chinese and English, in full and half
    width.

    Args:
        text: One line.
        terms: Units and drugs.
        in_table: It stands in a cell of a table, where a value needs no unit beside it.

    Returns:
        In the order of the text, without overlaps; each has at least one character. A place inside
        a longer one (左 in 左氧氟沙星) is part of that.
    """
    folded = _fold(text)
    if in_table and _BARE.fullmatch(folded.strip()):
        start = len(folded) - len(folded.lstrip())
        return (Critical(start, len(folded.rstrip()), CriticalKind.NUMBER),)
    found = [*_of_numbers(folded, terms.numbers), *_of_drugs(folded, terms.drugs)]
    found += (
        Critical(*match.span(), CriticalKind(match.lastgroup or ""))
        for match in _WORDS.finditer(folded)
    )
    found.sort(key=lambda place: (place.start, -place.end))
    result: list[Critical] = []
    done = 0
    for place in found:
        if place.end > done:
            start = max(place.start, done)
            result.append(Critical(start, place.end, place.kind))
            done = place.end
    return tuple(result)


def _fold(text: str) -> str:
    return text.translate(_FOLDED).translate(_LOWER)


def _numbers(units: list[str]) -> re.Pattern[str]:
    """Return the pattern of values; the group ``value`` takes part where it is no date."""

    def either(chosen: list[str]) -> str:
        longest = sorted(set(chosen), key=len, reverse=True)
        # A word of letters ends where no letter follows; "mmol / L" is written, too.
        return "|".join(
            re.escape(u).replace("/", r"\s?/\s?") + ("(?![a-z])" if u[-1].isascii() else "")
            for u in longest
        )

    letters = [u for u in units if len(u) == 1 and u.isalpha() and u.isascii()]
    others = [u for u in units if u not in letters and not u.startswith("×10")]
    unit = rf"\s?(?:{either(others)}|[㍱-㏿℃℉‰]|{COUNTERS})" if others else rf"\s?(?:{COUNTERS})"
    if letters:
        # Apart from its number, a letter before a digit is a name: the 1 in "S1 L5" has no unit.
        unit += rf"|(?:{'|'.join(letters)})(?![a-z])|\s(?:{'|'.join(letters)})(?![a-z\d])"
    measured = rf"{_SIGNS}{_VALUE}(?:{_BETWEEN}{_VALUE}){{0,4}}(?:{_POWER}|{unit})"
    flagged = (
        rf"{_SIGNS}{_VALUE}\s?(?:[{_ARROWS}]+|[hl](?![a-z\d]))|[{_ARROWS}]+\s?{_VALUE}"
        rf"|(?:bp|血压)\s?:?\s?\d{{2,3}}/\d{{2,3}}(?:{unit})?"
    )
    decimal = rf"{_SIGNS}(?<![\d.])\d++\.\d++(?![\d.])(?:{_BETWEEN}{_VALUE})?"
    return re.compile(
        rf"{_DATE}|(?P<value>(?<!\d)(?:{measured}|{flagged}|{decimal})|{_COUNTED})",
    )


def _of_numbers(folded: str, numbers: re.Pattern[str]) -> Iterator[Critical]:
    for match in numbers.finditer(folded):
        if match.lastgroup == "value":
            yield Critical(*match.span(), CriticalKind.NUMBER)


def _of_drugs(folded: str, drugs: Trie) -> Iterator[Critical]:
    at = 0
    while at < len(folded):
        end = _longest(folded, at, drugs)
        if end > at:
            yield Critical(at, end, CriticalKind.DRUG)
        at = max(end, at + 1)


def _longest(folded: str, start: int, drugs: Trie) -> int:
    """Return where the longest name that starts at a place ends, else the place itself."""
    found, node = start, drugs.root
    if start and _is_letter(folded[start]) and _is_letter(folded[start - 1]):
        return start  # in the middle of a word
    for i in range(start, len(folded)):
        node = drugs.step(node, folded[i])
        if node < 0:
            break
        if drugs.ends(node):
            inside = _is_letter(folded[i]) and i + 1 < len(folded) and _is_letter(folded[i + 1])
            found = found if inside else i + 1
    return found


def _is_letter(character: str) -> bool:
    return "a" <= character <= "z"
