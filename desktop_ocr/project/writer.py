"""The thread that brings changes to the disk in their order, while a person goes on typing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from desktop_ocr.errors import DesktopOcrError, ProjectError
from desktop_ocr.project.changes import (
    Change,
    PutPage,
    PutPicture,
    PutTexts,
    RemovePage,
    parts,
)
from desktop_ocr.project.copying import Copy
from desktop_ocr.project.files import new_file
from desktop_ocr.project.project import Project, begin
from desktop_ocr.project.storing import Storing

_log = logging.getLogger(__name__)

_MOST = 256
"""Changes of one transaction."""

_IDLE_S = 20.0
"""After so long without a change the write-ahead log is brought into the file: two flushes, and one
with the next change, for which whoever turns to a page waits. Nobody who works pauses so long."""

_LONG_LOG = 8 * 1024 * 1024
"""Bytes of the log beyond which that is done between two transactions."""


class Writer:
    """Stores changes of one project; what is queued together is one transaction.

    What a person does never waits for more than one picture file, however many are queued. A
    write that fails keeps all that is not stored in memory; the next :meth:`put` or
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
        self._project = project
        self._storing = Storing(project.database, project.pictures, project.handed_out)
        self._on_saved = on_saved or (lambda _: None)
        self._on_failed = on_failed or (lambda _: None)
        self._changed = threading.Condition()
        self._queue: dict[int, Change] = {}  # by ticket: what is not on the disk, oldest first
        self._ticket = self._saved = self._failures = 0
        self._try = self._stop = False
        self._thread = threading.Thread(target=self._run, name="project writer", daemon=True)
        self._thread.start()

    @property
    def saved(self) -> int:
        """The last ticket that is on the disk, with all before it; 0 for none."""
        return self._saved

    @property
    def pending(self) -> bool:
        """Whether something that was put is not on the disk."""
        return self._saved < self._ticket

    def put(self, change: Change) -> int:
        """Have a change stored; never waits.

        Returns:
            Its ticket: 1, 2, 3 …
        """
        for part in parts([change]):
            if isinstance(part, RemovePage):
                self._project.outline.pop(part.page_id, None)
            if not isinstance(part, PutPage | PutTexts):
                continue
            if isinstance(part, PutPage):
                self._project.outline[part.page_id] = replace(part, lines=None, entries=())
            lines = self._project.handed_out(part.page_id)
            if lines is not None and (isinstance(part, PutTexts) or part.lines is not None):
                lines.await_store()
        with self._changed:
            self._ticket += 1
            self._queue[self._ticket] = change
            self._try = True
            self._changed.notify_all()
            return self._ticket

    def flush(self, timeout_s: float) -> bool:
        """Wait until everything that was put is on the disk, and try again what failed.

        Returns:
            Whether it is; False after the timeout (seconds) or where writing failed.
        """
        with self._changed:
            wanted, failures = self._ticket, self._failures
            self._try = True
            self._changed.notify_all()
            if self._thread.is_alive():
                self._changed.wait_for(
                    lambda: self._saved >= wanted or self._failures != failures, timeout_s
                )
            return self._saved >= wanted

    def close(self, timeout_s: float = 10.0) -> bool:
        """Write what is left and end the thread; the project stays open. Again is harmless.

        Returns:
            Whether everything is on the disk.
        """
        with self._changed:
            self._stop = self._try = True
            self._changed.notify_all()
        self._thread.join(timeout_s)
        return not self.pending

    def rescue(self, folder: Path) -> Path:
        """Write all that is known (stored, and not stored yet) to a new project in a folder.

        Returns:
            The new file, closed; it keeps its pictures where this project does.

        Raises:
            DesktopOcrError: If it cannot be written there either.
        """
        project = self._project
        path = _free_name(folder, project.path.stem)
        with self._changed:
            waiting = tuple(self._queue.values())
        with new_file(path, overwrite=False) as target:
            begin(target, project.pictures)
            # What cannot be read there any more may still be in memory.
            Copy(project.database, target, path, project.pictures, tolerant=True).run()
        rescued = Project(path, purge=False)
        try:
            loaded = project.loaded()
            pages = [
                replace(outline, lines=loaded.get(page_id))
                for page_id, outline in project.outline.copy().items()
                if page_id in loaded or page_id not in rescued.facts()
            ]
            Storing(rescued.database, rescued.pictures, lambda _: None).store([*waiting, *pages])
        finally:
            rescued.close()
        return path

    # --- the thread -----------------------------------------------------------------------

    def _run(self) -> None:
        untidy = pictures = False
        while True:
            with self._changed:
                asked = self._changed.wait_for(lambda: self._try, _IDLE_S if untidy else None)
                batch = _batch(self._queue, pictures=pictures) if asked else {}
                if asked and not batch and self._stop:
                    return
                self._try = bool(batch)
            if batch:
                pictures = not isinstance(next(iter(batch.values())), PutPicture)  # by turns
                untidy = self._store(batch) or untidy
                if self._stop and not self._try:
                    return  # that was the last try
            if untidy and (not asked or self._project.database.wal_bytes() > _LONG_LOG):
                self._project.database.checkpoint()
                untidy = False

    def _store(self, batch: Mapping[int, Change]) -> bool:
        """Store changes of the queue; those that could not be stored stay there.

        Returns:
            Whether they are on the disk now.
        """
        failed: DesktopOcrError | None = None
        try:
            self._storing.store(list(batch.values()))
        except DesktopOcrError as error:
            failed = error
        except Exception as error:
            # Nothing that was typed may be lost by a mistake of ours: it stays, and is told of.
            _log.error("storing failed: %s", type(error).__name__)
            failed = ProjectError(
                self._project.path,
                "The project cannot be written because of an error in the program: "
                "save it under another name.",
            )
        with self._changed:
            before = self._saved
            if failed is None:
                for ticket in batch:
                    del self._queue[ticket]
                self._saved = saved = next(iter(self._queue), self._ticket + 1) - 1
            else:
                self._failures += 1
                self._try = False
            self._changed.notify_all()
        if failed is not None:
            self._on_failed(failed)
        elif saved > before:
            self._on_saved(saved)
        return failed is None


def _batch(queue: Mapping[int, Change], *, pictures: bool) -> dict[int, Change]:
    """Return what is stored together next.

    Args:
        queue: What waits, by ticket.
        pictures: It is the pictures' turn: those of one file.
    """
    others = {t: change for t, change in queue.items() if not isinstance(change, PutPicture)}
    first = next(iter(others), None)
    files: dict[int, Change] = {}
    path = None
    for ticket, change in queue.items():
        # A picture waits for what was put before it: its page may be among that.
        if not isinstance(change, PutPicture) or (first is not None and ticket > first):
            continue
        if files and (path is None or change.path != path):
            break
        files[ticket], path = change, change.path
    return dict(islice((files if files and (pictures or not others) else others).items(), _MOST))


def _free_name(folder: Path, stem: str) -> Path:
    """Return a name for a rescue that nothing in the folder has."""
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d %H-%M-%S")
    path = folder / f"{stem} {stamp}.docr"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{stem} {stamp} ({number}).docr"
    return path
