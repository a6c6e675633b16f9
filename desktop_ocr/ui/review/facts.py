"""What is known about one character, in sentences: for its tool tip and for the row below it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from desktop_ocr.document.compare import illegible_places
from desktop_ocr.document.doubt import worst_confidence
from desktop_ocr.document.model import Line, LineStatus
from desktop_ocr.ui.doubt import disagreements, line_tier, shown_characters, tier
from desktop_ocr.ui.keys import shown_key, with_key
from desktop_ocr.ui.review.offers import READ, correction_at, suggestion_at
from desktop_ocr.ui.review.word_offers import LEXICON, OWN

if TYPE_CHECKING:
    from desktop_ocr.engine.correct.rules import Rules

translate = QCoreApplication.translate


def facts(line: Line, text: str, index: int, doubt: float, rules: Rules | None) -> list[str]:
    """Return what a person should know about the character at an index of a text.

    Args:
        line: The line.
        text: Its text as it stands in the editor.
        index: The character.
        doubt: Threshold of doubt (0–1).
        rules: Where names and suggestions of rules come from; None where they are off.

    Returns:
        Sentences, what matters most first; none for a character that nobody doubts.
    """
    if index in illegible_places(replace(line, text=text)):
        return [translate("Facts", "Marked as illegible: a person could not read this character")]
    characters = shown_characters(line, text)
    if not 0 <= index < len(characters) or line.status is not LineStatus.UNREVIEWED:
        return []
    result = []
    corrected = correction_at(line, text, index)
    if corrected is not None:
        _, correction = corrected
        result.append(
            _with_key(
                translate("Facts", "A rule made “{1}” of “{0}”: {2}").format(
                    shown(correction.before),
                    shown(correction.after),
                    rule_name(correction.rule, rules),
                ),
                translate("Facts", "{0} takes it back"),
                "take_back_rule",
            )
        )
    result += [
        translate("Facts", "Second reader: “{0}”").format(shown(d.other))
        for d in disagreements(line, text)
        if d.covers(index)
    ]
    char = characters[index]
    if char is not None and tier(char.confidence, doubt) is not None:
        result.append(
            translate("Facts", "“{0}” is right with a probability of {1} %").format(
                char.text, percent(char.confidence)
            )
        )
    suggested = suggestion_at(text, index, rules)
    if suggested is not None:
        result.append(
            with_key(
                translate("Facts", "A rule suggests “{0}”: {1}").format(
                    shown(suggested.replacement), rule_name(suggested.rule, rules)
                ),
                "show_alternatives",
            )
        )
    return result


def _with_key(text: str, what: str, command_id: str) -> str:
    """Return a sentence and what a key does about it, where the command has a key."""
    key = shown_key(command_id)
    return f"{text} ({what.format(key)})" if key else text


def line_facts(line: Line, doubt: float) -> list[str]:
    """Return what a person should know about a line as a whole.

    Args:
        line: The line.
        doubt: Threshold of doubt (0–1).
    """
    if line.status is not LineStatus.UNREVIEWED or line.text != line.machine_text:
        return []
    result = []
    if disagreements(line):
        result.append(translate("Facts", "Second reader: “{0}”").format(line.second_text))
    if line.characters and line_tier(line, doubt) is not None:
        result.append(
            translate(
                "Facts", "Its least certain character is right with a probability of {0} %"
            ).format(percent(worst_confidence(line)))
        )
    return result


def source_name(source: str, rules: Rules | None) -> str:
    """Return who proposes a reading, in words."""
    if source.startswith("rule:"):
        return translate("Facts", "rule: {0}").format(
            rule_name(source.removeprefix("rule:"), rules)
        )
    names = {
        "crnn": translate("Facts", "recogniser"),
        "second": translate("Facts", "second reader"),
        "plain": translate("Facts", "without language"),
        READ: translate("Facts", "as it was read"),
        LEXICON: translate("Facts", "lexicon"),
        OWN: translate("Facts", "own list"),
    }
    return names.get(source, source)


def rule_name(rule: str, rules: Rules | None) -> str:
    """Return what a rule does in the language of the window; its id where nothing is known."""
    if rules is None:
        return rule
    chinese = QLocale().language() is QLocale.Language.Chinese
    return rules.describe(rule, "zh" if chinese else "en")


def percent(confidence: float) -> int:
    """Return a probability in percent; 100 only where it is certain."""
    return min(round(100 * confidence), 99 if confidence < 1 else 100)


def shown(text: str) -> str:
    """Return a reading so that it can be seen."""
    if not text:
        return translate("Facts", "(nothing)")
    return "␣" if text.isspace() else text
