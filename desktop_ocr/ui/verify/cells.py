"""The cells of the grid: what they hold, and how one character looks."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_ocr.ui.doubt import tier
from desktop_ocr.ui.icons import icon_pixmap
from desktop_ocr.ui.review.facts import percent
from desktop_ocr.ui.theme import GRID, reading_font, tokens
from desktop_ocr.ui.verify.groups import Occurrence, State
from desktop_ocr.ui.verify.session import Session

OCCURRENCE_ROLE = Qt.ItemDataRole.UserRole + 1

PICTURE = QSize(15 * GRID, 8 * GRID)
"""Of the picture in a cell; all characters have the same height."""

CAPTION = 3 * GRID
CELL = QSize(PICTURE.width() + 2 * GRID, PICTURE.height() + CAPTION + GRID)

Index = QModelIndex | QPersistentModelIndex


class SheetModel(QAbstractListModel):
    """The members of the sheet that is shown."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._members: tuple[Occurrence, ...] = ()
        session.sheet_changed.connect(self._take_sheet)
        session.states_changed.connect(self._repaint)

    @property
    def session(self) -> Session:
        """The round of verification."""
        return self._session

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._members)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._members):
            return None
        occurrence = self._members[index.row()]
        if role == OCCURRENCE_ROLE:
            return occurrence
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.describe(occurrence)
        return None

    def describe(self, occurrence: Occurrence) -> str:
        """Return what is known about a character in words."""
        session = self._session
        caption = self.caption(occurrence)
        line = session.fates.line(occurrence)
        text = "" if line is None else line.text
        sure = self.tr("“{0}”, {1} %").format(occurrence.reading, percent(occurrence.confidence))
        return "\n".join(part for part in (sure, caption, text) if part)

    def caption(self, occurrence: Occurrence) -> str:
        """Return what became of a character in a few words; empty while it is open."""
        session = self._session
        match session.state(occurrence):
            case State.CHANGED:
                text = session.shown_text(occurrence)
                return f"→ {text}" if text else self.tr("→ removed")
            case State.CONFIRMED:
                return self.tr("confirmed")
            case State.REVIEWED:
                return self.tr("line reviewed")
            case State.GONE:
                return self.tr("gone")
        return self.tr("later") if occurrence in session.later else ""

    def _take_sheet(self) -> None:
        self.beginResetModel()
        sheet = self._session.sheet
        self._members = () if sheet is None else sheet.members
        self.endResetModel()

    def _repaint(self) -> None:
        if self._members:
            self.dataChanged.emit(self.index(0), self.index(len(self._members) - 1))


class CellDelegate(QStyledItemDelegate):
    """Paints one character: its picture with dimmed neighbours, and what became of it."""

    def __init__(self, doubt: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.doubt = doubt

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        occurrence = index.data(OCCURRENCE_ROLE)
        model = index.model()
        if not isinstance(occurrence, Occurrence) or not isinstance(model, SheetModel):
            return
        cell: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        colours = tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        current = bool(state & QStyle.StateFlag.State_Selected)
        frame = QRectF(cell).adjusted(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("selection" if current else "surface"))
        painter.drawRoundedRect(frame, 6, 6)
        picture = QRect(
            cell.left() + GRID, cell.top() + GRID // 2 + 2, PICTURE.width(), PICTURE.height()
        )
        self._paint_picture(painter, picture, model.session, occurrence)
        caption = QRect(picture.left(), picture.bottom() + 1, picture.width(), CAPTION)
        self._paint_caption(painter, caption, option, model, occurrence)
        if current:
            focused = state & QStyle.StateFlag.State_HasFocus
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent" if focused else "edge"), 2.5))
            painter.drawRoundedRect(frame, 6, 6)
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, rect: QRect, session: Session, occurrence: Occurrence
    ) -> None:
        colours = tokens()
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, colours.colour("canvas"))
        pixmap, crop = session.pictures.pixmap(occurrence), session.pictures.crop(occurrence)
        if pixmap is None or crop is None:
            painter.setPen(colours.colour("muted"))
            painter.setFont(reading_font(2 * GRID))
            # A place without a picture yet; what cannot be loaded says so.
            failed = session.pictures.has_failed(occurrence)
            text = self.tr("no picture") if failed else "…"
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
            painter.restore()
            return
        width = pixmap.width() * rect.height() / max(pixmap.height(), 1)
        middle = (crop.left + crop.right) / 2 * width
        target = QRectF(rect.center().x() - middle, rect.top(), width, rect.height())
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
        # Half-covered, the neighbours help to judge and do not distract.
        dim = colours.colour("window", 0.6)
        # Where a character ends is known to a few pixels only.
        slack = 0.05 * rect.height()
        left = target.left() + crop.left * width - slack
        right = target.left() + crop.right * width + slack
        painter.fillRect(QRectF(rect.left(), rect.top(), left - rect.left(), rect.height()), dim)
        painter.fillRect(QRectF(right, rect.top(), rect.right() + 1 - right, rect.height()), dim)
        painter.restore()

    def _paint_caption(
        self,
        painter: QPainter,
        rect: QRect,
        option: QStyleOptionViewItem,
        model: SheetModel,
        occurrence: Occurrence,
    ) -> None:
        colours = tokens()
        state = model.session.state(occurrence)
        text = model.caption(occurrence)
        colour, name = "muted", ""
        font = option.font  # type: ignore[attr-defined]
        if state is State.CHANGED:
            colour, name, font = "accent", "pencil", reading_font(2 * GRID)
        elif state in (State.CONFIRMED, State.REVIEWED):
            colour, name = "reviewed", "check"
        elif text:
            name = "clock"
        elif occurrence.doubtful:
            # Both readers may differ where the machine is sure.
            found = tier(occurrence.confidence, self.doubt)
            colour = "doubt_mid" if found is None else found.value
            text, name = f"{percent(occurrence.confidence)} %", "circle-question-mark"
        painter.setFont(font)
        width = QFontMetrics(font).horizontalAdvance(text)
        ratio = painter.device().devicePixelRatioF()
        left = rect.center().x() - (width + (20 if name else 0)) // 2
        if name:
            top = rect.top() + (rect.height() - 16) // 2
            painter.drawPixmap(left, top, icon_pixmap(name, 16, ratio, colours.colour(colour)))
            left += 20
        painter.setPen(colours.colour(colour))
        painter.drawText(
            QRect(left, rect.top(), rect.right() - left + 1, rect.height()),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            text,
        )
