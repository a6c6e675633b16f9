from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.document.doubt import worst_confidence
from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Char, Correction, Line, LineStatus
from desktop_ocr.ui.doubt import (
    Tier,
    corrected_spans,
    disagreements,
    doubtful_places,
    line_tier,
    shown_characters,
    shown_tiers,
    tier,
)
from tests import strategies as own


def line(*read: tuple[str, float]) -> Line:
    chars = tuple(Char(text, confidence) for text, confidence in read)
    text = "".join(text for text, _ in read)
    return Line("a", Quad.from_box(0, 0, 100, 20), text, text, 0.95, chars)


def test_neighbouring_doubtful_characters_are_one_place() -> None:
    doubted = line(("左", 0.9), ("肺", 0.3), ("野", 0.5), ("清", 0.9), ("晰", 0.6))
    assert doubtful_places(doubted, 0.8) == [1, 4]
    assert worst_confidence(doubted) == 0.3


def test_a_space_is_no_doubt() -> None:
    spaced = line(("1", 0.99), (" ", 0.2), ("2", 0.99))
    assert doubtful_places(spaced, 0.8) == []
    assert worst_confidence(spaced) == 0.95


def test_what_a_person_typed_or_confirmed_is_no_doubt() -> None:
    doubted = line(("未", 0.3), ("见", 0.9))
    assert doubtful_places(doubted, 0.8, "末见") == []
    assert doubtful_places(replace(doubted, status=LineStatus.REVIEWED), 0.8) == []


def test_tiers_speak_of_the_risk_of_being_wrong() -> None:
    tiers = {0.69: Tier.HIGH, 0.7: Tier.MID, 0.79: Tier.MID, 0.8: Tier.LOW, 0.89: Tier.LOW}
    for confidence, wanted in tiers.items():
        assert tier(confidence, 0.8) is wanted
    assert tier(0.9, 0.8) is None
    assert [tier(c, 0.95) for c in (0.92, 0.94, 0.97, 0.98)] == [
        Tier.HIGH, Tier.MID, Tier.LOW, None,
    ]  # fmt: skip


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_less_sure_is_never_less_doubtful(one: float, other: float, doubt: float) -> None:
    rank = {Tier.HIGH: 0, Tier.MID: 1, Tier.LOW: 2, None: 3}
    less, more = sorted((one, other))
    assert rank[tier(less, doubt)] <= rank[tier(more, doubt)]
    assert (tier(one, doubt) in (Tier.HIGH, Tier.MID)) == (one < doubt)


def test_where_the_second_reader_differs_is_a_doubtful_place() -> None:
    read = line(("右", 0.99), ("肺", 0.99), ("阴", 0.99), ("彩", 0.95))
    assert doubtful_places(replace(read, second_text="右肺阴影"), 0.8) == [3]
    assert doubtful_places(replace(read, second_text="右肺阴彩"), 0.8) == []
    assert doubtful_places(read, 0.8) == []
    assert line_tier(replace(read, second_text="右肺阴影"), 0.8) is Tier.MID
    # A person typed what the second reader had, or something of her own: nothing to look at.
    seconded = replace(read, second_text="右肺阴影")
    assert doubtful_places(seconded, 0.8, "右肺阴影") == []
    assert doubtful_places(seconded, 0.8, "右肺阴虚") == []
    assert disagreements(replace(seconded, status=LineStatus.REVIEWED)) == []


def test_what_a_rule_changed_is_no_disagreement_of_the_readers() -> None:
    read = line(("1", 0.99), ("O", 0.99), ("m", 0.99), ("g", 0.99))
    zero = Correction("zero", 1, "O", "0")
    read = replace(read, text="10mg", corrections=(zero,))
    for second in ("1Omg", "10mg"):
        assert disagreements(replace(read, second_text=second)) == []
    assert doubtful_places(replace(read, second_text="18mg"), 0.8) == [1]
    assert corrected_spans(read) == [(1, 2)]
    gone = replace(read, text="1mg", corrections=(Correction("zero", 1, "O", ""),))
    assert corrected_spans(gone) == [(0, 2)]
    assert disagreements(replace(gone, second_text="1Omg")) == []


@given(own.lines(), st.floats(0, 1))
def test_every_place_is_in_the_text_and_says_why(read: Line, doubt: float) -> None:
    tiers = shown_tiers(read, doubt)
    assert len(tiers) == len(read.text)
    for place in doubtful_places(read, doubt):
        character = shown_characters(read)[place]
        assert character is not None
        assert character.confidence < doubt or any(d.covers(place) for d in disagreements(read))
    for start, end in corrected_spans(read):
        assert 0 <= start <= end <= len(read.text)
