"""The n-gram as the program reads it: what ships, and files that are damaged."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file

from desktop_ocr.engine.recognize.judge import LANGUAGE
from desktop_ocr.engine.recognize.language import (
    BITS,
    FORMAT,
    NOTHING,
    SCALE,
    Ngram,
    token_text,
)
from desktop_ocr.errors import ModelError
from desktop_ocr.paths import resource
from tests.engine.recognize.made_up import context_of


@pytest.fixture(scope="module")
def shipped() -> Ngram:
    return Ngram(resource(LANGUAGE))


def _contexts(model: Ngram, *texts: str) -> np.ndarray:
    return np.array([context_of(model.tokens(text), model.order) for text in texts], np.int64)


@pytest.mark.parametrize("text", ["", "肺", "未见", "双肺纹", "见异", "麤龘", "00", "体温0", "th"])
def test_probabilities_of_all_tokens_add_up_to_one(shipped: Ngram, text: str) -> None:
    size = len(shipped._numbers)
    every = np.arange(1, size + 1)
    scores = shipped.scores(_contexts(shipped, text), every)
    # Stored in sixteenths of a nat: each of them, and each weight, is off by up to a thirty-second.
    assert np.exp(scores.astype(np.float64)).sum() == pytest.approx(1.0, abs=0.08)


def test_usual_words_are_likelier_than_unusual_ones(shipped: Ngram) -> None:
    for before, usual, unusual in (
        ("双肺纹理", "增", "憎"), ("明显异", "常", "带"), ("高血", "压", "庄"), ("amoxi", "c", "0")
    ):  # fmt: skip
        scores = shipped.scores(_contexts(shipped, before), shipped.tokens(usual + unusual))
        assert scores[0, 0] > scores[0, 1] + 2


def test_many_contexts_at_once_are_each_alone(shipped: Ngram) -> None:
    texts = ["", "肺", "未见", "双肺纹", "龘", "患者因", "5"]
    tokens = shipped.tokens("增异炎0。")
    together = shipped.scores(_contexts(shipped, *texts), tokens)
    for text, row in zip(texts, together, strict=True):
        assert np.array_equal(shipped.scores(_contexts(shipped, text), tokens)[0], row)
    own = np.array([[token] * 2 for token in (*tokens, tokens[0], tokens[1])])
    each = shipped.scores(_contexts(shipped, *texts), own)
    assert np.array_equal(each[0], together[0, [0, 0]])
    assert np.array_equal(each[3], together[3, [3, 3]])


def test_digits_widths_and_cases_are_one_token(shipped: Ngram) -> None:
    assert {token_text(digit) for digit in "0123456789０９²①"} == {"0"}
    assert token_text("Ａ") == token_text("A") == token_text("a") == "a"
    assert token_text("（") == token_text("(") == "("
    assert token_text(" ") == token_text("　") == token_text("㎡") == ""
    assert len(set(shipped.tokens("0172９").tolist())) == 1
    assert shipped.tokens(" \U0001f600").tolist() == [NOTHING, NOTHING]
    for digits in ("0123456789", "４５６"):
        scores = shipped.scores(_contexts(shipped, "体温"), shipped.tokens(digits))
        assert len(set(scores[0].tolist())) == 1


def test_file_is_mapped_and_not_read() -> None:
    path = resource(LANGUAGE)
    tracemalloc.start()
    try:
        model = Ngram(path)
        model.scores(_contexts(model, "双肺纹"), model.tokens("理"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert path.stat().st_size <= 30e6
    assert peak < path.stat().st_size / 5


# --- a small model, its numbers chosen by hand ------------------------------------------------

A, B, C = 1, 2, 3


def _tables() -> dict[str, np.ndarray]:
    """Three tokens; ab, bc and abc are known."""

    def logs(*nats: float) -> np.ndarray:
        return np.array([round(nat * SCALE) for nat in nats], np.uint8)

    return {
        "logs1": logs(1.0, 1.5, 2.0),
        "backs1": logs(0.5, 0.25, 0.0),
        "keys2": np.array([A << BITS | B, B << BITS | C], np.uint64),
        "logs2": logs(0.125, 0.75),
        "backs2": logs(0.375, 0.0),
        "keys3": np.array([A << 2 * BITS | B << BITS | C], np.uint64),
        "logs3": logs(0.0625),
    }


def _write(path: Path, tables: dict[str, np.ndarray], **changes: object) -> Path:
    about = {"format": FORMAT, "order": 3, "vocabulary": ["a", "b", "c"]} | changes
    save_file(tables, path, {"about": json.dumps(about)})
    return path


def test_back_off_is_katz(tmp_path: Path) -> None:
    model = Ngram(_write(tmp_path / "small.safetensors", _tables()))
    assert model.order == 3
    every = np.array([A, B, C])

    def after(*context: int) -> list[float]:
        return (-model.scores(np.array([context_of(context, 3)]), every)[0]).tolist()

    assert after() == [1.0, 1.5, 2.0]
    assert after(A) == [1.5, 0.125, 2.5]  # ab is known, others pay for it
    assert after(C) == [1.0, 1.5, 2.0]
    assert after(A, B) == [0.375 + 0.25 + 1.0, 0.375 + 0.25 + 1.5, 0.0625]
    assert after(C, B) == [1.25, 1.75, 0.75]  # an unknown context costs nothing more
    assert after(NOTHING, B) == after(C, B)
    assert after(A, NOTHING) == after()
    unknown = model.scores(np.array([[A, B]]), np.array([NOTHING]))
    assert unknown[0, 0] < -15


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "0"}, {"order": 4}, {"order": 0}, {"order": "x"}, {"order": None},
        {"vocabulary": ["a", "b"]}, {"vocabulary": 7},
    ],
    ids=str,
)  # fmt: skip
def test_descriptions_that_do_not_fit_are_refused(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    path = _write(tmp_path / "small.safetensors", _tables(), **changes)
    with pytest.raises(ModelError, match=r"small\.safetensors"):
        Ngram(path)


@pytest.mark.parametrize("name", list(_tables()))
def test_a_table_that_is_missing_or_short_is_refused(tmp_path: Path, name: str) -> None:
    tables = _tables()
    rest = {key: table for key, table in tables.items() if key != name}
    for broken in (rest, rest | {name: tables[name][:-1]}):
        with pytest.raises(ModelError):
            Ngram(_write(tmp_path / "small.safetensors", broken))


@pytest.mark.parametrize(
    "data", [b"", b"no model", b"\xff" * 64, bytes(64), b"\2" + bytes(7) + b"{}"]
)
def test_other_files_are_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "small.safetensors"
    with pytest.raises(ModelError, match="missing"):
        Ngram(path)
    path.write_bytes(data)
    with pytest.raises(ModelError, match="switch language off"):
        Ngram(path)


def test_a_cut_file_is_refused(tmp_path: Path) -> None:
    whole = _write(tmp_path / "small.safetensors", _tables()).read_bytes()
    cut = tmp_path / "cut.safetensors"
    for size in range(len(whole)):
        cut.write_bytes(whole[:size])
        with pytest.raises(ModelError):
            Ngram(cut)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_damaged_header_is_refused_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = _write(tmp_path_factory.mktemp("model") / "small.safetensors", _tables())
    content = bytearray(path.read_bytes())
    header = 8 + int.from_bytes(content[:8], "little")
    for place in data.draw(st.lists(st.integers(0, header - 1), min_size=1, max_size=2)):
        content[place] = data.draw(st.integers(0, 255) | st.sampled_from(list(b'0123456789"{}[]')))
    path.write_bytes(content)
    try:
        model = Ngram(path)
    except ModelError:
        return
    contexts = np.array([context_of((A, B, C)[:n], model.order) for n in range(4)])
    assert np.isfinite(model.scores(contexts, np.array([A, B, C]))).all()
