"""Young cycles are freed, and no collection of everything starts by itself."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QObject

from desktop_ocr.ui.garbage import GarbageCollection


@pytest.fixture
def automatic_again():
    gc.enable()
    yield
    gc.unfreeze()
    gc.disable()  # the collector as the other fixture left it


class Cycle:
    def __init__(self):
        self.me = self


def test_cycles_are_freed_without_the_automatic_collector(qtbot, automatic_again):
    parent = QObject()
    collection = GarbageCollection(parent)
    assert not gc.isenabled()
    collection._timer.setInterval(10)
    cycle = Cycle()
    gone = weakref.ref(cycle)
    del cycle
    assert gone() is not None
    qtbot.waitUntil(lambda: gone() is None)
    old = Cycle()
    gone = weakref.ref(old)
    gc.collect(1)  # it is no longer young now
    del old
    collection.collect_everything()
    assert gone() is None
    parent.deleteLater()
