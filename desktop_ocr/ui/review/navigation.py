"""Where the next doubtful place is, across lines and pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop_ocr.document.model import Line, Page
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.doubt import doubtful_places


@dataclass(frozen=True, slots=True)
class Place:
    """A place to look at.

    Attributes:
        page_id: The page.
        line_id: The line.
        index: The character, as an index into the line's text.
    """

    page_id: str
    line_id: str
    index: int


def next_place(controller: DocumentController, page_id: str, line_id: str) -> Place | None:
    """Return the first doubtful place after a line, None where there is none.

    Args:
        controller: The document.
        page_id: The page to start from.
        line_id: The line to start after; "" starts before the page's first line.
    """
    lines = _lines(controller, page_id, controller.document.pages)
    return _search(controller, lines, page_id, line_id, last=False)


def previous_place(controller: DocumentController, page_id: str, line_id: str) -> Place | None:
    """Return the last doubtful place before a line, None where there is none."""
    pages = reversed(controller.document.pages)
    lines = _lines(controller, page_id, pages, backwards=True)
    return _search(controller, lines, page_id, line_id, last=True)


def _lines(
    controller: DocumentController, start: str, pages: Iterable[Page], *, backwards: bool = False
) -> Iterator[tuple[str, Line]]:
    """Yield the lines of the page to start from, and of those with something doubtful.

    The lines of the other pages may not be loaded, and need not be for this.
    """
    for page in pages:
        if page.id == start or controller.counts(page.id).doubtful:
            lines = list(page.lines)
            for line in reversed(lines) if backwards else lines:
                yield page.id, line


def _search(
    controller: DocumentController,
    lines: Iterator[tuple[str, Line]],
    page_id: str,
    line_id: str,
    *,
    last: bool,
) -> Place | None:
    started = not page_id
    for in_page, line in lines:
        if not started:
            at_start = in_page == page_id and not line_id
            started = at_start or line.id == line_id
            if not at_start:
                continue
        if controller.is_doubtful(line):
            # A line can be doubtful as a whole without one doubtful character.
            places = doubtful_places(line, controller.doubt) or [0]
            return Place(in_page, line.id, places[-1 if last else 0])
    return None
