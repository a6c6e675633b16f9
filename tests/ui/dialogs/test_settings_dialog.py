"""The settings and the keys of the commands, changed with real keys in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from shiboken6 import isValid

from desktop_ocr.ui.actions import shortcut_sheet
from desktop_ocr.ui.commands import COMMANDS
from desktop_ocr.ui.dialogs.settings_dialog import SettingsDialog
from desktop_ocr.ui.dialogs.shortcuts_dialog import ShortcutsDialog
from desktop_ocr.ui.i18n import Language
from desktop_ocr.ui.keys import Keys, Refusal, put_in_force, refusal, usual
from desktop_ocr.ui.settings import Settings
from desktop_ocr.ui.theme import Theme, tokens

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT, META = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier
KEY = Qt.Key
BY_ID = {command.id: command for command in COMMANDS}


@pytest.fixture(autouse=True)
def usual_keys_afterwards():
    yield
    put_in_force(Keys())


@pytest.fixture
def dialog(opened, qtbot):
    QTest.keyClick(opened.window, KEY.Key_Comma, CTRL)
    found = opened.window.findChild(SettingsDialog)
    qtbot.waitUntil(found.isActiveWindow)
    yield found
    if isValid(found):
        found.close()


@pytest.fixture
def keys(dialog):
    return dialog.keys


def press(editor, command_id, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """Choose a command with the keyboard and press its new key."""
    editor.choose(command_id)
    editor.tree.setFocus()
    QTest.keyClick(editor.tree, KEY.Key_Return)
    assert editor.catcher.hasFocus()
    QTest.keyClick(editor.catcher, key, modifiers)


def shortcuts(program, command_id):
    return [key.toString() for key in program.window.commands[command_id].shortcuts()]


# --- changing -------------------------------------------------------------------------------------


def test_a_new_key_works_at_once_and_everywhere(opened, dialog, keys, qtbot):
    window = opened.window
    press(keys, "next_doubtful", KEY.Key_J, CTRL)
    assert keys.tree.hasFocus()
    assert shortcuts(opened, "next_doubtful") == ["Ctrl+J"]
    assert "(Ctrl+J)" in window.commands["next_doubtful"].toolTip()
    assert "(Ctrl+J)" in window.review.form.next.toolTip()
    sheet = dict(row for _title, rows in shortcut_sheet(window.commands.keys) for row in rows)
    assert sheet["Next doubtful place"] == "Ctrl+J"
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.review.focus_editor()
    before = window.review.editor.caret
    QTest.keyClick(window.review.editor, KEY.Key_F3)
    assert window.review.editor.caret == before  # the old key is free
    QTest.keyClick(window.review.editor, KEY.Key_J, CTRL)
    assert window.review.editor.caret != before


def test_the_sheet_of_keys_follows_while_it_is_shown(opened, keys):
    opened.window.commands["show_shortcuts"].trigger()
    sheet = opened.window.findChild(ShortcutsDialog)
    press(keys, "export", KEY.Key_F5)
    assert "F5" in [label.text() for label in sheet.findChildren(QLabel)]
    sheet.close()


def test_keys_are_kept(make_program, tmp_path, qtbot):
    path = tmp_path / "kept.ini"
    first = make_program(settings=Settings(path))
    first.window.commands["show_settings"].trigger()
    dialog = first.window.findChild(SettingsDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    editor = dialog.keys
    press(editor, "find", KEY.Key_Semicolon, CTRL)
    editor.choose("replace")
    editor.no_key.click()
    dialog.close()
    first.window.close()
    second = make_program(settings=Settings(path))
    assert shortcuts(second, "find") == ["Ctrl+;"]
    assert shortcuts(second, "replace") == []
    assert second.window.commands["replace"].toolTip() == "Replace"
    assert shortcuts(second, "export") == ["Ctrl+E"]


def test_what_was_kept_is_put_in_order(tmp_path):
    settings = Settings(tmp_path / "kept.ini")
    settings.set_text("keys/find", "Ctrl+D")  # of another command since then
    settings.set_text("keys/replace", "Ctrl+D; F6")
    settings.set_text("keys/export", "no key at all, Ctrl+K")
    keys = Keys(settings)
    assert [k.toString() for k in keys.of("find")] == ["Ctrl+D"]
    assert [k.toString() for k in keys.of("replace")] == ["F6"]
    assert keys.of("split_line") == keys.of("export") == ()
    every = [key for command in COMMANDS for key in keys.of(command.id)]
    assert len(every) == len(set(every))
    assert keys.of("undo") == usual("undo")


def test_the_table_gives_no_key_twice():
    every = [key for command in COMMANDS for key in usual(command.id)]
    assert len(every) == len(set(every))


def test_a_key_of_another_command_is_named_and_can_be_moved(opened, keys):
    press(keys, "find", KEY.Key_D, CTRL)
    assert keys.said() == "Ctrl+D is the key of “Split line at the caret”."
    assert shortcuts(opened, "find") == ["Ctrl+F"]
    assert keys.move_key.hasFocus()
    QTest.keyClick(keys.move_key, KEY.Key_Space)
    assert shortcuts(opened, "find") == ["Ctrl+D"]
    assert shortcuts(opened, "split_line") == []
    # One that had the key besides others keeps those.
    press(keys, "read_page", KEY.Key_F2)
    keys.move_key.click()
    assert shortcuts(opened, "show_alternatives") == ["Ctrl+Space"]


@pytest.mark.parametrize(
    ("command_id", "key", "held", "why"),
    [
        ("find", KEY.Key_F, Qt.KeyboardModifier.NoModifier, Refusal.TYPES),
        ("find", KEY.Key_F, SHIFT, Refusal.TYPES),
        ("find", KEY.Key_Space, Qt.KeyboardModifier.NoModifier, Refusal.TYPES),
        ("find", KEY.Key_7, SHIFT, Refusal.TYPES),
        ("find", KEY.Key_Return, SHIFT, Refusal.TEXT),
        ("find", KEY.Key_Left, CTRL, Refusal.TEXT),
        ("find", KEY.Key_Delete, Qt.KeyboardModifier.NoModifier, Refusal.TEXT),
        ("find", KEY.Key_Escape, CTRL, Refusal.TEXT),
        ("find", KEY.Key_C, CTRL, Refusal.TEXT),
        ("find", KEY.Key_Z, CTRL, Refusal.TEXT),
        ("find", KEY.Key_F, ALT, Refusal.SYSTEM),
        ("find", KEY.Key_F, META | CTRL, Refusal.SYSTEM),
        ("draw_box", KEY.Key_Space, Qt.KeyboardModifier.NoModifier, Refusal.TEXT),
        ("draw_box", KEY.Key_Up, SHIFT, Refusal.TEXT),
        ("draw_box", KEY.Key_B, Qt.KeyboardModifier.NoModifier, None),
        ("find", KEY.Key_F, CTRL | ALT, None),
        ("find", KEY.Key_F7, SHIFT, None),
        ("find", KEY.Key_Return, CTRL, None),
        ("delete_page", KEY.Key_Delete, CTRL | SHIFT, None),
        ("undo", KEY.Key_Z, CTRL, None),
    ],
)
def test_which_keys_are_refused(command_id, key, held, why):
    assert refusal(BY_ID[command_id], QKeySequence(key | held)) is why


def test_a_refused_key_is_told_and_another_waited_for(opened, keys):
    press(keys, "find", KEY.Key_A)
    assert keys.said() == "A types a character: hold Ctrl with it."
    QTest.keyClick(keys.catcher, KEY.Key_Tab)
    assert keys.said() == "Tab is needed for writing or moving: choose another key."
    QTest.keyClick(keys.catcher, KEY.Key_J, ALT)
    assert "the system" in keys.said()
    QTest.keyClick(keys.catcher, KEY.Key_K, CTRL | SHIFT)
    assert shortcuts(opened, "find") == ["Ctrl+Shift+K"]
    assert keys.said() == ""


def test_escape_leaves_the_key_and_the_dialog_as_they_are(opened, dialog, keys):
    press(keys, "find", KEY.Key_Escape)
    assert shortcuts(opened, "find") == ["Ctrl+F"]
    assert dialog.isVisible()
    assert keys.tree.hasFocus()
    QTest.keyClick(keys.tree, KEY.Key_Escape)
    assert not dialog.isVisible()


def test_commands_without_a_key_tell_none(opened, keys):
    for command_id in ("undo", "next_doubtful", "find"):
        keys.choose(command_id)
        QTest.keyClick(keys.tree, KEY.Key_Delete)
        assert shortcuts(opened, command_id) == []
        assert "(" not in opened.window.commands[command_id].toolTip()
    assert "(" not in opened.window.review.form.next.toolTip()


def test_no_command_acts_while_a_key_is_waited_for(opened, keys):
    press(keys, "find", KEY.Key_Comma, CTRL)  # that of this dialog
    assert len(opened.window.findChildren(SettingsDialog)) == 1
    assert "is the key of “Settings”" in keys.said()


def test_keys_come_back(opened, keys):
    press(keys, "find", KEY.Key_J, CTRL)
    press(keys, "split_line", KEY.Key_F, CTRL)  # free now
    assert shortcuts(opened, "split_line") == ["Ctrl+F"]
    keys.choose("find")
    assert keys.reset_one.isEnabled()
    keys.reset_one.click()
    assert shortcuts(opened, "find") == []
    assert keys.said() == "“Split line at the caret” keeps the key that it was given."
    keys.reset_all.click()
    for command in COMMANDS:
        assert opened.window.commands[command.id].shortcuts() == list(usual(command.id))
    assert not keys.reset_all.isEnabled()


def test_the_list_is_searched_by_name_and_key(dialog, keys):
    def shown():
        return [
            item.text(0)
            for top in (keys.tree.topLevelItem(i) for i in range(keys.tree.topLevelItemCount()))
            for item in (top.child(i) for i in range(top.childCount()))
            if not item.isHidden()
        ]

    assert len(shown()) == len(COMMANDS)
    QTest.keyClicks(keys.search, "ctrl+u")
    assert shown() == ["Mark the place as illegible (□)"]
    keys.search.clear()
    QTest.keyClicks(keys.search, "doubt next")
    assert shown() == ["Next doubtful place"]
    assert keys.current().id == "next_doubtful"
    QTest.keyClick(keys.search, KEY.Key_Return)
    assert keys.tree.hasFocus()
    assert dialog.isVisible()


# --- the rest -------------------------------------------------------------------------------------


def test_language_colours_and_readings(opened, dialog, qtbot):
    window = opened.window
    dialog.theme.setCurrentIndex([*window.look.themes].index(Theme.DARK))
    dialog.theme.activated.emit(dialog.theme.currentIndex())
    assert window.look.themes[Theme.DARK].isChecked()
    assert tokens().window == "#202327"
    dialog.keep_readings.click()
    assert not window.commands["keep_readings"].isChecked()
    dialog.language.setCurrentIndex([*window.look.languages].index(Language.CHINESE))
    dialog.language.activated.emit(dialog.language.currentIndex())
    qtbot.waitUntil(lambda: dialog.windowTitle() == "设置")
    assert dialog.keys.tree.topLevelItem(0).text(0) == "文件"
    window.look.themes[Theme.LIGHT].trigger()


def test_the_dialog_fits_a_small_screen(dialog):
    # 1366 x 768 at 150 %, without the title bar.
    assert dialog.minimumSizeHint().width() <= 900
    assert dialog.minimumSizeHint().height() <= 460


def test_the_reviewers_name(opened, dialog):
    assert dialog.name.text() == ""
    QTest.keyClicks(dialog.name, " Li Na ")
    QTest.keyClick(dialog.name, KEY.Key_Return)
    assert dialog.isVisible()
    assert opened.document.reviews.reviewer == opened.settings.reviewer == "Li Na"
