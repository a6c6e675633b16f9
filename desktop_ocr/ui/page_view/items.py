"""The outline of one line on the page."""

from __future__ import annotations

import enum
from math import atan2, degrees

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Line, LineStatus
from desktop_ocr.ui.doubt import Tier, line_tier
from desktop_ocr.ui.page_view.shaping import Handle, axes, grown, handle_point
from desktop_ocr.ui.theme import PAPER

HANDLE_SIZE = 9.0
MARK_SIZE = 14.0
OUTSET = 1.5
"""How far outside the box its outline is drawn, in screen pixels."""

MARGIN = HANDLE_SIZE + MARK_SIZE
"""How far marks and handles may lie outside a box, in screen pixels."""


class Look(enum.Enum):
    """How a box is drawn: colour, outline and mark, so that colour is never the only cue."""

    UNREAD = ("muted", Qt.PenStyle.SolidLine, 0.45)
    EMPTY = ("muted", Qt.PenStyle.DashDotDotLine, 0.9)
    SURE = ("accent", Qt.PenStyle.SolidLine, 0.45)
    DOUBT_LOW = (Tier.LOW.value, Qt.PenStyle.DashDotLine, 0.95)
    DOUBT_MID = (Tier.MID.value, Qt.PenStyle.DashLine, 0.95)
    DOUBT_HIGH = (Tier.HIGH.value, Qt.PenStyle.DotLine, 1.0)
    REVIEWED = ("reviewed", Qt.PenStyle.SolidLine, 0.55)
    ILLEGIBLE = ("muted", Qt.PenStyle.DashDotDotLine, 1.0)

    @property
    def colour(self) -> QColor:
        """Colour of outline and mark."""
        return PAPER.colour(self.value[0], self.value[2])

    @property
    def pen_style(self) -> Qt.PenStyle:
        """Kind of outline."""
        return self.value[1]


_DASHES = {
    # Longer than Qt's own, which are made for wider pens.
    Qt.PenStyle.DotLine: [2.0, 2.5],
    Qt.PenStyle.DashLine: [7.0, 3.0],
    Qt.PenStyle.DashDotLine: [9.0, 3.0, 2.0, 3.0],
    Qt.PenStyle.DashDotDotLine: [9.0, 3.0, 2.0, 3.0, 2.0, 3.0],
}

_DOUBT_LOOKS = {Tier.HIGH: Look.DOUBT_HIGH, Tier.MID: Look.DOUBT_MID, Tier.LOW: Look.DOUBT_LOW}


def look_of(line: Line, *, doubtful: bool, doubt: float, reading: bool) -> Look:
    """Return how a line is shown.

    Args:
        line: The line.
        doubtful: Whether a person should look at it.
        doubt: Threshold of doubt.
        reading: The engine is still at the page.
    """
    if line.status is LineStatus.ILLEGIBLE:
        return Look.ILLEGIBLE
    if line.status is LineStatus.REVIEWED:
        return Look.REVIEWED
    if not line.text and not line.characters:
        return Look.UNREAD if reading else Look.EMPTY
    if doubtful:
        return _DOUBT_LOOKS[line_tier(line, doubt) or Tier.LOW]
    return Look.SURE


def polygon(quad: Quad) -> QPolygonF:
    """Return a quad as Qt's polygon."""
    return QPolygonF([QPointF(*point) for point in quad.points])


class LineItem(QGraphicsItem):
    """The outline of one line, with its mark and, on the current line, its handles.

    Attributes:
        line_id: The line.
    """

    def __init__(self, line_id: str, quad: Quad, pixel: float) -> None:
        """Make the outline.

        Args:
            line_id: The line.
            quad: Its box.
            pixel: Page pixels for one screen pixel.
        """
        super().__init__()
        self.line_id = line_id
        self._quad = quad
        self._polygon = polygon(quad)
        self._level = _is_level(quad)
        self._pixel = pixel
        self._look = Look.UNREAD
        self._spots: tuple[tuple[Tier, QPolygonF], ...] = ()
        self._selected = self._current = self._hovered = self._handles = False

    @property
    def quad(self) -> Quad:
        """The box as it is drawn; differs from the document's while it is dragged."""
        return self._quad

    @property
    def look(self) -> Look:
        """How the line is shown."""
        return self._look

    def set_quad(self, quad: Quad) -> None:
        """Draw another box."""
        if quad != self._quad:
            self.prepareGeometryChange()
            self._quad = quad
            self._level = _is_level(quad)
            self._polygon = polygon(quad)
            self.update()

    def set_pixel(self, pixel: float) -> None:
        """Take over another zoom: page pixels for one screen pixel."""
        if pixel != self._pixel:
            self.prepareGeometryChange()
            self._pixel = pixel

    def set_look(self, look: Look) -> None:
        """Show another state."""
        if look is not self._look:
            self._look = look
            self.update()

    def set_spots(self, spots: tuple[tuple[Tier, Quad], ...]) -> None:
        """Show where in the line the doubtful characters stand."""
        self._spots = tuple((of, polygon(quad)) for of, quad in spots)
        self.update()

    def set_selected(self, selected: bool, *, current: bool, handles: bool) -> None:
        """Show whether the line is selected, the current one, and can be resized."""
        if (selected, current, handles) != (self._selected, self._current, self._handles):
            self._selected, self._current, self._handles = selected, current, handles
            self.setZValue(3 if current else 2 if selected else 1)
            self.update()

    def set_hovered(self, hovered: bool) -> None:
        """Show whether the pointer is over the box."""
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def contains_point(self, point: QPointF, slack: float) -> bool:
        """Say whether a point of the page is on the box, or at most ``slack`` outside."""
        rect = self._polygon.boundingRect().adjusted(-slack, -slack, slack, slack)
        if not rect.contains(point):
            return False
        if self._polygon.containsPoint(point, Qt.FillRule.WindingFill):
            return True
        u, v = axes(self._quad)
        x, y = point.x() - self._quad.center.x, point.y() - self._quad.center.y
        along, across = abs(x * u.x + y * u.y), abs(x * v.x + y * v.y)
        return along <= self._quad.width / 2 + slack and across <= self._quad.height / 2 + slack

    def handles(self) -> list[Handle]:
        """Return the handles that have room on the screen, corners first."""
        wide = self._quad.width / self._pixel > 3 * HANDLE_SIZE
        high = self._quad.height / self._pixel > 3 * HANDLE_SIZE
        result = [h for h in Handle if h.is_corner]
        if wide:
            result += [Handle.TOP, Handle.BOTTOM]
        if high:
            result += [Handle.LEFT, Handle.RIGHT]
        return result

    def handle_at(self, point: QPointF) -> Handle | None:
        """Return the handle at a point of the page."""
        if not self._handles:
            return None
        # Narrow boxes keep a middle that can be dragged.
        reach = min(HANDLE_SIZE, max(4.0, self._quad.height / self._pixel / 3)) * self._pixel
        best: tuple[float, Handle] | None = None
        for handle in self.handles():
            at = handle_point(self._quad, handle)
            distance = max(abs(at.x - point.x()), abs(at.y - point.y()))
            if distance <= reach and (best is None or distance < best[0]):
                best = (distance, handle)
        return None if best is None else best[1]

    def boundingRect(self) -> QRectF:
        margin = MARGIN * self._pixel
        return self._polygon.boundingRect().adjusted(-margin, -margin, margin, margin)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addPolygon(self._polygon)
        path.closeSubpath()
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        # Level outlines are crisp and much cheaper without smoothing.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not self._level)
        self._paint_spots(painter)
        self._paint_outline(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._look in (Look.REVIEWED, Look.ILLEGIBLE):
            self._paint_mark(painter)
        if self._handles:
            self._paint_handles(painter)

    def _paint_spots(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for of, shape in self._spots:
            painter.setBrush(PAPER.colour(of.value, 0.22))
            painter.drawPolygon(shape)

    def _paint_outline(self, painter: QPainter) -> None:
        """Draw the outline in strokes of one pixel beside each other.

        Qt draws cosmetic pens of one pixel forty times as fast as wider ones (160 dashed boxes:
        5 ms instead of 200), and a page has hundreds of boxes.
        """
        colour, style = self._look.colour, self._look.pen_style
        strokes = 2 if self._look in _DOUBT_LOOKS.values() else 1
        fill: QColor | None = None
        if self._hovered:
            fill = PAPER.colour(self._look.value[0], 0.14)
            strokes += 1
        if self._selected:
            fill = PAPER.colour("accent", 0.06 if self._current else 0.14)
            colour = PAPER.colour("accent")
            strokes = 2
            if self._current:
                # Solid and bright; its doubt shows in its characters, the rest in its mark.
                strokes, style = 3, Qt.PenStyle.SolidLine
        ratio = painter.device().devicePixelRatioF()
        pen = QPen(colour, 1.0, style)
        pen.setCosmetic(True)
        if style in _DASHES:
            pen.setDashPattern(_DASHES[style])
        painter.setPen(pen)
        # A little outside the box, so that the outline does not cover the strokes it encloses.
        for i in range(round(strokes * ratio)):
            painter.setBrush(Qt.BrushStyle.NoBrush if i or fill is None else fill)
            painter.drawPolygon(polygon(grown(self._quad, (OUTSET + i / ratio) * self._pixel)))

    def _paint_mark(self, painter: QPainter) -> None:
        """Draw a tick or an empty square outside the left edge, in screen pixels."""
        u, _ = axes(self._quad)
        room = self._quad.height / self._pixel
        size = min(MARK_SIZE, max(7.0, room * 0.6))
        at = handle_point(self._quad, Handle.LEFT)
        scale = self._pixel * size
        painter.save()
        painter.translate(at.x - u.x * scale * 0.75, at.y - u.y * scale * 0.75)
        painter.rotate(_degrees(u.x, u.y))
        painter.scale(scale, scale)
        colour = PAPER.colour(self._look.value[0])
        painter.setBrush(PAPER.colour("surface", 0.85))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(0, 0), 0.55, 0.55)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(colour, 0.14)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        if self._look is Look.REVIEWED:
            painter.drawPolyline([QPointF(-0.3, 0.02), QPointF(-0.08, 0.25), QPointF(0.32, -0.25)])
        else:
            painter.drawRect(QRectF(-0.27, -0.27, 0.54, 0.54))
        painter.restore()

    def _paint_handles(self, painter: QPainter) -> None:
        pen = QPen(PAPER.colour("accent"), 1.4)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(PAPER.colour("surface"))
        small = self._quad.height / self._pixel < 2 * HANDLE_SIZE
        side = (HANDLE_SIZE - 3 if small else HANDLE_SIZE - 1) * self._pixel
        for handle in self.handles():
            at = handle_point(self._quad, handle)
            painter.drawRect(QRectF(at.x - side / 2, at.y - side / 2, side, side))


def _is_level(quad: Quad) -> bool:
    """Say whether all edges are level or upright."""
    tl, tr, br, bl = quad.points
    return tl.y == tr.y and bl.y == br.y and tl.x == bl.x and tr.x == br.x


def _degrees(x: float, y: float) -> float:
    return degrees(atan2(y, x))
