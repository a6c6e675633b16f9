"""All helps together on a picture: language, second reader, rules; what is kept of each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from desktop_ocr.document.model import Line, corrected
from desktop_ocr.engine.cache import ReadingCache
from desktop_ocr.engine.correct.knowledge import Knowledge
from desktop_ocr.engine.events import LineRead, PageRead, ReadOptions
from desktop_ocr.engine.load import PageImage, from_array, load_page
from desktop_ocr.engine.pipeline import Engine
from desktop_ocr.engine.recognize.reader import Recognizer
from desktop_ocr.paths import resource
from tests.engine.recognize.drawing import draw

ALONE = ReadOptions(language=False, second=False, rules=False)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(threads=1)


@pytest.fixture(scope="module")
def faint() -> PageImage:
    """A line hard to read: there is doubt, and something for the language to choose."""
    crop = cv2.GaussianBlur(draw("腹部未见明显异常。日常生活能自理", ink=150), (0, 0), 4.6)
    noise = np.random.default_rng(1).normal(0, 6, crop.shape)
    return from_array(np.clip(crop + noise, 0, 255).astype(np.uint8), "faint")


def read(engine: Engine, image: PageImage, **options: bool) -> tuple[Line, PageRead]:
    *_, last = engine.read(image, ReadOptions(single_line=True, **options))
    assert isinstance(last, PageRead)
    return last.lines[0], last


def test_the_sample_line_is_read_and_all_views_are_kept(engine: Engine) -> None:
    path = resource("samples/line.png")
    truth = path.with_suffix(".txt").read_text(encoding="utf-8").strip()
    line, _ = read(engine, load_page(path))
    assert line.text == truth
    assert line.plain_text == truth
    assert line.second_text in ("", truth)
    assert line.raw_text == "".join(character.text for character in line.characters)
    assert line.text == line.machine_text == corrected(line.raw_text, line.corrections)


def test_helps_that_are_off_leave_the_recogniser_alone(engine: Engine, faint: PageImage) -> None:
    *_, last = engine.read(faint, replace(ALONE, single_line=True))
    (plain,) = last.lines
    assert plain.text == plain.raw_text == plain.plain_text
    assert (plain.second_text, plain.corrections) == ("", ())
    assert all(o.source == "crnn" for c in plain.characters for o in c.alternatives)

    helped, _ = read(engine, faint)
    assert helped.plain_text == plain.plain_text
    assert helped.second_text != ""
    sources = {o.source for c in helped.characters for o in c.alternatives}
    assert sources == {"crnn", "second"}
    # Language chose among what was seen, and what was seen is kept.
    assert helped.raw_text != helped.plain_text
    only_second, _ = read(engine, faint, language=False)
    assert only_second.raw_text == plain.raw_text
    assert only_second.second_text == helped.second_text


def test_language_brings_a_faint_line_nearer_to_the_truth(engine: Engine, faint: PageImage) -> None:
    from desktop_ocr.training.measure import score

    line, _ = read(engine, faint)
    truth = "腹部未见明显异常。日常生活能自理"
    assert score(truth, line.raw_text).edits < score(truth, line.plain_text).edits


def test_a_line_read_again_is_read_with_the_same_helps(engine: Engine, faint: PageImage) -> None:
    first, _ = read(engine, faint)
    (again,) = engine.read_lines(faint, [first], ReadOptions())
    assert isinstance(again, LineRead)
    assert again.line == first
    (alone,) = engine.read_lines(faint, [first], ALONE)
    assert alone.line.text == first.plain_text


def test_provenance_and_cache_know_every_help(
    faint: PageImage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(tmp_path / "home"))
    cache = ReadingCache(tmp_path / "cache")
    reading = Engine(threads=1, cache=cache)
    steps = {}
    for option in ("", "language", "second", "rules"):
        changes = {option: False} if option else {}
        once, first = read(reading, faint, **changes)
        again, second = read(reading, faint, **changes)
        assert (first.from_cache, second.from_cache) == (False, True)
        for field in ("text", "raw_text", "plain_text", "second_text", "corrections", "characters"):
            assert getattr(once, field) == getattr(again, field)
        steps[option] = first.provenance.steps
    assert len({repr(each) for each in steps.values()}) == len(steps)
    assert [step.name for step in steps["rules"]] == ["single_line", "recognize"]

    # Terms and rules of the user's own are other readings; a page is then read anew.
    (tmp_path / "home" / "lexicons").mkdir(parents=True)
    (tmp_path / "home" / "lexicons" / "own.txt").write_text("鬱金散\n", encoding="utf-8")
    _, other = read(Engine(threads=1, cache=cache), faint)
    assert not other.from_cache
    _, alone = read(Engine(threads=1, cache=cache), faint, language=False)
    assert alone.from_cache  # which asks no lexicon


def test_a_safe_rule_corrects_what_was_drawn_wrong(engine: Engine) -> None:
    image = from_array(draw("心率 78bpn，律齐"), "bpn")
    line, done = read(engine, image)
    assert line.raw_text.replace(" ", "") == "心率78bpn，律齐"
    (made,) = line.corrections
    assert (made.rule, made.before, made.after) == ("unit-bpm", "n", "m")
    assert line.text == line.machine_text == line.raw_text.replace("bpn", "bpm")
    assert done.provenance.steps[-1].name == "rules"
    off, _ = read(engine, image, rules=False)
    assert (off.text, off.corrections) == (line.raw_text, ())


def test_lists_and_rules_that_change_count_from_the_next_refresh_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(tmp_path / "home"))
    cache = ReadingCache(tmp_path / "cache")
    engine = Engine(threads=1, cache=cache)
    image = from_array(draw("双肺未见异常"), "page")
    before, first = read(engine, image)
    assert before.text == "双肺未见异常"
    rules = tmp_path / "home" / "rules"
    rules.mkdir(parents=True)
    (rules / "own.toml").write_text(
        "[[rule]]\nid = 'ours'\nzh = '甲'\nen = 'a'\npattern = '异常'\nreplacement = '异状'\n"
        "safe = true\nchange = [{before = '见异常', after = '见异状'}]\nkeep = [{text = '异'}]\n",
        encoding="utf-8",
    )
    unchanged, known = read(engine, image)
    assert (unchanged.text, known.from_cache) == (before.text, True)
    assert engine.knowledge.refresh()
    after, second = read(engine, image)
    assert (after.text, second.from_cache) == ("双肺未见异状", False)
    assert first.provenance.steps[:-1] == second.provenance.steps[:-1]  # the lexicon is the same

    lists = tmp_path / "home" / "lexicons"
    lists.mkdir()
    (lists / "own.txt").write_text("鬱金散\n", encoding="utf-8")
    assert engine.knowledge.refresh()
    _, third = read(engine, image)
    digests = [page.provenance.steps[1].parameters["lexicon"] for page in (second, third)]
    assert digests[0] != digests[1]


def test_language_takes_up_terms_that_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(tmp_path))
    knowledge = Knowledge()
    judge = Recognizer(threads=1, lexicon=knowledge.lexicon).judge
    before = judge.language()
    assert judge.language() is before
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "own.txt").write_text("鬱金散\n", encoding="utf-8")
    assert judge.language() is before
    knowledge.refresh()
    after = judge.language()
    assert after is not before
    assert judge.language() is after
