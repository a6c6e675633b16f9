"""The status bar says which of the doubtful lines the current one is, across pages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.review.navigation import doubtful_rank
from tests.ui.documents import add_page, standard_lines

KEY = Qt.Key


@pytest.fixture
def document(program):
    for number in range(3):
        add_page(program.document, standard_lines(f"{number}-"), name=f"p{number}.png")
    program.window.activateWindow()
    program.window.review.focus_editor()
    return program.document


def sentence(program):
    program.window.status.refresh()
    return program.window.status.sentence()


def test_it_counts_on_across_pages(program, document, qtbot):
    editor = program.window.review.editor
    assert "6 doubtful left" in sentence(program)  # the first line is none of them
    told = []
    for _ in range(9):  # two lines a page, one of them with two places
        QTest.keyClick(editor, KEY.Key_F3)
        told.append(doubtful_rank(document))
    assert told == [1, 1, 2, 3, 3, 4, 5, 5, 6]
    assert "6 of 6 doubtful left on all pages" in sentence(program)
    QTest.keyClick(editor, KEY.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert "5 of 6 doubtful left" in sentence(program)
    QTest.keyClick(editor, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert document.current_line.status is LineStatus.REVIEWED
    assert "5 doubtful left" in sentence(program)
    program.window.review.doubt_slider.slider.setValue(50)
    assert "0 doubtful left" in sentence(program)


def test_nothing_is_open(program):
    assert doubtful_rank(program.document) == 0
