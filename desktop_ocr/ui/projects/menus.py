"""The menus of projects: those that were open lately, and the documents of the queue."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from desktop_ocr.ui.actions import Actions
from desktop_ocr.ui.error_text import error_text
from desktop_ocr.ui.icons import icon
from desktop_ocr.ui.projects.offers import Offers
from desktop_ocr.ui.projects.projects import Projects


class ProjectMenus(QObject):
    """Adds both menus to the file menu and keeps them as things are.

    Attributes:
        recent: What can be gone on with.
        queue: The documents of the queue; hidden where there is none.
    """

    def __init__(
        self, file_menu: QMenu, commands: Actions, projects: Projects, offers: Offers
    ) -> None:
        super().__init__(file_menu)
        self._commands, self._projects, self._offers = commands, projects, offers
        self.recent = QMenu(file_menu)
        self.recent.setIcon(icon("clock"))
        self.queue = QMenu(file_menu)
        self.queue.setIcon(icon("files"))
        file_menu.insertMenu(commands["paste"], self.recent)
        file_menu.insertMenu(commands["next_document"], self.queue)
        self._group = QActionGroup(self)
        offers.changed.connect(self._fill_recent)
        projects.changed.connect(self._fill_queue)
        self.retranslate()

    def retranslate(self) -> None:
        """Show all texts in the language of the window."""
        self.recent.setTitle(self.tr("Open re&cent"))
        self.queue.setTitle(self.tr("Docu&ments of the queue"))
        self._fill_recent()
        self._fill_queue()

    def _fill_recent(self) -> None:
        menu, offers = self.recent, self._offers
        menu.clear()
        for session in offers.sessions:
            entry = menu.addAction(_as_text(offers.label(session)))
            entry.triggered.connect(partial(_call, partial(offers.go_on, session)))
        if offers.sessions:
            menu.addSeparator()
        names = [recent.path.name for recent in offers.recent]
        for recent in offers.recent:
            text = _as_text(recent.path.name)
            if names.count(recent.path.name) > 1:
                text = f"{text}  ·  {_as_text(recent.path.parent.name)}"
            if not recent.is_there:
                text = self.tr("{name} (not there)").format(name=text)
            entry = menu.addAction(text)
            entry.setToolTip(str(recent.path))
            entry.setEnabled(recent.is_there)
            found = partial(self._projects.opener.open_found, [recent.path])
            entry.triggered.connect(partial(_call, found))
        if offers.recent:
            menu.addSeparator()
        menu.setToolTipsVisible(True)
        menu.addAction(self._commands["forget_recent"])
        menu.addAction(self._commands["keep_recent"])

    def _fill_queue(self) -> None:
        menu, queue = self.queue, self._projects.opener.queue
        menu.clear()
        menu.setToolTipsVisible(True)
        menu.menuAction().setVisible(len(queue) > 1)
        for number, path in enumerate(queue.paths, 1):
            name = f"{number}. {_as_text(path.stem)}"
            if queue.is_finished(path):
                name = self.tr("{name} (finished)").format(name=name)
            reason = queue.reason(path)
            if reason is not None:
                name = self.tr("{name} (not opened)").format(name=name)
            entry = QAction(name, menu)
            if reason is not None:
                entry.setIcon(icon("circle-alert"))
                entry.setToolTip(error_text(reason))
            if queue.is_finished(path):
                entry.setIcon(icon("circle-check"))
            entry.setCheckable(True)
            entry.setChecked(path == self._projects.opener.shown)
            entry.setIconVisibleInMenu(not entry.isChecked())
            self._group.addAction(entry)
            entry.triggered.connect(partial(_call, partial(self._projects.opener.open, path)))
            menu.addAction(entry)


def _as_text(name: str) -> str:
    """Return a name in which a menu sees no letters to press."""
    return name.replace("&", "&&")


def _call(act: partial[None], *_checked: bool) -> None:
    act()
