"""What is kept of a user's files, and when it is loaded anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_ocr.engine.correct.knowledge import LISTS, RULES, Knowledge
from desktop_ocr.errors import LexiconLineError, RuleIncompleteError
from tests.own_rules import own_rule

RULE = own_rule(safe=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(tmp_path))
    return tmp_path


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_all_stays_as_it_is_until_somebody_looks(home: Path) -> None:
    knowledge = Knowledge()
    terms, rules = knowledge.lexicon(), knowledge.rules()
    assert not knowledge.refresh()
    put(home / LISTS, "own.txt", "鬱金散\n")
    put(home / RULES, "own.toml", RULE)
    assert knowledge.lexicon() is terms
    assert knowledge.rules() is rules
    assert knowledge.refresh()
    assert knowledge.lexicon().lookup("鬱金散") is not None
    assert knowledge.rules().apply_safe("甲乙")[0] == "甲丙"
    assert not knowledge.refresh()


def test_only_what_changed_is_loaded_anew(home: Path) -> None:
    knowledge = Knowledge()
    terms, rules = knowledge.lexicon(), knowledge.rules()
    put(home / RULES, "own.toml", RULE)
    assert knowledge.refresh()
    assert knowledge.lexicon() is terms
    assert knowledge.rules() is not rules


def test_files_that_change_move_or_go_are_noticed(home: Path) -> None:
    path = put(home / LISTS, "own.txt", "鬱金散\n")
    knowledge = Knowledge()
    seen = [knowledge.lexicon().digest]
    path.write_text("鬱金丸\n", encoding="utf-8")  # as many bytes
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))
    assert knowledge.refresh()
    seen.append(knowledge.lexicon().digest)
    path = path.rename(path.with_suffix(".csv"))
    assert knowledge.refresh()
    assert knowledge.lexicon().digest == seen[-1]  # the same terms
    path.unlink()
    assert knowledge.refresh()
    seen.append(knowledge.lexicon().digest)
    (home / LISTS).rmdir()
    assert not knowledge.refresh()  # a folder that is gone is one without files
    assert knowledge.lexicon().digest == seen[-1]
    assert len(set(seen)) == len(seen)


def test_nothing_is_loaded_before_it_is_asked_for(home: Path) -> None:
    knowledge = Knowledge()
    put(home / LISTS, "own.txt", "鬱金散\n")
    assert not knowledge.refresh()
    assert knowledge.lexicon().lookup("鬱金散") is not None


def test_problems_are_those_of_what_is_used(home: Path) -> None:
    put(home / LISTS, "own.txt", "鬱金散\n12.5\n")
    broken = put(home / RULES, "own.toml", "[[rule]]\nid = 'x'\n")
    knowledge = Knowledge()
    of_terms, of_rules = knowledge.problems()
    assert isinstance(of_terms, LexiconLineError)
    assert isinstance(of_rules, RuleIncompleteError)
    assert knowledge.problems(rules=False) == (of_terms,)
    assert knowledge.problems(lexicon=False) == (of_rules,)
    broken.write_text(RULE, encoding="utf-8")
    knowledge.refresh()
    assert knowledge.problems() == (of_terms,)
