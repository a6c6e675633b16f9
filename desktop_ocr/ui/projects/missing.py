"""Pictures that are no longer where a project says: one sentence, and a way to show the place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_ocr.document.model import Page
from desktop_ocr.errors import PictureDiffersError, PictureMissingError
from desktop_ocr.project import Project
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.failure import Failure
from desktop_ocr.ui.message_bar import Message, MessageKind, spoken
from desktop_ocr.ui.page_store import PageSource
from desktop_ocr.ui.projects.projects import Projects
from desktop_ocr.ui.settings import Settings


class MissingPictures(QObject):
    """Asks for the new place of a picture, and looks there for the others too."""

    def __init__(
        self,
        window: QWidget,
        document: DocumentController,
        engine: EngineController,
        projects: Projects,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._engine = window, document, engine
        self._projects, self._settings = projects, settings
        self._tried: dict[str, Path] = {}
        self._rows: dict[str, Message] = {}
        document.page_image_ready.connect(self._take)
        document.replaced.connect(self._forget)

    def say(self, failure: Failure) -> bool:
        """Show a row for a page without its picture; say whether that is what failed."""
        if not isinstance(failure.error, PictureMissingError | PictureDiffersError):
            return False
        page = self._document.find_page(failure.page_id)
        if page is None:
            return True
        self._tried.pop(page.id, None)
        self._drop_row(page.file)
        error, file, page_id = failure.error, page.file, page.id

        def make() -> Message:
            return Message(
                MessageKind.ERROR,
                error_text(error),
                Path(file).name,
                self.tr("Find the picture…"),
                partial(self.find, page_id),
                str(error.path),
            )

        row = spoken(make)
        self._rows[page.file] = row  # one for all pages of a file
        self._projects.say.emit(row)
        return True

    def find(self, page_id: str) -> None:
        """Ask where the picture of a page is now."""
        page = self._document.find_page(page_id)
        if page is None:
            return
        file, every = Path(page.file).name, self.tr("All files")
        name, _filter = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Find {name}").format(name=file),
            str(self._settings.folder("open") / file),
            f"{file} ({file});;{every} (*)",
        )
        if name:
            self._settings.set_folder("open", Path(name).parent)
            self._tried[page_id] = Path(name)
            self._document.set_page_source(page_id, _source(page, Path(name)))
            self._engine.urgent.load_again(page_id)
        elif page.file in self._rows:
            self._projects.say.emit(self._rows[page.file])

    def _take(self, page_id: str) -> None:
        """Keep the place once the picture there turned out to be the right one."""
        path = self._tried.pop(page_id, None)
        page = self._document.find_page(page_id)
        project = self._projects.keeper.project
        if path is None or page is None or project is None:
            return
        self._drop_row(page.file)
        self._projects.keeper.find_picture(page_id, path)
        others = [p for p in self._document.document.pages if p is not page]
        self._projects.background.run(
            partial(_found_with, project, page.file, path, others),
            self._take_others,
            lambda _error: None,
        )

    def _take_others(self, found: Sequence[tuple[Page, Path]]) -> None:
        for page, path in found:
            self._drop_row(page.file)
            self._document.set_page_source(page.id, _source(page, path))
            self._projects.keeper.find_picture(page.id, path)
            self._engine.forget_failure(page.id)

    def _drop_row(self, file: str) -> None:
        row = self._rows.pop(file, None)
        if row is not None:
            self._projects.unsay.emit(row)

    def _forget(self) -> None:
        self._tried.clear()
        for file in list(self._rows):
            self._drop_row(file)


def _source(page: Page, path: Path) -> PageSource:
    return PageSource(path, page.page, name=page.file, size=(page.width, page.height))


def _found_with(
    project: Project, file: str, path: Path, pages: Sequence[Page]
) -> list[tuple[Page, Path]]:
    """Return the other pages without a picture that is in the same file or folder now."""
    found = []
    for page in pages:
        place = path if page.file == file else path.parent / Path(page.file).name
        try:
            stored = project.picture(page.id)
        except KeyError:
            continue
        if not stored.found and place.is_file():
            found.append((page, place))
    return found
