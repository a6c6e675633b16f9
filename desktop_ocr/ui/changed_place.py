"""Where a change of the document is: what undo and redo lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from desktop_ocr.document.lazy import LineText
from desktop_ocr.document.model import Line
from desktop_ocr.ui.changes import Change, PageChange


@dataclass(frozen=True, slots=True)
class ChangedPlace:
    """The first place that a change touched.

    Attributes:
        page_id: The page.
        line_id: The line; "" where the page has none.
        caret: Index into the line's text now; None where its text is as it was.
    """

    page_id: str
    line_id: str
    caret: int | None = None


def changed_place(change: Change, pages: Sequence[str], here: str) -> ChangedPlace | None:
    """Return the first place that a change touched.

    Args:
        change: The change.
        pages: The ids of the document's pages in their order.
        here: The page in view: where it was changed, nobody is led to another.

    Returns:
        None where no line that stands on a page now, or stood there, is another.
    """
    by_page = {page.page_id: page for page in change.pages}
    for page_id in (here, *pages):
        place = _on_page(by_page[page_id]) if page_id in by_page else None
        if place is not None:
            return place
    return None


def _on_page(page: PageChange) -> ChangedPlace | None:
    if page.before is None or page.after is None:
        return None
    before, after = page.before.lines, page.after.lines
    old = {line.id: line for line in before}
    for line in after:
        was = old.get(line.id)
        if was is not line and was != line:
            parts = len(before) != len(after)
            return ChangedPlace(page.page_id, line.id, _caret(was, line, parts=parts))
    kept = {line.id for line in after}
    if len(kept) == len(before):
        moved = (b.id for a, b in zip(before, after, strict=True) if a.id != b.id)
        first = next(moved, None)
        return None if first is None else ChangedPlace(page.page_id, first)
    at = sum(1 for _ in takewhile(lambda line: line.id in kept, before))
    # A line that went: the one that stands in its place now.
    standing = after[min(at, len(after) - 1)].id if after else ""
    return ChangedPlace(page.page_id, standing)


def _caret(was: Line | LineText | None, now: Line | LineText, *, parts: bool) -> int | None:
    """Return where the caret belongs: after what came, or where the parts of a line meet."""
    if was is None or was.text == now.text:
        return None
    same = _same(was.text, now.text)
    if parts:
        return same
    tail = _same(was.text[same:][::-1], now.text[same:][::-1])
    return len(now.text) - tail


def _same(first: str, second: str) -> int:
    """Return with how many equal characters two texts begin."""
    pairs = zip(first, second, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
