"""The Reading menu: what pages are read with, remembered, and offered again; on real keys."""

from __future__ import annotations

import json
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop_ocr.engine.events import ReadOptions
from desktop_ocr.engine.recognize.model_files import default_folder, user_models
from desktop_ocr.ui.settings import Settings
from tests.fakes.engines import BrokenModelEngine, HelpedEngine

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "kept.ini")


@pytest.fixture
def read_by(make_program, picture, idle, settings):
    """Open one page with an engine."""

    def opened(engine):
        program = make_program(engine, settings=settings)
        program.window.open_paths([picture()])
        idle(program, 1)
        return program

    return opened


def texts(program):
    return [line.text for line in program.document.document.pages[0].lines]


def import_model(name="ward-imported"):
    """Put a model where imported ones lie; what is in it nobody opens here."""
    folder = user_models() / name
    folder.mkdir(parents=True)
    shutil.copy(default_folder() / "model.json", folder)
    return folder


def model_entries(program):
    menu = program.window.reading.models
    menu.aboutToShow.emit()
    return menu.actions()


# --- switches -------------------------------------------------------------------------------------


def test_every_help_is_on_until_somebody_switches_it_off(read_by):
    program = read_by(HelpedEngine())
    assert program.engine.options == ReadOptions()
    assert texts(program) == ["胸部正侧位片", "WBC 6.8 ×10^9/L", "右肺下野斑片影"]
    for name in ("language", "second", "rules"):
        assert program.window.commands[f"use_{name}"].isChecked()


def test_a_switch_holds_for_all_jobs_and_offers_to_read_again(read_by, idle):
    program = read_by(engine := HelpedEngine())
    window = program.window
    window.commands["use_language"].trigger()
    window.commands["use_rules"].trigger()
    assert texts(program)[0] == "胸部正侧位片"  # nothing changes by itself
    (message,) = window.messages.messages  # said once
    assert message.text == "The page was read with other settings. Lines that you checked stay."
    window.messages.findChild(QPushButton, "messageAction").click()
    idle(program)
    assert engine.options[-1] == ReadOptions(language=False, rules=False)
    assert texts(program) == ["胸部正侧位爿", "WBC 6.8 x10^9/L", "右肺下野斑爿影"]
    program.document.select_line(program.document.current_page.lines[1].id)
    window.commands["read_lines"].trigger()
    idle(program)
    assert engine.options[-1] == ReadOptions(language=False, rules=False)


def test_the_offer_goes_when_it_holds_no_longer(read_by, picture, idle):
    program = read_by(HelpedEngine())
    window = program.window
    window.commands["use_language"].trigger()
    assert len(window.messages.messages) == 1
    window.commands["use_language"].trigger()  # on again: the page was read just so
    assert window.messages.messages == []
    window.commands["use_rules"].trigger()
    window.open_paths([picture("second.png")])
    idle(program, 2)
    assert len(window.messages.messages) == 1
    program.document.set_current_page(program.document.document.pages[1].id)  # read without
    assert window.messages.messages == []
    window.commands["use_rules"].trigger()
    assert len(window.messages.messages) == 1
    window.commands["read_page"].trigger()
    idle(program)
    assert window.messages.messages == []


def test_lines_that_a_person_checked_stay(read_by, idle, qtbot):
    program = read_by(HelpedEngine())
    window = program.window
    window.review.focus_editor()
    qtbot.keyClick(window.review.editor, KEY.Key_Return)
    window.commands["use_language"].trigger()
    window.messages.findChild(QPushButton, "messageAction").click()
    idle(program)
    assert texts(program)[0] == "胸部正侧位片"
    assert texts(program)[2] == "右肺下野斑爿影"


def test_switches_are_remembered(read_by, make_program, settings):
    program = read_by(HelpedEngine())
    program.window.commands["use_second"].trigger()
    program.document.mark_exported()
    program.window.close()
    again = make_program(HelpedEngine(), settings=settings)
    assert again.engine.options == ReadOptions(second=False)
    assert not again.window.commands["use_second"].isChecked()
    assert again.window.commands["use_rules"].isChecked()
    assert not again.window.messages.messages  # no page was read otherwise


def test_with_rules_off_none_suggests(read_by, qtbot):
    program = read_by(HelpedEngine())
    window, editor = program.window, program.window.review.editor
    window.review.focus_editor()
    editor.replace_text("5Omg")
    editor.set_caret(1)
    qtbot.waitUntil(lambda: "A rule suggests “0”" in window.review.form.note.sentence())
    window.commands["use_rules"].trigger()
    assert window.review.form.note.sentence() == ""
    window.commands["use_rules"].trigger()
    assert "A rule suggests “0”" in window.review.form.note.sentence()


def test_a_users_rules_that_cannot_be_used_are_named(make_program, home, qtbot):
    (home / "rules").mkdir(parents=True)
    (home / "rules" / "ours.toml").write_text("[[rule]]\nid = 'x'\n", "utf-8")
    window = make_program(HelpedEngine()).window
    qtbot.waitUntil(lambda: bool(window.messages.messages))
    message = window.messages.messages[0]
    assert message.text.startswith("Rule x in ours.toml is not complete")


# --- keys -----------------------------------------------------------------------------------------


def test_keys_of_the_window_reach_readings_and_rules(read_by, qtbot):
    program = read_by(HelpedEngine())
    window, editor = program.window, program.window.review.editor
    qtbot.waitUntil(lambda: window.review.others._rules is not None)
    window.review.focus_editor()
    window.review.next_line()
    assert editor.text() == "WBC 6.8 ×10^9/L"
    qtbot.keyClick(editor, KEY.Key_F8)
    assert editor.text() == "WBC 6.8 x10^9/L"
    editor.set_caret(8)
    qtbot.keyClick(editor, KEY.Key_F2)
    assert window.review.popup.texts() == ["×", "口", "日"]
    window.review.popup.close()
    qtbot.keyClick(editor, KEY.Key_Z, CTRL)
    qtbot.keyClick(editor, KEY.Key_F4)
    assert window.review.form.plain.isVisible()
    assert window.review.form.plain.sentence() == "WBC 6.8 x10^9/L"
    qtbot.keyClick(editor, KEY.Key_F4, SHIFT)
    assert editor.text() == "WBC 6.8 x10^9/L"
    qtbot.keyClick(editor, KEY.Key_F4)
    assert not window.review.form.plain.isVisible()
    qtbot.keyClick(editor, KEY.Key_Return)
    window.commands["undo"].trigger()
    assert texts(program)[1] == "WBC 6.8 ×10^9/L"


def test_the_threshold_moves_at_once(read_by, qtbot):
    program = read_by(HelpedEngine())
    window = program.window
    assert program.document.doubt == 0.8
    window.status.refresh()
    assert "below 80 %" in window.status._state.toolTip()
    before = [program.document.is_doubtful(line) for line in program.document.current_page.lines]
    assert all(before)
    window.review.doubt_slider.slider.setFocus()
    qtbot.keyClick(window.review.doubt_slider.slider, KEY.Key_Home)
    after = [program.document.is_doubtful(line) for line in program.document.current_page.lines]
    assert after == [False, False, True]  # both readers differ in the last
    window.status.refresh()
    assert "below 50 %" in window.status._state.toolTip()


# --- recognisers ----------------------------------------------------------------------------------


def test_built_in_and_imported_recognisers_are_listed(read_by):
    program = read_by(HelpedEngine())
    name = default_folder().name
    assert [a.text() for a in model_entries(program)] == [f"{name} (built in)"]
    import_model()
    entries = model_entries(program)
    assert [a.text() for a in entries] == [f"{name} (built in)", "ward-imported (imported)"]
    assert [a.isChecked() for a in entries] == [True, False]


def test_a_chosen_recogniser_reads_and_is_remembered(read_by, make_program, settings, idle, qtbot):
    folder = import_model()
    program = read_by(engine := HelpedEngine())
    model_entries(program)[1].trigger()
    qtbot.waitUntil(lambda: engine.models == [folder])
    qtbot.waitUntil(lambda: bool(program.window.messages.messages))
    assert "other settings" in program.window.messages.messages[0].text
    assert [a.isChecked() for a in model_entries(program)] == [False, True]
    program.document.mark_exported()
    program.window.close()
    again = make_program(second := HelpedEngine(), settings=settings)
    qtbot.waitUntil(lambda: second.models == [folder])
    model_entries(again)[0].trigger()
    qtbot.waitUntil(lambda: second.models == [folder, None])
    assert settings.model == ""


def test_a_recogniser_that_is_gone_is_said_and_the_built_in_one_reads(
    make_program, settings, picture, idle
):
    settings.model = "gone"
    program = make_program(engine := HelpedEngine(), settings=settings)
    (message,) = program.window.messages.messages
    assert (message.subject, message.text) == (
        "gone",
        "The recognition model is gone or damaged; the built-in one is used.",
    )
    program.window.open_paths([picture()])
    idle(program, 1)
    assert engine.models == []
    assert settings.model == ""


def test_a_damaged_recogniser_is_refused(read_by, settings, qtbot, idle):
    folder = import_model()
    (folder / "model.json").write_text(json.dumps({}), "utf-8")
    program = read_by(engine := BrokenModelEngine())
    model_entries(program)[1].trigger()
    qtbot.waitUntil(lambda: engine.models == [folder, None])
    assert settings.model == ""
    assert program.window.messages.messages[-1].subject == "ward-imported"
    qtbot.waitUntil(lambda: program.engine._running is None)
    # The built-in one is back, and it had read the page.
    assert not any("other settings" in m.text for m in program.window.messages.messages)
    assert [a.isChecked() for a in model_entries(program)] == [True, False]
    program.window.commands["read_page"].trigger()
    idle(program)
    assert len(texts(program)) == 3


def test_a_choice_is_not_lost_when_reading_is_stopped(read_by, qtbot):
    folder = import_model()
    program = read_by(engine := HelpedEngine())
    engine.gate.clear()
    program.window.commands["read_page"].trigger()
    model_entries(program)[1].trigger()
    program.window.commands["cancel"].trigger()
    engine.gate.set()
    qtbot.waitUntil(lambda: engine.models == [folder])
