"""What language may change in a line, and what never."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_ocr.engine.correct.lexicon import load_lexicon
from desktop_ocr.engine.correct.trie import Trie
from desktop_ocr.engine.recognize import decode
from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.classes import is_ideograph
from desktop_ocr.engine.recognize.fusion import Language, Weights
from desktop_ocr.engine.recognize.judge import LANGUAGE
from desktop_ocr.engine.recognize.language import Ngram
from desktop_ocr.engine.recognize.model_files import open_model
from desktop_ocr.paths import resource
from tests.engine.recognize import made_up

NUMERALS = "〇零一二三四五六七八九十百千万亿两半壹贰叁肆伍陆柒捌玖拾佰仟"
MEASURES = "年月日天周岁时分秒次片粒支瓶盒袋包丸滴升克斤吨米倍度格级期型号床"
BETWEEN = "毫微厘纳公小个余多"
SIDES = "左右阴阳"
SENTENCE = "，。、；：？！“”‘’（）《》…—.,:;·'\"!?()<>-_~"
PROSE = (
    "双肺纹理增多", "未见明显异常", "心影大小形态正常", "建议复查", "患者因反复咳嗽", "给予口服",
    "左肺上叶结节", "右肾区叩击痛", "阴性", "尿蛋白阳性", "肝功能检查", "，", "。", "、", "：",
    "两肺呼吸音粗", "第三腰椎", "一侧", "术后第", "末见异常", "血压",
)  # fmt: skip
EXACT = (
    "0.5g×24粒", "5.62mmol/L", "128/76mmHg", "36.8℃", "78次/分", "2026-11-20", "08:35", "11",
    "100", "bid", "tid", "po", "3日", "十二天", "三次", "两片", "半年", "5月2日", "20 岁", "3 次",
    "No.0012345", "L1", "T2WI", "×10^9/L", "↑", "+", "--", "CT", "MRI", "HBsAg", "0000-XX-12",
    "Ⅱ级", "①", "1:2", "10%", "二十三床", "每日3次", "q8h",
    "5毫克", "50 微克", "2毫升", "10余年", "3个月",
)  # fmt: skip
WORDS = ("amoxicillin", "Helicobacter pylori", "glucose")
NOISE = (
    "未末己已巳日目曰口囗人入土士大犬太天夫左右阴阳一二三七十千年月片次粒毫微升余"
    "0Oo1lI|5S8B2Z6b9g.,，。、-~÷×"
)


@cache
def charset() -> Charset:
    return open_model().charset


@cache
def ngram() -> Ngram:
    return Ngram(resource(LANGUAGE))


@cache
def language() -> Language:
    return Language(ngram(), charset(), trie=Trie(["未见异常", "支气管炎"]))


def text_of(emissions: list[decode.Emission]) -> str:
    return charset().decode([emission.number for emission in emissions])


def both(posteriors: made_up.Posteriors) -> tuple[str, str]:
    """Return the best path's text and what language makes of it."""
    plain = decode.greedy(posteriors)
    return text_of(plain), text_of(language().read(posteriors, plain))


lines = st.lists(st.sampled_from(PROSE + EXACT + WORDS), min_size=1, max_size=7).map("".join)
seeds = st.integers(0, 2**32 - 1)


def has_words(text: str) -> bool:
    return re.search(r"[A-Za-z]{4}", text) is not None


def never_touched(text: str, *, letters: bool) -> str:
    """Leave out what may change; letters too where there is a Latin word."""
    return "".join(
        c
        for c in text
        if not (c in SENTENCE or (is_ideograph(c) and c not in SIDES))
        and (letters or not (c.isascii() and c.isalpha()))
    )


def values(text: str) -> list[str]:
    """Return the numbers, with their points and signs, and the measures behind them."""
    found = re.findall(
        rf"(?:(?:[0-9][-.,:/~^%×+]+(?=[0-9])|[0-9{NUMERALS}]) *)+[{BETWEEN}]*[{MEASURES}]?", text
    )
    return [value for value in found if re.search("[0-9]", value) or len(value) > 1]


@settings(max_examples=120, deadline=None)
@given(lines, seeds)
def test_numbers_units_ids_and_sides_are_those_of_the_best_path(text: str, seed: int) -> None:
    posteriors = made_up.in_doubt(charset(), text, NOISE, seed)
    plain, read = both(posteriors)
    letters = not has_words(plain)
    assert never_touched(read, letters=letters) == never_touched(plain, letters=letters)


@settings(max_examples=120, deadline=None)
@given(lines, seeds)
def test_values_keep_their_measures_and_never_run_together(text: str, seed: int) -> None:
    posteriors = made_up.in_doubt(charset(), text, NOISE, seed)
    plain, read = both(posteriors)
    assert values(read) == values(plain)


@settings(max_examples=60, deadline=None)
@given(lines, seeds)
def test_no_numeral_and_no_side_is_put_in(text: str, seed: int) -> None:
    posteriors = made_up.in_doubt(charset(), text, NOISE, seed)
    plain, read = both(posteriors)
    for group in (NUMERALS, "0123456789"):
        seen = iter(c for c in plain if c in group)
        assert all(c in seen for c in read if c in group)  # a part of it, in its order
    assert [c for c in read if c in SIDES] == [c for c in plain if c in SIDES]


@settings(max_examples=60, deadline=None)
@given(lines, seeds)
def test_language_gives_ordered_spans_of_what_was_seen(text: str, seed: int) -> None:
    posteriors = made_up.in_doubt(charset(), text, NOISE, seed)
    end = 0
    for emission in language().read(posteriors, decode.greedy(posteriors)):
        assert end <= emission.start < emission.end <= len(posteriors)
        # A full-width mark may stand where only its half-width sign was seen.
        assert emission.confidence > 1e-6 or charset()[emission.number] in "。，、·"
        end = emission.end


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from("鬱龜蠶灪厵鱻驫羴龘靐齉麤贔屭"), min_size=2, max_size=14), seeds)
def test_rows_of_rare_characters_stay(characters: list[str], seed: int) -> None:
    known = [c for c in characters if c in charset()] or ["鬱"]
    posteriors = made_up.in_doubt(charset(), "".join(known), "".join(known) + "的一是了", seed)
    plain = decode.greedy(posteriors)
    rare = [e.number for e in plain if charset()[e.number] not in "的一是了"]
    if len(rare) == len(plain):
        assert language().strength(rare) == 0
        assert language().read(posteriors, plain) == plain


@pytest.mark.parametrize(
    "text",
    [
        "欧阳晟睿 司马珺瑶 诸葛翊霖",
        "仉督晖 佴伯嬴 亓官璟 笪弈",
        "龚窦晁 邬瞿缑 郗邴佘",
        "鼗虢鬃黉黼黻",
    ],
)
def test_names_and_single_characters_are_hardly_language(text: str) -> None:
    numbers = charset().encode(text)
    assert language().strength(numbers) < 0.5
    assert language().strength(charset().encode("双肺纹理增多，未见明显异常")) == 1


def ambiguous(text: str, place: int, *others: str) -> made_up.Posteriors:
    """A text seen well but for one place, where others are a little likelier than it."""
    share = 0.9 / (len(others) + 1)
    doubt = dict.fromkeys(others, share + 0.01) | {text[place]: share - 0.01}
    return made_up.sure(charset(), text, {place: doubt})


@pytest.mark.parametrize(
    ("text", "place", "other"),
    [
        ("腹部未见异常", 2, "末"),
        ("双肺未见明显异常。", 2, "末"),
        ("建议复查胸部CT", 1, "仪"),
        ("生活自己料理", 3, "已"),
        ("日常生活能自理", 0, "曰"),
        ("2026年入院治疗", 5, "人"),
    ],
)
def test_language_chooses_among_what_was_seen(text: str, place: int, other: str) -> None:
    assert both(ambiguous(text, place, other)) == (text[:place] + other + text[place + 1 :], text)


def test_half_width_points_behind_ideographs_are_full_stops() -> None:
    text = "双肺纹理增多，心影不大。"
    for doubt in ({".": 0.8, "。": 0.01}, {".": 0.98, "": 0.02}):
        posteriors = made_up.sure(charset(), text, {len(text) - 1: doubt})
        assert both(posteriors) == (text[:-1] + ".", text)


@pytest.mark.parametrize("text", ["第0.5次", "pH7.35", "5.62", "08:35", "1,200", "T.2"])
def test_half_width_marks_beside_numbers_and_letters_stay(text: str) -> None:
    place = next(index for index, sign in enumerate(text) if sign in ".,:")
    full = {".": "。", ",": "，", ":": "："}[text[place]]
    posteriors = made_up.sure(charset(), text, {place: {text[place]: 0.5, full: 0.45, "": 0.05}})
    assert both(posteriors) == (text, text)


@pytest.mark.parametrize(
    ("text", "place", "other"),
    [
        ("左肺上叶结节", 0, "右"),
        ("右肾区叩击痛", 0, "石"),
        ("大便隐血阴性", 4, "阳"),
        ("尿蛋白阳性", 3, "阴"),
        ("每日3次口服", 3, "沙"),
        ("每日3 次口服", 4, "沙"),
        ("住院十二天", 4, "夫"),
        ("每日三次", 2, "二"),
        ("术后5日", 3, "月"),
        ("口服左甲状腺素5微克", 8, "毫"),
        ("静脉滴注 5 毫克", 8, "升"),
        ("患者10余天前出现", 5, "年"),
        ("咳嗽3个月", 4, "周"),
        ("厚约2厘米", 4, "毫"),
        ("发热3，5天", 3, "到"),
        ("腹部有压痛", 2, "无"),
        ("可见异常", 0, "未"),
        ("下肢无力", 0, "上"),
        ("血压升高", 2, "降"),
        ("隔日1次", 0, "每"),
    ],
)
def test_sides_opposites_and_measures_stay(text: str, place: int, other: str) -> None:
    # What stands there is read as the other: language would rather have the usual one.
    wrong = text[:place] + other + text[place + 1 :]
    for seen, doubt in ((text, other), (wrong, text[place])):
        posteriors = made_up.sure(charset(), seen, {place: {seen[place]: 0.5, doubt: 0.49}})
        assert both(posteriors) == (seen, seen)


@pytest.mark.parametrize("share", [0.1, 0.48])
def test_no_negation_is_put_in_or_dropped(share: float) -> None:
    found = "腹部压痛及反跳痛"
    steps: list[dict[str, float]] = [step for c in found for step in ({c: 1.0}, {"": 1.0})]
    steps.insert(4, {"": 1 - share, "无": share})
    assert both(made_up.of_shares(charset(), steps)) == (found, found)
    denied = "患者无吸烟饮酒史"
    posteriors = made_up.sure(charset(), denied, {2: {"无": 1 - share, "": share}})
    assert both(posteriors) == (denied, denied)


def test_no_measure_is_put_in_behind_a_number() -> None:
    posteriors = made_up.sure(charset(), "术后5目出院", {3: {"目": 0.5, "日": 0.49}})
    assert both(posteriors) == ("术后5目出院", "术后5目出院")


def test_numbers_do_not_run_together_where_a_character_goes() -> None:
    posteriors = made_up.sure(charset(), "血压12囗8正常", {4: {"囗": 0.51, "": 0.48}})
    assert both(posteriors) == ("血压12囗8正常", "血压12囗8正常")


def test_terms_of_the_lexicon_weigh() -> None:
    text, wrong = "骨嗜酸性粒细胞", "骨嗜酸住粒细胞"
    posteriors = made_up.sure(charset(), text, {3: {"住": 0.9, "性": 0.05}})
    plain = decode.greedy(posteriors)
    # Both readings are terms to somebody: the one that is listed gains by its weight.
    for listed, read in ((wrong, wrong), (text, text)):
        weights = Weights(language=0.0, bonus=0.0, stop=0.0, term=4.0)
        language = Language(ngram(), charset(), trie=Trie([listed]), weights=weights)
        assert text_of(language.read(posteriors, plain)) == read
    without = Weights(language=0.0, bonus=0.0, stop=0.0, term=0.0)
    language = Language(ngram(), charset(), trie=Trie([text]), weights=without)
    assert text_of(language.read(posteriors, plain)) == wrong


def test_words_of_latin_letters_are_read_with_language_and_units_are_not() -> None:
    doubt = {"l": 0.5, "1": 0.1, "i": 0.38}
    posteriors = made_up.sure(charset(), "bilirubin", {1: doubt})
    assert both(posteriors) == ("bllirubin", "bilirubin")
    for unit, place, other in (("5mmol/L", 4, "i"), ("umol/L", 3, "i"), ("IU/ml", 4, "i")):
        seen = unit[:place] + other + unit[place + 1 :]
        doubt = {other: 0.5, unit[place]: 0.48}
        assert both(made_up.sure(charset(), unit, {place: doubt})) == (seen, seen)


def test_a_word_that_is_known_stands() -> None:
    """One drug does not become another because its name is more usual."""
    posteriors = made_up.sure(charset(), "bilirubin", {1: {"l": 0.5, "1": 0.1, "i": 0.38}})
    seen = decode.greedy(posteriors)
    knows = Language(Ngram(resource(LANGUAGE)), charset(), words={"bllirubin"})
    assert knows.read(posteriors, seen) == seen
    assert language().read(posteriors, seen) != seen
    assert "hydroxyzine" in load_lexicon().latin


def test_nothing_to_change_gives_the_best_path_itself() -> None:
    posteriors = made_up.sure(charset(), "128/76mmHg", {})
    plain = decode.greedy(posteriors)
    assert language().read(posteriors, plain) == plain
    assert language().read(posteriors, []) == []
    assert language().strength([]) == 0
