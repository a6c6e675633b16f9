"""Holding Alt anywhere in the window shows the bare paper."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

HOLD = 300
"""Milliseconds after which Alt was held to see the paper, not tapped for the menu."""


class AltPeek(QObject):
    """Watches the Alt key of a window.

    Key events that no widget takes reach the window, so watching it alone is enough and costs
    nothing for all other events of the program.

    Signals:
        held: Whether Alt is down.
    """

    held = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._window: QWidget | None = None
        self._down = False
        self._since = QElapsedTimer()
        self._focus: QWidget | None = None

    def watch(self, window: QWidget) -> None:
        """Watch a window instead of the one before."""
        if window is not self._window:
            if self._window is not None:
                self._window.removeEventFilter(self)
            self._window = window
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            # Alt with another key is a shortcut or a menu, not a look at the paper.
            self._set(event.key() == Qt.Key.Key_Alt)
        elif kind is QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Alt and not event.isAutoRepeat():
                if self._down and self._since.elapsed() >= HOLD:
                    # The menu bar takes the focus when Alt is released: it was not meant.
                    QTimer.singleShot(0, self, self._give_focus_back)
                self._set(False)
        elif kind is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # Alt with a letter opens a menu, which then has the keys: no release will come.
            if event.key() != Qt.Key.Key_Alt:
                self._set(False)
        elif kind in (QEvent.Type.WindowDeactivate, QEvent.Type.Hide):
            self._set(False)
        return super().eventFilter(watched, event)

    def _set(self, down: bool) -> None:
        if down != self._down:
            self._down = down
            if down:
                self._since.start()
                self._focus = QApplication.focusWidget()
            self.held.emit(down)

    def _give_focus_back(self) -> None:
        focus, self._focus = self._focus, None
        if focus is not None and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
