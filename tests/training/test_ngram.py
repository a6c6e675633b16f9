"""Counting and smoothing against a slow, plain reference."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file

from desktop_ocr.engine.recognize.language import BITS, FORMAT, Ngram
from desktop_ocr.training import ngram
from tests.engine.recognize.made_up import context_of

LINES = (
    "双肺未见异常", "心肺未见异常。", "肝未见明显异常", "双肺纹理增多", "未见结节", "体温36.8度",
    "体温37度", "肺纹理增粗", "腹部未见异常", "心脏大小正常", "异常", "WBC 6.8", "wbc正常", "36",
    "见",
)  # fmt: skip
Gram = tuple[str, ...]


def vocabulary(lines: Sequence[str]) -> list[str]:
    return sorted({token for line in lines for token in ngram.tokens_of(line) if token})


def unpacked(key: int, order: int, known: Sequence[str]) -> Gram:
    numbers = [key >> BITS * (order - 1 - place) & (1 << BITS) - 1 for place in range(order)]
    return tuple(known[number - 1] for number in numbers)


def slow_counts(lines: Sequence[str], known: Sequence[str]) -> dict[int, Counter[Gram]]:
    found: dict[int, Counter[Gram]] = {order: Counter() for order in range(1, ngram.ORDER + 1)}
    for line in lines:
        tokens = ngram.tokens_of(line)
        for order, counter in found.items():
            for start in range(len(tokens) - order + 1):
                gram = tuple(tokens[start : start + order])
                counter[gram] += all(token in known for token in gram)
    return {order: +counter for order, counter in found.items()}


def slow_model(lines: Sequence[str], known: Sequence[str]) -> Callable[[Gram, str], float]:
    """Interpolated Kneser-Ney with the discounts of Chen and Goodman, straight from the paper."""
    counts = slow_counts(lines, known)
    weights: dict[int, dict[Gram, int]] = {ngram.ORDER: counts[ngram.ORDER]}
    for order in range(1, ngram.ORDER):
        before: dict[Gram, set[str]] = defaultdict(set)
        for gram in counts[order + 1]:
            before[gram[1:]].add(gram[0])
        weights[order] = {gram: max(1, len(before[gram])) for gram in counts[order]}

    def discounts(order: int) -> list[float]:
        n = [max(1, sum(c == times for c in weights[order].values())) for times in range(1, 5)]
        y = n[0] / (n[0] + 2 * n[1])
        d = [i + 1 - (i + 2) * y * n[i + 1] / n[i] for i in range(3)]
        twice = min(2.0, max(d[0], d[1]))
        return [0.0, d[0], twice, min(3.0, max(twice, d[2]))]

    off = {order: discounts(order) for order in weights}

    def probability(context: Gram, token: str) -> float:
        if not context:
            # Each token ever seen gives up the first discount, which all tokens share.
            one, total = off[1][1], sum(weights[1].values())
            seen = max(0.0, weights[1].get((token,), 0) - one)
            return (seen + one * len(weights[1]) / len(known)) / total
        order = len(context) + 1
        here = {gram: c for gram, c in weights[order].items() if gram[:-1] == context}
        lower = probability(context[1:], token)
        if not here:
            return lower
        left = sum(min(c, off[order][min(c, 3)]) for c in here.values())
        own = here.get((*context, token), 0)
        return (max(0.0, own - off[order][min(own, 3)]) + left * lower) / sum(here.values())

    return probability


def built(
    path: Path, lines: Sequence[str], known: Sequence[str], least: dict[int, int], gain: float
) -> Ngram:
    keys, counts = ngram.count(iter(lines), known)
    tables = ngram.smoothed(keys, counts, len(known), least, gain)
    about = {"format": FORMAT, "order": ngram.ORDER, "vocabulary": list(known)}
    save_file(
        {name: np.ascontiguousarray(table) for name, table in tables.items()},
        path,
        {"about": json.dumps(about)},
    )
    return Ngram(path)


def scores(model: Ngram, context: Sequence[str], known: Sequence[str]) -> np.ndarray:
    numbers = [known.index(token) + 1 for token in context]
    every = np.arange(1, len(known) + 1)
    return model.scores(np.array([context_of(numbers, model.order)]), every)[0]


KEEP_ALL = {2: 1, 3: 1, 4: 1}
corpora = st.lists(st.text("甲乙丙丁2 ", min_size=4, max_size=14), min_size=3, max_size=9)


def test_numbers_are_one_token_and_spaces_none() -> None:
    assert ngram.tokens_of("体温 36.8 ℃") == ["体", "温", "0", ".", "0", ""]
    assert ngram.tokens_of("2026年11月") == ["0", "年", "0", "月"]
    assert ngram.tokens_of("１２ 3ＡＢａ") == ["0", "a", "b", "a"]
    assert ngram.tokens_of("甲甲") == ["甲", "甲"]
    assert ngram.tokens_of(" \n") == []


@pytest.mark.parametrize("missing", ["", "肺", "0"])
def test_counts_are_those_of_a_slow_count(missing: str) -> None:
    known = [token for token in vocabulary(LINES) if token != missing]
    keys, counts = ngram.count(iter(LINES), known)
    for order, expected in slow_counts(LINES, known).items():
        assert (np.diff(keys[order].astype(np.int64)) > 0).all()
        found = {
            unpacked(int(key), order, known): int(number)
            for key, number in zip(keys[order], counts[order], strict=True)
        }
        assert found == dict(expected)


def test_probabilities_are_those_of_the_reference(tmp_path: Path) -> None:
    known = vocabulary(LINES)
    model = built(tmp_path / "a.safetensors", LINES, known, KEEP_ALL, 0.0)
    slow = slow_model(LINES, known)
    contexts = {()} | {
        gram
        for order, counter in slow_counts(LINES, known).items()
        if order < ngram.ORDER
        for gram in counter
    }
    contexts |= {("正", "理"), ("多", "异"), ("常", "未", "见"), ("0", "0", "度")}
    for context in contexts:
        expected = np.log([slow(context, token) for token in known])
        # One rounding to a sixteenth, or of each back-off weight too.
        assert np.abs(scores(model, context, known) - expected).max() <= 4 / 32 + 1e-6


@settings(max_examples=25, deadline=None)
@given(corpora)
def test_any_corpus_gives_the_reference_and_sums_to_one(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    lines = [*lines, "甲乙丙丁"]  # four tokens in a row, once at least
    known = vocabulary(lines)
    model = built(tmp_path_factory.mktemp("a") / "a.safetensors", lines, known, KEEP_ALL, 0.0)
    slow = slow_model(lines, known)
    for context in ((), ("甲",), ("甲", "乙"), ("甲", "乙", "丙"), ("丁", "丁", "丁")):
        exact = np.array([slow(context, token) for token in known])
        assert exact.sum() == pytest.approx(1, abs=1e-9)
        assert np.abs(scores(model, context, known) - np.log(exact)).max() <= 4 / 32 + 1e-6


@pytest.mark.parametrize(("least", "gain"), [({2: 1, 3: 2, 4: 2}, 0.0), (KEEP_ALL, 0.7)])
def test_a_pruned_model_is_smaller_and_still_one_of_probabilities(
    tmp_path: Path, least: dict[int, int], gain: float
) -> None:
    known = vocabulary(LINES)
    whole = built(tmp_path / "whole.safetensors", LINES, known, KEEP_ALL, 0.0)
    pruned = built(tmp_path / "pruned.safetensors", LINES, known, least, gain)
    for order in (3, 4):
        assert 0 < len(pruned._keys[order]) < len(whole._keys[order])
        # What is kept goes on from a context that is kept.
        contexts = np.unique(pruned._keys[order] >> np.uint64(BITS))
        assert np.isin(contexts, pruned._keys[order - 1]).all()
    for context in (
        (),
        ("未",),
        ("肺", "未"),
        ("肺", "未", "见"),
        ("未", "见", "异"),
        ("体", "温"),
    ):
        total = np.exp(scores(pruned, context, known).astype(np.float64)).sum()
        assert total == pytest.approx(1, abs=0.08)


def folder(path: Path) -> Path:
    """A small DATA folder in which each line says its own thing."""
    (path / "text").mkdir(parents=True)
    lines = [f"{chr(0x4E00 + number)}见异常{chr(0x5200 + number)}" for number in range(600)]
    (path / "text" / "甲.txt").write_text("\n".join(lines[:400]) + "\n", encoding="utf-8")
    (path / "text" / "乙.txt").write_text("\n".join(lines[400:]) + "\n", encoding="utf-8")
    (path / "text" / "notes.md").write_text("并非语料\n" * 50, encoding="utf-8")
    return path


def test_held_out_lines_are_never_counted(tmp_path: Path) -> None:
    data = folder(tmp_path / "data")
    every = [
        line
        for name in ("乙", "甲")
        for line in (data / "text" / f"{name}.txt").read_text("utf-8").splitlines()
    ]
    kept_out = [line for line in every if ngram.held_out(line)]
    assert 3 <= len(kept_out) <= 30  # one of fifty
    assert all(ngram.held_out(f" {line}\n") for line in kept_out)
    counted = [line.strip() for line in ngram.texts(data)]
    assert not set(kept_out) & set(counted)
    assert [line for line in counted if line in set(every)] == [
        line for line in every if line not in set(kept_out)
    ]
    assert "并非语料" not in counted


def test_the_command_builds_the_same_file_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = folder(tmp_path / "data")
    paths = [tmp_path / "one" / "a.safetensors", tmp_path / "two.safetensors"]
    assert ngram.main(["--data", str(data), "--output", str(paths[0])]) == 0
    # A user's own terms are no part of what ships.
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "lexicons").mkdir(parents=True)
    (tmp_path / "home" / "lexicons" / "own.txt").write_text("龘龘靐靐\n" * 5, encoding="utf-8")
    assert ngram.main(["--data", str(data), "--output", str(paths[1])]) == 0
    assert paths[0].read_bytes() == paths[1].read_bytes()

    model = Ngram(paths[0])
    assert model.order == ngram.ORDER
    contexts = np.array([context_of(model.tokens("一见异"), model.order)])
    usual, unusual = model.scores(contexts, model.tokens("常罐"))[0]
    assert usual > unusual + 3
