"""The object that lives in the worker's thread: loads files and runs the engine there."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop_ocr.engine.events import PageRead
from desktop_ocr.errors import DesktopOcrError, EngineError, OutOfMemoryError
from desktop_ocr.log import logger
from desktop_ocr.ui.jobs import (
    EnhancePage,
    ExportDocument,
    FilesFound,
    FindFiles,
    Job,
    ListsLoaded,
    LoadLists,
    LoadPage,
    ModelLoaded,
    PageEnhanced,
    PageLoaded,
    ReadingEngine,
    ReadLines,
    ReadPage,
    TakePicture,
    UrgentJob,
    UseModel,
    WarmUp,
)
from desktop_ocr.ui.page_store import PageSource

if TYPE_CHECKING:
    from desktop_ocr.engine.events import Event
    from desktop_ocr.engine.load import PageImage

_log = logger(__name__)


class EngineWorker(QObject):
    """Does one job after the other; pages to look at are loaded in between.

    Signals (each names the job first; exactly one of the last three ends a job):
        result: A frozen result of :mod:`desktop_ocr.ui.jobs` or an event of the engine.
        held: The job was put aside and goes on when it is given again.
        finished: The job is done.
        cancelled: The job ended because its token was set; results so far are good.
        failed: A :class:`~desktop_ocr.errors.DesktopOcrError`.
    """

    result = Signal(int, object)
    held = Signal(int)
    finished = Signal(int)
    cancelled = Signal(int)
    failed = Signal(int, object)

    def __init__(self, make_engine: Callable[[], ReadingEngine]) -> None:
        """Prepare.

        Args:
            make_engine: Gives what reads; called once, in the worker's thread: the libraries of
                an engine need not be there before the window is.
        """
        super().__init__()
        self._make_engine = make_engine
        self._aside: dict[int, Iterator[Event]] = {}  # pages whose reading was put aside
        self._urgent: queue.SimpleQueue[UrgentJob] = queue.SimpleQueue()

    @cached_property
    def _engine(self) -> ReadingEngine:
        return self._make_engine()

    def put_urgent(self, job: UrgentJob) -> None:
        """Ask for something that a person waits for; may be called from any thread.

        The caller then wakes the worker through :meth:`run_urgent`, which covers the case that
        it is idle; a job under way looks by itself between two lines.
        """
        self._urgent.put(job)

    @Slot()
    def run_urgent(self) -> None:
        """Do what :meth:`put_urgent` asked for."""
        while True:
            try:
                job = self._urgent.get_nowait()
            except queue.Empty:
                return
            match job:
                case LoadPage():
                    self._guard(job, partial(self._load, job))
                case EnhancePage():
                    self._guard(job, partial(self._enhance, job))
                case ExportDocument():
                    self._guard(job, partial(self._export, job))

    @Slot(object)
    def run(self, job: Job) -> None:
        """Do a job to its end, whatever happens."""
        self.run_urgent()
        match job:
            case WarmUp():
                work = partial(self._warm_up, job)
            case UseModel():
                work = partial(self._use_model, job)
            case LoadLists():
                work = partial(self._load_lists, job)
            case FindFiles():
                work = partial(self._find, job)
            case LoadPage():
                work = partial(self._load, job)
            case TakePicture():
                work = partial(self._take, job)
            case ReadPage():
                work = partial(self._read, job)
            case ReadLines():
                work = partial(self._read_lines, job)
            case _:
                raise TypeError(type(job).__name__)
        self._guard(job, work)

    def _guard(self, job: Job, work: Callable[[], object]) -> None:
        """Run the work and end the job with exactly one signal, unless it is put aside."""
        if job.cancel.is_set():
            self._aside.pop(job.id, None)
            self.cancelled.emit(job.id)
            return
        try:
            work()
        except DesktopOcrError as error:
            # Tracebacks would keep the page's arrays alive for as long as the message is shown.
            error.__cause__ = error.__context__ = None
            self.failed.emit(job.id, error.with_traceback(None))
        except MemoryError:
            self.failed.emit(job.id, OutOfMemoryError())
        except Exception as error:
            # The message and the traceback may hold file names or text: the class must do.
            _log.error("a job failed: %s", type(error).__name__)
            self.failed.emit(job.id, EngineError("Reading failed."))
        else:
            if job.id in self._aside:
                self.held.emit(job.id)
                return
            (self.cancelled if job.cancel.is_set() else self.finished).emit(job.id)

    def _warm_up(self, job: WarmUp) -> None:
        self.result.emit(job.id, ModelLoaded(self._engine.model_id))

    def _use_model(self, job: UseModel) -> None:
        self._engine.use_model(job.folder)
        self.result.emit(job.id, ModelLoaded(self._engine.model_id))

    def _load_lists(self, job: Job) -> None:
        knowledge = self._engine.knowledge
        self.result.emit(
            job.id, ListsLoaded(knowledge.rules(), knowledge.lexicon(), knowledge.problems())
        )

    def _follow_lists(self, job: ReadPage | ReadLines) -> None:
        """Take up lists of terms and rules that the user changed since the page before."""
        if self._engine.knowledge.refresh():
            self._load_lists(job)

    def _find(self, job: FindFiles) -> None:
        from desktop_ocr.engine.load import SUFFIXES, find_files
        from desktop_ocr.project import SUFFIX

        found = find_files(job.paths, SUFFIXES | {SUFFIX})
        projects = tuple(path for path in found if path.suffix.lower() == SUFFIX)
        files = tuple(path for path in found if path not in projects)
        self.result.emit(job.id, FilesFound(files, projects))

    def _load(self, job: LoadPage) -> None:
        from desktop_ocr.ui.pictures import load_source, loaded_page

        image = load_source(job.source)
        self.result.emit(job.id, PageLoaded(loaded_page(image, job.source)))

    def _take(self, job: TakePicture) -> None:
        from desktop_ocr.engine.load import from_array
        from desktop_ocr.ui.pictures import loaded_page, to_array

        image = from_array(to_array(job.picture), job.name)
        self.result.emit(job.id, PageLoaded(loaded_page(image, PageSource(None))))

    def _enhance(self, job: EnhancePage) -> None:
        import cv2

        page = self._engine.enhanced(self._image(job), job.options)
        pixels = cv2.cvtColor(page.grey, cv2.COLOR_GRAY2BGR).astype(page.grey.dtype, copy=False)
        done = PageEnhanced(pixels, page.transform, page.steps, job.options)
        self.result.emit(job.id, done)

    def _export(self, job: ExportDocument) -> None:
        from desktop_ocr.engine.extract import extract
        from desktop_ocr.export import Language, export_document

        export_document(
            job.document,
            job.path,
            job.format,
            overwrite=job.overwrite,
            doubt=job.doubt,
            language=Language.CHINESE if job.chinese else Language.ENGLISH,
            reviews=job.reviews,
            fields_of=extract,
        )

    def _read(self, job: ReadPage) -> None:
        events = self._aside.pop(job.id, None)
        if events is None:
            self._follow_lists(job)
            events = self._engine.read(self._image(job), job.options, job.cancel.is_set)
        for event in events:
            self.result.emit(job.id, event)
            self.run_urgent()
            wanted = job.hold.is_set() and not job.cancel.is_set()
            if wanted and not isinstance(event, PageRead):
                self._aside[job.id] = events
                return

    def _read_lines(self, job: ReadLines) -> None:
        self._follow_lists(job)
        image = self._image(job)
        for event in self._engine.read_lines(image, job.lines, job.options, job.cancel.is_set):
            self.result.emit(job.id, event)
            self.run_urgent()

    def _image(self, job: ReadPage | ReadLines | EnhancePage) -> PageImage:
        from desktop_ocr.ui.pictures import load_source

        return load_source(job.source) if job.image is None else job.image
