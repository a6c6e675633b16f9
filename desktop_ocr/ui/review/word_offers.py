"""Terms of the lexicon that may be meant by what stands at the caret."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import islice
from typing import TYPE_CHECKING

from desktop_ocr.ui.review.offers import Offer

if TYPE_CHECKING:
    from desktop_ocr.engine.correct.lexicon import Lexicon

LEXICON, OWN = "lexicon", "own"
"""Sources: the program's lists, and the person's own."""

MOST_WORDS = 4
LONGEST, SHORTEST = 8, 3
"""Characters of a Chinese word that is looked for around the caret."""
LONGEST_BEGUN = 16
"""Characters of a Chinese word that may stand before the caret already."""
LATIN_SHORTEST = 4

_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z]+")


def word_offers(
    text: str, caret: int, others: Set[str], lexicon: Lexicon | None
) -> tuple[Offer, ...]:
    """Return terms that may be meant: one edit away, or begun before the caret.

    Args:
        text: A line as it stands in the editor.
        caret: Where the caret stands, as an index.
        others: What else the character at the caret may be; a term with one of these in its place
            is likelier than another.
        lexicon: The terms; None for none.

    Returns:
        At most :data:`MOST_WORDS`, the likeliest first. Nothing is one edit away where a term
        stands already.
    """
    if lexicon is None:
        return ()
    found = list(_near(text, caret, others, lexicon)) or _completions(text, caret, lexicon)
    unique = {(offer.start, offer.end, offer.text): offer for offer in reversed(list(found))}
    return tuple(islice(reversed(unique.values()), MOST_WORDS))


def _offer(start: int, end: int, term: str, lexicon: Lexicon) -> Offer:
    known = lexicon.lookup(term)
    own = known is not None and known.kind == "user"
    return Offer(start, end, term, (OWN if own else LEXICON,))


def _near(text: str, caret: int, others: Set[str], lexicon: Lexicon) -> Iterator[Offer]:
    index = caret if caret < len(text) else caret - 1
    ranked = []
    for start, end in _windows(text, index):
        word = text[start:end]
        if lexicon.lookup(word) is not None:
            if end - start >= SHORTEST:
                return  # what stands there is a term
            continue
        for other in others:
            meant = text[start:index] + other + text[index + 1 : end]
            if lexicon.lookup(meant) is not None:
                ranked.append((0, start - end, start, meant))
        if end - start >= SHORTEST:
            for term in lexicon.near.one_edit_from(word):
                if len(term) == len(word) or min(len(term), len(word)) > SHORTEST:
                    at_caret = len(term) == len(word) and term[index - start] != word[index - start]
                    ranked.append((1 if at_caret else 2, start - end, start, term))
    for _rank, size, start, term in sorted(ranked):
        yield _offer(start, start - size, term, lexicon)


def _windows(text: str, index: int) -> Iterator[tuple[int, int]]:
    """Yield starts and ends of what may be a word around a character, long ones first."""
    for match in _LATIN.finditer(text):
        if match.start() <= index < match.end():
            if len(match.group()) >= LATIN_SHORTEST:
                yield match.span()
            return
    for match in _CHINESE.finditer(text):
        first, last = match.span()
        if first <= index < last:
            for size in range(min(LONGEST, last - first), 1, -1):
                for start in range(max(first, index - size + 1), min(index, last - size) + 1):
                    yield start, start + size


def _completions(text: str, caret: int, lexicon: Lexicon) -> Iterator[Offer]:
    """Yield terms that are begun before the caret, what is begun furthest first."""
    before = text[:caret]
    run = next(
        (m for m in (*_CHINESE.finditer(before), *_LATIN.finditer(before)) if m.end() == caret),
        None,
    )
    if run is None:
        return
    latin = run.group()[0].isascii()
    starts = [run.start()] if latin else range(max(run.start(), caret - LONGEST_BEGUN), caret - 1)
    for start in starts:
        if caret - start < (LATIN_SHORTEST - 1 if latin else 2):
            return
        terms = lexicon.near.beginning_with(text[start:caret])
        for term in sorted(islice(terms, 200), key=len):
            # Where the text goes on as the term does, it would stand there twice.
            if text[caret : caret + 1] != term[caret - start]:
                yield _offer(start, caret, term, lexicon)
