"""How far reading is, in the status bar: in words, as a bar, with pause and stop."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from desktop_ocr.ui.reading_queue import Progress
from desktop_ocr.ui.theme import GRID

SECOND = 1000
"""Milliseconds after which the time that is left is said again."""


class ReadingProgress(QWidget):
    """Hidden while there is nothing to wait for.

    Args:
        pause: The command that pauses and goes on.
        stop: The command that stops.
    """

    def __init__(self, pause: QAction, stop: QAction) -> None:
        super().__init__()
        self._progress = Progress()
        self._text = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(16 * GRID)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, GRID, 0)
        row.setSpacing(GRID)
        row.addWidget(self._text)
        row.addWidget(self._bar)
        for action, style in (
            (pause, Qt.ToolButtonStyle.ToolButtonIconOnly),
            (stop, Qt.ToolButtonStyle.ToolButtonTextBesideIcon),
        ):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setToolButtonStyle(style)
            row.addWidget(button)
        self._left = 0.0
        self._second = QTimer(self, interval=SECOND)
        self._second.timeout.connect(self._count_down)
        self.hide()

    def show_progress(self, progress: Progress) -> None:
        """Show how far reading is."""
        self._progress = progress
        self._left = progress.seconds_left or 0.0
        # For a single page the bar would stand at nothing until the end, so it just moves;
        # what is paused does not move.
        single = progress.total <= 1 and not progress.paused
        self._bar.setRange(0, 0 if single else max(progress.total, 1))
        self._bar.setValue(progress.done)
        if progress.seconds_left is None or progress.paused:
            self._second.stop()
        elif not self._second.isActive():
            self._second.start()
        self._say()

    def show_busy(self, busy: bool) -> None:
        """Show that there is something to wait for, or nothing any more."""
        self.setVisible(busy)
        if not busy:
            self._second.stop()

    def text(self) -> str:
        """Return what is said."""
        return self._text.text()

    def _count_down(self) -> None:
        self._left = max(self._left - SECOND / 1000, 0.0)
        self._say()

    def _say(self) -> None:
        progress, locale = self._progress, QLocale()
        if progress.total > 1:
            number = locale.toString(min(progress.done + 1, progress.total))
            pages = locale.toString(progress.total)
            said = self.tr("Paused at page {number} of {pages}")
            if not progress.paused:
                said = self.tr("Reading page {number} of {pages}")
            text = said.format(number=number, pages=pages)
        elif progress.paused:
            text = self.tr("Reading is paused")
        elif progress.total == 1:
            text = self.tr("Reading…")
        else:
            text = self.tr("Opening…")
        if progress.seconds_left is not None and progress.total > 1:
            text += "  ·  " + self._time_left()
        self._text.setText(text)
        self._bar.setAccessibleName(text)

    def _time_left(self) -> str:
        minutes = round(self._left / 60)
        if minutes < 1:
            return self.tr("less than a minute left")
        if minutes < 60:
            return self.tr("about %n minute(s) left", "", minutes)
        return self.tr("about %n hour(s) left", "", round(minutes / 60))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)
