"""Loads the lines of pages one page after the other, so that nobody has to wait for all of them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer

from desktop_ocr.ui.document_controller import DocumentController

LOAD_MS = 5
"""Between two pages, so that the window gets its turn."""


class LineLoader(QObject):
    """Brings lines of a project into memory before they are needed: Enter would wait for them."""

    def __init__(self, controller: DocumentController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._pages: list[str] = []
        self._timer = QTimer(self, interval=LOAD_MS)
        self._timer.timeout.connect(self._load_next)

    def load(self, page_ids: Iterable[str]) -> None:
        """Load the lines of these pages, and no others any more."""
        self._pages = list(page_ids)
        self._timer.start()

    def stop(self) -> None:
        """Load nothing more."""
        self._timer.stop()

    def _load_next(self) -> None:
        page = self._controller.find_page(self._pages.pop()) if self._pages else None
        if page is not None:
            len(page.lines)
        if not self._pages:
            self._timer.stop()
