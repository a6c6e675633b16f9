"""The pictures of a project: bytes inside of it, or files that are known by their SHA-256."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

LARGEST_EMBEDDED = 256 * 1024 * 1024
"""Bytes; a larger file stays where it is even where pictures are embedded."""


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
class PictureFile:
    """A file as it was looked at.

    Attributes:
        sha256: Of its bytes; None where it could not be read.
        size: In bytes.
        data: Its bytes where they were asked for.
    """

    sha256: str | None
    size: int | None
    data: bytes | None = None

    @staticmethod
    def of(data: bytes) -> PictureFile:
        """Describe bytes that are in memory."""
        return PictureFile(hashlib.sha256(data).hexdigest(), len(data), data)


class PictureFiles:
    """Reads files, and remembers the digests of those that did not change since."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, int], str] = {}

    def look(self, path: Path, *, embed: bool) -> PictureFile:
        """Return what a file is; without digest and size where it cannot be read.

        Args:
            path: The file.
            embed: Its bytes are wanted.
        """
        try:
            stat = path.stat()
            if embed and stat.st_size <= LARGEST_EMBEDDED:
                return PictureFile.of(path.read_bytes())
            key = (os.fspath(path), stat.st_mtime_ns, stat.st_size)
            if key not in self._known:
                with path.open("rb") as file:
                    self._known[key] = hashlib.file_digest(file, "sha256").hexdigest()
            return PictureFile(self._known[key], stat.st_size)
        except (OSError, ValueError):  # ValueError: a name that no file can have
            return PictureFile(None, None)

    def find(
        self, project: Path, path: str, relative: str | None, sha256: str | None, size: int | None
    ) -> tuple[Path, bool]:
        """Find a picture again, where it was or beside the project.

        Args:
            project: The project's file.
            path: Where the picture was.
            relative: Where it was, seen from the project's folder at that time.
            sha256: Of its bytes.
            size: In bytes.

        Returns:
            The file, and whether it is the very one; otherwise the place where it was.
        """
        places = [Path(path), project.parent / Path(path).name]
        if relative:
            places.insert(1, project.parent / relative)
        for place in places:
            try:
                if sha256 is None or place.stat().st_size != size:
                    continue
            except (OSError, ValueError):
                continue
            if self.look(place, embed=False).sha256 == sha256:
                return place, True
        return Path(path), False


def relative_to(path: Path, project: Path) -> str | None:
    """Return a path as seen from a project's folder; None across drives."""
    try:
        return Path(os.path.relpath(path, project.parent)).as_posix()
    except ValueError:
        return None
