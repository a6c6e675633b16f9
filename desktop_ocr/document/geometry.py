"""Points, quads and transforms in page pixels; the origin is the page's top left corner."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Point(NamedTuple):
    """A point in page pixels."""

    x: float
    y: float


class Box(NamedTuple):
    """An upright rectangle in page pixels; ``right`` and ``bottom`` are exclusive."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Quad:
    """Four corners in page pixels, clockwise from the top left corner *of the text*.

    For upside-down text the first corner is therefore the page's lower right one.
    """

    points: tuple[Point, Point, Point, Point]

    def __post_init__(self) -> None:
        if len(self.points) != 4:
            raise ValueError("a quad has four points")
        if not all(math.isfinite(v) for point in self.points for v in point):
            raise ValueError("a quad's coordinates are finite numbers")

    @staticmethod
    def of(points: Iterable[Sequence[float]]) -> Quad:
        """Build a quad from four ``(x, y)`` pairs of any kind."""
        corners = tuple(Point(float(p[0]), float(p[1])) for p in points)
        if len(corners) != 4:
            raise ValueError("a quad has four points")
        return Quad((corners[0], corners[1], corners[2], corners[3]))

    @staticmethod
    def from_box(left: float, top: float, right: float, bottom: float) -> Quad:
        """Build an upright quad."""
        return Quad.of([(left, top), (right, top), (right, bottom), (left, bottom)])

    @property
    def box(self) -> Box:
        """The upright rectangle around the quad."""
        xs = [p.x for p in self.points]
        ys = [p.y for p in self.points]
        return Box(min(xs), min(ys), max(xs), max(ys))

    @property
    def center(self) -> Point:
        return Point(sum(p.x for p in self.points) / 4, sum(p.y for p in self.points) / 4)

    @property
    def width(self) -> float:
        """Length along the text: the mean of the upper and the lower edge, in pixels."""
        tl, tr, br, bl = self.points
        return (math.dist(tl, tr) + math.dist(bl, br)) / 2

    @property
    def height(self) -> float:
        """Length across the text: the mean of the left and the right edge, in pixels."""
        tl, tr, br, bl = self.points
        return (math.dist(tl, bl) + math.dist(tr, br)) / 2

    @property
    def area(self) -> float:
        """Square pixels (shoelace formula)."""
        p = self.points
        twice = sum(p[i - 1].x * p[i].y - p[i].x * p[i - 1].y for i in range(4))
        return abs(twice) / 2

    def translated(self, dx: float, dy: float) -> Quad:
        return Quad.of([(p.x + dx, p.y + dy) for p in self.points])

    def between(self, start: float, end: float) -> Quad:
        """Cut the part from ``start`` to ``end`` (fractions 0–1 along the text)."""
        tl, tr, br, bl = self.points
        return Quad(
            (_along(tl, tr, start), _along(tl, tr, end), _along(bl, br, end), _along(bl, br, start))
        )

    def across(self, start: float, end: float) -> Quad:
        """Cut the part from ``start`` to ``end`` (fractions 0–1 across the text, downwards)."""
        tl, tr, br, bl = self.points
        return Quad(
            (_along(tl, bl, start), _along(tr, br, start), _along(tr, br, end), _along(tl, bl, end))
        )

    def around(self, other: Quad) -> Quad:
        """Return the quad that covers this one and ``other``.

        The new quad is a rectangle with this quad's direction of text, so that a slanted line
        joined with its neighbour stays slanted.
        """
        tl, tr, br, bl = self.points
        angle = math.atan2(tr.y - tl.y + br.y - bl.y, tr.x - tl.x + br.x - bl.x)
        c, s = math.cos(angle), math.sin(angle)
        turned = [(p.x * c + p.y * s, p.y * c - p.x * s) for p in (*self.points, *other.points)]
        left, right = min(p[0] for p in turned), max(p[0] for p in turned)
        top, bottom = min(p[1] for p in turned), max(p[1] for p in turned)
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        return Quad.of([(u * c - v * s, u * s + v * c) for u, v in corners])


def _along(a: Point, b: Point, t: float) -> Point:
    return Point(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)


@dataclass(frozen=True, slots=True)
class Transform:
    """A projective map of the plane, row-major 3 x 3; maps column vectors ``(x, y, 1)``.

    The engine works on enhanced copies of a page (deskewed, scaled); the transform leads back to
    pixels of the original page, in which everything in the document is kept.
    """

    m: tuple[float, float, float, float, float, float, float, float, float]

    @staticmethod
    def identity() -> Transform:
        return Transform((1, 0, 0, 0, 1, 0, 0, 0, 1))

    @staticmethod
    def scaling(sx: float, sy: float) -> Transform:
        return Transform((sx, 0, 0, 0, sy, 0, 0, 0, 1))

    @staticmethod
    def of(matrix: Sequence[Sequence[float]]) -> Transform:
        """Build from a 2 x 3 (affine) or 3 x 3 matrix, for example one of OpenCV's."""
        rows = [[float(v) for v in row] for row in matrix]
        if len(rows) == 2:
            rows.append([0.0, 0.0, 1.0])
        a, b, c = rows
        return Transform((a[0], a[1], a[2], b[0], b[1], b[2], c[0], c[1], c[2]))

    def point(self, x: float, y: float) -> Point:
        m = self.m
        w = m[6] * x + m[7] * y + m[8]
        return Point((m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w)

    def quad(self, quad: Quad) -> Quad:
        return Quad.of([self.point(*p) for p in quad.points])

    def then(self, after: Transform) -> Transform:
        """Return the map that does this one first and ``after`` second."""
        a, b = after.m, self.m
        rows = [
            sum(a[3 * i + k] * b[3 * k + j] for k in range(3)) for i in range(3) for j in range(3)
        ]
        return Transform(tuple(rows))  # type: ignore[arg-type]

    def inverse(self) -> Transform:
        """Return the inverse map.

        Raises:
            ValueError: If the map is singular.
        """
        a, b, c, d, e, f, g, h, i = self.m
        cofactors = (
            e * i - f * h, c * h - b * i, b * f - c * e,
            f * g - d * i, a * i - c * g, c * d - a * f,
            d * h - e * g, b * g - a * h, a * e - b * d,
        )  # fmt: skip
        determinant = a * cofactors[0] + b * cofactors[3] + c * cofactors[6]
        if determinant == 0:
            raise ValueError("the transform cannot be inverted")
        return Transform(tuple(v / determinant for v in cofactors))  # type: ignore[arg-type]
