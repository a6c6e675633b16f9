"""What terms and rules say about a line, whatever the machine's confidence."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop_ocr.document.model import Line, LineStatus
from desktop_ocr.engine.correct.critical import (
    Critical,
    CriticalKind,
    CriticalTerms,
    critical_spans,
)
from desktop_ocr.engine.correct.lexicon import Lexicon

if TYPE_CHECKING:
    from desktop_ocr.engine.correct.rules import Rules

REMEMBERED = 4096
"""Texts whose critical places and suggestions are remembered: about 60 pages."""


class Hints(QObject):
    """Knows critical places and what rules propose; remembers both for the texts asked last.

    Attributes:
        marks: Whether critical places are marked in the text.

    Signals:
        changed: Terms, rules or ``marks`` changed: what was said of a line may be wrong now.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.marks = True
        self._find = partial(critical_spans, terms=CriticalTerms(Lexicon(())))
        self._rules: Rules | None = None
        self.forget()

    def set_marks(self, shown: bool) -> None:
        """Mark critical places in the text, or do not."""
        if shown != self.marks:
            self.marks = shown
            self.changed.emit()

    def set_lexicon(self, lexicon: Lexicon) -> None:
        """Take over units and drugs."""
        self._find = partial(critical_spans, terms=CriticalTerms(lexicon))
        self.forget()
        self.changed.emit()

    def set_rules(self, rules: Rules | None) -> None:
        """Take over the rules that suggest; None where they are off."""
        self._rules = rules
        self.forget()
        self.changed.emit()

    def forget(self) -> None:
        """Forget all texts, as when their document is closed."""
        rules = self._rules
        self._spans = lru_cache(REMEMBERED)(self._find)
        self._suggests = lru_cache(REMEMBERED)(lambda text: bool(rules and rules.suggest(text)))

    def critical(self, line: Line, text: str | None = None) -> tuple[Critical, ...]:
        """Return the critical places of a line; one that nobody can read has none.

        Args:
            line: The line.
            text: Its text as it stands in an editor; None is the line's own.
        """
        if line.status is LineStatus.ILLEGIBLE:
            return ()
        # The first column of a table numbers its rows or names them.
        in_table = line.cell is not None and line.cell.column > 0
        return self._spans(line.text if text is None else text, in_table=in_table)

    def is_critical(self, line: Line) -> bool:
        """Say whether a line has critical places."""
        return bool(self.critical(line))

    def has_rule_hit(self, line: Line) -> bool:
        """Say whether a rule changed a line, or suggests to change one that nobody reviewed."""
        if line.corrections:
            return True
        return line.status is LineStatus.UNREVIEWED and self._suggests(line.text)


def is_changed(line: Line) -> bool:
    """Say whether a person changed the text of a line."""
    return line.text != line.machine_text


def listed(parts: Iterable[str]) -> str:
    """Return parts of a list as one text, in the language of the window."""
    return QCoreApplication.translate("Critical", ", ").join(parts)


def kind_names(kinds: Iterable[CriticalKind]) -> list[str]:
    """Return why places are critical, in the language of the window; each reason once."""
    names = {
        CriticalKind.NUMBER: QCoreApplication.translate("Critical", "number"),
        CriticalKind.SIDE: QCoreApplication.translate("Critical", "left/right"),
        CriticalKind.POLARITY: QCoreApplication.translate("Critical", "positive/negative"),
        CriticalKind.NEGATION: QCoreApplication.translate("Critical", "negation"),
        CriticalKind.DRUG: QCoreApplication.translate("Critical", "drug"),
    }
    wanted = set(kinds)
    return [name for kind, name in names.items() if kind in wanted]
