"""The table of what checking took, beside the window while one works."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.ui.dialogs.sizing import fit_screen
from desktop_ocr.ui.effort.counts import Effort
from desktop_ocr.ui.theme import GRID

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class EffortDialog(QDialog):
    """Keystrokes, corrections and active time of each page that was worked at.

    Args:
        counting: Whether effort is counted.

    Signals:
        switched: Counting was switched on (True) or off.
        cleared: The person wants to start over.
        export_requested: The table is wanted as a file.
        needed: The dialog shows itself and needs what there is to show.
    """

    switched = Signal(bool)
    cleared = Signal()
    export_requested = Signal()
    needed = Signal()

    def __init__(self, counting: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[tuple[int, Effort]] = []
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._note.setProperty("muted", True)
        self.table = QTableWidget(0, 5)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setStyleSheet(f"QTableWidget::item {{ padding: 0 {GRID}px; }}")
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultAlignment(_RIGHT)
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMinimumHeight(10 * GRID)
        self.counting = QCheckBox()
        self.counting.setChecked(counting)
        self.clear = QPushButton()
        self.export = QPushButton()
        self.close_button = QPushButton()
        for button in (self.clear, self.export, self.close_button):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.counting)
        buttons.addStretch(1)
        for button in (self.clear, self.export, self.close_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self._note)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._empty, 1)
        layout.addLayout(buttons)
        fit_screen(self, 84 * GRID, 50 * GRID)
        self.counting.toggled.connect(self.switched)
        self.clear.clicked.connect(self.cleared)
        self.export.clicked.connect(self.export_requested)
        self.close_button.clicked.connect(self.close)
        # A second is soon enough: with each key the table would compete with the text field.
        self._soon = QTimer(self, singleShot=True, interval=1000)
        self._soon.timeout.connect(self.needed)
        self._retranslate()

    def refresh_soon(self) -> None:
        """Ask for new figures within a second, if anybody can see them."""
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        self.needed.emit()
        super().showEvent(event)

    def show_pages(self, pages: Sequence[tuple[int, Effort]]) -> None:
        """Show the pages that were worked at.

        Args:
            pages: Number of the page and what it took, in the order of the document.
        """
        self._pages = list(pages)
        locale = QLocale()
        rows = [(locale.toString(number), effort) for number, effort in self._pages]
        if len(rows) > 1:
            total = sum((effort for _number, effort in rows), Effort())
            rows.append((self.tr("Together"), total))
        self.table.setRowCount(len(rows))
        for i, (name, effort) in enumerate(rows):
            ratio = effort.keystrokes_per_correction
            cells = (
                name,
                locale.toString(effort.keystrokes),
                locale.toString(effort.corrections),
                "–" if ratio is None else locale.toString(ratio, ord("f"), 1),
                duration(effort.seconds),
            )
            for j, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_RIGHT)
                font = item.font()
                font.setBold(len(rows) > 1 and i == len(rows) - 1)
                item.setFont(font)
                self.table.setItem(i, j, item)
        for widget in (self.clear, self.export):
            widget.setEnabled(bool(rows))
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.show_pages(self._pages)
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Effort"))
        self._note.setText(
            self.tr(
                "Counted on this computer: numbers only, no text and no names. Pauses of more "
                "than 30 seconds are left out. A character put in by an input method counts as "
                "one keystroke."
            )
        )
        self._empty.setText(self.tr("Nothing was counted yet."))
        self.table.setAccessibleName(self.tr("Effort of each page"))
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("Page"),
                self.tr("Keystrokes"),
                self.tr("Corrections"),
                self.tr("Per correction"),
                self.tr("Active time"),
            ]
        )
        self.counting.setText(self.tr("&Count effort"))
        self.clear.setText(self.tr("&Start over"))
        self.export.setText(self.tr("&Export as CSV…"))
        self.close_button.setText(self.tr("Close"))


def duration(seconds: float) -> str:
    """Return a time as minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
