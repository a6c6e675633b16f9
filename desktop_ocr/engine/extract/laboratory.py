"""Rows of laboratory tables: item, value, unit, range and flag, from the cells of the tables."""

from __future__ import annotations

import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from desktop_ocr.document.fields import LabCell, LabRow, Piece
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import ILLEGIBLE, Line, LineStatus
from desktop_ocr.engine.extract.definitions import folded
from desktop_ocr.engine.extract.labels import begins_with_key, half_width
from desktop_ocr.engine.extract.places import seen_from

_FLAG = re.compile(r"^\s*([↑↓*＊])\s*(?=\S)|(?<=\S)\s*([↑↓]+|\s[HL]|(?<=[0-9])\s+[+-]|[*＊])\s*$")
_ONLY_FLAG = re.compile(r"^[↑↓*＊HLhl+偏高低\s-]{1,4}$")
_NUMBER = re.compile(r"^[<>≤≥＜＞*]?\s*[-+]?\d+(?:\.\d+)?\s*[↑↓*HL]?$")
_QUALITY = re.compile(
    r"^[(（]?(?:阴性|阳性|弱阳性|未检出|检出|正常|[-+±]+\d?|\d\+)[)）]?\s*[↑↓*]?$"
)
_SPAN = re.compile(r"^[(（\[]?\s*(?:[<>≤≥]|\d+(?:\.\d+)?\s*(?:--?|—|–|~|至))")
_RANGE_AND_UNIT = re.compile(
    r"^([(（\[]?\s*\d+(?:\.\d+)?\s*(?:--?|—|–|~|～|至)\s*\d+(?:\.\d+)?\s*[)）\]]?)"
    r"\s*((?:10\^|[A-Za-zμµ%‰个]).*)$"
)
_UNIT = re.compile(
    r"^(?:[%‰秒]|个?/[A-Za-zμ]+|10\^?\d+/[a-zμ]?L|.{1,8}/(?:[dmμunpf]?L|mg|h|min|HPF?|LPF?)"
    r"|[munpfμk]?(?:g|L|s|m|mol|IU|U|AU|Pa·?s)|mm|fL|pg|mmHg|kPa|sec|IU|U)$"
)
_WORDS = re.compile(r"^(?=.*[㐀-鿿A-Za-z]{2}).{2,}$")
ROLES = ("item", "value", "unit", "range", "flag")


@dataclass(slots=True)
class _Heading:
    """The headings of one table, of which a page may have two side by side.

    Attributes:
        row: Their row; -1 where the table has none.
        roles: Role of each column.
        first: The first of the headings; None where there are none.
        middles: Where the middle of each column is, seen along the first heading, in page pixels.
        beside: Where a second heading, which is no role of ours, stands in the same cell.
    """

    row: int
    roles: dict[int, str]
    first: Line | None = None
    middles: dict[int, float] = field(default_factory=dict)
    beside: dict[int, float] = field(default_factory=dict)

    def own(self, column: int, lines: Sequence[Line]) -> Sequence[Line]:
        """Return the lines of a cell that stand under its heading, not under one beside it."""
        other = self.beside.get(column)
        if other is None or self.first is None:
            return lines
        quad, middle = self.first.quad, self.middles[column]
        places = [(_middle(quad, [line]), line) for line in lines]
        return [line for at, line in places if abs(at - middle) < abs(at - other)]

    @property
    def is_whole(self) -> bool:
        """Whether items and their values are known."""
        return {"item", "value"} <= set(self.roles.values())


Cells = dict[tuple[int, int], list[Line]]


def laboratory_rows(lines: Sequence[Line], columns: Mapping[str, str]) -> tuple[LabRow, ...]:
    """Return the rows of all laboratory tables of a page in reading order.

    A table whose headings were not found takes those of one above it, column by column where
    they stand; without such a one its columns are told by what stands in them.

    Args:
        lines: The page's lines; those outside of tables do not count.
        columns: Role of each folded heading of a column.

    Returns:
        Rows with an item and a value. Tables without at least these two columns have none.
    """
    tables: dict[int, Cells] = {}
    for line in lines:
        if line.cell is not None:
            place = (line.cell.row, line.cell.column)
            tables.setdefault(line.cell.table, {}).setdefault(place, []).append(line)
    found: list[LabRow] = []
    above: list[_Heading] = []
    for cells in tables.values():
        texts = {place: _joined(standing) for place, standing in cells.items()}
        headings = _headings(cells, columns)
        if headings:
            above += headings
        else:
            below = (_below(cells, heading) for heading in above)
            headings = [h for h in below if h is not None and h.is_whole]
            headings = headings or [_Heading(-1, _by_content(texts))]
        for heading in headings:
            if heading.is_whole:
                _find_flags(texts, heading)
                found += _rows(cells, heading)
    return tuple(found)


def _joined(lines: Sequence[Line]) -> str:
    texts = (ILLEGIBLE if line.status is LineStatus.ILLEGIBLE else line.text for line in lines)
    return " ".join(text.strip() for text in texts if text.strip())


def _rows(cells: Cells, heading: _Heading) -> list[LabRow]:
    rows = []
    for row in sorted({row for row, _ in cells if row > heading.row}):
        entries = {role: LabCell() for role in ROLES}
        for column, role in sorted(heading.roles.items()):
            if role in entries and not entries[role].text:
                entries[role] = _cell(heading.own(column, cells.get((row, column), ())))
        value, flag = _without_flag(entries["value"])
        span, unit = _without_unit(entries["range"])
        if entries["item"].text and value.text and not begins_with_key(entries["item"].text):
            rows.append(
                LabRow(
                    item=entries["item"],
                    value=value,
                    unit=entries["unit"] if entries["unit"].text else unit,
                    range=entries["range"] if entries["unit"].text else span,
                    flag=entries["flag"] if entries["flag"].text else flag,
                )
            )
    return rows


def _headings(cells: Cells, columns: Mapping[str, str]) -> list[_Heading]:
    """Return the headings of a table; two where two tables side by side were taken for one."""
    best: dict[int, Line] = {}
    row = -1
    for candidate in sorted({row for row, _ in cells}):
        found: dict[int, Line] = {}
        for (at, column), lines in cells.items():
            headed = [line for line in lines if folded(line.text) in columns]
            headed.sort(key=lambda line: columns[folded(line.text)] not in ROLES)
            if at == candidate and headed:
                found[column] = headed[0]
        if len(found) > max(len(best), 1):
            best, row = found, candidate
    # Where a role comes again, the next table begins.
    parts: list[dict[int, str]] = [{}]
    for column in sorted(best):
        role = columns[folded(best[column].text)]
        if role in parts[-1].values():
            parts.append({})
        parts[-1][column] = role
    result = []
    for known in parts:
        if not known:
            continue
        spare = "code" if "item" not in known.values() else ""
        roles = {c: "item" if role == spare else role for c, role in known.items()}
        first = best[min(roles)]
        heading = _Heading(row, roles, first)
        for column in roles:
            heading.middles[column] = _middle(first.quad, [best[column]])
            others = [line for line in cells[row, column] if line is not best[column]]
            if others:
                heading.beside[column] = _middle(first.quad, others)
        result.append(heading)
    return [heading for heading in result if heading.is_whole]


def _below(cells: Cells, above: _Heading) -> _Heading | None:
    """Return the roles of a table's columns by the headings of a table above it."""
    if above.first is None:
        return None
    quad = above.first.quad
    columns: dict[int, list[Line]] = {}
    for (_, column), lines in cells.items():
        columns.setdefault(column, []).extend(lines)
    any_line = next(iter(cells.values()))[0]
    if seen_from(quad, any_line.quad).top < quad.height:
        return None
    middles = {column: _middle(quad, standing) for column, standing in columns.items()}
    reach = quad.height + _half_pitch(above.middles)
    # A sheet that was photographed askew: further down, all columns are shifted alike.
    shifts = [a - b for a in above.middles.values() for b in middles.values() if abs(a - b) < reach]

    def misfit(shift: float) -> float:
        return sum(
            min(abs(b + shift - a) for b in middles.values()) for a in above.middles.values()
        )

    shift = min(shifts, key=misfit, default=0.0)
    roles: dict[int, str] = {}
    for column, role in above.roles.items():
        distance = {c: abs(b + shift - above.middles[column]) for c, b in middles.items()}
        near = min(distance, key=distance.__getitem__)
        if near not in roles and distance[near] < reach / 2:
            roles[near] = role
    return _Heading(-1, roles)


def _middle(quad: Quad, lines: Sequence[Line]) -> float:
    """Return the middle of a column, seen along a line (page pixels)."""
    boxes = [seen_from(quad, line.quad) for line in lines]
    return statistics.median((box.left + box.right) / 2 for box in boxes)


def _half_pitch(middles: Mapping[int, float]) -> float:
    """Return half of the least distance between columns."""
    places = sorted(middles.values())
    return min((b - a for a, b in pairwise(places)), default=0.0) / 2


def _by_content(texts: Mapping[tuple[int, int], str]) -> dict[int, str]:
    """Tell the columns of a table without headings by what stands in them."""
    columns: dict[int, list[str]] = {}
    for (_, column), text in texts.items():
        columns.setdefault(column, []).append(half_width(text).strip())

    def share(column: int, *patterns: re.Pattern[str]) -> float:
        entries = columns[column]
        return sum(any(p.match(text) for p in patterns) for text in entries) / len(entries)

    rest = [column for column in sorted(columns) if len(columns[column]) > 1]
    span = next((c for c in reversed(rest) if share(c, _SPAN) > 0.5), None)
    # A running number stands before the items, the results behind them.
    item = next((c for c in rest if share(c, _WORDS) > 0.6 and share(c, _QUALITY) < 0.5), None)
    if span is None or item is None:
        return {}
    value = next((c for c in rest if c > item and share(c, _NUMBER, _QUALITY) > 0.5), None)
    unit = next((c for c in rest if c not in (item, value, span) and share(c, _UNIT) > 0.5), None)
    found = {"item": item, "value": value, "unit": unit, "range": span}
    return {column: role for role, column in found.items() if column is not None}


def _find_flags(texts: Mapping[tuple[int, int], str], heading: _Heading) -> None:
    """Give the role to a column without heading that holds nothing but flags."""
    roles = heading.roles
    if "flag" in roles.values():
        return
    for column in sorted({c for _, c in texts if min(roles) < c < max(roles) and c not in roles}):
        entries = [t for (row, c), t in texts.items() if c == column and row > heading.row]
        if entries and all(map(_ONLY_FLAG.match, entries)):
            roles[column] = "flag"
            return


def _cell(lines: Sequence[Line]) -> LabCell:
    pieces = tuple(Piece(line.id, 0, len(line.text)) for line in lines if line.text.strip())
    return LabCell(_joined(lines), pieces)


def _without_flag(cell: LabCell) -> tuple[LabCell, LabCell]:
    """Take the flag off a result that is printed with it: ``12.36 ↑`` or ``*34.0``."""
    match = _FLAG.search(cell.text)
    if match is None:
        return cell, LabCell()
    text = (cell.text[: match.start()] + cell.text[match.end() :]).strip()
    if not text:
        return cell, LabCell()
    flag = (match[1] or match[2]).strip()
    return LabCell(text, cell.pieces), LabCell(flag, cell.pieces)


def _without_unit(cell: LabCell) -> tuple[LabCell, LabCell]:
    """Take the unit off a range that it was read with: ``86.0~158.8ng/mL``."""
    match = _RANGE_AND_UNIT.match(cell.text)
    if match is None:
        return cell, LabCell()
    return LabCell(match[1].strip(), cell.pieces), LabCell(match[2].strip(), cell.pieces)
