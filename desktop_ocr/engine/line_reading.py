"""Lines are cut out of a page, read, and come back with their text: what a recogniser is for us."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, overload

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Quad, Transform
from desktop_ocr.document.model import Alternative, Char, Line
from desktop_ocr.engine import enhance as enhancing
from desktop_ocr.engine.correct.rules import Rules
from desktop_ocr.engine.events import LineRead, ReadOptions
from desktop_ocr.engine.load import PageImage
from desktop_ocr.engine.segment import company
from desktop_ocr.engine.segment.crop import along_text, crop

if TYPE_CHECKING:
    from desktop_ocr.engine.recognize.judge import Aids
    from desktop_ocr.engine.recognize.readings import LineReading
    from desktop_ocr.engine.recognize.signs import InCompany


class LineReader(Protocol):
    """What the pipeline needs of a recogniser; ``recognize.reader.Recognizer`` is one."""

    model_id: str

    def parameters(self, aids: Aids) -> dict[str, str | int | float]:
        """Return all that readings depend on beside the pixels."""
        ...

    def read(
        self,
        crops: Sequence[NDArray[np.uint8] | InCompany],
        aids: Aids,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[tuple[int, LineReading]]:
        """Read lines, in any order."""
        ...


def never() -> bool:
    """Say that nobody wants to stop."""
    return False


def aids_of(options: ReadOptions) -> Aids:
    """Return what shall help a reader."""
    from desktop_ocr.engine.recognize.judge import Aids

    return Aids(options.language, options.second)


def legible(
    reader: LineReader, crops: Sequence[NDArray[np.uint8]], cancelled: Callable[[], bool]
) -> list[float]:
    """Return for each line how many characters a reader without aids expects to have right.

    Lines that were not read before ``cancelled`` said yes count as illegible.
    """
    from desktop_ocr.engine.recognize.judge import PLAIN

    found = [0.0] * len(crops)
    for index, line in reader.read(crops, PLAIN, cancelled):
        found[index] = sum(c.confidence for c in line.characters)
    return found


@dataclass(frozen=True, slots=True)
class LineJob:
    """Who reads lines and how."""

    reader: LineReader
    aids: Aids
    rules: Rules | None
    cancelled: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Source:
    """What lines are cut out of.

    Attributes:
        pixels: uint8 (H, W, 3): of the original page, or of the page as it was prepared.
        from_page: From pixels of the original page to these; None where they are the same.
    """

    pixels: NDArray[np.uint8]
    from_page: Transform | None = None

    @staticmethod
    def of(image: PageImage, prepared: enhancing.EnhancedPage | None) -> Source:
        """Return the page as it was prepared, or where it was not, the original."""
        if prepared is None:
            return Source(image.pixels)
        grey = prepared.grey
        colour = np.broadcast_to(grey[:, :, None], (*grey.shape, 3))
        return Source(colour, prepared.transform.inverse())

    def crop(self, quad: Quad) -> NDArray[np.uint8]:
        """Cut out a quad of the original page."""
        return crop(self.pixels, quad if self.from_page is None else self.from_page.quad(quad))


def recognise(sources: Sequence[Source], lines: Sequence[Line], job: LineJob) -> Iterator[LineRead]:
    """Read lines, each cut out of its own source; they come in any order.

    Ids, quads and statuses stay. Once the job is cancelled nothing more comes.
    """
    quads = [along_text(line.quad) for line in lines]
    crops = _Crops(sources, quads, company.neighbours(lines))
    for index, reading in job.reader.read(crops, job.aids, job.cancelled):
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


class _Crops(Sequence["NDArray[np.uint8] | InCompany"]):
    """Crops that are cut out when they are asked for: a page's text is never held twice.

    Args:
        sources: Where each quad is cut out.
        quads: What to cut out, in pixels of the original page.
        beside: Index of the quad beside which another one is read, by its index.
        numbers: Of the quads that are asked for; None for all.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        quads: Sequence[Quad],
        beside: Mapping[int, int],
        numbers: Sequence[int] | None = None,
    ) -> None:
        self._sources, self._quads, self._beside = sources, quads, beside
        self._numbers = range(len(quads)) if numbers is None else numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> NDArray[np.uint8] | InCompany: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[NDArray[np.uint8] | InCompany]: ...
    def __getitem__(
        self, index: int | slice
    ) -> NDArray[np.uint8] | InCompany | Sequence[NDArray[np.uint8] | InCompany]:
        if isinstance(index, slice):
            return _Crops(self._sources, self._quads, self._beside, self._numbers[index])
        number = self._numbers[index]
        source, quad = self._sources[number], self._quads[number]
        if number in self._beside:
            found = company.beside(source.crop, quad, self._quads[self._beside[number]])
            if found is not None:
                return found
        return source.crop(quad)


def _unit(value: float) -> float:
    return min(1.0, max(0.0, float(value)))
