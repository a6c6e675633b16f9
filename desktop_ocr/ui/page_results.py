"""What comes back of pages and boxes that are read, on its way into the document."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop_ocr.engine.events import LineRead, LinesFound, PageRead
from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.failure import Failure
from desktop_ocr.ui.jobs import ReadLines, ReadPage
from desktop_ocr.ui.reading_queue import ReadingQueue


class PageResults(QObject):
    """Takes the events of one reading job at a time.

    Args:
        document: Takes the lines.
        queue: Is told which pages have lines of the machine, and which are read.

    Signals:
        read_with: Identifier of the recogniser that read a page.
        lines_kept: Number of lines that stayed because a person touched them, and the job.
        failure: A :class:`Failure`.
    """

    read_with = Signal(str)
    lines_kept = Signal(int, object)
    failure = Signal(object)

    def __init__(
        self, document: DocumentController, queue: ReadingQueue, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._queue = document, queue
        self._page_was_read = False
        self._reread: list[LineRead] = []

    def begin(self) -> None:
        """Forget the job before."""
        self._page_was_read = False
        self._reread = []

    def take(self, job: ReadPage | ReadLines, event: LinesFound | LineRead | PageRead) -> None:
        """Take an event of a job."""
        readings = self._document.readings
        match job, event:
            case ReadLines(), LineRead():
                self._reread.append(event)
            case ReadPage(replace=False), LinesFound():
                self._queue.known.add(job.page_id)
                readings.take_found_lines(job.page_id, event.lines)
            case ReadPage(replace=False), LineRead():
                readings.take_read_line(job.page_id, event.line)
            case ReadPage(), PageRead():
                self._page_was_read = True
                self.read_with.emit(event.provenance.model_id)
                self._queue.known.add(job.page_id)
                kept = readings.take_read_page(
                    job.page_id,
                    event.lines,
                    event.provenance,
                    replace=job.replace,
                    released=job.released,
                )
                if kept:
                    self.lines_kept.emit(kept, job)

    def end_page(self, job: ReadPage, state: PageState, error: DesktopOcrError | None) -> None:
        """Note how reading a page ended."""
        self._queue.end(read=self._page_was_read)
        if self._page_was_read or (job.replace and error is None):
            state = PageState.DONE  # the cancel came too late, or the old reading stands
        page = self._document.find_page(job.page_id)
        if page is None:
            return
        if error is None:
            self._document.set_page_state(job.page_id, state)
            return
        self._document.set_page_state(job.page_id, state, error_text(error))
        self.failure.emit(Failure(page.file, error, page=page.page, page_id=job.page_id))

    def end_lines(self, job: ReadLines, error: DesktopOcrError | None) -> None:
        """Take the boxes that were read, as one step; an error leaves out the rest of them."""
        lines = [event.line for event in self._reread]
        _taken, kept = self._document.readings.take_read_again(
            job.page_id, lines, job.lines, overwrite=job.overwrite
        )
        if kept:
            self.lines_kept.emit(kept, job)
        page = self._document.find_page(job.page_id)
        if error is not None and page is not None:
            self.failure.emit(Failure(page.file, error, page=page.page))
