"""Which files to open when a person names files and folders."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from pathlib import Path

SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".dib", ".webp", ".tif", ".tiff", ".pdf"}
)
"""Suffixes that are picked up in folders: lower case, with dot."""

_DIGITS = re.compile(r"(\d+)")


def find_files(paths: Iterable[Path], suffixes: Collection[str] = SUFFIXES) -> list[Path]:
    """List the files to open, in the order given; folders are walked in natural order.

    In a folder, hidden files and folders (name begins with a dot) and files of other suffixes
    are left out. A file that was named itself is kept whatever its suffix, so that it gets its
    message when it is opened. So is a folder below that may not be read: it stands in the list
    itself, and opening it raises :class:`~desktop_ocr.errors.FileNotReadableError`. Links to
    folders are not followed. A file named twice comes once.

    Args:
        paths: Files and folders.
        suffixes: What is picked up in folders: lower case, with dot.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(_walk(path, suffixes)))
        else:
            found[path] = None
    return list(found)


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """Return a key that sorts ``2.png`` before ``10.png``, upper and lower case alike."""
    parts = _DIGITS.split(name)
    key = [(0, int(p), "") if p.isdecimal() else (1, 0, p.casefold()) for p in parts if p]
    return [*key, (-1, 0, name)]  # names alike but for case keep one order


def _walk(folder: Path, suffixes: Collection[str]) -> list[Path]:
    result: list[Path] = []
    unreadable: list[Path] = []

    def remember(error: OSError) -> None:
        unreadable.append(Path(error.filename))

    for where, folders, files in os.walk(folder, onerror=remember):
        result.extend(unreadable)
        unreadable.clear()
        folders[:] = sorted((f for f in folders if not f.startswith(".")), key=natural_key)
        result.extend(
            Path(where) / name
            for name in sorted(files, key=natural_key)
            if not name.startswith(".") and Path(name).suffix.lower() in suffixes
        )
    return result + unreadable
