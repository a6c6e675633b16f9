"""The window as a person uses it: keys, drops, menus; on the real worker thread."""

from __future__ import annotations

import shutil
from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QScrollArea

from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.actions import shortcut_sheet
from desktop_ocr.ui.commands import COMMANDS, Menu, plain
from desktop_ocr.ui.dialogs.about_dialog import AboutDialog, licences
from desktop_ocr.ui.dialogs.shortcuts_dialog import ShortcutsDialog
from desktop_ocr.ui.document_controller import PageState
from desktop_ocr.ui.i18n import Language
from desktop_ocr.ui.menus import CommandBar
from desktop_ocr.ui.message_bar import MessageKind
from desktop_ocr.ui.projects.keeper import Saving
from desktop_ocr.ui.review.delegate import ROW_HEIGHT
from desktop_ocr.ui.review.editor import LineEditor
from desktop_ocr.ui.settings import Settings
from desktop_ocr.ui.theme import Theme, tokens
from tests.fakes.engines import TEXTS, EndlessEngine, FailingEngine, NoModelEngine, TruthEngine


def texts(program, i=0):
    return [line.text for line in program.document.document.pages[i].lines]


def files(*paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(window, mime):
    """Drag something over the window and let go."""
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(window.rect().center(), copy, mime, left, none)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    assert window._overlay.isVisible()
    end = QDropEvent(QPointF(window.rect().center()), copy, mime, left, none)
    QApplication.sendEvent(window, end)
    assert not window._overlay.isVisible()
    return end.isAccepted()


def editor_of(window):
    return window.review.findChild(LineEditor)


# --- opening ------------------------------------------------------------------------------


def test_the_empty_window_says_what_to_do(program):
    window = program.window
    assert window.workspace.welcome.isVisible()
    assert "Drop" in window.workspace.welcome._title.text()
    assert window.status.sentence() == "Nothing is open"
    for command in ("export", "read_page", "undo", "redo", "zoom_in", "cancel", "delete_page"):
        assert not window.commands[command].isEnabled()
    for command in ("open_files", "open_folder", "paste", "open_sample", "show_about"):
        assert window.commands[command].isEnabled()


def test_dropped_files_and_folders_are_opened(program, picture, idle, tmp_path):
    picture("文件夹/b 2.png")
    assert drop(program.window, files(picture("a.png"), tmp_path / "文件夹"))
    idle(program, 2)
    assert [page.file for page in program.document.document.pages] == ["a.png", "b 2.png"]
    assert texts(program) == list(TEXTS)
    assert program.window.workspace.panels.isVisible()


def test_what_cannot_be_opened_is_not_accepted(program):
    mime = QMimeData()
    mime.setText("some text")
    assert not drop(program.window, mime)


def test_the_overlay_goes_when_the_drag_leaves(program, picture):
    window = program.window
    mime = files(picture())
    enter = QDragEnterEvent(
        window.rect().center(),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, enter)
    assert window._overlay.isVisible()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window._overlay.isVisible()


def test_nothing_in_the_window_takes_drops_for_itself(program):
    for child in program.window.centralWidget().findChildren(object):
        if hasattr(child, "acceptDrops"):
            assert not child.acceptDrops(), child


def test_the_open_dialog(program, picture, idle, monkeypatch):
    chosen = [str(picture("一.png")), str(picture("二.png"))]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: (chosen, ""))
    program.window.commands["open_files"].trigger()
    idle(program, 2)


def test_the_folder_dialog_and_an_empty_folder(program, idle, monkeypatch, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(empty))
    program.window.commands["open_folder"].trigger()
    idle(program, 0)
    assert program.window.messages.messages[0].text == "The folder holds no pictures and no PDFs."


def test_pasting_a_picture_and_files(program, picture, idle, qtbot):
    clipboard = QGuiApplication.clipboard()
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    clipboard.setImage(image)
    qtbot.keyClick(program.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    idle(program, 1)
    clipboard.setMimeData(files(picture("copied.png")))
    qtbot.keyClick(program.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    idle(program, 2)
    assert [p.file for p in program.document.document.pages] == ["Clipboard", "copied.png"]


def test_pasting_nothing_says_so(program):
    QGuiApplication.clipboard().setText("words")
    program.window.commands["paste"].trigger()
    message = program.window.messages.messages[0]
    assert message.text == "There is no picture and no file in the clipboard."
    assert message.kind is MessageKind.NOTE


def test_paste_in_the_text_field_pastes_text(opened, qtbot):
    QGuiApplication.clipboard().setText("贴")
    opened.window.review.focus_editor()
    editor = editor_of(opened.window)
    qtbot.keyClick(editor, Qt.Key.Key_End)
    qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == TEXTS[0] + "贴"
    assert len(opened.document.document.pages) == 1


def test_the_sample(program, idle):
    program.window.commands["open_sample"].trigger()
    idle(program, 1)
    assert texts(program)[0] == "青禾市第三人民医院"


# --- reading ------------------------------------------------------------------------------


def test_progress_and_cancel(make_program, picture, qtbot, idle):
    program = make_program(EndlessEngine())
    window = program.window
    window.open_paths([picture("a.png"), picture("b.png")])
    qtbot.waitUntil(lambda: bool(program.document.document.pages))
    qtbot.waitUntil(window.progress.isVisible)
    assert window.commands["cancel"].isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    idle(program)
    assert not window.progress.isVisible()
    window.status.refresh()
    assert "reading was stopped" in window.status.sentence()
    program.engine._worker._engine.gate.set()
    window.commands["read_unread"].trigger()
    idle(program)
    assert texts(program) == list(TEXTS)
    # The second file waited behind the first page: nobody must believe that it is open.
    assert len(program.document.document.pages) == 1
    assert "not all pages were opened" in window.messages.messages[0].text
    window.messages.findChild(QPushButton, "messageAction").click()
    idle(program, 2)
    assert texts(program, 1) == list(TEXTS)
    assert not window.messages.messages


def test_a_failure_is_one_sentence_and_can_be_tried_again(make_program, picture, idle):
    program = make_program(FailingEngine(RuntimeError("secret 姓名"), times=1))
    program.window.open_paths([picture("a.png")])
    idle(program, 1)
    message = program.window.messages.messages[0]
    assert message.subject == "a.png"
    assert "failed" in message.text
    assert "secret" not in message.text
    assert message.action == "Try again"
    assert program.document.page_state(program.document.current_page.id) is PageState.FAILED
    program.window.messages._rows[0]._act()
    idle(program, 1)
    assert not program.window.messages.isVisible()
    assert texts(program) == list(TEXTS)


def test_bad_files_are_rows_and_the_rest_is_read(program, picture, idle, tmp_path):
    bad = []
    for name in ("leer.png", "text.png", "no.pdf", "missing.jpg", "x.tiff"):
        path = tmp_path / name
        if name != "missing.jpg":
            path.write_bytes({"leer.png": b"", "no.pdf": b"%PDF-1.4 x"}.get(name, b"hello"))
        bad.append(path)
    program.window.open_paths([*bad, picture("good.png")])
    idle(program, 1)
    bar = program.window.messages
    assert len(bar.messages) == 5
    assert {m.subject for m in bar.messages} == {path.name for path in bad}
    assert bar._head.isVisible()
    assert bar._summary.text() == "5 messages"
    assert bar.height() < program.window.height() / 3
    bar.clear()
    assert not bar.isVisible()
    assert texts(program) == list(TEXTS)


def test_a_missing_model_is_said_when_the_window_opens(make_program, qtbot):
    program = make_program(NoModelEngine())
    qtbot.waitUntil(lambda: bool(program.window.messages.messages))
    assert "install the program again" in program.window.messages.messages[0].text


def test_reading_again_says_what_stayed(opened, idle):
    document = opened.document
    ids = [line.id for line in document.current_page.lines]
    document.set_status(ids[:2], LineStatus.REVIEWED)
    document.select_lines(ids)
    opened.window.commands["read_lines"].trigger()
    idle(opened, 1)
    assert texts(opened) == [TEXTS[0], TEXTS[1], "再读"]
    assert "2 lines stayed" in opened.window.messages.messages[0].text
    document.select_line(ids[0])
    opened.window.commands["read_page"].trigger()
    idle(opened, 1)
    assert texts(opened) == list(TEXTS)


def test_lines_that_are_not_read_yet_cannot_be_marked_as_reviewed(
    make_program, picture, idle, qtbot
):
    engine = TruthEngine()
    engine.gate.clear()
    program = make_program(engine)
    program.window.open_paths([picture()])
    qtbot.waitUntil(lambda: len(texts(program)) == 3 if program.document.current_page else False)
    page = program.document.current_page
    program.document.select_lines([line.id for line in page.lines])
    program.window.commands["mark_reviewed"].trigger()
    engine.gate.set()
    idle(program, 1)
    assert texts(program) == list(TEXTS)
    assert {line.status for line in page.lines} == {LineStatus.UNREVIEWED}
    program.window.commands["mark_reviewed"].trigger()
    assert {line.status for line in page.lines} == {LineStatus.REVIEWED}


# --- editing ------------------------------------------------------------------------------


def test_typing_enter_undo_redo(opened, qtbot):
    window = opened.window
    opened.document.select_line(opened.document.current_page.lines[0].id)
    window.review.focus_editor()
    editor = editor_of(window)
    qtbot.keyClick(editor, Qt.Key.Key_End)
    qtbot.keyClicks(editor, " ok")
    assert texts(opened)[0] == TEXTS[0]  # nothing is committed while one types
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert texts(opened)[0] == TEXTS[0] + " ok"
    assert opened.document.current_line.id == opened.document.current_page.lines[1].id
    assert window.commands["undo"].text() == "&Undo: mark as reviewed"
    window.commands["undo"].trigger()
    assert texts(opened)[0] == TEXTS[0]
    assert window.commands["redo"].text() == "&Redo: mark as reviewed"
    assert window.commands["undo"].text() == "&Undo"
    window.commands["redo"].trigger()
    assert texts(opened)[0] == TEXTS[0] + " ok"


def test_undo_takes_text_along_that_was_not_committed(opened, qtbot):
    opened.window.review.focus_editor()
    editor = editor_of(opened.window)
    qtbot.keyClick(editor, Qt.Key.Key_End)
    qtbot.keyClicks(editor, "x")
    opened.window.commands["undo"].trigger()
    assert texts(opened)[0] == TEXTS[0]
    assert editor.text() == TEXTS[0]
    opened.window.commands["redo"].trigger()
    assert texts(opened)[0] == TEXTS[0] + "x"


def test_a_page_that_is_read_never_breaks_into_a_composition(opened, picture, idle, qtbot):
    window = opened.window
    window.review.focus_editor()
    editor = editor_of(window)
    QApplication.sendEvent(editor, QInputMethodEvent("zhongwen", []))
    window.open_paths([picture("second.png")])
    idle(opened, 2)
    opened.engine.read_pages([opened.document.current_page.id])
    idle(opened, 2)
    assert editor.composing
    assert opened.document.undo_stack.count() <= 1  # the second reading, no commit
    commit = QInputMethodEvent()
    commit.setCommitString("中文")
    QApplication.sendEvent(editor, commit)
    assert "中文" in editor.text()
    opened.document.commit_pending.emit()
    assert any("中文" in text for text in texts(opened))


def test_delete_key_deletes_only_in_the_page_view(opened, qtbot):
    window = opened.window
    lines = opened.document.current_page.lines
    opened.document.select_line(lines[0].id)
    window.review.focus_editor()
    editor = editor_of(window)
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    assert editor.text() == TEXTS[0][1:]
    assert len(lines) == 3
    window.page_view.setFocus()
    qtbot.keyClick(window.page_view, Qt.Key.Key_Delete)
    assert len(lines) == 2


def test_drawing_is_switched_by_key_and_follows_the_view(opened, qtbot):
    from desktop_ocr.ui.page_view import Tool

    window = opened.window
    window.page_view.setFocus()
    qtbot.keyClick(window.page_view, Qt.Key.Key_W)
    assert window.page_view.tool is Tool.DRAW
    assert window.commands["draw_box"].isChecked()
    qtbot.keyClick(window.page_view, Qt.Key.Key_Escape)
    assert not window.commands["draw_box"].isChecked()


def test_statuses_from_the_keyboard(opened, qtbot):
    window, document = opened.window, opened.document
    ids = [line.id for line in document.current_page.lines]
    document.select_lines(ids[:2])
    window.commands["mark_reviewed"].trigger()
    assert [line.status for line in document.current_page.lines] == [
        LineStatus.REVIEWED,
        LineStatus.REVIEWED,
        LineStatus.UNREVIEWED,
    ]
    window.status.refresh()
    assert "2 of 3 lines reviewed" in window.status.sentence()
    qtbot.keyClick(
        window,
        Qt.Key.Key_U,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert document.current_line.status is LineStatus.ILLEGIBLE
    qtbot.keyClick(
        window,
        Qt.Key.Key_U,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert document.current_line.status is LineStatus.UNREVIEWED


def test_pages_are_walked_and_deleted(program, picture, idle, qtbot):
    window, document = program.window, program.document
    window.open_paths([picture(f"{i}.png") for i in range(3)])
    idle(program, 3)
    assert window.thumbnails.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    assert document.page_index() == 1
    document.set_status([line.id for line in document.current_page.lines], LineStatus.REVIEWED)
    qtbot.keyClick(window, Qt.Key.Key_PageUp)
    qtbot.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert document.page_index() == 2
    window.commands["delete_page"].trigger()
    window.commands["delete_page"].trigger()
    assert not window.thumbnails.isVisible()
    window.commands["delete_page"].trigger()
    assert window.workspace.welcome.isVisible()
    window.commands["undo"].trigger()
    assert document.page_index() == 0


@pytest.fixture
def typing(opened, qtbot):
    """A window whose text field has the keyboard."""
    opened.window.review.focus_editor()
    qtbot.waitUntil(editor_of(opened.window).hasFocus)
    return opened


def test_files_and_pictures_are_pasted_while_the_text_field_has_the_keyboard(
    typing, picture, idle, qtbot
):
    clipboard, editor = QGuiApplication.clipboard(), editor_of(typing.window)
    before = editor.text()
    clipboard.setMimeData(files(picture("copied.png")))
    qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    idle(typing, 2)
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    clipboard.setImage(image)
    qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    idle(typing, 3)
    assert editor.text() == before
    clipboard.setText("字")
    qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == before + "字"
    assert len(typing.document.document.pages) == 3


def test_undo_after_accepting_takes_back_text_and_mark_together(typing, qtbot):
    editor = editor_of(typing.window)
    before = editor.text()
    qtbot.keyClick(editor, Qt.Key.Key_End)
    qtbot.keyClicks(editor, "xy")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    line = typing.document.current_line
    assert (line.text, line.status) == (before, LineStatus.UNREVIEWED)
    assert editor.text() == before


def test_the_size_of_the_text_is_remembered_as_it_was_seen(make_program):
    program = make_program()
    for _ in range(30):
        program.window.commands["larger_text"].trigger()
    program.window.commands["smaller_text"].trigger()
    size = editor_of(program.window).text_size
    assert editor_of(make_program(settings=program.settings).window).text_size == size


def test_there_is_one_sheet_of_shortcuts(program):
    for _ in range(2):
        program.window.commands["show_shortcuts"].trigger()
    sheets = program.window.findChildren(ShortcutsDialog)
    for sheet in sheets:
        sheet.close()
    assert len(sheets) == 1


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.CHINESE])
def test_the_smallest_window_cuts_nothing_off(
    make_program, picture, idle, tmp_path, language, qtbot
):
    program = make_program(language=language)
    window = program.window
    program.window.open_paths([picture("a.png"), picture("b.png"), tmp_path / "gone.png"])
    idle(program, 2)
    window.showNormal()
    window.resize(window.minimumSize())
    qtbot.waitUntil(lambda: window.size() == window.minimumSize())
    assert window.thumbnails.isVisible()
    form, bar = window.review.form, window.findChild(CommandBar)
    for shown in (form.note, form.plain):
        window.review.editor.replace_text("检查所见" * 40)
        if shown is form.plain:
            window.commands["show_plain"].trigger()
        rows = [form.crop, form.editor, shown, form.accept]

        def are_apart(rows=rows) -> None:
            for above, below in pairwise(rows):
                assert above.isVisible()
                assert above.geometry().bottom() < below.geometry().top()

        qtbot.waitUntil(are_apart)
        assert form.rect().contains(form.restore.geometry())
        assert window.review.lines.list.height() >= ROW_HEIGHT
    for action in bar.actions():
        button = bar.widgetForAction(action)
        assert button.isVisible() and bar.rect().contains(button.geometry()), action.text()
    assert not window.messages.isHidden()


def test_the_toolbar_shows_texts_where_they_have_room(program):
    bar = program.window.findChild(CommandBar)
    button = bar.widgetForAction(program.window.commands["open_files"])
    program.window.resize(1280, 700)
    QApplication.processEvents()
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    program.window.resize(program.window.minimumSize())
    QApplication.processEvents()
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    program.window.resize(1280, 700)
    QApplication.processEvents()
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon


def test_the_tab_key_reaches_everything(program, picture, idle, qtbot, tmp_path):
    window = program.window
    window.open_paths([picture("a.png"), picture("b.png"), tmp_path / "gone.png"])
    idle(program, 2)
    window.page_view.setFocus()
    qtbot.waitUntil(window.page_view.hasFocus)
    met = []
    while QApplication.focusWidget() not in met:
        met.append(QApplication.focusWidget())
        qtbot.keyClick(met[-1], Qt.Key.Key_Tab)
    form, lines = window.review.form, window.review.lines
    order = [form.editor, form.accept, form.illegible, form.previous, form.next, lines.list]
    assert [met.index(widget) for widget in order] == sorted(met.index(w) for w in order)
    assert {window.thumbnails, window.messages.findChild(QPushButton, "messageAction")} <= set(met)
    assert not any(isinstance(widget, QScrollArea) for widget in met)  # nothing to do there
    assert set(lines.findChildren(QPushButton)) & set(met)  # the arrow keys go to the others
    tools = window.findChild(CommandBar)
    for command in ("open_files", "read_page", "fit_page"):
        assert tools.widgetForAction(window.commands[command]) in met


# --- the look -----------------------------------------------------------------------------


def test_the_language_is_switched_at_once(opened, qapp, qtbot):
    window = opened.window
    saving = window.projects.keeper
    qtbot.waitUntil(lambda: saving.saving is Saving.SAVED)
    window.look.languages[Language.CHINESE].trigger()
    qapp.processEvents()
    assert window.menuBar().actions()[0].text() == "文件(&F)"
    assert window.commands["open_files"].text() == "打开文件(&O)…"
    assert window.commands["open_files"].iconText().strip() == "打开"
    assert "第 1 页，共 1 页" in window.status.sentence()
    assert window.status.sentence().endswith("已保存")
    assert window.windowTitle() == "桌面文字识别[*]"
    assert window.workspace.welcome._title.text() == "将扫描件、照片或 PDF 拖放到此处"
    opened.document.set_text(opened.document.current_line.id, "改")
    assert window.commands["undo"].text() == "撤销(&U)：修改文字"
    window.look.languages[Language.ENGLISH].trigger()
    qapp.processEvents()
    assert window.menuBar().actions()[0].text() == "&File"
    assert window.commands["undo"].text() == "&Undo: edit text"


def test_language_theme_and_size_are_remembered(make_program, tmp_path, opened):
    path = tmp_path / "kept.ini"
    first = make_program(settings=Settings(path))
    first.window.look.languages[Language.CHINESE].trigger()
    first.window.look.themes[Theme.DARK].trigger()
    first.window.commands["larger_text"].trigger()
    first.window.commands["show_boxes"].trigger()
    first.window.review.doubt_slider.slider.setValue(90)
    first.window.close()
    second = make_program(settings=Settings(path))
    assert second.language.language is Language.CHINESE
    assert second.window.look.themes[Theme.DARK].isChecked()
    assert tokens().window == "#202327"
    assert second.window.commands["show_boxes"].isChecked() is False
    assert second.document.doubt == pytest.approx(0.9)
    assert second.window.review.doubt_slider.slider.value() == 90
    assert editor_of(second.window).text_size > editor_of(opened.window).text_size
    second.window.look.themes[Theme.LIGHT].trigger()
    assert tokens().window != "#202327"


def test_settings_that_are_nonsense_are_ignored(make_program, tmp_path):
    path = tmp_path / "broken.ini"
    path.write_text("[General]\nlanguage=klingon\ntheme=7\ntext_size=big\ndoubt=x\n", "utf-8")
    program = make_program(settings=Settings(path))
    assert program.settings.text_size == 0
    assert program.window.isVisible()


def test_every_command_has_one_place_and_no_key_twice(program):
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    for menu in Menu:
        assert program.window.commands.of_menu(menu)
    for command in COMMANDS:
        action = program.window.commands[command.id]
        assert [k.toString() for k in action.shortcuts()] == list(command.keys), command.id


def test_the_sheet_lists_every_key(program, qtbot):
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    sheet = program.window.findChild(ShortcutsDialog)
    assert sheet is not None
    assert sheet.isVisible()
    rows = dict(sheet.rows())
    for command in COMMANDS:
        if command.keys:
            shown = program.window.commands[command.id].property("button").removesuffix("…")
            assert command.keys[0] in rows[shown]
    program.language.show(Language.CHINESE)
    qtbot.wait(10)
    assert dict(sheet.rows())["打开文件"] == "Ctrl+O"
    sheet.close()


def test_menu_texts_without_mnemonics():
    assert plain("打开文件(&O)…") == "打开文件"
    assert plain("&Open files…") == "Open files"
    assert shortcut_sheet is not None


def test_about_names_the_model_and_the_licences(program, qtbot):
    qtbot.waitUntil(lambda: program.engine.model_id == "truth-1")
    program.window.commands["show_about"].trigger()
    about = program.window.findChild(AboutDialog)
    from PySide6.QtWidgets import QLabel

    words = " ".join(label.text() for label in about.findChildren(QLabel))
    assert "truth-1" in words
    assert "no network" in words
    about._show.click()
    assert "Apache License" in about._licences.toPlainText()
    assert "PySide6" in licences()
    about.close()


def test_f6_goes_round(opened, qtbot):
    window = opened.window
    window.activateWindow()
    window.page_view.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is editor_of(window)
    qtbot.keyClick(editor_of(window), Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.page_view


# --- closing ------------------------------------------------------------------------------


def test_closing_without_edits_asks_nothing(opened):
    assert opened.window.close()
    assert not opened.engine._thread.isRunning()


def test_closing_while_reading_asks_nothing_and_ends(make_program, picture, qtbot):
    program = make_program(EndlessEngine())
    program.window.open_paths([picture()])
    qtbot.waitUntil(lambda: bool(program.engine._worker._engine.reads))
    assert program.window.close()
    assert not program.engine._thread.isRunning()


def test_the_same_engine_reads_after_a_file_vanished(opened, picture, idle, tmp_path):
    folder = tmp_path / "weg"
    path = picture("weg/a.png")
    shutil.rmtree(folder)
    opened.window.open_paths([path, picture("b.png")])
    idle(opened, 2)
    assert opened.window.messages.messages[0].subject == "a.png"
    assert isinstance(opened.engine._worker._engine, TruthEngine)
