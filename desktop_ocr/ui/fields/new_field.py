"""The row in which a person defines a field of his own."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.fields.own_fields import add_own_field
from desktop_ocr.ui.flow_layout import FlowLayout
from desktop_ocr.ui.theme import GRID

KINDS = ("line", "section", "number", "date", "code")


class NewField(QWidget):
    """Asks for name, labels and kind; Enter adds the field, Esc closes the row.

    Attributes:
        name: What the field is called.
        labels: What stands before its value, divided by commas.
        kind: What its value looks like.

    Signals:
        added: A field was added to the user's own.
        closed: The row is gone.
    """

    added = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name, self.labels, self.kind = QLineEdit(), QLineEdit(), QComboBox()
        self.name.setMaxLength(40)
        self.name.setMinimumWidth(18 * GRID)
        self.labels.setMinimumWidth(34 * GRID)
        for kind in KINDS:
            self.kind.addItem("", kind)
        self.add = QPushButton()
        self.add.setProperty("primary", True)
        self._cancel = QPushButton()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setProperty("problem", True)
        self.said.hide()
        self._sentence: Callable[[], str] | None = None  # in the language of the window
        parts = QWidget()
        row = FlowLayout(parts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for widget in (self.name, self.labels, self.kind, self.add, self._cancel):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        column.setSpacing(GRID // 2)
        column.addWidget(parts)
        column.addWidget(self.said)
        self.name.returnPressed.connect(self._add)
        self.labels.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)
        self._cancel.clicked.connect(self.close_row)
        self._retranslate()
        self.hide()

    def open(self) -> None:
        """Show the row and give it the keyboard."""
        self.show()
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_row(self) -> None:
        """Hide the row; what was typed is gone."""
        self.name.clear()
        self.labels.clear()
        self._sentence = None
        self.said.hide()
        self.hide()
        self.closed.emit()

    def _add(self) -> None:
        labels = [part.strip() for part in re.split("[,，、;；]", self.labels.text())]
        # Of a field that is labelled by its name, as most are, the name is enough.
        wanted = [label for label in labels if label] or [self.name.text().strip()]
        try:
            added = add_own_field(self.name.text().strip(), wanted, self.kind.currentData())
        except DesktopOcrError as error:
            self._say(partial(error_text, error))
            return
        except ValueError:
            self._say(self._needs_name)
            return
        if not added:
            self._say(self._is_taken)
            return
        self.added.emit()
        self.close_row()

    def _needs_name(self) -> str:
        return self.tr("Give the field a name; name and labels have at most 40 characters.")

    def _is_taken(self) -> str:
        return self.tr("You have a field of this name already: choose another name.")

    def _say(self, sentence: Callable[[], str]) -> None:
        self._sentence = sentence
        self.said.setText(sentence())
        self.said.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_row()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.name.setPlaceholderText(self.tr("Name of the field"))
        self.name.setAccessibleName(self.tr("Name of the field"))
        self.labels.setPlaceholderText(self.tr("Labels before the value, divided by commas"))
        self.labels.setAccessibleName(self.tr("Labels before the value, divided by commas"))
        self.kind.setAccessibleName(self.tr("Kind of value"))
        names = (
            self.tr("Text in one line"),
            self.tr("Text over several lines"),
            self.tr("Number with unit"),
            self.tr("Date"),
            self.tr("Letters and digits"),
        )
        for i, text in enumerate(names):
            self.kind.setItemText(i, text)
        self.add.setText(self.tr("Add field"))
        self._cancel.setText(self.tr("Cancel"))
        if self._sentence is not None:
            self.said.setText(self._sentence())
