"""Commands of the text: find and replace, illegible places, changes, own words, settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.message_bar import Message, MessageKind
from desktop_ocr.ui.own_words import add_own_word, can_add, remove_own_word, word_at

if TYPE_CHECKING:
    from desktop_ocr.ui.main_window import MainWindow


class TextCommands(QObject):
    """One method for each of these commands, by its id.

    Args:
        window: The window.
        document: Its document.
        engine: Where the terms come from.
        name_reviewer: Takes over the name of the person who reviews.
    """

    def __init__(
        self,
        window: MainWindow,
        document: DocumentController,
        engine: EngineController,
        name_reviewer: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._engine = window, document, engine
        self._name_reviewer = name_reviewer
        self._replaced: Message | None = None  # offers to take the last step back

    def start(self) -> None:
        """Connect the parts of the window, which are built after the commands."""
        window = self._window
        window.workspace.search.replaced.connect(self._say_replaced)
        window.workspace.search.progressed.connect(self._say_progress)
        self._document.undo_stack.indexChanged.connect(self._drop_replaced)
        self._engine.preparation.lexicon_loaded.connect(window.review.others.set_lexicon)
        window.commands.keys_changed.connect(self._follow_keys)
        window.review.editor.set_keys(window.commands.keys.in_window())

    def _follow_keys(self) -> None:
        self._window.review.editor.set_keys(self._window.commands.keys.in_window())
        # Buttons and sentences tell keys, as they tell everything else in a language.
        QCoreApplication.sendEvent(self._window, QEvent(QEvent.Type.LanguageChange))

    def find(self) -> None:
        """Open the bar for finding, or come back to it."""
        self._window.workspace.search.open(replacing=False)

    def replace(self) -> None:
        """Open the bar for replacing, or come back to it."""
        self._window.workspace.search.open(replacing=True)

    def find_next(self) -> None:
        """Go to the next place that was found."""
        self._window.workspace.search.step(1)

    def find_previous(self) -> None:
        """Go to the place before that was found."""
        self._window.workspace.search.step(-1)

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
        editor = self._window.review.editor
        if editor.line is None or editor.composing:
            return
        word = word_at(editor.text(), *editor.selection())
        if not can_add(word):
            editor.hint(self.tr("Select the word first: Shift with the arrow keys"))
            return
        try:
            added = add_own_word(word)
        except DesktopOcrError as error:
            self._say_failed(error)
            return
        if not added:
            self._window.note(self.tr("“{word}” is in your own list already.").format(word=word))
            return
        text = self.tr("“{word}” is in your own list now; it counts for the next page read.")
        undo = self.tr("Undo")
        self._window.messages.show_message(
            Message(
                MessageKind.SUCCESS,
                text.format(word=word),
                action=undo,
                on_action=lambda: self._remove_word(word),
            )
        )

    def _remove_word(self, word: str) -> None:
        try:
            remove_own_word(word)
        except DesktopOcrError as error:
            self._say_failed(error)
        else:
            text = self.tr("“{word}” is no longer in your own list.")
            self._window.note(text.format(word=word))

    def _say_failed(self, error: DesktopOcrError) -> None:
        self._window.messages.show_message(Message(MessageKind.ERROR, error_text(error)))

    def _say_progress(self, part: float) -> None:
        told = self.tr("Replacing: {percent} %, Esc cancels…").format(percent=round(100 * part))
        self._window.status.note(told if part < 1 else "")

    def _say_replaced(self, count: int) -> None:
        text, undo = self.tr("Replaced in %n line(s).", "", count), self.tr("Undo")
        self._replaced = Message(
            MessageKind.SUCCESS, text, action=undo, on_action=self._document.undo
        )
        self._window.messages.show_message(self._replaced)

    def _drop_replaced(self, _index: int) -> None:
        """Take back the offer to undo a replacement once another step is the last."""
        if self._replaced is not None:
            self._window.messages.take_back(self._replaced)
            self._replaced = None

    def show_settings(self) -> None:
        """Show the settings."""
        from desktop_ocr.ui.dialogs.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._window, self._document.reviews.reviewer)
        dialog.named.connect(self._name_reviewer)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
