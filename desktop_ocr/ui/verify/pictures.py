"""Brings in the pictures of characters: page after page, those that are looked at first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from desktop_ocr.ui.verify.crops import Crop, cut

if TYPE_CHECKING:
    from desktop_ocr.document.geometry import Quad
    from desktop_ocr.engine.load import PageImage
    from desktop_ocr.ui.document_controller import DocumentController
    from desktop_ocr.ui.verify.groups import Occurrence

Key = tuple[str, str, int]

MEMORY_BOUND = 96 * 1024 * 1024
"""Bytes of pictures that are kept, about 25,000 of them."""

MOST_PIXMAPS = 600
"""Pictures that are kept as they are painted."""

ASK_AGAIN_MS = 3000
"""The worker drops a page that was asked for when another one is to be shown."""


class CropStore(QObject):
    """Pictures of characters under a bound of memory.

    A page whose pixels are not in memory is asked for; one after the other, so that pages in
    view come between. All that is wanted of a page is cut out at once, in a thread.

    Signals:
        ready: Id of a page whose pictures are there now.
    """

    ready = Signal(str)

    def __init__(
        self,
        controller: DocumentController,
        parent: QObject | None = None,
        bound: int = MEMORY_BOUND,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._bound = bound
        self._wanted: dict[str, Sequence[Occurrence]] = {}
        self._first: list[str] = []
        self._crops: OrderedDict[str, Mapping[Key, Crop]] = OrderedDict()
        self._sizes: dict[str, int] = {}
        self._failed: set[str] = set()
        self._pixmaps: OrderedDict[Key, QPixmap] = OrderedDict()
        self._awaited = ""
        self._is_full = False
        self._cutter: _Cutter | None = None
        self._threads: list[threading.Thread] = []
        self._active = False
        self._again = QTimer(self, singleShot=True, interval=ASK_AGAIN_MS)
        self._again.timeout.connect(self._ask_again)
        controller.page_image_ready.connect(self._take_page)

    # --- what is wanted -----------------------------------------------------------------------

    def want(self, by_page: Mapping[str, Sequence[Occurrence]]) -> None:
        """Bring in the pictures of these, page by page; those of others are forgotten."""
        self.stop()
        self._wanted = {page_id: found for page_id, found in by_page.items() if found}
        self._is_full = False
        self._crops.clear()
        self._sizes.clear()
        self._pixmaps.clear()
        self._failed.clear()
        self._go_on()

    def add(self, page_id: str, found: Sequence[Occurrence]) -> None:
        """Bring in the pictures of a further page too."""
        if found:
            self._wanted[page_id] = found
            self._next()

    def put_first(self, occurrences: Sequence[Occurrence]) -> None:
        """Bring in the pictures of these before all others."""
        pages: dict[str, int] = {}
        for occurrence in occurrences:
            pages[occurrence.page_id] = pages.get(occurrence.page_id, 0) + 1
        self._first = sorted(pages, key=pages.__getitem__, reverse=True)
        for page_id in self._first:
            if page_id in self._crops:
                self._crops.move_to_end(page_id)
        self._next()

    def stop(self) -> None:
        """Bring in nothing more; the thread ends after the character that it is at."""
        self._active = False
        self._awaited = ""
        self._again.stop()
        if self._cutter is not None:
            self._cutter.cancelled.set()
            self._cutter = None

    def wait(self) -> None:
        """Stop, and wait for the thread (a few hundredths of a second)."""
        self.stop()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _go_on(self) -> None:
        self._active = True
        self._next()

    # --- what is there ------------------------------------------------------------------------

    def crop(self, occurrence: Occurrence) -> Crop | None:
        """Return the picture of a character where it is there."""
        return self._crops.get(occurrence.page_id, {}).get(occurrence.key)

    def pixmap(self, occurrence: Occurrence) -> QPixmap | None:
        """Return the picture of a character for painting, where it is there."""
        known = self._pixmaps.get(occurrence.key)
        if known is None:
            crop = self.crop(occurrence)
            if crop is None:
                return None
            known = QPixmap.fromImage(QImage.fromData(crop.data))
            self._pixmaps[occurrence.key] = known
            if len(self._pixmaps) > MOST_PIXMAPS:
                self._pixmaps.popitem(last=False)
        self._pixmaps.move_to_end(occurrence.key)
        return known

    def has_failed(self, occurrence: Occurrence) -> bool:
        """Say whether there will be no picture: the page's file cannot be loaded."""
        done = occurrence.page_id in self._crops
        return occurrence.page_id in self._failed or (done and self.crop(occurrence) is None)

    @property
    def size(self) -> int:
        """Bytes that the pictures take."""
        return sum(self._sizes.values())

    @property
    def is_complete(self) -> bool:
        """Whether every picture that is wanted was brought in, is too much, or cannot be had."""
        return self._choose() == ""

    # --- page after page ----------------------------------------------------------------------

    def _choose(self) -> str:
        """Return the page to cut next, "" for none."""
        missing = [i for i in self._wanted if i not in self._crops and i not in self._failed]
        first = [i for i in self._first if i in missing]
        if not first and self._is_full:
            return ""
        pages = first or missing
        in_memory = (i for i in pages if self._controller.kept_image(i) is not None)
        return next(in_memory, pages[0] if pages else "")

    def _next(self) -> None:
        if not self._active or self._cutter is not None:
            return
        page_id = self._choose()
        if page_id in ("", self._awaited):
            return
        image = self._controller.kept_image(page_id)
        if image is not None:
            self._cut(page_id, image)
            return
        self._awaited = page_id
        self._again.start()
        self._controller.page_image(page_id)  # page_image_ready follows

    def _cut(self, page_id: str, image: PageImage) -> None:
        cutter = _Cutter(page_id, image, self._boxes(page_id))
        cutter.done.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._cutter = cutter
        thread = threading.Thread(target=cutter.run, name="crops", daemon=True)
        self._threads = [t for t in self._threads if t.is_alive()] + [thread]
        thread.start()

    def _boxes(self, page_id: str) -> list[tuple[Key, Quad, Quad]]:
        """Return what is to be cut out of a page, with the boxes of line and character."""
        page = self._controller.find_page(page_id)
        lines = {} if page is None else {line.id: line for line in page.lines}
        found = []
        for occurrence in self._wanted[page_id]:
            line, i = lines.get(occurrence.line_id), occurrence.character
            quad = line.characters[i].quad if line and i < len(line.characters) else None
            if line is not None and quad is not None:
                found.append((occurrence.key, line.quad, quad))
        return found

    @Slot(object, object)
    def _take(self, cutter: _Cutter, crops: Mapping[Key, Crop]) -> None:
        if cutter is not self._cutter:
            return  # it was stopped
        self._cutter = None
        page_id = cutter.page_id
        self._crops[page_id] = crops
        self._sizes[page_id] = sum(len(c.data) + c.shape.nbytes + 200 for c in crops.values())
        for old in list(self._crops):
            if self.size <= self._bound:
                break
            if old != page_id and old not in self._first:
                self._is_full = True  # what comes in from now on pushes something out
                del self._crops[old], self._sizes[old]
        self.ready.emit(page_id)
        self._next()

    @Slot(str)
    def _take_page(self, page_id: str) -> None:
        if page_id == self._awaited:
            self._awaited = ""
            self._again.stop()
        self._next()

    def page_failed(self, page_id: str) -> None:
        """Take that the pixels of a page cannot be loaded."""
        if page_id in self._wanted:
            self._failed.add(page_id)
            if page_id == self._awaited:
                self._awaited = ""
            self.ready.emit(page_id)
            self._next()

    def _ask_again(self) -> None:
        self._awaited = ""
        self._next()


class _Cutter(QObject):
    """Cuts characters out of a page in a thread; without parent, so that it lives as long."""

    done = Signal(object, object)

    def __init__(
        self, page_id: str, image: PageImage, wanted: Sequence[tuple[Key, Quad, Quad]]
    ) -> None:
        super().__init__()
        self.cancelled = threading.Event()
        self.page_id = page_id
        self._image, self._wanted = image, wanted

    def run(self) -> None:
        crops: dict[Key, Crop] = {}
        for key, line, character in self._wanted:
            if self.cancelled.is_set():
                return
            crop = cut(self._image.pixels, line, character)
            if crop is not None:
                crops[key] = crop
        self.done.emit(self, crops)
