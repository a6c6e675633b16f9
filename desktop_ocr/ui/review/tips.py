"""The tool tip of a character in the text field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint

from desktop_ocr.document.model import Line
from desktop_ocr.ui.keys import with_key
from desktop_ocr.ui.review.facts import facts, percent, shown

if TYPE_CHECKING:
    from desktop_ocr.engine.correct.rules import Rules
    from desktop_ocr.ui.review.editor import LineEditor


def tip_at(
    editor: LineEditor, position: QPoint, line: Line, doubt: float, rules: Rules | None
) -> str:
    """Return what is known about the character under a point, with its other readings.

    Args:
        editor: The text field.
        position: In its viewport.
        line: Its line.
        doubt: Threshold of doubt (0–1).
        rules: Where names and suggestions of rules come from; None where they are off.

    Returns:
        Sentences, one a line; "" where there is nothing to tell.
    """
    index = index_at(editor, position)
    if index < 0:
        return ""
    told = facts(line, editor.text(), index, doubt, rules)
    char = editor.character_at(index)
    if told and char is not None and char.alternatives:
        others = "   ".join(f"{shown(a.text)} {percent(a.confidence)} %" for a in char.alternatives)
        text = QCoreApplication.translate("Facts", "Other readings: {0}").format(others)
        told.append(with_key(text, "show_alternatives"))
    return "\n".join(told)


def index_at(editor: LineEditor, position: QPoint) -> int:
    """Return the index of the character under a point of the viewport; -1 where there is none."""
    index = editor.index_near(position)
    for candidate in (index, index - 1):
        if not 0 <= candidate < len(editor.text()):
            continue
        left, right = editor.caret_rect(candidate), editor.caret_rect(candidate + 1)
        end = right.left() if right.top() == left.top() else editor.viewport().width()
        in_row = left.top() <= position.y() <= left.bottom()
        if in_row and left.left() <= position.x() <= end:
            return candidate
    return -1
