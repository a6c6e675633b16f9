"""The shell: menus, toolbar, panels, status; it only connects, all work is done elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import (
    QMainWindow,
)

from desktop_ocr.engine.cache import ReadingCache
from desktop_ocr.errors import ModelError
from desktop_ocr.ui.actions import Actions
from desktop_ocr.ui.command_handlers import CommandHandlers
from desktop_ocr.ui.commands import COMMANDS, Menu, Need, plain, translated
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.failure import Failure
from desktop_ocr.ui.i18n import LanguageManager
from desktop_ocr.ui.incoming import dropped_paths, dropped_picture, is_welcome
from desktop_ocr.ui.jobs import Job
from desktop_ocr.ui.keys import Keys, with_key
from desktop_ocr.ui.look_menus import LookMenus
from desktop_ocr.ui.menus import menus, tool_bar
from desktop_ocr.ui.message_bar import Message, MessageKind, spoken
from desktop_ocr.ui.projects.keeper import Saving
from desktop_ocr.ui.projects.menus import ProjectMenus
from desktop_ocr.ui.projects.missing import MissingPictures
from desktop_ocr.ui.projects.offers import Offers
from desktop_ocr.ui.projects.opening import Opened
from desktop_ocr.ui.projects.projects import Projects
from desktop_ocr.ui.projects.welcome_rows import WelcomeRows
from desktop_ocr.ui.reading_choices import ReadingChoices
from desktop_ocr.ui.reading_progress import ReadingProgress
from desktop_ocr.ui.review.filter_menu import FilterMenu
from desktop_ocr.ui.settings import Settings
from desktop_ocr.ui.status_panel import StatusPanel
from desktop_ocr.ui.theme import GRID
from desktop_ocr.ui.welcome import DropOverlay, Welcome
from desktop_ocr.ui.workspace import Workspace


class MainWindow(QMainWindow):
    """The window of the program.

    Attributes:
        commands: Every command as an action.
        workspace: What fills the window; the next four are parts of it.
        page_view: The page with its boxes.
        review: The lines with their editor.
        thumbnails: The pages.
        messages: Rows above the page for what went wrong.
        reading: How pages are read.
        look: The language of the window and its colours.
        projects: The project behind the window.
        offers: What can be gone on with.
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
        self._may_lose = False  # a person wants to close though nothing can be written
        self.projects = Projects(document, engine, settings, self)
        self.offers = Offers(self.projects, self)
        self._missing = MissingPictures(self, document, engine, self.projects, settings)
        self._outdated: Message | None = None
        self.setAcceptDrops(True)
        self.setMinimumSize(95 * GRID, 60 * GRID)

        self._handlers = CommandHandlers(self, document, engine, settings, cache)
        self.commands = Actions(self, self._handlers.by_id(), Keys(settings))
        self.progress = ReadingProgress(self.commands["pause"], self.commands["cancel"])
        self.status = StatusPanel(document, self.progress)
        self._build_parts()
        self._build_menus()
        self.setStatusBar(self.status)
        self._overlay = DropOverlay(self)
        self._connect()
        self._restore()
        self._retranslate()
        self.follow()

    # --- building -------------------------------------------------------------------------

    def _build_parts(self) -> None:
        commands = self.commands
        welcome = Welcome(
            commands["open_files"],
            [commands["open_folder"], commands["paste"], commands["open_sample"]],
            WelcomeRows(self.projects, self.offers, commands),
        )
        self.workspace = parts = Workspace(self._document, commands, welcome)
        self.messages, self.page_view = parts.messages, parts.page_view
        self.review, self.thumbnails = parts.review, parts.thumbnails
        self.light = self._handlers.page.add_light(parts, self._settings)
        self.setCentralWidget(parts)

    def _build_menus(self) -> None:
        self.addToolBar(tool_bar(self.commands))
        self._menus = menus(self, self.commands)
        self.project_menus = ProjectMenus(
            self._menus[Menu.FILE], self.commands, self.projects, self.offers
        )
        view = self._menus[Menu.VIEW]
        view.addSeparator()
        self.workspace.panels.add_menu(view)
        self.filters = FilterMenu(view, self.review.lines)
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
            document.replaced,
            engine.busy_changed,
            self.projects.changed,
        ):
            signal.connect(self.follow)
        self.projects.say.connect(self.messages.show_message)
        self.projects.unsay.connect(self.messages.take_back)
        self.projects.noted.connect(self.status.note)
        self.projects.shown.connect(self._show_project)
        self.projects.zoom = self.page_view.remembered_zoom
        engine.busy_changed.connect(self.progress.show_busy)
        engine.progress_changed.connect(self.progress.show_progress)
        engine.progress_changed.connect(self._handlers.page.follow_progress)
        engine.failure.connect(self._show_failure)
        engine.opening_stopped.connect(self._say_not_all_opened)
        engine.nothing_found.connect(self._say_nothing_found)
        engine.lines_kept.connect(self._say_lines_kept)
        self.workspace.panels.dropped.connect(self.take)
        self.page_view.zoom_changed.connect(self.status.set_zoom)
        self.page_view.tool_changed.connect(self._handlers.page.follow_tool)
        self.page_view.line_clicked.connect(self.review.put_caret)
        self.page_view.line_activated.connect(self._edit_line)
        self.workspace.fields.edit_requested.connect(self._handlers.fields.edit_value)
        self.page_view.boxes_shown_changed.connect(self.commands["show_boxes"].setChecked)
        self.review.doubtful_exhausted.connect(self._say_no_doubt)
        self.reading.rules_changed.connect(self.review.others.set_rules)
        self.reading.page_outdated.connect(self._offer_to_read_again)
        self.reading.model_gone.connect(self._say_model_gone)
        self._handlers.sign_off.start(engine)
        self.reading.start()
        self._handlers.text.start()

    def _restore(self) -> None:
        settings = self._settings
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(screen.width() * 9 // 10, screen.height() * 9 // 10)
        if not self.restoreGeometry(settings.bytes("window/geometry")):
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self.workspace.restore(settings)
        for _ in range(abs(settings.text_size)):
            self.review.change_text_size(1 if settings.text_size > 0 else -1)
        self.page_view.show_boxes(settings.show_boxes)
        self.commands["show_boxes"].setChecked(settings.show_boxes)
        self.commands["keep_readings"].setChecked(settings.keep_readings)
        self.commands["keep_recent"].setChecked(settings.keep_recent)

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

    # --- closing -------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.projects.close(anyway=self._may_lose):
            self._may_lose = True  # the row says why; whoever closes again knows it
            event.ignore()
            return
        self.offers.close()
        self._remember()
        self.hide()  # at once; the line under way may take a moment to end
        self.page_view.release_page()
        self._handlers.verify.release()
        self._engine.close()
        event.accept()

    def _show_project(self, opened: Opened) -> None:
        if opened.zoom:
            self.page_view.restore_zoom(opened.zoom)

    def _remember(self) -> None:
        settings = self._settings
        settings.set_bytes("window/geometry", self.saveGeometry())
        self.workspace.remember(settings)
        settings.show_boxes = self.commands["show_boxes"].isChecked()
        settings.save()

    def _edit_line(self, _line_id: str) -> None:
        self.review.focus_editor()

    # --- messages -------------------------------------------------------------------------

    def _show_failure(self, failure: Failure) -> None:
        if not self._missing.say(failure):
            self.messages.show_message(spoken(partial(self._failure, failure)))

    def _failure(self, failure: Failure) -> Message:
        subject = Path(failure.subject).name
        page = self._document.find_page(failure.page_id)
        if page is not None and len(self._document.document.pages) > 1 and failure.page > 1:
            subject = self.tr("{file}, page {number}").format(file=subject, number=failure.page)
        again = bool(failure.page_id or failure.path)
        if isinstance(failure.error, ModelError):  # the same for every page: said once
            subject, again = "", False
        return Message(
            MessageKind.ERROR,
            error_text(failure.error),
            subject,
            self.tr("Try again") if again else "",
            (lambda: self._engine.retry(failure)) if again else None,
            failure.subject if subject else "",
        )

    def _say_not_all_opened(self, rest: Sequence[Job]) -> None:
        # It stays until somebody has seen it: an export would lack pages that nobody misses.
        def make() -> Message:
            return Message(
                MessageKind.ERROR,
                self.tr("Stopped: not all pages were opened."),
                action=self.tr("Open the rest"),
                on_action=lambda: self._engine.open_rest(rest),
            )

        self.messages.show_message(spoken(make))

    def _say_nothing_found(self) -> None:
        self.note(self.tr("The folder holds no pictures and no PDFs."))

    def _say_lines_kept(self, count: int, read_too: Callable[[], None]) -> None:
        def make() -> Message:
            text = self.tr(
                "%n line(s) stayed as they are, because you checked or changed them.", "", count
            )
            again = self.tr("Read them too")
            return Message(MessageKind.NOTE, text, action=again, on_action=read_too)

        self.messages.show_message(spoken(make))

    def _offer_to_read_again(self, outdated: bool) -> None:
        if self._outdated is not None:
            self.messages.take_back(self._outdated)
            self._outdated = None
        if not outdated:
            return

        def make() -> Message:
            text = self.tr("The page was read with other settings. Lines that you checked stay.")
            act = self._handlers.page.read_page
            again = self.tr("Read page again")
            return Message(MessageKind.NOTE, text, action=again, on_action=act)

        self._outdated = spoken(make)
        self.messages.show_message(self._outdated)

    def _say_model_gone(self, name: str) -> None:
        def make() -> Message:
            text = self.tr("The recognition model is gone or damaged; the built-in one is used.")
            return Message(MessageKind.ERROR, text, name)

        self.messages.show_message(spoken(make))

    def _say_no_doubt(self, _direction: int) -> None:
        self.note(self.tr("There is no further doubtful place."))

    def note(self, text: str) -> None:
        """Show a message that goes by itself."""
        self.messages.show_message(Message(MessageKind.NOTE, text))

    # --- following ------------------------------------------------------------------------

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
            (Need.QUEUE, len(self.projects.opener.queue) > 1),
            (Need.UNDO, document.has_pending or document.undo_stack.canUndo()),
            (Need.REDO, document.undo_stack.canRedo()),
        ):
            if met:
                possible.add(need)
        self.commands.enable(possible)
        self._handlers.verify.restrict()
        self.workspace.follow()
        self.status.set_project(self.projects.sentence())
        self._set_title()
        self._name_steps()

    def _set_title(self) -> None:
        program, name = self.tr("Desktop OCR"), self.projects.name
        self.setWindowTitle(f"{name}[*] – {program}" if name else f"{program}[*]")
        # Every change is saved by itself: the mark says that this does not work right now.
        self.setWindowModified(self.projects.keeper.saving is Saving.FAILING)

    def _name_steps(self) -> None:
        for command_id, step, named in (
            ("undo", self._document.undo_step(), self.tr("&Undo: {step}")),
            ("redo", self._document.redo_step(), self.tr("&Redo: {step}")),
        ):
            action = self.commands[command_id]
            text = translated(next(c.text for c in COMMANDS if c.id == command_id))
            action.setText(named.format(step=step.text()) if step else text)
            action.setToolTip(with_key(plain(action.text()), command_id))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.WindowStateChange:
            self.commands["full_screen"].setChecked(self.isFullScreen())
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._set_title()
        self.status.set_project(self.projects.sentence())
        self.commands.retranslate()
        for kind, menu in self._menus.items():
            menu.setTitle(translated(kind.value))
        self.look.retranslate()
        self.project_menus.retranslate()
        self.workspace.panels.retranslate()
        self.reading.retranslate()
        self._name_steps()
