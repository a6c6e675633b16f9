"""What a person waits for right now: done between two lines of a page that is being read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal, Slot

from desktop_ocr.document.model import Document
from desktop_ocr.engine.events import ReadOptions
from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.failure import Failure
from desktop_ocr.ui.jobs import (
    EnhancePage,
    ExportDocument,
    LoadPage,
    PageEnhanced,
    PageLoaded,
    UrgentJob,
)

if TYPE_CHECKING:
    from desktop_ocr.export import ExportFormat


class UrgentJobs(QObject):
    """Pixels of pages in view, prepared pages, exports.

    Signals:
        failure: A :class:`Failure`: the pixels of a page could not be loaded.
        enhanced: Id of a page and what came of preparing it: a
            :class:`~desktop_ocr.ui.jobs.PageEnhanced`, or the error.
        exported: Id and path of an export that is done.
        export_failed: Id of an export and its error.
    """

    failure = Signal(object)
    enhanced = Signal(str, object)
    exported = Signal(int, object)
    export_failed = Signal(int, object)

    def __init__(
        self,
        document: DocumentController,
        ids: Iterator[int],
        put: Callable[[UrgentJob], None],
        parent: QObject,
    ) -> None:
        """Wait for wishes.

        Args:
            document: Whose pages are loaded.
            ids: Numbers for jobs.
            put: Hands a job to the worker, and wakes it.
            parent: Owner.
        """
        super().__init__(parent)
        self._document, self._ids, self._put = document, ids, put
        self._loading: dict[int, tuple[LoadPage, str]] = {}  # what loads the pixels of a page
        self._gone: set[str] = set()  # pages whose file could not be loaded again
        self._enhancing: dict[int, EnhancePage] = {}
        self._exports: dict[int, Path] = {}
        document.page_image_needed.connect(self.load_image)

    # --- wishes ---------------------------------------------------------------------------

    @Slot(str)
    def load_image(self, page_id: str) -> None:
        """Load the pixels of a page."""
        source = self._document.page_source(page_id)
        wanted = [wanted for _, wanted in self._loading.values()]
        if not source.is_kept or page_id in wanted or page_id in self._gone:
            return
        self._drop_stale(page_id)
        job = LoadPage(next(self._ids), source)
        self._loading[job.id] = (job, page_id)
        self._put(job)

    def load_again(self, page_id: str) -> None:
        """Try again to load the pixels of a page, which may lie somewhere else now."""
        self._gone.discard(page_id)
        self.load_image(page_id)

    def is_gone(self, page_id: str) -> bool:
        """Say whether the pixels of a page could not be loaded."""
        return page_id in self._gone

    def forgive(self, page_id: str) -> None:
        """Try to load the pixels of a page again when they are needed next time."""
        self._gone.discard(page_id)

    def enhance(self, page_id: str, options: ReadOptions) -> None:
        """Prepare a page as for reading; a wish for other pages, or another one, is dropped."""
        for job in self._enhancing.values():
            job.cancel.set()
        self._enhancing.clear()
        source, image = self._document.page_source(page_id), self._document.kept_image(page_id)
        job = EnhancePage(next(self._ids), page_id, source, image, options)
        self._enhancing[job.id] = job
        self._put(job)

    def export(
        self,
        document: Document,
        path: Path,
        kind: ExportFormat,
        *,
        overwrite: bool,
        doubt: float,
        reviews: bool = True,
    ) -> int:
        """Write a document to a file; ``exported`` or ``export_failed`` follows.

        Args:
            document: A snapshot that nobody changes any more.
            path: The target.
            kind: The format.
            overwrite: A file that is there may be replaced.
            doubt: Characters below this confidence are marked.
            reviews: Tell who reviewed what and when, where the format leaves that open.

        Returns:
            The id that the signals name.
        """
        chinese = QLocale().language() is QLocale.Language.Chinese  # as the window is
        job = ExportDocument(
            next(self._ids), document, path, kind, overwrite, doubt, chinese, reviews
        )
        self._exports[job.id] = path
        self._put(job)
        return job.id

    def forget_document(self) -> None:
        """Let go of everything that the document had which is no longer open."""
        self._gone.clear()
        for job, _ in self._loading.values():
            job.cancel.set()
        self._loading.clear()
        for wish in self._enhancing.values():
            wish.cancel.set()
        self._enhancing.clear()

    def _drop_stale(self, page_id: str) -> None:
        """Ask no longer for pages that were turned over: the one in view would wait for them."""
        current = self._document.current_page
        shown = (page_id, "" if current is None else current.id)
        stale = [(i, job) for i, (job, wanted) in self._loading.items() if wanted not in shown]
        for job_id, job in stale:
            job.cancel.set()
            del self._loading[job_id]

    # --- what the worker says -------------------------------------------------------------

    def take(self, job_id: int, result: object) -> bool:
        """Take a result; say whether it belongs here."""
        if job_id in self._loading and isinstance(result, PageLoaded):
            self._document.put_page_image(self._loading[job_id][1], result.page)
            return True
        if job_id in self._enhancing and isinstance(result, PageEnhanced):
            self.enhanced.emit(self._enhancing[job_id].page_id, result)
            return True
        return False

    def end(self, job_id: int, error: DesktopOcrError | None) -> bool:
        """Note how a job ended; say whether it belongs here."""
        if job_id in self._loading:
            _, page_id = self._loading.pop(job_id)
            page = self._document.find_page(page_id)
            if error is not None and page is not None:
                self._gone.add(page_id)  # said once; reading the page again tries again
                self.failure.emit(Failure(page.file, error, page=page.page, page_id=page_id))
        elif job_id in self._enhancing:
            job = self._enhancing.pop(job_id)
            if error is not None:
                self.enhanced.emit(job.page_id, error)
        elif job_id in self._exports:
            path = self._exports.pop(job_id)
            if error is None:
                self.exported.emit(job_id, path)
            else:
                self.export_failed.emit(job_id, error)
        else:
            return False
        return True
