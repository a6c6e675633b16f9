"""What a person did outlives the program: reading again never touches it, in a new window too."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.projects.keeper import Saving
from tests.fakes.engines import TEXTS, TruthEngine


@pytest.fixture
def saved_work(make_program, picture, idle, qtbot, tmp_path, monkeypatch):
    """A project whose lines were reviewed, called illegible, and edited."""
    program = make_program()
    program.document.reviews.reviewer = "王医生"
    program.window.open_paths([picture()])
    idle(program, 1)
    reviewed, illegible, edited = program.document.current_page.lines
    program.document.accept_line(reviewed.id, reviewed.text)
    program.document.set_status([illegible.id], LineStatus.ILLEGIBLE)
    program.document.set_text(edited.id, "改过，没有核对")
    path = tmp_path / "work.docr"
    kind = "refers"
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        lambda _p, _t, _s, kinds, *_r: (str(path), next(k for k in kinds.split(";;") if kind in k)),
    )
    program.window.commands["save_project_as"].trigger()
    projects = program.window.projects

    def is_saved() -> None:
        assert not projects.background.is_busy
        assert projects.keeper.saving is Saving.SAVED

    qtbot.waitUntil(is_saved, timeout=20_000)
    kept = list(program.document.current_page.lines)
    program.window.close()
    program.engine.close()
    return path, kept


def reopen(make_program, path, qtbot, idle):
    engine = TruthEngine()
    engine.suffix = " worse"
    program = make_program(engine)
    program.window.open_paths([path])
    qtbot.waitUntil(lambda: program.document.current_page is not None, timeout=20_000)
    idle(program, 1)
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
    keeper = program.window.projects.keeper
    qtbot.waitUntil(lambda: keeper.saving is Saving.SAVED, timeout=20_000)
    program.window.close()
    program.engine.close()
    again = reopen(make_program, path, qtbot, idle)
    assert again.document.current_page.sign_off == signed
    assert "signed off by 李医生" in again.window.status.sentence()
