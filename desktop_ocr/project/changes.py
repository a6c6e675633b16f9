"""What the writer is told to store: frozen snapshots, so that any thread can hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from desktop_ocr.document.lazy import LineText
from desktop_ocr.document.model import Line, Page, Provenance, Review


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that a person or the engine did.

    Attributes:
        at: ISO 8601 with the offset from UTC.
        by: Name of the person as given in the settings; empty where none was given.
        step: What was done, a short English identifier such as ``"edit text"``.
        page_id: The page; empty where the whole project is meant.
        line_id: The line; empty where the whole page is meant.
        before: What stood there; for a step that is more than text, any text that says it.
        after: What stands there now.
    """

    at: str
    by: str
    step: str
    page_id: str = ""
    line_id: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class PageFields:
    """All of a page but its lines; see :class:`desktop_ocr.document.model.Page`."""

    file: str
    page: int
    width: int
    height: int
    dpi: float | None
    sha256: str
    provenance: Provenance
    sign_off: Review | None

    @staticmethod
    def of(page: Page) -> PageFields:
        """Take them from a page."""
        return PageFields(
            page.file,
            page.page,
            page.width,
            page.height,
            page.dpi,
            page.sha256,
            page.provenance,
            page.sign_off,
        )


@dataclass(frozen=True, slots=True)
class PutPage:
    """Store a page as it is now: new, or changed in any way.

    Attributes:
        page_id: The page; a page that was removed before comes back.
        position: Its place among the pages, from 0; see :class:`SetOrder` for several pages.
        fields: All but the lines.
        lines: All lines in reading order; None leaves those that are stored as they are.
        state: How far its reading is, in words of the caller (``"waiting"``, ``"done"`` …).
        message: Why reading failed; empty otherwise.
        entries: For the history.
    """

    page_id: str
    position: int
    fields: PageFields
    lines: tuple[Line, ...] | None
    state: str = ""
    message: str = ""
    entries: tuple[HistoryEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class PutTexts:
    """Store texts and statuses of lines that are stored already and not loaded anywhere.

    Attributes:
        page_id: Their page.
        texts: The lines; one that is not stored is passed over.
        entries: For the history.
    """

    page_id: str
    texts: tuple[LineText, ...]
    entries: tuple[HistoryEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class RemovePage:
    """Take a page out; its lines and picture stay stored until the project is opened again."""

    page_id: str
    entries: tuple[HistoryEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class SetOrder:
    """Give the pages another order.

    Attributes:
        page_ids: All pages that are not removed, first to last.
        entries: For the history.
    """

    page_ids: tuple[str, ...]
    entries: tuple[HistoryEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class PutPicture:
    """Store where a page's pixels come from; put it after the page's first :class:`PutPage`.

    Attributes:
        page_id: The page.
        path: The file, which the writer's thread reads (once for all of its pages); None for a
            picture without a file (from the clipboard).
        data: The bytes of such a picture as a file (PNG); always embedded.
        page: Number of the page in its file, from 1.
        thumbnail: The bytes of a small picture (PNG or JPEG); None keeps what is stored.
        entries: For the history.
    """

    page_id: str
    path: Path | None = None
    data: bytes | None = None
    page: int = 1
    thumbnail: bytes | None = None
    entries: tuple[HistoryEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class SetDraft:
    """Note the line that is being typed, so that a crash can say what was lost; "" for none."""

    page_id: str = ""
    line_id: str = ""
    entries: tuple[HistoryEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class SetOptions:
    """Store the settings of the run; values that JSON can hold."""

    options: Mapping[str, Any]
    entries: tuple[HistoryEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class SetTitle:
    """Give the document a title."""

    title: str
    entries: tuple[HistoryEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class AddHistory:
    """Store entries of the history that belong to no other change."""

    entries: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Changes that are one step of a person: after a crash all of them are there, or none.

    Attributes:
        changes: In their order; pictures are not among them.
    """

    changes: tuple[Change, ...]

    @property
    def entries(self) -> tuple[HistoryEntry, ...]:
        """All entries for the history."""
        return tuple(entry for change in self.changes for entry in change.entries)


Change: TypeAlias = (
    PutPage
    | PutTexts
    | RemovePage
    | SetOrder
    | PutPicture
    | SetDraft
    | SetOptions
    | SetTitle
    | AddHistory
    | Together
)


def parts(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the single changes, in their order."""
    for change in changes:
        if isinstance(change, Together):
            yield from parts(change.changes)
        else:
            yield change
