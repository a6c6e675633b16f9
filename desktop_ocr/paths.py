"""Where resources and the user's own folders are: source tree, wheel and frozen program alike."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

APP_FOLDER = "desktop-ocr"


@cache
def resource_root() -> Path:
    """Return the folder ``resources`` of the source tree, the wheel or the frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parent
    beside = package.parent / "resources"  # source tree
    return beside if beside.is_dir() else package / "resources"  # wheel


def resource(name: str) -> Path:
    """Return the path of one resource.

    Args:
        name: Path below ``resources`` with forward slashes, for example ``models/crnn``.
    """
    return resource_root().joinpath(*name.split("/"))


def user_folder() -> Path:
    """Return the folder for this user's own data (cache, lexicons); it may not exist yet.

    ``DESKTOP_OCR_HOME`` overrides it, which tests and portable installations use.
    """
    override = os.environ.get("DESKTOP_OCR_HOME")
    if override:
        return Path(override)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / APP_FOLDER
