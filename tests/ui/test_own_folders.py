"""Lists and rules of the person's own: their folders, what is told of them, when they count."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QPushButton

from desktop_ocr.engine.correct.knowledge import Knowledge
from desktop_ocr.engine.correct.lexicon import load_lexicon
from desktop_ocr.ui.i18n import Language
from tests.fakes.engines import HelpedEngine
from tests.own_rules import own_rule

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
RULE = own_rule(safe=False)


@pytest.fixture
def shown(monkeypatch):
    """The folders that the desktop was asked to show."""
    folders = []

    def show(url):
        folders.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", show)
    return folders


def press_in_reading_menu(window, qtbot, letter):
    """Open the menu by its letter and press another in it."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, KEY.Key_D, ALT)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    qtbot.keyClick(menu, letter)


@pytest.mark.parametrize(
    ("letter", "name", "format"), [(KEY.Key_T, "lexicons", "TXT"), (KEY.Key_O, "rules", ".toml")]
)
@pytest.mark.parametrize("language", [Language.ENGLISH, Language.CHINESE])
def test_a_folder_is_made_with_a_note_in_the_windows_language(
    make_program, home, shown, qtbot, letter, name, format, language
):
    window = make_program(HelpedEngine(), language=language).window
    press_in_reading_menu(window, qtbot, letter)
    assert shown == [str(home / name)]
    lines = (home / name / "README.txt").read_text("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert format in lines[0]
    assert ("放进此文件夹" in lines[0]) is (language is Language.CHINESE)
    assert Knowledge().problems() == ()  # nobody is told that the note is a bad list
    assert Knowledge().lexicon().terms == load_lexicon(home / "none").terms


def test_a_note_that_is_there_stays(make_program, home, shown, qtbot):
    (home / "rules").mkdir(parents=True)
    (home / "rules" / "README.txt").write_text("ours", "utf-8")
    window = make_program(HelpedEngine()).window
    press_in_reading_menu(window, qtbot, KEY.Key_O)
    assert shown == [str(home / "rules")]
    assert (home / "rules" / "README.txt").read_text("utf-8") == "ours"


def test_a_folder_that_cannot_be_made_or_shown_is_said(make_program, home, qtbot, monkeypatch):
    home.mkdir()
    (home / "lexicons").write_text("a file in its place", "utf-8")
    window = make_program(HelpedEngine()).window
    press_in_reading_menu(window, qtbot, KEY.Key_T)
    (message,) = window.messages.messages
    assert message.text == "The folder cannot be made: check that you may write there."
    assert message.subject == str(home / "lexicons")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    press_in_reading_menu(window, qtbot, KEY.Key_O)
    assert window.messages.messages[0].text == f"Your files belong into {home / 'rules'}"


def test_what_cannot_be_used_is_said_once_each(make_program, home, qtbot, picture, idle):
    (home / "lexicons").mkdir(parents=True)
    (home / "lexicons" / "ours.txt").write_text("鬱金散\n12.5\n", "utf-8")
    (home / "rules").mkdir()
    (home / "rules" / "ours.toml").write_text("[[rule]]\nid = 'x'\n", "utf-8")
    program = make_program(HelpedEngine())
    window = program.window
    qtbot.waitUntil(lambda: len(window.messages.messages) == 2)
    starts = ("Rule x in ours.toml is not complete", "Line 2 of the list of terms ours.txt cannot")
    told = [message.text for message in window.messages.messages]
    assert all(text.startswith(start) for text, start in zip(told, starts, strict=True))
    window.messages.clear()
    window.open_paths([picture()])
    idle(program, 1)
    qtbot.keyClick(window, KEY.Key_R, CTRL_SHIFT)
    idle(program)
    assert window.messages.messages == []  # nothing changed since it was said


def test_what_changed_counts_when_a_page_is_read_again(make_program, home, qtbot, picture, idle):
    engine = HelpedEngine()
    program = make_program(engine)
    window = program.window
    window.open_paths([picture()])
    idle(program, 1)
    review = window.review
    review.focus_editor()
    review.editor.replace_text("甲乙")
    review.editor.set_caret(2)
    assert "A rule suggests" not in review.form.note.sentence()
    qtbot.keyClick(review.editor, KEY.Key_Escape)

    for name, text in (("lexicons/own.txt", "鬱金散\n"), ("rules/own.toml", RULE)):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
    qtbot.keyClick(window, KEY.Key_R, CTRL_SHIFT)
    idle(program)
    assert engine.knowledge.lexicon().lookup("鬱金散") is not None
    review.editor.replace_text("甲乙")
    review.editor.set_caret(2)
    assert "A rule suggests “丙”" in review.form.note.sentence()
    qtbot.keyClick(review.editor, KEY.Key_Escape)

    # A file that somebody has just broken is said when it is met, not at the next start.
    (home / "rules" / "own.toml").write_text("[[rule]]\nid = 'x'\n", "utf-8")
    qtbot.keyClick(window, KEY.Key_R, CTRL_SHIFT)
    idle(program)
    assert [m.text[:22] for m in window.messages.messages] == ["Rule x in own.toml is "]
    assert window.messages.findChild(QPushButton, "messageAction") is None
