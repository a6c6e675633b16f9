from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_ocr.document.doubt import doubt_of
from desktop_ocr.document.edits import DeletePage
from desktop_ocr.document.lazy import LazyLines, texts_of
from desktop_ocr.document.model import Document, LineStatus, Review
from desktop_ocr.errors import OutputExistsError, ProjectLockedError
from desktop_ocr.project import (
    AddHistory,
    Draft,
    HistoryEntry,
    Pictures,
    Project,
    PutPicture,
    RemovePage,
    SetDraft,
    SetOptions,
    SetOrder,
)
from desktop_ocr.project.storing import Storing
from tests import strategies as own
from tests.project.helpers import line, page, put, store, texts, writing

WHEN = Review("王医生", "2026-11-20T17:45:03+08:00")


@settings(max_examples=30)
@given(own.documents())
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "项目 #1 %20.docr"
        store(path, document)
        project = Project.open(path)
        read = project.document()
        facts = project.facts()
        assert [texts_of(one) for one in read.pages] == [texts_of(one) for one in document.pages]
        assert not any(page.lines.is_loaded for page in read.pages)  # type: ignore[attr-defined]
        assert read == document
        for one in document.pages:
            doubts = sorted(d for d in map(doubt_of, one.lines) if d is not None)
            found = facts[one.id]
            assert found.doubts == tuple(doubts)
            assert found.doubtful(0.8) == sum(d < 0.8 for d in doubts)
            assert found.lines == len(one.lines)
            assert found.read == sum(bool(x.characters) for x in one.lines)
            assert found.reviewed == sum(x.status is LineStatus.REVIEWED for x in one.lines)
            assert found.illegible == sum(x.status is LineStatus.ILLEGIBLE for x in one.lines)
            assert (found.state, found.signed) == ("done", one.sign_off)
        project.close()


@settings(max_examples=20)
@given(st.data())
def test_any_edits_come_back_whatever_was_written_together(data: st.DataObject) -> None:
    """Lines changed, put in, taken out and reordered; pages moved, removed and brought back."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.docr"
        project = Project.create(path, pictures=Pictures.REFERENCED)
        pages = [data.draw(own.pages(f"p{i}", min_lines=1)) for i in range(2)]
        removed = []
        with writing(project) as writer:
            for i, one in enumerate(pages):
                writer.put(put(one, i))
            for step in range(data.draw(st.integers(1, 12))):
                if not pages:
                    break
                one = data.draw(st.sampled_from(pages))
                action = data.draw(
                    st.sampled_from(["changes", "adds", "drops", "turns", "page", "back", "swaps"])
                )
                if action == "changes" and one.lines:
                    i = data.draw(st.integers(0, len(one.lines) - 1))
                    one.lines[i] = replace(data.draw(own.lines()), id=one.lines[i].id)
                elif action == "adds":
                    i = data.draw(st.integers(0, len(one.lines)))
                    one.lines.insert(i, data.draw(own.lines(f"new{step}")))
                elif action == "drops" and one.lines:
                    del one.lines[data.draw(st.integers(0, len(one.lines) - 1))]
                elif action == "turns":
                    one.lines.reverse()
                elif action == "page":
                    pages.remove(one)
                    removed.append(one)
                    writer.put(RemovePage(one.id))
                    continue
                elif action == "back" and removed:
                    one = removed.pop()
                    pages.append(one)
                elif action == "swaps":
                    pages.reverse()
                    writer.put(SetOrder(tuple(p.id for p in pages)))
                    continue
                writer.put(put(one, pages.index(one)))
                if data.draw(st.booleans()):
                    assert writer.flush(20)
            writer.put(SetOrder(tuple(p.id for p in pages)))
        assert project.document().pages == pages
        project.close()
        again = Project.open(path)
        assert again.document().pages == pages
        again.close()


entries = st.builds(
    HistoryEntry, own.texts, own.texts, own.texts, st.sampled_from(["", "p", "q"]),
    st.sampled_from(["", "a", "b"]), own.texts, own.texts,
)  # fmt: skip


@settings(max_examples=12)
@given(st.lists(entries, max_size=20))
def test_the_history_comes_back_in_its_order(history: list[HistoryEntry]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project.create(Path(folder) / "x.docr", pictures=Pictures.REFERENCED)
        with writing(project) as writer:
            for i, entry in enumerate(history):
                one = page("p") if i % 2 else page("q")
                writer.put(put(one, entries=(entry,)) if i % 3 else AddHistory((entry,)))
        assert list(project.history()) == history
        for page_id in ("p", "q"):
            of_page = [e for e in history if e.page_id == page_id]
            assert list(project.history(page_id)) == of_page
            assert list(project.history(page_id, "a")) == [e for e in of_page if e.line_id == "a"]
        project.close()


def test_a_long_history_is_read_in_parts(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "x.docr", pictures=Pictures.REFERENCED)
    history = tuple(
        HistoryEntry("", "", "edit text", "p", "a", str(i), str(i + 1)) for i in range(1203)
    )
    with writing(project) as writer:
        writer.put(AddHistory(history))
    assert tuple(project.history("p", "a")) == history
    assert project.last_entries(3) == [*history[:-4:-1]]
    assert not project.last_entries(0)
    project.close()


def test_a_removed_page_can_come_back_without_its_lines_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "x.docr"
    store(path, Document([page("a"), page("b")]))
    project = Project.open(path)
    document = project.document()
    with writing(project) as writer:
        undo = DeletePage("a").apply(document)
        writer.put(RemovePage("a"))
        assert writer.flush(20)
        assert [p.id for p in project.document().pages] == ["b"]
        undo.apply(document)
        assert document.pages[0].lines == page("a").lines  # loaded while it was removed
        writer.put(put(document.pages[0]))
    project.close()
    assert len(texts(path)) == 2


def test_a_removed_page_is_gone_when_the_project_is_opened_again(tmp_path: Path) -> None:
    path, picture = tmp_path / "x.docr", tmp_path / "秘密.png"
    picture.write_bytes(b"a secret" * 1000)
    project = Project.create(path, pictures=Pictures.EMBEDDED)
    with writing(project) as writer:
        writer.put(put(page("a")))
        writer.put(PutPicture("a", picture, thumbnail=b"a secret"))
        writer.put(RemovePage("a"))
    project.close()
    assert b"a secret" in path.read_bytes()
    Project.open(path).close()
    assert b"a secret" not in path.read_bytes()  # nothing of a patient stays in free pages


# --- lines that come and go -------------------------------------------------------------------


def test_lines_leave_the_memory_only_where_they_are_stored(tmp_path: Path) -> None:
    path = tmp_path / "x.docr"
    store(path, Document([page("a")]))
    project = Project.open(path)
    lines = project.document().pages[0].lines
    assert isinstance(lines, LazyLines)
    first = lines[0]
    assert lines.release()
    assert not lines.is_loaded
    assert lines.loaded() is None
    assert lines[0] == first  # loaded again
    lines[0] = replace(first, text="changed")
    assert not lines.release()
    with writing(project) as writer:
        writer.put(put(project.document().pages[0]))
        assert writer.flush(20)
        assert lines.release()
        # Undone, as it was once stored; but what was put last is another, and may come first.
        stored = lines[0]
        writer.put(put(replace(page("a"), lines=[replace(stored, text="x"), *lines[1:]])))
        assert not lines.release()
        writer.put(put(project.document().pages[0]))
        assert writer.flush(20)
        assert lines.release()
        assert lines[0].text == "changed"
    project.close()


def test_new_pages_can_leave_the_memory_too(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "x.docr", pictures=Pictures.REFERENCED)
    one = page("a")
    one.lines = lines = project.lazy_lines("a", list(one.lines))
    assert not lines.release()
    with writing(project) as writer:
        writer.put(put(one))
        assert writer.flush(20)
        assert lines.release()
    assert [x.text for x in lines] == [x.text for x in page("a").lines]
    project.close()


# --- settings, drafts, order ------------------------------------------------------------------


def test_a_crash_leaves_a_note_of_what_was_being_typed(tmp_path: Path) -> None:
    path, copy = tmp_path / "x.docr", tmp_path / "crashed.docr"
    project = Project.create(path, pictures=Pictures.REFERENCED)
    assert project.was_closed
    with writing(project) as writer:
        writer.put(put(page("a")))
        writer.put(SetDraft("a", "a-1"))
        writer.put(SetOptions({"language": True, "model": "甲", "doubt": 0.8}))
    # What a power cut leaves: the file and its log.
    for suffix in ("", "-wal"):
        Path(f"{copy}{suffix}").write_bytes(Path(f"{path}{suffix}").read_bytes())
    project.close()
    crashed = Project.open(copy)
    assert not crashed.was_closed
    assert crashed.draft == Draft("a", "a-1")
    assert crashed.options == {"language": True, "model": "甲", "doubt": 0.8}
    crashed.close()
    crashed.close()
    again = Project.open(copy)
    assert again.was_closed
    assert again.draft is None
    again.close()
    assert not Path(f"{copy}-wal").exists()


def test_a_project_is_never_replaced_unasked_nor_while_it_is_open(tmp_path: Path) -> None:
    path, other = tmp_path / "x.docr", tmp_path / "y.docr"
    store(path, Document([page("a")]))
    with pytest.raises(OutputExistsError):
        Project.create(path, pictures=Pictures.EMBEDDED)
    project = Project.open(path)
    store(other, Document([page("b")]))
    second = Project.open(other)
    with pytest.raises(ProjectLockedError):
        second.save_as(path, overwrite=True)
    with pytest.raises(ProjectLockedError):
        Project.create(path, pictures=Pictures.EMBEDDED, overwrite=True)
    with pytest.raises(ProjectLockedError):
        Project.open(path)
    second.close()
    project.close()
    assert texts(path) == [[x.text for x in page("a").lines]]
    Project.create(path, pictures=Pictures.EMBEDDED, overwrite=True).close()
    assert texts(path) == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.docr", "y.docr"]


def test_saved_under_another_name_the_pages_go_on_there(tmp_path: Path) -> None:
    path, target = tmp_path / "x.docr", tmp_path / "other" / "y.docr"
    target.parent.mkdir()
    store(path, Document([page("a"), page("b"), page("c")], "题目"))
    old = Project.open(path)
    document = old.document()
    removed = document.pages[2].lines
    assert len(document.pages[0].lines) == 3  # one in memory, the others not
    with writing(old) as writer:
        DeletePage("c").apply(document)
        writer.put(RemovePage("c"))
        assert writer.flush(20)
        # The log of a project that crashed at this place must not be played into the new one.
        Path(f"{target}-wal").write_bytes(Path(f"{path}-wal").read_bytes())
        new = old.save_as(target)
    new.take_over(old)
    old.close()
    document.pages[1].lines[1] = line("b-1", "在新文件里")
    with writing(new) as writer:
        writer.put(put(document.pages[1], 1))
        assert not document.pages[0].lines.release()  # type: ignore[attr-defined]
        writer.put(put(document.pages[0], 0))
        assert writer.flush(20)
        assert document.pages[0].lines.release()  # type: ignore[attr-defined]
    assert len(removed) == 3  # what undo would bring back
    assert new.document() == document
    new.close()
    assert texts(path)[1][1] == page("b").lines[1].text
    assert texts(target)[1][1] == "在新文件里"
    assert len(texts(target)) == 2


def test_a_line_that_goes_and_comes_back_in_one_transaction_is_there(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "x.docr", pictures=Pictures.REFERENCED)
    storing = Storing(project.database, project.pictures, project.handed_out)
    one = page("a")
    without = replace(one, lines=one.lines[:1])
    storing.store([put(one)])
    storing.store([put(without), SetOrder(("a",)), put(one)])
    assert project.document().pages == [one]
    project.close()


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_behind_a_link_lies_the_same_project(tmp_path: Path) -> None:
    path, link = tmp_path / "true" / "x.docr", tmp_path / "link.docr"
    path.parent.mkdir()
    store(path, Document([page("a")]))
    link.symlink_to(path)
    project = Project.open(link)
    assert project.database.wal_bytes()
    for name in (path, link):
        with pytest.raises(ProjectLockedError):
            Project.create(name, pictures=Pictures.EMBEDDED, overwrite=True)
    project.close()
    Project.create(link, pictures=Pictures.EMBEDDED, overwrite=True).close()
    assert link.is_symlink()
    assert texts(path) == []


def test_what_a_killed_copy_left_is_cleared_away_a_day_later(tmp_path: Path) -> None:
    left, running, other = (tmp_path / name for name in (
        ".0123456789ab.docr.tmp", ".ba9876543210.docr.tmp", "mine.docr.tmp",
    ))  # fmt: skip
    for path in (left, running, other):
        path.write_bytes(b"part")
    for path in (left, other):
        os.utime(path, (0, 0))
    Project.create(tmp_path / "x.docr", pictures=Pictures.REFERENCED).close()
    assert sorted(p.name for p in tmp_path.iterdir()) == [running.name, other.name, "x.docr"]
