"""``--demo --shots``: what the window shows of the sample page, as pictures and exports."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.i18n import Language, LanguageManager
from desktop_ocr.ui.main_window import MainWindow
from desktop_ocr.ui.theme import Theme, apply_theme
from desktop_ocr.ui.waiting import wait_until

PATIENCE = 120.0
SIZE = (1600, 1000)


class Demo:
    """Opens the sample, waits, saves, closes."""

    def __init__(
        self,
        window: MainWindow,
        document: DocumentController,
        engine: EngineController,
        language: LanguageManager,
    ) -> None:
        self._window, self._document, self._engine = window, document, engine
        self._language = language

    def run(self, folder: Path) -> int:
        """Save pictures and exports into a folder; 0 where everything worked."""
        folder.mkdir(parents=True, exist_ok=True)
        window = self._window
        window.showNormal()
        window.resize(*SIZE)
        self._shoot(folder / "welcome.png", Language.CHINESE, Theme.LIGHT)
        window.commands["open_sample"].trigger()
        read = wait_until(self._is_read, PATIENCE)
        for language in (Language.CHINESE, Language.ENGLISH):
            for theme in (Theme.LIGHT, Theme.DARK):
                name = f"window-{language.value}-{theme.value}.png"
                self._shoot(folder / name, language, theme)
        done = read and self._export(folder)
        window.close()
        self._engine.close()
        return 0 if done else 1

    def _is_read(self) -> bool:
        page = self._document.current_page
        return page is not None and self._document.page_state(page.id) in (
            PageState.DONE,
            PageState.FAILED,
        )

    def _shoot(self, path: Path, language: Language, theme: Theme) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._language.show(language)
        apply_theme(app, theme)
        wait_until(lambda: False, 0.3)  # until everything is painted
        self._window.grab().save(str(path))
        sys.stdout.write(f"{path}\n")

    def _export(self, folder: Path) -> bool:
        from desktop_ocr.export import ExportFormat

        outcome: list[object] = []
        self._engine.urgent.exported.connect(lambda _id, path: outcome.append(path))
        self._engine.urgent.export_failed.connect(lambda _id, error: outcome.append(error))
        kinds = (ExportFormat.DOCX, ExportFormat.JSON, ExportFormat.TXT)
        for kind in kinds:
            target = folder / f"xray_report.{kind.value}"
            self._engine.urgent.export(
                self._document.snapshot(),
                target,
                kind,
                overwrite=True,
                doubt=self._document.doubt,
            )
            sys.stdout.write(f"{target}\n")
        wait_until(lambda: len(outcome) == len(kinds), PATIENCE)
        return all(isinstance(result, Path) for result in outcome) and len(outcome) == len(kinds)
