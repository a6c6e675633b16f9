"""What could not be opened or read: rows below the list of pages that stay until it worked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.errors import ModelError, PictureDiffersError, PictureMissingError
from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.failure import Failure
from desktop_ocr.ui.icons import icon, icon_pixmap
from desktop_ocr.ui.theme import GRID, tokens

MOST_HEIGHT = 32 * GRID
"""Beyond this height, in device-independent pixels, the rows scroll."""

_SAID_ELSEWHERE = (ModelError, PictureMissingError, PictureDiffersError)
"""The same for every page, or asked about in a row of its own."""

Key = tuple[str, Path | None, int]


class FailedFiles(QWidget):
    """One row for each file or page that failed, with its reason and a way to try again.

    Signals:
        changed: There are other rows now.
    """

    changed = Signal()

    def __init__(self, document: DocumentController, before: QWidget) -> None:
        """Show nothing yet.

        Args:
            document: Whose pages tell what worked.
            before: What has the keyboard before the rows.
        """
        super().__init__()
        self._document, self._before = document, before
        self._retry: Callable[[Failure], None] = lambda failure: None
        self._rows: dict[Key, _Row] = {}
        self._title = QLabel()
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, GRID)
        layout.setSpacing(GRID // 2)
        self._title.setContentsMargins(GRID, 0, GRID, 0)
        layout.addWidget(self._title)
        layout.addWidget(self._scroll)
        document.page_added.connect(self._page_came)
        document.page_removed.connect(self._page_went)
        document.page_state_changed.connect(self._page_changed)
        document.page_image_ready.connect(self._page_changed)
        document.replaced.connect(self.clear)
        self._retranslate()
        self.hide()

    def watch(self, engine: EngineController) -> None:
        """List what fails from now on."""
        engine.failure.connect(self.add)
        self._retry = engine.retry

    @property
    def failures(self) -> list[Failure]:
        """What is listed, oldest first."""
        return [row.failure for row in self._rows.values()]

    def add(self, failure: Failure) -> None:
        """List a failure that can be tried again."""
        if isinstance(failure.error, _SAID_ELSEWHERE) or not (failure.page_id or failure.path):
            return
        self._remove(_key(failure))
        row = _Row(failure, self._try_again, self._dismiss)
        self._rows[_key(failure)] = row
        self._column.addWidget(row)
        self._follow()

    def clear(self) -> None:
        """Take all rows away."""
        for key in list(self._rows):
            self._remove(key)

    def _try_again(self, failure: Failure) -> None:
        self._remove(_key(failure))
        self._retry(failure)

    def _dismiss(self, failure: Failure) -> None:
        self._remove(_key(failure))

    def _remove(self, key: Key) -> None:
        row = self._rows.pop(key, None)
        if row is not None:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
            self._follow()

    def _page_came(self, page_id: str) -> None:
        source = self._document.page_source(page_id)
        for key, row in list(self._rows.items()):
            failure = row.failure
            if not failure.page_id and (failure.path, failure.page) == (source.path, source.page):
                self._remove(key)

    def _page_went(self, page_id: str) -> None:
        for key, row in list(self._rows.items()):
            if row.failure.page_id == page_id:
                self._remove(key)

    def _page_changed(self, page_id: str) -> None:
        if self._document.page_state(page_id) is not PageState.FAILED:
            self._page_went(page_id)

    def _follow(self) -> None:
        self.setVisible(bool(self._rows))
        self._fit()
        self._retranslate()
        last = self._before
        for row in self._rows.values():  # new widgets would come after all others
            self.setTabOrder(last, row.again)
            self.setTabOrder(row.again, row.close_button)
            last = row.close_button
        self.changed.emit()

    def _fit(self) -> None:
        width = max(self.width(), 15 * GRID)
        wanted = sum(row.heightForWidth(width) for row in self._rows.values())
        self._scroll.setFixedHeight(min(wanted, MOST_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Not opened or read"))
        self._title.setText(self.tr("%n failed", "", len(self._rows)))
        for row in self._rows.values():
            row.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._retranslate()
            self._fit()


class _Row(QWidget):
    """One file or page."""

    def __init__(
        self,
        failure: Failure,
        try_again: Callable[[Failure], None],
        dismiss: Callable[[Failure], None],
    ) -> None:
        super().__init__()
        self.failure = failure
        name = Path(failure.subject).name
        self._name = _Elided(f"{name} · {failure.page}" if failure.page > 1 else name)
        self._name.setToolTip(failure.subject)
        self._reason = QLabel()
        self._reason.setProperty("muted", True)
        self._reason.setWordWrap(True)
        self._reason.setTextFormat(Qt.TextFormat.PlainText)
        self.again = QPushButton()
        self.again.setProperty("link", True)
        self.again.clicked.connect(lambda: try_again(failure))
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("x"))
        self.close_button.setAutoRaise(True)
        self.close_button.clicked.connect(lambda: dismiss(failure))
        head = QHBoxLayout()
        head.setSpacing(GRID // 2)
        head.addWidget(_Mark())
        head.addWidget(self._name, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID // 2, GRID // 2, GRID // 2)
        column.setSpacing(GRID // 2)
        column.addLayout(head)
        column.addWidget(self._reason)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.retranslate()

    def retranslate(self) -> None:
        """Show the reason in the language of the window."""
        reason, again = error_text(self.failure.error), self.tr("Try again")
        dismiss = self.tr("Dismiss")
        self._reason.setText(reason)
        self.again.setText(again)
        self.again.setAccessibleName(f"{again}: {self._name.text()}")
        self.close_button.setToolTip(dismiss)
        self.close_button.setAccessibleName(f"{dismiss}: {self._name.text()}")
        self.setAccessibleName(f"{self._name.text()}: {reason}")


class _Elided(QLabel):
    """A name that loses its middle where there is no room."""

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * GRID, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(tokens().colour("text"))
        mode = Qt.TextElideMode.ElideMiddle
        text = self.fontMetrics().elidedText(self.text(), mode, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)


class _Mark(QWidget):
    """The sign of a failure; its shape tells, not only its colour."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(18, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = tokens().colour("error")
        pixmap = icon_pixmap("triangle-alert", 18, self.devicePixelRatioF(), colour)
        painter.drawPixmap(0, 0, pixmap)


def _key(failure: Failure) -> Key:
    return failure.page_id, None if failure.page_id else failure.path, failure.page
