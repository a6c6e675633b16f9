"""Rows of laboratory tables: item, value, unit, range and flag, from the cells of the tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from desktop_ocr.document.fields import LabCell, LabRow, Piece
from desktop_ocr.document.model import Line
from desktop_ocr.engine.extract.definitions import folded
from desktop_ocr.engine.extract.labels import half_width

_FLAG = re.compile(r"^\s*([↑↓*＊HL])\s*(?=\S)|(?<=\S)\s*([↑↓]+|\s[HL]|[*＊])\s*$")
_ONLY_FLAG = re.compile(r"^[↑↓*＊HLhl偏高低\s]{1,4}$")
_NUMBER = re.compile(r"^[<>≤≥＜＞*]?\s*[-+]?\d+(?:\.\d+)?\s*[↑↓*HL]?$")
_QUALITY = re.compile(
    r"^[(（]?(?:阴性|阳性|弱阳性|未检出|检出|正常|[-+±]+\d?|\d\+)[)）]?\s*[↑↓*]?$"
)

_UNIT = re.compile(
    r"^(?:%|‰|[a-zμuμ个]{0,4}/?[A-Za-z]*|10\^?\d+/[a-zμ]?L|.{0,8}/(?:L|[mdμunpf]L|h|min|HP|LP)|[a-zμ]{1,3}|s|sec|秒|fL|pg|mmHg|kPa)$"
)
ROLES = ("item", "value", "unit", "range", "flag")
HEADINGS = 3
"""The heading of the columns is among the first rows."""


def laboratory_rows(lines: Sequence[Line], columns: Mapping[str, str]) -> tuple[LabRow, ...]:
    """Return the rows of all laboratory tables of a page in reading order.

    Args:
        lines: The page's lines; those outside of tables do not count.
        columns: Role of each folded heading of a column.

    Returns:
        Rows with an item and a value. Tables without at least these two columns have none.
    """
    tables: dict[int, dict[tuple[int, int], list[Line]]] = {}
    for line in lines:
        if line.cell is not None:
            place = (line.cell.row, line.cell.column)
            tables.setdefault(line.cell.table, {}).setdefault(place, []).append(line)
    found: list[LabRow] = []
    for cells in tables.values():
        found += _rows(cells, columns)
    return tuple(found)


def _rows(
    cells: Mapping[tuple[int, int], Sequence[Line]], columns: Mapping[str, str]
) -> list[LabRow]:
    texts = {place: " ".join(line.text for line in lines) for place, lines in cells.items()}
    heading, roles = _headed(texts, columns)
    if not {"item", "value"} <= set(roles.values()):
        roles = _by_content(texts)
        heading = -1
    if not {"item", "value"} <= set(roles.values()):
        return []
    _find_flags(texts, heading, roles)
    rows = []
    for row in sorted({row for row, _ in cells if row > heading}):
        entries = {role: LabCell() for role in ROLES}
        for column, role in roles.items():
            if role in entries and not entries[role].text:
                entries[role] = _cell(cells.get((row, column), ()))
        value, flag = _without_flag(entries["value"])
        if entries["item"].text and value.text:
            rows.append(
                LabRow(
                    entries["item"], value, entries["unit"], entries["range"],
                    entries["flag"] if entries["flag"].text else flag,
                )
            )  # fmt: skip
    return rows


def _headed(
    texts: Mapping[tuple[int, int], str], columns: Mapping[str, str]
) -> tuple[int, dict[int, str]]:
    """Return the row of the headings and the role of each column; -1 where there are none."""
    best: tuple[int, dict[int, str]] = (-1, {})
    for row in range(HEADINGS):
        roles = {
            column: columns[folded(text)]
            for (r, column), text in texts.items()
            if r == row and folded(text) in columns
        }
        if len(roles) > len(best[1]):
            best = (row, roles)
    return best


def _by_content(texts: Mapping[tuple[int, int], str]) -> dict[int, str]:
    """Tell the columns of a table without headings by what stands in them."""
    columns: dict[int, list[str]] = {}
    for (_, column), text in texts.items():
        columns.setdefault(column, []).append(half_width(text).strip())
    roles: dict[int, str] = {}

    def share(column: int, pattern: re.Pattern[str]) -> float:
        return sum(bool(pattern.match(t)) for t in columns[column]) / len(columns[column])

    def take(role: str, pattern: re.Pattern[str], least: float) -> None:
        rest = [c for c in sorted(columns) if c not in roles and len(columns[c]) > 1]
        best = max(rest, key=lambda c: share(c, pattern), default=None)
        if best is not None and share(best, pattern) >= least:
            roles[best] = role

    span = re.compile(r"^[(（]?\s*(?:[<>≤≥]|\d+(?:\.\d+)?\s*(?:--?|—|–|~|至))")
    take("range", span, 0.5)
    words = re.compile(r"^(?=.*[㐀-鿿A-Za-z]{2}).{2,}$")
    numbers = re.compile(f"{_NUMBER.pattern}|{_QUALITY.pattern}")
    # A running number stands before the items, the results behind them.
    rest = [c for c in sorted(columns) if c not in roles]
    item = next((c for c in rest if share(c, words) > 0.6), None)
    if item is None or "range" not in roles.values():
        return {}
    roles[item] = "item"
    value = next((c for c in rest if c > item and share(c, numbers) > 0.5), None)
    if value is None:
        return {}
    roles[value] = "value"
    take("unit", _UNIT, 0.5)
    return roles


def _find_flags(texts: Mapping[tuple[int, int], str], heading: int, roles: dict[int, str]) -> None:
    """Give the role to a column without heading that holds nothing but flags."""
    if "flag" in roles.values():
        return
    for column in {column for _, column in texts if column not in roles}:
        entries = [t for (row, c), t in texts.items() if c == column and row > heading]
        if entries and all(map(_ONLY_FLAG.match, entries)):
            roles[column] = "flag"
            return


def _cell(lines: Sequence[Line]) -> LabCell:
    pieces = tuple(Piece(line.id, 0, len(line.text)) for line in lines if line.text.strip())
    return LabCell(" ".join(line.text.strip() for line in lines if line.text.strip()), pieces)


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
