from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from desktop_ocr.document.model import LineStatus
from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.thumbnails import PAGE_ROLE, PageModel, ThumbnailList
from tests.ui.documents import add_page, standard_lines


@pytest.fixture
def controller(qapp):
    return DocumentController()


@pytest.fixture
def pages(controller):
    return [
        add_page(controller, standard_lines(f"p{i}-"), name=f"scans/report-{i}.png")
        for i in range(3)
    ]


@pytest.fixture
def thumbnails(controller, pages, qtbot):
    widget = ThumbnailList(controller)
    qtbot.addWidget(widget)
    widget.resize(160, 600)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def entry(widget: ThumbnailList, row: int):
    return widget.model().index(row, 0).data(PAGE_ROLE)


def tool_tip(widget: ThumbnailList, row: int) -> str:
    return widget.model().index(row, 0).data(Qt.ItemDataRole.ToolTipRole)


def picture_of(widget: ThumbnailList, row: int):
    rect = widget.visualRect(widget.model().index(row, 0))
    return widget.viewport().grab(rect).toImage()


def test_model_is_sound_while_pages_come_and_go(controller, qtbot):
    model = PageModel(controller)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    first = add_page(controller, standard_lines("a"))
    second = add_page(controller, standard_lines("b"))
    add_page(controller)
    assert model.rowCount() == 3
    controller.delete_page(second)
    assert model.rowCount() == 2
    controller.undo()
    assert [model.row_of(i) for i in (first, second)] == [0, 1]
    controller.set_page_state(first, PageState.READING)
    assert tester.model() is model


def test_rows_show_the_file_name_without_its_folder(thumbnails):
    assert thumbnails.model().rowCount() == 3
    assert thumbnails.model().index(1, 0).data() == "report-1.png"


def test_click_shows_the_page_and_a_shown_page_is_selected(thumbnails, controller, pages):
    at = thumbnails.visualRect(thumbnails.model().index(1, 0)).center()
    QTest.mouseClick(
        thumbnails.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at
    )
    assert controller.current_page.id == pages[1]
    controller.set_current_page(pages[2])
    assert thumbnails.currentIndex().row() == 2
    QTest.keyClick(thumbnails, Qt.Key.Key_Up)
    assert controller.current_page.id == pages[1]


def test_every_state_looks_different(thumbnails, controller, pages):
    page = pages[1]
    looks = []
    for state in PageState:
        controller.set_page_state(page, state, "" if state is not PageState.FAILED else "Broken.")
        looks.append(picture_of(thumbnails, 1))
    controller.set_page_state(page, PageState.DONE)
    ids = [f"p1-line{i}" for i in range(5)]
    controller.set_status(ids[:2], LineStatus.REVIEWED, page_id=page)
    looks.append(picture_of(thumbnails, 1))
    controller.set_status(ids, LineStatus.REVIEWED, page_id=page)
    looks.append(picture_of(thumbnails, 1))
    for i, look in enumerate(looks):
        for other in looks[i + 1 :]:
            assert look != other


def test_reason_of_a_failure_is_in_the_tool_tip(thumbnails, controller, pages):
    controller.set_page_state(pages[0], PageState.FAILED, "There is not enough memory.")
    assert "There is not enough memory." in tool_tip(thumbnails, 0)


def test_share_of_reviewed_lines_is_counted_and_said(thumbnails, controller, pages):
    controller.set_status(["p0-line0"], LineStatus.REVIEWED, page_id=pages[0])
    controller.set_status(["p0-line1"], LineStatus.ILLEGIBLE, page_id=pages[0])
    assert (entry(thumbnails, 0).reviewed, entry(thumbnails, 0).lines) == (2, 5)
    assert "2" in tool_tip(thumbnails, 0)
    assert not entry(thumbnails, 0).is_done


def test_deleted_page_goes_and_comes_back(thumbnails, controller, pages):
    controller.delete_page(pages[1])
    assert [entry(thumbnails, i).page_id for i in range(2)] == [pages[0], pages[2]]
    controller.undo()
    assert [entry(thumbnails, i).page_id for i in range(3)] == pages


def test_pages_of_one_file_are_told_apart(controller, qtbot):
    from dataclasses import replace

    from desktop_ocr.engine.load import from_array
    from desktop_ocr.ui.page_store import PageSource
    from desktop_ocr.ui.pictures import loaded_page
    from tests.ui.documents import blank

    for number in (1, 2):
        image = replace(from_array(blank(), "scan.tif"), page=number, pages=2)
        controller.add_loaded_page(loaded_page(image, PageSource(None, number)))
    widget = ThumbnailList(controller)
    qtbot.addWidget(widget)
    assert [widget.model().index(i, 0).data() for i in range(2)] == [
        "scan.tif · 1",
        "scan.tif · 2",
    ]


def test_a_narrow_list_still_paints(thumbnails):
    for width in (70, 300):
        thumbnails.resize(width, 400)
        assert not thumbnails.grab().isNull()
    assert thumbnails.indexAt(QPoint(20, 20)).isValid()


def test_the_keyboard_can_be_seen(thumbnails, qtbot):
    thumbnails.activateWindow()
    thumbnails.setFocus(Qt.FocusReason.ShortcutFocusReason)
    qtbot.waitUntil(thumbnails.hasFocus)
    current, other = picture_of(thumbnails, 0), picture_of(thumbnails, 1)
    thumbnails.clearFocus()
    assert picture_of(thumbnails, 0) != current
    assert picture_of(thumbnails, 1) == other
