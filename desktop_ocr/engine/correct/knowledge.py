"""The lexicon and the rules of one program: kept, and loaded anew when the user changed files."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

from desktop_ocr.engine.correct.lexicon import Lexicon, load_lexicon
from desktop_ocr.engine.correct.rules import Rules, load_rules
from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.paths import user_folder

LISTS, RULES = "lexicons", "rules"
"""Names of the folders in the user's own."""

_Listing: TypeAlias = tuple[tuple[str, int, int], ...]
_Loaded = TypeVar("_Loaded")


class Knowledge:
    """Terms and rules of program and user, loaded when they are first asked for. Thread-safe.

    They stay the same until :meth:`refresh`, so that a page is read with one set of them.
    """

    def __init__(self) -> None:
        self._lexicon = _Kept(LISTS, load_lexicon)
        self._rules = _Kept(RULES, load_rules)

    def lexicon(self) -> Lexicon:
        """Return the terms: the same object until they are loaded anew.

        Raises:
            ModelError: The program's own lists are missing or damaged.
        """
        return self._lexicon.get()

    def rules(self) -> Rules:
        """Return the rules: the same object until they are loaded anew.

        Raises:
            RuleFileError: A file of the program itself cannot be used.
        """
        return self._rules.get()

    def problems(self, *, lexicon: bool = True, rules: bool = True) -> tuple[DesktopOcrError, ...]:
        """Return what cannot be used of the user's files, for the person to be told.

        Args:
            lexicon: Tell of the lists of terms.
            rules: Tell of the rules.

        Raises:
            ModelError, RuleFileError: As in :meth:`lexicon` and :meth:`rules`.
        """
        of_lexicon = self.lexicon().problems if lexicon else ()
        return (*of_lexicon, *(self.rules().problems if rules else ()))

    def refresh(self) -> bool:
        """Drop what the user changed since it was loaded, and say whether anything was.

        Cheap: two folders are listed, no file is opened.
        """
        return any([self._lexicon.refresh(), self._rules.refresh()])


class _Kept(Generic[_Loaded]):
    """What is loaded from a folder of the user, for as long as its files are the same."""

    def __init__(self, folder: str, load: Callable[[], _Loaded]) -> None:
        self._folder, self._load = folder, load
        self._loaded: _Loaded | None = None
        self._listing: _Listing = ()
        self._lock = threading.Lock()

    def get(self) -> _Loaded:
        with self._lock:
            if self._loaded is None:
                # Listed first: what changes while it is loaded is met at the next refresh.
                self._listing = _listing(user_folder() / self._folder)
                self._loaded = self._load()
            return self._loaded

    def refresh(self) -> bool:
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
