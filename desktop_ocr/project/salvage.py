"""What can still be read of a damaged project, row by row, into a new one."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Provenance
from desktop_ocr.errors import (
    FileNotReadableError,
    OutputFolderError,
    ProjectDamagedError,
    ProjectNewerError,
)
from desktop_ocr.project.changes import PageFields, PutPage
from desktop_ocr.project.copying import TABLES, insert
from desktop_ocr.project.database import beside, cause, connect, log_bytes
from desktop_ocr.project.files import check_unused, empty, new_file
from desktop_ocr.project.kind import PAGE_SIZE
from desktop_ocr.project.pictures import Pictures
from desktop_ocr.project.project import begin
from desktop_ocr.project.rows import (
    LINE_COLUMNS,
    PAGE_COLUMNS,
    BrokenRowError,
    check,
    line_of,
    line_row,
    page_of,
    page_row,
    text_in,
    text_out,
)
from desktop_ocr.project.schema import APPLICATION_ID, VERSION, version_of
from desktop_ocr.project.storing import put_meta

_SMALLEST_ROW = 64
"""Bytes; so many rows there are at most, whatever a broken file says itself."""

_LAST = 1_000_000
"""Place of a page of which only lines are left: after all others."""


@dataclass(frozen=True, slots=True)
class Salvage:
    """What was copied from a damaged project.

    Attributes:
        pages: Pages that were copied, also those of which only lines were left.
        lines: Lines that were copied, each exactly as it was written.
        lost: Lines that are known to have been there and could not be read.
    """

    pages: int
    lines: int
    lost: int


def salvage(path: Path, target: Path, *, overwrite: bool = False) -> Salvage:
    """Copy what is readable of a project, damaged or not, into a new one.

    Nothing is changed in the old one. What is not exactly as it was written is left out.

    Args:
        path: The damaged project.
        target: The new file.
        overwrite: Replace a file that stands there.

    Raises:
        FileNotReadableError: If the file cannot be opened at all.
        ProjectDamagedError: If nothing in it can be read.
        ProjectLockedError: If it is open in another program.
        ProjectNewerError: If a newer version of the program wrote it.
        OutputError: If the target cannot be written.
    """
    if not path.is_file() or not os.access(path, os.R_OK):
        raise FileNotReadableError(path)
    check_unused(path)
    if not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        raise OutputFolderError(target)
    try:
        with TemporaryDirectory(dir=target.parent, prefix=".") as folder:
            copy = Path(folder) / "copy.docr"
            shutil.copyfile(path, copy)
            if log_bytes(path):
                shutil.copyfile(beside(path, "-wal"), beside(copy, "-wal"))
            with closing(_open(path, copy)) as source, new_file(target, overwrite=overwrite) as new:
                found = _Reader(source, copy.stat().st_size).copy(new, target)
                if not found.pages:
                    raise ProjectDamagedError(path)
            return found
    except OSError as error:
        raise cause(target, error) from error


def _open(path: Path, copy: Path) -> sqlite3.Connection:
    """Open a copy of a project, with a new first page where it cannot be read otherwise."""
    connection = connect(copy, "mode=rw")
    try:
        newer = version_of(connection) > VERSION
        (kind,) = connection.execute("PRAGMA application_id").fetchone()
        if newer and kind == APPLICATION_ID:
            raise ProjectNewerError(path)
        known = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if known.issuperset(TABLES):
            return connection
    except sqlite3.Error:
        pass
    except BaseException:
        connection.close()
        raise
    connection.close()
    _renew_first_page(copy)
    return connect(copy, "mode=rw")


def _renew_first_page(copy: Path) -> None:
    """Write the head and the list of tables anew.

    They are the same in all projects that this version made, since it makes its tables in one
    order in an empty file. A log beside the file may hold that page once more and is let go.
    """
    example = copy.with_name("empty.docr")
    empty(example).close()
    with example.open("rb") as file:
        head = bytearray(file.read(PAGE_SIZE))
    pages = (copy.stat().st_size + PAGE_SIZE - 1) // PAGE_SIZE
    head[28:32] = pages.to_bytes(4, "big")
    head[92:96] = head[24:28]  # says that the number of pages is to be believed
    head[32:40] = bytes(8)  # no list of free pages
    with copy.open("r+b") as file:
        file.write(head)
        file.truncate(pages * PAGE_SIZE)
    beside(copy, "-wal").unlink(missing_ok=True)


class _Reader:
    """Reads a damaged project."""

    def __init__(self, source: sqlite3.Connection, size: int) -> None:
        self._source = source
        self._most = size // _SMALLEST_ROW + 100
        self._broken: set[int] = set()  # numbers of rows of the table of lines
        self._known: dict[str, int] = {}  # how many lines a page says that it has
        self._last = 0  # the highest such number that is known to have been there

    def copy(self, target: sqlite3.Connection, path: Path) -> Salvage:
        begin(target, self._meta(target))
        pages, removed = self._pages()
        kept = self._lines(target, path, removed)
        lines = sum(map(len, kept.values()))
        lost = max(
            sum(number <= self._last for number in self._broken),
            self._count(removed) - lines,
            sum(max(0, n - len(kept.get(page, ()))) for page, n in self._known.items()),
        )
        for page_id in sorted(kept.keys() - pages.keys()):
            # Only its lines are left; it comes last, under no name.
            boxes = [quad.box for quad in kept[page_id]]
            width = max(1, ceil(max(box.right for box in boxes)))
            height = max(1, ceil(max(box.bottom for box in boxes)))
            fields = PageFields("", 1, width, height, None, "", Provenance(), None)
            pages[page_id] = PutPage(page_id, _LAST, fields, None, "done")
        for page_id, put in pages.items():
            count = len(kept.get(page_id, ()))
            insert(target, path, "pages", [page_row(put, count)])
            _close_gaps(target, path, page_id, count)
        self._others(target, path, pages)
        return Salvage(len(pages), lines, lost)

    def _rows(self, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield all rows that can be read, their number first."""
        last = 0
        select = f"SELECT rowid, {columns} FROM {table}"  # noqa: S608 - names of our own
        with suppress(sqlite3.Error):
            found = self._source.execute(f"{select} ORDER BY rowid LIMIT ?", (self._most,))
            with closing(found):
                for row in found:
                    if row[0] <= last:
                        break
                    last = row[0]
                    yield row
                else:
                    return
        end = self._most
        with suppress(sqlite3.Error):
            (highest,) = self._source.execute(f"SELECT max(rowid) FROM {table}").fetchone()  # noqa: S608
            end = min(end, highest or 0)
            self._last = max(self._last, end if table == "lines" else 0)
        for number in range(last + 1, end + 1):
            try:
                row = self._source.execute(f"{select} WHERE rowid = ?", (number,)).fetchone()
            except sqlite3.Error:
                if table == "lines":
                    self._broken.add(number)
                continue
            if row is not None and row[0] == number:
                yield row

    def _meta(self, target: sqlite3.Connection) -> Pictures:
        found: dict[str, str] = {}
        with suppress(sqlite3.Error):
            rows = self._source.execute("SELECT key, value FROM meta")
            found = {key: value for key, value in rows if isinstance(value, str)}
        if "title" in found:
            put_meta(target, "title", found["title"])
        with suppress(ValueError, RecursionError):
            if isinstance(json.loads(found.get("options", "")), dict):
                put_meta(target, "options", found["options"])
        with suppress(ValueError):
            return Pictures(found.get("pictures", ""))
        return Pictures.REFERENCED

    def _pages(self) -> tuple[dict[str, PutPage], set[str]]:
        """Return the pages, and the ids of those that had been removed."""
        pages: dict[str, PutPage] = {}
        removed: set[str] = set()
        for _, *row in self._rows("pages", PAGE_COLUMNS):
            with suppress(BrokenRowError):
                stored = page_of(row)
                page = stored.page
                if stored.removed:
                    removed.add(page.id)
                    continue
                self._known[page.id] = stored.lines
                pages[page.id] = PutPage(
                    page.id,
                    stored.position,
                    PageFields.of(page),
                    None,
                    stored.state,
                    stored.message,
                )
        return pages, removed

    def _lines(
        self, target: sqlite3.Connection, path: Path, removed: set[str]
    ) -> dict[str, list[Quad]]:
        """Copy lines; return their places by page."""
        kept: dict[str, list[Quad]] = {}
        for number, *row in self._rows("lines", LINE_COLUMNS):
            self._last = max(self._last, number)
            try:
                check(row)
                line = line_of(row)
                page_id = text_out(row[0])
            except ValueError:
                self._broken.add(number)
                continue
            if page_id not in removed:
                insert(target, path, "lines", [tuple(row)])
                kept.setdefault(page_id, []).append(line.quad)
        return kept

    def _count(self, removed: set[str]) -> int:
        """Return how many lines the index knows; 0 where it is broken as well."""
        with suppress(sqlite3.Error):
            rows = self._source.execute("SELECT page, count(*) FROM lines GROUP BY page")
            return sum(number for page, number in rows if page not in removed)
        return 0

    def _others(self, target: sqlite3.Connection, path: Path, pages: Mapping[str, PutPage]) -> None:
        """Copy pictures, small pictures and the history."""
        pictures = set()
        for _, *row in self._rows("pictures", "id, sha256, path, relative, size"):
            names = (v is None or isinstance(v, str | bytes) for v in row[1:4])
            if isinstance(row[0], int) and all(names) and isinstance(row[4], int | None):
                insert(target, path, "pictures", [(*row, self._picture(row[0], row[1]))])
                pictures.add(row[0])
        for _, *row in self._rows("sources", TABLES["sources"]):
            if row[0] in pages and row[1] in pictures and isinstance(row[2], int):
                insert(target, path, "sources", [tuple(row)])
        for _, *row in self._rows("thumbnails", TABLES["thumbnails"]):
            if row[0] in pages and isinstance(row[1], bytes):
                insert(target, path, "thumbnails", [tuple(row)])
        for _, *row in self._rows("history", TABLES["history"]):
            with suppress(BrokenRowError):
                check(row[1:])
                insert(target, path, "history", [tuple(row)])

    def _picture(self, row: int, sha256: str) -> bytes | None:
        """Return the bytes of a picture where they are those that were stored."""
        with suppress(sqlite3.Error):
            found = self._source.execute("SELECT data FROM pictures WHERE id = ?", (row,))
            (data,) = found.fetchone() or (None,)
            if isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == sha256:
                return data
        return None


def _close_gaps(target: sqlite3.Connection, path: Path, page_id: str, count: int) -> None:
    """Number the lines of a page anew where some between them were lost."""
    query = f"SELECT {LINE_COLUMNS} FROM lines WHERE page = ? ORDER BY position"  # noqa: S608
    rows = target.execute(query, (text_in(page_id),)).fetchall()
    if [row[2] for row in rows] != list(range(count)):
        moved = [line_row(page_id, i, line_of(row)) for i, row in enumerate(rows)]
        insert(target, path, "lines", moved)
