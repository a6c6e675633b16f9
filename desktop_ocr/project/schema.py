"""The tables of a project file, and how files of older versions are brought up to date.

What the columns mean is told in docs/formats.md.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

APPLICATION_ID = 0x646F6372
"""``docr`` in ASCII; tells a project from other SQLite files."""

_V1 = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
    """CREATE TABLE pages (
        id TEXT PRIMARY KEY, position INTEGER NOT NULL, file TEXT NOT NULL,
        page INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, dpi REAL,
        sha256 TEXT NOT NULL, provenance TEXT NOT NULL, signed_by TEXT, signed_at TEXT,
        state TEXT NOT NULL, message TEXT NOT NULL, removed INTEGER NOT NULL,
        lines INTEGER NOT NULL, digest BLOB NOT NULL)""",
    """CREATE TABLE lines (
        page TEXT NOT NULL REFERENCES pages (id) ON DELETE CASCADE, id TEXT NOT NULL,
        position INTEGER NOT NULL, quad TEXT NOT NULL, text TEXT NOT NULL,
        raw_text TEXT NOT NULL, plain_text TEXT NOT NULL, second_text TEXT NOT NULL,
        confidence REAL NOT NULL, status TEXT NOT NULL, reviewed_by TEXT, reviewed_at TEXT,
        cell TEXT, corrections TEXT, doubt REAL, characters BLOB, digest BLOB NOT NULL,
        UNIQUE (page, id))""",
    # What the list of pages shows is counted without touching the lines themselves.
    "CREATE INDEX line_facts ON lines (page, status, doubt, characters IS NULL)",
    """CREATE TABLE pictures (
        id INTEGER PRIMARY KEY, sha256 TEXT UNIQUE, path TEXT, relative TEXT,
        size INTEGER, data BLOB)""",
    """CREATE TABLE sources (
        page TEXT PRIMARY KEY REFERENCES pages (id) ON DELETE CASCADE,
        picture INTEGER NOT NULL REFERENCES pictures (id), number INTEGER NOT NULL)""",
    """CREATE TABLE thumbnails (
        page TEXT PRIMARY KEY REFERENCES pages (id) ON DELETE CASCADE, data BLOB NOT NULL)""",
    """CREATE TABLE history (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, step TEXT NOT NULL,
        page TEXT NOT NULL, line TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
        digest BLOB NOT NULL)""",
    "CREATE INDEX history_of ON history (page, line)",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_V1,)
"""Statements that lead from version n to n + 1; those of a version that was published stay."""

VERSION = len(MIGRATIONS)


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of an open file; 0 for an empty one."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def migrate(
    connection: sqlite3.Connection, migrations: Sequence[Sequence[str]] = MIGRATIONS
) -> None:
    """Bring a file up to the newest version: completely, or not at all.

    Args:
        connection: In autocommit mode, of a version that is not newer.
        migrations: As :data:`MIGRATIONS`.

    Raises:
        sqlite3.Error: If that fails; the file is as it was.
    """
    version = version_of(connection)
    if version >= len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statements in migrations[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def is_intact(
    connection: sqlite3.Connection, migrations: Sequence[Sequence[str]] = MIGRATIONS
) -> bool:
    """Say whether a file of the newest version has exactly the tables of this program.

    A file with triggers or views of somebody else's is refused as a damaged one is.

    Args:
        connection: The file.
        migrations: As :data:`MIGRATIONS`.
    """
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(fresh, migrations)
        return _shape(fresh) == _shape(connection)
    finally:
        fresh.close()


def _shape(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    rows = connection.execute("SELECT type, name, tbl_name FROM sqlite_master").fetchall()
    columns = [
        ("column", table, *(str(v) for v in column))
        for kind, table, _ in rows
        if kind == "table"
        for column in connection.execute("SELECT * FROM pragma_table_info(?)", (table,))
    ]
    return {*rows, *columns}
