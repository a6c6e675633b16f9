"""One history over everything; the engine never overwrites a person."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from desktop_ocr.document.compare import differences
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Line, LineStatus, Provenance
from desktop_ocr.document.model import Step as Process
from desktop_ocr.engine.load import from_array
from desktop_ocr.errors import EditError
from desktop_ocr.ui.document_controller import (
    DocumentController,
    PageState,
)
from desktop_ocr.ui.document_state import OpenedDocument
from desktop_ocr.ui.history import Step
from desktop_ocr.ui.page_store import LoadedPage, PageSource, PageStore
from tests.fakes.engines import read_line


def loaded(name="a.png", path=None, size=(100, 200)):
    thumbnail = QImage(8, 8, QImage.Format.Format_RGB32)
    image = from_array(np.zeros((*size, 3), np.uint8), name)
    return LoadedPage(image, thumbnail, PageSource(path))


def row(i: int, line_id: str = "") -> Line:
    return Line(line_id or f"l{i}", Quad.from_box(10, 20 * i, 190, 20 * i + 15))


@pytest.fixture
def controller(qapp):
    return DocumentController()


@pytest.fixture
def page(controller):
    """A page of four lines that were read: "text 0" to "text 3"."""
    page_id = controller.add_loaded_page(loaded())
    lines = [row(i) for i in range(4)]
    controller.readings.take_found_lines(page_id, lines)
    read = [read_line(line, f"text {i}") for i, line in enumerate(lines)]
    for line in read:
        controller.readings.take_read_line(page_id, line)
    controller.readings.take_read_page(page_id, read, Provenance("m"), replace=False)
    controller.set_page_state(page_id, PageState.DONE)
    return controller.document.page(page_id)


def texts(page):
    return [line.text for line in page.lines]


class Heard:
    """Everything a controller says, in order."""

    def __init__(self, controller):
        self.said = []
        for name in (
            "page_added", "page_removed", "lines_changed", "line_changed",
            "current_page_changed", "current_line_changed",
        ):  # fmt: skip
            getattr(controller, name).connect(
                lambda *ids, name=name: self.said.append((name, *ids))
            )


def test_reading_is_no_step_of_the_history(controller, page):
    assert texts(page) == ["text 0", "text 1", "text 2", "text 3"]
    assert page.provenance.model_id == "m"
    assert controller.undo_stack.count() == 0
    assert not controller.is_modified


def test_an_edit_is_one_named_step(controller, page):
    controller.set_text("l1", "typed")
    assert controller.undo_step() is Step.EDIT_TEXT
    assert controller.is_modified
    controller.undo()
    assert texts(page)[1] == "text 1"
    assert controller.redo_step() is Step.EDIT_TEXT
    controller.redo()
    assert texts(page)[1] == "typed"


def test_the_same_text_is_no_step(controller, page):
    controller.set_text("l1", "text 1")
    controller.set_status(["l1"], LineStatus.UNREVIEWED)
    controller.move_line("l1", page.lines[1].quad)
    controller.reorder([line.id for line in page.lines])
    assert controller.undo_stack.count() == 0


def test_accepting_is_one_step(controller, page):
    controller.accept_line("l0", "better")
    assert controller.undo_stack.count() == 1
    assert (page.lines[0].text, page.lines[0].status) == ("better", LineStatus.REVIEWED)
    controller.undo()
    assert (page.lines[0].text, page.lines[0].status) == ("text 0", LineStatus.UNREVIEWED)


def test_one_change_is_said_once(controller, page):
    heard = Heard(controller)
    controller.set_text("l2", "x")
    assert heard.said == [("line_changed", page.id, "l2")]


def test_deleting_moves_the_selection_after_the_lines_are_gone(controller, page):
    controller.select_line("l1")
    heard = Heard(controller)
    controller.delete_lines(["l1"])
    assert heard.said == [("lines_changed", page.id), ("current_line_changed", page.id, "l2")]
    assert controller.current_line.id == "l2"
    controller.undo()
    assert [line.id for line in page.lines] == ["l0", "l1", "l2", "l3"]


def test_split_and_join(controller, page):
    right = controller.split_line("l0", 4)
    assert texts(page)[:2] == ["text", "0"]
    assert page.lines[1].id == right
    controller.merge_with_next("l0")
    assert texts(page)[0] == "text 0"  # two Latin words keep their space
    controller.undo()
    controller.undo()
    assert texts(page) == ["text 0", "text 1", "text 2", "text 3"]
    assert controller.split_line("l0", 0) == ""


def test_chinese_is_joined_without_a_space(controller, page):
    controller.set_text("l0", "右肺")
    controller.set_text("l1", "上叶")
    controller.merge_with_next("l0")
    assert texts(page)[0] == "右肺上叶"


def test_a_drawn_line_finds_its_place(controller, page):
    line_id = controller.add_line(Quad.from_box(10, 36, 190, 39))
    assert [line.id for line in page.lines] == ["l0", "l1", line_id, "l2", "l3"]
    assert controller.current_line.id == line_id


def test_selection(controller, page):
    assert controller.current_line.id == "l0"
    controller.select_line("l2", extend=True)
    assert controller.selected_line_ids == ("l0", "l2")
    assert controller.current_line.id == "l2"
    controller.select_line("l0", extend=True)
    assert controller.selected_line_ids == ("l2",)
    controller.select_lines(["l3", "no such line", "l1"])
    assert controller.selected_line_ids == ("l3", "l1")
    controller.select_line("")
    assert controller.current_line is None


def test_each_page_remembers_its_line(controller, page):
    other = controller.add_loaded_page(loaded("b.png"))
    controller.select_line("l2")
    controller.set_current_page(other)
    assert controller.current_line is None
    controller.set_current_page(page.id)
    assert controller.current_line.id == "l2"


def test_undo_shows_the_page_of_the_step(controller, page):
    controller.set_text("l0", "x")
    other = controller.add_loaded_page(loaded("b.png"))
    controller.set_current_page(other)
    controller.undo()
    assert controller.current_page.id == page.id


def test_deleting_a_page_and_back(controller, page):
    other = controller.add_loaded_page(loaded("b.png"))
    controller.delete_page()
    assert [p.id for p in controller.document.pages] == [other]
    assert controller.current_page.id == other
    controller.undo()
    assert [p.id for p in controller.document.pages] == [page.id, other]
    assert controller.current_page.id == page.id
    assert controller.page_state(page.id) is PageState.DONE


def test_deleting_the_last_page(controller, page):
    controller.delete_page()
    assert controller.current_page is None
    assert controller.page_index() == -1
    controller.undo()
    assert controller.current_page.id == page.id


# --- the engine and the person ------------------------------------------------------------


def reread(page, line_id="l1", text="again"):
    return read_line(page.line(line_id), text)


def test_reading_again_is_a_step(controller, page):
    asked = [page.lines[1]]
    assert controller.readings.take_read_again(page.id, [reread(page)], asked) == (1, 0)
    assert texts(page)[1] == "again"
    assert controller.undo_step() is Step.READ_LINES
    controller.undo()
    assert texts(page)[1] == "text 1"


@pytest.mark.parametrize("touch", ["edit", "review", "illegible", "hold"])
def test_what_a_person_touched_stays(controller, page, touch):
    asked = [page.lines[1]]
    new = reread(page)
    match touch:
        case "edit":
            controller.set_text("l1", "mine")
        case "review":
            controller.set_status(["l1"], LineStatus.REVIEWED)
        case "illegible":
            controller.set_status(["l1"], LineStatus.ILLEGIBLE)
        case "hold":
            controller.hold_line(page.id, "l1")
    before = page.lines[1]
    assert controller.readings.take_read_again(page.id, [new], asked) == (0, 1)
    controller.readings.take_read_line(page.id, new)
    assert page.lines[1] == before
    fresh = [read_line(row(i, f"n{i}"), f"new {i}") for i in range(4)]
    controller.readings.take_read_page(page.id, fresh, Provenance("m2"), replace=True)
    assert [line.id for line in page.lines] == ["n0", "l1", "n2", "n3"]
    assert page.lines[1] == before
    controller.undo()
    assert [line.id for line in page.lines] == ["l0", "l1", "l2", "l3"]
    assert page.provenance.model_id == "m"


def test_a_reading_of_a_box_that_moved_again_is_dropped(controller, page):
    asked = [page.lines[1]]
    new = reread(page)
    controller.move_line("l1", Quad.from_box(0, 0, 50, 10))
    assert controller.readings.take_read_again(page.id, [new], asked) == (0, 0)
    controller.delete_lines(["l1"])
    assert controller.readings.take_read_again(page.id, [new], asked) == (0, 0)


def test_moving_and_its_reading_are_one_step(controller, page):
    old = page.lines[1]
    quad = Quad.from_box(12, 22, 150, 34)
    controller.move_line("l1", quad)
    asked = [page.lines[1]]
    controller.readings.take_read_again(page.id, [reread(page)], asked)
    assert controller.undo_stack.count() == 1
    assert (page.lines[1].text, page.lines[1].quad) == ("again", quad)
    controller.undo()
    assert page.lines[1] == old
    controller.redo()
    assert (page.lines[1].text, page.lines[1].quad) == ("again", quad)


def test_drawing_and_its_reading_are_one_step(controller, page):
    line_id = controller.add_line(Quad.from_box(10, 90, 190, 99))
    new = reread(page, line_id, "drawn")
    controller.readings.take_read_again(page.id, [new], [page.line(line_id)])
    assert controller.undo_stack.count() == 1
    controller.undo()
    assert len(page.lines) == 4
    controller.redo()
    assert page.line(line_id).text == "drawn"


def test_results_for_a_page_that_is_gone_are_dropped(controller, page):
    controller.delete_page()
    new = read_line(row(1), "late")
    controller.readings.take_found_lines(page.id, [new])
    controller.readings.take_read_line(page.id, new)
    controller.readings.take_read_page(page.id, [new], Provenance(), replace=False)
    controller.set_page_state(page.id, PageState.DONE)
    assert controller.readings.take_read_again(page.id, [new], [new]) == (0, 0)
    controller.undo()
    assert texts(page) == ["text 0", "text 1", "text 2", "text 3"]


def test_boxes_drawn_before_the_page_is_read_stay(controller):
    page_id = controller.add_loaded_page(loaded())
    drawn = controller.add_line(Quad.from_box(10, 20, 190, 35))
    controller.readings.take_found_lines(page_id, [row(0), row(1), row(2)])
    page = controller.document.page(page_id)
    assert [line.id for line in page.lines] == [drawn, "l0", "l2"]
    controller.readings.take_read_page(
        page_id, [read_line(row(2), "c")], Provenance(), replace=False
    )
    assert drawn in [line.id for line in page.lines]
    controller.undo()
    assert drawn not in [line.id for line in page.lines]


def test_empty_boxes_go_when_the_page_is_read(controller):
    page_id = controller.add_loaded_page(loaded())
    controller.readings.take_found_lines(page_id, [row(0), row(1)])
    controller.readings.take_read_page(
        page_id, [read_line(row(1), "b")], Provenance(), replace=False
    )
    assert texts(controller.document.page(page_id)) == ["b"]


def test_doubt(controller, page):
    line = page.lines[0]
    assert controller.is_doubtful(line)
    controller.set_doubt(0.5)
    assert not controller.is_doubtful(line)
    controller.set_doubt(0.8)
    controller.set_status(["l0"], LineStatus.REVIEWED)
    assert not controller.is_doubtful(page.lines[0])


def test_a_snapshot_is_not_touched_by_later_edits(controller, page):
    snapshot = controller.snapshot()
    before = copy.deepcopy(snapshot)
    controller.set_text("l0", "later")
    controller.delete_lines(["l1"])
    assert snapshot == before


def test_a_snapshot_asks_for_pending_text_first(controller, page):
    controller.commit_pending.connect(lambda: controller.set_text("l0", "pending"))
    assert controller.snapshot().pages[0].lines[0].text == "pending"


def test_an_edit_that_does_not_fit_is_refused(controller, page):
    with pytest.raises(EditError):
        controller.set_text("no such line", "x")
    with pytest.raises(EditError):
        controller.delete_lines(["l0", "no such line"])
    assert len(page.lines) == 4
    assert controller.undo_stack.count() == 0


operations = st.lists(
    st.tuples(
        st.sampled_from(
            ["text", "status", "move", "add", "delete", "split", "merge", "reorder", "again",
             "page", "undo", "redo"]
        ),
        st.integers(0, 50),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(operations)
def test_undoing_everything_gives_the_page_back(qapp, steps):
    """Whatever a person does, with readings in between, the history leads back and forth."""
    controller = DocumentController()
    page_id = controller.add_loaded_page(loaded())
    controller.readings.take_found_lines(page_id, [row(i) for i in range(4)])
    first = [read_line(row(i), f"text {i}") for i in range(4)]
    controller.readings.take_read_page(page_id, first, Provenance("m"), replace=False)
    page = controller.document.page(page_id)
    start = copy.deepcopy(page)
    for number, (name, n) in enumerate(steps):
        do(controller, page, name, n, number)
    end = copy.deepcopy(page)
    count = controller.undo_stack.count()
    while controller.undo_stack.canRedo():
        controller.redo()
    far = copy.deepcopy(page)
    while controller.undo_stack.canUndo():
        controller.undo()
    assert page == start
    while controller.undo_stack.canRedo():
        controller.redo()
    assert page == far
    assert controller.undo_stack.count() == count
    if count == controller.undo_stack.index() and not any(n == "undo" for n, _ in steps):
        assert page == end


def do(controller, page, name, n, number):
    line = page.lines[n % len(page.lines)] if page.lines else None
    if name == "add":
        controller.add_line(Quad.from_box(10, n * 2, 190, n * 2 + 9))
    elif name == "undo":
        controller.undo()
    elif name == "redo":
        controller.redo()
    elif name == "page":
        fresh = [read_line(row(i, f"p{number}-{i}"), f"page {n}") for i in range(n % 5)]
        provenance = Provenance("m", (Process("n", {"n": n}),))
        controller.readings.take_read_page(page.id, fresh, provenance, replace=True)
    elif line is None:
        return
    elif name == "text":
        controller.set_text(line.id, f"typed {n}")
    elif name == "status":
        controller.set_status([line.id], list(LineStatus)[n % 3])
    elif name == "move":
        controller.move_line(line.id, line.quad.translated(n, 1))
    elif name == "delete":
        controller.delete_lines([line.id])
    elif name == "split":
        controller.split_line(line.id, n % (len(line.text) + 1))
    elif name == "merge":
        controller.merge_with_next(line.id)
    elif name == "reorder":
        ids = [other.id for other in page.lines]
        k = n % len(ids)
        controller.reorder(ids[k:] + ids[:k])
    elif name == "again":
        controller.readings.take_read_again(page.id, [read_line(line, f"again {n}")], [line])


# --- pixels -------------------------------------------------------------------------------


def test_pages_beyond_the_bound_are_let_go_but_not_from_the_clipboard(tmp_path):
    store = PageStore(bound=2 * 100 * 200 * 3)
    for i in range(4):
        store.put(f"f{i}", loaded(path=tmp_path / f"{i}.png"))
    store.put("clip", loaded())
    store.put("last", loaded(path=tmp_path / "last.png"))
    assert [i for i in ("f0", "f1", "f2", "f3", "clip", "last") if store.get(i)] == ["clip", "last"]
    assert store.thumbnail("f0") is not None
    assert store.source("f0").path == tmp_path / "0.png"


def test_a_page_that_was_let_go_is_asked_for(controller, tmp_path):
    controller._store = PageStore(bound=1)
    names = ("a.png", "b.png", "c.png")
    shown, other, _ = (controller.add_loaded_page(loaded(n, tmp_path / n)) for n in names)
    wanted = []
    controller.page_image_needed.connect(wanted.append)
    assert controller.page_image(shown) is not None
    assert controller.page_image(other) is None
    assert wanted == [other]
    ready = []
    controller.page_image_ready.connect(ready.append)
    controller.put_page_image(other, loaded("b.png", tmp_path / "b.png"))
    assert ready == [other]
    assert controller.page_image(other) is not None


@pytest.mark.parametrize("edit", ["text", "status", "delete"])
def test_an_edit_made_before_the_reading_came_is_taken_back_to_the_reading(controller, edit):
    page_id = controller.add_loaded_page(loaded())
    page = controller.current_page
    found, other = row(0), row(1)
    controller.readings.take_found_lines(page_id, [found, other])
    if edit == "text":
        controller.set_text(found.id, "mine")
    elif edit == "status":
        controller.set_status([found.id], LineStatus.ILLEGIBLE)
    else:
        controller.delete_lines([found.id])
    edited = list(page.lines)
    controller.readings.take_read_line(page_id, read_line(found, "检查所见"))
    assert page.lines == edited
    controller.undo()
    assert page.line(found.id).text == "检查所见"
    assert page.line(found.id).characters
    controller.redo()
    assert page.lines == edited
    controller.undo()
    assert page.line(found.id).text == "检查所见"


def test_readings_that_came_too_late_go_with_their_page(controller):
    page_id = controller.add_loaded_page(loaded())
    lines = [row(i) for i in range(3)]
    controller.readings.take_found_lines(page_id, lines)
    controller.delete_lines(["l1"])
    controller.readings.take_read_line(page_id, read_line(lines[1], "late"))
    controller.undo()
    assert texts(controller.document.page(page_id)) == ["", "late", ""]
    controller.delete_page(page_id)
    assert not controller.readings._missed  # nothing of a page stays in memory


def test_no_text_of_a_closed_document_is_kept_for_comparing(controller, page) -> None:
    differences("张三", "张山")
    assert differences.cache_info().currsize
    controller.replace_document(OpenedDocument())
    assert differences.cache_info().currsize == 0
