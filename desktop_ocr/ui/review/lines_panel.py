"""The lower part of the review panel: filters and the list of lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.doubt import doubt_sentence
from desktop_ocr.ui.review.delegate import ROW_HEIGHT, LineDelegate
from desktop_ocr.ui.review.lines import Filter, LineFilter, LineModel
from desktop_ocr.ui.theme import GRID


class LineList(QListView):
    """The list of lines; tells a person's choice apart from rows that come and go by themselves.

    Signals:
        rows_chosen: The mouse or a key changed the selection.
    """

    rows_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.rows_chosen.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.rows_chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self.rows_chosen.emit()


class LinesPanel(QWidget):
    """Lists the lines of the page and keeps its selection that of the controller.

    Attributes:
        model: All lines of the page.
        proxy: Those that the filter lists.
        list: The list itself.

    Signals:
        line_chosen: A row was clicked or chosen with Enter: its text is to be edited.
    """

    line_chosen = Signal()

    def __init__(self, controller: DocumentController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.model = LineModel(controller, self)
        self.proxy = LineFilter(self.model, self)
        self.list = LineList()
        self.list.setModel(self.proxy)
        self.list.setItemDelegate(LineDelegate(self.list))
        self.list.setMinimumHeight(ROW_HEIGHT)
        self._chips: dict[Filter, QPushButton] = {}
        # Counting all lines for each of many that are read in a moment would be waste.
        self._count_timer = QTimer(self, singleShot=True, interval=40)
        self._count_timer.timeout.connect(self._show_counts)
        self._lay_out()
        self._connect()
        self._retranslate()
        self.show_selection()

    def _lay_out(self) -> None:
        chips = QHBoxLayout()
        chips.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        chips.setSpacing(GRID // 2)
        group = QButtonGroup(self)
        for kind in Filter:
            chip = QPushButton()
            chip.setProperty("chip", True)
            chip.setCheckable(True)
            chip.setChecked(kind is Filter.ALL)
            chip.clicked.connect(lambda _checked=False, k=kind: self.set_filter(k))
            group.addButton(chip)
            chips.addWidget(chip)
            self._chips[kind] = chip
        chips.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(chips)
        rows.addWidget(self.list, 1)

    def _connect(self) -> None:
        self._controller.selection_changed.connect(self.show_selection)
        for signal in (
            self.model.dataChanged,
            self.model.rowsInserted,
            self.model.rowsRemoved,
            self.model.modelReset,
        ):
            signal.connect(self._count_timer.start)
        for signal in (
            self.proxy.rowsInserted,
            self.proxy.rowsRemoved,
            self.proxy.layoutChanged,
            self.proxy.modelReset,
        ):
            signal.connect(self.show_selection)
        self.list.rows_chosen.connect(self._take_rows)
        self.list.clicked.connect(self.line_chosen)
        self.list.activated.connect(self.line_chosen)

    def _retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Lines of the page"))
        self._show_counts()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.list.viewport().update()

    def _show_counts(self) -> None:
        counts = self.model.counts()
        names = {
            Filter.ALL: self.tr("All {0}"),
            Filter.DOUBTFUL: self.tr("Doubtful {0}"),
            Filter.UNREVIEWED: self.tr("Unreviewed {0}"),
        }
        for kind, chip in self._chips.items():
            chip.setText(names[kind].format(counts[kind]))
        self._chips[Filter.DOUBTFUL].setToolTip(doubt_sentence(self._controller.doubt))

    def set_filter(self, chosen: Filter) -> None:
        """List all, the doubtful or the unreviewed lines."""
        self.proxy.set_filter(chosen)
        self._chips[chosen].setChecked(True)
        self.show_selection()

    def neighbour(self, line_id: str, step: int) -> str:
        """Return the listed line before (-1) or after (1) another, "" where there is none."""
        row = self.proxy.row_of(line_id)
        line = self.proxy.line_at(row + step) if row >= 0 and row + step >= 0 else None
        return "" if line is None else line.id

    def show_selection(self) -> None:
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
        if current < 0:
            return
        selection.setCurrentIndex(self.proxy.index(current, 0), flag.NoUpdate)
        # The neighbours of the current row stay in view with it.
        for row in (current - 1, current + 1, current):
            if 0 <= row < self.proxy.rowCount():
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
