"""The grid of pictures: what keys do in it, and how an input method types into it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView, QWidget

from desktop_ocr.ui.theme import GRID, reading_font, tokens
from desktop_ocr.ui.verify.cells import CAPTION, CELL, CellDelegate, SheetModel
from desktop_ocr.ui.verify.session import Session

Index = QModelIndex | QPersistentModelIndex


class SheetView(QListView):
    """The grid; typing goes to the current character, through an input method too.

    Attributes:
        digits_choose: A digit key alone chooses an offered reading; otherwise it types the digit,
            and only Alt with a digit chooses.

    Signals:
        typed: Text that a person typed or an input method committed; "" to take it out.
        offer_chosen: Number of an offered reading, from 0.
        confirmed: Enter.
        postponed: Ctrl+Enter.
        later: Space.
        left: Esc.
        stepped: 1 for PageDown, -1 for PageUp.
        room_changed: So many cells can be seen at once.
    """

    typed = Signal(str)
    offer_chosen = Signal(int)
    confirmed = Signal()
    postponed = Signal()
    later = Signal()
    left = Signal()
    stepped = Signal(int)
    room_changed = Signal(int)

    def __init__(self, session: Session, doubt: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.digits_choose = True
        self._session = session
        self._preedit = ""
        self._sheet = SheetModel(session, self)
        self.cells = CellDelegate(doubt, self)
        self.setModel(self._sheet)
        self.setItemDelegate(self.cells)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("panel", True)
        self.setMinimumSize(CELL.width() + 2 * GRID, CELL.height() + GRID)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        session.sheet_changed.connect(self._select_current)
        session.current_changed.connect(self._select_current)
        self.selectionModel().currentChanged.connect(self._take_current)

    @property
    def composing(self) -> bool:
        """Whether an input method holds text that is not typed yet."""
        return bool(self._preedit)

    # --- what is current ----------------------------------------------------------------------

    def _select_current(self) -> None:
        index = self._sheet.index(self._session.current)
        if index.isValid() and index != self.currentIndex():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)

    def _take_current(self, current: Index, _previous: Index) -> None:
        # Qt switches input methods off for items that have no editor of their own.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        if current.isValid():
            self._session.set_current(current.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self.viewport().size()
        across, down = size.width() // CELL.width(), size.height() // CELL.height()
        self.room_changed.emit(max(1, across * down))

    # --- typing -------------------------------------------------------------------------------

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        commit = event.commitString()
        event.accept()
        self.viewport().update()
        if commit:
            self.typed.emit(commit)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        if query == Qt.InputMethodQuery.ImEnabled:
            return True
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            return self.visualRect(self.currentIndex())
        if query == Qt.InputMethodQuery.ImHints:
            return int(Qt.InputMethodHint.ImhNone.value)
        return super().inputMethodQuery(query)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (self.composing or self._command(event) is not None)
        ):
            event.accept()  # it is no command of the window here
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.composing:
            event.accept()  # the input method has the keys
            return
        command = self._command(event)
        if command is not None:
            signal, argument = command
            # A key that is held down must not confirm sheets that nobody has seen.
            if not (event.isAutoRepeat() and signal in ("confirmed", "postponed")):
                getattr(self, signal).emit(*argument)
            event.accept()
        elif event.key() in _STEPS:
            self._session.set_current(self._session.current + _STEPS[Qt.Key(event.key())])
            event.accept()
        elif event.key() in _MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _command(self, event: QKeyEvent) -> tuple[str, tuple[object, ...]] | None:
        """Return the signal that a key stands for, and its arguments."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain, alt = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
        key, text = Qt.Key(event.key()), event.text()
        fixed = _KEYS.get((key, modifiers))
        if fixed is not None:
            return fixed
        digit = key - Qt.Key.Key_1 if Qt.Key.Key_1 <= key <= Qt.Key.Key_9 else -1
        if digit >= 0 and (modifiers == alt or (modifiers == plain and self.digits_choose)):
            return "offer_chosen", (digit,)
        typed = modifiers in (plain, Qt.KeyboardModifier.ShiftModifier)
        if typed and text and text.isprintable() and not text.isspace():
            return "typed", (text,)
        return None

    def keyboardSearch(self, search: str) -> None:
        """Typing corrects a character; it does not look for one."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._preedit:
            return
        # What is composed stands over the caption of the character that it will replace.
        cell = self.visualRect(self.currentIndex())
        font = reading_font(2 * GRID + 2)
        font.setUnderline(True)
        width = max(cell.width(), QFontMetrics(font).horizontalAdvance(self._preedit) + 2 * GRID)
        place = QRect(cell.left(), cell.bottom() - CAPTION - 4, width, CAPTION + 4)
        painter = QPainter(self.viewport())
        colours = tokens()
        painter.fillRect(place, colours.colour("raised"))
        painter.setPen(QPen(colours.colour("accent"), 1))
        painter.drawRect(place)
        painter.setPen(colours.colour("text"))
        painter.setFont(font)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._preedit)


_PLAIN, _CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_KEYS: dict[tuple[Qt.Key, Qt.KeyboardModifier], tuple[str, tuple[object, ...]]] = {
    (Qt.Key.Key_Return, _PLAIN): ("confirmed", ()),
    (Qt.Key.Key_Enter, _PLAIN): ("confirmed", ()),
    (Qt.Key.Key_Return, _CTRL): ("postponed", ()),
    (Qt.Key.Key_Enter, _CTRL): ("postponed", ()),
    (Qt.Key.Key_Space, _PLAIN): ("later", ()),
    (Qt.Key.Key_Escape, _PLAIN): ("left", ()),
    (Qt.Key.Key_Delete, _PLAIN): ("typed", ("",)),
    (Qt.Key.Key_Backspace, _PLAIN): ("typed", ("",)),
    (Qt.Key.Key_PageDown, _PLAIN): ("stepped", (1,)),
    (Qt.Key.Key_PageUp, _PLAIN): ("stepped", (-1,)),
}
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}  # on to the next row at the end of one
_MOVES = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_Tab, Qt.Key.Key_Backtab,
)  # fmt: skip
