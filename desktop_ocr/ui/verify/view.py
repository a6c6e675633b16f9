"""Group verification in the window: groups, grid, and the line of the current character."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.ui.flow_layout import FlowLayout
from desktop_ocr.ui.i18n import sentences
from desktop_ocr.ui.icons import icon
from desktop_ocr.ui.keys import with_key
from desktop_ocr.ui.review.crop import CropView
from desktop_ocr.ui.review.facts import percent
from desktop_ocr.ui.theme import GRID, reading_font, tokens
from desktop_ocr.ui.verify.group_list import GroupList
from desktop_ocr.ui.verify.groups import (
    MOST_OFFERS,
    Group,
    Occurrence,
    digits_mean_themselves,
)
from desktop_ocr.ui.verify.kinds import kind
from desktop_ocr.ui.verify.session import Session
from desktop_ocr.ui.verify.sheet_view import SheetView

if TYPE_CHECKING:
    from desktop_ocr.ui.document_controller import DocumentController
    from desktop_ocr.ui.engine_controller import EngineController
    from desktop_ocr.ui.failure import Failure
    from desktop_ocr.ui.verify.later import Later

READING_SIZE = 44
LINE_SIZE = 18
STRIP_HEIGHT = 9 * GRID
LOW = 480
"""A view below this height gives up what can be done without."""

STRIP_SOON_MS = 300
"""Whoever moves on from picture to picture needs no page for each."""


class VerifyView(QWidget):
    """Characters of the same reading side by side.

    Attributes:
        session: Groups and decisions.
        sheet: The grid.
        groups: The list of groups.
        strip: The picture of the current character's line.

    Signals:
        left: The person leaves: to an :class:`Occurrence` on its page, or back (None).
    """

    left = Signal(object)

    def __init__(
        self,
        document: DocumentController,
        engine: EngineController,
        later: Later,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.session = Session(document, later, self)
        self.groups = GroupList(self.session)
        self.sheet = SheetView(self.session, document.doubt)
        self.strip = CropView()
        self._progress = (0, 0)
        self._reading = QLabel()
        self._facts = QLabel()
        self._offer_row = QWidget()
        self._offers = [QPushButton(self._offer_row) for _ in range(MOST_OFFERS)]
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self._hint.setProperty("muted", True)
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._confirm = QPushButton(icon("check-check", QPalette.ColorRole.HighlightedText), "")
        self._confirm.setProperty("primary", True)
        self._postpone = QPushButton(icon("clock"), "")
        self._back = QPushButton(icon("chevron-left"), "")
        self._strip_soon = QTimer(self, singleShot=True, interval=STRIP_SOON_MS)
        self._strip_soon.timeout.connect(self._ask_for_strip)
        self._lay_out()
        self._connect(engine)
        self._retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self._reading, 0, Qt.AlignmentFlag.AlignTop)
        facts = QVBoxLayout()
        facts.setSpacing(GRID // 2)
        facts.addWidget(self._facts)
        row = FlowLayout(self._offer_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        for number, button in enumerate(self._offers):
            button.setProperty("offer", True)
            button.setProperty("number", number)
            button.setFont(reading_font(2 * GRID))
            row.addWidget(button)
        facts.addWidget(self._offer_row)
        head.addLayout(facts, 1)
        head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        self._head = head
        rule = QFrame()
        rule.setFrameShape(QFrame.Shape.HLine)
        rule.setForegroundRole(QPalette.ColorRole.Mid)
        self.strip.setCursor(Qt.CursorShape.ArrowCursor)
        self._text.setFont(reading_font(LINE_SIZE))
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self._hint, 1)
        buttons.addWidget(self._postpone, 0, Qt.AlignmentFlag.AlignBottom)
        buttons.addWidget(self._confirm, 0, Qt.AlignmentFlag.AlignBottom)
        self._column = column = QVBoxLayout()
        column.addLayout(head)
        column.addWidget(rule)
        column.addWidget(self._empty, 1)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.strip)
        column.addWidget(self._text)
        column.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.groups)
        layout.addLayout(column, 1)
        self._fit()

    def _fit(self) -> None:
        """Make room for the pictures and every offer where the window is low."""
        low = self.height() < LOW
        air = GRID // 2 if low else GRID
        self._column.setContentsMargins(2 * GRID, air, 2 * GRID, air)
        self._column.setSpacing(air)
        self._reading.setFont(reading_font(READING_SIZE * 2 // 3 if low else READING_SIZE))
        self.strip.setFixedHeight(STRIP_HEIGHT * 2 // 3 if low else STRIP_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _connect(self, engine: EngineController) -> None:
        session, sheet = self.session, self.sheet
        session.gathered.connect(self._take_progress)
        session.sheet_changed.connect(self._show_sheet)
        session.groups_changed.connect(self._show_sheet)
        session.current_changed.connect(self._show_current)
        session.states_changed.connect(self._show_current)
        sheet.typed.connect(session.correct)
        sheet.offer_chosen.connect(self._choose_offer)
        sheet.confirmed.connect(session.confirm)
        sheet.postponed.connect(session.postpone)
        sheet.later.connect(session.toggle_later)
        sheet.stepped.connect(session.step)
        sheet.left.connect(self.show_place)
        sheet.doubleClicked.connect(self.show_place)
        sheet.room_changed.connect(session.set_room)
        self.groups.chosen.connect(self._choose_group)
        self._document.page_image_ready.connect(self._take_pixels)
        self._document.doubt_changed.connect(self._take_doubt)
        engine.failure.connect(self._take_failure)
        self._confirm.clicked.connect(self._on_confirm)
        self._postpone.clicked.connect(self._on_postpone)
        self._back.clicked.connect(self.leave)
        for button in self._offers:
            button.clicked.connect(self._on_offer)

    # --- coming and going ---------------------------------------------------------------------

    def enter(self) -> None:
        """Go through the document and show the first group."""
        self._progress = (0, 0)
        self.session.start()
        self._show_sheet()
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self, *_checked: object) -> None:
        """Go back to where the person was."""
        if self.session.is_open:
            self.session.close()
            self.left.emit(None)

    def show_place(self, *_index: object) -> None:
        """Go to the current character on its page; back where there is none."""
        if self.session.is_open:
            occurrence = self.session.occurrence
            self.session.close()
            self.left.emit(occurrence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key from whatever part of the view has the keyboard."""
        if event.key() == Qt.Key.Key_Escape:
            self.show_place()
        else:
            super().keyPressEvent(event)

    def release(self) -> None:
        """Let go of everything and wait for the thread that cuts pictures."""
        if self.session.is_open:
            self.session.close()
        self.session.pictures.wait()

    def place(self, occurrence: Occurrence) -> int:
        """Return where a character stands in its line's text now; 0 where nobody can tell."""
        standing = self.session.fates.standing(occurrence)
        span = None if standing is None else standing.place(occurrence.character)
        return 0 if span is None else span[0]

    # --- what is shown ------------------------------------------------------------------------

    def _take_progress(self, done: int, total: int) -> None:
        self._progress = (done, total)
        if self.session.sheet is None:
            self._show_sheet()

    def _show_sheet(self) -> None:
        sheet = self.session.sheet
        for widget in (self.sheet, self.strip, self._text, self._reading, self._offer_row):
            widget.setVisible(sheet is not None)
        self._empty.setVisible(sheet is None)
        self._confirm.setEnabled(sheet is not None)
        self._postpone.setEnabled(sheet is not None)
        if sheet is None:
            self._empty.setText(self._empty_sentence())
            self._facts.setText("")
            self._hint.setText(self.tr("Esc goes back to the page."))
            if self.isVisible():
                self._back.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._back.hasFocus() and self.isVisible():
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        self._reading.setText(sheet.group.reading or "…")
        self._facts.setText(self._group_sentence(sheet.group, len(sheet.members)))
        self.sheet.setAccessibleName(
            self.tr("Places read as “{0}”").format(sheet.group.reading)
            if sheet.group.reading
            else self.tr("Places left for later")
        )
        self._show_current()

    def _empty_sentence(self) -> str:
        done, total = self._progress
        if self.session.is_gathering:
            return self.tr("Gathering characters: page {0} of {1}").format(
                min(done + 1, total), total
            )
        if not self.session.groups:
            return self.tr(
                "There is nothing to compare: no character is doubtful or looks like another."
            )
        postponed = sum(g.reading in self.session.later.groups for g in self.session.groups)
        text = self.tr("All groups were gone through.")
        rest = self.tr("%n group(s) postponed.", "", postponed) if postponed else ""
        return sentences(text, rest)

    def _group_sentence(self, group: Group, shown: int) -> str:
        parts = [kind(group.reading)] if group.reading else [self.tr("Left for later")]
        parts.append(self.tr("%n place(s)", "", len(group.members)))
        if group.doubtful:
            parts.append(self.tr("%n doubtful", "", group.doubtful))
        if shown < len(group.members):
            parts.append(self.tr("%n shown", "", shown))
        return "  ·  ".join(parts)

    def _show_current(self) -> None:
        occurrence, sheet = self.session.occurrence, self.session.sheet
        if sheet is None or occurrence is None:
            return
        offered = self.session.offers()
        self.sheet.digits_choose = not digits_mean_themselves(sheet.group, offered)
        for number, button in enumerate(self._offers):
            button.setVisible(number < len(offered))
            if number < len(offered):
                key = f"{number + 1}" if self.sheet.digits_choose else f"Alt+{number + 1}"
                button.setText(f"{key}   {offered[number]}".replace("&", "&&"))
                told = self.tr("Replace by “{0}” ({1})").format(offered[number], key)
                button.setAccessibleName(f"{told}, {kind(offered[number])}")
                button.setToolTip(button.accessibleName())
        self._hint.setText(self._keys_sentence())
        self._show_line(occurrence)

    def _keys_sentence(self) -> str:
        digits = (
            self.tr("1–9 choose a reading.")
            if self.sheet.digits_choose
            else self.tr("In this group a digit types itself; Alt+1–9 choose a reading.")
        )
        return sentences(
            self.tr("Arrows move; type the right character, Del takes it out."),
            digits,
            self.tr("Space: later. Enter: the rest is right. Ctrl+Enter: postpone. Esc: page."),
        )

    def _show_line(self, occurrence: Occurrence) -> None:
        line, standing = (
            self.session.fates.line(occurrence),
            self.session.fates.standing(occurrence),
        )
        if line is None or standing is None:
            self.strip.show_line(None, None)
            self._text.setText("")
            return
        image = self._document.kept_image(occurrence.page_id)
        self.strip.show_line(image, line.quad)
        if image is None:
            self._strip_soon.start()
        char = self.session.fates.char(occurrence)
        self.strip.mark(None if char is None else char.quad)
        span = standing.place(occurrence.character)
        start, end = span if span is not None else (0, 0)
        colour = tokens().accent
        parts = [html.escape(line.text[a:b]) for a, b in ((0, start), (start, end), (end, None))]
        marked = f'<b style="color: {colour}"><u>{parts[1]}</u></b>'
        page = self._document.find_page(occurrence.page_id)
        place = ""
        if page is not None:
            number = [p.id for p in self._document.document.pages].index(page.id) + 1
            place = self.tr("Page {0}, line {1}, {2} %").format(
                number, page.index(line.id) + 1, percent(occurrence.confidence)
            )
        muted = f'<span style="color: {tokens().muted}; font-size: 13px">{place}</span>'
        self._text.setText(f"{parts[0]}{marked}{parts[2]}&nbsp;&nbsp;&nbsp;{muted}")

    def _take_pixels(self, page_id: str) -> None:
        occurrence = self.session.occurrence
        if self.isVisible() and occurrence is not None and occurrence.page_id == page_id:
            self._show_line(occurrence)

    def _ask_for_strip(self) -> None:
        """Ask for the page of the character that is looked at for a while."""
        occurrence = self.session.occurrence
        if self.isVisible() and occurrence is not None:
            self._document.page_image(occurrence.page_id)  # page_image_ready follows

    def _take_doubt(self, doubt: float) -> None:
        self.sheet.cells.doubt = doubt

    def _take_failure(self, failure: Failure) -> None:
        if failure.page_id:
            self.session.pictures.page_failed(failure.page_id)

    # --- what buttons do ----------------------------------------------------------------------

    def _choose_group(self, group: Group) -> None:
        self.session.show(group)
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_offer(self, number: int) -> None:
        offered = self.session.offers()
        if number < len(offered):
            self.session.correct(offered[number])

    def _on_offer(self) -> None:
        self._choose_offer(self.sender().property("number"))
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_confirm(self) -> None:
        self.session.confirm()
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_postpone(self) -> None:
        self.session.postpone()
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._show_current()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Verification in groups"))
        self.groups.setAccessibleName(self.tr("Groups"))
        self.strip.setAccessibleName(self.tr("Picture of the line"))
        self._confirm.setText(self.tr("Confirm all shown"))
        self._confirm.setToolTip(self.tr("All characters shown are right (Enter)"))
        self._postpone.setText(self.tr("Postpone"))
        self._postpone.setToolTip(self.tr("Look at this group after all others (Ctrl+Enter)"))
        self._back.setText(self.tr("Back to the page"))
        self._back.setToolTip(with_key(self.tr("Go back to where you were"), "verify_groups"))
        self._show_sheet()
