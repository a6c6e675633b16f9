"""What a person did outlives the program: reading again never touches it, in a new window too."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.projects.keeper import Saving
from tests.fakes.engines import TEXTS, TruthEngine


@pytest.fixture
def save_and_close(qtbot, tmp_path, monkeypatch):
    """Save a window's document as a project, and close the window."""

    def end(program):
        path = tmp_path / "work.docr"

        def choose(_parent, _title, _start, kinds, *_rest):
            return str(path), next(kind for kind in kinds.split(";;") if "refers" in kind)

        monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
        program.window.commands["save_project_as"].trigger()
        projects = program.window.projects
        qtbot.waitUntil(lambda: not projects.background.is_busy, timeout=20_000)
        close(program, qtbot)
        return path

    return end


def close(program, qtbot):
    keeper = program.window.projects.keeper
    qtbot.waitUntil(lambda: keeper.saving is Saving.SAVED, timeout=20_000)
    program.window.close()
    program.engine.close()


@pytest.fixture
def saved_work(make_program, picture, idle, save_and_close):
    """A project whose lines were reviewed, called illegible, and edited."""
    program = make_program()
    program.document.reviews.reviewer = "王医生"
    program.window.open_paths([picture()])
    idle(program, 1)
    reviewed, illegible, edited = program.document.current_page.lines
    program.document.accept_line(reviewed.id, reviewed.text)
    program.document.set_status([illegible.id], LineStatus.ILLEGIBLE)
    program.document.set_text(edited.id, "改过，没有核对")
    kept = list(program.document.current_page.lines)
    return save_and_close(program), kept


def reopen(make_program, path, qtbot, idle, pages=1):
    engine = TruthEngine()
    engine.suffix = " worse"
    program = make_program(engine)
    program.window.open_paths([path])
    qtbot.waitUntil(lambda: program.document.current_page is not None, timeout=20_000)
    idle(program, pages)
    return program


@pytest.mark.parametrize("command", ["read_page", "read_lines"])
def test_reading_again_after_reopening_touches_nothing_of_a_person(
    saved_work, make_program, qtbot, idle, command
):
    path, kept = saved_work
    program = reopen(make_program, path, qtbot, idle)
    page = program.document.current_page
    assert list(page.lines) == kept
    program.document.select_lines([line.id for line in page.lines])
    program.window.commands[command].trigger()
    idle(program)
    assert list(page.lines) == kept
    assert kept[0].review.by == "王医生"
    assert kept[0].text == TEXTS[0]


def test_a_sign_off_is_kept_with_its_name_and_time(saved_work, make_program, qtbot, idle):
    path, _kept = saved_work
    program = reopen(make_program, path, qtbot, idle)
    program.document.reviews.reviewer = "李医生"
    page = program.document.current_page
    program.document.set_status([line.id for line in page.lines], LineStatus.REVIEWED)
    program.window.commands["sign_off_page"].trigger()
    signed = page.sign_off
    assert signed.by == "李医生"
    close(program, qtbot)
    again = reopen(make_program, path, qtbot, idle)
    assert again.document.current_page.sign_off == signed
    assert "signed off by 李医生" in again.window.status.sentence()


def test_signing_a_long_project_off_loads_no_lines(
    make_program, picture, idle, qtbot, save_and_close
):
    program = make_program()
    program.document.reviews.reviewer = "王医生"
    program.window.open_paths([picture("a.png"), picture("b.png")])
    idle(program, 2)
    for page in program.document.document.pages:
        ids = [line.id for line in page.lines]
        program.document.set_status(ids, LineStatus.REVIEWED, page_id=page.id)
    path = save_and_close(program)
    program = reopen(make_program, path, qtbot, idle, pages=2)
    program.document.reviews.reviewer = "王医生"
    program.window.commands["sign_off_document"].trigger()
    far = program.document.document.pages[1]
    assert far.sign_off is not None
    assert not far.lines.is_loaded
    assert program.document.counts(far.id).reviewed == 3
    close(program, qtbot)
    again = reopen(make_program, path, qtbot, idle, pages=2)
    assert [page.sign_off.by for page in again.document.document.pages] == ["王医生", "王医生"]
    assert len(again.document.document.pages[1].lines) == 3
