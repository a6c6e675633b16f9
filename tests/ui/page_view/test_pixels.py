from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF

from desktop_ocr.engine.load import from_array
from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.page_store import PageSource, PageStore
from desktop_ocr.ui.page_view import PageView
from desktop_ocr.ui.pictures import loaded_page
from tests.ui.documents import blank


def coloured(colour):
    pixels = blank(900, 1200)
    pixels[100:-100, 100:-100] = colour
    return loaded_page(from_array(pixels, "a.png"), PageSource(Path("a.png")))


@pytest.fixture
def controller(qapp):
    """Has room for the pixels of one page."""
    made = DocumentController()
    made._store = PageStore(bound=1)
    return made


@pytest.fixture
def view(controller, qtbot):
    shown = PageView(controller)
    qtbot.addWidget(shown)
    shown.resize(400, 500)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    shown.release_page()


def middle(view) -> tuple[int, int, int]:
    at = view.mapFromScene(QPointF(450, 600))
    colour = view.viewport().grab().toImage().pixelColor(at)
    return colour.red(), colour.green(), colour.blue()


def test_thumbnail_stands_in_until_the_pixels_are_loaded_again(view, controller, qtbot):
    red, green = coloured((0, 0, 255)), coloured((0, 255, 0))
    first = controller.add_loaded_page(red)
    second = controller.add_loaded_page(green)
    controller.set_current_page(second)
    controller.add_loaded_page(coloured((255, 0, 0)))  # now the first is out of memory
    assert middle(view) == (0, 255, 0)
    with qtbot.waitSignal(controller.page_image_needed) as needed:
        controller.set_current_page(first)
    assert needed.args == [first]
    assert middle(view) == (255, 0, 0)  # from the thumbnail
    view.zoom_to(1.5)
    place = view.viewportTransform()
    controller.put_page_image(first, red)
    assert middle(view) == (255, 0, 0)
    assert view._sheet.is_loaded
    assert view.viewportTransform() == place  # the page does not jump when its pixels come


def test_flipping_through_pages_leaves_no_thread(view, controller):
    pages = [controller.add_loaded_page(coloured((0, 0, v))) for v in (50, 150, 250)]
    for _ in range(5):
        for page in pages:
            controller.set_current_page(page)
    view.release_page()
    # The fixture no_thread_is_left looks after this test.
    assert not view._sheet.is_loaded
