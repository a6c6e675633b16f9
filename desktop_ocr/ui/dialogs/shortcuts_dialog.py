"""The sheet of shortcuts, made from the table of commands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.ui.actions import Actions, shortcut_sheet
from desktop_ocr.ui.dialogs.sizing import fit_screen
from desktop_ocr.ui.theme import GRID, tokens


class ShortcutsDialog(QDialog):
    """All keys on one sheet; stays beside the window while one works."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
        fit_screen(self, 108 * GRID, 76 * GRID)
        self._fill()

    def rows(self) -> list[tuple[str, str]]:
        """Return what the sheet lists: command and keys."""
        return [row for _title, rows in shortcut_sheet(self._actions.keys) for row in rows]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._fill()
        super().changeEvent(event)

    def _fill(self) -> None:
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        sheet = QWidget()
        columns = QHBoxLayout(sheet)
        columns.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        columns.setSpacing(5 * GRID)
        groups = shortcut_sheet(self._actions.keys)
        half = sum(len(rows) + 2 for _title, rows in groups) / 2
        used = 0.0
        column = _column(columns)
        for title, rows in groups:
            # A group goes to the second column once more than half of it would stand below.
            if columns.count() == 1 and used + (len(rows) + 2) / 2 > half:
                column.addStretch(1)
                column = _column(columns)
            used += len(rows) + 2
            column.addWidget(_Group(title, rows))
        column.addStretch(1)
        old = self._scroll.takeWidget()
        if old is not None:
            # Not at once, as setWidget would: while the theme changes, Qt still goes through all
            # widgets, also through these.
            old.deleteLater()
        self._scroll.setWidget(sheet)


def _column(columns: QHBoxLayout) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(3 * GRID)
    columns.addLayout(column, 1)
    return column


class _Group(QWidget):
    def __init__(self, title: str, rows: list[tuple[str, str]]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(0, 1)
        heading = QLabel(title)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        grid.addWidget(heading, 0, 0, 1, 2)
        colours = tokens()
        for i, (text, keys) in enumerate(rows, start=1):
            label = QLabel(text)
            label.setWordWrap(True)
            key = QLabel(keys)
            key.setStyleSheet(
                f"background: {colours.window}; border: 1px solid {colours.border};"
                f"border-radius: 4px; padding: 2px 6px; color: {colours.muted};"
            )
            grid.addWidget(label, i, 0)
            grid.addWidget(key, i, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
