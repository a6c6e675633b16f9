"""End to end: our own pages, clean and photographed, are read within stated bounds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_ocr.document.geometry import Box, Quad
from desktop_ocr.document.model import Page, new_id
from desktop_ocr.engine.events import PageRead
from desktop_ocr.engine.load import load_page
from desktop_ocr.engine.pipeline import Engine
from desktop_ocr.export import page_text
from desktop_ocr.paths import resource
from desktop_ocr.training.measure import score

NAMES = ("xray_report", "lab_sheet", "outpatient_note", "archive_page")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(threads=2)


def read(engine: Engine, path: Path) -> Page:
    image = load_page(path)
    *_, last = engine.read(image)
    assert isinstance(last, PageRead)
    return Page(new_id(), image.file, 1, image.width, image.height, lines=list(last.lines))


def covered(a: Box, b: Box) -> float:
    """Return the share of ``a`` that lies in ``b``."""
    width = min(a.right, b.right) - max(a.left, b.left)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    return max(0.0, width) * max(0.0, height) / (a.width * a.height)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("ending", "bound"), [(".png", 0.01), ("_degraded.jpg", 0.04)])
def test_text_and_boxes(engine: Engine, name: str, ending: str, bound: float) -> None:
    path = resource(f"samples/{name}{ending}")
    page = read(engine, path)
    truth = path.with_suffix(".txt").read_text(encoding="utf-8")
    found = score(truth, page_text(page))
    assert found.edits <= bound * found.characters

    ((_, labels),) = json.loads(path.with_suffix(".json").read_text(encoding="utf-8")).items()
    wanted = [Quad.of(label["quad"]).box for label in labels]
    boxes = [line.quad.box for line in page.lines]
    met = [any(covered(box, other) > 0.5 for other in boxes) for box in wanted]
    assert sum(met) >= 0.97 * len(met)
