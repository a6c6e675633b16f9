from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from desktop_ocr.document.fields import PageFields
from desktop_ocr.document.model import Document, Page
from desktop_ocr.document.serialize import from_dict
from desktop_ocr.errors import FileNotReadableError, FormatError
from desktop_ocr.export import ExportFormat, export_document, json_chunks, load_json
from desktop_ocr.paths import resource
from tests import strategies as own

SCHEMA = json.loads(resource("schema/desktop-ocr-1.schema.json").read_text(encoding="utf-8"))


def closed(schema: Any) -> Any:
    """Forbid what the schema does not name, so that nothing is written undescribed."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: closed(value) for key, value in schema.items()}
    if schema.get("type") == "object":
        result.setdefault("additionalProperties", False)
    return result


VALIDATOR = jsonschema.Draft202012Validator(closed(SCHEMA))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@given(own.documents(), own.page_fields())
def test_everything_that_is_written_fits_the_schema(document: Document, fields: PageFields) -> None:
    chunks = json_chunks(document.title, document.pages, lambda _lines: fields)
    data = json.loads("".join(chunks))
    VALIDATOR.validate(data)
    assert from_dict(data) == document
    for page in data["pages"]:
        assert len(page.get("fields", {}).get("values", ())) == len(fields.values)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 2),
        (("pages", 0, "width"), 0),
        (("pages", 0, "lines", 0, "quad"), [[0, 0], [1, 0], [1, 1]]),
        (("pages", 0, "lines", 0, "confidence"), 1.2),
        (("pages", 0, "lines", 0, "status"), "read"),
        (("pages", 0, "lines", 0, "characters"), None),
    ],
)
def test_the_schema_refuses_what_is_wrong(path: tuple[str | int, ...], value: object) -> None:
    data = {
        "format": "desktop-ocr",
        "version": 1,
        "title": "",
        "pages": [{
            "id": "p", "file": "a.png", "page": 1, "width": 9, "height": 9, "dpi": None,
            "sha256": "", "provenance": {"model_id": "", "steps": []},
            "lines": [{
                "id": "l", "quad": [[0, 0], [1, 0], [1, 1], [0, 1]], "text": "", "raw_text": "",
                "confidence": 0, "status": "unreviewed", "characters": [],
            }],
        }],
    }  # fmt: skip
    VALIDATOR.validate(data)
    place: Any = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert not VALIDATOR.is_valid(data)


@given(document=own.documents())
def test_a_file_loses_nothing(document: Document, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("json") / "d.json"
    export_document(document, path, ExportFormat.JSON)
    assert load_json(path) == document


def test_a_file_name_that_is_no_utf8_comes_back(tmp_path: Path) -> None:
    name = b"scan\xff.png".decode("utf-8", "surrogateescape")
    path = tmp_path / "d.json"
    export_document(Document([Page("p", name, 1, 9, 9)]), path, ExportFormat.JSON)
    assert load_json(path).pages[0].file == name
    path.read_bytes().decode("utf-8", "strict")


def test_chinese_is_readable_and_each_line_is_a_line(tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    export_document(Document(title="胸部正位"), path, ExportFormat.JSON)
    assert '"title": "胸部正位"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [b"", b"not json", b"\xff\xfe", b"[" * 100_000, b'{"a": 1}'])
def test_what_is_no_document_gets_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "d.json"
    path.write_bytes(content)
    with pytest.raises(FormatError, match="not a document"):
        load_json(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotReadableError):
        load_json(tmp_path / "none.json")
