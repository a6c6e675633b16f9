"""The right side of the window: the current line's picture and text, and all lines below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop_ocr.document.model import ILLEGIBLE, Line, LineStatus
from desktop_ocr.ui.changed_place import ChangedPlace
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.low_scroll import LowScroll
from desktop_ocr.ui.review.changes import Changes
from desktop_ocr.ui.review.doubt_slider import DoubtSlider
from desktop_ocr.ui.review.line_form import LineForm
from desktop_ocr.ui.review.lines import status_text
from desktop_ocr.ui.review.lines_panel import LinesPanel
from desktop_ocr.ui.review.navigation import DoubtWalk
from desktop_ocr.ui.review.other_readings import OtherReadings
from desktop_ocr.ui.theme import GRID


class ReviewPanel(QWidget):
    """Edits the current line and keeps page, list and text field at the same line.

    Text is committed when the line is accepted or left, never on each key; while an input method
    composes, nothing is committed, reset or moved.

    Attributes:
        form: Picture, text field and buttons of the current line.
        editor: The text field.
        crop: The picture.
        others: Other readings of the line and its characters.
        lines: Filters and list.
        doubt_slider: The threshold of doubt.
        changes: What was changed in the line against the machine's reading.
        splitter: Between the two halves of the panel.
        arrived: The line is current, and nobody has gone through it yet.

    Signals:
        doubtful_exhausted: F3 found no further doubtful place in its direction (1 or -1).
        needed: The text field is to have the keyboard, but the panel cannot be seen.
    """

    doubtful_exhausted = Signal(int)
    needed = Signal()

    def __init__(self, controller: DocumentController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._page_id = ""
        self._line: Line | None = None
        self._visit_text = ""
        self.arrived = True
        self.form = LineForm()
        self.editor, self.crop, self.popup = self.form.editor, self.form.crop, self.form.popup
        self.doubt_slider = DoubtSlider(controller)
        self.form.add_to_head(self.doubt_slider)
        self.others = OtherReadings(controller, self.form)
        self.changes = Changes(self.form)
        self._walk = DoubtWalk(self, controller)
        self.lines = LinesPanel(controller)
        self.editor.set_hints(self.lines.hints)
        self.splitter = splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.form)
        splitter.addWidget(self.lines)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._scroll = LowScroll(splitter, 24 * GRID)
        layout.addWidget(self._scroll)
        self._connect()
        self._retranslate()
        self.editor.set_doubt(controller.doubt)
        self._show_current()

    def _connect(self) -> None:
        controller, editor, form = self._controller, self.editor, self.form
        controller.current_line_changed.connect(self._show_current)
        controller.current_page_changed.connect(self._show_current)
        controller.travelled.connect(self._show_changed)
        controller.line_changed.connect(self._take_line)
        controller.lines_changed.connect(self._take_lines)
        controller.page_image_ready.connect(self._take_pixels)
        controller.commit_pending.connect(self.commit)
        controller.doubt_changed.connect(editor.set_doubt)
        controller.undo_stack.canRedoChanged.connect(self._follow_redo)
        editor.accepted.connect(self._on_enter)
        editor.stepped.connect(self._step)
        editor.restore_requested.connect(self.restore_text)
        editor.edited.connect(self._on_edited)
        editor.caret_moved.connect(self._on_caret_moved)
        editor.composition_ended.connect(self._on_composition_ended)
        self.crop.clicked.connect(self._on_crop_clicked)
        form.accept.clicked.connect(self.accept_line)
        form.illegible.clicked.connect(self.toggle_illegible)
        form.restore.clicked.connect(self.restore_text)
        form.previous.clicked.connect(self.previous_doubtful)
        form.next.clicked.connect(self.next_doubtful)
        self.lines.line_chosen.connect(self.focus_editor)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Review"))
        self._show_place()
        self.others.refresh()
        self.changes.refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.form.fit()

    def _show_place(self) -> None:
        form, line = self.form, self._line
        for widget in (form.accept, form.illegible):
            widget.setEnabled(line is not None)
        form.editor.lock(line is None)
        form.illegible.setChecked(line is not None and line.status is LineStatus.ILLEGIBLE)
        if line is None:
            form.place.setText(self.tr("No line selected"))
        else:
            row, count = self.lines.model.row_of(line.id) + 1, self.lines.model.rowCount()
            place = self.tr("Line {0} of {1}").format(row, count)
            form.place.setText(f"{place}  ·  {status_text(line)}")
        self._show_restore()

    def _show_restore(self) -> None:
        changed = self._line is not None and self.editor.text() != self._visit_text
        self.form.restore.setEnabled(changed)

    # --- the current line ---------------------------------------------------------------------

    @property
    def line(self) -> Line | None:
        """The line in the text field."""
        return self._line

    def _show_current(self) -> None:
        page, line = self._controller.current_page, self._controller.current_line
        page_id = "" if page is None else page.id
        same = self._line is not None and line is not None and line.id == self._line.id
        if same and page_id == self._page_id:
            return
        if self._line is not None or line is not None:
            self._controller.hold_line("", "")
        self._page_id, self._line = page_id, line
        self._visit_text = "" if line is None else line.text
        self.popup.close()
        self.lines.proxy.keep("" if line is None else line.id)
        self._show_crop()
        self.editor.load(line)
        self.arrived = True  # the caret waits at the end; nobody has gone through the line
        self._show_place()

    def _show_changed(self, place: ChangedPlace) -> None:
        """Show where undo or redo changed the text, even of the line that was current already."""
        if self._line is None or self._line.id != place.line_id:
            return
        self.lines.show_row(place.line_id)
        if place.caret is not None and not self.editor.composing:
            self.editor.set_caret(place.caret)

    def _show_crop(self) -> None:
        line = self._line
        image = self._controller.page_image(self._page_id) if line is not None else None
        self.crop.show_line(image, None if line is None else line.quad)
        self._mark_caret()

    def _take_pixels(self, page_id: str) -> None:
        if page_id == self._page_id:
            self._show_crop()

    def _take_line(self, page_id: str, line_id: str) -> None:
        """Follow a change of the current line; text that a person is typing stays."""
        if self._line is None or line_id != self._line.id or page_id != self._page_id:
            return
        before = self._line
        self._line = line = self._controller.document.page(page_id).line(line_id)
        if self._visit_text == before.text and not self.editor.is_edited and not before.text:
            self._visit_text = line.text  # read for the first time while it was looked at
        elif line.quad != before.quad and line.text != before.text:
            self._visit_text = line.text  # cut or joined: the text of before was another line's
        if self.editor.composing or self.editor.is_edited:
            self.editor.take_reading(line)
        elif line.text != self.editor.text():
            arrived = self.arrived
            self.editor.load(line, caret=self.editor.caret if before.text else None)
            self.arrived = arrived
        else:
            self.editor.take_reading(line)
        if line.quad != before.quad:
            self._show_crop()
        self._mark_caret()
        self._show_place()

    def _take_lines(self, page_id: str) -> None:
        if page_id == self._page_id:
            page = self._controller.current_page
            if page is not None and self._line is not None:
                # Whatever became of the current line is told by line_changed only where it
                # kept its place.
                same = [line for line in page.lines if line.id == self._line.id]
                if same and same[0] is not self._line:
                    self._take_line(page_id, self._line.id)
            self._show_place()

    def _on_edited(self) -> None:
        held = self.editor.composing or self.editor.is_edited
        self._controller.hold_line(self._page_id, self._line.id if held and self._line else "")
        self._show_restore()

    def _on_composition_ended(self) -> None:
        line = self._line
        if line is not None and not self.editor.is_edited and line.text != self.editor.text():
            self.editor.load(line)  # what was put off while composing
        self._on_edited()
        self._mark_caret()

    def _follow_redo(self, can_redo: bool) -> None:
        # Told, not asked: the stack also tells when it goes, and can be asked no more then.
        self.editor.redo_waits = can_redo

    def _on_caret_moved(self) -> None:
        self.arrived = False
        self._mark_caret()

    def _mark_caret(self) -> None:
        """Mark, in the picture, the character to the right of the caret, and tell about it."""
        editor = self.editor
        if editor.composing:
            return
        found = editor.character_at(editor.caret) or editor.character_at(editor.caret - 1)
        self.crop.mark(None if found is None else found.quad)
        self.others.refresh()
        self.changes.refresh()

    def put_caret(self, x: float, y: float) -> None:
        """Put the caret before the character that stands nearest to a place of the page.

        Args:
            x: Page pixels.
            y: Page pixels.
        """
        best: tuple[float, int] | None = None
        for i, char in enumerate(self.editor.characters()):
            if char is not None and char.quad is not None:
                center = char.quad.center
                distance = (center.x - x) ** 2 + (center.y - y) ** 2
                if best is None or distance < best[0]:
                    best = (distance, i)
        if best is not None and not self.editor.composing:
            self.editor.set_caret(best[1])

    def _on_crop_clicked(self, x: float, y: float) -> None:
        self.focus_editor()
        self.put_caret(x, y)

    # --- commands -----------------------------------------------------------------------------

    @property
    def doubt(self) -> float:
        """Confidence below which a character is doubtful (0–1)."""
        return self._controller.doubt

    @doubt.setter
    def doubt(self, value: float) -> None:
        self._controller.set_doubt(value)

    def focus_editor(self) -> None:
        """Put the keyboard into the text field, which is there where a page is."""
        if not self._page_id:
            return
        if not self.isVisible():
            self.needed.emit()
        if self.isVisible() or not self.window().isVisible():
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(self.editor)

    def commit(self) -> None:
        """Write the text field into the document if a person changed it."""
        line = self._line
        if line is None:
            return
        if self.editor.composing:
            # The person leaves the line: what is composed so far belongs to it.
            QGuiApplication.inputMethod().commit()
        if not self.editor.is_edited:
            return
        text = self.editor.text()
        page = self._controller.find_page(self._page_id)
        if page is not None and any(standing.id == line.id for standing in page.lines):
            self._controller.set_text(line.id, text, page_id=self._page_id)
        self._controller.hold_line("", "")

    def accept_line(self) -> None:
        """Commit the line, mark it as reviewed and go to the next."""
        self._on_enter(False)

    def _on_enter(self, stay: bool) -> None:
        line = self._line
        if line is None or self.editor.composing:
            return
        following = self._neighbour(1)
        if self.editor.is_edited or not self._controller.is_awaited(self._page_id, line):
            text = self.editor.text() if self.editor.is_edited else line.text
            self._controller.hold_line("", "")
            self._controller.accept_line(line.id, text, page_id=self._page_id)
        if not stay and following:
            self._controller.select_line(following)
        self.focus_editor()

    def _neighbour(self, step: int) -> str:
        return "" if self._line is None else self.lines.neighbour(self._line.id, step)

    def next_line(self) -> None:
        """Go to the next listed line."""
        self._step(1)

    def previous_line(self) -> None:
        """Go to the previous listed line."""
        self._step(-1)

    def _step(self, step: int) -> None:
        neighbour = self._neighbour(step)
        if neighbour:
            self._controller.select_line(neighbour)

    def restore_text(self) -> None:
        """Bring back the text as it was before this visit."""
        if self._line is not None and not self.editor.composing:
            self.editor.replace_text(self._visit_text)
            self.focus_editor()

    def toggle_illegible(self) -> None:
        """Mark the selected lines as illegible, or take the mark back."""
        if self._line is None or self.editor.composing:
            self._show_place()  # the button has toggled itself
            return
        self.commit()
        marked = self._line.status is LineStatus.ILLEGIBLE
        status = LineStatus.UNREVIEWED if marked else LineStatus.ILLEGIBLE
        ids = self._controller.selected_line_ids or (self._line.id,)
        self._controller.set_status(ids, status, page_id=self._page_id)
        self._show_place()

    def mark_place_illegible(self) -> None:
        """Put □ in the place of each selected character, or of the one at the caret.

        Where no character stands at the caret, as at the end of the line, □ is put in there.
        """
        editor = self.editor
        if self._line is None or editor.composing:
            return
        text = editor.text()
        start, end = editor.selection()
        if start == end and text[start : start + 1].strip():
            end += 1
        marked = "".join(c if c.isspace() else ILLEGIBLE for c in text[start:end])
        editor.replace_characters(start, end, marked if marked.strip() else ILLEGIBLE)
        self.focus_editor()

    def split_at_caret(self) -> None:
        """Cut the line in two at the caret."""
        if self._line is not None and not self.editor.composing:
            caret = self.editor.caret
            self.commit()
            self._controller.split_line(self._line.id, caret, page_id=self._page_id)

    def merge_with_next(self) -> None:
        """Join the line with the one after it."""
        if self._line is not None and not self.editor.composing:
            caret = len(self.editor.text())
            self.commit()
            self._controller.merge_with_next(self._line.id, page_id=self._page_id)
            self.editor.set_caret(min(caret, len(self.editor.text())))

    def merge_with_previous(self) -> None:
        """Join the line with the one before it."""
        if self._line is None or self.editor.composing:
            return
        row = self.lines.model.row_of(self._line.id)
        if row > 0:
            self.commit()
            before = self.lines.model.lines()[row - 1]
            self._controller.select_line(before.id)
            self._controller.merge_with_next(before.id, page_id=self._page_id)
            self.editor.set_caret(min(len(before.text), len(self.editor.text())))

    def next_doubtful(self) -> bool:
        """Go to the next doubtful place, across pages; say whether there is one."""
        return self._walk.go(1)

    def previous_doubtful(self) -> bool:
        """Go to the previous doubtful place, across pages; say whether there is one."""
        return self._walk.go(-1)

    def change_text_size(self, step: int) -> bool:
        """Show the text of the line larger (1) or smaller (-1); False at the bounds."""
        before = self.editor.text_size
        self.editor.set_text_size(before + 2 * step)
        return self.editor.text_size != before
