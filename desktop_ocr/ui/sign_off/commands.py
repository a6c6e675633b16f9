"""Commands of the review's state: signing off, the reviewer's name, critical places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from desktop_ocr.document.model import Line, Page
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.i18n import sentences
from desktop_ocr.ui.message_bar import Message, MessageKind
from desktop_ocr.ui.review.lines import Filter
from desktop_ocr.ui.settings import Settings
from desktop_ocr.ui.sign_off.signed_mark import SignedMark
from desktop_ocr.ui.sign_off.words import signed_text

if TYPE_CHECKING:
    from desktop_ocr.ui.engine_controller import EngineController
    from desktop_ocr.ui.main_window import MainWindow
    from desktop_ocr.ui.sign_off.reviewer_row import ReviewerRow


class SignOffCommands(QObject):
    """One method for each of these commands, by its id."""

    def __init__(
        self, window: MainWindow, document: DocumentController, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._settings = window, document, settings
        self._reviews = document.reviews
        self._reviews.reviewer = settings.reviewer
        self._after_name: Callable[[], None] | None = None
        self._said: Message | None = None
        self._undoes = -1  # the place in the history whose step the message tells of

    @property
    def _row(self) -> ReviewerRow:
        return self._window.workspace.reviewer

    def start(self, engine: EngineController) -> None:
        """Connect the parts of the window, which are built after the commands."""
        hints = self._window.review.lines.hints
        engine.preparation.lexicon_loaded.connect(hints.set_lexicon)
        self._window.reading.rules_changed.connect(hints.set_rules)
        hints.set_marks(self._settings.mark_critical)
        self._window.commands["mark_critical"].setChecked(hints.marks)
        self._document.replaced.connect(self._forget)
        self._document.page_removed.connect(self._forget_when_empty)
        self._reviews.confirmed.connect(self._ask_once)
        self._reviews.confirmed.connect(self._say_all_reviewed)
        self._reviews.taken_back.connect(self._say_taken_back)
        self._row.named.connect(self.set_reviewer)
        self._row.named.connect(self._go_on)
        self._row.dismissed.connect(self._go_on)
        self._document.undo_stack.indexChanged.connect(self._drop_stale)
        self._document.current_page_changed.connect(self._drop_said)
        self._mark = SignedMark(self._window.page_view, self._document)

    def _forget_when_empty(self) -> None:
        if not self._document.document.pages:
            self._forget()

    def _forget(self) -> None:
        """Let go of what belongs to a document that is closed."""
        self._said = None
        self._window.review.lines.hints.forget()

    # --- the reviewer's name --------------------------------------------------------------

    def name_reviewer(self) -> None:
        """Ask for the reviewer's name."""
        self._row.ask(self._reviews.reviewer, focus=True)

    def set_reviewer(self, name: str) -> None:
        """Take over the reviewer's name, also for what was confirmed here without one."""
        self._settings.reviewer = name
        self._reviews.set_reviewer(name)

    def _ask_once(self) -> None:
        """Ask for a name when something is confirmed, until somebody answers or declines."""
        if not self._reviews.reviewer and not self._settings.reviewer_asked:
            self._row.ask("", focus=False)

    def _go_on(self) -> None:
        self._settings.reviewer_asked = True
        after, self._after_name = self._after_name, None
        if after is not None:
            after()
        else:
            self._window.review.focus_editor()

    def _named(self, go_on: Callable[[], None]) -> None:
        """Go on once a name is given or refused; without asking where that was done before."""
        if self._reviews.reviewer or self._settings.reviewer_asked:
            go_on()
        else:
            self._after_name = go_on
            self._row.ask("", focus=True)

    # --- signing off ----------------------------------------------------------------------

    def sign_off_page(self) -> None:
        """Sign the page in view off, or say what is left to do."""
        page = self._document.current_page
        if page is None or self._window.review.editor.composing:
            return
        self._document.commit_pending.emit()
        if page.sign_off is not None:
            self._say(
                signed_text(page.sign_off),
                self.tr("Take back"),
                lambda: self._reviews.take_back([page]),
            )
        elif self._is_ready([page]):
            self._named(lambda: self._sign([page]))

    def sign_off_document(self) -> None:
        """Sign all pages off, or say what is left to do."""
        if self._window.review.editor.composing:
            return
        self._document.commit_pending.emit()
        pages = [page for page in self._document.document.pages if page.sign_off is None]
        if not pages:
            self._say(self.tr("All pages are signed off already."))
        elif self._is_ready(pages):
            self._named(lambda: self._sign(pages))

    def _is_ready(self, pages: list[Page]) -> bool:
        """Say whether pages can be signed off; else tell why and go to the first such place."""
        unread = [page for page in pages if not self._reviews.is_read(page)]
        if unread:
            self._document.set_current_page(unread[0].id)
            self._say(
                self.tr("Not signed off: a page that is not read to its end can still change.")
            )
            return False
        counts = {page.id: self._document.counts(page.id) for page in pages}
        waiting = [page for page in pages if counts[page.id].reviewed < counts[page.id].lines]
        if not waiting:
            return True
        lines = sum(counts[page.id].lines - counts[page.id].reviewed for page in waiting)
        told = [self.tr("Not signed off: %n line(s) are not reviewed yet.", "", lines)]
        first = self._reviews.open_lines(waiting[0])
        if len(waiting) == 1:  # reading through hundreds of pages for a number would take long
            hints = self._window.review.lines.hints
            critical = sum(len(hints.critical(line)) for line in first)
            if critical:
                told.append(self.tr("They hold %n critical place(s).", "", critical))
        self._go_to(waiting[0], first[0])
        self._say(sentences(*told))  # on the page that it is about
        return False

    def _sign(self, pages: list[Page]) -> None:
        # While the name was asked for, somebody may have gone on working.
        if not self._is_ready(pages):
            return
        self._reviews.sign_off(pages)
        self._window.status.note("")
        if len(pages) == 1 and pages[0].sign_off is not None:
            text = signed_text(pages[0].sign_off)
        else:
            text = self.tr("%n page(s) signed off.", "", len(pages))
        next_page = self._window.commands["next_unreviewed_page"]
        rest = self._document.document_counts()
        more = rest.reviewed < rest.lines
        self._say(
            text,
            self.tr("Next page with lines to review") if more else "",
            next_page.trigger if more else None,
            MessageKind.SUCCESS,
        )
        self._undoes = self._document.undo_stack.index()
        self._window.review.focus_editor()

    def _say_all_reviewed(self) -> None:
        """Say that a page can be signed off once its last line is reviewed."""
        page = self._document.current_page
        key = self._window.commands["sign_off_page"].shortcut()
        if page is None or page.sign_off is not None or key.isEmpty():
            return
        counts = self._document.counts(page.id)
        if counts.lines and counts.reviewed == counts.lines and self._reviews.is_read(page):
            named = key.toString(QKeySequence.SequenceFormat.NativeText)
            text = self.tr("All lines of the page are reviewed: {key} signs it off.")
            self._window.status.note(text.format(key=named))

    def _say_taken_back(self, page_ids: tuple[str, ...]) -> None:
        if len(page_ids) == 1:
            text = self.tr("The page was changed: it is no longer signed off.")
        else:
            text = self.tr(
                "%n page(s) were changed: they are no longer signed off.", "", len(page_ids)
            )
        self._say(text, self.tr("Undo"), self._window.commands["undo"].trigger)
        self._undoes = self._document.undo_stack.index()

    def _drop_stale(self, index: int) -> None:
        """Take back what was said about a step once another one is the last."""
        if self._undoes not in (-1, index):
            self._drop_said()

    def _drop_said(self, _page_id: str = "") -> None:
        """Take back what was said: whoever turns to another page has left it behind."""
        if self._said is not None:
            self._window.messages.take_back(self._said)
        self._said, self._undoes = None, -1

    # --- critical places ------------------------------------------------------------------

    def mark_critical(self, checked: bool) -> None:
        """Mark critical places in the text, or do not."""
        self._settings.mark_critical = checked
        self._window.review.lines.hints.set_marks(checked)

    def show_critical(self) -> None:
        """List critical lines that nobody has reviewed, and go to the first of all pages."""
        self.go_to_critical([page.id for page in self._document.document.pages])

    def go_to_critical(self, page_ids: Sequence[str]) -> None:
        """List critical lines that nobody has reviewed, and go to the first on some pages."""
        self._document.commit_pending.emit()
        hints = self._window.review.lines.hints
        for page in map(self._document.find_page, page_ids):
            if page is None:
                continue
            counts = self._document.counts(page.id)
            if counts.reviewed == counts.lines:
                continue
            for line in self._reviews.open_lines(page):
                if hints.is_critical(line):
                    self._window.review.lines.set_filter(Filter.CRITICAL, unreviewed=True)
                    self._go_to(page, line)
                    return
        self._say(self.tr("There is no critical place that nobody has reviewed."))

    def _go_to(self, page: Page, line: Line) -> None:
        """Go to a line, to its first critical place where it has one."""
        review = self._window.review
        self._document.set_current_page(page.id)
        self._document.select_line(line.id)
        places = review.lines.hints.critical(line)
        if places and review.editor.text() == line.text:
            review.editor.set_caret(places[0].start)
        review.focus_editor()

    def _say(
        self,
        text: str,
        action: str = "",
        on_action: Callable[[], None] | None = None,
        kind: MessageKind = MessageKind.NOTE,
    ) -> None:
        """Say how things stand, in the place of what was said before."""
        if self._said is not None:
            self._window.messages.take_back(self._said)
        self._undoes = -1
        self._said = Message(kind, text, action=action, on_action=on_action)
        self._window.messages.show_message(self._said)
