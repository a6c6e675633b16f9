"""Messages that do not stop anybody: rows above the page, one for each thing that went wrong."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.ui.icons import icon, icon_pixmap
from desktop_ocr.ui.theme import GRID, tokens

VISIBLE_ROWS = 3
LOW = 600
"""In a window below this height, one row is visible: the page needs the room."""

GONE_AFTER_MS = 12_000


class MessageKind(enum.Enum):
    """What a message is; the value is its icon and the colour token of its mark."""

    ERROR = ("circle-alert", "error")
    SUCCESS = ("circle-check", "reviewed")
    NOTE = ("info", "accent")
    OFFER = ("clock", "accent")


@dataclass(frozen=True, slots=True)
class Message:
    """One row of the bar.

    Attributes:
        kind: Successes and notes go by themselves after a while, errors and offers stay.
        text: One sentence.
        subject: The file or page it is about, shown first; "" for none.
        action: Text of a button; "" for none.
        on_action: What the button does; the row goes then.
        other: Text of a second button; "" for none.
        on_other: What that one does; the row goes then.
        detail: Full path of the subject for the tool tip.
        retell: Says the same in the language of the window now; see :func:`spoken`.
    """

    kind: MessageKind
    text: str
    subject: str = ""
    action: str = ""
    on_action: Callable[[], None] | None = None
    detail: str = ""
    other: str = ""
    on_other: Callable[[], None] | None = None
    retell: Callable[[], Message] | None = None

    @property
    def is_brief(self) -> bool:
        """Whether it goes by itself."""
        return self.kind in (MessageKind.SUCCESS, MessageKind.NOTE)


def spoken(make: Callable[[], Message]) -> Message:
    """Return a message that follows the language of the window, as long as it is shown."""
    return replace(make(), retell=make)


class MessageBar(QFrame):
    """The rows, newest first; hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messages")
        self._rows: list[_Row] = []
        self._list = QWidget()
        self._list.setObjectName("messageList")
        self._layout = QVBoxLayout(self._list)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("messageScroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard goes to the buttons
        self._scroll.setWidget(self._list)
        for see_through in (self._list, self._scroll.viewport()):
            see_through.setAutoFillBackground(False)
        self._scroll.setStyleSheet("QScrollArea { background: transparent; }")
        self._summary = QLabel()
        self._dismiss = QPushButton()
        self._dismiss.setProperty("chip", True)
        self._dismiss.clicked.connect(self.clear)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(2 * GRID, GRID // 2, GRID, 0)
        head.addWidget(self._summary, 1)
        head.addWidget(self._dismiss)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._scroll)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._arrange()

    @property
    def messages(self) -> list[Message]:
        """The messages that are shown, newest first."""
        return [row.message for row in self._rows]

    def show_message(self, message: Message) -> None:
        """Add a row at the top; one that says the same goes."""
        for row in list(self._rows):
            if (row.message.text, row.message.detail, row.message.subject) == (
                message.text,
                message.detail,
                message.subject,
            ):
                self._remove(row)
        row = _Row(message, self._remove, self._list)
        self._rows.insert(0, row)
        self._layout.insertWidget(0, row)
        self._arrange()

    def take_back(self, message: Message) -> None:
        """Take a row away that holds no longer."""
        for row in list(self._rows):
            if row.origin is message:
                self._remove(row)

    def clear(self) -> None:
        """Take all rows away."""
        for row in list(self._rows):
            self._remove(row)

    def _remove(self, row: _Row) -> None:
        if row in self._rows:
            self._rows.remove(row)
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
            self._arrange()

    def _arrange(self) -> None:
        self.setVisible(bool(self._rows))
        most = VISIBLE_ROWS if self.window().height() >= LOW else 1
        several = len(self._rows) > most
        self._head.setVisible(several)
        self._summary.setText(self.tr("%n message(s)", "", len(self._rows)))
        self._dismiss.setText(self.tr("Dismiss all"))
        shown = self._rows[:most]
        height = sum(row.height_in(self._scroll.viewport().width()) for row in shown)
        if height != self._scroll.height():
            self._scroll.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()  # a long text has more lines in a narrow window

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for row in list(self._rows):
                row.follow_language()
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._arrange()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        painter.fillRect(self.rect(), colours.colour("surface"))
        painter.setPen(colours.colour("border"))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())


class _Row(QWidget):
    """One message.

    Attributes:
        message: What is shown.
        origin: The message as it came, perhaps in another language.
    """

    def __init__(
        self, message: Message, remove: Callable[[_Row], None], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.message = self.origin = message
        self._remove = remove
        self._buttons: dict[str, QPushButton] = {}
        layout = self._parts = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        layout.setSpacing(GRID)
        layout.addWidget(_Mark(message.kind))
        self._subject = subject = QLabel(message.subject)
        if message.subject:
            font = subject.font()
            font.setBold(True)
            subject.setFont(font)
            subject.setTextFormat(Qt.TextFormat.PlainText)
            subject.setToolTip(message.detail)
            layout.addWidget(subject)
        self._text = text = QLabel(message.text)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setWordWrap(True)
        text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        text.setToolTip(message.text)
        layout.addWidget(text, 1)
        for name, words, act in (
            ("messageAction", message.action, message.on_action),
            ("messageOther", message.other, message.on_other),
        ):
            if words:
                button = QPushButton(words)
                button.setObjectName(name)
                button.setProperty("link", True)
                button.clicked.connect(lambda _checked=False, act=act: self._do(act))
                layout.addWidget(button)
                self._buttons[name] = button
        self.setAccessibleName(f"{message.subject} {message.text}".strip())
        close = self._dismiss = QToolButton()
        close.setIcon(icon("x"))
        close.setAutoRaise(True)
        self._retranslate()
        close.clicked.connect(self._close)
        layout.addWidget(close)
        if message.is_brief:
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.timeout.connect(self._close)
            timer.start(GONE_AFTER_MS)

    def height_in(self, width: int) -> int:
        """Return how high the row is where it is as wide as this."""
        height = self._parts.heightForWidth(width) if width > 0 else 0
        return max(height, self.minimumSizeHint().height())

    def follow_language(self) -> None:
        """Say the same in the language of the window; what cannot and goes soon goes now."""
        if self.origin.retell is not None:
            self.message = message = self.origin.retell()
            self._subject.setText(message.subject)
            self._text.setText(message.text)
            self._text.setToolTip(message.text)
            for name, words in (("messageAction", message.action), ("messageOther", message.other)):
                if name in self._buttons:
                    self._buttons[name].setText(words)
            self.setAccessibleName(f"{message.subject} {message.text}".strip())
        elif self.message.is_brief and not self._buttons:
            self._close()

    def _retranslate(self) -> None:
        self._dismiss.setAccessibleName(self.tr("Dismiss"))
        self._dismiss.setToolTip(self.tr("Dismiss"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _act(self) -> None:
        self._do(self.message.on_action)

    def _do(self, act: Callable[[], None] | None) -> None:
        self._remove(self)
        if act is not None:
            act()

    def _close(self) -> None:
        self._remove(self)


class _Mark(QWidget):
    """The icon of a message in the colour of its kind."""

    def __init__(self, kind: MessageKind) -> None:
        super().__init__()
        self._icon, self._colour = kind.value
        self.setFixedSize(QSize(20, 20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = tokens().colour(self._colour)
        painter.drawPixmap(0, 0, icon_pixmap(self._icon, 20, self.devicePixelRatioF(), colour))
