from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.engine.correct.near import NearTerms, is_one_edit

words = st.text("右肺上叶ab", min_size=1, max_size=6)


@cache
def distance(a: str, b: str) -> int:
    """Levenshtein's distance, by its definition."""
    if not a or not b:
        return len(a) + len(b)
    return min(
        distance(a[1:], b) + 1, distance(a, b[1:]) + 1, distance(a[1:], b[1:]) + (a[0] != b[0])
    )


@given(words, words)
def test_one_edit_is_a_distance_of_one(a: str, b: str) -> None:
    assert is_one_edit(a, b) == (distance(a, b) == 1)


@given(st.lists(words, max_size=12, unique=True), words.filter(lambda w: len(w) > 1))
def test_every_term_one_edit_away_is_found(terms: list[str], word: str) -> None:
    found = NearTerms(terms).one_edit_from(word)
    assert sorted(found) == sorted(t for t in terms if distance(word, t) == 1)


@given(st.lists(words, max_size=12, unique=True), words)
def test_every_term_that_goes_on_is_found(terms: list[str], begun: str) -> None:
    found = list(NearTerms(terms).beginning_with(begun))
    assert found == sorted(t for t in terms if t.startswith(begun) and t != begun)


def test_letters_count_without_their_case() -> None:
    near = NearTerms(["Amoxicillin", "阿莫西林"])
    assert near.one_edit_from("AMOXICILIN") == ["Amoxicillin"]
    assert list(near.beginning_with("amox")) == ["Amoxicillin"]
    assert near.one_edit_from("阿") == []
