"""The one question when the window is closed with corrections that were not exported."""

from __future__ import annotations

import enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_ocr.ui.theme import GRID


class Answer(enum.Enum):
    """What the person wants."""

    EXPORT = "export"
    DISCARD = "discard"
    CANCEL = "cancel"


class ClosingDialog(QDialog):
    """Asks without holding up the program.

    Signals:
        answered: An :class:`Answer`; once.
    """

    answered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(self.tr("Close"))
        self._answer = Answer.CANCEL
        self.heading = QLabel(self.tr("Your corrections have not been exported yet."))
        font = self.heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        font.setBold(True)
        self.heading.setFont(font)
        detail = QLabel(self.tr("They are lost if you close the window now."))
        self.buttons: dict[Answer, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(GRID)
        # To throw work away stands apart from the two that keep it.
        for answer, text in (
            (Answer.DISCARD, self.tr("Discard")),
            (Answer.CANCEL, self.tr("Cancel")),
            (Answer.EXPORT, self.tr("Export…")),
        ):
            button = QPushButton(text)
            button.setAutoDefault(answer is Answer.EXPORT)
            button.clicked.connect(lambda _checked=False, answer=answer: self._choose(answer))
            self.buttons[answer] = button
            row.addWidget(button)
            if answer is Answer.DISCARD:
                row.addStretch(1)
        self.buttons[Answer.EXPORT].setDefault(True)
        self.buttons[Answer.EXPORT].setFocus(Qt.FocusReason.OtherFocusReason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.heading)
        layout.addWidget(detail)
        layout.addSpacing(2 * GRID)
        layout.addLayout(row)
        self.setMinimumWidth(52 * GRID)
        self.finished.connect(self._tell)

    def _choose(self, answer: Answer) -> None:
        self._answer = answer
        self.accept()

    def _tell(self) -> None:
        self.answered.emit(self._answer)
