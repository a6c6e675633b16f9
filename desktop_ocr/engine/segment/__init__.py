"""Finding the lines of a page: two ways behind one interface, and the reading order."""

from __future__ import annotations

from dataclasses import replace

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Step
from desktop_ocr.engine.enhance import EnhancedPage
from desktop_ocr.engine.events import SegmenterKind
from desktop_ocr.engine.segment.base import Segmentation, Segmenter
from desktop_ocr.engine.segment.detector import DetectorSegmenter
from desktop_ocr.engine.segment.order import reading_order
from desktop_ocr.engine.segment.projection import ProjectionSegmenter

__all__ = ["VERSION", "LineFinder", "Segmentation", "Segmenter", "is_clean_scan"]

VERSION = 1
"""Raised when lines are found in another way, so that cached readings are not taken for new."""

UNEVEN = 30.0
"""Spread of the paper's brightness, in grey levels, from which a page is a photograph."""
NOISY = 4.0
"""Standard deviation of noise in grey levels."""
BENT = 0.35
"""Degrees by which parts of the page may differ in skew."""
PLAUSIBLE = 0.85
"""Share of ink that must lie in lines of about one height."""


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
            kind: ``AUTO`` takes the projection on clean scans, see :func:`is_clean_scan`.

        Returns:
            The lines in reading order.

        Raises:
            ModelError: The detector's model is missing or damaged.
        """
        if kind is SegmenterKind.DETECTOR:
            found = self._detector.find(page)
        elif kind is SegmenterKind.PROJECTION:
            found = self._projection.find(page)
        else:
            found = self._projection.find(page)
            if not is_clean_scan(page, found):
                found = self._detector.find(page)
        order = reading_order(found.quads)
        quads = tuple(_clipped(found.quads[i], page) for i in order)
        return replace(found, quads=quads, steps=(*found.steps, Step("reading_order")))


def _clipped(quad: Quad, page: EnhancedPage) -> Quad:
    """Keep the corners of a quad on its page."""
    return Quad.of(
        [(min(max(x, 0.0), page.width), min(max(y, 0.0), page.height)) for x, y in quad.points]
    )


def is_clean_scan(page: EnhancedPage, found: Segmentation) -> bool:
    """Say whether projection can be trusted: flat paper, straight lines, lines of one height.

    The limits are those that lost nothing against the detector on the measured pages
    (docs/decisions/0004-two-segmenters.md).
    """
    return (
        page.unevenness <= UNEVEN
        and page.noise <= NOISY
        and page.skew.spread <= BENT
        and found.plausible >= PLAUSIBLE
    )
