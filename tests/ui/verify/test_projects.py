"""What was verified lies in the project."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.verify.test_view import LookAlikeEngine, open_grid


def test_what_was_confirmed_and_corrected_is_there_when_the_project_is_opened_again(
    make_program, picture, idle, qtbot, tmp_path, save_as, stored, saved
):
    program = make_program(LookAlikeEngine())
    program.window.open_paths([picture("a.png"), picture("b.png")])
    idle(program, 2)
    path = tmp_path / "病案.docr"
    save_as(program, path)
    view = open_grid(program, qtbot)
    QTest.keyClick(view.sheet, "0")
    QTest.keyClick(view.sheet, Qt.Key.Key_Return)
    saved(program)
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.projects.background.is_busy)

    document, history, _options = stored(path)
    first, second = (page.lines[0] for page in document.pages)
    assert (first.text, second.text) == ("未见101", "未见1O1")
    assert (first.characters[3].confirmed, second.characters[3].confirmed) == ("0", "O")
    steps = {entry.step for entry in history}
    assert steps >= {"verify: correct a character", "verify: confirm characters"}

    again = make_program(LookAlikeEngine())
    again.window.open_paths([path])
    idle(again, 2)
    assert again.document.document_counts().doubtful == 0
    grid = open_grid(again, qtbot)
    assert grid.session.groups[0].reading != "O"


def test_what_was_left_for_later_waits_when_the_project_is_opened_again(
    make_program, picture, idle, qtbot, tmp_path, save_as, stored, saved
):
    program = make_program(LookAlikeEngine())
    program.window.open_paths([picture("a.png"), picture("b.png")])
    idle(program, 2)
    path = tmp_path / "病案.docr"
    save_as(program, path)
    view = open_grid(program, qtbot)
    assert view.session.sheet.group.reading == "O"
    QTest.keyClick(view.sheet, Qt.Key.Key_Space)  # the first O: later
    QTest.keyClick(view.sheet, Qt.Key.Key_Return)  # the other one is right
    put_off = view.session.sheet.group.reading
    QTest.keyClick(view.sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view.sheet, Qt.Key.Key_Escape)
    saved(program)
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.projects.background.is_busy)
    assert stored(path)[2]["later"]["groups"] == [put_off]

    again = make_program(LookAlikeEngine())
    again.window.open_paths([path])
    idle(again, 2)
    session = open_grid(again, qtbot).session
    assert [group.reading for group in session.groups][-2:] == [put_off, ""]
    (member,) = session.groups[-1].members
    assert (member.reading, member in session.later) == ("O", True)
    # The mark goes with the decision, here and in the file.
    session.show(session.groups[-1])
    session.confirm()
    saved(again)
    assert again.window.projects.keeper.options["later"]["characters"] == []


def test_another_document_has_marks_of_its_own(
    make_program, picture, idle, qtbot, tmp_path, save_as
):
    program = make_program(LookAlikeEngine())
    program.window.open_paths([picture("a.png")])
    idle(program, 1)
    save_as(program, tmp_path / "a.docr")
    view = open_grid(program, qtbot)
    QTest.keyClick(view.sheet, Qt.Key.Key_Space)
    QTest.keyClick(view.sheet, Qt.Key.Key_Escape)
    program.window.commands["new_project"].trigger()
    program.window.open_paths([picture("b.png")])
    idle(program, 1)
    view = open_grid(program, qtbot)
    assert view.session.later.members == ()
    assert "" not in {group.reading for group in view.session.groups}
