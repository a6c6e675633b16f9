from __future__ import annotations

import pytest
from PySide6.QtTest import QTest

from desktop_ocr.ui.document_controller import DocumentController
from tests.ui.documents import add_page, box, read_line

PAGES = (
    ("胸片：右肺纹理增多", "WBC 6.8 x10^9/L", "右肺下野斑片影", "心影不大"),
    ("左肺未见异常", "wbc 11,2", "建议复查"),
    ("ＷＢＣ 正常", "右肺右肺"),
)


@pytest.fixture
def document(program):
    """Three pages in the real window, the first in view, the keyboard in the text."""
    controller: DocumentController = program.document
    for number, texts in enumerate(PAGES):
        lines = tuple(read_line(f"{number}-{i}", text, box(i)) for i, text in enumerate(texts))
        add_page(controller, lines, name=f"p{number}.png")
    program.window.activateWindow()
    program.window.review.focus_editor()
    return controller


class Bar:
    """The bar as a person uses it."""

    def __init__(self, program, qtbot):
        self.window, self.qtbot = program.window, qtbot
        self.search = program.window.workspace.search
        self.bar = self.search.bar
        self.editor = program.window.review.editor

    def open(self, key, modifiers):
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifiers)

    def type(self, text, field=None):
        field = field or self.bar.text
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text) if text.isascii() else field.insert(text)
        self.wait()

    def wait(self):
        """Until the pause is over and everything is searched."""
        self.bar.ask_now()
        self.qtbot.waitUntil(lambda: not self.search._finder.is_busy)

    def key(self, key, modifiers=None, widget=None):
        widget = widget or self.bar.text
        QTest.keyClick(widget, key) if modifiers is None else QTest.keyClick(widget, key, modifiers)

    def rows(self):
        model = self.bar.results.model()
        return [found.line.id for found in model.lines()]

    def selected(self):
        start, end = self.editor.selection()
        return self.editor.line.id, start, self.editor.text()[start:end]


@pytest.fixture
def bar(program, document, qtbot):
    return Bar(program, qtbot)
