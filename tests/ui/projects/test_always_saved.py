"""From the first page on everything lies on the disk, and closing asks nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop_ocr.document.model import LineStatus
from desktop_ocr.project import Pictures, Project
from desktop_ocr.ui.review.editor import LineEditor
from tests.fakes.engines import TEXTS
from tests.project import helpers
from tests.ui.projects.conftest import open_project


def editor_of(program):
    return program.window.review.findChild(LineEditor)


def type_and_accept(program, qtbot, text):
    program.window.review.focus_editor()
    editor = editor_of(program)
    qtbot.keyClick(editor, Qt.Key.Key_End)
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(editor, commit)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_an_accepted_line_is_on_the_disk_with_who_and_when(
    opened, qtbot, saved, sessions, stored, monkeypatch
):
    opened.document.reviews.reviewer = "王医生"
    saved(opened)
    (session,) = sessions()
    type_and_accept(opened, qtbot, "改")
    saved(opened)
    # As the disk has it while the window is still open: a crash now would lose nothing.
    project = opened.window.projects.keeper.project
    lines = project.load_lines(opened.document.current_page.id)
    assert [line.text for line in lines] == [TEXTS[0] + "改", *TEXTS[1:]]
    assert lines[0].status is LineStatus.REVIEWED
    entries = [e for e in project.history() if e.line_id == lines[0].id]
    assert {(e.by, e.step) for e in entries} == {("王医生", "mark as reviewed")}
    assert (TEXTS[0], TEXTS[0] + "改") in {(e.before, e.after) for e in entries}
    opened.window.commands["undo"].trigger()
    saved(opened)
    assert project.load_lines(opened.document.current_page.id)[0].text == TEXTS[0]
    assert "undo mark as reviewed" in {e.step for e in project.history()}
    opened.window.close()
    document, _history, options = stored(session)
    assert document.pages[0].lines[0].text == TEXTS[0]
    assert options["session"] == {"done": True, "exported": False}


def test_a_session_without_work_is_gone_after_closing(opened, saved, sessions):
    saved(opened)
    assert len(sessions()) == 1
    assert opened.window.close()
    assert sessions() == []


def test_exported_work_needs_no_session(opened, qtbot, saved, sessions):
    type_and_accept(opened, qtbot, "改")
    saved(opened)
    opened.document.mark_exported()
    opened.window.close()
    assert sessions() == []


def test_text_being_typed_is_saved_on_closing(opened, qtbot, saved, sessions, stored):
    saved(opened)
    opened.window.review.focus_editor()
    qtbot.keyClick(editor_of(opened), Qt.Key.Key_End)
    qtbot.keyClicks(editor_of(opened), "x")
    saved(opened)
    project = opened.window.projects.keeper.project
    draft = project.database
    with draft.reading() as connection:
        assert connection.execute("SELECT value FROM meta WHERE key = 'draft'").fetchone()[0]
    assert opened.window.close()
    (session,) = sessions()
    assert stored(session)[0].pages[0].lines[0].text == TEXTS[0] + "x"


def test_a_pasted_picture_is_inside_the_session(
    make_program, program, idle, qtbot, saved, sessions
):
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.setPixelColor(7, 9, QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(program.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    idle(program, 1)
    saved(program)
    page = program.document.current_page
    qtbot.waitUntil(lambda: program.document.page_source(page.id).stored is not None)
    program.window.close()
    (session,) = sessions()  # it is nowhere else
    second = make_program()
    second.window.open_paths([session])
    idle(second, 1)
    qtbot.waitUntil(lambda: second.document.page_image(page.id) is not None)
    assert tuple(second.document.page_image(page.id).pixels[9, 7]) == (0, 0, 255)


def test_pages_that_come_and_go_are_kept_in_order(program, picture, idle, saved, sessions, stored):
    program.window.open_paths([picture(f"{i}.png") for i in range(3)])
    idle(program, 3)
    document = program.document
    document.set_current_page(document.document.pages[1].id)
    program.window.commands["delete_page"].trigger()
    saved(program)
    project = program.window.projects.keeper.project
    assert [p.file for p in project.document().pages] == ["0.png", "2.png"]
    program.window.commands["undo"].trigger()
    saved(program)
    program.window.close()
    (session,) = sessions()
    pages = stored(session)[0].pages
    assert [p.file for p in pages] == ["0.png", "1.png", "2.png"]
    assert [line.text for line in pages[1].lines] == list(TEXTS)


def test_what_is_done_behind_deleted_pages_leaves_their_order_alone(program, picture, idle, saved):
    """A page that is stored again says where it is by now; those before it must say so, too."""
    program.window.open_paths([picture(f"{i}.png") for i in range(5)])
    idle(program, 5)
    document = program.document
    for _ in range(2):
        document.set_current_page(document.document.pages[0].id)
        program.window.commands["delete_page"].trigger()
    document.set_current_page(document.document.pages[2].id)
    document.set_text(document.current_line.id, "hinten")
    saved(program)
    project = program.window.projects.keeper.project
    assert [p.file for p in project.document().pages] == ["2.png", "3.png", "4.png"]


def test_a_project_of_which_pages_are_missing_keeps_its_order(program, saved, tmp_path, qtbot):
    """As one has of which some pages could not be rescued."""
    path = tmp_path / "gaps.docr"
    project = Project.create(path, pictures=Pictures.REFERENCED)
    project.store([helpers.put(helpers.page(f"p{at}"), at) for at in (0, 5, 9)])
    project.close()
    open_project(program, path, qtbot, pages=3)
    document = program.document
    document.set_current_page("p9")
    document.set_text(document.current_line.id, "hinten")
    saved(program)
    stored_pages = program.window.projects.keeper.project.document().pages
    assert [p.id for p in stored_pages] == ["p0", "p5", "p9"]


def test_two_windows_have_two_sessions(make_program, picture, idle, saved, sessions):
    first, second = make_program(), make_program()
    for program in (first, second):
        program.window.open_paths([picture()])
        idle(program, 1)
        saved(program)
    assert len(sessions()) == 2
    for program in (first, second):
        line = program.document.current_page.lines[0]
        program.document.set_text(line.id, "mine")
        program.window.close()
    assert len(sessions()) == 2


def test_work_done_before_the_session_is_there_is_in_it(opened, saved, sessions, stored):
    """Closing at once, before the file was made in the background."""
    opened.document.set_text(opened.document.current_line.id, "schnell")
    assert opened.window.close()
    (session,) = sessions()
    document, history, _options = stored(session)
    assert document.pages[0].lines[0].text == "schnell"
    assert [(e.before, e.after) for e in history] == [(TEXTS[0], "schnell")]


@pytest.mark.parametrize("count", [30])
def test_lines_of_far_pages_leave_the_memory(program, picture, idle, saved, count, qtbot):
    path = picture("a.png")
    pages = [path.with_name(f"{i}.png") for i in range(count)]
    for page in pages:
        page.write_bytes(path.read_bytes())
    program.window.open_paths(pages)
    idle(program, count)
    saved(program)
    document = program.document
    first = document.document.pages[0]
    document.set_text(first.lines[0].id, "eins", page_id=first.id)
    document.set_current_page(document.document.pages[-1].id)
    saved(program)

    def is_bounded() -> None:
        loaded = [page for page in document.document.pages if page.lines.is_loaded]
        assert len(loaded) <= 25
        assert first not in loaded

    qtbot.waitUntil(is_bounded)
    assert document.counts(first.id).lines == 3
    assert not first.lines.is_loaded
    document.undo()
    assert document.current_page is first
    assert first.lines[0].text == TEXTS[0]
    document.redo()
    assert first.lines[0].text == "eins"
    assert isinstance(program.window.projects.keeper.project, Project)
