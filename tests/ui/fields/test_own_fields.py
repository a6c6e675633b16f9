"""Fields of a person's own: added in the window, or written into a file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_ocr.engine.extract.own import read_own
from desktop_ocr.paths import user_folder
from desktop_ocr.ui.fields.models import Trust
from desktop_ocr.ui.i18n import Language
from tests.fakes.engines import TruthEngine


class BedEngine(TruthEngine):
    """Reads a page of which the program knows no field but one."""

    TEXTS = ("姓名：周启明", "管床护士：沈若兰  管路：2 根", "Tray: B-12")

    def lines_of(self, image):
        known = super().lines_of(image)
        return [(quad, text) for (quad, _), text in zip(known, self.TEXTS, strict=True)]


@pytest.fixture
def program(make_program):
    return make_program(BedEngine())


@pytest.fixture
def panel(program, picture, idle, qtbot):
    program.window.open_paths([picture()])
    idle(program, 1)
    program.window.activateWindow()
    program.window.commands["show_fields"].trigger()
    panel = program.window.workspace.fields
    qtbot.waitUntil(lambda: panel.isVisible() and bool(panel.found.values))
    return panel


def rows(panel):
    return {row.texts[0]: row for row in panel._field_rows.rows}


def define(panel, name, labels="", kind=0):
    QTest.keyClick(panel.new, Qt.Key.Key_Space)
    for field, text in ((panel.form.name, name), (panel.form.labels, labels)):
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(field, typed)
    panel.form.kind.setCurrentIndex(kind)
    QTest.keyClick(panel.form.labels, Qt.Key.Key_Return)


def test_a_field_is_defined_with_the_keyboard_and_found_at_once(panel):
    assert set(rows(panel)) == {"Name"}
    define(panel, "管床护士")  # its name is its label
    assert rows(panel)["管床护士"].texts[1].startswith("沈若兰")
    assert rows(panel)["管床护士"].trust is Trust.UNREVIEWED
    assert panel.form.isHidden() and panel.new.hasFocus()
    define(panel, "Tray number", "Tray，托盘", kind=4)
    assert rows(panel)["Tray number"].texts[1] == "B-12"
    fields = read_own(user_folder() / "fields" / "my-fields.toml")
    assert [(f.id, f.labels) for f in fields] == [
        ("管床护士", ("管床护士",)),
        ("Tray number", ("tray", "托盘")),
    ]


def test_a_name_that_is_taken_or_none_is_told_and_nothing_typed_is_lost(panel):
    define(panel, "管路", kind=2)
    assert rows(panel)["管路"].texts[1] == "2 根" or rows(panel)["管路"].texts[1].startswith("2")
    define(panel, "管路", "床位")
    assert panel.form.said.isVisible()
    assert "already" in panel.form.said.text()
    assert panel.form.labels.text() == "床位"
    QTest.keyClick(panel.form.name, Qt.Key.Key_Escape)
    assert panel.form.isHidden()
    define(panel, "  ")
    assert "name" in panel.form.said.text()


def test_what_is_wrong_with_a_field_is_told_in_the_language_of_the_window(panel, program, qtbot):
    define(panel, "  ")
    program.language.show(Language.CHINESE)
    qtbot.waitUntil(lambda: panel.form.said.text().startswith("请"))
    panel.form.close_row()
    program.language.show(Language.ENGLISH)
    assert panel.form.said.isHidden()


def test_a_file_counts_once_it_is_there_and_its_mistakes_are_told_with_their_line(panel, qtbot):
    folder = user_folder() / "fields"
    folder.mkdir(parents=True)
    good = '[[field]]\nzh = "托盘"\nen = "Tray"\nlabels = ["Tray"]\nvalue = "[A-Z]-"\n'
    (folder / "ward.toml").write_text(good, encoding="utf-8")
    panel.refresh()
    assert rows(panel)["Tray"].texts[1] == "B-"
    assert not panel._problem.isVisible()
    (folder / "ward.toml").write_text(good + '\n[[field]]\nname = "x"\n', encoding="utf-8")
    panel.refresh()
    assert "Tray" not in rows(panel)
    assert "line 7 of ward.toml" in panel._problem.text()
    (folder / "ward.toml").write_text(good + "\nlabels = [\n", encoding="utf-8")
    panel.refresh()
    assert "ward.toml" in panel._problem.text()
    # What the person adds meanwhile goes into another file.
    define(panel, "管床护士")
    assert "管床护士" in rows(panel)


def test_a_field_is_not_added_to_a_file_that_cannot_be_read(panel):
    folder = user_folder() / "fields"
    folder.mkdir(parents=True)
    (folder / "my-fields.toml").write_text("[[field]\n", encoding="utf-8")
    define(panel, "管床护士")
    assert "line 1" in panel.form.said.text()
    assert (folder / "my-fields.toml").read_text(encoding="utf-8") == "[[field]\n"
