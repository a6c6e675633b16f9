"""Replacing over the pages of a project of which hardly any line is in memory."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop_ocr.document.model import LineStatus, Review
from desktop_ocr.project import Pictures, Project, PutPicture
from desktop_ocr.ui.history import Step
from desktop_ocr.ui.page_counts import is_loaded
from desktop_ocr.ui.projects.keeper import Saving
from desktop_ocr.ui.search.finder import SLICE_SECONDS
from tests.project.helpers import page, put, texts
from tests.ui.search.conftest import Bar

PAGES, LINES = 30, 4
CTRL = Qt.KeyboardModifier.ControlModifier
OLD = [f"第{i}行 血压 120/80" for i in range(LINES)]
NEW = [text.replace("血压", "心率") for text in OLD]


@pytest.fixture
def path(tmp_path):
    """A project of many pages, one line of which is reviewed."""
    picture = tmp_path / "scan.png"
    Image.new("L", (1000, 1400), 255).save(picture)
    pages = [page(f"p{i}", LINES) for i in range(PAGES)]
    review = Review("李医生", "2026-11-20T17:45:03+08:00")
    line = pages[20].lines[1]
    object.__setattr__(line, "status", LineStatus.REVIEWED)
    object.__setattr__(line, "review", review)
    path = tmp_path / "many.docr"
    project = Project.create(path, pictures=Pictures.REFERENCED)
    project.store([put(one, i) for i, one in enumerate(pages)])
    project.store([PutPicture(one.id, picture) for one in pages])
    project.close()
    return path


@pytest.fixture
def many(program, path, qtbot):
    """The window on it, with the bar for replacing."""
    program.window.open_paths([path])
    qtbot.waitUntil(lambda: len(program.document.document.pages) == PAGES, timeout=20_000)
    qtbot.waitUntil(lambda: not program.window.projects.background.is_busy, timeout=20_000)
    program.window.activateWindow()
    program.window.review.focus_editor()
    bar = Bar(program, qtbot)
    bar.open(Qt.Key.Key_H, CTRL)
    bar.type("血压")
    bar.type("心率", bar.bar.replacement)
    return bar


def replace_all(bar):
    with bar.qtbot.waitSignal(bar.search.replaced, timeout=20_000) as told:
        bar.bar.replace.click()
    return told.args[0]


def far(program):
    """Pages that were not in memory, and are not now."""
    pages = program.document.document.pages[6:]
    assert not any(is_loaded(one) for one in pages)
    return pages


def wait_saved(program, qtbot):
    keeper = program.window.projects.keeper
    qtbot.waitUntil(lambda: keeper.saving is Saving.SAVED, timeout=20_000)


def shown_texts(program):
    return [[line.text for line in list(p.lines)] for p in program.document.document.pages]


def test_thousands_of_lines_are_replaced_without_loading_them(many, program, path, qtbot):
    document = program.document
    counts = document.document_counts()
    assert (counts.lines, counts.reviewed) == (PAGES * LINES, 1)
    # The line that somebody checked is not ticked by itself.
    assert replace_all(many) == PAGES * LINES - 1
    assert document.undo_stack.count() == 1
    assert document.undo_step() is Step.REPLACE
    far(program)
    changed = document.document_counts()
    assert (changed.lines, changed.reviewed, changed.doubtful) == (PAGES * LINES, 1, 0)
    wait_saved(program, qtbot)
    document.undo()
    far(program)
    assert document.document_counts() == counts
    wait_saved(program, qtbot)
    document.redo()
    far(program)
    expected = [list(NEW) for _ in range(PAGES)]
    expected[20][1] = OLD[1]
    assert shown_texts(program) == expected
    wait_saved(program, qtbot)
    program.window.close()
    assert texts(path) == expected
    project = Project.open(path)
    told = [entry.step for entry in project.history("p29")]
    project.close()
    steps = ["replace text", "undo replace text", "redo replace text"]
    assert told == [step for step in steps for _ in range(LINES)]


def test_a_reviewed_line_that_is_replaced_is_reviewed_now(many, program, path, qtbot):
    program.document.reviews.reviewer = "王医生"
    many.bar.tick_all.click()
    assert replace_all(many) == PAGES * LINES
    line = program.document.document.pages[20].lines[1]
    assert (line.text, line.status, line.review.by) == (NEW[1], LineStatus.REVIEWED, "王医生")
    program.document.undo()
    line = program.document.document.pages[20].lines[1]
    assert (line.text, line.review.by) == (OLD[1], "李医生")


def test_what_says_again_what_was_read_is_doubtful_again(many, program, qtbot):
    program.document.set_doubt(0.95)  # each character has 0.9
    before = program.document.document_counts()
    replace_all(many)
    assert program.document.document_counts().doubtful == 0
    many.wait()
    many.type("心率")
    many.type("血压", many.bar.replacement)
    assert replace_all(many) == PAGES * LINES - 1
    far(program)
    assert program.document.document_counts() == before


def test_a_page_that_is_looked_at_shows_what_is_not_stored_yet(many, program, path, qtbot):
    database = program.window.projects.keeper.project.database
    with database.reading():  # nothing is written meanwhile
        replace_all(many)
        pages = program.document.document.pages
        program.document.set_current_page("p29")
        assert program.window.review.editor.text() == NEW[0]
        program.document.set_text("p29-0", "改过")
        program.document.set_current_page("p3")
        program.document.release_lines(0)
        assert is_loaded(pages[29])
    wait_saved(program, qtbot)
    program.document.release_lines(1)
    assert not is_loaded(pages[29])
    assert [line.text for line in pages[29].lines] == ["改过", *NEW[1:]]


def test_esc_cancels_what_was_not_replaced_yet(many, program, monkeypatch, path):
    monkeypatch.setattr("desktop_ocr.ui.search.replacing.SLICE_SECONDS", -SLICE_SECONDS)
    monkeypatch.setattr("desktop_ocr.ui.search.replacing.TOLD_AFTER_S", -1.0)
    many.bar.replace.click()
    assert program.window.status.currentMessage() == "Replacing: 0 %, Esc cancels…"
    assert not many.bar.replace.isEnabled()
    QTest.keyClick(many.bar.text, Qt.Key.Key_Escape)
    assert program.window.status.currentMessage() == ""
    assert program.document.undo_stack.count() == 0
    program.window.close()
    expected = [list(OLD) for _ in range(PAGES)]
    assert texts(path) == expected


def test_what_is_replaced_while_saving_as_stands_in_the_new_file_once(
    many, program, tmp_path, qtbot, monkeypatch
):
    """Nothing is looked up for each line: with thousands that would hold up the window."""
    document, path = program.document, tmp_path / "copy.docr"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(path), a[3].split(";;")[1]))
    looked_up, history = [], Project.history
    monkeypatch.setattr(Project, "history", lambda *args: looked_up.append(args) or history(*args))
    program.window.commands["save_project_as"].trigger()
    assert replace_all(many) == PAGES * LINES - 1
    document.undo()
    qtbot.waitUntil(lambda: program.window.projects.path == path, timeout=20_000)
    document.redo()
    qtbot.waitUntil(lambda: not program.window.projects.background.is_busy, timeout=20_000)
    wait_saved(program, qtbot)
    assert not looked_up
    program.window.close()
    kept = Project.open(path, read_only=True)
    try:
        entries = list(kept.history())
    finally:
        kept.close()
    assert len(entries) == len(set(entries)) == 3 * (PAGES * LINES - 1)
    assert sum(text in NEW for one in texts(path) for text in one) == PAGES * LINES - 1
