"""Lines of text by the PP-OCRv6 detector, for photographs, shadows and handwriting.

The network is a differentiable-binarisation text detector (Liao and others, "Real-time scene text
detection with differentiable binarization", AAAI 2020), here with 8-bit convolutions and one grey
plane as its input (:mod:`desktop_ocr.engine.pp_ocr`). It is run in tiles whose probabilities are
put together to one map, so that its memory does not grow with the page, at a scale at which the
page's text has the height that it needs and no more.
"""

from __future__ import annotations

import itertools
import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Step
from desktop_ocr.engine import pp_ocr
from desktop_ocr.engine.enhance import EnhancedPage
from desktop_ocr.engine.segment.base import Segmentation
from desktop_ocr.engine.segment.cells import cut_cells
from desktop_ocr.engine.segment.crop import DOWNWARDS, MARGIN, crop
from desktop_ocr.engine.segment.ink import Ink, PageInk
from desktop_ocr.engine.segment.marks import with_marks
from desktop_ocr.process_memory import hand_back_memory

Grey = NDArray[np.uint8]
Map = NDArray[np.float32]
_Span = tuple[int, int, int, int]
_Place = tuple[_Span, _Span]
"""Start and end of a tile and of its inner part, down and across; see :func:`tiles`."""
_FOOT = 0.1
"""Heights of a line that stops and commas may hang below the detector's box."""
_LINE = 3.0
"""Width over height from which a box holds a line and not a short cell."""
_GRID = 32
"""The network's input is a multiple of this in both directions."""
_BARE = 24
"""Grey levels between the darkest and the lightest place of a tile below which it is bare paper."""


@dataclass(frozen=True, slots=True)
class DetectorParameters:
    """How the detector runs.

    Attributes:
        text_height: Pixels that a line of the page's text should be high in the network's input;
            higher where the page would otherwise be smaller than one tile.
        enlarge: Greatest factor by which a page is enlarged for it.
        pixels: Bound of the map's size: time grows with it.
        tile: Longest side of a tile in pixels: memory grows with its square, about 250 bytes a
            pixel.
        overlap: Of neighbouring tiles, in pixels.
        threshold: Probability from which a pixel is text.
        box_threshold: Mean probability from which a box is kept.
        unclip: How far a box grows from the text's core, as area over circumference.
    """

    text_height: float = 18.0
    enlarge: float = 1.5
    pixels: int = 1_600_000
    tile: int = 640
    overlap: int = 64
    threshold: float = 0.3
    box_threshold: float = 0.5
    unclip: float = 1.6


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
        self._session: Any = None

    def find(self, page: EnhancedPage, ink: PageInk) -> Segmentation:
        """Find the lines on the enhanced page.

        Raises:
            ModelError: The model's file is missing or damaged.
        """
        session = self._load()
        rows, columns = page.grey.shape
        small = self.scaled(page, ink)
        found = boxes_of(self._map(session, small), self._p)
        hand_back_memory()  # the network's; the recogniser comes next
        sx, sy = columns / small.shape[1], rows / small.shape[0]
        boxes = [Quad.of([(x * sx, y * sy) for x, y in box]) for box in found]
        boxes = [tightened(quad, ink.text) for quad in boxes]
        whole = set(boxes)
        boxes, cuts = cut_cells(boxes, ink.text, ink.walls)
        # A field may be lower than its row; a short cell, whose ink may be faint, keeps its height.
        boxes = [
            quad if quad in whole or quad.width < _LINE * quad.height else tightened(quad, ink.text)
            for quad in boxes
        ]
        quads, marks = with_marks(boxes, page.grey, ink.text, page.ink)
        quads = [with_foot(quad, ink.text) for quad in quads]
        step = Step(
            "detector",
            {
                "model": pp_ocr.DETECTOR,
                "factor": round(1 / sx, 4),
                "text_height": round(ink.text_height, 1),
                "lines": len(quads),
                "cuts": cuts,
                "marks": marks,
            },
        )
        return Segmentation(tuple(quads), (step,), 1.0 if quads else 0.0)

    def scaled(self, page: EnhancedPage, ink: PageInk) -> Grey:
        """Return the page at the scale at which the network looks at it, uint8 (h, w)."""
        import cv2

        rows, columns = page.grey.shape
        area = rows * columns
        # Large handwriting is found in a small picture, too, but its edges are then vague.
        wanted = max(self._p.text_height / ink.text_height, self._p.tile / math.sqrt(area))
        factor = min(self._p.enlarge, wanted, math.sqrt(self._p.pixels / area))
        size = (max(_GRID, round(columns * factor)), max(_GRID, round(rows * factor)))
        how = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
        return cv2.resize(page.grey, size, interpolation=how).astype(np.uint8, copy=False)

    def inputs(self, grey: Grey) -> Iterator[tuple[NDArray[np.float32], _Place]]:
        """Yield what the network is shown of a picture, tile by tile, without bare paper.

        Yields:
            float32 (1, 1, h, w) in -1..1, on the network's grid, and where it lies.
        """
        height, width = grey.shape
        p = self._p
        for down, across in itertools.product(
            tiles(height, p.tile, p.overlap), tiles(width, p.tile, p.overlap)
        ):
            part = grey[down[0] : down[1], across[0] : across[1]]
            if int(part.max()) - int(part.min()) < _BARE:
                continue
            h, w = part.shape
            # The page goes on as bare paper, which to the network is 1.
            x = np.ones((1, 1, -(-h // _GRID) * _GRID, -(-w // _GRID) * _GRID), np.float32)
            x[0, 0, :h, :w] = part.astype(np.float32) / 127.5 - 1
            yield x, (down, across)

    def _map(self, session: Any, grey: Grey) -> Map:
        """Return the probability of text for each pixel of a picture, found tile by tile."""
        result = np.zeros(grey.shape, np.float32)
        name = session.get_inputs()[0].name
        coming = self.inputs(grey)
        tile = next(coming, None)
        while tile is not None:
            x, ((top, _, inner_top, inner_bottom), (left, _, inner_left, inner_right)) = tile
            tile = next(coming, None)
            how = pp_ocr.last_run() if tile is None else None
            answer = session.run(None, {name: x}, how)[0][0, 0]
            result[inner_top:inner_bottom, inner_left:inner_right] = answer[
                inner_top - top : inner_bottom - top, inner_left - left : inner_right - left
            ]
        return result

    def _load(self) -> Any:
        with self._lock:
            if self._session is None:
                self._session = pp_ocr.open_session(pp_ocr.DETECTOR, self._threads)
        return self._session


def tiles(length: int, tile: int, overlap: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield start and end of tiles of equal size that cover a length, and of their inner parts.

    The inner parts, each half an overlap away from its tile's inner borders, cover the length
    without overlap.
    """
    count = max(1, math.ceil((length - overlap) / (tile - overlap)))
    size = math.ceil((length + (count - 1) * overlap) / count)
    starts = [min(k * (size - overlap), max(0, length - size)) for k in range(count)]
    inner = 0
    for k, start in enumerate(starts):
        end = min(length, start + size)
        inner_end = length if k + 1 == count else (end + starts[k + 1]) // 2
        yield start, end, inner, inner_end
        inner = inner_end


def boxes_of(probability: Map, p: DetectorParameters) -> NDArray[np.float64]:
    """Return the boxes of text in a map of probabilities.

    A connected area above the threshold is a line's shrunken core; its box is the smallest
    rectangle around it, grown by area over circumference on every side (the growing of
    rectangles that Liao and others do with a polygon library).

    Args:
        probability: float32 (h, w), 0-1.
        p: Thresholds.

    Returns:
        float64 (n, 4, 2): corners from the top left one, clockwise, in pixels of the map.
    """
    import cv2

    mask = cv2.dilate((probability > p.threshold).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes = []
    for contour in contours:
        centre, size, angle = cv2.minAreaRect(contour)
        if min(size) < 3:
            continue
        core = cv2.boxPoints((centre, size, angle))
        if _mean_inside(probability, core) < p.box_threshold:
            continue
        grow = 2 * size[0] * size[1] * p.unclip / (2 * (size[0] + size[1]))
        corners = cv2.boxPoints((centre, (size[0] + grow, size[1] + grow), angle))
        boxes.append(_clockwise(np.asarray(corners, np.float64) + 0.5))
    return np.array(boxes, np.float64).reshape(-1, 4, 2)


def _mean_inside(probability: Map, corners: NDArray[Any]) -> float:
    import cv2

    height, width = probability.shape
    left, top = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, (width - 1, height - 1))
    right, bottom = np.clip(np.ceil(corners.max(axis=0)).astype(int), 0, (width - 1, height - 1))
    inside = np.zeros((bottom - top + 1, right - left + 1), np.uint8)
    cv2.fillPoly(inside, [(corners - (left, top)).astype(np.int32)], 1)
    return float(cv2.mean(probability[top : bottom + 1, left : right + 1], inside)[0])


def _clockwise(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Order corners from the top left one, clockwise, as of text that is nearly upright."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    (tl, bl), (tr, br) = (
        pair[np.argsort(pair[:, 1], kind="stable")] for pair in (by_x[:2], by_x[2:])
    )
    return np.array([tl, tr, br, bl])


def with_foot(quad: Quad, ink: Ink) -> Quad:
    """Let a line's box reach further down where there is ink: stops and commas hang at its foot.

    The detector's boxes follow the bodies of the characters. Short cells of tables stay.

    Args:
        quad: Pixels of ``ink``.
        ink: uint8 (h, w), 1 for ink, without ruled lines.
    """
    if quad.width < _LINE * quad.height or not crop(ink, quad.across(1.0, 1 + _FOOT)).any():
        return quad
    return quad.across(0.0, 1 + _FOOT)


def tightened(quad: Quad, ink: Ink) -> Quad:
    """Give a box an even margin around its ink.

    The detector grows its boxes by a share of their size, which for a short cell of a table
    ("0.6") reaches far into its neighbourhood.

    Args:
        quad: Pixels of ``ink``.
        ink: uint8 (h, w), 1 for ink, without ruled lines.
    """
    inside = crop(ink, quad)
    height, width = inside.shape
    downwards = height > DOWNWARDS * width
    if not downwards:
        inside = _without_strokes_at_edges(inside)
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if not len(rows):
        return quad
    across = columns if downwards else rows  # a column of text: its width
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


def _without_strokes_at_edges(inside: Ink) -> Ink:
    """Blank thin bands above and below a line's body: what is left of ruled lines, feet of others.

    Args:
        inside: uint8 (h, w): the ink in a box.
    """
    height = len(inside)
    filled = inside.any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], filled.astype(np.int8), [0]])))
    bands = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    if len(bands) < 2:
        return inside
    ink = inside.sum(axis=1, dtype=np.int64)
    top, bottom = max(bands, key=lambda b: int(ink[b[0] : b[1]].sum()))
    if bottom - top < 0.35 * height:
        return inside  # 二, =, and lines of which little ink was found
    result = inside
    for first, last in bands:
        apart = max(first - bottom, top - last)
        thin = last - first <= 0.15 * height
        if (
            thin
            and apart >= 0.12 * (bottom - top)
            and (last < 0.3 * height or first > 0.7 * height)
        ):
            if result is inside:
                result = inside.copy()
            result[first:last] = 0
    return result
