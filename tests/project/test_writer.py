from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_ocr.document.model import Document
from desktop_ocr.errors import ProjectError
from desktop_ocr.project import Change, Pictures, Project, PutPicture, SetTitle, Writer
from desktop_ocr.project import writer as writing_thread
from desktop_ocr.project.storing import Storing
from tests.project.helpers import line, page, put, store, texts, writing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "x.docr"
    store(path, Document([page("a", 40), page("b", 40)]))
    return path


def test_tickets_are_told_in_their_order_once_they_are_on_the_disk(path: Path) -> None:
    project = Project.open(path)
    document = project.document()
    told: list[int] = []
    seen: list[bool] = []

    def saved(ticket: int) -> None:
        told.append(ticket)
        stored = project.load_lines("a")
        seen.append(all(stored[i].text == f"改{i}" for i in range(ticket)))

    writer = Writer(project, on_saved=saved)
    lines = document.pages[0].lines
    for i in range(40):
        lines[i] = replace(lines[i], text=f"改{i}")
        assert writer.put(put(document.pages[0])) == i + 1
    assert writer.flush(20)
    assert writer.close()
    assert writer.close()
    assert told == sorted(set(told))
    assert told[-1] == writer.saved == 40
    assert all(seen)
    assert not writer.pending
    project.close()


def test_nothing_that_was_put_before_closing_is_lost(path: Path) -> None:
    project = Project.open(path)
    writer = Writer(project)
    one = page("a")
    for i in range(300):  # more than one transaction takes
        one.lines = [line("a-0", f"第{i}次")]
        writer.put(put(one))
    assert writer.close()
    project.close()
    assert texts(path)[0] == ["第299次"]


def test_only_what_differs_is_written(path: Path) -> None:
    project = Project.open(path)
    document = project.document()
    lines = document.pages[0].lines
    with writing(project) as writer:
        writer.put(put(document.pages[0]))
        assert writer.flush(20)
        before = project.database.wal_bytes()
        lines[7] = replace(lines[7], text="一个字")
        writer.put(put(document.pages[0]))
        assert writer.flush(20)
        # A handful of the database's pages of 4 KiB, not the forty lines.
        assert project.database.wal_bytes() - before < 10 * 4096
    project.close()


def test_pages_are_looked_at_while_the_writer_works(path: Path) -> None:
    """Lines loaded, facts and history read and copies saved by other threads at the same time."""
    project = Project.open(path)
    document = project.document()
    stop = threading.Event()
    errors: list[BaseException] = []
    looks: list[int] = []

    def look() -> None:
        try:
            while not stop.is_set():
                assert len(project.load_lines("b")) == 40
                assert project.facts()["a"].lines == 40
                list(project.history())
                with closing(project.save_as(path.with_name("c.docr"), overwrite=True)) as copy:
                    assert len(copy.document().pages) == 2
                looks.append(1)
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=look)
    with writing(project) as writer:
        thread.start()
        lines = document.pages[0].lines
        while len(looks) < 3 and not errors:
            for i in range(40):
                lines[i] = replace(lines[i], text=f"{len(looks)}-{i}")
                writer.put(put(document.pages[0]))
            assert writer.flush(20)
        stop.set()
        thread.join()
    assert not errors
    assert [x.text for x in project.load_lines("a")] == [x.text for x in lines]
    project.close()


def test_the_log_is_brought_into_the_file_when_nobody_types(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing_thread, "_IDLE_S", 0.01)
    monkeypatch.setattr(writing_thread, "_LONG_LOG", 100_000)
    project = Project.open(path)
    done = threading.Event()
    tidy = project.database.checkpoint
    monkeypatch.setattr(project.database, "checkpoint", lambda: (tidy(), done.set()))
    with writing(project) as writer:
        writer.put(SetTitle("题目"))
        assert done.wait(20)
        assert "题目".encode() in path.read_bytes()
        for i in range(20):  # a long batch does not let it grow without bound
            writer.put(PutPicture("a", data=bytes([i]) * 200_000))
        assert writer.flush(20)
        assert project.database.wal_bytes() < 2_000_000
    project.close()


def test_a_change_that_cannot_be_written_stays_and_is_told_of(path: Path) -> None:
    project = Project.open(path)
    failures: list[Exception] = []
    writer = Writer(project, on_failed=failures.append)
    one = page("a")
    writer.put(replace(put(one), fields=replace(put(one).fields, width=2**70)))
    assert not writer.flush(20)
    assert writer.pending
    assert not writer.close()
    assert {type(e) for e in failures} == {ProjectError}
    project.close()
    assert len(texts(path)[0]) == 40


def test_a_project_that_is_closed_says_so(path: Path) -> None:
    project = Project.open(path)
    document = project.document()
    project.close()
    with pytest.raises(ProjectError, match="closed"):
        len(document.pages[0].lines)
    writer = Writer(Project.open(path), on_failed=lambda _: None)
    writer._project.close()  # the wrong way round: nothing hangs
    writer.put(SetTitle("x"))
    assert not writer.flush(20)
    assert not writer.close()


def test_an_edit_does_not_wait_for_all_the_pictures_that_were_put_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project.create(tmp_path / "x.docr", pictures=Pictures.EMBEDDED)
    stored: list[str] = []
    wait = threading.Event()
    store_all = Storing.store

    def follow(self: Storing, changes: list[Change]) -> None:
        assert wait.wait(20)  # until all of them are queued
        store_all(self, changes)
        stored.extend(getattr(c, "page_id", "") + type(c).__name__ for c in changes)

    monkeypatch.setattr(Storing, "store", follow)
    saved: list[int] = []
    writer = Writer(project, on_saved=saved.append)
    files = [tmp_path / f"{i}.png" for i in range(6)]
    for i, file in enumerate(files):
        file.write_bytes(bytes([i]) * 1000)
        writer.put(put(page(f"p{i}"), i))
        writer.put(PutPicture(f"p{i}", file))
    edit = writer.put(SetTitle("题目"))
    wait.set()
    assert writer.flush(20)
    assert stored.index("SetTitle") <= 8  # behind the pages and one picture, not behind six
    assert [project.picture(f"p{i}").data for i in range(6)] == [
        bytes([i]) * 1000 for i in range(6)
    ]
    assert saved == sorted(set(saved))
    assert saved[-1] == writer.saved == edit
    writer.close()
    project.close()


def test_the_pages_of_one_file_are_written_together(tmp_path: Path) -> None:
    file = tmp_path / "200.pdf"
    file.write_bytes(b"%PDF" * 1000)
    project = Project.create(tmp_path / "x.docr", pictures=Pictures.EMBEDDED)
    saved: list[int] = []
    writer = Writer(project, on_saved=saved.append)
    with project.database.reading():  # nothing can be written yet
        for i in range(100):
            writer.put(put(page(f"p{i}", 1), i))
            writer.put(PutPicture(f"p{i}", file, page=i + 1))
    assert writer.close()
    assert len(saved) < 20
    assert project.picture("p99").page == 100
    project.close()
