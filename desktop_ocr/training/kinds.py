"""Which characters of a medical line carry its values: digits, units, arrows and signs.

A wrong character of prose is seen by whoever reads the sentence; a wrong digit is not. These
characters are therefore measured on their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from desktop_ocr.training.measure import LineScore, align


class Kind(Enum):
    """What a character of a value is."""

    DIGIT = "digits"
    """A decimal digit, or a point, comma, dash, ~, colon or slash between two digits."""
    UNIT = "units"
    """A letter, slash or ideograph of a unit: mmol/L, mg, mmHg, 次/分."""
    ARROW = "arrows"
    """An arrow of any direction."""
    SIGN = "signs"
    """<, ≤, ±, ×, ^, %, ℃, μ, ²: Unicode's mathematical and other symbols, powers and other
    numbers, Greek letters, and the per cent signs; also the - of (-)."""


_JOINS = frozenset(".,-~:/\u2010\u2011\u2013\u2014\u2015\u2212\uff0d\uff5e\uff0c\uff1a\uff0f\uff0e")
_SIGN_CATEGORIES = frozenset(("Sm", "So", "Sk", "Sc", "No", "Nl"))
_MORE_SIGNS = frozenset("%\uff05‰‱*\uff0a·′″※ÅµμΩ")
_PLUS_MINUS = re.compile(r"[(（]\s*[-+±－＋]{1,4}\s*[)）]")

_BASE = (
    r"(?:mol|Osm|osm|kat|cal|Hz|Pa|eq|Eq|IU|Sv|Gy|Bq|mHg|mH[2₂]O|OD|CFU|RLU|Torr|bpm|min|sec|HPF?|LPF?"
    r"|COI|S/CO|INR|HU|dB|unit|[gLlmsUVAWJhdD])"
)
_POWER = r"(?:[²³⁻¹0-9^]{1,3})?"
_CHINESE = r"(?:次|分钟|分|秒|小时|天|日|周|岁|月|年|片|粒|支|瓶|袋|盒|丸|贴|包|滴|单位|万U|万|个)"
_FACTOR = rf"(?:(?:[kcdmnpfuMGμµ]|10\^)?{_BASE}{_POWER}|{_CHINESE}|[㎎㎏㎜㎝㎞㎡㎥㏄㎖㎗㎕㎍℃])"
_COMPOSITE = rf"(?:{_FACTOR}(?:[/·／]{_FACTOR}|[/／]\d+{_FACTOR}){{1,3}})"
# A unit stands behind a number or power, or has a slash, or fills a cell of a table.
_UNITS = re.compile(
    rf"(?:(?<=[\d⁰¹²³⁴⁵⁶⁷⁸⁹½])|(?<=\d )|(?<=[\d⁹²]/))(?:{_COMPOSITE}|{_FACTOR})(?![A-Za-z])"
    rf"|(?:(?<=[\d⁰¹²³⁴⁵⁶⁷⁸⁹])|(?<![A-Za-z\d]))[/／]{_FACTOR}(?![A-Za-z])"
    rf"|(?<![A-Za-z]){_COMPOSITE}(?![A-Za-z])"
    r"|(?:^|(?<=\s))(?:[kcdmnpfuμµ](?:mol|g|L|l|m|Pa)|mmHg|IU|kPa|bpm|COI|S/CO)(?=\s|$)"
)
# Signs that look alike and mean the same where values stand.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u223c\u301c\u02dc", "~"),
        "\u2236": ":",
        "\u2044": "/",
    }
)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text as it is compared, and what each of its characters is.

    Attributes:
        text: Without white space.
        kinds: One for each character of ``text``; None for prose.
    """

    text: str
    kinds: tuple[Kind | None, ...]


def kinds(text: str) -> list[Kind | None]:
    """Say of each character of a text which part of a value it is, or None for prose."""
    found: list[Kind | None] = [None] * len(text)
    for match in _UNITS.finditer(text):
        for index in range(match.start(), match.end()):
            if not text[index].isspace():
                found[index] = Kind.UNIT
    for match in _PLUS_MINUS.finditer(text):
        for index in range(match.start() + 1, match.end() - 1):
            found[index] = None if text[index].isspace() else Kind.SIGN
    last = len(text) - 1
    for index, character in enumerate(text):
        if "\u2190" <= character <= "\u21ff":
            found[index] = Kind.ARROW
        elif character in "0123456789" or (
            character in _JOINS and _next_to_digit(text, index, -1) and 0 < index < last
            and _next_to_digit(text, index, 1)
        ):  # fmt: skip
            found[index] = Kind.DIGIT
        elif (
            character in _MORE_SIGNS
            or unicodedata.category(character) in _SIGN_CATEGORIES
            or "\u0391" <= character <= "\u03c9"
        ):
            found[index] = Kind.SIGN
    return found


def _next_to_digit(text: str, index: int, way: int) -> bool:
    """Say whether the next character but joins and spaces is a digit."""
    index += way
    while 0 <= index < len(text) and (text[index] in _JOINS or text[index] == " "):
        index += way
    return 0 <= index < len(text) and text[index] in "0123456789"


def spelled(text: str, *, strict: bool = False) -> Spelled:
    """Bring a text into the form in which it is compared.

    Args:
        text: A label or a reading.
        strict: Keep every character as it is, but white space. Otherwise NFKC is applied (⁹ is 9,
            ℃ is °C, ㎡ is m2: a reader without such a class can still be right), all dashes are
            one, a row of them is one, ∼ is ~, ∶ is :.
    """
    characters: list[str] = []
    of: list[Kind | None] = []
    for character, kind in zip(text, kinds(text), strict=True):
        form = character if strict else unicodedata.normalize("NFKC", character).translate(_ALIKE)
        for part in form:
            if part.isspace() or (not strict and part == "-" and characters[-1:] == ["-"]):
                continue
            characters.append(part)
            of.append(kind)
    return Spelled("".join(characters), tuple(of))


@dataclass(frozen=True, slots=True)
class ValueScore:
    """How the characters of values of one line were read.

    Attributes:
        by_kind: Edits and label characters of each kind. An edit is a label character of the kind
            that was replaced or left out, or a read one of the kind that stands nowhere.
        confusions: (label, read) of every edit, "" for nothing.
    """

    by_kind: dict[Kind, LineScore]
    confusions: Counter[tuple[str, str]]

    @property
    def all(self) -> LineScore:
        """All kinds together."""
        return LineScore(
            sum(score.edits for score in self.by_kind.values()),
            sum(score.characters for score in self.by_kind.values()),
        )


def score_values(label: str, read: str, *, strict: bool = False) -> ValueScore:
    """Score a reading on the characters of values alone.

    Args:
        label: The true text.
        read: What was read.
        strict: See ``spelled``.
    """
    truth, got = spelled(label, strict=strict), spelled(read, strict=strict)
    wrong: Counter[Kind] = Counter()
    confusions: Counter[tuple[str, str]] = Counter()
    for i, j in align(truth.text, got.text):
        wanted = truth.text[i] if i is not None else ""
        given = got.text[j] if j is not None else ""
        kind = truth.kinds[i] if i is not None else got.kinds[j] if j is not None else None
        if kind is not None and wanted != given:
            wrong[kind] += 1
            confusions[wanted, given] += 1
    counts = Counter(truth.kinds)
    return ValueScore({kind: LineScore(wrong[kind], counts[kind]) for kind in Kind}, confusions)


def holds_values(text: str) -> bool:
    """Say whether any character of a text belongs to a value."""
    return any(kind is not None for kind in kinds(text))


def sum_confusions(scores: Iterable[ValueScore]) -> Counter[tuple[str, str]]:
    """Add up the confusions of several lines."""
    total: Counter[tuple[str, str]] = Counter()
    for score in scores:
        total += score.confusions
    return total
