"""The list of other readings of one character."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop_ocr.document.model import Alternative
from desktop_ocr.ui.theme import reading_font

MOST = 9


class AlternativesPopup(QFrame):
    """Offers readings; 1–9, arrows with Enter or the mouse choose, Esc or a click beside closes.

    Signals:
        chosen: The text of the reading.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._texts: list[str] = []
        self._list = QListWidget(self)
        self._list.setFont(reading_font(18))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._choose_item)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self._list)

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
        self._list.clear()
        self._texts = [a.text for a in alternatives[:MOST]]
        self._list.setAccessibleName(self.tr("Other readings of “{0}”").format(current))
        for number, a in enumerate(alternatives[:MOST], start=1):
            shown = a.text or self.tr("(nothing)")
            text = f"{number}   {shown}    {round(a.confidence * 100)} %    {self._source(a)}"
            self._list.addItem(QListWidgetItem(text))
        self._list.setCurrentRow(0)
        width = self._list.sizeHintForColumn(0) + 24
        height = self._list.sizeHintForRow(0) * self._list.count() + 4
        self._list.setFixedSize(width, height)
        self.adjustSize()
        screen = QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        x = min(at.x(), room.right() - self.width())
        y = min(at.y(), room.bottom() - self.height())
        self.move(max(x, room.left()), max(y, room.top()))
        self.show()

    def _source(self, alternative: Alternative) -> str:
        if alternative.source == "crnn":
            return self.tr("recogniser")
        return alternative.source

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self._list.currentRow()
        count = self._list.count()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._choose(key - Qt.Key.Key_1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._choose(row)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and count:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((row + step) % count)
        else:
            super().keyPressEvent(event)  # Esc closes a popup
            return
        event.accept()

    def _choose_item(self, item: QListWidgetItem) -> None:
        self._choose(self._list.row(item))

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._texts):
            self.close()
            self.chosen.emit(self._texts[row])
