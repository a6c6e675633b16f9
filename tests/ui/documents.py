"""Small documents for the tests of the views."""

from __future__ import annotations

import numpy as np

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Alternative, Char, Line, Provenance
from desktop_ocr.engine.load import from_array
from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.page_store import PageSource
from desktop_ocr.ui.pictures import loaded_page

TEXTS = ("检查所见：", "右肺上叶见斑片状影", "WBC 11.2", "心影不大", "建议复查")


def read_line(
    line_id: str, text: str, quad: Quad, doubtful: dict[int, float] | None = None
) -> Line:
    """A line as the engine gives it.

    Args:
        line_id: Its id.
        text: Its text; each character takes an equal part of the box.
        quad: Its box.
        doubtful: Confidence of characters by index; all others have 0.99.
    """
    doubtful = doubtful or {}
    size = len(text)
    characters = tuple(
        Char(
            char,
            doubtful.get(i, 0.99),
            quad.between(i / size, (i + 1) / size),
            (Alternative("甲", 0.2), Alternative("乙", 0.1)) if i in doubtful else (),
        )
        for i, char in enumerate(text)
    )
    mean = sum(c.confidence for c in characters) / size
    return Line(line_id, quad, text, text, mean, characters)


def box(row: int, width: int = 400) -> Quad:
    """The box of a row of text on a test page."""
    return Quad.from_box(100, 100 + 100 * row, 100 + width, 140 + 100 * row)


def blank(width: int = 1000, height: int = 1400) -> np.ndarray:
    """White paper with a grey frame."""
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[:4], pixels[-4:], pixels[:, :4], pixels[:, -4:] = 128, 128, 128, 128
    return pixels


def add_page(
    controller: DocumentController,
    lines: tuple[Line, ...] = (),
    pixels: np.ndarray | None = None,
    name: str = "page.png",
) -> str:
    """Add a page that was read."""
    image = from_array(blank() if pixels is None else pixels, name)
    page_id = controller.add_loaded_page(loaded_page(image, PageSource(None)))
    controller.readings.take_found_lines(page_id, lines)
    controller.readings.take_read_page(page_id, lines, Provenance("test"), replace=False)
    controller.set_page_state(page_id, PageState.DONE)
    return page_id


def standard_lines(prefix: str = "") -> tuple[Line, ...]:
    """Five lines; the second has two doubtful places, the fifth one."""
    doubtful = ({}, {2: 0.55, 5: 0.75}, {}, {}, {3: 0.6})
    return tuple(
        read_line(f"{prefix}line{i}", text, box(i), doubtful[i]) for i, text in enumerate(TEXTS)
    )
