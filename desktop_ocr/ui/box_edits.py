"""What a person does to boxes on the page, beyond moving them: cut, join, put in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop_ocr.document.align import index_at
from desktop_ocr.document.cuts import CutAcross, SplitLine
from desktop_ocr.document.edits import Edit, Group, MergeLines, Reorder, joiner
from desktop_ocr.document.model import new_id
from desktop_ocr.ui.history import Step

if TYPE_CHECKING:
    from desktop_ocr.ui.document_controller import DocumentController


def cut_line(document: DocumentController, line_id: str, place: float) -> str:
    """Cut a box of the page in view, and its text by where its characters stand, as one step.

    A part in which no character stands is read.

    Args:
        document: The document.
        line_id: The line.
        place: Fraction of its length, 0–1.

    Returns:
        The id of the right part; "" where nothing was cut.
    """
    document.commit_pending.emit()
    page = document.current_page
    if page is None or not 0 < place < 1:
        return ""
    line = page.line(line_id)
    at = index_at(line, place)
    right = new_id()
    empty = [line_id] * (not line.text[:at].strip()) + [right] * (not line.text[at:].strip())
    edit = SplitLine(page.id, line_id, at, right, place)
    document.push(Step.SPLIT, page.id, edit, frozenset(empty))
    if empty:
        document.read_again_requested.emit(page.id, tuple(empty))
    return right


def cut_across(document: DocumentController, line_id: str, place: float) -> str:
    """Cut a box of the page in view that holds two lines; both are read, as one step.

    Args:
        document: The document.
        line_id: The line.
        place: Fraction of its height, 0–1.

    Returns:
        The id of the lower part; "" where nothing was cut.
    """
    document.commit_pending.emit()
    page = document.current_page
    if page is None or not 0 < place < 1:
        return ""
    lower = new_id()
    parts = (line_id, lower)
    edit = CutAcross(page.id, line_id, place, lower)
    document.push(Step.SPLIT, page.id, edit, frozenset(parts))
    document.read_again_requested.emit(page.id, parts)
    return lower


def join_lines(document: DocumentController, line_ids: Iterable[str]) -> str:
    """Join lines of the page in view into one, in reading order and as one step.

    It stands where the first of them stood.

    Returns:
        The id of the joint line; "" where there are not at least two lines.
    """
    document.commit_pending.emit()
    page = document.current_page
    chosen = set(line_ids)
    lines = [] if page is None else [line for line in page.lines if line.id in chosen]
    if page is None or len(lines) < 2:
        return ""
    first, *others = lines
    order = [line.id for line in page.lines if line not in others]
    at = order.index(first.id) + 1
    order[at:at] = [line.id for line in others]
    edits: list[Edit] = [Reorder(page.id, tuple(order))]
    text = first.text
    for line in others:
        between = joiner(text, line.text)
        edits.append(MergeLines(page.id, first.id, between))
        text += between + line.text
    document.push(Step.MERGE, page.id, Group(tuple(edits)))
    document.select_line(first.id)
    return first.id


def read_after(document: DocumentController, line_id: str, before_id: str) -> None:
    """Let a line of the page in view be read right after another one, as one step."""
    page = document.current_page
    if page is None or line_id == before_id:
        return
    order = [line.id for line in page.lines if line.id != line_id]
    order.insert(order.index(before_id) + 1, line_id)
    document.reorder(order)


def read_earlier(document: DocumentController, line_id: str, steps: int) -> None:
    """Move a line of the page in view in the reading order, as one step.

    Args:
        document: The document.
        line_id: The line.
        steps: By how many places it is read earlier; negative is later.
    """
    page = document.current_page
    if page is None:
        return
    order = [line.id for line in page.lines]
    place = order.index(line_id)
    order.insert(min(max(place - steps, 0), len(order) - 1), order.pop(place))
    document.reorder(order)
