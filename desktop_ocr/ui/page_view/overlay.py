"""The outlines of the lines of the page in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene

from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.doubt import Tier, shown_characters, shown_tiers
from desktop_ocr.ui.page_view.frame import Frame
from desktop_ocr.ui.page_view.items import LineItem, look_of
from desktop_ocr.ui.page_view.shaping import Handle

if TYPE_CHECKING:
    from desktop_ocr.document.geometry import Quad
    from desktop_ocr.document.model import Page

SLACK = 3.0
"""How far beside a box a click still counts, in screen pixels."""


class Overlay:
    """Keeps one outline a line in the scene, and each in step with the document.

    Attributes:
        page_id: The page in view, "" when there is none.
        frame: Which pixels of it the scene shows.
    """

    def __init__(self, scene: QGraphicsScene, controller: DocumentController) -> None:
        self.page_id = ""
        self.frame = Frame()
        self._scene = scene
        self._controller = controller
        self._items: dict[str, LineItem] = {}
        self._hovered: LineItem | None = None
        self._marked: set[str] = set()
        self._shown = True
        self._pixel = 1.0

    @property
    def shown(self) -> bool:
        """Whether boxes can be seen."""
        return self._shown

    def item(self, line_id: str) -> LineItem | None:
        """Return the outline of a line."""
        return self._items.get(line_id)

    def current(self) -> LineItem | None:
        """Return the outline of the current line."""
        selected = self._controller.selected_line_ids
        return self._items.get(selected[-1]) if selected else None

    def show_page(self, page: Page | None, frame: Frame) -> None:
        """Show the lines of another page.

        Args:
            page: The page; None for none.
            frame: Which pixels of it the scene shows.
        """
        self.set_hovered(None)
        for item in self._items.values():
            self._scene.removeItem(item)
        self._items.clear()
        self.page_id = "" if page is None else page.id
        self.frame = frame
        if page is not None:
            self.take_lines(page)

    def take_lines(self, page: Page) -> None:
        """Follow a change of the set of lines; outlines of lines that stay are kept."""
        standing = {line.id for line in page.lines}
        for line_id in [i for i in self._items if i not in standing]:
            item = self._items.pop(line_id)
            if item is self._hovered:
                self._hovered = None
            self._scene.removeItem(item)
        kept = self._items
        self._items = {}
        for line in page.lines:
            quad = self.frame.shown(line.quad)
            item = kept.get(line.id) or LineItem(line.id, quad, self._pixel)
            if line.id not in kept:
                item.setVisible(self._shown)
                self._scene.addItem(item)
            self._items[line.id] = item
            item.set_quad(quad)
            self._update_look(item)

    def take_line(self, line_id: str) -> None:
        """Follow a change of one line."""
        item = self._items.get(line_id)
        if item is not None:
            page = self._controller.document.page(self.page_id)
            item.set_quad(self.frame.shown(page.line(line_id).quad))
            self._update_look(item)

    def update_looks(self) -> None:
        """Follow a change of what counts as doubtful or read."""
        for item in self._items.values():
            self._update_look(item)

    def _update_look(self, item: LineItem) -> None:
        controller = self._controller
        line = controller.document.page(self.page_id).line(item.line_id)
        state = controller.page_state(self.page_id)
        doubtful = controller.is_doubtful(line)
        item.set_look(
            look_of(
                line,
                doubtful=doubtful,
                doubt=controller.doubt,
                reading=state in (PageState.WAITING, PageState.READING),
            )
        )
        tiers = zip(shown_tiers(line, controller.doubt), shown_characters(line), strict=True)
        # A character of several code points stands behind each of them.
        spots = {c.quad: t for t, c in tiers if c and c.quad and t in (Tier.HIGH, Tier.MID)}
        shown = self.frame.shown
        item.set_spots(tuple((t, shown(q)) for q, t in spots.items()) if doubtful else ())

    def show_selection(self, *, handles: bool) -> None:
        """Mark the selected lines.

        Args:
            handles: A single selected line can be resized.
        """
        selected = self._controller.selected_line_ids
        current = selected[-1] if selected else ""
        for line_id in self._marked.union(selected):
            item = self._items.get(line_id)
            if item is not None:
                is_current = line_id == current
                item.set_selected(
                    line_id in selected,
                    current=is_current,
                    handles=handles and is_current and len(selected) == 1,
                )
        self._marked = set(selected)

    def set_shown(self, shown: bool) -> None:
        """Draw boxes or leave the paper bare."""
        self._shown = shown
        for item in self._items.values():
            item.setVisible(shown)

    def set_pixel(self, pixel: float) -> None:
        """Take over another zoom: page pixels for one screen pixel."""
        self._pixel = pixel
        for item in self._items.values():
            item.set_pixel(pixel)

    def set_hovered(self, item: LineItem | None) -> None:
        """Mark the box under the pointer."""
        if item is not self._hovered:
            if self._hovered is not None:
                self._hovered.set_hovered(False)
            self._hovered = item
            if item is not None:
                item.set_hovered(True)

    def item_at(self, point: QPointF) -> LineItem | None:
        """Return the box at a point of the scene: the current one, else the smallest there."""
        current = self.current()
        if self._shown and current is not None and current.contains_point(point, self._slack):
            return current
        return self.smallest_at(point)

    def smallest_at(self, point: QPointF) -> LineItem | None:
        """Return the smallest box at a point of the scene."""
        if not self._shown:
            return None
        under = [item for item in self._items.values() if item.contains_point(point, self._slack)]
        return min(under, key=lambda item: item.quad.area, default=None)

    @property
    def _slack(self) -> float:
        return SLACK * self._pixel

    def handle_at(self, point: QPointF) -> Handle | None:
        """Return the handle of the current box at a point of the scene."""
        current = self.current()
        return None if current is None or not self._shown else current.handle_at(point)

    def quads(self) -> list[Quad]:
        """Return the boxes as they are drawn, in reading order."""
        return [item.quad for item in self._items.values()]

    def lines_in(self, rect: QRectF) -> list[str]:
        """Return the lines that a rectangle of the scene touches, in reading order."""
        if not self._shown:
            return []
        return [i for i, item in self._items.items() if item.shape().intersects(rect)]
