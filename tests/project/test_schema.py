from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from desktop_ocr.document.model import Document
from desktop_ocr.project import Project, database, schema
from desktop_ocr.project.files import PAGE_SIZE, empty
from desktop_ocr.project.schema import MIGRATIONS, VERSION, is_intact, migrate, version_of
from tests.project.helpers import page, store

NEXT = ("ALTER TABLE pages ADD COLUMN colour TEXT NOT NULL DEFAULT 'white'",)


def _by_hand(path: Path) -> None:
    """A file of version 1 as another program would write it."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in MIGRATIONS[0]:
        connection.execute(statement)
    connection.execute("PRAGMA user_version = 1")
    connection.execute("INSERT INTO meta VALUES ('pictures', 'referenced'), ('title', '旧文件')")
    connection.close()


def test_a_file_of_version_1_opens(tmp_path: Path) -> None:
    path = tmp_path / "old.docr"
    _by_hand(path)
    project = Project.open(path)
    assert project.document() == Document([], "旧文件")
    assert not project.was_closed
    project.close()


def test_an_older_file_is_brought_up_to_date_when_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.docr"
    store(path, Document([page("a")]))
    for module in (schema, database):
        monkeypatch.setattr(module, "VERSION", VERSION + 1)
    newer = (*MIGRATIONS, NEXT)
    monkeypatch.setattr(database, "migrate", lambda c: migrate(c, newer))
    monkeypatch.setattr(database, "is_intact", lambda c: is_intact(c, newer))
    project = Project.open(path)
    assert project.document() == Document([page("a")])
    project.close()
    connection = sqlite3.connect(path)
    assert version_of(connection) == VERSION + 1
    assert connection.execute("SELECT colour FROM pages").fetchall() == [("white",)]
    connection.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.docr"
    store(path, Document([page("a")]))
    connection = sqlite3.connect(path, isolation_level=None)
    broken = (*MIGRATIONS, NEXT, ("DROP TABLE history", "CREATE TABLE pages (id)"))
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(connection, broken)
    assert version_of(connection) == VERSION
    assert is_intact(connection)
    connection.close()


def test_a_new_file_has_its_tables_where_a_salvage_expects_them(tmp_path: Path) -> None:
    """A salvage puts the first page of an empty file before a file that lost its own."""
    path = tmp_path / "x.docr"
    empty(path).close()
    assert path.read_bytes()[100] == 13  # a leaf: all of the list of tables is in this page
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA page_size").fetchone() == (PAGE_SIZE,)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
