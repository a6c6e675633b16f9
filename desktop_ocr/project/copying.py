"""Copying a project, whole or as far as it can be read, into a new file."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.project.database import Database, cause
from desktop_ocr.project.pictures import PictureFiles, Pictures, relative_to
from desktop_ocr.project.rows import HISTORY_COLUMNS, LINE_COLUMNS, PAGE_COLUMNS, text_in, text_out
from desktop_ocr.project.storing import put_meta

TABLES = {
    "meta": "key, value",
    "pages": PAGE_COLUMNS,
    "lines": LINE_COLUMNS,
    "pictures": "id, sha256, path, relative, size, data",
    "sources": "page, picture, number",
    "thumbnails": "page, data",
    "history": f"id, {HISTORY_COLUMNS}",
}
"""All tables with their columns, those that others refer to first."""

_ROWS_TOGETHER = 100
_ENTRIES_TOGETHER = 2_000

_log = logging.getLogger(__name__)


def insert(
    target: sqlite3.Connection, path: Path, table: str, rows: Iterable[tuple[object, ...]]
) -> None:
    """Put rows into a table of a new project; what it has under their keys is replaced.

    Args:
        target: Takes the rows.
        path: The file that it will become.
        table: One of :data:`TABLES`.
        rows: In the order of its columns.

    Raises:
        DesktopOcrError: If they cannot be written.
    """
    columns = TABLES[table]
    signs = ", ".join("?" * len(columns.split(", ")))
    statement = f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({signs})"  # noqa: S608
    try:
        target.executemany(statement, rows)
    except sqlite3.Error as error:
        raise cause(path, error) from error


class Copy:
    """Copies an open project in small steps, so that nobody who looks at a page waits long.

    Each page is copied as it is at one moment, with all of its lines.
    """

    def __init__(
        self,
        source: Database,
        target: sqlite3.Connection,
        path: Path,
        pictures: Pictures,
        *,
        tolerant: bool = False,
    ) -> None:
        """Prepare.

        Args:
            source: The project.
            target: The new one, empty.
            path: The file that it will become.
            pictures: Where it keeps its pictures; one that cannot be found any more stays as it
                is.
            tolerant: Pass over what cannot be read.
        """
        self._source = source
        self._target = target
        self._path = path
        self._pictures = pictures
        self._tolerant = tolerant
        self._files = PictureFiles()

    def run(self) -> None:
        """Copy.

        Raises:
            DesktopOcrError: If something cannot be read, or not written.
        """
        self._table("meta")
        for (page,) in self._rows("SELECT id FROM pages ORDER BY position"):
            with self._passing_over(), self._source.reading() as source:
                self._step(source, "pages", "WHERE id = ?", (page,))
                self._step(source, "lines", "WHERE page = ?", (page,))
        for table in ("sources", "thumbnails"):
            self._table(table)
            # Of a page that came while we copied.
            self._target.execute(
                f"DELETE FROM {table} WHERE page NOT IN (SELECT id FROM pages)"  # noqa: S608
            )
        for (picture,) in self._target.execute("SELECT DISTINCT picture FROM sources").fetchall():
            self._picture(picture)
        newest = self._rows("SELECT coalesce(max(id), 0) FROM history")
        for first in range(0, newest[0][0] if newest else 0, _ENTRIES_TOGETHER):
            with self._passing_over(), self._source.reading() as source:
                end = first + _ENTRIES_TOGETHER
                self._step(source, "history", "WHERE id > ? AND id <= ?", (first, end))
        put_meta(self._target, "pictures", self._pictures.value)
        put_meta(self._target, "closed", "1")
        put_meta(self._target, "draft", "")

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        with self._passing_over(), self._source.reading() as source:
            return source.execute(query).fetchall()
        return []

    def _table(self, table: str) -> None:
        with self._passing_over(), self._source.reading() as source:
            self._step(source, table)

    def _step(
        self,
        source: sqlite3.Connection,
        table: str,
        where: str = "",
        values: Sequence[object] = (),
    ) -> None:
        query = f"SELECT {TABLES[table]} FROM {table} {where}"  # noqa: S608 - names of our own
        with closing(source.execute(query, values)) as rows:
            while some := rows.fetchmany(_ROWS_TOGETHER):
                insert(self._target, self._path, table, some)

    @contextmanager
    def _passing_over(self) -> Iterator[None]:
        """Go on after what cannot be read, where that was asked for."""
        try:
            yield
        except DesktopOcrError as error:
            if not self._tolerant or getattr(error, "path", None) == self._path:
                raise
            _log.warning("a part of a project could not be read: %s", type(error).__name__)

    def _picture(self, picture: int) -> None:
        """Copy a picture: its bytes, or where it is."""
        with self._passing_over(), self._source.reading() as source:
            row = source.execute(
                "SELECT sha256, path, relative, size, data IS NULL FROM pictures WHERE id = ?",
                (picture,),
            ).fetchone()
        if row is None:
            return
        sha256, stored, beside, size, outside = row
        data: bytes | None = None
        place, found = None, False
        if stored is not None:
            relative = None if beside is None else text_out(beside)
            old = self._source.path
            place, found = self._files.find(old, text_out(stored), relative, sha256, size)
        if outside and found and self._pictures is Pictures.EMBEDDED:
            assert place is not None
            file = self._files.look(place, embed=True)
            data = file.data if file.sha256 == sha256 else None
        elif not outside and not (found and self._pictures is Pictures.REFERENCED):
            with self._passing_over(), self._source.reading() as source:
                query = "SELECT data FROM pictures WHERE id = ?"
                (data,) = source.execute(query, (picture,)).fetchone()
        new = stored if place is None else text_in(str(place.absolute()))
        if place is not None and found:
            seen = relative_to(place.absolute(), self._path.absolute())
            beside = None if seen is None else text_in(seen)
        insert(self._target, self._path, "pictures", [(picture, sha256, new, beside, size, data)])
