"""How a line looks in the list: number, text with tinted doubt, and a mark of its status."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_ocr.document.doubt import worst_confidence
from desktop_ocr.document.model import Line, LineStatus
from desktop_ocr.ui.document_controller import PageState
from desktop_ocr.ui.doubt import disagreements, line_tier
from desktop_ocr.ui.icons import icon_pixmap
from desktop_ocr.ui.review.facts import percent
from desktop_ocr.ui.review.hints import Hints
from desktop_ocr.ui.review.lines import LINE_ROLE, LineFilter, LineModel
from desktop_ocr.ui.review.marks import text_marks
from desktop_ocr.ui.review.row_text import ROW_TEXT_SIZE, paint_text
from desktop_ocr.ui.selected_row import paint_selected
from desktop_ocr.ui.theme import GRID, reading_font, tokens

ROW_HEIGHT = 36
NUMBER_WIDTH = 40
MARK_WIDTH = 52


class LineDelegate(QStyledItemDelegate):
    """Paints one row."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        text = QFontMetrics(reading_font(ROW_TEXT_SIZE)).height()
        return QSize(200, max(ROW_HEIGHT, text + 2 * GRID))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line):
            return
        proxy = index.model()
        assert isinstance(proxy, LineFilter)
        model = proxy.sourceModel()
        assert isinstance(model, LineModel)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        colours = tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            paint_selected(painter, rect)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colours.colour("hover"))
        if (
            state & QStyle.StateFlag.State_HasFocus
            and state & QStyle.StateFlag.State_KeyboardFocusChange
        ):
            painter.setPen(QPen(colours.colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 4, 4)
        number = QRect(rect.left(), rect.top(), NUMBER_WIDTH, rect.height())
        painter.setPen(colours.colour("muted"))
        painter.setFont(option.font)  # type: ignore[attr-defined]
        source_row = proxy.mapToSource(index).row()
        painter.drawText(
            number.adjusted(0, 0, -GRID, 0),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            str(source_row + 1),
        )
        text = rect.adjusted(NUMBER_WIDTH + GRID // 2, 0, -MARK_WIDTH - GRID, 0)
        reading = model.controller.page_state(model.page_id) in (
            PageState.WAITING,
            PageState.READING,
        )
        if not line.text:
            self._paint_empty(painter, text, line, option, reading=reading)
        else:
            self._paint_text(painter, text, line, option, model.controller.doubt, model.hints)
        mark = QRect(rect.right() - MARK_WIDTH - GRID // 2, rect.top(), MARK_WIDTH, rect.height())
        self._paint_mark(painter, mark, line, option, model.controller.doubt)
        painter.restore()

    def _paint_empty(
        self,
        painter: QPainter,
        rect: QRect,
        line: Line,
        option: QStyleOptionViewItem,
        *,
        reading: bool,
    ) -> None:
        colours = tokens()
        if reading and line.status is LineStatus.UNREVIEWED:
            # A bar as long as the text will be: the line is found, not read yet.
            length = min(
                rect.width(), round(line.quad.width / max(line.quad.height, 1) * ROW_TEXT_SIZE)
            )
            bar = QRectF(rect.left(), rect.center().y() - 4, max(length, 24), 8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("pressed"))
            painter.drawRoundedRect(bar, 4, 4)
            return
        painter.setPen(colours.colour("muted"))
        empty = self.tr("(empty)")
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, empty)

    def _paint_text(
        self,
        painter: QPainter,
        rect: QRect,
        line: Line,
        option: QStyleOptionViewItem,
        doubt: float,
        hints: Hints,
    ) -> None:
        muted = line.status is LineStatus.ILLEGIBLE
        marks = text_marks(line, doubt)
        critical = hints.critical(line) if hints.marks else ()
        colour = "muted" if muted else "text"
        paint_text(painter, rect, line.text, marks, colour=colour, critical=critical)

    def _paint_mark(
        self,
        painter: QPainter,
        rect: QRect,
        line: Line,
        option: QStyleOptionViewItem,
        doubt: float,
    ) -> None:
        colours = tokens()
        if line.status is not LineStatus.UNREVIEWED:
            reviewed = line.status is LineStatus.REVIEWED
            name, colour = ("check", "reviewed") if reviewed else ("square-dashed", "muted")
            ratio = painter.device().devicePixelRatioF()
            pixmap = icon_pixmap(name, 16, ratio, colours.colour(colour))
            at = QPointF(rect.right() - 16, rect.top() + (rect.height() - 16) / 2)
            painter.drawPixmap(at, pixmap)
            if reviewed and line.raw_text and line.text != line.machine_text:
                pencil = icon_pixmap("pencil", 16, ratio, colours.colour("muted"))
                painter.drawPixmap(at - QPointF(16 + GRID / 2, 0), pencil)
        elif line.characters:
            if line.text != line.machine_text:
                text, colour = self.tr("edited"), "muted"
            else:
                found = line_tier(line, doubt)
                # Sure or not: both readers differ somewhere.
                differs = "≠  " if disagreements(line) else ""
                text = f"{differs}{percent(worst_confidence(line))} %"
                colour = "muted" if found is None else found.value
            painter.setFont(option.font)  # type: ignore[attr-defined]
            painter.setPen(colours.colour(colour))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(rect, flags, text)
