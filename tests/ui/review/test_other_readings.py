"""Second reader, rules and the raw reading at the line: told, offered, taken over, taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from desktop_ocr.document.model import Alternative, Correction, LineStatus
from desktop_ocr.engine.correct.rules import load_rules
from desktop_ocr.ui.review.lines import Filter
from tests.ui.documents import add_page, box, read_line

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SOLID = QTextCharFormat.UnderlineStyle.SingleUnderline
DASHED = QTextCharFormat.UnderlineStyle.DashUnderline
BPM = Correction("unit-bpm", 8, "n", "m")


@pytest.fixture
def rules(home):
    return load_rules()


def lines():
    """Read without doubt; the first by both readers alike, the others not."""
    return (
        read_line("sure", "双肺未见异常", box(0)),
        replace(read_line("second", "右肺下野阴彩", box(1)), second_text="右肺下野阴影"),
        replace(
            read_line("rule", "HR 98 bpn", box(2)),
            text="HR 98 bpm",
            plain_text="HR 9B bpn",
            second_text="HR 98 bpm",
            corrections=(BPM,),
        ),
        replace(read_line("dose", "5Omg x2", box(3)), plain_text="5Omg x2"),
    )


@pytest.fixture
def page(controller):
    return add_page(controller, lines())


@pytest.fixture
def helped(panel, rules):
    panel.others.set_rules(rules)
    return panel


def tool_tip(editor, index):
    rect = editor.cursorRect(editor._cursor(index, index))
    at = QPoint(rect.left() + 5, rect.center().y())
    event = QHelpEvent(QHelpEvent.Type.ToolTip, at, editor.viewport().mapToGlobal(at))
    QApplication.sendEvent(editor.viewport(), event)
    return QToolTip.text()


def formats(editor, index):
    """How a character is underlined, each layer for itself."""
    return [
        s.format.underlineStyle()
        for s in editor.extraSelections()
        if s.cursor.selectionStart() <= index < s.cursor.selectionEnd()
    ]


# --- the second reader ----------------------------------------------------------------------------


def test_where_both_readers_differ_a_person_is_led(helped, keyboard, controller):
    keyboard.key(KEY.Key_F3)
    assert controller.current_line.id == "second"
    assert helped.editor.caret == 5
    assert "Second reader: “影”" in helped.form.note.sentence()
    assert "Second reader: “影”" in tool_tip(helped.editor, 5)
    assert formats(helped.editor, 5) == [DASHED]
    assert formats(helped.editor, 4) == []
    assert helped.lines.model.counts()[Filter.DOUBTFUL].lines == 1
    row = helped.lines.model.index(1)
    assert "Second reader: “右肺下野阴影”" in row.data(Qt.ItemDataRole.ToolTipRole)
    assert "Second reader" in row.data(Qt.ItemDataRole.AccessibleTextRole)


def test_what_the_second_reader_read_is_taken_with_one_key(helped, keyboard, controller):
    controller.select_line("second")
    helped.editor.set_caret(5)
    keyboard.key(KEY.Key_F2)
    assert helped.popup.texts() == ["影"]
    assert helped.popup.notes() == ["second reader"]
    QTest.keyClick(helped.popup, KEY.Key_1)
    assert helped.editor.text() == "右肺下野阴影"
    assert helped.form.note.sentence() == ""  # both say the same now
    keyboard.key(KEY.Key_Return)
    controller.undo()
    assert controller.current_page.line("second").text == "右肺下野阴彩"


@pytest.mark.parametrize(
    ("text", "second", "caret", "offered"),
    [
        # The characters on both sides stand for what is missing.
        ("体温3.5", "体温36.5", 2, ["36"]),
        ("体温3.5", "体温36.5", 3, ["6."]),
        ("肺部CTT", "肺部CT", 4, [""]),
        ("肺部CT", "肺部CT片", 4, ["片"]),
    ],
)
def test_what_the_second_reader_has_more_or_less_is_offered_too(
    helped, keyboard, controller, text, second, caret, offered
):
    line = replace(read_line("x", text, box(0)), second_text=second)
    controller.set_current_page(add_page(controller, (line,)))
    helped.editor.set_caret(caret)
    keyboard.key(KEY.Key_F2)
    assert helped.popup.texts() == offered
    QTest.keyClick(helped.popup, KEY.Key_1)
    assert helped.editor.text() == second


def test_a_confirmed_line_is_in_doubt_no_more(helped, keyboard, controller):
    controller.set_status(["second"], LineStatus.REVIEWED)
    keyboard.key(KEY.Key_F3)
    assert controller.current_line.id == "sure"
    controller.select_line("second")
    helped.editor.set_caret(5)
    assert helped.form.note.sentence() == ""


# --- rules ----------------------------------------------------------------------------------------


def test_a_rules_correction_is_marked_told_and_is_no_edit(helped, controller):
    controller.select_line("rule")
    editor = helped.editor
    assert formats(editor, 8) == [SOLID]
    assert formats(editor, 7) == []
    editor.set_caret(8)
    told = helped.form.note.sentence()
    assert "A rule made “m” of “n”" in told
    assert "bpn" in told  # what the rule does, in words
    assert "F8" in told
    assert "A rule made “m” of “n”" in tool_tip(editor, 8)
    assert not controller.is_kept(controller.current_line)
    assert not controller.is_doubtful(controller.current_line)


def test_one_key_takes_the_correction_back_and_undo_brings_it_again(helped, keyboard, controller):
    controller.select_line("rule")
    keyboard.key(KEY.Key_Home)
    keyboard.key(KEY.Key_F8)  # it is further on in the line
    assert helped.editor.text() == "HR 98 bpn"
    assert formats(helped.editor, 8) == [DASHED]  # the second reader says m
    keyboard.key(KEY.Key_Z, CTRL)
    assert helped.editor.text() == "HR 98 bpm"
    keyboard.key(KEY.Key_F8)
    keyboard.key(KEY.Key_Return)
    assert controller.current_page.line("rule").text == "HR 98 bpn"
    assert controller.is_kept(controller.current_page.line("rule"))
    controller.undo()
    assert controller.current_page.line("rule").text == "HR 98 bpm"


def test_without_a_correction_the_key_says_so(helped, keyboard):
    keyboard.key(KEY.Key_F8)
    assert QToolTip.text() == "No rule has changed this line"
    assert helped.editor.text() == "双肺未见异常"


def test_what_was_read_before_a_rule_is_offered(helped, keyboard, controller):
    controller.select_line("rule")
    helped.editor.set_caret(8)
    keyboard.key(KEY.Key_F2)
    assert helped.popup.texts() == ["n"]
    assert helped.popup.notes() == ["as it was read · without language"]
    QTest.keyClick(helped.popup, KEY.Key_1)
    assert helped.editor.text() == "HR 98 bpn"


def test_a_rules_suggestion_is_offered_with_its_name(helped, keyboard, controller, rules):
    controller.select_line("dose")
    helped.editor.set_caret(1)
    name = rules.describe("digit-before-unit", "en")
    assert helped.form.note.sentence() == f"A rule suggests “0”: {name} (F2)"
    keyboard.key(KEY.Key_Space, CTRL)
    assert helped.popup.texts() == ["0"]
    assert helped.popup.notes() == [f"rule: {name}"]
    QTest.keyClick(helped.popup, KEY.Key_1)
    assert helped.editor.text() == "50mg x2"


def test_a_rule_suggests_for_what_a_person_typed(helped, keyboard, controller):
    controller.select_line("dose")
    helped.editor.replace_text("2Omg")
    helped.editor.set_caret(1)
    keyboard.key(KEY.Key_F2)
    assert helped.popup.texts() == ["0"]


def test_switched_off_rules_suggest_nothing(helped, keyboard, controller):
    helped.others.set_rules(None)
    controller.select_line("dose")
    helped.editor.set_caret(1)
    assert helped.form.note.sentence() == ""
    keyboard.key(KEY.Key_F2)
    assert not helped.popup.isVisible()


def test_one_reading_of_several_sources_is_offered_once(helped, keyboard, controller, rules):
    line = read_line("x", "末见", box(0), {0: 0.5})
    others = (Alternative("未", 0.4), Alternative("木", 0.1, "plain"))
    first = replace(line.characters[0], alternatives=others)
    line = replace(
        line, characters=(first, line.characters[1]), second_text="未见", plain_text="木见"
    )
    controller.set_current_page(add_page(controller, (line,)))
    helped.editor.set_caret(0)
    keyboard.key(KEY.Key_F2)
    assert helped.popup.texts() == ["未", "木"]
    rule = rules.describe("phrase-not-seen", "en")
    assert helped.popup.notes() == [
        f"40 %   second reader · recogniser · rule: {rule}",
        "10 %   without language",
    ]


# --- the raw reading ------------------------------------------------------------------------------


def test_the_raw_reading_is_shown_and_taken_over(helped, keyboard, controller):
    helped.others.show_plain(True)
    plain = helped.form.plain
    controller.select_line("rule")
    assert plain.isVisible()
    assert plain.sentence() == "HR 9B bpn"
    assert "<b><u>B</u></b>" in plain._reading.text()
    keyboard.key(KEY.Key_F4, SHIFT)
    assert helped.editor.text() == "HR 9B bpn"
    assert not plain.take.isEnabled()  # it stands there already
    keyboard.key(KEY.Key_Z, CTRL)
    assert helped.editor.text() == "HR 98 bpm"
    plain.take.click()
    keyboard.key(KEY.Key_Return)
    assert controller.current_page.line("rule").text == "HR 9B bpn"
    controller.undo()
    assert controller.current_page.line("rule").text == "HR 98 bpm"


def test_where_there_is_no_raw_reading_it_says_why(helped, keyboard, controller):
    helped.others.show_plain(True)
    assert "read the line again" in helped.form.plain.sentence()
    assert not helped.form.plain.take.isEnabled()
    keyboard.key(KEY.Key_F4, SHIFT)
    assert helped.editor.text() == "双肺未见异常"
    line = controller.add_line(box(8))
    controller.select_line(line)
    assert helped.form.plain.sentence() == "The recogniser has not read this line."


def test_markup_in_a_reading_is_text(helped, controller):
    line = replace(read_line("x", "<b>5", box(0)), plain_text="<i>5&")
    controller.set_current_page(add_page(controller, (line,)))
    helped.others.show_plain(True)
    assert "&lt;" in helped.form.plain._reading.text()
    assert "<i>" not in helped.form.plain._reading.text()


def test_nothing_is_told_while_an_input_method_composes(helped, keyboard, controller):
    controller.select_line("second")
    helped.editor.set_caret(5)
    before = helped.form.note.sentence()
    keyboard.compose("wei")
    assert helped.form.note.sentence() == before
    for key in (KEY.Key_F2, KEY.Key_F8):
        keyboard.key(key)
    assert not helped.popup.isVisible()
    assert helped.editor.text() == "右肺下野阴彩"
    keyboard.commit("")


def test_offers_for_a_text_that_is_gone_are_not_taken(helped, keyboard, controller):
    """The page may be read again while they are shown."""
    controller.select_line("second")
    keyboard.key(KEY.Key_F2)
    assert helped.popup.isVisible()
    controller.set_text("second", "短")
    assert not helped.popup.isVisible()
    assert helped.editor.text() == "短"
