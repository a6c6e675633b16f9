"""Disks that are full or gone, files that are locked, newer or damaged: one message, no loss."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop_ocr.errors import DiskFullError
from desktop_ocr.project import Pictures, Project
from desktop_ocr.ui.message_bar import MessageKind
from desktop_ocr.ui.projects import keeper as keeper_module
from desktop_ocr.ui.projects.keeper import Saving
from tests.fakes.engines import TEXTS
from tests.ui.projects.conftest import press


def errors(program):
    return [m for m in program.window.messages.messages if m.kind is MessageKind.ERROR]


@pytest.fixture
def quick(monkeypatch):
    """Try again soon, so that nobody waits."""
    monkeypatch.setattr(keeper_module, "_RETRY_MS", 100)


class FullDisk:
    """Lets a project's transactions fail, as a full disk does, until it is freed."""

    def __init__(self, monkeypatch, project):
        self.full = True
        database = project.database
        changing = database.changing

        def refuse():
            if self.full:
                raise DiskFullError(project.path)
            return changing()

        monkeypatch.setattr(database, "changing", refuse)


def test_a_full_disk_is_said_once_and_nothing_is_lost(
    quick, opened, saved, qtbot, monkeypatch, stored, sessions
):
    saved(opened)
    document, projects = opened.document, opened.window.projects
    disk = FullDisk(monkeypatch, projects.keeper.project)
    ids = [line.id for line in document.current_page.lines]
    document.set_text(ids[0], "eins")
    qtbot.waitUntil(lambda: bool(errors(opened)), timeout=20_000)
    rescue = projects.keeper._rescue.path
    assert "disk is full" in errors(opened)[0].text
    assert str(rescue) in errors(opened)[0].text
    assert stored(rescue)[0].pages[0].lines[0].text == "eins"
    document.set_text(ids[1], "zwei")
    document.set_text(ids[2], "drei")
    qtbot.wait(300)
    assert len(errors(opened)) == 1
    assert opened.window.isWindowModified()
    opened.window.status.refresh()
    assert "cannot be saved" in opened.window.status.sentence()
    disk.full = False
    qtbot.waitUntil(lambda: projects.keeper.saving is Saving.SAVED, timeout=20_000)
    assert not errors(opened)
    assert "saved again" in opened.window.messages.messages[0].text
    assert not rescue.exists()
    lines = projects.keeper.project.load_lines(document.current_page.id)
    assert [line.text for line in lines] == ["eins", "zwei", "drei"]


def test_closing_on_a_full_disk_leaves_the_rescue_file(
    quick, opened, saved, qtbot, monkeypatch, sessions, stored
):
    saved(opened)
    FullDisk(monkeypatch, opened.window.projects.keeper.project)
    opened.document.set_text(opened.document.current_line.id, "gerettet")
    assert opened.window.close()
    texts = [stored(path)[0].pages[0].lines[0].text for path in sessions()]
    assert "gerettet" in texts


def test_the_rescue_of_a_named_project_is_offered_under_its_name(
    quick, make_program, opened, tmp_path, save_as, qtbot, monkeypatch
):
    save_as(opened, tmp_path / "病区七.docr")
    FullDisk(monkeypatch, opened.window.projects.keeper.project)
    opened.document.set_text(opened.document.current_line.id, "gerettet")
    qtbot.waitUntil(lambda: bool(errors(opened)), timeout=20_000)
    assert opened.window.close()
    again = make_program()
    offers = again.window.offers
    qtbot.waitUntil(lambda: bool(offers.sessions))
    assert offers.sessions[0].name == "病区七"
    assert offers.label(offers.sessions[0]).startswith("病区七  ·  ")
    offers.go_on(offers.sessions[0])
    qtbot.waitUntil(lambda: bool(again.document.document.pages))
    proposed = []

    def choose(_parent, _title, start, _kinds, *_rest):
        proposed.append(start)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    again.window.commands["save_project"].trigger()
    assert proposed[0].endswith("病区七.docr")


def test_a_note_named_as_a_project_is_no_project_and_nothing_is_to_rescue(program, tmp_path, qtbot):
    note = tmp_path / "note.docr"
    note.write_text("Bitte zurückrufen.\n", encoding="utf-8")
    program.window.open_paths([note])
    qtbot.waitUntil(lambda: bool(errors(program)))
    assert "not a project of this program" in errors(program)[0].text
    assert errors(program)[0].action == "Try again"
    assert note.read_text(encoding="utf-8") == "Bitte zurückrufen.\n"


def test_closing_is_refused_once_where_nothing_can_be_written(
    quick, opened, saved, qtbot, monkeypatch
):
    saved(opened)
    FullDisk(monkeypatch, opened.window.projects.keeper.project)
    monkeypatch.setattr("desktop_ocr.ui.projects.rescue._folders", lambda: iter(()))
    opened.document.set_text(opened.document.current_line.id, "nirgends")
    assert not opened.window.close()
    assert "cannot be saved anywhere" in errors(opened)[0].text
    assert errors(opened)[0].action == "Save as…"
    assert opened.document.current_line.text == "nirgends"
    assert opened.window.close()


def test_a_drive_that_is_gone_and_saving_elsewhere(
    quick, opened, tmp_path, saved, save_as, qtbot, stored
):
    drive = tmp_path / "drive"
    drive.mkdir()
    save_as(opened, drive / "a.docr")
    shutil.rmtree(drive)
    opened.document.set_text(opened.document.current_line.id, "weiter")
    qtbot.waitUntil(lambda: bool(errors(opened)), timeout=20_000)
    assert "can no longer be reached" in errors(opened)[0].text
    elsewhere = tmp_path / "elsewhere.docr"
    save_as(opened, elsewhere)
    assert not errors(opened)
    assert opened.window.projects.path == elsewhere
    opened.document.set_text(opened.document.current_page.lines[1].id, "und noch")
    saved(opened)
    opened.window.close()
    document, _history, _options = stored(elsewhere)
    assert [line.text for line in document.pages[0].lines][:2] == ["weiter", "und noch"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not hold for root")
def test_a_folder_without_rights_gives_a_copy(make_program, opened, tmp_path, save_as, qtbot):
    folder = tmp_path / "locked"
    folder.mkdir()
    save_as(opened, folder / "a.docr")
    opened.window.close()
    folder.chmod(0o500)
    program = make_program()
    program.window.open_paths([folder / "a.docr"])
    qtbot.waitUntil(lambda: bool(program.document.document.pages))
    assert not program.window.projects.is_named
    folder.chmod(0o700)


def test_a_file_where_nothing_may_be_written_is_worked_on_as_a_copy(
    make_program, opened, tmp_path, save_as, qtbot, monkeypatch, saved
):
    path = tmp_path / "a.docr"
    save_as(opened, path)
    opened.window.close()
    access = os.access

    def refuse(place, mode):
        return not (mode == os.W_OK and place == path) and access(place, mode)

    monkeypatch.setattr(os, "access", refuse)
    program = make_program()
    program.window.open_paths([path])
    qtbot.waitUntil(lambda: bool(program.document.document.pages))
    message = program.window.messages.messages[0]
    assert "you work on a copy" in message.text
    assert message.action == "Save as…"
    before = path.read_bytes()
    program.document.set_text(program.document.current_line.id, "kopiert")
    saved(program)
    assert path.read_bytes() == before
    assert program.window.projects.name == ""


def test_a_project_open_elsewhere_is_refused_and_opens_later(
    make_program, opened, tmp_path, save_as, qtbot
):
    path = tmp_path / "a.docr"
    save_as(opened, path)
    second = make_program()
    second.window.open_paths([path])
    qtbot.waitUntil(lambda: bool(errors(second)))
    assert "open in another window" in errors(second)[0].text
    assert not second.document.document.pages
    opened.window.close()
    press(second.window.messages, "messageAction")
    qtbot.waitUntil(lambda: bool(second.document.document.pages))


def test_a_newer_version_is_left_alone(make_program, opened, tmp_path, save_as, qtbot):
    path = tmp_path / "a.docr"
    save_as(opened, path)
    opened.window.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    program = make_program()
    program.window.open_paths([path])
    qtbot.waitUntil(lambda: bool(errors(program)))
    assert "newer version" in errors(program)[0].text
    assert program.window.workspace.welcome.isVisible()


def test_what_is_readable_of_a_damaged_file_is_rescued(
    make_program, opened, tmp_path, save_as, qtbot
):
    path = tmp_path / "a.docr"
    save_as(opened, path)
    page_id = opened.document.current_page.id
    opened.window.close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE lines SET text = 'gefälscht' WHERE position = 1")
    connection.commit()
    connection.close()
    damaged = path.read_bytes()
    program = make_program()
    program.window.open_paths([path])
    qtbot.waitUntil(lambda: bool(errors(program)))
    assert errors(program)[0].action == "Rescue what is readable"
    press(program.window.messages, "messageAction")
    qtbot.waitUntil(lambda: bool(program.document.document.pages), timeout=20_000)
    assert program.window.projects.path == tmp_path / "a (rescued).docr"
    assert program.document.current_page.id == page_id
    assert TEXTS[0] in [line.text for line in program.document.current_page.lines]
    assert "gefälscht" not in [line.text for line in program.document.current_page.lines]
    texts = [m.text for m in program.window.messages.messages]
    assert "Rescued: 2 lines on 1 page. Lost: 1 line." in texts
    assert path.read_bytes() == damaged


def test_something_else_is_no_project(program, tmp_path, qtbot):
    path = tmp_path / "text.docr"
    path.write_bytes(b"SQLite format 3\0" + b"x" * 500)
    program.window.open_paths([path])
    qtbot.waitUntil(lambda: bool(errors(program)))
    program.window.open_paths([tmp_path / "missing.docr"])
    qtbot.waitUntil(lambda: len(errors(program)) == 2)
    assert "cannot be opened" in errors(program)[0].text


def test_work_goes_on_where_no_session_can_be_made(
    make_program, picture, idle, qtbot, home, tmp_path, save_as, stored
):
    home.write_text("a file where the folder should be")
    program = make_program()
    program.window.open_paths([picture()])
    idle(program, 1)
    qtbot.waitUntil(lambda: bool(errors(program)))
    assert "cannot be saved by itself" in errors(program)[0].text
    program.document.set_text(program.document.current_line.id, "trotzdem")
    save_as(program, tmp_path / "trotzdem.docr")
    assert not errors(program)
    program.window.close()
    assert stored(tmp_path / "trotzdem.docr")[0].pages[0].lines[0].text == "trotzdem"
    assert isinstance(Project, type)


def test_nothing_else_is_opened_while_work_can_be_kept_nowhere(
    make_program, picture, idle, qtbot, home
):
    home.write_text("a file where the folder should be")
    program = make_program()
    program.window.open_paths([picture()])
    idle(program, 1)
    program.document.set_text(program.document.current_line.id, "bleibt")
    qtbot.waitUntil(lambda: bool(errors(program)))
    program.window.commands["new_project"].trigger()
    assert program.document.current_line.text == "bleibt"
    assert "cannot be saved anywhere" in errors(program)[0].text
    assert not program.window.close()
    home.unlink()
    qtbot.waitUntil(lambda: program.window.projects.path is not None, timeout=20_000)


def test_a_damaged_session_is_rescued_and_kept(
    make_program, opened, saved, sessions, qtbot, stored
):
    saved(opened)
    opened.document.set_text(opened.document.current_line.id, "mein")
    saved(opened)
    opened.window.close()
    (session,) = sessions()
    connection = sqlite3.connect(session)
    connection.execute("UPDATE lines SET text = 'gefälscht' WHERE position = 2")
    connection.commit()
    connection.close()
    program = make_program()
    offers = program.window.offers
    qtbot.waitUntil(lambda: bool(offers.sessions))
    assert offers.sessions[0].damaged
    assert "damaged" in offers.sentence(offers.sessions[0])
    offers.go_on(offers.sessions[0])
    qtbot.waitUntil(lambda: bool(program.document.document.pages))
    program.window.close()
    rescued = next(path for path in sessions() if path != session)
    assert [line.text for line in stored(rescued)[0].pages[0].lines] == ["mein", TEXTS[1]]


# --- saving under a name that is taken, on a disk that fails ------------------------------------


@pytest.fixture
def taken(make_program, picture, idle, tmp_path, save_as, saved):
    """A project that somebody else has open, with a correction that is still in its log."""
    path, other = tmp_path / "taken.docr", make_program()
    other.window.open_paths([picture("other.png")])
    idle(other, 1)
    save_as(other, path)
    other.document.set_text(other.document.current_line.id, "ihrs")
    saved(other)
    return path, other


def save_over(program, path, qtbot):
    """Save under a name that is taken, as the dialog allowed, and wait for the answer."""
    program.window.messages.clear()
    program.window.projects.save_as(path, Pictures.REFERENCED, overwrite=True)
    qtbot.waitUntil(lambda: not program.window.projects.background.is_busy, timeout=20_000)
    qtbot.waitUntil(lambda: bool(program.window.messages.messages), timeout=20_000)


@pytest.mark.parametrize("full", [False, True])
def test_saving_over_a_project_that_is_open_elsewhere_is_refused(
    quick, opened, taken, saved, qtbot, monkeypatch, stored, full
):
    path, other = taken
    saved(opened)
    if full:  # then everything that is known is written anew
        monkeypatch.setattr(keeper_module, "_END_S", 0.5)
        FullDisk(monkeypatch, opened.window.projects.keeper.project)
    opened.document.set_text(opened.document.current_line.id, "meins")
    save_over(opened, path, qtbot)
    qtbot.waitUntil(lambda: any("another window" in m.text for m in errors(opened)))
    assert opened.document.current_line.text == "meins"
    assert opened.window.projects.path != path
    assert sorted(p.name for p in path.parent.glob("*.docr*")) == ["taken.docr", "taken.docr-wal"]
    other.window.close()
    assert stored(path)[0].pages[0].lines[0].text == "ihrs"


@pytest.mark.parametrize("fails", ["write", "rename"])
def test_a_disk_that_fails_while_saving_over_a_file_leaves_the_file(
    opened, taken, saved, qtbot, monkeypatch, stored, fails
):
    path, other = taken
    other.window.close()
    saved(opened)
    opened.document.set_text(opened.document.current_line.id, "meins")
    log = path.with_name("taken.docr-journal")
    log.write_bytes(b"")
    before = path.read_bytes()

    def refuse(*_args):
        raise OSError(errno.ENOSPC if fails == "write" else errno.EIO, "the disk")

    if fails == "write":
        monkeypatch.setattr("desktop_ocr.project.files._sync", refuse)
    else:
        replace = Path.replace

        def rename(self, target):
            if Path(target) == path:
                refuse()
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", rename)
    save_over(opened, path, qtbot)
    (message,) = errors(opened)
    assert ("disk is full" if fails == "write" else "can no longer be reached") in message.text
    assert message.action == "Choose another name…"
    assert path.read_bytes() == before
    assert log.exists()
    assert not list(path.parent.glob(".*.tmp"))
    assert opened.document.current_line.text == "meins"
    saved(opened)
