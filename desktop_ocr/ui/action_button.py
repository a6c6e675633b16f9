"""A push button that does what a command does."""

from __future__ import annotations

from PySide6.QtGui import QAction, QIcon, QPalette
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_ocr.ui.icons import icon


class ActionButton(QPushButton):
    """Follows its action in text, tool tip and whether it is possible.

    Args:
        action: The command.
        primary: This is what the person most likely wants here.
        icon_name: A line icon in the colour of the button's text; "" for none.
        short: Show the short text of the toolbar.
    """

    def __init__(
        self,
        action: QAction,
        *,
        primary: bool = False,
        icon_name: str = "",
        short: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._action = action
        self._short = short
        self.setProperty("primary", primary)
        if icon_name:
            role = QPalette.ColorRole.HighlightedText if primary else QPalette.ColorRole.ButtonText
            self.setIcon(icon(icon_name, role))
        else:
            self.setIcon(QIcon())
        self.clicked.connect(action.trigger)
        action.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Take over how the command is now."""
        # Letters to press with Alt belong to the menus; here they would be two of a kind.
        text = self._action.iconText() if self._short else self._action.property("button")
        self.setText(str(text))
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
