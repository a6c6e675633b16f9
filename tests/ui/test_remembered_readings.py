"""Readings are kept on this computer only as long as the person wants it; with the real engine."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop_ocr.app import build
from desktop_ocr.paths import resource
from desktop_ocr.ui.document_controller import PageState
from desktop_ocr.ui.settings import Settings

LINE = resource("samples/line.png")


@pytest.fixture
def open_line(qapp, qtbot, tmp_path):
    """Open the sample line in a fresh window, wait until it is read, and close the window."""

    def open_it(*commands: str) -> None:
        program = build(qapp, settings=Settings(tmp_path / "settings.ini"))
        document = program.document
        try:
            program.window.show()
            program.engine.start()
            program.window.open_paths([LINE])
            qtbot.waitUntil(
                lambda: (
                    [document.page_state(p.id) for p in document.document.pages] == [PageState.DONE]
                ),
                timeout=30_000,
            )
            assert "右侧额顶叶" in document.document.pages[0].lines[0].text
            for command in commands:
                program.window.commands[command].trigger()
        finally:
            program.window.close()
            program.engine.close()
            program.window.deleteLater()
            QApplication.processEvents()

    return open_it


def entries(home):
    return list((home / "cache").glob("*.json"))


def test_forgetting_removes_every_text_and_switching_off_lasts(open_line, home):
    open_line()
    (entry,) = entries(home)
    assert "右侧额顶叶" in entry.read_text("utf-8")
    open_line("forget_readings")
    assert entries(home) == []
    open_line("keep_readings")  # kept once more, then switched off: what was kept goes too
    assert entries(home) == []
    open_line()
    assert entries(home) == []
