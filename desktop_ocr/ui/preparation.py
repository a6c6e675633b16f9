"""What the worker prepares by itself: the recogniser, terms and rules."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.ui.failure import Failure
from desktop_ocr.ui.jobs import Job, ListsLoaded, LoadLists, ModelLoaded, UseModel, WarmUp

PREPARES = WarmUp | LoadLists | UseModel
"""Jobs that no person waits for and nobody cancels; they come before all others."""


class Preparation(QObject):
    """The queue of these jobs and what comes of them.

    Args:
        ids: Where the ids of jobs come from.

    Attributes:
        model_id: Identifier of the recogniser that was loaded last; "" before.

    Signals:
        rules_loaded: The :class:`~desktop_ocr.engine.correct.rules.Rules`; again when the user
            changed his.
        lexicon_loaded: The :class:`~desktop_ocr.engine.correct.lexicon.Lexicon`; again likewise.
        model_used: A recogniser that a person chose reads from now on.
        model_refused: It cannot be used, and why; the program's own reads on.
        failure: A :class:`Failure`.
    """

    rules_loaded = Signal(object)
    lexicon_loaded = Signal(object)
    model_used = Signal()
    model_refused = Signal(object)
    failure = Signal(object)

    def __init__(self, ids: Iterator[int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids = ids
        self._jobs: deque[Job] = deque()
        self.model_id = ""

    def start(self) -> None:
        """Ask for everything that reading needs."""
        self._jobs.extend((WarmUp(next(self._ids)), LoadLists(next(self._ids))))

    def use_model(self, folder: Path | None) -> None:
        """Ask for another recogniser, before everything else; None is the program's own."""
        others = [job for job in self._jobs if not isinstance(job, UseModel)]
        self._jobs = deque([UseModel(next(self._ids), folder), *others])

    def next(self) -> Job | None:
        """Return the job that is due and forget it; None where there is none."""
        return self._jobs.popleft() if self._jobs else None

    def take(self, job: Job, result: object) -> None:
        """Take what the worker says about one of these jobs."""
        match result:
            case ModelLoaded():
                self.model_id = result.model_id
                if isinstance(job, UseModel):
                    self.model_used.emit()
            case ListsLoaded():
                self.rules_loaded.emit(result.rules)
                self.lexicon_loaded.emit(result.lexicon)
                for problem in result.problems:
                    self.failure.emit(Failure("", problem))

    def fail(self, job: Job, error: DesktopOcrError) -> None:
        """Follow a job that failed: a chosen recogniser is replaced by the program's own."""
        if isinstance(job, UseModel) and job.folder is not None:
            self.use_model(None)
            self.model_refused.emit(error)
        else:
            self.failure.emit(Failure("", error))
