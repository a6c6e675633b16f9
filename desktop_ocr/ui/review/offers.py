"""Which readings are offered in the place of what stands at the caret, and who proposes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop_ocr.document.align import standing_corrections
from desktop_ocr.document.compare import differences
from desktop_ocr.document.model import Correction, Line, LineStatus
from desktop_ocr.ui.doubt import disagreements, shown_characters

if TYPE_CHECKING:
    from desktop_ocr.engine.correct.rules import Rules, Suggestion

MOST = 9
"""So many are offered: there is one digit key for each."""

ALWAYS = 3
"""So many alternatives are offered however unlikely they are; others from 1 % on."""

READ = "read"
"""Source of what the machine had read before a rule corrected it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A reading that can be put in the place of a part of the text.

    Attributes:
        start: Where that part begins, as an index into the text.
        end: Where it ends.
        text: The reading; empty to delete the part.
        sources: Who proposes it, as :class:`~desktop_ocr.document.model.Alternative` names them.
        confidence: 0–1; None where nobody says.
    """

    start: int
    end: int
    text: str
    sources: tuple[str, ...]
    confidence: float | None = None


def character_span(line: Line, text: str, index: int) -> tuple[int, int] | None:
    """Return start and end of the machine's character that stands at an index of a text."""
    characters = shown_characters(line, text)
    if not 0 <= index < len(characters) or characters[index] is None:
        return None
    start = end = index
    while start > 0 and characters[start - 1] is characters[index]:
        start -= 1
    while end < len(characters) and characters[end] is characters[index]:
        end += 1
    return start, end


def correction_at(line: Line, text: str, index: int) -> tuple[int, Correction] | None:
    """Return the rule's correction that the character at an index shows, and where it begins."""
    for start, correction in standing_corrections(replace(line, text=text)):
        end = start + len(correction.after)
        # Where a rule deleted something, the characters on both sides stand for it.
        if start <= index < end or (start == end and index in (start - 1, start)):
            return start, correction
    return None


def suggestion_at(text: str, index: int, rules: Rules | None) -> Suggestion | None:
    """Return what a rule suggests for the character at an index."""
    found = () if rules is None else rules.suggest(text)
    return next((s for s in found if s.start <= index < max(s.end, s.start + 1)), None)


def offers_at(line: Line, text: str, index: int, rules: Rules | None) -> tuple[Offer, ...]:
    """Return what is offered for the character at an index, the readings to weigh first on top.

    Args:
        line: The line.
        text: Its text as it stands in the editor.
        index: The character.
        rules: Where suggestions come from; None for none.

    Returns:
        At most :data:`MOST` offers; the same reading from several sources is one of them. None
        of them is what stands there already.
    """
    found = [
        *_of_rules(line, text, index, rules),
        *_of_other_readings(line, text, index),
        *_alternatives(line, text, index),
    ]
    merged: dict[tuple[int, int, str], Offer] = {}
    for offer in found:
        key = (offer.start, offer.end, offer.text)
        known = merged.get(key)
        if offer.text == text[offer.start : offer.end]:
            continue
        if known is None:
            merged[key] = offer
        else:
            sources = dict.fromkeys((*known.sources, *offer.sources))
            both = [c for c in (known.confidence, offer.confidence) if c is not None]
            merged[key] = replace(known, sources=tuple(sources), confidence=max(both, default=None))
    return tuple(merged.values())[:MOST]


def _of_rules(line: Line, text: str, index: int, rules: Rules | None) -> Iterator[Offer]:
    corrected = correction_at(line, text, index)
    if corrected is not None:
        start, c = corrected
        yield _wide(text, Offer(start, start + len(c.after), c.before, (READ,)), index)
    suggested = suggestion_at(text, index, rules)
    if suggested is not None:
        source = (f"rule:{suggested.rule}",)
        yield Offer(suggested.start, suggested.end, suggested.replacement, source)


def _of_other_readings(line: Line, text: str, index: int) -> Iterator[Offer]:
    """Yield what the second reader, and the recogniser without language, have in this place."""
    if line.status is not LineStatus.UNREVIEWED:
        return
    plain = differences(text, line.plain_text) if line.plain_text else ()
    for source, places in (("second", disagreements(line, text)), ("plain", plain)):
        for d in places:
            if d.covers(index):
                yield _wide(text, Offer(d.start, d.end, d.other, (source,)), index)


def _alternatives(line: Line, text: str, index: int) -> Iterator[Offer]:
    span = character_span(line, text, index)
    char = shown_characters(line, text)[index] if span is not None else None
    if span is None or char is None:
        return
    for i, a in enumerate(char.alternatives):
        if i < ALWAYS or a.confidence >= 0.01:
            yield Offer(*span, a.text, (a.source,), a.confidence)


def _wide(text: str, offer: Offer, index: int) -> Offer:
    """Let an offer that only puts something in take in the character at the index."""
    if offer.start < offer.end or not 0 <= index < len(text):
        return offer
    put_in = offer.text + text[index] if index == offer.start else text[index] + offer.text
    return replace(offer, start=index, end=index + 1, text=put_in)
