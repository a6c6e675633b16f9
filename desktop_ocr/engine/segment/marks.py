"""Small marks that the detector left out: arrows, dashes, stars and single digits of a table.

They are searched in the ink that no line covers, and only in rows of a table: a mark beside a cell
stands level with it and is no higher, and it stands by itself. All else is dirt, pieces of rules
and folds, the edge of the paper.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Quad
from desktop_ocr.engine.segment.crop import MARGIN
from desktop_ocr.engine.segment.upright import Item, rows_of, straighten

Grey = NDArray[np.uint8]

LOWEST, HIGHEST = 0.12, 1.15
"""Height of a mark, in heights of the text beside it."""
ARROW = 1.3
"""Height of an arrow, in heights of its row: in some faces it is higher than ideographs."""
THIN = 0.7
"""Width of an arrow at most, in its own heights."""
FULL = 1.4
"""An ideograph is at most so many times as high as the digits beside it."""
LEAST = 0.28
"""Its greater side is at least this long."""
LONGEST = 2.2
"""And it is at most this long."""
FAR = 3.0
"""How far before or behind its row it may stand."""
TOUCHING = 0.55
"""A mark closer than this to the end of a line belongs to it."""
CELLS = 3
"""Lines that a row holds at least: marks are searched in tables, not in prose and notes."""
CONTRAST = 0.3
"""Against the paper, as a share of that of the line beside it: thin strokes blur to grey."""
FLAT = 0.35
"""A mark lower than this may be a piece of a level rule or of a fold."""
CHAIN = 0.14
"""Share of the columns near it that then hold ink at its level; a second dash does not count."""
RUN = 0.7
"""Share of the rows right above or below a piece of an upright rule that hold ink."""
CROWDED = 0.2
"""Share of ink around a piece of a stamp, of a picture, of the dark beside the paper."""
FEW = 40
"""More marks than this, and more than a third of the lines, are the grain of a bad picture."""


def with_marks(quads: Sequence[Quad], grey: Grey, text: Grey, ink: Grey) -> tuple[list[Quad], int]:
    """Add marks that no line covers; a mark right behind or before a line makes the line longer.

    Args:
        quads: Lines, in pixels of ``text``, with their margin.
        grey: uint8 (h, w): the page.
        text: uint8 (h, w), 1 for ink, without ruled lines.
        ink: The same with ruled lines.

    Returns:
        The lines, and how many marks were found.
    """
    import cv2

    if not quads:
        return [], 0
    lines = list(quads)
    covered = np.zeros_like(text)
    for quad in lines:
        cv2.fillConvexPoly(covered, np.round(np.array(quad.points)).astype(np.int32), 1)
    height = float(np.median([q.height for q in lines])) / (1 + 2 * MARGIN)
    hidden = covered.view(np.bool_)
    rest = np.where(hidden, np.uint8(0), text)
    around = np.where(hidden, np.uint8(0), ink)
    reach = max(1, round(0.18 * height))
    joined = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = stats[1:, :4].astype(np.float64)
    size = boxes[:, 2:]
    good = (
        (size.max(axis=1) >= LEAST * 0.6 * height)
        & (size[:, 0] <= LONGEST * 1.5 * height)
        & (size[:, 1] <= ARROW * 1.5 * height)
    )
    places = np.flatnonzero(good)
    if not len(places) or len(places) > 20_000:
        return lines, 0
    upright, items = straighten(lines)
    darkness = _darkness(lines, grey, text)
    paper = float(np.median(grey[::4, ::4]))
    rows = [row for row in rows_of(items) if len(row) >= CELLS]
    if not rows:
        return lines, 0
    found: list[tuple[Item, Quad]] = []
    marked = [Quad.from_box(x, y, x + w, y + h) for x, y, w, h in boxes[places]]
    tops = np.array([min(i.top for i in row) for row in rows])
    bottoms = np.array([max(i.bottom for i in row) for row in rows])
    for quad, place in zip(marked, places, strict=True):
        mark = upright.item(-1, quad)
        for r in np.flatnonzero((tops < mark.middle) & (bottoms > mark.middle)):
            line = _beside(mark, rows[r])
            if line is None:
                continue
            x, y, w, h = (int(v) for v in boxes[place])
            inside = labels[y : y + h, x : x + w] == place + 1
            level = float(grey[y : y + h, x : x + w][inside].mean())
            dark = paper - level >= CONTRAST * (paper - darkness[line.index])
            if dark and _stands_free((x, y, w, h), around, line.height / (1 + 2 * MARGIN)):
                found.append((line, quad))
            break
    if len(found) > max(FEW, len(lines) / 3):
        return lines, 0
    for line, quad in found:
        added = _as_high(quad, lines[line.index])
        if upright.item(-1, quad).apart(line) < TOUCHING * line.height:
            lines[line.index] = _longer(lines[line.index], added)
        else:
            lines.append(added)
    return lines, len(found)


def _beside(mark: Item, row: list[Item]) -> Item | None:
    """Return the line of a row beside which a mark stands, if it fits there."""
    line = min(row, key=mark.apart)
    em = line.height / (1 + 2 * MARGIN)
    highest = HIGHEST
    if mark.width <= THIN * mark.height and mark.left > min(i.left for i in row):
        # Digits are lower than the ideographs of their row.
        em = max(em, min(FULL * em, max(i.height for i in row) / (1 + 2 * MARGIN)))
        highest = ARROW
    level = line.top < mark.top + 0.3 * em and line.bottom > mark.bottom - 0.3 * em
    sized = LOWEST * em <= mark.height <= highest * em and LEAST * em <= max(
        mark.height, mark.width
    )
    # A stroke as high as the line and much thinner is what is left of an upright rule; a long
    # flat one of a level rule.
    stroke = (mark.height > 0.95 * em and mark.width < 0.12 * em) or mark.width > LONGEST * em
    within = min(i.left for i in row) < mark.left and mark.right < max(i.right for i in row)
    near = mark.apart(line) >= 0 and (within or mark.apart(line) < FAR * em)
    return line if level and sized and near and not stroke else None


def _stands_free(box: tuple[int, int, int, int], ink: Grey, em: float) -> bool:
    """Say whether a mark is no piece of something larger.

    Args:
        box: Left, top, width, height in pixels.
        ink: uint8 (h, w), 1 for ink that no line covers, ruled lines and all.
        em: Height of the text beside it.
    """
    x, y, w, h = box
    rows, columns = ink.shape
    if x <= 1 or y <= 1 or x + w >= columns - 1 or y + h >= rows - 1:
        return False

    def share(top: float, bottom: float, left: float, right: float, axis: int) -> float:
        part = ink[max(0, round(top)) : round(bottom), max(0, round(left)) : round(right)]
        return float(part.any(axis=axis).mean()) if part.size else 0.0

    some = 0.15 * em
    if h < FLAT * em:
        near, far = 0.6 * em, 3 * em
        level = (y - some, y + h + some)
        before = share(*level, x - far, x - near, 0)
        if max(before, share(*level, x + w + near, x + w + far, 0)) > CHAIN:
            return False
    elif w < 0.6 * em:
        above = share(y - 0.5 * em, y, x - some, x + w + some, 1)
        if max(above, share(y + h, y + h + 0.5 * em, x - some, x + w + some, 1)) > RUN:
            return False
    window = ink[
        max(0, round(y - em)) : round(y + h + em), max(0, round(x - em)) : round(x + w + em)
    ]
    own = int(ink[y : y + h, x : x + w].sum())
    return int(window.sum()) - own <= CROWDED * (window.size - w * h)


def _darkness(lines: Sequence[Quad], grey: Grey, text: Grey) -> list[float]:
    """Return the mean grey level of the ink of each line."""
    result = []
    for quad in lines:
        box = quad.box
        y, x = (
            slice(max(0, round(box.top)), round(box.bottom)),
            slice(max(0, round(box.left)), round(box.right)),
        )
        ink = text[y, x].view(np.bool_)
        result.append(float(grey[y, x][ink].mean()) if ink.any() else 128.0)
    return result


def _as_high(mark: Quad, line: Quad) -> Quad:
    """Return the box of a mark with the direction and the height of the line beside it.

    A reader tells a dash from an underscore by its place in the line.
    """
    tl, tr, br, bl = line.points
    length = max(1e-6, line.width)
    along = ((tr.x - tl.x + br.x - bl.x) / 2 / length, (tr.y - tl.y + br.y - bl.y) / 2 / length)
    # Along the line, from its own left end.
    places = [(p.x - tl.x) * along[0] + (p.y - tl.y) * along[1] for p in mark.points]
    margin = MARGIN * line.height / (1 + 2 * MARGIN)
    return line.between((min(places) - margin) / length, (max(places) + margin) / length)


def _longer(line: Quad, mark: Quad) -> Quad:
    """Return a line that reaches over a mark at one of its ends."""
    tl, tr, br, bl = line.points
    mtl, mtr, mbr, mbl = mark.points
    if mark.center.x < line.center.x:
        return Quad((mtl, tr, br, mbl))
    return Quad((tl, mtr, mbr, bl))
