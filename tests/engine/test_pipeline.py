from __future__ import annotations

import itertools
import json
import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Alternative, Correction, Line, LineStatus
from desktop_ocr.engine.cache import ReadingCache
from desktop_ocr.engine.enhance import LightChoices
from desktop_ocr.engine.events import LineRead, LinesFound, PageRead, ReadOptions, SegmenterKind
from desktop_ocr.engine.load import PageImage, from_array
from desktop_ocr.engine.pipeline import Engine
from desktop_ocr.engine.recognize.judge import PLAIN, Aids
from desktop_ocr.engine.recognize.model_files import default_folder
from desktop_ocr.engine.recognize.readings import CharReading, LineReading, Option
from desktop_ocr.errors import EngineError, ModelError, OutOfMemoryError
from tests.engine.drawing import prose


class Shapes:
    """Reads the sizes of crops: a recogniser whose answers tell what it was given.

    Attributes:
        crops: Sizes (height, width) of all crops that were asked for.
        aids: What helped with each reading.
        text: Two characters, what every line reads.
    """

    def __init__(self, fail: Exception | None = None, blank_every: int = 0) -> None:
        self.model_id = "shapes-1"
        self.crops: list[tuple[int, int]] = []
        self.aids: list[Aids] = []
        self.text = "左右"
        self._fail, self._blank = fail, blank_every

    def parameters(self, aids: Aids) -> dict[str, str | int | float]:
        return {"model": self.model_id, "language": aids.language, "second": aids.second}

    def read(
        self,
        crops: Sequence[np.ndarray],
        aids: Aids,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[tuple[int, LineReading]]:
        self.aids.append(aids)
        for index in reversed(range(len(crops))):  # any order is allowed
            if cancelled is not None and cancelled():
                return
            if self._fail is not None:
                raise self._fail
            height, width = crops[index].shape[:2]
            self.crops.append((height, width))
            if self._blank and index % self._blank == 0:
                yield index, LineReading("", 0.0, ())
                continue
            characters = (
                CharReading(self.text[0], 0.0, 0.5, 0.9, (Option("右", 0.1, "second"),)),
                CharReading(self.text[1:], 0.5, 1.0, 1.0000001, ()),
            )
            yield index, LineReading(self.text, 0.95, characters, "佐右", "在右")


def engine(reader: Shapes, cache: ReadingCache | None = None) -> Engine:
    return Engine(make_reader=lambda: reader, cache=cache, threads=1)


@pytest.fixture(scope="module")
def page() -> PageImage:
    return from_array(prose(6).pixels, "page")


def test_events_come_in_order_and_every_line_once(page: PageImage) -> None:
    events = list(engine(Shapes()).read(page))
    found, *read, done = events
    assert isinstance(found, LinesFound)
    assert isinstance(done, PageRead)
    assert all(isinstance(e, LineRead) for e in read)
    assert [line.text for line in found.lines] == [""] * 6
    assert sorted(e.line.id for e in read) == sorted(line.id for line in found.lines)
    assert [line.id for line in done.lines] == [line.id for line in found.lines]  # reading order
    assert [line.quad for line in done.lines] == [line.quad for line in found.lines]
    assert {"model", "enhance", "segment", "recognize"} <= set(done.seconds)
    names = [step.name for step in done.provenance.steps]
    assert names[0] == "grey"
    assert names[-4:] == ["projection", "reading_order", "recognize", "rules"]
    assert done.provenance.model_id == "shapes-1"
    assert not done.from_cache


def test_characters_lie_where_they_were_read(page: PageImage) -> None:
    done = list(engine(Shapes()).read(page))[-1]
    line = done.lines[0]
    left, right = line.characters
    assert left.quad == line.quad.between(0, 0.5)
    assert right.quad == line.quad.between(0.5, 1)
    assert left.alternatives == (Alternative("右", 0.1, "second"),)
    assert right.confidence == 1.0
    assert line.text == line.raw_text == "左右"
    assert (line.plain_text, line.second_text, line.corrections) == ("佐右", "在右", ())
    assert line.status is LineStatus.UNREVIEWED


def test_crops_hold_exactly_the_quads(page: PageImage) -> None:
    reader = Shapes()
    done = list(engine(reader).read(page))[-1]
    sizes = {(round(line.quad.height), round(line.quad.width)) for line in done.lines}
    assert set(reader.crops) == sizes


def test_lines_without_text_are_left_out_at_the_end(page: PageImage) -> None:
    events = list(engine(Shapes(blank_every=2)).read(page))
    assert len(events[0].lines) == 6
    assert sum(isinstance(e, LineRead) for e in events) == 6
    assert [line.id for line in events[-1].lines] == [line.id for line in events[0].lines[1::2]]


@pytest.mark.parametrize("after", range(9))
def test_cancelled_between_lines_ends_without_page_read(page: PageImage, after: int) -> None:
    reader, calls = Shapes(), itertools.count()
    events = list(engine(reader).read(page, cancelled=lambda: next(calls) >= after))
    lines = [e for e in events if isinstance(e, LineRead)]
    assert not any(isinstance(e, PageRead) for e in events)
    assert len(lines) <= after
    assert len(reader.crops) <= after


def test_cancelled_while_its_lines_are_read_to_find_out_which_way_up_a_page_is(
    page: PageImage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four ways of five lines take a slow computer a second."""
    in_doubt = "desktop_ocr.engine.enhance.orientation.upside_down"
    monkeypatch.setattr(in_doubt, lambda crops: np.zeros(len(crops)))
    reader = Shapes()
    assert len(list(engine(reader).read(page))) == 8
    assert len(reader.crops) > 6 + 5  # lines, and the readings that tell which way up
    reader = Shapes()
    events = list(engine(reader).read(page, cancelled=lambda: len(reader.crops) >= 2))
    assert events == []
    assert len(reader.crops) == 2


def test_cancelled_in_mid_page_keeps_finished_lines(page: PageImage) -> None:
    seen: list[object] = []
    for event in engine(Shapes()).read(page, cancelled=lambda: len(seen) >= 3):
        seen.append(event)  # noqa: PERF402 - asked while it runs
    assert [type(e) for e in seen] == [LinesFound, LineRead, LineRead]


def test_single_line_is_read_as_it_is() -> None:
    reader = Shapes()
    image = from_array(np.full((40, 900, 3), 255, np.uint8), "line")
    events = list(engine(reader).read(image, ReadOptions(single_line=True)))
    assert reader.crops == [(40, 900)]
    assert events[-1].lines[0].quad == Quad.from_box(0, 0, 900, 40)
    assert [s.name for s in events[-1].provenance.steps] == ["single_line", "recognize", "rules"]


def test_safe_rules_are_applied_and_told(page: PageImage) -> None:
    reader = Shapes()
    reader.text = "8bpn"
    line = list(engine(reader).read(page))[-1].lines[0]
    assert (line.text, line.raw_text) == ("8bpm", "8bpn")
    assert line.text == line.machine_text
    assert line.corrections == (Correction("unit-bpm", 3, "n", "m"),)
    assert "".join(character.text for character in line.characters) == line.raw_text
    (again,) = engine(reader).read_lines(page, [line])
    assert again.line.corrections == line.corrections

    done = list(engine(reader).read(page, ReadOptions(rules=False)))[-1]
    assert {(line.text, line.raw_text, line.corrections) for line in done.lines} == {
        ("8bpn", "8bpn", ())
    }
    assert "rules" not in [step.name for step in done.provenance.steps]


def test_corrections_come_back_from_the_cache(page: PageImage, tmp_path: Path) -> None:
    reader = Shapes()
    reader.text = "8bpn"
    once, again = (
        list(engine(reader, ReadingCache(tmp_path)).read(page))[-1].lines[0] for _ in range(2)
    )
    for field in ("text", "raw_text", "plain_text", "second_text", "corrections", "characters"):
        assert getattr(once, field) == getattr(again, field)


@pytest.mark.parametrize("kind", list(SegmenterKind))
def test_blank_page_has_no_lines(kind: SegmenterKind) -> None:
    image = from_array(np.full((300, 200, 3), 255, np.uint8), "blank")
    events = list(engine(Shapes()).read(image, ReadOptions(kind)))
    assert [type(e) for e in events] == [LinesFound, PageRead]
    assert events[-1].lines == ()


def test_known_page_comes_from_the_cache_without_reading(page: PageImage, tmp_path: Path) -> None:
    first, second = Shapes(), Shapes()
    once = list(engine(first, ReadingCache(tmp_path)).read(page))
    again = list(engine(second, ReadingCache(tmp_path)).read(page))
    assert second.crops == []
    assert again[-1].from_cache
    assert [type(e) for e in again] == [LinesFound, *[LineRead] * 6, PageRead]
    assert [line.text for line in again[0].lines] == [""] * 6
    assert again[-1].provenance == once[-1].provenance
    assert [x.characters for x in again[-1].lines] == [x.characters for x in once[-1].lines]
    ids = [line.id for e in (once, again) for line in e[-1].lines]
    assert len(set(ids)) == 12  # the same page twice in one document


def test_other_options_model_or_pixels_are_read_anew(page: PageImage, tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path)
    list(engine(Shapes(), cache).read(page))
    changed = {
        "segmenter": ReadOptions(SegmenterKind.PROJECTION),
        "language": ReadOptions(language=False),
        "second": ReadOptions(second=False),
        "rules": ReadOptions(rules=False),
        "light": ReadOptions(light=LightChoices(stamps=False)),
    }
    for change in (*changed, "model", "pixels"):
        reader, image, options = Shapes(), page, ReadOptions()
        if change in changed:
            options = changed[change]
        elif change == "model":
            reader.model_id = "shapes-2"
        else:
            pixels = page.pixels.copy()
            pixels[0, 0] = 3
            image = from_array(pixels, "page")
        done = list(engine(reader, cache).read(image, options))[-1]
        assert not done.from_cache
        assert reader.crops


def test_another_version_of_the_program_reads_anew(
    page: PageImage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = ReadingCache(tmp_path)
    list(engine(Shapes(), cache).read(page))
    monkeypatch.setattr("desktop_ocr.engine.pipeline.__version__", "999.0")
    assert not list(engine(Shapes(), cache).read(page))[-1].from_cache


def test_cancelled_page_is_not_cached(page: PageImage, tmp_path: Path) -> None:
    cache, calls = ReadingCache(tmp_path), itertools.count()
    list(engine(Shapes(), cache).read(page, cancelled=lambda: next(calls) >= 5))
    assert cache.size() == 0


def test_given_lines_are_read_again_with_their_ids_and_statuses(page: PageImage) -> None:
    lines = [
        Line("a", Quad.from_box(100, 150, 400, 190), "typed", "old", status=LineStatus.REVIEWED),
        Line("b", Quad.from_box(100, 200, 130, 400)),
    ]
    reader = Shapes()
    read = {e.line.id: e.line for e in engine(reader).read_lines(page, lines)}
    assert set(read) == {"a", "b"}
    assert read["a"].text == read["a"].raw_text == "左右"
    assert read["a"].status is LineStatus.REVIEWED
    assert read["a"].quad == lines[0].quad
    # A tall box is a column of text: read from its top, characters below each other.
    assert (30, 200) in reader.crops
    top, below = read["b"].characters
    assert top.quad is not None
    assert below.quad is not None
    assert top.quad.center.y < below.quad.center.y
    assert list(engine(Shapes()).read_lines(page, lines, cancelled=lambda: True)) == []


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (MemoryError(), OutOfMemoryError),
        (RuntimeError("std::bad_alloc"), OutOfMemoryError),
        (RuntimeError("Failed to allocate memory for a buffer"), OutOfMemoryError),
        (RuntimeError("some library"), EngineError),
        (ValueError("a shape"), EngineError),
        (ModelError("The model is missing."), ModelError),
    ],
)
def test_failures_of_libraries_are_named(
    page: PageImage,
    failure: Exception,
    error: type[Exception],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(error) as caught:
        list(engine(Shapes(fail=failure)).read(page))
    assert caught.type is error
    assert "some library" not in caplog.text + str(caught.value)
    with pytest.raises(error):
        list(engine(Shapes(fail=failure)).read_lines(page, [Line("a", Quad.from_box(0, 0, 9, 9))]))


def test_building_an_engine_loads_nothing_and_models_load_once(page: PageImage) -> None:
    made: list[Shapes] = []

    def make() -> Shapes:
        made.append(Shapes())
        return made[-1]

    built = Engine(make_reader=make)
    assert made == []
    assert built.model_id == "shapes-1"
    list(built.read(page))
    list(built.read(page))
    alone = ReadOptions(language=False, second=False)
    list(built.read_lines(page, [Line("a", Quad.from_box(0, 0, 99, 30))], alone))
    assert [reader.aids for reader in made] == [[Aids(), Aids(), PLAIN]]


def test_another_model_reads_from_then_on_and_a_bad_one_changes_nothing(tmp_path: Path) -> None:
    built = Engine(threads=1)
    own = built.model_id
    copy = shutil.copytree(default_folder(), tmp_path / "copy")
    about = json.loads((copy / "model.json").read_text("utf-8"))
    (copy / "model.json").write_text(json.dumps(about | {"id": "copy"}), "utf-8")
    built.use_model(copy)
    assert built.model_id.startswith("copy-")
    for bad in (tmp_path / "gone", tmp_path):
        with pytest.raises(ModelError):
            built.use_model(bad)
        assert built.model_id.startswith("copy-")
    built.use_model(None)
    assert built.model_id == own


def test_missing_model_is_said(page: PageImage, tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        list(Engine(model_dir=tmp_path).read(page))


def test_single_lines_together_are_read_as_each_alone(tmp_path: Path) -> None:
    pieces = [from_array(np.full((20 + i, 60, 3), 255 - i, np.uint8), f"{i}.png") for i in range(4)]
    alone = [list(engine(Shapes()).read(p, ReadOptions(single_line=True)))[-1] for p in pieces]
    reader, cache = Shapes(), ReadingCache(tmp_path)
    list(engine(reader, cache).read(pieces[2], ReadOptions(single_line=True)))
    together = engine(reader, cache).read_single_lines(pieces)
    assert [p.from_cache for p in together] == [False, False, True, False]
    for one, other in zip(alone, together, strict=True):
        assert [ln.text for ln in one.lines] == [ln.text for ln in other.lines] == ["左右"]
        assert [ln.quad for ln in one.lines] == [ln.quad for ln in other.lines]
        assert one.provenance == other.provenance
    assert len(reader.crops) == 4  # the one that was known was not read again
    assert all(p.from_cache for p in engine(reader, cache).read_single_lines(pieces))


def test_single_lines_in_which_nothing_is_read_have_no_line() -> None:
    pieces = [from_array(np.full((20, 60 + i, 3), 255, np.uint8), "a") for i in range(3)]
    read = engine(Shapes(blank_every=2)).read_single_lines(pieces)
    assert [len(p.lines) for p in read] == [0, 1, 0]
    assert engine(Shapes()).read_single_lines([]) == []


def test_lines_are_read_from_the_page_as_it_was_prepared_where_that_is_wanted(
    page: PageImage,
) -> None:
    light = LightChoices(treated=True, sharpen=0.5)
    plain, treated = Shapes(), Shapes()
    once = list(engine(plain).read(page))[-1]
    done = list(engine(treated).read(page, ReadOptions(light=light)))[-1]
    assert [line.quad for line in done.lines] == [line.quad for line in once.lines]
    assert LightChoices.that_led_to(done.provenance) == light
    assert LightChoices.that_led_to(once.provenance) == LightChoices()
    box = done.lines[0].quad.box
    assert all(box.left - 1 <= c.quad.center.x <= box.right + 1 for c in done.lines[0].characters)
    (again,) = engine(Shapes()).read_lines(page, done.lines[:1], ReadOptions(light=light))
    assert again.line.quad == done.lines[0].quad


def test_a_prepared_page_is_small_and_leads_back_to_the_original(page: PageImage) -> None:
    prepared = engine(Shapes()).enhanced(page, ReadOptions(light=LightChoices(turn=False)))
    assert prepared.grey.ndim == 2
    height, width = prepared.grey.shape
    assert prepared.transform.point(width, height) == pytest.approx((page.width, page.height), 0.01)
