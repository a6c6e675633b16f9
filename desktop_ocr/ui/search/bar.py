"""The bar for finding and replacing, above page and text."""

from __future__ import annotations

import enum

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_ocr.ui.icons import icon
from desktop_ocr.ui.search.query import Query
from desktop_ocr.ui.search.results import Results, ResultsList
from desktop_ocr.ui.theme import GRID, tokens

LONGEST = 500
"""Characters of what is searched for."""
MOST_ROWS, LEAST_ROWS = 6, 2
LOW = 700
"""In a window below this height the list keeps to fewer rows."""
WAIT_MS = 150


class Scope(enum.Enum):
    """Where it is searched."""

    DOCUMENT = "document"
    PAGE = "page"


class SearchBar(QFrame):
    """Fields, switches and the list of results; says what a person asks for and does none of it.

    Attributes:
        text: What is searched for.
        replacement: What is to stand there.
        results: The list.

    Signals:
        query_changed: Something else is searched for; while somebody types, when he pauses.
        stepped: To the next place (1) or the one before (-1).
        replace_requested: What is ticked is to be replaced.
        closed: Esc, or the button.
    """

    query_changed = Signal()
    stepped = Signal(int)
    replace_requested = Signal()
    closed = Signal()

    def __init__(self, model: Results, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self._replacing = self._busy = False
        self._told = (-1, 0)  # which place the text field shows, and how many there are
        # Somebody who types a word does not search for each of its letters.
        self._pause = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._pause.timeout.connect(self.query_changed)
        self._names = [QLabel(self), QLabel(self)]
        self.text, self.replacement = _Field(self), _Field(self)
        self.match_case = self._switch("Aa")
        self.whole_words = self._switch("")
        self.is_pattern = self._switch(".*")
        self.ignore_width = self._switch("")
        self.ignore_width.setChecked(True)
        self._ignored_width = True
        self.scope = QComboBox(self)
        self.scope.addItems(["", ""])
        self._count = QLabel(self)
        self._count.setProperty("muted", True)
        self.previous, self.next, self.listed = (self._button(n) for n in _STEP_ICONS)
        self.listed.setCheckable(True)
        self._close = self._button("x")
        self.tick_all = QToolButton(self)
        self.replace = QPushButton(self)
        self.replace.setProperty("primary", True)
        self._problem = QLabel(self)
        self._problem.setProperty("problem", True)
        self._problem.setWordWrap(True)
        self._model = model
        self.results = ResultsList(model, self)
        self._lay_out()
        self._connect()
        self._retranslate()
        self.show_count(-1, 0, busy=False)
        self.say("")
        self.hide()

    def _switch(self, text: str) -> QPushButton:
        switch = QPushButton(text, self)
        switch.setProperty("chip", True)
        switch.setCheckable(True)
        switch.toggled.connect(self._ask_soon)
        return switch

    def _button(self, icon_name: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(icon_name))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        switches = QHBoxLayout()
        switches.setSpacing(0)
        for switch in (self.match_case, self.whole_words, self.is_pattern, self.ignore_width):
            switches.addWidget(switch)
        steps = QHBoxLayout()
        steps.setSpacing(0)
        for button in (self.previous, self.next, self.listed):
            steps.addWidget(button)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        for row, (name, field) in enumerate(
            zip(self._names, (self.text, self.replacement), strict=True)
        ):
            grid.addWidget(name, row, 0)
            grid.addWidget(field, row, 1)
            name.setBuddy(field)
        first = QHBoxLayout()
        first.setSpacing(GRID)
        first.addLayout(switches)
        first.addWidget(self.scope)
        first.addWidget(self._count)
        first.addLayout(steps)
        first.addStretch(1)
        first.addWidget(self._close)
        second = QHBoxLayout()
        second.setSpacing(GRID)
        second.addWidget(self.tick_all)
        second.addWidget(self.replace)
        second.addStretch(1)
        grid.addLayout(first, 0, 2)
        grid.addLayout(second, 1, 2)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        column.setSpacing(GRID // 2)
        column.addLayout(grid)
        column.addWidget(self._problem)
        column.addWidget(self.results)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        for field in (self.text, self.replacement):
            field.textChanged.connect(self._ask_soon)
            field.down_pressed.connect(self._to_list)
        self.text.stepped.connect(self._step)
        self.replacement.stepped.connect(lambda _step: self._to_list())
        self.scope.currentIndexChanged.connect(self._ask_soon)
        self.is_pattern.toggled.connect(self._follow_pattern)
        self.previous.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self.listed.toggled.connect(self._arrange)
        self.tick_all.clicked.connect(self._tick_all)
        self.replace.clicked.connect(self.replace_requested)
        self._close.clicked.connect(self.closed)
        self._model.modelReset.connect(self._arrange)
        self._model.dataChanged.connect(self._show_ticks)

    # --- what is asked for ----------------------------------------------------------------

    @property
    def replacing(self) -> bool:
        """Whether something is to be replaced."""
        return self._replacing

    def open(self, *, replacing: bool, text: str = "") -> None:
        """Show the bar, with the keyboard in it.

        Args:
            replacing: With the row for what is to stand there instead.
            text: What to search for; "" leaves what was searched for last.
        """
        self._replacing = replacing
        if text:
            self.text.setText(text)
        self.show()
        self._arrange()
        self.window().activateWindow()  # the text may have a window of its own
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()
        self._pause.stop()
        self.query_changed.emit()

    def query(self) -> Query | None:
        """Return what is searched for; None where nothing is."""
        text = self.text.text()
        if not text:
            return None
        return Query(
            text,
            is_pattern=self.is_pattern.isChecked(),
            match_case=self.match_case.isChecked(),
            whole_words=self.whole_words.isChecked(),
            ignore_width=self.ignore_width.isChecked(),
        )

    def chosen_scope(self) -> Scope:
        """Return where it is searched."""
        return list(Scope)[self.scope.currentIndex()]

    def ask_now(self) -> None:
        """Search for what was typed a moment ago, without waiting for a pause."""
        if self._pause.isActive():
            self._pause.stop()
            self.query_changed.emit()

    def _ask_soon(self, *_args: object) -> None:
        self._pause.start()

    def _step(self, step: int) -> None:
        self.ask_now()
        self.stepped.emit(step)

    def _to_list(self) -> None:
        self.ask_now()
        if self._replacing or self.listed.isChecked():
            self.results.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if self.results.currentIndex().row() < 0 and self._model.rowCount():
                self.results.setCurrentIndex(self._model.index(0))

    def _follow_pattern(self, on: bool) -> None:
        """Let a regular expression say itself what it means; the switch comes back as it was."""
        if on:
            self._ignored_width = self.ignore_width.isChecked()
        self.ignore_width.setEnabled(not on)
        self.ignore_width.setChecked(not on and self._ignored_width)

    def _tick_all(self) -> None:
        self._model.tick_all(self._model.ticked_count() < self._model.rowCount())

    # --- what is shown --------------------------------------------------------------------

    def show_count(self, current: int, count: int, *, busy: bool) -> None:
        """Say how much was found.

        Args:
            current: Which place the text field shows, from 0; -1 for none of them.
            count: How many there are.
            busy: There may be more.
        """
        more = "…" if busy else ""
        if not self.text.text() or self.problem():
            told = ""
        elif current >= 0:
            told = self.tr("{number} of {count}").format(number=current + 1, count=count) + more
        elif count or busy:
            told = self.tr("%n place(s)", "", count) + more
        else:
            told = self.tr("nothing found")
        self._count.setText(told)
        for button in (self.previous, self.next):
            button.setEnabled(count > 0)
        self._busy, self._told = busy, (current, count)
        self._show_ticks()

    def count_text(self) -> str:
        """Return what is said about how much was found."""
        return self._count.text()

    def say(self, problem: str, reason: str = "") -> None:
        """Say why nothing can be searched for; "" where there is no reason."""
        self._problem.setText(problem)
        self._problem.setToolTip(reason)
        self._problem.setVisible(bool(problem))

    def problem(self) -> str:
        """Return what is said to be wrong."""
        return self._problem.text()

    def _show_ticks(self) -> None:
        lines = self._model.ticked_count() if self._replacing else 0
        self.replace.setText(self.tr("&Replace in %n line(s)", "", lines))
        self.replace.setEnabled(lines > 0 and not self._busy)
        self.tick_all.setEnabled(self._model.rowCount() > 0)

    def _arrange(self, *_args: object) -> None:
        for widget in (self._names[1], self.replacement, self.tick_all, self.replace):
            widget.setVisible(self._replacing)
        self.listed.setVisible(not self._replacing)
        rows = self._model.rowCount()
        most = MOST_ROWS if self.window().height() >= LOW else LEAST_ROWS
        shown = rows > 0 and (self._replacing or self.listed.isChecked())
        self.results.setFixedHeight(self.results.rows_height(min(rows, most)))
        self.results.setVisible(shown)
        self._show_ticks()

    def _retranslate(self) -> None:
        for name, field, text in (
            (self._names[0], self.text, self.tr("Find")),
            (self._names[1], self.replacement, self.tr("Replace by")),
        ):
            name.setText(text)
            field.setAccessibleName(text)
        self.whole_words.setText(self.tr("Word"))
        self.ignore_width.setText(self.tr("ａ=a"))
        for widget, text in (
            (self.match_case, self.tr("Capital and small letters differ")),
            (self.whole_words, self.tr("Whole words only (of Latin letters and digits)")),
            (self.is_pattern, self.tr("Regular expression")),
            (self.ignore_width, self.tr("Full and half width are the same")),
            (self.previous, self.tr("To the place before (Shift+Enter)")),
            (self.next, self.tr("To the next place (Enter)")),
            (self.listed, self.tr("List what was found")),
            (self.tick_all, self.tr("Tick all lines, or none")),
            (self._close, self.tr("Close (Esc)")),
        ):
            widget.setToolTip(text)
            widget.setAccessibleName(text)
        self.tick_all.setText(self.tr("All / none"))
        self.scope.setAccessibleName(self.tr("Where to search"))
        self.scope.setItemText(0, self.tr("All pages"))
        self.scope.setItemText(1, self.tr("This page"))
        self.results.setAccessibleName(self.tr("Lines found"))
        self._show_ticks()

    # --- Qt -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.show_count(*self._told, busy=self._busy)
            if self.problem():
                self.query_changed.emit()  # what is wrong is found, and told, again

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        painter.fillRect(self.rect(), colours.colour("window"))
        painter.setPen(colours.colour("border"))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())


_STEP_ICONS = ("chevron-up", "chevron-down", "list-filter")


class _Field(QLineEdit):
    """A field in which Enter steps on and Down goes to the list.

    Signals:
        stepped: 1 for Enter, -1 for Shift+Enter.
        down_pressed: Down was pressed.
    """

    stepped = Signal(int)
    down_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST)
        self.setMinimumWidth(20 * GRID)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.stepped.emit(-1 if shift else 1)
        elif key == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()
