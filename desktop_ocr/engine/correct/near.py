"""Terms that begin as a text does, and terms that are one edit away from one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator


class NearTerms:
    """Looks terms up by their beginning, and by all but one of their characters.

    Note:
        One edit changes only one half of a word: the other half is looked up among the words in
        order, or among the words spelled backwards in order, and what is found is compared.

    Args:
        terms: The terms; letters count without their case.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms: dict[str, str] = {}
        for term in terms:
            self._terms.setdefault(term.casefold(), term)
        self._forwards = sorted(self._terms)
        self._backwards = sorted(term[::-1] for term in self._terms)

    def beginning_with(self, text: str) -> Iterator[str]:
        """Yield the terms that begin with a text and go on, in the order of their characters."""
        folded = text.casefold()
        for term in _with_prefix(self._forwards, folded):
            if term != folded:
                yield self._terms[term]

    def one_edit_from(self, word: str) -> list[str]:
        """Return the terms that come from a word of at least two characters by one edit.

        An edit puts a character in, leaves one out, or puts another in the place of one.
        """
        folded = word.casefold()
        half = len(folded) // 2
        if not half:
            return []
        found = dict.fromkeys(
            term
            for term in _with_prefix(self._forwards, folded[:half])
            if is_one_edit(folded, term)
        )
        for backwards in _with_prefix(self._backwards, folded[half:][::-1]):
            term = backwards[::-1]
            if is_one_edit(folded, term):
                found[term] = None
        return [self._terms[term] for term in found]


def is_one_edit(a: str, b: str) -> bool:
    """Say whether one edit makes one text of the other."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    same = 0
    while same < min(len(a), len(b)) and a[same] == b[same]:
        same += 1
    if len(a) == len(b):
        return a[same + 1 :] == b[same + 1 :]
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[same + 1 :] == shorter[same:]


def _with_prefix(ordered: list[str], prefix: str) -> Iterator[str]:
    at = bisect_left(ordered, prefix)
    while at < len(ordered) and ordered[at].startswith(prefix):
        yield ordered[at]
        at += 1
