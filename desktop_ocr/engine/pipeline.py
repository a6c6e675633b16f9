"""The way of one page: enhance, find the lines, read them; step by step, as events."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, overload

import numpy as np
from numpy.typing import NDArray

from desktop_ocr import __version__
from desktop_ocr.document.geometry import Quad, Transform
from desktop_ocr.document.model import Alternative, Char, Line, Provenance, Step, new_id
from desktop_ocr.engine import enhance as enhancing
from desktop_ocr.engine import segment
from desktop_ocr.engine.cache import CachedReading, ReadingCache, cache_key
from desktop_ocr.engine.correct.knowledge import Knowledge
from desktop_ocr.engine.correct.rules import Rules
from desktop_ocr.engine.events import Event, LineRead, LinesFound, PageRead, ReadOptions
from desktop_ocr.engine.load import PageImage
from desktop_ocr.engine.segment.crop import along_text, crop
from desktop_ocr.errors import DesktopOcrError, EngineError, OutOfMemoryError
from desktop_ocr.log import logger

if TYPE_CHECKING:
    from desktop_ocr.engine.recognize.judge import Aids
    from desktop_ocr.engine.recognize.readings import LineReading

_log = logger(__name__)


class LineReader(Protocol):
    """What the pipeline needs of a recogniser; ``recognize.reader.Recognizer`` is one."""

    model_id: str

    def parameters(self, aids: Aids) -> dict[str, str | int | float]:
        """Return all that readings depend on beside the pixels."""
        ...

    def read(
        self,
        crops: Sequence[NDArray[np.uint8]],
        aids: Aids,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[tuple[int, LineReading]]:
        """Read lines, in any order."""
        ...


def never() -> bool:
    """Say that nobody wants to stop."""
    return False


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
                job = _Job(reader, _aids(options), self._rules_for(options), cancelled)
                page = self._enhanced(image, options, reader) if options.light.treated else None
                yield from _recognise([_Source.of(image, page)] * len(lines), lines, job)

    def enhanced(self, image: PageImage, options: ReadOptions = _DEFAULT) -> enhancing.EnhancedPage:
        """Prepare a page as for reading: straight, evenly lit, of bounded size.

        Raises:
            ModelError, OutOfMemoryError, EngineError: As in :meth:`read`.
        """
        with _failures_named():
            return self._enhanced(image, options, self._reader())

    def _enhanced(
        self, image: PageImage, options: ReadOptions, reader: LineReader
    ) -> enhancing.EnhancedPage:
        return enhancing.enhance(
            image.pixels,
            enhancing.EnhanceParameters.chosen(options.light),
            legible=lambda crops: _legible(reader, crops),
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
            sources = [_Source(images[i].pixels) for i in new]
            with clock.step("recognize"):
                job = _Job(reader, _aids(options), self._rules_for(options), never)
                read = {e.line.id: e.line for e in _recognise(sources, lines, job)}
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

        lines, steps, source = self._find(image, options, reader, clock)
        if cancelled():
            return
        yield LinesFound(lines)

        done: dict[str, Line] = {}
        job = _Job(reader, _aids(options), self._rules_for(options), cancelled)
        readings = _recognise([source] * len(lines), lines, job)
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
        self, image: PageImage, options: ReadOptions, reader: LineReader, clock: _Clock
    ) -> tuple[tuple[Line, ...], tuple[Step, ...], _Source]:
        """Find the lines, in reading order; they are still to be read, from the source."""
        if options.single_line:
            line = Line(new_id(), _whole(image))
            return (line,), (Step("single_line"),), _Source(image.pixels)
        with clock.step("enhance"):
            page = self._enhanced(image, options, reader)
        with clock.step("segment"):
            found = self._finder.find(page, options.segmenter)
        lines = tuple(
            Line(new_id(), quad, cell=cell)
            for quad, cell in zip(found.quads, found.cells, strict=True)
        )
        steps = (*options.light.steps(), *page.steps, *found.steps)
        return lines, steps, _Source.of(image, page if options.light.treated else None)

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
        steps = (Step("recognize", reader.parameters(_aids(options))),)
        rules = self._rules_for(options)
        return steps if rules is None else (*steps, Step("rules", {"digest": rules.digest}))


def _aids(options: ReadOptions) -> Aids:
    from desktop_ocr.engine.recognize.judge import Aids

    return Aids(options.language, options.second)


def _legible(reader: LineReader, crops: Sequence[NDArray[np.uint8]]) -> list[float]:
    """Return for each line how many characters a reader without aids expects to have right."""
    from desktop_ocr.engine.recognize.judge import PLAIN

    found = [0.0] * len(crops)
    for index, line in reader.read(crops, PLAIN):
        found[index] = sum(c.confidence for c in line.characters)
    return found


def _whole(image: PageImage) -> Quad:
    return Quad.from_box(0, 0, image.width, image.height)


@dataclass(frozen=True, slots=True)
class _Job:
    """Who reads lines and how."""

    reader: LineReader
    aids: Aids
    rules: Rules | None
    cancelled: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Source:
    """What lines are cut out of.

    Attributes:
        pixels: uint8 (H, W, 3): of the original page, or of the page as it was prepared.
        from_page: From pixels of the original page to these; None where they are the same.
    """

    pixels: NDArray[np.uint8]
    from_page: Transform | None = None

    @staticmethod
    def of(image: PageImage, prepared: enhancing.EnhancedPage | None) -> _Source:
        if prepared is None:
            return _Source(image.pixels)
        grey = prepared.grey
        colour = np.broadcast_to(grey[:, :, None], (*grey.shape, 3))
        return _Source(colour, prepared.transform.inverse())

    def crop(self, quad: Quad) -> NDArray[np.uint8]:
        """Cut out a quad of the original page."""
        return crop(self.pixels, quad if self.from_page is None else self.from_page.quad(quad))


def _recognise(sources: Sequence[_Source], lines: Sequence[Line], job: _Job) -> Iterator[LineRead]:
    quads = [along_text(line.quad) for line in lines]
    for index, reading in job.reader.read(_Crops(sources, quads), job.aids, job.cancelled):
        yield LineRead(_with_reading(lines[index], quads[index], reading, job.rules))
        if job.cancelled():
            return


def _with_reading(line: Line, quad: Quad, reading: LineReading, rules: Rules | None) -> Line:
    """Put a reading into a line.

    Args:
        line: The line; id, quad and status stay.
        quad: The quad that was cut out and read: places along the crop are places along it.
        reading: What was read.
        rules: What may change it by itself, or None.
    """
    text, corrections = rules.apply_safe(reading.text) if rules else (reading.text, ())
    characters = tuple(
        Char(
            c.text,
            _unit(c.confidence),
            quad.between(c.start, c.end),
            tuple(Alternative(o.text, _unit(o.share), o.source) for o in c.alternatives),
        )
        for c in reading.characters
    )
    return replace(
        line,
        text=text,
        raw_text=reading.text,
        confidence=_unit(reading.confidence),
        characters=characters,
        plain_text=reading.plain_text,
        second_text=reading.second_text,
        corrections=corrections,
    )


class _Crops(Sequence[NDArray[np.uint8]]):
    """Crops that are cut out when they are asked for: a page's text is never held twice.

    Args:
        sources: Where each quad is cut out.
        quads: What to cut out, in pixels of the original page.
    """

    def __init__(self, sources: Sequence[_Source], quads: Sequence[Quad]) -> None:
        self._sources, self._quads = sources, quads

    def __len__(self) -> int:
        return len(self._quads)

    @overload
    def __getitem__(self, index: int) -> NDArray[np.uint8]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[NDArray[np.uint8]]: ...
    def __getitem__(self, index: int | slice) -> NDArray[np.uint8] | Sequence[NDArray[np.uint8]]:
        if isinstance(index, slice):
            return _Crops(self._sources[index], self._quads[index])
        return self._sources[index].crop(self._quads[index])


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


def _unit(value: float) -> float:
    return min(1.0, max(0.0, float(value)))
