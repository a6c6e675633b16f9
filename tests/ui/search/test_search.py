"""Finding and replacing in the real window, with real keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from desktop_ocr.document.lazy import LazyLines
from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.history import Step
from desktop_ocr.ui.search.bar import Scope
from tests.ui.documents import add_page, box, read_line

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


def text_of(document, line_id):
    page = document.document.pages[int(line_id[0])]
    return page.line(line_id).text


# --- finding --------------------------------------------------------------------------------------


def test_what_is_typed_is_found_and_stepped_through_across_pages(bar, document, program):
    bar.open(KEY.Key_F, CTRL)
    assert bar.bar.text.hasFocus()
    bar.type("右肺")
    assert bar.bar.count_text() == "1 of 4"
    assert bar.selected() == ("0-0", 3, "右肺")
    places = []
    for _ in range(5):
        bar.key(KEY.Key_Return)
        places.append(bar.selected()[:2])
        assert bar.bar.text.hasFocus()
    assert places == [("0-2", 0), ("2-1", 0), ("2-1", 2), ("0-0", 3), ("0-2", 0)]
    bar.key(KEY.Key_Return, SHIFT)
    assert bar.selected()[:2] == ("0-0", 3)
    assert bar.bar.count_text() == "1 of 4"
    assert document.undo_stack.count() == 0
    bar.key(KEY.Key_Escape)
    assert not bar.bar.isVisible()
    assert bar.editor.hasFocus()
    assert bar.selected() == ("0-0", 3, "右肺")  # where it was found last
    assert not [s for s in bar.editor.extraSelections() if s.format.fontOverline()]


def test_what_is_found_is_scrolled_into_view(bar, document, program):
    low = box(12)  # far below what the view shows at this size
    add_page(document, (read_line("3-0", "上", box(0)), read_line("3-1", "靠下的一行", low)))
    view = program.window.page_view
    document.set_current_page(document.document.pages[3].id)
    view.actual_size()

    def shown():
        return view.mapToScene(view.viewport().rect()).boundingRect()

    assert shown().bottom() < low.box.top
    bar.open(KEY.Key_F, CTRL)
    bar.type("靠下")
    assert bar.selected()[0] == "3-1"
    assert shown().top() < low.box.top < low.box.bottom < shown().bottom()


def test_every_place_in_the_line_is_set_off(bar, document):
    bar.open(KEY.Key_F, CTRL)
    bar.type("肺")
    document.set_current_page(document.document.pages[2].id)
    document.select_line("2-1")
    found = [s for s in bar.editor.extraSelections() if s.format.fontOverline()]
    assert [(s.cursor.selectionStart(), s.cursor.selectionEnd()) for s in found] == [(1, 2), (3, 4)]


def test_a_place_at_the_end_is_not_looked_for_in_a_shorter_text(bar, document):
    """Qt would complain; the text is there before the search has looked at it."""
    bar.open(KEY.Key_F, CTRL)
    bar.type("L")
    assert bar.selected()[:2] == ("0-1", len("WBC 6.8 x10^9/"))
    bar.editor.setFocus()
    QTest.keyClick(bar.editor, KEY.Key_Delete)
    QTest.keyClick(bar.editor, KEY.Key_Z, CTRL)
    QTest.keyClick(bar.editor, KEY.Key_Return)
    assert bar.editor.text() == "右肺下野斑片影"


def test_it_starts_at_the_caret(bar, document):
    document.select_line("0-2")
    bar.open(KEY.Key_F, CTRL)
    bar.type("肺")
    assert bar.selected()[:2] == ("0-2", 1)  # nobody has gone through the line yet
    bar.key(KEY.Key_Escape)
    QTest.keyClick(bar.editor, KEY.Key_End)
    bar.open(KEY.Key_F, CTRL)
    bar.type("肺")
    assert bar.selected()[:2] == ("1-0", 1)


def test_what_is_selected_is_searched_for(bar, document):
    bar.editor.select(3, 5)
    bar.open(KEY.Key_F, CTRL)
    bar.wait()
    assert bar.bar.text.text() == "右肺"
    assert bar.bar.count_text() == "1 of 4"


def test_the_switches(bar):
    bar.open(KEY.Key_F, CTRL)
    bar.type("wbc")
    assert bar.rows() == ["0-1", "1-1", "2-0"]
    bar.bar.match_case.click()
    bar.wait()
    assert bar.rows() == ["1-1"]
    bar.bar.match_case.click()
    bar.bar.ignore_width.click()
    bar.wait()
    assert bar.rows() == ["0-1", "1-1"]
    bar.bar.whole_words.click()
    bar.type("wb")
    assert bar.rows() == []
    assert bar.bar.count_text() == "nothing found"
    bar.bar.is_pattern.click()
    assert not bar.bar.ignore_width.isEnabled()
    assert not bar.bar.ignore_width.isChecked()
    bar.type(r"\d+[.,]\d")
    assert bar.rows() == ["0-1", "1-1"]


def test_the_page_alone(bar, document):
    bar.open(KEY.Key_F, CTRL)
    bar.bar.scope.setCurrentIndex(list(Scope).index(Scope.PAGE))
    bar.type("右肺")
    assert bar.rows() == ["0-0", "0-2"]
    document.set_current_page(document.document.pages[2].id)
    bar.wait()
    assert bar.rows() == ["2-1"]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(右", "The regular expression is not complete or wrong at character 2."),
        ("(a|aa)+$", "The regular expression takes too long: make it simpler."),
    ],
)
def test_a_pattern_that_cannot_be_used_is_told(bar, document, pattern, said):
    document.set_text("0-3", "a" * 80 + "b", page_id=document.document.pages[0].id)
    bar.open(KEY.Key_F, CTRL)
    bar.bar.is_pattern.click()
    bar.bar.text.setText(pattern)
    bar.qtbot.waitUntil(lambda: bar.bar.problem() == said)
    assert bar.rows() == []
    bar.type("右肺")
    assert bar.bar.problem() == ""
    assert len(bar.rows()) == 3


def test_the_list_leads_to_the_lines(bar, document):
    bar.open(KEY.Key_F, CTRL)
    bar.type("右肺")
    assert not bar.bar.results.isVisible()
    bar.bar.listed.click()
    assert bar.bar.results.isVisible()
    bar.bar.text.setFocus()
    bar.key(KEY.Key_Down)
    assert bar.bar.results.hasFocus()
    bar.key(KEY.Key_Down, widget=bar.bar.results)
    assert bar.selected()[:2] == ("0-2", 0)
    bar.key(KEY.Key_End, widget=bar.bar.results)
    bar.key(KEY.Key_Return, widget=bar.bar.results)
    assert bar.selected()[:2] == ("2-1", 0)
    assert bar.editor.hasFocus()
    told = bar.bar.results.model().index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "p. 3, line 2: 右肺右肺"


def test_the_search_follows_the_document(bar, document, program):
    bar.open(KEY.Key_F, CTRL)
    bar.type("复查")
    assert bar.rows() == ["1-2"]
    add_page(document, (read_line("3-0", "三月后复查", box(0)),))
    bar.wait()
    assert bar.rows() == ["1-2", "3-0"]
    document.set_text("0-3", "复查", page_id=document.document.pages[0].id)
    bar.wait()
    assert bar.rows() == ["0-3", "1-2", "3-0"]
    document.delete_page(document.document.pages[1].id)
    bar.wait()
    assert bar.rows() == ["0-3", "3-0"]
    document.undo()
    bar.wait()
    assert bar.rows() == ["0-3", "1-2", "3-0"]


def test_the_bar_goes_with_the_last_page(bar, document):
    bar.open(KEY.Key_F, CTRL)
    bar.type("肺")
    for page in list(document.document.pages):
        assert bar.bar.isVisible()
        document.delete_page(page.id)
    assert not bar.bar.isVisible()
    assert QApplication.focusWidget().isVisible()
    document.undo()
    assert not bar.bar.isVisible()


def test_further_places_from_within_the_text(bar, document):
    QTest.keyClick(bar.editor, KEY.Key_G, CTRL)
    assert bar.bar.text.hasFocus()  # nothing to search for yet
    bar.type("肺")
    bar.window.review.focus_editor()
    QTest.keyClick(bar.editor, KEY.Key_G, CTRL)
    assert bar.selected() == ("0-2", 1, "肺")
    assert bar.editor.hasFocus()
    QTest.keyClick(bar.editor, KEY.Key_G, CTRL | SHIFT)
    assert bar.selected() == ("0-0", 4, "肺")


def test_a_composition_in_the_bar_searches_once_it_ends(bar):
    bar.open(KEY.Key_F, CTRL)
    QApplication.sendEvent(bar.bar.text, QInputMethodEvent("you", []))
    bar.wait()
    assert bar.rows() == []
    event = QInputMethodEvent("", [])
    event.setCommitString("右肺")
    QApplication.sendEvent(bar.bar.text, event)
    bar.wait()
    assert len(bar.rows()) == 3


def test_text_that_is_being_typed_is_found_too(bar, document):
    QTest.keyClicks(bar.editor, " CT")
    bar.open(KEY.Key_F, CTRL)
    bar.type("ct")
    assert bar.rows() == ["0-0"]
    assert document.undo_stack.count() == 1


# --- replacing ------------------------------------------------------------------------------------


def test_replacing_is_listed_first_and_one_step(bar, document, program):
    bar.open(KEY.Key_H, CTRL)
    bar.type("右肺")
    bar.type("左肺", bar.bar.replacement)
    model = bar.bar.results.model()
    assert bar.bar.results.isVisible()
    told = [model.index(i).data(Qt.ItemDataRole.AccessibleTextRole) for i in range(3)]
    assert told == [
        "p. 1, line 1: 胸片：右肺纹理增多 → 胸片：左肺纹理增多 (will be changed)",
        "p. 1, line 3: 右肺下野斑片影 → 左肺下野斑片影 (will be changed)",
        "p. 3, line 2: 右肺右肺 → 左肺左肺 (will be changed)",
    ]
    bar.key(KEY.Key_Return, widget=bar.bar.replacement)
    assert bar.bar.results.hasFocus()
    bar.key(KEY.Key_Down, widget=bar.bar.results)
    bar.key(KEY.Key_Space, widget=bar.bar.results)
    assert bar.bar.replace.text() == "&Replace in 2 lines"
    QTest.keyClick(bar.bar.replace, KEY.Key_Space)
    assert text_of(document, "0-0") == "胸片：左肺纹理增多"
    assert text_of(document, "0-2") == "右肺下野斑片影"
    assert text_of(document, "2-1") == "左肺左肺"
    assert document.undo_stack.count() == 1
    assert document.undo_step() is Step.REPLACE
    assert "replace text" in program.window.commands["undo"].text()
    bar.wait()
    assert bar.rows() == ["0-2"]
    (message,) = program.window.messages.messages
    assert message.text == "Replaced in 2 lines."
    program.window.messages.findChild(QPushButton, "messageAction").click()
    assert text_of(document, "0-0") == "胸片：右肺纹理增多"
    assert text_of(document, "2-1") == "右肺右肺"


def test_the_offer_to_undo_a_replacement_goes_with_the_next_step(bar, document, program):
    """Else it would take back something else than it says."""
    bar.open(KEY.Key_H, CTRL)
    bar.type("右肺")
    bar.type("左肺", bar.bar.replacement)
    bar.bar.replace.click()
    assert [m.action for m in program.window.messages.messages] == ["Undo"]
    document.set_status([document.current_page.lines[3].id], LineStatus.REVIEWED)
    assert program.window.messages.messages == []


def test_reviewed_lines_are_ticked_by_nobody_but_the_person(bar, document):
    page = document.document.pages[0].id
    document.set_status(["0-0"], LineStatus.REVIEWED, page_id=page)
    bar.open(KEY.Key_H, CTRL)
    bar.type("右肺")
    bar.type("R", bar.bar.replacement)
    model = bar.bar.results.model()
    assert [found.line.id for found in model.ticked()] == ["0-2", "2-1"]
    assert "(reviewed)" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    bar.bar.tick_all.click()
    assert len(model.ticked()) == 3
    bar.bar.tick_all.click()
    assert not model.ticked()
    assert not bar.bar.replace.isEnabled()
    bar.bar.results.setFocus()
    bar.bar.results.setCurrentIndex(model.index(0))
    bar.key(KEY.Key_Space, widget=bar.bar.results)
    bar.type("S", bar.bar.replacement)  # what was ticked stays so
    bar.bar.replace.click()
    assert text_of(document, "0-0") == "胸片：S纹理增多"
    assert document.document.pages[0].line("0-0").status is LineStatus.REVIEWED
    assert text_of(document, "0-2") == "右肺下野斑片影"


def test_groups_of_a_pattern(bar, document):
    bar.open(KEY.Key_H, CTRL)
    bar.bar.is_pattern.click()
    bar.type(r"(\d+),(\d)")
    bar.type(r"\1.\2", bar.bar.replacement)
    bar.bar.replace.click()
    assert text_of(document, "1-1") == "wbc 11.2"
    bar.type(r"(\d+)")
    bar.type(r"\2", bar.bar.replacement)
    assert bar.bar.problem() == "What it is to be replaced by names a group that is not there."
    assert not bar.bar.replace.isEnabled()


def test_nothing_is_replaced_that_was_changed_meanwhile(bar, document):
    bar.open(KEY.Key_H, CTRL)
    bar.type("肺")
    bar.type("心", bar.bar.replacement)
    # No event loop ran yet: the list does not know.
    document.set_text("0-2", "肺气肿", page_id=document.document.pages[0].id)
    bar.search.replace_ticked()
    assert text_of(document, "0-2") == "肺气肿"
    assert text_of(document, "0-0") == "胸片：右心纹理增多"


def test_lines_that_are_not_loaded_are_replaced(bar, document, qtbot):
    kept = {page.id: tuple(page.lines) for page in document.document.pages[1:]}
    for page in document.document.pages[1:]:
        lines = kept[page.id]
        page.lines = LazyLines(lambda lines=lines: lines)
    bar.open(KEY.Key_H, CTRL)
    bar.type("肺")
    bar.type("心", bar.bar.replacement)
    assert not any(page.lines.is_loaded for page in document.document.pages[1:])
    with qtbot.waitSignal(bar.search.replaced) as told:
        bar.bar.replace.click()
    assert told.args == [4]
    assert text_of(document, "2-1") == "右心右心"
    assert document.undo_stack.count() == 1
    document.undo()
    assert text_of(document, "1-0") == "左肺未见异常"


def test_the_bar_speaks_chinese(bar, program):
    from desktop_ocr.ui.i18n import Language

    bar.open(KEY.Key_H, CTRL)
    bar.type("右肺")
    program.language.show(Language.CHINESE)
    bar.qtbot.waitUntil(lambda: bar.bar.replace.text() == "替换 3 行(&R)")
    assert bar.bar.text.text() == "右肺"
    assert bar.bar.count_text() == "第 1 / 4 处"
    bar.type("xyz")
    program.language.show(Language.ENGLISH)
    bar.qtbot.waitUntil(lambda: bar.bar.count_text() == "nothing found")
    bar.bar.is_pattern.click()
    bar.type("(xyz")
    assert "not complete" in bar.bar.problem()
    program.language.show(Language.CHINESE)
    bar.qtbot.waitUntil(lambda: "正则表达式" in bar.bar.problem())
