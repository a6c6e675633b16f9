"""Below the text field: what is known about the character at the caret, and the raw reading."""

from __future__ import annotations

import html
from difflib import SequenceMatcher

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.document.model import Line
from desktop_ocr.ui.keys import with_key
from desktop_ocr.ui.theme import GRID, reading_font

ROWS = 2
"""The note keeps the room of so many rows, so that nothing moves when the caret does."""

TEXT_SIZE = 17

QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own name for no limit, which Python is not told."""


class CaretNote(QLabel):
    """Sentences about the character at the caret; what has no room is in the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentences: list[str] = []
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("muted", True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.set_low(False)

    def tell(self, sentences: list[str]) -> None:
        """Show sentences beside each other."""
        if sentences != self._sentences:
            self._sentences = sentences
            self.setToolTip("\n".join(sentences))
            self.setAccessibleName(self.sentence())
            self._show()

    def sentence(self) -> str:
        """Return everything that is told, whether there is room for it or not."""
        return "  ·  ".join(self._sentences)

    def set_low(self, low: bool) -> None:
        """Take no more than one row, or the room of :data:`ROWS`."""
        self.setWordWrap(not low)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        metrics = QFontMetrics(self.font())
        rows = ROWS if self.wordWrap() else 1
        self.setMinimumHeight(rows * metrics.lineSpacing() + 2)
        text = self.sentence()
        if not self.wordWrap():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.width())
        if text != self.text():
            self.setText(text)


class PlainRow(QWidget):
    """What the recogniser alone saw, with what stands otherwise in the text set off.

    Attributes:
        take: Puts it in the place of the text.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: Line | None = None
        self._text = ""
        self._caption = QLabel(self)
        self._caption.setProperty("muted", True)
        self._reading = QLabel(self)
        self._reading.setTextFormat(Qt.TextFormat.RichText)
        self._reading.setWordWrap(True)
        self._reading.setFont(reading_font(TEXT_SIZE))
        self._reading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._reading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.take = QPushButton(self)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._reading, 1)
        row.addWidget(self.take, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self._caption)
        column.addLayout(row)
        self._retranslate()
        self.hide()

    def show_line(self, line: Line | None, text: str) -> None:
        """Show the raw reading of a line beside its text as it stands in the editor."""
        self._line, self._text = line, text
        self._tell()

    def set_low(self, low: bool) -> None:
        """Take no more than two rows, without caption and button, or as much as is needed."""
        self._caption.setVisible(not low)
        self.take.setVisible(not low)
        rows = 2 * self._reading.fontMetrics().lineSpacing()
        self._reading.setMaximumHeight(rows if low else QWIDGETSIZE_MAX)

    def sentence(self) -> str:
        """Return the raw reading, or why there is none."""
        line = self._line
        if line is None:
            return ""
        if line.plain_text:
            return line.plain_text
        if line.characters:
            return with_key(
                self.tr("It was not kept for this line: read the line again."), "read_lines"
            )
        return self.tr("The recogniser has not read this line.")

    def _tell(self) -> None:
        plain = "" if self._line is None else self._line.plain_text
        self.take.setEnabled(bool(plain) and plain != self._text)
        self._reading.setText(
            _set_off(plain, self._text) if plain else html.escape(self.sentence())
        )
        self._reading.setAccessibleName(self.sentence())
        self._reading.setToolTip(html.escape(self.sentence()))

    def _retranslate(self) -> None:
        self._caption.setText(self.tr("What the recogniser alone saw, without language and rules:"))
        self.take.setText(self.tr("Take over"))
        self.take.setToolTip(with_key(self.tr("Put this in the place of the text"), "take_plain"))
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()


def _set_off(plain: str, text: str) -> str:
    """Return a reading as rich text in which what differs from a text is bold and underlined."""
    parts = []
    matcher = SequenceMatcher(None, plain, text, autojunk=False)
    for tag, start, end, _, _ in matcher.get_opcodes():
        part = html.escape(plain[start:end])
        parts.append(part if tag == "equal" or not part else f"<b><u>{part}</u></b>")
    return f'<span style="white-space: pre-wrap">{"".join(parts)}</span>'
