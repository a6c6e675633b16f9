"""What a step of a person changed, line by line, for the history in the project."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_ocr.document.lazy import LineText
from desktop_ocr.document.model import Line, Review
from desktop_ocr.project import HistoryEntry
from desktop_ocr.ui.changes import Change, PageChange, Way

_PREFIX = {Way.DONE: "", Way.UNDONE: "undo ", Way.REDONE: "redo "}


def history_entries(change: Change, by: str, at: str) -> tuple[HistoryEntry, ...]:
    """Return the entries for a step; none for what a machine read first.

    Args:
        change: What happened.
        by: Name of the person; empty where none was given.
        at: ISO 8601 with the offset from UTC.
    """
    if change.step is None:
        return ()
    step = _PREFIX[change.way] + str(change.step.value)
    return tuple(
        HistoryEntry(at, by, step, page.page_id, line_id, before, after)
        for page in change.pages
        for line_id, before, after in _differences(page)
    )


def _differences(page: PageChange) -> Iterator[tuple[str, str, str]]:
    """Yield id of the line ("" is the page), what stood there, what stands there."""
    if page.before is None or page.after is None:
        yield "", "" if page.before is None else "page", "" if page.after is None else "page"
        return
    old = {line.id: line for line in page.before.lines}
    new = {line.id: line for line in page.after.lines}
    for line_id, line in old.items():
        if line_id not in new:
            yield line_id, line.text, ""
        elif new[line_id] is not line:
            yield from _of_line(line, new[line_id])
    for line_id, line in new.items():
        if line_id not in old:
            yield line_id, "", line.text
    kept = [line_id for line_id in old if line_id in new]
    if kept != [line_id for line_id in new if line_id in old]:
        yield "", "order", "order"
    if page.before.sign_off != page.after.sign_off:
        yield "", _name(page.before.sign_off), _name(page.after.sign_off)


def _of_line(old: Line | LineText, new: Line | LineText) -> Iterator[tuple[str, str, str]]:
    told = False
    if old.text != new.text:
        told = True
        yield old.id, old.text, new.text
    if old.status is not new.status:
        told = True
        yield old.id, old.status.value, new.status.value
    if isinstance(old, Line) and isinstance(new, Line) and _box(old) != _box(new):
        told = True
        yield old.id, _box(old), _box(new)
    if not told and old != new:  # single characters were confirmed, or read anew with one result
        yield old.id, old.text, new.text


def _box(line: Line) -> str:
    box = line.quad.box
    return f"{box.left:.0f},{box.top:.0f},{box.right:.0f},{box.bottom:.0f}"


def _name(review: Review | None) -> str:
    return "" if review is None else f"signed {review.by}".strip()
