"""What of a page the scene shows: the pixels of its file, or of its straightened copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QGraphicsScene

from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.page_view.frame import Frame
from desktop_ocr.ui.page_view.pixels import PagePixels

if TYPE_CHECKING:
    from desktop_ocr.ui.light import PageLight


class Sheet(QObject):
    """Puts the pixels of the page in view into the scene.

    Attributes:
        frame: Which pixels are shown.
    """

    def __init__(
        self, scene: QGraphicsScene, controller: DocumentController, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.frame = Frame()
        self._controller = controller
        self._pixels = PagePixels(scene, controller, self)
        self._light: PageLight | None = None  # where straightened pages come from
        self._changed: Callable[[str], None] = lambda page_id: None

    @property
    def is_straightened(self) -> bool:
        """Whether pages are shown straightened, not as they are in their files."""
        return self._light is not None

    @property
    def is_awaited(self) -> bool:
        """Whether a straightened page is on its way."""
        return self._light is not None and self.frame.to_page is None

    @property
    def is_loaded(self) -> bool:
        """Whether the page's own pixels are shown, not its thumbnail."""
        return self._pixels.is_loaded

    def straighten(self, light: PageLight | None, changed: Callable[[str], None]) -> None:
        """Show pages straightened from now on, or as they are in their files.

        Args:
            light: Where straightened pages come from; None for the original ones.
            changed: Called with the id of a page whose straightened copy came or is another.
        """
        if self._light is not None:
            self._light.changed.disconnect(self._changed)
        self._light, self._changed = light, changed
        if light is not None:
            light.changed.connect(changed)

    def show(self) -> Frame:
        """Show the page in view; return which pixels of it are shown now."""
        page = self._controller.current_page
        straight = None if page is None or self._light is None else self._light.page(page.id)
        self._pixels.show_page(page, straight)
        if page is None:
            self.frame = Frame()
        elif straight is None:
            self.frame = Frame(page.width, page.height)
        else:
            height, width = straight.pixels.shape[:2]
            self.frame = Frame(width, height, straight.to_page)
        return self.frame

    def set_scale(self, scale: float) -> None:
        """Take over another zoom: physical screen pixels for one pixel of what is shown."""
        self._pixels.set_scale(scale)

    def release(self) -> None:
        """Let go of all pixels and wait for the threads that reduce them; for closing."""
        self.straighten(None, self._changed)
        self._pixels.release()
