"""Menu bar and toolbar, made from the table of commands."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QIcon, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from desktop_ocr.ui.action_button import ActionButton
from desktop_ocr.ui.actions import Actions
from desktop_ocr.ui.commands import COMMANDS, SPLIT_BUTTONS, TOOLBAR, Menu
from desktop_ocr.ui.icons import icon

_ICON_SIZE = 20

_Value = TypeVar("_Value", bound=Hashable)


def menus(window: QMainWindow, commands: Actions) -> Mapping[Menu, QMenu]:
    """Fill the menu bar of a window; the titles are set by whoever translates it."""
    result: dict[Menu, QMenu] = {}
    for kind in Menu:
        menu = QMenu(window)
        for action, separated in commands.of_menu(kind):
            if separated:
                menu.addSeparator()
            menu.addAction(action)
        window.menuBar().addMenu(menu)
        result[kind] = menu
    return result


def choice_menu(
    parent: QMenu,
    icon_name: str,
    values: Sequence[_Value],
    current: _Value,
    choose: Callable[[QAction], None],
) -> tuple[QMenu, dict[_Value, QAction]]:
    """Add a menu of which exactly one entry is checked.

    Args:
        parent: The menu that it becomes part of.
        icon_name: Name of a line icon; "" for none.
        values: What can be chosen; the data of the entries.
        current: What is chosen now.
        choose: Called with the entry that a person chooses.

    Returns:
        The menu, and its entries by value; the texts are set by whoever translates them.
    """
    menu = parent.addMenu(icon(icon_name) if icon_name else QIcon(), "")
    group = QActionGroup(menu)
    entries: dict[_Value, QAction] = {}
    for value in values:
        action = QAction(menu)
        action.setCheckable(True)
        action.setChecked(value == current)
        action.setData(value)
        group.addAction(action)
        menu.addAction(action)
        entries[value] = action
    group.triggered.connect(choose)
    return menu, entries


class CommandBar(QToolBar):
    """A toolbar whose buttons show their texts where all of it has room, else only icons."""

    def __init__(self) -> None:
        self._icons_only = True  # until there is something to fit
        super().__init__()
        self._with_text: list[QToolButton] = []

    def show_text(self, button: QToolButton) -> None:
        """Let a button show its text beside its icon."""
        self._with_text.append(button)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kind = QEvent.Type
        if event.type() in (kind.LanguageChange, kind.FontChange, kind.StyleChange):
            self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        # A button has become wider: its text is another, or the theme has come. Only ever to
        # icons here, for each change asks for another layout.
        wider = event.type() is QEvent.Type.LayoutRequest and not self._icons_only
        if wider and self.sizeHint().width() > self.width():
            self._fit()
        return done

    def _fit(self) -> None:
        for icons_only, style in (
            (False, Qt.ToolButtonStyle.ToolButtonTextBesideIcon),
            (True, Qt.ToolButtonStyle.ToolButtonIconOnly),
        ):
            self._icons_only = icons_only
            for button in self._with_text:
                button.setToolButtonStyle(style)
            if self.sizeHint().width() <= self.width():
                return


def tool_bar(commands: Actions) -> QToolBar:
    """Make the toolbar: groups of commands, and export at the right end."""
    bar = CommandBar()
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setIconSize(QSize(_ICON_SIZE, _ICON_SIZE))
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    with_text = {command.id for command in COMMANDS if command.short}
    for number, group in enumerate(TOOLBAR):
        if number:
            bar.addSeparator()
        for command_id in group:
            bar.addAction(commands[command_id])
            button = bar.widgetForAction(commands[command_id])
            assert isinstance(button, QToolButton)
            if command_id in with_text:
                bar.show_text(button)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if command_id in SPLIT_BUTTONS:
                menu = QMenu(button)
                menu.addActions([commands[i] for i in SPLIT_BUTTONS[command_id]])
                button.setMenu(menu)
                button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
                # The style sheet asked for it when the button came: there is room for an arrow now.
                button.style().unpolish(button)
                button.style().polish(button)
    space = QWidget()
    space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    bar.addWidget(space)
    export = ActionButton(commands["export"], primary=True, icon_name="file-output", short=True)
    export.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    bar.addWidget(export)
    return bar
