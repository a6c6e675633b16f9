"""Finding the lines of a page: two ways behind one interface, and the reading order."""

from __future__ import annotations

from dataclasses import replace

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Step
from desktop_ocr.engine.enhance import EnhancedPage
from desktop_ocr.engine.events import SegmenterKind
from desktop_ocr.engine.segment.base import Segmentation, Segmenter
from desktop_ocr.engine.segment.crop import along_text
from desktop_ocr.engine.segment.detector import DetectorSegmenter
from desktop_ocr.engine.segment.grid import cells_of
from desktop_ocr.engine.segment.ink import PageInk
from desktop_ocr.engine.segment.order import bands
from desktop_ocr.engine.segment.projection import ProjectionSegmenter

__all__ = ["VERSION", "LineFinder", "Segmentation", "Segmenter"]

VERSION = 5
"""Raised when lines are found in another way, so that cached readings are not taken for new."""

UNEVEN = 30.0
"""Spread of the paper's brightness, in grey levels, from which a page is a photograph."""
PLAUSIBLE = 0.96
"""Share of the rectangles that projection cuts out that must be as high as a line."""


class LineFinder:
    """Finds the lines of a page in reading order, in the way asked for.

    Both ways are built when first used, and kept.
    """

    def __init__(self, *, threads: int | None = None) -> None:
        self._projection: Segmenter = ProjectionSegmenter()
        self._detector: Segmenter = DetectorSegmenter(threads=threads)

    def find(self, page: EnhancedPage, kind: SegmenterKind) -> Segmentation:
        """Find the lines.

        Args:
            page: The enhanced page.
            kind: ``AUTO`` takes the projection on clean scans: evenly lit paper that fills the
                picture, on which nearly all that projection cuts out is as high as a line. The
                two limits lost nothing against the detector on the measured pages, see
                docs/decisions/two-ways-to-find-lines.md. Paper on a desk was photographed: its
                rows fan out, and gaps of columns are too narrow for projection.

        Returns:
            The lines in reading order, and where they stand in tables. The quad of a line that
            runs downwards begins at the page's upper right: its crop lies on its side, as the
            recogniser was taught; a step says how many there are.

        Raises:
            ModelError: The detector's model is missing or damaged.
        """
        found = None
        ink = PageInk.of(page.ink)
        if kind is SegmenterKind.PROJECTION or (
            kind is SegmenterKind.AUTO
            and page.unevenness <= UNEVEN
            and not any(step.name == "paper" for step in page.steps)
        ):
            found = self._projection.find(page, ink)
        if found is None or (kind is SegmenterKind.AUTO and found.plausible < PLAUSIBLE):
            found = self._detector.find(page, ink)
        # On the enhanced page, where all text is upright.
        arranged = bands(found.quads)
        order = [item.index for band in arranged for row in band for item in row]
        table = cells_of(arranged)
        upright = [along_text(found.quads[i]) for i in order]
        downwards = sum(quad is not found.quads[i] for quad, i in zip(upright, order, strict=True))
        steps = [*found.steps, Step("reading_order")]
        if table:
            steps.append(Step("tables", {"tables": 1 + max(cell.table for cell in table.values())}))
        if downwards:
            steps.append(Step("vertical_text", {"lines": downwards}))
        return replace(
            found,
            quads=tuple(_clipped(page.transform.quad(quad), page) for quad in upright),
            cells=tuple(table.get(i) for i in order),
            steps=tuple(steps),
        )


def _clipped(quad: Quad, page: EnhancedPage) -> Quad:
    """Keep the corners of a quad on its page."""
    return Quad.of(
        [(min(max(x, 0.0), page.width), min(max(y, 0.0), page.height)) for x, y in quad.points]
    )
