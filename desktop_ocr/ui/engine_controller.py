"""Owns the worker's thread: decides what it does next and brings back what it found."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal, Slot
from PySide6.QtGui import QImage

from desktop_ocr.document.model import Line
from desktop_ocr.engine.events import LineRead, LinesFound, PageRead, ReadOptions
from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.engine_worker import EngineWorker
from desktop_ocr.ui.failure import Failure
from desktop_ocr.ui.jobs import (
    FilesFound,
    FindFiles,
    Job,
    ListsLoaded,
    LoadLists,
    LoadPage,
    ModelLoaded,
    PageLoaded,
    ReadingEngine,
    ReadLines,
    ReadPage,
    TakePicture,
    UrgentJob,
    UseModel,
    WarmUp,
)
from desktop_ocr.ui.light import PageLight
from desktop_ocr.ui.opening_queue import OPENS, OpeningQueue
from desktop_ocr.ui.page_results import PageResults
from desktop_ocr.ui.page_store import LoadedPage, PageSource
from desktop_ocr.ui.preparation import PREPARES, Preparation
from desktop_ocr.ui.reading_queue import Boxes, ReadingQueue
from desktop_ocr.ui.urgent import UrgentJobs


class EngineController(QObject):
    """The queue in front of the worker.

    One job at a time is with the worker; what comes next is decided when it ends: boxes that
    somebody wants read again, the page in view, opening files, the other pages. Pixels of a page
    in view do not wait for that: they are loaded between two lines.

    Attributes:
        options: How pages are read from now on.
        queue: What is still to be read.
        urgent: What does not wait for that.
        light: How single pages are prepared.
        preparation: What the worker prepares by itself: recogniser, terms and rules.

    Signals:
        busy_changed: Whether there is anything to wait for.
        progress_changed: The :class:`~desktop_ocr.ui.reading_queue.Progress`.
        failure: A :class:`Failure`; the work goes on.
        opening_stopped: Jobs that were cancelled before they opened something.
        projects_found: Projects, and the other files, among the paths that were to be opened;
            none of them was opened.
        nothing_found: The folders that were to be opened hold no pictures or PDFs.
        lines_kept: Number of lines that were not read again because a person touched them, and
            what to call to have them read too.
    """

    busy_changed = Signal(bool)
    progress_changed = Signal(object)
    failure = Signal(object)
    opening_stopped = Signal(object)
    projects_found = Signal(object, object)
    nothing_found = Signal()
    lines_kept = Signal(int, object)

    _submit = Signal(object)
    _wake = Signal()

    def __init__(
        self,
        make_engine: Callable[[], ReadingEngine],
        document: DocumentController,
        parent: QObject | None = None,
    ) -> None:
        """Prepare.

        Args:
            make_engine: As :class:`~desktop_ocr.ui.engine_worker.EngineWorker`.
            document: What is read.
            parent: Owner.
        """
        super().__init__(parent)
        self.options = ReadOptions()
        self.queue = ReadingQueue()
        self._document = document
        self._ids = itertools.count(1)
        self.preparation = Preparation(self._ids, self)
        self.preparation.failure.connect(self.failure)
        self._running: Job | None = None
        self._was_opened = False  # the result of the job that opens something was taken
        self._held: ReadPage | None = None  # put aside by the worker while reading is paused
        self._opening = OpeningQueue(self._ids)
        self._results = results = PageResults(document, self.queue, self)
        results.failure.connect(self.failure)
        results.lines_kept.connect(self._tell_kept)
        results.read_with.connect(self._note_model)
        self._busy = False

        self._thread = QThread(self)
        self._thread.setObjectName("engine")
        self._worker = EngineWorker(make_engine)
        self._worker.moveToThread(self._thread)
        self._submit.connect(self._worker.run)
        self._wake.connect(self._worker.run_urgent)
        self.urgent = urgent = UrgentJobs(document, self._ids, self._put_urgent, self)
        urgent.failure.connect(self.failure)
        self.light = PageLight(document, urgent, self)
        self._worker.result.connect(self._on_result)
        self._worker.held.connect(self._on_held)
        self._worker.finished.connect(self._on_finished)
        self._worker.cancelled.connect(self._on_cancelled)
        self._worker.failed.connect(self._on_failed)
        self._thread.finished.connect(self._worker.deleteLater)

        document.page_removed.connect(self._forget_page)
        document.read_again_requested.connect(self.read_lines)
        document.replaced.connect(self._forget_document)

    # --- what the window asks -------------------------------------------------------------

    def start(self) -> None:
        """Start the worker's thread and load model, terms and rules there."""
        self._thread.start()
        self.preparation.start()
        self._next()

    def close(self) -> None:
        """Cancel everything and wait until the thread has ended; safe to call twice."""
        self._stop()
        if self._thread.isRunning():
            self._thread.quit()
            self._thread.wait()  # an export under way is finished first

    @property
    def is_busy(self) -> bool:
        """Whether there is anything to wait for."""
        return self._busy

    @property
    def model_id(self) -> str:
        """Identifier of the recogniser; "" until it is loaded."""
        return self.preparation.model_id

    def use_model(self, folder: Path | None) -> None:
        """Read with another recogniser from now on; ``preparation`` tells what comes of it.

        Args:
            folder: Its folder; None for the program's own.
        """
        self.preparation.use_model(folder)
        self._next()

    def open(self, paths: Iterable[Path]) -> None:
        """Open files, and the files in folders; each page is read after it is shown."""
        self._opening.add_paths(paths)
        self._next()

    def open_picture(self, picture: QImage, name: str) -> None:
        """Open a picture from the clipboard."""
        self._opening.add_picture(picture, name)
        self._next()

    def read_pages(self, page_ids: Iterable[str], *, overwrite: bool = False) -> None:
        """Read pages, or read them again.

        Args:
            page_ids: The pages.
            overwrite: Also lines that a person reviewed or changed are read; else they stay.
        """
        for page_id in page_ids:
            self.urgent.forgive(page_id)
            under_way = (self._running, self._held)
            if any(isinstance(j, ReadPage) and j.page_id == page_id for j in under_way):
                continue
            if self.queue.add_page(page_id, overwrite=overwrite):
                self._document.set_page_state(page_id, PageState.WAITING)
        self._next()

    def continue_reading(self, read: Iterable[str], unread: Iterable[str]) -> None:
        """Go on with the pages of a project that was opened.

        Args:
            read: Pages that were read before: another reading of them replaces lines.
            unread: Pages to read now.
        """
        self.queue.known.update(read)
        self.read_pages(unread)

    @Slot()
    def _forget_document(self) -> None:
        """Let go of everything that the document had which is no longer open."""
        self._opening.take_all()
        self.queue.clear()
        self.queue.known.clear()
        self.urgent.forget_document()
        self._cancel_jobs()
        self._next()

    def _put_urgent(self, job: UrgentJob) -> None:
        self._worker.put_urgent(job)
        self._wake.emit()

    def _cancel_jobs(self) -> None:
        """Cancel what the worker is at, and what it put aside."""
        if self._running is not None and not isinstance(self._running, PREPARES):
            self._running.cancel.set()
        if self._held is not None:
            self._held.cancel.set()  # given to the worker again, it ends there

    def forget_failure(self, page_id: str) -> None:
        """Let the pixels of a page be loaded when somebody asks: they are somewhere else now."""
        self.urgent.forgive(page_id)

    @Slot(str, object)
    def read_lines(self, page_id: str, line_ids: Iterable[str], overwrite: bool = False) -> None:
        """Read single boxes again.

        Args:
            page_id: Their page.
            line_ids: Their lines.
            overwrite: Also those that a person reviewed or changed; else they stay.
        """
        ids = tuple(line_ids)
        if ids:
            self.queue.add_boxes(Boxes(page_id, ids, overwrite))
            self._next()

    def pause(self, paused: bool) -> None:
        """Let reading wait after the line under way, or go on.

        Boxes that a person wants read again, and opening files, do not wait.
        """
        self.queue.is_paused = paused
        if isinstance(self._running, ReadPage):
            (self._running.hold.set if paused else self._running.hold.clear)()
        self._next()

    def retry(self, failure: Failure) -> None:
        """Try again what failed."""
        page_id = failure.page_id
        if page_id:
            if self.urgent.is_gone(page_id):
                self.urgent.load_again(page_id)
            if self._document.page_state(page_id) is not PageState.DONE:
                self.read_pages([page_id])
        elif failure.path is not None:
            self._opening.add_page(PageSource(failure.path, failure.page))
            self._next()

    def cancel(self) -> None:
        """Stop after the line under way; what was read stays."""
        rest = self._stop()
        self._next()
        if rest:
            self.opening_stopped.emit(rest)

    def open_rest(self, rest: Sequence[Job]) -> None:
        """Open what ``opening_stopped`` named."""
        self._opening.add_again(rest)
        self._next()

    def _stop(self) -> Sequence[Job]:
        """Cancel everything and return the jobs that would have opened something."""
        running = [] if self._running is None or self._was_opened else [self._running]
        rest = [job for job in [*running, *self._opening.take_all()] if isinstance(job, OPENS)]
        for page_id in self.queue.clear():
            known = page_id in self.queue.known
            self._document.set_page_state(page_id, PageState.DONE if known else PageState.CANCELLED)
        self._cancel_jobs()
        self._announce()
        return rest

    # --- what comes next ------------------------------------------------------------------

    def _next(self) -> None:
        if self._running is None and self._thread.isRunning():
            self._running = self._choose()
            if self._running is not None:
                self._was_opened = False
                self._results.begin()
                self._submit.emit(self._running)
        self._announce()

    def _choose(self) -> Job | None:
        prepared = self.preparation.next()
        if prepared is not None:
            return prepared
        boxes = self.queue.take_boxes()
        while boxes is not None:
            job = self._read_lines_job(boxes)
            if job is not None:
                return job
            boxes = self.queue.take_boxes()
        held = self._held
        if held is not None and (held.cancel.is_set() or not self.queue.is_paused):
            self._held = None
            self.queue.go_on()
            held.hold.clear()
            return held
        current = self._document.current_page
        current_id = "" if current is None or held is not None else current.id
        page_id = self.queue.next_page(current_id, only_current=bool(self._opening))
        if page_id and held is None:
            return self._read_page_job(page_id)
        return self._opening.take()

    def _read_page_job(self, page_id: str) -> ReadPage:
        overwrite = self.queue.begin(page_id)
        self._document.set_page_state(page_id, PageState.READING)
        page = self._document.find_page(page_id)
        return ReadPage(
            next(self._ids),
            page_id,
            self._document.page_source(page_id),
            self._document.kept_image(page_id),
            self.light.options(page_id, self.options),
            replace=page_id in self.queue.known,
            released=tuple(page.lines) if overwrite and page is not None else (),
        )

    def _read_lines_job(self, boxes: Boxes) -> ReadLines | None:
        page_id = boxes.page_id
        page = self._document.find_page(page_id)
        lines: tuple[Line, ...] = ()
        if page is not None:
            lines = tuple(line for line in page.lines if line.id in boxes.line_ids)
        if not lines:
            return None
        source, image = self._document.page_source(page_id), self._document.kept_image(page_id)
        options = self.light.options(page_id, self.options)
        return ReadLines(next(self._ids), page_id, source, image, lines, options, boxes.overwrite)

    def _announce(self) -> None:
        reading = self._running is not None and not isinstance(self._running, PREPARES)
        waits = self._held is not None or self._opening or not self.queue.is_empty
        busy = bool(reading or waits)
        if not busy:
            self.queue.rest()
        self.progress_changed.emit(self.queue.progress())
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)

    @Slot(str)
    def _forget_page(self, page_id: str) -> None:
        self.queue.forget_page(page_id)
        for job in (self._running, self._held):
            if isinstance(job, ReadPage | ReadLines) and job.page_id == page_id:
                job.cancel.set()
        self._next()

    # --- what the worker says -------------------------------------------------------------

    @Slot(int, object)
    def _on_result(self, job_id: int, result: object) -> None:
        if self.urgent.take(job_id, result):
            return
        job = self._running
        if job is None or job.id != job_id:
            return
        if isinstance(job, OPENS) and job.cancel.is_set():
            return  # it is among what can be opened later, and must not bring its other pages
        self._was_opened = isinstance(job, OPENS)
        match job, result:
            case _, (ModelLoaded() | ListsLoaded()):
                self.preparation.take(job, result)
            case FindFiles(), FilesFound():
                if result.projects:
                    self.projects_found.emit(result.projects, result.files)
                else:
                    self._opening.add_files(result.files)
                    if not result.files:
                        self.nothing_found.emit()
            case ((LoadPage() | TakePicture()), PageLoaded()):
                self._add_page(result.page, alone=isinstance(job, LoadPage) and job.alone)
            case ((ReadPage() | ReadLines()), (LinesFound() | LineRead() | PageRead())):
                self._results.take(job, result)

    def _add_page(self, page: LoadedPage, *, alone: bool) -> None:
        if not alone:
            self._opening.add_next_page(page.source, page.image.pages)
        page_id = self._document.add_loaded_page(page)
        self.queue.add_page(page_id)

    @Slot(str)
    def _note_model(self, model_id: str) -> None:
        self.preparation.model_id = model_id

    @Slot(int, object)
    def _tell_kept(self, kept: int, job: ReadPage | ReadLines) -> None:
        """Offer to read also what a person touched."""
        if isinstance(job, ReadPage):
            again = partial(self.read_pages, [job.page_id], overwrite=True)
        else:
            ids = tuple(line.id for line in job.lines)
            again = partial(self.read_lines, job.page_id, ids, True)
        self.lines_kept.emit(kept, again)

    @Slot(int)
    def _on_held(self, job_id: int) -> None:
        job = self._running
        if isinstance(job, ReadPage) and job.id == job_id:
            self._running, self._held = None, job
            self.queue.hold()
            self._next()

    @Slot(int)
    def _on_finished(self, job_id: int) -> None:
        self._end(job_id, PageState.DONE)

    @Slot(int)
    def _on_cancelled(self, job_id: int) -> None:
        self._end(job_id, PageState.CANCELLED)

    @Slot(int, object)
    def _on_failed(self, job_id: int, error: DesktopOcrError) -> None:
        self._end(job_id, PageState.FAILED, error)

    def _end(self, job_id: int, state: PageState, error: DesktopOcrError | None = None) -> None:
        """Note how a job ended and go on with the next."""
        if self.urgent.end(job_id, error):
            return
        job = self._running
        if job is None or job.id != job_id:
            return
        self._running = None
        if isinstance(job, OPENS) and job.cancel.is_set():
            self._next()
            return
        match job:
            case ReadPage():
                self._results.end_page(job, state, error)
            case ReadLines():
                self._results.end_lines(job, error)
            case LoadPage() if error is not None:
                source = job.source
                self.failure.emit(Failure(str(source.path), error, source.path, source.page))
                self._opening.add_next_page(source, job.pages)
            case TakePicture() if error is not None:
                self.failure.emit(Failure(job.name, error))
            case WarmUp() | LoadLists() | UseModel() if error is not None:
                self.preparation.fail(job, error)
            case FindFiles() if error is not None:
                self.failure.emit(Failure(str(job.paths[0]), error, job.paths[0]))
        self._next()
