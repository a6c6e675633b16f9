"""Values behind, beside and below their labels, and the kind of form that they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_ocr.document.fields import FieldValue, PageFields, Piece
from desktop_ocr.document.model import Line, LineStatus
from desktop_ocr.engine.extract.definitions import Definition, Definitions
from desktop_ocr.engine.extract.labels import (
    Label,
    begins_with_key,
    half_width,
    labels_in,
    until_key,
)
from desktop_ocr.engine.extract.laboratory import laboratory_rows
from desktop_ocr.engine.extract.own import definitions as all_definitions
from desktop_ocr.engine.extract.places import seen_from

BESIDE = 12.0
"""A value stands at most so many line heights right of its label."""

BELOW = 1.6
"""A value stands at most so many line heights below a label that has no colon."""

GAP = 3.0
"""A section ends where so many line heights are left empty."""

_PAGE_NUMBER = re.compile(r"^[-·—\s]*(?:第\s*)?\d{1,4}\s*(?:页.*)?[-·—\s]*$|^共\s*\d+\s*页")
_LEADING, _TRAILING = " \t\u3000:：_＿.…·—", " \t\u3000_＿，,；;"


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A line with the labels in it."""

    line: Line
    labels: tuple[Label, ...]

    @property
    def begins(self) -> bool:
        """Whether it begins with a label."""
        return bool(self.labels) and not self.line.text[: self.labels[0].start].strip(
            " \u30000123456789一二三四五六七八九.、．"
        )


def extract(lines: Sequence[Line], definitions: Definitions | None = None) -> PageFields:
    """Find the fields of a page.

    Args:
        lines: The page's lines in reading order; their texts as they stand now count.
        definitions: What there is to find; None for the program's and the user's own.

    Returns:
        At most one value a field: the first one that looks as it should, else the first.
    """
    known = definitions or all_definitions()
    # Nobody can read an illegible line, and whatever its text says is no value.
    readable = [line for line in lines if line.status is not LineStatus.ILLEGIBLE]
    labelled = [_Labelled(line, labels_in(line.text, known)) for line in readable]
    found: dict[str, FieldValue] = {}
    for value in _values(labelled):
        before = found.get(value.field)
        if before is None or (value.fits and not before.fits):
            found[value.field] = value
    rows = laboratory_rows(lines, known.columns)
    values = tuple(found[field] for field in known.fields if field in found)
    form = next((f for f in known.forms if f.signs & found.keys() or (f.rows and rows)), None)
    missing = () if form is None else tuple(i for i in form.required if i not in found)
    return PageFields("" if form is None else form.id, values, missing, rows)


def _values(labelled: Sequence[_Labelled]) -> Iterator[FieldValue]:
    for i, entry in enumerate(labelled):
        following = [label.start for label in entry.labels] + [len(entry.line.text)]
        for label, end in zip(entry.labels, following[1:], strict=True):
            if label.field is None:
                continue
            at = Piece(entry.line.id, label.start, label.end)
            last = end == len(entry.line.text)
            if label.field.section:
                pieces = _section(labelled, i, label, end)
                text = "\n".join(_text(labelled, piece) for piece in pieces)
                if text:
                    yield FieldValue(label.field.id, text, tuple(pieces), at)
                continue
            value = _value(label.field, entry.line, label.end, end)
            if value is None and last:
                value = _neighbour(labelled, entry, label)
            if value is not None:
                piece, text, fits = value
                yield FieldValue(label.field.id, text, (piece,), at, fits)


def _text(labelled: Sequence[_Labelled], piece: Piece) -> str:
    line = next(entry.line for entry in labelled if entry.line.id == piece.line_id)
    return line.text[piece.start : piece.end]


def _value(field: Definition, line: Line, start: int, end: int) -> tuple[Piece, str, bool] | None:
    """Return the value between two places of a line, and whether it looks as it should."""
    part = until_key(line.text[start:end])
    body = part.lstrip(_LEADING)
    start += len(part) - len(body)
    body = body.rstrip(_TRAILING)
    if not body:
        return None
    fits = True
    if field.value is not None:
        match = field.value.match(half_width(body))
        fits = match is not None and bool(match[0])
        if match is not None and match[0]:
            body = body[: match.end()].rstrip()
    return Piece(line.id, start, start + len(body)), body, fits


# --- values that stand in another line ----------------------------------------------------


def _neighbour(
    labelled: Sequence[_Labelled], entry: _Labelled, label: Label
) -> tuple[Piece, str, bool] | None:
    """Return the value right of a line that ends with its label, or below one without colon."""
    field = label.field
    assert field is not None
    height = entry.line.quad.height
    best: tuple[float, tuple[Piece, str, bool]] | None = None
    for other in labelled:
        if other is entry or other.begins or begins_with_key(other.line.text):
            continue
        box = seen_from(entry.line.quad, other.line.quad)
        across = min(box.bottom, height) - max(box.top, 0.0)
        along = min(box.right, entry.line.quad.width) - max(box.left, 0.0)
        gap = box.left - entry.line.quad.width
        if across > 0.5 * min(height, box.height) and -0.5 * height < gap < BESIDE * height:
            distance = gap
        elif not label.colon and along > 0 and 0 <= box.top - 0.5 * height < BELOW * height:
            distance = BESIDE * height + box.top  # what stands beside counts first
        else:
            continue
        end = other.labels[0].start if other.labels else len(other.line.text)
        value = _value(field, other.line, 0, end)
        if value is None or (field.value is not None and not value[2]):
            continue
        if best is None or distance < best[0]:
            best = (distance, value)
    return None if best is None else best[1]


def _section(labelled: Sequence[_Labelled], at: int, label: Label, end: int) -> list[Piece]:
    """Return the parts of a section: the rest of its label's line, and the lines that follow."""
    first = labelled[at].line
    rest = first.text[label.end : end]
    pieces = []
    if rest.strip(_LEADING):
        start = label.end + len(rest) - len(rest.lstrip(_LEADING))
        pieces.append(Piece(first.id, start, label.end + len(rest.rstrip())))
    if end < len(first.text):
        return pieces  # another label follows in the same line
    before = first
    left, right = 0.0, first.quad.width
    for entry in labelled[at + 1 :]:
        line = entry.line
        if entry.begins or (line.cell is not None and first.cell is None):
            break
        height = before.quad.height
        box = seen_from(before.quad, line.quad)
        beside = box.top < 0.5 * height
        if beside and (begins_with_key(line.text) or box.top < -1.5 * height):
            break
        if box.top > height + GAP * max(height, box.height) or _PAGE_NUMBER.match(line.text):
            break
        whole = seen_from(first.quad, line.quad)
        if whole.right < left - 3 * height or whole.left > right + 3 * height:
            break
        left, right = min(left, whole.left), max(right, whole.right)
        stop = entry.labels[0].start if entry.labels else len(line.text)
        text = line.text[:stop]
        if text.strip():
            start = len(text) - len(text.lstrip())
            pieces.append(Piece(line.id, start, len(text.rstrip())))
        if entry.labels:
            break
        before = line
    return pieces
