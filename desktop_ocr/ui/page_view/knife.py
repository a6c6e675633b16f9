"""The knife: cuts a box in two where the pointer or the arrow keys put it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem

from desktop_ocr.document.align import fraction_of, split_point
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Line
from desktop_ocr.ui.box_edits import cut_across, cut_line
from desktop_ocr.ui.page_view.modes import Mode, Tool
from desktop_ocr.ui.theme import PAPER

if TYPE_CHECKING:
    from desktop_ocr.ui.page_view.drags import Drag
    from desktop_ocr.ui.page_view.view import PageView

OVERHANG = 5.0
"""How far the knife stands out of the box, in screen pixels."""
STEP = 0.05
"""By which share of the box an arrow key moves the knife where no character tells."""


class CutMode(Mode):
    """Shows where the box would be cut, and cuts it.

    The knife stands upright between two characters, or lies between two lines that one box holds.
    """

    tool = Tool.CUT

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._line_id = ""
        self._place = 0.5
        self._across = False
        self.item = QGraphicsPathItem()
        pen = QPen(PAPER.colour("error"), 2.0)
        pen.setCosmetic(True)
        self.item.setPen(pen)
        self.item.setZValue(11)
        self.item.hide()
        view.scene().addItem(self.item)

    @property
    def place(self) -> float:
        """Where the knife is, as a fraction of the box's length, or of its height (0–1)."""
        return self._place

    @property
    def lies(self) -> bool:
        """Whether the knife lies between two lines."""
        return self._across

    def enter(self) -> None:
        self._line_id = ""
        self.refresh()

    def leave(self) -> None:
        self._line_id = ""
        self.item.hide()

    def refresh(self) -> None:
        line = self._line()
        if line is None:
            self._take(self.view.controller.current_line)
        else:
            self._draw(line)

    def _take(self, line: Line | None) -> None:
        """Lay the knife where a cut is most likely wanted: into the widest gap."""
        self._line_id = "" if line is None else line.id
        self._across = False
        self._place = 0.5 if line is None else _widest_gap(line)
        self._draw(line)

    def _line(self) -> Line | None:
        page = self.view.controller.current_page
        lines = [] if page is None else page.lines
        return next((line for line in lines if line.id == self._line_id), None)

    def _draw(self, line: Line | None) -> None:
        self.item.setVisible(line is not None and self.view.overlay.shown)
        if line is None:
            return
        place = self._place
        part = line.quad.across(place, place) if self._across else line.quad.between(place, place)
        tl, tr, _br, bl = self.view.frame.shown(part).points
        end = tr if self._across else bl
        start, stop = QPointF(*tl), QPointF(*end)
        over = stop - start
        length = max((over.x() ** 2 + over.y() ** 2) ** 0.5, 1e-6)
        over *= OVERHANG * self.view.pixel / length
        path = self.item.path()
        path.clear()
        path.addPolygon(QPolygonF([start - over, stop + over]))
        self.item.setPath(path)

    def hover(self, position: QPoint, modifiers: Qt.KeyboardModifier) -> Qt.CursorShape:
        point = self.view.mapToScene(position)
        item = self.view.overlay.item_at(point)
        self.view.overlay.set_hovered(item)
        if item is None:
            return Qt.CursorShape.ArrowCursor
        self._line_id = item.line_id
        self._across = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        line = self._line()
        if line is not None:
            at = self.view.frame.point_on_page(point.x(), point.y())
            along = Line("", _turned(line.quad)) if self._across else line
            self._place = min(max(fraction_of(along, at), 0.0), 1.0)
        self._draw(line)
        shape = Qt.CursorShape
        return shape.SplitVCursor if self._across else shape.SplitHCursor

    def press(self, position: QPoint, modifiers: Qt.KeyboardModifier) -> Drag | None:
        if self.view.overlay.item_at(self.view.mapToScene(position)) is not None:
            self.hover(position, modifiers)
            self._cut()
        return None

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        line = self._line()
        fine = modifiers == Qt.KeyboardModifier.ShiftModifier
        if line is None or (modifiers and not fine):
            return False
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move(line, 1 if key == Qt.Key.Key_Right else -1, across=False, fine=fine)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(line, 1 if key == Qt.Key.Key_Down else -1, across=True, fine=fine)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers:
            self._cut()
        else:
            return False
        return True

    def _move(self, line: Line, step: int, *, across: bool, fine: bool) -> None:
        if across != self._across:
            self._across = across
            self._place = 0.5 if across else _widest_gap(line)
        elif fine:
            size = line.quad.height if across else line.quad.width
            self._place += step / max(size, 1.0)
        else:
            gaps = [] if across else [g + STEP * 1e-3 * step for g in _gaps(line)]
            ahead = [g for g in gaps if (g - self._place) * step > STEP * 2e-3]
            nearest = min(ahead, key=lambda g: abs(g - self._place), default=None)
            self._place = self._place + step * STEP if nearest is None else nearest
        self._place = min(max(self._place, 0.01), 0.99)
        self._draw(line)

    def _cut(self) -> None:
        line = self._line()
        if line is None or not 0 < self._place < 1:
            return
        cut = cut_across if self._across else cut_line
        with self.view.staying():
            part = cut(self.view.controller, line.id, self._place)
            if part:
                # Whoever cuts a row of cells goes on with the rest of it.
                self.view.controller.select_line(part)
        self._take(self.view.controller.current_line)

    def hint(self) -> str:
        return QCoreApplication.translate(
            "PageView",
            "Click to cut, or use the arrow keys and Enter. Shift+click and ↑ ↓ cut between two "
            "lines. Esc ends.",
        )


def _turned(quad: Quad) -> Quad:
    """Return the quad with its left edge as the upper one, so that along is downwards."""
    tl, tr, br, bl = quad.points
    return Quad((tl, bl, br, tr))


def _gaps(line: Line) -> list[float]:
    """Return the places between two characters, as fractions of the line's length."""
    return sorted({split_point(line, at)[1] for at in range(1, len(line.text))})


def _widest_gap(line: Line) -> float:
    """Return the middle of the widest gap between two characters; else of the box."""
    quads = [c.quad for c in line.characters if c.quad is not None]
    ends = [
        (fraction_of(line, first.points[1]), fraction_of(line, second.points[0]))
        for first, second in pairwise(quads)
    ]
    start, end = max(ends, key=lambda gap: gap[1] - gap[0], default=(0.5, 0.5))
    if end - start < STEP:
        return 0.5
    return min(max((start + end) / 2, 0.01), 0.99)
