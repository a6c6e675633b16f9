"""How rows of the paper lie in the text area of a Word file."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from desktop_ocr.export.rows import Placed

if TYPE_CHECKING:  # python-docx takes long to import: it is imported where it is used
    from docx.text.paragraph import Paragraph

MARGIN_CM = 2.5
TEXT_WIDTH_CM = 21.0 - 2 * MARGIN_CM
SAME_COLUMN_CM = 0.5
CELLS, HEADING, NOTE = "OCR Cells", "OCR Heading", "OCR Note"
"""Our paragraph styles, so that a person can restyle all rows of cells or notes at once."""


class Frame:
    """The text area of a page and how its rows lie in it."""

    def __init__(self, rows: list[list[Placed]]) -> None:
        cells = [cell for row in rows for cell in row]
        self._left = min(cell.start for cell in cells)
        self._width = max(max(cell.end for cell in cells) - self._left, 1.0)
        self._height = median(cell.bottom - cell.top for cell in cells)
        self._stops: list[float] = []

    def lay_out(self, paragraph: Paragraph, row: list[Placed]) -> None:
        """Set tab stops where the cells stand on the paper; centre what is centred there."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Cm

        if len(row) == 1:
            if self._centred(row[0]):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            return
        places = [self._stop(self._place(cell) * TEXT_WIDTH_CM) for cell in row]
        if places[0] > 0.03 * TEXT_WIDTH_CM:
            paragraph.paragraph_format.left_indent = Cm(places[0])
        for place in dict.fromkeys(places[1:]):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(place))

    def style(self, row: list[Placed]) -> str:
        """Return the name of the style for a row, empty for the ordinary one."""
        if len(row) > 1:
            return CELLS
        large = row[0].bottom - row[0].top > 1.2 * self._height
        return HEADING if large and self._centred(row[0]) else ""

    def _stop(self, place: float) -> float:
        """Return a tab stop (cm) near a place; cells of one column share theirs."""
        nearest = min(self._stops, key=lambda stop: abs(stop - place), default=place)
        if not self._stops or abs(nearest - place) > SAME_COLUMN_CM:
            nearest = round(place, 2)
            self._stops.append(nearest)
        return nearest

    def _place(self, cell: Placed) -> float:
        return min(max((cell.start - self._left) / self._width, 0.0), 1.0)

    def _centred(self, cell: Placed) -> bool:
        left, right = self._place(cell), (cell.end - self._left) / self._width
        return left > 0.15 and abs((left + right) / 2 - 0.5) < 0.02
