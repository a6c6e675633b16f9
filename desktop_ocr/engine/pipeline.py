"""The way of one page: enhance, find the lines, read them; step by step, as events."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_ocr import __version__
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Line, Provenance, Step, new_id
from desktop_ocr.engine import enhance as enhancing
from desktop_ocr.engine import segment
from desktop_ocr.engine.cache import CachedReading, ReadingCache, cache_key
from desktop_ocr.engine.correct.knowledge import Knowledge
from desktop_ocr.engine.correct.rules import Rules
from desktop_ocr.engine.events import Event, LineRead, LinesFound, PageRead, ReadOptions
from desktop_ocr.engine.line_reading import (
    LineJob,
    LineReader,
    Source,
    aids_of,
    legible,
    never,
    recognise,
)
from desktop_ocr.engine.load import PageImage
from desktop_ocr.errors import DesktopOcrError, EngineError, OutOfMemoryError
from desktop_ocr.log import logger

_log = logger(__name__)


_DEFAULT = ReadOptions()


class Engine:
    """Reads pages. Building one is cheap: models are loaded when they are first needed.

    An engine is used from one thread at a time.

    Attributes:
        knowledge: The terms and rules that it reads with. Whoever keeps an engine for long calls
            its ``refresh`` between pages.
    """

    def __init__(
        self,
        *,
        model_dir: Path | None = None,
        threads: int | None = None,
        cache: ReadingCache | None = None,
        make_reader: Callable[[], LineReader] | None = None,
    ) -> None:
        """Prepare an engine.

        Args:
            model_dir: Folder of the recogniser's model; None for the one the program brings.
            threads: Of the networks; None for one fewer than there are cores.
            cache: Where readings are kept; None to keep none.
            make_reader: Builds the recogniser; None for the program's own.
        """
        self._model_dir = model_dir
        self._threads = threads
        self._cache = cache
        self._make_reader = make_reader or self._own_reader
        self._own: LineReader | None = None
        self.knowledge = Knowledge()
        self._finder = segment.LineFinder(threads=threads)

    @property
    def model_id(self) -> str:
        """The recogniser's identifier; loads it.

        Raises:
            ModelError: The model is missing or damaged.
        """
        return self._reader().model_id

    def read(
        self,
        image: PageImage,
        options: ReadOptions = _DEFAULT,
        cancelled: Callable[[], bool] = never,
    ) -> Iterator[Event]:
        """Read a page.

        Args:
            image: The page; its pixels are not changed.
            options: How.
            cancelled: Asked between steps and lines; once it says yes, nothing more comes.

        Yields:
            One LinesFound, one LineRead for each of its lines, in any order, then one PageRead.

        Raises:
            ModelError: A model is missing or damaged.
            OutOfMemoryError: The page does not fit into memory.
            EngineError: Anything else that a library did not survive.
        """
        with _failures_named():
            yield from self._read(image, options, cancelled)

    def read_lines(
        self,
        image: PageImage,
        lines: Sequence[Line],
        options: ReadOptions = _DEFAULT,
        cancelled: Callable[[], bool] = never,
    ) -> Iterator[LineRead]:
        """Read the given quads of a page again.

        Ids, quads and statuses stay; text, raw text, confidence and characters are new. Nothing is
        cached. Where the options say so, the page is prepared first and read from that.

        Raises:
            ModelError, OutOfMemoryError, EngineError: As in :meth:`read`.
        """
        with _failures_named():
            if not cancelled():
                reader = self._reader()
                job = LineJob(reader, aids_of(options), self._rules_for(options), cancelled)
                page = (
                    self._enhanced(image, options, reader, cancelled)
                    if options.light.treated
                    else None
                )
                yield from recognise([Source.of(image, page)] * len(lines), lines, job)

    def enhanced(self, image: PageImage, options: ReadOptions = _DEFAULT) -> enhancing.EnhancedPage:
        """Prepare a page as for reading: straight, evenly lit, of bounded size.

        Raises:
            ModelError, OutOfMemoryError, EngineError: As in :meth:`read`.
        """
        with _failures_named():
            return self._enhanced(image, options, self._reader(), never)

    def _enhanced(
        self,
        image: PageImage,
        options: ReadOptions,
        reader: LineReader,
        cancelled: Callable[[], bool],
    ) -> enhancing.EnhancedPage:
        return enhancing.enhance(
            image.pixels,
            enhancing.EnhanceParameters.chosen(options.light),
            legible=lambda crops: legible(reader, crops, cancelled),
        )

    def read_single_lines(
        self, images: Sequence[PageImage], options: ReadOptions = _DEFAULT
    ) -> list[PageRead]:
        """Read pictures that are one line each; together, which is faster than one by one.

        Args:
            images: The pictures.
            options: How; taken as if ``single_line`` were set.

        Returns:
            What :meth:`read` gives as its last event, for each picture. All of the time is told
            with the first one that was not known yet.

        Raises:
            ModelError, OutOfMemoryError, EngineError: As in :meth:`read`.
        """
        options = replace(options, single_line=True)
        clock = _Clock()
        with _failures_named():
            reader = self._reader()
            keys = [self._key(image, options, reader) for image in images]
            known = [self._cache.get(key) if self._cache else None for key in keys]
            new = [i for i, reading in enumerate(known) if reading is None]
            lines = [Line(new_id(), _whole(images[i])) for i in new]
            sources = [Source(images[i].pixels) for i in new]
            with clock.step("recognize"):
                job = LineJob(reader, aids_of(options), self._rules_for(options), never)
                read = {e.line.id: e.line for e in recognise(sources, lines, job)}
            steps = (Step("single_line"), *self._steps(options, reader))
            for i, line in zip(new, lines, strict=True):
                found = tuple(line for line in (read[line.id],) if line.text)
                known[i] = reading = CachedReading(found, Provenance(reader.model_id, steps))
                if self._cache is not None:
                    self._cache.put(keys[i], reading)
        return [
            PageRead(
                reading.lines,
                reading.provenance,
                clock.seconds if new and i == new[0] else {},
                from_cache=i not in new,
            )
            for i, reading in enumerate(known)
            if reading is not None  # by now there is one for each
        ]

    def _read(
        self, image: PageImage, options: ReadOptions, cancelled: Callable[[], bool]
    ) -> Iterator[Event]:
        clock = _Clock()
        if cancelled():
            return
        with clock.step("model"):
            reader = self._reader()
        key = self._key(image, options, reader)
        known = self._cache.get(key) if self._cache is not None else None
        if known is not None:
            yield LinesFound(tuple(_bare(line) for line in known.lines))
            for line in known.lines:
                yield LineRead(line)
            yield PageRead(known.lines, known.provenance, clock.seconds, from_cache=True)
            return

        lines, steps, source = self._find(image, options, reader, clock, cancelled)
        if cancelled():
            return
        yield LinesFound(lines)

        done: dict[str, Line] = {}
        job = LineJob(reader, aids_of(options), self._rules_for(options), cancelled)
        readings = recognise([source] * len(lines), lines, job)
        while True:
            with clock.step("recognize"):
                event = next(readings, None)
            if event is None:
                break
            done[event.line.id] = event.line
            yield event
        if cancelled() or len(done) < len(lines):
            return
        found = tuple(done[line.id] for line in lines if done[line.id].text)
        steps = (*steps, *self._steps(options, reader))
        provenance = Provenance(reader.model_id, steps)
        if self._cache is not None:
            self._cache.put(key, CachedReading(found, provenance))
        _log.info("page read: %d lines in %.2f s", len(found), sum(clock.seconds.values()))
        yield PageRead(found, provenance, clock.seconds)

    def _find(
        self,
        image: PageImage,
        options: ReadOptions,
        reader: LineReader,
        clock: _Clock,
        cancelled: Callable[[], bool],
    ) -> tuple[tuple[Line, ...], tuple[Step, ...], Source]:
        """Find the lines, in reading order; they are still to be read, from the source."""
        if options.single_line:
            line = Line(new_id(), _whole(image))
            return (line,), (Step("single_line"),), Source(image.pixels)
        with clock.step("enhance"):
            page = self._enhanced(image, options, reader, cancelled)
        if cancelled():
            return (), (), Source(image.pixels)
        with clock.step("segment"):
            found = self._finder.find(page, options.segmenter)
        lines = tuple(
            Line(new_id(), quad, cell=cell)
            for quad, cell in zip(found.quads, found.cells, strict=True)
        )
        steps = (*options.light.steps(), *page.steps, *found.steps)
        return lines, steps, Source.of(image, page if options.light.treated else None)

    def _key(self, image: PageImage, options: ReadOptions, reader: LineReader) -> str:
        return cache_key(
            image.sha256,
            {
                # Another program scales, decodes and weighs otherwise, and brings other networks.
                "program": __version__,
                "segmenter": options.segmenter.value,
                "single_line": options.single_line,
                "light": options.light.recorded(),
                "enhance": enhancing.VERSION,
                "segment": segment.VERSION,
                "reader": [dict(step.parameters) for step in self._steps(options, reader)],
            },
        )

    def use_model(self, folder: Path | None) -> None:
        """Read with another model from now on.

        Args:
            folder: The model's folder; None for the one the program brings.

        Raises:
            ModelError: The model is missing or damaged; the one before stays.
        """
        before, own = self._model_dir, self._own
        self._model_dir, self._own = folder, None
        try:
            self._reader()
        except BaseException:
            self._model_dir, self._own = before, own
            raise

    def _reader(self) -> LineReader:
        if self._own is None:
            self._own = self._make_reader()
        return self._own

    def _own_reader(self) -> LineReader:
        from desktop_ocr.engine.recognize.reader import Recognizer

        return Recognizer(self._model_dir, threads=self._threads, lexicon=self.knowledge.lexicon)

    def _rules_for(self, options: ReadOptions) -> Rules | None:
        return self.knowledge.rules() if options.rules else None

    def _steps(self, options: ReadOptions, reader: LineReader) -> tuple[Step, ...]:
        """Return the steps from pixels of lines to their text."""
        steps = (Step("recognize", reader.parameters(aids_of(options))),)
        rules = self._rules_for(options)
        return steps if rules is None else (*steps, Step("rules", {"digest": rules.digest}))


def _whole(image: PageImage) -> Quad:
    return Quad.from_box(0, 0, image.width, image.height)


class _Clock:
    """Adds up the seconds of each step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


@contextlib.contextmanager
def _failures_named() -> Iterator[None]:
    """Turn what libraries raise into errors that a person can act on."""
    try:
        yield
    except DesktopOcrError:
        raise
    except MemoryError as error:
        raise OutOfMemoryError from error
    except Exception as error:
        # OpenCV and onnxruntime have exceptions of their own for a failed allocation.
        if any(sign in str(error).lower() for sign in ("insufficient memory", "alloc")):
            raise OutOfMemoryError from error
        _log.warning("reading failed: %s", type(error).__name__)
        raise EngineError(
            "The page could not be read because of a fault inside the program "
            f"({type(error).__name__}): try the other way of finding lines."
        ) from error


def _bare(line: Line) -> Line:
    return Line(line.id, line.quad, cell=line.cell)
