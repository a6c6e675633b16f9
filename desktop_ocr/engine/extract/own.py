"""Fields that a person defined, in TOML files of the user's own folder (docs/formats.md)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop_ocr.engine.correct.pattern_cost import is_bounded
from desktop_ocr.engine.extract.definitions import Definition, Definitions, folded
from desktop_ocr.engine.own_files import FIELDS, Kept
from desktop_ocr.errors import FieldFileError, FieldIncompleteError
from desktop_ocr.paths import user_folder

KINDS: Mapping[str, str | None] = {
    "line": None,
    "section": None,
    "number": r"[<>≤≥±+-]?\s?\d{1,12}(?:[.,]\d{1,6})?(?:\s?[~-]\s?\d{1,12}(?:\.\d{1,6})?)?"
    r"(?:\s?[A-Za-z%‰℃°μ/^0-9·*㎎㎏㎍]{1,12}|\s?[㐀-鿿]{1,2})?",
    "date": r"\d{2,4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?",
    "code": r"[A-Za-z0-9][A-Za-z0-9-]{0,39}",
}
"""What a value of each kind looks like; that of a section runs over several lines."""

MOST_LETTERS = 40
"""Of a name or a label."""

_KEYS = {"id", "name", "zh", "en", "labels", "kind", "value", "section", "example"}
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*field[ \t]*\]\]", re.MULTILINE)
_AT_LINE = re.compile(r"\(at line (\d+)")


def definitions() -> Definitions:
    """Return the program's fields and the user's, these first where a label is the same.

    The same object until the user's files change.
    """
    _KEPT.refresh()
    return _KEPT.get()


def _load() -> Definitions:
    found = Definitions.built_in()
    folder = user_folder() / FIELDS
    own: dict[str, Definition] = {}
    problems = []
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        try:
            own.update({field.id: field for field in read_own(path)})
        except FieldFileError as error:
            problems.append(error)
    if not own and not problems:
        return found
    return replace(found.with_fields(own), problems=tuple(problems))


_KEPT = Kept(FIELDS, _load)


def read_own(path: Path) -> list[Definition]:
    """Read the fields of one file.

    Raises:
        FieldFileError: The file cannot be read, or a field in it cannot be used; with its line.
    """
    try:
        text = path.read_text("utf-8-sig")
        content = tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        # TOML's own errors are ValueErrors; they name the line in their text only.
        at = _AT_LINE.search(str(error))
        raise FieldFileError(path, int(at[1]) if at else 1) from error
    tables = content.get("field")
    lines = [text.count("\n", 0, match.start()) + 1 for match in _HEADER.finditer(text)]
    if content.keys() != {"field"} or not isinstance(tables, list):
        raise FieldIncompleteError(path, 1)
    found: list[Definition] = []
    for number, table in enumerate(tables):
        try:
            field = _definition(table)
            if any(field.id == other.id for other in found):
                raise ValueError("the same field twice")
        except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
            at_line = lines[number] if number < len(lines) else 1
            raise FieldIncompleteError(path, at_line) from error
        found.append(field)
    return found


def _definition(table: Mapping[str, Any]) -> Definition:
    """Build one field.

    Raises:
        KeyError, TypeError, ValueError, AttributeError, re.error: Something is missing, unknown,
            of another type, or a pattern that would take too long.
    """
    if not table.keys() <= _KEYS or ("kind" in table and "value" in table):
        raise ValueError("something that no field has")
    name = table.get("name", "")
    zh, en = table.get("zh", name), table.get("en", name)
    zh, en = _text(zh or en), _text(en or zh)
    labels = tuple(folded(_text(label)) for label in table["labels"])
    kind = table.get("kind", "section" if table.get("section") else "line")
    pattern = table.get("value", KINDS[kind])
    if not labels or not all(labels) or ("value" in table and not is_bounded(pattern)):
        raise ValueError("no label, or a pattern without bounds")
    value = None if pattern is None else re.compile(pattern)
    return Definition(_text(table.get("id", en)), zh, en, labels, value, kind == "section", ())


def _text(found: object) -> str:
    """Return a name or label.

    Raises:
        ValueError: It is none.
    """
    if not isinstance(found, str) or not found.strip() or len(found) > MOST_LETTERS:
        raise ValueError("no name")
    if not found.isprintable():
        raise ValueError("a name of one line")
    return found.strip()


def as_toml(name: str, labels: list[str], kind: str) -> str:
    """Return a field as it stands in a file.

    Raises:
        ValueError: It would be none that can be read.
    """
    table = {"name": name, "labels": labels, "kind": kind}
    try:
        _definition(table)
    except KeyError as error:
        raise ValueError("no such kind") from error
    lines = [f"{key} = {_quoted(value)}" for key, value in table.items()]
    return "\n".join(["[[field]]", *lines, ""])


def _quoted(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_quoted, value))}]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
