"""Sees that a key was pressed, never which: filters on windows, not on the application.

A filter in Python on the whole application would be asked for every event of every object and
would wait for the interpreter's lock each time, while a page is read. A window's own QWindow gets
each key once, before any shortcut and any widget, and little else.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QDialog, QWidget

_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_POINTER = (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Watch(QObject):
    """Tells of keys and clicks in a window, its popups and its tool windows; takes none away.

    Modal dialogs are left out: a file's name typed into one corrects nothing.

    Args:
        window: The window.

    Signals:
        acted: A number of keystrokes, or 0 for a click.
    """

    acted = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._on = False
        self._field: QObject | None = None

    def set_on(self, on: bool) -> None:
        """Watch, or stop watching."""
        if on == self._on:
            return
        self._on = on
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        if on:
            app.focusWindowChanged.connect(self._watch_window)
            app.focusObjectChanged.connect(self._watch_field)
            self._watch_window(app.focusWindow())
            self._watch_field(app.focusObject())
        else:
            app.focusWindowChanged.disconnect(self._watch_window)
            app.focusObjectChanged.disconnect(self._watch_field)
            self._watch_field(None)

    def _watch_window(self, window: QWindow | None) -> None:
        if window is not None and self._is_ours(QWidget.find(window.winId())):
            window.installEventFilter(self)  # once: a filter that is there moves to the front

    def _watch_field(self, focus: QObject | None) -> None:
        """Watch what an input method writes into, for as long as it has the keyboard."""
        if self._field is not None:
            self._field.removeEventFilter(self)
            self._field.destroyed.disconnect(self._forget_field)
        self._field = None
        if (
            isinstance(focus, QWidget)
            and focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
            and self._is_ours(focus)
        ):
            self._field = focus
            focus.installEventFilter(self)
            focus.destroyed.connect(self._forget_field)

    def _forget_field(self, _object: QObject | None = None) -> None:
        self._field = None

    def _is_ours(self, widget: QWidget | None) -> bool:
        """Say whether a widget is the window, in it, or in a window that belongs to it."""
        while widget is not None and widget is not self._window:
            if isinstance(widget, QDialog) and widget.isModal():
                return False
            widget = widget.parentWidget()
        return widget is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._on:
            kind = event.type()
            if kind is QEvent.Type.InputMethod:
                if watched is self._field and isinstance(event, QInputMethodEvent):
                    count = len(event.commitString())
                    if count:
                        self.acted.emit(count)
            elif watched is self._field:
                pass  # its keys came through the window already
            elif kind is QEvent.Type.ShortcutOverride:
                # Comes once for each key, before it becomes a shortcut or goes to a widget.
                if (
                    isinstance(event, QKeyEvent)
                    and not event.isAutoRepeat()
                    and event.key() not in _MODIFIERS
                ):
                    self.acted.emit(1)
            elif kind in _POINTER:
                self.acted.emit(0)
        return False
