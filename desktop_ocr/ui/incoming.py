"""What is dropped on the window or pasted into it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage


def dropped_paths(mime: QMimeData) -> list[Path]:
    """Return the local files and folders of a drag or of the clipboard."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def dropped_picture(mime: QMimeData) -> QImage | None:
    """Return the picture of a drag or of the clipboard, None where there is none."""
    if not mime.hasImage():
        return None
    picture = mime.imageData()
    if isinstance(picture, QImage) and not picture.isNull():
        return picture
    return None


def is_welcome(mime: QMimeData) -> bool:
    """Say whether something can be opened from it; nothing is decoded."""
    return bool(dropped_paths(mime)) or mime.hasImage()


def is_text(mime: QMimeData) -> bool:
    """Say whether it is text, and not files, whose addresses would come as text too."""
    return mime.hasText() and not dropped_paths(mime)


def one_row(text: str) -> str:
    """Return a text with spaces in place of what would start another paragraph."""
    return "".join(" " if ch in "\n\r\u2028\u2029" else ch for ch in text)
