"""The error rate is the one of the project's scoring rules."""

from __future__ import annotations

import functools
import math
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_ocr.training import measure

_short = st.text(alphabet="ab中", max_size=6)


def _slow_edits(left: str, right: str) -> int:
    @functools.cache
    def rest(i: int, j: int) -> int:
        if i == len(left) or j == len(right):
            return len(left) - i + len(right) - j
        return min(
            rest(i + 1, j) + 1, rest(i, j + 1) + 1, rest(i + 1, j + 1) + (left[i] != right[j])
        )

    return rest(0, 0)


@settings(deadline=None)
@given(_short, _short)
def test_edits_equal_the_definition(left: str, right: str) -> None:
    assert measure.edits(left, right) == _slow_edits(left, right)
    assert measure.edits(left, right) == measure.edits(right, left)


@settings(deadline=None)
@given(_short, _short)
def test_alignment_is_complete_ordered_and_shortest(label: str, read: str) -> None:
    pairs = measure.align(label, read)
    assert [i for i, _ in pairs if i is not None] == list(range(len(label)))
    assert [j for _, j in pairs if j is not None] == list(range(len(read)))
    wrong = sum(i is None or j is None or label[i] != read[j] for i, j in pairs)
    assert wrong == measure.edits(label, read)


def test_compared_without_white_space_and_after_nfkc() -> None:
    assert measure.score("白细胞 6.8 ×10⁹/L，", "白细胞6.8×109/L,").edits == 0
    assert measure.score("㎡　ＡＢ", "m2AB") == measure.LineScore(0, 4)
    assert measure.normal("①\tⅡ") == unicodedata.normalize("NFKC", "①Ⅱ")


def test_case_counts_unless_it_is_ignored() -> None:
    assert measure.score("SELANGOR", "Selangor").edits == 7
    assert measure.score("SELANGOR", "Selangor", ignore_case=True).edits == 0


def test_rate_is_over_the_whole_set_not_over_lines() -> None:
    scores = [measure.score("一二三四五六七八", "一二三四五六七"), measure.score("九", "")]
    assert measure.character_error_rate(scores) == pytest.approx(2 / 9)
    assert measure.exact_share(scores) == 0
    assert measure.character_error_rate([]) == 0


def test_interval_holds_the_rate_and_narrows_with_more_lines() -> None:
    few = [measure.LineScore(index % 3 == 0, 10) for index in range(12)]
    many = few * 20
    low, high = measure.bootstrap_interval(few, rounds=400)
    assert low < measure.character_error_rate(few) < high
    narrow_low, narrow_high = measure.bootstrap_interval(many, rounds=400)
    assert narrow_high - narrow_low < (high - low) / 2
    assert measure.bootstrap_interval([]) == (0.0, 0.0)
    assert measure.bootstrap_interval(few, seed=4) == measure.bootstrap_interval(few, seed=4)


def test_ratio_of_two_readers_keeps_their_lines_together() -> None:
    theirs = [measure.LineScore(4 * (index % 5 == 0), 10) for index in range(100)]
    ours = [measure.LineScore(line.edits // 2, 10) for line in theirs]
    # Always half as many edits, whatever lines are drawn: no spread at all.
    assert measure.bootstrap_ratio(ours, theirs, rounds=200) == (0.5, 0.5)
    low, high = measure.bootstrap_ratio(ours, theirs[1:] + theirs[:1], rounds=200)
    assert low < 0.5 < high
    perfect = [measure.LineScore(0, 10)] * 3
    assert measure.bootstrap_ratio(perfect, perfect, rounds=9) == (math.inf, math.inf)
    with pytest.raises(ValueError, match="same lines"):
        measure.bootstrap_ratio(ours, theirs[1:])
