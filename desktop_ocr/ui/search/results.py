"""The list of lines in which something was found, and what would become of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QTextCharFormat,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_ocr.ui.icons import icon_pixmap
from desktop_ocr.ui.review.lines import status_text
from desktop_ocr.ui.review.marks import found_format
from desktop_ocr.ui.review.row_text import ROW_TEXT_SIZE, Marks, paint_text
from desktop_ocr.ui.search.finder import FoundLine
from desktop_ocr.ui.selected_row import paint_selected
from desktop_ocr.ui.theme import GRID, reading_font, tokens

FOUND_ROLE = Qt.ItemDataRole.UserRole + 1
PLACE_ROLE = Qt.ItemDataRole.UserRole + 2
BEFORE = 8
"""So many characters are shown before the first place that was found."""

Index = QModelIndex | QPersistentModelIndex


class Results(QAbstractListModel):
    """One row a line; in a replacement each with a tick.

    A line that a person has reviewed is not ticked until somebody ticks it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[FoundLine] = []
        self._places: list[tuple[int, int]] = []
        self._chosen: dict[tuple[str, str], bool] = {}  # ticks that a person set or took away
        self._count = -1  # lines that are ticked, once counted
        self.replacing = False

    def put(
        self, lines: Sequence[FoundLine], places: Sequence[tuple[int, int]], *, replacing: bool
    ) -> None:
        """Show other lines.

        Args:
            lines: The lines, in the order of the document.
            places: For each the numbers of its page and, on that, of the line, from 0.
            replacing: They have ticks.
        """
        if list(lines) == self._lines and replacing == self.replacing:
            return
        self.beginResetModel()
        self.replacing = replacing
        self._lines, self._places = list(lines), list(places)
        self._count = -1
        self.endResetModel()

    def lines(self) -> Sequence[FoundLine]:
        """Return what is listed."""
        return self._lines

    def forget_ticks(self) -> None:
        """Tick again what is ticked by itself: another search begins."""
        self._chosen.clear()
        self._count = -1

    def is_ticked(self, found: FoundLine) -> bool:
        """Say whether a line is to be changed."""
        return self._chosen.get(found.key, found.is_open) and found.new_text != found.line.text

    def ticked(self) -> list[FoundLine]:
        """Return the lines that are to be changed."""
        return [found for found in self._lines if self.is_ticked(found)]

    def ticked_count(self) -> int:
        """Return how many lines are to be changed."""
        if self._count < 0:
            self._count = len(self.ticked())
        return self._count

    def tick(self, row: int) -> None:
        """Set the tick of a row, or take it away."""
        found = self._lines[row]
        self._chosen[found.key] = not self.is_ticked(found)
        self._count = -1
        self.dataChanged.emit(self.index(row), self.index(row))

    def tick_all(self, ticked: bool) -> None:
        """Tick all rows, or none."""
        self._chosen = {found.key: ticked for found in self._lines}
        self._count = -1
        if self._lines:
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))

    def row_of(self, page_id: str, line_id: str) -> int:
        """Return the row of a line, -1 where it is not listed."""
        rows = (i for i, found in enumerate(self._lines) if found.key == (page_id, line_id))
        return next(rows, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self.replacing else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        found = self._lines[index.row()]
        if role == FOUND_ROLE:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return found.line.text
        if role == PLACE_ROLE:
            return self._place(index.row())
        if role == Qt.ItemDataRole.CheckStateRole and self.replacing:
            state = Qt.CheckState
            return state.Checked if self.is_ticked(found) else state.Unchecked
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._sentence(index.row(), found)
        return None

    def _place(self, row: int) -> str:
        page, line = self._places[row]
        return self.tr("p. {page}, line {line}").format(page=page + 1, line=line + 1)

    def _sentence(self, row: int, found: FoundLine) -> str:
        place = self._place(row)
        note = "" if found.is_open else f" ({status_text(found.line)})"
        told = f"{place}{note}: {found.line.text}"
        if not self.replacing:
            return told
        tick = self.tr("will be changed") if self.is_ticked(found) else self.tr("stays")
        return f"{told} → {found.new_text} ({tick})"


class ResultsList(QListView):
    """The list itself; Space ticks, Enter goes to the text.

    Signals:
        row_chosen: The row to show; again for each row that the keyboard passes.
        entered: The row whose text is to be edited.
    """

    row_chosen = Signal(int)
    entered = Signal(int)

    def __init__(self, model: Results, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results = model
        self.setModel(model)
        self.setItemDelegate(_ResultDelegate(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def rows_height(self, rows: int) -> int:
        """Return how high so many rows are."""
        return rows * row_height()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        if self._results.replacing and event.position().x() < 4 * GRID:
            self._results.tick(index.row())
        else:
            self.row_chosen.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not (self._results.replacing and event.position().x() < 4 * GRID):
            self.entered.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        if row >= 0 and key == Qt.Key.Key_Space and self._results.replacing:
            self._results.tick(row)
        elif row >= 0 and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(row)
        else:
            super().keyPressEvent(event)
            if self.currentIndex().row() not in (row, -1):
                self.row_chosen.emit(self.currentIndex().row())
            return
        event.accept()


def row_height() -> int:
    """Return the height of a row."""
    return QFontMetrics(reading_font(ROW_TEXT_SIZE)).height() + GRID


class _ResultDelegate(QStyledItemDelegate):
    """Paints tick, place and text; in a replacement the text as it will be beside it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, row_height())

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        return False  # the list ticks by itself

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found = index.data(FOUND_ROLE)
        if not isinstance(found, FoundLine):
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        colours = tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            paint_selected(painter, rect)
        x = rect.left() + GRID
        tick = index.data(Qt.ItemDataRole.CheckStateRole)
        if tick is not None:
            self._paint_tick(painter, QRect(x, rect.top(), 16, rect.height()), ticked=bool(tick))
            x += 3 * GRID
        metrics = QFontMetrics(option.font)  # type: ignore[attr-defined]
        painter.setFont(option.font)  # type: ignore[attr-defined]
        painter.setPen(colours.colour("muted"))
        place = str(index.data(PLACE_ROLE))
        wide = metrics.horizontalAdvance(place.replace("1", "0")) + 2 * GRID
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(x, rect.top(), wide, rect.height()), flags, place)
        x += max(wide, 16 * GRID)
        note = "" if found.is_open else status_text(found.line)
        note_width = metrics.horizontalAdvance(note) + 2 * GRID if note else GRID
        right = rect.right() - note_width
        if note:
            painter.drawText(
                QRect(right, rect.top(), note_width - GRID, rect.height()),
                flags | Qt.AlignmentFlag.AlignRight,
                note,
            )
        if tick is None:
            paint_text(painter, QRect(x, rect.top(), right - x, rect.height()), *_before(found))
        else:
            half = (right - x - 4 * GRID) // 2
            paint_text(painter, QRect(x, rect.top(), half, rect.height()), *_struck(found))
            arrow = QRect(x + half, rect.top(), 4 * GRID, rect.height())
            painter.setPen(colours.colour("muted"))
            painter.drawText(arrow, Qt.AlignmentFlag.AlignCenter, "→")
            paint_text(
                painter, QRect(arrow.right(), rect.top(), half, rect.height()), *_after(found)
            )
        painter.restore()

    def _paint_tick(self, painter: QPainter, rect: QRect, *, ticked: bool) -> None:
        colours = tokens()
        square = QRectF(rect.left(), rect.center().y() - 7, 15, 15)
        painter.setPen(colours.colour("accent" if ticked else "edge"))
        painter.setBrush(colours.colour("accent" if ticked else "surface"))
        painter.drawRoundedRect(square, 3, 3)
        if ticked:
            ratio = painter.device().devicePixelRatioF()
            check = icon_pixmap("check", 13, ratio, colours.colour("on_accent"))
            painter.drawPixmap(square.topLeft() + QPointF(1, 1), check)


def _before(found: FoundLine) -> tuple[str, Marks]:
    form = found_format(tokens())
    form.setFontWeight(600)
    return _cut(found.line.text, [(f.start, f.end, form) for f in found.found])


def _struck(found: FoundLine) -> tuple[str, Marks]:
    form = QTextCharFormat()
    form.setForeground(tokens().colour("error"))
    form.setFontStrikeOut(True)
    return _cut(found.line.text, [(f.start, f.end, form) for f in found.found])


def _after(found: FoundLine) -> tuple[str, Marks]:
    form = QTextCharFormat()
    form.setForeground(tokens().colour("reviewed"))
    form.setFontUnderline(True)
    marks: Marks = []
    grown = 0
    for f in found.found:
        start = f.start + grown
        marks.append((start, start + len(f.new), form))
        grown += len(f.new) - (f.end - f.start)
    return _cut(found.new_text, marks)


def _cut(text: str, marks: Marks) -> tuple[str, Marks]:
    """Return a text from shortly before its first mark on."""
    first = marks[0][0] - BEFORE if marks else 0
    if first <= 1:
        return text, marks
    return "…" + text[first:], [(s - first + 1, e - first + 1, form) for s, e, form in marks]
