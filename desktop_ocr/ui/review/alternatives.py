"""The list of other readings of one character."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.ui.review.facts import percent, shown, source_name
from desktop_ocr.ui.review.offers import Offer
from desktop_ocr.ui.theme import GRID, reading_font, tokens

if TYPE_CHECKING:
    from desktop_ocr.engine.correct.rules import Rules

TEXT_SIZE = 20
MOST_WIDTH = 60 * GRID
NOTE_ROLE = Qt.ItemDataRole.UserRole + 1


class AlternativesPopup(QFrame):
    """Offers readings; 1–9, arrows with Enter or the mouse choose, Esc or a click beside closes.

    Signals:
        chosen: The :class:`Offer`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._offers: tuple[Offer, ...] = ()
        self.list = QListWidget(self)
        self.list.setItemDelegate(_ReadingDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._choose_item)
        self.list.itemEntered.connect(self.list.setCurrentItem)
        self.setProperty("popup", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID // 2, GRID // 2, GRID // 2, GRID // 2)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        layout.addWidget(self.list)

    def texts(self) -> list[str]:
        """Return the readings offered, in order."""
        return [offer.text for offer in self._offers]

    def notes(self) -> list[str]:
        """Return what stands beside the readings: how sure, and who proposes them."""
        return [self.list.item(row).data(NOTE_ROLE) for row in range(self.list.count())]

    def offer(self, current: str, offers: Sequence[Offer], at: QPoint, rules: Rules | None) -> None:
        """Show readings.

        Args:
            current: The character as it stands, for the name of the list.
            offers: What can be chosen, in this order.
            at: Screen position of the upper left corner.
            rules: Where the names of rules come from.
        """
        self.list.clear()
        self._offers = tuple(offers)
        self.list.setAccessibleName(self.tr("Other readings of “{0}”").format(current))
        for offer in offers:
            item = QListWidgetItem(shown(offer.text))
            # What a rule does takes the most words, and stands last.
            sources = sorted(offer.sources, key=lambda source: source.startswith("rule:"))
            names = " · ".join(source_name(source, rules) for source in sources)
            sure = "" if offer.confidence is None else f"{percent(offer.confidence)} %   "
            item.setData(NOTE_ROLE, sure + names)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{shown(offer.text)}, {sure}{names}")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        width = min(self.list.sizeHintForColumn(0), MOST_WIDTH)
        height = self.list.sizeHintForRow(0) * self.list.count()
        self.list.setFixedSize(width, height)
        self.adjustSize()
        screen = QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        x = min(at.x(), room.right() - self.width())
        y = min(at.y(), room.bottom() - self.height())
        self.move(max(x, room.left()), max(y, room.top()))
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.list.currentRow()
        count = self.list.count()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._choose(key - Qt.Key.Key_1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._choose(row)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and count:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((row + step) % count)
        else:
            super().keyPressEvent(event)  # Esc closes a popup
            return
        event.accept()

    def _choose_item(self, item: QListWidgetItem) -> None:
        self._choose(self.list.row(item))

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._offers):
            self.close()
            self.chosen.emit(self._offers[row])


class _ReadingDelegate(QStyledItemDelegate):
    """Paints the key to press, the reading, and how sure of it who is."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        note = QFontMetrics(option.font).horizontalAdvance(index.data(NOTE_ROLE))  # type: ignore[attr-defined]
        font = QFontMetrics(reading_font(TEXT_SIZE))
        text = font.horizontalAdvance(index.data())
        return QSize(max(text, TEXT_SIZE) + note + 7 * GRID, font.height() + GRID)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        colours = tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("selection"))
            painter.drawRoundedRect(rect, 4, 4)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        inner = rect.adjusted(GRID, 0, -GRID, 0)
        painter.setPen(colours.colour("muted"))
        painter.setFont(option.font)  # type: ignore[attr-defined]
        painter.drawText(inner, left, str(index.row() + 1))
        font = reading_font(TEXT_SIZE)
        reading = QFontMetrics(font).horizontalAdvance(index.data())
        note = QFontMetrics(option.font).elidedText(  # type: ignore[attr-defined]
            index.data(NOTE_ROLE), Qt.TextElideMode.ElideRight, inner.width() - reading - 4 * GRID
        )
        painter.drawText(inner, right, note)
        painter.setPen(colours.colour("text"))
        painter.setFont(font)
        painter.drawText(inner.adjusted(2 * GRID, 0, 0, 0), left, index.data())
        painter.restore()
