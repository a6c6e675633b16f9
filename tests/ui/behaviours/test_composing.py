"""While somebody types Chinese nothing that comes from elsewhere breaks in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_ocr.document.model import LineStatus
from desktop_ocr.errors import OutputFolderError
from desktop_ocr.ui.i18n import Language
from desktop_ocr.ui.message_bar import Message, MessageKind
from desktop_ocr.ui.reading_queue import Progress
from desktop_ocr.ui.theme import Theme, apply_theme
from tests.fakes.engines import HelpedEngine
from tests.ui.behaviours.conftest import Desk
from tests.ui.documents import add_page, box, read_line

PATIENCE = 20_000


def other_line(desk):
    return desk.page.lines[-1]


def accept_elsewhere(desk, _qtbot):
    line = other_line(desk)
    desk.document.set_status([line.id], LineStatus.REVIEWED)


def change_elsewhere(desk, _qtbot):
    desk.document.set_text(other_line(desk).id, "右肺未见结节")


def the_page_is_read_again(desk, qtbot):
    desk.program.engine.read_pages([desk.page.id])
    qtbot.waitUntil(lambda: not desk.program.engine.is_busy, timeout=PATIENCE)


def this_line_is_read_again(desk, qtbot):
    desk.program.engine.read_lines(desk.page.id, [desk.line.id])
    qtbot.waitUntil(lambda: not desk.program.engine.is_busy, timeout=PATIENCE)


def another_page_comes(desk, qtbot):
    path = desk.folder / "late.png"
    desk.window.open_paths([path])
    qtbot.waitUntil(lambda: len(desk.document.document.pages) == 3, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not desk.program.engine.is_busy, timeout=PATIENCE)


def a_file_fails(desk, qtbot):
    desk.window.open_paths([desk.folder / "gone.png"])
    qtbot.waitUntil(lambda: bool(desk.window.messages.messages), timeout=PATIENCE)


def it_is_saved(desk, qtbot):
    """The document was changed before; the pause after which it is written passes."""
    keeper = desk.window.projects.keeper
    desk.document.set_text(other_line(desk).id, "x")
    qtbot.waitUntil(lambda: keeper.saving.name == "SAVED", timeout=PATIENCE)


def it_cannot_be_saved(desk, _qtbot):
    projects = desk.window.projects
    projects._cannot_begin(OutputFolderError(desk.folder))
    QApplication.processEvents()
    projects._say_recovered()
    projects._again.stop()


def the_theme_changes(desk, _qtbot):
    app = QApplication.instance()
    for theme in (Theme.DARK, Theme.LIGHT, Theme.SYSTEM):
        apply_theme(app, theme)
        QApplication.processEvents()


def the_language_changes(desk, _qtbot):
    desk.program.language.show(Language.CHINESE)
    QApplication.processEvents()
    desk.program.language.show(Language.ENGLISH)


def keys_change(desk, _qtbot):
    desk.window.commands.follow_keys()


def the_threshold_changes(desk, _qtbot):
    for doubt in (0.5, 0.9, 0.99):
        desk.document.set_doubt(doubt)
        QApplication.processEvents()


def progress_goes_on(desk, _qtbot):
    progress = desk.window.progress
    progress.show_busy(True)
    for done in range(3):
        progress.show_progress(Progress(done, 9, 100.0 * (9 - done)))
        progress._count_down()
    progress.show_busy(False)


def messages_come_and_go(desk, _qtbot):
    message = Message(MessageKind.ERROR, "Something went wrong.", "a.png", "Again", lambda: None)
    desk.window.messages.show_message(message)
    desk.window.note("Something else.")
    QApplication.processEvents()
    desk.window.messages.take_back(message)
    desk.window.status.note("Saved")


def the_counts_change(desk, qtbot):
    desk.document.set_status([line.id for line in desk.page.lines[2:]], LineStatus.REVIEWED)
    chips = desk.chips
    qtbot.waitUntil(lambda: chips()["Unreviewed"] == 2)


def pixels_come(desk, _qtbot):
    desk.document.page_image_ready.emit(desk.page.id)


def the_window_changes_its_size(desk, _qtbot):
    for size in ((960, 540), (1280, 720), (1400, 900)):
        desk.window.resize(*size)
        QApplication.processEvents()


def panels_come_and_go(desk, _qtbot):
    for command in ("show_fields", "show_light", "show_thumbnails", "show_changes", "show_plain"):
        for _ in range(2):
            desk.window.commands[command].trigger()
            QApplication.processEvents()


def the_page_is_zoomed(desk, _qtbot):
    desk.wheel(QPoint(40, 40), 3, Qt.KeyboardModifier.ControlModifier)
    desk.window.commands["show_boxes"].trigger()
    desk.window.commands["show_boxes"].trigger()


def rules_and_words_are_loaded(desk, qtbot):
    desk.window.commands["use_rules"].trigger()
    desk.window.commands["use_rules"].trigger()
    qtbot.waitUntil(lambda: not desk.program.engine.is_busy, timeout=PATIENCE)


def the_name_is_changed(desk, _qtbot):
    desk.document.reviews.reviewer = "李静"


def the_text_grows(desk, _qtbot):
    desk.window.commands["larger_text"].trigger()
    desk.window.commands["smaller_text"].trigger()


def the_pointer_wanders(desk, _qtbot):
    for port in (desk.editor.viewport(), desk.view.viewport(), desk.review.crop):
        QTest.mouseMove(port, QPoint(20, 10))
        QApplication.processEvents()


ELSEWHERE = [
    accept_elsewhere,
    change_elsewhere,
    the_page_is_read_again,
    this_line_is_read_again,
    another_page_comes,
    a_file_fails,
    it_is_saved,
    it_cannot_be_saved,
    the_theme_changes,
    the_language_changes,
    keys_change,
    the_threshold_changes,
    progress_goes_on,
    messages_come_and_go,
    the_counts_change,
    pixels_come,
    the_window_changes_its_size,
    panels_come_and_go,
    the_page_is_zoomed,
    rules_and_words_are_loaded,
    the_name_is_changed,
    the_text_grows,
    the_pointer_wanders,
]


def preedit(desk) -> str:
    """Return what an input method shows in the line and has not put in yet."""
    return desk.editor.textCursor().block().layout().preeditAreaText()


def caret(field: QLineEdit) -> int:
    """Return where the caret stands in a field, behind what is being composed."""
    return field.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).x()


class InputMethod:
    """Notes who tells the input method to put in what it composes; here is none that would."""

    def __init__(self) -> None:
        self.told = 0

    def inputMethod(self) -> InputMethod:
        return self

    def commit(self) -> None:
        self.told += 1


@pytest.fixture
def composing(make_program, picture, idle, qtbot, tmp_path, monkeypatch):
    """Two pages; in the middle of the first line 右肺 is being typed by its sound."""
    desk = Desk(make_program(HelpedEngine()))
    picture("late.png")
    desk.folder = tmp_path
    desk.window.open_paths([picture("a.png"), picture("b.png")])
    idle(desk.program, 2)
    desk.window.showNormal()
    desk.window.resize(1400, 900)
    desk.window.activateWindow()
    desk.review.focus_editor()
    qtbot.waitUntil(desk.editor.hasFocus)
    desk.method = InputMethod()
    monkeypatch.setattr("desktop_ocr.ui.review.panel.QGuiApplication", desk.method)
    return desk


@pytest.mark.parametrize("happens", ELSEWHERE, ids=lambda act: act.__name__)
def test_the_text_of_the_line(composing, happens, qtbot):
    desk = composing
    desk.editor.set_caret(2)
    text, line = desk.editor.text(), desk.line.id
    desk.compose("you")
    happens(desk, qtbot)
    QApplication.processEvents()
    assert preedit(desk) == "you" and desk.method.told == 0
    assert desk.editor.hasFocus() and QApplication.focusWidget() is desk.editor
    assert (desk.line.id, desk.editor.text()) == (line, text)
    assert desk.page.line(line).status is LineStatus.UNREVIEWED
    desk.compose("youf")
    desk.compose("", "右肺")
    assert desk.editor.text() == text[:2] + "右肺" + text[2:]
    assert desk.editor.caret == 4


@pytest.mark.parametrize("where", ["find", "name"])
def test_other_fields(composing, where, qtbot):
    desk = composing
    if where == "find":
        desk.window.commands["find"].trigger()
        field = desk.window.workspace.search.bar.text
    else:
        desk.window.commands["name_reviewer"].trigger()
        field = desk.window.workspace.reviewer.field
    qtbot.waitUntil(field.hasFocus)
    at_start = caret(field)
    desk.compose("zhang")
    for happens in ELSEWHERE:
        happens(desk, qtbot)
        QApplication.processEvents()
        assert QApplication.focusWidget() is field, happens
        assert field.text() == "" and caret(field) > at_start + 20, happens
    desk.compose("", "张")
    assert field.text() == "张"


def long_document(desk, pages: int = 40, lines: int = 40) -> None:
    for number in range(pages):
        found = tuple(
            read_line(f"{number}-{i}", "右肺上叶见斑片状影", box(i)) for i in range(lines)
        )
        add_page(desk.document, found, name=f"p{number}.png")


def test_what_is_found_late_does_not_lead_away(composing, qtbot):
    """Somebody searches a long document and types on before the first place is found."""
    desk = composing
    long_document(desk)
    bar, text, line = desk.window.workspace.search.bar, desk.editor.text(), desk.line.id
    desk.window.commands["find"].trigger()
    bar.text.setText("斑片状影")
    bar.ask_now()
    desk.review.focus_editor()
    desk.compose("you")
    qtbot.waitUntil(lambda: "1600" in bar.count_text(), timeout=PATIENCE)
    assert (preedit(desk), desk.line.id, desk.editor.text()) == ("you", line, text)
    assert desk.method.told == 0


def test_a_long_replacement_waits_for_the_end_of_a_composition(composing, qtbot, monkeypatch):
    desk = composing
    long_document(desk)
    monkeypatch.setattr("desktop_ocr.ui.search.replacing.SLICE_SECONDS", 0.0005)
    search = desk.window.workspace.search
    desk.window.commands["replace"].trigger()
    search.bar.text.setText("斑片状影")
    search.bar.replacement.setText("斑片影")
    search.bar.ask_now()
    qtbot.waitUntil(lambda: "1600" in search.bar.count_text(), timeout=PATIENCE)
    desk.document.set_current_page(desk.document.document.pages[0].id)
    first = desk.line.id
    search.replace_ticked()
    assert search._replacing.is_busy
    assert desk.document.undo_stack.count() == 0
    desk.review.focus_editor()
    desk.compose("you")
    qtbot.waitUntil(lambda: not search._replacing._left, timeout=PATIENCE)
    qtbot.wait(100)
    assert (preedit(desk), desk.line.id, desk.method.told) == ("you", first, 0)
    desk.compose("", "右")
    qtbot.waitUntil(lambda: desk.document.undo_stack.count() > 0, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not search._replacing.is_busy, timeout=PATIENCE)
    last = desk.document.document.pages[-1].lines[-1]
    assert last.text == "右肺上叶见斑片影"


def test_what_is_typed_during_a_long_replacement_stays(composing, qtbot, monkeypatch):
    desk = composing
    long_document(desk)
    monkeypatch.setattr("desktop_ocr.ui.search.replacing.SLICE_SECONDS", 0.0005)
    search = desk.window.workspace.search
    desk.window.commands["replace"].trigger()
    search.bar.text.setText("斑片状影")
    search.bar.replacement.setText("斑片影")
    search.bar.ask_now()
    qtbot.waitUntil(lambda: "1600" in search.bar.count_text(), timeout=PATIENCE)
    page = desk.page
    assert page.file == "p0.png"
    search.replace_ticked()
    desk.review.focus_editor()
    desk.editor.set_caret(0)
    desk.type("xy")
    qtbot.waitUntil(lambda: not search._replacing.is_busy, timeout=PATIENCE)
    assert desk.page is page and desk.index() == 0
    desk.document.commit_pending.emit()
    assert page.lines[0].text == "xy右肺上叶见斑片状影"
    assert page.lines[1].text == "右肺上叶见斑片影"


def test_marks_stay_at_their_characters_while_one_composes_before_them(composing):
    """Qt counts places without what is composed: marks behind it would lie over other letters."""
    desk, text = composing, composing.editor.text()
    desk.document.set_doubt(0.8)  # the last character is doubtful

    def marks() -> list[tuple[int, int]]:
        set_off = desk.editor.extraSelections()
        return [(m.cursor.selectionStart(), m.cursor.selectionEnd()) for m in set_off]

    there = [(len(text) - 1, len(text))]
    assert marks() == there
    desk.compose("you")  # at the end of the line
    assert marks() == there
    desk.compose("")
    desk.editor.set_caret(2)
    desk.compose("you")
    assert marks() == []
    desk.document.set_doubt(0.9)
    assert marks() == []
    desk.compose("", "右肺")
    assert marks() == [(len(text) + 1, len(text) + 2)]
