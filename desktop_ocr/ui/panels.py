"""The page in the middle and panels around it, which can be hidden or get a window of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QMainWindow, QMenu, QTabBar, QWidget

from desktop_ocr.ui.incoming import is_welcome
from desktop_ocr.ui.settings import Settings
from desktop_ocr.ui.theme import GRID

_ACROSS = Qt.Orientation.Horizontal
_BUTTONS = {"qt_dockwidget_floatbutton": "Float", "qt_dockwidget_closebutton": "Close"}
"""Qt's own buttons and their names, which Qt's translations know."""
_VERSION = 2
"""Of the state: one of another version is not taken."""


class Panel(QDockWidget):
    """One panel. In its place it has no title bar: the window is quieter without.

    Attributes:
        first_width: How wide it is at first, in device-independent pixels.
        shown_at_first: Whether it is wanted until a person says otherwise.

    Signals:
        closed: A person closed its own window.
        dropped: What was dropped on its own window, as :class:`QMimeData`; in its place the
            program's window takes it.
    """

    closed = Signal()
    dropped = Signal(object)

    def __init__(self, name: str, widget: QWidget, width: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.first_width = width
        self.shown_at_first = True
        self._bare = QWidget()
        self.setTitleBarWidget(self._bare)
        self.setWidget(widget)
        self.topLevelChanged.connect(self._dress)

    def _dress(self, floating: bool) -> None:
        # The frame of its own window comes from the desktop, with the title in it.
        self.setTitleBarWidget(None if floating else self._bare)  # type: ignore[arg-type]
        self.setAcceptDrops(floating)

    def name(self) -> None:
        """Take over the name of the widget as title."""
        self.setWindowTitle(self.widget().accessibleName())
        for button, text in _BUTTONS.items():  # Qt names them once, when the panel is made
            found = self.findChild(QAbstractButton, button)
            if found is not None:
                found.setAccessibleName(QCoreApplication.translate(QDockWidget.__name__, text))

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.name()  # the widget inside has heard of it by now
        return taken

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if is_welcome(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


@dataclass(frozen=True, slots=True)
class _Place:
    """What is known about one panel.

    Attributes:
        panel: It.
        wanted: The command by which a person shows and hides it.
        useful: Says whether there is something to show.
        own_window: The entry of the menu that gives it a window of its own.
    """

    panel: Panel
    wanted: QAction
    useful: Callable[[], bool]
    own_window: QAction


class Panels(QMainWindow):
    """Lays panels around the page.

    It is a main window inside the program's window, so that messages above go over its whole
    width and the empty window shows nothing of it.

    Signals:
        added: A :class:`Panel`.
        dropped: What was dropped on a panel in a window of its own.
    """

    added = Signal(object)
    dropped = Signal(object)

    def __init__(self, middle: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setDockNestingEnabled(True)
        self.setDocumentMode(True)
        self.setAcceptDrops(False)
        # The lines keep their whole height; what lies below lies below the page.
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        middle.setMinimumWidth(26 * GRID)
        self.setCentralWidget(middle)
        self._places: dict[str, _Place] = {}
        self._menu: QMenu | None = None
        self._settled: set[str] = set()  # panels whose width is theirs

    def add(
        self,
        widget: QWidget,
        wanted: QAction,
        area: Qt.DockWidgetArea,
        *,
        width: int,
        least: int,
        useful: Callable[[], bool] = lambda: True,
    ) -> Panel:
        """Add a panel.

        Args:
            widget: What it shows; its accessible name is the panel's title.
            wanted: The command by which a person shows and hides it; its name is the panel's.
            area: Where it lies at first.
            width: How wide it is at first, in device-independent pixels.
            least: How narrow it may become.
            useful: Says whether there is something to show; asked by :meth:`follow`.
        """
        widget.setMinimumWidth(least)
        panel = Panel(wanted.objectName(), widget, width)
        own_window = QAction(self)
        own_window.setCheckable(True)
        own_window.toggled.connect(partial(self._float, panel))
        panel.topLevelChanged.connect(own_window.setChecked)
        panel.windowTitleChanged.connect(own_window.setText)
        panel.closed.connect(partial(wanted.setChecked, False))
        panel.dropped.connect(self.dropped)
        self._places[panel.objectName()] = _Place(panel, wanted, useful, own_window)
        self.addDockWidget(area, panel)
        if self._menu is not None:
            self._menu.addAction(own_window)
        self.added.emit(panel)
        return panel

    def _float(self, panel: Panel, floating: bool) -> None:
        """Give a panel a window of its own, or its place; the keyboard goes with it."""
        focus = panel.window().focusWidget()
        panel.setFloating(floating)
        if focus is not None and panel.isAncestorOf(focus):
            focus.activateWindow()
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def widgets(self) -> list[QWidget]:
        """Return what the panels show, in the order in which they were added."""
        return [place.panel.widget() for place in self._places.values()]

    def is_there(self, widget: QWidget) -> bool:
        """Say whether a widget is shown, if need be behind another panel."""
        panel = widget.parentWidget()
        return not panel.isHidden() if isinstance(panel, Panel) else widget.isVisible()

    def bring_up(self, widget: QWidget) -> None:
        """Bring a panel before others, and the window that it is in."""
        panel = widget.parentWidget()
        if isinstance(panel, Panel):
            panel.raise_()
        widget.window().activateWindow()

    def panel(self, command_id: str) -> Panel:
        """Return a panel by the id of the command that shows it."""
        return self._places[command_id].panel

    def own_window(self, command_id: str) -> QAction:
        """Return what gives a panel its own window, by the id of the command that shows it."""
        return self._places[command_id].own_window

    def add_menu(self, parent: QMenu) -> None:
        """Add the menu of panels that get a window of their own."""
        self._menu = parent.addMenu("")
        self._menu.addActions([place.own_window for place in self._places.values()])

    def follow(self, *, has_pages: bool) -> None:
        """Show the panels that are wanted and have something to show."""
        panels = [place.panel for place in self._places.values()]
        before = {panel: panel.width() for panel in panels if not panel.isHidden()}
        for place in self._places.values():
            shown = has_pages and place.wanted.isChecked() and place.useful()
            place.own_window.setEnabled(shown)
            if place.panel.isHidden() is shown:
                focus = self.window().focusWidget()
                if not shown and has_pages and focus and place.panel.isAncestorOf(focus):
                    self.centralWidget().setFocus(Qt.FocusReason.OtherFocusReason)
                place.panel.setVisible(shown)
                if shown and self.isVisible():
                    place.panel.raise_()
        stay = {p: width for p, width in before.items() if not p.isHidden() and not p.isFloating()}
        if len(stay) < len(before) and stay and self.isVisible():
            # The room of a panel that goes is the page's, not that of the panel beside it.
            QTimer.singleShot(
                0, self, partial(self.resizeDocks, list(stay), list(stay.values()), _ACROSS)
            )
        self._settle()
        QTimer.singleShot(0, self, self._follow_tabs)  # once they are laid out

    def _follow_tabs(self) -> None:
        """Leave out what Qt keeps outside of the window when Tab goes from part to part."""
        for bar in self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            stop = bar.count() > 1
            bar.setFocusPolicy(Qt.FocusPolicy.TabFocus if stop else Qt.FocusPolicy.NoFocus)

    def _settle(self) -> None:
        """Give panels that are seen for the first time their width."""
        if not self.isVisible():
            return  # it has no size yet that could be shared out
        shown = {n: p.panel for n, p in self._places.items() if not p.panel.isHidden()}
        new = [panel for name, panel in shown.items() if name not in self._settled]
        if new:
            self._settled.update(shown)
            QTimer.singleShot(0, self, partial(self._widen, new))  # once they are laid out

    def _widen(self, panels: list[Panel]) -> None:
        widths = [panel.first_width for panel in panels]
        self.resizeDocks(panels, widths, _ACROSS)

    def remember(self, settings: Settings) -> None:
        """Keep in the settings where everything is."""
        settings.set_bytes("window/docks", self.saveState(_VERSION))
        for name, place in self._places.items():
            settings.set_text(f"panel/{name}", "yes" if place.wanted.isChecked() else "no")

    def restore(self, settings: Settings) -> None:
        """Put everything where it was; where nothing is known, to its first place."""
        restored = self.restoreState(settings.bytes("window/docks"), _VERSION)
        for name, place in self._places.items():
            known = settings.text(f"panel/{name}")
            if restored and known:
                self._settled.add(name)
            place.wanted.setChecked(known == "yes" if known else place.panel.shown_at_first)
            place.own_window.setChecked(place.panel.isFloating())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle()

    def retranslate(self) -> None:
        """Show all texts in the language of the window."""
        for place in self._places.values():
            place.panel.name()
        if self._menu is not None:
            self._menu.setTitle(self.tr("Pan&els in a window of their own"))
