from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from desktop_ocr.document.model import Alternative, Char, Line, LineStatus, Provenance
from desktop_ocr.ui.document_controller import PageState
from desktop_ocr.ui.review.lines import LINE_ROLE, Filter
from tests.ui.documents import TEXTS, add_page, box, read_line, standard_lines

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


def text_of(controller, line_id: str) -> str:
    return controller.current_page.line(line_id).text


def status_of(controller, line_id: str) -> LineStatus:
    return controller.current_page.line(line_id).status


def current(controller) -> str:
    return controller.current_line.id


def row_ids(panel) -> list[str]:
    return [
        panel.lines.proxy.index(row, 0).data(LINE_ROLE).id
        for row in range(panel.lines.proxy.rowCount())
    ]


# --- Enter, arrows, Esc ---------------------------------------------------------------------------


def test_enter_accepts_and_goes_on_in_one_step(panel, keyboard, controller):
    keyboard.type("x")
    keyboard.key(KEY.Key_Return)
    assert text_of(controller, "line0") == TEXTS[0] + "x"
    assert status_of(controller, "line0") is LineStatus.REVIEWED
    assert current(controller) == "line1"
    assert panel.editor.text() == TEXTS[1]
    assert panel.editor.hasFocus()
    assert controller.undo_stack.count() == 1
    controller.undo()
    assert text_of(controller, "line0") == TEXTS[0]
    assert status_of(controller, "line0") is LineStatus.UNREVIEWED


def test_shift_enter_accepts_and_stays(panel, keyboard, controller):
    keyboard.key(KEY.Key_Return, SHIFT)
    assert status_of(controller, "line0") is LineStatus.REVIEWED
    assert current(controller) == "line0"


def test_a_page_is_reviewed_with_enter_alone(panel, keyboard, controller):
    for _ in TEXTS:
        keyboard.key(KEY.Key_Return)
    assert all(line.status is LineStatus.REVIEWED for line in controller.current_page.lines)
    assert [line.text for line in controller.current_page.lines] == list(TEXTS)
    assert current(controller) == "line4"


def test_enter_does_not_confirm_what_is_not_read_yet(panel, keyboard, controller, page):
    controller.set_page_state(page, PageState.READING)
    controller.readings.take_found_lines(page, [Line("late", box(9)), Line("later", box(10))])
    controller.select_line("late")
    keyboard.key(KEY.Key_Return)
    assert current(controller) == "later"
    assert status_of(controller, "late") is LineStatus.UNREVIEWED
    controller.readings.take_read_line(page, read_line("late", "迟到的行", box(9)))
    assert text_of(controller, "late") == "迟到的行"
    keyboard.type("9")  # typed without waiting for the engine: that is confirmed
    keyboard.key(KEY.Key_Return)
    assert status_of(controller, "later") is LineStatus.REVIEWED


def test_arrows_move_and_commit_without_reviewing(panel, keyboard, controller):
    keyboard.type("y")
    assert text_of(controller, "line0") == TEXTS[0]  # never on a key
    keyboard.key(KEY.Key_Down)
    assert current(controller) == "line1"
    assert text_of(controller, "line0") == TEXTS[0] + "y"
    assert status_of(controller, "line0") is LineStatus.UNREVIEWED
    keyboard.key(KEY.Key_Up)
    assert current(controller) == "line0"
    assert panel.editor.text() == TEXTS[0] + "y"
    keyboard.key(KEY.Key_Up)
    assert current(controller) == "line0"


def test_looking_at_lines_leaves_no_steps(panel, keyboard, controller):
    for _ in range(6):
        keyboard.key(KEY.Key_Down)
    assert controller.undo_stack.count() == 0


def test_escape_restores_the_text_of_the_visits_start(panel, keyboard, controller):
    keyboard.type("abc")
    keyboard.key(KEY.Key_Return, SHIFT)
    keyboard.type("def")
    keyboard.key(KEY.Key_Escape)
    assert panel.editor.text() == TEXTS[0]
    keyboard.key(KEY.Key_Down)
    assert text_of(controller, "line0") == TEXTS[0]


def test_pending_text_is_committed_when_it_is_asked_for(panel, keyboard, controller):
    keyboard.type("z")
    controller.commit_pending.emit()  # as before an export or on closing
    assert text_of(controller, "line0") == TEXTS[0] + "z"
    assert panel.editor.text() == TEXTS[0] + "z"


def test_text_typed_on_one_page_is_kept_on_it_when_the_page_changes(
    panel, keyboard, controller, page
):
    other = add_page(controller, (read_line("other", "另一页", box(0)),))
    keyboard.type("q")
    controller.set_current_page(other)
    assert panel.editor.text() == "另一页"
    assert controller.document.page(page).line("line0").text == TEXTS[0] + "q"


def test_undo_takes_typing_first_and_then_the_history(panel, keyboard, controller):
    keyboard.type("m")
    keyboard.key(KEY.Key_Z, CTRL)
    assert panel.editor.text() == TEXTS[0]
    # Nothing typed is left: the key is for the window's command.
    event_taken = panel.editor.document().isUndoAvailable()
    assert not event_taken


@pytest.mark.parametrize("modifiers", [CTRL, CTRL | SHIFT])
def test_redo_brings_back_the_history_before_what_was_typed_after_it(
    panel, keyboard, controller, modifiers
):
    """Typing anew would end the history: steps that were undone later would be lost for good."""
    key = KEY.Key_Y if modifiers == CTRL else KEY.Key_Z
    keyboard.type("a")
    keyboard.key(KEY.Key_Return)
    keyboard.type("b")
    keyboard.key(KEY.Key_Return)
    keyboard.type("c")
    for _ in range(3):
        keyboard.key(KEY.Key_Z, CTRL)
    assert controller.undo_stack.index() == 0
    assert [text_of(controller, f"line{i}") for i in range(3)] == list(TEXTS[:3])
    for _ in range(3):  # once too often: what was typed and taken back in a line that was left
        keyboard.key(key, modifiers)
    assert controller.undo_stack.index() == controller.undo_stack.count() == 2
    assert text_of(controller, "line0") == TEXTS[0] + "a"
    assert text_of(controller, "line1") == TEXTS[1] + "b"
    assert text_of(controller, "line2") == TEXTS[2]
    assert panel.editor.text() == TEXTS[1] + "b"  # where the last step was


def test_typing_between_two_steps_back_ends_no_history(panel, keyboard, controller):
    for text in "ab":
        keyboard.type(text)
        keyboard.key(KEY.Key_Return)
    keyboard.key(KEY.Key_Z, CTRL)
    assert panel.line.id == "line1"
    keyboard.type("c")
    keyboard.key(KEY.Key_Z, CTRL)
    keyboard.key(KEY.Key_Z, CTRL)
    assert controller.undo_stack.index() == 0
    for _ in range(3):
        keyboard.key(KEY.Key_Y, CTRL)
    assert controller.undo_stack.index() == controller.undo_stack.count() == 2
    assert text_of(controller, "line0") == TEXTS[0] + "a"
    assert panel.editor.text() == TEXTS[1] + "b"


def test_redo_of_typing_comes_first_where_it_was_undone_last(panel, keyboard, controller):
    keyboard.type("a")
    keyboard.key(KEY.Key_Return, SHIFT)
    keyboard.key(KEY.Key_Z, CTRL)
    keyboard.type("c")
    keyboard.key(KEY.Key_Z, CTRL)
    keyboard.key(KEY.Key_Z, CTRL | SHIFT)
    assert panel.editor.text() == TEXTS[0] + "c"


def test_undo_of_the_history_shows_in_the_field(panel, keyboard, controller):
    keyboard.type("m")
    keyboard.key(KEY.Key_Return, SHIFT)
    controller.undo()
    assert panel.editor.text() == TEXTS[0]
    controller.redo()
    assert panel.editor.text() == TEXTS[0] + "m"


# --- input methods --------------------------------------------------------------------------------


def preedit(panel) -> str:
    return panel.editor.textCursor().block().layout().preeditAreaText()


def test_composition_is_never_interrupted_by_the_engine(panel, keyboard, controller, page):
    keyboard.compose("fei")
    again = replace(controller.current_page.line("line0"), text="新", raw_text="新", characters=())
    controller.readings.take_read_page(
        page,
        [again, *standard_lines()[1:]],
        Provenance("again"),
        replace=True,
    )
    controller.set_page_state(page, PageState.READING)
    controller.set_doubt(0.9)
    assert preedit(panel) == "fei"
    assert panel.editor.text() == TEXTS[0]
    assert current(controller) == "line0"
    keyboard.commit("肺")
    assert panel.editor.text() == TEXTS[0] + "肺"


def test_keys_of_a_composition_do_not_accept_or_move(panel, keyboard, controller):
    keyboard.compose("ni")
    for key in (KEY.Key_Return, KEY.Key_Down, KEY.Key_Up):
        keyboard.key(key)
        keyboard.key(key, SHIFT)
        assert current(controller) == "line0"
        assert status_of(controller, "line0") is LineStatus.UNREVIEWED
    panel.toggle_illegible()
    panel.split_at_caret()
    panel.merge_with_next()
    panel.accept_line()
    panel.restore_text()
    assert not panel.next_doubtful()
    assert controller.undo_stack.count() == 0
    assert preedit(panel) == "ni"
    assert panel.editor.text() == TEXTS[0]


def test_an_input_method_cannot_bring_in_a_newline(panel, keyboard):
    keyboard.compose("x")
    keyboard.commit("一\n二\u2029三")
    assert panel.editor.text() == TEXTS[0] + "一 二 三"


def test_composed_text_is_one_part_of_the_line(panel, keyboard, controller):
    panel.editor.set_caret(0)
    keyboard.compose("you")
    keyboard.compose("youfei")
    assert panel.editor.text() == TEXTS[0]
    keyboard.commit("右肺")
    assert panel.editor.text() == "右肺" + TEXTS[0]
    keyboard.key(KEY.Key_Return)
    assert text_of(controller, "line0") == "右肺" + TEXTS[0]


def test_a_reading_that_came_while_composing_is_shown_afterwards(panel, keyboard, controller, page):
    found = Line("late", box(9))
    controller.readings.take_found_lines(page, [found])
    controller.select_line("late")
    keyboard.compose("x")
    keyboard.commit("")  # composed, then thought better of it
    controller.readings.take_read_line(page, read_line("late", "迟到的行", box(9)))
    assert panel.editor.text() == "迟到的行"


def test_typing_stays_when_the_engine_reads_the_line(panel, keyboard, controller, page):
    controller.readings.take_found_lines(page, [Line("late", box(9))])
    controller.select_line("late")
    keyboard.type("typed")
    controller.readings.take_read_line(page, read_line("late", "迟到的行", box(9)))
    assert panel.editor.text() == "typed"
    # The page is done and the engine found nothing there: what is being typed stays all the same.
    controller.readings.take_read_page(page, standard_lines(), Provenance("t"), replace=False)
    assert panel.editor.text() == "typed"
    keyboard.key(KEY.Key_Return)
    assert text_of(controller, "late") == "typed"


def test_a_line_that_is_read_while_it_is_looked_at_shows_its_text(panel, controller, page):
    controller.readings.take_found_lines(page, [Line("late", box(9))])
    controller.select_line("late")
    assert panel.editor.text() == ""
    controller.readings.take_read_line(page, read_line("late", "迟到的行", box(9)))
    assert panel.editor.text() == "迟到的行"
    assert controller.undo_stack.count() == 0


# --- doubtful places ------------------------------------------------------------------------------


def test_f3_goes_from_place_to_place_across_lines_and_pages(panel, keyboard, controller, page):
    other = add_page(controller, (read_line("other", "第二页有疑", box(0), {4: 0.5}),))
    places = []
    for _ in range(5):
        keyboard.key(KEY.Key_F3)
        places.append((controller.current_page.id, current(controller), panel.editor.caret))
    assert places == [
        (page, "line1", 2),
        (page, "line1", 5),
        (page, "line4", 3),
        (other, "other", 4),
        (other, "other", 4),
    ]
    keyboard.key(KEY.Key_F3, SHIFT)
    assert (current(controller), panel.editor.caret) == ("line4", 3)
    keyboard.key(KEY.Key_F3, SHIFT)
    assert (current(controller), panel.editor.caret) == ("line1", 5)


def test_f3_says_when_nothing_is_left(panel, controller, qtbot):
    controller.set_doubt(0.1)
    with qtbot.waitSignal(panel.doubtful_exhausted) as signal:
        assert not panel.next_doubtful()
    assert signal.args == [1]


def test_a_doubtful_place_at_the_caret_of_a_new_line_is_not_skipped(
    panel, keyboard, controller, page
):
    other = add_page(controller, (read_line("o", "疑", box(0), {0: 0.5}),))
    controller.set_current_page(other)
    controller.set_current_page(page)
    controller.select_line("line4")
    panel.editor.set_caret(3)
    assert panel.next_doubtful()
    assert (current(controller), panel.editor.caret) == ("o", 0)


def test_alternatives_at_the_caret_are_chosen_by_number(panel, keyboard, controller, qtbot):
    controller.select_line("line1")
    panel.editor.set_caret(2)
    keyboard.key(KEY.Key_Space, CTRL)
    assert panel.popup.isVisible()
    assert panel.popup.texts() == ["甲", "乙"]
    QTest.keyClick(panel.popup, KEY.Key_2)
    assert not panel.popup.isVisible()
    assert panel.editor.text() == "右肺乙叶见斑片状影"
    assert text_of(controller, "line1") == TEXTS[1]
    keyboard.key(KEY.Key_Return)
    assert text_of(controller, "line1") == "右肺乙叶见斑片状影"


def test_alternatives_that_cannot_be_are_not_offered(panel, controller, keyboard):
    quad = box(0)
    others = (0.2, 0.004, 0.003, 0.002, 0.02)
    char = Char(
        "：", 0.5, quad, tuple(Alternative(t, c) for t, c in zip(" :;.,", others, strict=True))
    )
    other = add_page(controller, (Line("p", quad, "：", "：", 0.5, (char,)),))
    controller.set_current_page(other)
    panel.editor.set_caret(0)
    keyboard.key(KEY.Key_Space, CTRL)
    assert panel.popup.texts() == [" ", ":", ";", ","]
    assert panel.popup.list.item(0).text() == "␣"  # a space is made visible, and chosen as one
    QTest.keyClick(panel.popup, KEY.Key_1)
    assert panel.editor.text() == " "


def test_alternatives_are_chosen_by_arrows_and_mouse_and_left_by_escape(
    panel, keyboard, controller
):
    controller.select_line("line1")
    panel.editor.set_caret(2)
    keyboard.key(KEY.Key_Space, CTRL)
    QTest.keyClick(panel.popup, KEY.Key_Escape)
    assert not panel.popup.isVisible()
    assert panel.editor.text() == TEXTS[1]
    keyboard.key(KEY.Key_Space, CTRL)
    QTest.keyClick(panel.popup, KEY.Key_Down)
    QTest.keyClick(panel.popup, KEY.Key_Return)
    assert panel.editor.text() == "右肺乙叶见斑片状影"
    panel.editor.set_caret(5)
    keyboard.key(KEY.Key_Space, CTRL)
    listed = panel.popup.list
    at = listed.visualItemRect(listed.item(0)).center()
    QTest.mouseClick(
        listed.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at
    )
    assert panel.editor.text() == "右肺乙叶见甲片状影"


def test_no_alternatives_opens_no_list(panel, keyboard):
    keyboard.key(KEY.Key_Space, CTRL)
    assert not panel.popup.isVisible()


# --- splitting, joining, illegible ----------------------------------------------------------------


def test_split_at_the_caret_and_join_again(panel, keyboard, controller):
    controller.select_line("line1")
    panel.editor.set_caret(4)
    keyboard.key(KEY.Key_D, CTRL)
    texts = [line.text for line in controller.current_page.lines]
    assert texts[1:3] == ["右肺上叶", "见斑片状影"]
    assert panel.editor.text() == "右肺上叶"
    keyboard.key(KEY.Key_M, CTRL | SHIFT)
    assert text_of(controller, "line1") == TEXTS[1]
    assert panel.editor.text() == TEXTS[1]
    assert panel.editor.caret == 4
    assert controller.undo_stack.count() == 2


def test_join_with_the_line_before_keeps_what_was_typed(panel, keyboard, controller):
    controller.select_line("line4")
    keyboard.type("!")
    keyboard.key(KEY.Key_M, CTRL)
    assert current(controller) == "line3"
    assert panel.editor.text() == "心影不大建议复查!"
    assert panel.editor.caret == 4


def test_illegible_and_back(panel, keyboard, controller):
    keyboard.type("?")
    keyboard.key(KEY.Key_U, CTRL | SHIFT)
    assert status_of(controller, "line0") is LineStatus.ILLEGIBLE
    assert text_of(controller, "line0") == TEXTS[0] + "?"
    keyboard.key(KEY.Key_U, CTRL | SHIFT)
    assert status_of(controller, "line0") is LineStatus.UNREVIEWED


# --- the list -------------------------------------------------------------------------------------


def click_row(panel, row: int, modifiers=Qt.KeyboardModifier.NoModifier):
    at = panel.lines.list.visualRect(panel.lines.proxy.index(row, 0)).center()
    QTest.mouseClick(panel.lines.list.viewport(), Qt.MouseButton.LeftButton, modifiers, at)


def test_row_and_line_follow_each_other(panel, controller):
    click_row(panel, 3)
    assert controller.selected_line_ids == ("line3",)
    assert panel.editor.text() == TEXTS[3]
    assert panel.editor.hasFocus()
    controller.select_line("line2")
    assert panel.lines.list.currentIndex().row() == 2
    assert [i.row() for i in panel.lines.list.selectedIndexes()] == [2]


def test_several_rows_are_several_lines(panel, controller):
    click_row(panel, 1)
    click_row(panel, 3, CTRL)
    assert controller.selected_line_ids == ("line1", "line3")
    assert panel.editor.text() == TEXTS[3]
    controller.select_lines(["line0", "line4"])
    assert sorted(i.row() for i in panel.lines.list.selectedIndexes()) == [0, 4]


def test_row_clicked_commits_the_line_before(panel, keyboard, controller):
    keyboard.type("k")
    click_row(panel, 2)
    assert text_of(controller, "line0") == TEXTS[0] + "k"
    assert panel.editor.text() == TEXTS[2]


def chips(panel) -> dict[str, QPushButton]:
    return {chip.text(): chip for chip in panel.findChildren(QPushButton) if chip.property("chip")}


def test_filters_show_their_counts_and_lead_enter(panel, keyboard, controller, qtbot):
    all_five = {"All 5", "Doubtful 2", "Changed 0", "Rules 0", "Critical 3", "Unreviewed 5"}
    qtbot.waitUntil(lambda: set(chips(panel)) == all_five)
    chips(panel)["Doubtful 2"].click()
    assert row_ids(panel) == ["line0", "line1", "line4"]  # the current line stays
    keyboard.key(KEY.Key_Return)
    assert current(controller) == "line1"
    keyboard.key(KEY.Key_Return)
    assert current(controller) == "line4"
    rest = {"All 5", "Doubtful 1", "Changed 0", "Rules 0", "Critical 3", "Unreviewed 1"}
    qtbot.waitUntil(lambda: set(chips(panel)) == rest)
    assert row_ids(panel) == ["line4"]


def test_unreviewed_goes_together_with_a_kind_by_keys_alone(panel, keyboard, controller, qtbot):
    controller.set_status(["line2"], LineStatus.REVIEWED)
    controller.select_line("line3")
    qtbot.waitUntil(lambda: "Unreviewed 4" in chips(panel))
    for _ in range(9):
        if not chips(panel)["All 5"].hasFocus():
            QTest.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
    for _ in range(4):  # one of the kinds is chosen, as in a group of radio buttons
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Right)
    assert row_ids(panel) == ["line1", "line2", "line3"]
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
    assert chips(panel)["Unreviewed 2"].hasFocus()
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Space)
    assert row_ids(panel) == ["line1", "line3"]
    assert {"All 5", "Critical 2", "Unreviewed 2"} < set(chips(panel))
    chips(panel)["All 5"].click()
    assert len(row_ids(panel)) == 5
    assert "Critical 3" in chips(panel)


def test_critical_places_are_marked_until_that_is_switched_off(panel, controller):
    controller.select_line("line1")  # 右 is critical
    field, row = panel.editor.viewport(), panel.lines.list.viewport()
    marked = (field.grab().toImage(), row.grab().toImage())
    panel.lines.hints.set_marks(False)
    plain = (field.grab().toImage(), row.grab().toImage())
    assert marked[0] != plain[0]
    assert marked[1] != plain[1]
    assert "Critical" not in panel.lines.model.index(1).data(Qt.ItemDataRole.ToolTipRole)
    panel.lines.hints.set_marks(True)
    assert "left/right" in panel.lines.model.index(1).data(Qt.ItemDataRole.ToolTipRole)
    assert (field.grab().toImage(), row.grab().toImage()) == marked


def test_lines_that_appear_leave_selection_and_field_alone(panel, keyboard, controller, page):
    controller.select_line("line3")
    keyboard.type("w")
    controller.readings.take_found_lines(page, [Line(f"n{i}", box(6 + i)) for i in range(3)])
    assert panel.lines.list.currentIndex().data(LINE_ROLE).id == "line3"
    assert panel.editor.text() == TEXTS[3] + "w"
    assert panel.editor.hasFocus()


def test_every_row_paints_in_each_state(panel, controller, page):
    controller.set_status(["line0"], LineStatus.REVIEWED)
    controller.set_status(["line3"], LineStatus.ILLEGIBLE)
    controller.set_text("line2", "改过的 𠮷")
    controller.set_page_state(page, PageState.READING)
    controller.readings.take_found_lines(page, [Line("n", box(7))])
    before = panel.lines.list.viewport().grab().toImage()
    controller.set_page_state(page, PageState.DONE)
    after = panel.lines.list.viewport().grab().toImage()
    assert before != after  # the bar of a line not read yet becomes "(empty)"


# --- the picture ----------------------------------------------------------------------------------


def test_clicking_a_character_in_the_picture_puts_the_caret_before_it(panel, controller):
    controller.select_line("line1")
    strip = panel.crop.strip
    quad = controller.current_line.characters[6].quad
    box_ = strip.to_strip.quad(quad).box
    at = QPoint(round(box_.left + box_.width / 2 - panel.crop.offset), panel.crop.height() // 2)
    QTest.mouseClick(panel.crop, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert panel.editor.caret == 6


def test_moved_box_shows_another_picture(panel, controller):
    before = panel.crop.grab().toImage()
    controller.move_line("line0", box(-1))
    assert panel.crop.grab().toImage() != before


def test_picture_is_as_wide_as_the_field(panel):
    assert panel.crop.width() == panel.editor.width()
    assert panel.crop.geometry().left() == panel.editor.geometry().left()
    assert 0 < panel.editor.geometry().top() - panel.crop.geometry().bottom() < 16


# --- no line, language, size ----------------------------------------------------------------------


def test_without_a_page_nothing_can_be_typed(panel, controller, page):
    controller.delete_page(page)
    assert panel.editor.isReadOnly()
    assert panel.editor.text() == ""
    panel.accept_line()
    panel.toggle_illegible()
    panel.split_at_caret()
    panel.merge_with_previous()
    panel.next_line()
    assert not panel.next_doubtful()
    controller.undo()
    assert not panel.editor.isReadOnly()
    assert panel.editor.text() == TEXTS[0]


def test_the_keyboard_waits_in_the_field_for_the_first_line(panel, keyboard, controller):
    """A page turned over before it was read: nobody may have to look for the text field again."""
    page = add_page(controller, ())
    controller.set_current_page(page)
    assert controller.current_line is None
    keyboard.type("x")
    assert panel.editor.text() == ""
    assert panel.editor.hasFocus()
    controller.watched(
        lambda: controller.document.page(page).lines.append(read_line("new", "新", box(0))), [page]
    )
    controller.select_line("new")
    assert panel.editor.hasFocus()
    keyboard.type("x")
    assert panel.editor.text() == "新x"


def test_change_of_language_is_taken_without_losing_text(panel, keyboard):
    keyboard.type("l")
    QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    assert panel.editor.text() == TEXTS[0] + "l"


@pytest.mark.parametrize("size", [(360, 480), (900, 1400)])
def test_nothing_is_cut_off_at_any_size(panel, size, qtbot):
    panel.resize(*size)
    qtbot.wait(0)
    shown = [button for button in panel.findChildren(QPushButton) if button.isVisible()]
    for button in shown:
        assert button.width() >= button.minimumSizeHint().width()
        assert button.geometry().right() <= button.parentWidget().width()


def test_filter_enum_has_a_chip_each(panel):
    assert len(chips(panel)) == len(Filter) + 1  # unreviewed goes together with each


def test_names_for_screen_readers(panel):
    assert panel.editor.accessibleName()
    assert panel.lines.list.accessibleName()
    assert panel.crop.accessibleName()


def test_f3_does_not_skip_the_line_that_one_has_just_come_to(panel, controller):
    controller.select_line("line1")  # by Enter, an arrow key or the mouse; places 2 and 5
    assert panel.next_doubtful()
    assert (current(controller), panel.editor.caret) == ("line1", 2)
    assert panel.next_doubtful()
    assert (current(controller), panel.editor.caret) == ("line1", 5)
    assert panel.next_doubtful()
    assert current(controller) == "line4"
    # Who has gone through the line has seen it.
    controller.select_line("line1")
    QTest.keyClick(panel.editor, KEY.Key_Left)
    assert panel.next_doubtful()
    assert current(controller) == "line4"


def test_f3_does_not_skip_a_line_that_is_read_while_one_looks_at_it(panel, controller):
    line = read_line("late", "疑问", box(0), {1: 0.5})
    page = add_page(controller)
    controller.set_page_state(page, PageState.READING)
    controller.set_current_page(page)
    controller.readings.take_found_lines(page, (Line("late", box(0)),))
    controller.select_line("late")
    controller.readings.take_read_line(page, line)
    assert panel.next_doubtful()
    assert (current(controller), panel.editor.caret) == ("late", 1)
