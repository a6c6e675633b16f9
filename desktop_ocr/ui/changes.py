"""What the controller of the document tells about each change, for whoever keeps it on disk."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_ocr.document.edits import AddPage, Edit, Group
from desktop_ocr.document.lazy import LineText
from desktop_ocr.document.model import Line, Review

if TYPE_CHECKING:
    from desktop_ocr.ui.history import Step


class Way(enum.Enum):
    """How a step of the history came about."""

    DONE = enum.auto()
    UNDONE = enum.auto()
    REDONE = enum.auto()


@dataclass(frozen=True, slots=True)
class PageSnapshot:
    """A page at one moment.

    Attributes:
        lines: In reading order; of a page that was changed without loading its lines, what is
            known of those that changed.
        sign_off: Who had signed it off.
    """

    lines: tuple[Line | LineText, ...]
    sign_off: Review | None


@dataclass(frozen=True, slots=True)
class PageChange:
    """What became of one page.

    Attributes:
        page_id: The page.
        before: None where it was not in the document.
        after: None where it is no longer in the document.
        texts: What became of lines that were changed without loading them.
    """

    page_id: str
    before: PageSnapshot | None
    after: PageSnapshot | None
    texts: tuple[LineText, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the document.

    Attributes:
        pages: The pages that it looked at.
        step: The step of the history; None for what a machine read first.
        way: Whether the step was done, taken back or done again.
    """

    pages: tuple[PageChange, ...]
    step: Step | None = None
    way: Way = Way.DONE


def single_edits(edit: Edit) -> Iterator[Edit]:
    """Yield the single edits of a step."""
    if isinstance(edit, Group):
        for part in edit.edits:
            yield from single_edits(part)
    else:
        yield edit


def touched_pages(edit: Edit) -> frozenset[str]:
    """Return the ids of the pages that an edit looks at or changes."""
    if isinstance(edit, Group):
        return frozenset().union(*map(touched_pages, edit.edits))
    if isinstance(edit, AddPage):
        return frozenset({edit.page.id})
    page_id = getattr(edit, "page_id", "")
    return frozenset({page_id} if page_id else ())
