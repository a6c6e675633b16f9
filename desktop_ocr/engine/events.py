"""What the pipeline is asked and what it answers: frozen snapshots that may cross threads."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from desktop_ocr.document.model import Line, Provenance
from desktop_ocr.engine.light_choices import OWN, LightChoices


class SegmenterKind(StrEnum):
    """How lines are found."""

    AUTO = "auto"
    PROJECTION = "projection"
    DETECTOR = "detector"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a page is read; part of the cache key.

    Attributes:
        segmenter: How lines are found.
        single_line: The picture is one line; nothing is segmented.
        language: Decode with the language model and the lexicons instead of by the best path.
        second: Let the second reader look at doubtful and critical lines.
        rules: Let safe rules change what was read; others only suggest.
        light: How the page is prepared.
    """

    segmenter: SegmenterKind = SegmenterKind.AUTO
    single_line: bool = False
    language: bool = True
    second: bool = True
    rules: bool = True
    light: LightChoices = OWN


@dataclass(frozen=True, slots=True)
class LinesFound:
    """The lines of the page in reading order, not read yet.

    Their ids are final; each of them follows as one :class:`LineRead`.
    """

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LineRead:
    """One line with its text; lines come in any order."""

    line: Line


@dataclass(frozen=True, slots=True)
class PageRead:
    """The page is done: all its lines in reading order. The last event.

    Attributes:
        lines: Lines in which nothing was read are left out here.
        provenance: Model and steps with parameters.
        seconds: Duration of each step by its name, in seconds.
        from_cache: The reading was known already.
    """

    lines: tuple[Line, ...]
    provenance: Provenance
    seconds: dict[str, float] = field(default_factory=dict)
    from_cache: bool = False


Event: TypeAlias = LinesFound | LineRead | PageRead
