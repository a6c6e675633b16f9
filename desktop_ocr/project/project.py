"""One open project: a .docr file (SQLite), read lazily and written by its writer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from desktop_ocr.document.lazy import LazyLines
from desktop_ocr.document.model import Document, Line, Review
from desktop_ocr.project.changes import HistoryEntry


class Pictures(StrEnum):
    """Where a project keeps the pictures of its pages."""

    EMBEDDED = "embedded"
    REFERENCED = "referenced"


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """Where the pixels of a page are.

    Attributes:
        data: The file's bytes where the project holds them.
        path: The file where it does not, found by its SHA-256 at its old place or beside the
            project; where it is not found, the place where it was. None for an embedded picture
            that never was a file.
        page: Number of the page in its file, from 1.
        found: Whether ``data`` or the file at ``path`` is the very picture that was read.
    """

    data: bytes | None
    path: Path | None
    page: int
    found: bool


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a page without loading its lines.

    Attributes:
        lines: Number of lines.
        reviewed: Number of lines that a person has confirmed.
        illegible: Number of lines that a person could not read either.
        doubts: One number for each line that is not touched by a person and was read by the
            machine, ascending: the confidence of its least certain character (0–1), or -1 where
            the two readers disagree.
        state: How far its reading is, as it was put.
        message: Why reading failed; empty otherwise.
        signed: Who signed the page off and when; None while nobody has.
    """

    lines: int
    reviewed: int
    illegible: int
    doubts: tuple[float, ...]
    state: str
    message: str
    signed: Review | None

    def doubtful(self, threshold: float) -> int:
        """Return how many lines are doubtful where less than ``threshold`` (0–1) is doubt."""
        return bisect_left(self.doubts, threshold)


@dataclass(frozen=True, slots=True)
class Draft:
    """The line that was being typed when the program ended; its last typing is lost."""

    page_id: str
    line_id: str


class Project:
    """One open .docr file; every method may be called from any thread.

    Attributes:
        path: The file.
        pictures: Where new pictures go.
        was_closed: False where the program ended without closing the project the last time.
        draft: The line that was being typed then; None where there was none.
        read_only: Whether nothing can be written.
    """

    path: Path
    pictures: Pictures
    was_closed: bool
    draft: Draft | None
    read_only: bool

    @classmethod
    def create(cls, path: Path, *, pictures: Pictures, overwrite: bool = False) -> Project:
        """Make an empty project and open it.

        Args:
            path: The file; nothing is added to its name.
            pictures: Whether to keep the pictures' bytes in the project or only where they are.
            overwrite: Replace a file that stands there.

        Raises:
            OutputExistsError: If the file exists and ``overwrite`` is False.
            OutputFolderError: If the folder is missing or may not be written to.
            ProjectLockedError: If the file that should be replaced is an open project.
            DiskFullError: If there is no room; nothing is left behind.
            OutputError: If it cannot be written for another reason.
        """
        raise NotImplementedError

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Project:
        """Open a project; its lines are loaded when somebody looks at them.

        Args:
            path: The file.
            read_only: Only look; needs no right to write, and does not lock the file.

        Raises:
            FileNotReadableError: If there is no such file, or reading it is forbidden.
            NotAProjectError: If it is something else.
            ProjectNewerError: If a newer version of the program wrote it.
            ProjectLockedError: If it is open in another program (or here).
            ProjectReadOnlyError: If file or folder may not be written to; ``read_only`` helps.
            ProjectDamagedError: If it cannot be used as it is; :func:`salvage` helps.
            DiskFullError: If there is no room for the first note that it is open.
        """
        raise NotImplementedError

    def document(self) -> Document:
        """Return the document; pages of one project share lines that are loaded on first look."""
        raise NotImplementedError

    def lazy_lines(self, page_id: str, lines: tuple[Line, ...] | list[Line]) -> LazyLines:
        """Return lines for a new page of this document: released once the writer stored them.

        Args:
            page_id: The page.
            lines: What it has now.
        """
        raise NotImplementedError

    def facts(self) -> dict[str, PageFacts]:
        """Return what is known of each page (in order) without loading lines."""
        raise NotImplementedError

    def picture(self, page_id: str) -> StoredPicture:
        """Return where the pixels of a page are; reads the file to check that it is the same.

        Raises:
            KeyError: If no picture of such a page was stored.
        """
        raise NotImplementedError

    def thumbnail(self, page_id: str) -> bytes | None:
        """Return the small picture of a page as it was put, or None."""
        raise NotImplementedError

    @property
    def options(self) -> Mapping[str, Any]:
        """The settings of the run as they were put."""
        raise NotImplementedError

    def history(self, page_id: str = "", line_id: str = "") -> Iterator[HistoryEntry]:
        """Yield what was done, oldest first; of one page or line where these are given."""
        raise NotImplementedError

    def save_as(
        self, path: Path, *, pictures: Pictures | None = None, overwrite: bool = False
    ) -> Project:
        """Write a copy of what is stored now and open it; this project stays open as it was.

        The copy is complete or not there. Flush the writer first.

        Args:
            path: The copy's file.
            pictures: Where the copy keeps pictures; None as this project does. A picture that
                cannot be found any more stays as it is.
            overwrite: Replace a file that stands there.

        Raises:
            OutputError, ProjectLockedError: As :meth:`create`.
            ProjectDamagedError: If this project cannot be read any more.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Close the file, noting that it was closed in order; again is harmless.

        Raises nothing: a note that cannot be written is no loss. Close the writer first.
        """
        raise NotImplementedError
