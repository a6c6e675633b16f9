"""A copy of the work elsewhere, for as long as its own file cannot be written."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.project import Writer
from desktop_ocr.ui.projects.background import Background
from desktop_ocr.ui.projects.sessions import delete_project, sessions_folder


class Rescue:
    """Writes the rescue file, and deletes it once it is not needed any more.

    Attributes:
        path: The file; None where there is none.
        is_old: Something was done since it was written.
    """

    def __init__(self, background: Background) -> None:
        self._background = background
        self.path: Path | None = None
        self.is_old = False

    def write(self, writer: Writer, done: Callable[[Path | None], object]) -> None:
        """Write everything to a new file, in the background.

        Args:
            writer: What could not write.
            done: Called with the file, or None where no place could be written to.
        """
        self.is_old = False
        self._background.run(
            partial(_rescued, writer), partial(self._take, done), lambda _error: done(None)
        )

    def write_now(self, writer: Writer) -> Path | None:
        """Write everything to a new file before this returns."""
        self._take(lambda _path: None, _rescued(writer))
        return self.path

    def forget(self) -> None:
        """Delete the file: everything is where it belongs."""
        if self.path is not None:
            delete_project(self.path)
        self.path, self.is_old = None, False

    def _take(self, done: Callable[[Path | None], object], path: Path | None) -> None:
        if path is not None:
            before, self.path = self.path, path
            if before is not None:
                delete_project(before)
        done(path)


def _rescued(writer: Writer) -> Path | None:
    for folder in _folders():
        with contextlib.suppress(DesktopOcrError, OSError):
            folder.mkdir(parents=True, exist_ok=True)
            path = writer.rescue(folder)
            path.chmod(0o600)  # others may look into a folder for temporary files
            return path
    return None


def _folders() -> Iterator[Path]:
    """Yield places for a rescue file; what lies in the first is offered at the next start."""
    yield sessions_folder()
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    if documents:
        yield Path(documents)
    yield Path(tempfile.gettempdir())
