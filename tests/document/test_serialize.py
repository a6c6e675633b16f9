from __future__ import annotations

import json

import pytest
from hypothesis import given

from desktop_ocr.document.model import Document
from desktop_ocr.document.serialize import from_dict, to_dict
from desktop_ocr.errors import FormatError
from tests import strategies as own


@given(own.documents())
def test_json_round_trip_is_lossless(document: Document) -> None:
    text = json.dumps(to_dict(document), ensure_ascii=False)
    assert from_dict(json.loads(text)) == document


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        {"format": "other", "version": 1, "pages": []},
        {"format": "desktop-ocr", "pages": []},
        {"format": "desktop-ocr", "version": 1},
        {"format": "desktop-ocr", "version": 1, "pages": [{"id": "p"}]},
        {"format": "desktop-ocr", "version": 1, "pages": ["p"]},
    ],
)
def test_what_is_no_document_gets_one_sentence(data: object) -> None:
    with pytest.raises(FormatError, match=r"^The document|^This is not"):
        from_dict(data)  # type: ignore[arg-type]


def test_a_newer_version_says_so() -> None:
    with pytest.raises(FormatError, match="newer version"):
        from_dict({"format": "desktop-ocr", "version": 2, "pages": []})
