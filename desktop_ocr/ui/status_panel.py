"""The line at the bottom of the window: how far the review is, how far reading is, zoom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QStatusBar,
    QToolButton,
    QToolTip,
    QWidget,
)

from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.doubt import doubt_sentence
from desktop_ocr.ui.icons import icon
from desktop_ocr.ui.theme import GRID


class StatusPanel(QStatusBar):
    """Page, review and progress in words.

    Args:
        document: What the words are about.
        cancel: The command behind the stop button.
    """

    def __init__(
        self, document: DocumentController, cancel: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._progress = (0, 0)
        self._zoom_factor = 1.0
        self.setSizeGripEnabled(False)
        self._state = QLabel()
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._state.setContentsMargins(GRID, 0, 0, 0)
        self._reading = QWidget()
        self._reading_text = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(20 * GRID)
        self._stop = QToolButton()
        self._stop.setDefaultAction(cancel)
        self._stop.setAutoRaise(True)
        self._stop.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        row = QHBoxLayout(self._reading)
        row.setContentsMargins(0, 0, GRID, 0)
        row.setSpacing(GRID)
        row.addWidget(self._reading_text)
        row.addWidget(self._bar)
        row.addWidget(self._stop)
        self._reading.hide()
        self._zoom = QLabel()
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._zoom.setMinimumWidth(6 * GRID)
        self._zoom.setContentsMargins(0, 0, GRID, 0)
        self._private = QToolButton()
        self._private.setIcon(icon("shield-check"))
        self._private.setAutoRaise(True)
        self._private.clicked.connect(self._say_private)
        self.addWidget(self._state, 1)
        self.addPermanentWidget(self._reading)
        self.addPermanentWidget(self._zoom)
        self.addPermanentWidget(self._private)

        # Lines come in bursts while a page is read; one sentence for all of them is enough.
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self.refresh)
        for signal in (
            document.lines_changed,
            document.line_changed,
            document.page_state_changed,
            document.current_page_changed,
            document.page_added,
            document.page_removed,
            document.doubt_changed,
            document.undo_stack.cleanChanged,
        ):
            signal.connect(self._refresh_soon)
        self.refresh()

    def set_progress(self, done: int, total: int) -> None:
        """Show how many pages are read; 0 of 0 hides the bar unless the window is busy."""
        self._progress = (done, total)
        # For a single page the bar would stand at nothing until the end, so it just moves.
        self._bar.setRange(0, 0 if total in (0, 1) else total)
        self._bar.setValue(done)
        self._retranslate_progress()

    def set_busy(self, busy: bool) -> None:
        """Show or hide the progress."""
        self._reading.setVisible(busy)

    def set_zoom(self, factor: float) -> None:
        """Show the scale of the page (1.0 is one pixel of the page on one of the screen)."""
        self._zoom_factor = factor
        self._zoom.setText(f"{round(100 * factor)} %")

    def _refresh_soon(self, *_ids: object) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Say again how things stand."""
        self._zoom.setVisible(self._document.current_page is not None)
        self._state.setText(self.sentence())
        self._state.setToolTip(
            f"{self.sentence()}\n{doubt_sentence(self._document.doubt)}"
            if self._document.current_page
            else self.sentence()
        )
        private = self.tr("Everything stays on this computer: the program never uses the network.")
        self._private.setToolTip(private)
        self._private.setAccessibleName(private)

    def sentence(self) -> str:
        """Return what the bar says about the document."""
        page = self._document.current_page
        if page is None:
            return self.tr("Nothing is open")
        locale = QLocale()
        parts = [
            self.tr("Page {number} of {pages}").format(
                number=locale.toString(self._document.page_index() + 1),
                pages=locale.toString(len(self._document.document.pages)),
            )
        ]
        state = self._document.page_state(page.id)
        if page.lines:
            reviewed = sum(line.status is not LineStatus.UNREVIEWED for line in page.lines)
            parts.append(
                self.tr("{reviewed} of %n line(s) reviewed", "", len(page.lines)).format(
                    reviewed=locale.toString(reviewed)
                )
            )
        match state:
            case PageState.WAITING:
                parts.append(self.tr("waiting to be read"))
            case PageState.READING:
                parts.append(self.tr("being read…"))
            case PageState.FAILED:
                parts.append(self.tr("reading failed"))
            case PageState.CANCELLED:
                parts.append(self.tr("reading was stopped"))
            case PageState.DONE if not page.lines:
                parts.append(self.tr("no text was found"))
        if state is not PageState.READING and page.lines:
            doubtful = sum(self._document.is_doubtful(line) for line in page.lines)
            parts.append(self.tr("%n doubtful left", "", doubtful))
        if self._document.is_modified:
            parts.append(self.tr("not exported yet"))
        return "  ·  ".join(parts)

    def _say_private(self) -> None:
        """Say by a key or a click what the pointer is told by the tool tip."""
        at = self._private.mapToGlobal(self._private.rect().topLeft())
        QToolTip.showText(at, self._private.toolTip(), self._private)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
            self._retranslate_progress()
        super().changeEvent(event)

    def _retranslate_progress(self) -> None:
        done, total = self._progress
        if total > 1:
            text = self.tr("Reading page {number} of {pages}").format(
                number=min(done + 1, total), pages=total
            )
        elif total == 1:
            text = self.tr("Reading…")
        else:
            text = self.tr("Opening…")
        self._reading_text.setText(text)
