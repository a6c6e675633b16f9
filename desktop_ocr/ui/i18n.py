"""The language of the window, switched while it is open."""

from __future__ import annotations

import enum
import re

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_ocr.paths import resource


class Language(enum.Enum):
    """What the person chose; SYSTEM is Chinese where the system is, English otherwise."""

    SYSTEM = "system"
    ENGLISH = "en"
    CHINESE = "zh_CN"

    def resolved(self) -> Language:
        """Return ENGLISH or CHINESE."""
        if self is not Language.SYSTEM:
            return self
        preferred = QLocale.system().uiLanguages()
        first = preferred[0] if preferred else ""
        return Language.CHINESE if first.startswith("zh") else Language.ENGLISH


def sentences(*told: str) -> str:
    """Put sentences one after the other; Chinese leaves no space between them."""
    return re.sub(r"(?<=[。！？]) ", "", " ".join(filter(None, told)))


class LanguageManager:
    """Installs the translations of a language; widgets hear of it by LanguageChange.

    Attributes:
        language: The choice in force.
    """

    def __init__(self, app: QApplication) -> None:
        self.language = Language.SYSTEM
        self._app = app
        self._installed: list[QTranslator] = []
        self._shown: Language | None = None

    def show(self, choice: Language) -> None:
        """Switch the language of the whole program at once."""
        self.language = choice
        wanted = choice.resolved()
        if wanted is self._shown:
            return
        self._shown = wanted
        old, self._installed = self._installed, []
        # Ours is installed last, so that it is asked first. English has one too, for its plurals.
        folder = str(resource("i18n"))
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if wanted is Language.CHINESE:
            self._install("qtbase_zh_CN", folder, qt_folder)
        self._install(f"desktop_ocr_{wanted.value}", folder)
        for translator in old:
            self._app.removeTranslator(translator)
        QLocale.setDefault(QLocale(wanted.value))

    def _install(self, name: str, *folders: str) -> None:
        translator = QTranslator(self._app)
        if any(translator.load(name, folder) for folder in folders):
            self._app.installTranslator(translator)
            self._installed.append(translator)
