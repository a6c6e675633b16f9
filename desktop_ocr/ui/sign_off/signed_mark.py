"""What lies over the view of a page that is signed off."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.icons import icon_pixmap
from desktop_ocr.ui.sign_off.words import signed_text
from desktop_ocr.ui.theme import GRID, tokens

_ICON = 16


class SignedIcon(QWidget):
    """The icon of what is signed off, in the colours of the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(_ICON + GRID, _ICON)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = tokens().colour("reviewed")
        picture = icon_pixmap("badge-check", _ICON, self.devicePixelRatioF(), colour)
        QPainter(self).drawPixmap(GRID, 0, picture)


class SignedMark(QFrame):
    """Icon and words at the upper right corner of a view; the mouse goes through."""

    def __init__(self, view: QWidget, document: DocumentController) -> None:
        super().__init__(view)
        self._document = document
        self.setProperty("popup", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID // 2)
        row.addWidget(SignedIcon())
        row.addWidget(self._text)
        view.installEventFilter(self)
        document.current_page_changed.connect(self.follow)
        document.page_state_changed.connect(self.follow)
        document.lines_changed.connect(self.follow)
        document.line_changed.connect(self.follow)
        self.follow()

    def text(self) -> str:
        """Return what the mark says; "" for a page that is not signed."""
        return "" if self.isHidden() else self._text.text()

    def follow(self, *_ids: object) -> None:
        """Show who signed the page in view, if anybody did."""
        page = self._document.current_page
        review = None if page is None else page.sign_off
        self.setVisible(review is not None)
        if review is not None:
            self._text.setText(signed_text(review))
            self.setAccessibleName(self._text.text())
            self._fit()

    def _fit(self) -> None:
        view = self.parentWidget()
        if view is not None:
            size = self.sizeHint()
            width = min(size.width(), view.width() - 2 * GRID)
            # Left of the scroll bar, where there is one.
            self.setGeometry(view.width() - width - 2 * GRID, GRID, width, size.height())
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self._fit()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.follow()
