"""What fields there are: their names, labels and the looks of their values, from TOML files."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from desktop_ocr.errors import DesktopOcrError, FormatError
from desktop_ocr.paths import resource


@dataclass(frozen=True, slots=True)
class Example:
    """Lines of a text, and the value that a field has in them; "" for none."""

    lines: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One field.

    Attributes:
        id: Its name in files.
        zh: Its name in Chinese.
        en: Its name in English.
        labels: What stands before a value, folded (see :func:`folded`).
        value: What a value looks like, at its start; None where anything will do.
        section: The value may run over several lines, up to the next label.
        examples: What must be found.
    """

    id: str
    zh: str
    en: str
    labels: tuple[str, ...]
    value: re.Pattern[str] | None
    section: bool
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of paper, which must have certain fields.

    Attributes:
        id: Its name in files.
        zh: Its name in Chinese.
        en: Its name in English.
        signs: Fields of which any tells that a page is such a form.
        rows: Whether rows of a laboratory table tell it.
        required: Fields that it must have.
    """

    id: str
    zh: str
    en: str
    signs: frozenset[str]
    rows: bool
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Definitions:
    """All fields and forms.

    Attributes:
        fields: By id, in the order in which they are shown.
        forms: In the order in which they are tried.
        labels: The field of each folded label, None where a label only ends other values.
        columns: The role of each folded name of a column of a laboratory table: ``item``,
            ``value``, ``unit``, ``range``, ``flag`` or ``other``.
        pattern: Any label, the longest first.
        problems: What could not be used of the user's own files.
    """

    fields: dict[str, Definition]
    forms: tuple[Form, ...]
    labels: dict[str, Definition | None]
    columns: dict[str, str]
    pattern: re.Pattern[str]
    problems: tuple[DesktopOcrError, ...] = ()

    def with_fields(self, own: Mapping[str, Definition]) -> Definitions:
        """Return these with further fields; their labels are theirs, whoever had them before."""
        labels = dict(self.labels)
        for field in own.values():
            labels.update(dict.fromkeys(field.labels, field))
        return replace(self, fields={**self.fields, **own}, labels=labels, pattern=_any_of(labels))

    @staticmethod
    @cache
    def built_in() -> Definitions:
        """Return the program's own."""
        return Definitions.load(resource("fields/medical.toml"))

    @staticmethod
    def load(path: Path) -> Definitions:
        """Read a file.

        Raises:
            FormatError: If it is no such file; the sentence says what is wrong.
        """
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            return _definitions(data)
        except (KeyError, TypeError, AttributeError, re.error, tomllib.TOMLDecodeError) as error:
            raise FormatError(f"The definitions of fields in {path.name} are damaged.") from error


def folded(text: str) -> str:
    """Return a label as it is compared: without spaces, in half width and small letters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if not char.isspace())


def _definitions(data: dict[str, Any]) -> Definitions:
    fields = {entry["id"]: _definition(entry) for entry in data["field"]}
    labels: dict[str, Definition | None] = {folded(end): None for end in data.get("ends", ())}
    for field in fields.values():
        labels.update(dict.fromkeys(field.labels, field))
    forms = tuple(
        Form(
            entry["id"],
            entry["zh"],
            entry["en"],
            frozenset(entry.get("signs", ())),
            bool(entry.get("rows", False)),
            tuple(entry.get("required", ())),
        )
        for entry in data.get("form", ())
    )
    for form in forms:
        for field_id in (*form.signs, *form.required):
            fields[field_id]  # a KeyError tells of one that is not defined
    columns = {
        folded(name): role for role, names in data.get("laboratory", {}).items() for name in names
    }
    return Definitions(fields, forms, labels, columns, _any_of(labels))


def _any_of(labels: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(labels, key=len, reverse=True))))


def _definition(entry: dict[str, Any]) -> Definition:
    return Definition(
        entry["id"],
        entry["zh"],
        entry["en"],
        tuple(map(folded, entry["labels"])),
        re.compile(entry["value"]) if "value" in entry else None,
        bool(entry.get("section", False)),
        tuple(Example(tuple(e["lines"]), e["value"]) for e in entry.get("example", ())),
    )
