"""The right side of the window: the current line's picture and text, and all lines below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.document.model import Line, LineStatus
from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.doubt import doubtful_places
from desktop_ocr.ui.icons import icon
from desktop_ocr.ui.review.alternatives import AlternativesPopup
from desktop_ocr.ui.review.crop import CropView
from desktop_ocr.ui.review.delegate import LineDelegate
from desktop_ocr.ui.review.editor import LineEditor
from desktop_ocr.ui.review.lines import Filter, LineFilter, LineModel, status_text
from desktop_ocr.ui.review.navigation import next_place, previous_place
from desktop_ocr.ui.theme import GRID


class LineList(QListView):
    """The list of lines; tells a person's choice apart from rows that come and go by themselves.

    Signals:
        rows_chosen: The mouse or a key changed the selection.
    """

    rows_chosen = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.rows_chosen.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.rows_chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self.rows_chosen.emit()


class ReviewPanel(QWidget):
    """Edits the current line and keeps page, list and text field at the same line.

    Text is committed when the line is accepted or left, never on each key; while an input method
    composes, nothing is committed, reset or moved.

    Signals:
        doubtful_exhausted: F3 found no further doubtful place in its direction (1 or -1).
    """

    doubtful_exhausted = Signal(int)

    def __init__(self, controller: DocumentController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._page_id = ""
        self._line: Line | None = None
        self._visit_text = ""
        self._build()
        self._connect()
        self._retranslate()
        self.editor.set_doubt(controller.doubt)
        self._show_current()

    # --- parts --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.crop = CropView()
        self.editor = LineEditor()
        self.popup = AlternativesPopup(self)
        self.model = LineModel(self._controller, self)
        self.proxy = LineFilter(self.model, self)
        self.list = LineList()
        self.list.setModel(self.proxy)
        self.list.setItemDelegate(LineDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._place = QLabel()
        self._place.setProperty("muted", True)
        self._previous = self._tool_button("chevron-up", self.previous_doubtful)
        self._next = self._tool_button("chevron-down", self.next_doubtful)
        self._accept = QPushButton(icon("check", QPalette.ColorRole.HighlightedText), "")
        self._accept.setProperty("primary", True)
        self._accept.setAutoDefault(False)
        self._illegible = QPushButton()
        self._illegible.setCheckable(True)
        self._restore = QPushButton()
        self._chips: dict[Filter, QPushButton] = {}
        group = QButtonGroup(self)
        for kind in Filter:
            chip = QPushButton()
            chip.setProperty("chip", True)
            chip.setCheckable(True)
            chip.setChecked(kind is Filter.ALL)
            group.addButton(chip)
            self._chips[kind] = chip
        self._lay_out()

    def _tool_button(self, name: str, slot: object) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(name))
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._place)
        head.addStretch(1)
        head.addWidget(self._previous)
        head.addWidget(self._next)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self._accept)
        buttons.addWidget(self._illegible)
        buttons.addWidget(self._restore)
        buttons.addStretch(1)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID * 2)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.crop)
        column.addWidget(self.editor)
        column.addLayout(buttons)
        column.addStretch(1)
        chips = QHBoxLayout()
        chips.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        chips.setSpacing(GRID // 2)
        for chip in self._chips.values():
            chips.addWidget(chip)
        chips.addStretch(1)
        bottom = QWidget()
        rows = QVBoxLayout(bottom)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(chips)
        rows.addWidget(self.list, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(top)
        splitter.addWidget(bottom)
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)
        self.setTabOrder(self.editor, self._accept)
        self.setTabOrder(self._accept, self._illegible)
        self.setTabOrder(self._illegible, self._restore)
        self.setFocusProxy(self.editor)

    def _connect(self) -> None:
        controller, editor = self._controller, self.editor
        controller.current_line_changed.connect(self._show_current)
        controller.current_page_changed.connect(self._show_current)
        controller.selection_changed.connect(self._show_selection)
        controller.line_changed.connect(self._take_line)
        controller.lines_changed.connect(self._take_lines)
        controller.page_image_ready.connect(self._take_pixels)
        controller.commit_pending.connect(self.commit)
        controller.doubt_changed.connect(editor.set_doubt)
        editor.accepted.connect(self._on_enter)
        editor.stepped.connect(self._step)
        editor.restore_requested.connect(self.restore_text)
        editor.alternatives_requested.connect(self.show_alternatives)
        editor.edited.connect(self._on_edited)
        editor.caret_moved.connect(self._mark_caret)
        editor.composition_ended.connect(self._on_composition_ended)
        self.popup.chosen.connect(self._take_alternative)
        self.crop.clicked.connect(self._put_caret)
        self._accept.clicked.connect(self.accept_line)
        self._illegible.clicked.connect(self.toggle_illegible)
        self._restore.clicked.connect(self.restore_text)
        for kind, chip in self._chips.items():
            chip.clicked.connect(lambda _checked=False, k=kind: self.set_filter(k))
        for signal in (
            self.model.dataChanged,
            self.model.rowsInserted,
            self.model.rowsRemoved,
            self.model.modelReset,
        ):
            signal.connect(self._count)
        for signal in (
            self.proxy.rowsInserted,
            self.proxy.rowsRemoved,
            self.proxy.layoutChanged,
            self.proxy.modelReset,
        ):
            signal.connect(self._show_selection)
        self.list.rows_chosen.connect(self._take_rows)
        self.list.clicked.connect(self.focus_editor)
        self.list.activated.connect(self.focus_editor)
        # Counting all lines for each of many that are read in a moment would be waste.
        self._count_timer = QTimer(self, singleShot=True, interval=0)
        self._count_timer.timeout.connect(self._show_counts)

    # --- texts --------------------------------------------------------------------------------

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Review"))
        self.editor.setAccessibleName(self.tr("Text of the line"))
        self.crop.setAccessibleName(self.tr("Picture of the line"))
        self.list.setAccessibleName(self.tr("Lines of the page"))
        self.editor.setPlaceholderText(self.tr("Type what the picture says"))
        self.crop.set_hint(self.tr("Select a line to see it here"))
        self._accept.setText(self.tr("Accept"))
        self._accept.setToolTip(self.tr("Mark the line as reviewed and go to the next (Enter)"))
        self._illegible.setText(self.tr("Illegible"))
        self._illegible.setToolTip(self.tr("Nobody can read this line (Ctrl+U)"))
        self._restore.setText(self.tr("Restore"))
        self._restore.setToolTip(self.tr("Bring back the text as it was before this visit (Esc)"))
        self._previous.setToolTip(self.tr("Previous doubtful place (Shift+F3)"))
        self._next.setToolTip(self.tr("Next doubtful place (F3)"))
        self._previous.setAccessibleName(self.tr("Previous doubtful place"))
        self._next.setAccessibleName(self.tr("Next doubtful place"))
        self._show_counts()
        self._show_place()

    def _count(self) -> None:
        if hasattr(self, "_count_timer"):
            self._count_timer.start()

    def _show_counts(self) -> None:
        counts = self.model.counts()
        names = {
            Filter.ALL: self.tr("All {0}"),
            Filter.DOUBTFUL: self.tr("Doubtful {0}"),
            Filter.UNREVIEWED: self.tr("Unreviewed {0}"),
        }
        for kind, chip in self._chips.items():
            chip.setText(names[kind].format(counts[kind]))

    def _show_place(self) -> None:
        line = self._line
        has_line = line is not None
        for widget in (self.editor, self._accept, self._illegible):
            widget.setEnabled(has_line)
        if line is None:
            self._place.setText(self.tr("No line selected"))
            self._illegible.setChecked(False)
        else:
            row = self.model.row_of(line.id) + 1
            count = self.model.rowCount()
            text = self.tr("Line {0} of {1}").format(row, count) + "  ·  " + status_text(line)
            self._place.setText(text)
            self._illegible.setChecked(line.status is LineStatus.ILLEGIBLE)
        self._show_restore()

    def _show_restore(self) -> None:
        self._restore.setEnabled(self._line is not None and self.editor.text() != self._visit_text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.list.viewport().update()

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
        self.proxy.keep("" if line is None else line.id)
        self._show_crop()
        self.editor.load(line)
        self._show_selection()
        self._show_place()

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
        if self.editor.composing or self.editor.is_edited:
            self.editor.take_reading(line)
        elif line.text != self.editor.text():
            self.editor.load(line, caret=self.editor.caret if before.text else None)
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
            self._show_selection()
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

    def _mark_caret(self) -> None:
        """Mark, in the picture, the character to the right of the caret."""
        editor = self.editor
        if editor.composing:
            return
        found = editor.character_at(editor.caret) or editor.character_at(editor.caret - 1)
        self.crop.mark(None if found is None else found[2].quad)

    def _put_caret(self, x: float, y: float) -> None:
        """Put the caret at the character that was clicked in the picture."""
        best: tuple[float, int] | None = None
        for i, char in enumerate(self.editor.characters()):
            if char is not None and char.quad is not None:
                center = char.quad.center
                distance = (center.x - x) ** 2 + (center.y - y) ** 2
                if best is None or distance < best[0]:
                    best = (distance, i)
        self.focus_editor()
        if best is not None and not self.editor.composing:
            self.editor.set_caret(best[1])

    # --- list ---------------------------------------------------------------------------------

    def set_filter(self, chosen: Filter) -> None:
        """List all, the doubtful or the unreviewed lines."""
        self.proxy.set_filter(chosen)
        self._chips[chosen].setChecked(True)
        self._show_selection()

    def _show_selection(self) -> None:
        """Select in the list what is selected on the page; scroll as little as possible."""
        selection = self.list.selectionModel()
        selected = self._controller.selected_line_ids
        rows = [self.proxy.row_of(i) for i in selected]
        wanted = {row for row in rows if row >= 0}
        standing = {index.row() for index in selection.selectedIndexes()}
        current = rows[-1] if rows else -1
        if wanted == standing and selection.currentIndex().row() == current:
            return
        flag = QItemSelectionModel.SelectionFlag
        selection.clearSelection()
        for row in wanted:
            selection.select(self.proxy.index(row, 0), flag.Select)
        if current >= 0:
            selection.setCurrentIndex(self.proxy.index(current, 0), flag.NoUpdate)
        # The neighbours of the current row stay in view with it.
        for row in (current - 1, current + 1, current):
            if 0 <= row < self.proxy.rowCount() and current >= 0:
                self.list.scrollTo(self.proxy.index(row, 0))

    def _take_rows(self) -> None:
        """Select on the page what a person selected in the list."""
        selection = self.list.selectionModel()
        rows = [index.row() for index in selection.selectedIndexes()]
        current = selection.currentIndex().row()
        rows.sort(key=lambda row: (row == current, row))
        lines = [self.proxy.line_at(row) for row in rows]
        ids = [line.id for line in lines if line is not None]
        if ids:
            self._controller.select_lines(ids)

    # --- commands -----------------------------------------------------------------------------

    @property
    def doubt(self) -> float:
        """Confidence below which a character is doubtful (0–1)."""
        return self._controller.doubt

    @doubt.setter
    def doubt(self, value: float) -> None:
        self._controller.set_doubt(value)

    def focus_editor(self) -> None:
        """Put the keyboard into the text field."""
        if self.editor.isEnabled():
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

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
        if not self._is_awaited(line):
            text = self.editor.text() if self.editor.is_edited else line.text
            self._controller.hold_line("", "")
            self._controller.accept_line(line.id, text, page_id=self._page_id)
        if not stay and following:
            self._controller.select_line(following)
        self.focus_editor()

    def _is_awaited(self, line: Line) -> bool:
        """Say whether the engine has yet to read a line: nobody can have confirmed it."""
        state = self._controller.page_state(self._page_id)
        unread = not line.text and not line.characters and not self.editor.is_edited
        return unread and state in (PageState.WAITING, PageState.READING)

    def _neighbour(self, step: int) -> str:
        """Return the listed line before or after the current one."""
        if self._line is None:
            return ""
        row = self.proxy.row_of(self._line.id)
        line = self.proxy.line_at(row + step) if row >= 0 and row + step >= 0 else None
        return "" if line is None else line.id

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
        row = self.model.row_of(self._line.id)
        if row > 0:
            self.commit()
            before = self.model.lines()[row - 1]
            self._controller.select_line(before.id)
            self._controller.merge_with_next(before.id, page_id=self._page_id)
            self.editor.set_caret(min(len(before.text), len(self.editor.text())))

    def next_doubtful(self) -> bool:
        """Go to the next doubtful place, across pages; say whether there is one."""
        return self._to_doubtful(1)

    def previous_doubtful(self) -> bool:
        """Go to the previous doubtful place, across pages; say whether there is one."""
        return self._to_doubtful(-1)

    def _to_doubtful(self, step: int) -> bool:
        if self.editor.composing:
            return False
        here = self._doubtful_here(step)
        if here is not None:
            self.editor.set_caret(here)
            self.focus_editor()
            return True
        self.commit()
        find = next_place if step > 0 else previous_place
        line_id = "" if self._line is None else self._line.id
        place = find(self._controller, self._page_id, line_id)
        if place is None:
            self.doubtful_exhausted.emit(step)
            return False
        self._controller.set_current_page(place.page_id)
        self._controller.select_line(place.line_id)
        self.editor.set_caret(place.index)
        self.focus_editor()
        return True

    def _doubtful_here(self, step: int) -> int | None:
        if self._line is None:
            return None
        caret = self.editor.caret
        places = doubtful_places(self._line, self._controller.doubt, self.editor.text())
        if step > 0:
            # A caret at the start of a doubtful place has seen it, at the line's start it has not.
            return next((p for p in places if p > caret), None)
        return next((p for p in reversed(places) if p < caret), None)

    def show_alternatives(self) -> None:
        """Offer the other readings of the character at the caret."""
        editor = self.editor
        if self._line is None or editor.composing:
            return
        for index in (editor.caret, editor.caret - 1):
            found = editor.character_at(index)
            if found is not None and found[2].alternatives:
                start, end, char = found
                self._replaced = (start, end)
                self.popup.offer(char.text, char.alternatives, editor.point_below(start))
                return
        hint = self.tr("No other reading for this character")
        QToolTip.showText(editor.point_below(editor.caret), hint, editor)

    def _take_alternative(self, text: str) -> None:
        start, end = self._replaced
        self.editor.replace_characters(start, end, text)
        self.focus_editor()

    def change_text_size(self, step: int) -> None:
        """Show the text of the line larger (1) or smaller (-1)."""
        self.editor.set_text_size(self.editor.text_size + 2 * step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = self._command(event)
        if command is None:
            super().keyPressEvent(event)
        else:
            command()
            event.accept()

    def _command(self, event: QKeyEvent) -> Callable[[], object] | None:
        ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        plain = Qt.KeyboardModifier.NoModifier
        commands: dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], object]] = {
            (Qt.Key.Key_F3, plain): self.next_doubtful,
            (Qt.Key.Key_F3, shift): self.previous_doubtful,
            (Qt.Key.Key_D, ctrl): self.split_at_caret,
            (Qt.Key.Key_M, ctrl): self.merge_with_previous,
            (Qt.Key.Key_M, ctrl | shift): self.merge_with_next,
            (Qt.Key.Key_U, ctrl): self.toggle_illegible,
        }
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return commands.get((Qt.Key(event.key()), modifiers))
