"""What the empty window offers to go on with, below its buttons."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_ocr.ui.action_button import ActionButton
from desktop_ocr.ui.actions import Actions
from desktop_ocr.ui.projects.offers import Offers, Recent
from desktop_ocr.ui.projects.projects import Projects
from desktop_ocr.ui.projects.sessions import Session
from desktop_ocr.ui.theme import GRID

MOST_SESSIONS = 3
MOST_RECENT = 4
"""More are in the menu."""


class WelcomeRows(QWidget):
    """Unnamed work and the projects that were open lately; hidden where there are none."""

    def __init__(self, projects: Projects, offers: Offers, commands: Actions) -> None:
        super().__init__()
        self._projects, self._offers, self._commands = projects, offers, commands
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 4 * GRID, 0, 0)
        self._layout.setSpacing(0)
        self.setMaximumWidth(80 * GRID)
        offers.changed.connect(self._fill)
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
        super().changeEvent(event)

    def _fill(self) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        sessions = self._offers.sessions[:MOST_SESSIONS]
        recent = self._offers.recent[:MOST_RECENT]
        self.setVisible(bool(sessions or recent))
        if sessions:
            self._add(_heading(self.tr("Unsaved work")))
            for session in sessions:
                self._add(self._session_row(session))
        if recent:
            if sessions:
                self._layout.addSpacing(2 * GRID)
            forget = ActionButton(self._commands["forget_recent"])
            forget.setProperty("link", True)
            self._add(_row(_heading(self.tr("Recent projects")), forget))
            for entry in recent:
                self._add(self._recent_row(entry))

    def _add(self, widget: QWidget) -> None:
        self._layout.addWidget(widget)

    def _session_row(self, session: Session) -> QWidget:
        words = self._offers.label(session)
        text = QLabel(words)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        go_on = self.tr("Rescue what is readable") if session.damaged else self.tr("Continue")
        buttons = []
        for label, act in (
            (go_on, partial(self._offers.go_on, session)),
            (self.tr("Delete"), partial(self._offers.delete, session)),
        ):
            button = _link(label)
            button.setAccessibleName(f"{label}: {words}")
            button.clicked.connect(lambda _checked=False, act=act: act())
            buttons.append(button)
        return _row(text, *buttons)

    def _recent_row(self, entry: Recent) -> QWidget:
        button = _link(entry.path.stem)
        button.setToolTip(str(entry.path))
        button.setEnabled(entry.is_there)
        found = [entry.path]
        button.clicked.connect(lambda _checked=False: self._projects.opener.open_found(found))
        note = QLabel(str(entry.path.parent) if entry.is_there else self.tr("not there any more"))
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setProperty("muted", True)
        note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(button)
        layout.addWidget(note, 1)
        return row


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def _link(text: str) -> QPushButton:
    button = QPushButton(text.replace("&", "&&"))
    button.setProperty("link", True)
    button.setAutoDefault(False)
    return button


def _row(text: QLabel, *buttons: QPushButton) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GRID)
    layout.addWidget(text, 1)
    for button in buttons:
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return row
