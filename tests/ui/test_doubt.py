from __future__ import annotations

from dataclasses import replace

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Char, Line, LineStatus
from desktop_ocr.ui.doubt import doubtful_places, worst_confidence


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
