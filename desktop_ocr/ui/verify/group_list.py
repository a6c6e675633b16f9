"""The list of groups beside the grid."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
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
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_ocr.ui.icons import icon_pixmap
from desktop_ocr.ui.selected_row import paint_selected
from desktop_ocr.ui.theme import GRID, reading_font, tokens
from desktop_ocr.ui.verify.groups import Group
from desktop_ocr.ui.verify.kinds import kind, needs_kind
from desktop_ocr.ui.verify.session import Session

Index = QModelIndex | QPersistentModelIndex

GROUP_ROLE = Qt.ItemDataRole.UserRole + 1
TEXT_SIZE = 18


class GroupModel(QAbstractListModel):
    """The groups in the order in which they are gone through."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._groups: list[Group] = []
        session.groups_changed.connect(self._take_groups)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._groups)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._groups):
            return None
        group = self._groups[index.row()]
        if role == GROUP_ROLE:
            return group
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            parts = (self.title(group), self.kind(group), *self.notes(group))
            return ", ".join(part for part in parts if part)
        return None

    def row_of(self, group: Group) -> int:
        """Return the row of a group, -1 where it is not listed."""
        return next((i for i, known in enumerate(self._groups) if known is group), -1)

    def title(self, group: Group) -> str:
        """Return the reading of a group."""
        return group.reading or self.tr("Later")

    def kind(self, group: Group) -> str:
        """Return what the reading is where it does not tell by itself."""
        return kind(group.reading) if needs_kind(group.reading) else ""

    def notes(self, group: Group) -> tuple[str, str, str]:
        """Return size, doubtful members and state of a group in words."""
        state = self.tr("done") if self.session.is_done(group) else ""
        if not state and group.reading in self.session.later.groups:
            state = self.tr("postponed")
        doubtful = self.tr("%n doubtful", "", group.doubtful) if group.doubtful else ""
        return self.tr("%n place(s)", "", len(group.members)), doubtful, state

    def _take_groups(self) -> None:
        self.beginResetModel()
        self._groups = list(self.session.groups)
        self.endResetModel()


class _Delegate(QStyledItemDelegate):
    """Paints the reading large, and how many places it has."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(20 * GRID, QFontMetrics(reading_font(TEXT_SIZE)).height() + GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, group = index.model(), index.data(GROUP_ROLE)
        if not isinstance(model, GroupModel) or not isinstance(group, Group):
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        colours = tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            paint_selected(painter, rect)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 4, 4)
        inner = rect.adjusted(2 * GRID, 0, -GRID, 0)
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(colours.colour("text"))
        painter.setFont(reading_font(TEXT_SIZE) if group.reading else option.font)  # type: ignore[attr-defined]
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | centre, model.title(group))
        at = inner.left() + QFontMetrics(painter.font()).horizontalAdvance(model.title(group))
        painter.setFont(option.font)  # type: ignore[attr-defined]
        painter.setPen(colours.colour("muted"))
        painter.drawText(
            QRect(at + GRID, inner.top(), inner.right() - at, inner.height()),
            Qt.AlignmentFlag.AlignLeft | centre,
            model.kind(group),
        )
        done = model.session.is_done(group)
        postponed = group.reading in model.session.later.groups
        if done or postponed:
            colour = colours.colour("reviewed" if done else "muted")
            name = "check" if done else "clock"
            picture = icon_pixmap(name, 16, painter.device().devicePixelRatioF(), colour)
            top = rect.top() + (rect.height() - 16) // 2
            painter.drawPixmap(inner.right() - 16, top, picture)
        note = inner.adjusted(0, 0, -24, 0)
        text = str(len(group.members))
        if group.doubtful and not done:
            text = f"{group.doubtful} / {text}"
        painter.drawText(note, Qt.AlignmentFlag.AlignRight | centre, text)
        painter.restore()


class GroupList(QListView):
    """The groups; choosing one shows it.

    Signals:
        chosen: The :class:`Group` that was clicked, or on which Enter was pressed.
    """

    chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._groups = GroupModel(session, self)
        self.setModel(self._groups)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setProperty("panel", True)
        self.setFixedWidth(28 * GRID)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        session.sheet_changed.connect(self._follow)
        session.groups_changed.connect(self._follow)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(GROUP_ROLE))

    def _follow(self) -> None:
        sheet = self._session.sheet
        row = -1 if sheet is None else self._groups.row_of(sheet.group)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        if row >= 0:
            self.selectionModel().setCurrentIndex(self._groups.index(row), flag)
        else:
            self.clearSelection()
