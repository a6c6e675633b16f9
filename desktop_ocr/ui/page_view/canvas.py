"""A graphics view that zooms at the pointer, pans and fits; it knows nothing of lines."""

from __future__ import annotations

import contextlib
import enum

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGestureEvent,
    QGraphicsScene,
    QGraphicsView,
    QPinchGesture,
    QScrollBar,
    QStyle,
    QWidget,
)

WHEEL_STEP = 1.2
BUTTON_STEP = 1.25
SMALLEST, LARGEST = 0.005, 16.0
PAPER_MARGIN = 12
"""Free space around a fitted page, in screen pixels."""


class Fit(enum.Enum):
    """What the zoom keeps to when the window changes its size."""

    NONE = "none"
    PAGE = "page"
    WIDTH = "width"


class Canvas(QGraphicsView):
    """Zoom, pan and fit.

    Signals:
        zoom_changed: Physical screen pixels for one pixel of the page (1.0 is 100 %).
    """

    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        # The view does not own its scene, so the scene is kept here.
        self._scene = QGraphicsScene()
        super().__init__(self._scene, parent)
        # An index would be rebuilt with every line that is read; a page has few items.
        self._scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._fit = Fit.PAGE
        self._page_rect = QRectF()
        self._room = QRectF()  # what may be shown beside the page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)

    # --- state --------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """Physical screen pixels for one pixel of the page."""
        return self.transform().m11() * self.devicePixelRatioF()

    @property
    def pixel(self) -> float:
        """Page pixels for one device-independent screen pixel."""
        return 1.0 / self.transform().m11()

    @property
    def fit(self) -> Fit:
        """What the zoom keeps to."""
        return self._fit

    @property
    def page_rect(self) -> QRectF:
        """The page, in page pixels; empty when there is none."""
        return QRectF(self._page_rect)

    # --- zoom ---------------------------------------------------------------------------------

    def zoom_in(self) -> None:
        """One step closer, around the middle."""
        self.zoom_to(self.zoom * BUTTON_STEP)

    def zoom_out(self) -> None:
        """One step away, around the middle."""
        self.zoom_to(self.zoom / BUTTON_STEP)

    def actual_size(self) -> None:
        """One pixel of the page for each pixel of the screen."""
        self.zoom_to(1.0)

    def fit_page(self) -> None:
        """Show the whole page, also after a change of size."""
        self._fit = Fit.PAGE
        self._refit()

    def fit_width(self) -> None:
        """Show the whole width of the page, also after a change of size."""
        self._fit = Fit.WIDTH
        self._refit()

    def zoom_to(self, zoom: float, anchor: QPoint | None = None) -> None:
        """Set the zoom.

        Args:
            zoom: Physical screen pixels for one pixel of the page.
            anchor: Point of the viewport whose place on the page stays; None is the middle.
        """
        self._fit = Fit.NONE
        at = self.viewport().rect().center() if anchor is None else anchor
        self._set_zoom(zoom, QPointF(at))

    def _set_zoom(self, zoom: float, anchor: QPointF) -> None:
        scale = min(max(zoom, SMALLEST), LARGEST) / self.devicePixelRatioF()
        if abs(scale - self.transform().m11()) < 1e-9:
            return
        place = self._to_page(anchor)
        self.setTransform(QTransform.fromScale(scale, scale))
        self._room = QRectF()
        self._update_scene_rect()
        self._bring(place, anchor)
        self.zoom_was_set()
        self.zoom_changed.emit(self.zoom)

    def _bring(self, place: QPointF, anchor: QPointF) -> None:
        """Scroll until a place of the page is at a point of the viewport.

        Where the page ends before that, or does not fill the view and is laid into its middle,
        the scene gets room beside it; not where the zoom keeps to the size of the window.
        """
        for _ in range(3):  # room on both sides, and what a scroll bar takes
            way = self._from_page(place) - anchor
            self.scroll_by(round(way.x()), round(way.y()))
            rest = self._from_page(place) - anchor
            dx = _room_wanted(rest.x(), self.horizontalScrollBar()) * self.pixel
            dy = _room_wanted(rest.y(), self.verticalScrollBar()) * self.pixel
            if self._fit is not Fit.NONE or not (dx or dy):
                return
            self._room = self.sceneRect().adjusted(min(dx, 0), min(dy, 0), max(dx, 0), max(dy, 0))
            self._update_scene_rect()

    def _to_page(self, point: QPointF) -> QPointF:
        inverse, _ = self.viewportTransform().inverted()
        return inverse.map(point)

    def _from_page(self, point: QPointF) -> QPointF:
        return self.viewportTransform().map(point)

    def zoom_was_set(self) -> None:
        """Adapt what has a size on the screen; for subclasses."""

    def _refit(self) -> None:
        rect, size = self._page_rect, self.viewport_size()
        if self._fit is not Fit.NONE:
            self._room = QRectF()
        if rect.isEmpty() or self._fit is Fit.NONE:
            return
        room = 2 * PAPER_MARGIN
        scale = max(size.width() - room, 16) / rect.width()
        if self._fit is Fit.PAGE:
            scale = min(scale, max(size.height() - room, 16) / rect.height())
        else:
            bar = self._scroll_bar_width()
            if rect.height() * scale + room > size.height():
                scale = max(size.width() - room - bar, 16) / rect.width()
        self._set_zoom(scale * self.devicePixelRatioF(), QPointF(0, 0))
        self._update_scene_rect()

    def _scroll_bar_width(self) -> int:
        # Qt reserves room by the style's measure, which a style sheet's bar may differ from.
        extent = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        return max(extent, self.verticalScrollBar().sizeHint().width())

    def viewport_size(self) -> QRect:
        """Return the room for the page when no scroll bar is shown."""
        return self.contentsRect()

    def remembered_zoom(self) -> str:
        """Return the zoom for the settings."""
        return f"{self.zoom:.4f}" if self._fit is Fit.NONE else self._fit.value

    def restore_zoom(self, remembered: str) -> None:
        """Take over a zoom that was remembered; what is none is left aside."""
        if remembered in (Fit.PAGE.value, Fit.WIDTH.value):
            self._fit = Fit(remembered)
            self._refit()
        else:
            with contextlib.suppress(ValueError):
                self.zoom_to(float(remembered))

    # --- place --------------------------------------------------------------------------------

    def set_page_rect(self, rect: QRectF, *, keep_place: bool = False) -> None:
        """Show another page.

        Args:
            rect: Its size in page pixels.
            keep_place: It is the same page; only its pixels came.
        """
        changed = rect != self._page_rect
        self._page_rect = QRectF(rect)
        if changed or not keep_place:
            self._room = QRectF()
        self._update_scene_rect()
        if changed:
            self._refit()
        if not keep_place and self._fit is not Fit.PAGE:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().minimum())
            self.verticalScrollBar().setValue(self.verticalScrollBar().minimum())

    def _update_scene_rect(self) -> None:
        self.setSceneRect(self._paper().united(self._room))

    def _paper(self) -> QRectF:
        margin = PAPER_MARGIN * self.pixel
        return self._page_rect.adjusted(-margin, -margin, margin, margin)

    def scroll_by(self, dx: int, dy: int) -> None:
        """Move the view over the page by screen pixels."""
        for bar, step in ((self.horizontalScrollBar(), dx), (self.verticalScrollBar(), dy)):
            bar.setValue(bar.value() + step)

    def reveal(self, rect: QRectF, margin: int = 24) -> None:
        """Scroll as little as possible so that a part of the page is visible.

        Args:
            rect: The part, in page pixels; where it is larger than the window its start counts.
            margin: Free space to leave around it, in screen pixels.
        """
        place = self.viewportTransform().mapRect(rect)
        room = QRectF(self.viewport().rect())
        dx = _least_shift(place.left(), place.right(), room.left(), room.right(), margin)
        dy = _least_shift(place.top(), place.bottom(), room.top(), room.bottom(), margin)
        self.scroll_by(round(dx), round(dy))

    # --- events -------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            delta = event.angleDelta().y() or event.angleDelta().x()
            self._zoom_by(WHEEL_STEP ** (delta / 120), event.position())
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            delta = event.angleDelta().y() or event.angleDelta().x()
            self.scroll_by(-delta, 0)
            event.accept()
        else:
            super().wheelEvent(event)

    def _zoom_by(self, factor: float, at: QPointF) -> None:
        self._fit = Fit.NONE
        self._set_zoom(self.zoom * factor, at)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom_by(1.0 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                middle = self.viewport().mapFromGlobal(pinch.centerPoint().toPoint())
                self._zoom_by(pinch.scaleFactor(), QPointF(middle))
                event.accept(pinch)
                return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()


def _room_wanted(rest: float, bar: QScrollBar) -> float:
    """Return how much longer the scene must be for the rest of a way, in screen pixels."""
    if abs(rest) < 1:
        return 0.0
    # What can not be scrolled lies in the middle, and moves by half of what is added.
    return 2 * rest if bar.minimum() == bar.maximum() else rest


def _least_shift(
    start: float, end: float, room_start: float, room_end: float, margin: float
) -> float:
    """Return how far to scroll so that a span lies inside the room, or at least starts in it."""
    if room_start <= start and end <= room_end:
        return 0.0  # what is visible stays where it is
    free = room_end - room_start - (end - start)
    if free >= 0:
        margin = min(margin, free / 2)  # all of it is seen rather than a margin
    start, end = start - margin, end + margin
    if end - start > room_end - room_start or start < room_start:
        return start - room_start
    return max(0.0, end - room_end)
