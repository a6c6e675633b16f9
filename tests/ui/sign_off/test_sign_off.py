"""Reviewing a page by keys, from the first line to the sign-off, in the real window."""

from __future__ import annotations

import getpass
from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_ocr.document.edits import Group, SetText
from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.history import Step
from desktop_ocr.ui.review.lines import Filter
from desktop_ocr.ui.sign_off.signed_mark import SignedMark
from desktop_ocr.ui.thumbnails import PAGE_ROLE
from tests.fakes.engines import TEXTS

KEY, MODIFIER = Qt.Key, Qt.KeyboardModifier
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=timezone(timedelta(hours=8)))


class Desk:
    """A person at the window who uses keys only."""

    def __init__(self, program) -> None:
        self.program, self.window, self.document = program, program.window, program.document
        self.editor = program.window.review.editor
        self.document.reviews.now = lambda: NOON

    @property
    def page(self):
        return self.document.current_page

    def key(self, key, modifiers=MODIFIER.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        QApplication.processEvents()

    def type(self, text):
        QTest.keyClicks(QApplication.focusWidget(), text)

    def start(self):
        self.window.activateWindow()
        self.document.select_line(self.page.lines[0].id)
        self.window.review.focus_editor()
        return self

    def accept_all(self):
        for _ in self.page.lines:
            self.key(KEY.Key_Return)

    def said(self):
        return [message.text for message in self.window.messages.messages]

    def bar(self):
        self.window.status.refresh()
        return self.window.status.sentence()

    def mark(self):
        return self.window.findChild(SignedMark).text()


@pytest.fixture
def desk(opened, qtbot):
    opened.settings.reviewer = "王医生"
    opened.document.reviews.reviewer = "王医生"
    made = Desk(opened).start()
    qtbot.waitUntil(made.editor.hasFocus)
    return made


@pytest.fixture
def stranger(opened, qtbot):
    """Nobody has given a name yet."""
    made = Desk(opened).start()
    qtbot.waitUntil(made.editor.hasFocus)
    return made


def test_enter_through_all_lines_then_f12_signs_the_page(desk):
    assert "0 of 3 lines reviewed" in desk.bar()
    desk.accept_all()
    assert "3 of 3 lines reviewed" in desk.bar()
    assert desk.window.status.currentMessage() == (
        "All lines of the page are reviewed: F12 signs it off."
    )
    assert {line.review.by for line in desk.page.lines} == {"王医生"}
    desk.key(KEY.Key_F12)
    assert desk.page.sign_off.by == "王医生"
    assert desk.page.sign_off.at == "2026-11-20T12:00:00+08:00"
    assert "signed off by 王医生" in desk.bar()
    assert desk.mark().startswith("Signed off by 王医生, 2026-11-20")
    assert desk.window.status.currentMessage() == ""
    assert desk.window.status._signed.isVisible()
    entry = desk.window.thumbnails.model().index(0, 0).data(PAGE_ROLE)
    assert entry.sign_off == desk.page.sign_off
    tip = desk.window.thumbnails.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Signed off by 王医生" in tip
    assert "1 of 1 page signed off" in desk.window.status.document_sentence()
    desk.key(KEY.Key_Z, MODIFIER.ControlModifier)
    assert desk.page.sign_off is None
    assert "signed off" not in desk.bar()
    assert desk.mark() == ""


def test_f12_goes_to_the_first_open_line_and_names_what_is_left(desk):
    desk.key(KEY.Key_Return)
    desk.document.select_line(desk.page.lines[2].id)
    desk.key(KEY.Key_F12)
    assert desk.page.sign_off is None
    assert desk.said()[0] == (
        "Not signed off: 2 lines are not reviewed yet. There are 2 critical places in what is left."
    )
    assert desk.document.current_line is desk.page.lines[1]
    assert desk.editor.hasFocus()
    assert desk.editor.caret == TEXTS[1].index("6.8")
    desk.key(KEY.Key_Return)
    desk.key(KEY.Key_F12)
    assert desk.said()[0].startswith("Not signed off: 1 line is not reviewed yet.")


def test_text_being_typed_counts_as_not_reviewed(desk):
    desk.accept_all()
    desk.document.select_line(desk.page.lines[0].id)
    desk.key(KEY.Key_F12)
    assert desk.page.sign_off is not None
    desk.type("x")
    desk.key(KEY.Key_F12)  # what was typed is committed first, which takes the sign-off back
    assert desk.page.lines[0].text == TEXTS[0] + "x"
    assert desk.page.sign_off is not None


def test_f12_leaves_an_input_method_alone(desk):
    desk.accept_all()
    QApplication.sendEvent(desk.editor, QInputMethodEvent("jian", []))
    desk.window.commands["sign_off_page"].trigger()
    assert desk.page.sign_off is None
    assert desk.editor.composing
    done = QInputMethodEvent("", [])
    done.setCommitString("见")
    QApplication.sendEvent(desk.editor, done)
    assert desk.editor.text().endswith("见")


def test_a_change_takes_the_sign_off_back_and_undo_brings_both_back(desk):
    desk.accept_all()
    desk.key(KEY.Key_F12)
    desk.document.select_line(desk.page.lines[1].id)
    desk.type("!")
    desk.key(KEY.Key_Return, MODIFIER.ShiftModifier)
    assert desk.page.sign_off is None
    message = desk.window.messages.messages[0]
    assert message.text == "The page was changed: it is no longer signed off."
    assert message.action == "Undo"
    message.on_action()
    assert desk.page.sign_off is not None
    assert desk.page.lines[1].text == TEXTS[1]


def test_the_offer_to_undo_goes_with_the_next_step(desk):
    desk.accept_all()
    desk.key(KEY.Key_F12)
    desk.document.set_text(desk.page.lines[0].id, "x")
    assert desk.said() == ["The page was changed: it is no longer signed off."]
    desk.document.set_text(desk.page.lines[1].id, "y")
    assert desk.said() == []


def test_a_step_over_several_signed_pages_says_so_once(desk, picture, idle):
    desk.window.open_paths([picture("two.png")])
    idle(desk.program, 2)
    pages = desk.document.document.pages
    for page in pages:
        ids = [line.id for line in page.lines]
        desk.document.set_status(ids, LineStatus.REVIEWED, page_id=page.id)
    desk.document.reviews.sign_off(pages)
    edits = (SetText(page.id, page.lines[0].id, "x") for page in pages)
    desk.document.push(Step.EDIT_TEXT, "", Group(tuple(edits)))
    assert desk.said()[0] == "2 pages were changed: they are no longer signed off."
    desk.key(KEY.Key_Z, MODIFIER.ControlModifier)
    assert all(page.sign_off for page in pages)


def test_f12_on_a_signed_page_says_so_and_offers_to_take_it_back(desk):
    desk.accept_all()
    desk.key(KEY.Key_F12)
    desk.key(KEY.Key_F12)
    message = desk.window.messages.messages[0]
    assert message.text.startswith("Signed off by 王医生")
    assert message.action == "Take back"
    message.on_action()
    assert desk.page.sign_off is None
    desk.key(KEY.Key_Z, MODIFIER.ControlModifier)
    assert desk.page.sign_off is not None


@pytest.mark.parametrize("lines_only", [True, False])
def test_reading_a_reviewed_page_again_leaves_it_signed(desk, idle, lines_only):
    desk.accept_all()
    desk.key(KEY.Key_F12)
    before = list(desk.page.lines)
    modifiers = MODIFIER.ControlModifier
    if not lines_only:
        modifiers |= MODIFIER.ShiftModifier
    desk.document.select_lines([line.id for line in before])
    desk.key(KEY.Key_R, modifiers)
    idle(desk.program)
    assert list(desk.page.lines) == before
    assert desk.page.sign_off is not None


def test_the_whole_document_at_once_or_not_at_all(desk, picture, idle):
    desk.window.open_paths([picture("two.png")])
    idle(desk.program, 2)
    first, second = desk.document.document.pages
    sign_all = desk.window.commands["sign_off_document"]
    desk.accept_all()
    sign_all.trigger()
    assert desk.said()[0].startswith("Not signed off: 3 lines are not reviewed yet.")
    assert desk.page is second
    assert first.sign_off is None
    desk.document.set_status([line.id for line in second.lines], LineStatus.REVIEWED)
    sign_all.trigger()
    assert first.sign_off is not None
    assert second.sign_off is not None
    assert desk.said()[0] == "2 pages signed off."
    sign_all.trigger()
    assert desk.said()[0] == "All pages are signed off already."
    desk.key(KEY.Key_Z, MODIFIER.ControlModifier)
    assert (first.sign_off, second.sign_off) == (None, None)
    assert desk.page is second


def test_a_page_that_is_still_read_is_not_signed(make_program, picture, idle, qtbot):
    program = make_program()
    program.document.reviews.reviewer = "王医生"
    program.engine._worker._engine.gate.clear()
    program.window.open_paths([picture()])
    qtbot.waitUntil(lambda: program.document.current_page is not None, timeout=20_000)
    program.window.commands["sign_off_page"].trigger()
    assert program.document.current_page.sign_off is None
    assert "can still change" in program.window.messages.messages[0].text
    program.engine._worker._engine.gate.set()
    idle(program, 1)


# --- the reviewer's name ------------------------------------------------------------------


def test_the_name_is_asked_for_once_and_never_in_the_way(stranger):
    row = stranger.window.workspace.reviewer
    assert not row.isVisible()
    stranger.key(KEY.Key_Return)
    assert row.isVisible()
    assert row.field.text() == ""
    assert stranger.editor.hasFocus()
    stranger.key(KEY.Key_Return)  # the review goes on
    assert [line.review.by for line in stranger.page.lines[:2]] == ["", ""]
    row.field.setFocus()
    stranger.type("Dr Li")
    stranger.key(KEY.Key_Return)
    assert not row.isVisible()
    assert stranger.program.settings.reviewer == "Dr Li"
    # What was confirmed before the name was given gets it too, as one step.
    assert [line.review.by for line in stranger.page.lines[:2]] == ["Dr Li", "Dr Li"]
    assert stranger.editor.hasFocus()
    stranger.key(KEY.Key_Return)
    assert stranger.page.lines[2].review.by == "Dr Li"


def test_who_gives_no_name_is_not_asked_again(stranger):
    stranger.key(KEY.Key_Return)
    row = stranger.window.workspace.reviewer
    row.field.setFocus()
    stranger.key(KEY.Key_Escape)
    assert not row.isVisible()
    stranger.accept_all()
    stranger.key(KEY.Key_F12)
    assert not row.isVisible()
    assert stranger.page.sign_off.by == ""
    assert stranger.bar().split("  ·  ")[3] == "signed off"


def test_f12_without_a_name_asks_and_then_signs(stranger):
    ids = [line.id for line in stranger.page.lines]
    for line_id in ids:
        stranger.document.set_status([line_id], LineStatus.REVIEWED)
    row = stranger.window.workspace.reviewer
    stranger.key(KEY.Key_F12)
    assert row.field.hasFocus()
    assert stranger.page.sign_off is None
    stranger.type("Li")
    stranger.key(KEY.Key_Return)
    assert stranger.page.sign_off.by == "Li"
    assert {line.review.by for line in stranger.page.lines} == {"Li"}


def test_the_account_is_taken_over_by_one_click_only(stranger, monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "ward7")
    stranger.key(KEY.Key_Return)
    row = stranger.window.workspace.reviewer
    assert row.account.text() == "Use “ward7”"
    assert stranger.document.reviews.reviewer == ""
    row.account.click()
    assert stranger.document.reviews.reviewer == "ward7"


def test_the_name_is_changed_from_the_menu(desk):
    desk.accept_all()
    desk.window.commands["name_reviewer"].trigger()
    row = desk.window.workspace.reviewer
    assert row.field.hasFocus()
    assert row.field.selectedText() == "王医生"
    desk.type("Zhao")
    desk.key(KEY.Key_Return)
    assert desk.program.settings.reviewer == "Zhao"
    assert {line.review.by for line in desk.page.lines} == {"王医生"}  # who did it, did it


# --- critical places ----------------------------------------------------------------------


def test_critical_places_that_nobody_reviewed_are_listed(desk, picture, idle):
    desk.window.open_paths([picture("two.png")])
    idle(desk.program, 2)
    first, second = desk.document.document.pages
    desk.window.commands["show_critical"].trigger()
    proxy = desk.window.review.lines.proxy
    assert (proxy.filter, proxy.unreviewed) == (Filter.CRITICAL, True)
    assert desk.document.current_line is first.lines[1]
    desk.document.set_status([line.id for line in first.lines], LineStatus.REVIEWED)
    desk.window.commands["show_critical"].trigger()
    assert desk.page is second
    desk.document.set_status([line.id for line in second.lines], LineStatus.REVIEWED)
    desk.window.commands["show_critical"].trigger()
    assert desk.said()[0] == "There is no critical place that nobody has reviewed."


def test_filters_are_chosen_from_the_menu(desk, qtbot):
    desk.key(KEY.Key_Return)
    menu = desk.window.filters
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: "Unreviewed 2" in [chip.text() for chip in menu._lines.chips()])
    menu.aboutToShow.emit()
    entries = {action.text(): action for action in menu.actions()}
    assert entries["All 3"].isChecked()
    entries["Critical 2"].trigger()
    proxy = desk.window.review.lines.proxy
    assert (proxy.filter, proxy.unreviewed) == (Filter.CRITICAL, False)
    entries["Unreviewed 2"].trigger()
    assert (proxy.filter, proxy.unreviewed) == (Filter.CRITICAL, True)
    menu.aboutToShow.emit()
    assert [a.text() for a in menu.actions() if a.isChecked()] == ["Critical 2", "Unreviewed 2"]


def test_marks_are_switched_off_and_stay_off(desk, make_program):
    command = desk.window.commands["mark_critical"]
    assert command.isChecked()
    command.trigger()
    assert not desk.window.review.lines.hints.marks
    again = make_program(settings=desk.program.settings)
    assert not again.window.review.lines.hints.marks
    assert not again.window.commands["mark_critical"].isChecked()


def test_texts_are_forgotten_with_the_document(desk):
    hints = desk.window.review.lines.hints
    assert hints._spans.cache_info().currsize > 0
    desk.document.delete_page()
    QApplication.processEvents()
    assert hints._spans.cache_info().currsize == 0


def test_an_undone_sign_off_is_not_told_any_more(desk):
    desk.accept_all()
    desk.key(KEY.Key_F12)
    assert any(said.startswith("Signed off") for said in desk.said())
    desk.key(KEY.Key_Z, MODIFIER.ControlModifier)
    assert desk.page.sign_off is None
    assert desk.said() == []


@pytest.fixture
def two_pages(desk, picture, idle):
    desk.window.open_paths([picture("two.png")])
    idle(desk.program, 2)
    return desk


def test_what_is_left_to_do_is_told_on_its_page_and_not_carried_to_others(two_pages):
    desk = two_pages
    desk.key(KEY.Key_F12)
    assert [said.startswith("Not signed off") for said in desk.said()] == [True]
    for _ in range(2):
        desk.key(KEY.Key_PageDown)
        assert desk.said() == []
        desk.key(KEY.Key_PageUp)
        assert desk.said() == []


def test_what_is_left_on_another_page_is_told_there(two_pages):
    desk = two_pages
    desk.accept_all()
    desk.window.commands["sign_off_document"].trigger()
    assert desk.document.page_index() == 1
    assert [said.startswith("Not signed off") for said in desk.said()] == [True]


def test_a_lost_sign_off_is_told_once_on_its_page(two_pages):
    desk = two_pages
    desk.accept_all()
    desk.key(KEY.Key_F12)
    desk.document.set_text(desk.page.lines[0].id, "x")
    assert desk.said() == ["The page was changed: it is no longer signed off."]
    desk.key(KEY.Key_PageDown)
    assert desk.said() == []
    desk.key(KEY.Key_PageUp)
    assert desk.said() == []
    desk.document.set_text(desk.page.lines[0].id, "y")
    assert desk.said() == []
    assert "signed" not in desk.bar()
