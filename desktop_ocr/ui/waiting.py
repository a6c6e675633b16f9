"""Waiting for something while the window goes on; for the self-test and the demonstration."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Let the window work until something is the case.

    Args:
        condition: What to wait for; asked again and again.
        seconds: How long at most.

    Returns:
        Whether it came true.
    """
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)
    return True
