"""How the command line reads its inputs: page by page, or many single lines together."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_ocr.errors import DesktopOcrError, InputError, ModelError, OutputError

if TYPE_CHECKING:
    from desktop_ocr.document.model import Page
    from desktop_ocr.engine.events import PageRead, ReadOptions
    from desktop_ocr.engine.load import PageImage
    from desktop_ocr.engine.pipeline import Engine

_LINES_TOGETHER = 48
_PIXELS_TOGETHER = 8_000_000
"""Most pictures of single lines, and most pixels, that are held at once."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and what the person called it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page of the inputs.

    Attributes:
        source: Its file.
        page: The page; without lines where reading it failed, None where it could not be opened.
        problem: Why reading it failed, which was reported; empty where it did not.
        small: A small copy as a JPEG file where one was asked for.
    """

    source: Source
    page: Page | None
    problem: str = ""
    small: bytes | None = None

    @property
    def is_read(self) -> bool:
        """Whether all went well."""
        return self.page is not None and not self.problem


def _images(sources: Sequence[Source], stats: Stats) -> Iterator[tuple[Source, PageImage | None]]:
    """Yield the pictures of all files, None for what could not be opened (and was reported)."""
    from desktop_ocr.engine.load import load_page, page_count

    for source in sources:
        try:
            count = page_count(source.path)
        except InputError as error:
            report(error, source.name)
            yield source, None
            continue
        for number in range(1, count + 1):
            began = time.perf_counter()
            try:
                image = load_page(source.path, number)
            except DesktopOcrError as error:
                report(error, source.name if count == 1 else f"{source.name}, page {number}")
                yield source, None
            else:
                stats.add("load", time.perf_counter() - began)
                yield source, replace(image, file=source.name)
                del image  # only one page of pixels at a time


def read_pages(
    sources: Sequence[Source],
    engine: Engine,
    options: ReadOptions,
    stats: Stats,
    *,
    small: bool = False,
) -> Iterator[ReadPage]:
    """Yield the pages of all files one by one.

    Args:
        sources: The files.
        engine: Reads.
        options: How.
        stats: Counts.
        small: Make small copies of the pages too.
    """
    reader = _Reader(engine, options, stats, small=small)
    for source, image in _images(sources, stats):
        yield ReadPage(source, None) if image is None else reader.read(source, image)
        del image


def read_single_lines(
    sources: Sequence[Source],
    engine: Engine,
    options: ReadOptions,
    stats: Stats,
    *,
    small: bool = False,
) -> Iterator[ReadPage]:
    """Do the same where each picture is one line: many are read together, which is faster."""
    reader = _Reader(engine, options, stats, small=small)
    waiting: list[tuple[Source, PageImage | None]] = []
    pixels = 0
    for source, image in _images(sources, stats):
        waiting.append((source, image))
        pixels += image.width * image.height if image else 0
        if len(waiting) == _LINES_TOGETHER or pixels > _PIXELS_TOGETHER:
            yield from reader.read_together(waiting)
            waiting, pixels = [], 0
    yield from reader.read_together(waiting)


class _Reader:
    """Reads pages with one engine."""

    def __init__(self, engine: Engine, options: ReadOptions, stats: Stats, *, small: bool) -> None:
        self._engine = engine
        self._options = options
        self._stats = stats
        self._small = small

    def read_together(
        self, waiting: Sequence[tuple[Source, PageImage | None]]
    ) -> Iterator[ReadPage]:
        images = [image for _, image in waiting if image]
        try:
            readings = iter(self._engine.read_single_lines(images, self._options))
        except ModelError:
            raise
        except DesktopOcrError:  # one of them is at fault: find out which
            for source, image in waiting:
                yield ReadPage(source, None) if image is None else self.read(source, image)
            return
        for source, image in waiting:
            if image is None:
                yield ReadPage(source, None)
            else:
                yield self._done(source, image, next(readings))

    def read(self, source: Source, image: PageImage) -> ReadPage:
        """Read one page; where that fails it is reported."""
        from desktop_ocr.engine.events import PageRead

        last = None
        try:
            for last in self._engine.read(image, self._options):  # noqa: B007 - the last event
                pass
        except ModelError:
            raise
        except DesktopOcrError as error:
            report(error, image.file if image.pages == 1 else f"{image.file}, page {image.page}")
            return ReadPage(source, _page(image), str(error), self._small_copy(image))
        assert isinstance(last, PageRead)
        return self._done(source, image, last)

    def _done(self, source: Source, image: PageImage, reading: PageRead) -> ReadPage:
        self._stats.count(reading)
        return ReadPage(source, _page(image, reading), small=self._small_copy(image))

    def _small_copy(self, image: PageImage) -> bytes | None:
        from desktop_ocr.engine.load.small import encoded, reduced

        return encoded(reduced(image.pixels), ".jpg") if self._small else None


def _page(image: PageImage, reading: PageRead | None = None) -> Page:
    from desktop_ocr.document.model import Page, Provenance, new_id

    return Page(
        id=new_id(),
        file=image.file,
        page=image.page,
        width=image.width,
        height=image.height,
        dpi=image.dpi,
        sha256=image.sha256,
        lines=[] if reading is None else list(reading.lines),
        provenance=Provenance() if reading is None else reading.provenance,
    )


class Stats:
    """Seconds by step, and what they were spent on."""

    def __init__(self, began: float) -> None:
        self.pages = 0
        self.lines = 0
        self._start = time.perf_counter() - began
        self._seconds: dict[str, float] = {}

    def count(self, reading: PageRead) -> None:
        """Count a page that was read."""
        self.pages += 1
        self.lines += len(reading.lines)
        for step, seconds in reading.seconds.items():
            self.add(step, seconds)

    def add(self, step: str, seconds: float) -> None:
        self._seconds[step] = self._seconds.get(step, 0.0) + seconds

    def print(self) -> None:
        from desktop_ocr.process_memory import peak_memory

        total = sum(self._seconds.values())
        for step, seconds in self._seconds.items():
            say(f"{step:12s} {seconds:8.3f} s")
        say(f"{'total':12s} {total:8.3f} s   pages {self.pages}, lines {self.lines}")
        say(f"{'start':12s} {self._start:8.3f} s   once, before the first page")
        say(f"{'peak memory':12s} {peak_memory() / 1e6:6.0f} MB")


def report(error: DesktopOcrError, name: str | None = None) -> None:
    """Say on standard error what went wrong: name of the file, then one sentence."""
    if name is None and isinstance(error, InputError | OutputError):
        name = str(error.path)
    say(f"{name}: {error}" if name else f"desktop-ocr: {error}")


def say(text: str) -> None:
    """Write a line to standard error."""
    print(text, file=sys.stderr, flush=True)
