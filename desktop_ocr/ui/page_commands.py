"""What the commands of the page and its boxes do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_ocr.ui.box_edits import join_lines
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.page_view import Tool

if TYPE_CHECKING:
    from desktop_ocr.ui.main_window import MainWindow

TOOLS = {"draw_box": Tool.DRAW, "cut_box": Tool.CUT, "edit_order": Tool.ORDER}
"""The commands that choose what the mouse does on the page."""


class PageCommands(QObject):
    """One method for each command, by its id."""

    def __init__(self, window: MainWindow, document: DocumentController) -> None:
        super().__init__(window)
        self._window, self._document = window, document

    # --- boxes ----------------------------------------------------------------------------

    def draw_box(self, checked: bool) -> None:
        """Switch between drawing boxes and selecting them."""
        self._choose(Tool.DRAW, checked)

    def cut_box(self, checked: bool) -> None:
        """Switch between cutting boxes and selecting them."""
        self._choose(Tool.CUT, checked)

    def edit_order(self, checked: bool) -> None:
        """Show the reading order and let it be changed, or go back to selecting boxes."""
        self._choose(Tool.ORDER, checked)

    def _choose(self, tool: Tool, checked: bool) -> None:
        view = self._window.page_view
        if checked and tool is not Tool.DRAW:
            self._window.commands["show_boxes"].setChecked(True)
            view.show_boxes(True)  # what cannot be seen cannot be cut or put in order
        view.set_tool(tool if checked else Tool.SELECT)

    def follow_tool(self, tool: Tool) -> None:
        """Check the command of the tool that is chosen now."""
        for command_id, of in TOOLS.items():
            self._window.commands[command_id].setChecked(of is tool)

    def join_boxes(self) -> None:
        """Join the selected lines into one."""
        if not join_lines(self._document, self._document.selected_line_ids):
            self._window.note(self.tr("Select the boxes to join first, with Ctrl+click."))
