"""Lines that run over a column's gap are cut into cells.

A detector of lines joins cells that stand close, as a long name and the result behind it. They are
parted by an upright ruled line through the gap, and where what stands behind the gap is in line
with cells of neighbouring rows of the same make. What stands in no such company is left alone:
the words of prose and of a handwritten note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Quad
from desktop_ocr.engine.segment.crop import MARGIN, crop
from desktop_ocr.engine.segment.fields import Header
from desktop_ocr.engine.segment.upright import Item, Upright, rows_of, straighten

Ink = NDArray[np.uint8]

BLANK = 0.28
"""Narrowest gap that may part cells, in heights of the line's text."""
POINT = 0.6
"""The same beside a point: in type of equal widths it stands apart from its number."""
WIDE = 1.2
"""A gap inside a line this wide speaks for a column as one between two lines does."""
NEAR = 0.45
"""How far edges of one column may stand apart, in heights of the text."""
REACH = 8
"""Rows above and below that are asked."""
IN_LINE = 0.4
"""Share of the rows asked that must have something in line with it."""
LIKE = 1.5
"""Lines of one table are at most this many times as high as each other."""
MARK = 0.6
"""Width of a single sign behind a gap, in heights of the text."""
MARKED_CELLS = 3
"""In a row of so many lines such a sign is taken for a mark of a table."""
TALLER = 0.4
"""An upright rule is looked for so far above and below a line, in heights of the line."""
DOUBLE = 0.6
"""A piece cut off a line that another line covers so far is that other line's end."""
WALL = 0.72
"""Share of all this that it takes: no pen stroke of one line does."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """A gap between two runs of ink in one row of the page.

    Attributes:
        line: The line that holds it; None between two lines.
        run: Number of the run before it in that line.
        left, right: In straight coordinates.
        em: Height of the text beside it.
        wall: An upright rule runs through it.
        parts: It parts two cells for sure.
    """

    line: int | None
    run: int
    left: float
    right: float
    em: float
    wall: bool
    parts: bool

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class _Runs:
    """The runs of ink of one line, as fractions of its length, and whether they surely part.

    That is where an upright rule stands between them, or another field of a form begins.
    """

    spans: list[tuple[float, float]]
    walls: list[bool]


def cut_cells(quads: Sequence[Quad], text: Ink, walls: Ink) -> tuple[list[Quad], int]:
    """Cut lines at the gaps of columns.

    Args:
        quads: Lines, in pixels of ``text``, with their margin.
        text: uint8 (h, w), 1 for ink, without ruled lines.
        walls: uint8 (h, w), 1 for upright ruled lines.

    Returns:
        The lines and cells, and how many cuts were made.
    """
    if not quads:
        return [], 0
    ruled = bool(walls.any())
    runs = [_runs(quad, text, walls if ruled else None) for quad in quads]
    upright, items = straighten(quads)
    rows = [_gaps(row, quads, runs, upright) for row in rows_of(items)]
    for _ in range(3):  # what was cut is evidence for the rows beside it
        found = [_parted(rows, k) for k in range(len(rows))]
        if found == [row.gaps for row in rows]:
            break
        rows = [replace(row, gaps=gaps) for row, gaps in zip(rows, found, strict=True)]
    cuts: dict[int, list[int]] = {}
    for row in rows:
        for gap in row.gaps:
            if gap.line is not None and gap.parts:
                cuts.setdefault(gap.line, []).append(gap.run)
    result: list[Quad] = []
    boxes = np.array([quad.box for quad in quads], np.float64)
    for k, quad in enumerate(quads):
        if k not in cuts:
            result.append(quad)
            continue
        others = [quads[i] for i in _touching(quad, boxes) if i != k]
        result += [
            piece
            for piece in _pieces(quad, runs[k], cuts[k])
            if not any(_covers(other, piece) for other in others)
        ]
    return result, sum(map(len, cuts.values()))


def _touching(quad: Quad, boxes: NDArray[np.float64]) -> list[int]:
    """Return which of the boxes (left, top, right, bottom) lie over that of a quad."""
    box = quad.box
    over = (boxes[:, 0] < box.right) & (boxes[:, 2] > box.left)
    over &= (boxes[:, 1] < box.bottom) & (boxes[:, 3] > box.top)
    return [int(i) for i in np.flatnonzero(over)]


def _covers(line: Quad, piece: Quad) -> bool:
    """Say whether a line found by itself holds what was cut off its neighbour.

    The detector's boxes are a little longer than their text, and then reach into the next cell.
    """
    import cv2

    a, b = (cv2.convexHull(np.array(q.points, np.float32)) for q in (line, piece))
    if cv2.contourArea(b) > cv2.contourArea(a):
        return False
    return bool(cv2.intersectConvexConvex(a, b)[0] >= DOUBLE * cv2.contourArea(b))


def _runs(quad: Quad, text: Ink, walls: Ink | None) -> _Runs:
    """Return the runs of ink along a line; gaps narrower than ``BLANK`` do not count."""
    if quad.width < quad.height:
        return _Runs([(0.0, 1.0)], [])
    inside = crop(text, quad)
    height, width = inside.shape
    em = height / (1 + 2 * MARGIN)
    # The margin above and below may hold feet and heads of other lines.
    body = inside[round(0.08 * height) : max(1, round(0.96 * height))]
    header = Header.of(body, em)
    fields: list[float] = []
    if header is not None:
        body, fields = header.ink, header.cuts()
    full = body.sum(axis=0, dtype=np.int32) >= (2 if em >= 20 else 1)
    wall = np.zeros(width, np.bool_)
    if walls is not None:
        tall = crop(walls, _taller(quad))
        wall = tall.sum(axis=0, dtype=np.int32) >= WALL * len(tall)
    spans: list[tuple[int, int]] = []
    between: list[bool] = []
    edges = np.flatnonzero(np.diff(np.concatenate([[0], full.astype(np.int8), [0]])))
    point = False  # the piece before is a point, a colon or a dash
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        before, point = point, _is_point(body[:, start:end], em)
        if spans:
            last = spans[-1][1]
            parted = bool(wall[max(0, last - 2) : start + 2].any())
            parted = parted or any(last <= place <= start for place in fields)
            least = POINT if before or point else BLANK
            if start - last < least * em and not parted:
                spans[-1] = (spans[-1][0], int(end))
                continue
            between.append(parted)
        spans.append((int(start), int(end)))
    if not spans:
        return _Runs([(0.0, 1.0)], [])
    return _Runs([(a / width, b / width) for a, b in spans], between)


def _is_point(ink: Ink, em: float) -> bool:
    """Say whether a piece of a line is a point, a colon or a dash, which belong to a number."""
    rows = np.flatnonzero(ink.any(axis=1))
    low = len(rows) > 0 and rows[-1] + 1 - rows[0] < 0.35 * em
    return bool(low or ink.shape[1] < 0.2 * em)


def _taller(quad: Quad) -> Quad:
    """Return a quad with ``TALLER`` of its height more above and below; as long as before."""
    tl, tr, br, bl = quad.points
    down = Quad((tl, bl, br, tr)).between(-TALLER, 1 + TALLER).points
    return Quad((down[0], down[3], down[2], down[1]))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's gaps, its ends, where it stands and how high its text is."""

    gaps: list[_Gap]
    left: float
    right: float
    middle: float
    em: float

    def behind(self, gap: _Gap) -> tuple[float, float, float]:
        """Return start, middle and end of what stands behind a gap up to the next sure one."""
        end = min((g.left for g in self.gaps if g.parts and g.left > gap.left), default=self.right)
        return gap.right, (gap.right + end) / 2, end

    def starts(self) -> NDArray[np.float64]:
        return np.array([self.left, *(g.right for g in self.gaps if g.parts)])

    def ends(self) -> NDArray[np.float64]:
        return np.array([*(g.left for g in self.gaps if g.parts), self.right])


def _gaps(row: list[Item], quads: Sequence[Quad], runs: Sequence[_Runs], upright: Upright) -> _Row:
    gaps: list[_Gap] = []
    last: tuple[float, float] | None = None  # right end and em of what stands before
    first = 0.0
    for item in row:
        quad = quads[item.index]
        em = quad.height / (1 + 2 * MARGIN)
        tl, tr, br, bl = np.array(quad.points, np.float64)
        a, b = (tl + bl) / 2, (tr + br) / 2
        spans = np.array(runs[item.index].spans)
        u = upright.points(a + spans[..., None] * (b - a))[..., 0]
        if last is None:
            first = float(u[0, 0])
        else:
            gaps.append(_Gap(None, 0, last[0], float(u[0, 0]), min(em, last[1]), False, True))
        letters = _is_spaced_out(u, em)
        for k in range(len(u) - 1):
            wall = runs[item.index].walls[k]
            left, right = float(u[k, 1]), float(u[k + 1, 0])
            # Spaced letters (年   龄) are one word; only a rule may part them.
            line = None if letters and not wall else item.index
            if line is not None:
                gaps.append(_Gap(line, k, left, right, em, wall, wall))
        if len(row) >= MARKED_CELLS and _ends_with_mark(u, em) and not letters:
            # An arrow behind a number, which a reader may take for a digit of it.
            gaps[-1] = replace(gaps[-1], parts=True)
        last = (float(u[-1, 1]), em)
    middle = float(np.mean([i.middle for i in row]))
    em = float(np.median([i.height for i in row])) / (1 + 2 * MARGIN)
    return _Row(gaps, first, last[0] if last else first, middle, em)


def _ends_with_mark(u: NDArray[np.float64], em: float) -> bool:
    """Say whether a line ends with a single sign a little apart."""
    if len(u) < 2:
        return False
    # In type of equal widths letters stand apart, too, but then not only the last.
    gap = 0.3 if len(u) == 2 else 0.4
    return bool(u[-1, 1] - u[-1, 0] < MARK * em and u[-1, 0] - u[-2, 1] > gap * em)


def _is_spaced_out(u: NDArray[np.float64], em: float) -> bool:
    """Say whether a line is made of single letters with even gaps, as titles are set."""
    if len(u) < 3:
        return False
    widths, gaps = u[:, 1] - u[:, 0], u[1:, 0] - u[:-1, 1]
    return bool((widths < 1.4 * em).all() and np.ptp(gaps) < 0.5 * float(gaps.mean()))


def _parted(rows: list[_Row], k: int) -> list[_Gap]:
    """Return a row's gaps, with those marked that part cells."""
    return [
        gap if gap.parts or not _is_column(rows, k, gap) else replace(gap, parts=True)
        for gap in rows[k].gaps
    ]


def _is_column(rows: list[_Row], k: int, gap: _Gap) -> bool:
    """Say whether the rows around have a column's gap where this line has one."""
    strong = weak = against = asked = 0
    near = NEAR * gap.em
    behind = np.array(rows[k].behind(gap))
    for way in (-1, 1):
        last = rows[k]
        for other in rows[k + way :: way][:REACH] if k + way >= 0 else []:
            if abs(other.middle - last.middle) > 4 * gap.em:
                break
            last = other
            if max(other.em, gap.em) > LIKE * min(other.em, gap.em):
                continue
            if gap.right >= other.right or gap.left <= other.left:
                continue  # this row has nothing on one of the sides
            match = max(
                other.gaps,
                key=lambda g: min(g.right, gap.right) - max(g.left, gap.left),
                default=None,
            )
            shared = min(match.right, gap.right) - max(match.left, gap.left) if match else 0.0
            asked += 1
            if match is None or shared < 0.5 * min(gap.width, match.width, BLANK * gap.em):
                against += 1
                continue
            in_line = (
                abs(match.left - gap.left) < near
                or (np.abs(behind - other.behind(match)) < near).any()
            )
            if in_line and _alike(rows[k], other, near):
                sure = match.parts or match.width >= WIDE * gap.em
                strong += sure
                weak += not sure
    if strong >= 2 and strong + weak > against and strong + weak >= IN_LINE * asked:
        return True
    # The number of a list's entry, unless more cells follow it: then it numbers a table's row.
    listed = gap.left - rows[k].left < 1.6 * gap.em and (
        sum(other.parts for other in rows[k].gaps) < MARKED_CELLS
    )
    return weak >= 5 and not listed and gap.width >= 0.5 * gap.em and weak > 4 * against


def _alike(row: _Row, other: _Row, near: float) -> bool:
    """Say whether half of a row's cells stand in line with another row's."""

    def shared(a: NDArray[np.float64], b: NDArray[np.float64]) -> bool:
        met = np.abs(a[:, None] - b[None]).min(axis=1) < near
        return float(met.mean()) >= 0.5

    return shared(row.starts(), other.starts()) or shared(row.ends(), other.ends())


def _pieces(quad: Quad, runs: _Runs, cuts: Sequence[int]) -> list[Quad]:
    """Cut a line after the given runs; each piece gets the margin that the gap allows."""
    margin = MARGIN * quad.height / (1 + 2 * MARGIN) / max(1.0, quad.width)
    bounds = [0, *(run + 1 for run in sorted(cuts)), len(runs.spans)]
    pieces = []
    for first, last in pairwise(bounds):
        left, right = runs.spans[first][0], runs.spans[last - 1][1]
        before = (left - runs.spans[first - 1][1]) / 2 if first else margin
        after = (runs.spans[last][0] - right) / 2 if last < len(runs.spans) else margin
        pieces.append(quad.between(left - min(margin, before), right + min(margin, after)))
    return pieces
