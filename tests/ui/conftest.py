"""The real window on a real thread, away from the user's settings; nothing may be left behind."""

from __future__ import annotations

import gc
import os
import threading

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QLocale

from desktop_ocr.ui.document_controller import PageState
from desktop_ocr.ui.i18n import Language
from desktop_ocr.ui.settings import Settings
from tests.fakes.engines import TruthEngine


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Settings and cache of this test only."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def collector_as_in_the_program():
    """Collect cycles where the program does (ui/garbage.py): between events, in this thread.

    A collection that Python started by itself in the middle of Qt's event loop, while the worker
    was exporting, has crashed a run of these tests.
    """
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture(autouse=True)
def no_thread_is_left():
    before = {t for t in threading.enumerate() if not isinstance(t, threading._DummyThread)}
    yield
    after = {t for t in threading.enumerate() if not isinstance(t, threading._DummyThread)}
    assert after <= before, "a thread was left running"


@pytest.fixture
def make_program(qapp, qtbot, tmp_path):
    """Build and show windows; each is closed at the end and its thread must have ended."""
    from desktop_ocr.app import build

    made = []

    def make(engine=None, *, language=Language.ENGLISH, settings=None):
        if settings is None:
            settings = Settings(tmp_path / f"settings-{len(made)}.ini")
            settings.language = language
            settings.set_folder("export", tmp_path)
        program = build(qapp, engine or TruthEngine(), settings)
        made.append(program)
        program.window.resize(1280, 800)
        program.window.show()
        program.engine.start()
        program.window.offers.start()
        return program

    yield make
    for program in made:
        program.document.mark_exported()
        program.window.close()
        program.engine.close()
        assert not program.engine._thread.isRunning()
        program.language.show(Language.ENGLISH)
        program.window.deleteLater()
    qapp.processEvents()
    QLocale.setDefault(QLocale(QLocale.Language.English))


@pytest.fixture
def program(make_program):
    return make_program()


@pytest.fixture
def picture(tmp_path):
    """Make a small picture file."""

    def make(name: str = "page.png", size=(300, 200)):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        image = Image.new("RGB", size, "white")
        ImageDraw.Draw(image).text((30, 30), name.encode("ascii", "replace").decode(), "black")
        image.save(path)
        return path

    return make


@pytest.fixture
def idle(qtbot):
    """Wait until the program has nothing left to do."""

    def wait(program, pages: int | None = None) -> None:
        def is_idle() -> None:
            assert not program.engine.is_busy
            if pages is not None:
                assert len(program.document.document.pages) == pages

        qtbot.waitUntil(is_idle, timeout=20_000)

    return wait


@pytest.fixture
def opened(program, picture, idle):
    """A window with one page that was read."""
    program.window.open_paths([picture()])
    idle(program, 1)
    page = program.document.current_page
    assert program.document.page_state(page.id) is PageState.DONE
    return program


@pytest.fixture
def pixels():
    return np.full((200, 300, 3), 255, np.uint8)
