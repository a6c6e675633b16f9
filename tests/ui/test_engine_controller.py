"""The queue in front of the worker: order, cancelling, failures, stale results."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import LineStatus
from desktop_ocr.errors import (
    DamagedFileError,
    EmptyFileError,
    EngineError,
    ModelError,
    OutOfMemoryError,
    OutputExistsError,
)
from desktop_ocr.export import ExportFormat, load_json
from desktop_ocr.ui.document_controller import DocumentController, PageState
from desktop_ocr.ui.engine_controller import EngineController
from desktop_ocr.ui.history import Step
from desktop_ocr.ui.page_store import PageStore
from tests.fakes.engines import (
    TEXTS,
    BadTextEngine,
    EndlessEngine,
    FailingEngine,
    NoModelEngine,
    TruthEngine,
)


class Desk:
    """Document and engine without a window."""

    def __init__(self, qtbot, engine):
        self.qtbot = qtbot
        self.fake = engine
        self.document = DocumentController()
        self.engine = EngineController(lambda: engine, self.document)
        self.failures = []
        self.engine.failure.connect(self.failures.append)
        self.engine.start()

    @property
    def pages(self):
        return self.document.document.pages

    def state(self, i=0):
        return self.document.page_state(self.pages[i].id)

    def texts(self, i=0):
        return [line.text for line in self.pages[i].lines]

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=20_000)

    def idle(self):
        self.until(lambda: not self.engine.is_busy)


@pytest.fixture
def desk(qtbot):
    made = []

    def make(engine=None):
        made.append(Desk(qtbot, engine or TruthEngine()))
        return made[-1]

    yield make
    for each in made:
        each.engine.close()
        assert not each.engine._thread.isRunning()


def test_a_page_is_shown_before_it_is_read(desk, picture):
    d = desk(EndlessEngine())
    d.engine.open([picture()])
    d.until(lambda: d.pages and d.pages[0].lines)
    assert d.state() is PageState.READING
    assert d.texts() == ["", "", ""]
    assert d.document.page_image(d.pages[0].id) is not None
    assert d.document.thumbnail(d.pages[0].id) is not None
    d.fake.gate.set()
    d.idle()
    assert d.texts() == list(TEXTS)
    assert d.state() is PageState.DONE


def test_the_engine_runs_in_another_thread(desk, picture):
    d = desk()
    d.engine.open([picture()])
    d.idle()
    assert d.fake.threads
    assert threading.get_ident() not in d.fake.threads


def test_folders_are_walked_and_pages_come_in_order(desk, picture, tmp_path):
    for name in ("10.png", "9.png", "报告/2.png"):
        picture(f"扫描/{name}")
    d = desk()
    d.engine.open([tmp_path / "扫描"])
    d.idle()
    assert d.fake.reads == ["9.png", "10.png", "2.png"]


def test_a_folder_without_pictures_is_said(desk, tmp_path, qtbot):
    d = desk()
    with qtbot.waitSignal(d.engine.nothing_found, timeout=20_000):
        d.engine.open([tmp_path])


def test_the_page_in_view_is_read_first(desk, picture):
    d = desk()

    def look_at_the_last(page_id):
        if len(d.pages) == 4:
            d.document.set_current_page(page_id)

    d.document.page_added.connect(look_at_the_last)
    d.engine.open([picture(f"{i}.png") for i in range(4)])
    d.idle()
    assert d.fake.reads == ["0.png", "3.png", "1.png", "2.png"]


def test_all_pages_of_a_tiff_come(desk, tmp_path):
    path = tmp_path / "多页.tiff"
    frames = [Image.new("L", (120, 80 + i), 255) for i in range(5)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    d = desk()
    d.engine.open([path])
    d.idle()
    assert [page.page for page in d.pages] == [1, 2, 3, 4, 5]
    assert [page.height for page in d.pages] == [80, 81, 82, 83, 84]
    assert all(d.state(i) is PageState.DONE for i in range(5))


def test_a_pdf_is_drawn_in_the_worker(desk, tmp_path):
    path = tmp_path / "报告.pdf"
    first, *rest = [Image.new("RGB", (200, 100), "white") for _ in range(3)]
    first.save(path, "PDF", save_all=True, append_images=rest, resolution=72)
    d = desk()
    d.engine.open([path])
    d.idle()
    assert [(page.file, page.page, page.dpi) for page in d.pages] == [
        ("报告.pdf", number, 250) for number in (1, 2, 3)
    ]
    assert d.engine.model_id == "truth-1"


def test_a_damaged_page_in_the_middle_leaves_the_others(desk, tmp_path, monkeypatch):
    from desktop_ocr.engine import load

    path = tmp_path / "many.tiff"
    first, *rest = [Image.new("L", (60, 40), 255) for _ in range(4)]
    first.save(path, save_all=True, append_images=rest)
    real = load.load_page

    def load_page(path, page=1, **options):
        if page == 2:
            raise DamagedFileError(path)
        return real(path, page, **options)

    monkeypatch.setattr(load, "load_page", load_page)
    d = desk()
    d.engine.open([path])
    d.idle()
    assert [page.page for page in d.pages] == [1, 3, 4]
    assert [(f.path, f.page) for f in d.failures] == [(path, 2)]
    monkeypatch.undo()
    d.engine.retry(d.failures[0])
    d.idle()
    assert [page.page for page in d.pages] == [1, 3, 4, 2]


def test_a_bad_file_is_named_and_the_others_go_on(desk, picture, tmp_path):
    empty, broken = tmp_path / "empty.png", tmp_path / "broken.png"
    empty.write_bytes(b"")
    broken.write_bytes(picture("whole.png").read_bytes()[:120])
    d = desk()
    d.engine.open([picture("a.png"), empty, broken, picture("b.png")])
    d.idle()
    assert [type(f.error) for f in d.failures] == [EmptyFileError, DamagedFileError]
    assert [f.path for f in d.failures] == [empty, broken]
    assert d.fake.reads == ["a.png", "b.png"]
    # Nothing keeps the worker's frames, and with them whole pages, alive.
    assert all(f.error.__traceback__ is None for f in d.failures)


def test_a_file_can_be_tried_again(desk, picture, tmp_path):
    path = tmp_path / "late.png"
    path.write_bytes(b"")
    d = desk()
    d.engine.open([path])
    d.idle()
    picture("late.png")
    d.engine.retry(d.failures[0])
    d.idle()
    assert d.texts() == list(TEXTS)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (RuntimeError("with a 姓名 in it"), EngineError),
        (MemoryError(), OutOfMemoryError),
        (OutOfMemoryError(), OutOfMemoryError),
        (ModelError("x"), ModelError),
    ],
)
def test_a_page_that_fails_is_marked_and_the_next_is_read(desk, picture, error, kind, caplog):
    d = desk(FailingEngine(error, times=1))
    d.engine.open([picture("a.png"), picture("b.png")])
    d.idle()
    assert [d.state(i) for i in range(2)] == [PageState.FAILED, PageState.DONE]
    assert type(d.failures[0].error) is kind
    assert d.document.page_message(d.pages[0].id)
    assert d.texts(0)[0] == TEXTS[0]  # what was read stays
    assert "姓名" not in caplog.text
    d.engine.retry(d.failures[0])
    d.idle()
    assert d.state(0) is PageState.DONE
    assert d.texts(0) == list(TEXTS)


def test_a_missing_model_is_said_at_once(desk):
    d = desk(NoModelEngine())
    d.until(lambda: d.failures)
    assert isinstance(d.failures[0].error, ModelError)


def test_odd_text_arrives_as_it_is(desk, picture):
    d = desk(BadTextEngine())
    d.engine.open([picture()])
    d.idle()
    assert d.texts() == [BadTextEngine.TEXT] * 3


def test_cancelling_keeps_what_was_read(desk, picture):
    d = desk(EndlessEngine())
    d.engine.open([picture("a.png"), picture("b.png")])
    d.until(lambda: d.pages and d.pages[0].lines)
    d.engine.cancel()
    d.idle()
    assert d.state(0) is PageState.CANCELLED
    assert len(d.pages[0].lines) == 3
    assert len(d.fake.reads) == 1
    d.fake.gate.set()
    d.engine.read_pages([d.pages[0].id])
    d.idle()
    assert d.state(0) is PageState.DONE
    assert d.texts(0) == list(TEXTS)


def test_cancelling_stops_the_opening_and_the_rest_can_be_opened(desk, tmp_path, monkeypatch):
    from desktop_ocr.engine import load

    started, go_on = threading.Event(), threading.Event()
    load_page = load.load_page

    def slow(path, page=1, **options):
        if page == 3:
            started.set()
            go_on.wait(20)
        return load_page(path, page, **options)

    monkeypatch.setattr(load, "load_page", slow)
    pictures = [Image.new("L", (300, 200), 20 * i) for i in range(6)]
    pictures[0].save(tmp_path / "six.tif", save_all=True, append_images=pictures[1:])
    d = desk()
    stopped = []
    d.engine.opening_stopped.connect(stopped.append)
    d.engine.open([tmp_path / "six.tif"])
    d.until(started.is_set)
    d.engine.cancel()
    go_on.set()
    d.idle()
    assert [page.page for page in d.pages] == [1, 2]
    d.engine.open_rest(stopped[0])
    d.until(lambda: len(d.pages) == 6)
    d.idle()
    assert [page.page for page in d.pages] == [1, 2, 3, 4, 5, 6]
    assert d.texts(5) == list(TEXTS)


def test_closing_ends_a_page_that_never_ends(desk, picture):
    d = desk(EndlessEngine())
    d.engine.open([picture()])
    d.until(lambda: d.pages and d.pages[0].lines)
    d.engine.close()
    assert not d.engine._thread.isRunning()


def test_reading_a_page_again_keeps_reviewed_lines(desk, picture):
    d = desk()
    d.engine.open([picture()])
    d.idle()
    page = d.pages[0]
    d.document.accept_line(page.lines[1].id, "checked")
    d.fake.suffix = "!"
    d.engine.read_pages([page.id])
    d.idle()
    assert d.texts() == [TEXTS[0] + "!", "checked", TEXTS[2] + "!"]
    assert d.document.undo_step() is Step.READ_PAGE
    d.document.undo()
    assert d.texts() == [TEXTS[0], "checked", TEXTS[2]]


def test_cancelling_a_second_reading_leaves_the_page_as_it_was(desk, picture):
    d = desk()
    d.engine.open([picture()])
    d.idle()
    d.fake.gate.clear()
    d.engine.read_pages([d.pages[0].id])
    d.until(lambda: len(d.fake.reads) == 2)
    d.engine.cancel()
    d.idle()
    assert d.state() is PageState.DONE
    assert d.texts() == list(TEXTS)
    assert d.document.undo_stack.count() == 0


def test_reading_a_box_again(desk, picture):
    d = desk()
    d.engine.open([picture()])
    d.idle()
    page = d.pages[0]
    first, second, third = page.lines
    d.document.set_status([second.id], LineStatus.REVIEWED)
    kept = []
    d.engine.lines_kept.connect(lambda count, _again: kept.append(count))
    d.engine.read_lines(page.id, (first.id, second.id))
    d.idle()
    assert d.texts() == ["再读", TEXTS[1], TEXTS[2]]
    assert kept == [1]
    d.document.move_line(third.id, Quad.from_box(1, 1, 99, 30))
    d.document.read_again_requested.emit(page.id, (third.id,))
    d.idle()
    assert d.texts()[2] == "再读"
    d.document.undo()
    assert page.lines[2] == third


def test_deleting_the_page_under_way_stops_it(desk, picture):
    d = desk(EndlessEngine())
    d.engine.open([picture("a.png"), picture("b.png")])
    d.until(lambda: d.pages and d.pages[0].lines)
    d.document.delete_page()
    d.until(lambda: len(d.fake.reads) == 2)
    d.fake.gate.set()
    d.idle()
    assert d.texts() == list(TEXTS)
    d.document.undo()
    assert d.state(0) is PageState.CANCELLED


def test_pixels_come_while_another_page_is_read(desk, picture):
    d = desk()
    d.document._store = PageStore(bound=1)
    d.engine.open([picture("a.png"), picture("b.png")])
    d.idle()
    d.fake.gate.clear()
    d.engine.open([picture("c.png")])
    d.until(lambda: len(d.pages) == 3 and d.pages[2].lines)
    second = d.pages[1].id
    assert d.document.page_image(second) is None
    d.fake.gate.set()
    d.until(lambda: d.document.kept_image(second) is not None)


@pytest.fixture
def pages_on_disk(desk, tmp_path):
    """Ten pages of which hardly any fits into memory."""
    made = desk()
    made.document._store = PageStore(bound=1)
    pictures = [Image.new("L", (300, 200), 20 * i) for i in range(10)]
    pictures[0].save(tmp_path / "ten.tif", save_all=True, append_images=pictures[1:])
    made.engine.open([tmp_path / "ten.tif"])
    made.until(lambda: len(made.pages) == 10)
    made.idle()
    return made


def test_the_page_in_view_stays_in_memory_while_others_are_opened(pages_on_disk):
    desk = pages_on_disk
    assert desk.document.kept_image(desk.pages[0].id) is not None
    assert desk.document.kept_image(desk.pages[4].id) is None


def test_a_page_does_not_wait_for_those_that_were_turned_over(pages_on_disk):
    desk, document = pages_on_disk, pages_on_disk.document
    ready = []
    document.page_image_ready.connect(ready.append)

    def show(i):
        document.set_current_page(desk.pages[i].id)
        document.page_image(desk.pages[i].id)

    for i in range(1, 9):
        show(i)
    desk.until(lambda: document.kept_image(desk.pages[8].id) is not None)
    assert len(ready) <= 2  # the one under way when the next was turned over
    show(3)
    desk.until(lambda: document.kept_image(desk.pages[3].id) is not None)


def test_a_file_that_is_gone_is_said_when_its_page_is_shown(desk, picture):
    d = desk()
    d.document._store = PageStore(bound=1)
    path = picture("b.png")
    d.engine.open([picture("a.png"), path, picture("c.png")])
    d.idle()
    path.unlink()
    assert d.document.page_image(d.pages[1].id) is None
    d.until(lambda: d.failures)
    assert d.texts(1) == list(TEXTS)


def test_pixels_that_are_there_again_are_only_loaded(desk, picture):
    d = desk()
    d.document._store = PageStore(bound=1)
    path = picture("b.png")
    d.engine.open([picture("a.png"), path, picture("c.png")])
    d.idle()
    content = path.read_bytes()
    path.unlink()
    d.document.page_image(d.pages[1].id)
    d.until(lambda: d.failures)
    path.write_bytes(content)
    d.engine.retry(d.failures[0])
    d.until(lambda: d.document.kept_image(d.pages[1].id) is not None)
    d.idle()
    assert d.fake.reads == ["a.png", "b.png", "c.png"]  # none was read twice
    assert not d.document.is_modified


def test_a_picture_from_the_clipboard(desk):
    d = desk()
    picture = QImage(300, 200, QImage.Format.Format_ARGB32)
    picture.fill(QColor(255, 0, 0, 128))
    picture.setPixelColor(0, 0, QColor(0, 0, 0, 0))
    d.engine.open_picture(picture, "Clipboard")
    d.idle()
    pixels = d.document.page_image(d.pages[0].id).pixels
    assert pixels.shape == (200, 300, 3)
    assert pixels[0, 0].tolist() == [255, 255, 255]
    assert np.allclose(pixels[5, 5], [127, 127, 255], atol=1)
    assert d.pages[0].file == "Clipboard"
    assert d.texts() == list(TEXTS)


def test_progress(desk, picture):
    d = desk()
    seen = []
    d.engine.progress_changed.connect(lambda now: seen.append((now.done, now.total)))
    d.engine.open([picture("a.png"), picture("b.png")])
    d.idle()
    assert (1, 2) in seen
    assert seen[-1] == (0, 0)


def test_export_and_its_failure(desk, picture, tmp_path, qtbot):
    d = desk()
    d.engine.open([picture()])
    d.idle()
    target = tmp_path / "导出.json"
    snapshot = d.document.snapshot()
    export = d.engine.urgent.export
    with qtbot.waitSignal(d.engine.urgent.exported, timeout=20_000) as done:
        job = export(snapshot, target, ExportFormat.JSON, overwrite=False, doubt=0.8)
    assert done.args == [job, target]
    assert [line.text for line in load_json(target).pages[0].lines] == list(TEXTS)
    with qtbot.waitSignal(d.engine.urgent.export_failed, timeout=20_000) as failed:
        export(snapshot, target, ExportFormat.JSON, overwrite=False, doubt=0.8)
    assert isinstance(failed.args[1], OutputExistsError)


def test_reading_again_takes_reviewed_lines_where_that_is_wanted(desk, picture):
    d = desk()
    d.engine.open([picture()])
    d.idle()
    page = d.pages[0]
    d.document.accept_line(page.lines[1].id, "checked")
    d.document.set_text(page.lines[2].id, "typed")
    d.fake.suffix = "!"
    d.engine.read_pages([page.id], overwrite=True)
    d.idle()
    assert d.texts() == [text + "!" for text in TEXTS]
    assert page.lines[1].status is LineStatus.UNREVIEWED
    d.document.undo()
    assert d.texts() == [TEXTS[0], "checked", "typed"]
    d.engine.read_pages([page.id])
    d.idle()
    assert d.texts() == [TEXTS[0] + "!", "checked", "typed"]  # it was wanted once


def test_what_was_changed_since_it_was_asked_for_stays(desk, picture):
    d = desk()
    d.engine.open([picture()])
    d.idle()
    page = d.pages[0]
    d.document.accept_line(page.lines[0].id, "checked before")
    d.fake.gate.clear()
    d.engine.read_pages([page.id], overwrite=True)
    d.until(lambda: len(d.fake.reads) == 2)
    d.document.accept_line(page.lines[1].id, "checked meanwhile")
    d.document.hold_line(page.id, page.lines[2].id)
    d.fake.gate.set()
    d.idle()
    assert d.texts() == [TEXTS[0], "checked meanwhile", TEXTS[2]]


def test_reading_reviewed_boxes_again_where_that_is_wanted(desk, picture):
    d = desk()
    d.engine.open([picture()])
    d.idle()
    page = d.pages[0]
    d.document.accept_line(page.lines[0].id, "checked")
    d.engine.read_lines(page.id, [page.lines[0].id], overwrite=True)
    d.idle()
    assert d.texts()[0] == "再读"
    assert page.lines[0].status is LineStatus.UNREVIEWED and page.lines[0].review is None
    d.document.undo()
    assert (d.texts()[0], page.lines[0].status) == ("checked", LineStatus.REVIEWED)


def test_a_pause_holds_after_the_line_under_way_and_goes_on_there(desk, picture):
    d = desk(EndlessEngine())
    d.engine.open([picture("a.png"), picture("b.png")])
    d.until(lambda: d.pages and d.pages[0].lines)
    d.engine.pause(True)
    d.fake.gate.set()
    d.until(lambda: d.engine._held is not None and len(d.pages) == 2)  # opening goes on
    assert d.state(0) is PageState.READING
    read = [text for text in d.texts(0) if text]
    assert 0 < len(read) < len(TEXTS)
    assert d.engine.is_busy and d.engine.queue.progress().paused
    # A person does not wait for boxes and pictures meanwhile.
    line = d.pages[0].lines[2]
    d.engine.read_lines(d.pages[0].id, [d.pages[0].lines[0].id])
    d.until(lambda: d.texts(0)[0] == "再读")
    assert not d.pages[0].line(line.id).text
    assert len(d.fake.reads) == 1
    d.engine.pause(False)
    d.idle()
    assert d.texts(0)[1:] == list(TEXTS)[1:]
    assert d.texts(1) == list(TEXTS)
    assert d.fake.reads == ["a.png", "b.png"]  # nothing was read twice


def test_stopping_ends_a_pause(desk, picture):
    d = desk(EndlessEngine())
    d.engine.open([picture("a.png"), picture("b.png")])
    d.until(lambda: d.pages and d.pages[0].lines)
    d.engine.pause(True)
    d.fake.gate.set()
    d.until(lambda: d.engine._held is not None and len(d.pages) == 2)  # opening goes on
    d.engine.cancel()
    d.idle()
    assert d.state(0) is d.state(1) is PageState.CANCELLED
    assert not d.engine.queue.progress().paused
    assert any(d.texts(0))
    d.engine.read_pages([page.id for page in d.pages])
    d.idle()
    assert d.state(0) is d.state(1) is PageState.DONE


def test_a_page_that_is_deleted_during_a_pause_lets_the_others_go_on(desk, picture):
    d = desk(EndlessEngine())
    d.engine.open([picture("a.png"), picture("b.png")])
    d.until(lambda: d.pages and d.pages[0].lines)
    d.engine.pause(True)
    d.fake.gate.set()
    d.until(lambda: d.engine._held is not None and len(d.pages) == 2)  # opening goes on
    d.document.delete_page(d.pages[0].id)
    d.until(lambda: d.engine._held is None)
    d.engine.pause(False)
    d.idle()
    assert d.texts(0) == list(TEXTS)
    assert not d.engine._worker._aside


def test_closing_during_a_pause_ends_the_thread(desk, picture):
    d = desk(EndlessEngine())
    d.engine.open([picture()])
    d.until(lambda: d.pages and d.pages[0].lines)
    d.engine.pause(True)
    d.fake.gate.set()
    d.until(lambda: d.engine._held is not None)
    d.engine.close()
    assert not d.engine._thread.isRunning()
