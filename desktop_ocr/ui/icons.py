"""Line icons that take the colours of the palette they are painted with."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop_ocr.paths import resource

_clones: list[QIconEngine] = []

APP_ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """Return a line icon.

    Its colour is looked up whenever it is painted, so that it follows a change of theme and the
    state (enabled or not) of its button without being made again.

    Args:
        name: Name of a file in ``resources/icons`` without its suffix, for example ``"eye-off"``.
        role: Which colour of the palette it takes; ``HighlightedText`` on the accent.

    Raises:
        FileNotFoundError: If there is no such icon.
    """
    _source(name)
    return QIcon(LineIconEngine(name, role))


def app_icon() -> QIcon:
    """Return the program's own icon in all its sizes."""
    result = QIcon()
    for size in APP_ICON_SIZES:
        result.addFile(str(resource(f"icons/app/app-{size}.png")), QSize(size, size))
    return result


def icon_pixmap(name: str, size: int, ratio: float, colour: QColor) -> QPixmap:
    """Draw an icon in one colour.

    Args:
        name: As for :func:`icon`.
        size: Width and height in device-independent pixels.
        ratio: Physical pixels for one of them.
        colour: Colour of the lines.
    """
    return _rendered(name, round(size * ratio), ratio, colour.name(QColor.NameFormat.HexRgb))


class LineIconEngine(QIconEngine):
    """Paints one SVG in the palette's text colour.

    Attributes:
        name: Name of the icon.
        role: Colour of the palette.
    """

    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self.name = name
        self.role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        side = min(rect.width(), rect.height())
        if side <= 0:
            return
        pixmap = icon_pixmap(self.name, side, ratio, self._colour(mode))
        x = rect.x() + (rect.width() - side) / 2
        y = rect.y() + (rect.height() - side) / 2
        painter.drawPixmap(QRectF(x, y, side, side), pixmap, QRectF(pixmap.rect()))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        # The size is in device-independent pixels (since Qt 6.8).
        if size.isEmpty():  # a button that has no room for it
            return QPixmap()
        pixmap = QPixmap(size * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        # Qt takes the copy without telling Python, which would delete it; so it is kept here.
        copy = LineIconEngine(self.name, self.role)
        _clones.append(copy)
        return copy

    def _colour(self, mode: QIcon.Mode) -> QColor:
        disabled = mode is QIcon.Mode.Disabled
        group = QPalette.ColorGroup.Disabled if disabled else QPalette.ColorGroup.Active
        return QGuiApplication.palette().color(group, self.role)

    def key(self) -> str:
        return "desktop-ocr-line"


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    return resource(f"icons/{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def _rendered(name: str, pixels: int, ratio: float, colour: str) -> QPixmap:
    svg = _source(name).replace(b"currentColor", colour.encode("ascii"))
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(svg).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
