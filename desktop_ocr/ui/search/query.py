"""What is searched for, and where it stands in a text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from desktop_ocr.ui.incoming import one_row

MOST_SECONDS = 0.015
"""So long may a regular expression take on one line."""


class PatternError(Exception):
    """A regular expression, or what it is to be replaced by, cannot be understood.

    Attributes:
        reason: Why, in the words of the library.
        position: The character, from 0, where it says so.
        in_replacement: It is the replacement that cannot be understood.
    """

    def __init__(
        self, reason: str, position: int | None = None, *, in_replacement: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason, self.position, self.in_replacement = reason, position, in_replacement


class SlowPatternError(Exception):
    """A regular expression takes too long on a line."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for.

    Attributes:
        text: The words or the regular expression; not empty.
        is_pattern: It is a regular expression.
        match_case: "a" is not "A".
        whole_words: Latin letters or digits around what is found would make it part of a word;
            Chinese is written without spaces and knows no such thing.
        ignore_width: "ａ" is "a", "，" is ",". A regular expression says itself what it means.
    """

    text: str
    is_pattern: bool = False
    match_case: bool = False
    whole_words: bool = False
    ignore_width: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """One place in a text.

    Attributes:
        start: Where it begins, as an index.
        end: Where it ends.
        new: What is to stand there; what stands there where nothing is to be replaced.
    """

    start: int
    end: int
    new: str


class Matcher:
    r"""Finds a query in texts.

    Args:
        query: The query.
        replacement: What is to be put in place of what is found; None for a search alone. For a
            regular expression, ``\1`` and ``\g<name>`` stand for its groups.

    Raises:
        PatternError: The regular expression cannot be understood.
    """

    def __init__(self, query: Query, replacement: str | None = None) -> None:
        self._query, self._replacement = query, replacement
        self._matches: Callable[[str], Iterator[Found]]
        if query.is_pattern:
            self._pattern = _compiled(query)
            self._matches = self._by_pattern
        else:
            self._wanted = "".join(self._folded(c) for c in query.text)
            self._matches = self._by_words

    def find(self, text: str) -> tuple[Found, ...]:
        """Return where the query stands in a text, in order; none overlaps another.

        Raises:
            PatternError: The replacement of a regular expression cannot be understood.
            SlowPatternError: The regular expression takes too long.
        """
        return tuple(self._matches(text))

    def _is_part(self, text: str, start: int, end: int) -> bool:
        """Say whether what stands there is no word of its own, though it had to be one."""
        return self._query.whole_words and (
            (start > 0 and _is_latin(text[start - 1]) and _is_latin(text[start]))
            or (end < len(text) and _is_latin(text[end - 1]) and _is_latin(text[end]))
        )

    # --- words ----------------------------------------------------------------------------

    def _folded(self, char: str) -> str:
        if self._query.ignore_width:
            char = unicodedata.normalize("NFKC", char) if not char.isspace() else " "
        return char if self._query.match_case else char.casefold()

    def _by_words(self, text: str) -> Iterator[Found]:
        folded, places = [], []  # a character may fold to several, as "㎎" does
        for i, char in enumerate(text):
            parts = self._folded(char)
            folded.append(parts)
            places += [i] * len(parts)
        places.append(len(text))
        line = "".join(folded)
        at = line.find(self._wanted) if self._wanted else -1
        while at >= 0:
            end = at + len(self._wanted)
            whole = not (at and places[at - 1] == places[at]) and places[end - 1] != places[end]
            if whole and not self._is_part(text, places[at], places[end]):
                start, stop = places[at], places[end]
                new = text[start:stop] if self._replacement is None else self._replacement
                yield Found(start, stop, new)
                at = line.find(self._wanted, end)
            else:
                at = line.find(self._wanted, at + 1)

    # --- regular expressions --------------------------------------------------------------

    def _by_pattern(self, text: str) -> Iterator[Found]:
        try:
            for match in self._pattern.finditer(text, timeout=MOST_SECONDS):
                start, end = match.span()
                # What matches nothing can neither be shown nor replaced.
                if start < end and not self._is_part(text, start, end):
                    yield Found(start, end, self._expanded(match))
        except TimeoutError as error:
            raise SlowPatternError from error

    def _expanded(self, match: Any) -> str:
        import regex

        if self._replacement is None:
            return str(match.group())
        try:
            return one_row(match.expand(self._replacement))
        except (regex.error, IndexError, KeyError) as error:
            raise PatternError(str(error), in_replacement=True) from error


def _compiled(query: Query) -> Any:
    import regex

    try:
        return regex.compile(query.text, 0 if query.match_case else regex.IGNORECASE)
    except regex.error as error:
        raise PatternError(error.msg, error.pos) from error
    except (OverflowError, RecursionError, MemoryError) as error:
        raise PatternError(type(error).__name__) from error


def replaced(text: str, found: tuple[Found, ...]) -> str:
    """Return a text with everything that was found replaced."""
    for place in reversed(found):
        text = text[: place.start] + place.new + text[place.end :]
    return text


def _is_latin(char: str) -> bool:
    """Say whether a character is part of words that have spaces around them."""
    folded = unicodedata.normalize("NFKC", char)
    return folded.isalnum() and not "\u2e80" <= folded <= "\U0003ffff"
