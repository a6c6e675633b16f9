"""A sheet of paper on a desk: its four edges, so that it can be seen straight from above.

The picture is freed of text (grey closing), straight edges are collected (Hough transform), and of
all quadrilaterals of four such edges that one is taken whose sides are seen best. The borders of
the picture stand in for edges that the picture cuts off. Unless everything fits there is no sheet:
a page that fills its picture is never cut.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Quad, Transform
from desktop_ocr.engine.enhance.steps import scale

_SIDE = 400
"""Longest side of the picture in which edges are looked for, in pixels."""
_TEXT = 0.035
"""Window of the closing that removes text, as a share of the longest side."""
_LINES = 12
"""Straight edges that are tried."""
_CANNY = (12, 36)
"""Gradients from which a pixel belongs to an edge, and begins one."""
_VOTES = 60
"""Pixels of edge on a straight line at least."""
_NEAR = 4
"""Pixels beside a straight line at which a bent edge of paper still counts."""
_SEEN = 0.6
"""Share of a side along which its edge must be seen."""
_CONTRAST = 12.0
"""Grey levels, in the channel that differs most, between paper and desk along a side."""
_LEAST_AREA = 0.2
"""Share of the picture that the sheet covers at least."""
_TRIED = 30
"""Best quadrilaterals that are looked at closely."""
_PARALLEL, _SQUARE = 0.5, 0.6
"""Sine of the angle between opposite sides at most, and between neighbours at least."""
_BEYOND = 0.12
"""Share of the picture by which a corner may lie outside of it."""
_LEAST_SEEN = 3
"""Sides that are edges of paper: two do not tell how a sheet lies, and rulings look alike."""
_FOCAL = 0.8
"""Focal length of a phone's main camera over the longer side of its picture."""
_BORDER = 0.3
"""What a border of the picture counts as, against an edge that is seen all along."""
_STROKE, _FAINT = 12.0, 0.4
"""Grey levels by which strokes are darker than their paper at least, and how much fainter than
the darkest hundredth of the sheet."""
_SHADOW = 5
"""Pixels beside the sheet in which strokes do not count."""
_OUTSIDE = 0.006
"""Strokes beside the sheet at most, as a share of those on it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet that was found.

    Attributes:
        quad: Its corners in pixels of the page; clockwise, the first the one nearest to the
            picture's top left.
        seen: How many of its sides are edges of the paper: 4, or 3 where the picture cuts one off.
        support: 0–1: along how much of the seen sides the edge was found.
    """

    quad: Quad
    seen: int
    support: float


def find_paper(pixels: NDArray[np.uint8]) -> Paper | None:
    """Find a sheet of paper on a desk.

    Args:
        pixels: uint8 (H, W, 3) BGR; not changed.

    Returns:
        The sheet, or None where none is sure: scans, pages that fill the picture.
    """
    import cv2

    height, width = pixels.shape[:2]
    step = max(1, max(height, width) // (2 * _SIDE))  # averaging all pixels takes longer
    thin = np.ascontiguousarray(pixels[::step, ::step])
    small = scale(thin, min(1.0, _SIDE / max(thin.shape)))
    h, w = small.shape[:2]
    if min(h, w) < _SIDE // 4:
        return None
    size = round(_TEXT * _SIDE) | 1
    bare = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    bare = np.asarray(cv2.medianBlur(bare, 5), np.uint8)
    edges = np.maximum.reduce([cv2.Canny(bare[..., k], *_CANNY) for k in range(3)])
    lines = _straight(edges)
    if len(lines) < 2:
        return None
    frame = [_Line(1, 0, 0), _Line(1, 0, w), _Line(0, 1, 0), _Line(0, 1, h)]
    near = np.asarray(cv2.dilate(edges, np.ones((2 * _NEAR + 1,) * 2, np.uint8))) > 0
    hits = [_hits(line, near) for line in lines]
    # A smaller closing takes away strokes alone, no strip of desk between paper and border.
    strokes = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    darker = np.asarray(cv2.subtract(strokes, small).max(axis=2), np.uint8)
    sheets = list(_sheets(lines, hits, frame, (w, h)))
    sheets.sort(key=lambda sheet: -sheet.score)
    for sheet in sheets[:_TRIED]:
        if _is_apart(sheet, bare) and _holds_text(sheet, darker):
            corners = sheet.corners
            if not all(sheet.seen):
                corners = _completed(corners, sheet.seen.index(False), (w, h))
            if not _convex(corners):
                return None
            quad = Quad.of((corners * [width / w, height / h]).tolist())
            return Paper(quad, sum(sheet.seen), sheet.support)
    return None


def straightened(
    pixels: NDArray[np.uint8], quad: Quad, area: int, small_side: int
) -> tuple[NDArray[np.uint8], Transform]:
    """See a sheet straight from above.

    Args:
        pixels: uint8 (H, W, 3); not changed.
        quad: The sheet's corners.
        area: Bound of the result's size in pixels.
        small_side: A result whose longer side is shorter is doubled.

    Returns:
        uint8 (h, w, 3) and the map from its pixels to those given. What of the sheet lies beyond
        the picture is white.
    """
    import cv2

    box = quad.box
    x0, y0 = max(0, math.floor(box.left)), max(0, math.floor(box.top))
    part = pixels[y0 : math.ceil(box.bottom), x0 : math.ceil(box.right)]
    factor = min(1.0, math.sqrt(area / max(1.0, quad.width * quad.height)))
    if max(quad.width, quad.height) < small_side:
        factor = 2.0
    small = scale(part, factor) if factor < 1 else np.ascontiguousarray(part)
    to_part = Transform.scaling(part.shape[1] / small.shape[1], part.shape[0] / small.shape[0])
    to_page = to_part.then(Transform((1, 0, x0, 0, 1, y0, 0, 0, 1)))
    width, height = max(1, round(quad.width * factor)), max(1, round(quad.height * factor))
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    source = np.array(to_page.inverse().quad(quad).points, np.float32)
    back = np.asarray(cv2.getPerspectiveTransform(target, source), np.float64)
    # Pixel centres lie at half coordinates; OpenCV counts them from 0.
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    straight = cv2.warpPerspective(
        small, np.linalg.inv(half) @ back @ half, (width, height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT, borderValue=(255, 255, 255),
    )  # fmt: skip
    return np.asarray(straight, np.uint8), Transform.of(back.tolist()).then(to_page)


def _completed(
    corners: NDArray[np.float64], hidden: int, size: tuple[int, int]
) -> NDArray[np.float64]:
    """Put a side that the picture cuts off where a rectangle of paper would have it.

    Two opposite sides give one vanishing point; the second lies on the side between them, at a
    right angle as seen from the camera, whose focal length is taken as that of phones. The hidden
    side passes through it, so far out that nothing on the picture is lost.

    Args:
        corners: float64 (4, 2); the hidden side begins at corner ``hidden``.
        hidden: 0–3.
        size: Width and height of the picture.
    """
    w, h = size
    f = _FOCAL * max(size)
    c = np.roll(corners, -hidden, axis=0)  # hidden: c0 to c1; seen: c1 to c2, c2 to c3, c3 to c0
    rays = np.column_stack([(c - [w / 2, h / 2]) / f, np.ones(4)])
    first, base, last = (np.cross(rays[n], rays[(n + 1) % 4]) for n in (1, 2, 3))
    away = np.cross(first, last)
    level = np.cross(base, away)
    ends = []
    for corner in rays[:2]:
        side = np.cross(corner, level)
        ends.append([np.cross(side, last), np.cross(side, first)])
    found = []
    for end in ends:
        points = np.array([p[:2] / p[2] * f + [w / 2, h / 2] if p[2] else c[0] for p in end])
        found.append(np.vstack([points, c[2:]]))
    best = max(found, key=_area)
    return np.roll(best, hidden, axis=0)


@dataclass(frozen=True, slots=True)
class _Line:
    """All (x, y) with a x + b y = c; (a, b) has length 1."""

    a: float
    b: float
    c: float

    def meets(self, other: _Line) -> tuple[float, float]:
        d = self.a * other.b - self.b * other.a
        return (self.c * other.b - other.c * self.b) / d, (self.a * other.c - other.a * self.c) / d

    def apart(self, other: _Line) -> float:
        """Return the sine of the angle between two lines."""
        return abs(self.a * other.b - self.b * other.a)

    def along(self, x: float, y: float) -> float:
        """Return how far along the line a point lies."""
        return self.a * y - self.b * x


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """A quadrilateral: float64 (4, 2) corners, clockwise; which sides are edges of paper."""

    corners: NDArray[np.float64]
    seen: tuple[bool, bool, bool, bool]
    support: float
    score: float


def _straight(edges: NDArray[np.uint8]) -> list[_Line]:
    """Find straight edges, strongest first, each once."""
    import cv2

    found = cv2.HoughLines(edges, 1, np.pi / 180, _VOTES)
    lines: list[_Line] = []
    for rho, theta in [] if found is None else found[:, 0]:
        line = _Line(math.cos(theta), math.sin(theta), float(rho))
        middle = (edges.shape[1] / 2, edges.shape[0] / 2)
        if all(_differ(line, other, middle) for other in lines):
            lines.append(line)
        if len(lines) == _LINES:
            break
    return lines


def _differ(a: _Line, b: _Line, middle: tuple[float, float]) -> bool:
    """Say whether two lines are not just two readings of one edge."""
    if a.apart(b) > 0.12:
        return True
    x, y = middle
    sign = math.copysign(1.0, a.a * b.a + a.b * b.b)
    return abs((a.a * x + a.b * y - a.c) - sign * (b.a * x + b.b * y - b.c)) > 8


def _hits(line: _Line, near: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Walk along a line: running sums of the pixels on the picture, and of those with an edge.

    Entry k belongs to the point k - reach pixels along the line.
    """
    h, w = near.shape
    reach = h + w
    t = np.arange(-reach, reach + 1)
    x = np.round(line.a * line.c - line.b * t).astype(int)
    y = np.round(line.b * line.c + line.a * t).astype(int)
    on = (x >= 0) & (x < w) & (y >= 0) & (y < h)
    seen = np.zeros(len(t), np.bool_)
    seen[on] = near[y[on], x[on]]
    return np.cumsum(on), np.cumsum(seen)


def _sheets(
    lines: list[_Line],
    hits: list[tuple[NDArray[np.intp], NDArray[np.intp]]],
    frame: list[_Line],
    size: tuple[int, int],
) -> Iterator[_Sheet]:
    """Yield the quadrilaterals whose sides are seen."""
    w, h = size
    every = [*lines, *frame]
    real = len(lines)
    pairs = [
        (i, j)
        for i, j in itertools.combinations(range(len(every)), 2)
        if every[i].apart(every[j]) < _PARALLEL
    ]
    for (i, j), (k, m) in itertools.combinations(pairs, 2):
        if len({i, j, k, m}) < 4 or min(i, j, k, m) >= real:
            continue
        sides = (i, k, j, m)
        if any(every[a].apart(every[b]) < _SQUARE for a, b in itertools.product((i, j), (k, m))):
            continue
        corners = np.array([every[sides[n - 1]].meets(every[sides[n]]) for n in range(4)])
        # Corner n begins side n; seen on the screen, clockwise, from the upper left.
        if _area(corners) < 0:
            corners, sides = corners[::-1], (sides[2], sides[1], sides[0], sides[3])
        first = int(corners.sum(axis=1).argmin())
        corners = np.roll(corners, -first, axis=0)
        order = [sides[(first + n) % 4] for n in range(4)]
        if (corners < -_BEYOND * max(size)).any() or (
            corners > np.array(size) + _BEYOND * max(size)
        ).any():
            continue
        area = _area(corners) / (w * h)
        if area < _LEAST_AREA or not _convex(corners):
            continue
        total = supported = seen_length = 0.0
        for n, line in enumerate(order):
            p, q = corners[n], corners[(n + 1) % 4]
            if line >= real:
                length = float(np.hypot(*(q - p)))
                total += length
                supported += _BORDER * length
                continue
            ends = sorted((every[line].along(*p), every[line].along(*q)))
            a, b = (round(v) + w + h for v in ends)
            on, seen = hits[line]
            a, b = max(0, a), min(len(on) - 1, b)
            length = float(on[b] - on[a])
            if length < 0.25 * (b - a) or seen[b] - seen[a] < _SEEN * length:
                break
            total += length
            supported += float(seen[b] - seen[a])
            seen_length += length
        else:
            flags = tuple(line < real for line in order)
            if sum(flags) < _LEAST_SEEN:
                continue
            support = supported / max(1.0, total)
            yield _Sheet(corners, flags, support, support + 0.5 * min(1.0, area))  # type: ignore[arg-type]


def _area(corners: NDArray[np.float64]) -> float:
    """Return the area; positive where the corners run clockwise on the screen."""
    x, y = corners.T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


def _convex(corners: NDArray[np.float64]) -> bool:
    edge = np.roll(corners, -1, axis=0) - corners
    following = np.roll(edge, -1, axis=0)
    return bool((edge[:, 0] * following[:, 1] - edge[:, 1] * following[:, 0] > 0).all())


def _is_apart(sheet: _Sheet, bare: NDArray[Any]) -> bool:
    """Say whether paper and desk differ along every seen side."""
    h, w = bare.shape[:2]
    for n in range(4):
        if not sheet.seen[n]:
            continue
        p, q = sheet.corners[n], sheet.corners[(n + 1) % 4]
        along = (q - p) / max(1e-6, float(np.hypot(*(q - p))))
        outwards = np.array([along[1], -along[0]])
        middles = p + (q - p) * np.linspace(0.05, 0.95, 60)[:, None]
        inside, outside = middles - 6 * outwards, middles + 6 * outwards
        on = (np.minimum(inside, outside) >= 0).all(1) & (
            np.maximum(inside, outside) < [w - 1, h - 1]
        ).all(1)
        if on.sum() < 10:
            return False
        a, b = (
            bare[v[on, 1].astype(int), v[on, 0].astype(int)].astype(int) for v in (inside, outside)
        )
        if np.abs(np.median(a - b, axis=0)).max() < _CONTRAST:
            return False
    return True


def _holds_text(sheet: _Sheet, darker: NDArray[np.uint8]) -> bool:
    """Say whether nearly all strokes lie on the sheet: behind a fold text goes on."""
    import cv2

    inside = np.zeros(darker.shape, np.uint8)
    cv2.fillConvexPoly(inside, np.round(sheet.corners).astype(np.int32), 1)
    on = inside > 0
    stroke = max(_STROKE, _FAINT * float(np.percentile(darker[on], 99)))
    # The paper's own shadow on the desk is no stroke.
    reach = 2 * _SHADOW + 1
    off = np.asarray(cv2.dilate(inside, np.ones((reach, reach), np.uint8))) == 0
    return int((darker[off] > stroke).sum()) <= _OUTSIDE * int((darker[on] > stroke).sum())
