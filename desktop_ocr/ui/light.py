"""Pages as they are prepared for reading: by which choices, and what that looks like."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop_ocr.engine.events import ReadOptions
from desktop_ocr.engine.light_choices import OWN, LightChoices
from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.jobs import PageEnhanced
from desktop_ocr.ui.urgent import UrgentJobs

KEPT = 3
"""Prepared pages that are kept in memory, about 10 MB each."""


class PageLight(QObject):
    """Choices for single pages, and the prepared pages that a person looks at.

    Attributes:
        usual: Choices for pages that nobody chose anything for.

    Signals:
        changed: Id of a page that is prepared by other choices now, or whose prepared copy came.
        failed: Id of a page that could not be prepared, and the error.
    """

    changed = Signal(str)
    failed = Signal(str, object)

    def __init__(
        self, document: DocumentController, urgent: UrgentJobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.usual = OWN
        self._document, self._urgent = document, urgent
        self._chosen: dict[str, LightChoices] = {}
        self._tried: dict[str, LightChoices] = {}
        self._asked = ("", OWN)
        self._refused: set[str] = set()
        self._pages: OrderedDict[str, PageEnhanced] = OrderedDict()
        urgent.enhanced.connect(self._take)
        document.page_removed.connect(self._forget)
        document.replaced.connect(self._forget_all)

    def choices(self, page_id: str) -> LightChoices:
        """Return what a page is read with: chosen for it, recorded with its text, or the usual."""
        if page_id in self._chosen:
            return self._chosen[page_id]
        page = self._document.find_page(page_id)
        recorded = OWN if page is None else LightChoices.that_led_to(page.provenance)
        return self.usual if recorded == OWN else recorded

    def shown(self, page_id: str) -> LightChoices:
        """Return what a page is looked at with: what is being tried out, else its choices."""
        return self._tried.get(page_id, self.choices(page_id))

    def try_out(self, page_id: str, choices: LightChoices) -> None:
        """Look at a page by other choices; it is not read."""
        if choices == self.shown(page_id):
            return
        self._tried[page_id] = choices
        self._refused.discard(page_id)
        self.changed.emit(page_id)

    def choose(self, page_id: str) -> None:
        """Read the page by what was tried out, from now on."""
        self._chosen[page_id] = self.shown(page_id)
        self._tried.pop(page_id, None)

    def set_usual(self, choices: LightChoices) -> None:
        """Prepare pages that nobody chose anything for in another way from now on."""
        if choices != self.usual:
            self.usual = choices
            page = self._document.current_page
            if page is not None:
                self.changed.emit(page.id)

    def options(self, page_id: str, options: ReadOptions) -> ReadOptions:
        """Return how a page is read: the given options with the choices for the page."""
        return replace(options, light=self.choices(page_id))

    # --- prepared pages -------------------------------------------------------------------

    def page(self, page_id: str) -> PageEnhanced | None:
        """Return a page as it is looked at, and ask for it where it is not there.

        Until ``changed`` tells that it came, None, or the page by the choices before.
        """
        wanted = self.shown(page_id)
        page = self._pages.get(page_id)
        if page is not None and page.options.light == wanted:
            self._pages.move_to_end(page_id)
            return page
        if self._asked != (page_id, wanted) and page_id not in self._refused:
            self._asked = (page_id, wanted)
            self._urgent.enhance(page_id, ReadOptions(light=wanted))
        return page

    def try_again(self) -> None:
        """Prepare pages again that could not be prepared."""
        self._refused.clear()

    def _take(self, page_id: str, result: PageEnhanced | DesktopOcrError) -> None:
        self._asked = ("", OWN)
        if self._document.find_page(page_id) is None:
            return
        if isinstance(result, DesktopOcrError):
            self._refused.add(page_id)
            self.failed.emit(page_id, result)
            return
        self._pages[page_id] = result
        self._pages.move_to_end(page_id)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        self.changed.emit(page_id)

    def _forget(self, page_id: str) -> None:
        self._pages.pop(page_id, None)
        self._tried.pop(page_id, None)

    def _forget_all(self) -> None:
        self._pages.clear()
        self._tried.clear()
        self._chosen.clear()
        self._refused.clear()
        self._asked = ("", OWN)
