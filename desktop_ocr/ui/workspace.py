"""What fills the window: messages on top, below them the page with its panels, or the welcome."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_ocr.ui.actions import Actions
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.failed_files import FailedFiles
from desktop_ocr.ui.fields import FieldsPanel
from desktop_ocr.ui.message_bar import MessageBar
from desktop_ocr.ui.page_view import PageView
from desktop_ocr.ui.panels import Panels
from desktop_ocr.ui.review import ReviewPanel
from desktop_ocr.ui.search import Search
from desktop_ocr.ui.settings import Settings
from desktop_ocr.ui.sign_off.reviewer_row import ReviewerRow
from desktop_ocr.ui.theme import GRID
from desktop_ocr.ui.thumbnails import ThumbnailList


class PageListPanel(QWidget):
    """The pages, and below them what failed."""

    def __init__(self, thumbnails: ThumbnailList, failed: FailedFiles) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(thumbnails, 1)
        layout.addWidget(failed)
        self.setFocusProxy(thumbnails)
        self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Pages"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()


class Workspace(QWidget):
    """Lays out the parts of the window.

    Attributes:
        messages: Rows above the page for what went wrong.
        reviewer: Asks for the reviewer's name.
        page_view: The page with its boxes.
        review: The lines with their editor.
        search: Finds and replaces in them; its bar stands above the page.
        thumbnails: The pages.
        failed: What could not be opened or read.
        fields: Values that were found in the text of the page.
        panels: What lies around the page.
        welcome: What the empty window shows.
    """

    def __init__(self, document: DocumentController, commands: Actions, welcome: QWidget) -> None:
        super().__init__()
        self._document, self._commands = document, commands
        self.messages = MessageBar()
        self.reviewer = ReviewerRow()
        self.page_view = PageView(document)
        self.review = ReviewPanel(document)
        self.search = Search(document, self.review, self)
        self.thumbnails = ThumbnailList(document)
        self.panels = Panels(self.page_view)
        self.panels.added.connect(self.page_view.peek_from)
        self.review.needed.connect(self._show_review)
        self.failed = FailedFiles(document, self.thumbnails)
        self.failed.changed.connect(self.follow)
        self._page_list = PageListPanel(self.thumbnails, self.failed)
        self.panels.add(
            self._page_list,
            commands["show_thumbnails"],
            Qt.DockWidgetArea.LeftDockWidgetArea,
            width=20 * GRID,
            least=15 * GRID,
            useful=lambda: len(document.document.pages) > 1 or bool(self.failed.failures),
        )
        self.panels.add(
            self.review,
            commands["show_review"],
            Qt.DockWidgetArea.RightDockWidgetArea,
            width=76 * GRID,
            least=self.review.minimumWidth(),
        )
        self.fields = FieldsPanel(document)
        self.panels.add(
            self.fields,
            commands["show_fields"],
            Qt.DockWidgetArea.BottomDockWidgetArea,
            width=100 * GRID,
            least=40 * GRID,
        ).shown_at_first = False
        self.welcome = welcome
        self._stack = QStackedWidget()
        self._stack.addWidget(welcome)
        self._stack.addWidget(self.panels)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.messages)
        layout.addWidget(self.reviewer)
        layout.addWidget(self.search.bar)
        layout.addWidget(self._stack, 1)
        take_no_drops(self)

    def add_light(self, light: QWidget) -> None:
        """Add the panel of light and geometry, in the place of the list of pages."""
        panel = self.panels.add(
            light,
            self._commands["show_light"],
            Qt.DockWidgetArea.LeftDockWidgetArea,
            width=40 * GRID,
            least=light.minimumWidth(),
        )
        panel.shown_at_first = False
        # One over the other: beside each other they would leave the page no room.
        self.panels.tabifyDockWidget(self.panels.panel("show_thumbnails"), panel)
        take_no_drops(light)

    def _show_review(self) -> None:
        """Show the panel of lines again: a command goes on in its text field.

        What is shown in its place has the keyboard instead.
        """
        over = self.over
        if over is not None:
            last = over.focusWidget()
            (over if last is None else last).setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._document.document.pages:
            self._commands["show_review"].setChecked(True)
            self.follow()

    def remember(self, settings: Settings) -> None:
        """Keep in the settings where everything is, and the zoom."""
        self.panels.remember(settings)
        settings.set_bytes("window/review", self.review.splitter.saveState())
        settings.set_text("view/zoom", self.page_view.remembered_zoom())

    def restore(self, settings: Settings) -> None:
        """Put everything where it was."""
        self.panels.restore(settings)
        self.review.splitter.restoreState(settings.bytes("window/review"))
        self.page_view.restore_zoom(settings.text("view/zoom"))

    def follow(self) -> None:
        """Show the page once there is one, and the panels that make sense."""
        pages = bool(self._document.document.pages)
        self.panels.follow(has_pages=pages)
        if pages and self._stack.currentWidget() is self.welcome:
            self._stack.setCurrentWidget(self.panels)
            self.page_view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not pages:
            self._stack.setCurrentWidget(self.welcome)

    @property
    def over(self) -> QWidget | None:
        """What is shown in the place of page and panels, if anything."""
        shown = self._stack.currentWidget()
        return None if shown in (self.panels, self.welcome) else shown

    def put_over(self, widget: QWidget | None) -> None:
        """Show a widget in the place of page and panels; None shows these again."""
        if widget is not None and self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        if widget is not None and self.search.is_open:
            self.search.close()  # its results cannot be seen
        if self._document.document.pages:
            self._stack.setCurrentWidget(self.panels if widget is None else widget)

    def next_part(self, focus: QWidget | None) -> None:
        """Give the keyboard to the next part: page, text, further panels, list of pages.

        Args:
            focus: What has it now.
        """
        others = [w for w in self.panels.widgets() if w not in (self.review, self._page_list)]
        parts = [self.page_view, self.review, *others, self._page_list]
        parts = [part for part in parts if self.panels.is_there(part)]
        here = [i for i, part in enumerate(parts) if holds(part, focus)]
        part = parts[(here[0] + 1) % len(parts)] if here else self.page_view
        self.panels.bring_up(part)
        if part is self.review:
            self.review.focus_editor()
        else:
            focus_in(part)


def take_no_drops(part: QWidget) -> None:
    """Leave drops to the window: a text field would insert the file's name instead."""
    for child in part.findChildren(QWidget):
        child.setAcceptDrops(False)


def holds(widget: QWidget, focus: QWidget | None) -> bool:
    """Say whether a widget or one inside it is the one with the keyboard."""
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))


def focus_in(part: QWidget) -> None:
    """Give the keyboard to a part of the window, or to the first widget in it that takes it."""
    reason = Qt.FocusReason.TabFocusReason
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        part.setFocus(reason)
        return
    for child in part.findChildren(QWidget):
        if (
            child.focusPolicy() & Qt.FocusPolicy.TabFocus
            and child.isVisible()
            and child.isEnabled()
        ):
            child.setFocus(reason)
            return
