from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Cell, Correction, Document, Line, Page
from desktop_ocr.document.serialize import from_dict, to_dict
from desktop_ocr.errors import FormatError
from tests import strategies as own


@given(own.documents())
def test_json_round_trip_is_lossless(document: Document) -> None:
    text = json.dumps(to_dict(document), ensure_ascii=False)
    assert from_dict(json.loads(text)) == document


@given(own.documents(min_pages=1, min_lines=1))
def test_a_file_from_before_the_second_reader_still_loads(document: Document) -> None:
    data = to_dict(document)
    for page in data["pages"]:
        for line in page["lines"]:
            for later in ("plain_text", "second_text", "corrections", "cell", "review"):
                del line[later]
    for page, old in zip(from_dict(data).pages, document.pages, strict=True):
        for read, line in zip(page.lines, old.lines, strict=True):
            assert read == replace(
                line, plain_text="", second_text="", corrections=(), cell=None, review=None
            )


@pytest.mark.parametrize(
    "wrong", [{"row": -1}, {"column": 10**9}, {"table": "0"}, {"row": 1.5}, {"row": True}]
)
def test_a_cell_that_is_none_is_damage(wrong: dict[str, object]) -> None:
    line = Line("a", Quad.from_box(0, 0, 9, 9), cell=Cell(0, 1, 2))
    data = to_dict(Document([Page("p", "f.png", 1, 9, 9, lines=[line])]))
    assert from_dict(data).pages[0].lines == [line]
    data["pages"][0]["lines"][0]["cell"].update(wrong)
    with pytest.raises(FormatError, match="damaged"):
        from_dict(data)


@pytest.mark.parametrize(
    "wrong",
    [{"start": 5}, {"before": "x"}, {"start": "0"}, {"before": None}],
)
def test_corrections_that_do_not_fit_the_text_are_damage(wrong: dict[str, object]) -> None:
    zero = Correction("zero", 1, "O", "0")
    line = Line("a", Quad.from_box(0, 0, 9, 9), "50", "5O", corrections=(zero,))
    data = to_dict(Document([Page("p", "f.png", 1, 9, 9, lines=[line])]))
    assert from_dict(data).pages[0].lines == [line]
    data["pages"][0]["lines"][0]["corrections"][0].update(wrong)
    with pytest.raises(FormatError, match="damaged"):
        from_dict(data)


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
