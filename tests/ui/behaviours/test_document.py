"""One history, counts that are right, changes that come back, what nobody can read, closing."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from desktop_ocr.document.model import ILLEGIBLE, LineStatus
from desktop_ocr.ui.projects.keeper import Saving
from desktop_ocr.ui.review.hints import is_changed

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PATIENCE = 20_000


# --- 10: one history ------------------------------------------------------------------------


def test_one_history_over_everything_and_two_pages(desk, idle, qtbot):
    window, stack = desk.window, desk.document.undo_stack
    pages = desk.document.document.pages
    as_read = [list(page.lines) for page in pages]
    names = []

    def step() -> None:
        names.append(window.commands["undo"].text().split(": ")[1])

    desk.type("!")
    desk.key(KEY.Key_Return)
    step()
    desk.editor.set_caret(2)
    desk.key(KEY.Key_D, CTRL)
    step()
    desk.key(KEY.Key_M, CTRL | SHIFT)
    step()
    desk.view.setFocus()
    desk.key(KEY.Key_Right, SHIFT)
    qtbot.waitUntil(lambda: stack.count() == 4)
    idle(desk.program)
    step()
    desk.key(KEY.Key_PageDown)
    desk.key(KEY.Key_Delete)
    step()
    desk.review.focus_editor()
    desk.key(KEY.Key_U, CTRL | SHIFT)
    step()
    search = window.workspace.search
    desk.key(KEY.Key_H, CTRL)
    search.bar.text.setText("检")
    search.bar.replacement.setText("验")
    search.bar.ask_now()
    qtbot.waitUntil(lambda: len(search.bar.results.model().lines()) > 1, timeout=PATIENCE)
    search.replace_ticked()
    qtbot.waitUntil(lambda: not search._replacing.is_busy, timeout=PATIENCE)
    step()
    desk.key(KEY.Key_Escape)
    assert names == [
        "mark as reviewed", "split line", "join lines", "move box", "delete lines",
        "mark as illegible", "replace text",
    ]  # fmt: skip
    assert desk.document.page_index() == 1

    done = [list(page.lines) for page in pages]
    for name in reversed(names):
        assert window.commands["undo"].text().endswith(": " + name)
        desk.key(KEY.Key_Z, CTRL)
    assert not stack.canUndo() and desk.document.page_index() == 0
    assert [list(page.lines) for page in pages] == as_read
    for name in names:
        assert window.commands["redo"].text().endswith(": " + name)
        desk.key(KEY.Key_Y, CTRL)
    assert [list(page.lines) for page in pages] == done


# --- 11: closing ----------------------------------------------------------------------------


def test_closing_in_the_middle_of_everything_asks_nothing_and_loses_nothing(
    make_program, desk, qtbot, idle, monkeypatch
):
    asked = []
    monkeypatch.setattr(QDialog, "exec", asked.append)
    monkeypatch.setattr(QMessageBox, "exec", asked.append)
    first = desk.line
    desk.type("accepted")
    desk.key(KEY.Key_Return)
    second = desk.line
    desk.type("typed")
    desk.program.engine.read_pages([desk.document.document.pages[1].id])
    assert desk.window.close()
    assert not asked and not [w for w in QApplication.topLevelWidgets() if w.isVisible()]

    again = make_program()
    offers = again.window.offers
    qtbot.waitUntil(lambda: bool(offers.sessions), timeout=PATIENCE)
    offers.go_on(offers.sessions[0])
    qtbot.waitUntil(lambda: len(again.document.document.pages) == 2, timeout=PATIENCE)
    idle(again)
    page = again.document.document.pages[0]
    assert page.line(first.id).text == first.text + "accepted"
    assert page.line(first.id).status is LineStatus.REVIEWED
    assert page.line(second.id).text == second.text + "typed"


def test_what_is_accepted_is_on_the_disk_before_anything_else_is_done(desk, qtbot):
    keeper = desk.window.projects.keeper
    qtbot.waitUntil(lambda: keeper.saving is Saving.SAVED, timeout=PATIENCE)
    line = desk.line
    desk.type("ok")
    desk.key(KEY.Key_Return)
    qtbot.waitUntil(lambda: keeper.saving is Saving.SAVED, timeout=1900)
    stored = keeper.project.load_lines(desk.page.id)[0]
    assert (stored.id, stored.text) == (line.id, line.text + "ok")
    assert stored.status is LineStatus.REVIEWED


# --- 18: what nobody can read ---------------------------------------------------------------


def test_a_place_that_nobody_can_read_is_a_box(desk):
    text = desk.editor.text()
    desk.editor.set_caret(2)
    desk.key(KEY.Key_U, CTRL)
    assert desk.editor.text() == text[:2] + ILLEGIBLE + text[3:]
    desk.key(KEY.Key_Return)
    assert desk.page.lines[0].text == text[:2] + "□" + text[3:]
    desk.key(KEY.Key_Z, CTRL)
    assert desk.page.lines[0].text == text


# --- 19: what was changed -------------------------------------------------------------------


def test_changes_are_shown_and_one_click_takes_them_back(desk):
    text = desk.editor.text()
    desk.key(KEY.Key_X, CTRL | SHIFT)
    row = desk.review.form.changes
    assert row.isVisible() and "Nothing was changed" in row.sentence()
    desk.editor.select(0, 1)
    desk.compose("", "青山")
    assert "“山”" in row.sentence()
    QApplication.processEvents()
    # What was changed stands second in the row, in letters of 17 pixels.
    at = QPoint(26, row._label.height() // 2)
    QTest.mouseClick(row._label, Qt.MouseButton.LeftButton, pos=at)
    assert desk.editor.text() == text and desk.editor.hasFocus()
    desk.key(KEY.Key_X, CTRL | SHIFT)
    assert not row.isVisible()


# --- 20: filters ----------------------------------------------------------------------------


def counted(desk) -> dict[str, int]:
    """Return what the filters should say, from the document itself."""
    lines = list(desk.page.lines)
    hints = desk.review.lines.hints
    unreviewed = [line for line in lines if line.status is LineStatus.UNREVIEWED]
    return {
        "All": len(lines),
        "Doubtful": sum(map(desk.document.is_doubtful, lines)),
        "Changed": sum(is_changed(line) for line in lines),
        "Rules": sum(hints.has_rule_hit(line) for line in lines),
        "Critical": sum(hints.is_critical(line) for line in lines),
        "Unreviewed": len(unreviewed),
    }


@pytest.mark.parametrize("seed", range(2))
def test_counts_are_right_after_each_edit(desk, qtbot, idle, seed):
    person = random.Random(seed)

    def accept():
        desk.compose("", person.choice(["", "1.2 mg", "左", "x"]))
        desk.key(KEY.Key_Return)

    def split():
        desk.editor.set_caret(len(desk.editor.text()) // 2)
        desk.key(KEY.Key_D, CTRL)

    def merge():
        desk.key(KEY.Key_M, CTRL)

    def illegible():
        desk.key(KEY.Key_U, CTRL | SHIFT)

    def delete():
        desk.document.delete_lines([desk.line.id])

    def undo():
        desk.key(KEY.Key_Z, CTRL)

    def redo():
        desk.key(KEY.Key_Y, CTRL)

    def read_again():
        desk.key(KEY.Key_R, CTRL)
        idle(desk.program)

    def turn():
        desk.key(person.choice([KEY.Key_PageDown, KEY.Key_PageUp]))

    def doubt():
        desk.document.set_doubt(person.choice([0.5, 0.8, 0.97]))

    acts = (accept, accept, accept, split, merge, illegible, delete, undo, redo, read_again, turn,
            doubt)  # fmt: skip
    for _ in range(40):
        act = person.choice(acts)
        desk.review.focus_editor()
        act()
        qtbot.waitUntil(lambda: desk.chips() == counted(desk), timeout=2000)
        assert desk.review.lines.proxy.rowCount() == len(desk.page.lines)
        lines, done = len(desk.page.lines), len(desk.page.lines) - counted(desk)["Unreviewed"]
        said = f"{done} of {lines} lines reviewed"
        qtbot.waitUntil(lambda said=said: said in desk.window.status.sentence(), timeout=2000)
        shown = desk.window.thumbnails.model().index(desk.document.page_index(), 0)
        tip = shown.data(Qt.ItemDataRole.ToolTipRole)
        assert f"{done} of {lines}" in tip
