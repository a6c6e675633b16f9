"""What a person changed in the current line against the reading: shown, and taken back."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_ocr.document.compare import Difference, changes
from desktop_ocr.ui.review.line_form import LineForm


class Changes(QObject):
    """Keeps the row of changes at the text, and brings back what was read.

    What is brought back is put into the text field as if it were typed: it can be taken back
    there, and becomes one step of the history when the line is left.

    Args:
        form: Row and text field of the current line.
    """

    def __init__(self, form: LineForm) -> None:
        super().__init__(form)
        self._form, self._editor = form, form.editor
        self._editor.edited.connect(self.refresh)
        form.changes.restore_requested.connect(self._restore)
        form.changes.restore.clicked.connect(self.restore_line)

    def show_changes(self, shown: bool) -> None:
        """Show the row above the text field, or hide it."""
        self._form.changes.setVisible(shown)
        self.refresh()

    def refresh(self) -> None:
        """Compare again."""
        if not self._form.changes.isHidden() and not self._editor.composing:
            found = self._found()
            self._form.changes.show_line(
                self._editor.text(), found or (), was_read=found is not None
            )

    def restore_at_caret(self) -> None:
        """Bring back what was read where the caret stands, else in the next change of the line."""
        found = self._asked()
        if found:
            caret = self._editor.caret
            following = (i for i, d in enumerate(found) if d.end >= caret)
            self._restore(next(following, 0))

    def restore_line(self) -> None:
        """Bring back the whole line as it was read."""
        line = self._editor.line
        if self._asked() and line is not None:
            self._editor.replace_text(line.machine_text)
            self._editor.setFocus()

    def _restore(self, number: int) -> None:
        found = self._found()
        if found and number < len(found) and not self._editor.composing:
            d = found[number]
            self._editor.replace_characters(d.start, d.end, d.other)
            self._editor.setFocus()

    def _asked(self) -> tuple[Difference, ...]:
        """Return the changes; where there are none, say so."""
        found = self._found()
        if self._editor.composing or self._editor.line is None:
            return ()
        if not found:
            self._form.changes.show_line("", (), was_read=found is not None)
            self._editor.hint(self._form.changes.sentence())
            self.refresh()
        return found or ()

    def _found(self) -> tuple[Difference, ...] | None:
        """Return where the text differs from what was read; None where nothing was read."""
        line = self._editor.line
        if line is None or not (line.raw_text or line.characters):
            return None
        return changes(self._editor.text(), line.machine_text)
