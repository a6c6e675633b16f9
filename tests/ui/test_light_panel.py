"""Light and geometry: what is chosen is seen, read with, kept."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from desktop_ocr.engine.enhance import LightChoices, Switch
from desktop_ocr.engine.light_presets import presets_file
from desktop_ocr.ui.light_presets import LightPresets
from desktop_ocr.ui.settings import Settings
from tests.engine.drawing import prose, shaded, skewed

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo.png"
    Image.fromarray(np.ascontiguousarray(skewed(shaded(prose().pixels), 3.0))).save(path)
    return path


@pytest.fixture
def lit(make_program, tmp_path, photo, idle, qtbot):
    """A window with a tilted page in uneven light, and the panel open."""
    program = make_program(settings=Settings(tmp_path / "light.ini"))
    program.window.open_paths([photo])
    idle(program, 1)
    program.window.activateWindow()
    qtbot.keyClick(program.window, Qt.Key.Key_L, CTRL_SHIFT)
    view = program.window.page_view
    qtbot.waitUntil(lambda: view.frame.to_page is not None, timeout=20_000)
    return program


def asked(program):
    return program.engine._worker._engine.enhances[-1].light


def test_the_panel_shows_the_page_straightened_and_what_was_done(lit, qtbot):
    panel = lit.window.light
    assert panel.isVisible() and lit.window.commands["show_straightened"].isChecked()
    qtbot.waitUntil(lambda: "°" in panel._facts["turn"].text())
    assert "3.0" in panel._facts["turn"].text()
    assert panel._facts["shadows"].isVisible()
    assert not panel._facts["sharpen"].isVisible()
    assert panel.preset.currentText() == "As the program decides"
    qtbot.keyClick(lit.window, Qt.Key.Key_L, CTRL_SHIFT)
    assert not panel.isVisible()


def test_a_choice_is_seen_and_read_with_only_when_that_is_wanted(lit, qtbot, idle):
    panel, engine = lit.window.light, lit.engine._worker._engine
    panel.controls["shadows"].setFocus()
    qtbot.keyClick(panel.controls["shadows"], Qt.Key.Key_End)  # No
    qtbot.waitUntil(lambda: asked(lit).shadows is Switch.OFF, timeout=20_000)
    qtbot.waitUntil(lambda: not panel._facts["shadows"].isVisible(), timeout=20_000)
    assert panel.preset.currentText() == "Own choices"
    read = len(engine.options)
    qtbot.keyClick(panel.controls["treated"], Qt.Key.Key_Space)
    assert len(engine.options) == read
    qtbot.mouseClick(panel.apply, Qt.MouseButton.LeftButton)
    idle(lit)
    assert engine.options[-1].light == LightChoices(shadows=Switch.OFF, treated=True)
    # Boxes of that page are read likewise.
    lit.window.commands["read_lines"].trigger()
    idle(lit)
    assert engine.options[-1].light == LightChoices(shadows=Switch.OFF, treated=True)


def test_an_angle_is_given_where_none_is_to_be_found_out(lit, qtbot):
    panel = lit.window.light
    assert not panel.controls["angle"].isEnabled()
    qtbot.keyClick(panel.controls["turn"], Qt.Key.Key_Space)
    assert panel.controls["angle"].isEnabled()
    panel.controls["angle"].setFocus()
    for _ in range(6):
        qtbot.keyClick(panel.controls["angle"], Qt.Key.Key_Right)
    assert panel.choices() == LightChoices(turn=False, angle=3.0)
    qtbot.waitUntil(lambda: asked(lit) == panel.choices(), timeout=20_000)
    assert "3.0°" in panel._names["angle"].text()
    qtbot.mouseClick(panel.reset, Qt.MouseButton.LeftButton)
    assert panel.choices() == LightChoices()


def test_presets_are_kept_used_for_next_pages_and_deleted(
    lit, qtbot, idle, picture, make_program, tmp_path
):
    panel, engine = lit.window.light, lit.engine._worker._engine
    qtbot.keyClick(panel.controls["stamps"], Qt.Key.Key_Space)
    qtbot.keyClicks(panel.name, "Archive")
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert panel.preset.currentText() == "Archive"
    assert panel._next.text() == "Next pages: as the program decides"
    qtbot.keyClick(panel.usual, Qt.Key.Key_Space)
    assert panel._next.text() == "Next pages: Archive"
    lit.window.open_paths([picture("next.png")])
    idle(lit, 2)
    assert engine.options[-1].light == LightChoices(stamps=False)
    lit.window.close()

    again = make_program(settings=Settings(tmp_path / "light.ini"))
    panel = again.window.light
    assert again.engine.light.usual == LightChoices(stamps=False)
    again.window.open_paths([picture("third.png")])
    idle(again, 1)
    assert again.engine._worker._engine.options[-1].light == LightChoices(stamps=False)
    assert panel.preset.currentText() == "Archive" and not panel.usual.isEnabled()
    qtbot.mouseClick(panel.forget, Qt.MouseButton.LeftButton)
    assert panel.preset.currentText() == "Own choices"
    panel.preset.setCurrentIndex(0)
    panel.preset.activated.emit(0)
    assert panel.choices() == LightChoices()


def test_presets_that_are_nonsense_are_left_aside(qapp, tmp_path):
    settings = Settings(tmp_path / "odd.ini")
    presets_file().parent.mkdir(parents=True)
    presets_file().write_text('{"a": {"clip": 99, "shadows": "off"}, "b": 3}', encoding="utf-8")
    settings.set_text("light/usual", "[not json")
    presets = LightPresets(settings)
    assert presets.all() == {"a": LightChoices(shadows=Switch.OFF)}
    assert presets.usual == LightChoices()
    presets_file().write_text("[not json", encoding="utf-8")
    assert presets.all() == {}


def test_a_preset_that_cannot_be_written_keeps_its_name_in_the_field(lit, qtbot, home):
    home.mkdir(exist_ok=True)
    presets_file().mkdir()
    panel = lit.window.light
    qtbot.keyClicks(panel.name, "Archive")
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lit.window.messages.isVisible)
    assert panel.name.text() == "Archive"


def test_each_page_keeps_what_is_tried_out_on_it(lit, qtbot, idle, picture):
    panel, document = lit.window.light, lit.document
    qtbot.keyClick(panel.controls["rulings"], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: asked(lit).rulings, timeout=20_000)
    lit.window.open_paths([picture("other.png")])
    idle(lit, 2)
    first, second = (page.id for page in document.document.pages)
    document.set_current_page(second)
    assert panel.choices() == LightChoices()
    document.set_current_page(first)
    assert panel.choices() == LightChoices(rulings=True)
