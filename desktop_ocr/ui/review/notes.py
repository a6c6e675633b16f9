"""Below the text field: what is known about the character at the caret, and the raw reading."""

from __future__ import annotations

import html
from difflib import SequenceMatcher

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.document.model import Line
from desktop_ocr.ui.theme import GRID, reading_font

ROWS = 2
"""The note keeps the room of so many rows, so that nothing moves when the caret does."""

LOW = 700
"""In a window below this height it keeps one, and takes a second only where it needs it."""

TEXT_SIZE = 17


class CaretNote(QLabel):
    """Sentences about the character at the caret; what has no room is in the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("muted", True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._keep_room()

    def tell(self, sentences: list[str]) -> None:
        """Show sentences beside each other."""
        text = "  ·  ".join(sentences)
        if text != self.text():
            self.setText(text)
            self.setToolTip("\n".join(sentences))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._keep_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        rows = ROWS if self.window().height() >= LOW else 1
        self.setMinimumHeight(rows * QFontMetrics(self.font()).lineSpacing() + 2)


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

    def sentence(self) -> str:
        """Return the raw reading, or why there is none."""
        line = self._line
        if line is None:
            return ""
        if line.plain_text:
            return line.plain_text
        if line.characters:
            return self.tr("It was not kept for this line: read the line again (Ctrl+R).")
        return self.tr("The recogniser has not read this line.")

    def _tell(self) -> None:
        plain = "" if self._line is None else self._line.plain_text
        self.take.setEnabled(bool(plain) and plain != self._text)
        self._reading.setText(
            _set_off(plain, self._text) if plain else html.escape(self.sentence())
        )
        self._reading.setAccessibleName(self.sentence())

    def _retranslate(self) -> None:
        self._caption.setText(self.tr("What the recogniser alone saw, without language and rules:"))
        self.take.setText(self.tr("Take over"))
        self.take.setToolTip(self.tr("Put this in the place of the text (Shift+F4)"))
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
