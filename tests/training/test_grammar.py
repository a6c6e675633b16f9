"""Names of drugs and what else is written in Latin: known classes, right shares, same by seed."""

from __future__ import annotations

import random
import string
from collections.abc import Callable

import pytest

from desktop_ocr.paths import resource
from desktop_ocr.training import drugs, grammar
from desktop_ocr.training.classes import our_charset
from desktop_ocr.training.lines import Sources
from desktop_ocr.training.text import Mix, Script, TextSource

LIST = "lexicons/drugs_en.txt"


def test_the_list_is_sorted_and_says_where_it_comes_from() -> None:
    text = resource(LIST).read_text(encoding="ascii")
    head = [line for line in text.splitlines() if line.startswith("#")]
    assert any("source: written by the project; licence: Apache-2.0" in line for line in head)
    names = drugs.generic_names()
    assert len(names) >= 900
    assert list(names) == sorted(set(names))
    assert set("".join(names)) <= set(string.ascii_lowercase)
    assert len(text.splitlines()) == len(head) + len(names)


def test_invented_names_look_like_drugs_and_are_none() -> None:
    rng = random.Random(1)
    names = [drugs.invented(rng) for _ in range(1000)]
    assert all(4 <= len(name) <= 12 for name in names)
    known = set(drugs.generic_names())
    assert sum(name in known for name in names) < 50
    assert len(set(names)) > 900
    triples = {name[at : at + 3] for name in known for at in range(len(name) - 2)}
    assert all(name[at : at + 3] in triples for name in names for at in range(len(name) - 2))


def test_names_come_known_invented_and_with_what_stands_beside_them() -> None:
    rng = random.Random(2)
    drawn = [grammar.drug_name(rng) for _ in range(3000)]
    known = set(drugs.generic_names())
    words = [[word.strip(".").lower() for word in text.split()] for text in drawn]
    share = sum(any(word in known for word in text) for text in words) / len(drawn)
    assert 0.25 < share < 0.45
    assert 0.5 < sum(text.istitle() for text in drawn) / len(drawn) < 0.8
    assert 0.05 < sum(text.isupper() for text in drawn) / len(drawn) < 0.2
    assert 0.6 < sum(" " not in text for text in drawn) / len(drawn) < 0.9
    assert any(text.startswith(("Tab.", "Inj.", "1.")) for text in drawn)
    assert any(text.endswith(("1-0-1", "bd", "tds")) for text in drawn)


@pytest.mark.parametrize(
    "make",
    [
        grammar.drug_name,
        grammar.prescription,
        grammar.times,
        grammar.note,
        grammar.strength,
        grammar.raised,
    ],
)
def test_only_classes_of_the_charset_are_drawn(make: Callable[[random.Random], str]) -> None:
    charset = our_charset()
    drawn = [make(random.Random(number)) for number in range(1500)]
    assert drawn == [make(random.Random(number)) for number in range(1500)]
    assert len(set(drawn)) > 50
    assert {c for text in drawn for c in text if c not in charset} == set()
    assert all(text == text.strip() and text for text in drawn)


def test_the_latin_mix_is_mostly_handwritten_latin(sources: Sources) -> None:
    texts = TextSource.load(sources.data, our_charset(), Mix.LATIN)
    drawn = [texts.draw(random.Random(number)) for number in range(3000)]
    assert {text.script for text in drawn} == {Script.LATIN}
    by_hand = sum(text.handwriting for text in drawn) / len(drawn)
    assert 0.78 < by_hand < 0.88
    printed = sum(text.handwriting < 0.5 for text in drawn) / len(drawn)
    assert 0.12 < printed < 0.18


def test_the_mix_of_values_is_mostly_printed_digits(sources: Sources) -> None:
    texts = TextSource.load(sources.data, our_charset(), Mix.VALUES)
    drawn = [texts.draw(random.Random(number)) for number in range(3000)]
    assert 0.1 < sum(text.handwriting for text in drawn) / len(drawn) < 0.2
    assert sum(any(c.isdigit() for c in text.text) for text in drawn) / len(drawn) > 0.75
    joined = "".join(text.text for text in drawn)
    assert [sign for sign in "↑↓²⁹¹₂⁺×℃-~/:" if sign not in joined] == []
