"""The document that engine, window and exports share: Document > Page > Line > Char.

Lines and characters are frozen, so a worker thread can hold them as a snapshot; pages and the
document are changed only by the edits of :mod:`desktop_ocr.document.edits`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, MutableSequence, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from desktop_ocr.document.geometry import Quad
from desktop_ocr.errors import EditError

Parameter: TypeAlias = str | int | float | bool | None


ILLEGIBLE = "□"
"""Stands in a text for a character that a person cannot read, in exports for a line too."""


def new_id() -> str:
    """Return a fresh identifier for a line or a page (random, 12 hexadecimal digits)."""
    return uuid.uuid4().hex[:12]


class LineStatus(StrEnum):
    """What a person has said about a line."""

    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"
    ILLEGIBLE = "illegible"


@dataclass(frozen=True, slots=True)
class Review:
    """Who confirmed something, and when.

    Attributes:
        by: Name of the person as given in the settings; empty where none was given.
        at: ISO 8601 with the offset from UTC, to the second: ``2026-11-20T17:45:03+08:00``.
    """

    by: str
    at: str

    def __post_init__(self) -> None:
        if datetime.fromisoformat(self.at).tzinfo is None:
            raise ValueError("the time of a review names its offset from UTC")


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of one character.

    Attributes:
        text: The reading.
        confidence: 0–1.
        source: Who proposes it: ``"crnn"`` (the recogniser), ``"second"`` (the second reader),
            ``"plain"`` (the recogniser without language) or ``"rule:ID"``.
    """

    text: str
    confidence: float
    source: str = "crnn"

    def __post_init__(self) -> None:
        _check_unit(self.confidence)


@dataclass(frozen=True, slots=True)
class Char:
    """One character as the machine read it.

    Attributes:
        text: The reading.
        confidence: 0–1.
        quad: Where it stands, in pixels of the original page; None where that is not known.
        alternatives: Other readings, best first.
        confirmed: What a person, looking at this character alone, has confirmed to stand here:
            the reading, or what a rule made of it; empty while nobody has.
    """

    text: str
    confidence: float
    quad: Quad | None = None
    alternatives: tuple[Alternative, ...] = ()
    confirmed: str = ""

    def __post_init__(self) -> None:
        _check_unit(self.confidence)


@dataclass(frozen=True, slots=True)
class Correction:
    """A change that a safe rule made to the machine's reading by itself.

    Attributes:
        rule: Id of the rule.
        start: Where ``after`` began in the line's text when the line was read.
        before: What had been read.
        after: What stands there instead.
    """

    rule: str
    start: int
    before: str
    after: str


def raw_spans(corrections: Sequence[Correction]) -> list[tuple[int, int]]:
    """Return start and end of what each correction replaced, as indices into the raw text."""
    spans = []
    grown = 0
    for c in corrections:
        start = c.start - grown
        spans.append((start, start + len(c.before)))
        grown += len(c.after) - len(c.before)
    return spans


def corrected(raw_text: str, corrections: Sequence[Correction]) -> str:
    """Return a raw text with its corrections made.

    Raises:
        ValueError: If one of them does not fit: the text there is another, or they are not in
            the order of the text.
    """
    parts = []
    done = 0
    for c, (start, end) in zip(corrections, raw_spans(corrections), strict=True):
        if start < done or raw_text[start:end] != c.before or end > len(raw_text):
            raise ValueError("a correction does not fit the line's raw text")
        parts += [raw_text[done:start], c.after]
        done = end
    return "".join([*parts, raw_text[done:]])


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a table; several lines may stand in one.

    Attributes:
        table: Number of the table on its page, from 0, in reading order.
        row: From 0; the heading of the columns, where there is one, is row 0.
        column: From 0; cells that are empty on the paper count.
    """

    table: int
    row: int
    column: int

    def __post_init__(self) -> None:
        if min(self.table, self.row, self.column) < 0:
            raise ValueError("table, row and column are counted from 0")
        if max(self.row, self.column) > MOST_CELLS:
            raise ValueError("no table on paper has so many rows or columns")


MOST_CELLS = 999
"""Greatest number of a row or column: a damaged file must not make an export endless."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text on a page.

    Attributes:
        id: Unique in its document; stays the same for the line's whole life.
        quad: Pixels of the original page, clockwise from the text's top left corner.
        text: The text as it stands now.
        raw_text: The text as the machine read it; edits of the text do not touch it.
        confidence: 0–1, of the machine's reading; 0 for a line not read yet.
        characters: The machine's reading character by character; their texts joined are
            ``raw_text``. Empty for a line that the machine has not read.
        status: What a person has said about the line.
        plain_text: What the recogniser alone saw: the best path, without language, second reader
            and rules. Empty for a line that the machine has not read.
        second_text: What the second reader read; empty where it was not asked. In a line that was
            joined, the raw text stands in for a part where it was not asked.
        corrections: What rules changed by themselves, in the order of the text; with these undone
            ``text`` was ``raw_text``.
        cell: Where the line stands in a table; None outside of tables.
        review: Who gave it its status, and when; None while it is unreviewed, and where that is
            not known.
    """

    id: str
    quad: Quad
    text: str = ""
    raw_text: str = ""
    confidence: float = 0.0
    characters: tuple[Char, ...] = ()
    status: LineStatus = LineStatus.UNREVIEWED
    plain_text: str = ""
    second_text: str = ""
    corrections: tuple[Correction, ...] = ()
    cell: Cell | None = None
    review: Review | None = None

    def __post_init__(self) -> None:
        _check_unit(self.confidence)
        if self.review and self.status is LineStatus.UNREVIEWED:
            raise ValueError("nobody has reviewed an unreviewed line")
        if self.characters and "".join(c.text for c in self.characters) != self.raw_text:
            raise ValueError("a line's characters must spell its raw text")
        if self.corrections:
            corrected(self.raw_text, self.corrections)

    @property
    def machine_text(self) -> str:
        """The text as the machine left it: ``raw_text`` with what rules changed by themselves.

        ``text`` differs from it only where a person changed something.
        """
        return corrected(self.raw_text, self.corrections)


@dataclass(frozen=True, slots=True)
class Step:
    """One processing step that led to the reading.

    Attributes:
        name: For example ``"deskew"``.
        parameters: What it ran with and what it found, for example ``{"angle": 1.3}``.
    """

    name: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", dict(self.parameters))


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a page's text came about.

    Attributes:
        model_id: Identifier of the recogniser; empty for a page that was not read.
        steps: The processing steps in the order in which they ran.
    """

    model_id: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(slots=True)
class Page:
    """One page of paper.

    Attributes:
        id: Unique in its document.
        file: The file as the person named it.
        page: Number of the page in its file, from 1.
        width: Of the original page, in pixels.
        height: Of the original page, in pixels.
        dpi: Dots per inch where the file says so, else None.
        sha256: Of the original pixels; empty where not known.
        lines: In reading order. Of a project that was opened they may be loaded when somebody
            looks at them first.
        provenance: How the text came about.
        sign_off: Who signed the page off as checked, and when; None while nobody has.
    """

    id: str
    file: str
    page: int
    width: int
    height: int
    dpi: float | None = None
    sha256: str = ""
    lines: MutableSequence[Line] = field(default_factory=list)
    provenance: Provenance = Provenance()
    sign_off: Review | None = None

    def index(self, line_id: str) -> int:
        """Return the place of a line in reading order, from 0.

        Raises:
            EditError: If the page has no such line.
        """
        for i, line in enumerate(self.lines):
            if line.id == line_id:
                return i
        raise EditError("The line is no longer on the page.")

    def line(self, line_id: str) -> Line:
        """Return a line by its id.

        Raises:
            EditError: If the page has no such line.
        """
        return self.lines[self.index(line_id)]


@dataclass(slots=True)
class Document:
    """Pages in the order in which they were opened."""

    pages: list[Page] = field(default_factory=list)
    title: str = ""

    def page(self, page_id: str) -> Page:
        """Return a page by its id.

        Raises:
            EditError: If the document has no such page.
        """
        for page in self.pages:
            if page.id == page_id:
                return page
        raise EditError("The page is no longer in the document.")


def _check_unit(value: float) -> None:
    if not 0.0 <= value <= 1.0:
        raise ValueError("a confidence lies between 0 and 1")
