"""Copying a project, whole or as far as it can be read, into a new file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from desktop_ocr.project.database import cause
from desktop_ocr.project.pictures import PictureFiles, Pictures, relative_to
from desktop_ocr.project.rows import LINE_COLUMNS, PAGE_COLUMNS, text_in, text_out
from desktop_ocr.project.storing import put_meta

TABLES = {
    "meta": "key, value",
    "pages": PAGE_COLUMNS,
    "lines": LINE_COLUMNS,
    "pictures": "id, sha256, path, relative, size, data",
    "sources": "page, picture, number",
    "thumbnails": "page, data",
    "history": "id, at, by, step, page, line, before, after",
}
"""All tables with their columns, those that others refer to first."""

_TOGETHER = 100


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


def copy_table(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    path: Path,
    table: str,
    where: str = "",
) -> None:
    """Copy a table into a new project.

    Args:
        source: Gives the rows.
        target: Takes them; what it has under their keys is replaced.
        path: The file that it will become.
        table: One of :data:`TABLES`.
        where: Which rows; all where it is empty.

    Raises:
        sqlite3.Error: If it cannot be read.
        DesktopOcrError: If it cannot be written.
    """
    query = f"SELECT {TABLES[table]} FROM {table} {where}"  # noqa: S608
    with closing(source.execute(query)) as rows:
        while some := rows.fetchmany(_TOGETHER):
            insert(target, path, table, some)


def keep_pictures(target: sqlite3.Connection, project: Path, pictures: Pictures) -> None:
    """Take the pictures of a new project in, or leave only where they are.

    A picture that cannot be found, or that never was a file, stays as it is.

    Args:
        target: The new project.
        project: Its file, from which relative paths are reckoned.
        pictures: Where it keeps its pictures.
    """
    files = PictureFiles()
    query = "SELECT id, path, relative, sha256, size, data IS NULL FROM pictures"
    for row, where, beside, sha256, size, outside in target.execute(query).fetchall():
        if where is None:
            continue  # it never was a file
        stored = text_out(where)
        relative = None if beside is None else text_out(beside)
        place, found = files.find(project, stored, relative, sha256, size)
        if found and pictures is Pictures.EMBEDDED and outside:
            file = files.look(place, embed=True)
            if file.sha256 == sha256:
                target.execute("UPDATE pictures SET data = ? WHERE id = ?", (file.data, row))
        elif found and pictures is Pictures.REFERENCED and not outside:
            target.execute("UPDATE pictures SET data = NULL WHERE id = ?", (row,))
        seen = relative_to(place.absolute(), project.absolute()) if found else relative
        target.execute(
            "UPDATE pictures SET path = ?, relative = ? WHERE id = ?",
            (text_in(str(place)), None if seen is None else text_in(seen), row),
        )
    put_meta(target, "pictures", pictures.value)
