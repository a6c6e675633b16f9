"""What is told of each character to the model of confidence, and that model itself."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_ocr.engine.recognize import decode
from desktop_ocr.engine.recognize.calibration import (
    FEATURES,
    Calibration,
    Evidence,
    Twins,
    Witness,
)
from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.second import SecondView
from desktop_ocr.errors import ModelError
from tests.engine.recognize import made_up

CLASSES = "双肺未见异常末左右一二0123456789.,。，、:：mglLO（(）)µμ/ -"


@cache
def charset() -> Charset:
    return Charset(CLASSES)


@cache
def evidence() -> Evidence:
    return Evidence(charset(), Twins(charset()))


def view_of(posteriors: made_up.Posteriors) -> SecondView:
    emissions = decode.greedy(posteriors)
    return SecondView(
        charset().decode([emission.number for emission in emissions]), tuple(emissions), posteriors
    )


texts = st.text(CLASSES, min_size=1, max_size=14)
seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=80, deadline=None)
@given(texts, seeds, st.booleans(), st.booleans(), st.floats(0, 1))
def test_features_are_finite_whatever_was_seen(
    text: str, seed: int, language: bool, asked: bool, strength: float
) -> None:
    posteriors = made_up.in_doubt(charset(), text, CLASSES, seed)
    emissions = decode.greedy(posteriors)
    rng = np.random.default_rng(seed)
    surprises = rng.uniform(0, 40, len(emissions)).astype(np.float32) if language else None
    second = view_of(posteriors[::-1]) if asked else None
    witness = Witness(emissions, surprises, strength * language, second)
    found = evidence().features(emissions, posteriors, witness)
    assert found.shape == (len(emissions), len(FEATURES))
    assert found.dtype == np.float32
    assert np.isfinite(found).all()
    assert np.abs(found).max(initial=0) <= 20  # bounded: no feature outweighs all others
    values = dict(zip(FEATURES, found.T, strict=True))
    assert (values["as plain"] == 1).all()
    assert (values["second asked"] == asked).all()
    assert not asked or (values["second high"] <= 0.01).all()
    if not language:
        assert not values["strangeness"].any()
    again = Calibration(rng.normal(0, 3, len(FEATURES)), 0.3)(found)
    assert again.shape == (len(emissions),)
    assert ((again > 0) & (again < 1)).all()


def of(text: str, doubts: dict[int, dict[str, float]], second: str = "") -> list[dict[str, float]]:
    """Return the features of each character by name."""
    posteriors = made_up.sure(charset(), text, doubts)
    emissions = decode.greedy(posteriors)
    view = view_of(made_up.sure(charset(), second, {})) if second else None
    found = evidence().features(emissions, posteriors, Witness(emissions, second=view))
    return [dict(zip(FEATURES, row.tolist(), strict=True)) for row in found]


def test_features_say_what_they_are_named_after() -> None:
    sure, doubtful, digit = of("未左3", {1: {"左": 0.6, "右": 0.4}})
    assert sure["logit high"] > 5
    assert doubtful["logit low"] == pytest.approx(np.log(0.6 / 0.4), abs=0.01)
    assert doubtful["logit middle"] == doubtful["logit high"] == 0
    assert doubtful["runner-up"] == pytest.approx(np.log(0.4), abs=0.01)
    assert (sure["ideograph"], sure["digit"], sure["letter"]) == (1, 0, 0)
    assert (digit["ideograph"], digit["digit"], digit["letter"]) == (0, 1, 0)
    # A neighbour in doubt is told, on both sides.
    assert sure["worst neighbour"] == digit["worst neighbour"] == doubtful["worst neighbour"] < -0.4


def test_the_second_readers_agreement_and_disagreement_are_told() -> None:
    for same, other in zip(of("未见", {}, "未见"), of("未见", {}, "末常"), strict=True):
        assert same["second high"] > -0.01
        assert same["second low"] == 0
        assert same["second's other"] < -5
        assert other["second high"] == -3
        assert other["second low"] < -5
        assert other["second's other"] > -0.01
    assert of("未", {})[0]["second asked"] == 0


def test_widths_of_a_character_are_one_to_all_features() -> None:
    (wide,) = of("（", {0: {"（": 0.5, "(": 0.49}}, "(")
    assert wide["logit low"] == 2  # as sure as both together
    assert wide["runner-up"] < -4
    assert wide["second high"] > -0.01


def test_what_language_changed_is_told() -> None:
    posteriors = made_up.sure(charset(), "末见", {0: {"末": 0.5, "未": 0.4}})
    plain = decode.greedy(posteriors)
    numbers = charset().encode("未见")
    changed = decode.emissions(posteriors, decode.align(posteriors, numbers))
    surprises = np.array([7.0, 30.0], np.float32)
    found = evidence().features(changed, posteriors, Witness(plain, surprises, 0.5))
    values = dict(zip(FEATURES, found.T.tolist(), strict=True))
    assert values["as plain"] == [0, 1]
    assert values["strangeness"] == [3.5, 7.0]  # by how much the line is language, up to a limit
    assert values["strangeness of the next"] == [7.0, 0.0]


def test_no_characters_have_no_features() -> None:
    empty = np.zeros((4, len(charset())), np.float32)
    found = evidence().features([], empty, Witness([]))
    assert found.shape == (0, len(FEATURES))
    assert Calibration(np.zeros(len(FEATURES)), 0.0)(found).shape == (0,)


def test_description_says_all_of_a_calibration() -> None:
    rng = np.random.default_rng(3)
    fitted = Calibration(rng.normal(0, 2, len(FEATURES)).round(5), 0.25)
    told = json.loads(json.dumps(fitted.description()))
    again = Calibration.from_description(told)
    assert again is not None
    features = rng.normal(0, 2, (50, len(FEATURES))).astype(np.float32)
    assert np.array_equal(fitted(features), again(features))
    assert again.digest == fitted.digest
    assert Calibration(fitted.weights, 0.26).digest != fitted.digest


def test_confidence_is_the_logistic_of_a_weighted_sum() -> None:
    weights = np.zeros(len(FEATURES))
    weights[FEATURES.index("logit low")] = 0.5
    features = np.zeros((3, len(FEATURES)), np.float32)
    features[:, FEATURES.index("logit low")] = (-4, 0, 2)
    expected = [1 / (1 + np.exp(-(0.5 * logit - 1))) for logit in (-4, 0, 2)]
    assert Calibration(weights, -1.0)(features) == pytest.approx(expected)
    extreme = Calibration(weights * 1e6, 0.0)(features)
    assert np.isfinite(extreme).all()


@pytest.mark.parametrize("features", [None, [], ["logit low"], [*FEATURES[:-1], "another"]])
def test_other_features_are_no_calibration(features: list[str] | None) -> None:
    told = Calibration(np.ones(len(FEATURES)), 0.0).description()
    assert Calibration.from_description({}) is None
    if features is None:
        del told["features"]
    else:
        told["features"] = features
    assert Calibration.from_description(told) is None


@pytest.mark.parametrize(
    "change",
    [
        {"weights": [1.0]}, {"weights": None}, {"weights": ["x"] * len(FEATURES)}, {"bias": None},
        {"weights": [float("nan")] * len(FEATURES)}, {"features": 3},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_a_damaged_description_is_said(change: dict[str, object]) -> None:
    told = Calibration(np.ones(len(FEATURES)), 0.0).description() | change
    with pytest.raises(ModelError, match="damaged"):
        Calibration.from_description(told)
    with pytest.raises(ModelError, match="damaged"):
        Calibration.from_description([])  # type: ignore[arg-type]
