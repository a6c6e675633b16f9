"""The search over pages whose lines are loaded only when somebody looks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from desktop_ocr.document.lazy import LazyLines
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
            page.lines = LazyLines(lambda n=number: self.load(n))

    def load(self, number: int):
        self.loads[number] += 1
        return tuple(read_line(f"{number}-{i}", f"第{number}页{i}", box(i)) for i in range(3))

    def loaded(self):
        return [page.lines.is_loaded for page in self.document.document.pages]


@pytest.fixture
def shelf(qapp):
    return Shelf(6)


def test_pages_are_loaded_for_the_search_and_let_go(shelf, qtbot):
    finder = Finder(shelf.document)
    shelf.document.document.pages[2].lines[0]  # somebody looked at it before
    with qtbot.waitSignal(finder.finished):
        finder.start(Matcher(Query("页1")))
    assert [found.line.id for found in finder.lines()] == [f"{n}-1" for n in range(6)]
    assert [found.row for found in finder.lines()] == [1] * 6
    assert shelf.loads == [1] * 6
    assert shelf.loaded() == [True, False, True, False, False, False]  # the first is in view


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
