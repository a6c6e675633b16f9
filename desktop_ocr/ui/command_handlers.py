"""What each command of the table does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop_ocr.document.model import LineStatus
from desktop_ocr.engine.cache import ReadingCache
from desktop_ocr.engine.correct.knowledge import LISTS, RULES
from desktop_ocr.engine.own_files import FIELDS
from desktop_ocr.errors import OutputFolderError
from desktop_ocr.paths import resource
from desktop_ocr.ui.commands import COMMANDS
from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.effort import EffortCommands
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.exporting import ExportCommands
from desktop_ocr.ui.fields.commands import FieldsCommands
from desktop_ocr.ui.message_bar import Message, MessageKind
from desktop_ocr.ui.own_folders import own_folder
from desktop_ocr.ui.page_commands import PageCommands
from desktop_ocr.ui.projects.commands import ProjectCommands
from desktop_ocr.ui.settings import Settings
from desktop_ocr.ui.sign_off.commands import SignOffCommands
from desktop_ocr.ui.text_commands import TextCommands
from desktop_ocr.ui.verify.commands import VerifyCommands

if TYPE_CHECKING:
    from desktop_ocr.ui.main_window import MainWindow

SAMPLE = "samples/xray_report.png"


class CommandHandlers(QObject):
    """One method for each command, by its id."""

    def __init__(
        self,
        window: MainWindow,
        document: DocumentController,
        engine: EngineController,
        settings: Settings,
        cache: ReadingCache,
    ) -> None:
        super().__init__(window)
        self._cache = cache
        self._window = window
        self._document, self._engine, self._settings = document, engine, settings
        # Objects with the methods of further commands, each for one area of the program.
        self.effort = EffortCommands(window, document, settings)
        self.page = PageCommands(window, document, engine)
        self.verify = VerifyCommands(window, document, engine)
        self.fields = FieldsCommands(window)
        self.sign_off = SignOffCommands(window, document, settings)
        self.text = TextCommands(window, document, engine, self.sign_off.set_reviewer)
        self.exporting = ExportCommands(window, document, engine, settings, self.sign_off)
        self._areas: tuple[QObject, ...] = (
            self.exporting,
            self.sign_off,
            self.effort,
            self.text,
            self.page,
            self.verify,
            self.fields,
            ProjectCommands(window, document, settings),
        )

    def by_id(self) -> dict[str, Callable[..., object]]:
        """Return the method of each command: of the first area that has one of its name."""
        areas = (self, *self._areas)
        return {
            command.id: next(getattr(a, command.id) for a in areas if hasattr(a, command.id))
            for command in COMMANDS
        }

    # --- file -----------------------------------------------------------------------------

    def open_files(self) -> None:
        """Ask for files and open them."""
        patterns = "*.png *.jpg *.jpeg *.bmp *.webp *.tif *.tiff *.pdf *.docr"
        known, every = self.tr("Scans, photos, PDFs and projects"), self.tr("All files")
        names, _filter = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Open files"),
            str(self._settings.folder("open")),
            f"{known} ({patterns} {patterns.upper()});;{every} (*)",
        )
        self._window.open_paths(Path(name) for name in names)

    def open_folder(self) -> None:
        """Ask for a folder and open what is in it."""
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Open folder"), str(self._settings.folder("open"))
        )
        if name:
            self._window.open_paths([Path(name)])

    def open_sample(self) -> None:
        """Open a page that we drew ourselves."""
        self._engine.open([resource(SAMPLE)])

    def paste(self) -> None:
        """Open what the clipboard holds: files or a picture."""
        if not self._window.take(QGuiApplication.clipboard().mimeData()):
            self._window.note(self.tr("There is no picture and no file in the clipboard."))

    def keep_readings(self, checked: bool) -> None:
        """Keep the text of pages that are read, or keep none and forget what was kept."""
        self._settings.keep_readings = self._cache.enabled = checked
        if not checked:
            self.forget_readings()

    def forget_readings(self) -> None:
        """Remove the kept text of all pages from this computer."""
        self._cache.clear()
        self._window.note(self.tr("Remembered readings were removed from this computer."))

    def close(self) -> None:
        """Close the window, which ends the program."""
        self._window.close()

    # --- pages and lines ------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last step, but nothing while an input method composes."""
        if not self._window.review.editor.composing:
            self._document.undo()

    def redo(self) -> None:
        """Do the step again, but nothing while an input method composes."""
        if not self._window.review.editor.composing:
            self._document.redo()

    def delete_lines(self) -> None:
        """Delete the selected lines."""
        self._document.delete_lines(self._document.selected_line_ids)

    def split_line(self) -> None:
        """Cut the line where the caret stands."""
        self._window.review.split_at_caret()

    def merge_previous(self) -> None:
        """Join the line with the one before."""
        self._window.review.merge_with_previous()

    def merge_next(self) -> None:
        """Join the line with the one after."""
        self._window.review.merge_with_next()

    def read_unread(self) -> None:
        """Read every page that was not read to its end."""
        self._engine.read_pages(self.unread_pages())

    def cancel(self) -> None:
        """Stop reading; what was read stays."""
        self._engine.cancel()

    def use_language(self, checked: bool) -> None:
        """Decode with language and lexicons, or without."""
        self._window.reading.switch("language", checked)

    def use_second(self, checked: bool) -> None:
        """Ask the second reader, or do not."""
        self._window.reading.switch("second", checked)

    def use_rules(self, checked: bool) -> None:
        """Let rules correct and suggest, or not."""
        self._window.reading.switch("rules", checked)

    def open_lists(self) -> None:
        """Show the folder with the person's own lists of terms."""
        self._open_own(LISTS)

    def open_rules(self) -> None:
        """Show the folder with the person's own rules."""
        self._open_own(RULES)

    def open_fields(self) -> None:
        """Show the folder with the person's own fields."""
        self._open_own(FIELDS)

    def _open_own(self, name: str) -> None:
        try:
            folder = own_folder(name)
        except OutputFolderError as error:
            text = self.tr("The folder cannot be made: check that you may write there.")
            message = Message(MessageKind.ERROR, text, str(error.path), detail=str(error.path))
            self._window.messages.show_message(message)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            # No program of the desktop shows folders; the person can still go there.
            self._window.note(self.tr("Your files belong into {path}").format(path=folder))

    def unread_pages(self) -> list[str]:
        """Return the pages whose reading was stopped or failed."""
        stopped = (PageState.CANCELLED, PageState.FAILED)
        pages = self._document.document.pages
        return [p.id for p in pages if self._document.page_state(p.id) in stopped]

    def previous_page(self) -> None:
        """Show the page before."""
        self._go_to_page(-1)

    def next_page(self) -> None:
        """Show the page after."""
        self._go_to_page(1)

    def previous_unreviewed_page(self) -> None:
        """Show the nearest page before that has lines to review."""
        self._go_to_page(-1, unreviewed=True)

    def next_unreviewed_page(self) -> None:
        """Show the nearest page after that has lines to review."""
        self._go_to_page(1, unreviewed=True)

    def _go_to_page(self, direction: int, *, unreviewed: bool = False) -> None:
        pages = self._document.document.pages
        index = self._document.page_index() + direction
        while 0 <= index < len(pages):
            counts = self._document.counts(pages[index].id)
            if counts.reviewed < counts.lines or not unreviewed:
                self._document.set_current_page(pages[index].id)
                return
            index += direction

    def delete_page(self) -> None:
        """Take the page in view out of the document."""
        if self._document.current_page is not None:
            self._document.delete_page()

    def next_doubtful(self) -> None:
        """Go to the next doubtful place."""
        self._window.review.next_doubtful()

    def previous_doubtful(self) -> None:
        """Go to the doubtful place before."""
        self._window.review.previous_doubtful()

    def show_alternatives(self) -> None:
        """Offer other readings of the character at the caret."""
        self._window.review.others.show_alternatives()

    def take_back_rule(self) -> None:
        """Bring back what stood where a rule changed something."""
        self._window.review.others.take_back_rule()

    def show_plain(self, checked: bool) -> None:
        """Show or hide what the recogniser alone saw."""
        self._window.review.others.show_plain(checked)

    def take_plain(self) -> None:
        """Put what the recogniser alone saw in the place of the text."""
        self._window.review.others.take_plain()

    def mark_reviewed(self) -> None:
        """Mark the selected lines as reviewed."""
        self._mark(LineStatus.REVIEWED)

    def mark_illegible(self) -> None:
        """Mark the selected lines as illegible, or take the mark away."""
        line = self._document.current_line
        illegible = line is not None and line.status is LineStatus.ILLEGIBLE
        self._mark(LineStatus.UNREVIEWED if illegible else LineStatus.ILLEGIBLE)

    def mark_unreviewed(self) -> None:
        """Mark the selected lines as not reviewed."""
        self._mark(LineStatus.UNREVIEWED)

    def _mark(self, status: LineStatus) -> None:
        document = self._document
        document.commit_pending.emit()
        page, chosen = document.current_page, set(document.selected_line_ids)
        if page is not None:
            lines = [line for line in page.lines if line.id in chosen]
            if status is LineStatus.REVIEWED:
                lines = [line for line in lines if not document.is_awaited(page.id, line)]
            document.set_status([line.id for line in lines], status)

    # --- view -----------------------------------------------------------------------------

    def switch_focus(self) -> None:
        """Move the focus from the page to the text, to further panels, to the list of pages."""
        self._window.workspace.next_part(QApplication.focusWidget())

    def zoom_in(self) -> None:
        """Make the page larger."""
        self._window.page_view.zoom_in()

    def zoom_out(self) -> None:
        """Make the page smaller."""
        self._window.page_view.zoom_out()

    def fit_page(self) -> None:
        """Show all of the page."""
        self._window.page_view.fit_page()

    def fit_width(self) -> None:
        """Show the whole width of the page."""
        self._window.page_view.fit_width()

    def actual_size(self) -> None:
        """Show one pixel of the page on one of the screen."""
        self._window.page_view.actual_size()

    def show_boxes(self, checked: bool) -> None:
        """Show or hide the boxes of lines."""
        self._window.page_view.show_boxes(checked)

    def show_thumbnails(self, _checked: bool) -> None:
        """Show or hide the list of pages."""
        self._window.follow()

    def show_review(self, _checked: bool) -> None:
        """Show or hide the lines with their editor."""
        self._window.follow()

    def larger_text(self) -> None:
        """Make the text that is checked larger."""
        self._change_text_size(1)

    def smaller_text(self) -> None:
        """Make the text that is checked smaller."""
        self._change_text_size(-1)

    def _change_text_size(self, step: int) -> None:
        if self._window.review.change_text_size(step):
            self._settings.text_size += step

    def full_screen(self, checked: bool) -> None:
        """Fill the screen, or leave that again."""
        window, full = self._window, Qt.WindowState.WindowFullScreen
        state = window.windowState()
        window.setWindowState(state | full if checked else state & ~full)

    def show_shortcuts(self) -> None:
        """Show the sheet of shortcuts; there is one at a time."""
        from desktop_ocr.ui.dialogs.shortcuts_dialog import ShortcutsDialog

        dialog = self._window.findChild(ShortcutsDialog)
        if not isinstance(dialog, ShortcutsDialog):
            dialog = ShortcutsDialog(self._window.commands, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def show_about(self) -> None:
        """Show what the program is."""
        from desktop_ocr.ui.dialogs.about_dialog import AboutDialog

        dialog = AboutDialog(self._engine.model_id, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
