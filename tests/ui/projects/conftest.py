"""Windows on projects: what a person would do, and what lies on the disk afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from desktop_ocr.project import Project
from desktop_ocr.ui.projects.keeper import Saving
from desktop_ocr.ui.projects.sessions import sessions_folder


@pytest.fixture
def saved(qtbot):
    """Wait until everything of a window is on the disk."""

    def wait(program) -> None:
        projects = program.window.projects

        def is_saved() -> None:
            assert not projects.background.is_busy
            assert projects.keeper.saving is Saving.SAVED

        qtbot.waitUntil(is_saved, timeout=20_000)

    return wait


@pytest.fixture
def rest(qtbot):
    """Wait until a window works with no file any more."""

    def wait(program) -> None:
        qtbot.waitUntil(lambda: not program.window.projects.background.is_busy, timeout=20_000)

    return wait


@pytest.fixture
def sessions(home):
    """The files of unnamed work."""

    def find():
        folder = sessions_folder()
        return sorted(folder.glob("*.docr")) if folder.is_dir() else []

    return find


@pytest.fixture
def save_as(monkeypatch, saved):
    """Save a window's document under a name, through the dialog."""

    def save(program, path, *, inside=False) -> None:
        word = "inside" if inside else "refers"

        def choose(_parent, _title, _start, kinds, *_rest):
            return str(path), next(kind for kind in kinds.split(";;") if word in kind)

        monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
        program.window.commands["save_project_as"].trigger()
        saved(program)

    return save


@pytest.fixture
def stored():
    """Look into a project that no window has open."""

    def look(path):
        project = Project.open(path, read_only=True)
        try:
            document = project.document()
            for page in document.pages:
                page.lines = list(page.lines)
            return document, tuple(project.history()), dict(project.options)
        finally:
            project.close()

    return look


def open_project(program, path, qtbot, pages=1):
    """Open a project and wait until it is shown."""
    program.window.open_paths([path])

    def is_shown() -> None:
        assert program.window.projects.path == path
        assert len(program.document.document.pages) == pages
        assert not program.engine.is_busy

    qtbot.waitUntil(is_shown, timeout=20_000)


def press(bar, name):
    """Press a button of the newest message that has it."""
    buttons = [b for b in bar.findChildren(QPushButton, name) if b.isVisible()]
    min(buttons, key=lambda button: button.mapTo(bar, button.rect().topLeft()).y()).click()
