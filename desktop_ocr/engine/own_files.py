"""What is loaded from a folder of the user, and loaded anew when its files changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

from desktop_ocr.paths import user_folder

FIELDS = "fields"
"""Name of the folder with the user's own definitions of fields."""

_Listing: TypeAlias = tuple[tuple[str, int, int], ...]
_Loaded = TypeVar("_Loaded")


class Kept(Generic[_Loaded]):
    """What is loaded from a folder, for as long as its files are the same. Thread-safe.

    Args:
        folder: Name of the folder in the user's own.
        load: Loads it.
    """

    def __init__(self, folder: str, load: Callable[[], _Loaded]) -> None:
        self._folder, self._load = folder, load
        self._loaded: _Loaded | None = None
        self._listing: _Listing = ()
        self._lock = threading.Lock()

    def get(self) -> _Loaded:
        """Return it: the same object until :meth:`refresh` finds other files."""
        with self._lock:
            if self._loaded is None:
                # Listed first: what changes while it is loaded is met at the next refresh.
                self._listing = _listing(user_folder() / self._folder)
                self._loaded = self._load()
            return self._loaded

    def refresh(self) -> bool:
        """Drop it where the folder's files changed since, and say whether they did.

        Cheap: the folder is listed, no file is opened.
        """
        with self._lock:
            if self._loaded is None or self._listing == _listing(user_folder() / self._folder):
                return False
            self._loaded = None
            return True


def _listing(folder: Path) -> _Listing:
    """Return name, time of change (ns) and size (bytes) of each file; none for no folder."""
    try:
        return tuple(_state(path) for path in sorted(folder.iterdir()))
    except OSError:
        return ()


def _state(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:  # gone meanwhile, or a link to nowhere
        return path.name, 0, 0
    return path.name, found.st_mtime_ns, found.st_size
