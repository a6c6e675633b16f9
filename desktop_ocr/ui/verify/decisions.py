"""What a decision of a person about characters changes in the document."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_ocr.document.edits import ConfirmCharacters, Edit, Group, SetText
from desktop_ocr.document.model import Line
from desktop_ocr.ui.verify.groups import Occurrence


def correction(occurrence: Occurrence, line: Line | None, changed: str, text: str) -> Group | None:
    """Return the edit that puts something in the place of a character.

    Args:
        occurrence: The character.
        line: Its line as it is now.
        changed: The text of the line with that in it.
        text: What is put there; "" takes the character out.

    Returns:
        None where nothing changes.
    """
    page_id, line_id = occurrence.page_id, occurrence.line_id
    edits: list[Edit] = []
    if line is None or changed != line.text:
        edits.append(SetText(page_id, line_id, changed))
    if text:  # so that the other doubtful characters of the line stay doubtful
        edits.append(ConfirmCharacters(page_id, line_id, ((occurrence.character, text),)))
    return Group(tuple(edits)) if edits else None


def confirmation(chosen: Sequence[Occurrence]) -> Group:
    """Return the edit that confirms characters, line by line."""
    lines: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for one in chosen:
        entry = lines.setdefault((one.page_id, one.line_id), [])
        entry.append((one.character, one.reading))
    return Group(tuple(ConfirmCharacters(p, i, tuple(c)) for (p, i), c in lines.items()))
