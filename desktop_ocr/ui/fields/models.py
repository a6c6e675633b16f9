"""Fields and laboratory rows of the page in view as tables."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractTableModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QPalette

from desktop_ocr.document.fields import FieldValue, LabRow, PageFields, Piece
from desktop_ocr.document.model import Line, LineStatus
from desktop_ocr.ui.doubt import Tier, shown_tiers
from desktop_ocr.ui.icons import icon
from desktop_ocr.ui.theme import reading_font, tokens

if TYPE_CHECKING:
    from desktop_ocr.engine.extract import Definitions

Index = QModelIndex | QPersistentModelIndex
TEXT_SIZE = 15


class Trust(enum.Enum):
    """How far a value can be relied on; the values are its name and its icon."""

    REVIEWED = (QT_TRANSLATE_NOOP("Trust", "reviewed"), "check", "reviewed")
    DOUBTFUL = (QT_TRANSLATE_NOOP("Trust", "doubtful"), "circle-question-mark", "doubt_high")
    UNUSUAL = (QT_TRANSLATE_NOOP("Trust", "looks unusual"), "triangle-alert", "doubt_mid")
    UNREVIEWED = (QT_TRANSLATE_NOOP("Trust", "not reviewed"), "circle", "muted")
    MISSING = (QT_TRANSLATE_NOOP("Trust", "missing"), "circle-alert", "error")

    @property
    def text(self) -> str:
        """The name in the language of the window."""
        return QCoreApplication.translate("Trust", str(self.value[0]))


def trust(pieces: Sequence[Piece], lines: dict[str, Line], doubt: float, *, fits: bool) -> Trust:
    """Return how far a value can be relied on.

    Args:
        pieces: Where it stands.
        lines: The lines of its page by their ids.
        doubt: Threshold of doubt (0–1).
        fits: Whether it looks as such a value does.
    """
    found = [lines[piece.line_id] for piece in pieces if piece.line_id in lines]
    if found and all(line.status is LineStatus.REVIEWED for line in found):
        return Trust.REVIEWED
    for line, piece in zip(found, pieces, strict=False):
        tiers = shown_tiers(line, doubt)[piece.start : piece.end]
        if any(tier in (Tier.HIGH, Tier.MID) for tier in tiers):
            return Trust.DOUBTFUL
    return Trust.UNREVIEWED if fits else Trust.UNUSUAL


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        texts: One for each column before the last one, which tells how far it is to be trusted.
        pieces: Where each of them stands.
        trust: Of the whole row.
    """

    texts: tuple[str, ...]
    pieces: tuple[tuple[Piece, ...], ...]
    trust: Trust

    def place(self, column: int) -> Piece | None:
        """Return where an entry stands; where it is empty, the first entry of the row."""
        at = self.pieces[column] if column < len(self.pieces) else ()
        return next(iter([*at, *(p for pieces in self.pieces for p in pieces)]), None)


class RowsModel(QAbstractTableModel):
    """Rows that are replaced as a whole; the same rows stay, and with them what is selected."""

    TITLES: tuple[object, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def take(self, rows: tuple[Row, ...]) -> None:
        """Show other rows."""
        if rows == self.rows:
            return
        if len(rows) == len(self.rows):
            self.rows = rows
            last = self.index(len(rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.TITLES)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return QCoreApplication.translate("Fields", str(self.TITLES[section]))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], index.column()
        last = column == len(self.TITLES) - 1
        if role == Qt.ItemDataRole.DisplayRole:
            return row.trust.text if last else row.texts[column].replace("\n", " ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.trust.text if last else row.texts[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            entries = [text for text in row.texts if text]
            return ", ".join([*entries, row.trust.text])
        if role == Qt.ItemDataRole.DecorationRole and last:
            return icon(row.trust.value[1], QPalette.ColorRole.Text)
        if role == Qt.ItemDataRole.ForegroundRole and last:
            return tokens().colour(row.trust.value[2])
        if role == Qt.ItemDataRole.FontRole and not last and (column or len(row.texts) > 2):
            return reading_font(TEXT_SIZE)
        return None


class FieldRows(RowsModel):
    """Name, value and trust of each field; those that are missing stand among them."""

    TITLES = (
        QT_TRANSLATE_NOOP("Fields", "Field"),
        QT_TRANSLATE_NOOP("Fields", "Value"),
        QT_TRANSLATE_NOOP("Fields", "State"),
    )

    def show_fields(
        self, fields: PageFields, lines: dict[str, Line], doubt: float, known: Definitions
    ) -> None:
        """Show the fields of a page, by the definitions with which they were found."""
        chinese = QLocale().language() is QLocale.Language.Chinese
        values: dict[str, FieldValue] = {value.field: value for value in fields.values}
        rows = []
        for definition in known.fields.values():
            name = definition.zh if chinese else definition.en
            value = values.get(definition.id)
            if value is not None:
                label = (value.label,)
                found = trust(value.pieces, lines, doubt, fits=value.fits)
                rows.append(Row((name, value.text), (label, value.pieces), found))
            elif definition.id in fields.missing:
                rows.append(Row((name, ""), ((), ()), Trust.MISSING))
        self.take(tuple(rows))


class LabRows(RowsModel):
    """Rows of laboratory tables."""

    TITLES = (
        QT_TRANSLATE_NOOP("Fields", "Item"),
        QT_TRANSLATE_NOOP("Fields", "Result"),
        QT_TRANSLATE_NOOP("Fields", "Flag"),
        QT_TRANSLATE_NOOP("Fields", "Unit"),
        QT_TRANSLATE_NOOP("Fields", "Range"),
        QT_TRANSLATE_NOOP("Fields", "State"),
    )

    def show_rows(self, found: Sequence[LabRow], lines: dict[str, Line], doubt: float) -> None:
        """Show the rows of a page."""
        rows = []
        for row in found:
            cells = (row.item, row.value, row.flag, row.unit, row.range)
            pieces = tuple(piece for cell in cells for piece in cell.pieces)
            rows.append(
                Row(
                    tuple(cell.text for cell in cells),
                    tuple(cell.pieces for cell in cells),
                    trust(pieces, lines, doubt, fits=True),
                )
            )
        self.take(tuple(rows))


def as_table(model: RowsModel, rows: Sequence[int]) -> str:
    """Return rows for the clipboard: entries divided by tabs, a spreadsheet takes them."""
    columns = range(model.columnCount())
    return "\n".join(
        "\t".join(str(model.index(row, column).data()).replace("\t", " ") for column in columns)
        for row in rows
    )
