"""The settings: the few that are not beside what they change, and the keys of all commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
)

from desktop_ocr.ui.commands import plain
from desktop_ocr.ui.dialogs.keys_editor import KeysEditor
from desktop_ocr.ui.dialogs.sizing import fit_screen
from desktop_ocr.ui.sign_off.reviewer_row import LONGEST_NAME
from desktop_ocr.ui.theme import GRID

if TYPE_CHECKING:
    from desktop_ocr.ui.main_window import MainWindow


class SettingsDialog(QDialog):
    """What is changed here holds at once and is kept; there is nothing to confirm.

    Args:
        window: What is set.
        reviewer: Name of the person who reviews; "" where none was given.

    Attributes:
        name: That name.
        language: Language of the window.
        theme: Its colours.
        keep_readings: Whether readings are remembered on this computer.
        keys: The keys of the commands.

    Signals:
        named: The person's name, once it is written.
    """

    named = Signal(str)

    def __init__(self, window: MainWindow, reviewer: str) -> None:
        super().__init__(window)
        self._window = window
        self._names = [QLabel(self), QLabel(self), QLabel(self)]
        self.name = QLineEdit(reviewer, self)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.editingFinished.connect(lambda: self.named.emit(self.name.text().strip()))
        self.language = self._choice(list(window.look.languages.values()))
        self.theme = self._choice(list(window.look.themes.values()))
        self.keep_readings = self._switch(window.commands["keep_readings"])
        self._heading = QLabel(self)
        font = self._heading.font()
        font.setBold(True)
        self._heading.setFont(font)
        self.keys = KeysEditor(window.commands, self)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._buttons.rejected.connect(self.reject)
        # Enter is for the lists here; Esc and the button close.
        close = self._buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        close.setIcon(QIcon())
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        for name, field in zip(self._names, (self.name, self.language, self.theme), strict=True):
            name.setBuddy(field)
            form.addRow(name, field)
        form.addRow("", self.keep_readings)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(form)
        column.addSpacing(GRID)
        column.addWidget(self._heading)
        column.addWidget(self.keys, 1)
        column.addWidget(self._buttons)
        fit_screen(self, 84 * GRID, 84 * GRID)
        self._retranslate()

    def _choice(self, actions: list[QAction]) -> QComboBox:
        """Make a box that does what entries of a menu do, and shows which is chosen."""
        box = QComboBox(self)
        for action in actions:
            box.addItem(action.text(), action)
        box.setCurrentIndex(next(i for i, a in enumerate(actions) if a.isChecked()))
        box.activated.connect(lambda index: box.itemData(index).trigger())
        return box

    def _switch(self, action: QAction) -> QCheckBox:
        box = QCheckBox(self)
        box.setChecked(action.isChecked())
        box.clicked.connect(action.trigger)
        action.toggled.connect(box.setChecked)
        return box

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        texts = (self.tr("Your name"), self.tr("Language"), self.tr("Appearance"))
        for name, text in zip(self._names, texts, strict=True):
            name.setText(text)
        self.name.setPlaceholderText(self.tr("It stands beside what you confirm"))
        for box in (self.language, self.theme):
            for i in range(box.count()):
                box.setItemText(i, box.itemData(i).text())
        self.keep_readings.setText(plain(self._window.commands["keep_readings"].text()))
        self._heading.setText(self.tr("Keys"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
