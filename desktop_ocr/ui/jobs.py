"""What the window asks its worker to do and what comes back: frozen snapshots.

A job carries everything it needs, so that the worker never looks into the document.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from desktop_ocr.document.geometry import Transform
from desktop_ocr.document.model import Document, Line, Step
from desktop_ocr.engine.events import Event, LineRead, ReadOptions
from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.ui.page_store import LoadedPage, PageSource

if TYPE_CHECKING:
    import numpy as np
    from PySide6.QtGui import QImage

    from desktop_ocr.engine.correct.knowledge import Knowledge
    from desktop_ocr.engine.correct.lexicon import Lexicon
    from desktop_ocr.engine.correct.rules import Rules
    from desktop_ocr.engine.enhance import EnhancedPage
    from desktop_ocr.engine.load import PageImage
    from desktop_ocr.export import ExportFormat


class ReadingEngine(Protocol):
    """What the worker needs of :class:`desktop_ocr.engine.pipeline.Engine`."""

    knowledge: Knowledge

    @property
    def model_id(self) -> str:
        """Identifier of the recogniser; loads it."""
        ...

    def use_model(self, folder: Path | None) -> None:
        """Read with the model of another folder from now on; None for the program's own."""
        ...

    def read(
        self, image: PageImage, options: ReadOptions = ..., cancelled: Callable[[], bool] = ...
    ) -> Iterator[Event]:
        """Find and read the lines of a page."""
        ...

    def enhanced(self, image: PageImage, options: ReadOptions = ...) -> EnhancedPage:
        """Prepare a page as for reading."""
        ...

    def read_lines(
        self,
        image: PageImage,
        lines: Sequence[Line],
        options: ReadOptions = ...,
        cancelled: Callable[[], bool] = ...,
    ) -> Iterator[LineRead]:
        """Read the boxes of given lines again."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """Something for the worker.

    Attributes:
        id: Unique; every signal of the worker names it first.
        cancel: Set by the window; looked at between pages and lines.
    """

    id: int
    cancel: threading.Event = field(default_factory=threading.Event, kw_only=True)


@dataclass(frozen=True, slots=True, eq=False)
class WarmUp(Job):
    """Load the model, so that the first page does not wait for it; answered by ModelLoaded."""


@dataclass(frozen=True, slots=True, eq=False)
class UseModel(Job):
    """Change the recogniser and load it; answered by ModelLoaded.

    Attributes:
        folder: Its folder; None for the program's own.
    """

    folder: Path | None


@dataclass(frozen=True, slots=True, eq=False)
class LoadLists(Job):
    """Read terms and rules of program and user; answered by ListsLoaded."""


@dataclass(frozen=True, slots=True, eq=False)
class FindFiles(Job):
    """Walk folders; answered by one :class:`FilesFound`."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LoadPage(Job):
    """Decode one page of a file; answered by one :class:`PageLoaded`.

    Attributes:
        source: The page.
        pages: How many pages the file has, where that is known already, else 1.
        alone: The pages after it were opened already.
    """

    source: PageSource
    pages: int = 1
    alone: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class TakePicture(Job):
    """Take a picture from the clipboard as a page; answered by one :class:`PageLoaded`."""

    picture: QImage
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class ReadPage(Job):
    """Read a page; answered by the engine's events.

    Attributes:
        page_id: The page.
        source: Where its pixels are.
        image: The pixels where they are in memory.
        options: How it is read.
        replace: The page had been read before.
        released: Lines that are replaced although a person reviewed or changed them; one that is
            another by then stays.
        hold: Set by the window; the job is put aside after the line under way. It goes on when it
            is given to the worker again.
    """

    page_id: str
    source: PageSource
    image: PageImage | None
    options: ReadOptions
    replace: bool = False
    released: tuple[Line, ...] = ()
    hold: threading.Event = field(default_factory=threading.Event, kw_only=True)


@dataclass(frozen=True, slots=True, eq=False)
class ReadLines(Job):
    """Read single boxes again; answered by the engine's events.

    Attributes:
        overwrite: Also those are replaced that a person had reviewed or changed.
    """

    page_id: str
    source: PageSource
    image: PageImage | None
    lines: tuple[Line, ...]
    options: ReadOptions
    overwrite: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class EnhancePage(Job):
    """Prepare a page as for reading; answered by one :class:`PageEnhanced`.

    Attributes:
        page_id: The page.
        source: Where its pixels are.
        image: The pixels where they are in memory.
        options: How it is prepared.
    """

    page_id: str
    source: PageSource
    image: PageImage | None
    options: ReadOptions


@dataclass(frozen=True, slots=True, eq=False)
class ExportDocument(Job):
    """Write a snapshot of the document to a file; success is the end of the job.

    Attributes:
        document: A copy that nobody changes any more.
        path: The target.
        format: One of :class:`desktop_ocr.export.ExportFormat`.
        overwrite: A file that is there may be replaced.
        doubt: Characters below this confidence are marked.
        chinese: The notes that the program adds are Chinese, else English.
        reviews: Who reviewed what and when is told at the end.
    """

    document: Document
    path: Path
    format: ExportFormat
    overwrite: bool
    doubt: float
    chinese: bool
    reviews: bool


@dataclass(frozen=True, slots=True)
class ModelLoaded:
    """The recogniser is ready."""

    model_id: str


@dataclass(frozen=True, slots=True)
class ListsLoaded:
    """Terms and rules that pages are read with from now on.

    Attributes:
        rules: What may suggest.
        lexicon: The terms.
        problems: What cannot be used of the user's lists and rules.
    """

    rules: Rules
    lexicon: Lexicon
    problems: tuple[DesktopOcrError, ...]


@dataclass(frozen=True, slots=True)
class FilesFound:
    """The files below the paths that were asked for, in natural order."""

    files: tuple[Path, ...]
    projects: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PageLoaded:
    """A decoded page with its thumbnail."""

    page: LoadedPage


@dataclass(frozen=True, slots=True, eq=False)
class PageEnhanced:
    """A page as it is prepared for reading.

    Attributes:
        pixels: uint8 (h, w, 3) BGR: straight, evenly lit, of bounded size.
        to_page: From these pixels to those of the original page.
        steps: What was done, with what was found.
        options: What it was asked for with.
    """

    pixels: np.ndarray
    to_page: Transform
    steps: tuple[Step, ...]
    options: ReadOptions


UrgentJob: TypeAlias = LoadPage | EnhancePage | ExportDocument
"""Jobs that are done between two lines of a page that is being read."""

Result: TypeAlias = "ModelLoaded | ListsLoaded | FilesFound | PageLoaded | PageEnhanced | Event"
