"""What a power cut leaves: the log cut off at any byte, with rubbish behind it."""

from __future__ import annotations

import errno
import os
import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_ocr.document.model import Document
from desktop_ocr.errors import DiskFullError, ProjectLostError
from desktop_ocr.project import HistoryEntry, PageFields, Project, PutPage, SetOrder, Writer
from tests.project.helpers import page, put, store, texts


def test_an_edit_is_flushed_before_it_counts_as_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.docr"
    store(path, Document([page("a")]))
    project = Project.open(path)
    order: list[object] = []
    fsync = os.fsync

    def flush(handle: int) -> None:
        order.append(os.fstat(handle).st_ino)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", flush)
    writer = Writer(project, on_saved=order.append)
    ticket = writer.put(SetOrder(("a",)))
    assert writer.close()
    assert order == [Path(f"{path}-wal").stat().st_ino, ticket]
    with project.database.reading() as connection:

        def setting(name: str) -> object:
            return connection.execute(f"PRAGMA {name}").fetchone()[0]

        assert setting("journal_mode") == "wal"
        # NORMAL: SQLite flushes what a checkpoint needs, we the log after each transaction.
        assert setting("synchronous") == 1
        assert setting("locking_mode") == "exclusive"
        assert setting("foreign_keys") == 1
    project.close()


def test_a_flush_that_fails_is_tried_again_and_nothing_is_told_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.docr"
    store(path, Document([page("a")]))
    project = Project.open(path)
    fsync, failures = os.fsync, [errno.EIO, errno.ENOSPC]

    def flush(handle: int) -> None:
        if failures:
            raise OSError(failures.pop(), "a disk that does not take it")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", flush)
    told: list[type[Exception]] = []
    writer = Writer(project, on_failed=lambda error: told.append(type(error)))
    entry = HistoryEntry("2026-11-20T17:45:03+08:00", "", "edit text", "a", "a-0", "x", "y")
    one = page("a")
    one.lines[0] = replace(one.lines[0], text="y")
    writer.put(put(one, entries=(entry,)))
    while not writer.flush(20):
        assert writer.pending
        assert project.load_lines("a")[0].text == "y"
    assert told == [DiskFullError, ProjectLostError]
    writer.close()
    assert [e.after for e in project.history()] == ["y"]
    project.close()
    assert texts(path)[0][0] == "y"


def test_every_saved_edit_is_there_wherever_the_log_was_cut_off(tmp_path: Path) -> None:
    path, torn = tmp_path / "x.docr", tmp_path / "torn.docr"
    one = page("a", 10)
    store(path, Document([one]))
    project = Project.open(path)
    sizes = [project.database.wal_bytes()]
    states = [list(one.lines)]
    writer = Writer(project)
    for number in range(12):
        one.lines[number % 10] = replace(one.lines[number % 10], text=f"第{number}次改" * 20)
        writer.put(put(one))
        assert writer.flush(20)
        sizes.append(project.database.wal_bytes())
        states.append(list(one.lines))
    assert sizes == sorted(set(sizes))  # the log only grows while somebody types
    body, log = path.read_bytes(), Path(f"{path}-wal").read_bytes()
    writer.close()
    chance = random.Random(5)
    cuts = [*sizes, *(chance.randrange(sizes[0], len(log)) for _ in range(20))]
    for cut in cuts:
        saved = max(i for i, size in enumerate(sizes) if size <= cut)
        rubbish = chance.randbytes(chance.choice((0, 10, 5_000)))
        torn.write_bytes(body)
        Path(f"{torn}-wal").write_bytes(log[:cut] + rubbish)
        read = Project.open(torn)
        assert not read.was_closed
        assert list(read.document().pages[0].lines) == states[saved]
        read.close()
    project.close()


def test_a_project_can_be_opened_by_other_programs_for_a_look(tmp_path: Path) -> None:
    """The text is there for whoever has nothing but SQLite."""
    path = tmp_path / "x.docr"
    store(path, Document([page("a")]))
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT text FROM lines ORDER BY page, position").fetchall()
    assert [text for (text,) in rows] == [line.text for line in page("a").lines]
    connection.close()


def test_a_page_of_which_nothing_is_loaded_keeps_its_lines(tmp_path: Path) -> None:
    """Signed off, moved or marked without a look at its lines."""
    path = tmp_path / "x.docr"
    store(path, Document([page("a"), page("b")]))
    project = Project.open(path)
    document = project.document()
    writer = Writer(project)
    fields = PageFields.of(document.pages[1])
    writer.put(PutPage("b", 1, fields, None, "failed", "why"))
    writer.put(SetOrder(("b", "a")))
    assert writer.close()
    project.close()
    project = Project.open(path)
    assert project.document().pages == [page("b"), page("a")]
    assert project.facts()["b"].lines == 3
    assert (project.facts()["b"].state, project.facts()["b"].message) == ("failed", "why")
    project.close()
