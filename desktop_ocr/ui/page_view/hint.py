"""A sentence at the top of the page that says what the chosen tool wants."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_ocr.ui.theme import GRID


class ToolHint(QFrame):
    """Lies over the upper edge of a view; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("popup", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        layout.addWidget(self._text)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence; "" hides it."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.fit()

    def text(self) -> str:
        """Return what is said."""
        return self._text.text()

    def fit(self) -> None:
        """Lie at the top of the parent, as wide as the sentence and no wider than the parent."""
        parent = self.parentWidget()
        if parent is None:
            return
        room = parent.width() - 2 * GRID
        margins = self.contentsMargins()
        side = 2 * GRID + margins.left() + margins.right()
        words = self._text.fontMetrics().horizontalAdvance(self._text.text()) + 4
        width = max(min(words + side, room, 90 * GRID), 20 * GRID)
        height = self.heightForWidth(width)
        self.setGeometry((parent.width() - width) // 2, GRID, width, height)
