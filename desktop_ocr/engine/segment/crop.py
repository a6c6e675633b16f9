"""Lines are cut straight out of the original colour pixels for reading."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Point, Quad

MARGIN = 0.15
"""Blank border that a reader likes around the ink, as a share of the line's height."""
DOWNWARDS = 3.0
"""A quad this many times higher than wide holds text that runs downwards."""


def along_text(quad: Quad, ratio: float = DOWNWARDS) -> Quad:
    """Return the quad with its corners beginning where the text begins.

    Where a quad is much higher than wide its text runs from top to bottom: seen along the text,
    the top left corner is then the page's upper right one. A crop of the returned quad shows such
    a line lying on its left side, as the recogniser was taught.

    Args:
        quad: Page pixels.
        ratio: Height over width from which text runs downwards.
    """
    if quad.height <= ratio * quad.width:
        return quad
    tl, tr, br, bl = quad.points
    return Quad((tr, br, bl, tl))


def with_margin(quad: Quad, margin: float = MARGIN) -> Quad:
    """Return the quad grown on every side by ``margin`` times its shorter side."""
    tl, tr, br, bl = quad.points
    reach = margin * min(quad.height, quad.width)
    along = _unit(tr.x - tl.x + br.x - bl.x, tr.y - tl.y + br.y - bl.y)
    across = _unit(bl.x - tl.x + br.x - tr.x, bl.y - tl.y + br.y - tr.y)

    def moved(p: Point, u: int, v: int) -> tuple[float, float]:
        return (
            p.x + reach * (u * along[0] + v * across[0]),
            p.y + reach * (u * along[1] + v * across[1]),
        )

    return Quad.of([moved(tl, -1, -1), moved(tr, 1, -1), moved(br, 1, 1), moved(bl, -1, 1)])


def crop(pixels: NDArray[np.uint8], quad: Quad) -> NDArray[np.uint8]:
    """Cut a quad out of a page and make it an upright rectangle.

    Args:
        pixels: uint8 (H, W) or (H, W, 3); not changed.
        quad: Page pixels; what lies beyond the page repeats the page's edge.

    Returns:
        uint8 (h, w) or (h, w, 3), at least one pixel each way; the quad's first corner comes out at
        the top left, its upper edge on top.
    """
    import cv2

    width, height = max(1, round(quad.width)), max(1, round(quad.height))
    page_height, page_width = pixels.shape[:2]
    box = quad.box
    # Only the neighbourhood is handed to OpenCV, whose warp is limited to 32,767 pixels a side.
    x0, y0 = max(0, math.floor(box.left) - 2), max(0, math.floor(box.top) - 2)
    x1, y1 = min(page_width, math.ceil(box.right) + 2), min(page_height, math.ceil(box.bottom) + 2)
    if x0 >= x1 or y0 >= y1:  # wholly beyond the page
        return np.full((height, width, *pixels.shape[2:]), 255, np.uint8)
    part = pixels[y0:y1, x0:x1]
    if _is_upright(quad) and x0 < box.left and y0 < box.top and x1 > box.right and y1 > box.bottom:
        left, top = round(box.left) - x0, round(box.top) - y0
        straight = np.array(part[top : top + height, left : left + width])
        if straight.shape[:2] == (height, width):
            return straight
    # Corners of the first and the last pixel's outer edges: OpenCV counts from pixel centres.
    source = np.array([(p.x - x0 - 0.5, p.y - y0 - 0.5) for p in quad.points], np.float32)
    target = np.array(
        [(-0.5, -0.5), (width - 0.5, -0.5), (width - 0.5, height - 0.5), (-0.5, height - 0.5)],
        np.float32,
    )
    matrix = cv2.getPerspectiveTransform(source, target)
    warped = cv2.warpPerspective(
        np.ascontiguousarray(part), matrix, (width, height),
        flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    return warped.astype(np.uint8, copy=False)


def _is_upright(quad: Quad) -> bool:
    """Say whether the sides run along the pixels to within a fifth of a pixel."""
    tl, tr, br, bl = quad.points
    return max(abs(tl.y - tr.y), abs(bl.y - br.y), abs(tl.x - bl.x), abs(tr.x - br.x)) < 0.2 and (
        tr.x > tl.x and bl.y > tl.y
    )


def _unit(x: float, y: float) -> tuple[float, float]:
    length = math.hypot(x, y)
    return (x / length, y / length) if length else (0.0, 0.0)
