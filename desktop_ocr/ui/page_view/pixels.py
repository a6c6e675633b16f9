"""The page's pixels in the scene, at the size that the zoom asks for."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from desktop_ocr.document.model import Page
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.jobs import PageEnhanced
from desktop_ocr.ui.page_view.pyramid import Pyramid

COARSEST = 0.2
"""Below this reduction a level is not painted: it would take long, and a smaller one follows."""


class PixelsItem(QGraphicsItem):
    """The page's pixels; until they are loaded the thumbnail stands in for them."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._rect = QRectF()
        self._pyramid: Pyramid | None = None
        self._preview: QImage | None = None

    def show_page(
        self, width: int, height: int, pyramid: Pyramid | None, preview: QImage | None
    ) -> None:
        """Show a page of a size in pixels."""
        self.prepareGeometryChange()
        self._rect = QRectF(0, 0, width, height)
        self._pyramid, self._preview = pyramid, preview
        self.update()

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self._rect, Qt.GlobalColor.white)
        scale = painter.worldTransform().m11() * painter.device().devicePixelRatioF()
        image, factor = (None, 1) if self._pyramid is None else self._pyramid.level_for(scale)
        if image is None or (scale * factor < COARSEST and self._preview is not None):
            if self._preview is not None:
                painter.drawImage(self._rect, self._preview)
            return
        # Whole pixels, two more than needed: the picture is the same whatever part is repainted.
        exposed = option.exposedRect  # type: ignore[attr-defined]
        part = QRectF(
            exposed.x() / factor, exposed.y() / factor,
            exposed.width() / factor, exposed.height() / factor,
        ).toAlignedRect().adjusted(-2, -2, 2, 2).intersected(image.rect())  # fmt: skip
        target = QRectF(
            part.x() * factor, part.y() * factor, part.width() * factor, part.height() * factor
        )
        painter.drawImage(target, image, QRectF(part))


class PagePixels(QObject):
    """Keeps the pixels of the page in view in the scene.

    Attributes:
        item: What shows them.
    """

    def __init__(
        self, scene: QGraphicsScene, controller: DocumentController, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.item = PixelsItem()
        scene.addItem(self.item)
        self._controller = controller
        self._pyramid: Pyramid | None = None
        self._leaving: list[Pyramid] = []
        self._scale = 1.0

    @property
    def is_loaded(self) -> bool:
        """Whether the page's own pixels are shown, not its thumbnail."""
        return self._pyramid is not None

    def show_page(self, page: Page | None, straight: PageEnhanced | None = None) -> None:
        """Show a page; its thumbnail stands in while its pixels are not in memory.

        Args:
            page: The page; None for none.
            straight: Its straightened copy, to be shown instead.
        """
        self._let_go()
        if page is None:
            self.item.show_page(0, 0, None, None)
            return
        if straight is not None:
            self._follow(Pyramid(straight.pixels))
            height, width = straight.pixels.shape[:2]
            self.item.show_page(width, height, self._pyramid, None)
            return
        image = self._controller.page_image(page.id)
        if image is not None:
            self._follow(Pyramid(image.pixels))
        preview = self._controller.thumbnail(page.id)
        self.item.show_page(page.width, page.height, self._pyramid, preview)

    def _follow(self, pyramid: Pyramid) -> None:
        self._pyramid = pyramid
        pyramid.grown.connect(self._take_level)

    def set_scale(self, scale: float) -> None:
        """Take over another zoom: physical screen pixels for one pixel of the page."""
        self._scale = scale

    def release(self) -> None:
        """Let go of all pixels and wait for the threads that reduce them."""
        self._let_go()
        for pyramid in self._leaving:
            pyramid.wait()
        self._leaving.clear()

    def _let_go(self) -> None:
        self._leaving = [pyramid for pyramid in self._leaving if pyramid.is_busy]
        if self._pyramid is not None:
            self._pyramid.stop()
            self._leaving.append(self._pyramid)
            self._pyramid = None

    def _take_level(self) -> None:
        """Repaint if the level that was just made is the one to show at this zoom."""
        if self._pyramid is not None:
            image, _ = self._pyramid.level_for(self._scale)
            if image is self._pyramid.levels[-1]:
                self.item.update()
