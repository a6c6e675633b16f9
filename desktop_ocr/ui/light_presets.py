"""Named choices of how pages are prepared, kept in the settings."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, Signal

from desktop_ocr.engine.enhance.choices import LightChoices
from desktop_ocr.ui.settings import Settings

PRESETS, USUAL = "light/presets", "light/usual"


class LightPresets(QObject):
    """Reads and writes them; what in the file is none is left aside.

    Signals:
        changed: There are other presets now.
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    def all(self) -> dict[str, LightChoices]:
        """Return the presets by their names, in the order of the names."""
        found = self._read(PRESETS)
        return {
            name: LightChoices.of(kept)
            for name, kept in sorted(found.items())
            if isinstance(kept, dict)
        }

    def keep(self, name: str, choices: LightChoices) -> None:
        """Keep choices under a name; what stood there is replaced."""
        self._write({**self.all(), name: choices})

    def forget(self, name: str) -> None:
        """Let go of a preset."""
        self._write({n: choices for n, choices in self.all().items() if n != name})

    @property
    def usual(self) -> LightChoices:
        """Choices for pages that nobody chose anything for."""
        return LightChoices.of(self._read(USUAL))

    @usual.setter
    def usual(self, choices: LightChoices) -> None:
        self._settings.set_text(USUAL, json.dumps(choices.recorded()))

    def _write(self, presets: dict[str, LightChoices]) -> None:
        kept = {name: choices.recorded() for name, choices in presets.items()}
        self._settings.set_text(PRESETS, json.dumps(kept, ensure_ascii=False))
        self.changed.emit()

    def _read(self, key: str) -> dict[str, object]:
        try:
            found = json.loads(self._settings.text(key) or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}
