"""Names of drugs in Latin letters: the generic names of a list, and names invented after them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from functools import cache

from desktop_ocr.paths import resource

_CONTEXT = 2
_LENGTHS = (4, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 9, 10, 12)


def _words(text: str) -> list[str]:
    """Return the words of a table."""
    return text.split()


_SYLLABLES = _words(
    "a ab ac al am an ap ar as ax az ba be bi bo ca ce ci clo co cy da de di do dro e el en er es "
    "fa fe fi flo flu fo ga ge gli glu he hy i ib il im in iso ka ke ki la le li lo lu ma me mi "
    "mo my na ne ni no nor o ol om on or pa pe phe pi pra pre pro ra re ri ro ru sa se si so sta "
    "su ta te the ti to tra tri tu va ve vi xa xi xo ya za ze zi zo"
)
_ENDINGS = _words(
    "cillin mycin floxacin prazole sartan olol pril statin dipine zole tidine vir mab nib pam lam "
    "azine caine one ide ine in ol al an ate il um ex x d cin mox vit fen cort derm"
)


@cache
def generic_names() -> tuple[str, ...]:
    """Return international non-proprietary names: lower-case ASCII, sorted, no doubles."""
    lines = resource("lexicons/drugs_en.txt").read_text(encoding="ascii").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))


@cache
def _follows() -> Mapping[str, tuple[tuple[str, ...], tuple[int, ...]]]:
    """Count which letter follows which two; an empty string ends a name, spaces begin one."""
    counts: dict[str, Counter[str]] = {}
    for name in generic_names():
        padded = " " * _CONTEXT + name
        for end in range(_CONTEXT, len(padded) + 1):
            counts.setdefault(padded[end - _CONTEXT : end], Counter())[padded[end : end + 1]] += 1
    return {pair: (tuple(found), tuple(found.values())) for pair, found in counts.items()}


def generic(rng: random.Random) -> str:
    """Draw a generic name, lower case."""
    return rng.choice(generic_names())


def invented(rng: random.Random) -> str:
    """Draw a name from a trigram model of the generic names, 4 to 12 letters, lower case.

    Most are no drug's name, so that a reader cannot guess them, but their letters follow each
    other as drugs' names have it. Source of the method: C. E. Shannon, "A Mathematical Theory of
    Communication", 1948, section 3.
    """
    follows = _follows()
    length = rng.choice(_LENGTHS)
    while True:
        name = " " * _CONTEXT
        while len(name) < _CONTEXT + length:
            letters, counts = follows[name[-_CONTEXT:]]
            (letter,) = rng.choices(letters, counts)
            if not letter:
                break
            name += letter
        if len(name) >= _CONTEXT + 4:
            return name[_CONTEXT:]


def syllables(rng: random.Random) -> str:
    """Draw syllables without a language to guess them by, lower case."""
    text = "".join(rng.choices(_SYLLABLES, k=rng.choice((1, 2, 2, 2, 3, 3))))
    return text + (rng.choice(_ENDINGS) if rng.random() < 0.7 else "")
