"""Files that are written completely or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from desktop_ocr.errors import (
    DiskFullError,
    FileInUseError,
    OutputError,
    OutputExistsError,
    OutputFolderError,
)

_NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.EROFS}


def check_target(path: Path, *, overwrite: bool) -> None:
    """Refuse a target that cannot be written or must not be replaced; touches nothing.

    Raises:
        OutputExistsError: If something stands there and ``overwrite`` is False.
        OutputFolderError: If its folder is missing or may not be written to.
        OutputError: If it is a folder.
    """
    if os.path.isdir(path):  # noqa: PTH112 - unlike pathlib's, silent on impossible names
        raise OutputError(path, "There is a folder of this name: choose another name.")
    if not overwrite and os.path.lexists(path):
        raise OutputExistsError(path)
    folder = os.path.dirname(os.path.realpath(path))  # noqa: PTH120
    if not os.path.isdir(folder) or not os.access(folder, os.W_OK):  # noqa: PTH112
        raise OutputFolderError(path)


def write_atomically(path: Path, chunks: Iterable[bytes], *, overwrite: bool) -> None:
    """Write to a temporary file in the same folder, then rename it.

    A reader sees the old file or the new one, never a part; whatever goes wrong, the temporary
    file is removed.

    Args:
        path: The target; a symbolic link is followed.
        chunks: The content.
        overwrite: Replace a file that stands there.

    Raises:
        OutputError: One of its subclasses where the cause is known.
    """
    check_target(path, overwrite=overwrite)
    target = Path(os.path.realpath(path))
    # A short name of its own: the target's name may already be as long as the system allows.
    temporary = target.parent / f".{uuid4().hex[:12]}.tmp"
    try:
        # Not tempfile: its files are readable by the owner alone, whatever the umask says.
        descriptor = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666
        )
    except OSError as error:
        raise _cause(path, error, creating=True) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            with contextlib.suppress(OSError):
                shutil.copymode(target, temporary)
        check_target(path, overwrite=overwrite)  # it may have come while we wrote
        temporary.replace(target)
    except OSError as error:
        raise _cause(path, error, creating=False) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _cause(path: Path, error: OSError, *, creating: bool) -> OutputError:
    if error.errno in _NO_ROOM:
        return DiskFullError(path)
    if creating and error.errno in _NO_FOLDER:
        return OutputFolderError(path)
    if isinstance(error, PermissionError):  # Windows: Word holds the old file open
        return FileInUseError(path)
    return OutputError(path, "The file cannot be written: choose another name or folder.")
