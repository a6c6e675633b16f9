"""From posteriors to a reading: who is asked when, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop_ocr.engine import pp_ocr
from desktop_ocr.engine.recognize import decode, judge, prepare
from desktop_ocr.engine.recognize.calibration import FEATURES, Calibration
from desktop_ocr.engine.recognize.judge import PLAIN, Aids, Judge
from desktop_ocr.engine.recognize.model_files import ModelFiles, open_model
from desktop_ocr.engine.recognize.reader import Recognizer
from desktop_ocr.engine.recognize.readings import EMPTY
from desktop_ocr.errors import ModelError
from tests.engine.recognize import made_up
from tests.engine.recognize.drawing import draw

LANGUAGE = Aids(language=True, second=False)
SECOND = Aids(language=False, second=True)


@cache
def model() -> ModelFiles:
    return open_model()


@cache
def own() -> Judge:
    return Judge(model())


def line(posteriors: made_up.Posteriors) -> NDArray[np.uint8]:
    """Blank pixels as wide as posteriors say."""
    return np.full((48, len(posteriors) * 8, 3), 255, np.uint8)


def sure(text: str, doubts: dict[int, dict[str, float]]) -> made_up.Posteriors:
    return made_up.sure(model().charset, text, doubts)


texts = st.text("双肺未见异常末左右一二0123456789.,。，、mglL/ （(", min_size=1, max_size=12)
seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=40, deadline=None)
@given(texts, seeds, st.booleans())
def test_a_reading_holds_together(text: str, seed: int, language: bool) -> None:
    posteriors = made_up.in_doubt(model().charset, text, "末己已日曰0Oo1lI 。.", seed)
    reading = own().read(line(posteriors), posteriors, Aids(language, second=False))
    plain = model().charset.decode([e.number for e in decode.greedy(posteriors)]).strip()
    assert reading.text == "".join(character.text for character in reading.characters)
    assert reading.text == reading.text.strip()
    assert reading.second_text == ""
    assert reading == EMPTY or reading.plain_text == plain
    if not language:
        assert reading.text == plain
    assert 0 <= reading.confidence <= 1
    previous = 0.0
    for character in reading.characters:
        assert previous - 1e-9 <= character.start <= character.end <= 1
        previous = character.end
        assert 0 <= character.confidence <= 1
        assert len(character.alternatives) <= 8
        assert {option.source for option in character.alternatives} <= {"crnn"}
        assert all(0 <= option.share <= 1 for option in character.alternatives)


def test_nothing_seen_is_an_empty_reading() -> None:
    for posteriors in (sure("", {}), np.zeros((0, len(model().charset)), np.float32)):
        assert own().read(line(posteriors), posteriors, Aids()) == EMPTY


def test_language_decides_and_the_best_path_is_kept() -> None:
    posteriors = sure("腹部未见异常", {2: {"末": 0.5, "未": 0.48}})
    reading = own().read(line(posteriors), posteriors, LANGUAGE)
    assert (reading.text, reading.plain_text) == ("腹部未见异常", "腹部末见异常")
    changed = reading.characters[2]
    assert changed.alternatives[0].text == "末"
    alone = own().read(line(posteriors), posteriors, PLAIN)
    assert alone.text == alone.plain_text == reading.plain_text


def asked(reader: Judge, posteriors: made_up.Posteriors, aids: Aids = SECOND) -> bool:
    """Say whether the second reader is asked: its network cannot be found."""
    try:
        reading = reader.read(line(posteriors), posteriors, aids)
    except ModelError:
        return True
    assert reading.second_text == ""
    return False


def test_the_second_reader_is_asked_where_it_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pp_ocr, "SECOND", "gone.onnx")
    reader = Judge(model())
    assert not asked(reader, sure("未见异常 36.8", {}))
    assert asked(reader, sure("未见异常", {0: {"未": 0.7, "末": 0.3}}))
    assert not asked(reader, sure("未见异常", {0: {"未": 0.85, "末": 0.15}}))
    # What carries a value or an id must be surer.
    assert asked(reader, sure("36.8", {0: {"3": 0.85, "8": 0.15}}))
    assert asked(reader, sure("mmol/L", {3: {"o": 0.85, "0": 0.15}}))
    # Two widths of a sign are no doubt.
    assert not asked(reader, sure("（未见）", {0: {"（": 0.5, "(": 0.5}}))
    for aids in (PLAIN, LANGUAGE):
        assert not asked(reader, sure("未见异常", {0: {"未": 0.7, "末": 0.3}}), aids)


def test_the_second_reader_is_not_asked_about_long_lines_and_other_forms(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pp_ocr, "SECOND", "gone.onnx")
    doubtful = sure("末见", {0: {"未": 0.6, "末": 0.4}})
    assert asked(Judge(model()), doubtful)
    wide = np.concatenate((doubtful, np.repeat(doubtful[:1], 400, axis=0)))
    assert not asked(Judge(model()), wide)
    form = replace(model().form, height=32)
    other = Judge(replace(model(), form=form))
    assert not asked(other, doubtful)
    assert other.parameters(Aids())["second"] is False
    assert own().parameters(Aids())["second"] is True


def test_the_second_readers_disagreement_becomes_an_alternative() -> None:
    crop = draw("双肺未见异常")
    recognizer = Recognizer(threads=1)
    posteriors = recognizer.posteriors(crop).copy()
    place = decode.greedy(posteriors)[2]
    assert recognizer.charset[place.number] == "未"
    # Ours takes one character for another, not quite surely.
    other = recognizer.charset.number("末")
    steps = slice(place.start, place.end)
    posteriors[steps, place.number], posteriors[steps, other] = np.log(0.15), np.log(0.8)
    reading = recognizer.judge.read(prepare.scale(crop), posteriors, SECOND)
    assert reading.text == reading.plain_text == "双肺末见异常"
    assert reading.second_text == "双肺未见异常"
    sources = [[o.source for o in character.alternatives] for character in reading.characters]
    assert sources[2][0] == "second"
    first = reading.characters[2].alternatives[0]
    assert first.text == "未"
    assert first.share > 0.8
    assert "未" not in [option.text for option in reading.characters[2].alternatives[1:]]
    assert not any("second" in found for index, found in enumerate(sources) if index != 2)
    # Both: language reads what the second reader sees.
    both = recognizer.judge.read(prepare.scale(crop), posteriors, Aids())
    assert (both.text, both.plain_text) == ("双肺未见异常", "双肺末见异常")
    assert not any(o.source == "second" for c in both.characters for o in c.alternatives)


def test_what_only_ours_sees_has_nothing_as_the_seconds_view() -> None:
    crop = draw("心电图")
    recognizer = Recognizer(threads=1)
    posteriors = recognizer.posteriors(crop).copy()
    before, after = decode.greedy(posteriors)[:2]
    middle = (before.end + after.start) // 2
    posteriors[middle - 1 : middle + 2] = -20
    posteriors[middle - 1 : middle + 2 : 2, 0] = 0
    posteriors[middle, 0], posteriors[middle, recognizer.charset.number("·")] = -1.2, -0.4
    reading = recognizer.judge.read(prepare.scale(crop), posteriors, SECOND)
    assert reading.text == "心·电图"
    first = reading.characters[1].alternatives[0]
    assert (first.text, first.source) == ("", "second")
    assert reading.second_text == "心电图"


def test_confidence_is_calibrated_where_the_model_says_how() -> None:
    weights = np.zeros(len(FEATURES))
    weights[FEATURES.index("digit")] = 1.5
    told = Calibration(weights, -0.5).description()
    fitted = Judge(replace(model(), description=dict(model().description) | {"calibration": told}))
    raw = Judge(replace(model(), description={}))
    posteriors = sure("未3", {0: {"未": 0.7, "末": 0.3}})
    read = fitted.read(line(posteriors), posteriors, PLAIN)
    expected = [1 / (1 + np.exp(0.5)), 1 / (1 + np.exp(-1.0))]
    assert [c.confidence for c in read.characters] == pytest.approx(expected)
    read = raw.read(line(posteriors), posteriors, PLAIN)
    assert [c.confidence for c in read.characters] == pytest.approx([0.7, 1.0], abs=1e-2)
    assert fitted.parameters(PLAIN) != raw.parameters(PLAIN)


def test_readings_depend_on_the_lexicon_only_with_language(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(tmp_path))
    before = Judge(model())
    with_language, without = before.parameters(LANGUAGE), before.parameters(PLAIN)
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "own.txt").write_text("鬱金散\n", encoding="utf-8")
    after = Judge(model())
    assert after.parameters(LANGUAGE) != with_language
    assert after.parameters(PLAIN) == without


def test_a_missing_language_model_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "LANGUAGE", "language/gone.safetensors")
    reader = Judge(model())
    posteriors = sure("未见", {})
    with pytest.raises(ModelError, match="switch language off"):
        reader.read(line(posteriors), posteriors, Aids())
    assert reader.read(line(posteriors), posteriors, PLAIN).text == "未见"
