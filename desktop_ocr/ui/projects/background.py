"""Work with files that must not hold up the window, one after the other in a thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot

from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.log import logger

_log = logger(__name__)

_Result = TypeVar("_Result")


class Background(QObject):
    """Runs one piece of work at a time and brings its result back into the window's thread.

    The thread starts with the first piece and ends with :meth:`close`.
    """

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._closed = False
        self._open = 0
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether something was not brought back yet."""
        return self._open > 0

    def run(
        self,
        work: Callable[[], _Result],
        done: Callable[[_Result], object],
        failed: Callable[[DesktopOcrError], object],
    ) -> None:
        """Do something in the thread.

        Args:
            work: Knows nothing of Qt.
            done: Called in the window's thread with what the work returned.
            failed: Called there with the reason why it did not.
        """
        if self._closed:
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="projects")
        self._open += 1
        self._pool.submit(self._work, work, done, failed)

    def drain(self) -> None:
        """Wait until everything is done and brought back, and what follows from it too."""
        while self._open and self._pool is not None:
            self._pool.submit(lambda: None).result()
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def close(self) -> None:
        """Finish what was begun and end the thread; what comes back is dropped."""
        self._closed = True
        if self._pool is not None:
            self._pool.shutdown(wait=True)

    def _work(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[DesktopOcrError], object],
    ) -> None:
        try:
            result = work()
        except DesktopOcrError as error:
            error.__cause__ = error.__context__ = None
            self._ended.emit(partial(failed, error.with_traceback(None)))
        except Exception as error:
            # The message may hold file names: the class must do.
            _log.error("work with a project failed: %s", type(error).__name__)
            self._ended.emit(partial(failed, DesktopOcrError("That did not work.")))
        else:
            self._ended.emit(partial(done, result))

    @Slot(object)
    def _deliver(self, bring: Callable[[], object]) -> None:
        self._open -= 1
        if not self._closed:
            bring()
