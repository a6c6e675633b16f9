"""What is still to be opened: files and folders, page after page, and pictures."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtGui import QImage

from desktop_ocr.ui.jobs import FindFiles, Job, LoadPage, TakePicture
from desktop_ocr.ui.page_store import PageSource

OPENS = FindFiles | LoadPage | TakePicture
"""Jobs that open something."""


class OpeningQueue:
    """Jobs that open something, in the order in which they are done.

    Args:
        ids: Numbers for jobs.
    """

    def __init__(self, ids: Iterator[int]) -> None:
        self._ids = ids
        self._jobs: deque[Job] = deque()

    def __bool__(self) -> bool:
        return bool(self._jobs)

    def add_paths(self, paths: Iterable[Path]) -> None:
        """Open files, and the files in folders."""
        self._jobs.append(FindFiles(next(self._ids), tuple(paths)))

    def add_files(self, files: Iterable[Path]) -> None:
        """Open files."""
        self._jobs.extend(LoadPage(next(self._ids), PageSource(path)) for path in files)

    def add_picture(self, picture: QImage, name: str) -> None:
        """Open a picture, before all files."""
        self._jobs.appendleft(TakePicture(next(self._ids), picture, name))

    def add_page(self, source: PageSource) -> None:
        """Open a page of a file again.

        A first page that failed kept the others from being known; a later one did not.
        """
        self._jobs.append(LoadPage(next(self._ids), source, alone=source.page > 1))

    def add_next_page(self, source: PageSource, pages: int) -> None:
        """Go on with the rest of a file, which comes before the next file.

        Args:
            source: The page that was opened.
            pages: How many the file has.
        """
        if source.path is not None and source.page < pages:
            rest = PageSource(source.path, source.page + 1)
            self._jobs.appendleft(LoadPage(next(self._ids), rest, pages))

    def add_again(self, jobs: Sequence[Job]) -> None:
        """Do jobs that were stopped (:meth:`take_all`)."""
        self._jobs.extend(replace(job, id=next(self._ids), cancel=Event()) for job in jobs)

    def take(self) -> Job | None:
        """Return the next job; None where there is none."""
        return self._jobs.popleft() if self._jobs else None

    def take_all(self) -> list[Job]:
        """Return all jobs; none is left."""
        jobs = list(self._jobs)
        self._jobs.clear()
        return jobs
