"""The search over pages whose lines are loaded only when somebody looks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject

from desktop_ocr.document.lazy import LazyLines, LineText
from desktop_ocr.errors import ProjectDamagedError
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.search.finder import Finder
from desktop_ocr.ui.search.query import Matcher, Query
from tests.ui.documents import add_page, box, read_line


class Shelf(QObject):
    """Pages as a project gives them: how often the lines of each were loaded."""

    def __init__(self, pages: int):
        super().__init__()
        self.document = DocumentController(self)
        self.loads = [0] * pages
        for number in range(pages):
            add_page(self.document)
            page = self.document.document.pages[number]
            page.lines = LazyLines(
                lambda n=number: self.load(n), None, lambda n=number: self.texts(n)
            )

    def load(self, number: int):
        self.loads[number] += 1
        return self.lines(number)

    def lines(self, number: int):
        return tuple(read_line(f"{number}-{i}", f"第{number}页{i}", box(i)) for i in range(3))

    def texts(self, number: int):
        if number == 5:
            raise ProjectDamagedError("p.docr")
        return tuple(LineText(line.id, line.text, line.status) for line in self.lines(number))

    def loaded(self):
        return [page.lines.is_loaded for page in self.document.document.pages]


@pytest.fixture
def shelf(qapp):
    return Shelf(6)


def test_no_lines_are_loaded_for_the_search(shelf, qtbot):
    finder = Finder(shelf.document)
    page = shelf.document.document.pages[2]
    page.lines[2] = replace(page.lines[2], text="第2页1")  # not stored yet
    before = list(shelf.loads)
    with qtbot.waitSignal(finder.finished):
        finder.start(Matcher(Query("页1")))
    found = [(line.line.id, line.row) for line in finder.lines()]
    # The text of the last page cannot be read.
    assert found == [("0-1", 1), ("1-1", 1), ("2-1", 1), ("2-2", 2), ("3-1", 1), ("4-1", 1)]
    assert shelf.loads == before
    assert not page.lines.release()


def test_it_stops_when_it_is_told_to(shelf, qtbot):
    finder = Finder(shelf.document)
    finder.start(Matcher(Query("页")))
    finder.stop()
    qtbot.wait(20)
    assert finder.lines() == []
    assert not finder.is_busy


def test_one_page_alone(shelf, qtbot):
    finder = Finder(shelf.document)
    with qtbot.waitSignal(finder.finished):
        finder.start(Matcher(Query("页")), shelf.document.document.pages[4].id)
    assert {found.page_id for found in finder.lines()} == {shelf.document.document.pages[4].id}
    assert shelf.loads[3] == 0
