"""The lower part of the review panel: filters and the list of lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.doubt import doubt_sentence
from desktop_ocr.ui.flow_layout import FlowLayout
from desktop_ocr.ui.review.delegate import ROW_HEIGHT, LineDelegate
from desktop_ocr.ui.review.hints import Hints
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
        hints: What terms and rules say about lines.
        list: The list itself.

    Signals:
        line_chosen: A row was clicked or chosen with Enter: its text is to be edited.
    """

    line_chosen = Signal()

    def __init__(
        self,
        controller: DocumentController,
        parent: QWidget | None = None,
        *,
        hints: Hints | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self.hints = Hints(self) if hints is None else hints
        self.model = LineModel(controller, self, hints=self.hints)
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
        self._rows_of_chips = chips = FlowLayout()
        chips.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        chips.setSpacing(GRID // 2)
        group = QButtonGroup(self)
        for kind in Filter:
            self._chips[kind] = chip = _chip()
            chip.setChecked(kind is Filter.ALL)
            chip.clicked.connect(lambda _checked=False, k=kind: self._choose(k))
            group.addButton(chip)
            chips.addWidget(chip)
        self._open = _chip()
        self._open.clicked.connect(self._choose_unreviewed)
        chips.addWidget(self._open)
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

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            # A splitter asks for no height that goes with a width: rows of filters would be lost.
            height = self._rows_of_chips.heightForWidth(self.width())
            self.setMinimumHeight(height + self.list.minimumHeight())
        return taken

    def _show_counts(self) -> None:
        counts = self.model.counts()
        chosen, unreviewed = self.proxy.filter, self.proxy.unreviewed
        names = {
            Filter.ALL: self.tr("All {0}"),
            Filter.DOUBTFUL: self.tr("Doubtful {0}"),
            Filter.CHANGED: self.tr("Changed {0}"),
            Filter.RULES: self.tr("Rules {0}"),
            Filter.CRITICAL: self.tr("Critical {0}"),
        }
        tips = {
            Filter.ALL: self.tr("All lines of the page"),
            Filter.DOUBTFUL: doubt_sentence(self._controller.doubt),
            Filter.CHANGED: self.tr("Lines whose text a person changed"),
            Filter.RULES: self.tr("Lines that a rule corrected or suggests to correct"),
            Filter.CRITICAL: self.tr(
                "Lines with numbers and units, left/right, positive/negative, negations or drugs"
            ),
        }
        for kind, chip in self._chips.items():
            # A chip says how many lines it would list: all brings back the reviewed ones as well.
            only = unreviewed and kind is not Filter.ALL
            count = counts[kind].unreviewed if only else counts[kind].lines
            self._tell(chip, names[kind].format(count), tips[kind])
            chip.setChecked(kind is chosen)
        self._tell(
            self._open,
            self.tr("Unreviewed {0}").format(counts[chosen].unreviewed),
            self.tr("Only lines that nobody has reviewed yet; goes together with the others"),
        )
        self._open.setChecked(unreviewed)

    def _tell(self, chip: QPushButton, text: str, tip: str) -> None:
        if chip.text() != text:
            chip.setText(text)
        chip.setToolTip(tip)
        chip.setAccessibleDescription(tip)

    def _choose(self, kind: Filter) -> None:
        self.set_filter(kind, unreviewed=self.proxy.unreviewed and kind is not Filter.ALL)

    def _choose_unreviewed(self, unreviewed: bool) -> None:
        self.set_filter(self.proxy.filter, unreviewed=unreviewed)

    def chips(self) -> tuple[QPushButton, ...]:
        """Return the buttons of the filters; the last one goes together with the others."""
        return (*self._chips.values(), self._open)

    def set_filter(self, chosen: Filter, *, unreviewed: bool = False) -> None:
        """List lines of one kind.

        Args:
            chosen: Their kind.
            unreviewed: List only those of them that nobody has reviewed.
        """
        self.proxy.set_filter(chosen, unreviewed=unreviewed)
        self._show_counts()
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
        self._scroll_to(current)

    def show_row(self, line_id: str) -> None:
        """Scroll as little as possible to a listed line."""
        row = self.proxy.row_of(line_id)
        if row >= 0:
            self._scroll_to(row)

    def _scroll_to(self, current: int) -> None:
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


def _chip() -> QPushButton:
    """Return a button that stands for a filter and shows whether it is chosen."""
    chip = QPushButton()
    chip.setProperty("chip", True)
    chip.setCheckable(True)
    return chip
