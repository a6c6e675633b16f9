"""The list of other readings of one character."""

from __future__ import annotations

from collections.abc import Sequence

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

from desktop_ocr.document.model import Alternative
from desktop_ocr.ui.theme import GRID, reading_font, tokens

MOST = 9
ALWAYS = 3
"""So many readings are offered however unlikely they are; others from 1 % on."""

TEXT_SIZE = 20
NOTE_ROLE = Qt.ItemDataRole.UserRole + 1


class AlternativesPopup(QFrame):
    """Offers readings; 1–9, arrows with Enter or the mouse choose, Esc or a click beside closes.

    Signals:
        chosen: The text of the reading.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._texts: list[str] = []
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
        return list(self._texts)

    def offer(self, current: str, alternatives: Sequence[Alternative], at: QPoint) -> None:
        """Show readings.

        Args:
            current: The character as it stands, for the name of the list.
            alternatives: Other readings, best first.
            at: Screen position of the upper left corner.
        """
        self.list.clear()
        likely = [a for i, a in enumerate(alternatives) if i < ALWAYS or a.confidence >= 0.01]
        offered = likely[:MOST]
        self._texts = [a.text for a in offered]
        self.list.setAccessibleName(self.tr("Other readings of “{0}”").format(current))
        for a in offered:
            item = QListWidgetItem(self._shown(a.text))
            note = f"{round(a.confidence * 100)} %"
            item.setData(NOTE_ROLE, f"{note}   {self._source(a)}")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        width = self.list.sizeHintForColumn(0)
        height = self.list.sizeHintForRow(0) * self.list.count()
        self.list.setFixedSize(width, height)
        self.adjustSize()
        screen = QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        x = min(at.x(), room.right() - self.width())
        y = min(at.y(), room.bottom() - self.height())
        self.move(max(x, room.left()), max(y, room.top()))
        self.show()

    def _shown(self, text: str) -> str:
        """Return a reading so that it can be seen."""
        if not text:
            return self.tr("(nothing)")
        return "␣" if text.isspace() else text

    def _source(self, alternative: Alternative) -> str:
        if alternative.source == "crnn":
            return self.tr("recogniser")
        return alternative.source

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
        if 0 <= row < len(self._texts):
            self.close()
            self.chosen.emit(self._texts[row])


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
        painter.drawText(inner, right, index.data(NOTE_ROLE))
        painter.setPen(colours.colour("text"))
        painter.setFont(reading_font(TEXT_SIZE))
        painter.drawText(inner.adjusted(2 * GRID, 0, 0, 0), left, index.data())
        painter.restore()
