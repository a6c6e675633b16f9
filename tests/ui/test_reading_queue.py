from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.ui.reading_queue import Boxes, Progress, ReadingQueue


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def queue(clock: Clock) -> ReadingQueue:
    queue = ReadingQueue(clock)
    for page_id in "abcd":
        queue.add_page(page_id)
    return queue


def read(queue: ReadingQueue, clock: Clock, page_id: str, seconds: float) -> None:
    queue.begin(page_id)
    clock.now += seconds
    queue.end(read=True)


def test_the_page_in_view_is_next_and_others_wait_for_the_opening(queue: ReadingQueue) -> None:
    assert queue.next_page("c") == "c"
    assert queue.next_page("x") == "a"
    assert queue.next_page("x", only_current=True) == ""
    assert not queue.add_page("a")


def test_no_time_is_told_before_a_page_told_it(queue: ReadingQueue, clock: Clock) -> None:
    assert queue.progress() == Progress(0, 4, None, False)
    queue.begin("a")
    clock.now += 5
    assert queue.progress().seconds_left is None
    queue.end(read=False)  # it was stopped: that says nothing about the others
    assert queue.progress().seconds_left is None
    read(queue, clock, "b", 10)
    assert queue.progress() == Progress(2, 4, 20.0, False)
    queue.begin("c")
    clock.now += 4
    assert queue.progress().seconds_left == 16.0
    clock.now += 100  # longer than all before it: its own rest is not known
    assert queue.progress().seconds_left == 10.0


def test_a_slow_page_moves_the_mean_by_a_part_only(queue: ReadingQueue, clock: Clock) -> None:
    read(queue, clock, "a", 10)
    read(queue, clock, "b", 20)
    assert queue.progress().seconds_left == pytest.approx(2 * 13)


def test_a_pause_costs_no_time_and_holds_the_pages(queue: ReadingQueue, clock: Clock) -> None:
    queue.begin("a")
    clock.now += 3
    queue.hold()
    queue.is_paused = True
    clock.now += 3600
    assert queue.next_page("b") == ""
    queue.add_boxes(Boxes("b", ("1",)))
    assert queue.take_boxes() == Boxes("b", ("1",))  # a person waits for these
    queue.is_paused = False
    queue.go_on()
    clock.now += 4
    queue.end(read=True)
    assert queue.progress().seconds_left == 21.0


def test_overwriting_is_asked_for_one_reading(queue: ReadingQueue) -> None:
    queue.add_page("b", overwrite=True)
    assert not queue.begin("a")
    assert queue.begin("b")
    queue.add_page("b")
    assert not queue.begin("b")


def test_a_box_that_is_dragged_twice_is_read_once(queue: ReadingQueue) -> None:
    for line in ("1", "2", "1"):
        queue.add_boxes(Boxes("a", (line,)))
    assert [queue.take_boxes(), queue.take_boxes(), queue.take_boxes()] == [
        Boxes("a", ("2",)),
        Boxes("a", ("1",)),
        None,
    ]


def test_clearing_gives_back_what_waited(queue: ReadingQueue) -> None:
    queue.is_paused = True
    queue.forget_page("b")
    assert queue.clear() == ("a", "c", "d")
    assert queue.is_empty and not queue.is_paused
    queue.rest()
    assert queue.progress() == Progress()


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["add", "begin", "gone"]))))
def test_done_and_waiting_pages_are_never_more_than_all(steps: list[tuple[str, str]]) -> None:
    queue = ReadingQueue(Clock())
    for page_id, step in steps:
        if step == "add":
            queue.add_page(page_id)
        elif step == "gone":
            queue.forget_page(page_id)
        elif page_id in queue.pages:
            queue.begin(page_id)
            queue.end(read=True)
        now = queue.progress()
        assert now.done + len(queue.pages) == now.total
        assert now.seconds_left is None or now.seconds_left >= 0
