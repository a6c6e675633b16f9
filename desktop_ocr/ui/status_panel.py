"""The line at the bottom of the window: how far the review is, how far reading is, zoom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer
from PySide6.QtWidgets import (
    QLabel,
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
from desktop_ocr.ui.reading_progress import ReadingProgress
from desktop_ocr.ui.review.navigation import doubtful_rank
from desktop_ocr.ui.sign_off.signed_mark import SignedIcon
from desktop_ocr.ui.sign_off.words import signed_by
from desktop_ocr.ui.theme import GRID

_NOTE_MS = 6_000


class StatusPanel(QStatusBar):
    """Page, review and progress in words.

    Args:
        document: What the words are about.
        reading: Shows how far reading is.
    """

    def __init__(
        self, document: DocumentController, reading: ReadingProgress, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._zoom_factor = 1.0
        self._project = ""
        self.setSizeGripEnabled(False)
        self._state = QLabel()
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._state.setContentsMargins(GRID, 0, 0, 0)
        self._signed = SignedIcon()
        self._zoom = QLabel()
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._zoom.setMinimumWidth(6 * GRID)
        self._zoom.setContentsMargins(0, 0, GRID, 0)
        self._private = QToolButton()
        self._private.setIcon(icon("shield-check"))
        self._private.setAutoRaise(True)
        self._private.clicked.connect(self._say_private)
        self.addWidget(self._signed)
        self.addWidget(self._state, 1)
        self.addPermanentWidget(reading)
        self.addPermanentWidget(self._zoom)
        self.addPermanentWidget(self._private)

        # Lines come in bursts while a page is read; one sentence for all of them is enough.
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self.refresh)
        for signal in (
            document.lines_changed,
            document.line_changed,
            document.texts_changed,
            document.page_state_changed,
            document.current_page_changed,
            document.current_line_changed,
            document.page_added,
            document.page_removed,
            document.doubt_changed,
            document.replaced,
            document.undo_stack.cleanChanged,
        ):
            signal.connect(self._refresh_soon)
        self.refresh()

    def set_zoom(self, factor: float) -> None:
        """Show the scale of the page (1.0 is one pixel of the page on one of the screen)."""
        self._zoom_factor = factor
        self._zoom.setText(f"{round(100 * factor)} %")

    def set_project(self, sentence: str) -> None:
        """Say how the document stands to the disk, and where in a queue it is."""
        if sentence != self._project:
            self._project = sentence
            self._refresh_soon()

    def note(self, text: str) -> None:
        """Say something for a moment; what ends with "…" is under way and stays until "" comes."""
        if text:
            self.showMessage(text, 0 if text.endswith("…") else _NOTE_MS)
        else:
            self.clearMessage()

    def _refresh_soon(self, *_ids: object) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Say again how things stand."""
        self._zoom.setVisible(self._document.current_page is not None)
        told = [self.sentence()]
        self._state.setText(told[0])
        page = self._document.current_page
        if page is not None:
            told += [self.document_sentence(), doubt_sentence(self._document.doubt)]
        self._state.setToolTip("\n".join(told))
        self._signed.setVisible(page is not None and page.sign_off is not None)
        private = self.tr("Everything stays on this computer: the program never uses the network.")
        self._private.setToolTip(private)
        self._private.setAccessibleName(private)

    def sentence(self) -> str:
        """Return what the bar says about the document."""
        page = self._document.current_page
        if page is None:
            nothing = self.tr("Nothing is open")
            return f"{nothing}  ·  {self._project}" if self._project else nothing
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
            parts.append(self._doubt_left())
        if page.sign_off is not None:
            parts.append(signed_by(page.sign_off))
        if self._project:
            parts.append(self._project)
        return "  ·  ".join(parts)

    def _doubt_left(self) -> str:
        """Return how many lines are doubtful on all pages, and which of them the current one is."""
        left = self._document.document_counts().doubtful
        rank = doubtful_rank(self._document)
        several = len(self._document.document.pages) > 1  # what stands before is of this page
        if not rank and several:
            return self.tr("%n doubtful left on all pages", "", left)
        if not rank:
            return self.tr("%n doubtful left", "", left)
        if several:
            text = self.tr("{number} of %n doubtful left on all pages", "", left)
        else:
            text = self.tr("{number} of %n doubtful left", "", left)
        return text.format(number=QLocale().toString(rank))

    def document_sentence(self) -> str:
        """Return how far the review of all pages is."""
        locale, pages = QLocale(), self._document.document.pages
        counts = self._document.document_counts()
        signed = sum(page.sign_off is not None for page in pages)
        parts = (
            self.tr("{reviewed} of %n line(s) reviewed", "", counts.lines).format(
                reviewed=locale.toString(counts.reviewed)
            ),
            self.tr("%n doubtful left", "", counts.doubtful),
            self.tr("{signed} of %n page(s) signed off", "", len(pages)).format(
                signed=locale.toString(signed)
            ),
        )
        return self.tr("Document: {facts}").format(facts="  ·  ".join(parts))

    def _say_private(self) -> None:
        """Say by a key or a click what the pointer is told by the tool tip."""
        at = self._private.mapToGlobal(self._private.rect().topLeft())
        QToolTip.showText(at, self._private.toolTip(), self._private)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
            if not self.currentMessage().endswith("…"):  # what is under way is told to its end
                self.clearMessage()
        super().changeEvent(event)
