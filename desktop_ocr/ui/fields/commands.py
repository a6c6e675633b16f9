"""The command that shows the fields, and the way from a value to its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from desktop_ocr.ui.main_window import MainWindow


class FieldsCommands(QObject):
    """One method for each command, by its id."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def show_fields(self, _checked: bool) -> None:
        """Show or hide the fields of the page."""
        self._window.follow()

    def edit_value(self, at: int) -> None:
        """Put the caret before a value in the text of its line.

        Args:
            at: Index into the text of the current line.
        """
        review = self._window.review
        review.editor.set_caret(at)
        review.focus_editor()
