"""Who confirmed what: reviews of lines, and pages that are signed off as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_ocr.document.edits import (
    AddPage,
    ConfirmCharacters,
    DeletePage,
    Edit,
    Group,
    SetPageLines,
    SetStatus,
    SetText,
    SignOff,
)
from desktop_ocr.document.model import Line, LineStatus, Page, Review
from desktop_ocr.ui.changes import single_edits, touched_pages
from desktop_ocr.ui.document_state import PageState
from desktop_ocr.ui.history import Step

if TYPE_CHECKING:
    from desktop_ocr.ui.document_controller import DocumentController


CONFIRMING = {Step.REVIEW, Step.ILLEGIBLE, Step.SIGN_OFF}
"""Steps by which a person says that something is right."""


def local_now() -> datetime:
    """Return the time with its offset from UTC."""
    return datetime.now().astimezone()


class Reviews(QObject):
    """Stamps what a person confirms, and keeps sign-offs true.

    Attributes:
        reviewer: Name of the person at the window; "" where none was given.
        now: The clock; it names its offset from UTC.

    Signals:
        confirmed: A person confirmed lines or pages.
        taken_back: Ids of signed pages that were changed, so that nobody has signed them now.
    """

    confirmed = Signal()
    taken_back = Signal(object)

    def __init__(self, document: DocumentController) -> None:
        super().__init__(document)
        self._document = document
        self.reviewer = ""
        self.now: Callable[[], datetime] = local_now
        self._nameless: tuple[datetime, set[str]] | None = None  # since when, on which pages

    def stamp(self, page_id: str) -> Review:
        """Return who confirms something on a page now, and when."""
        now = self.now().replace(microsecond=0)
        if not self.reviewer:
            since, pages = self._nameless or (now, set())
            self._nameless = (since, {*pages, page_id})
        return Review(self.reviewer, now.isoformat())

    def set_reviewer(self, name: str) -> None:
        """Take over a name, also for what was confirmed without one since the program started."""
        self.reviewer = name
        if not name or self._nameless is None:
            return
        since, pages = self._nameless
        self._nameless = None
        edits = [edit for page_id in sorted(pages) for edit in self._name_all(page_id, since)]
        if edits:
            page_id = pages.pop() if len(pages) == 1 else ""
            self._document.push(Step.NAME_REVIEWER, page_id, Group(tuple(edits)))

    def _name_all(self, page_id: str, since: datetime) -> Iterator[Edit]:
        """Yield the edits that put the name into reviews of a page that have none."""
        page = self._document.find_page(page_id)
        if page is None:
            return

        def named(review: Review | None) -> Review | None:
            if review is None or review.by or datetime.fromisoformat(review.at) < since:
                return None
            return Review(self.reviewer, review.at)

        for line in page.lines:
            review = named(line.review)
            if review is not None:
                yield SetStatus(page_id, line.id, line.status, review)
        review = named(page.sign_off)
        if review is not None:
            yield SignOff(page_id, review)

    def status_edit(self, page_id: str, line_id: str, status: LineStatus) -> Edit:
        """Return the edit by which the person at the window gives a line a status."""
        review = None if status is LineStatus.UNREVIEWED else self.stamp(page_id)
        return SetStatus(page_id, line_id, status, review)

    # --- sign-off -------------------------------------------------------------------------

    def open_lines(self, page: Page) -> list[Line]:
        """Return the lines of a page that nobody has reviewed or called illegible."""
        return [line for line in page.lines if line.status is LineStatus.UNREVIEWED]

    def is_read(self, page: Page) -> bool:
        """Say whether the machine has done with a page, so that it can be signed off."""
        state = self._document.page_state(page.id)
        if state in (PageState.WAITING, PageState.READING):
            return False
        return state is PageState.DONE or bool(page.lines)

    def sign_off(self, pages: Iterable[Page]) -> None:
        """Sign pages off, as one step of the history; those that are signed already stay so.

        The pages must be read and have no open lines.
        """
        edits = [SignOff(p.id, self.stamp(p.id)) for p in pages if p.sign_off is None]
        if edits:
            self._push(Step.SIGN_OFF, edits)

    def take_back(self, pages: Iterable[Page]) -> None:
        """Take sign-offs back, as one step of the history."""
        edits = [SignOff(page.id, None) for page in pages if page.sign_off is not None]
        if edits:
            self._push(Step.TAKE_BACK_SIGN_OFF, edits)

    def _push(self, step: Step, edits: list[SignOff]) -> None:
        # A step over several pages is no page's own.
        page_id = edits[0].page_id if len(edits) == 1 else ""
        self._document.push(step, page_id, Group(tuple(edits)))

    def tell(self, step: Step, unsigned: tuple[str, ...]) -> None:
        """Tell about a step that was done: what it confirmed and which sign-offs it took."""
        if step in CONFIRMING:
            self.confirmed.emit()
        if unsigned:
            self.taken_back.emit(unsigned)

    # --- every step -----------------------------------------------------------------------

    def completed(self, edit: Edit) -> tuple[Edit, tuple[str, ...]]:
        """Add to a step what keeps reviews and sign-offs true.

        Whoever changes the text of a reviewed line has reviewed it now, and a signed page that is
        changed is no longer signed.

        Returns:
            The edit as it is to be applied, and the ids of the pages that lose their sign-off.
        """
        more = [*self._restamps(edit)]
        lost = tuple(self._unsigned(edit))
        more += [SignOff(page_id, None) for page_id in lost]
        return (Group((edit, *more)) if more else edit), lost

    def _restamps(self, edit: Edit) -> Iterator[Edit]:
        parts = list(single_edits(edit))
        stamped = {(p.page_id, p.line_id) for p in parts if isinstance(p, SetStatus)}
        for part in parts:
            if isinstance(part, SetText) and (part.page_id, part.line_id) not in stamped:
                page = self._document.find_page(part.page_id)
                line = None if page is None else _find(page, part.line_id)
                if line is not None and line.status is LineStatus.REVIEWED:
                    stamped.add((part.page_id, part.line_id))
                    yield self.status_edit(part.page_id, part.line_id, LineStatus.REVIEWED)

    def _unsigned(self, edit: Edit) -> Iterator[str]:
        parts = list(single_edits(edit))
        gone = {p.page_id for p in parts if isinstance(p, DeletePage)}
        changed = frozenset().union(*(touched_pages(p) for p in parts if self._changes(p)))
        for page_id in sorted(changed - gone):
            page = self._document.find_page(page_id)
            if page is not None and page.sign_off is not None:
                yield page_id

    def _changes(self, part: Edit) -> bool:
        """Say whether a part of an edit changes what was signed."""
        if isinstance(part, SetStatus):
            # A name that is put in later changes nothing of what was signed.
            page = self._document.find_page(part.page_id)
            line = None if page is None else _find(page, part.line_id)
            return line is None or line.status is not part.status
        if isinstance(part, SetPageLines):
            # Read again, every line stayed: it is still the page that somebody signed.
            page = self._document.find_page(part.page_id)
            return page is None or tuple(page.lines) != part.lines
        return not isinstance(part, SignOff | AddPage | DeletePage | ConfirmCharacters)


def only_signs(edit: Edit) -> bool:
    """Say whether an edit changes sign-offs alone, and no line."""
    return all(isinstance(part, SignOff) for part in single_edits(edit))


def _find(page: Page, line_id: str) -> Line | None:
    return next((line for line in page.lines if line.id == line_id), None)
