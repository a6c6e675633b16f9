"""Where labels of fields stand in a text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from desktop_ocr.engine.extract.definitions import Definition, Definitions

_BEHIND = re.compile(r"\s*[】\]〕]?\s*[:：∶﹕︰]?")
_UNKNOWN = re.compile(r"[㐀-鿿A-Za-z]{2,8}\s?[:：∶]")
_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0x00A0: 0x20}


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a text.

    Attributes:
        field: Its field; None where it only ends the value before.
        start: Where it begins, with a bracket before it.
        end: Where its value may begin: behind the colon.
        colon: A colon or a closing bracket follows it.
    """

    field: Definition | None
    start: int
    end: int
    colon: bool


def half_width(text: str) -> str:
    """Return a text of the same length with Latin letters, digits and signs in half width."""
    return text.translate(_FULL_WIDTH)


@lru_cache(maxsize=8192)
def labels_in(text: str, definitions: Definitions) -> tuple[Label, ...]:
    """Return the labels of a line of text from left to right.

    A label is known by the colon behind it, by standing alone, or by a value behind it that
    looks as its values do. What merely ends like a label (化验检查：) is another key.
    """
    folded, places = _fold(text)
    found: list[Label] = []
    at = 0
    while (match := definitions.pattern.search(folded, at)) is not None:
        start, end = places[match.start()], places[match.end() - 1] + 1
        label = _label(text, start, end, definitions.labels[match[0]], bool(found))
        if label is None:
            at = match.start() + 1
        else:
            found.append(label)
            at = match.end()
    return tuple(found)


def begins_with_key(text: str) -> bool:
    """Say whether a text begins with something like a key that nobody defined."""
    return _UNKNOWN.match(half_width(text).lstrip()) is not None


def until_key(text: str) -> str:
    """Cut a value before a key that nobody defined."""
    for match in _UNKNOWN.finditer(text):
        if match.start() and text[match.start() - 1].isspace():
            return text[: match.start()]
    return text


def _label(
    text: str, start: int, end: int, field: Definition | None, after_another: bool
) -> Label | None:
    behind = _BEHIND.match(text, end)
    value = end if behind is None else behind.end()
    colon = behind is not None and bool(behind[0].strip())
    before = text[:start].rstrip()
    free = not before or not before[-1].isalnum() or before != text[:start]
    bracket = before[-1:] in ("【", "[", "〔")
    if bracket:
        start = len(before) - 1
    alone = not text[value:].strip() and not text[:start].strip(" 0123456789一二三四五六七.、．")
    if colon and (free or (after_another and not text[start].isascii())):
        return Label(field, start, value, True)
    if alone:
        return Label(field, start, value, colon)
    if field is None or field.value is None or field.section:
        return None
    spaced = text[end : end + 1].isspace() and free
    fits = spaced and field.value.match(half_width(text), value) is not None
    return Label(field, start, value, False) if fits else None


def _fold(text: str) -> tuple[str, list[int]]:
    """Return a text as labels are compared, and where each of its characters came from."""
    folded: list[str] = []
    places: list[int] = []
    for i, char in enumerate(text):
        plain = "".join(unicodedata.normalize("NFKC", char).casefold().split())
        folded.append(plain)
        places += [i] * len(plain)
    return "".join(folded), places
