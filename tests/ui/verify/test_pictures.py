"""Pictures of characters come in page after page, under a bound of memory."""

from __future__ import annotations

import pytest

from desktop_ocr.ui.document_controller import DocumentController
from desktop_ocr.ui.verify.groups import occurrences
from desktop_ocr.ui.verify.pictures import CropStore
from tests.ui.documents import add_page, box, read_line


@pytest.fixture
def controller(qapp):
    return DocumentController()


def pages(controller, count):
    """Pages with ten look-alikes each, and what is to be verified on them."""
    found = {}
    for i in range(count):
        page_id = add_page(controller, (read_line(f"line{i}", "0123456789", box(0)),))
        (line,) = controller.document.page(page_id).lines
        found[page_id] = list(occurrences(page_id, line, 0.8))
    return found


def test_all_pictures_of_all_pages_come_in(controller, qtbot):
    store, wanted = CropStore(controller), pages(controller, 3)
    store.want(wanted)
    qtbot.waitUntil(lambda: store.is_complete)
    assert all(store.crop(o) is not None for found in wanted.values() for o in found)
    assert 0 < store.size < 3 * 10 * 10_000
    store.want({})
    assert store.size == 0
    store.wait()


def test_what_is_looked_at_comes_in_beyond_the_bound_and_the_oldest_goes(controller, qtbot):
    wanted = pages(controller, 6)
    probe = CropStore(controller)
    probe.want(dict(list(wanted.items())[:1]))
    qtbot.waitUntil(lambda: probe.is_complete)
    one = probe.size
    probe.wait()
    store = CropStore(controller, bound=round(2.5 * one))
    store.want(wanted)
    qtbot.waitUntil(lambda: store.is_complete)
    assert store.size <= 2.5 * one
    last = list(wanted.values())[-1]
    assert store.crop(last[0]) is None
    store.put_first(last)
    qtbot.waitUntil(lambda: store.crop(last[0]) is not None)
    assert store.size <= 2.5 * one
    store.wait()


def test_a_round_that_was_closed_brings_nothing_more(controller, qtbot):
    store, wanted = CropStore(controller), pages(controller, 4)
    told = []
    store.ready.connect(told.append)
    store.want(wanted)
    store.wait()
    qtbot.wait(50)
    assert told == []
    assert store.size == 0
