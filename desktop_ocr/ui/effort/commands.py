"""Counts what the person does in the window, and shows it where they ask for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop_ocr.document.model import LineStatus
from desktop_ocr.errors import OutputError
from desktop_ocr.ui.changes import Change, Way
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.effort.counts import EffortCounter, corrected_places
from desktop_ocr.ui.effort.csv_file import Row, csv_bytes
from desktop_ocr.ui.effort.watch import Watch
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.history import STRUCTURAL, Step
from desktop_ocr.ui.message_bar import Message, MessageKind
from desktop_ocr.ui.projects.projects import EFFORT
from desktop_ocr.ui.settings import Settings

if TYPE_CHECKING:
    from desktop_ocr.ui.effort.dialog import EffortDialog
    from desktop_ocr.ui.main_window import MainWindow

_BY_MACHINE = {Step.READ_LINES, Step.READ_PAGE}
_SHAPING = (STRUCTURAL | {Step.MOVE}) - _BY_MACHINE


class EffortCommands(QObject):
    """The commands of the effort, and the counting behind them.

    Attributes:
        counter: What was counted.
    """

    def __init__(
        self, window: MainWindow, document: DocumentController, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._settings = window, document, settings
        self.counter = EffortCounter()
        self._watch = Watch(window)
        self._watch.acted.connect(self._on_act)
        document.changed.connect(self._on_change)
        window.projects.effort = self._for_project
        window.projects.shown.connect(self._on_project)
        self._dialog: EffortDialog | None = None
        self._switch(settings.count_effort)

    def _switch(self, on: bool) -> None:
        self._settings.count_effort = on
        self._watch.set_on(on)
        self.counter.rest()

    def _on_act(self, keystrokes: int) -> None:
        self.counter.act(self._page_in_work(), keystrokes)
        if self._dialog is not None:
            self._dialog.refresh_soon()

    def _page_in_work(self) -> str:
        """Return the page that the person works at; "" where there is none."""
        over, page = self._window.workspace.over, self._document.current_page
        if over is not None:
            from desktop_ocr.ui.verify.view import VerifyView  # the one that put it there

            if isinstance(over, VerifyView) and over.session.occurrence is not None:
                return over.session.occurrence.page_id
        return "" if page is None else page.id

    def _on_change(self, change: Change) -> None:
        step = change.step
        if not self._settings.count_effort or step is None or change.way is not Way.DONE:
            return
        if step in _BY_MACHINE:
            return
        for page in change.pages:
            if page.before is not None and page.after is not None:
                places = corrected_places(page.before.lines, page.after.lines)
                self.counter.correct(page.page_id, 1 if step in _SHAPING else places)

    def _for_project(self) -> dict[str, list[float]]:
        pages = {page.id for page in self._document.document.pages}
        return {i: numbers for i, numbers in self.counter.as_json().items() if i in pages}

    def _on_project(self, _opened: object) -> None:
        self.counter.take_json(self._window.projects.keeper.options.get(EFFORT))
        self._fill()

    # --- what the person sees -----------------------------------------------------------------

    def show_effort(self) -> None:
        """Show what each page took; the table stays beside the window."""
        if self._dialog is None:
            from desktop_ocr.ui.effort.dialog import EffortDialog

            dialog = self._dialog = EffortDialog(self._settings.count_effort, self._window)
            dialog.switched.connect(self._switch)
            dialog.cleared.connect(self._clear)
            dialog.export_requested.connect(self._export)
            dialog.needed.connect(self._fill)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def _fill(self) -> None:
        if self._dialog is not None:
            self._dialog.show_pages([(row.number, row.effort) for row in self.rows()])

    def _clear(self) -> None:
        self.counter.clear()
        self._fill()

    def rows(self) -> list[Row]:
        """Return the pages that were worked at, in the order of the document."""
        rows = []
        for number, page in enumerate(self._document.document.pages, start=1):
            effort = self.counter.of(page.id)
            if effort.keystrokes or effort.corrections or effort.seconds:
                reviewed = sum(line.status is not LineStatus.UNREVIEWED for line in page.lines)
                name = Path(page.file).name
                rows.append(Row(number, name, len(page.lines), reviewed, effort))
        return rows

    def _export(self) -> None:
        from desktop_ocr.export.atomic import write_atomically

        name, table = self.tr("effort"), self.tr("Table")
        chosen, _filter = QFileDialog.getSaveFileName(
            self._dialog,
            self.tr("Export effort"),
            str(self._settings.folder("export") / f"{name}.csv"),
            f"{table} (*.csv)",
        )
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix.lower() == ".csv" else path.with_name(f"{path.name}.csv")
        heading = [
            self.tr("Page"),
            self.tr("File"),
            self.tr("Lines"),
            self.tr("Reviewed lines"),
            self.tr("Keystrokes"),
            self.tr("Corrections"),
            self.tr("Active seconds"),
        ]
        try:
            # The system's dialog has asked before it gave the name of a file that is there; one
            # that only the suffix makes the same is not overwritten.
            overwrite = path == Path(chosen)
            write_atomically(path, [csv_bytes(heading, self.rows())], overwrite=overwrite)
        except OutputError as error:
            message = Message(MessageKind.ERROR, error_text(error), path.name, detail=str(path))
        else:
            text = self.tr("Exported to {path}").format(path=path)
            message = Message(MessageKind.SUCCESS, text)
        self._window.messages.show_message(message)
