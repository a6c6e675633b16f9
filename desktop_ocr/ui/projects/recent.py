"""The projects that were opened last; remembered only where the person wants that."""

from __future__ import annotations

import json
from pathlib import Path

from desktop_ocr.ui.settings import Settings

MOST = 10
_LIST, _OPEN = "projects/recent", "projects/open"


class RecentProjects:
    """Paths of projects in the settings, newest first.

    Args:
        settings: Where they are kept; ``settings.keep_recent`` says whether they may be.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def paths(self) -> list[Path]:
        """Return the projects; none where nothing may be remembered."""
        return self._read(_LIST) if self._settings.keep_recent else []

    def add(self, path: Path) -> None:
        """Put a project at the top."""
        if self._settings.keep_recent:
            others = [known for known in self._read(_LIST) if known != path]
            self._write(_LIST, [path, *others][:MOST])

    def forget(self) -> None:
        """Remove all names from the settings."""
        self._write(_LIST, [])
        self._write(_OPEN, [])

    # --- projects that are open now, for the start after a crash ----------------------------

    def left_open(self) -> list[Path]:
        """Return projects that some window opened and never closed."""
        return self._read(_OPEN)

    def note_open(self, path: Path) -> None:
        """Note that a window works in a project."""
        if self._settings.keep_recent:
            self._write(_OPEN, [*(p for p in self._read(_OPEN) if p != path), path])

    def note_closed(self, path: Path) -> None:
        """Note that it was closed in order."""
        known = self._read(_OPEN)
        if path in known:
            self._write(_OPEN, [p for p in known if p != path])

    def _read(self, key: str) -> list[Path]:
        try:
            names = json.loads(self._settings.text(key) or "[]")
        except ValueError:
            return []
        return [Path(name) for name in names if isinstance(name, str)] if names else []

    def _write(self, key: str, paths: list[Path]) -> None:
        self._settings.set_text(key, json.dumps([str(path) for path in paths]) if paths else "")
        self._settings.save()  # a crash must find it
