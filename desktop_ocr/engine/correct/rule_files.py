"""Files of correction rules: read, checked, and each rule held to its own examples."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_ocr.engine.correct.pattern_cost import is_bounded
from desktop_ocr.engine.correct.protected import protected
from desktop_ocr.errors import (
    RuleExampleError,
    RuleFileError,
    RuleIncompleteError,
    RulePatternError,
    RuleUnsafeError,
)

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_KEYS = {"id", "zh", "en", "pattern", "safe", "change", "keep"}


@dataclass(frozen=True, slots=True)
class Rule:
    r"""One rule, checked.

    Attributes:
        id: Small letters, digits and hyphens.
        zh: What it does, in Chinese, one line.
        en: The same in English.
        pattern: Where it applies.
        replacement: What it puts there, with ``\1`` for groups; None where it has a ``table``.
        table: Replaces the characters of the match one by one, as ``str.translate`` does.
        safe: It may change text without asking.
        changes: Examples: a text before and after.
        keeps: Examples that it leaves alone.
    """

    id: str
    zh: str
    en: str
    pattern: re.Pattern[str]
    replacement: str | None
    table: Mapping[int, int]
    safe: bool
    changes: tuple[tuple[str, str], ...]
    keeps: tuple[str, ...]

    def replace(self, match: re.Match[str]) -> str:
        """Return what the rule puts in the place of a match of its pattern."""
        if self.replacement is None:
            return match[0].translate(self.table)
        return match.expand(self.replacement)

    def apply(self, text: str) -> str:
        """Return the text with every match replaced."""
        return self.pattern.sub(self.replace, text)


def read_rules(path: Path, taken: Collection[str] = ()) -> list[Rule]:
    """Read the rules of one file.

    Args:
        path: A TOML file as described in ``docs/formats.md``.
        taken: Ids that the file must not use again.

    Raises:
        RuleFileError: The file cannot be read; its subclasses say what is wrong with a rule.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        # TOML's own errors are ValueErrors; so is a number of thousands of digits.
        raise RuleFileError(path) from error
    tables = content.get("rule")
    if content.keys() != {"rule"} or not isinstance(tables, list):
        raise RuleFileError(path)
    rules: list[Rule] = []
    for number, table in enumerate(tables, 1):
        rule = _rule(path, number, table)
        if rule.id in taken or any(rule.id == earlier.id for earlier in rules):
            raise RuleIncompleteError(path, rule.id)
        rules.append(rule)
    return rules


def _rule(path: Path, number: int, table: Any) -> Rule:
    """Build one rule from its table and hold it to its examples."""
    name = str(number)
    try:
        name = _id(table["id"])
        rule = _built(table)
    except (KeyError, TypeError, ValueError) as error:
        raise RuleIncompleteError(path, name) from error
    except (re.error, OverflowError, RecursionError) as error:
        raise RulePatternError(path, name) from error
    try:
        held = all(
            rule.apply(before) == after and rule.apply(after) == after != before
            for before, after in rule.changes
        ) and all(rule.apply(text) == text for text in rule.keeps)
    except (re.error, IndexError) as error:  # the replacement names a group that is not there
        raise RulePatternError(path, name) from error
    if not held:
        raise RuleExampleError(path, name)
    if rule.safe and any(protected(before) != protected(after) for before, after in rule.changes):
        raise RuleUnsafeError(path, name)
    return rule


def _built(table: Mapping[str, Any]) -> Rule:
    """Build one rule.

    Raises:
        KeyError, TypeError, ValueError: Something is missing, too much or of another type.
        re.error: The pattern is none, or without bounds.
    """
    way = "map" if "map" in table else "replacement"
    if table.keys() != _KEYS | {way} or not isinstance(table["safe"], bool):
        raise ValueError
    pattern = _text(table["pattern"])
    if not is_bounded(pattern):
        raise re.error("without bounds")
    letters, become = map(_text, table["map"]) if way == "map" else ("", "")
    changes = tuple((_text(each["before"]), _text(each["after"])) for each in table["change"])
    keeps = tuple(_text(each["text"]) for each in table["keep"])
    if not (changes and keeps and all(len(each) == 2 for each in table["change"])):
        raise ValueError
    return Rule(
        id=table["id"],
        zh=_line(table["zh"]),
        en=_line(table["en"]),
        pattern=re.compile(pattern),
        replacement=None if way == "map" else _text(table["replacement"]),
        table=str.maketrans(letters, become),
        safe=table["safe"],
        changes=changes,
        keeps=keeps,
    )


def _id(value: Any) -> str:
    if not _ID.fullmatch(_text(value)):
        raise ValueError
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _line(value: Any) -> str:
    if not _text(value).strip() or "\n" in value:
        raise ValueError
    return str(value)
