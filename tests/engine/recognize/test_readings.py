"""Where characters stand, what a line is, whose alternatives come first."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.engine.recognize.decode import Emission
from desktop_ocr.engine.recognize.readings import (
    EMPTY,
    CharReading,
    Option,
    line_of,
    merged,
    place,
)

TEXTS = ("", "甲", "乙", " ", "丙")


@st.composite
def emissions(draw: st.DrawFn) -> list[Emission]:
    """Characters in order, none over another."""
    edges = sorted(draw(st.sets(st.integers(0, 60), min_size=2, max_size=24)))
    spans = list(itertools.pairwise(edges))
    kept = [span for span in spans if draw(st.booleans())] or spans[:1]
    return [Emission(draw(st.integers(1, 4)), *span, 0.5, ()) for span in kept]


@given(emissions(), st.floats(1, 70), st.floats(0.5, 12))
def test_places_are_in_order_and_on_the_line(
    found: list[Emission], steps: float, least: float
) -> None:
    places = place(found, TEXTS, steps, least)
    assert [text for text, _, _ in places] == [TEXTS[emission.number] for emission in found]
    previous = 0.0
    for emission, (_, left, right) in zip(found, places, strict=True):
        assert 0 <= left <= right <= 1
        assert left >= previous - 1e-9  # neighbours never overlap
        previous = right
        # No less than the steps in which the character was seen.
        assert left <= min(1.0, emission.start / steps) + 1e-9
        assert right >= min(1.0, emission.end / steps) - 1e-9


def test_few_steps_widen_to_the_room_of_a_character() -> None:
    found = [Emission(1, start, start + 1, 1.0, ()) for start in (5, 15, 25)]
    places = [(left, right) for _, left, right in place(found, TEXTS, 30, 6)]
    assert places == [
        (0.0, pytest.approx(10.5 / 30)),
        (pytest.approx(10.5 / 30), pytest.approx(20.5 / 30)),
        (pytest.approx(20.5 / 30), 1.0),
    ]


def character(text: str, confidence: float = 1.0) -> CharReading:
    return CharReading(text, 0.0, 1.0, confidence)


def test_a_line_is_its_characters_without_margins() -> None:
    characters = [character(text) for text in "  甲 乙 "]
    line = line_of(characters, "  甲 乙　", "甲乙")
    assert (line.text, line.plain_text, line.second_text) == ("甲 乙", "甲 乙", "甲乙")
    assert line.characters == tuple(characters[2:5])
    assert line_of([character(" ")], " ") == EMPTY
    assert line_of([], "") == EMPTY


def test_a_lines_confidence_is_the_geometric_mean() -> None:
    assert line_of([character("甲", 0.25), character("乙", 1.0)], "").confidence == pytest.approx(
        0.5
    )
    assert 0 < line_of([character("甲", 0.0)], "").confidence < 1e-5


def test_the_second_readers_view_comes_first_and_once() -> None:
    own = [Option("甲", 0.4), Option("乙", 0.2), Option("丙", 0.1)]
    assert merged(own, None) == tuple(own)
    second = Option("乙", 0.9, "second")
    assert merged(own, second) == (second, own[0], own[2])
    nothing = Option("", 0.9, "second")
    assert merged(own, nothing) == (nothing, *own)
    many = [Option(chr(0x4E00 + number), 0.1) for number in range(12)]
    assert merged(many, None) == tuple(many[:8])
    assert merged(many, second) == (second, *many[:7])
