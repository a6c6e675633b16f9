"""The list of pages: small pictures, how far each is read and reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from PySide6.QtCore import (
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
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_ocr.document.model import Page, Review
from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.icons import icon_pixmap
from desktop_ocr.ui.page_store import MOST_DECODED
from desktop_ocr.ui.sign_off.words import signed_text
from desktop_ocr.ui.theme import GRID, Tokens, tokens

PICTURE_HEIGHT = 136
MOST_WIDTH = 160
RING = 22
"""Diameter of the badge in device-independent pixels."""

PAGE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The :class:`PageEntry` of a row."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PageEntry:
    """What a row shows.

    Attributes:
        page_id: The page.
        name: The file's name, with the number of the page where the file has several.
        state: How far the reading is.
        lines: Number of lines.
        read: How many of them the machine has read.
        reviewed: How many of them a person has dealt with.
        sign_off: Who signed the page off; None where nobody has.
    """

    page_id: str
    name: str
    state: PageState
    lines: int
    read: int
    reviewed: int
    sign_off: Review | None = None

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to review."""
        return self.state is PageState.DONE and self.reviewed == self.lines


class PageModel(QAbstractListModel):
    """One row a page, in the order of the document."""

    def __init__(self, controller: DocumentController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._ids: list[str] = [page.id for page in controller.document.pages]
        controller.page_added.connect(self._follow)
        controller.page_removed.connect(self._follow)
        controller.replaced.connect(self._start_again)
        for signal in (
            controller.lines_changed,
            controller.page_state_changed,
            controller.page_image_ready,
        ):
            signal.connect(self._update)
        controller.line_changed.connect(self._update)
        controller.texts_changed.connect(self._update)

    def row_of(self, page_id: str) -> int:
        """Return the row of a page, -1 where it is not listed."""
        return self._ids.index(page_id) if page_id in self._ids else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        page = self._controller.find_page(self._ids[index.row()])
        if page is None:
            return None
        entry = self._entry(page)
        if role == PAGE_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{index.row() + 1}. {entry.name}\n{self._state_text(entry)}"
        return None

    def _entry(self, page: Page) -> PageEntry:
        several = page.page > 1 or any(
            other.file == page.file and other.page > 1 for other in self._controller.document.pages
        )
        file = PurePath(page.file).name
        name = f"{file} · {page.page}" if several else file
        counts = self._controller.counts(page.id)
        state = self._controller.page_state(page.id)
        return PageEntry(
            page.id, name, state, counts.lines, counts.read, counts.reviewed, page.sign_off
        )

    def _state_text(self, entry: PageEntry) -> str:
        """Return a state in words."""
        if entry.state is PageState.FAILED:
            return self._controller.page_message(entry.page_id) or self.tr("Reading failed")
        if entry.state is PageState.WAITING:
            return self.tr("Waiting to be read")
        if entry.state is PageState.READING:
            return self.tr("Being read: {0} of {1} lines").format(entry.read, entry.lines)
        reviewed = self.tr("{0} of {1} lines reviewed").format(entry.reviewed, entry.lines)
        if entry.sign_off is not None:
            reviewed += "\n" + signed_text(entry.sign_off)
        if entry.state is PageState.CANCELLED:
            return self.tr("Reading was cancelled") + "\n" + reviewed
        return reviewed

    def _start_again(self) -> None:
        self.beginResetModel()
        self._ids = [page.id for page in self._controller.document.pages]
        self.endResetModel()

    def _follow(self) -> None:
        wanted = [page.id for page in self._controller.document.pages]
        for row in reversed(range(len(self._ids))):
            if self._ids[row] not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._ids[row]
                self.endRemoveRows()
        for row, page_id in enumerate(wanted):
            if row >= len(self._ids) or self._ids[row] != page_id:
                self.beginInsertRows(QModelIndex(), row, row)
                self._ids.insert(row, page_id)
                self.endInsertRows()
        # Names and numbers of the others depend on what came or went.
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def _update(self, page_id: str) -> None:
        row = self.row_of(page_id)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))


class PageDelegate(QStyledItemDelegate):
    """Paints a page: picture, badge, number and name."""

    def __init__(self, controller: DocumentController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._pictures: dict[tuple[str, int, int], QPixmap] = {}

    def forget(self, page_id: str) -> None:
        """Let go of the pictures of a page that is gone or was loaded again."""
        for key in [key for key in self._pictures if key[0] == page_id]:
            del self._pictures[key]

    def forget_all(self) -> None:
        """Let go of the pictures of a document that is no longer open."""
        self._pictures.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = QFontMetrics(option.font).height()  # type: ignore[attr-defined]
        return QSize(GRID * 12, PICTURE_HEIGHT + 2 * text + 4 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(PAGE_ROLE)
        if not isinstance(entry, PageEntry):
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        colours = tokens()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(rect).adjusted(GRID, GRID / 2, -GRID, -GRID / 2)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("selection" if selected else "hover"))
            painter.drawRoundedRect(ground, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground, 6, 6)
        room = QRectF(ground.left(), ground.top() + GRID, ground.width(), PICTURE_HEIGHT)
        picture = self._paint_picture(painter, room, entry, colours, selected=selected)
        self._paint_badge(painter, picture, entry, colours)
        font = option.font  # type: ignore[attr-defined]
        metrics = QFontMetrics(font)
        painter.setFont(font)
        width = round(ground.width()) - GRID
        top = round(room.bottom()) + GRID // 2
        name = metrics.elidedText(entry.name, Qt.TextElideMode.ElideMiddle, width)
        left = round(ground.left()) + GRID // 2
        painter.setPen(colours.colour("text"))
        row = QRect(left, top, width, metrics.height())
        painter.drawText(row, Qt.AlignmentFlag.AlignHCenter, name)
        painter.setPen(colours.colour("muted"))
        count = f"{index.row() + 1}"
        if entry.sign_off is not None:
            count += "   ·   " + self.tr("signed")
        elif entry.lines and entry.state in (PageState.DONE, PageState.CANCELLED):
            count += f"   ·   {entry.reviewed}/{entry.lines}"
        row.translate(0, metrics.height())
        painter.drawText(row, Qt.AlignmentFlag.AlignHCenter, count)
        painter.restore()

    def _paint_picture(
        self,
        painter: QPainter,
        room: QRectF,
        entry: PageEntry,
        colours: Tokens,
        *,
        selected: bool,
    ) -> QRectF:
        width = min(room.width() - 2 * GRID, MOST_WIDTH)
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._picture(entry.page_id, round(width * ratio), round(room.height() * ratio))
        if pixmap is None:
            size = QSize(round(room.height() * 0.7), round(room.height()))
            size.scale(round(width), round(room.height()), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
        else:
            place = QRectF(0, 0, pixmap.width() / ratio, pixmap.height() / ratio)
        place.moveCenter(room.center())
        if pixmap is None:
            painter.fillRect(place, colours.colour("raised"))
        else:
            painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
        if entry.state in (PageState.WAITING, PageState.READING):
            painter.fillRect(place, colours.colour("window", 0.45))
        accent = QPen(colours.colour("accent" if selected else "border"), 2 if selected else 1)
        painter.setPen(accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))
        return place

    def _picture(self, page_id: str, width: int, height: int) -> QPixmap | None:
        key = (page_id, width, height)
        if key not in self._pictures:
            image = self._controller.thumbnail(page_id)
            if image is None:
                return None
            self.forget(page_id)
            scaled = image.scaled(
                width,
                height,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._pictures[key] = QPixmap.fromImage(scaled)
            while len(self._pictures) > MOST_DECODED:  # the oldest go: nobody sees so many
                del self._pictures[next(iter(self._pictures))]
        return self._pictures[key]

    def _paint_badge(
        self, painter: QPainter, picture: QRectF, entry: PageEntry, colours: Tokens
    ) -> None:
        """Draw the state at the lower right corner: each has its own shape, not just colour."""
        place = QRectF(0, 0, RING, RING)
        place.moveBottomRight(picture.bottomRight() + QPointF(RING / 3, RING / 3))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("raised"))
        painter.drawEllipse(place.adjusted(-2, -2, 2, 2))
        if entry.state is PageState.FAILED:
            self._paint_icon(painter, place, "triangle-alert", colours, "error")
        elif entry.state is PageState.CANCELLED:
            self._paint_icon(painter, place, "circle-x", colours, "muted")
        elif entry.state is PageState.WAITING:
            self._paint_icon(painter, place, "clock", colours, "muted")
        elif entry.state is PageState.READING:
            share = entry.read / entry.lines if entry.lines else 0.0
            self._paint_ring(painter, place, max(share, 0.04), colours, "accent")
        elif entry.sign_off is not None:
            self._paint_icon(painter, place, "badge-check", colours, "reviewed")
        elif entry.is_done:
            self._paint_icon(painter, place, "circle-check", colours, "reviewed")
        else:
            self._paint_ring(painter, place, entry.reviewed / entry.lines, colours, "reviewed")

    def _paint_icon(
        self, painter: QPainter, place: QRectF, name: str, colours: Tokens, colour: str
    ) -> None:
        size = RING - 4
        ratio = painter.device().devicePixelRatioF()
        pixmap = icon_pixmap(name, size, ratio, colours.colour(colour))
        painter.drawPixmap(place.center() - QPointF(size / 2, size / 2), pixmap)

    def _paint_ring(
        self, painter: QPainter, place: QRectF, share: float, colours: Tokens, colour: str
    ) -> None:
        ring = place.adjusted(3, 3, -3, -3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.colour("edge", 0.5), 3))
        painter.drawEllipse(ring)
        if share > 0:
            pen = QPen(colours.colour(colour), 3)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawArc(ring, 90 * 16, -round(share * 360 * 16))


class ThumbnailList(QListView):
    """The pages of the document; the current one is selected."""

    def __init__(self, controller: DocumentController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._pages = PageModel(controller, self)
        self._delegate = PageDelegate(controller, self)
        self.setModel(self._pages)
        self.setItemDelegate(self._delegate)
        self.setProperty("panel", True)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        controller.current_page_changed.connect(self._show_current)
        controller.replaced.connect(self._delegate.forget_all)
        controller.page_removed.connect(self._delegate.forget)
        controller.page_image_ready.connect(self._delegate.forget)
        self.selectionModel().currentChanged.connect(self._choose)
        self._retranslate()
        page = controller.current_page
        self._show_current("" if page is None else page.id)

    def _show_current(self, page_id: str) -> None:
        row = self._pages.row_of(page_id)
        if row != self.currentIndex().row():
            self.setCurrentIndex(self._pages.index(row) if row >= 0 else QModelIndex())

    def _choose(self, current: QModelIndex) -> None:
        entry = current.data(PAGE_ROLE) if current.isValid() else None
        if isinstance(entry, PageEntry):
            self._controller.set_current_page(entry.page_id)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Pages"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.viewport().update()
