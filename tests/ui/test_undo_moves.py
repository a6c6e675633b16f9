"""Undo and redo lead to the line that they change, across pages, as a person sees it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_ocr.document.edits import Group, SetText
from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.history import Step
from desktop_ocr.ui.page_view.items import polygon
from tests.ui.documents import TEXTS, add_page, standard_lines

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Desk:
    """Two pages of five lines; the keyboard is in the text field of the first."""

    def __init__(self, program) -> None:
        self.program, self.window, self.document = program, program.window, program.document
        self.review, self.editor = self.window.review, self.window.review.editor
        self.first = add_page(self.document, standard_lines("a"), name="a.png")
        self.second = add_page(self.document, standard_lines("b"), name="b.png")
        self.window.activateWindow()
        self.review.focus_editor()
        QApplication.processEvents()

    def key(self, key, held=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget(), key, held)

    def go_to(self, line_id: str) -> None:
        self.document.set_current_page({"a": self.first, "b": self.second}[line_id[0]])
        self.document.select_line(line_id)

    def type_into(self, line_id: str, at: int, text: str) -> None:
        """Put a text into a line and accept it."""
        self.go_to(line_id)
        self.editor.set_caret(at)
        QTest.keyClicks(self.editor, text)
        self.key(KEY.Key_Return, SHIFT)

    def place(self) -> tuple[str, str]:
        """Return which page and line are current."""
        line = self.document.current_line
        name = {self.first: "a", self.second: "b"}[self.document.current_page.id]
        return name, "" if line is None else line.id

    def check_seen(self, line_id: str) -> None:
        """The row is selected, the box highlighted and in view, the text in the field."""
        lines = self.review.lines
        rows = [index.row() for index in lines.list.selectionModel().selectedIndexes()]
        assert [lines.proxy.line_at(row).id for row in rows] == [line_id]
        view = self.window.page_view
        line = self.document.current_line
        assert view.overlay.item(line_id).zValue() == 3  # drawn as the current one, above all
        box = view.viewportTransform().mapRect(polygon(line.quad).boundingRect())
        assert QRectF(view.viewport().rect()).intersects(box)
        assert self.editor.text() == line.text


@pytest.fixture
def desk(program):
    return Desk(program)


def test_undo_and_redo_go_to_the_changed_line_of_another_page_with_the_caret(desk):
    desk.type_into("aline3", 2, "xy")
    desk.go_to("bline1")
    desk.editor.setFocus()
    desk.key(KEY.Key_Z, CTRL)
    assert desk.place() == ("a", "aline3")
    assert desk.editor.text() == TEXTS[3]
    assert (desk.editor.hasFocus(), desk.editor.caret) == (True, 2)
    desk.check_seen("aline3")
    desk.go_to("bline4")
    desk.key(KEY.Key_Y, CTRL)
    assert desk.place() == ("a", "aline3")
    assert (desk.editor.hasFocus(), desk.editor.caret) == (True, 4)
    desk.check_seen("aline3")


def test_each_undo_goes_to_the_line_of_its_step(desk):
    for line_id in ("aline4", "bline0", "aline1"):
        desk.type_into(line_id, 1, "z")
    for line_id in ("aline1", "bline0", "aline4"):
        desk.key(KEY.Key_Z, CTRL)
        assert desk.place()[1] == line_id
        assert desk.editor.caret == 1


def test_a_mark_that_is_taken_back_leads_to_its_line_and_leaves_the_focus(desk):
    desk.go_to("aline4")
    desk.key(KEY.Key_Return, SHIFT)
    desk.go_to("aline0")
    desk.window.page_view.setFocus()
    desk.key(KEY.Key_Z, CTRL)
    assert desk.document.current_line.status is LineStatus.UNREVIEWED
    assert desk.place()[1] == "aline4"
    assert desk.window.page_view.hasFocus()
    desk.check_seen("aline4")


def test_a_deleted_line_comes_back_and_is_current(desk):
    desk.go_to("aline2")
    desk.window.page_view.setFocus()
    desk.key(KEY.Key_Delete)
    desk.go_to("bline2")
    desk.key(KEY.Key_Z, CTRL)
    assert desk.place() == ("a", "aline2")
    desk.check_seen("aline2")
    desk.go_to("aline4")
    desk.key(KEY.Key_Y, CTRL)  # gone again: the one that stands in its place
    assert desk.place() == ("a", "aline3")


def test_a_cut_that_is_taken_back_shows_where_it_was(desk):
    desk.go_to("aline1")
    desk.review.focus_editor()
    desk.editor.set_caret(4)
    desk.key(KEY.Key_D, CTRL)
    desk.go_to("bline0")
    desk.key(KEY.Key_Z, CTRL)
    assert desk.place() == ("a", "aline1")
    assert (desk.editor.text(), desk.editor.caret) == (TEXTS[1], 4)


def test_a_new_reading_order_leads_to_the_first_line_that_moved(desk):
    ids = [line.id for line in desk.document.document.page(desk.first).lines]
    desk.document.reorder([*ids[:2], *reversed(ids[2:])], page_id=desk.first)
    desk.go_to("bline0")
    desk.key(KEY.Key_Z, CTRL)
    assert desk.place() == ("a", "aline2")


def test_a_step_over_many_lines_leads_to_the_first_of_the_page_in_view(desk):
    desk.document.push(
        Step.REPLACE,
        "",
        Group(
            tuple(
                SetText(page, f"{prefix}line{i}", f"新{TEXTS[i]}")
                for page, prefix in ((desk.second, "b"), (desk.first, "a"))
                for i in (3, 1)
            )
        ),
    )
    desk.go_to("bline4")
    desk.key(KEY.Key_Z, CTRL)
    assert desk.place() == ("b", "bline1")
    third = add_page(desk.document, standard_lines("c"), name="c.png")
    desk.document.set_current_page(third)
    desk.key(KEY.Key_Y, CTRL)  # not one of its pages: the first of all
    assert desk.place() == ("a", "aline1")
    assert desk.editor.caret == 1


def test_a_line_that_is_current_but_scrolled_away_is_shown_again(desk):
    desk.type_into("aline0", 0, "x")
    view = desk.window.page_view
    view.zoom_to(3.0)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    desk.key(KEY.Key_Z, CTRL)
    desk.check_seen("aline0")


def test_the_page_stays_where_it_is_when_the_line_can_be_seen(desk):
    desk.type_into("aline2", 0, "x")
    desk.go_to("aline0")
    view = desk.window.page_view
    view.fit_page()
    before = view.viewportTransform()
    desk.key(KEY.Key_Z, CTRL)
    assert desk.place()[1] == "aline2"
    assert view.viewportTransform() == before


@pytest.mark.parametrize("key", [KEY.Key_Z, KEY.Key_Y])
def test_what_an_input_method_composes_stays(desk, key):
    desk.type_into("aline3", 0, "x")
    desk.type_into("aline4", 0, "x")
    desk.key(KEY.Key_Z, CTRL)
    desk.go_to("bline1")
    desk.editor.set_caret(1)
    QApplication.sendEvent(desk.editor, QInputMethodEvent("you", []))
    desk.key(key, CTRL)
    desk.window.commands["undo" if key == KEY.Key_Z else "redo"].trigger()  # by the mouse
    assert desk.place() == ("b", "bline1")
    end = QInputMethodEvent()
    end.setCommitString("右")
    QApplication.sendEvent(desk.editor, end)
    assert desk.editor.text() == f"{TEXTS[1][0]}右{TEXTS[1][1:]}"
