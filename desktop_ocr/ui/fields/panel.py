"""Shows the fields of the page in view; choosing one leads to its line and box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.document.fields import PageFields, Piece
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.fields.models import FieldRows, LabRows, RowsModel, Trust, as_table
from desktop_ocr.ui.fields.new_field import NewField
from desktop_ocr.ui.icons import icon
from desktop_ocr.ui.theme import GRID

if TYPE_CHECKING:
    from desktop_ocr.engine.extract import Definitions

SOON_MS = 60
"""Lines come in bursts while a page is read; one look at all of them is enough."""


class FieldTable(QTableView):
    """A table of values; Enter goes to the text, Ctrl+C copies rows.

    Signals:
        place_chosen: The :class:`~desktop_ocr.document.fields.Piece` of the entry that is current.
        edit_requested: The same, when Enter was pressed or the entry was double-clicked.
    """

    place_chosen = Signal(object)
    edit_requested = Signal(object)

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setProperty("values", True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(4 * GRID)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.clicked.connect(self._on_current_changed)
        self.doubleClicked.connect(self._edit)

    def _on_current_changed(self, *_indices: object) -> None:
        place = self._place()
        if self.hasFocus() and place is not None:  # not where a table was filled anew
            self.place_chosen.emit(place)

    def _edit(self, *_index: object) -> None:
        place = self._place()
        if place is not None:
            self.edit_requested.emit(place)

    def _place(self) -> Piece | None:
        index = self.currentIndex()
        known = index.isValid() and index.row() < len(self._rows.rows)
        return self._rows.rows[index.row()].place(index.column()) if known else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._edit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted({index.row() for index in self.selectedIndexes()})
            QGuiApplication.clipboard().setText(as_table(self._rows, rows))
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class FieldsPanel(QWidget):
    """Fields and laboratory rows of the page in view, worked out again after each change.

    Attributes:
        fields: The fields.
        laboratory: The rows of laboratory tables; hidden where there are none.
        new: Opens the row for a field of the person's own.
        form: That row.

    Signals:
        edit_requested: A person wants to change a value; its line is current already.
    """

    edit_requested = Signal(int)

    def __init__(self, document: DocumentController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._found = PageFields()
        self._field_rows, self._lab_rows = FieldRows(), LabRows()
        self.fields, self.laboratory = FieldTable(self._field_rows), FieldTable(self._lab_rows)
        self._summary = QLabel()
        self._summary.setContentsMargins(2 * GRID, GRID // 2, GRID, 0)
        self._hint = QLabel()
        self._hint.setProperty("muted", True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._tables = QSplitter(Qt.Orientation.Horizontal)
        self._tables.setChildrenCollapsible(False)
        self._tables.addWidget(self.fields)
        self._tables.addWidget(self.laboratory)
        self._problem = QLabel()
        self._problem.setProperty("problem", True)
        self._problem.setWordWrap(True)
        self._problem.setContentsMargins(2 * GRID, 0, GRID, 0)
        self.new = QPushButton(icon("square-plus"), "")
        self.new.setProperty("link", True)
        self.form = NewField()
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, GRID, 0)
        head.addWidget(self._summary, 1)
        head.addWidget(self.new)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(head)
        layout.addWidget(self.form)
        layout.addWidget(self._problem)
        layout.addWidget(self._hint, 1)
        layout.addWidget(self._tables, 1)
        self._size_columns()
        self.new.clicked.connect(self.form.open)
        self.form.added.connect(self.refresh)
        self.form.closed.connect(self.new.setFocus)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)
        for signal in (
            document.current_page_changed,
            document.lines_changed,
            document.line_changed,
            document.page_state_changed,
            document.doubt_changed,
        ):
            signal.connect(self._refresh_soon)
        for table in (self.fields, self.laboratory):
            table.place_chosen.connect(self._go_to)
            table.edit_requested.connect(self._edit)
        self._retranslate()

    def sizeHint(self) -> QSize:
        return QSize(80 * GRID, 30 * GRID)

    def minimumSizeHint(self) -> QSize:
        least = QSize(40 * GRID, 14 * GRID)
        if not self.form.isHidden():  # all of it is to be seen above the first rows
            least += QSize(0, self.form.heightForWidth(max(self.width(), least.width())))
        return least

    def _size_columns(self) -> None:
        modes = QHeaderView.ResizeMode
        for table, widths, stretched in (
            (self.fields, (13, 0, 13), 1),
            (self.laboratory, (0, 11, 7, 12, 16, 18), 0),
        ):
            header = table.horizontalHeader()
            for column, width in enumerate(widths):
                stretches = column == stretched
                header.setSectionResizeMode(
                    column, modes.Stretch if stretches else modes.Interactive
                )
                if not stretches:
                    header.resizeSection(column, width * GRID)

    # --- what is shown ------------------------------------------------------------------------

    @property
    def found(self) -> PageFields:
        """What was found on the page in view."""
        return self._found

    def _refresh_soon(self, *_ids: object) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Work out the fields of the page in view again."""
        if not self.isVisible():
            return
        from desktop_ocr.engine.extract import definitions, extract

        known = definitions()
        page = self._document.current_page
        lines = [] if page is None else list(page.lines)
        self._found = found = extract(lines, known)
        by_id, doubt = {line.id: line for line in lines}, self._document.doubt
        self._field_rows.show_fields(found, by_id, doubt, known)
        self._lab_rows.show_rows(found.rows, by_id, doubt)
        empty = not found.values and not found.rows
        self._hint.setVisible(empty)
        self._tables.setVisible(not empty)
        self.laboratory.setVisible(bool(found.rows))
        self._summary.setText("" if empty else self._sentence(known))
        self._problem.setVisible(bool(known.problems))
        self._problem.setText("\n".join(map(error_text, known.problems[:2])))

    def _sentence(self, known: Definitions) -> str:
        found = self._found
        form = next((form for form in known.forms if form.id == found.form), None)
        parts = []
        if form is not None:
            chinese = QLocale().language() is QLocale.Language.Chinese
            parts.append(form.zh if chinese else form.en)
        parts.append(self.tr("%n field(s)", "", len(found.values)))
        if found.rows:
            parts.append(self.tr("%n laboratory row(s)", "", len(found.rows)))
        rows = (*self._field_rows.rows, *self._lab_rows.rows)
        for kind, text in (
            (Trust.MISSING, self.tr("%n missing", "", len(found.missing))),
            (
                Trust.DOUBTFUL,
                self.tr("%n doubtful", "", sum(row.trust is Trust.DOUBTFUL for row in rows)),
            ),
        ):
            if any(row.trust is kind for row in rows):
                parts.append(text)
        return "  ·  ".join(parts)

    # --- going to a value ---------------------------------------------------------------------

    def _go_to(self, place: Piece) -> None:
        self._document.select_line(place.line_id)

    def _edit(self, place: Piece) -> None:
        self._document.select_line(place.line_id)
        self.edit_requested.emit(place.start)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.LocaleChange):
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Fields"))
        self.fields.setAccessibleName(self.tr("Fields of the page"))
        self.laboratory.setAccessibleName(self.tr("Laboratory rows of the page"))
        self.new.setText(self.tr("New field…"))
        self.new.setToolTip(self.tr("Say what else is to be found on your pages"))
        self._hint.setText(
            self.tr(
                "No fields were found on this page: labels such as “姓名：” or “Name:” make them."
            )
        )
        self.refresh()
