"""What the program is, what it is made of, and that nothing leaves the computer."""

from __future__ import annotations

import importlib.metadata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr import __version__
from desktop_ocr.paths import resource_root
from desktop_ocr.ui.icons import app_icon
from desktop_ocr.ui.theme import GRID


class AboutDialog(QDialog):
    """Version, model, privacy, licences.

    Args:
        model_id: Identifier of the recogniser; "" where it could not be loaded.
    """

    def __init__(self, model_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About"))
        self.setMinimumWidth(72 * GRID)
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(64, 64))
        name = QLabel(self.tr("Desktop OCR"))
        font = name.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        font.setBold(True)
        name.setFont(font)
        facts = QLabel(
            self.tr("Version {version}").format(version=__version__)
            + "\n"
            + self.tr("Recognition model: {model}").format(model=model_id or "–")
        )
        facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        privacy = QLabel(
            self.tr(
                "Pages, texts and corrections stay on this computer. The program has no network "
                "code and logs no recognised text; the File menu forgets which projects were "
                "open."
            )
        )
        privacy.setWordWrap(True)
        duty = QLabel(
            self.tr(
                "Recognition makes mistakes. Check every line against the paper before you use "
                "the text for treatment."
            )
        )
        duty.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(GRID)
        words.addWidget(name)
        words.addWidget(facts)
        words.addSpacing(GRID)
        words.addWidget(privacy)
        words.addWidget(duty)
        words.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(3 * GRID)
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        self._licences = QTextBrowser()
        self._licences.setOpenLinks(False)
        self._licences.setMinimumHeight(40 * GRID)
        self._licences.hide()
        self._show = QPushButton(self.tr("Licences"))
        self._show.setCheckable(True)
        self._show.setAutoDefault(False)
        self._show.toggled.connect(self._toggle_licences)
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self._show)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(top)
        layout.addWidget(self._licences, 1)
        layout.addLayout(buttons)

    def _toggle_licences(self, shown: bool) -> None:
        if shown and not self._licences.toPlainText():
            self._licences.setMarkdown(licences())
        self._licences.setVisible(shown)
        self.adjustSize()


def licences() -> str:
    """Return our licence and the notices of everything that the program is made of."""
    root = resource_root().parent
    texts = []
    for name in ("LICENSE", "THIRD_PARTY_NOTICES.md"):
        path = root / name
        if path.is_file():
            texts.append(path.read_text(encoding="utf-8"))
    if not texts:  # installed from a wheel, which keeps them with its metadata
        wheel = importlib.metadata.distribution("desktop-ocr")
        names = ("LICENSE", "THIRD_PARTY_NOTICES.md")
        texts = [wheel.read_text(f"licenses/{name}") or "" for name in names]
    return "\n\n".join(reversed(texts))
