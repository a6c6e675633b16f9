"""Values that were found in the text of a page: fields with a label, and rows of laboratory tables.

They are worked out from the lines again whenever these change; nothing of them is edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_ocr.document.model import Line, LineStatus


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line's text.

    Attributes:
        line_id: The line.
        start: Index of the part's first character in the text.
        end: Index after its last one.
    """

    line_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FieldValue:
    """The value of one field.

    Attributes:
        field: Id of its definition.
        text: The value; parts on several lines are divided by line feeds.
        pieces: Where it stands.
        label: Where its label stands.
        fits: Whether it looks as such a value does.
    """

    field: str
    text: str
    pieces: tuple[Piece, ...]
    label: Piece
    fits: bool = True


@dataclass(frozen=True, slots=True)
class LabCell:
    """One entry of a laboratory table; empty where the paper is."""

    text: str = ""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class LabRow:
    """One row of a laboratory table.

    Attributes:
        item: What was measured.
        value: The result without its flag.
        unit: Its unit.
        range: What is usual.
        flag: ``↑``, ``↓``, ``H``, ``L`` or ``*`` as printed.
    """

    item: LabCell
    value: LabCell
    unit: LabCell = LabCell()
    range: LabCell = LabCell()
    flag: LabCell = LabCell()

    @property
    def cells(self) -> tuple[LabCell, ...]:
        """Its entries in the order item, value, unit, range, flag."""
        return self.item, self.value, self.unit, self.range, self.flag


@dataclass(frozen=True, slots=True)
class PageFields:
    """What was found on a page.

    Attributes:
        form: Id of the kind of form; empty where it is none that is known.
        values: In the order of the definitions, at most one of each field.
        missing: Ids of fields that such a form must have and that were not found.
        rows: Rows of laboratory tables in reading order.
    """

    form: str = ""
    values: tuple[FieldValue, ...] = ()
    missing: tuple[str, ...] = ()
    rows: tuple[LabRow, ...] = ()


def are_reviewed(pieces: Sequence[Piece], lines: Iterable[Line]) -> bool:
    """Say whether a person has confirmed every line on which a value stands."""
    known = {line.id: line.status for line in lines}
    return bool(pieces) and all(known.get(piece.line_id) is LineStatus.REVIEWED for piece in pieces)


def fields_to_dict(fields: PageFields, lines: Sequence[Line]) -> dict[str, Any]:
    """Return the fields of a page in the form of docs/formats.md.

    Args:
        fields: What was found.
        lines: The page's lines, which tell what is reviewed.
    """

    def entry(text: str, pieces: Sequence[Piece]) -> dict[str, Any]:
        return {
            "text": text,
            "reviewed": are_reviewed(pieces, lines),
            "pieces": [{"line": p.line_id, "start": p.start, "end": p.end} for p in pieces],
        }

    names = ("item", "value", "unit", "range", "flag")
    return {
        "form": fields.form,
        "values": [
            {"field": v.field, "fits": v.fits, **entry(v.text, v.pieces)} for v in fields.values
        ],
        "missing": list(fields.missing),
        "laboratory": [
            {
                name: entry(cell.text, cell.pieces)
                for name, cell in zip(names, row.cells, strict=True)
                if cell.text
            }
            for row in fields.rows
        ],
    }
