"""The command that exports, and what is said afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices

from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.message_bar import Message, MessageKind, spoken
from desktop_ocr.ui.settings import Settings
from desktop_ocr.ui.sign_off.commands import SignOffCommands

if TYPE_CHECKING:
    from desktop_ocr.ui.dialogs.export_dialog import ExportDialog
    from desktop_ocr.ui.main_window import MainWindow


class ExportCommands(QObject):
    """One method for each command, by its id.

    Args:
        window: The window.
        document: Its document.
        engine: Whose thread writes the files.
        settings: Remember the last choices.
        sign_off: Goes to what nobody has checked.

    Attributes:
        dialog: The one that is open, or None.
    """

    def __init__(
        self,
        window: MainWindow,
        document: DocumentController,
        engine: EngineController,
        settings: Settings,
        sign_off: SignOffCommands,
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._engine = window, document, engine
        self._settings, self._sign_off = settings, sign_off
        self.dialog: ExportDialog | None = None

    def export(self) -> None:
        """Ask where to export to."""
        from desktop_ocr.ui.dialogs.export_dialog import ExportDialog

        if self._document.current_page is None or self.dialog is not None:
            return
        window = self._window
        hints = window.review.lines.hints
        dialog = ExportDialog(self._document, self._engine, self._settings, hints, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.exported.connect(self._say_exported)
        dialog.show_critical.connect(self._sign_off.go_to_critical)
        dialog.finished.connect(self._forget_dialog)
        self.dialog = dialog
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _say_exported(self, path: Path, show_folder: bool) -> None:
        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

        if show_folder:
            show()

        def make() -> Message:
            said = self.tr("Exported to {path}").format(path=path)
            again = self.tr("Show in folder")
            return Message(MessageKind.SUCCESS, said, action=again, on_action=show)

        self._window.messages.show_message(spoken(make))
