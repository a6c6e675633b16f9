"""Where the pixels of each page come from, and which of them are in memory now."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from desktop_ocr.engine.load import PageImage

MEMORY_BOUND = 256 * 1024 * 1024
"""Bytes of decoded pages that are kept; the page in view is kept in any case."""


@dataclass(frozen=True, slots=True)
class PageSource:
    """Where a page can be loaded from again.

    Attributes:
        path: The file; None for a picture from the clipboard, whose pixels stay in memory.
        page: Number of the page in its file, from 1.
    """

    path: Path | None
    page: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class LoadedPage:
    """A decoded page; made in the worker's thread so that the window never waits for it.

    Attributes:
        image: The original pixels, for the engine and for painting.
        thumbnail: A small copy, at most :data:`THUMBNAIL_SIDE` pixels on its longer side.
        source: Where it came from.
    """

    image: PageImage
    thumbnail: QImage
    source: PageSource

    @property
    def bytes(self) -> int:
        """Memory that this page holds."""
        return int(self.image.pixels.nbytes)


THUMBNAIL_SIDE = 320


class PageStore:
    """Decoded pages under a bound of memory, least recently used first out.

    Thumbnails are small and always stay; so do pages without a file (from the clipboard).
    """

    def __init__(self, bound: int = MEMORY_BOUND) -> None:
        self._bound = bound
        self._sources: dict[str, PageSource] = {}
        self._thumbnails: dict[str, QImage] = {}
        self._loaded: OrderedDict[str, LoadedPage] = OrderedDict()

    def put(self, page_id: str, page: LoadedPage, shown: str = "") -> None:
        """Keep a page, and let go of the oldest ones beyond the bound.

        Args:
            page_id: The page.
            page: Its pixels.
            shown: The page in view, which stays in any case.
        """
        self._sources[page_id] = page.source
        self._thumbnails[page_id] = page.thumbnail
        self._loaded[page_id] = page
        self._loaded.move_to_end(page_id)
        size = sum(p.bytes for p in self._loaded.values())
        for old_id in list(self._loaded)[:-1]:
            if size <= self._bound:
                break
            if old_id != shown and self._sources[old_id].path is not None:
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
        """Return the small copy of a page."""
        return self._thumbnails.get(page_id)
