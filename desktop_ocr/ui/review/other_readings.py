"""Readings other than the one that stands in the text: offered, told, and taken over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_ocr.document.align import standing_corrections
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.review.facts import facts
from desktop_ocr.ui.review.line_form import LineForm
from desktop_ocr.ui.review.offers import MOST, Offer, offers_at
from desktop_ocr.ui.review.word_offers import word_offers
from desktop_ocr.ui.verify.groups import alike

if TYPE_CHECKING:
    from desktop_ocr.engine.correct.lexicon import Lexicon
    from desktop_ocr.engine.correct.rules import Rules


class OtherReadings(QObject):
    """Says at the caret what readers and rules say, and puts in what a person chooses.

    What is chosen is put into the text field as if it were typed: it can be taken back there,
    and becomes one step of the history when the line is left.

    Args:
        controller: The document.
        form: Text field, list of readings, note and raw reading of the current line.
    """

    def __init__(self, controller: DocumentController, form: LineForm) -> None:
        super().__init__(form)
        self._controller = controller
        self._form, self._editor, self._popup = form, form.editor, form.popup
        self._rules: Rules | None = None
        self._lexicon: Lexicon | None = None
        self._popup.chosen.connect(self._take_offer)
        form.plain.take.clicked.connect(self.take_plain)
        self._editor.edited.connect(self.refresh)
        self._editor.textChanged.connect(self._popup.close)  # its offers are for places in it
        controller.doubt_changed.connect(self.refresh)

    def set_rules(self, rules: Rules | None) -> None:
        """Take over where suggestions and names of rules come from; None where they are off."""
        self._rules = rules
        self._editor.set_rules(rules)
        self.refresh()

    def set_lexicon(self, lexicon: Lexicon) -> None:
        """Take over the terms that are offered."""
        self._lexicon = lexicon

    def refresh(self) -> None:
        """Say again what is known about the character at the caret."""
        editor, line = self._editor, self._editor.line
        if editor.composing:
            return
        told: list[str] = []
        if line is not None:
            for index in (editor.caret, editor.caret - 1):
                doubt = self._controller.doubt
                told = told or facts(line, editor.text(), index, doubt, self._rules)
        self._form.note.tell(told)
        if not self._form.plain.isHidden():
            self._form.plain.show_line(line, editor.text())

    def show_alternatives(self) -> None:
        """Offer other readings of the character at the caret, and terms that may be meant."""
        editor = self._editor
        if editor.line is None or editor.composing:
            return
        offers = self.offers(editor.caret)
        if offers:
            at, text = editor.point_below(offers[0].start), editor.text()
            self._popup.offer(text[offers[0].start : offers[0].end], offers, at, self._rules)
        else:
            editor.hint(self.tr("No other reading for this character"))

    def offers(self, caret: int) -> tuple[Offer, ...]:
        """Return what is offered at a place of the text, in the order of the list.

        Args:
            caret: The place, as an index into the text; where nothing is known of the character
                to its right, the one to its left counts.
        """
        line, text = self._editor.line, self._editor.text()
        if line is None:
            return ()
        readings: tuple[Offer, ...] = ()
        for index in (caret, caret - 1):
            readings = readings or offers_at(line, text, index, self._rules)
        others = {o.text for o in readings if len(o.text) == o.end - o.start == 1}
        here = text[caret : caret + 1] or text[-1:]
        words = [
            word
            for word in word_offers(text, caret, others.union(alike(here)), self._lexicon)
            if word.text not in [o.text for o in readings]
        ]
        return (*readings[: MOST - len(words)], *words)

    def _take_offer(self, offer: Offer) -> None:
        self._editor.replace_characters(offer.start, offer.end, offer.text)
        self._editor.setFocus()

    def take_back_rule(self) -> None:
        """Bring back what stood where a rule changed something: at the caret, else further on."""
        editor, line = self._editor, self._editor.line
        if line is None or editor.composing:
            return
        standing = standing_corrections(replace(line, text=editor.text()))
        if not standing:
            self._editor.hint(self.tr("No rule has changed this line"))
            return
        caret = editor.caret
        following = [(at, c) for at, c in standing if at + len(c.after) >= caret]
        at, correction = (following or standing)[0]
        editor.replace_characters(at, at + len(correction.after), correction.before)
        editor.setFocus()

    def show_plain(self, shown: bool) -> None:
        """Show what the recogniser alone saw below the text, or hide it."""
        self._form.show_plain(shown)
        self.refresh()

    def take_plain(self) -> None:
        """Put what the recogniser alone saw in the place of the text."""
        editor, line = self._editor, self._editor.line
        if line is None or editor.composing:
            return
        if line.plain_text:
            editor.replace_text(line.plain_text)
            editor.setFocus()
        else:
            self._form.plain.show_line(line, editor.text())
            self._editor.hint(self._form.plain.sentence())
