from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.cuts import SplitLine
from desktop_ocr.document.edits import DeleteLine, MergeLines, Reorder, SetText
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.lazy import LazyLines
from desktop_ocr.document.model import Document, Line, Page


def _lines(count: int) -> tuple[Line, ...]:
    return tuple(
        Line(f"l{i}", Quad.from_box(0, i, 9, i + 1), f"第{i}行", f"第{i}行") for i in range(count)
    )


@given(st.data())
def test_it_behaves_as_a_list_whether_it_is_loaded_or_not(data: st.DataObject) -> None:
    stored = _lines(data.draw(st.integers(0, 6)))
    lazy, plain = LazyLines(lambda: stored), list(stored)
    for number in range(data.draw(st.integers(0, 8))):
        new = Line(f"n{number}", Quad.from_box(0, 0, 1, 1))
        index = data.draw(st.integers(-8, 8))
        end = data.draw(st.integers(-8, 8))
        actions = {
            "insert": lambda lines, i=index, new=new: lines.insert(i, new),
            "append": lambda lines, new=new: lines.append(new),
            "extend": lambda lines, new=new: lines.extend([new, new]),
            "set": lambda lines, i=index, new=new: lines.__setitem__(i, new),
            "cut in": lambda lines, i=index, e=end, new=new: lines.__setitem__(slice(i, e), [new]),
            "delete": lambda lines, i=index: lines.__delitem__(i),
            "cut out": lambda lines, i=index, e=end: lines.__delitem__(slice(i, e)),
            "reverse": lambda lines: lines.reverse(),
            "pop": lambda lines: lines.pop(),
            "clear": lambda lines: lines.clear(),
        }
        action = actions[data.draw(st.sampled_from(sorted(actions)))]
        errors = []
        for lines in (lazy, plain):
            try:
                action(lines)
            except IndexError:
                errors.append(lines)
        assert len(errors) in (0, 2)
        if data.draw(st.booleans()):
            lazy.release()
        assert lazy == plain
        assert plain == lazy
        assert list(lazy) == plain
        assert lazy[index:end] == plain[index:end]
        assert len(lazy) == len(plain)
        if plain != list(stored):
            assert not lazy.release()


def test_edits_work_on_it_and_can_be_taken_back() -> None:
    stored = _lines(4)
    page = Page("p", "f.png", 1, 9, 9, lines=LazyLines(lambda: stored))
    document = Document([page])
    edits = [
        SetText("p", "l1", "改"),
        SplitLine("p", "l2", 1, "new"),
        MergeLines("p", "l0"),
        DeleteLine("p", "l3"),
        Reorder("p", ("new", "l2", "l0")),
    ]
    inverses = [edit.apply(document) for edit in edits]
    assert [line.id for line in page.lines] == ["new", "l2", "l0"]
    for inverse in reversed(inverses):
        inverse.apply(document)
    assert tuple(page.lines) == stored


def test_it_is_loaded_once_whoever_looks_first() -> None:
    loads: list[int] = []
    gate = threading.Barrier(4)

    def load() -> tuple[Line, ...]:
        loads.append(1)
        return _lines(50)

    lazy = LazyLines(load)
    counts: list[int] = []

    def look() -> None:
        gate.wait()
        counts.append(len(lazy))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [50] * 4
    assert loads == [1]


def test_what_is_asked_without_loading_loads_nothing() -> None:
    def load() -> tuple[Line, ...]:
        raise AssertionError("nobody looked")

    lazy = LazyLines(load)
    assert not lazy.is_loaded
    assert lazy.loaded() is None
    assert lazy.release()
    assert repr(lazy) == "LazyLines(not loaded)"
    with pytest.raises(TypeError):
        hash(lazy)


def test_lines_that_wait_for_the_store_stay() -> None:
    store = [_lines(2)]
    lazy = LazyLines(lambda: store[0])
    first = lazy[0]
    changed = (replace(first, text="改"), lazy[1])
    lazy[0] = changed[0]
    lazy.await_store()
    lazy[0] = first  # undone: the very line that is stored, but the change is on its way
    lazy.await_store()
    assert not lazy.release()
    store[0] = changed
    lazy.mark_stored(changed)
    assert not lazy.release()
    store[0] = (first, changed[1])
    lazy.mark_stored((first, lazy[1]))
    assert lazy.release()
    assert lazy[0] == first


def test_after_a_move_lines_stay_until_they_are_stored_there() -> None:
    lazy = LazyLines(lambda: _lines(2), store="old")
    assert len(lazy) == 2
    lazy.move(lambda: _lines(3), store="new")
    assert not lazy.release()
    assert len(lazy) == 2
    lazy.await_store()
    lazy.mark_stored(tuple(lazy), store="old")  # said late
    assert not lazy.release()
    lazy.mark_stored(tuple(lazy), store="new")
    assert lazy.release()
    assert len(lazy) == 3
