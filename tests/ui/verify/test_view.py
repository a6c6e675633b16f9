"""Verification in groups in the real window: real keys, a real input method, pictures of pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_ocr.document.edits import SetLine
from desktop_ocr.document.model import Char, LineStatus
from desktop_ocr.ui.history import Step
from desktop_ocr.ui.i18n import Language
from desktop_ocr.ui.verify.groups import State
from tests.fakes.engines import TruthEngine

TEXTS = ("未见1O1", "末次10.0", "右肺未见")


class LookAlikeEngine(TruthEngine):
    """Reads characters that look like others; the O of the first line is doubtful."""

    def lines_of(self, image):
        known = super().lines_of(image)
        return [(quad, text) for (quad, _), text in zip(known, TEXTS, strict=True)]

    def read_one(self, line, text, options):
        size = len(text)
        characters = tuple(
            Char(c, 0.4 if c == "O" else 0.99, line.quad.between(i / size, (i + 1) / size))
            for i, c in enumerate(text)
        )
        return replace(line, text=text, raw_text=text, confidence=0.9, characters=characters)


@pytest.fixture
def program(make_program):
    return make_program(LookAlikeEngine())


@pytest.fixture
def grid(program, picture, idle, qtbot):
    """Two pages were read, and F7 was pressed."""
    program.window.open_paths([picture("a.png"), picture("b.png")])
    idle(program, 2)
    return open_grid(program, qtbot)


def open_grid(program, qtbot):
    qtbot.keyClick(program.window, Qt.Key.Key_F7)
    view = program.window._handlers.verify.view
    qtbot.waitUntil(lambda: view.session.sheet is not None and view.isVisible())
    return view


def key(view, code, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(view.sheet, code, modifiers)


def texts(program, page=0):
    return [line.text for line in program.document.document.pages[page].lines]


def show(view, reading):
    view._choose_group(next(g for g in view.session.groups if g.reading == reading))


def states(view):
    return [view.session.state(m) for m in view.session.sheet.members]


def test_the_grid_opens_with_what_pays_most_and_brings_in_its_pictures(program, grid, qtbot):
    session = grid.session
    assert session.groups[0].reading == "O"
    assert {g.reading for g in session.groups} >= {"O", "未", "末", "1", "0", "."}
    assert grid._reading.text() == "O"
    assert "capital letter" in grid._facts.text()
    listed = grid.groups.model()
    assert "O, capital letter" in listed.data(listed.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert len(session.sheet.members) == 2
    qtbot.waitUntil(lambda: session.pictures.is_complete)
    assert all(session.pictures.pixmap(m) is not None for m in session.sheet.members)
    # What acts on the page that cannot be seen is not possible; what is typed stays here.
    assert not program.window.commands["next_doubtful"].isEnabled()
    assert program.window.commands["verify_groups"].isChecked()


def test_typing_corrects_and_undo_takes_it_back_while_the_grid_is_open(program, grid):
    key(grid, "0")
    assert texts(program)[0] == "未见101"
    assert grid.session.current == 1
    assert grid.sheet._sheet.caption(grid.session.sheet.members[0]) == "→ 0"
    assert program.document.undo_step() is Step.VERIFY_CORRECT
    key(grid, Qt.Key.Key_Left)
    key(grid, "Q")  # a slip: the same place again
    assert texts(program)[0] == "未见1Q1"
    qtbot_undo(program, 2)
    assert texts(program)[0] == "未见1O1"
    assert states(grid) == [State.OPEN] * 2
    assert grid.isVisible()


def qtbot_undo(program, times):
    for _ in range(times):
        program.window.commands["undo"].trigger()
    QApplication.processEvents()


def test_a_digit_types_itself_where_digits_stand_and_alt_chooses(program, grid):
    assert not grid.sheet.digits_choose
    assert "Alt+1–9" in grid._hint.text()
    offered = grid.session.offers()
    key(grid, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert texts(program)[0] == f"未见1{offered[1]}1"
    show(grid, "未")
    assert grid.sheet.digits_choose
    assert grid.session.offers() == ("末",)
    page = grid.session.sheet.members[0].page_id
    key(grid, Qt.Key.Key_1)
    assert any("末见" in line.text for line in program.document.document.page(page).lines)


def test_enter_confirms_what_is_shown_and_goes_on(program, grid):
    key(grid, "0")
    key(grid, Qt.Key.Key_Return)
    assert program.document.undo_step() is Step.VERIFY_CONFIRM
    assert grid.session.sheet.group.reading != "O"
    second = program.document.document.pages[1].lines[0]
    assert second.text == "未见1O1"
    assert second.characters[3].confirmed == "O"
    assert second.characters[3].confidence == 0.4
    assert second.status is LineStatus.UNREVIEWED
    assert not program.document.is_doubtful(second)
    # Undo brings the sheet back with the correction that was made in it.
    qtbot_undo(program, 1)
    assert grid.session.sheet.group.reading == "O"
    assert states(grid) == [State.CHANGED, State.OPEN]
    assert program.document.is_doubtful(program.document.document.pages[1].lines[0])


def test_a_key_that_is_held_down_confirms_once(program, grid):
    key(grid, Qt.Key.Key_Return)
    group = grid.session.sheet.group
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True
    )
    QApplication.sendEvent(grid.sheet, held)
    assert grid.session.sheet.group is group
    assert program.document.undo_stack.count() == 1


def test_every_group_can_be_confirmed_to_the_end(program, grid, qtbot):
    for _ in range(30):
        if grid.session.sheet is None:
            break
        key(grid, Qt.Key.Key_Return)
    assert grid.session.sheet is None
    assert "All groups" in grid._empty.text()
    assert texts(program) == list(TEXTS)
    assert program.document.document_counts().doubtful == 0
    assert program.document.document_counts().reviewed == 0
    grid.leave()
    assert program.window.page_view.isVisible()
    again = open_again(program, qtbot)
    assert again.session.groups == []
    assert "nothing to compare" in again._empty.text()


def open_again(program, qtbot):
    qtbot.keyClick(program.window, Qt.Key.Key_F7)
    view = program.window._handlers.verify.view
    qtbot.waitUntil(lambda: not view.session.is_gathering)
    return view


def test_ctrl_enter_postpones_a_group_to_the_end(program, grid):
    first = grid.session.sheet.group
    key(grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert grid.session.sheet.group is not first
    assert grid.session.groups[-1] is first
    assert not program.document.undo_stack.canUndo()
    for _ in range(len(grid.session.groups) - 1):
        key(grid, Qt.Key.Key_Return)
    assert grid.session.sheet.group is first


def test_space_leaves_one_for_later_and_enter_passes_it_over(program, grid):
    later = grid.session.sheet.members[0]
    key(grid, Qt.Key.Key_Space)
    assert grid.sheet._sheet.caption(later) == "later"
    key(grid, Qt.Key.Key_Return)
    assert grid.session.state(later) is State.OPEN
    last = grid.session.groups[-1]
    assert (last.reading, last.members) == ("", [later])
    grid._choose_group(last)
    key(grid, Qt.Key.Key_Return)
    assert grid.session.state(later) is State.CONFIRMED


def test_delete_takes_a_character_out_that_is_none(program, grid):
    key(grid, Qt.Key.Key_Delete)
    assert texts(program)[0] == "未见11"
    assert grid.sheet._sheet.caption(grid.session.sheet.members[0]) == "→ removed"


def test_an_input_method_is_never_interrupted(program, grid):
    show(grid, "末")
    assert grid.sheet.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
    assert grid.sheet.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QApplication.sendEvent(grid.sheet, QInputMethodEvent("wei", []))
    for code in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_Escape):
        key(grid, code)  # keys that the input method lets through
    assert grid.isVisible()
    assert grid.session.sheet.group.reading == "末"
    assert not program.document.undo_stack.canUndo()
    program.document.page_image_ready.emit(program.document.document.pages[0].id)
    assert grid.sheet.composing
    event = QInputMethodEvent("", [])
    event.setCommitString("未")
    QApplication.sendEvent(grid.sheet, event)
    assert not grid.sheet.composing
    assert [texts(program, i)[1] for i in (0, 1)].count("未次10.0") == 1


def test_esc_goes_to_the_character_on_its_page(program, grid, qtbot):
    key(grid, Qt.Key.Key_Right)
    occurrence = grid.session.occurrence
    key(grid, Qt.Key.Key_Escape)
    window = program.window
    assert window.review.isVisible()
    assert not grid.isVisible()
    assert program.document.current_page.id == occurrence.page_id
    assert program.document.current_line.id == occurrence.line_id
    assert window.review.editor.caret == 3
    assert window.commands["next_doubtful"].isEnabled()
    assert not window.commands["verify_groups"].isChecked()
    # F7 again comes back to the group that was left.
    assert open_grid(program, qtbot).session.sheet.group.reading == "O"


def test_a_sheet_holds_what_can_be_seen_and_enter_confirms_no_more(program, grid):
    show(grid, "1")
    assert len(grid.session.sheet.members) == 6
    grid.session.set_room(4)
    assert len(grid.session.sheet.members) == 4
    assert "4 shown" in grid._facts.text()
    shown = grid.session.sheet.members
    key(grid, Qt.Key.Key_Return)
    assert grid.session.sheet.group.reading == "1"
    rest = grid.session.sheet.members
    assert len(rest) == 2
    assert not set(rest) & set(shown)
    assert all(grid.session.state(m) is State.CONFIRMED for m in shown)


def test_lines_that_change_or_go_meanwhile_are_left_alone(program, grid):
    first, second = grid.session.sheet.members
    program.document.delete_lines([first.line_id], page_id=first.page_id)
    program.document.set_status([second.line_id], LineStatus.REVIEWED, page_id=second.page_id)
    assert states(grid) == [State.GONE, State.REVIEWED]
    before = program.document.undo_stack.count()
    key(grid, "0")
    key(grid, Qt.Key.Key_Return)
    assert program.document.undo_stack.count() == before
    assert grid.session.sheet.group.reading != "O"


def test_a_page_whose_file_is_gone_leaves_a_sign_and_the_rest_goes_on(
    program, picture, idle, qtbot, monkeypatch
):
    paths = [picture("a.png"), picture("b.png")]
    program.window.open_paths(paths)
    idle(program, 2)
    first, second = program.document.document.pages
    program.document._store._loaded.pop(second.id)
    paths[1].unlink()
    view = open_grid(program, qtbot)
    pictures = view.session.pictures
    qtbot.waitUntil(lambda: pictures.is_complete)
    by_page = {m.page_id: m for m in view.session.sheet.members}
    assert pictures.pixmap(by_page[first.id]) is not None
    assert pictures.has_failed(by_page[second.id])


def test_a_page_that_is_not_in_memory_is_loaded(program, picture, idle, qtbot):
    program.window.open_paths([picture("a.png"), picture("b.png")])
    idle(program, 2)
    second = program.document.document.pages[1]
    program.document._store._loaded.pop(second.id)
    view = open_grid(program, qtbot)
    qtbot.waitUntil(lambda: view.session.pictures.is_complete)
    members = view.session.sheet.members
    assert all(view.session.pictures.pixmap(m) is not None for m in members)


def test_pages_read_while_the_grid_is_open_join_their_groups(program, grid, picture, idle):
    before = len(next(g for g in grid.session.groups if g.reading == "未").members)
    program.window.open_paths([picture("c.png")])
    idle(program, 3)
    after = len(next(g for g in grid.session.groups if g.reading == "未").members)
    assert (before, after) == (4, 6)


def test_the_grid_speaks_chinese_and_tells_screen_readers(program, grid, qtbot):
    program.language.show(Language.CHINESE)
    qtbot.waitUntil(lambda: grid._confirm.text() == "全部确认")
    model = grid.sheet.model()
    told = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "O" in told
    assert "未见1O1" in told


def test_closing_the_last_page_ends_the_round(program, grid):
    for page in list(program.document.document.pages):
        program.document.delete_page(page.id)
    assert not grid.isVisible()
    assert not grid.session.is_open


def test_who_corrects_one_character_has_not_looked_at_the_others(program, grid):
    page = program.document.document.pages[0]
    line = page.lines[0]
    other = replace(line.characters[1], confidence=0.3)
    characters = (line.characters[0], other, *line.characters[2:])
    edit = SetLine(page.id, replace(line, characters=characters))
    program.document.push(Step.READ_LINES, page.id, edit)
    key(grid, "0")
    changed = page.lines[0]
    assert changed.text == "未见101"
    assert program.document.is_doubtful(changed)
    assert [c.confirmed for c in changed.characters] == ["", "", "", "0", ""]
    assert program.document.is_kept(changed)
    # Whoever edits the line in its text field has seen all of it.
    program.document.set_text(changed.id, "未见101 ", page_id=page.id)
    assert not program.document.is_doubtful(page.lines[0])


def test_the_bar_for_finding_closes_where_what_it_finds_cannot_be_seen(
    program, picture, idle, qtbot
):
    program.window.open_paths([picture("a.png")])
    idle(program, 1)
    program.window.activateWindow()
    program.window.commands["find"].trigger()
    field = program.window.workspace.search.bar.text
    assert field.isVisible()
    view = open_grid(program, qtbot)
    assert not field.isVisible()
    assert QApplication.focusWidget() is view.sheet
