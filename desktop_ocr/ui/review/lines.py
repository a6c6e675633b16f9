"""The lines of the current page as an item model, and the filter over it."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from desktop_ocr.document.lazy import LineText
from desktop_ocr.document.model import Line, LineStatus
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.review.facts import line_facts
from desktop_ocr.ui.review.hints import Hints, is_changed, kind_names, listed
from desktop_ocr.ui.sign_off.words import reviewed_text

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The :class:`Line` itself."""

Index = QModelIndex | QPersistentModelIndex


class Filter(enum.Enum):
    """Which kind of lines is listed."""

    ALL = "all"
    DOUBTFUL = "doubtful"
    CHANGED = "changed"
    RULES = "rules"
    CRITICAL = "critical"


class Count(NamedTuple):
    """How many lines a filter lists.

    Attributes:
        lines: All of its kind.
        unreviewed: Those of them that nobody has reviewed.
    """

    lines: int
    unreviewed: int


class LineModel(QAbstractListModel):
    """One row a line, in reading order.

    It follows the controller by inserting, removing and moving rows, never by a reset while the
    page stays, so that a selection and the place of the list survive lines that appear.
    """

    def __init__(
        self,
        controller: DocumentController,
        parent: QObject | None = None,
        *,
        hints: Hints | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._hints = Hints(self) if hints is None else hints
        self._page_id = ""
        self._lines: list[Line] = []
        controller.current_page_changed.connect(self._show_page)
        controller.lines_changed.connect(self._take_lines)
        controller.line_changed.connect(self._take_line)
        controller.doubt_changed.connect(self._repaint)
        controller.page_state_changed.connect(self._take_state)
        self._hints.changed.connect(self._repaint)
        page = controller.current_page
        self._show_page("" if page is None else page.id)

    @property
    def controller(self) -> DocumentController:
        """The document."""
        return self._controller

    @property
    def hints(self) -> Hints:
        """What terms and rules say about lines."""
        return self._hints

    @property
    def page_id(self) -> str:
        """The page whose lines are listed, "" when there is none."""
        return self._page_id

    def lines(self) -> Sequence[Line]:
        """Return the lines in reading order."""
        return self._lines

    def row_of(self, line_id: str) -> int:
        """Return the row of a line, -1 where it is not listed."""
        return next((i for i, line in enumerate(self._lines) if line.id == line_id), -1)

    def belongs(self, line: Line, kind: Filter) -> bool:
        """Say whether a line is of a kind."""
        match kind:
            case Filter.ALL:
                return True
            case Filter.DOUBTFUL:
                return self._controller.is_doubtful(line)
            case Filter.CHANGED:
                return is_changed(line)
            case Filter.RULES:
                return self._hints.has_rule_hit(line)
            case Filter.CRITICAL:
                return self._hints.is_critical(line)

    def counts(self) -> dict[Filter, Count]:
        """Return how many lines each filter lists."""
        result = {}
        for kind in Filter:
            lines = [line for line in self._lines if self.belongs(line, kind)]
            unreviewed = sum(line.status is LineStatus.UNREVIEWED for line in lines)
            result[kind] = Count(len(lines), unreviewed)
        return result

    # --- Qt's model ---------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join([line.text, *self._facts(line)])
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            status = [] if line.review is not None else [status_text(line)]
            told = [line.text, *status, *self._facts(line)]
            return f"{index.row() + 1}. {', '.join(told)}"
        return None

    def _facts(self, line: Line) -> list[str]:
        told = line_facts(line, self._controller.doubt)
        if line.review is not None:
            told.append(f"{status_text(line)}: {reviewed_text(line.review)}")
        if self._hints.marks and self._hints.is_critical(line):
            kinds = kind_names(place.kind for place in self._hints.critical(line))
            told.append(self.tr("Critical: {kinds}").format(kinds=listed(kinds)))
        return told

    # --- what the controller tells ------------------------------------------------------------

    def _show_page(self, page_id: str) -> None:
        page = self._controller.current_page
        self.beginResetModel()
        self._page_id = page_id
        self._lines = [] if page is None else list(page.lines)
        self.endResetModel()

    def _take_lines(self, page_id: str) -> None:
        page = self._controller.current_page
        if page is None or page.id != page_id or page_id != self._page_id:
            return
        wanted = list(page.lines)
        self._remove_others({line.id for line in wanted})
        self._move(wanted)
        self._insert(wanted)
        for row, line in enumerate(wanted):
            if self._lines[row] is not line:
                self._lines[row] = line
                self.dataChanged.emit(self.index(row), self.index(row))
        # Numbers and counts of rows that only moved.
        self._repaint()

    def _remove_others(self, ids: set[str]) -> None:
        end = len(self._lines)
        while end > 0:
            if self._lines[end - 1].id in ids:
                end -= 1
                continue
            start = end - 1
            while start > 0 and self._lines[start - 1].id not in ids:
                start -= 1
            self.beginRemoveRows(QModelIndex(), start, end - 1)
            del self._lines[start:end]
            self.endRemoveRows()
            end = start

    def _move(self, wanted: list[Line]) -> None:
        place = {line.id: i for i, line in enumerate(wanted)}
        order = sorted(range(len(self._lines)), key=lambda row: place[self._lines[row].id])
        if order == list(range(len(self._lines))):
            return
        self.layoutAboutToBeChanged.emit()
        new_row = {old: new for new, old in enumerate(order)}
        before = self.persistentIndexList()
        self._lines = [self._lines[row] for row in order]
        after = [self.index(new_row[index.row()]) for index in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _insert(self, wanted: list[Line]) -> None:
        row = 0
        while row < len(wanted):
            if row < len(self._lines) and self._lines[row].id == wanted[row].id:
                row += 1
                continue
            known = {line.id for line in self._lines[row:]}
            end = row
            while end < len(wanted) and wanted[end].id not in known:
                end += 1
            self.beginInsertRows(QModelIndex(), row, end - 1)
            self._lines[row:row] = wanted[row:end]
            self.endInsertRows()
            row = end

    def _take_line(self, page_id: str, line_id: str) -> None:
        row = self.row_of(line_id)
        page = self._controller.current_page
        if page_id == self._page_id and page is not None and row >= 0:
            self._lines[row] = page.line(line_id)
            self.dataChanged.emit(self.index(row), self.index(row))

    def _take_state(self, page_id: str) -> None:
        if page_id == self._page_id:
            self._repaint()

    def _repaint(self) -> None:
        if self._lines:
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))


class LineFilter(QSortFilterProxyModel):
    """Lists the lines of one filter; the current line stays listed while it is current."""

    def __init__(self, model: LineModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter = Filter.ALL
        self._unreviewed = False
        self._kept = ""
        self._model = model
        self.setSourceModel(model)

    @property
    def filter(self) -> Filter:
        """Which kind of lines is listed."""
        return self._filter

    @property
    def unreviewed(self) -> bool:
        """Whether only lines that nobody has reviewed are listed."""
        return self._unreviewed

    def set_filter(self, chosen: Filter, *, unreviewed: bool = False) -> None:
        """List other lines.

        Args:
            chosen: Their kind.
            unreviewed: List only those of them that nobody has reviewed.
        """
        if (chosen, unreviewed) != (self._filter, self._unreviewed):
            self._filter, self._unreviewed = chosen, unreviewed
            self.invalidateRowsFilter()

    def keep(self, line_id: str) -> None:
        """List this line in any case."""
        if line_id != self._kept:
            self._kept = line_id
            self.invalidateRowsFilter()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        line = self._model.lines()[source_row]
        if line.id == self._kept:
            return True
        if self._unreviewed and line.status is not LineStatus.UNREVIEWED:
            return False
        return self._model.belongs(line, self._filter)

    def line_at(self, row: int) -> Line | None:
        """Return the line of a listed row."""
        index = self.index(row, 0)
        return self.data(index, LINE_ROLE) if index.isValid() else None

    def row_of(self, line_id: str) -> int:
        """Return the listed row of a line, -1 where it is not listed."""
        row = self._model.row_of(line_id)
        return self.mapFromSource(self._model.index(row)).row() if row >= 0 else -1


def status_text(line: Line | LineText) -> str:
    """Return a line's status in words."""
    if line.status is LineStatus.REVIEWED:
        return QCoreApplication.translate("LineStatus", "reviewed")
    if line.status is LineStatus.ILLEGIBLE:
        return QCoreApplication.translate("LineStatus", "illegible")
    return QCoreApplication.translate("LineStatus", "not reviewed")
