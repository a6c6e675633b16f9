"""Commands of the text: find and replace, illegible places, changes, own words, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from desktop_ocr.ui.main_window import MainWindow


class TextCommands(QObject):
    """One method for each of these commands, by its id."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def find(self) -> None:
        """Open the bar for finding, or come back to it."""
        self._window.search.open(replacing=False)

    def replace(self) -> None:
        """Open the bar for replacing, or come back to it."""
        self._window.search.open(replacing=True)

    def mark_place_illegible(self) -> None:
        """Put □ in the place of the selected characters, or of the one at the caret."""
        self._window.review.mark_place_illegible()

    def show_changes(self, checked: bool) -> None:
        """Show what was changed against the machine's reading, or hide it."""
        self._window.review.changes.show_changes(checked)

    def restore_change(self) -> None:
        """Bring back what was read where the caret stands."""
        self._window.review.changes.restore_at_caret()

    def restore_reading(self) -> None:
        """Bring back the whole line as it was read."""
        self._window.review.changes.restore_line()

    def add_word(self) -> None:
        """Add the selected word, or the one at the caret, to the person's own list."""
        self._window.words.add_word()

    def show_settings(self) -> None:
        """Show the settings."""
        self._window.show_settings()
