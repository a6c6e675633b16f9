"""Where the next doubtful place is, across lines and pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_ocr.document.model import Line, Page
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.doubt import doubtful_places

if TYPE_CHECKING:
    from desktop_ocr.ui.review.panel import ReviewPanel


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


class DoubtWalk:
    """Goes from one doubtful place to the next: F3.

    Args:
        panel: Whose text field is taken there.
        controller: The document.
    """

    def __init__(self, panel: ReviewPanel, controller: DocumentController) -> None:
        self._panel, self._controller = panel, controller

    def go(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) place, across pages; say whether there is one."""
        panel, controller = self._panel, self._controller
        if panel.editor.composing:
            return False
        here = self._in_line(step)
        if here is not None:
            panel.editor.set_caret(here)
            panel.focus_editor()
            return True
        panel.commit()
        page_id = "" if controller.current_page is None else controller.current_page.id
        find = next_place if step > 0 else previous_place
        place = find(controller, page_id, "" if panel.line is None else panel.line.id)
        if place is None:
            panel.doubtful_exhausted.emit(step)
            return False
        controller.set_current_page(place.page_id)
        controller.select_line(place.line_id)
        panel.editor.set_caret(place.index)
        panel.focus_editor()
        return True

    def _in_line(self, step: int) -> int | None:
        panel = self._panel
        if panel.line is None:
            return None
        caret = panel.editor.caret
        places = doubtful_places(panel.line, self._controller.doubt, panel.editor.text())
        if step > 0:
            # A caret at the start of a doubtful place has seen it.
            return next((p for p in places if panel.arrived or p > caret), None)
        return next((p for p in reversed(places) if p < caret), None)


def doubtful_rank(controller: DocumentController) -> int:
    """Return which of all doubtful lines, from 1, the current line is; 0 where it is none.

    Pages before the one in view are counted without loading their lines.
    """
    page, current = controller.current_page, controller.current_line
    if page is None or current is None or not controller.is_doubtful(current):
        return 0
    rank = 1
    for before in controller.document.pages:
        if before.id == page.id:
            break
        rank += controller.counts(before.id).doubtful
    for line in page.lines:
        if line.id == current.id:
            break
        rank += controller.is_doubtful(line)
    return rank
