"""The steps of the history: named edits that can be taken back."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QUndoCommand

from desktop_ocr.document.edits import Edit, Group
from desktop_ocr.document.model import LineStatus
from desktop_ocr.errors import EditError
from desktop_ocr.ui.changes import Way, touched_pages

if TYPE_CHECKING:
    from desktop_ocr.ui.document_history import DocumentHistory


class Step(enum.Enum):
    """The steps of the history, named for the undo and redo commands."""

    EDIT_TEXT = QT_TRANSLATE_NOOP("Step", "edit text")
    REVIEW = QT_TRANSLATE_NOOP("Step", "mark as reviewed")
    UNREVIEW = QT_TRANSLATE_NOOP("Step", "mark as not reviewed")
    ILLEGIBLE = QT_TRANSLATE_NOOP("Step", "mark as illegible")
    MOVE = QT_TRANSLATE_NOOP("Step", "move box")
    ADD = QT_TRANSLATE_NOOP("Step", "add line")
    DELETE = QT_TRANSLATE_NOOP("Step", "delete lines")
    SPLIT = QT_TRANSLATE_NOOP("Step", "split line")
    MERGE = QT_TRANSLATE_NOOP("Step", "join lines")
    REORDER = QT_TRANSLATE_NOOP("Step", "change reading order")
    DELETE_PAGE = QT_TRANSLATE_NOOP("Step", "delete page")
    VERIFY_CORRECT = QT_TRANSLATE_NOOP("Step", "verify: correct a character")
    VERIFY_CONFIRM = QT_TRANSLATE_NOOP("Step", "verify: confirm characters")
    REPLACE = QT_TRANSLATE_NOOP("Step", "replace text")
    READ_LINES = QT_TRANSLATE_NOOP("Step", "read lines again")
    READ_PAGE = QT_TRANSLATE_NOOP("Step", "read page again")
    SIGN_OFF = QT_TRANSLATE_NOOP("Step", "sign off")
    TAKE_BACK_SIGN_OFF = QT_TRANSLATE_NOOP("Step", "take back the sign-off")
    NAME_REVIEWER = QT_TRANSLATE_NOOP("Step", "name the reviewer")

    def text(self) -> str:
        """Return the name in the language of the window."""
        return QCoreApplication.translate("Step", str(self.value))


STATUS_STEPS = {
    LineStatus.REVIEWED: Step.REVIEW,
    LineStatus.UNREVIEWED: Step.UNREVIEW,
    LineStatus.ILLEGIBLE: Step.ILLEGIBLE,
}

# Steps whose inverse speaks of places in the reading order: while one of them is in the history
# of a page, nothing but another step may change the number or order of that page's lines.
STRUCTURAL = {
    Step.ADD,
    Step.DELETE,
    Step.SPLIT,
    Step.MERGE,
    Step.REORDER,
    Step.READ_PAGE,
}

# Steps that may come while a person types (a commit would break into an input method), and the
# commits themselves.
KEEP_PENDING = {Step.EDIT_TEXT, Step.REVIEW, Step.READ_LINES, Step.READ_PAGE, Step.NAME_REVIEWER}


class EditCommand(QUndoCommand):
    """One step of the history: an edit while it is undone, its inverse while it is done.

    The edit is replaced by the inverse of its inverse on the way back, so that what the engine
    read in the meantime is restored by redo as well.
    """

    def __init__(
        self,
        controller: DocumentHistory,
        step: Step,
        page_id: str,
        edit: Edit,
        line_ids: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__()
        self.step = step
        self.page_id = page_id
        self.line_ids = line_ids
        self._controller = controller
        self._edit = edit
        self._inverse: Edit | None = None

    @property
    def pages(self) -> frozenset[str]:
        """The pages that this step changes; a step on characters may reach over several."""
        return touched_pages(self._edit)

    def redo(self) -> None:
        """Apply the edit; a step that no longer fits leaves the history."""
        try:
            way = Way.DONE if self._inverse is None else Way.REDONE
            self._inverse = self._controller.apply(self._edit, self.step, way)
        except EditError as error:
            self._controller.refuse(error)
            self.setObsolete(True)

    def undo(self) -> None:
        """Take it back; a step that no longer fits leaves the history."""
        if self._inverse is None:
            return
        try:
            self._edit = self._controller.apply(self._inverse, self.step, Way.UNDONE)
        except EditError as error:
            self._controller.refuse(error)
            self.setObsolete(True)

    def id(self) -> int:
        """Return 1 for the steps that may be joined (see mergeWith), -1 for the others."""
        return 1 if self.step in (Step.MOVE, Step.ADD, Step.SPLIT, Step.READ_LINES) else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in the new reading of the very boxes that this step moved, drew or cut.

        One undo then brings back box and text together.
        """
        if not isinstance(other, EditCommand) or other.step is not Step.READ_LINES:
            return False
        if self.step is Step.READ_LINES or not other.line_ids <= self.line_ids:
            return False
        if self._inverse is None or other._inverse is None:
            return False
        self._edit = Group((self._edit, other._edit))
        self._inverse = Group((other._inverse, self._inverse))
        return True
