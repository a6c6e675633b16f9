"""Panels of the real window: hidden, in windows of their own, remembered; F6 goes round."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop_ocr.ui.i18n import Language
from desktop_ocr.ui.settings import Settings

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def two_pages(program, picture, idle):
    program.window.showNormal()
    QApplication.processEvents()
    program.window.resize(1400, 800)
    program.window.open_paths([picture("a.png"), picture("b.png")])
    idle(program, 2)
    program.window.activateWindow()
    return program


def review_of(program):
    return program.window.workspace.panels.panel("show_review")


def test_panels_lie_beside_the_page_in_useful_widths(two_pages, qtbot):
    window = two_pages.window
    left, right = window.thumbnails, window.review
    page = window.page_view
    assert left.isVisible() and right.isVisible()
    qtbot.waitUntil(lambda: abs(left.width() - 160) < 16)
    assert right.width() > 0.35 * window.width()
    assert page.width() > 0.35 * window.width()


def test_panels_are_hidden_and_shown_by_keys(two_pages, qtbot):
    window = two_pages.window
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not window.thumbnails.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F9, CTRL)
    assert not window.review.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.page_view.hasFocus()  # there is nothing else to go to
    qtbot.keyClick(window, Qt.Key.Key_F9, CTRL)
    assert window.review.isVisible()


def test_the_review_comes_back_when_a_command_goes_on_in_it(two_pages, qtbot):
    window = two_pages.window
    window.commands["show_review"].trigger()
    assert not window.review.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F3)
    assert window.review.isVisible() and window.commands["show_review"].isChecked()
    assert window.review.editor.hasFocus()


def test_the_review_has_a_window_of_its_own_and_follows(two_pages, qtbot):
    window, document, panel = two_pages.window, two_pages.document, review_of(two_pages)
    window.workspace.panels.own_window("show_review").trigger()
    assert panel.isFloating() and panel.isWindow()
    assert panel.windowTitle() == "Review"
    lines = document.current_page.lines
    document.select_line(lines[1].id)
    assert window.review.editor.text() == lines[1].text
    window.review.editor.setFocus()
    QTest.keyClick(window.review.editor, Qt.Key.Key_Return)
    assert lines[1].status.value == "reviewed"
    document.set_current_page(document.document.pages[1].id)
    assert window.review.line.id == document.current_line.id
    window.workspace.panels.own_window("show_review").trigger()
    assert not panel.isFloating() and window.review.window() is window


def test_the_keyboard_goes_with_a_panel_into_its_own_window_and_back(two_pages, qtbot):
    window, editor = two_pages.window, two_pages.window.review.editor
    window.review.focus_editor()
    qtbot.waitUntil(editor.hasFocus)
    own_window = window.workspace.panels.own_window("show_review")
    for _ in range(2):
        own_window.trigger()
        qtbot.waitUntil(editor.hasFocus)
        assert editor.window().isActiveWindow()


def test_alt_shows_the_bare_paper_from_a_window_of_its_own(two_pages):
    window = two_pages.window
    window.workspace.panels.own_window("show_review").trigger()
    QTest.keyPress(window.review.editor, Qt.Key.Key_Alt)
    assert not window.page_view.overlay.shown
    QTest.keyRelease(window.review.editor, Qt.Key.Key_Alt)
    assert window.page_view.overlay.shown


def test_the_buttons_of_its_own_window_speak_the_language_of_the_window(two_pages, qapp):
    panel = review_of(two_pages)
    close = panel.findChild(QAbstractButton, "qt_dockwidget_closebutton")
    assert close.accessibleName() == "Close"
    two_pages.language.show(Language.CHINESE)
    qapp.processEvents()
    assert close.accessibleName() == "关闭"
    two_pages.language.show(Language.ENGLISH)


def test_closing_its_window_hides_the_panel(two_pages):
    window, panel = two_pages.window, review_of(two_pages)
    window.workspace.panels.own_window("show_review").trigger()
    panel.windowHandle().close()
    QApplication.processEvents()
    assert not panel.isVisible()
    assert not window.commands["show_review"].isChecked()
    window.commands["show_review"].trigger()
    assert panel.isVisible() and panel.isFloating()


def test_no_window_of_a_panel_stays_when_the_last_page_goes(two_pages):
    document, panel = two_pages.document, review_of(two_pages)
    two_pages.window.workspace.panels.own_window("show_review").trigger()
    document.delete_page()
    document.delete_page()
    assert not panel.isVisible()
    document.undo()
    assert panel.isVisible()


def test_f6_goes_round_all_parts(two_pages, qtbot):
    window = two_pages.window
    window.page_view.setFocus()
    seen = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen[0] is window.review.editor
    assert window.thumbnails in seen
    assert window.page_view in seen
    assert len(set(seen[:3])) == 3


def test_places_zoom_and_hidden_panels_are_remembered(make_program, tmp_path, picture, idle):
    file = tmp_path / "kept.ini"
    first = make_program(settings=Settings(file))
    first.window.open_paths([picture()])
    idle(first, 1)
    first.window.commands["show_thumbnails"].trigger()
    first.window.workspace.panels.own_window("show_review").trigger()
    first.window.page_view.zoom_to(1.5)
    first.window.review.splitter.setSizes([400, 100])
    sizes = first.window.review.splitter.sizes()
    first.window.close()
    second = make_program(settings=Settings(file))
    second.window.open_paths([picture()])
    idle(second, 1)
    assert not second.window.commands["show_thumbnails"].isChecked()
    assert review_of(second).isFloating() and review_of(second).isVisible()
    assert second.window.page_view.zoom == pytest.approx(1.5)
    assert second.window.review.splitter.sizes() == pytest.approx(sizes, abs=4)
    second.window.page_view.fit_width()
    second.window.close()
    third = make_program(settings=Settings(file))
    assert third.window.page_view.fit.value == "width"


def test_the_window_opens_maximised_at_first(qapp, tmp_path):
    from desktop_ocr.app import build
    from tests.fakes.engines import TruthEngine

    program = build(qapp, TruthEngine(), Settings(tmp_path / "new.ini"))
    assert program.window.isMaximized()
    program.window.close()
    program.window.deleteLater()


def test_nonsense_about_panels_is_left_aside(make_program, tmp_path):
    file = tmp_path / "odd.ini"
    file.write_text("[panel]\nshow_review=perhaps\n[view]\nzoom=wide\n[window]\ndocks=x\n")
    program = make_program(settings=Settings(file))
    assert program.window.page_view.fit.value == "page"
    program.window.commands["open_sample"].trigger()


def test_the_keyboard_goes_from_a_hidden_panel_to_the_page(opened, qtbot):
    window = opened.window
    window.activateWindow()
    window.review.focus_editor()
    window.commands["show_review"].trigger()
    assert window.page_view.hasFocus()
    for _ in range(30):  # and Tab leads nowhere that nobody sees
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        at = focus.mapTo(window, focus.rect().center())
        assert window.rect().contains(at), focus
