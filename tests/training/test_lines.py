"""Drawn lines: same seed, same lines; only classes of the charset; readable shards."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from desktop_ocr.engine.recognize.prepare import HEIGHT
from desktop_ocr.training import grammar
from desktop_ocr.training.classes import our_charset
from desktop_ocr.training.lines import LineMaker, Sources, read_shard, write_shard, write_shards
from desktop_ocr.training.strokes import Hand, StrokeBook
from desktop_ocr.training.text import Script, TextSource


def test_same_seed_same_line_whatever_came_before(maker: LineMaker, sources: Sources) -> None:
    first = [maker.draw(7, number) for number in range(12)]
    other = LineMaker(sources)
    for number in (11, 3, 0):
        line, text = other.draw(7, number)
        assert text == first[number][1]
        np.testing.assert_array_equal(line, first[number][0])
    assert maker.draw(8, 0)[1] != first[0][1] or maker.draw(8, 1)[1] != first[1][1]


def test_lines_hold_ink_and_only_known_classes(maker: LineMaker) -> None:
    charset = our_charset()
    for number in range(60):
        line, text = maker.draw(1, number)
        assert line.dtype == np.uint8
        assert line.shape[0] == HEIGHT
        assert line.shape[2] == 3
        assert int(line.max()) - int(line.min()) > 5
        assert text == text.strip()
        assert "  " not in text
        assert charset.encode(text)


def test_shards_survive_the_disk_and_are_not_drawn_twice(maker: LineMaker, tmp_path: Path) -> None:
    path = write_shard(maker, tmp_path, seed=2, shard=3, size=9)
    lines, texts = read_shard(path)
    assert len(lines) == len(texts) == 9
    widths = [line.shape[1] for line in lines]
    assert widths == sorted(widths)
    drawn = {text: line for line, text in (maker.draw(2, 27 + number) for number in range(9))}
    for line, text in zip(lines, texts, strict=True):
        np.testing.assert_array_equal(line, drawn[text])
    before = path.stat().st_mtime_ns
    assert write_shard(maker, tmp_path, seed=2, shard=3, size=9) == path
    assert path.stat().st_mtime_ns == before


def test_processes_draw_what_one_draws(maker: LineMaker, sources: Sources, tmp_path: Path) -> None:
    said: list[str] = []
    write_shards(sources, tmp_path / "a", 5, range(2), 4, 1, said.append)
    assert len(said) == 2
    lines, texts = read_shard(tmp_path / "a" / "lines-00001.npz")
    again, same = read_shard(write_shard(maker, tmp_path, 5, 1, 4))
    assert texts == same
    for left, right in zip(lines, again, strict=True):
        np.testing.assert_array_equal(left, right)


def test_every_kind_of_text_occurs(sources: Sources) -> None:
    texts = TextSource.load(sources.data, our_charset())
    rng = random.Random(1)
    drawn = [texts.draw(rng) for _ in range(6000)]
    assert {text.script for text in drawn} == set(Script)
    joined = "".join(text.text for text in drawn)
    assert [sign for sign in "↑℃²μ⁹①×~" if sign not in joined] == []
    rare = {character for character in joined if "\u4e00" <= character <= "\u9fff"}
    assert len(rare) > 3000  # Far more than the few sentences hold.


def test_ids_have_runs_of_equal_digits() -> None:
    rng = random.Random(2)
    ids = [grammar.identifier(rng) for _ in range(300)]
    assert any("0000" in text for text in ids)
    assert any("-" in text for text in ids)


def test_strokes_are_drawn_where_they_belong(sources: Sources) -> None:
    book = StrokeBook.load(sources.data / "strokes" / "hanzi_writer_data.jsonl.gz")
    assert "十" in book
    assert "龟" not in book
    steady = Hand(pen=0.05, slant=0, squeeze=1, wobble=0, join=0, cut=0, drop=0)
    glyph = book.draw(np.random.default_rng(0), "十", 100, steady)
    rows, columns = glyph.sum(axis=1), glyph.sum(axis=0)
    # A cross: one row and one column hold most ink, near the middle of the box.
    assert 0.3 < rows.argmax() / len(rows) < 0.7
    assert 0.3 < columns.argmax() / len(columns) < 0.7
    assert rows.max() > 3 * np.median(rows)
