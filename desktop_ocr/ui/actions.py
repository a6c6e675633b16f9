"""The commands as actions of the window, and the sheet of their shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from desktop_ocr.ui.commands import (
    BOX_MENU,
    COMMANDS,
    WIDGET_KEYS,
    Menu,
    Need,
    plain,
    translated,
)
from desktop_ocr.ui.icons import icon
from desktop_ocr.ui.keys import Keys, put_in_force


class Actions(QObject):
    """The commands as QActions of the main window.

    Args:
        parent: The main window.
        handlers: What each command does, by its id; all ids must be there.
        keys: Which keys they have; all texts of the program tell these from now on.

    Attributes:
        keys: The keys; :meth:`follow_keys` takes up what is changed in them.

    Signals:
        keys_changed: Commands have other keys.
    """

    keys_changed = Signal()

    def __init__(
        self, parent: QObject, handlers: Mapping[str, Callable[..., object]], keys: Keys
    ) -> None:
        super().__init__(parent)
        self.keys = keys
        put_in_force(keys)
        self._actions: dict[str, QAction] = {}
        for command in COMMANDS:
            action = QAction(parent)
            action.setObjectName(command.id)
            action.setCheckable(command.checkable)
            action.setShortcuts(list(keys.of(command.id)))
            scope = Qt.ShortcutContext
            action.setShortcutContext(
                scope.WidgetShortcut if command.in_view else scope.WindowShortcut
            )
            if command.icon:
                action.setIcon(icon(command.icon))
                # In a menu its place is that of the check mark.
                action.setIconVisibleInMenu(not command.checkable)
            action.triggered.connect(handlers[command.id])
            self._actions[command.id] = action
        self.retranslate()

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def of_menu(self, menu: Menu) -> list[tuple[QAction, bool]]:
        """Return the actions of a menu and whether a separator stands before each."""
        return [(self._actions[c.id], c.separated) for c in COMMANDS if c.menu is menu]

    def of_view(self) -> list[QAction]:
        """Return the actions whose keys act only in the page view."""
        return [self._actions[c.id] for c in COMMANDS if c.in_view]

    def of_box(self) -> list[QAction]:
        """Return the further commands of the menu of a box."""
        return [self._actions[command_id] for command_id in BOX_MENU]

    def enable(self, possible: set[Need]) -> None:
        """Enable exactly the commands whose need is met."""
        for command in COMMANDS:
            self._actions[command.id].setEnabled(
                command.need is Need.ALWAYS or command.need in possible
            )

    def follow_keys(self) -> None:
        """Take up the keys that a person chose."""
        for command_id, action in self._actions.items():
            action.setShortcuts(list(self.keys.of(command_id)))
        self.retranslate()
        self.keys_changed.emit()

    def retranslate(self) -> None:
        """Show all texts in the language of the window."""
        for command in COMMANDS:
            action = self._actions[command.id]
            text = translated(command.text)
            action.setText(text)
            # The blank keeps the words of the toolbar away from their icons.
            action.setIconText(f" {translated(command.short) or plain(text)}")
            action.setProperty("button", plain(text) + ("…" if "…" in text else ""))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{plain(text)} ({keys})" if keys else plain(text))


def shortcut_sheet(keys: Keys) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the sheet of shortcuts: for each menu its commands that have keys.

    Args:
        keys: Which keys the commands have.
    """
    sheet: list[tuple[str, list[tuple[str, str]]]] = []
    extra = dict(WIDGET_KEYS)
    for menu in Menu:
        rows = []
        for command in COMMANDS:
            shown = [
                key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys.of(command.id)
            ]
            if command.menu is menu and shown:
                rows.append((plain(translated(command.text)), " / ".join(dict.fromkeys(shown[:2]))))
        rows += [(translated(text), _native(keys)) for text, keys in extra.get(menu, ())]
        if rows:
            sheet.append((plain(translated(menu.value)), rows))
    return sheet


_KEY_NAMES = {
    "Arrows": QT_TRANSLATE_NOOP("Commands", "arrow keys"),
    "Click": QT_TRANSLATE_NOOP("Commands", "click"),
    "Wheel": QT_TRANSLATE_NOOP("Commands", "wheel"),
    "Space": QT_TRANSLATE_NOOP("Commands", "space"),
    "Drag": QT_TRANSLATE_NOOP("Commands", "drag"),
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
}


def _native(keys: str) -> str:
    return " / ".join("+".join(map(_key_name, part.split("+"))) for part in keys.split(" / "))


def _key_name(key: str) -> str:
    if key in _KEY_NAMES:
        return translated(_KEY_NAMES[key])
    if key in ("Ctrl", "Shift", "Alt"):
        return key
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
