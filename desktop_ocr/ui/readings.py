"""What the engine reads finds its way into the document; what a person did stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_ocr.document.edits import Edit, Group, SetLine, SetPageLines
from desktop_ocr.document.model import Line, LineStatus, Page, Provenance
from desktop_ocr.errors import EditError
from desktop_ocr.ui.history import Step
from desktop_ocr.ui.reading_order import place_for

if TYPE_CHECKING:
    from desktop_ocr.ui.document_controller import DocumentController


class Readings:
    """Takes the results of the engine for one document.

    The first reading of a page is no step of the history; whatever replaces an earlier reading
    is. Stale results (the page or line is gone, the box was moved) are dropped.
    """

    def __init__(self, document: DocumentController) -> None:
        self._document = document
        # First readings that came after a person's edit, by page and line.
        self._missed: dict[str, dict[str, Line]] = {}
        document.page_removed.connect(lambda page_id: self._missed.pop(page_id, None))

    def forget(self) -> None:
        """Let go of what came for a document that is no longer open."""
        self._missed.clear()

    def take_found_lines(self, page_id: str, lines: Sequence[Line]) -> None:
        """Show the lines that the engine found on a page that had none, before they are read.

        Boxes that a person drew meanwhile stay; found lines under them are left out.
        """
        page = self._document.find_page(page_id)
        if page is None:
            return
        drawn = list(page.lines)
        found = [line for line in lines if not _covered(line, drawn)]
        self._document.watched(lambda: page.lines.extend(found), [page_id])

    def take_read_line(self, page_id: str, line: Line) -> None:
        """Take the first reading of a found line, unless a person was faster or moved its box."""
        page = self._document.find_page(page_id)
        if page is None:
            return
        standing = _find(page, line.id)
        if standing is None or self._document.is_kept(standing):
            self._missed.setdefault(page_id, {})[line.id] = line
        elif standing.quad == line.quad:
            edit = SetLine(page_id, line)
            self._document.watched(lambda: edit.apply(self._document.document), [page_id])

    def take_missed(self, page_id: str) -> None:
        """Give lines that undo brought back unread the reading that came in the meantime."""
        page = self._document.find_page(page_id)
        if page is None:
            return
        for line in list(page.lines):
            missed = self._missed.get(page_id, {}).get(line.id)
            unread = not line.characters and not self._document.is_kept(line)
            if missed is not None and unread and line.quad == missed.quad:
                self.take_read_line(page_id, missed)

    def take_read_page(
        self,
        page_id: str,
        lines: Sequence[Line],
        provenance: Provenance,
        *,
        replace: bool,
        released: Sequence[Line] = (),
    ) -> int:
        """Take the reading of a whole page.

        Args:
            page_id: The page.
            lines: All its lines in reading order.
            provenance: Model and steps.
            replace: The page had been read before: this is a step of the history, and lines
                that a person touched stay in place of the new ones under them.
            released: Lines that are replaced although a person touched them; one that was
                changed since then, or is being edited right now, stays.

        Returns:
            How many lines stayed because a person touched them.
        """
        page = self._document.find_page(page_id)
        if page is None:
            return 0
        if replace:
            kept = [line for line in page.lines if self._is_kept(line, released)]
            merged = _merge_kept(lines, kept)
            edit = SetPageLines(page_id, tuple(merged), provenance)
            self._document.push(Step.READ_PAGE, page_id, edit)
            return len(kept)
        read = {line.id: line for line in lines}

        def finish() -> None:
            page.provenance = provenance
            for i, standing in enumerate(page.lines):
                new = read.get(standing.id)
                if (
                    new is not None
                    and new.quad == standing.quad
                    and not self._document.is_kept(standing)
                ):
                    page.lines[i] = new
            if not self._document.has_structural_step(page_id):
                # Boxes in which nothing was read go, except those that a person wrote into.
                page.lines[:] = [
                    line for line in page.lines if line.id in read or self._document.is_kept(line)
                ]

        self._document.watched(finish, [page_id])
        return 0

    def take_read_again(
        self,
        page_id: str,
        lines: Sequence[Line],
        asked: Sequence[Line],
        *,
        overwrite: bool = False,
    ) -> tuple[int, int]:
        """Take new readings of single boxes as one step of the history.

        Args:
            page_id: The page.
            lines: The new readings.
            asked: The lines as they were when the reading was asked for.
            overwrite: Also lines that a person had touched when it was asked for are taken; what
                was changed since then stays.

        Returns:
            How many lines were taken, and how many stayed because a person touched them.
        """
        page = self._document.find_page(page_id)
        if page is None:
            return 0, 0
        before = {line.id: line for line in asked}
        edits: list[Edit] = []
        kept = 0
        for line in lines:
            standing = _find(page, line.id)
            if standing is None or standing.quad != line.quad or line.id not in before:
                continue  # stale: the box is gone or was moved again
            if self._is_kept(standing, asked if overwrite else ()):
                kept += 1
                continue
            # Whoever had reviewed the line has not seen what is read now.
            new = replace(line, status=LineStatus.UNREVIEWED, review=None)
            if standing != new:
                edits.append(SetLine(page_id, new))
        if edits:
            ids = frozenset(edit.line.id for edit in edits if isinstance(edit, SetLine))
            self._document.push(Step.READ_LINES, page_id, Group(tuple(edits)), ids)
        return len(edits), kept

    def _is_kept(self, line: Line, released: Sequence[Line]) -> bool:
        """Say whether a line stays: touched and not released as it is, or being edited now."""
        if any(line is other for other in released):
            return self._document.is_held(line)
        return self._document.is_kept(line)


def _find(page: Page, line_id: str) -> Line | None:
    try:
        return page.line(line_id)
    except EditError:
        return None


def _covered(line: Line, others: Sequence[Line]) -> bool:
    """Say whether the middle of a line lies in one of the others, or the other way round."""
    a = line.quad.box
    for other in others:
        b = other.quad.box
        across = min(a.bottom, b.bottom) - max(a.top, b.top)
        along = min(a.right, b.right) - max(a.left, b.left)
        if across <= 0 or along <= 0:
            continue
        smaller = min(a.width * a.height, b.width * b.height)
        if along * across > 0.5 * smaller:
            return True
    return False


def _merge_kept(lines: Sequence[Line], kept: Sequence[Line]) -> list[Line]:
    """Put lines that a person touched among newly read ones; new ones under them go."""
    result = [line for line in lines if not _covered(line, kept)]
    for line in kept:
        result.insert(place_for(line.quad, result), line)
    return result
