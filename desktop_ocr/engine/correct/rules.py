"""Correction rules: what a person would put right at sight, and what is worth a second look.

Rules lie in ``resources/rules/*.toml`` and in the user's own folder (``docs/formats.md``). A rule
suggests; only a *safe* one changes text by itself, and then only where the change leaves every
digit, sign and negation as it was (:mod:`desktop_ocr.engine.correct.protected`), whatever its
pattern says.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from desktop_ocr.document.model import Correction
from desktop_ocr.engine.correct.protected import protected
from desktop_ocr.engine.correct.rule_files import Rule, read_rules
from desktop_ocr.errors import RuleFileError
from desktop_ocr.paths import resource, user_folder

_MOST_PASSES = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A change that a rule proposes.

    Attributes:
        start: First character that would change.
        end: Behind the last one; at least one character.
        replacement: What would stand there.
        rule: Id of the rule.
        safe: It may be made without asking.
    """

    start: int
    end: int
    replacement: str
    rule: str
    safe: bool

    def apply(self, text: str) -> str:
        """Return the text with the change made."""
        return text[: self.start] + self.replacement + text[self.end :]


class Rules:
    """Rules ready to be used on the text of single lines; safe to share between threads."""

    def __init__(self, rules: Iterable[Rule], problems: Iterable[RuleFileError] = ()) -> None:
        """Take the rules in their order; of two with one id the later replaces the earlier.

        Args:
            rules: Checked rules.
            problems: What was wrong with files of the user that were left out.
        """
        self._by_id = {rule.id: rule for rule in rules}
        self._safe = tuple(rule for rule in self._by_id.values() if rule.safe)
        self.problems = tuple(problems)

    @cached_property
    def digest(self) -> str:
        """A name for what these rules do: other rules, other digest (hexadecimal)."""
        told = [
            (rule.id, rule.pattern.pattern, rule.replacement, sorted(rule.table.items()), rule.safe)
            for rule in self
        ]
        return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def __iter__(self) -> Iterator[Rule]:
        """Iterate over the rules in their order."""
        return iter(self._by_id.values())

    def describe(self, rule_id: str, language: str) -> str:
        """Return what a rule does, in one line.

        Args:
            rule_id: Id of a rule; one that is not known any more describes itself.
            language: ``"en"``, ``"zh"`` or ``"zh_CN"``.
        """
        rule = self._by_id.get(rule_id)
        if rule is None:
            return rule_id
        return rule.zh if language.startswith("zh") else rule.en

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """Return what a person should decide about, in the order of the text, without overlaps.

        Args:
            text: One line, as :meth:`apply_safe` left it.

        Returns:
            What rules propose that are not safe, and what safe rules propose where it would change
            a value or a negation.
        """
        return _apart(each for each in _find(self, text) if not each.safe)

    def apply_safe(self, text: str) -> tuple[str, tuple[Correction, ...]]:
        """Make the changes that are safe; doing it twice is doing it once.

        Args:
            text: One line as it was read.

        Returns:
            The new text, and what was changed in the order of the text: each correction's
            ``start`` is a place in the new text, and putting each ``before`` in the place of its
            ``after`` gives ``text`` back.
        """
        now = text
        pieces: list[_Piece] = []
        for _ in range(_MOST_PASSES):
            found = _apart(each for each in _find(self._safe, now) if each.safe)
            if not found:
                return now, tuple(_corrections(pieces))
            after = _all_applied(now, found)
            if protected(after) != protected(now):
                # Each leaves the values as they are, all together do not: the first alone then.
                found = found[:1]
                after = found[0].apply(now)
            pieces = pieces or [_Piece(character, character) for character in text]
            for each in reversed(found):
                _put(pieces, each)
            now = after
        return text, ()  # rules that undo each other: a user's; better none than either


def load_rules(folder: Path | None = None) -> Rules:
    """Load the rules of the program and those of the user.

    Args:
        folder: The user's files (``*.toml``); by default ``rules`` in the user's folder. It need
            not exist. A rule with the id of one of the program's replaces it. A file that cannot be
            used is left out and told in ``Rules.problems``.

    Raises:
        RuleFileError: A file of the program itself cannot be used.
    """
    rules: list[Rule] = []
    for path in sorted(resource("rules").glob("*.toml")):
        rules.extend(read_rules(path, {rule.id for rule in rules}))
    problems: list[RuleFileError] = []
    own: list[Rule] = []
    for path in sorted((folder or user_folder() / "rules").glob("*.toml")):
        try:
            own.extend(read_rules(path, {rule.id for rule in own}))
        except RuleFileError as error:
            problems.append(error)
    return Rules([*rules, *own], problems)


def _find(rules: Iterable[Rule], text: str) -> Iterator[Suggestion]:
    """Return all that the rules propose, the rules in their order."""
    values = protected(text)
    for rule in rules if text else ():
        for match in rule.pattern.finditer(text):
            change = _smallest(text, *match.span(), rule.replace(match))
            if change is None:
                continue
            found = Suggestion(*change, rule.id, rule.safe)
            if rule.safe and protected(found.apply(text)) != values:
                found = Suggestion(*change, rule.id, safe=False)
            yield found


def _smallest(text: str, start: int, end: int, replacement: str) -> tuple[int, int, str] | None:
    """Cut away what stays the same at both ends of a change; None where nothing is left.

    What only puts something in or takes something out gets the character beside it, so that every
    change has a place in the picture.
    """
    if text[start:end] == replacement:
        return None
    while start < end and replacement and text[start] == replacement[0]:
        start, replacement = start + 1, replacement[1:]
    while start < end and replacement and text[end - 1] == replacement[-1]:
        end, replacement = end - 1, replacement[:-1]
    if start == end or not replacement:
        if start > 0:
            start, replacement = start - 1, text[start - 1] + replacement
        elif end < len(text):
            end, replacement = end + 1, replacement + text[end]
    return start, end, replacement


def _apart(found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Return those that do not overlap: the leftmost first, the earlier rule where they tie."""
    kept: list[Suggestion] = []
    for each in sorted(found, key=lambda each: each.start):  # stable: keeps the rules' order
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def _all_applied(text: str, found: Sequence[Suggestion]) -> str:
    for each in reversed(found):
        text = each.apply(text)
    return text


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the text: what was read, what stands there now, and the rule that changed it."""

    before: str
    after: str
    rule: str = ""


def _put(pieces: list[_Piece], change: Suggestion) -> None:
    """Make one change in what the pieces show; pieces that it touches become one."""
    ends = list(accumulate(len(piece.after) for piece in pieces))
    first, last = bisect_right(ends, change.start), bisect_left(ends, change.end) + 1
    touched = pieces[first:last]
    offset = ends[first] - len(pieces[first].after)
    shown = "".join(piece.after for piece in touched)
    after = shown[: change.start - offset] + change.replacement + shown[change.end - offset :]
    before = "".join(piece.before for piece in touched)
    pieces[first:last] = [_Piece(before, after, change.rule)]


def _corrections(pieces: Sequence[_Piece]) -> Iterator[Correction]:
    at = 0
    for piece in pieces:
        if piece.before != piece.after:
            yield Correction(piece.rule, at, piece.before, piece.after)
        at += len(piece.after)
