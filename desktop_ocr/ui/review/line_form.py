"""The upper part of the review panel: picture, text field and buttons of the current line."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop_ocr.ui.icons import icon
from desktop_ocr.ui.keys import with_key
from desktop_ocr.ui.review.alternatives import AlternativesPopup
from desktop_ocr.ui.review.changes_row import ChangesRow
from desktop_ocr.ui.review.crop import LEAST_HEIGHT, CropView
from desktop_ocr.ui.review.editor import LineEditor
from desktop_ocr.ui.review.notes import CaretNote, PlainRow
from desktop_ocr.ui.review.row_field import MAX_ROWS
from desktop_ocr.ui.theme import GRID

LOW = 600
"""In a window below this height the list of lines needs the room."""


class LineForm(QWidget):
    """Lays out what edits a line; what the parts do is decided by the review panel.

    Attributes:
        place: Says which line this is.
        crop: Its picture.
        editor: Its text.
        popup: Other readings of one character.
        note: What is known about the character at the caret.
        changes: What a person changed.
        plain: What the recogniser alone saw.
        previous: To the doubtful place before.
        next: To the next one.
        accept: The text is right.
        illegible: Nobody can read it.
        restore: Back to the text before this visit.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = QLabel(self)
        self.crop = CropView(self)
        # In this order, the keyboard comes from the text to what is done with it.
        self.editor = LineEditor(self)
        self.accept = QPushButton(icon("check", QPalette.ColorRole.HighlightedText), "", self)
        self.accept.setProperty("primary", True)
        self.illegible = QPushButton(self)
        self.illegible.setCheckable(True)
        self.restore = QPushButton(self)
        self.previous = QToolButton(self)
        self.previous.setIcon(icon("chevron-up"))
        self.next = QToolButton(self)
        self.next.setIcon(icon("chevron-down"))
        self.changes = ChangesRow(self)
        self.note = CaretNote(self)
        self.plain = PlainRow(self)
        self.popup = AlternativesPopup(self)
        self._lay_out()
        self.fit()
        self._retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID // 2)
        head.addWidget(self.place)
        head.addStretch(1)
        self._head = head
        head.addWidget(self.previous)
        head.addWidget(self.next)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self.accept, self.illegible, self.restore):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._column = column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self.crop)
        column.addWidget(self.changes)
        column.addWidget(self.editor)
        column.addWidget(self.plain)
        column.addWidget(self.note)
        column.addLayout(buttons)
        column.addStretch(1)

    def add_to_head(self, widget: QWidget) -> None:
        """Put a widget before the buttons that go from doubt to doubt."""
        self._head.insertWidget(self._head.indexOf(self.previous), widget)

    def show_plain(self, shown: bool) -> None:
        """Show what the recogniser alone saw, or hide it."""
        self.plain.setVisible(shown)
        self.fit()

    def fit(self) -> None:
        """Give up what can be done without where the window is low."""
        low = self.window().height() < LOW
        plain = not self.plain.isHidden()
        self.note.set_low(low)
        self.note.setVisible(not (low and plain))
        self.plain.set_low(low)
        self.editor.set_most_rows(2 if low else MAX_ROWS)
        self.crop.setMinimumHeight(LEAST_HEIGHT * 2 // 3 if low and plain else LEAST_HEIGHT)
        self._column.setSpacing(GRID // 2 if low else GRID)
        top, bottom = (GRID // 2, GRID // 2) if low else (GRID, GRID * 2)
        self._column.setContentsMargins(GRID * 2, top, GRID * 2, bottom)

    def _retranslate(self) -> None:
        self.editor.setAccessibleName(self.tr("Text of the line"))
        self.editor.setPlaceholderText(self.tr("Type what the picture says"))
        self.crop.setAccessibleName(self.tr("Picture of the line"))
        self.crop.set_hint(self.tr("Select a line to see it here"))
        self.accept.setText(self.tr("Accept"))
        self.accept.setToolTip(self.tr("Mark the line as reviewed and go to the next (Enter)"))
        self.illegible.setText(self.tr("Illegible"))
        self.illegible.setToolTip(with_key(self.tr("Nobody can read this line"), "mark_illegible"))
        self.restore.setText(self.tr("Restore"))
        self.restore.setToolTip(self.tr("Bring back the text as it was before this visit (Esc)"))
        self.previous.setToolTip(with_key(self.tr("Previous doubtful place"), "previous_doubtful"))
        self.previous.setAccessibleName(self.tr("Previous doubtful place"))
        self.next.setToolTip(with_key(self.tr("Next doubtful place"), "next_doubtful"))
        self.next.setAccessibleName(self.tr("Next doubtful place"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
