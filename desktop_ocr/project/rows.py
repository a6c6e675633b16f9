"""Lines and pages as rows of the database; the way back loses nothing.

Every row carries a digest of its content, so that a byte that a bad disk turned round is found
out instead of being read as another finding.
"""

from __future__ import annotations

import json
import math
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, TypeAlias

from desktop_ocr.document.doubt import doubt_of
from desktop_ocr.document.geometry import Point, Quad
from desktop_ocr.document.lazy import LineText
from desktop_ocr.document.model import (
    Alternative,
    Cell,
    Char,
    Correction,
    Line,
    LineStatus,
    Page,
    Provenance,
    Review,
    Step,
    corrected,
)
from desktop_ocr.project.changes import HistoryEntry, PutPage

Stored: TypeAlias = str | bytes | int | float | None
Row: TypeAlias = tuple[Stored, ...]

LINE_COLUMNS = (
    "page, id, position, quad, text, raw_text, plain_text, second_text, confidence, status, "
    "reviewed_by, reviewed_at, cell, corrections, doubt, characters, digest"
)
PAGE_COLUMNS = (
    "id, position, file, page, width, height, dpi, sha256, provenance, signed_by, signed_at, "
    "state, message, removed, lines, digest"
)
HISTORY_COLUMNS = "at, by, step, page, line, before, after, digest"


class BrokenRowError(ValueError):
    """A row that is not what was written."""


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A row of the table of pages.

    Attributes:
        page: The page without its lines.
        position: Its place among the pages, from 0.
        state: How far its reading is.
        message: Why reading failed.
        removed: Whether a person took it out.
        lines: How many lines it has.
    """

    page: Page
    position: int
    state: str
    message: str
    removed: bool
    lines: int


def sealed(row: Row) -> Row:
    """Return a row with its digest at the end."""
    return (*row, _digest(row))


def check(row: Sequence[Any]) -> None:
    """See that a row is as it was written, by the digest at its end.

    Raises:
        BrokenRowError: If it is not.
    """
    if _digest(row[:-1]) != row[-1]:
        raise BrokenRowError("a row is not as it was written")


def check_lines(rows: Sequence[Sequence[Any]], count: int) -> None:
    """See that the rows of a page's lines are complete, in their order and as they were written.

    Args:
        rows: In the order of :data:`LINE_COLUMNS`, by position.
        count: How many there were.

    Raises:
        BrokenRowError: If they are not.
    """
    for row in rows:
        check(row)
    if [row[2] for row in rows] != list(range(count)):
        raise BrokenRowError("a page has other lines than were written")


def line_row(page_id: str, position: int, line: Line) -> Row:
    """Return a line in the order of :data:`LINE_COLUMNS`."""
    review = line.review
    doubt = doubt_of(line)
    row: Row = (
        text_in(page_id),
        text_in(line.id),
        position,
        _json([list(p) for p in line.quad.points]),
        text_in(line.text),
        text_in(line.raw_text),
        text_in(line.plain_text),
        text_in(line.second_text),
        float(line.confidence) + 0.0,  # SQLite keeps no negative zero
        line.status.value,
        text_in(review.by) if review else None,
        review.at if review else None,
        _json([line.cell.table, line.cell.row, line.cell.column]) if line.cell else None,
        _json([[c.rule, c.start, c.before, c.after] for c in line.corrections])
        if line.corrections
        else None,
        None if doubt is None else doubt + 0.0,
        pack_characters(line.characters) if line.characters else None,
    )
    return sealed(row)


def line_of(row: Sequence[Any]) -> Line:
    """Rebuild a line from its row, which was checked.

    Raises:
        BrokenRowError: If it is no line's.
    """
    (
        _,
        id_,
        _,
        quad,
        text,
        raw,
        plain,
        second,
        confidence,
        status,
        by,
        at,
        cell,
        made,
        _,
        chars,
        _,
    ) = row
    try:
        return Line(
            id=text_out(id_),
            quad=Quad.of(json.loads(text_out(quad))),
            text=text_out(text),
            raw_text=text_out(raw),
            confidence=confidence,
            characters=unpack_characters(chars) if chars else (),
            status=LineStatus(status),
            plain_text=text_out(plain),
            second_text=text_out(second),
            corrections=tuple(Correction(*c) for c in json.loads(text_out(made))) if made else (),
            cell=Cell(*json.loads(cell)) if cell else None,
            review=None if at is None else Review(text_out(by), at),
        )
    except _BROKEN as error:
        raise BrokenRowError("a line cannot be rebuilt") from error


def text_of(row: Sequence[Any]) -> LineText:
    """Rebuild what is known of a line without its characters.

    Args:
        row: id, text, status, reviewed_by, reviewed_at, doubt, raw_text and corrections.

    Raises:
        BrokenRowError: If it is no line's.
    """
    id_, text, status, by, at, doubt, raw, made = row
    try:
        machine = text_out(raw)
        if made:
            machine = corrected(machine, [Correction(*c) for c in json.loads(text_out(made))])
        review = None if at is None else Review(text_out(by), at)
        status = _STATUS[status]
        return LineText(text_out(id_), text_out(text), status, review, doubt, machine)
    except _BROKEN as error:
        raise BrokenRowError("a line is not as it was written") from error


_STATUS = {status.value: status for status in LineStatus}


def with_text(row: Sequence[Any], text: LineText) -> Row:
    """Return the row of a line, which was checked, with another text and status.

    Args:
        row: In the order of :data:`LINE_COLUMNS`.
        text: What the line says now.
    """
    changed = list(row[:-1])
    review = text.review
    changed[_TEXT] = text_in(text.text)
    changed[_STATUS_AT] = text.status.value
    changed[_BY] = text_in(review.by) if review else None
    changed[_AT] = review.at if review else None
    changed[_DOUBT] = None if text.doubt is None else text.doubt + 0.0
    return sealed(tuple(changed))


_TEXT, _STATUS_AT, _BY, _AT, _DOUBT = map(
    LINE_COLUMNS.split(", ").index, ("text", "status", "reviewed_by", "reviewed_at", "doubt")
)


def page_row(put: PutPage, lines: int) -> Row:
    """Return a page that has so many lines in the order of :data:`PAGE_COLUMNS`."""
    fields = put.fields
    dpi = fields.dpi
    provenance = {
        "model_id": fields.provenance.model_id,
        "steps": [[step.name, step.parameters] for step in fields.provenance.steps],
    }
    signed = fields.sign_off
    row: Row = (
        text_in(put.page_id),
        put.position,
        text_in(fields.file),
        fields.page,
        fields.width,
        fields.height,
        None if dpi is None or math.isnan(dpi) else float(dpi),  # SQLite keeps no NaN
        fields.sha256,
        _json(provenance),
        text_in(signed.by) if signed else None,
        signed.at if signed else None,
        put.state,
        text_in(put.message),
        0,
        lines,
    )
    return sealed(row)


def page_of(row: Sequence[Any]) -> StoredPage:
    """Rebuild a page from its row; its lines are missing.

    Raises:
        BrokenRowError: If it is not as it was written.
    """
    check(row)
    id_, position, file, page, width, height, dpi, sha256, provenance, by, at = row[:11]
    state, message, removed, lines, _ = row[11:]
    try:
        data = json.loads(text_out(provenance))
        found = Page(
            id=text_out(id_),
            file=text_out(file),
            page=page,
            width=width,
            height=height,
            dpi=dpi,
            sha256=sha256,
            provenance=Provenance(data["model_id"], tuple(Step(n, p) for n, p in data["steps"])),
            sign_off=None if at is None else Review(text_out(by), at),
        )
        return StoredPage(found, position, state, text_out(message), bool(removed), lines)
    except _BROKEN as error:
        raise BrokenRowError("a page cannot be rebuilt") from error


def history_row(entry: HistoryEntry) -> Row:
    """Return an entry in the order of :data:`HISTORY_COLUMNS`."""
    e = entry
    texts = (e.at, e.by, e.step, e.page_id, e.line_id, e.before, e.after)
    return sealed(tuple(map(text_in, texts)))


def history_of(row: Sequence[Any]) -> HistoryEntry:
    """Rebuild an entry from its row.

    Raises:
        BrokenRowError: If it is not as it was written.
    """
    check(row)
    return HistoryEntry(*map(text_out, row[:-1]))


_MOST_BYTES = 64 * 1024 * 1024
"""Of the characters of one line unpacked; a file that was made to harm says it has more."""

_BROKEN = (ValueError, TypeError, LookupError, RecursionError, struct.error, zlib.error)


def pack_characters(characters: Iterable[Char]) -> bytes:
    """Return characters as compressed bytes.

    A JSON list, a line feed, then little-endian doubles; of each character the list has its text,
    1 where it has a quad, what a person confirmed, and text and source of each alternative; the
    doubles are its confidence, the eight coordinates of the quad and the confidences of the
    alternatives. As small as compressed JSON, and loaded in half of its time.
    """
    head: list[list[str | int]] = []
    numbers: list[float] = []
    for c in characters:
        head.append([c.text, int(c.quad is not None), c.confirmed])
        numbers.append(c.confidence)
        if c.quad is not None:
            for point in c.quad.points:
                numbers += point
        for a in c.alternatives:
            head[-1] += (a.text, a.source)
            numbers.append(a.confidence)
    listed = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    packed = struct.pack(f"<{len(numbers)}d", *numbers)
    return zlib.compress(listed.encode("utf-8", "surrogatepass") + b"\n" + packed, 1)


def unpack_characters(data: bytes) -> tuple[Char, ...]:
    """Return the characters that :func:`pack_characters` packed.

    Raises:
        ValueError, TypeError, LookupError, struct.error, zlib.error: If it is something else.
    """
    unpacking = zlib.decompressobj()
    head, _, packed = unpacking.decompress(data, _MOST_BYTES).partition(b"\n")
    if not unpacking.eof:
        raise ValueError("the characters of a line are cut off, or far too many")
    n = struct.unpack(f"<{len(packed) // 8}d", packed)
    at = 0
    characters = []
    for text, has_quad, confirmed, *others in json.loads(head.decode("utf-8", "surrogatepass")):
        confidence = n[at]
        at += 1
        quad = None
        if has_quad:
            a, b, c, d, e, f, g, h = n[at : at + 8]
            quad = Quad((Point(a, b), Point(c, d), Point(e, f), Point(g, h)))
            at += 8
        alternatives = tuple(
            Alternative(other, chance, source)
            for other, source, chance in zip(
                others[::2], others[1::2], n[at : at + len(others) // 2], strict=True
            )
        )
        at += len(alternatives)
        characters.append(Char(text, confidence, quad, alternatives, confirmed))
    return tuple(characters)


def text_in(text: str) -> str | bytes:
    """Return a text as SQLite takes it: half of a surrogate pair makes bytes of it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def text_out(stored: Any) -> str:
    """Return the text that :func:`text_in` was given.

    Raises:
        ValueError: If it is none.
    """
    if isinstance(stored, bytes):
        return stored.decode("utf-8", "surrogatepass")
    if not isinstance(stored, str):
        raise ValueError("this is no text")
    return stored


def _json(value: object) -> str | bytes:
    return text_in(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _bytes(stored: Stored) -> bytes:
    """Return kind and value of something stored."""
    if isinstance(stored, str):
        return b"s" + stored.encode()
    return b"b" + stored if isinstance(stored, bytes) else b"n" + repr(stored).encode()


def _digest(values: Iterable[Stored]) -> bytes:
    return blake2b(b"\x1f".join(map(_bytes, values)), digest_size=8).digest()
