"""Where the pixels of each page come from, and which of them are in memory now."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from desktop_ocr.engine.load import PageImage
    from desktop_ocr.project import StoredPicture

MEMORY_BOUND = 96 * 1024 * 1024
"""Bytes of decoded pages that are kept; the page in view is kept in any case."""


@dataclass(frozen=True, slots=True)
class PageSource:
    """Where a page can be loaded from again.

    Attributes:
        path: The file; None for a picture from the clipboard, or one inside of a project.
        page: Number of the page in its file, from 1.
        stored: Asks the project where the picture is; called in the worker's thread. None where
            the page is not from a project.
        name: What the file is called, for messages about a picture inside of a project.
        size: Width and height of the page that is expected there; None where any will do.
    """

    path: Path | None
    page: int = 1
    stored: Callable[[], StoredPicture] | None = None
    name: str = ""
    size: tuple[int, int] | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the pixels can be loaded again; else they must stay in memory."""
        return self.path is not None or self.stored is not None


@dataclass(frozen=True, slots=True, eq=False)
class LoadedPage:
    """A decoded page; made in the worker's thread so that the window never waits for it.

    Attributes:
        image: The original pixels, for the engine and for painting.
        thumbnail: A small copy, at most :data:`THUMBNAIL_SIDE` pixels on its longer side.
        source: Where it came from.
        small: The thumbnail as a JPEG file, for a project.
        file: The pixels as a PNG file where no file has them (from the clipboard), else None.
    """

    image: PageImage
    thumbnail: QImage
    source: PageSource
    small: bytes = b""
    file: bytes | None = None

    @property
    def bytes(self) -> int:
        """Memory that this page holds."""
        return int(self.image.pixels.nbytes)


THUMBNAIL_SIDE = 320
MOST_DECODED = 60
"""Thumbnails of a project that are decoded at a time: more than a list of pages shows."""


class PageStore:
    """Decoded pages under a bound of memory, least recently used first out.

    Thumbnails are small and stay; those of a project stay as files, and few of them decoded.
    Pages that cannot be loaded again (from the clipboard) stay too.
    """

    def __init__(self, bound: int = MEMORY_BOUND) -> None:
        self._bound = bound
        self._sources: dict[str, PageSource] = {}
        self._thumbnails: dict[str, QImage] = {}
        self._small: dict[str, bytes] = {}
        self._decoded: OrderedDict[str, QImage] = OrderedDict()
        self._loaded: OrderedDict[str, LoadedPage] = OrderedDict()

    def put(self, page_id: str, page: LoadedPage, shown: str = "") -> None:
        """Keep a page, and let go of the oldest ones beyond the bound.

        Args:
            page_id: The page.
            page: Its pixels.
            shown: The page in view, which stays in any case.
        """
        self._sources[page_id] = page.source
        if page_id not in self._small:
            self._thumbnails[page_id] = page.thumbnail
        self._loaded[page_id] = page
        self._loaded.move_to_end(page_id)
        size = sum(p.bytes for p in self._loaded.values())
        for old_id in list(self._loaded)[:-1]:
            if size <= self._bound:
                break
            if old_id != shown and self._sources[old_id].is_kept:
                size -= self._loaded.pop(old_id).bytes

    def get(self, page_id: str) -> LoadedPage | None:
        """Return a page that is in memory, else None."""
        page = self._loaded.get(page_id)
        if page is not None:
            self._loaded.move_to_end(page_id)
        return page

    def source(self, page_id: str) -> PageSource:
        """Return where a page came from.

        Raises:
            KeyError: If the page was never loaded.
        """
        return self._sources[page_id]

    def thumbnail(self, page_id: str) -> QImage | None:
        """Return the small copy of a page, None where there is none."""
        from PySide6.QtGui import QImage

        if page_id in self._thumbnails:
            return self._thumbnails[page_id]
        if page_id not in self._decoded:
            image = QImage.fromData(self._small.get(page_id, b""))
            if image.isNull():
                return None
            self._decoded[page_id] = image
            while len(self._decoded) > MOST_DECODED:
                self._decoded.popitem(last=False)
        self._decoded.move_to_end(page_id)
        return self._decoded[page_id]

    def set_source(self, page_id: str, source: PageSource) -> None:
        """Note that a page is loaded from somewhere else from now on."""
        self._sources[page_id] = source

    def replace(self, sources: Mapping[str, PageSource], thumbnails: Mapping[str, bytes]) -> None:
        """Let go of all pages and take those of another document.

        Args:
            sources: Where each page is.
            thumbnails: Small pictures as PNG or JPEG files.
        """
        self._loaded.clear()
        self._thumbnails.clear()
        self._decoded.clear()
        self._sources, self._small = dict(sources), dict(thumbnails)
