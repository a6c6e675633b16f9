"""Full disks, locks, rights, other files: one clear error each, and nothing typed is lost."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_ocr.document.model import Document
from desktop_ocr.errors import (
    DesktopOcrError,
    DiskFullError,
    FileNotReadableError,
    NotAProjectError,
    OutputFolderError,
    ProjectDamagedError,
    ProjectLockedError,
    ProjectLostError,
    ProjectNewerError,
)
from desktop_ocr.project import (
    HistoryEntry,
    Pictures,
    Project,
    PutPicture,
    RemovePage,
    SetOptions,
    Writer,
    salvage,
)
from tests.project.helpers import line, page, put, store, texts, writing

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="rights and limits of POSIX")


def _child(code: str, *arguments: Path) -> subprocess.Popen[str]:
    """Start a program; it can tell by a line, and waits for one."""
    program = "import os, sys\nfrom pathlib import Path\nfrom desktop_ocr.project import *\n"
    return subprocess.Popen(
        [sys.executable, "-c", program + textwrap.dedent(code), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def _said(code: str, *arguments: Path) -> list[str]:
    child = _child(code, *arguments)
    output, _ = child.communicate(timeout=20)
    assert child.returncode == 0
    return output.split()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "x.docr"
    store(path, Document([page("a"), page("b")]))
    return path


# --- files that cannot be opened --------------------------------------------------------------


def test_a_project_that_another_program_has_open_is_refused_until_it_is_gone(path: Path) -> None:
    child = _child("p = Project.open(Path(sys.argv[1])); print(flush=True); input()", path)
    assert child.stdout is not None
    child.stdout.readline()
    for attempt in (
        lambda: Project.open(path),
        lambda: Project.open(path, read_only=True),
        lambda: Project.create(path, pictures=Pictures.EMBEDDED, overwrite=True),
        lambda: salvage(path, path.with_name("y.docr")),
    ):
        with pytest.raises(ProjectLockedError, match="open in another window or program"):
            attempt()
    child.kill()
    child.communicate()
    project = Project.open(path)
    assert not project.was_closed
    project.close()
    assert len(texts(path)) == 2


def test_a_project_of_a_newer_version_is_left_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = path.read_bytes()
    for attempt in (
        lambda: Project.open(path),
        lambda: Project.open(path, read_only=True),
        lambda: salvage(path, path.with_name("y.docr")),
    ):
        with pytest.raises(ProjectNewerError, match="newer version"):
            attempt()
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["x.docr"]


def test_what_is_no_project_gets_a_sentence(tmp_path: Path) -> None:
    picture, foreign = tmp_path / "x.png", tmp_path / "foreign.db"
    picture.write_bytes(b"\x89PNG" + bytes(5000))
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE pages (id)")
    connection.close()
    empty = tmp_path / "empty.docr"
    empty.touch()
    for other in (picture, foreign, empty):
        with pytest.raises(NotAProjectError, match="choose one that the program saved"):
            Project.open(other)
    for missing in (tmp_path / "none.docr", tmp_path):
        with pytest.raises(FileNotReadableError):
            Project.open(missing)
        with pytest.raises(FileNotReadableError):
            salvage(missing, tmp_path / "y.docr")
    with pytest.raises(OutputFolderError):
        Project.create(tmp_path / "none" / "x.docr", pictures=Pictures.EMBEDDED)


def test_something_else_under_the_name_of_a_project_is_no_damaged_one(
    tmp_path: Path, path: Path
) -> None:
    """Only what may hold something of ours is worth a rescue."""
    rng = random.Random(7)
    database = tmp_path / "foreign.docr"
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE patients (id)")
    connection.close()
    others = {
        "short.docr": b"a note\n",
        "long.docr": "检查所见：心影不大。\n".encode() * 5_000,
        "noise.docr": rng.randbytes(300_000),
        "zeros.docr": bytes(300_000),
        "picture.docr": b"\x89PNG" + bytes(5_000),
    }
    for name, data in others.items():
        (tmp_path / name).write_bytes(data)
    for name in (*others, database.name):
        for read_only in (False, True):
            with pytest.raises(NotAProjectError):
                Project.open(tmp_path / name, read_only=read_only)
    whole = path.read_bytes()
    for head in (b"x" * 16, bytes(100), rng.randbytes(4_096)):
        path.write_bytes(head + whole[len(head) :])
        with pytest.raises(ProjectDamagedError):
            Project.open(path)
        assert salvage(path, tmp_path / "rescued.docr", overwrite=True).pages


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER UPDATE ON lines BEGIN DELETE FROM lines; END",
        "DROP TABLE history",
        "ALTER TABLE lines DROP COLUMN cell",
        "UPDATE lines SET text = '阳性' WHERE id = 'a-1'",  # not by this program
        "UPDATE pages SET width = 5",
        "DELETE FROM meta",
    ],
)
def test_a_project_that_somebody_changed_counts_as_damaged(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    with pytest.raises(ProjectDamagedError, match="copied into a new project"):
        Project.open(path)
    Path(f"{path}-wal").unlink(missing_ok=True)


@posix
def test_where_nothing_may_be_written_a_project_can_be_looked_at() -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own folder is closed to other users
        folder = Path(name)
        path = folder / "x.docr"
        store(path, Document([page("a")]))
        folder.chmod(0o555)
        path.chmod(0o444)
        try:
            said = _said(
                """
                if os.geteuid() == 0:
                    os.setuid(65534)
                path = Path(sys.argv[1])
                for attempt in (
                    lambda: Project.open(path),
                    lambda: Project.create(path.with_name("y.docr"), pictures=Pictures.EMBEDDED),
                    lambda: Project.create(path, pictures=Pictures.EMBEDDED, overwrite=True),
                ):
                    try:
                        attempt()
                    except Exception as error:
                        print(type(error).__name__)
                project = Project.open(path, read_only=True)
                print(len(project.document().pages[0].lines), project.read_only)
                writer = Writer(project, on_failed=lambda e: print(type(e).__name__))
                writer.put(SetTitle("x"))
                print(writer.close())
                project.close()
                """,
                path,
            )
        finally:
            folder.chmod(0o755)
        assert said == [
            "ProjectReadOnlyError", "OutputFolderError", "OutputFolderError",
            "3", "True", "ProjectReadOnlyError", "False",
        ]  # fmt: skip
        assert [p.name for p in folder.iterdir()] == ["x.docr"]


# --- writes that fail -------------------------------------------------------------------------


class _Failing:
    """A project whose disk is full, with a writer."""

    def __init__(self, path: Path) -> None:
        self.project = Project.open(path)
        self.document = self.project.document()
        self.failures: list[DesktopOcrError] = []
        self.writer = Writer(self.project, on_failed=self.failures.append)

    def limit(self, pages: int) -> None:
        with self.project.database.reading() as connection:
            connection.execute(f"PRAGMA max_page_count = {pages}").fetchone()

    def type(self, page_index: int, line_index: int, text: str) -> None:
        one = self.document.pages[page_index]
        one.lines[line_index] = replace(one.lines[line_index], text=text)
        entry = HistoryEntry("2026", "王", "edit text", one.id, one.lines[line_index].id, "", text)
        self.writer.put(put(one, page_index, entries=(entry,)))


@pytest.fixture
def failing(path: Path) -> Iterator[_Failing]:
    failing = _Failing(path)
    yield failing
    failing.writer.close()
    failing.project.close()


def test_on_a_full_disk_everything_waits_in_memory_until_there_is_room(failing: _Failing) -> None:
    failing.limit(1)  # SQLite takes the size that the file has
    failing.type(0, 0, "长" * 50_000)
    failing.type(1, 2, "后来的")
    assert not failing.writer.flush(20)
    assert failing.writer.pending
    assert failing.writer.saved == 0
    assert {type(e) for e in failing.failures} == {DiskFullError}
    assert not failing.document.pages[0].lines.release()  # type: ignore[attr-defined]
    failing.limit(100_000)
    failing.type(1, 1, "有空间了")  # the next edit tries again
    assert failing.writer.flush(20)
    assert failing.writer.saved == 3
    read = failing.project.load_lines("a"), failing.project.load_lines("b")
    assert (read[0][0].text, read[1][2].text, read[1][1].text) == (
        "长" * 50_000,
        "后来的",
        "有空间了",
    )
    assert len(list(failing.project.history())) == 3


def test_a_rescue_holds_what_is_stored_and_what_is_not(failing: _Failing, tmp_path: Path) -> None:
    folder, picture = tmp_path / "documents", tmp_path / "a.png"
    folder.mkdir()
    picture.write_bytes(b"picture")
    failing.writer.put(PutPicture("a", picture, thumbnail=b"small"))
    assert failing.writer.flush(20)
    failing.limit(1)
    failing.type(0, 0, "长" * 50_000)
    failing.document.pages.append(page("c"))
    failing.writer.put(put(failing.document.pages[2], 2, "failed", message="why"))
    failing.writer.put(RemovePage("b"))
    del failing.document.pages[1]
    failing.writer.put(SetOptions({"a": 1}))
    assert not failing.writer.flush(20)
    rescued = failing.writer.rescue(folder)
    assert rescued.parent == folder
    assert rescued.name.startswith("x ")
    project = Project.open(rescued)
    assert project.was_closed
    assert project.document() == failing.document
    assert project.facts()["c"].message == "why"
    assert project.options == {"a": 1}
    assert project.thumbnail("a") == b"small"
    assert project.picture("a").path == picture
    assert [e.after for e in project.history()] == ["长" * 50_000]
    project.close()
    assert failing.writer.rescue(folder) != rescued
    assert len(list(folder.iterdir())) == 2


def test_a_rescue_keeps_a_removed_page_for_undo(failing: _Failing, tmp_path: Path) -> None:
    """Work that goes on in the rescue still knows the page in its history."""
    failing.writer.put(RemovePage("b"))
    assert failing.writer.flush(20)
    with closing(Project(failing.writer.rescue(tmp_path), purge=False)) as project:
        assert [p.id for p in project.document().pages] == ["a"]
        assert len(project.load_lines("b")) == 3


def test_a_project_that_vanished_is_told_of_and_rescued_from_memory(
    failing: _Failing, tmp_path: Path
) -> None:
    path = failing.project.path
    moved = tmp_path / "moved.docr"
    path.rename(moved)  # as a person does in a file manager; the log stays behind
    failing.type(0, 1, "移走以后")
    assert not failing.writer.flush(20)
    assert {type(e) for e in failing.failures} == {ProjectLostError}
    rescued = failing.writer.rescue(tmp_path)
    assert texts(rescued)[0][1] == "移走以后"
    moved.rename(path)
    assert failing.writer.flush(20)  # back where it was


def test_a_rescue_of_a_file_that_cannot_be_read_holds_all_that_was_loaded(
    failing: _Failing, tmp_path: Path
) -> None:
    failing.type(1, 0, "看过的页")
    assert failing.writer.flush(20)
    failing.project.database.close()  # as if the drive had gone
    failing.type(1, 1, "最后一句")
    assert not failing.writer.flush(20)
    project = Project.open(failing.writer.rescue(tmp_path))
    pages = project.document().pages
    assert [p.id for p in pages] == ["a", "b"]
    assert [x.text for x in pages[1].lines][:2] == ["看过的页", "最后一句"]
    project.close()


@posix
def test_a_file_that_may_not_grow_is_a_full_disk(path: Path) -> None:
    said = _said(
        """
        import resource
        from tests.project.helpers import line, page, put
        project, failures = Project.open(Path(sys.argv[1])), []
        writer = Writer(project, on_failed=failures.append)
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, most))
        one = page("a")
        one.lines = [line(str(i), chr(0x4E00 + i) * 2_000) for i in range(20)]
        writer.put(put(one))
        print(writer.flush(20), writer.pending)
        try:
            writer.rescue(project.path.parent)
        except Exception as error:
            print(type(error).__name__)
        print(len(list(project.path.parent.glob("*.tmp"))))
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        print(writer.flush(20), writer.close(), {type(e).__name__ for e in failures})
        print(len(project.load_lines("a")))
        project.close()
        """,
        path,
    )
    assert said == [
        "False",
        "True",
        "DiskFullError",
        "0",
        "True",
        "True",
        "{'DiskFullError'}",
        "20",
    ]
    assert len(texts(path)[0]) == 20


def test_no_room_for_a_copy_leaves_nothing_behind(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_ocr.project import files

    def small(target: Path) -> sqlite3.Connection:
        connection = empty(target)
        connection.execute("PRAGMA max_page_count = 30").fetchone()
        return connection

    empty = files.empty
    monkeypatch.setattr(files, "empty", small)
    project = Project.open(path)
    with writing(project) as writer:
        one = page("a")
        one.lines = [line(str(i), chr(0x4E00 + i) * 2_000) for i in range(20)]
        writer.put(put(one))
    with pytest.raises(DiskFullError) as caught:
        project.save_as(tmp_path / "copy.docr")
    assert caught.value.path.name == "copy.docr"
    project.close()
    assert [p.name for p in tmp_path.iterdir()] == ["x.docr"]
