"""What the commands of the page and its boxes do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_ocr.errors import DesktopOcrError
from desktop_ocr.ui.box_edits import join_lines
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.light_panel import LightPanel
from desktop_ocr.ui.light_presets import LightPresets
from desktop_ocr.ui.message_bar import Message, MessageKind
from desktop_ocr.ui.page_view import Tool

if TYPE_CHECKING:
    from desktop_ocr.ui.main_window import MainWindow
    from desktop_ocr.ui.reading_queue import Progress
    from desktop_ocr.ui.settings import Settings
    from desktop_ocr.ui.workspace import Workspace

TOOLS = {"draw_box": Tool.DRAW, "cut_box": Tool.CUT, "edit_order": Tool.ORDER}
"""The commands that choose what the mouse does on the page."""


class PageCommands(QObject):
    """One method for each command, by its id."""

    def __init__(
        self, window: MainWindow, document: DocumentController, engine: EngineController
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._engine = window, document, engine
        engine.light.failed.connect(self.say_not_straightened)

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
            self._window.note(
                self.tr("Select the lines to join first: Ctrl+click, or Shift+Down in their list.")
            )

    # --- reading --------------------------------------------------------------------------

    def read_page(self) -> None:
        """Read the page in view again."""
        page = self._document.current_page
        if page is not None:
            self._engine.read_pages([page.id], overwrite=self._take_reviewed())

    def read_lines(self) -> None:
        """Read the selected lines again."""
        page = self._document.current_page
        if page is not None:
            chosen = self._document.selected_line_ids
            self._engine.read_lines(page.id, chosen, overwrite=self._take_reviewed())

    def read_reviewed(self, _checked: bool) -> None:
        """Let the next reading take in lines that a person reviewed or changed."""

    def _take_reviewed(self) -> bool:
        """Say whether reviewed lines are read too; that holds once."""
        switch = self._window.commands["read_reviewed"]
        wanted = switch.isChecked()
        switch.setChecked(False)
        return wanted

    def pause(self, checked: bool) -> None:
        """Let reading wait after the line under way, or go on."""
        self._engine.pause(checked)

    def follow_progress(self, progress: Progress) -> None:
        """Check the command while reading is paused."""
        self._window.commands["pause"].setChecked(progress.paused)

    # --- light ----------------------------------------------------------------------------

    def add_light(self, workspace: Workspace, settings: Settings) -> LightPanel:
        """Add the panel of light and geometry, and take over what was chosen for all pages."""
        presets = LightPresets(settings, self)
        presets.failed.connect(self._say_not_kept)
        self._engine.light.set_usual(presets.usual)
        light = LightPanel(self._document, self._engine.light, presets)
        light.read_wanted.connect(self.read_page)
        workspace.add_light(light)
        workspace.failed.watch(self._engine)
        return light

    def _say_not_kept(self, error: DesktopOcrError) -> None:
        self._window.messages.show_message(Message(MessageKind.ERROR, error_text(error)))

    def show_light(self, checked: bool) -> None:
        """Show or hide the panel of light and geometry; its work is seen straightened."""
        self._window.follow()
        if checked and not self._window.page_view.is_straightened:
            self._window.commands["show_straightened"].trigger()

    def show_straightened(self, checked: bool) -> None:
        """Show pages straightened and evenly lit, or as they are in their files."""
        self._engine.light.try_again()
        self._window.page_view.show_straightened(self._engine.light if checked else None)

    def say_not_straightened(self, page_id: str, error: DesktopOcrError) -> None:
        """Say why a page cannot be shown straightened; its original is shown."""
        page = self._document.find_page(page_id)
        name = "" if page is None else page.file
        self._window.messages.show_message(Message(MessageKind.ERROR, error_text(error), name))
        if self._window.page_view.is_straightened:
            self._window.commands["show_straightened"].trigger()
