"""A page at halved sizes, so that a repaint costs the same at every zoom."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

SMALLEST = 512
"""Halving ends when the longer side is below this."""


def wrap(pixels: np.ndarray) -> QImage:
    """Return a picture that shares the memory of the array.

    Args:
        pixels: uint8 (H, W, 3) BGR, contiguous; must outlive the picture.
    """
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_BGR888)


class Pyramid(QObject):
    """The full picture at once, and smaller ones as a background thread makes them.

    Painting a large picture at a small zoom straight from its pixels would skip most of them and
    make thin strokes flicker; each level is the mean over 2 x 2 pixels of the one before.

    Signals:
        grown: A further level is there.
    """

    grown = Signal()

    def __init__(self, pixels: np.ndarray, parent: QObject | None = None) -> None:
        """Start making levels.

        Args:
            pixels: uint8 (H, W, 3) BGR.
            parent: Owner.
        """
        import numpy as np

        super().__init__(parent)
        first = np.ascontiguousarray(pixels)
        # QImage does not own its memory, so array and picture are kept side by side.
        self._levels: list[tuple[np.ndarray, QImage]] = [(first, wrap(first))]
        maker = _Maker(first)
        maker.made.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._maker = maker
        self._thread = threading.Thread(target=maker.run, name="page levels", daemon=True)
        if _is_large(first):
            self._thread.start()

    @property
    def levels(self) -> Sequence[QImage]:
        """The pictures made so far, each half as large as the one before."""
        return [image for _, image in self._levels]

    def level_for(self, scale: float) -> tuple[QImage, int]:
        """Return the smallest picture that is not smaller than it will be shown.

        Args:
            scale: Physical screen pixels for a pixel of the page.

        Returns:
            The picture and by how much it was reduced (1, 2, 4 ...).
        """
        level = 0
        while level + 1 < len(self._levels) and scale * 2 ** (level + 1) <= 1.0:
            level += 1
        return self._levels[level][1], 2**level

    def stop(self) -> None:
        """Make no further levels; the thread ends after the one that it is at."""
        self._maker.cancelled.set()

    @property
    def is_busy(self) -> bool:
        """Whether a level is being made."""
        return self._thread.is_alive()

    def wait(self) -> None:
        """Wait for the thread (a few hundredths of a second)."""
        if self._thread.is_alive():
            self._thread.join()

    def _take(self, pixels: np.ndarray) -> None:
        if not self._maker.cancelled.is_set():
            self._levels.append((pixels, wrap(pixels)))
            self.grown.emit()


class _Maker(QObject):
    """Makes the levels in a thread; has no parent, so that it lives as long as the thread."""

    made = Signal(object)

    def __init__(self, pixels: np.ndarray) -> None:
        super().__init__()
        self.cancelled = threading.Event()
        self._pixels = pixels

    def run(self) -> None:
        import cv2

        pixels = self._pixels
        del self._pixels
        while _is_large(pixels) and not self.cancelled.is_set():
            height, width = pixels.shape[:2]
            # Rounding up keeps level k at least as large as the page divided by 2**k.
            size = ((width + 1) // 2, (height + 1) // 2)
            pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
            self.made.emit(pixels)


def _is_large(pixels: np.ndarray) -> bool:
    height, width = pixels.shape[:2]
    return bool(max(height, width) > SMALLEST and min(height, width) > 1)
