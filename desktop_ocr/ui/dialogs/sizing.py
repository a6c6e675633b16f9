"""How large a dialog opens: as large as it wants to be, but never larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from desktop_ocr.ui.theme import GRID

FRAME = 6 * GRID
"""What a title bar and some air around take of the screen."""


def fit_screen(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog its first size; on a small or strongly scaled screen what there is of it.

    Args:
        dialog: The dialog.
        width: Wanted, in device-independent pixels.
        height: Wanted, in device-independent pixels.
    """
    dialog.resize(bounded(QSize(width, height), dialog.screen().availableSize()))


def bounded(wanted: QSize, screen: QSize) -> QSize:
    """Return a size that leaves room for a frame on a screen."""
    return wanted.boundedTo(screen - QSize(FRAME, FRAME))
