"""Named choices of how pages are prepared: a file that the command line reads as well."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, Signal

from desktop_ocr.engine.light_choices import LightChoices
from desktop_ocr.engine.light_presets import as_json, presets_file, read_presets
from desktop_ocr.errors import OutputError, OutputFolderError
from desktop_ocr.ui.settings import Settings

USUAL = "light/usual"


class LightPresets(QObject):
    """Reads and writes them, and in the settings what pages are prepared by without a choice.

    Signals:
        changed: There are other presets now.
        failed: They could not be written; the error.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    def all(self) -> dict[str, LightChoices]:
        """Return the presets by their names, in the order of the names."""
        return read_presets()

    def keep(self, name: str, choices: LightChoices) -> bool:
        """Keep choices under a name; what stood there is replaced.

        Returns:
            False where that could not be written.
        """
        return self._write({**self.all(), name: choices})

    def forget(self, name: str) -> None:
        """Let go of a preset."""
        self._write({n: choices for n, choices in self.all().items() if n != name})

    @property
    def usual(self) -> LightChoices:
        """Choices for pages that nobody chose anything for."""
        try:
            found = json.loads(self._settings.text(USUAL) or "{}")
        except ValueError:
            return LightChoices()
        return LightChoices.of(found) if isinstance(found, dict) else LightChoices()

    @usual.setter
    def usual(self, choices: LightChoices) -> None:
        self._settings.set_text(USUAL, json.dumps(choices.recorded()))

    def _write(self, presets: dict[str, LightChoices]) -> bool:
        from desktop_ocr.export.atomic import write_atomically

        path = presets_file()
        try:
            try:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise OutputFolderError(path.parent) from error
            write_atomically(path, [as_json(presets)], overwrite=True)
        except OutputError as error:
            self.failed.emit(error)
            return False
        self.changed.emit()
        return True
