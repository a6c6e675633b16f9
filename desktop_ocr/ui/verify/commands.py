"""The command that opens group verification, and the way back to the page."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a person was: page, selected lines, caret, and whether it was in the text field."""

    page_id: str = ""
    line_ids: tuple[str, ...] = ()
    caret: int = 0
    in_text: bool = False


_NOWHERE = _Place()


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
        self._before = _NOWHERE
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
        self._before = self._here()
        self._window.workspace.put_over(self.view)
        self._window.follow()
        self.view.enter()

    def _note_later(self) -> None:
        self._window.projects.note_marks(**{LATER: self.later.as_json()})

    def _take_later(self, _opened: object) -> None:
        self.later.take_json(self._window.projects.keeper.options.get(LATER))

    def _go_back(self, occurrence: Occurrence | None) -> None:
        """Show the page again, where the person was or with the caret at a character."""
        window, document, view = self._window, self._document, self.view
        before, self._before = self._before, _NOWHERE
        window.workspace.put_over(None)
        window.follow()
        line = None if occurrence is None or view is None else view.session.fates.line(occurrence)
        if occurrence is None or view is None or line is None:
            self._go_to(before)
            return
        document.set_current_page(occurrence.page_id)
        document.select_line(line.id)
        window.review.editor.set_caret(view.place(occurrence))
        window.review.focus_editor()

    def _go_to(self, before: _Place) -> None:
        document, review = self._document, self._window.review
        if document.find_page(before.page_id) is not None:
            document.set_current_page(before.page_id)
            document.select_lines(before.line_ids)
        if not before.in_text:
            self._window.page_view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if document.selected_line_ids == before.line_ids:
            review.editor.set_caret(before.caret)
        review.focus_editor()

    def _here(self) -> _Place:
        """Return where the person is."""
        document, editor = self._document, self._window.review.editor
        page = document.current_page
        page_id = "" if page is None else page.id
        return _Place(page_id, document.selected_line_ids, editor.caret, editor.hasFocus())

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
