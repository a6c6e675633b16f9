"""The grid of pictures: how one character looks in it, and what keys do there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_ocr.ui.doubt import tier
from desktop_ocr.ui.icons import icon_pixmap
from desktop_ocr.ui.review.facts import percent
from desktop_ocr.ui.theme import GRID, reading_font, tokens
from desktop_ocr.ui.verify.groups import Occurrence, State
from desktop_ocr.ui.verify.session import Session

OCCURRENCE_ROLE = Qt.ItemDataRole.UserRole + 1

PICTURE = QSize(15 * GRID, 8 * GRID)
"""Of the picture in a cell; all characters have the same height."""

CAPTION = 3 * GRID
CELL = QSize(PICTURE.width() + 2 * GRID, PICTURE.height() + CAPTION + GRID)

Index = QModelIndex | QPersistentModelIndex


class SheetModel(QAbstractListModel):
    """The members of the sheet that is shown."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._members: tuple[Occurrence, ...] = ()
        session.sheet_changed.connect(self._take_sheet)
        session.states_changed.connect(self._repaint)

    @property
    def session(self) -> Session:
        """The round of verification."""
        return self._session

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._members)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._members):
            return None
        occurrence = self._members[index.row()]
        if role == OCCURRENCE_ROLE:
            return occurrence
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.describe(occurrence)
        return None

    def describe(self, occurrence: Occurrence) -> str:
        """Return what is known about a character in words."""
        session = self._session
        caption = self.caption(occurrence)
        line = session.line(occurrence)
        text = "" if line is None else line.text
        sure = self.tr("“{0}”, {1} %").format(occurrence.reading, percent(occurrence.confidence))
        return "\n".join(part for part in (sure, caption, text) if part)

    def caption(self, occurrence: Occurrence) -> str:
        """Return what became of a character in a few words; empty while it is open."""
        session = self._session
        match session.state(occurrence):
            case State.CHANGED:
                text = session.shown_text(occurrence)
                return f"→ {text}" if text else self.tr("→ removed")
            case State.CONFIRMED:
                return self.tr("confirmed")
            case State.REVIEWED:
                return self.tr("line reviewed")
            case State.GONE:
                return self.tr("gone")
        return self.tr("later") if session.is_later(occurrence) else ""

    def _take_sheet(self) -> None:
        self.beginResetModel()
        sheet = self._session.sheet
        self._members = () if sheet is None else sheet.members
        self.endResetModel()

    def _repaint(self) -> None:
        if self._members:
            self.dataChanged.emit(self.index(0), self.index(len(self._members) - 1))


class CellDelegate(QStyledItemDelegate):
    """Paints one character: its picture with dimmed neighbours, and what became of it."""

    def __init__(self, doubt: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.doubt = doubt

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        occurrence = index.data(OCCURRENCE_ROLE)
        model = index.model()
        if not isinstance(occurrence, Occurrence) or not isinstance(model, SheetModel):
            return
        cell: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        colours = tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        current = bool(state & QStyle.StateFlag.State_Selected)
        frame = QRectF(cell).adjusted(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("selection" if current else "surface"))
        painter.drawRoundedRect(frame, 6, 6)
        picture = QRect(
            cell.left() + GRID, cell.top() + GRID // 2 + 2, PICTURE.width(), PICTURE.height()
        )
        self._paint_picture(painter, picture, model.session, occurrence)
        caption = QRect(picture.left(), picture.bottom() + 1, picture.width(), CAPTION)
        self._paint_caption(painter, caption, option, model, occurrence)
        if current:
            focused = state & QStyle.StateFlag.State_HasFocus
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent" if focused else "edge"), 2.5))
            painter.drawRoundedRect(frame, 6, 6)
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, rect: QRect, session: Session, occurrence: Occurrence
    ) -> None:
        colours = tokens()
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, colours.colour("canvas"))
        pixmap, crop = session.pictures.pixmap(occurrence), session.pictures.crop(occurrence)
        if pixmap is None or crop is None:
            painter.setPen(colours.colour("muted"))
            painter.setFont(reading_font(2 * GRID))
            # A place without a picture yet; what cannot be loaded says so.
            failed = session.pictures.has_failed(occurrence)
            text = self.tr("no picture") if failed else "…"
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
            painter.restore()
            return
        width = pixmap.width() * rect.height() / max(pixmap.height(), 1)
        middle = (crop.left + crop.right) / 2 * width
        target = QRectF(rect.center().x() - middle, rect.top(), width, rect.height())
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
        # Half-covered, the neighbours help to judge and do not distract.
        dim = colours.colour("window", 0.6)
        # Where a character ends is known to a few pixels only.
        slack = 0.05 * rect.height()
        left = target.left() + crop.left * width - slack
        right = target.left() + crop.right * width + slack
        painter.fillRect(QRectF(rect.left(), rect.top(), left - rect.left(), rect.height()), dim)
        painter.fillRect(QRectF(right, rect.top(), rect.right() + 1 - right, rect.height()), dim)
        painter.restore()

    def _paint_caption(
        self,
        painter: QPainter,
        rect: QRect,
        option: QStyleOptionViewItem,
        model: SheetModel,
        occurrence: Occurrence,
    ) -> None:
        colours = tokens()
        state = model.session.state(occurrence)
        text = model.caption(occurrence)
        colour, name = "muted", ""
        font = option.font  # type: ignore[attr-defined]
        if state is State.CHANGED:
            colour, name, font = "accent", "pencil", reading_font(2 * GRID)
        elif state in (State.CONFIRMED, State.REVIEWED):
            colour, name = "reviewed", "check"
        elif text:
            name = "clock"
        elif occurrence.doubtful:
            # Both readers may differ where the machine is sure.
            found = tier(occurrence.confidence, self.doubt)
            colour = "doubt_mid" if found is None else found.value
            text, name = f"{percent(occurrence.confidence)} %", "circle-question-mark"
        painter.setFont(font)
        width = QFontMetrics(font).horizontalAdvance(text)
        ratio = painter.device().devicePixelRatioF()
        left = rect.center().x() - (width + (20 if name else 0)) // 2
        if name:
            top = rect.top() + (rect.height() - 16) // 2
            painter.drawPixmap(left, top, icon_pixmap(name, 16, ratio, colours.colour(colour)))
            left += 20
        painter.setPen(colours.colour(colour))
        painter.drawText(
            QRect(left, rect.top(), rect.right() - left + 1, rect.height()),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            text,
        )


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

    def paintEvent(self, event: Any) -> None:
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
