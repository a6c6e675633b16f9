"""A row above the page that asks for the reviewer's name; nobody has to answer."""

from __future__ import annotations

import getpass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton

from desktop_ocr.ui.icons import icon
from desktop_ocr.ui.theme import GRID

LONGEST_NAME = 80
"""Characters of a name; it stands in every export."""


class ReviewerRow(QFrame):
    """Asks who reviews.

    Signals:
        named: A person gave a name; never empty.
        dismissed: A person does not want to give one.
    """

    named = Signal(str)
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reviewer")
        self._question = QLabel()
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST_NAME)
        self.field.setFixedWidth(24 * GRID)
        self._question.setBuddy(self.field)
        self.account = QPushButton()
        self._take = QPushButton()
        self._close = QToolButton()
        self._close.setIcon(icon("x"))
        self._close.setAutoRaise(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID)
        for widget in (self._question, self.field, self._take, self.account):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._close)
        self.field.returnPressed.connect(self._answer)
        self._take.clicked.connect(self._answer)
        self.account.clicked.connect(self._take_account)
        self._close.clicked.connect(self._dismiss)
        self._account = ""
        self._retranslate()
        self.hide()

    def ask(self, name: str, *, focus: bool) -> None:
        """Show the row.

        Args:
            name: The name so far.
            focus: Give it the keyboard; else whoever types goes on undisturbed.
        """
        self._account = _account()
        self.account.setVisible(self._account not in ("", name))
        if self.isHidden():  # else what somebody types stays
            self.field.setText(name)
        self._retranslate()
        self.show()
        if focus:
            self.field.selectAll()
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _answer(self) -> None:
        name = " ".join(self.field.text().split())
        if name:
            self.hide()
            self.named.emit(name)
        else:
            self._dismiss()

    def _take_account(self) -> None:
        self.field.setText(self._account)
        self._answer()

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._dismiss()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._question.setText(self.tr("Who is reviewing?"))
        self._question.setToolTip(
            self.tr("The name is kept on this computer and stands beside what you confirm.")
        )
        self.field.setAccessibleName(self.tr("Reviewer's name"))
        self.field.setPlaceholderText(self.tr("Name"))
        self._take.setText(self.tr("Use this name"))
        self.account.setText(self.tr("Use “{name}”").format(name=self._account.replace("&", "&&")))
        self.account.setToolTip(self.tr("Your name on this computer"))
        self._close.setAccessibleName(self.tr("Review without a name"))
        self._close.setToolTip(self.tr("Review without a name (Esc)"))


def _account() -> str:
    """Return the name under which the person is logged in; "" where the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
