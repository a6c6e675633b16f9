"""The panel of fields in the real window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_ocr.document.edits import Group, SetLine
from desktop_ocr.document.model import Cell, Char, LineStatus
from desktop_ocr.paths import resource
from desktop_ocr.ui.fields.models import Trust
from desktop_ocr.ui.history import Step
from desktop_ocr.ui.i18n import Language
from tests.fakes.engines import TruthEngine


class SureEngine(TruthEngine):
    """Reads the sample pages as they are; of the name its last character is doubtful."""

    def read_one(self, line, text, options):
        size = len(text)
        characters = tuple(
            Char(
                c,
                0.5 if text.startswith("姓名") and i == size - 1 else 0.99,
                line.quad.between(i / size, (i + 1) / size),
            )
            for i, c in enumerate(text)
        )
        return replace(line, text=text, raw_text=text, confidence=0.99, characters=characters)


@pytest.fixture
def program(make_program):
    return make_program(SureEngine())


@pytest.fixture
def panel(program, idle, qtbot):
    """The report is open, and Ctrl+Shift+I was pressed."""
    program.window.open_paths([resource("samples/xray_report.png")])
    idle(program, 1)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(program.window, Qt.Key.Key_I, both)
    panel = program.window.workspace.fields
    qtbot.waitUntil(lambda: panel.isVisible() and bool(panel.found.values))
    return panel


def rows(panel):
    return {row.texts[0]: row for row in panel._field_rows.rows}


def choose(panel, qtbot, name, column=1):
    table = panel.fields
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    names = [row.texts[0] for row in panel._field_rows.rows]
    table.setCurrentIndex(table.model().index(names.index(name), column))


def test_the_fields_of_a_report_stand_with_their_state(panel):
    found = rows(panel)
    assert found["Name"].texts == ("Name", "周启明")
    assert found["Name"].trust is Trust.DOUBTFUL
    assert found["Age"].trust is Trust.UNREVIEWED
    assert found["Findings"].texts[1].count("\n") == 5
    assert panel.laboratory.isHidden()
    assert "Examination report" in panel._summary.text()
    assert "1 doubtful" in panel._summary.text()
    # The state is told by words and an icon, not by colour alone.
    index = panel.fields.model().index(0, 2)
    assert index.data() == "doubtful"
    assert index.data(Qt.ItemDataRole.DecorationRole) is not None
    assert "周启明, doubtful" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_choosing_a_field_selects_its_line_and_keeps_the_keyboard(program, panel, qtbot):
    choose(panel, qtbot, "Age")
    assert program.document.current_line.text.startswith("年龄")
    assert panel.fields.hasFocus()
    QTest.keyClick(panel.fields, Qt.Key.Key_Down)
    assert program.document.current_line.text.startswith("科别")
    view = program.window.page_view
    box = program.document.current_line.quad.box
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert seen.contains(box.left, box.top)


def test_enter_goes_to_the_value_in_the_text_and_values_follow_edits(program, panel, qtbot):
    choose(panel, qtbot, "Age")
    QTest.keyClick(panel.fields, Qt.Key.Key_Return)
    editor = program.window.review.editor
    qtbot.waitUntil(editor.hasFocus)
    assert editor.caret == len("年龄：")
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, "6")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows(panel)["Age"].texts[1] == "68岁")
    assert rows(panel)["Age"].trust is Trust.REVIEWED
    program.document.undo()
    qtbot.waitUntil(lambda: rows(panel)["Age"].texts[1] == "58岁")


def test_what_is_missing_or_looks_wrong_is_told(program, panel, qtbot):
    lines = {line.text[:2]: line.id for line in program.document.current_page.lines}
    program.document.set_text(lines["性别"], "性别：另")
    program.document.delete_lines([lines["年龄"]])
    qtbot.waitUntil(lambda: rows(panel)["Age"].trust is Trust.MISSING)
    assert rows(panel)["Age"].texts[1] == ""
    assert rows(panel)["Sex"].trust is Trust.UNUSUAL
    assert "1 missing" in panel._summary.text()
    choose(panel, qtbot, "Age")  # there is no place to go to


def test_reviewed_lines_make_reviewed_values(program, panel, qtbot):
    page = program.document.current_page
    ids = [line.id for line in page.lines]
    program.document.set_status(ids[:-8], LineStatus.REVIEWED)
    qtbot.waitUntil(lambda: rows(panel)["Name"].trust is Trust.REVIEWED)
    assert rows(panel)["Impression"].trust is not Trust.REVIEWED


def test_typing_chinese_is_not_disturbed(program, panel, qtbot):
    choose(panel, qtbot, "Department")
    QTest.keyClick(panel.fields, Qt.Key.Key_Return)
    editor = program.window.review.editor
    qtbot.waitUntil(editor.hasFocus)
    QApplication.sendEvent(editor, QInputMethodEvent("xin", []))
    other = program.document.current_page.lines[-1].id
    program.document.line_changed.emit(program.document.current_page.id, other)
    qtbot.wait(120)
    assert editor.composing
    assert editor.hasFocus()


def test_laboratory_rows_stand_beside_and_can_be_copied(program, panel, idle, qtbot):
    program.window.open_paths([resource("samples/lab_sheet.png")])
    idle(program, 2)
    page = program.document.document.pages[1]
    # The sample's truth gives no cells; its lines are put into a table as the engine would.
    heads = ("No.", "项目", "结果", "单位", "参考区间")
    at = next(i for i, line in enumerate(page.lines) if line.text == heads[0])
    edits = [
        SetLine(page.id, replace(line, cell=Cell(0, k // 5, k % 5)))
        for k, line in enumerate(page.lines[at : at + 10])
    ]
    program.document.push(Step.READ_LINES, page.id, Group(tuple(edits)))
    program.document.set_current_page(page.id)
    qtbot.waitUntil(panel.laboratory.isVisible)
    table = panel.laboratory
    (row,) = panel._lab_rows.rows
    assert row.texts[:2] == ("白细胞计数（WBC）", "12.36")
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    table.setCurrentIndex(table.model().index(0, 1))
    assert program.document.current_line.text.startswith("12.36")
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.split("\t")[:2] == ["白细胞计数（WBC）", "12.36"]


def test_the_panel_speaks_chinese_and_says_where_there_is_nothing(
    program, panel, picture, idle, qtbot
):
    program.language.show(Language.CHINESE)
    qtbot.waitUntil(lambda: "姓名" in rows(panel))
    assert "检查报告" in panel._summary.text()
    assert panel.fields.model().headerData(0, Qt.Orientation.Horizontal) == "字段"
    program.window.open_paths([picture("plain.png")])
    idle(program, 2)
    program.document.set_current_page(program.document.document.pages[1].id)
    panel.refresh()
    assert panel._hint.isVisible()
    assert not panel._tables.isVisible()
