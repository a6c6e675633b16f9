"""Calibration: which characters are right, a fit that tells it, and the figures about it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr.engine.recognize.calibration import FEATURES
from desktop_ocr.training.calibrate import (
    Sample,
    Told,
    bins,
    calibration_error,
    caught,
    cross_validated,
    fit,
    plot,
    right_ones,
)


def sample(rng: np.random.Generator, count: int, weight: float = 1.0) -> Sample:
    """Return characters that are right as often as their first feature says."""
    features = rng.normal(0, 1, (count, len(FEATURES))).astype(np.float32)
    chance = 1 / (1 + np.exp(-(2 * features[:, 0] + 1)))
    return Sample(features, np.full(count, 0.5), rng.random(count) < chance, weight)


def test_right_characters_are_those_in_the_label() -> None:
    assert right_ones("未见异常", ["末", "见", "异", "常"]) == [False, True, True, True]
    assert right_ones("5.6 mmol/L", list("5.6mmoI/L")) == [True] * 6 + [False] + [True] * 2
    # Widths, cases and spaces are no errors; what is not there is nobody's.
    assert right_ones("（ABC）", list("(abc)")) == [True] * 5
    assert right_ones("左肺结节", ["左", "结", "节"]) == [True] * 3
    assert right_ones("左肺", ["左", "左", "肺"]).count(False) == 1
    # A class of several characters is right as a whole.
    assert right_ones("36.5°C", ["3", "6", ".", "5", "℃"]) == [True] * 5
    assert right_ones("36.5°F", ["3", "6", ".", "5", "℃"]) == [True] * 4 + [False]


def test_the_fit_finds_what_makes_characters_right() -> None:
    rng = np.random.default_rng(0)
    model = fit([sample(rng, 40) for _ in range(200)])
    assert model.weights[0] == pytest.approx(2, abs=0.2)
    assert abs(model.bias - 1) < 0.2
    assert np.abs(model.weights[1:]).max() < 0.2
    other = sample(rng, 5000)
    shares = model(other.features)
    assert calibration_error(shares, other.right) < 0.03
    assert caught(shares, other.right, 0.2) > 0.45


def test_a_line_of_no_weight_teaches_nothing() -> None:
    rng = np.random.default_rng(1)
    good = [sample(rng, 40) for _ in range(50)]
    lies = [Sample(s.features, s.raw, ~s.right, 0.0) for s in good]
    # Weight counts in the loss; the scale of features is that of all lines, here the same ones.
    assert fit([*good, *lies]).weights == pytest.approx(fit(good).weights, abs=1e-3)


def test_no_line_is_judged_by_what_saw_it() -> None:
    rng = np.random.default_rng(2)
    lines = [[sample(rng, 20)] for _ in range(20)]
    before = cross_validated(lines, [])
    # Turning a line's truth round changes how others are judged, not how it is judged itself.
    lines[3] = [Sample(s.features, s.raw, ~s.right, 1.0) for s in lines[3]]
    after = cross_validated(lines, [])
    assert after[3] == pytest.approx(before[3])
    assert any(not np.allclose(a, b) for a, b in zip(after, before, strict=True))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=200))
def test_figures_keep_their_bounds(told: list[tuple[float, bool]]) -> None:
    shares = np.array([share for share, _ in told])
    right = np.array([good for _, good in told])
    assert sum(size for size, _, _ in bins(shares, right)) == pytest.approx(1)
    assert 0 <= calibration_error(shares, right) <= 1
    assert caught(shares, right, 1.0) == (1.0 if (~right).any() else 0.0)
    assert caught(shares, right, 0.0) == 0.0


def test_who_knows_all_is_calibrated_and_catches_all() -> None:
    right = np.arange(100) >= 5
    assert calibration_error(right.astype(float), right) == 0
    assert caught(right.astype(float), right, 0.05) == 1


def test_the_figure_is_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    rng = np.random.default_rng(3)
    right = rng.random(500) < 0.9
    told = [Told(name, rng.random(500), right) for name in ("a", "b", "c")]
    plot(told, tmp_path / "figure.svg")
    drawn = (tmp_path / "figure.svg").read_text("utf-8")
    assert "Reliability" in drawn or "<svg" in drawn
    assert told[0].row().count("|") == 7
