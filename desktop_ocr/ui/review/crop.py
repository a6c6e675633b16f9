"""The picture of the current line, straightened, with its neighbours as dimmed context."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_ocr.document.geometry import Quad, Transform
from desktop_ocr.ui.theme import PAPER, tokens

if TYPE_CHECKING:
    import numpy as np

    from desktop_ocr.engine.load import PageImage

HEIGHT, LEAST_HEIGHT = 120, 56
"""In device-independent pixels; where the window is low, what is above and below the line goes."""

LEAST_LINE, MOST_LINE = 26.0, 44.0
"""Height of the line on the screen, in device-independent pixels."""

MOST_ENLARGED, LONGEST = 4.0, 8000.0
"""Bounds for boxes of odd shapes: times the page's size, and length on the screen."""

MOST_PIXELS = 3_000_000
"""A strip is straightened at the page's own resolution up to this size."""

PAD = 0.3
"""Free space before and after the line, as a part of its height."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A straightened part of a page.

    Attributes:
        pixels: uint8 (H, W, 3) BGR, in physical screen pixels.
        to_strip: From page pixels to pixels of the strip.
        line: Left, top, right and bottom of the line itself in pixels of the strip.
    """

    pixels: np.ndarray
    to_strip: Transform
    line: tuple[float, float, float, float]


def rectify(
    pixels: np.ndarray, quad: Quad, scale: float, height: int, least_width: int = 0
) -> Strip | None:
    """Cut a line out of a page with what is above and below it.

    The quad is mapped onto a rectangle (projective, so that slanted and tilted lines become
    level). Reduction averages over areas, so that thin strokes survive.

    Args:
        pixels: uint8 (H, W, 3) BGR, the page.
        quad: The line, in page pixels.
        scale: Size of the result over the size on the page.
        height: Height of the result in pixels.
        least_width: The result is at least as wide; what follows a short line fills the rest.

    Returns:
        The strip; None for a box without an area.
    """
    import cv2
    import numpy as np

    if quad.area < 1 or quad.width < 1 or quad.height < 1:
        return None
    # Straightened first at the page's own resolution, or at the final one where that is larger.
    # What would be very large that way, such as a narrow upright box, is sampled more coarsely.
    long = max(quad.width + 2 * PAD * quad.height, least_width / scale)
    coarse = math.sqrt(MOST_PIXELS / (long * max(height / scale, quad.height)))
    fine = max(scale, min(1.0, coarse))
    w, h = quad.width * fine, quad.height * fine
    pad = PAD * h
    context = max(height / scale * fine - h, 0.0) / 2
    corners = np.array(
        [[pad, context], [pad + w, context], [pad + w, context + h], [pad, context + h]], np.float32
    )
    source = np.array(quad.points, np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners)
    width = long * fine
    size = (max(1, round(width)), max(1, round(h + 2 * context)))
    strip = cv2.warpPerspective(
        pixels, matrix, size, flags=cv2.INTER_CUBIC if fine > 1 else cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT, borderValue=(244, 244, 244),
    )  # fmt: skip
    to_strip = Transform.of(matrix.tolist())
    by = scale / fine
    if by < 1:
        target = (max(1, round(size[0] * by)), max(1, round(size[1] * by)))
        strip = cv2.resize(strip, target, interpolation=cv2.INTER_AREA)
        to_strip = to_strip.then(Transform.scaling(target[0] / size[0], target[1] / size[1]))
    line = (pad * by, context * by, (pad + w) * by, (context + h) * by)
    return Strip(strip, to_strip, line)


class CropView(QWidget):
    """Shows the current line as wide as the text field below it.

    A line that would become too small to read is shown larger, and follows the caret.

    Signals:
        clicked: Place in page pixels that was clicked.
    """

    clicked = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: PageImage | None = None
        self._quad: Quad | None = None
        self._mark: Quad | None = None
        self._strip: Strip | None = None
        self._picture = QImage()
        self._offset = 0.0
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    def set_hint(self, text: str) -> None:
        """Set the text that stands in for a picture."""
        self._hint = text
        self.update()

    def show_line(self, image: PageImage | None, quad: Quad | None) -> None:
        """Show a line of a page.

        Args:
            image: The page's original pixels; None while they are not in memory.
            quad: The line; None for no line.
        """
        if image is not self._image or quad != self._quad:
            self._image, self._quad = image, quad
            self._mark = None
            self._offset = 0.0
            self._render()

    def mark(self, quad: Quad | None) -> None:
        """Mark the character at the caret and keep it in view."""
        if quad != self._mark:
            self._mark = quad
            self._follow_mark()
            self.update()

    @property
    def strip(self) -> Strip | None:
        """What is shown."""
        return self._strip

    @property
    def offset(self) -> float:
        """How far the line is scrolled, in device-independent pixels."""
        return self._offset

    def _render(self) -> None:
        self._strip = None
        self._picture = QImage()
        quad = self._quad
        if self._image is not None and quad is not None and quad.height > 0 and quad.width > 0:
            ratio = self.devicePixelRatioF()
            whole = self.width() / (quad.width + 2 * PAD * quad.height)
            scale = min(whole, MOST_LINE / quad.height)
            scale = max(scale, LEAST_LINE / quad.height)
            scale = min(scale, MOST_ENLARGED, LONGEST / quad.width)
            self._strip = rectify(
                self._image.pixels,
                quad,
                scale * ratio,
                round(self.height() * ratio),
                round(self.width() * ratio),
            )
        if self._strip is not None:
            import numpy as np

            pixels = np.ascontiguousarray(self._strip.pixels)
            h, w = pixels.shape[:2]
            form = QImage.Format.Format_BGR888
            self._picture = QImage(pixels.data, w, h, pixels.strides[0], form).copy()
            self._picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._follow_mark()
        self.update()

    def _follow_mark(self) -> None:
        room = self._picture.deviceIndependentSize().width() - self.width()
        if room <= 0 or self._mark is None or self._strip is None:
            self._offset = min(max(self._offset, 0.0), max(room, 0.0))
            return
        box = self._strip.to_strip.quad(self._mark).box
        ratio = self.devicePixelRatioF()
        left, right = box.left / ratio, box.right / ratio
        margin = self.width() / 6
        if left - margin < self._offset:
            self._offset = left - margin
        elif right + margin > self._offset + self.width():
            self._offset = right + margin - self.width()
        self._offset = min(max(self._offset, 0.0), room)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(frame, 6, 6)
        painter.setClipPath(shape)
        painter.fillPath(shape, colours.colour("canvas"))
        if self._strip is None or self._picture.isNull():
            if self._quad is None:  # else the page's pixels are on their way
                painter.setPen(colours.colour("muted"))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._hint)
        else:
            self._paint_strip(painter, self._strip)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.colour("border"), 1))
        painter.drawPath(shape)

    def _paint_strip(self, painter: QPainter, strip: Strip) -> None:
        colours = tokens()
        ratio = self.devicePixelRatioF()
        painter.drawImage(QPointF(-self._offset, 0), self._picture)
        _, top, _, bottom = (v / ratio for v in strip.line)
        dim = colours.colour("window", 0.62)
        gap = 3.0
        painter.fillRect(QRectF(0, 0, self.width(), top - gap), dim)
        painter.fillRect(QRectF(0, bottom + gap, self.width(), self.height()), dim)
        if self._mark is not None:
            points = strip.to_strip.quad(self._mark).points
            shape = QPolygonF([QPointF(p.x / ratio - self._offset, p.y / ratio) for p in points])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(PAPER.colour("accent", 0.13))
            painter.drawPolygon(shape)
            box = shape.boundingRect()
            painter.setBrush(PAPER.colour("accent"))
            painter.drawRect(QRectF(box.left(), bottom + 1, max(box.width(), 3.0), 2.5))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._strip is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        ratio = self.devicePixelRatioF()
        at = event.position()
        place = self._strip.to_strip.inverse().point(
            (at.x() + self._offset) * ratio, at.y() * ratio
        )
        self.clicked.emit(place.x, place.y)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._render()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._render()
        return super().event(event)
