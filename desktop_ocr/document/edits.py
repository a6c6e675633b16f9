"""Every change of a document as data.

``edit.apply(document)`` changes the document and returns the edit that takes the change back, so
that undo, redo, the journal and the audit log all speak of the same objects. An edit that does
not fit raises :class:`~desktop_ocr.errors.EditError` and changes nothing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import datetime

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.lazy import LazyLines, LineText
from desktop_ocr.document.model import (
    Document,
    Line,
    LineStatus,
    Page,
    Provenance,
    Review,
)
from desktop_ocr.errors import EditError


class Edit(ABC):
    """A change that can be applied once and taken back by what ``apply`` returns."""

    @abstractmethod
    def apply(self, document: Document) -> Edit:
        """Change the document.

        Returns:
            The inverse edit.

        Raises:
            EditError: If the edit does not fit the document, which is then unchanged.
        """


@dataclass(frozen=True, slots=True)
class SetText(Edit):
    """Replace the current text of a line; all that the machine read of it stays."""

    page_id: str
    line_id: str
    text: str

    def apply(self, document: Document) -> Edit:
        return _update(document, self.page_id, self.line_id, text=self.text)


@dataclass(frozen=True, slots=True)
class SetTexts(Edit):
    """Set texts and statuses of many lines of a page, whose lines need not be loaded for that.

    Attributes:
        page_id: The page.
        before: The lines as they stand now.
        after: The same lines as they are to stand.
    """

    page_id: str
    before: tuple[LineText, ...]
    after: tuple[LineText, ...]

    def apply(self, document: Document) -> Edit:
        lines = document.page(self.page_id).lines
        if isinstance(lines, LazyLines) and lines.set_texts(self.after):
            return SetTexts(self.page_id, self.after, self.before)
        places = {line.id: i for i, line in enumerate(lines)}
        if not all(text.id in places for text in self.after):
            raise EditError("The line is no longer on the page.")
        standing = tuple(LineText.of(lines[places[text.id]]) for text in self.after)
        for text in self.after:
            place = places[text.id]
            lines[place] = text.put_into(lines[place])
        return SetTexts(self.page_id, self.after, standing)


@dataclass(frozen=True, slots=True)
class SetStatus(Edit):
    """Say whether a line is reviewed or illegible, and who says so."""

    page_id: str
    line_id: str
    status: LineStatus
    review: Review | None = None

    def apply(self, document: Document) -> Edit:
        return _update(document, self.page_id, self.line_id, status=self.status, review=self.review)


@dataclass(frozen=True, slots=True)
class ConfirmCharacters(Edit):
    """Note that a person compared single characters of a line with their pictures.

    Attributes:
        page_id: The page.
        line_id: The line.
        confirmed: Index into the line's characters, and what stands there.
    """

    page_id: str
    line_id: str
    confirmed: tuple[tuple[int, str], ...]

    def apply(self, document: Document) -> Edit:
        characters = list(document.page(self.page_id).line(self.line_id).characters)
        for i, text in self.confirmed:
            if not 0 <= i < len(characters):
                raise EditError("The character is no longer in the line.")
            characters[i] = replace(characters[i], confirmed=text)
        return _update(document, self.page_id, self.line_id, characters=tuple(characters))


@dataclass(frozen=True, slots=True)
class SignOff(Edit):
    """Sign a page off as checked, or take that back (None)."""

    page_id: str
    sign_off: Review | None

    def apply(self, document: Document) -> Edit:
        page = document.page(self.page_id)
        before, page.sign_off = page.sign_off, self.sign_off
        return SignOff(self.page_id, before)


@dataclass(frozen=True, slots=True)
class MoveLine(Edit):
    """Give a line another place or size on the page."""

    page_id: str
    line_id: str
    quad: Quad

    def apply(self, document: Document) -> Edit:
        return _update(document, self.page_id, self.line_id, quad=self.quad)


@dataclass(frozen=True, slots=True)
class SetLine(Edit):
    """Replace a whole line, for example by a new reading of its box."""

    page_id: str
    line: Line

    def apply(self, document: Document) -> Edit:
        page = document.page(self.page_id)
        index = page.index(self.line.id)
        old, page.lines[index] = page.lines[index], self.line
        return SetLine(self.page_id, old)


@dataclass(frozen=True, slots=True)
class AddLine(Edit):
    """Put a line into the reading order at ``index`` (0 to the number of lines)."""

    page_id: str
    index: int
    line: Line

    def apply(self, document: Document) -> Edit:
        return ReplaceLines(self.page_id, self.index, (), (self.line,)).apply(document)


@dataclass(frozen=True, slots=True)
class DeleteLine(Edit):
    """Take a line off the page."""

    page_id: str
    line_id: str

    def apply(self, document: Document) -> Edit:
        page = document.page(self.page_id)
        index = page.index(self.line_id)
        return ReplaceLines(self.page_id, index, (page.lines[index],), ()).apply(document)


@dataclass(frozen=True, slots=True)
class ReplaceLines(Edit):
    """Replace neighbouring lines by others; the general form behind add, delete, split, merge.

    Attributes:
        page_id: The page.
        index: Place of the first replaced line in reading order.
        old: The lines that must stand there now; only their ids are compared.
        new: The lines that take their place.
    """

    page_id: str
    index: int
    old: tuple[Line, ...]
    new: tuple[Line, ...]

    def apply(self, document: Document) -> Edit:
        page = document.page(self.page_id)
        if not 0 <= self.index <= len(page.lines):
            raise EditError("The place in the reading order does not exist.")
        end = self.index + len(self.old)
        standing = tuple(page.lines[self.index : end])
        if [line.id for line in standing] != [line.id for line in self.old]:
            raise EditError("The lines are no longer where they were.")
        kept = {line.id for line in page.lines} - {line.id for line in self.old}
        added = [line.id for line in self.new]
        if len(set(added)) != len(added) or kept & set(added):
            raise EditError("A line with this id is already on the page.")
        page.lines[self.index : end] = self.new
        return ReplaceLines(self.page_id, self.index, self.new, standing)


@dataclass(frozen=True, slots=True)
class MergeLines(Edit):
    """Join a line with the one that follows it in reading order; the first one's id stays.

    In a table the joint line stands in the first one's cell.

    Attributes:
        joiner: Put between the two texts, for example a space between two Latin words.
    """

    page_id: str
    line_id: str
    joiner: str = ""

    def apply(self, document: Document) -> Edit:
        page = document.page(self.page_id)
        index = page.index(self.line_id)
        if index + 1 >= len(page.lines):
            raise EditError("There is no line after this one to join it with.")
        first, second = page.lines[index : index + 2]
        count = len(first.characters) + len(second.characters)
        weighted = first.confidence * len(first.characters) + second.confidence * len(
            second.characters
        )
        # The status holds for the whole only where both parts share it.
        same = first.status is second.status
        # A part without characters (typed by a person) has nothing that could spell the joint
        # raw text, so the joint line keeps characters only when both parts bring theirs.
        both = all(p.characters or not p.raw_text for p in (first, second))
        shift = len(first.machine_text)
        merged = Line(
            id=first.id,
            quad=first.quad.around(second.quad),
            text=first.text + self.joiner + second.text,
            raw_text=first.raw_text + second.raw_text,
            confidence=min(1.0, weighted / count) if count else 0.0,
            characters=first.characters + second.characters if both else (),
            status=first.status if same else LineStatus.UNREVIEWED,
            review=_latest(first.review, second.review) if same else None,
            plain_text=first.plain_text + second.plain_text,
            second_text=_joined_second(first, second),
            corrections=(
                *first.corrections,
                *(replace(c, start=c.start + shift) for c in second.corrections),
            ),
            cell=first.cell,
        )
        return ReplaceLines(self.page_id, index, (first, second), (merged,)).apply(document)


def joiner(first: str, second: str) -> str:
    """Return what belongs between two texts that are joined: a space between Latin words."""

    def is_latin(text: str) -> bool:
        return bool(text) and text.isascii() and (text.isalnum() or text in ",.;:)")

    return " " if is_latin(first[-1:]) and is_latin(second[:1]) else ""


@dataclass(frozen=True, slots=True)
class Reorder(Edit):
    """Give the lines of a page another reading order.

    Attributes:
        order: The ids of all lines of the page, each once.
    """

    page_id: str
    order: tuple[str, ...]

    def apply(self, document: Document) -> Edit:
        page = document.page(self.page_id)
        before = tuple(line.id for line in page.lines)
        if sorted(before) != sorted(self.order):
            raise EditError("A new reading order names every line of the page once.")
        by_id = {line.id: line for line in page.lines}
        page.lines[:] = [by_id[line_id] for line_id in self.order]
        return Reorder(self.page_id, before)


@dataclass(frozen=True, slots=True)
class SetPageLines(Edit):
    """Replace all lines of a page and their provenance, as reading the page again does."""

    page_id: str
    lines: tuple[Line, ...]
    provenance: Provenance

    def apply(self, document: Document) -> Edit:
        page = document.page(self.page_id)
        if len({line.id for line in self.lines}) != len(self.lines):
            raise EditError("A line with this id is already on the page.")
        inverse = SetPageLines(self.page_id, tuple(page.lines), page.provenance)
        page.lines[:] = self.lines
        page.provenance = self.provenance
        return inverse


@dataclass(frozen=True, slots=True)
class AddPage(Edit):
    """Put a page into the document at ``index`` (0 to the number of pages)."""

    index: int
    page: Page

    def apply(self, document: Document) -> Edit:
        if not 0 <= self.index <= len(document.pages):
            raise EditError("The place in the document does not exist.")
        if any(page.id == self.page.id for page in document.pages):
            raise EditError("A page with this id is already in the document.")
        document.pages.insert(self.index, self.page)
        return DeletePage(self.page.id)


@dataclass(frozen=True, slots=True)
class DeletePage(Edit):
    """Take a page out of the document."""

    page_id: str

    def apply(self, document: Document) -> Edit:
        page = document.page(self.page_id)
        index = next(i for i, p in enumerate(document.pages) if p is page)
        del document.pages[index]
        return AddPage(index, page)


@dataclass(frozen=True, slots=True)
class Group(Edit):
    """Several edits that a person sees as one; either all are applied or none."""

    edits: tuple[Edit, ...]

    def apply(self, document: Document) -> Edit:
        inverses: list[Edit] = []
        try:
            # No comprehension: where an edit fails, those before it must be known.
            for edit in self.edits:
                inverses.append(edit.apply(document))  # noqa: PERF401
        except EditError:
            for inverse in reversed(inverses):
                inverse.apply(document)
            raise
        return Group(tuple(reversed(inverses)))


def _update(document: Document, page_id: str, line_id: str, **changes: object) -> Edit:
    page = document.page(page_id)
    line = page.line(line_id)
    return SetLine(page_id, replace(line, **changes)).apply(document)  # type: ignore[arg-type]


def _latest(first: Review | None, second: Review | None) -> Review | None:
    """Return the later of two reviews; None where one of them is not known."""
    if first is None or second is None:
        return None
    return max(first, second, key=lambda review: datetime.fromisoformat(review.at))


def _joined_second(first: Line, second: Line) -> str:
    """Return what the second reader says about two lines that become one; "" if nothing."""
    if not first.second_text and not second.second_text:
        return ""
    return "".join(part.second_text or part.raw_text for part in (first, second))
