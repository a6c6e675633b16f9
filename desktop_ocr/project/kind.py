"""Whether a file that cannot be opened as a project may be a damaged one, or is something else."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

PAGE_SIZE = 4096
"""Bytes of a page of the database."""

_MAGIC = b"SQLite format 3\x00"
_INTERIOR, _LEAF = {2, 5}, {10, 13}
_LOOKED_AT = 64
"""So many pages of a file whose first one cannot be read are looked at."""

_OURS = {"pages", "lines", "history"}


def may_be_project(path: Path) -> bool:
    """Say whether a file holds, or held, a project.

    That is so where a log of SQLite lies beside it, where it has some of our tables, and where its
    first page is broken but another one is a page of an SQLite file (the format:
    https://www.sqlite.org/fileformat2.html, section 1.6).
    """
    try:
        if Path(f"{os.path.realpath(path)}-wal").stat().st_size:
            return True
    except OSError:
        pass
    try:
        with path.open("rb") as file:
            first = file.read(PAGE_SIZE)
            if first.startswith(_MAGIC):
                tables = _tables(path)
                return tables is None or bool(tables & _OURS)
            following = iter(lambda: file.read(PAGE_SIZE), b"")
            pages = (page for page, _ in zip(following, range(_LOOKED_AT), strict=False))
            return any(map(_is_tree, pages))
    except OSError:
        return True  # nobody can tell: what is readable may be rescued


def _tables(path: Path) -> set[str] | None:
    """Return the names of the tables of an SQLite file; None where they cannot be read."""
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    except sqlite3.Error:
        return None


def _is_tree(page: bytes) -> bool:
    """Say whether a page is one of a table or an index: its cells lie where its head says."""
    kind = page[0]
    if len(page) < PAGE_SIZE or kind not in _INTERIOR | _LEAF:
        return False
    count, start = int.from_bytes(page[3:5], "big"), int.from_bytes(page[5:7], "big")
    head = 12 if kind in _INTERIOR else 8
    cells = [int.from_bytes(page[i : i + 2], "big") for i in range(head, head + 2 * count, 2)]
    return head + 2 * count <= start <= PAGE_SIZE and all(start <= c < PAGE_SIZE for c in cells)
