"""Rows of files that were made to harm: well sealed, and no lines or pages at all."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from desktop_ocr.document.model import Document
from desktop_ocr.errors import ProjectDamagedError
from desktop_ocr.project import Project, salvage
from desktop_ocr.project.rows import LINE_COLUMNS, PAGE_COLUMNS, Stored, sealed
from tests.project.helpers import page, store

DEEP = "[" * 100_000
BOMB = zlib.compress(bytes(200_000_000))


def _forge(path: Path, table: str, columns: str, column: str, value: Stored) -> None:
    """Change a column of the first row, and seal it as this program does."""
    connection = sqlite3.connect(path)
    names = columns.split(", ")
    row = list(connection.execute(f"SELECT {columns} FROM {table}").fetchone())
    row[names.index(column)] = value
    changes = ", ".join(f"{name} = ?" for name in names)
    where = f"rowid = (SELECT min(rowid) FROM {table})"
    connection.execute(f"UPDATE {table} SET {changes} WHERE {where}", sealed(tuple(row[:-1])))
    connection.commit()
    connection.close()


def _look(path: Path) -> None:
    """Look at all lines: that is refused when the file is opened, or then at the latest."""
    with pytest.raises(ProjectDamagedError), closing(Project.open(path)) as project:
        for one in project.document().pages:
            list(one.lines)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("quad", DEEP), ("quad", "[[0,0],[1,0]]"), ("quad", "{}"), ("quad", "[[1e999,0]]"),
        ("cell", "[0,-1,2]"), ("cell", '{"a":1}'), ("corrections", '[["r",9,"x","y"]]'),
        ("corrections", "5"), ("status", "seen"), ("confidence", 7.5), ("confidence", "much"),
        ("reviewed_at", "yesterday"), ("raw_text", "another"), ("text", 5), ("id", None),
        ("characters", b"no zlib"), ("characters", BOMB), ("characters", zlib.compress(b"[]")[:-5]),
        ("characters", zlib.compress(DEEP.encode())), ("characters", zlib.compress(b'[["x",1]]\n')),
        ("characters", "text"), ("characters", zlib.compress(b"\xff\xff")),
    ],
)  # fmt: skip
def test_a_line_that_is_none_is_damage(tmp_path: Path, column: str, value: Stored) -> None:
    path = tmp_path / "x.docr"
    store(path, Document([page("a")]))
    try:
        _forge(path, "lines", LINE_COLUMNS, column, value)
    except sqlite3.IntegrityError:
        return  # the database itself keeps that out
    _look(path)
    found = salvage(path, tmp_path / "y.docr")
    assert (found.lines, found.lost) == (2, 1)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("provenance", DEEP), ("provenance", "[]"), ("provenance", '{"model_id":"","steps":[1]}'),
        ("signed_at", "yesterday"), ("file", 5), ("message", 5),
    ],
)  # fmt: skip
def test_a_page_that_is_none_is_damage(tmp_path: Path, column: str, value: Stored) -> None:
    path = tmp_path / "x.docr"
    store(path, Document([page("a")]))
    _forge(path, "pages", PAGE_COLUMNS, column, value)
    _look(path)
    assert salvage(path, tmp_path / "y.docr").lines == 3


@pytest.mark.parametrize("key", ["options", "draft", "pictures"])
def test_facts_that_are_none_are_damage(tmp_path: Path, key: str) -> None:
    path = tmp_path / "x.docr"
    store(path, Document([page("a")]))
    connection = sqlite3.connect(path)
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, DEEP))
    connection.commit()
    connection.close()
    with pytest.raises(ProjectDamagedError):
        Project.open(path)
    assert salvage(path, tmp_path / "y.docr").lines == 3


def test_a_table_with_a_name_to_harm_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "x.docr"
    store(path, Document([page("a")]))
    connection = sqlite3.connect(path)
    connection.execute('CREATE TABLE "x); DROP TABLE lines; --" (a)')
    connection.close()
    with pytest.raises(ProjectDamagedError):
        Project.open(path)
    assert salvage(path, tmp_path / "y.docr").lines == 3
