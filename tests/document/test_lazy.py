from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.cuts import SplitLine
from desktop_ocr.document.edits import DeleteLine, Edit, MergeLines, Reorder, SetText, SetTexts
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.lazy import LazyLines, LineText, texts_of
from desktop_ocr.document.model import Document, Line, Page
from desktop_ocr.errors import EditError


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


def _texts(lines: tuple[Line, ...], text: str) -> tuple[LineText, ...]:
    return tuple(LineText.of(line)._replace(text=text, doubt=None) for line in lines)


def test_texts_are_set_without_loading_the_lines_and_kept_until_they_are_stored() -> None:
    stored = [_lines(3)]
    loads = []

    def load() -> tuple[Line, ...]:
        loads.append(1)
        return stored[0]

    def load_texts() -> tuple[LineText, ...]:
        return tuple(map(LineText.of, stored[0]))

    lazy = LazyLines(load, None, load_texts, "store")
    first, second = _texts(stored[0][:2], "新"), _texts(stored[0][:1], "再新")
    assert lazy.set_texts(first)
    lazy.await_store()
    assert lazy.set_texts(second)
    lazy.await_store()
    assert [text.text for text in lazy.texts()] == ["再新", "新", "第2行"]
    assert not loads
    # The first of them is stored: the line says the second one still.
    lazy.mark_texts_stored(first, store="store")
    assert [line.text for line in lazy] == ["再新", "新", "第2行"]
    assert lazy[0].raw_text == "第0行"
    assert not lazy.set_texts(first)  # loaded lines are set as in a list
    assert not lazy.release()
    lazy.mark_texts_stored(first, store="another")  # it has no say
    assert not lazy.release()
    stored[0] = tuple(lazy)
    lazy.mark_stored(stored[0], store="store")
    assert lazy.release()
    assert [line.text for line in lazy] == ["再新", "新", "第2行"]
    assert len(loads) == 2


def test_texts_that_are_stored_come_from_the_store() -> None:
    lines = _lines(2)
    stored = [lines]
    lazy = LazyLines(lambda: stored[0])
    new = _texts(lines, "新")
    lazy.set_texts(new)
    lazy.await_store()
    stored[0] = tuple(text.put_into(line) for text, line in zip(new, lines, strict=True))
    lazy.mark_texts_stored(new)
    stored[0] = lines[:1]
    assert list(lazy) == list(lines[:1])
    assert lazy.release()


@given(st.lists(st.sampled_from(["甲", "乙", "第0行", "第1行"]), min_size=3, max_size=3), st.data())
def test_setting_texts_is_taken_back_whether_the_lines_are_loaded_or_not(
    new: list[str], data: st.DataObject
) -> None:
    stored = _lines(3)
    lines = LazyLines(lambda: stored)
    document = Document([Page("p", "f.png", 1, 9, 9, lines=lines)])
    before = texts_of(document.pages[0])
    after = tuple(was._replace(text=text) for was, text in zip(before, new, strict=True))
    edit: Edit = SetTexts("p", before, after)
    for expected in (after, before, after, before):
        if data.draw(st.booleans()):
            len(lines)
        edit = edit.apply(document)
        assert [line.text for line in texts_of(document.pages[0])] == [t.text for t in expected]
    assert list(lines) == list(stored)


def test_texts_of_a_line_that_is_gone_are_not_set() -> None:
    lines = _lines(2)
    document = Document([Page("p", "f.png", 1, 9, 9, lines=list(lines[:1]))])
    texts = tuple(map(LineText.of, lines))
    with pytest.raises(EditError):
        SetTexts("p", texts, _texts(lines, "新")).apply(document)
    assert document.pages[0].lines == [lines[0]]


def test_texts_that_were_stored_one_after_the_other_keep_nothing_in_memory() -> None:
    old = _lines(2)
    store = [old]
    lazy = LazyLines(lambda: store[0], load_texts=lambda: tuple(map(LineText.of, store[0])))
    first, second = (LineText.of(line)._replace(text="换") for line in old)
    for text in (first, second):
        lazy.set_texts([text])
        lazy.await_store()
    store[0] = (first.put_into(old[0]), old[1])
    lazy.mark_texts_stored([first])
    assert [text.text for text in lazy.texts()] == ["换", "换"]
    store[0] = (store[0][0], second.put_into(old[1]))
    lazy.mark_texts_stored([second])
    assert [line.text for line in lazy] == ["换", "换"]
    assert lazy.release()
