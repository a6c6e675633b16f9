"""A layout that puts widgets into rows like words into lines."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from shiboken6 import isValid


class FlowLayout(QLayout):
    """Widgets beside each other at their own widths; what has no room goes into the next row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        widths = [item.sizeHint().width() for item in self._living()]
        margins = self.contentsMargins()
        width = sum(widths) + self.spacing() * max(len(widths) - 1, 0)
        width += margins.left() + margins.right()
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._living()), default=0)
        highest = max((item.minimumSize().height() for item in self._living()), default=0)
        margins = self.contentsMargins()
        return QSize(
            widest + margins.left() + margins.right(), highest + margins.top() + margins.bottom()
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _living(self) -> list[QLayoutItem]:
        """Return the items that are shown; a dock asks for its size while it is destroyed, too."""
        return [item for item in self._items if isValid(item) and not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Go through the rows; return the height of all of them (device-independent pixels)."""
        margins = self.contentsMargins()
        left = rect.left() + margins.left()
        end = rect.right() + 1 - margins.right()
        x, y, row = left, rect.top() + margins.top(), 0
        for item in self._living():
            size = item.sizeHint()
            if x > left and x + size.width() > end:
                x, y, row = left, y + row + self.spacing(), 0
            if move:
                item.setGeometry(QRect(x, y, min(size.width(), end - left), size.height()))
            x += size.width() + self.spacing()
            row = max(row, size.height())
        return y + row + margins.bottom() - rect.top()
