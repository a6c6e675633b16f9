"""What the window shows before anything is open, and while something is dragged over it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.ui.action_button import ActionButton
from desktop_ocr.ui.icons import icon_pixmap
from desktop_ocr.ui.theme import GRID, tokens

_ICON = 64


class Welcome(QWidget):
    """A friendly panel in the middle: what to do first.

    Args:
        primary: The main button.
        others: Further buttons.
        rows: What can be gone on with, below the buttons.
    """

    def __init__(
        self,
        primary: QAction,
        others: Sequence[QAction],
        rows: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self._picture = _Picture("scan-text", _ICON)
        self._title = QLabel()
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setWeight(font.Weight.DemiBold)
        self._title.setFont(font)
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self._private = QLabel()
        self._shield = _Picture("shield-check", 16)
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = [ActionButton(primary, primary=True), *map(ActionButton, others)]
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addStretch(1)
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch(1)
        promise = QHBoxLayout()
        promise.setSpacing(GRID)
        promise.addStretch(1)
        promise.addWidget(self._shield)
        promise.addWidget(self._private)
        promise.addStretch(1)

        card = QVBoxLayout()
        card.setContentsMargins(6 * GRID, 6 * GRID, 6 * GRID, 5 * GRID)
        card.setSpacing(0)
        card.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        card.addSpacing(3 * GRID)
        card.addWidget(self._title)
        card.addSpacing(GRID)
        card.addWidget(self._hint)
        card.addSpacing(4 * GRID)
        card.addLayout(row)
        if rows is not None:
            card.addWidget(rows)
        card.addSpacing(4 * GRID)
        card.addLayout(promise)
        self._card = _Card()
        self._card.setLayout(card)
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        grid.addWidget(self._card, 0, 0, Qt.AlignmentFlag.AlignCenter)
        scroll = QScrollArea()  # a low window has no room for all that can be gone on with
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(sheet)
        for see_through in (sheet, scroll.viewport()):
            see_through.setAutoFillBackground(False)
        scroll.setStyleSheet("QScrollArea { background: transparent; }")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Drop scans, photos or PDFs here"))
        self._hint.setText(
            self.tr("The text is read line by line; you check it beside the page and export it.")
        )
        self._private.setText(self.tr("Everything stays on this computer."))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().colour("canvas"))


class _Card(QWidget):
    """A sheet with a dashed edge, which says that things may be dropped on it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        pen = QPen(colours.colour("edge"), 1.5, Qt.PenStyle.DashLine)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(colours.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)


class _Picture(QWidget):
    """An icon in a quiet colour."""

    def __init__(self, name: str, side: int) -> None:
        super().__init__()
        self._name, self._side = name, side
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = tokens().colour("accent")
        painter.drawPixmap(
            0, 0, icon_pixmap(self._name, self._side, self.devicePixelRatioF(), colour)
        )


class DropOverlay(QWidget):
    """Lies over the window while files are dragged over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dropOverlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Show over all of the parent."""
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        painter.fillRect(self.rect(), colours.colour("window", 0.96))
        inner = QRectF(self.rect()).adjusted(2 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
        painter.setPen(QPen(colours.colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(colours.colour("accent", 0.08))
        painter.drawRoundedRect(inner, 12, 12)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        painter.setFont(font)
        painter.setPen(colours.colour("text"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, self.tr("Drop to open"))
        picture = icon_pixmap("file-plus", 48, self.devicePixelRatioF(), colours.colour("accent"))
        center = inner.center()
        painter.drawPixmap(round(center.x()) - 24, round(center.y()) - 80, picture)
