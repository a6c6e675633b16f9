"""A person who does anything in any order: the views never lose step with the document."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitter

from desktop_ocr.document.model import Correction, Line, Provenance, corrected
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.page_view import PageView
from desktop_ocr.ui.review import ReviewPanel
from desktop_ocr.ui.review.lines import Filter
from desktop_ocr.ui.thumbnails import ThumbnailList
from tests.ui.documents import add_page, read_line, standard_lines

KEY, MODIFIER = Qt.Key, Qt.KeyboardModifier
MODIFIERS = (
    MODIFIER.NoModifier,
    MODIFIER.ControlModifier,
    MODIFIER.ShiftModifier,
    MODIFIER.ControlModifier | MODIFIER.ShiftModifier,
)
VIEW_KEYS = (
    KEY.Key_W, KEY.Key_Delete, KEY.Key_Escape, KEY.Key_Left, KEY.Key_Down, KEY.Key_Return,
    KEY.Key_Space, KEY.Key_Alt,
)  # fmt: skip
EDITOR_KEYS = (
    KEY.Key_Return, KEY.Key_Down, KEY.Key_Up, KEY.Key_Escape, KEY.Key_F3, KEY.Key_D, KEY.Key_M,
    KEY.Key_U, KEY.Key_Space, KEY.Key_Z, KEY.Key_A, KEY.Key_Home, KEY.Key_Left, KEY.Key_Backspace,
    KEY.Key_F2, KEY.Key_F4, KEY.Key_F8,
)  # fmt: skip


def helped(line: Line) -> Line:
    """A line of which a rule changed the start, and which others read otherwise."""
    made = Correction("rule", 0, line.text[0], "×")
    return replace(
        line,
        text=corrected(line.raw_text, [made]),
        plain_text=line.text[1:],
        second_text=line.text[::-1],
        corrections=(made,),
    )


class Person:
    """Acts at random on a window of three pages."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.document = DocumentController()
        for prefix in "abc":
            add_page(self.document, tuple(map(helped, standard_lines(prefix))))
        self.view = PageView(self.document)
        self.review = ReviewPanel(self.document)
        self.pages = ThumbnailList(self.document)
        self.window = QSplitter()
        for widget in (self.pages, self.view, self.review):
            self.window.addWidget(widget)
        self.window.resize(1000, 640)
        self.actions = (
            self.drag, self.drag, self.key_on_page, self.key_in_text, self.key_in_text, self.type,
            self.compose, self.commit, self.undo, self.flip, self.filter, self.threshold,
            self.click_row, self.zoom, self.engine,
        )  # fmt: skip

    def act(self) -> None:
        self.random.choice(self.actions)()
        popup = self.review.popup
        if popup.isVisible():
            QTest.keyClick(popup, self.random.choice((KEY.Key_1, KEY.Key_Escape, KEY.Key_Return)))
            popup.close()
        QApplication.processEvents()

    def somewhere(self, widget) -> QPoint:
        return QPoint(
            self.random.randrange(max(widget.width(), 1)),
            self.random.randrange(max(widget.height(), 1)),
        )

    def drag(self) -> None:
        port, left = self.view.viewport(), Qt.MouseButton.LeftButton
        QTest.mousePress(port, left, self.random.choice(MODIFIERS), self.somewhere(port))
        for _ in range(self.random.randrange(4)):
            QTest.mouseMove(port, self.somewhere(port))
        if self.random.random() < 0.2:
            self.document.undo()
        QTest.mouseRelease(port, left, MODIFIER.NoModifier, self.somewhere(port))

    def key_on_page(self) -> None:
        QTest.keyClick(self.view, self.random.choice(VIEW_KEYS), self.random.choice(MODIFIERS))

    def key_in_text(self) -> None:
        key, modifiers = self.random.choice(EDITOR_KEYS), self.random.choice(MODIFIERS)
        QTest.keyClick(self.review.editor, key, modifiers)

    def type(self) -> None:
        QTest.keyClicks(self.review.editor, "ab")

    def compose(self) -> None:
        QApplication.sendEvent(self.review.editor, QInputMethodEvent("ni", []))

    def commit(self) -> None:
        event = QInputMethodEvent("", [])
        event.setCommitString("你𠮷")
        QApplication.sendEvent(self.review.editor, event)

    def undo(self) -> None:
        if self.random.random() < 0.6:
            self.document.undo()
        else:
            self.document.redo()

    def flip(self) -> None:
        self.document.set_current_page(self.random.choice(self.document.document.pages).id)

    def filter(self) -> None:
        kind, only = self.random.choice(list(Filter)), self.random.random() < 0.3
        self.review.lines.set_filter(kind, unreviewed=only)

    def threshold(self) -> None:
        self.document.set_doubt(self.random.choice((0.3, 0.6, 0.8, 0.95)))

    def click_row(self) -> None:
        port = self.review.lines.list.viewport()
        modifiers = self.random.choice(MODIFIERS)
        QTest.mouseClick(port, Qt.MouseButton.LeftButton, modifiers, self.somewhere(port))

    def zoom(self) -> None:
        self.view.zoom_to(self.random.uniform(0.05, 4), self.somewhere(self.view.viewport()))

    def engine(self) -> None:
        """A line or a page is read again in the background."""
        page = self.random.choice(self.document.document.pages)
        if not page.lines:
            return
        line = self.random.choice(page.lines)
        read = helped(read_line(line.id, "新读", line.quad))
        self.document.readings.take_read_again(page.id, [read], [line])
        if self.random.random() < 0.1:
            rest = [line for line in page.lines if self.random.random() < 0.9]
            provenance = Provenance("again")
            self.document.readings.take_read_page(page.id, rest, provenance, replace=True)

    def check(self) -> None:
        page = self.document.current_page
        assert page is not None
        listed = self.review.lines.model.lines()
        assert len(listed) == len(page.lines)
        assert all(a is b for a, b in zip(listed, page.lines, strict=True))
        for line in page.lines:
            assert self.view.item(line.id) is not None
        current, editor = self.document.current_line, self.review.editor
        assert self.review.line is current
        if current is not None and not editor.composing and not editor.is_edited:
            assert editor.text() == current.text
        assert not set("\n\u2028\u2029") & set(editor.text())
        if current is not None:
            row = self.review.lines.list.currentIndex().row()
            assert row == self.review.lines.proxy.row_of(current.id)


@pytest.mark.parametrize("seed", range(4))
def test_views_keep_in_step_with_the_document(qtbot, seed):
    person = Person(seed)
    qtbot.addWidget(person.window)
    person.window.show()
    qtbot.waitExposed(person.window)
    as_read = [list(page.lines) for page in person.document.document.pages]
    for _ in range(250):
        person.act()
        person.check()
    # All of it can be taken back, and leaves the pages as they were read.
    person.commit()
    while person.document.undo_stack.canUndo():
        person.document.undo()
    person.check()
    assert [page.lines for page in person.document.document.pages] == as_read
    person.view.release_page()
