"""The panel in which a person chooses how a page is prepared for reading."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.document.model import Step
from desktop_ocr.engine.light_choices import OWN, RANGES, LightChoices, Switch
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.flow_layout import FlowLayout
from desktop_ocr.ui.icons import icon
from desktop_ocr.ui.light import PageLight
from desktop_ocr.ui.light_presets import LightPresets
from desktop_ocr.ui.step_facts import step_fact
from desktop_ocr.ui.theme import GRID

SOON = 150
"""Milliseconds after the last change until the page is prepared anew."""

LEAST_WIDTH = 30 * GRID

SWITCHES = ("shadows", "contrast", "grain", "enlarge")
CHECKS = ("paper", "turn", "stamps", "rulings", "treated")
SLIDERS: Mapping[str, float] = {"angle": 0.5, "clip": 0.5, "sharpen": 0.1}
"""The numbers among the choices, and the step of their sliders."""

ORDER = (
    "paper", "turn", "angle", "shadows", "contrast", "clip", "grain", "stamps", "rulings",
    "sharpen", "enlarge", "treated",
)  # fmt: skip

DONE_BY: Mapping[str, str] = {
    "paper": "paper", "deskew": "turn", "flatten": "shadows", "clahe": "contrast",
    "denoise": "grain", "stamps": "stamps", "rulings": "rulings", "sharpen": "sharpen",
    "scale": "enlarge",
}  # fmt: skip
"""Steps of preparing a page, and the choices that they follow."""


class LightPanel(QWidget):
    """Shows the choices for the page in view; what is changed is looked at before it is read.

    Signals:
        read_wanted: The page in view is to be read as it is looked at.
    """

    read_wanted = Signal()

    def __init__(
        self, document: DocumentController, light: PageLight, presets: LightPresets
    ) -> None:
        super().__init__()
        self._document, self._light, self._presets = document, light, presets
        self._names: dict[str, QLabel] = {}
        self._facts: dict[str, QLabel] = {}
        self.controls: dict[str, QCheckBox | QComboBox | QSlider] = {}
        self.preset = QComboBox()
        adjust = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.preset.setSizeAdjustPolicy(adjust)
        self.preset.setMinimumContentsLength(8)
        self.forget = QToolButton()
        self.forget.setIcon(icon("trash-2"))
        self.apply = QPushButton()
        self.apply.setProperty("primary", True)
        self.reset = QPushButton()
        self.usual = QPushButton()
        self._next = QLabel()
        self._next.setProperty("muted", True)
        self._next.setWordWrap(True)
        self.name = QLineEdit()
        self.name.setMaxLength(40)
        self.keep = QPushButton()
        self._title = QLabel()
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._try_out)
        self._build()
        self._connect()
        self._retranslate()
        self.follow()

    # --- building -------------------------------------------------------------------------

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(ORDER):
            self._add_row(grid, row, name)
        self._body = body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        chosen = QHBoxLayout()
        chosen.addWidget(self.preset, 1)
        chosen.addWidget(self.forget)
        buttons = FlowLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.apply)
        buttons.addWidget(self.reset)
        kept = QHBoxLayout()
        kept.addWidget(self.name, 1)
        kept.addWidget(self.keep)
        column.addWidget(self._title)
        column.addLayout(chosen)
        column.addLayout(grid)
        column.addLayout(buttons)
        column.addLayout(kept)
        column.addWidget(self._next)
        column.addWidget(self.usual, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _add_row(self, grid: QGridLayout, row: int, name: str) -> None:
        control: QCheckBox | QComboBox | QSlider
        label, fact = QLabel(), QLabel()
        fact.setProperty("muted", True)
        fact.setWordWrap(True)
        label.setWordWrap(True)
        if name in CHECKS:
            control = QCheckBox()
            label = _CheckText(control)
            line = QHBoxLayout()
            line.setSpacing(0)
            line.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label, 1)
            grid.addLayout(line, 2 * row, 0, 1, 2)
        else:
            control = QComboBox() if name in SWITCHES else self._slider(name)
            grid.addWidget(label, 2 * row, 0)
            grid.addWidget(control, 2 * row, 1)
            label.setBuddy(control)
        grid.addWidget(fact, 2 * row + 1, 0, 1, 2)
        self._names[name], self._facts[name], self.controls[name] = label, fact, control

    def _slider(self, name: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        low, high = RANGES[name]
        slider.setRange(round(low / SLIDERS[name]), round(high / SLIDERS[name]))
        slider.setPageStep(max(1, slider.maximum() // 8))
        return slider

    def _connect(self) -> None:
        for control in self.controls.values():
            if isinstance(control, QComboBox):
                for switch in Switch:
                    control.addItem("", switch)
                control.currentIndexChanged.connect(self._change)
            elif isinstance(control, QCheckBox):
                control.toggled.connect(self._change)
            else:
                control.valueChanged.connect(self._change)
        self.preset.activated.connect(self._take_preset)
        self.forget.clicked.connect(self._forget_preset)
        self.apply.clicked.connect(self._apply)
        self.reset.clicked.connect(self._reset)
        self.usual.clicked.connect(self._set_usual)
        self.name.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))
        self.name.returnPressed.connect(self._keep_preset)
        self.keep.clicked.connect(self._keep_preset)
        self._light.changed.connect(self.follow)
        self._presets.changed.connect(lambda: self._show_preset(self.choices()))
        self._document.current_page_changed.connect(self.follow)

    # --- what is chosen -------------------------------------------------------------------

    @property
    def _page_id(self) -> str:
        page = self._document.current_page
        return "" if page is None else page.id

    def choices(self) -> LightChoices:
        """Return what the controls say."""
        values: dict[str, object] = {}
        for name, control in self.controls.items():
            if isinstance(control, QComboBox):
                values[name] = Switch(control.currentData())
            elif isinstance(control, QCheckBox):
                values[name] = control.isChecked()
            else:
                values[name] = round(control.value() * SLIDERS[name], 2)
        return LightChoices.of(values)

    def _change(self) -> None:
        choices = self.choices()
        self._show_values(choices)
        self._show_preset(choices)
        self._soon.start()

    def _try_out(self) -> None:
        if self._page_id:
            self._light.try_out(self._page_id, self.choices())
            self.follow()

    def _take_preset(self, index: int) -> None:
        name = self.preset.itemData(index)
        choices = OWN if name == "" else self._presets.all().get(name)
        if choices is not None:
            self._show(choices)
            self._try_out()

    def _forget_preset(self) -> None:
        self._presets.forget(self.preset.currentData() or "")

    def _keep_preset(self) -> None:
        name = self.name.text().strip()
        if name and self._presets.keep(name, self.choices()):
            self.name.clear()

    def _set_usual(self) -> None:
        choices = self.choices()
        self._presets.usual = choices
        self._light.set_usual(choices)
        self._show_preset(choices)

    def _reset(self) -> None:
        self._show(OWN)
        self._try_out()

    def _apply(self) -> None:
        if self._page_id:
            self._soon.stop()
            self._light.try_out(self._page_id, self.choices())
            self._light.choose(self._page_id)
            self.read_wanted.emit()

    # --- following ------------------------------------------------------------------------

    def follow(self, _page_id: str = "") -> None:
        """Show what holds for the page in view."""
        page_id = self._page_id
        self.setEnabled(bool(page_id))
        if not page_id or self._soon.isActive():
            return
        self._show(self._light.shown(page_id))
        if self.isVisible():
            page = self._light.page(page_id)
            self._show_facts(() if page is None else page.steps)

    def _show(self, choices: LightChoices) -> None:
        for name, control in self.controls.items():
            value = getattr(choices, name)
            with QSignalBlocker(control):
                if isinstance(control, QComboBox):
                    control.setCurrentIndex(control.findData(value))
                elif isinstance(control, QCheckBox):
                    control.setChecked(value)
                else:
                    control.setValue(round(value / SLIDERS[name]))
        self._show_values(choices)
        self._show_preset(choices)

    def _show_values(self, choices: LightChoices) -> None:
        self.controls["angle"].setEnabled(not choices.turn)
        self.controls["clip"].setEnabled(choices.contrast is not Switch.OFF)
        names = self._texts()
        for name in SLIDERS:
            unit = "°" if name == "angle" else ""
            self._names[name].setText(f"{names[name]}  {getattr(choices, name):.1f}{unit}")
        self.reset.setEnabled(choices != OWN)

    def _show_preset(self, choices: LightChoices) -> None:
        presets = self._presets.all()
        with QSignalBlocker(self.preset):
            self.preset.clear()
            self.preset.addItem(self.tr("As the program decides"), "")
            for name in presets:
                self.preset.addItem(name, name)
            same = [name for name, kept in presets.items() if kept == choices]
            if choices == OWN:
                self.preset.setCurrentIndex(0)
            elif same:
                self.preset.setCurrentIndex(self.preset.findData(same[0]))
            else:
                self.preset.addItem(self.tr("Own choices"), None)
                self.preset.setCurrentIndex(self.preset.count() - 1)
        self.forget.setEnabled(bool(self.preset.currentData()))
        usual = self._light.usual
        named = [name for name, kept in presets.items() if kept == usual]
        own = self.tr("as the program decides") if usual == OWN else self.tr("by own choices")
        self._next.setText(self.tr("Next pages: {0}").format(named[0] if named else own))
        self.usual.setEnabled(choices != usual)

    def _show_facts(self, steps: tuple[Step, ...]) -> None:
        """Say below each choice what was done to the page, with what was found."""
        said = dict.fromkeys(ORDER, "")
        for step in steps:
            if step.name in DONE_BY:
                said[DONE_BY[step.name]] = step_fact(step)
        for name, fact in self._facts.items():
            fact.setText(said[name])
            fact.setVisible(bool(said[name]))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()
        self._fit()

    # --- texts ----------------------------------------------------------------------------

    def _texts(self) -> dict[str, str]:
        return {
            "paper": self.tr("See a sheet on a desk straight from above"),
            "turn": self.tr("Find out rotation and tilt"),
            "angle": self.tr("Turned by"),
            "shadows": self.tr("Remove shadows"),
            "contrast": self.tr("Raise local contrast"),
            "clip": self.tr("by at most"),
            "grain": self.tr("Remove grain"),
            "stamps": self.tr("Remove red stamps"),
            "rulings": self.tr("Remove coloured ruled lines"),
            "sharpen": self.tr("Sharpen"),
            "enlarge": self.tr("Enlarge small text"),
            "treated": self.tr("Read the text from this picture, not from the original"),
        }

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Light and geometry"))
        self._title.setText(self.tr("How this page is prepared"))
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        # Names of a person's own are shortened; what the program says is not.
        width = self.preset.fontMetrics().horizontalAdvance(self.tr("As the program decides"))
        self.preset.setMinimumWidth(width + 6 * GRID)
        for name, text in self._texts().items():
            control = self.controls[name]
            control.setAccessibleName(text)
            self._names[name].setText(text)
            if isinstance(control, QComboBox):
                for i, said in enumerate((self.tr("Where needed"), self.tr("Yes"), self.tr("No"))):
                    control.setItemText(i, said)
        self.preset.setAccessibleName(self.tr("Preset"))
        self.forget.setToolTip(self.tr("Delete this preset"))
        self.forget.setAccessibleName(self.tr("Delete this preset"))
        self.apply.setText(self.tr("Read page like this"))
        self.reset.setText(self.tr("Reset"))
        self.usual.setText(self.tr("Next pages like this too"))
        self.name.setPlaceholderText(self.tr("Name of a preset"))
        self.name.setAccessibleName(self.tr("Name of a preset"))
        self.keep.setText(self.tr("Keep"))
        self.keep.setToolTip(self.tr("Keep these choices under this name"))
        self.keep.setEnabled(bool(self.name.text().strip()))
        self.follow()
        self._fit()

    def _fit(self) -> None:
        """Be as wide as the widest word and control: a scroll area would cut them off."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.setMinimumWidth(max(LEAST_WIDTH, self._body.minimumSizeHint().width() + bar))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()


class _CheckText(QLabel):
    """The text of a check box, which itself could not go on in a second line."""

    def __init__(self, check: QCheckBox) -> None:
        super().__init__()
        self._check = check
        self.setWordWrap(True)
        self.setBuddy(check)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self._check.toggle()
