"""What an export would take along unreviewed, in words; counted without holding up the window."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from desktop_ocr.document.model import LineStatus, Page
from desktop_ocr.engine.correct.critical import CriticalKind
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.i18n import sentences
from desktop_ocr.ui.icons import icon_pixmap
from desktop_ocr.ui.review.hints import Hints, kind_names, listed
from desktop_ocr.ui.theme import GRID, tokens

_SLICE_S = 0.01
"""So long the window may wait for the counting at a time."""


class OpenWork(QWidget):
    """Lines that nobody has reviewed, and the critical places in them.

    Signals:
        show_critical: The person wants to see these places.
    """

    show_critical = Signal()

    def __init__(self, document: DocumentController, hints: Hints) -> None:
        super().__init__()
        self._document, self._hints = document, hints
        self._pages: list[Page] = []
        self._found: Counter[CriticalKind] = Counter()
        self._rest: Iterator[None] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        self.lines = QLabel()
        self.lines.setWordWrap(True)
        self._mark = _Warning()
        self.critical = QLabel()
        self.critical.setWordWrap(True)
        self.show_them = QPushButton()
        self.show_them.setAutoDefault(False)
        self.show_them.clicked.connect(self.show_critical)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.lines, 0, 0, 1, 3)
        grid.addWidget(self._mark, 1, 0)
        grid.addWidget(self.critical, 1, 1)
        grid.addWidget(self.show_them, 1, 2)

    def count(self, pages: Sequence[Page]) -> None:
        """Count what is open on the pages that are to be exported."""
        self._pages = list(pages)
        self._found.clear()
        self._rest = self._walk()
        self._timer.start()
        self._tell()
        self._go_on()

    def _walk(self) -> Iterator[None]:
        for page in self._pages:
            counts = self._document.counts(page.id)
            if counts.reviewed < counts.lines:
                for line in list(page.lines):
                    if line.status is LineStatus.UNREVIEWED:
                        places = self._hints.critical(line)
                        self._found.update(place.kind for place in places)
                    yield

    def _go_on(self) -> None:
        end = time.monotonic() + _SLICE_S
        for _ in self._rest:
            if time.monotonic() > end:
                break
        else:
            self._timer.stop()
        self._tell_critical()

    @property
    def is_counting(self) -> bool:
        """Whether there is more to be counted."""
        return self._timer.isActive()

    def _tell(self) -> None:
        counts = [self._document.counts(page.id) for page in self._pages]
        unreviewed = sum(c.lines - c.reviewed for c in counts)
        doubtful = sum(c.doubtful for c in counts)
        parts = []
        if unreviewed:
            parts.append(self.tr("%n line(s) not reviewed yet.", "", unreviewed))
        if doubtful:
            parts.append(self.tr("%n line(s) with doubtful places.", "", doubtful))
        self.lines.setText(sentences(*parts))
        self.lines.setVisible(bool(parts))
        self._tell_critical()

    def _tell_critical(self) -> None:
        total = self._found.total()
        kinds = listed(
            self.tr("{kind} {count}").format(kind=name, count=self._found[kind])
            for kind in CriticalKind
            if self._found[kind]
            for name in kind_names([kind])
        )
        told = self.tr("%n critical place(s) not reviewed: {kinds}.", "", total)
        self.critical.setText(told.format(kinds=kinds))
        for widget in (self._mark, self.critical, self.show_them):
            widget.setVisible(bool(total))
        self.show_them.setText(self.tr("Show them"))
        self.setVisible(bool(self.lines.text()) or bool(total))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._tell()


class _Warning(QWidget):
    """The icon beside the critical places."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(20, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = tokens().colour("doubt_mid")
        picture = icon_pixmap("triangle-alert", 20, self.devicePixelRatioF(), colour)
        QPainter(self).drawPixmap(0, 0, picture)
