"""Keeps Python's cyclic garbage collector from stopping the window.

A collection of all generations visits every object there is. With fifty pages open these are
more than a million (each character keeps its place and its alternatives) and the visit takes half
a second, during which no thread runs. Documents hold no cycles and are freed by reference counts
alone, so only young objects are looked at here, from the window's thread. (That it is this thread
matters too: widgets must not be deleted from another one.)
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1000


class GarbageCollection(QObject):
    """Collects young objects once a second, and everything when nothing is open.

    Args:
        parent: Its life is that of the collection's.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.collect()
        gc.freeze()  # modules and classes live as long as the program
        gc.disable()
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._collect_young)
        self._timer.start()

    def _collect_young(self) -> None:
        gc.collect(1)

    def collect_everything(self) -> None:
        """Visit all objects; for a moment in which nothing is open."""
        gc.collect()
