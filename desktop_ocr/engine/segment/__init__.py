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
from desktop_ocr.engine.segment.ink import PageInk
from desktop_ocr.engine.segment.order import reading_order
from desktop_ocr.engine.segment.projection import ProjectionSegmenter

__all__ = ["VERSION", "LineFinder", "Segmentation", "Segmenter"]

VERSION = 2
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
            kind: ``AUTO`` takes the projection on clean scans: evenly lit paper on which nearly
                all that projection cuts out is as high as a line. The two limits lost nothing
                against the detector on the measured pages, see
                docs/decisions/two-ways-to-find-lines.md.

        Returns:
            The lines in reading order.

        Raises:
            ModelError: The detector's model is missing or damaged.
        """
        found = None
        ink = PageInk.of(page.ink)
        if kind is SegmenterKind.PROJECTION or (
            kind is SegmenterKind.AUTO and page.unevenness <= UNEVEN
        ):
            found = self._projection.find(page, ink)
        if found is None or (kind is SegmenterKind.AUTO and found.plausible < PLAUSIBLE):
            found = self._detector.find(page, ink)
        # On the enhanced page, where all text is upright.
        order = reading_order(found.quads)
        upright = [along_text(found.quads[i]) for i in order]
        quads = tuple(_clipped(page.transform.quad(quad), page) for quad in upright)
        return replace(found, quads=quads, steps=(*found.steps, Step("reading_order")))


def _clipped(quad: Quad, page: EnhancedPage) -> Quad:
    """Keep the corners of a quad on its page."""
    return Quad.of(
        [(min(max(x, 0.0), page.width), min(max(y, 0.0), page.height)) for x, y in quad.points]
    )
