"""Rules: each keeps its own examples, none that is safe touches a value, all can be undone."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_ocr import errors
from desktop_ocr.document.model import Correction
from desktop_ocr.engine.correct.pattern_cost import is_bounded
from desktop_ocr.engine.correct.protected import protected
from desktop_ocr.engine.correct.rule_files import Rule, read_rules
from desktop_ocr.engine.correct.rules import Rules, Suggestion, load_rules
from desktop_ocr.paths import resource
from desktop_ocr.training import grammar

NOTHING_OF_THE_USER = resource("rules") / "none"
RULES = load_rules(NOTHING_OF_THE_USER)
FILES = sorted(resource("rules").glob("*.toml"))


def undone(text, corrections):
    """Put back what was read, from the end so that earlier places stay right."""
    for correction in reversed(corrections):
        end = correction.start + len(correction.after)
        assert text[correction.start : end] == correction.after
        text = text[: correction.start] + correction.before + text[end:]
    return text


def digits_of(text):
    return [character for character in text if character.isdecimal()]


# The program's own rules


@pytest.mark.parametrize("rule", list(RULES), ids=lambda rule: rule.id)
def test_a_rule_among_all_others_keeps_its_examples(rule):
    for before, after in rule.changes:
        if rule.safe:
            assert RULES.apply_safe(before)[0] == after
        else:
            assert RULES.apply_safe(before) == (before, ())
            assert rule.id in {found.rule for found in RULES.suggest(before)}
    for text in rule.keeps:
        assert rule.id not in {found.rule for found in RULES.suggest(text)}
        assert rule.id not in {correction.rule for correction in RULES.apply_safe(text)[1]}


def test_there_are_rules_of_each_kind_and_all_are_described_in_both_languages():
    assert {path.stem for path in FILES} >= {
        "dates", "laboratory", "numbers", "phrases", "signs", "units", "widths",
    }  # fmt: skip
    assert {rule.safe for rule in RULES} == {True, False}
    for rule in RULES:
        assert re.search("[\u4e00-\u9fff]", RULES.describe(rule.id, "zh_CN"))
        assert re.search("[A-Za-z]{2}", RULES.describe(rule.id, "en"))
    assert RULES.describe("of-an-older-version", "en") == "of-an-older-version"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_numbers_and_signs_are_never_safe(path):
    """What is wrong in these files is itself a digit or a sign."""
    if path.stem in ("numbers", "signs"):
        assert not [rule.id for rule in read_rules(path) if rule.safe]


def test_a_line_is_corrected_and_tells_where():
    text, corrections = RULES.apply_safe("T:36.7°℃，BP:120/80mmHq，己婚，腹痛3天")
    assert text == "T:36.7℃，BP:120/80mmHg，已婚，腹痛3天"
    assert [correction.rule for correction in corrections] == [
        "unit-degree-twice", "unit-mmhg", "phrase-already",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("read", "offered"),
    [
        ("阿司匹林1O0mg qd", "阿司匹林100mg qd"),
        ("肝脾肋下末触及", "肝脾肋下未触及"),
        ("尿糖 阴性(一)", "尿糖 阴性(-)"),
        ("血糖98mg/d1", "血糖98mg/dl"),
        ("BP 120180mmHg", "BP 120/80mmHg"),
        ("WBC 5.6x10^9/L", "WBC 5.6×10^9/L"),
        ("2O24-O1-l5", "2024-01-15"),
    ],
)
def test_what_could_change_a_value_or_a_finding_is_only_offered(read, offered):
    assert RULES.apply_safe(read) == (read, ())
    (found,) = RULES.suggest(read)
    assert not found.safe
    assert found.apply(read) == offered


# What holds for every text

UNITS = ["mg", "g", "μg", "ml", "mmol/L", "nmol/L", "×10^9/L", "mmHg", "次/分", "IU/L", "%", "℃"]
PHRASES = [
    "未见异常", "已婚", "自己行走", "病人院内感染", "末次月经", "口干", "阴性(-)", "血压", "患者",
    "左侧", "不能", "否认", "无", "，", "。", "：", " ", "（", ")", "↑",
]  # fmt: skip
LOOK_ALIKE = st.text("0O1lI|5SZ8BqgrnmoCc°℃目日己已末未一-十/.：:％％．／ｍ３", max_size=8)
BEFORE = [before for rule in RULES for before, _after in rule.changes]
lines = st.lists(
    st.one_of(
        st.sampled_from(BEFORE),
        st.sampled_from(UNITS),
        st.sampled_from(PHRASES),
        st.decimals(0, 9999, places=2).map(str),
        st.integers(0, 999).map(str),
        LOOK_ALIKE,
        st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=6),
        st.text(max_size=4),
    ),
    max_size=6,
).map("".join)


@given(lines)
@example("T36.7°°℃℃C")
def test_safe_rules_leave_values_signs_and_negations(text):
    now, _ = RULES.apply_safe(text)
    assert protected(now) == protected(text)
    assert digits_of(now.translate(HALF)) == digits_of(text.translate(HALF))
    for sign in "<>↑↓+-±.未无不否阴阳左右":
        assert now.translate(HALF).count(sign) == text.translate(HALF).count(sign)


HALF = {0xFF01 + i: 0x21 + i for i in range(94)}


@given(lines)
def test_twice_is_once_and_undone_is_what_was_read(text):
    now, corrections = RULES.apply_safe(text)
    assert RULES.apply_safe(now) == (now, ())
    assert undone(now, corrections) == text
    ends = [correction.start + len(correction.after) for correction in corrections]
    starts = [correction.start for correction in corrections]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


@given(lines)
def test_suggestions_are_apart_and_each_changes_something(text):
    at = 0
    for found in RULES.suggest(text):
        assert at <= found.start < found.end <= len(text)
        assert found.apply(text) != text
        at = found.end


@given(st.integers(0, 10**6))
def test_values_doses_dates_ids_and_rows_stay_as_they_are(seed):
    rng = random.Random(seed)
    for draw in (
        grammar.number, grammar.value, grammar.raised, grammar.reference_range, grammar.date,
        grammar.identifier, grammar.dose, grammar.strength, grammar.times, grammar.prescription,
        grammar.note, grammar.vital_signs, grammar.person, grammar.heading, grammar.receipt,
    ):  # fmt: skip
        text = draw(rng)
        assert RULES.apply_safe(text) == (text, ()), draw.__name__


def wild_rule(number, pattern, replacement):
    pattern = re.compile(re.escape(pattern))
    return Rule(f"r{number}", "规则", "rule", pattern, replacement, {}, True, (), ())


letters = st.text("ab1.未", max_size=3)
wild_rules = st.lists(st.builds(wild_rule, st.integers(0, 9), letters, letters), max_size=4)


@given(wild_rules, st.text("ab1.未", max_size=9))
def test_any_rules_that_call_themselves_safe_are_held_to_it(rules, text):
    rules = Rules(rules)
    now, corrections = rules.apply_safe(text)
    assert protected(now) == protected(text)
    assert undone(now, corrections) == text
    assert rules.apply_safe(now) == (now, ())
    for found in rules.suggest(text):
        assert not found.safe
        assert 0 <= found.start < found.end <= len(text)


def test_what_a_safe_rule_would_do_to_a_value_it_only_suggests():
    rules = Rules([Rule("r", "规则", "rule", re.compile("rn(.)"), "m", {}, True, (), ())])
    now, (correction,) = rules.apply_safe("5rng 5rn1")
    assert now == "5m 5rn1"
    assert (correction.start, correction.before, correction.after) == (1, "rng", "m")
    assert rules.suggest(now) == (Suggestion(4, 7, "m", "r", safe=False),)


def test_rules_that_build_on_each_other_are_one_correction():
    rules = Rules([wild_rule(1, "ab", "ba"), wild_rule(2, "bax", "y")])
    assert rules.apply_safe("zabxz") == ("zyz", (Correction("r2", 1, "abx", "y"),))


def test_rules_that_undo_each_other_change_nothing():
    rules = Rules([wild_rule(1, "a", "b"), wild_rule(2, "b", "a")])
    assert rules.apply_safe("ab") == ("ab", ())


# Files of rules

MINE = """
[[rule]]
id = "mine"
zh = "我的规则"
en = "My rule"
pattern = 'rnq'
replacement = 'mg'
safe = true
[[rule.change]]
before = "5rnq"
after = "5mg"
[[rule.keep]]
text = "5mg"
"""


def write(folder, text, name="ward.toml"):
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_rules_of_the_user_are_added_and_may_replace_ours(tmp_path):
    write(tmp_path, MINE + MINE.replace('"mine"', '"unit-bpm"'))
    rules = load_rules(tmp_path)
    assert rules.problems == ()
    assert rules.apply_safe("5rnq")[0] == "5mg"
    assert rules.describe("mine", "zh_CN") == "我的规则"
    assert rules.apply_safe("HR 78bpn")[0] == "HR 78bpn"
    assert RULES.apply_safe("HR 78bpn")[0] == "HR 78bpm"
    assert rules.digest != RULES.digest == load_rules(NOTHING_OF_THE_USER).digest


def test_the_example_of_the_documentation_is_a_rule(tmp_path):
    page = Path(__file__).parents[3].joinpath("docs", "formats.md").read_text("utf-8")
    (shown,) = re.findall(r"```toml\n(\[\[rule\]\].*?)```", page, re.DOTALL)
    assert [rule.id for rule in read_rules(write(tmp_path, shown))] == ["unit-bpm"]


def test_the_users_folder_is_looked_into_without_being_named(tmp_path, monkeypatch):
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(tmp_path))
    (tmp_path / "rules").mkdir()
    write(tmp_path / "rules", MINE)
    assert load_rules().apply_safe("5rnq")[0] == "5mg"


def test_a_bad_file_of_the_user_is_told_and_left_out(tmp_path):
    write(tmp_path, "[[rule]", "a.toml")
    write(tmp_path, MINE, "b.toml")
    write(tmp_path, MINE, "c.toml")  # the same id again
    rules = load_rules(tmp_path)
    assert rules.apply_safe("5rnq")[0] == "5mg"
    assert [(type(error), error.path.name, error.rule) for error in rules.problems] == [
        (errors.RuleFileError, "a.toml", ""),
        (errors.RuleIncompleteError, "c.toml", "mine"),
    ]


WRONG = {
    "not TOML": ("[[rule]", errors.RuleFileError, ""),
    "a number without end": ("rule = " + "1" * 5000, errors.RuleFileError, ""),
    "lists in lists": ("rule = " + "[" * 5000 + "]" * 5000, errors.RuleFileError, ""),
    "groups in groups": (
        MINE.replace("'rnq'", "'" + "(" * 3000 + "rnq" + ")" * 3000 + "'"),
        errors.RulePatternError,
        "mine",
    ),
    "no list of rules": ("rule = 3", errors.RuleFileError, ""),
    "something beside rules": ("title = 'x'\n" + MINE, errors.RuleFileError, ""),
    "no id": (MINE.replace('id = "mine"', ""), errors.RuleIncompleteError, "1"),
    "an id with a space": (MINE.replace('"mine"', '"my rule"'), errors.RuleIncompleteError, "1"),
    "an id twice": (MINE + MINE, errors.RuleIncompleteError, "mine"),
    "no Chinese": (MINE.replace("zh =", "# zh ="), errors.RuleIncompleteError, "mine"),
    "empty English": (MINE.replace('"My rule"', '""'), errors.RuleIncompleteError, "mine"),
    "safe is a word": (MINE.replace("true", '"yes"'), errors.RuleIncompleteError, "mine"),
    "a misspelt key": (MINE.replace("en =", "eng ="), errors.RuleIncompleteError, "mine"),
    "no example of keep": (MINE.split("[[rule.keep]]", 1)[0], errors.RuleIncompleteError, "mine"),
    "an empty list of keep": (
        MINE.replace("safe", "keep = []\nsafe").split("[[rule.keep]]", 1)[0],
        errors.RuleIncompleteError,
        "mine",
    ),
    "no example of change": (
        MINE.replace("[[rule.change]]", "[rule.unknown]"),
        errors.RuleIncompleteError,
        "mine",
    ),
    "a map of unequal lengths": (
        MINE.replace("replacement = 'mg'", "map = ['rnq', 'mg']"),
        errors.RuleIncompleteError,
        "mine",
    ),
    "a map and a replacement": (
        MINE.replace("replacement", "map = ['q', 'g']\nreplacement"),
        errors.RuleIncompleteError,
        "mine",
    ),
    "a bracket left open": (MINE.replace("'rnq'", "'rn('"), errors.RulePatternError, "mine"),
    "a group that is not there": (MINE.replace("'mg'", r"'\1'"), errors.RulePatternError, "mine"),
    "a named group that is not there": (
        MINE.replace("'mg'", r"'\g<unit>'"),
        errors.RulePatternError,
        "mine",
    ),
    "a star": (MINE.replace("'rnq'", "'rn*q'"), errors.RulePatternError, "mine"),
    "explosive": (
        MINE.replace("'rnq'", "'(?:r?n?){20}q'"),
        errors.RulePatternError,
        "mine",
    ),
    "a change that does not happen": (
        MINE.replace('before = "5rnq"', 'before = "5rmq"'),
        errors.RuleExampleError,
        "mine",
    ),
    "a change of nothing": (
        MINE.replace('before = "5rnq"', 'before = "5mg"'),
        errors.RuleExampleError,
        "mine",
    ),
    "a keep that is changed": (
        MINE.replace('text = "5mg"', 'text = "brnq"'),
        errors.RuleExampleError,
        "mine",
    ),
    "it would change its own result again": (
        MINE.replace("'mg'", "'rnqg'").replace('"5mg"', '"5rnqg"'),
        errors.RuleExampleError,
        "mine",
    ),
    "safe but changes a digit": (
        MINE.replace("'mg'", "'1mg'").replace('after = "5mg"', 'after = "51mg"'),
        errors.RuleUnsafeError,
        "mine",
    ),
    "safe but adds a negation": (
        MINE.replace("rnq", "末见").replace("mg", "未见"),
        errors.RuleUnsafeError,
        "mine",
    ),
}


@pytest.mark.parametrize(("text", "error", "rule"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_file_is_one_sentence_that_names_the_rule(tmp_path, text, error, rule):
    with pytest.raises(errors.RuleFileError) as caught:
        read_rules(write(tmp_path, text))
    assert type(caught.value) is error
    assert caught.value.rule == rule
    sentence = str(caught.value)
    assert "ward.toml" in sentence
    assert not rule or f"ule {rule} " in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_file_that_is_no_text_or_missing(tmp_path):
    (tmp_path / "latin.toml").write_bytes(b"\xff\xfe\x00")
    for name in ("latin.toml", "missing.toml"):
        with pytest.raises(errors.RuleFileError):
            read_rules(tmp_path / name)


def test_a_file_as_a_windows_editor_saves_it(tmp_path):
    path = tmp_path / "ward.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MINE.replace("\n", "\r\n").encode())
    assert [rule.id for rule in read_rules(path)] == ["mine"]


@pytest.mark.parametrize(
    "pattern",
    ["a*", "a+b", "(?:ab){2,}", "(a{1,20}){1,20}b", "(?:a|a){20}b", "(?:a?){30}a", ".{0,51}",
     "a{0,50}a{0,50}a{0,50}b", "(?=a+)b", "(?<!a)(?:b|c*)", "(?>a+)", "a++"],
)  # fmt: skip
def test_patterns_without_bounds(pattern):
    assert not is_bounded(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["a", "[0-9]{1,4}(?:[.][0-9]{1,3})?", "(?<=[0-9])l(?!a)", "[*+]{1,20}", r"\*\+",
     "(a)?(?(1)b|c)", "(?i:mg|ml)", "(?>ab|cd)", "a{0,20}b{0,20}c", "(?x) a # a* b+\n"],
)  # fmt: skip
def test_patterns_with_bounds(pattern):
    assert is_bounded(pattern)


@pytest.mark.parametrize(
    ("one", "other"),
    [("120", "1 20"), ("1.5", "15"), ("<5", "5"), ("10⁹", "109"), ("1,200", "1200"),
     ("未见", "末见"), ("(-)", "(一)"), ("±", "土"), ("3/4", "34"), ("②", "2"),
     ("阴性", "阳性"), ("Ⅱ级", "Ⅲ级")],
)  # fmt: skip
def test_what_counts_as_another_value(one, other):
    assert protected(one) != protected(other)


@pytest.mark.parametrize(
    ("one", "other"), [("１２．５％", "12.5%"), ("mmHq", "mmHg"), ("己婚", "已婚"), ("：", ":")]
)
def test_what_counts_as_the_same_value(one, other):
    assert protected(one) == protected(other)
