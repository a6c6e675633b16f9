"""The command that opens group verification, and the way back to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop_ocr.ui.commands import COMMANDS, Menu
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.verify.later import LATER, Later

if TYPE_CHECKING:
    from desktop_ocr.ui.main_window import MainWindow
    from desktop_ocr.ui.verify.groups import Occurrence
    from desktop_ocr.ui.verify.view import VerifyView

_OF_PAGE = {
    command.id
    for command in COMMANDS
    if command.menu in (Menu.EDIT, Menu.PAGE, Menu.REVIEW)
    or command.id.startswith(("zoom_", "fit_", "actual_", "read_page", "read_lines"))
} - {"undo", "redo", "verify_groups", "show_effort"}
"""What acts on the page or its lines, which cannot be seen beside the grid."""


class VerifyCommands(QObject):
    """One method for each command, by its id.

    Attributes:
        view: Groups and grid; None until they are wanted first.
        later: What was put off in the document.
    """

    def __init__(
        self, window: MainWindow, document: DocumentController, engine: EngineController
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._engine = window, document, engine
        self.view: VerifyView | None = None
        self.later = Later(document, self)
        self.later.changed.connect(self._note_later)
        window.projects.shown.connect(self._take_later)

    def verify_groups(self, checked: bool) -> None:
        """Show characters of the same reading side by side, or go back to the page."""
        if not checked:
            if self.view is not None:
                self.view.leave()
            return
        if self.view is None:
            from desktop_ocr.ui.verify.view import VerifyView

            self.view = VerifyView(self._document, self._engine, self.later)
            self.view.left.connect(self._go_back)
            self._document.replaced.connect(self.view.leave)
            for child in self.view.findChildren(QWidget):
                child.setAcceptDrops(False)  # the window takes every drop
        self._window.workspace.put_over(self.view)
        self._window.follow()
        self.view.enter()

    def _note_later(self) -> None:
        self._window.projects.note_marks(**{LATER: self.later.as_json()})

    def _take_later(self, _opened: object) -> None:
        self.later.take_json(self._window.projects.keeper.options.get(LATER))

    def _go_back(self, occurrence: Occurrence | None) -> None:
        """Show the page again, with the caret at the character that was looked at."""
        window, document, view = self._window, self._document, self.view
        window.workspace.put_over(None)
        window.follow()
        line = None if occurrence is None or view is None else view.session.fates.line(occurrence)
        if occurrence is None or view is None or line is None:
            window.page_view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        document.set_current_page(occurrence.page_id)
        document.select_line(line.id)
        window.review.editor.set_caret(view.place(occurrence))
        window.review.focus_editor()

    def restrict(self) -> None:
        """While the grid is shown, disable what acts on the page behind it."""
        commands, view = self._window.commands, self.view
        shown = view is not None and self._window.workspace.over is view
        if view is not None and view.session.is_open and not shown:
            view.session.close()  # the last page went while it was shown
        commands["verify_groups"].setChecked(shown)
        if shown:
            for command_id in _OF_PAGE:
                commands[command_id].setEnabled(False)

    def release(self) -> None:
        """Let go of all pictures and wait for the thread that cuts them."""
        if self.view is not None:
            self.view.release()
