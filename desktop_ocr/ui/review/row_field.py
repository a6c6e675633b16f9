"""A text field that is as high as its rows of text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from desktop_ocr.ui.theme import reading_font

MAX_ROWS = 4
TEXT_SIZE = 20
"""Height of the text in device-independent pixels."""


class RowField(QPlainTextEdit):
    """Grows with its text, which is wrapped anywhere, up to some rows; then it scrolls.

    Whoever derives from it calls :meth:`set_text_size` once ready for a change of the font.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text_size = TEXT_SIZE
        self._most_rows = MAX_ROWS
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)

    @property
    def text_size(self) -> int:
        """Height of the text in device-independent pixels."""
        return self._text_size

    def set_text_size(self, pixels: int) -> None:
        """Show the text larger or smaller (14 to 48)."""
        self._text_size = min(max(pixels, 14), 48)
        self.setFont(reading_font(self._text_size))
        self.update_height()

    def set_most_rows(self, rows: int) -> None:
        """Scroll a text that needs more than this many rows."""
        self._most_rows = rows
        self.update_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update_height()

    def sizeHint(self) -> QSize:
        return QSize(320, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._height())

    def update_height(self) -> None:
        """Take the height that the text needs now."""
        height = self._height()
        if height != self.height():
            self.setFixedHeight(height)

    def _height(self) -> int:
        rows = min(max(self.document().firstBlock().layout().lineCount(), 1), self._most_rows)
        around = self.height() - self.viewport().height() if self.isVisible() else 14
        margin = round(2 * self.document().documentMargin())
        return rows * self.fontMetrics().lineSpacing() + margin + max(around, 2) + 2
