"""Lines of text by the PP-OCRv6 detector, for photographs, shadows and handwriting.

The network and its pre- and post-processing are those of the library ``rapidocr`` (a
differentiable-binarisation text detector: Liao and others, "Real-time scene text detection with
differentiable binarization", AAAI 2020). We give it a session of our own on the model file inside
the installed wheel, so nothing is ever looked up or downloaded and its memory is bounded.
"""

from __future__ import annotations

import logging
import math
import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Step
from desktop_ocr.engine import pp_ocr
from desktop_ocr.engine.enhance import EnhancedPage
from desktop_ocr.engine.segment.base import Segmentation
from desktop_ocr.engine.segment.crop import DOWNWARDS, MARGIN, crop
from desktop_ocr.engine.segment.projection import without_rules


@dataclass(frozen=True, slots=True)
class DetectorParameters:
    """How the detector runs.

    Attributes:
        side: Longer side of the network's input in pixels.
        pixels: Bound of the network's input; memory grows with it (about 200 bytes a pixel).
        threshold: Probability from which a pixel is text.
        box_threshold: Mean probability from which a box is kept.
        unclip: How far a box grows from the text's core, as area over circumference.
    """

    side: int = 1280
    pixels: int = 1_000_000
    threshold: float = 0.3
    box_threshold: float = 0.5
    unclip: float = 1.6


class _Config(dict[str, Any]):
    """The library reads its settings both as items and, for the engine, as an attribute."""

    engine_type: Any = None


class DetectorSegmenter:
    """See the module's description; a :class:`~desktop_ocr.engine.segment.base.Segmenter`.

    The network is loaded on first use.
    """

    def __init__(
        self, parameters: DetectorParameters | None = None, *, threads: int | None = None
    ) -> None:
        self._p = parameters or DetectorParameters()
        self._threads = threads
        self._lock = threading.Lock()
        self._detector: Any = None

    def find(self, page: EnhancedPage) -> Segmentation:
        """Find the lines on the enhanced page.

        Raises:
            ModelError: The model's file is missing or damaged.
        """
        import cv2

        grey = page.grey
        height, width = grey.shape
        factor = min(
            1.5, self._p.side / max(height, width), math.sqrt(self._p.pixels / (height * width))
        )
        size = (max(32, round(width * factor)), max(32, round(height * factor)))
        how = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
        small = cv2.cvtColor(cv2.resize(grey, size, interpolation=how), cv2.COLOR_GRAY2BGR)
        result = self._load()(small)
        boxes = np.asarray([] if result.boxes is None else result.boxes, np.float64)
        sx, sy = width / size[0], height / size[1]
        text, _ = without_rules(page.ink)
        found = [Quad.of([(x * sx, y * sy) for x, y in box]) for box in boxes]
        quads = tuple(page.transform.quad(tightened(quad, text)) for quad in found)
        step = Step(
            "detector", {"model": pp_ocr.DETECTOR, "factor": round(factor, 4), "lines": len(quads)}
        )
        return Segmentation(quads, (step,), 1.0 if quads else 0.0)

    def _load(self) -> Any:
        with self._lock:
            if self._detector is None:
                self._detector = _make(self._p, self._threads)
        return self._detector


def tightened(quad: Quad, ink: NDArray[np.uint8]) -> Quad:
    """Give a box an even margin around its ink.

    The detector grows its boxes by a share of their size, which for a short cell of a table
    ("0.6") reaches far into its neighbourhood.

    Args:
        quad: Pixels of ``ink``.
        ink: uint8 (h, w), 1 for ink, without ruled lines.
    """
    inside = crop(ink, quad)
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if not len(rows):
        return quad
    height, width = inside.shape
    across = columns if height > DOWNWARDS * width else rows  # a column of text: its width
    margin = MARGIN * (across[-1] + 1 - across[0])
    # Upwards never beyond the box: the next line may begin there. Sideways a cut letter costs more.
    top, bottom = max(0.0, rows[0] - margin), min(height, rows[-1] + 1 + margin)
    left, right = columns[0] - margin, columns[-1] + 1 + margin
    if bottom - top < 0.4 * height:  # faint text of which little ink was found
        top, bottom = 0.0, float(height)
    part = quad.between(left / width, right / width)
    tl, tr, br, bl = part.points
    down = Quad((tl, bl, br, tr)).between(top / height, bottom / height)
    a, b, c, d = down.points
    return Quad((a, d, c, b))


def _make(p: DetectorParameters, threads: int | None) -> Any:
    from rapidocr.ch_ppocr_det import TextDetector
    from rapidocr.utils.typings import EngineType

    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    session = pp_ocr.open_session(pp_ocr.DETECTOR, threads)
    half = np.full(3, 0.5, np.float32)  # float32: a list would make the library reckon in float64
    config = _Config(
        session=session,
        limit_side_len=32,  # we scale ourselves; the library only rounds to multiples of 32
        limit_type="min",
        mean=half,
        std=half,
        thresh=p.threshold,
        box_thresh=p.box_threshold,
        max_candidates=3000,
        unclip_ratio=p.unclip,
        use_dilation=True,
        score_mode="fast",
    )
    config.engine_type = EngineType.ONNXRUNTIME
    return TextDetector(config)
