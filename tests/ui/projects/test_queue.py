"""Several projects opened at once are worked through one after the other."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.message_bar import MessageKind
from tests.ui.projects.conftest import press

NEXT = (Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
BEFORE = (
    Qt.Key.Key_F6,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def batch(make_program, picture, idle, tmp_path, save_as):
    """A folder with three projects, the last of which is reviewed to its end."""
    folder = tmp_path / "batch"
    folder.mkdir()
    maker = make_program()
    for number in (1, 2, 3):
        maker.window.open_paths([picture(f"{number}.png")])
        idle(maker, 1)
        if number == 3:
            ids = [line.id for line in maker.document.current_page.lines]
            maker.document.set_status(ids, LineStatus.REVIEWED)
        save_as(maker, folder / f"{number}.docr")
        maker.window.commands["new_project"].trigger()
    maker.window.close()
    return folder


@pytest.fixture
def shown(qtbot):
    """Wait until a project is in the window."""

    def wait(program, path) -> None:
        def is_shown() -> None:
            assert program.window.projects.path == path
            assert program.document.document.pages

        qtbot.waitUntil(is_shown, timeout=20_000)

    return wait


def status(program):
    program.window.status.refresh()
    return program.window.status.sentence()


def test_a_folder_of_projects_is_a_queue(make_program, batch, shown, saved, qtbot, stored):
    program = make_program()
    window, paths = program.window, [batch / f"{i}.docr" for i in (1, 2, 3)]
    window.open_paths([batch])
    shown(program, paths[0])
    qtbot.waitUntil(lambda: window.projects.opener.queue.finished() == 1)  # the third, unopened
    assert "document 1 of 3" in status(program)
    entries = [action.text() for action in window.project_menus.queue.actions()]
    assert entries == ["1. 1", "2. 2", "3. 3 (finished)"]
    ids = [line.id for line in program.document.current_page.lines]
    program.document.set_status(ids, LineStatus.REVIEWED)
    qtbot.keyClick(window, *NEXT)  # no question: it is saved
    shown(program, paths[1])
    assert "document 2 of 3" in status(program)
    assert window.projects.opener.queue.finished() == 2
    assert window.windowTitle().startswith("2[*]")
    saved(program)
    assert all(line.status is LineStatus.REVIEWED for line in stored(paths[0])[0].pages[0].lines)
    qtbot.keyClick(window, *BEFORE)
    shown(program, paths[0])
    qtbot.keyClick(window, *BEFORE)
    assert "first document" in window.status.currentMessage()
    window.project_menus.queue.actions()[2].trigger()
    shown(program, paths[2])
    qtbot.keyClick(window, *NEXT)
    assert "last document" in window.status.currentMessage()


def test_a_document_that_cannot_be_opened_does_not_stop_the_queue(
    make_program, batch, shown, qtbot
):
    (batch / "2.docr").write_bytes(b"no project")
    program = make_program()
    window = program.window
    window.open_paths(sorted(batch.glob("*.docr")))
    shown(program, batch / "1.docr")
    qtbot.keyClick(window, *NEXT)

    def is_refused() -> None:
        assert [m for m in window.messages.messages if m.kind is MessageKind.ERROR]

    qtbot.waitUntil(is_refused)
    assert [m.text for m in window.messages.messages if m.kind is MessageKind.ERROR] == [
        "The file is not a project of this program: choose one that the program saved."
    ]
    assert "document 1 of 3" in status(program)
    assert window.projects.path == batch / "1.docr"  # it stays until the next one is there
    qtbot.keyClick(window, *NEXT)
    shown(program, batch / "3.docr")


def test_a_document_open_in_another_window_stays_in_the_queue_with_its_reason(
    make_program, batch, shown, saved, qtbot
):
    paths = [batch / f"{i}.docr" for i in (1, 2, 3)]
    other, program = make_program(), make_program()
    other.window.open_paths([paths[1]])
    shown(other, paths[1])
    window = program.window
    window.open_paths(paths)
    shown(program, paths[0])

    def is_refused() -> None:
        assert [m for m in window.messages.messages if "another window" in m.text]

    def entries() -> list[tuple[str, bool]]:
        return [(a.text(), a.isChecked()) for a in window.project_menus.queue.actions()]

    qtbot.keyClick(window, *NEXT)
    qtbot.waitUntil(is_refused)
    # Nothing is counted that is not open: the person is still at the first.
    assert "document 1 of 3" in status(program)
    assert entries()[:2] == [("1. 1", True), ("2. 2 (not opened)", False)]
    assert "another window" in window.project_menus.queue.actions()[1].toolTip()
    window.messages.clear()
    qtbot.keyClick(window, *BEFORE)  # from where the person is, not from where he wanted to be
    assert "first document" in window.status.currentMessage()
    qtbot.keyClick(window, *NEXT)
    qtbot.waitUntil(is_refused)
    qtbot.keyClick(window, *NEXT)  # goes on
    shown(program, paths[2])
    assert "document 3 of 3" in status(program)
    other.window.close()
    qtbot.keyClick(window, *BEFORE)  # free by now
    shown(program, paths[1])
    assert "document 2 of 3" in status(program)
    assert entries()[1] == ("2. 2", True)


def test_a_queue_whose_first_document_is_open_elsewhere_counts_none(
    make_program, batch, shown, qtbot
):
    paths = [batch / f"{i}.docr" for i in (1, 2)]
    other, program = make_program(), make_program()
    other.window.open_paths([paths[0]])
    shown(other, paths[0])
    program.window.open_paths(paths)
    qtbot.waitUntil(lambda: bool(program.window.messages.messages))
    assert "document" not in status(program)
    qtbot.keyClick(program.window, *NEXT)
    shown(program, paths[1])
    assert "document 2 of 2" in status(program)


def test_without_a_queue_there_is_nothing_to_go_on_to(program):
    assert not program.window.commands["next_document"].isEnabled()
    assert not program.window.project_menus.queue.menuAction().isVisible()


def test_pictures_beside_projects_are_not_mixed_in(
    make_program, batch, picture, shown, qtbot, idle
):
    program = make_program()
    program.window.open_paths([batch / "1.docr", picture("beside.png")])
    shown(program, batch / "1.docr")
    idle(program, 1)
    messages = [m.text for m in program.window.messages.messages]
    assert "1 file beside the projects was not opened." in messages
    assert callable(press)
