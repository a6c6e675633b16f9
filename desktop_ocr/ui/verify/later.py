"""What a person put off while verifying: single characters, and whole groups.

These marks change nothing of the document, so they are in no undo history; a project keeps them
among its options, beside the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.verify.groups import Occurrence

Key = tuple[str, str, int]

LATER = "later"
"""The member of a project's options that holds the marks."""


class Later(QObject):
    """The marks of a document.

    Attributes:
        groups: Readings of the groups that were put off.

    Signals:
        changed: A person put something off, or took that back.
    """

    changed = Signal()

    def __init__(self, controller: DocumentController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.groups: set[str] = set()
        self._members: dict[Key, Occurrence] = {}
        # Marks of a project, with what was read there; their characters are gathered later.
        self._awaited: dict[Key, str] = {}
        controller.replaced.connect(self.clear)

    def __contains__(self, occurrence: Occurrence) -> bool:
        return occurrence.key in self._members

    @property
    def members(self) -> tuple[Occurrence, ...]:
        """Characters that were put off, in the order in which that was done."""
        return tuple(self._members.values())

    def clear(self) -> None:
        """Forget everything: another document is shown."""
        self.groups.clear()
        self._members.clear()
        self._awaited.clear()

    def put_off(self, occurrence: Occurrence) -> None:
        """Leave a character for later."""
        self._members[occurrence.key] = occurrence
        self.changed.emit()

    def take_up(self, occurrences: Iterable[Occurrence]) -> None:
        """Take back that characters were left for later."""
        keys = {one.key for one in occurrences} & self._members.keys()
        for key in keys:
            del self._members[key]
        if keys:
            self.changed.emit()

    def put_off_group(self, reading: str) -> None:
        """Put a group off."""
        self.groups.add(reading)
        self.changed.emit()

    def take_up_group(self, reading: str) -> None:
        """Take back that a group was put off."""
        if reading in self.groups:
            self.groups.discard(reading)
            self.changed.emit()

    def find(self, gathered: Iterable[Occurrence]) -> None:
        """Find the characters of the marks that came with the project among others.

        A mark whose line was reviewed, read anew or deleted since is dropped; one that only the
        threshold of doubt leaves out now waits.
        """
        if not self._awaited:
            return
        for one in gathered:
            if self._awaited.get(one.key) == one.reading:
                self._members[one.key] = one
                del self._awaited[one.key]
        self._awaited = {key: text for key, text in self._awaited.items() if self._may_come(*key)}

    def _may_come(self, page_id: str, line_id: str, character: int) -> bool:
        page = self._controller.find_page(page_id)
        lines = () if page is None else page.lines
        line = next((line for line in lines if line.id == line_id), None)
        return (
            line is not None
            and line.status is LineStatus.UNREVIEWED
            and character < len(line.characters)
        )

    # --- in a project -------------------------------------------------------------------------

    def as_json(self) -> dict[str, Any]:
        """Return the marks for a project's options (docs/formats.md)."""
        known = [[*key, one.reading] for key, one in self._members.items()]
        awaited = [[*key, reading] for key, reading in self._awaited.items()]
        return {"characters": known + awaited, "groups": sorted(self.groups)}

    def take_json(self, found: object) -> None:
        """Take the marks of a project; what has another form is passed over."""
        self.clear()
        if not isinstance(found, Mapping):
            return
        for entry in _list(found.get("characters")):
            match entry:
                case [str(page_id), str(line_id), int(character), str(reading)] if character >= 0:
                    self._awaited[page_id, line_id, character] = reading
        self.groups.update(text for text in _list(found.get("groups")) if isinstance(text, str))


def _list(found: object) -> list[object]:
    return found if isinstance(found, list) else []
