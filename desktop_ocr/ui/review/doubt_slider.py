"""The threshold of doubt, moved with the mouse or the keyboard and followed at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.doubt import doubt_sentence
from desktop_ocr.ui.theme import GRID

LEAST, MOST = 50, 99
"""Per cent."""


class DoubtSlider(QWidget):
    """Sets below which probability of being right a character is doubtful.

    Attributes:
        slider: The threshold in per cent, :data:`LEAST` to :data:`MOST`.
    """

    def __init__(self, controller: DocumentController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._name = QLabel(self)
        self._name.setProperty("muted", True)
        self._name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # Its room counts for nothing: in a narrow panel the tool tip must do.
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(LEAST, MOST)
        self.slider.setPageStep(5)
        self.slider.setMinimumWidth(6 * GRID)
        self.slider.setMaximumWidth(12 * GRID)
        self._value = QLabel(self)
        self._value.setProperty("muted", True)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 0, 0, 0)  # apart from what is told beside it
        row.setSpacing(GRID // 2)
        row.addWidget(self._name, 1)
        row.addWidget(self.slider)
        row.addWidget(self._value)
        self._follow(controller.doubt)
        self.slider.valueChanged.connect(lambda value: controller.set_doubt(value / 100))
        controller.doubt_changed.connect(self._follow)
        self._retranslate()

    def _follow(self, doubt: float) -> None:
        with QSignalBlocker(self.slider):  # a threshold beyond its ends stays what it is
            self.slider.setValue(round(100 * doubt))
        self._tell()

    def _tell(self) -> None:
        self._value.setText(f"{self.slider.value()} %")
        # Of one width for all values; a label rounds up.
        width = QFontMetrics(self._value.font()).horizontalAdvance("99 %") + 2
        self._value.setMinimumWidth(width)
        sentence = doubt_sentence(self._controller.doubt)
        self.setToolTip(sentence)
        self.slider.setAccessibleDescription(sentence)

    def _retranslate(self) -> None:
        self._name.setText(self.tr("Doubtful below"))
        self.slider.setAccessibleName(self.tr("Doubtful below, in per cent"))
        self._tell()

    def sizeHint(self) -> QSize:
        name = self._name.sizeHint().width() + GRID // 2
        least = self.minimumSizeHint()
        return QSize(least.width() - 6 * GRID + 12 * GRID + name, least.height())

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._name.setVisible(self.width() >= self.sizeHint().width())
        return taken

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._retranslate()
