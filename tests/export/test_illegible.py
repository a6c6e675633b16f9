"""A place that a person marked as illegible is exported as it stands, in every format."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as Word

from desktop_ocr.document.compare import illegible_places
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Char, Document, Line, LineStatus, Page
from desktop_ocr.export import ExportFormat, export_document, load_json

READ = "口服右肺"
LINE = Line(
    "a",
    Quad.from_box(0, 0, 40, 10),
    "口□右肺",
    READ,
    0.9,
    tuple(Char(c, 0.9) for c in READ),
    LineStatus.REVIEWED,
)


@pytest.mark.parametrize("kind", [ExportFormat.TXT, ExportFormat.DOCX, ExportFormat.JSON])
def test_the_mark_stands_in_the_file(tmp_path: Path, kind: ExportFormat) -> None:
    path = tmp_path / f"out.{kind.value}"
    export_document(Document([Page("p", "p.png", 1, 50, 50, lines=[LINE])]), path, kind)
    if kind is ExportFormat.DOCX:
        text = "\n".join(paragraph.text for paragraph in Word(str(path)).paragraphs)
    else:
        text = path.read_text("utf-8")
    assert "口□右肺" in text
    if kind is ExportFormat.JSON:
        (line,) = load_json(path).pages[0].lines
        assert illegible_places(line) == [1]
        assert line.raw_text == READ  # what was read stays beside it
