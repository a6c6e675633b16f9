"""Texts that are stored without their lines, and steps that are stored whole or not at all."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_ocr.document.doubt import doubt_of
from desktop_ocr.document.lazy import LineText, texts_of
from desktop_ocr.document.model import Document, LineStatus, Review
from desktop_ocr.errors import ProjectDamagedError
from desktop_ocr.project import HistoryEntry, Project, PutTexts, Together
from tests.project.helpers import page, put, store, texts, writing

REVIEW = Review("王医生", "2026-11-20T17:45:03+08:00")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "x.docr"
    store(path, Document([page("a"), page("b")]))
    return path


def _renamed(project: Project, page_id: str, text: str) -> PutTexts:
    """A change of the first two lines of a page, the second of which is reviewed then."""
    first, second = project.load_texts(page_id)[:2]
    entry = HistoryEntry(REVIEW.at, REVIEW.by, "replace text", page_id, first.id, first.text, text)
    new = (
        first._replace(text=text, doubt=None),
        second._replace(text=text, status=LineStatus.REVIEWED, review=REVIEW, doubt=None),
    )
    return PutTexts(page_id, new, (entry,))


def test_the_texts_of_a_project_are_those_of_its_lines(path: Path) -> None:
    project = Project.open(path)
    lines = project.load_lines("a")
    assert project.load_texts("a") == tuple(map(LineText.of, lines))
    assert [text.doubt for text in project.load_texts("a")] == [doubt_of(line) for line in lines]
    project.close()


def test_texts_are_stored_and_nothing_else_of_a_line_changes(path: Path) -> None:
    project = Project.open(path)
    before = project.load_lines("a")
    document = project.document()
    change = _renamed(project, "a", "换过")
    assert document.pages[0].lines.set_texts(change.texts)  # type: ignore[attr-defined]
    with writing(project) as writer:
        writer.put(change)
    assert not document.pages[0].lines.is_loaded  # type: ignore[attr-defined]
    assert [entry.after for entry in project.history("a")] == ["换过"]
    project.close()
    project = Project.open(path)  # which checks every row against its digest
    assert list(project.document().pages[0].lines) == [
        replace(before[0], text="换过"),
        replace(before[1], text="换过", status=LineStatus.REVIEWED, review=REVIEW),
        before[2],
    ]
    facts = project.facts()["a"]
    assert (facts.reviewed, len(facts.doubts)) == (1, 1)
    project.close()


def test_lines_that_wait_to_be_stored_themselves_get_the_texts(path: Path) -> None:
    """A page and its texts in one transaction, and lines that are put again afterwards."""
    project = Project.open(path)
    document = project.document()
    one = document.pages[0]
    list(one.lines)
    old = one.lines[2]
    one.lines[2] = replace(old, text="第三行")
    change = _renamed(project, "a", "换过")
    with writing(project) as writer:
        writer.put(Together((put(one), change)))
    assert [line.text for line in project.load_lines("a")] == ["换过", "换过", "第三行"]
    # The very objects that were stored before the texts are no proof of what is stored now.
    with writing(project) as writer:
        writer.put(put(one))
        assert writer.flush(20)
        writer.put(change)
        assert writer.flush(20)
        writer.put(put(one))
    assert [line.text for line in project.load_lines("a")] == [line.text for line in one.lines]
    project.close()


def test_a_step_over_pages_is_stored_whole_or_not_at_all(path: Path) -> None:
    project = Project.open(path)
    step = Together((_renamed(project, "a", "换过"), _renamed(project, "b", "换过")))
    with project.database.changing() as connection:
        connection.execute("UPDATE lines SET raw_text = 'x' WHERE page = 'b' AND position = 1")
    before = [texts_of(one) for one in project.document().pages]
    with pytest.raises(ProjectDamagedError):
        project.store([step])
    assert [texts_of(one) for one in project.document().pages] == before
    assert not list(project.history())
    project.close()


def test_a_step_of_more_pages_than_a_transaction_has_changes_is_one(tmp_path: Path) -> None:
    path = tmp_path / "x.docr"
    store(path, Document([page(f"p{i}", 2) for i in range(300)]))
    project = Project.open(path)
    told: list[int] = []
    with writing(project) as writer:
        writer._on_saved = told.append
        writer.put(Together(tuple(_renamed(project, f"p{i}", "换过") for i in range(300))))
    assert told == [1]
    project.close()
    assert texts(path) == [["换过", "换过"]] * 300


def test_nobody_who_looks_at_a_page_waits_for_a_transaction(path: Path) -> None:
    project = Project.open(path)
    found: list[tuple[LineText, ...]] = []
    with project.database.changing() as connection:
        with project.database.reading():
            connection.execute("UPDATE pages SET message = 'x' WHERE id = 'a'")
        reader = threading.Thread(target=lambda: found.append(project.load_texts("b")))
        reader.start()
        reader.join(20)
        assert len(found) == 1
    project.close()
