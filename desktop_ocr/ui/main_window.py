"""The shell: menus, toolbar, panels, status; it only connects, all work is done elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.engine.cache import ReadingCache
from desktop_ocr.errors import ModelError
from desktop_ocr.ui.actions import Actions
from desktop_ocr.ui.command_handlers import CommandHandlers
from desktop_ocr.ui.commands import COMMANDS, Menu, Need, plain, translated
from desktop_ocr.ui.dialogs.closing_dialog import Answer, ClosingDialog
from desktop_ocr.ui.dialogs.export_dialog import ExportDialog
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.failure import Failure
from desktop_ocr.ui.i18n import LanguageManager
from desktop_ocr.ui.incoming import dropped_paths, dropped_picture, is_welcome
from desktop_ocr.ui.jobs import Job
from desktop_ocr.ui.keys import Keys
from desktop_ocr.ui.look_menus import LookMenus
from desktop_ocr.ui.menus import menus, tool_bar
from desktop_ocr.ui.message_bar import Message, MessageBar, MessageKind
from desktop_ocr.ui.page_view import PageView
from desktop_ocr.ui.reading_choices import ReadingChoices
from desktop_ocr.ui.review import ReviewPanel
from desktop_ocr.ui.settings import Settings
from desktop_ocr.ui.status_panel import StatusPanel
from desktop_ocr.ui.theme import GRID
from desktop_ocr.ui.thumbnails import ThumbnailList
from desktop_ocr.ui.welcome import DropOverlay, Welcome


class MainWindow(QMainWindow):
    """The window of the program.

    Attributes:
        commands: Every command as an action.
        page_view: The page with its boxes.
        review: The lines with their editor.
        thumbnails: The pages.
        messages: Rows above the page for what went wrong.
        reading: How pages are read.
        look: The language of the window and its colours.
    """

    def __init__(
        self,
        document: DocumentController,
        engine: EngineController,
        settings: Settings,
        language: LanguageManager,
        cache: ReadingCache,
    ) -> None:
        super().__init__()
        self._document, self._engine = document, engine
        self._settings, self._language = settings, language
        self._may_close = False
        self._question: ClosingDialog | None = None
        self._export_dialog: ExportDialog | None = None
        self._close_after_export = False
        self.setAcceptDrops(True)
        self.setMinimumSize(90 * GRID, 60 * GRID)

        self._handlers = CommandHandlers(self, document, engine, settings, cache)
        self.commands = Actions(self, self._handlers.by_id(), Keys(settings))
        self.page_view = PageView(document)
        self.review = ReviewPanel(document)
        self.thumbnails = ThumbnailList(document)
        self.messages = MessageBar()
        self.status = StatusPanel(document, self.commands["cancel"])
        self._build_panels()
        self._build_menus()
        self.setStatusBar(self.status)
        self._overlay = DropOverlay(self)
        self._connect()
        self._restore()
        self._retranslate()
        self.follow()

    # --- building -------------------------------------------------------------------------

    def _build_panels(self) -> None:
        self._panels = QSplitter(Qt.Orientation.Horizontal)
        self._panels.setChildrenCollapsible(False)
        self.thumbnails.setMinimumWidth(15 * GRID)
        self.page_view.setMinimumWidth(26 * GRID)
        for widget, stretch in ((self.thumbnails, 0), (self.page_view, 1), (self.review, 1)):
            self._panels.addWidget(widget)
            self._panels.setStretchFactor(self._panels.count() - 1, stretch)
        commands = self.commands
        self._welcome = Welcome(
            commands["open_files"],
            [commands["open_folder"], commands["paste"], commands["open_sample"]],
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._welcome)
        self._stack.addWidget(self._panels)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.messages)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(central)
        # The window takes every drop; a text field would insert the file's name instead.
        for child in central.findChildren(QWidget):
            child.setAcceptDrops(False)

    def _build_menus(self) -> None:
        self.addToolBar(tool_bar(self.commands))
        self._menus = menus(self, self.commands)
        view = self._menus[Menu.VIEW]
        view.addSeparator()
        self.look = LookMenus(view, self._settings, self._language)
        self.reading = ReadingChoices(
            self._document,
            self._engine,
            self._settings,
            self.commands,
            self._menus[Menu.READING],
        )
        for action in (*self.commands.of_view(), *self.commands.of_box()):
            self.page_view.addAction(action)
        self.page_view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _connect(self) -> None:
        document, engine = self._document, self._engine
        for signal in (
            document.page_added,
            document.page_removed,
            document.current_page_changed,
            document.current_line_changed,
            document.lines_changed,
            document.page_state_changed,
            document.undo_stack.indexChanged,
            document.undo_stack.cleanChanged,
            document.pending_changed,
            engine.busy_changed,
        ):
            signal.connect(self.follow)
        engine.busy_changed.connect(self.status.set_busy)
        engine.progress_changed.connect(self.status.set_progress)
        engine.failure.connect(self._show_failure)
        engine.opening_stopped.connect(self._say_not_all_opened)
        engine.nothing_found.connect(self._say_nothing_found)
        engine.lines_kept.connect(self._say_lines_kept)
        self.page_view.zoom_changed.connect(self.status.set_zoom)
        self.page_view.tool_changed.connect(self._handlers.page.follow_tool)
        self.page_view.line_clicked.connect(self.review.put_caret)
        self.page_view.line_activated.connect(self._edit_line)
        self.page_view.boxes_shown_changed.connect(self.commands["show_boxes"].setChecked)
        self.review.doubtful_exhausted.connect(self._say_no_doubt)
        self.reading.rules_changed.connect(self.review.others.set_rules)
        self.reading.page_outdated.connect(self._offer_to_read_again)
        self.reading.model_gone.connect(self._say_model_gone)
        self.reading.start()

    def _restore(self) -> None:
        settings = self._settings
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(screen.width() * 9 // 10, screen.height() * 9 // 10)
        if not self.restoreGeometry(settings.bytes("window/geometry")):
            self.setWindowState(Qt.WindowState.WindowMaximized)
        if not self._panels.restoreState(settings.bytes("window/panels")):
            self._panels.setSizes([20 * GRID, 90 * GRID, 76 * GRID])
        for _ in range(abs(settings.text_size)):
            self.review.change_text_size(1 if settings.text_size > 0 else -1)
        self.page_view.show_boxes(settings.show_boxes)
        self.commands["show_boxes"].setChecked(settings.show_boxes)
        self.commands["keep_readings"].setChecked(settings.keep_readings)
        self.commands["show_thumbnails"].setChecked(True)

    # --- opening --------------------------------------------------------------------------

    def open_paths(self, paths: Iterable[Path]) -> None:
        """Open files and folders."""
        chosen = list(paths)
        if chosen:
            self._settings.set_folder("open", chosen[0].parent)
            self._engine.open(chosen)

    def take(self, mime: QMimeData) -> bool:
        """Open what was dropped or pasted; say whether there was anything."""
        paths = dropped_paths(mime)
        if paths:
            self.open_paths(paths)
            return True
        picture = dropped_picture(mime)
        if picture is None:
            return False
        self._engine.open_picture(picture, self.tr("Clipboard"))
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if is_welcome(event.mimeData()):
            event.acceptProposedAction()
            self._overlay.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._overlay.hide()
        if self.take(event.mimeData()):
            event.acceptProposedAction()
            self.activateWindow()

    # --- export and closing ---------------------------------------------------------------

    def export(self) -> None:
        """Ask where to export to."""
        if self._document.current_page is None or self._export_dialog is not None:
            return
        dialog = ExportDialog(self._document, self._engine, self._settings, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.exported.connect(self._on_exported)
        dialog.finished.connect(self._on_export_closed)
        self._export_dialog = dialog
        dialog.open()

    def _on_exported(self, path: Path, show_folder: bool) -> None:
        if show_folder:
            self._show_folder(path)
        self.messages.show_message(
            Message(
                MessageKind.SUCCESS,
                self.tr("Exported to {path}").format(path=path),
                action=self.tr("Show in folder"),
                on_action=lambda: self._show_folder(path),
            )
        )

    def _on_export_closed(self) -> None:
        self._export_dialog = None
        if self._close_after_export:
            self._close_after_export = False
            if not self._document.is_modified:
                QTimer.singleShot(0, self.close)

    def _show_folder(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._document.commit_pending.emit()
        if self._document.is_modified and not self._may_close:
            event.ignore()
            self._ask_before_closing()
            return
        self._remember()
        self.hide()  # at once; the line under way may take a moment to end
        self.page_view.release_page()
        self._engine.close()
        event.accept()

    def _ask_before_closing(self) -> None:
        if self._question is not None or self._export_dialog is not None:
            return
        self._question = ClosingDialog(self)
        self._question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._question.answered.connect(self._on_answer)
        self._question.open()

    def _on_answer(self, answer: Answer) -> None:
        self._question = None
        if answer is Answer.EXPORT:
            self._close_after_export = True
            self.export()
        elif answer is Answer.DISCARD:
            self._may_close = True
            QTimer.singleShot(0, self.close)

    def _remember(self) -> None:
        settings = self._settings
        settings.set_bytes("window/geometry", self.saveGeometry())
        settings.set_bytes("window/panels", self._panels.saveState())
        settings.show_boxes = self.commands["show_boxes"].isChecked()
        settings.save()

    def _edit_line(self, _line_id: str) -> None:
        self.review.focus_editor()

    # --- messages -------------------------------------------------------------------------

    def _show_failure(self, failure: Failure) -> None:
        subject = Path(failure.subject).name
        page = self._document.find_page(failure.page_id)
        if page is not None and len(self._document.document.pages) > 1 and failure.page > 1:
            subject = self.tr("{file}, page {number}").format(file=subject, number=failure.page)
        again = bool(failure.page_id or failure.path)
        if isinstance(failure.error, ModelError):  # the same for every page: said once
            subject, again = "", False
        self.messages.show_message(
            Message(
                MessageKind.ERROR,
                error_text(failure.error),
                subject,
                self.tr("Try again") if again else "",
                (lambda: self._engine.retry(failure)) if again else None,
                failure.subject if subject else "",
            )
        )

    def _say_not_all_opened(self, rest: Sequence[Job]) -> None:
        # It stays until somebody has seen it: an export would lack pages that nobody misses.
        self.messages.show_message(
            Message(
                MessageKind.ERROR,
                self.tr("Stopped: not all pages were opened."),
                action=self.tr("Open the rest"),
                on_action=lambda: self._engine.open_rest(rest),
            )
        )

    def _say_nothing_found(self) -> None:
        self.note(self.tr("The folder holds no pictures and no PDFs."))

    def _say_lines_kept(self, count: int) -> None:
        text = self.tr(
            "%n line(s) stayed as they are, because you checked or changed them.", "", count
        )
        self.note(text)

    def _offer_to_read_again(self) -> None:
        text = self.tr("The page was read with other settings. Lines that you checked stay.")
        again = self.tr("Read page again")
        self.messages.show_message(
            Message(MessageKind.NOTE, text, action=again, on_action=self._handlers.read_page)
        )

    def _say_model_gone(self, name: str) -> None:
        text = self.tr("The recognition model is gone or damaged; the built-in one is used.")
        self.messages.show_message(Message(MessageKind.ERROR, text, name))

    def _say_no_doubt(self, _direction: int) -> None:
        self.note(self.tr("There is no further doubtful place."))

    def note(self, text: str) -> None:
        """Show a message that goes by itself."""
        self.messages.show_message(Message(MessageKind.NOTE, text))

    # --- following ------------------------------------------------------------------------

    def list_is_shown(self) -> bool:
        """Say whether the list of pages is shown: there are several, and it is wanted."""
        several = len(self._document.document.pages) > 1
        return several and self.commands["show_thumbnails"].isChecked()

    def follow(self, *_args: object) -> None:
        """Enable what is possible now, and show the panels that make sense."""
        document = self._document
        pages = document.document.pages
        possible = set()
        for need, met in (
            (Need.PAGE, bool(pages)),
            (Need.PAGES, len(pages) > 1),
            (Need.LINE, bool(document.selected_line_ids)),
            (Need.BUSY, self._engine.is_busy),
            (Need.UNREAD, bool(self._handlers.unread_pages())),
            (Need.UNDO, document.has_pending or document.undo_stack.canUndo()),
            (Need.REDO, document.undo_stack.canRedo()),
        ):
            if met:
                possible.add(need)
        self.commands.enable(possible)
        if pages and self._stack.currentWidget() is self._welcome:
            self._stack.setCurrentWidget(self._panels)
            self.page_view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not pages:
            self._stack.setCurrentWidget(self._welcome)
        self.thumbnails.setVisible(self.list_is_shown())
        self.setWindowModified(document.is_modified)
        self._name_steps()

    def _name_steps(self) -> None:
        for command_id, step, named in (
            ("undo", self._document.undo_step(), self.tr("&Undo: {step}")),
            ("redo", self._document.redo_step(), self.tr("&Redo: {step}")),
        ):
            action = self.commands[command_id]
            text = translated(next(c.text for c in COMMANDS if c.id == command_id))
            action.setText(named.format(step=step.text()) if step else text)
            keys = action.shortcut().toString()
            action.setToolTip(f"{plain(action.text())} ({keys})")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.WindowStateChange:
            self.commands["full_screen"].setChecked(self.isFullScreen())
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Desktop OCR") + "[*]")
        self.commands.retranslate()
        for kind, menu in self._menus.items():
            menu.setTitle(translated(kind.value))
        self.look.retranslate()
        self.reading.retranslate()
        self._name_steps()
