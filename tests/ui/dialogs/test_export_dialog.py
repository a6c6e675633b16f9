"""Exporting: names that are free, one question before replacing, errors that lose nothing."""

from __future__ import annotations

import errno
import inspect
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop_ocr.document.model import LineStatus
from desktop_ocr.export import load_json
from desktop_ocr.ui.dialogs.export_dialog import ExportDialog
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.review.lines import Filter
from tests.fakes.engines import TEXTS


@pytest.fixture
def dialog(opened, qtbot):
    opened.window.commands["export"].trigger()
    made = opened.window._handlers.exporting.dialog
    yield made
    if opened.window._handlers.exporting.dialog is not None:
        opened.window._handlers.exporting.dialog.reject()


def choose(dialog, kind):
    dialog._format.setCurrentIndex([k.value for k in dialog._formats].index(kind))


def press_export(dialog, qtbot, opened):
    dialog._export.click()
    qtbot.waitUntil(lambda: dialog._job == 0, timeout=20_000)


def test_a_free_name_beside_the_last_export_is_suggested(dialog, opened, tmp_path):
    assert dialog.path == tmp_path / "page.docx"
    choose(dialog, "json")
    assert dialog.path == tmp_path / "page.json"
    (tmp_path / "page.json").write_text("mine")
    again = ExportDialog(
        opened.document, opened.engine, opened.settings, opened.window.review.lines.hints
    )
    choose(again, "json")
    assert again._suggested() == tmp_path / "page (2).json"


@pytest.mark.parametrize("kind", ["docx", "json", "txt"])
def test_what_is_written_is_what_the_window_shows(dialog, opened, qtbot, kind, tmp_path):
    choose(dialog, kind)
    target = tmp_path / f"报告.{kind}"
    dialog._path.setText(str(target))
    press_export(dialog, qtbot, opened)
    if kind == "docx":
        text = "\n".join(p.text for p in docx.Document(str(target)).paragraphs)
    elif kind == "json":
        text = "\n".join(line.text for line in load_json(target).pages[0].lines)
    else:
        text = target.read_text("utf-8")
    assert all(line in text for line in TEXTS)
    message = opened.window.messages.messages[0]
    assert str(target) in message.text
    assert message.action == "Show in folder"
    assert opened.window._handlers.exporting.dialog is None


def test_text_being_typed_is_exported(opened, qtbot, tmp_path):
    opened.window.review.focus_editor()
    from desktop_ocr.ui.review.editor import LineEditor

    editor = opened.window.review.findChild(LineEditor)
    qtbot.keyClick(editor, Qt.Key.Key_End)
    qtbot.keyClicks(editor, "xyz")
    qtbot.keyClick(editor, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = opened.window._handlers.exporting.dialog
    choose(dialog, "txt")
    press_export(dialog, qtbot, opened)
    assert (tmp_path / "page.txt").read_text("utf-8").startswith(TEXTS[0] + "xyz")
    assert not opened.document.is_modified


def test_replacing_is_asked_once(dialog, opened, qtbot, tmp_path):
    target = tmp_path / "page.txt"
    target.write_text("mine")
    choose(dialog, "txt")
    dialog._path.setText(str(target))
    dialog._export.click()
    assert "exists already" in dialog.error_sentence
    assert dialog._export.text() == "Replace"
    assert target.read_text() == "mine"
    press_export(dialog, qtbot, opened)
    assert TEXTS[0] in target.read_text("utf-8")


def test_another_name_after_the_question_asks_again(dialog, tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("mine")
    choose(dialog, "txt")
    dialog._path.setText(str(tmp_path / "a.txt"))
    dialog._export.click()
    dialog._path.setText(str(tmp_path / "b.txt"))
    assert dialog.error_sentence == ""
    assert dialog._export.text() == "Export"
    dialog._export.click()
    assert dialog.error_sentence
    assert (tmp_path / "b.txt").read_text() == "mine"


def test_the_file_dialog_asks_itself(dialog, opened, qtbot, tmp_path, monkeypatch):
    target = tmp_path / "old.docx"
    target.write_bytes(b"old")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    dialog._browse.click()
    press_export(dialog, qtbot, opened)
    assert target.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "disk is full"), (errno.EIO, "cannot be written")]
)
def test_an_error_is_one_sentence_and_the_dialog_stays(
    dialog, opened, qtbot, tmp_path, monkeypatch, number, words
):
    def fail(*_arguments, **_keywords):
        raise OSError(number, "no")

    monkeypatch.setattr("os.replace", fail)
    monkeypatch.setattr("os.link", fail)
    dialog._path.setText(str(tmp_path / "new.docx"))
    press_export(dialog, qtbot, opened)
    assert words in dialog.error_sentence
    assert dialog.isVisible()
    assert dialog._export.isEnabled()
    assert not (tmp_path / "new.docx").exists()
    monkeypatch.undo()
    press_export(dialog, qtbot, opened)
    assert (tmp_path / "new.docx").exists()


def test_a_missing_folder(dialog, opened, qtbot, tmp_path):
    dialog._path.setText(str(tmp_path / "no such folder" / "x.docx"))
    press_export(dialog, qtbot, opened)
    assert "another folder" in dialog.error_sentence
    assert dialog.focusWidget() is dialog._path  # what has to be changed


def test_a_point_in_the_name_is_no_suffix(dialog, opened, qtbot, tmp_path):
    dialog._path.setText(str(tmp_path / "王某 2024.05"))
    press_export(dialog, qtbot, opened)
    assert docx.Document(str(tmp_path / "王某 2024.05.docx")).paragraphs


def test_a_folder_is_no_file_name(dialog, tmp_path):
    (tmp_path / "reports").mkdir()
    dialog._path.setText(str(tmp_path / "reports") + "/")
    dialog._export.click()
    assert "choose another name" in dialog.error_sentence
    assert not dialog._job
    assert not (tmp_path / "reports.docx").exists()


def test_names_that_are_too_long(program, picture, idle, qtbot, tmp_path):
    program.window.open_paths([picture("n" * 251 + ".png")])
    idle(program, 1)
    program.window.commands["export"].trigger()
    dialog = program.window._handlers.exporting.dialog
    suggested = dialog.path
    dialog._path.setText(str(tmp_path / ("n" * 300)))
    press_export(dialog, qtbot, program)
    assert "choose another name" in dialog.error_sentence
    dialog._path.setText(str(suggested))
    press_export(dialog, qtbot, program)
    assert suggested.exists()


@pytest.mark.parametrize("both", [False, True])
def test_only_this_page(both, program, picture, idle, qtbot, tmp_path):
    program.window.open_paths([picture("a.png"), picture("b.png")])
    idle(program, 2)
    first, second = program.document.document.pages
    if both:
        program.document.set_text(first.lines[0].id, "mine too")
    program.document.set_current_page(second.id)
    program.document.set_text(program.document.current_line.id, "mine")
    program.window.commands["export"].trigger()
    dialog = program.window._handlers.exporting.dialog
    assert dialog._all.text() == "All pages (2)"
    dialog._current.setChecked(True)
    choose(dialog, "json")
    dialog._path.setText(str(tmp_path / "b.json"))
    press_export(dialog, qtbot, program)
    assert [page.file for page in load_json(tmp_path / "b.json").pages] == ["b.png"]
    assert program.document.is_modified is both  # the other page was not exported


def test_what_is_left_to_do_is_said(dialog, opened, qtbot):
    work = dialog._open_work
    qtbot.waitUntil(lambda: not work.is_counting)
    assert work.lines.text() == "3 lines not reviewed yet. 3 lines with doubtful places."
    assert work.critical.text() == (
        "2 critical places not reviewed: number 1, left/right 1."
    )  # 6.8 x10^9/L, 右
    dialog.reject()
    ids = [line.id for line in opened.document.current_page.lines]
    opened.document.set_status(ids[:2], LineStatus.REVIEWED)
    opened.window.commands["export"].trigger()
    work = opened.window._handlers.exporting.dialog._open_work
    qtbot.waitUntil(lambda: not work.is_counting)
    assert work.critical.text() == "1 critical place not reviewed: left/right 1."
    opened.window._handlers.exporting.dialog.reject()
    opened.document.set_status(ids[2:], LineStatus.REVIEWED)
    opened.window.commands["export"].trigger()
    assert not opened.window._handlers.exporting.dialog._open_work.isVisible()


def test_show_them_leads_to_the_first_critical_place(opened, qtbot, picture, idle):
    opened.window.open_paths([picture("b.png")])
    idle(opened, 2)
    first, second = opened.document.document.pages
    opened.document.set_current_page(second.id)
    opened.window.commands["export"].trigger()
    dialog = opened.window._handlers.exporting.dialog
    dialog._current.setChecked(True)
    work = dialog._open_work
    qtbot.waitUntil(lambda: not work.is_counting)
    work.show_them.setFocus()
    qtbot.keyClick(work.show_them, Qt.Key.Key_Space)
    assert opened.window._handlers.exporting.dialog is None
    assert opened.document.current_page is second
    assert opened.document.current_line is second.lines[1]
    proxy = opened.window.review.lines.proxy
    assert (proxy.filter, proxy.unreviewed) == (Filter.CRITICAL, True)
    opened.window.commands["export"].trigger()
    work = opened.window._handlers.exporting.dialog._open_work
    qtbot.waitUntil(lambda: not work.is_counting)
    assert work.critical.text().startswith("4 critical places")  # of both pages
    work.show_them.click()
    assert opened.document.current_page is first


@pytest.mark.parametrize("wanted", [True, False])
def test_who_reviewed_is_told_if_wanted_and_the_choice_is_remembered(
    dialog, opened, qtbot, tmp_path, wanted
):
    opened.document.reviews.reviewer = "王医生"
    opened.document.set_status([opened.document.current_line.id], LineStatus.REVIEWED)
    choose(dialog, "json")
    assert not dialog._reviews.isVisibleTo(dialog)  # it holds them in any case
    choose(dialog, "docx")
    assert dialog._reviews.isChecked()
    dialog._reviews.setChecked(wanted)
    press_export(dialog, qtbot, opened)
    word = docx.Document(str(tmp_path / "page.docx"))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert ("王医生 (1)" in cells) is wanted
    assert (word.core_properties.last_modified_by == "王医生") is wanted
    opened.window.commands["export"].trigger()
    assert opened.window._handlers.exporting.dialog._reviews.isChecked() is wanted


def test_the_folder_is_shown_if_wanted(dialog, opened, qtbot, tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    dialog._show_folder.setChecked(True)
    press_export(dialog, qtbot, opened)
    assert [Path(folder) for folder in shown] == [tmp_path]
    assert opened.settings.text("export/show_folder") == "yes"


def test_every_error_has_its_own_sentence(qapp):
    from desktop_ocr import errors

    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.DesktopOcrError)
    ]
    particulars = {
        "path": Path("ward.toml"),
        "message": "message",
        "width": 30_000,
        "height": 30_000,
        "limit": 150_000_000,
        "detail": "detail",
        "rule": "my-rule",
        "line": 7,
    }
    made = []
    for kind in kinds:
        wanted = inspect.signature(kind.__init__).parameters.keys() - {"self", "args", "kwargs"}
        made.append(kind(**{name: particulars[name] for name in wanted}))
    sentences = {type(error).__name__: error_text(error) for error in made}
    plain = {"DesktopOcrError", "EditError"}  # never shown for a cause of the person's own
    others = [text for name, text in sentences.items() if name not in plain]
    assert len(set(others)) == len(others), sentences
    assert "30000 × 30000" in sentences["ImageTooLargeError"]
    assert "150 megapixels" in sentences["ImageTooLargeError"]
    assert sentences["LexiconLineError"].startswith("Line 7 of the list of terms ward.toml")
    assert sentences["RuleExampleError"].startswith("An example of rule my-rule in ward.toml")
