"""The log tells nothing about a patient, not even when everything goes wrong."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from desktop_ocr.document.model import Document, Page, new_id
from desktop_ocr.engine.events import PageRead, ReadOptions
from desktop_ocr.engine.load import load_page
from desktop_ocr.engine.pipeline import Engine
from desktop_ocr.errors import EngineError
from desktop_ocr.export import ExportFormat, export_document
from desktop_ocr.paths import resource

NAME = "周启明"
FILE = "病人甲.png"


@pytest.fixture(autouse=True)
def everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    return Path(shutil.copy(resource("samples/xray_report.png"), tmp_path / FILE))


def test_reading_and_exporting_logs_neither_text_nor_file(
    page_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    image = load_page(page_file)
    *_, last = Engine().read(image)
    assert isinstance(last, PageRead)
    assert NAME in "".join(line.text for line in last.lines)
    page = Page(new_id(), image.file, 1, image.width, image.height, lines=list(last.lines))
    for format in ExportFormat:
        export_document(Document([page]), tmp_path / f"out.{format}", format)
    assert "page read" in caplog.text  # the log was on
    for secret in (NAME, FILE, "病人甲", "胸廓对称"):
        assert secret not in caplog.text


def test_a_fault_with_a_name_in_its_message_is_logged_without_it(
    page_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        model_id = "broken"

        def parameters(self, aids: object) -> dict[str, str | int | float]:
            return {}

        def read(self, crops: object, aids: object, cancelled: object = None) -> object:
            raise ValueError(f"cannot read {NAME} in {FILE}")

    engine = Engine(make_reader=Broken)  # type: ignore[arg-type, return-value]
    with pytest.raises(EngineError) as caught:
        list(engine.read(load_page(page_file), ReadOptions()))
    assert NAME not in str(caught.value)
    assert "ValueError" in caplog.text
    for secret in (NAME, FILE):
        assert secret not in caplog.text
