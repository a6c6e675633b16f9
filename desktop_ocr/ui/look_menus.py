"""The menus for the language of the window and its colours."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from desktop_ocr.ui.i18n import Language, LanguageManager
from desktop_ocr.ui.menus import choice_menu
from desktop_ocr.ui.settings import Settings
from desktop_ocr.ui.theme import Theme, apply_theme


class LookMenus(QObject):
    """Adds both menus to another and does at once what is chosen there.

    Attributes:
        languages: The entries of the one, by what they choose.
        themes: The entries of the other.
    """

    def __init__(self, parent: QMenu, settings: Settings, language: LanguageManager) -> None:
        super().__init__(parent)
        self._settings, self._language = settings, language
        self._language_menu, self.languages = choice_menu(
            parent, "languages", list(Language), language.language, self._choose_language
        )
        self._theme_menu, self.themes = choice_menu(
            parent, "sun", list(Theme), settings.theme, self._choose_theme
        )

    def _choose_language(self, action: QAction) -> None:
        self._settings.language = action.data()
        self._language.show(action.data())

    def _choose_theme(self, action: QAction) -> None:
        self._settings.theme = action.data()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, action.data())

    def retranslate(self) -> None:
        """Show all texts in the language of the window."""
        self._language_menu.setTitle(self.tr("Language"))
        self._theme_menu.setTitle(self.tr("Appearance"))
        for language, text in (
            (Language.SYSTEM, self.tr("As the system")),
            (Language.ENGLISH, "English"),
            (Language.CHINESE, "简体中文"),
        ):
            self.languages[language].setText(text)
        for theme, text in (
            (Theme.SYSTEM, self.tr("As the system")),
            (Theme.LIGHT, self.tr("Light")),
            (Theme.DARK, self.tr("Dark")),
        ):
            self.themes[theme].setText(text)
