"""How boxes change under the mouse: plain geometry in page pixels, for boxes of any angle."""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable
from statistics import median

from desktop_ocr.document.geometry import Point, Quad

MINIMUM = 4.0
"""No box becomes narrower or lower than this, in page pixels."""


class Handle(enum.Enum):
    """Where a box is taken hold of; the value is the side it moves along and across the text."""

    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    RIGHT = (1, 0)
    BOTTOM_RIGHT = (1, 1)
    BOTTOM = (0, 1)
    BOTTOM_LEFT = (-1, 1)
    LEFT = (-1, 0)

    @property
    def is_corner(self) -> bool:
        """Whether it moves two edges."""
        return 0 not in self.value


def axes(quad: Quad) -> tuple[Point, Point]:
    """Return the unit vectors along the text and across it (downwards in upright text)."""
    tl, tr, br, bl = quad.points
    x, y = tr.x - tl.x + br.x - bl.x, tr.y - tl.y + br.y - bl.y
    length = math.hypot(x, y)
    if length == 0:
        return Point(1.0, 0.0), Point(0.0, 1.0)
    u = Point(x / length, y / length)
    down = (bl.x - tl.x + br.x - tr.x) * -u.y + (bl.y - tl.y + br.y - tr.y) * u.x
    sign = -1.0 if down < 0 else 1.0  # a mirrored quad stays mirrored
    return u, Point(-u.y * sign, u.x * sign)


def angle(quad: Quad) -> float:
    """Return the direction of the text in radians, clockwise on the screen."""
    u, _ = axes(quad)
    return math.atan2(u.y, u.x)


def handle_point(quad: Quad, handle: Handle) -> Point:
    """Return where a handle sits, in page pixels."""
    tl, tr, br, bl = quad.points
    along, across = handle.value
    s, t = (along + 1) / 2, (across + 1) / 2
    top = (tl.x + (tr.x - tl.x) * s, tl.y + (tr.y - tl.y) * s)
    bottom = (bl.x + (br.x - bl.x) * s, bl.y + (br.y - bl.y) * s)
    return Point(top[0] + (bottom[0] - top[0]) * t, top[1] + (bottom[1] - top[1]) * t)


def resized(quad: Quad, handle: Handle, dx: float, dy: float) -> Quad:
    """Move the edges that belong to a handle; opposite edges and all angles stay.

    Args:
        quad: The box as it was.
        handle: What is dragged.
        dx: Movement of the pointer in page pixels.
        dy: Likewise.
    """
    u, v = axes(quad)
    along, across = handle.value
    a = (dx * u.x + dy * u.y) * abs(along)
    b = (dx * v.x + dy * v.y) * abs(across)
    # Not beyond the opposite edge: shrinking is bounded, growing is not.
    a = along * max(along * a, MINIMUM - max(quad.width, MINIMUM))
    b = across * max(across * b, MINIMUM - max(quad.height, MINIMUM))
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    moved = []
    for point, (side_along, side_across) in zip(quad.points, corners, strict=True):
        da = a if side_along == along else 0.0
        db = b if side_across == across else 0.0
        moved.append((point.x + u.x * da + v.x * db, point.y + u.y * da + v.y * db))
    return Quad.of(moved)


def grown(quad: Quad, by: float) -> Quad:
    """Move all edges outwards by some page pixels."""
    u, v = axes(quad)
    sides = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return Quad.of(
        [
            (p.x + by * (u.x * along + v.x * across), p.y + by * (u.y * along + v.y * across))
            for p, (along, across) in zip(quad.points, sides, strict=True)
        ]
    )


def moved_within(quad: Quad, dx: float, dy: float, width: float, height: float) -> Quad:
    """Move a box; its middle stays on a page of the given size."""
    x, y = quad.center
    dx = min(max(dx, min(-x, 0.0)), max(width - x, 0.0))
    dy = min(max(dy, min(-y, 0.0)), max(height - y, 0.0))
    return quad.translated(dx, dy)


def drawn(start: Point, end: Point, direction: float) -> Quad:
    """Return the box spanned by two opposite corners.

    Args:
        start: Where the pointer was pressed.
        end: Where it is now.
        direction: Direction of the text in radians, as :func:`angle` gives it.
    """
    c, s = math.cos(direction), math.sin(direction)
    x, y = end.x - start.x, end.y - start.y
    along, across = x * c + y * s, y * c - x * s
    left, right = min(0.0, along), max(0.0, along)
    top, bottom = min(0.0, across), max(0.0, across)
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Quad.of([(start.x + a * c - b * s, start.y + a * s + b * c) for a, b in corners])


def common_angle(quads: Iterable[Quad]) -> float:
    """Return the usual direction of text on a page, in radians; 0 for level or mixed pages.

    A new box on a skewed photograph is drawn along the text around it.
    """
    angles = [angle(quad) for quad in quads if quad.width > 2 * quad.height]
    if not angles:
        return 0.0
    middle = median(angles)
    near = sum(abs(a - middle) < math.radians(3) for a in angles)
    if abs(middle) < math.radians(0.3) or near < 0.6 * len(angles):
        return 0.0
    return middle
