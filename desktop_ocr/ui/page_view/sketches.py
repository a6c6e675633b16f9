"""What is drawn over the page while a button is held: the selecting rectangle and a new box."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsPolygonItem, QGraphicsRectItem, QGraphicsScene

from desktop_ocr.document.geometry import Quad
from desktop_ocr.ui.page_view.items import polygon
from desktop_ocr.ui.theme import PAPER


class Sketches:
    """Both in one scene, hidden while there is nothing to show."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._band, self._drawn = QGraphicsRectItem(), QGraphicsPolygonItem()
        for item, style in (
            (self._band, Qt.PenStyle.DashLine),
            (self._drawn, Qt.PenStyle.SolidLine),
        ):
            pen = QPen(PAPER.colour("accent"), 1.5, style)
            pen.setCosmetic(True)
            item.setPen(pen)
            item.setBrush(PAPER.colour("accent", 0.10))
            item.setZValue(10)
            item.hide()
            scene.addItem(item)

    def show_band(self, rect: QRectF) -> None:
        """Show the selecting rectangle; an empty one hides it."""
        self._band.setRect(rect)
        self._band.setVisible(not rect.isNull())

    def show_drawn(self, quad: Quad | None) -> None:
        """Show the box that is being drawn; None hides it."""
        if quad is not None:
            self._drawn.setPolygon(polygon(quad))
        self._drawn.setVisible(quad is not None)
