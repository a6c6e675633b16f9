from __future__ import annotations

import json

import pytest

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Line
from desktop_ocr.export.rows import table_rows
from desktop_ocr.paths import resource

SAMPLES = ["xray_report", "lab_sheet", "outpatient_note", "archive_page"]


@pytest.mark.parametrize("file", [f"{s}{e}" for s in SAMPLES for e in (".png", "_degraded.jpg")])
def test_the_rows_of_every_sample_are_those_of_the_paper(file: str) -> None:
    truth = resource(f"samples/{file}").with_suffix(".json").read_text(encoding="utf-8")
    lines = [
        Line(str(k), Quad.of(label["quad"]), label["text"])
        for k, label in enumerate(json.loads(truth)[file])
    ]
    rows = ["\t".join(cell.line.text for cell in row) for row in table_rows(lines)]
    expected = resource(f"samples/{file}").with_suffix(".txt").read_text(encoding="utf-8")
    assert rows == expected.splitlines()


def test_columns_of_running_text_are_not_rows() -> None:
    left = [Line(f"l{k}", Quad.from_box(0, 40 * k, 400, 40 * k + 30)) for k in range(3)]
    right = [Line(f"r{k}", Quad.from_box(450, 40 * k, 850, 40 * k + 30)) for k in range(3)]
    assert [len(row) for row in table_rows([*left, *right])] == [1] * 6


def test_no_lines_have_no_rows() -> None:
    assert table_rows([]) == []
