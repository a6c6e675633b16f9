"""The list of all commands with their keys, which can be changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.ui.actions import Actions
from desktop_ocr.ui.commands import COMMANDS, Command, Menu, plain, translated
from desktop_ocr.ui.keys import Refusal, refusal, usual
from desktop_ocr.ui.theme import GRID

_BY_ID = {command.id: command for command in COMMANDS}
_ID_ROLE = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 3 * GRID + 4

_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class KeysEditor(QWidget):
    """Commands by menu; Enter on one waits for its new key.

    Attributes:
        search: Lists only the commands that hold its text.
        tree: The commands.
        catcher: Waits for a key.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions, self._keys = actions, actions.keys
        self._wanted: QKeySequence | None = None  # a key that another command has
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.tree = _Tree(self)
        self.catcher = KeyCatcher(self)
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        self.move_key = QPushButton(self)
        self.no_key = QPushButton(self)
        self.reset_one = QPushButton(self)
        self.reset_all = QPushButton(self)
        self._lay_out()
        self._connect()
        self._fill()
        self._retranslate()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.catcher, 1)
        for button in (self.move_key, self.no_key, self.reset_one, self.reset_all):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addLayout(buttons)
        column.addWidget(self._note)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._to_tree)
        self.tree.chosen.connect(self._wait_for_key)
        self.tree.cleared.connect(self._take_keys_away)
        self.tree.currentItemChanged.connect(self._show_current)
        self.catcher.caught.connect(self._take)
        self.catcher.given_up.connect(self._to_tree)
        self.move_key.clicked.connect(self._move)
        self.no_key.clicked.connect(self._take_keys_away)
        self.reset_one.clicked.connect(self._reset_one)
        self.reset_all.clicked.connect(self._reset_all)

    # --- the list -------------------------------------------------------------------------

    def _fill(self) -> None:
        self._items: dict[str, QTreeWidgetItem] = {}
        self._menus: dict[Menu, QTreeWidgetItem] = {}
        for menu in Menu:
            commands = [c for c in COMMANDS if c.menu is menu]
            if commands:
                top = self._menus[menu] = QTreeWidgetItem(self.tree)
                top.setFlags(Qt.ItemFlag.ItemIsEnabled)
                top.setFirstColumnSpanned(True)
                font = top.font(0)
                font.setBold(True)
                top.setFont(0, font)
                top.setSizeHint(0, QSize(0, ROW_HEIGHT))
                for command in commands:
                    item = self._items[command.id] = QTreeWidgetItem(top)
                    item.setData(0, _ID_ROLE, command.id)
        self.tree.expandAll()
        self.tree.setCurrentItem(next(iter(self._items.values())))

    def _show_keys(self) -> None:
        for menu, top in self._menus.items():
            top.setText(0, plain(translated(menu.value)))
        for command_id, item in self._items.items():
            item.setText(0, plain(translated(_BY_ID[command_id].text)))
            item.setText(1, self._keys.all_shown(command_id))
            changed = self._keys.is_changed(command_id)
            item.setText(2, self.tr("changed") if changed else "")
            font = item.font(1)
            font.setBold(changed)
            item.setFont(1, font)
        self._filter(self.search.text())

    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        for top in self._menus.values():
            shown = 0
            for i in range(top.childCount()):
                item = top.child(i)
                told = f"{item.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(word in told for word in wanted))
                shown += not item.isHidden()
            top.setHidden(not shown)
        current = self.tree.currentItem()
        if current is None or current.isHidden():
            left = (item for item in self._items.values() if not item.isHidden())
            self.tree.setCurrentItem(next(left, None))  # type: ignore[arg-type]

    def current(self) -> Command | None:
        """Return the command that is chosen in the list."""
        item = self.tree.currentItem()
        command_id = None if item is None else item.data(0, _ID_ROLE)
        return _BY_ID.get(command_id) if command_id else None

    def choose(self, command_id: str) -> None:
        """Choose a command in the list."""
        self.tree.setCurrentItem(self._items[command_id])

    def _to_tree(self) -> None:
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_current(self) -> None:
        command = self.current()
        self._wanted = None
        self.say("")
        self.catcher.setEnabled(command is not None)
        self.move_key.hide()
        self.no_key.setEnabled(command is not None and bool(self._keys.of(command.id)))
        changed = command is not None and self._keys.is_changed(command.id)
        self.reset_one.setEnabled(changed)
        self.reset_all.setEnabled(any(self._keys.is_changed(i) for i in self._items))
        self.catcher.show_key("" if command is None else self._keys.all_shown(command.id))

    # --- keys -----------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Say why a key cannot be taken, or what became of it."""
        self._note.setText(text)

    def said(self) -> str:
        """Return what is said."""
        return self._note.text()

    def _wait_for_key(self) -> None:
        if self.current() is not None:
            self.catcher.wait()

    def _take(self, key: QKeySequence) -> None:
        command = self.current()
        if command is None:
            return
        self._show_current()
        refused = refusal(command, key)
        if refused is not None:
            self.say(self._reason(refused).format(key=key.toString(_NATIVE)))
            self.catcher.wait()
            return
        owners = self._keys.owners(key, command.id)
        if not owners:
            self._keys.choose(command.id, [key])
            self._follow()
            self._to_tree()
            return
        name = plain(translated(_BY_ID[owners[0]].text))
        self._wanted = key
        self.say(
            self.tr("{key} is the key of “{command}”.").format(
                key=key.toString(_NATIVE), command=name
            )
        )
        self.move_key.show()
        self.move_key.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self) -> None:
        command, key = self.current(), self._wanted
        if command is not None and key is not None:
            self._keys.move(command.id, key)
            self._follow()
            self._to_tree()

    def _take_keys_away(self) -> None:
        command = self.current()
        if command is not None:
            self._keys.choose(command.id, [])
            self._follow()

    def _reset_one(self) -> None:
        command = self.current()
        if command is None:
            return
        keys = usual(command.id)
        taken = [i for key in keys for i in self._keys.owners(key, command.id)]
        self._keys.choose(command.id, [k for k in keys if not self._keys.owners(k, command.id)])
        self._follow()
        self._to_tree()
        if taken:
            name = plain(translated(_BY_ID[taken[0]].text))
            self.say(self.tr("“{command}” keeps the key that it was given.").format(command=name))

    def _reset_all(self) -> None:
        self._keys.reset()
        self._follow()
        self._to_tree()

    def _follow(self) -> None:
        self._actions.follow_keys()
        self._show_keys()
        self._show_current()

    def _reason(self, refused: Refusal) -> str:
        if refused is Refusal.TYPES:
            return self.tr("{key} types a character: hold Ctrl with it.")
        if refused is Refusal.TEXT:
            return self.tr("{key} is needed for writing or moving: choose another key.")
        return self.tr("{key} belongs to the system and the menus: choose another key.")

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Search commands and keys"))
        self.search.setAccessibleName(self.tr("Search commands and keys"))
        self.tree.setAccessibleName(self.tr("Commands and their keys"))
        self.tree.setHeaderLabels([self.tr("Command"), self.tr("Keys"), ""])
        self.catcher.setAccessibleName(self.tr("New key"))
        self.catcher.set_hint(self.tr("Press the new key (Esc: leave as it is)"))
        self.move_key.setText(self.tr("Move it here"))
        self.no_key.setText(self.tr("No key"))
        self.reset_one.setText(self.tr("Reset"))
        self.reset_all.setText(self.tr("Reset all keys"))
        self._show_keys()
        self._show_current()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()


_NATIVE = QKeySequence.SequenceFormat.NativeText


class KeyCatcher(QLineEdit):
    """Takes the next key as it is pressed, whatever it would do elsewhere.

    Signals:
        caught: The key with what was held with it.
        given_up: Esc was pressed, or the keyboard went elsewhere.
    """

    caught = Signal(QKeySequence)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMinimumWidth(24 * GRID)
        self._waiting = False
        self._shown = ""
        self._hint = ""

    def set_hint(self, text: str) -> None:
        """Set what is shown while a key is waited for."""
        self._hint = text
        self._tell()

    def show_key(self, text: str) -> None:
        """Show the keys of the chosen command."""
        self._waiting, self._shown = False, text
        self._tell()

    def wait(self) -> None:
        """Take the keyboard and wait for a key."""
        self._waiting = True
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _tell(self) -> None:
        self.setText(self._hint if self._waiting else self._shown)

    def event(self, event: QEvent) -> bool:
        if self._waiting and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()  # no command may act on it
                return True
            if event.type() is QEvent.Type.KeyPress:  # before Tab moves the focus
                self.keyPressEvent(event)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self._waiting:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                self.wait()
                event.accept()
            else:
                super().keyPressEvent(event)
            return
        event.accept()
        if key in _MODIFIERS or key == Qt.Key.Key_unknown:
            return
        self._waiting = False
        self._tell()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape and not held:
            self.given_up.emit()
            return
        if key == Qt.Key.Key_Backtab:
            key = Qt.Key.Key_Tab
        elif held & Qt.KeyboardModifier.ShiftModifier and Qt.Key.Key_Exclam <= key <= Qt.Key.Key_At:
            # Shift with a digit or sign gives another sign; the table names that sign alone.
            held &= ~Qt.KeyboardModifier.ShiftModifier
        self.caught.emit(QKeySequence(QKeyCombination(held, key)))

    def mousePressEvent(self, event: object) -> None:
        self.wait()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._waiting:
            self._waiting = False
            self._tell()


class _Tree(QTreeWidget):
    """Enter or a click asks for a key, Delete for none.

    Signals:
        chosen: A key is to be chosen for the current command.
        cleared: It is to have none.
    """

    chosen = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setColumnCount(3)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.itemDoubleClicked.connect(lambda _item, _column: self.chosen.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()
