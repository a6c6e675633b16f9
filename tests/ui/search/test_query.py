from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.ui.search.query import Matcher, PatternError, Query, SlowPatternError, replaced

letters = st.text("aAｂbＢ1１，,肺㎎mg ", max_size=12)


def found(text: str, query: Query, replacement: str | None = None) -> list[tuple[int, int]]:
    return [(f.start, f.end) for f in Matcher(query, replacement).find(text)]


@pytest.mark.parametrize(
    ("query", "text", "places"),
    [
        (Query("肺"), "右肺左肺", [(1, 2), (3, 4)]),
        (Query("aa"), "aaaaa", [(0, 2), (2, 4)]),
        (Query("wbc"), "WBC wbc ＷＢＣ", [(0, 3), (4, 7), (8, 11)]),
        (Query("WBC", match_case=True), "WBC wbc ＷＢＣ", [(0, 3), (8, 11)]),
        (Query("wbc", ignore_width=False), "WBC ＷＢＣ", [(0, 3)]),
        (Query(","), "一，二,三", [(1, 2), (3, 4)]),
        (Query("mg"), "5㎎ 5mg", [(1, 2), (4, 6)]),
        (Query("m"), "5㎎ 5mg", [(4, 5)]),  # half of a sign is not found
        (Query("5 mg"), "5\u3000mg", [(0, 4)]),
        (Query("Na", whole_words=True), "Na Nad 血Na+ NaCl", [(0, 2), (8, 10)]),
        (Query("肺", whole_words=True), "右肺上叶", [(1, 2)]),
        (Query("1", whole_words=True), "1 11 1.1 １1", [(0, 1), (5, 6), (7, 8)]),
        (Query("𠀋"), "a𠮷𠀋", [(2, 3)]),
        (Query(r"\d+(?=mg)", is_pattern=True), "5mg 12 mg 30mg", [(0, 1), (10, 12)]),
        (Query("^右", is_pattern=True), "右肺右", [(0, 1)]),
        (Query("a|ab", is_pattern=True, whole_words=True), "a ab abc", [(0, 1)]),
        (Query("x*", is_pattern=True), "axxb", [(1, 3)]),  # what matches nothing cannot be shown
    ],
)
def test_what_is_found(query, text, places):
    assert found(text, query) == places


@given(letters, letters.filter(bool), st.booleans(), st.booleans(), st.booleans())
def test_places_are_apart_and_hold_what_was_searched_for(text, word, case, whole, width):
    query = Query(word, match_case=case, whole_words=whole, ignore_width=width)
    places = Matcher(query).find(text)
    done = 0
    for place in places:
        assert done <= place.start < place.end <= len(text)
        done = place.end
        alone = Matcher(Query(word, match_case=case, ignore_width=width))
        inner = text[place.start : place.end]
        assert [(f.start, f.end) for f in alone.find(inner)] == [(0, len(inner))]
    assert replaced(text, places) == text  # nothing is to be replaced: nothing changes


@given(letters, st.text("aA肺1", min_size=1, max_size=3), st.text("ab肺\\$1", max_size=3))
def test_words_are_replaced_as_python_does(text, word, new):
    query = Query(word, match_case=True, ignore_width=False)
    assert replaced(text, Matcher(query, new).find(text)) == text.replace(word, new)


def test_groups_are_put_in():
    query = Query(r"(\d+),(?P<rest>\d+)", is_pattern=True)
    matcher = Matcher(query, r"\1.\g<rest>")
    text = "WBC 11,2  5,0"
    assert replaced(text, matcher.find(text)) == "WBC 11.2  5.0"
    matcher = Matcher(query, r"\1\n")
    assert replaced("5,0", matcher.find("5,0")) == "5 "  # a line stays one line


@pytest.mark.parametrize("pattern", ["[", "(", "*", "\\", "(?P<a", "a{2,1}"])
def test_what_is_no_regular_expression(pattern):
    with pytest.raises(PatternError):
        Matcher(Query(pattern, is_pattern=True))


@pytest.mark.parametrize("replacement", [r"\2", r"\g<no>", "\\"])
def test_what_is_no_replacement(replacement):
    matcher = Matcher(Query("(a)", is_pattern=True), replacement)
    with pytest.raises(PatternError) as error:
        matcher.find("a")
    assert error.value.in_replacement


def test_a_pattern_that_would_take_forever_is_given_up():
    with pytest.raises(SlowPatternError):
        Matcher(Query("(a|aa)+$", is_pattern=True)).find("a" * 60 + "b")
