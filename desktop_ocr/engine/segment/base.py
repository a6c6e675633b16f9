"""What every way of finding lines takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Cell, Step
from desktop_ocr.engine.enhance import EnhancedPage
from desktop_ocr.engine.segment.ink import PageInk


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The lines of a page, in no order.

    Attributes:
        quads: Clockwise from the text's top left corner, with the small blank margin around the
            ink that the recogniser likes: exactly what is inside is read. A segmenter gives them
            in pixels of the enhanced page, the line finder in pixels of the original.
        steps: How they were found.
        plausible: 0–1: the share of the rectangles cut out that are as high as a line. Low where
            lines were torn apart or stuck together, and where the page is dirty.
        cells: Where each line stands in a table, None outside of tables; a segmenter leaves this
            empty, the line finder gives one entry a line.
    """

    quads: tuple[Quad, ...]
    steps: tuple[Step, ...]
    plausible: float
    cells: tuple[Cell | None, ...] = ()


class Segmenter(Protocol):
    """Finds lines of text and cells of tables."""

    def find(self, page: EnhancedPage, ink: PageInk) -> Segmentation:
        """Find the lines of a page whose ink is known."""
        ...
