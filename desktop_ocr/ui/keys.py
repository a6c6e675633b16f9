"""The keys of the commands: those of the table, or what a person chose instead."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from desktop_ocr.ui.commands import COMMANDS, Command
from desktop_ocr.ui.settings import Settings

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText
_BY_ID = {command.id: command for command in COMMANDS}
_NONE = "none"
"""In the settings: the command has no key."""

_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_META = Qt.KeyboardModifier.MetaModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier

# Keys with which a text field writes and moves its caret, whatever is held with them.
_EDITING = {
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_Backspace, Qt.Key.Key_Insert, Qt.Key.Key_Tab, Qt.Key.Key_Backtab,
    Qt.Key.Key_Escape,
}  # fmt: skip
# Those that are free with Ctrl.
_WRITING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete}
_CLIPBOARD = {
    Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Y, Qt.Key.Key_Z,
}  # fmt: skip


class Refusal(enum.Enum):
    """Why a key cannot be that of a command."""

    TYPES = enum.auto()  # it types a character
    TEXT = enum.auto()  # text fields need it
    SYSTEM = enum.auto()  # the system or the menus need it


class Keys:
    """Which keys each command has, kept in the settings.

    Args:
        settings: Where a person's choices are kept; None for the table's own keys.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings
        self._chosen: dict[str, tuple[QKeySequence, ...]] = {}
        for command in COMMANDS if settings is not None else ():
            text = settings.text(_setting(command.id)) if settings is not None else ""
            if text:
                found = [] if text == _NONE else QKeySequence.listFromString(text, _PORTABLE)
                self._chosen[command.id] = tuple(filter(_is_key, found))
        self._settle()

    def of(self, command_id: str) -> tuple[QKeySequence, ...]:
        """Return the keys of a command, the one that is shown first."""
        return self._chosen.get(command_id, usual(command_id))

    def shown(self, command_id: str) -> str:
        """Return the first key of a command as this system writes it; "" where it has none."""
        keys = self.of(command_id)
        return keys[0].toString(_NATIVE) if keys else ""

    def all_shown(self, command_id: str) -> str:
        """Return all keys of a command as this system writes them."""
        return " / ".join(key.toString(_NATIVE) for key in self.of(command_id))

    def is_changed(self, command_id: str) -> bool:
        """Say whether a person chose other keys than the table's."""
        return self.of(command_id) != usual(command_id)

    def choose(self, command_id: str, keys: Sequence[QKeySequence]) -> None:
        """Give a command these keys instead of all that it had."""
        self._chosen[command_id] = tuple(keys)
        if self._chosen[command_id] == usual(command_id):
            del self._chosen[command_id]
        self._keep(command_id)

    def move(self, command_id: str, key: QKeySequence) -> None:
        """Give a command a key, and take that from the commands that have it."""
        for other in self.owners(key, command_id):
            self.choose(other, [k for k in self.of(other) if k != key])
        self.choose(command_id, [key])

    def reset(self) -> None:
        """Give all commands the keys of the table again."""
        for command_id in list(self._chosen):
            self.choose(command_id, usual(command_id))

    def owners(self, key: QKeySequence, besides: str = "") -> list[str]:
        """Return the ids of the commands that have a key.

        Args:
            key: The key.
            besides: Id of a command that does not count.
        """
        return [c.id for c in COMMANDS if c.id != besides and key in self.of(c.id)]

    def in_window(self) -> frozenset[QKeySequence]:
        """Return the keys that are to reach the window from within a text field."""
        return frozenset(key for c in COMMANDS if not c.in_view for key in self.of(c.id))

    def _settle(self) -> None:
        """Let no key have two commands, of which none would act: what a person chose counts.

        A newer program may give to another command by itself what was chosen here before.
        """
        taken: set[QKeySequence] = set()
        for command_id in [*self._chosen, *(i for i in _BY_ID if i not in self._chosen)]:
            keys = self.of(command_id)
            free = tuple(key for key in keys if key not in taken)
            if free != keys:
                self._chosen[command_id] = free
            taken.update(free)

    def _keep(self, command_id: str) -> None:
        if self._settings is not None:
            keys = self._chosen.get(command_id)
            text = "" if keys is None else QKeySequence.listToString(list(keys), _PORTABLE) or _NONE
            self._settings.set_text(_setting(command_id), text)


def _setting(command_id: str) -> str:
    return f"keys/{command_id}"


def _is_key(key: QKeySequence) -> bool:
    return key.count() == 1 and key[0].key() != Qt.Key.Key_unknown  # type: ignore[index]


def usual(command_id: str) -> tuple[QKeySequence, ...]:
    """Return the keys that the table gives to a command."""
    return tuple(QKeySequence(key) for key in _BY_ID[command_id].keys)


def refusal(command: Command, key: QKeySequence) -> Refusal | None:
    """Say why a key cannot be that of a command; None where it can.

    Args:
        command: The command.
        key: One key with what is held with it.
    """
    if key in usual(command.id):
        return None
    pressed: QKeyCombination = key[0]  # type: ignore[index]
    modifiers = pressed.keyboardModifiers() & ~_KEYPAD
    held = modifiers & (_CTRL | _ALT | _META)
    if held & _META or held == _ALT:
        return Refusal.SYSTEM
    return _refused_in_text(command, pressed.key(), held)


def _refused_in_text(command: Command, key: Qt.Key, held: Qt.KeyboardModifier) -> Refusal | None:
    if key in _EDITING or (key in _WRITING and not held):
        return Refusal.TEXT
    if key in _CLIPBOARD and held == _CTRL:
        return Refusal.TEXT
    # What is no letter, digit or sign has a number of its own beyond Unicode.
    if not held and key < Qt.Key.Key_Escape and not command.in_view:
        return Refusal.TYPES
    # Space moves the page while it is held.
    return Refusal.TEXT if key == Qt.Key.Key_Space and not held else None


_in_force = Keys()


def put_in_force(keys: Keys) -> None:
    """Let these be the keys that all texts of the program tell."""
    global _in_force  # noqa: PLW0603 - like the language, there is one for the whole program
    _in_force = keys


def shown_key(command_id: str) -> str:
    """Return the first key of a command as this system writes it; "" where it has none."""
    return _in_force.shown(command_id)


def with_key(text: str, command_id: str) -> str:
    """Return a text with the key of a command in brackets, where it has one."""
    key = shown_key(command_id)
    return f"{text} ({key})" if key else text
