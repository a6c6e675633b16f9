"""A desk: the real window on the program's own sample pages, used by keys and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from desktop_ocr.paths import resource

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Desk:
    """The window and what a person does with it."""

    def __init__(self, program) -> None:
        self.program, self.window, self.document = program, program.window, program.document
        self.review, self.view = program.window.review, program.window.page_view
        self.editor = self.review.editor

    @property
    def page(self):
        return self.document.current_page

    @property
    def line(self):
        return self.document.current_line

    def index(self) -> int:
        """Number of the current line on its page, from 0."""
        return self.page.index(self.line.id)

    def key(self, key, held=NONE) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    def compose(self, preedit: str, commit: str = "") -> None:
        """Let an input method compose, or end with a text, where the keyboard is."""
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QApplication.sendEvent(QApplication.focusWidget(), event)

    def at(self, place) -> QPoint:
        """Return where a place of the page is on the screen."""
        return self.view.mapFromScene(QPointF(*place))

    def click(self, place, held=NONE, button=LEFT) -> None:
        """Click a place of the page."""
        QTest.mouseClick(self.view.viewport(), button, held, self.at(place))

    def wheel(self, at: QPoint, notches: int, held=NONE) -> None:
        port = self.view.viewport()
        event = QWheelEvent(
            QPointF(at), QPointF(port.mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(port, event)
        QApplication.processEvents()  # scroll bars come and go

    def on_paper(self, at: QPoint) -> QPointF:
        """Return the exact place of the page under a point of the view."""
        return self.view.viewportTransform().inverted()[0].map(QPointF(at))

    def parts(self) -> dict[str, QWidget]:
        """Show all parts of the window, and return of each a widget that takes the keyboard."""
        window, review = self.window, self.review
        for command in ("show_fields", "show_light", "find"):
            if not window.commands[command].isChecked():
                window.commands[command].trigger()
        QApplication.processEvents()
        return {
            "text": self.editor,
            "list": review.lines.list,
            "page": self.view,
            "pages": window.thumbnails,
            "filter": review.lines.chips()[0],
            "slider": review.doubt_slider.slider,
            "button": review.form.accept,
            "find": window.workspace.search.bar.text,
            "fields": window.workspace.fields.fields,
            "light": window.light.findChild(QComboBox),
        }

    def chips(self) -> dict[str, int]:
        """Return the filters with the counts that they show."""
        texts = [chip.text().rsplit(" ", 1) for chip in self.review.lines.chips()]
        return {name: int(count) for name, count in texts}


@pytest.fixture
def open_desk(program, idle, qtbot):
    """Open samples, or other files, and put the keyboard into the first line."""

    def opened(*names, pages: int | None = None) -> Desk:
        desk = Desk(program)
        desk.window.open_paths(
            [resource(f"samples/{name}") if isinstance(name, str) else name for name in names]
        )
        idle(program, len(names) if pages is None else pages)
        desk.window.showNormal()
        QApplication.processEvents()
        desk.window.resize(1400, 900)
        desk.window.activateWindow()
        desk.review.focus_editor()
        qtbot.waitUntil(desk.editor.hasFocus)
        return desk

    return opened


@pytest.fixture
def desk(open_desk):
    """A report of two columns and a sheet of laboratory values; the first line is current."""
    return open_desk("xray_report.png", "lab_sheet.png")
