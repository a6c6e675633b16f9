from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Line
from desktop_ocr.ui.effort.counts import (
    PAUSE_S,
    Effort,
    EffortCounter,
    changed_places,
    corrected_places,
)
from desktop_ocr.ui.effort.csv_file import Row, csv_bytes

QUAD = Quad.from_box(0, 0, 10, 10)


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        ("右肺下野", "右肺下野", 0),
        ("右肺下野", "左肺下野", 1),
        ("末见异常O", "未见异常0", 2),
        ("WBC 68", "WBC 6.8", 1),
        ("己经", "", 1),
        ("", "新行", 1),
    ],
)
def test_neighbouring_changes_are_one_place(before, after, places):
    assert changed_places(before, after) == places


def test_only_lines_that_stand_before_and_after_are_corrected():
    kept, gone, fresh = Line("a", QUAD, text="末见"), Line("b", QUAD, text="x"), Line("c", QUAD)
    changed = Line("a", QUAD, text="未见")
    assert corrected_places([kept, gone], [changed, fresh]) == 1


@given(st.lists(st.floats(0.1, 100), max_size=30))
def test_seconds_are_those_between_acts_without_the_pauses(gaps):
    clock = Clock()
    counter = EffortCounter(clock)
    counter.act("p", 1)
    for gap in gaps:
        clock.now += gap
        counter.act("p", 1)
    worked = counter.of("p")
    assert worked.keystrokes == 1 + len(gaps)
    assert worked.seconds == pytest.approx(sum(g for g in gaps if g <= PAUSE_S))


def test_time_belongs_to_the_page_in_view_when_the_person_acts():
    clock = Clock()
    counter = EffortCounter(clock)
    counter.act("first", 1)
    clock.now += 3
    counter.act("first", 1)  # the key that turns the page
    clock.now += 4
    counter.act("second", 0)  # a click
    assert counter.of("first") == Effort(2, 0, 3.0)
    assert counter.of("second") == Effort(0, 0, 4.0)
    assert counter.total(["first", "second"]) == Effort(2, 0, 7.0)
    counter.rest()
    clock.now += 5
    counter.act("second", 1)
    assert counter.of("second").seconds == 4.0


def test_what_a_project_stores_comes_back_and_damage_is_left_out():
    counter = EffortCounter(Clock())
    counter.act("p", 3)
    counter.correct("p", 2)
    again = EffortCounter(Clock())
    again.take_json(counter.as_json())
    assert again.of("p") == Effort(3, 2, 0.0)
    assert again.of("p").keystrokes_per_correction == 1.5
    for damage in (None, [], {"p": "x"}, {"p": [1, 2]}, {"p": [-1, 0, 0]}, {"p": [1, 2, "3"]}):
        again.take_json(damage)
        assert again.as_json() == {}


def test_a_spreadsheet_reads_the_table_and_computes_nothing():
    rows = [
        Row(1, "胸片,1.png", 20, 18, Effort(31, 4, 61.4)),
        Row(3, "=cmd|' /C calc'!A0.png", 5, 0, Effort(2, 0, 0.2)),
    ]
    data = csv_bytes(["页码", "文件", "行", "已核对", "击键", "更正", "秒"], rows)
    assert data.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert table[1] == ["1", "胸片,1.png", "20", "18", "31", "4", "61"]
    assert table[2][1].startswith("'=")
