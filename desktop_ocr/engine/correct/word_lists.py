"""Reads lists of terms: the program's own, and the TXT and CSV files of a user.

What such a file looks like, and how a user adds one, is told in ``docs/formats.md``.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from desktop_ocr.errors import (
    LexiconEncodingError,
    LexiconError,
    LexiconFormatError,
    LexiconLineError,
    LexiconTooLargeError,
)

USER_KIND = "user"
"""Kind of a user's term that names none."""
DRUG_KIND = "drugs"
"""Kind of a user's term that names none, in a file that is called a list of drugs."""
LONGEST = 60
"""Characters of a user's longest term."""
MOST_TERMS = 50_000
"""Terms of all lists of a user together: about 20 MB of memory."""
_MOST_BYTES = 8 * 1024 * 1024
_DELIMITERS = ",\t;，"
_COLUMNS = {
    "text": {"term", "word", "name", "词", "词条", "词语", "术语", "名称"},
    "code": {"code", "icd", "icd10", "icd-10", "编码", "代码", "疾病编码"},
    "kind": {"kind", "type", "category", "类别", "类型", "分类", "种类"},
}
_SYSTEM_FILES = {"desktop.ini", "thumbs.db"}


def names_drugs(name: str) -> bool:
    """Say whether the name of a list or of a kind of terms speaks of drugs."""
    folded = name.casefold()
    return "药" in name or folded.startswith(("drug", "medic"))


class Term(NamedTuple):
    """A term of a lexicon.

    Attributes:
        text: As it is written, at least one character.
        kind: Name of its list without suffix (``diseases``); for a user's term what his list
            says, else ``drugs`` in a file whose name speaks of drugs, else ``user``.
        code: ICD-10 code of a disease or symptom, or what a user's list gives; may be empty.
        english: International name of a drug; may be empty.
        abbreviation: Of a laboratory item; may be empty.
        unit: Of a laboratory item; may be empty.
        meaning: Of an abbreviation or unit, in Chinese; may be empty.
    """

    text: str
    kind: str
    code: str = ""
    english: str = ""
    abbreviation: str = ""
    unit: str = ""
    meaning: str = ""


def read_own_list(path: Path) -> list[Term]:
    """Read a list that came with the program: UTF-8, tabs, its columns named in the head.

    Raises:
        OSError, ValueError, TypeError: The file is missing or damaged.
    """
    kind = path.stem
    head, _, body = path.read_text("utf-8").partition("\n# columns: ")
    names, _, rows = body.partition("\n")
    if not head.startswith("# ") or not names.startswith("term"):
        raise ValueError(f"{path.name} has no head")
    columns = names.split(", ")[1:]
    lines = rows.splitlines()
    if not columns:
        return [Term(line, kind) for line in lines]
    terms = []
    for line in lines:
        text, *fields = line.split("\t")
        terms.append(Term(text, kind, **dict(zip(columns, fields, strict=False))))
    return terms


def user_lists(folder: Path) -> list[Path]:
    """Return a user's files by name, without those that a system or an editor leaves behind.

    Raises:
        OSError: The folder cannot be listed.
    """
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and not path.name.startswith((".", "~"))
        and path.name.casefold() not in _SYSTEM_FILES
    )


def read_user_list(path: Path) -> tuple[list[Term], LexiconError | None]:
    """Read a user's list as far as it can be used.

    Args:
        path: TXT (a term in each line) or CSV (term, and if wanted code and kind), UTF-8 with or
            without byte order mark or GB18030.

    Returns:
        The terms in their order, and what is wrong with the file, if anything is.
    """
    suffix = path.suffix.casefold()
    if suffix not in {".txt", ".csv", ".tsv"}:
        return [], LexiconFormatError(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            return [], LexiconTooLargeError(path, MOST_TERMS)
        raw = path.read_bytes()
    except OSError:
        return [], LexiconError(path)
    content = decoded(raw)
    if content is None:
        return [], LexiconEncodingError(path)
    kind = DRUG_KIND if names_drugs(path.stem) else USER_KIND
    rows = _text_rows(content, kind) if suffix == ".txt" else _table_rows(content, kind)
    terms, bad = [], 0
    for line, term in rows:
        if _usable(term):
            terms.append(term)
        else:
            bad = bad or line
    return terms, LexiconLineError(path, bad, LONGEST) if bad else None


def decoded(raw: bytes) -> str | None:
    """Decode a text, None where it is in neither of the two encodings."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def is_term(text: str) -> bool:
    """Say whether a text can be a term: not too long, printable, more than digits and signs."""
    return len(text) <= LONGEST and text.isprintable() and any(map(str.isalpha, text))


def _usable(term: Term) -> bool:
    return is_term(term.text) and all(field.isprintable() for field in term)


def _text_rows(content: str, kind: str) -> Iterator[tuple[int, Term]]:
    """Give the lines of a TXT with their numbers, without empty ones and comments."""
    for number, line in enumerate(content.splitlines(), 1):
        text = line.strip()
        if text and not text.startswith("#"):
            yield number, Term(text, kind)


def _table_rows(content: str, kind: str) -> Iterator[tuple[int, Term]]:
    """Give the lines of a CSV with their numbers, without empty ones and comments."""
    counts = Counter(character for character in content if character in _DELIMITERS)
    delimiter = max(_DELIMITERS, key=lambda character: counts[character])
    places = {"text": 0, "code": 1, "kind": 2}
    first = True
    for number, line in enumerate(content.splitlines(), 1):
        try:  # line by line, so that a quotation mark that is never closed spoils one term only
            fields = [field.strip() for field in next(csv.reader([line], delimiter=delimiter), [])]
        except csv.Error:  # beyond csv's own bound of a field
            fields = [line]
        if not any(fields) or fields[0].startswith("#"):
            continue
        if first and fields[0].casefold() in _COLUMNS["text"]:
            places = _places(fields)
        else:
            found = {name: fields[at] for name, at in places.items() if at < len(fields)}
            yield number, Term(found["text"], found.get("kind") or kind, found.get("code", ""))
        first = False


def _places(header: Sequence[str]) -> dict[str, int]:
    """Return where the columns stand; the first one holds the terms."""
    names = [name.casefold() for name in header]
    known = {
        field: at for at, name in enumerate(names) for field in _COLUMNS if name in _COLUMNS[field]
    }
    return known | {"text": 0}
