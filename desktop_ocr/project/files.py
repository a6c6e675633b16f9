"""New project files: complete under their name, or not there."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from desktop_ocr.errors import (
    FileInUseError,
    OutputError,
    OutputExistsError,
    OutputFolderError,
    ProjectLockedError,
)
from desktop_ocr.project.database import beside, cause, connect, log_bytes
from desktop_ocr.project.kind import PAGE_SIZE
from desktop_ocr.project.schema import migrate

_UNFINISHED = ".docr.tmp"
_FORGOTTEN_S = 24 * 3600


@contextmanager
def new_file(path: Path, *, overwrite: bool) -> Iterator[sqlite3.Connection]:
    """Make an empty project in a temporary file of the same folder; then give it its name.

    Yields:
        A connection inside a transaction, to fill it. Where that fails nothing is left behind.

    Raises:
        OutputExistsError: If something stands there and ``overwrite`` is False.
        OutputFolderError: If the folder is missing or may not be written to.
        ProjectLockedError: If the file that should be replaced is an open project.
        DesktopOcrError: What else the disk or the database says.
    """
    _check_target(path, overwrite=overwrite)
    target = Path(os.path.realpath(path))
    temporary = target.parent / f".{uuid4().hex[:12]}{_UNFINISHED}"
    _sweep(target.parent)
    connection = None
    try:
        connection = empty(temporary)
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")
        connection.close()
        put_in_place(temporary, path, overwrite=overwrite)
    except PermissionError as error:  # Windows: another program holds the old file open
        raise FileInUseError(path) from error
    except (sqlite3.Error, OSError) as error:
        raise cause(path, error) from error
    finally:
        if connection is not None:
            connection.close()
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def put_in_place(finished: Path, path: Path, *, overwrite: bool) -> None:
    """Give a project that is complete and closed its name; what stands there goes with its log.

    Where that fails, what stands there is as it was, and so is the finished file.

    Args:
        finished: The file, in the same folder.
        path: Its name.
        overwrite: A file that stands there may be replaced.

    Raises:
        DesktopOcrError: As :func:`new_file`.
    """
    _check_target(path, overwrite=overwrite)  # it may have come while we wrote
    target = Path(os.path.realpath(path))
    aside: list[tuple[Path, Path]] = []
    try:
        _sync(finished)
        # The log of a file that was here before would be played into the new one.
        for suffix in ("-wal", "-shm", "-journal"):
            side = beside(target, suffix)
            away = target.parent / f".{uuid4().hex[:12]}{_UNFINISHED}"
            with contextlib.suppress(FileNotFoundError):
                side.replace(away)
                aside.append((side, away))
        finished.replace(target)
    except OSError as error:
        for side, away in aside:
            with contextlib.suppress(OSError):
                away.replace(side)
        if isinstance(error, PermissionError):  # Windows: another program holds the old file open
            raise FileInUseError(path) from error
        raise cause(path, error) from error
    for _, away in aside:
        with contextlib.suppress(OSError):
            away.unlink()
    _sync_names(target.parent)


def empty(path: Path) -> sqlite3.Connection:
    """Make an empty project of the newest version, without a journal: nobody sees it yet."""
    connection = connect(path, "mode=rwc")
    try:
        connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_target(path: Path, *, overwrite: bool) -> None:
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise OutputFolderError(path)
    if path.is_dir():
        raise OutputError(path, "There is a folder of this name: choose another name.")
    if os.path.lexists(path):
        if not overwrite:
            raise OutputExistsError(path)
        check_unused(path)


def check_unused(path: Path) -> None:
    """See that no program has a project open; whatever else the file is, is not asked here.

    Raises:
        ProjectLockedError: If one has.
    """
    if not log_bytes(path):
        return
    connection = None
    try:
        connection = connect(path, "mode=ro")  # which brings nothing of the log into the file
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        found = cause(path, error)
        if isinstance(found, ProjectLockedError):
            raise found from error
    finally:
        if connection is not None:
            connection.close()


def _sweep(folder: Path) -> None:
    """Delete what a program that was killed while it copied left in a folder a day ago."""
    for path in folder.glob(f".????????????{_UNFINISHED}"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _FORGOTTEN_S:
                path.unlink()


def _sync(path: Path) -> None:
    """Have a file brought to the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_names(folder: Path) -> None:
    """Have a folder's list of names brought to the disk, where the system has a call for that."""
    with contextlib.suppress(OSError):  # Windows and many network shares have none
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
