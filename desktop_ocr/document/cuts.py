"""Cutting a line in two: between two characters, at a place of its box, or between two rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_ocr.document.align import place_in, split_point
from desktop_ocr.document.edits import Edit, ReplaceLines
from desktop_ocr.document.model import (
    Cell,
    Correction,
    Document,
    Line,
    LineStatus,
    Page,
    new_id,
    raw_spans,
)
from desktop_ocr.errors import EditError


@dataclass(frozen=True, slots=True)
class SplitLine(Edit):
    """Cut a line in two before character ``at`` of its text.

    Both parts keep the status; the left one keeps the id. In a table the right one gets the next
    column where that cell is empty: two cells had been taken for one.

    Attributes:
        page_id: The page.
        line_id: The line.
        at: 1 to the length of the text minus 1; with a place also 0 and the length: one part then
            holds no text, and nobody has reviewed it.
        right_id: Of the right part; "" for a new one.
        place: Where the box is cut, as a fraction of its length (between 0 and 1); None is the
            middle of the gap between the two characters.
    """

    page_id: str
    line_id: str
    at: int
    right_id: str = ""
    place: float | None = None

    def apply(self, document: Document) -> Edit:
        page = document.page(self.page_id)
        index = page.index(self.line_id)
        line = page.lines[index]
        if self.place is None:
            if not 0 < self.at < len(line.text):
                raise EditError("A line is split between two of its characters.")
        elif not (0 < self.place < 1 and 0 <= self.at <= len(line.text)):
            raise EditError("A box is cut between its two ends.")
        cut, fraction = _cut_of(line, self.at)
        place = fraction if self.place is None else self.place
        left = _part(line, slice(0, cut), (0.0, fraction), (0.0, place))
        left = _with_text(left, line.text[: self.at].rstrip())
        right = _part(line, slice(cut, None), (fraction, 1.0), (place, 1.0))
        right = replace(
            _with_text(right, line.text[self.at :].lstrip()),
            id=self.right_id or new_id(),
            cell=_next_cell(page, line.cell),
        )
        return ReplaceLines(self.page_id, index, (line,), (left, right)).apply(document)


@dataclass(frozen=True, slots=True)
class CutAcross(Edit):
    """Cut a box that holds two lines in an upper and a lower one; both are to be read anew.

    Nobody can tell which characters of the text stood in which of them, so neither has a text.

    Attributes:
        page_id: The page.
        line_id: The line; the upper part keeps the id.
        place: Fraction of the box's height (between 0 and 1).
        lower_id: Of the lower part; "" for a new one.
    """

    page_id: str
    line_id: str
    place: float
    lower_id: str = ""

    def apply(self, document: Document) -> Edit:
        page = document.page(self.page_id)
        index = page.index(self.line_id)
        line = page.lines[index]
        if not 0 < self.place < 1:
            raise EditError("A box is cut between its two ends.")
        upper = Line(line.id, line.quad.across(0.0, self.place), cell=line.cell)
        lower = Line(self.lower_id or new_id(), line.quad.across(self.place, 1.0), cell=line.cell)
        return ReplaceLines(self.page_id, index, (line,), (upper, lower)).apply(document)


def _cut_of(line: Line, at: int) -> tuple[int, float]:
    """Return index into the characters and fraction, as :func:`split_point`, also at the ends."""
    if at == 0:
        return 0, 0.0
    if at == len(line.text):
        return len(line.characters), 1.0
    return split_point(line, at)


def _with_text(part: Line, text: str) -> Line:
    if text or part.raw_text:
        return replace(part, text=text)
    return Line(part.id, part.quad, cell=part.cell, status=LineStatus.UNREVIEWED)


def _next_cell(page: Page, cell: Cell | None) -> Cell | None:
    """Return the cell to the right where the table has such a column and nothing stands in it."""
    if cell is None:
        return None
    cells = {line.cell for line in page.lines if line.cell and line.cell.table == cell.table}
    right = replace(cell, column=cell.column + 1)
    last = max(c.column for c in cells)
    return right if right.column <= last and right not in cells else cell


def _part(
    line: Line, characters: slice, span: tuple[float, float], room: tuple[float, float]
) -> Line:
    """Return the part of a line that holds some of its characters; the text is still the whole.

    A rule's correction through which the cut goes is dropped: that part counts as edited.

    Args:
        line: The whole.
        characters: Those of the part.
        span: From where to where its text goes, as fractions of the text's length.
        room: From where to where its box goes, as fractions of the box's length.
    """
    start, end = span
    kept = line.characters[characters]
    size = len(line.raw_text)
    if line.characters:
        first = len("".join(c.text for c in line.characters[: characters.start]))
        last = first + len("".join(c.text for c in kept))
    else:
        first, last = round(start * size), round(end * size)

    def cut(other: str) -> str:
        if characters.stop is None:
            return other[place_in(line.raw_text, first, other) :]
        return other[: place_in(line.raw_text, last, other)]

    return replace(
        line,
        quad=line.quad.between(*room),
        raw_text=line.raw_text[first:last],
        characters=kept,
        plain_text=cut(line.plain_text),
        second_text=cut(line.second_text),
        corrections=_corrections_within(line, first, last),
    )


def _corrections_within(line: Line, first: int, last: int) -> tuple[Correction, ...]:
    """Return the corrections inside a part of the raw text, with their places in that part."""
    result = []
    grown = 0
    for c, (start, end) in zip(line.corrections, raw_spans(line.corrections), strict=True):
        # What was inserted right at the cut belongs to the left part only.
        if first <= start and end <= last and (start < end or start > first or first == 0):
            result.append(replace(c, start=start - first + grown))
            grown += len(c.after) - len(c.before)
    return tuple(result)
