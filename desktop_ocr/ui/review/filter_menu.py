"""The filters of the list of lines as a menu, for the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop_ocr.ui.icons import icon
from desktop_ocr.ui.review.lines_panel import LinesPanel


class FilterMenu(QMenu):
    """An entry for each filter, with its count; choosing one clicks its button.

    Args:
        parent: The menu that it becomes part of.
        lines: The list with the buttons.
    """

    def __init__(self, parent: QMenu, lines: LinesPanel) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setIcon(icon("list-filter"))
        self._actions: list[QAction] = []
        for chip in lines.chips():
            action = self.addAction("")
            action.setCheckable(True)
            action.triggered.connect(chip.click)
            self._actions.append(action)
        self.insertSeparator(self._actions[-1])  # unreviewed goes together with the others
        self.aboutToShow.connect(self._follow)
        self._retranslate()
        parent.addMenu(self)

    def _retranslate(self) -> None:
        self.setTitle(self.tr("Li&nes listed"))

    def _follow(self) -> None:
        """Say what the buttons say now."""
        for action, chip in zip(self._actions, self._lines.chips(), strict=True):
            action.setText(chip.text())
            action.setChecked(chip.isChecked())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
