"""Lexicons: the program's lists are in order, a user's are read whatever they are saved as."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_ocr import errors
from desktop_ocr.engine.correct import word_lists
from desktop_ocr.engine.correct.lexicon import Lexicon, Term, load_lexicon, may_guide
from desktop_ocr.engine.correct.trie import Trie
from desktop_ocr.engine.recognize.model_files import default_folder, open_model
from desktop_ocr.paths import resource

NOTHING_OF_THE_USER = resource("lexicons") / "none"
OURS = load_lexicon(NOTHING_OF_THE_USER)
FILES = sorted(resource("lexicons").iterdir())
BESIDE_THE_DRUGS = [term for term in OURS.terms if term.kind != "drugs_en"]


def rows(path):
    return [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]


def walk(trie, text):
    """Say whether a walk along a text arrives, and whether a text ends there."""
    node = trie.root
    for character in text:
        node = trie.step(node, character)
        if node < 0:
            return False, False
    return True, trie.ends(node)


# The program's own lists


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_list_says_what_it_is_and_where_from_and_is_sorted(path):
    about, source, columns, *body = path.read_text("utf-8").splitlines()
    assert re.fullmatch(r"# [A-Z].{20,}\.", about)
    assert source == "# source: written by the project; licence: Apache-2.0"
    assert re.fullmatch(r"# columns: term(, (code|english|abbreviation|unit|meaning))*", columns)
    assert body == rows(path), "a comment among the terms"
    most = columns.count(",")
    assert all(line.count("\t") <= most and line == line.strip() for line in body)
    terms = [line.split("\t")[0] for line in body]
    assert terms == sorted(set(terms))


def test_there_is_enough_of_every_kind():
    assert len(BESIDE_THE_DRUGS) >= 3_500
    kinds = {path.stem for path in FILES}
    assert {term.kind for term in OURS.terms} == kinds
    assert kinds >= {
        "anatomy", "findings", "diseases", "symptoms", "procedures", "drugs_zh", "drugs_en",
        "lab_items", "units", "dosing", "abbreviations", "form_labels", "departments",
    }  # fmt: skip
    assert all(len(rows(path)) >= 100 for path in FILES)


def test_no_term_stands_in_two_lists():
    texts = [term.text for term in OURS.terms]
    assert len(texts) == sum(len(rows(path)) for path in FILES)
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    ("text", "kind", "field", "value"),
    [
        ("双肺纹理清晰", "findings", "code", ""),
        ("原发性高血压", "diseases", "code", "I10"),
        ("2型糖尿病", "diseases", "code", "E11.9"),
        ("股骨颈骨折", "diseases", "code", "S72.0"),
        ("咳嗽", "symptoms", "code", "R05"),
        ("阿莫西林", "drugs_zh", "english", "amoxicillin"),
        ("总胆红素", "lab_items", "abbreviation", "TBIL"),
        ("总胆红素", "lab_items", "unit", "μmol/L"),
        ("tid", "dosing", "meaning", "每日三次"),
        ("mmHg", "units", "meaning", "毫米汞柱"),
        ("COPD", "abbreviations", "meaning", "慢性阻塞性肺疾病"),
        ("住院号", "form_labels", "code", ""),
        ("心血管内科", "departments", "code", ""),
        ("amoxicillin", "drugs_en", "english", ""),
    ],
)
def test_a_term_is_found_with_what_is_known_of_it(text, kind, field, value):
    term = OURS.lookup(text)
    assert term.kind == kind
    assert getattr(term, field) == value
    assert OURS.lookup(text + "的") is None


def test_codes_are_icd_10_and_each_names_few_terms():
    coded = [term for term in OURS.terms if term.code]
    assert {term.kind for term in coded} == {"diseases", "symptoms"}
    assert len(coded) >= 500
    for term in coded:
        assert re.fullmatch(r"[A-TV-Z]\d\d(\.\d)?", term.code), term
    letters = {term.code[0] for term in coded}
    assert letters >= set("ABCDEFGHIJKLMNOPQRST"), "every chapter has some"
    # Complaints are coded in the chapter of symptoms, or of the organ; diseases rarely there.
    assert sum(term.code[0] == "R" for term in coded if term.kind == "diseases") <= 3


def test_letters_have_one_width_and_every_sign_one_spelling():
    for term in OURS.terms:
        for field in term:
            assert not re.search("[\uff00-\uffef\u3000\u00a0\u00b5\u2126\u212b]", field), term
            assert unicodedata.normalize("NFC", field) == field == field.strip(), term
            assert field.isprintable(), term


def test_the_recogniser_can_write_every_term():
    charset = open_model(default_folder()).charset
    missing = {
        term.text: [character for character in term.text if character not in charset]
        for term in BESIDE_THE_DRUGS
    }
    assert {text: signs for text, signs in missing.items() if signs} == {}


def test_units_of_laboratory_items_are_units():
    units = {term.text for term in OURS.terms if term.kind == "units"}
    used = {term.unit for term in OURS.terms if term.unit}
    assert used - units == set()


# What may guide reading


def test_amounts_doses_and_units_guide_nothing():
    guiding = [term for term in OURS.terms if may_guide(term)]
    assert len(guiding) >= 8_000
    for term in guiding:
        assert not any(character.isdigit() for character in term.text)
        assert term.kind not in {"units", "dosing"}
    for text in ["每日三次", "三天前", "半月前", "术后第一天", "2型糖尿病", "毫克", "心", "CT"]:
        assert not walk(OURS.trie, text)[1], text
    for text in ["三尖瓣", "十二指肠", "内侧半月板", "双肺纹理清晰", "阿莫西林", "三叉神经"]:
        assert walk(OURS.trie, text)[1], text


def test_the_trie_holds_what_may_guide_and_nothing_else():
    for term in OURS.terms:
        assert walk(OURS.trie, term.text)[1] == may_guide(term), term
    assert walk(OURS.trie, "双肺纹") == (True, False)


ONE_SIDED = re.compile(
    "左右|左前分支|左后分支|左室高电压|左心室高电压|左心耳|转移性右下腹痛"
)  # what there is on one side of a body only


def test_no_side_and_no_outcome_of_a_test_is_favoured():
    turned = str.maketrans("左右", "右左")
    guiding = {term.text for term in OURS.terms if may_guide(term)}
    for term in OURS.terms:
        if not may_guide(term):
            continue
        if term.kind not in {"drugs_zh", "anatomy"} and not ONE_SIDED.search(term.text):
            assert term.text.translate(turned) in guiding, term
        if re.search("[征史试痛]阴性|[征史试痛]阳性", term.text):
            assert term.text.translate(str.maketrans("阴阳", "阳阴")) in guiding, term


TEXTS = st.text(st.sampled_from("心肺肝A1双\U00020000\x00"), max_size=6)


@given(st.sets(TEXTS), st.lists(TEXTS))
def test_a_trie_is_the_set_of_its_texts(texts, asked):
    trie = Trie(texts)
    prefixes = {text[:length] for text in texts for length in range(len(text) + 1)}
    for text in {*asked, *texts, *prefixes}:
        arrives, ends = walk(trie, text)
        assert arrives == (text in prefixes or not text)
        assert ends == (text in texts and text != "")


def test_a_step_takes_one_character():
    trie = Trie(["ab"])
    assert trie.step(trie.root, "ab") == trie.step(trie.root, "") == -1


# A user's lists

ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk"]


def load(folder, **files):
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_lexicon(folder)


def users(lexicon):
    return [term for term in lexicon.terms if OURS.lookup(term.text) != term]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_file_is_read_in_each_encoding(tmp_path, encoding):
    content = "# 我们科室的词\n\n朱砂莲根\r\n  蓝桉脑油 \nXyz-B试剂\n"
    lexicon = load(tmp_path / "mine", a_txt=content.encode(encoding))
    assert users(lexicon) == [
        Term("朱砂莲根", "user"), Term("蓝桉脑油", "user"), Term("Xyz-B试剂", "user"),
    ]  # fmt: skip
    assert lexicon.problems == ()
    assert walk(lexicon.trie, "朱砂莲根")[1]
    assert len(lexicon.terms) == len(OURS.terms) + 3


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "content",
    [
        "朱砂莲根,Z99.9,herbs\n蓝桉脑油\n",
        "词条,编码,类别\n朱砂莲根,Z99.9,herbs\n蓝桉脑油,,\n",
        "Term,Kind,Remark,Code\r\n朱砂莲根,herbs,x,Z99.9\r\n蓝桉脑油\r\n",
        "名称;编码;类别\n朱砂莲根;Z99.9;herbs\n蓝桉脑油;;\n",
        "朱砂莲根\tZ99.9\therbs\n\n蓝桉脑油\n",
        "朱砂莲根，Z99.9，herbs\n蓝桉脑油，\n",
        '"朱砂莲根","Z99.9","herbs"\n"蓝桉脑油"\n',
        '朱砂莲根,Z99.9,herbs\n"蓝桉脑油\n',
    ],
)
def test_a_table_is_read_with_and_without_header(tmp_path, encoding, content):
    lexicon = load(tmp_path / "mine", a_csv=content.encode(encoding))
    assert users(lexicon) == [Term("朱砂莲根", "herbs", "Z99.9"), Term("蓝桉脑油", "user")]
    assert lexicon.problems == ()


def test_the_folder_is_the_users_own_and_need_not_exist(tmp_path, monkeypatch):
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(tmp_path))
    assert load_lexicon() == OURS
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "a.txt").write_text("朱砂莲根\n", "utf-8")
    assert load_lexicon().lookup("朱砂莲根") == Term("朱砂莲根", "user")


def test_a_users_term_replaces_ours_and_the_first_of_his_counts(tmp_path):
    lexicon = load(tmp_path / "mine", a_csv="咳嗽,X1\n咳嗽,X2\n", b_txt="咳嗽\n")
    assert lexicon.lookup("咳嗽") == Term("咳嗽", "user", "X1")
    assert len(lexicon.terms) == len(OURS.terms)
    assert lexicon.digest != OURS.digest
    assert OURS.digest == load_lexicon(NOTHING_OF_THE_USER).digest


def test_a_users_amounts_guide_nothing_either(tmp_path):
    lexicon = load(tmp_path / "mine", a_csv="每日五次\n阿司匹林五片\n朱砂毫克,,units\n")
    assert [walk(lexicon.trie, term.text)[1] for term in users(lexicon)] == [False] * 3


BAD = {
    "a.xlsx": (b"PK\x03\x04", errors.LexiconFormatError, "TXT nor CSV: save"),
    "a.txt": ("朱砂".encode("utf-16"), errors.LexiconEncodingError, "save it as UTF-8"),
    "b.txt": ("朱砂莲\n120\n丹\n".encode(), errors.LexiconLineError, "Line 2 of"),
    "c.txt": (("长" * 61).encode(), errors.LexiconLineError, "at most 60 characters"),
    "d.csv": ("朱砂莲\n莲\x00根\n".encode(), errors.LexiconLineError, "Line 2 of"),
    "e.csv": (b"x" * 200_000, errors.LexiconLineError, "Line 1 of"),
    "f.csv": ("朱砂莲,Z\x07\n".encode(), errors.LexiconLineError, "Line 1 of"),
    "g.txt": (b"\n" * (8 * 1024 * 1024 + 1), errors.LexiconTooLargeError, "50000 terms"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_in_one_sentence_and_the_others_load(tmp_path, name):
    content, kind, words = BAD[name]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.txt").write_text("蓝桉脑油\n", "utf-8")
    lexicon = load_lexicon(tmp_path)
    (problem,) = lexicon.problems
    assert type(problem) is kind
    assert problem.path == tmp_path / name
    assert words in str(problem)
    assert name in str(problem)
    assert str(problem).endswith(".")
    assert lexicon.lookup("蓝桉脑油") is not None


def test_the_good_lines_of_a_bad_file_are_used(tmp_path):
    lexicon = load(tmp_path / "mine", a_txt="朱砂莲根\n!!!\n蓝桉脑油\n123\n")
    assert [term.text for term in users(lexicon)] == ["朱砂莲根", "蓝桉脑油"]
    assert [problem.line for problem in lexicon.problems] == [2]


def test_terms_beyond_the_bound_are_left_out(tmp_path):
    most = word_lists.MOST_TERMS
    lexicon = load(
        tmp_path / "mine",
        a_txt="".join(f"词{number}\n" for number in range(most - 1)),
        b_txt="朱砂莲根\n蓝桉脑油\n",
    )
    assert lexicon.lookup("朱砂莲根") is not None
    assert lexicon.lookup("蓝桉脑油") is None
    (problem,) = lexicon.problems
    assert isinstance(problem, errors.LexiconTooLargeError)
    assert problem.path.name == "b.txt"


def test_what_systems_and_editors_leave_behind_is_no_list(tmp_path):
    for name in ["desktop.ini", "Thumbs.db", ".DS_Store", "~$terms.xlsx"]:
        (tmp_path / name).write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder").mkdir()
    assert load_lexicon(tmp_path) == OURS


def test_a_list_of_nothing_does_no_harm(tmp_path):
    lexicon = load(tmp_path, a_txt="", b_csv="", c_csv="term,code\n", d_csv=",,\n")
    assert lexicon == OURS


def test_damaged_lists_of_the_program_say_install_again(tmp_path, monkeypatch):
    monkeypatch.setattr("desktop_ocr.paths.resource_root", lambda: tmp_path)
    with pytest.raises(errors.ModelError, match="install the program again"):
        load_lexicon(NOTHING_OF_THE_USER)
    (tmp_path / "lexicons").mkdir()
    for content in ["", "# x\n心\n", "# x\n# columns: term, colour\n心\tred\n"]:
        (tmp_path / "lexicons" / "a.txt").write_text(content, "utf-8")
        with pytest.raises(errors.ModelError):
            load_lexicon(NOTHING_OF_THE_USER)


@given(st.binary(max_size=300), st.sampled_from([".txt", ".csv", ".tsv"]))
def test_no_bytes_break_the_reader(tmp_path_factory, content, suffix):
    path = tmp_path_factory.getbasetemp() / f"random{suffix}"
    path.write_bytes(content)
    terms, problem = word_lists.read_user_list(path)
    assert problem is None or isinstance(problem, errors.LexiconError)
    lexicon = Lexicon(tuple(terms))
    for term in terms:
        assert 0 < len(term.text) <= word_lists.LONGEST
        assert lexicon.lookup(term.text) is not None
    assert lexicon.trie.step(lexicon.trie.root, "x") >= -1
