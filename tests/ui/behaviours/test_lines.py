"""From line to line: rows, boxes, picture and text, doubtful places, other readings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QTextFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.page_view.items import polygon

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def shown_box(desk, line) -> QRectF:
    """Return where a line's box is in the view."""
    return desk.view.viewportTransform().mapRect(polygon(line.quad).boundingRect())


def sees(desk, line) -> bool:
    return QRectF(desk.view.viewport().rect()).contains(shown_box(desk, line))


# --- 3: rows and boxes --------------------------------------------------------------------------


def test_the_page_moves_only_for_a_line_that_cannot_be_seen(desk):
    desk.view.zoom_to(0.7)
    desk.view.reveal(polygon(desk.page.lines[0].quad).boundingRect())
    moved = 0
    for _ in range(len(desk.page.lines) - 1):
        following = desk.page.lines[desk.index() + 1]
        before, was_seen = desk.view.viewportTransform(), sees(desk, following)
        desk.key(KEY.Key_Return)
        assert desk.line.id == following.id
        assert sees(desk, following) or shown_box(desk, following).width() > desk.view.width()
        if was_seen:
            assert desk.view.viewportTransform() == before
        else:
            moved += 1
            # Just as far as needed: the line came to an edge, not to the middle.
            port, box = QRectF(desk.view.viewport().rect()), shown_box(desk, following)
            edges = (
                abs(box.top() - port.top()), abs(port.bottom() - box.bottom()),
                abs(box.left() - port.left()), abs(port.right() - box.right()),
            )  # fmt: skip
            assert min(edges) <= 30
    assert 0 < moved < len(desk.page.lines) - 1


def test_what_is_done_with_a_visible_line_leaves_the_page_where_it_is(desk):
    desk.view.zoom_to(1.0)
    middle = desk.page.lines[len(desk.page.lines) // 2]
    desk.document.select_line(middle.id)
    before = desk.view.viewportTransform()
    desk.click(middle.quad.center)
    assert desk.view.viewportTransform() == before
    row = desk.review.lines.list.visualRect(desk.review.lines.proxy.index(desk.index(), 0))
    port = desk.review.lines.list.viewport()
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, row.center())
    desk.type("x")
    desk.key(KEY.Key_Return, SHIFT)
    desk.key(KEY.Key_Z, CTRL)
    desk.document.set_doubt(0.9)
    QApplication.processEvents()
    assert desk.view.viewportTransform() == before


# --- 4: the picture of the line -----------------------------------------------------------------


@pytest.mark.parametrize("size", [(1600, 1000), (1280, 720), (960, 540)])
def test_the_picture_stands_above_the_text_at_the_same_width(desk, size):
    desk.window.resize(*size)
    desk.window.commands["show_changes"].trigger()
    desk.window.commands["show_changes"].trigger()
    QApplication.processEvents()
    crop, editor = desk.review.crop, desk.editor
    assert (crop.x(), crop.width()) == (editor.x(), editor.width())
    assert 0 < editor.y() - crop.geometry().bottom() <= 16
    for _ in range(3):  # whatever the line is, it fills the width, with what is above and below
        strip = crop.strip
        _left, top, _right, bottom = strip.line
        assert top > 0 and bottom < strip.pixels.shape[0]
        assert strip.pixels.shape[1] >= crop.width() - 1
        desk.key(KEY.Key_Down)


# --- 5: Enter, Shift+Enter, arrows, Esc ---------------------------------------------------------


def test_esc_brings_back_the_text_of_before_this_visit(desk):
    first = desk.line
    desk.type("abc")
    desk.key(KEY.Key_Escape)
    assert desk.editor.text() == first.text
    desk.type("kept")
    desk.key(KEY.Key_Down)
    desk.key(KEY.Key_Up)
    desk.type("more")
    desk.key(KEY.Key_Escape)  # back to what stood there when this visit began
    assert desk.editor.text() == first.text + "kept"
    desk.key(KEY.Key_Down)
    assert desk.page.line(first.id).text == first.text + "kept"
    assert desk.page.line(first.id).status is LineStatus.UNREVIEWED


def test_esc_after_a_cut_or_a_join_brings_back_the_text_of_the_part(desk):
    """The text of before belongs to another line: it would stand on the page twice, or go."""
    line = desk.line
    desk.editor.set_caret(3)
    desk.key(KEY.Key_D, CTRL)
    desk.type("x")
    desk.key(KEY.Key_Escape)
    assert desk.editor.text() == line.text[:3]
    desk.key(KEY.Key_M, CTRL | SHIFT)
    desk.key(KEY.Key_Escape)
    assert desk.editor.text() == line.text
    desk.key(KEY.Key_Down)
    assert desk.page.lines[0].text == line.text


def test_esc_in_the_middle_of_a_composition_changes_nothing(desk):
    desk.type("abc")
    text = desk.editor.text()
    desk.compose("fei")
    desk.key(KEY.Key_Escape)
    assert desk.editor.text() == text
    assert desk.editor.textCursor().block().layout().preeditAreaText() == "fei"
    desk.compose("", "肺")
    assert desk.editor.text() == text + "肺"


# --- 6: doubtful places -------------------------------------------------------------------------


def test_f3_walks_through_both_pages_and_the_status_bar_counts(desk, qtbot):
    """The engine of the tests doubts the last character of each line."""
    total = sum(len(page.lines) for page in desk.document.document.pages)
    for number in range(1, total + 1):
        desk.key(KEY.Key_F3)
        assert desk.editor.caret == len(desk.editor.text()) - 1
        if number in (1, 2, total):
            said = f"{number} of {total} doubtful left"
            qtbot.waitUntil(lambda said=said: said in desk.window.status.sentence())
    assert desk.document.page_index() == 1
    desk.key(KEY.Key_F3)
    assert desk.window.messages.messages[-1].text == "There is no further doubtful place."
    desk.key(KEY.Key_F3, SHIFT)
    desk.key(KEY.Key_Return)
    qtbot.waitUntil(lambda: f"of {total - 1} doubtful left" in desk.window.status.sentence())


# --- 7: pages -----------------------------------------------------------------------------------


def test_page_keys_act_wherever_the_keyboard_is(desk):
    for name, part in desk.parts().items():
        part.setFocus()
        assert part.hasFocus(), name
        desk.key(KEY.Key_PageDown)
        assert desk.document.page_index() == 1, name
        part.setFocus()
        desk.key(KEY.Key_PageUp)
        assert desk.document.page_index() == 0, name


def test_ctrl_with_page_keys_goes_to_pages_with_unreviewed_lines(open_desk):
    desk = open_desk("xray_report.png", "lab_sheet.png", "outpatient_note.png")
    pages = desk.document.document.pages
    ids = [line.id for line in pages[1].lines]
    desk.document.set_status(ids, LineStatus.REVIEWED, page_id=pages[1].id)
    desk.key(KEY.Key_PageDown, CTRL)
    assert desk.document.page_index() == 2
    desk.key(KEY.Key_PageUp, CTRL)
    assert desk.document.page_index() == 0
    desk.key(KEY.Key_PageUp, CTRL)
    assert desk.document.page_index() == 0


# --- 8: tiers of doubt --------------------------------------------------------------------------


def marks(desk) -> list[tuple[int, int, str, int]]:
    """Return start, end, ground and underline of what is set off in the text field."""
    found = []
    for mark in desk.editor.extraSelections():
        cursor, form = mark.cursor, mark.format
        assert form.hasProperty(QTextFormat.Property.BackgroundBrush)
        ground, line = form.background().color().name(), form.underlineStyle().value
        found.append((cursor.selectionStart(), cursor.selectionEnd(), ground, line))
    return found


def test_the_slider_moves_the_marks_in_text_list_and_page_at_once(desk):
    size = len(desk.editor.text())
    assert [(start, end) for start, end, *_ in marks(desk)] == [(size - 1, size)]
    slider = desk.review.doubt_slider.slider
    slider.setFocus()
    looks, pages, rows = set(), [], []
    # 0.55 is below 0.7 of the usual threshold; 0.95 is below the highest tier of 0.96.
    for value in (80, 60, 53, 96):
        slider.setValue(value)
        looks.update(
            look for *_, ground, underline in marks(desk) for look in [(ground, underline)]
        )
        pages.append(desk.view.viewport().grab().toImage())
        rows.append(desk.review.lines.list.viewport().grab().toImage())
    grounds, underlines = zip(*looks, strict=True)
    assert len(set(grounds)) == len(set(underlines)) == len(looks) == 3
    assert pages[0] != pages[2] and rows[0] != rows[2]
    desk.key(KEY.Key_Left)
    assert desk.document.doubt == pytest.approx(0.95)


# --- 9: other readings --------------------------------------------------------------------------


@pytest.mark.parametrize("opening", [(KEY.Key_Space, CTRL), (KEY.Key_F2, None)])
def test_other_readings_say_who_proposes_them_and_digits_choose(desk, opening):
    key, held = opening
    size = len(desk.editor.text())
    desk.editor.set_caret(size - 1)
    QTest.keyClick(desk.editor, key, held or Qt.KeyboardModifier.NoModifier)
    popup = desk.review.popup
    assert popup.isVisible() and popup.texts()[:2] == ["口", "日"]
    assert all("%" in note for note in popup.notes()[:2]) and "recogni" in popup.notes()[0]
    QTest.keyClick(popup, KEY.Key_2)
    assert not popup.isVisible() and desk.editor.text()[-1] == "日"
    assert desk.editor.hasFocus()
    desk.key(KEY.Key_Return)
    assert desk.page.lines[0].text.endswith("日")


def test_a_digit_beyond_the_list_leaves_it_open(desk):
    desk.editor.set_caret(len(desk.editor.text()) - 1)
    text = desk.editor.text()
    desk.key(KEY.Key_F2)
    popup = desk.review.popup
    QTest.keyClick(popup, KEY.Key_9)
    assert popup.isVisible() and desk.editor.text() == text
    QTest.mousePress(popup, Qt.MouseButton.LeftButton, pos=QPoint(-20, -20))
    popup.close()
