"""The document as JSON, and back without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from desktop_ocr.document.fields import PageFields, fields_to_dict
from desktop_ocr.document.model import Document, Page
from desktop_ocr.document.serialize import from_dict, to_dict
from desktop_ocr.errors import FileNotReadableError, FormatError
from desktop_ocr.export.fields_file import FieldsOf, no_fields


def json_chunks(
    title: str, pages: Iterable[Page], fields_of: FieldsOf = no_fields
) -> Iterator[str]:
    """Yield a document as JSON text page by page, so that many pages need little memory.

    Each line of the paper stands on a line of the file, in reading order, which keeps the file
    small and lets two versions be compared.

    Args:
        title: Of the document.
        pages: Its pages.
        fields_of: Finds the fields of a page; a page without any has no such member.
    """
    head = to_dict(Document(title=title))
    del head["pages"]
    yield _compact(head)[:-1] + ', "pages": ['
    separator = "\n"
    for page in pages:
        (entry,) = to_dict(Document([page]))["pages"]
        lines = entry.pop("lines")
        found = fields_of(page.lines)
        if found != PageFields():
            entry["fields"] = fields_to_dict(found, page.lines)
        rows = ",\n".join(_compact(line) for line in lines)
        yield f'{separator}{_compact(entry)[:-1]}, "lines": [\n{rows}\n]}}'
        separator = ",\n"
    yield "\n]}\n"


def load_json(path: Path) -> Document:
    """Read a document that was exported as JSON.

    Raises:
        FileNotReadableError: If the file cannot be opened.
        FormatError: If it is not such a document or of a newer version.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileNotReadableError(path) from error
    try:
        return from_dict(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise FormatError("This is not a document of this program.") from error


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
