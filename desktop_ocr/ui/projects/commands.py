"""The commands of projects: they ask for names and leave the work to others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop_ocr.project import SUFFIX, Pictures
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.projects.projects import Projects
from desktop_ocr.ui.projects.sessions import given_name
from desktop_ocr.ui.settings import Settings

if TYPE_CHECKING:
    from desktop_ocr.ui.main_window import MainWindow

_PICTURES = "projects/pictures"
LONGEST_STEM = 80
"""Characters of a file's name that a suggested name takes over."""


class ProjectCommands(QObject):
    """One method for each command, by its id."""

    def __init__(
        self, window: MainWindow, document: DocumentController, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._settings = window, document, settings
        self._projects.save_as_wanted.connect(self.save_project_as)

    @property
    def _projects(self) -> Projects:
        return self._window.projects

    def new_project(self) -> None:
        """Leave what is open for an empty window."""
        self._projects.new()

    def save_project(self) -> None:
        """Save; unnamed work asks for a name."""
        self._projects.save(commit=not self._window.review.editor.composing)

    def save_project_as(self) -> None:
        """Ask for a name, and whether the pictures lie inside of the file."""
        if self._document.current_page is None:
            return
        kinds = {
            self.tr("Project that refers to the picture files (*.docr)"): Pictures.REFERENCED,
            self.tr("Project with the pictures inside (*.docr)"): Pictures.EMBEDDED,
        }
        last = self._settings.text(_PICTURES)
        chosen = next((text for text, kind in kinds.items() if kind == last), next(iter(kinds)))
        name, used = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save project as"),
            str(self._suggested()),
            ";;".join(kinds),
            chosen,
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        pictures = kinds.get(used, kinds[chosen])
        self._settings.set_text(_PICTURES, pictures.value)
        self._settings.set_folder("project", path.parent)
        # The dialog asked whether to replace a file of the name as it was given.
        self._projects.save_as(path, pictures, overwrite=path == Path(name))

    def _suggested(self) -> Path:
        path = self._projects.path
        if path is not None and self._projects.is_named:
            return path
        rescued = "" if path is None else given_name(path)
        stem = rescued or Path(self._document.document.pages[0].file).stem[:LONGEST_STEM]
        stem = stem or self.tr("Project")
        return self._settings.folder("project") / f"{stem}{SUFFIX}"

    def next_document(self) -> None:
        """Go on to the next document of the queue."""
        self._projects.opener.step(1)

    def previous_document(self) -> None:
        """Go back to the document before."""
        self._projects.opener.step(-1)

    def keep_recent(self, checked: bool) -> None:
        """Remember the names of projects, or remember none and forget those known."""
        self._settings.keep_recent = checked
        if not checked:
            self.forget_recent()

    def forget_recent(self) -> None:
        """Forget which projects were open lately."""
        self._window.offers.forget()
