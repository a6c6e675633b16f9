"""What scrolls only where the window is too low for all of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class LowScroll(QScrollArea):
    """Fills its room with a widget; where that is less than the widget needs, it can be scrolled.

    Without it a window with many parts open either grows beyond its screen or cuts something off.

    Args:
        widget: What is shown.
        least: How low this may become, in device-independent pixels.
    """

    def __init__(self, widget: QWidget, least: int) -> None:
        super().__init__()
        self._least = least
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(widget)

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()  # the widget may need another width now
        return taken

    def minimumSizeHint(self) -> QSize:
        # As wide as the widget beside its scroll bar, so that nothing is missing at the side.
        width = (
            self.widget().minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        )
        return QSize(width, self._least)

    def sizeHint(self) -> QSize:
        return self.widget().sizeHint()
