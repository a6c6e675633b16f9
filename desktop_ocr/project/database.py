"""The one connection of an open project, behind a lock, and what its errors mean to a person."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_ocr.errors import (
    DesktopOcrError,
    DiskFullError,
    FileNotReadableError,
    NotAProjectError,
    ProjectDamagedError,
    ProjectError,
    ProjectLockedError,
    ProjectLostError,
    ProjectNewerError,
    ProjectReadOnlyError,
)
from desktop_ocr.project.kind import may_be_project
from desktop_ocr.project.rows import BrokenRowError
from desktop_ocr.project.schema import APPLICATION_ID, VERSION, is_intact, migrate, version_of

_WAIT_S = 0.3
"""How long a file may be locked by somebody who only looks, such as a virus scanner."""


def _foreign(path: Path) -> DesktopOcrError:
    """Return what a file is that does not begin as a project: damaged where it has the name."""
    damaged = path.suffix.lower() == ".docr" and may_be_project(path)
    return ProjectDamagedError(path) if damaged else NotAProjectError(path)


_NO_RIGHT = {sqlite3.SQLITE_READONLY_DIRECTORY, sqlite3.SQLITE_IOERR_LOCK}
_CODES: dict[int, Callable[[Path], DesktopOcrError]] = {
    sqlite3.SQLITE_BUSY: ProjectLockedError,
    sqlite3.SQLITE_LOCKED: ProjectLockedError,
    sqlite3.SQLITE_READONLY: ProjectReadOnlyError,
    sqlite3.SQLITE_PERM: ProjectReadOnlyError,
    sqlite3.SQLITE_FULL: DiskFullError,
    sqlite3.SQLITE_CANTOPEN: FileNotReadableError,
    sqlite3.SQLITE_IOERR: ProjectLostError,
    sqlite3.SQLITE_NOTADB: _foreign,
}


def cause(path: Path, error: Exception) -> DesktopOcrError:
    """Return what an error of the database means to a person."""
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)
        return DiskFullError(path) if full else ProjectLostError(path)
    code = getattr(error, "sqlite_errorcode", 0)
    if code in _NO_RIGHT:
        return ProjectReadOnlyError(path)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return ProjectLostError(path)
    if code == sqlite3.SQLITE_IOERR_SHORT_READ:
        return ProjectDamagedError(path)
    if code == sqlite3.SQLITE_IOERR_WRITE and path.exists():
        return DiskFullError(path)  # a quota, or a file system that takes no larger file
    return _CODES.get(code & 0xFF, ProjectDamagedError)(path)


def uri(path: Path, query: str) -> str:
    """Return a path as SQLite takes it; on a Windows share the authority stays empty."""
    whole = path.absolute().as_uri().removeprefix("file:")
    return f"file:{whole if whole.startswith('///') else f'//{whole}'}?{query}"


class Database:
    """A connection that any thread may use, one at a time.

    Attributes:
        path: The file.
        read_only: Whether it takes no changes.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        """Open a file and see that it is a project of this version, migrated where it is older.

        Nothing else may open the file by itself while it is open here: on POSIX closing a second
        handle would take SQLite's lock away.

        Raises:
            DesktopOcrError: As :meth:`desktop_ocr.project.Project.open`.
        """
        self.path = path
        self.read_only = read_only
        self._changing = threading.RLock()  # taken before the lock, never after it
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._flushes_log = self._is_in_doubt = False
        if not path.is_file() or not os.access(path, os.R_OK):
            raise FileNotReadableError(path)
        if not read_only and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            raise ProjectReadOnlyError(path)
        try:
            self._connection = (
                _open_to_look(path) if read_only else connect(path, "mode=rw", *_TO_WRITE)
            )
            self._check()
            stat = path.stat()
        except (sqlite3.Error, OSError, BrokenRowError) as error:
            self.close()
            raise cause(path, error) from error
        except BaseException:
            self.close()
            raise
        self._identity = (stat.st_dev, stat.st_ino)

    def _check(self) -> None:
        connection = self._connection
        assert connection is not None
        (found,) = connection.execute("PRAGMA application_id").fetchone()
        if found != APPLICATION_ID:
            raise _foreign(self.path)
        version = version_of(connection)
        if version > VERSION:
            raise ProjectNewerError(self.path)
        if version < 1:
            raise ProjectDamagedError(self.path)
        if not self.read_only:
            # Where a file system takes no log SQLite keeps its journal of old: as safe, but slower.
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            migrate(connection)
            if mode == "wal":  # see flush
                connection.execute("PRAGMA synchronous = NORMAL")
                self._flushes_log = True
        elif version < VERSION:
            raise ProjectReadOnlyError(self.path)
        if not is_intact(connection):
            raise ProjectDamagedError(self.path)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Have the connection for oneself.

        Raises:
            DesktopOcrError: In place of what the database raises inside.
        """
        with self._lock:
            if self._connection is None:
                raise ProjectError(self.path, "The project is closed: open it again.")
            try:
                yield self._connection
            except (sqlite3.Error, BrokenRowError) as error:
                raise cause(self.path, error) from error

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Have a transaction, one at a time: complete afterwards, or undone; see :meth:`flush`.

        Whoever looks at a page need not wait for its end: take the connection (:meth:`reading`)
        for statements that others may see only together. What is seen meanwhile may be undone.

        Raises:
            DesktopOcrError: In place of what the database raises inside; nothing was changed.
        """
        with self._changing:
            with self.reading() as connection:
                if self.read_only:
                    raise ProjectReadOnlyError(self.path)
                self._check_place()
                connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                with self._lock:
                    connection.execute("COMMIT")
            except BaseException as error:
                with self._lock:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                if isinstance(error, (sqlite3.Error, BrokenRowError)):
                    raise cause(self.path, error) from error
                raise

    def flush(self) -> None:
        """Bring the transactions that are complete to the disk; nobody waits for that to read.

        SQLite itself flushes its log inside of COMMIT (``synchronous = FULL``) and keeps the
        connection to itself meanwhile, which on a slow disk holds up the page that somebody turns
        to. With ``NORMAL`` it leaves out that flush alone, and it is done here, through another
        handle: no lock lies on the log.

        Raises:
            DesktopOcrError: If that failed: the transactions are complete, but nobody knows
                whether they are on the disk. The next call tries again.
        """
        if not self._flushes_log:
            return  # COMMIT did it
        try:
            if self._is_in_doubt:
                self._copy_log()
            log = os.open(beside(self.path, "-wal"), os.O_RDWR)
            try:
                os.fsync(log)
            finally:
                os.close(log)
        except (sqlite3.Error, OSError) as error:
            self._is_in_doubt = True
            raise cause(self.path, error) from error
        self._is_in_doubt = False

    def _copy_log(self) -> None:
        """Write again what a flush failed for: the system may take it for written.

        Raises:
            sqlite3.Error: If that fails too.
        """
        with self.reading() as connection:
            busy, pages, copied = connection.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
        if busy or pages != copied:
            raise sqlite3.OperationalError("the log could not be copied")

    def _check_place(self) -> None:
        """See that the file is still where it was: nobody would find what is written elsewhere.

        Raises:
            ProjectLostError: If it was moved, deleted or replaced.
        """
        try:
            stat = self.path.stat()
        except OSError as error:
            raise ProjectLostError(self.path) from error
        # Windows keeps open files where they are, and drives there need not number their files.
        if os.name != "nt" and (stat.st_dev, stat.st_ino) != self._identity:
            raise ProjectLostError(self.path)

    def checkpoint(self) -> None:
        """Bring what is in the write-ahead log into the file itself; a failure is no loss."""
        with self._lock:
            if self._connection is not None:
                try:
                    self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
                except sqlite3.Error:
                    return

    def wal_bytes(self) -> int:
        """Return the size of the write-ahead log."""
        return log_bytes(self.path)

    def close(self) -> None:
        """Close the connection; again is harmless."""
        with self._changing, self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def connect(path: Path, query: str, *pragmas: str) -> sqlite3.Connection:
    """Open any SQLite file in autocommit mode, with nothing in its schema trusted.

    Args:
        path: The file.
        query: Of the URI, such as ``mode=ro``.
        pragmas: To be set before the first look.
    """
    connection = sqlite3.connect(
        uri(path, query), uri=True, timeout=_WAIT_S, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in (*_ALWAYS, *pragmas):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()  # else the file stays open as long as somebody looks at the error
        raise
    return connection


_ALWAYS = ("trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY")
_TO_WRITE = (
    # Exclusive before the first look: then no shared memory is needed, which network shares
    # lack, and a second program is refused.
    "locking_mode = EXCLUSIVE",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    # The writer brings the log into the file when nobody types.
    "wal_autocheckpoint = 0",
)


def log_bytes(path: Path) -> int:
    """Return the size of the write-ahead log beside a file; 0 where there is none.

    It holds something while a program has the project open, from its first moment on, and after
    a crash.
    """
    try:
        return beside(path, "-wal").stat().st_size
    except OSError:
        return 0


def beside(path: Path, suffix: str) -> Path:
    """Return a file that SQLite puts beside a database; behind a link beside the true file."""
    return Path(f"{os.path.realpath(path)}{suffix}")


def _open_to_look(path: Path) -> sqlite3.Connection:
    if not log_bytes(path):
        # Nobody writes: no lock and no index of a log is needed, which a folder that may only
        # be read would not take.
        return connect(path, "mode=ro&immutable=1")
    connection = connect(path, "mode=ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            # The edits in the log can be brought in only where one may write.
            raise ProjectReadOnlyError(path) from error
        raise
    return connection
