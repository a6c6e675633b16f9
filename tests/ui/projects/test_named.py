"""Projects with a name: new, save, save as, open, recent, and the title of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from desktop_ocr.document.model import LineStatus
from desktop_ocr.project import Pictures, Project
from desktop_ocr.ui.document_controller import PageState
from desktop_ocr.ui.message_bar import MessageKind
from desktop_ocr.ui.settings import Settings
from tests.fakes.engines import TEXTS, EndlessEngine
from tests.ui.projects.conftest import open_project, press

CTRL = Qt.KeyboardModifier.ControlModifier


def test_save_asks_for_a_name_once_and_then_says_that_all_is_saved(
    opened, tmp_path, saved, sessions, save_as, qtbot, monkeypatch
):
    window, path = opened.window, tmp_path / "病历 1.docr"
    saved(opened)
    asked = []

    def choose(*arguments):
        asked.append(arguments)
        return str(tmp_path / "病历 1"), arguments[3].split(";;")[0]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    saved(opened)
    qtbot.waitUntil(lambda: sessions() == [])
    assert path.is_file()
    assert window.windowTitle() == "病历 1[*] – Desktop OCR"
    assert "Saved as" in window.messages.messages[0].text
    opened.document.set_text(opened.document.current_line.id, "später")
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    assert len(asked) == 1
    assert window.status.currentMessage() == "Saved. Every change is saved by itself."
    saved(opened)
    window.status.refresh()
    assert "saved" in window.status.sentence()
    project = window.projects.keeper.project
    assert project.load_lines(opened.document.current_page.id)[0].text == "später"
    window.close()
    assert path.is_file()  # the work has a name: it stays


def test_two_names_in_a_row(opened, tmp_path, saved, monkeypatch, stored, qtbot):
    saved(opened)
    document = opened.document
    for name in ("a", "b"):
        path = str(tmp_path / f"{name}.docr")
        choose = lambda *a, path=path: (path, a[3].split(";;")[0])  # noqa: E731
        monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
        opened.window.commands["save_project_as"].trigger()
        document.set_text(document.current_line.id, name)
    qtbot.waitUntil(lambda: opened.window.projects.path == tmp_path / "b.docr", timeout=20_000)
    saved(opened)
    opened.window.close()
    for name in ("a", "b"):
        assert stored(tmp_path / f"{name}.docr")[0].pages[0].lines[0].text == "b"


def test_saving_never_breaks_into_a_composition(opened, tmp_path, save_as, qtbot):
    save_as(opened, tmp_path / "a.docr")
    opened.window.review.focus_editor()
    editor = opened.window.review.editor
    qtbot.keyClick(editor, Qt.Key.Key_End)
    qtbot.keyClicks(editor, "x")
    QApplication.sendEvent(editor, QInputMethodEvent("zhong", []))
    qtbot.keyClick(opened.window, Qt.Key.Key_S, CTRL)
    assert editor.composing
    commit = QInputMethodEvent()
    commit.setCommitString("中")
    QApplication.sendEvent(editor, commit)
    qtbot.keyClick(opened.window, Qt.Key.Key_S, CTRL)
    assert opened.document.current_line.text == TEXTS[0] + "x中"


def test_a_file_that_nobody_agreed_to_replace_stays(opened, tmp_path, saved, qtbot, monkeypatch):
    """The dialog asks about the name as it was typed, which was without the suffix."""
    saved(opened)
    other = tmp_path / "da.docr"
    other.write_bytes(b"mine")
    name = str(tmp_path / "da")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (name, a[3].split(";;")[0]))
    opened.window.commands["save_project_as"].trigger()
    qtbot.waitUntil(lambda: bool(opened.window.messages.messages))
    assert "exists already" in opened.window.messages.messages[0].text
    assert opened.window.messages.messages[0].action == "Choose another name…"
    assert other.read_bytes() == b"mine"
    assert not opened.window.projects.is_named


def test_what_is_done_while_saving_as_is_in_the_new_file_once(
    opened, tmp_path, saved, save_as, stored, monkeypatch
):
    saved(opened)
    document, path = opened.document, tmp_path / "neu.docr"
    document.set_text(document.current_line.id, "vorher")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(path), a[3].split(";;")[1]))
    opened.window.commands["save_project_as"].trigger()
    document.set_text(document.current_page.lines[1].id, "währenddessen")
    saved(opened)
    document.set_text(document.current_page.lines[2].id, "nachher")
    saved(opened)
    assert opened.window.projects.path == path
    opened.window.close()
    found, history, _options = stored(path)
    assert [line.text for line in found.pages[0].lines] == ["vorher", "währenddessen", "nachher"]
    assert [e.after for e in history] == ["vorher", "währenddessen", "nachher"]


def test_a_page_that_comes_back_after_saving_as_has_its_picture(
    opened, picture, idle, tmp_path, saved, save_as, qtbot
):
    """Undo brings it back from a time when another file was open."""
    opened.window.open_paths([picture("b.png")])
    idle(opened, 2)
    document = opened.document
    save_as(opened, tmp_path / "a.docr")
    page_id = document.document.pages[1].id
    document.delete_page(page_id)
    save_as(opened, tmp_path / "b.docr")
    saved(opened)
    document.undo()
    document.set_current_page(document.document.pages[0].id)
    document._store._loaded.clear()  # as in a long document
    with qtbot.waitSignal(document.page_image_ready, check_params_cb=lambda i: i == page_id):
        document.set_current_page(page_id)
    assert opened.window.messages.messages[0].kind is MessageKind.SUCCESS  # nothing failed


def test_new_waits_for_saving_as(opened, tmp_path, saved, qtbot, rest, stored, monkeypatch):
    """Else what was typed while it was copied would be missing in the file that was asked for."""
    saved(opened)
    document, path = opened.document, tmp_path / "neu.docr"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(path), a[3].split(";;")[1]))
    opened.window.commands["save_project_as"].trigger()
    document.set_text(document.current_line.id, "währenddessen")
    opened.window.commands["new_project"].trigger()
    qtbot.waitUntil(lambda: not document.document.pages)
    rest(opened)
    found, _history, _options = stored(path)
    assert found.pages[0].lines[0].text == "währenddessen"
    assert "Saved as" in opened.window.messages.messages[0].text
    assert not opened.window.status.currentMessage()


def test_a_project_comes_back_as_it_was(
    make_program, opened, picture, idle, tmp_path, saved, save_as, qtbot
):
    path = tmp_path / "a.docr"
    opened.window.open_paths([picture("b.png")])
    idle(opened, 2)
    document = opened.document
    second = document.document.pages[1]
    document.set_current_page(second.id)
    document.set_status([second.lines[0].id], LineStatus.REVIEWED)
    document.select_line(second.lines[2].id)
    opened.window.page_view.actual_size()
    save_as(opened, path)
    opened.window.close()

    program = make_program()
    program.window.page_view.fit_page()
    open_project(program, path, qtbot, pages=2)
    document = program.document
    assert document.page_index() == 1
    assert document.current_line.text == TEXTS[2]
    assert program.window.page_view.zoom == pytest.approx(1.0)
    assert document.counts(second.id).reviewed == 1
    first = document.document.pages[0]
    assert not first.lines.is_loaded  # nobody looked at it yet
    assert document.counts(first.id).lines == 3
    assert document.thumbnail(first.id).width() == 300
    qtbot.waitUntil(lambda: document.page_image(first.id) is not None)
    assert document.page_image(first.id).width == 300
    assert document.page_state(first.id) is PageState.DONE
    assert not program.engine._worker._engine.reads  # nothing was read again
    program.window.commands["read_page"].trigger()
    idle(program, 2)
    assert document.current_page.lines[0].status is LineStatus.REVIEWED


def test_reading_goes_on_where_it_stopped(
    make_program, picture, idle, tmp_path, saved, save_as, qtbot
):
    program = make_program(EndlessEngine())
    program.window.open_paths([picture("a.png"), picture("b.png")])
    qtbot.waitUntil(lambda: len(program.document.document.pages) == 1)
    page = program.document.current_page
    qtbot.waitUntil(lambda: len(page.lines) == 3)  # found, not read
    path = tmp_path / "half.docr"
    save_as(program, path)
    program.window.close()
    second = make_program()
    open_project(second, path, qtbot)
    assert [line.text for line in second.document.current_page.lines] == list(TEXTS)
    assert not second.document.undo_stack.count()


def test_what_a_person_wrote_on_a_page_that_was_not_read_stays(
    make_program, picture, tmp_path, save_as, qtbot
):
    program = make_program(EndlessEngine())
    program.window.open_paths([picture("a.png")])
    qtbot.waitUntil(lambda: len(program.document.document.pages) == 1)
    page = program.document.current_page
    qtbot.waitUntil(lambda: len(page.lines) == 3)
    program.document.set_text(page.lines[1].id, "von Hand")
    path = tmp_path / "half.docr"
    save_as(program, path)
    program.window.close()
    second = make_program()
    open_project(second, path, qtbot)
    lines = second.document.current_page.lines
    assert [line.text for line in lines] == [TEXTS[0], "von Hand", TEXTS[2]]
    assert second.document.page_state(page.id) is PageState.DONE


def test_pictures_inside_survive_without_the_file(
    make_program, opened, picture, tmp_path, save_as, qtbot
):
    path = tmp_path / "inside.docr"
    save_as(opened, path, inside=True)
    assert opened.window.projects.keeper.project.pictures is Pictures.EMBEDDED
    opened.window.close()
    (tmp_path / "page.png").unlink()
    second = make_program()
    open_project(second, path, qtbot)
    page = second.document.current_page
    qtbot.waitUntil(lambda: second.document.page_image(page.id) is not None)
    assert not second.window.messages.messages


def test_a_picture_that_is_gone_leaves_the_text_and_can_be_shown(
    make_program, opened, picture, idle, tmp_path, save_as, qtbot, monkeypatch
):
    opened.window.open_paths([picture("b.png")])
    idle(opened, 2)
    path = tmp_path / "projekt" / "ref.docr"
    path.parent.mkdir()
    save_as(opened, path)
    opened.window.close()
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in ("page.png", "b.png"):
        (tmp_path / name).rename(moved / name)
    second = make_program()
    open_project(second, path, qtbot, pages=2)
    bar, document = second.window.messages, second.document
    qtbot.waitUntil(lambda: bool(bar.messages))
    assert "its text stays usable" in bar.messages[0].text
    assert bar.messages[0].action == "Find the picture…"
    document.set_text(document.current_line.id, "geht")
    # First another picture is chosen, then the right one.
    other = picture("projekt/other.png", (200, 300))
    answers = iter([str(other), str(moved / "page.png")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (next(answers), ""))
    press(bar, "messageAction")
    qtbot.waitUntil(lambda: any("another picture" in m.text for m in bar.messages))
    press(bar, "messageAction")
    first, last = document.document.pages
    qtbot.waitUntil(lambda: document.page_image(first.id) is not None)
    assert not [m for m in bar.messages if m.kind is MessageKind.ERROR]
    qtbot.waitUntil(lambda: document.page_source(last.id).path == moved / "b.png")
    second.window.close()
    project = Project.open(path)
    assert all(project.picture(page.id).found for page in (first, last))
    project.close()


def test_new_leaves_the_work_where_it_can_be_found(opened, saved, sessions, qtbot):
    saved(opened)
    opened.document.set_text(opened.document.current_line.id, "mine")
    qtbot.keyClick(opened.window, Qt.Key.Key_N, CTRL)
    window = opened.window
    assert not opened.document.document.pages
    assert window.workspace.welcome.isVisible()
    assert not opened.document.undo_stack.count()
    assert window.messages.messages[0].text == "Your work without a name was kept."
    qtbot.waitUntil(lambda: bool(window.offers.sessions))
    press(window.messages, "messageAction")
    qtbot.waitUntil(lambda: bool(opened.document.document.pages))
    assert opened.document.current_page.lines[0].text == "mine"
    assert len(sessions()) == 1


def test_work_that_was_left_is_said_once(
    make_program, opened, picture, idle, tmp_path, saved, save_as, qtbot
):
    path = tmp_path / "a.docr"
    save_as(opened, path)
    opened.window.close()
    program = make_program()
    program.window.open_paths([picture("other.png")])
    idle(program, 1)
    program.document.set_text(program.document.current_line.id, "mine")
    saved(program)
    open_project(program, path, qtbot)
    qtbot.waitUntil(lambda: bool(program.window.offers.sessions))
    texts = [m.text for m in program.window.messages.messages]
    assert texts == ["Your work without a name was kept."]


def test_opening_a_project_leaves_no_trace_of_the_document_before(
    make_program, opened, picture, idle, tmp_path, saved, save_as, sessions, qtbot
):
    path = tmp_path / "a.docr"
    save_as(opened, path)
    opened.window.close()
    program = make_program()
    program.window.open_paths([picture("other.png")])
    idle(program, 1)
    saved(program)
    open_project(program, path, qtbot)
    saved(program)
    assert [p.file for p in program.document.document.pages] == ["page.png"]
    qtbot.waitUntil(lambda: sessions() == [])  # nobody had worked in it
    assert program.window.thumbnails.model().rowCount() == 1


def test_recent_projects_are_offered_and_can_be_forgotten(
    make_program, opened, tmp_path, save_as, qtbot, rest
):
    settings = opened.settings
    path, gone = tmp_path / "da.docr", tmp_path / "weg.docr"
    save_as(opened, gone)
    save_as(opened, path)
    opened.window.close()
    gone.unlink()
    program = make_program(settings=settings)
    window = program.window
    qtbot.waitUntil(lambda: len(window.offers.recent) == 2)
    assert [(r.path, r.is_there) for r in window.offers.recent] == [(path, True), (gone, False)]
    rows = [b for b in window.workspace.welcome.findChildren(QPushButton) if b.text() == "weg"]
    assert len(rows) == 1 and not rows[0].isEnabled()
    entries = [a.text() for a in window.project_menus.recent.actions()]
    assert entries[:2] == ["da.docr", "weg.docr (not there)"]
    window.project_menus.recent.actions()[0].trigger()
    qtbot.waitUntil(lambda: window.projects.path == path)
    window.commands["forget_recent"].trigger()
    assert not window.offers.recent
    settings.save()
    window.commands["keep_recent"].trigger()
    assert not settings.keep_recent
    save_as(program, tmp_path / "still.docr")
    program.window.close()
    for name in ("da", "weg", "still"):
        assert f"{name}.docr" not in (tmp_path / "settings-0.ini").read_text("utf-8")


def test_the_switch_of_recent_projects_is_remembered(make_program, tmp_path):
    program = make_program(settings=Settings(tmp_path / "kept.ini"))
    assert program.window.commands["keep_recent"].isChecked()
    program.window.commands["keep_recent"].trigger()
    program.window.close()
    again = make_program(settings=Settings(tmp_path / "kept.ini"))
    assert not again.window.commands["keep_recent"].isChecked()
