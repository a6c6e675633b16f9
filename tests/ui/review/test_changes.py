"""Illegible places, what was changed against the reading, and the slider of doubt; on real keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolTip

from desktop_ocr.document.model import Correction, Line, LineStatus
from desktop_ocr.ui.review.lines import Filter
from desktop_ocr.ui.theme import tokens
from tests.ui.documents import TEXTS, add_page, box, read_line

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


def text_of(controller, line_id):
    return controller.current_page.line(line_id).text


# --- illegible places -----------------------------------------------------------------------------


def test_the_character_at_the_caret_becomes_illegible(panel, keyboard, controller):
    keyboard.key(KEY.Key_Home)
    keyboard.key(KEY.Key_U, CTRL)
    keyboard.key(KEY.Key_U, CTRL)
    assert panel.editor.text() == "□□所见："
    assert panel.editor.caret == 2
    assert "could not read" in panel.form.note.sentence()
    keyboard.key(KEY.Key_Z, CTRL)
    assert panel.editor.text() == "□查所见："
    keyboard.key(KEY.Key_Return)
    assert text_of(controller, "line0") == "□查所见："
    assert controller.undo_stack.count() == 1


def test_each_selected_character_becomes_illegible(panel, keyboard, controller):
    controller.select_line("line2")  # WBC 11.2
    panel.editor.set_caret(2)
    for _ in range(3):
        keyboard.key(KEY.Key_Right, SHIFT)
    keyboard.key(KEY.Key_U, CTRL)
    assert panel.editor.text() == "WB□ □1.2"


def test_where_nothing_stands_a_box_is_put_in(panel, keyboard):
    keyboard.key(KEY.Key_End)
    keyboard.key(KEY.Key_U, CTRL)
    assert panel.editor.text() == TEXTS[0] + "□"
    panel.editor.load(None)
    panel.editor.load(Line("x", box(0), "a b"))
    panel.editor.set_caret(1)
    keyboard.key(KEY.Key_U, CTRL)
    assert panel.editor.text() == "a□ b"


def test_an_illegible_place_looks_like_no_other(panel, keyboard):
    panel.editor.load(read_line("x", "口□口", box(0)))
    assert not panel.editor.extraSelections()  # a box of the form that the machine read
    panel.editor.set_caret(0)
    keyboard.key(KEY.Key_U, CTRL)
    (marked,) = panel.editor.extraSelections()
    assert marked.cursor.selectedText() == "□"
    assert marked.format.fontOverline()
    assert marked.format.foreground().color() == tokens().colour("error")


def test_nothing_is_put_into_a_composition(panel, keyboard):
    keyboard.compose("ni")
    panel.mark_place_illegible()
    panel.changes.restore_at_caret()
    panel.changes.restore_line()
    assert panel.editor.text() == TEXTS[0]
    assert panel.editor.textCursor().block().layout().preeditAreaText() == "ni"


# --- changes --------------------------------------------------------------------------------------


def shown(panel):
    return panel.form.changes.findChild(QLabel).text()


@pytest.fixture
def changed(panel, keyboard, controller):
    """右肺上叶见斑片状影 became 左肺上叶见片状影区."""
    controller.select_line("line1")
    panel.editor.replace_text("左肺上叶见片状影区")
    panel.changes.show_changes(True)
    return panel


def test_changes_are_told_character_by_character(changed, keyboard):
    assert changed.form.changes.sentence() == "“左” was “右”; “” was “斑”; “区” was “”"
    assert shown(changed).count("<s ") == 2
    assert shown(changed).count("underline") == 2
    keyboard.key(KEY.Key_End)
    keyboard.key(KEY.Key_Backspace)
    assert changed.form.changes.sentence() == "“左” was “右”; “” was “斑”"


def test_a_click_takes_one_change_back(changed, controller):
    label = changed.form.changes.findChild(QLabel)
    label.linkActivated.emit("1")
    assert changed.editor.text() == "左肺上叶见斑片状影区"
    label.linkActivated.emit("0")
    assert changed.editor.text() == "右肺上叶见斑片状影区"
    label.linkActivated.emit("7")  # a link of a row that is out of date
    assert changed.editor.text() == "右肺上叶见斑片状影区"


def test_a_key_takes_the_change_at_the_caret_back_or_the_next(changed, keyboard, controller):
    changed.editor.set_caret(3)
    keyboard.key(KEY.Key_F8, SHIFT)
    assert changed.editor.text() == "左肺上叶见斑片状影区"
    keyboard.key(KEY.Key_F8, SHIFT)
    assert changed.editor.text() == "左肺上叶见斑片状影"
    keyboard.key(KEY.Key_F8, SHIFT)
    assert changed.editor.text() == TEXTS[1]
    keyboard.key(KEY.Key_F8, SHIFT)
    assert "Nothing was changed" in QToolTip.text()
    keyboard.key(KEY.Key_Down)
    assert controller.undo_stack.count() == 0  # all is as it was
    QToolTip.hideText()


def test_the_whole_line_comes_back(changed, keyboard, controller):
    keyboard.key(KEY.Key_Return)
    controller.select_line("line1")
    assert text_of(controller, "line1") != TEXTS[1]
    keyboard.key(KEY.Key_F8, CTRL)
    assert changed.editor.text() == TEXTS[1]
    keyboard.key(KEY.Key_Z, CTRL)
    assert changed.editor.text() == "左肺上叶见片状影区"
    changed.form.changes.restore.click()
    assert changed.editor.text() == TEXTS[1]
    assert changed.form.changes.sentence() == "Nothing was changed in this line."
    assert not changed.form.changes.restore.isEnabled()


def test_what_a_rule_did_is_no_change_of_a_person(panel, keyboard, controller):
    line = read_line("rule", "5xl", box(6))
    line = replace(line, text="5×l", corrections=(Correction("r", 1, "x", "×"),))
    controller.set_current_page(add_page(controller, (line,)))
    panel.changes.show_changes(True)
    assert panel.form.changes.sentence() == "Nothing was changed in this line."
    panel.editor.replace_text("6×l")
    keyboard.key(KEY.Key_F8, CTRL)
    assert panel.editor.text() == "5×l"


def test_a_line_that_nobody_read_says_so(panel, controller):
    line_id = controller.add_line(box(8))
    panel.changes.show_changes(True)
    assert controller.current_line.id == line_id
    panel.editor.replace_text("新")
    assert panel.form.changes.sentence() == "The machine has not read this line."


def test_reviewed_lines_that_were_changed_are_marked_in_the_list(panel, keyboard, controller):
    keyboard.key(KEY.Key_Return, SHIFT)
    before = panel.lines.list.grab().toImage()
    keyboard.type("!")
    keyboard.key(KEY.Key_Return, SHIFT)
    keyboard.key(KEY.Key_F8, CTRL)
    keyboard.key(KEY.Key_Return, SHIFT)
    assert panel.lines.list.grab().toImage() == before
    keyboard.type("!")
    keyboard.key(KEY.Key_Return, SHIFT)
    assert panel.lines.list.grab().toImage() != before


# --- the slider -----------------------------------------------------------------------------------


def test_the_slider_moves_the_threshold_at_once(panel, keyboard, controller, qtbot):
    slider = panel.doubt_slider.slider
    slider.setFocus()
    QTest.keyClick(slider, KEY.Key_Home)
    assert controller.doubt == 0.5
    assert not any(map(controller.is_doubtful, controller.current_page.lines))
    assert not panel.next_doubtful()
    QTest.keyClick(slider, KEY.Key_PageUp)
    QTest.keyClick(slider, KEY.Key_Right)
    assert controller.doubt == 0.56
    assert panel.next_doubtful()
    assert (controller.current_line.id, panel.editor.caret) == ("line1", 2)
    panel.lines.set_filter(Filter.DOUBTFUL)
    QTest.keyClick(slider, KEY.Key_End)
    assert controller.doubt == 0.99
    controller.set_doubt(0.3)  # beyond its ends
    assert controller.doubt == 0.3


def test_the_slider_tells_its_value(panel, controller):
    controller.set_doubt(0.65)
    assert panel.doubt_slider.slider.value() == 65
    assert "below 65 %" in panel.doubt_slider.toolTip()
    assert "65 %" in [label.text() for label in panel.doubt_slider.findChildren(QLabel)]


def test_the_slider_leaves_a_composition_alone(panel, keyboard, controller):
    keyboard.compose("fei")
    panel.doubt_slider.slider.setValue(95)
    assert controller.doubt == 0.95
    assert panel.editor.textCursor().block().layout().preeditAreaText() == "fei"
    assert controller.current_page.line("line0").status is LineStatus.UNREVIEWED
