"""The thread that brings changes to the disk in their order, while a person goes on typing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.project.changes import Change
from desktop_ocr.project.project import Project


class Writer:
    """Stores changes of one project; what is queued together is one transaction.

    A write that fails keeps all that is not stored in memory; the next :meth:`put` or
    :meth:`flush` tries again.
    """

    def __init__(
        self,
        project: Project,
        *,
        on_saved: Callable[[int], None] | None = None,
        on_failed: Callable[[DesktopOcrError], None] | None = None,
    ) -> None:
        """Start the thread.

        Args:
            project: An open project.
            on_saved: Called in the writer's thread with the last ticket that is on the disk.
            on_failed: Called there with the reason after each try that failed.
        """
        raise NotImplementedError

    @property
    def saved(self) -> int:
        """The last ticket that is on the disk, with all before it; 0 for none."""
        raise NotImplementedError

    @property
    def pending(self) -> bool:
        """Whether something that was put is not on the disk."""
        raise NotImplementedError

    def put(self, change: Change) -> int:
        """Have a change stored; never waits.

        Returns:
            Its ticket: 1, 2, 3 …
        """
        raise NotImplementedError

    def flush(self, timeout_s: float) -> bool:
        """Wait until everything that was put is on the disk, and try again what failed.

        Returns:
            Whether it is; False after the timeout (seconds) or where writing failed.
        """
        raise NotImplementedError

    def close(self, timeout_s: float = 10.0) -> bool:
        """Write what is left and end the thread; the project stays open. Again is harmless.

        Returns:
            Whether everything is on the disk.
        """
        raise NotImplementedError

    def rescue(self, folder: Path) -> Path:
        """Write all that is known (stored, and not stored yet) to a new project in a folder.

        Returns:
            The new file, closed.

        Raises:
            OutputError: If it cannot be written there either.
        """
        raise NotImplementedError
