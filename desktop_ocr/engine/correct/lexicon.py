"""The terms of medical records: the program's lists and those that a user adds.

They weigh in reading Chinese (:mod:`desktop_ocr.engine.recognize.fusion`) and serve suggestions.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from desktop_ocr.engine.correct.near import NearTerms
from desktop_ocr.engine.correct.trie import Trie
from desktop_ocr.engine.correct.word_lists import (
    MOST_TERMS,
    Term,
    read_own_list,
    read_user_list,
    user_lists,
)
from desktop_ocr.errors import LexiconError, LexiconTooLargeError, ModelError
from desktop_ocr.paths import resource, user_folder

__all__ = ["Lexicon", "Term", "load_lexicon", "may_guide"]

_MEASURES = {"units", "dosing"}
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,}")
NUMERALS = "一二两三四五六七八九十百千万半"
COUNTERS = r"小时|月(?!板)|[天日周年时个次片粒袋支瓶盒丸滴剂度级期]"
"""What Chinese numerals count, as a pattern (三个, but not 半月板)."""
_AMOUNT = re.compile(rf"[第每][一二两三四五六七八九十]|[{NUMERALS}]余?(?:{COUNTERS})")
"""Chinese numerals that count or number something (not 三尖瓣)."""


def may_guide(term: Term) -> bool:
    """Say whether a term may make a reading likelier: Chinese words that hold no amount.

    Doses, units and amounts may not: "three times a day" must never be read because it is more
    usual than "twice a day". A single character says too little; Latin letters and digits are
    read as they are written.
    """
    return (
        term.kind not in _MEASURES
        and _CHINESE.fullmatch(term.text) is not None
        and _AMOUNT.search(term.text) is None
    )


@dataclass(frozen=True)
class Lexicon:
    """Terms, no two with the same text; never changed, so that threads can share it.

    Attributes:
        terms: A user's own first.
        problems: What could not be used of the user's lists, for the window or the command line
            to tell; the rest of them is in use.
    """

    terms: tuple[Term, ...]
    problems: tuple[LexiconError, ...] = ()

    def lookup(self, text: str) -> Term | None:
        """Return the term that is written so, or None."""
        return self._by_text.get(text)

    @cached_property
    def trie(self) -> Trie:
        """The terms that may guide reading (:func:`may_guide`), built when first asked for."""
        return Trie(term.text for term in self.terms if may_guide(term))

    @cached_property
    def near(self) -> NearTerms:
        """All terms, to be looked up by a part of them; built when first asked for."""
        return NearTerms(term.text for term in self.terms)

    @cached_property
    def latin(self) -> frozenset[str]:
        """Words of Latin letters alone, casefolded."""
        return frozenset(
            term.text.casefold()
            for term in self.terms
            if term.text.isascii() and term.text.isalpha()
        )

    @cached_property
    def digest(self) -> str:
        """A name for the terms: other terms, other digest (hexadecimal)."""
        told = "\n".join("\t".join(term) for term in self.terms)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @cached_property
    def _by_text(self) -> dict[str, Term]:
        return {term.text: term for term in self.terms}


def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Load the program's lists and the user's.

    Args:
        folder: The user's files; by default ``lexicons`` in the user's folder. It need not exist.
            A user's term replaces one of the program that is written the same. What cannot be
            used is left out and told in ``Lexicon.problems``.

    Raises:
        ModelError: The program's own lists are missing or damaged.
    """
    try:
        own = [
            term for path in sorted(resource("lexicons").iterdir()) for term in read_own_list(path)
        ]
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(
            "The program's lists of terms are missing or damaged: install the program again."
        ) from error
    users, problems = _user_terms(folder or user_folder() / "lexicons")
    terms = (*users.values(), *(term for term in own if term.text not in users))
    return Lexicon(terms, tuple(problems))


def _user_terms(
    folder: Path,
) -> tuple[dict[str, Term], list[LexiconError]]:
    """Read a user's lists; of two terms that are written the same the first counts."""
    terms: dict[str, Term] = {}
    problems: list[LexiconError] = []
    try:
        paths = user_lists(folder)
    except OSError:
        return {}, [LexiconError(folder)]
    for path in paths:
        found, problem = read_user_list(path)
        for term in found:
            if len(terms) == MOST_TERMS:
                problem = LexiconTooLargeError(path, MOST_TERMS)
                break
            terms.setdefault(term.text, term)
        if problem is not None:
            problems.append(problem)
    return terms, problems
