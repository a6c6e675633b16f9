"""What the papers say: rows of laboratories, fields of forms, findings, orders, advice."""

from __future__ import annotations

import csv
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

from desktop_ocr.paths import resource
from desktop_ocr.training import grammar
from desktop_ocr.training.classes import our_charset

_LEXICONS = (
    "anatomy.txt", "departments.txt", "diseases.tsv", "dosing.tsv", "drugs_zh.tsv",
    "findings.txt", "history.txt", "procedures.txt", "symptoms.tsv",
)  # fmt: skip
_WORD = re.compile(r"[!-~]{13,}")
_MARKUP = re.compile(r"&|</?[a-z]")
_RANGE = re.compile(r"([\d.]+)-([\d.]+)")
_LIMIT = re.compile(r"[<≤]\s*([\d.]+)")
_EVERY = 11
"""Of the running text, each eleventh line is plenty."""
_RECORDS = ("emr", "textbook", "criteria")
"""In the names of texts that read like papers; dialogues do not."""
_CITIES = (
    "青禾", "云泽", "临江", "南屏", "白石", "清源", "宁安", "东岭", "长汀", "平川", "文昌",
    "海陵", "鹿鸣", "松阳", "凤台", "玉山",
)  # fmt: skip
_RANKS = (
    "市第一", "市第二", "市第三", "市中心", "县", "区", "市妇幼保健", "市中医", "铁路",
    "职工", "大学附属", "省立",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """A row of a laboratory sheet.

    Attributes:
        code: Abbreviation, perhaps empty.
        name: Item.
        value: What was measured, without a sign.
        side: 1 too high, -1 too low, 0 neither.
        low: Lower bound as it is printed, or nothing.
        high: Upper bound as it is printed, or nothing; ``low`` is a word where this is empty.
        unit: Perhaps empty.
    """

    code: str
    name: str
    value: str
    side: int
    low: str
    high: str
    unit: str


@dataclass
class PageTexts:
    """Material for papers.

    Attributes:
        items: Laboratory items; some without a range.
        words: Terms of a lexicon by its name.
        prose: Lines of running medical text; may be empty.
    """

    items: list[grammar.LabItem]
    words: dict[str, list[str]]
    prose: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, data: Path | None) -> PageTexts:
        """Read the lexicons and, where there is one, the folder that training reads.

        Args:
            data: Folder with ``terms/lab_items.tsv`` and ``text/med_*.txt``; either may be missing.
        """
        table = data / "terms/lab_items.tsv" if data else None
        if table and table.is_file():
            keys = ("name", "abbr", "unit", "reference")
            lines = table.read_text(encoding="utf-8").splitlines()
        else:
            keys = ("term", "abbreviation", "unit", "")
            lines = ["\t".join(keys[:3])]
            lines += _lines(resource("lexicons/lab_items.tsv"))
        items = [
            grammar.LabItem(*((row.get(key) or "").strip() for key in keys))
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]
        words = {
            Path(name).stem: [line.split("\t")[0] for line in _lines(resource(f"lexicons/{name}"))]
            for name in _LEXICONS
        }
        charset = our_charset()
        prose = [
            "".join(c for c in line if c in charset and c != " ")
            for path in (sorted((data / "text").glob("med_*.txt")) if data else [])
            if any(part in path.name.lower() for part in _RECORDS)
            for line in path.read_text(encoding="utf-8").splitlines()[::_EVERY]
            if len(line) > 20 and not _WORD.search(line) and not _MARKUP.search(line)
        ]
        return cls([item for item in items if item.name], words, prose)

    def word(self, choose: random.Random, lexicon: str, longest: int = 12) -> str:
        """Draw a term of at most so many characters."""
        while True:
            word = choose.choice(self.words[lexicon])
            if len(word) <= longest:
                return word

    def paragraph(self, choose: random.Random, length: int) -> str:
        """Draw running text of about so many characters: real prose or findings in a row."""
        if self.prose and choose.random() < 0.5:
            text = ""
            while len(text) < length * 0.7:
                text += choose.choice(self.prose)
            text = text[:length]
            return text if text[-1] in "。；" else text.rstrip("，、：（ ") + "。"
        sentences = ""
        while len(sentences) < length * 0.8:
            count = choose.randrange(1, 4)
            parts = [self.word(choose, "findings", 16) for _ in range(count)]
            if choose.random() < 0.4:
                parts[0] = self.word(choose, "anatomy", 6) + parts[0]
            if choose.random() < 0.3:
                size = f"{choose.randrange(3, 90) / 10}cm×{choose.randrange(3, 90) / 10}cm"
                parts.append(f"大小约{size}")
            sentences += "，".join(parts) + "。"
        return sentences

    def results(self, choose: random.Random, count: int, longest: int) -> list[Result]:
        """Draw rows with different items whose names have at most ``longest`` characters."""
        fitting = [item for item in self.items if len(item.name) <= longest]
        picked = choose.sample(fitting, min(count, len(fitting)))
        return [_result(choose, item) for item in picked]


def hospital(choose: random.Random) -> str:
    """Draw the name of a hospital that does not exist."""
    return choose.choice(_CITIES) + choose.choice(_RANKS) + choose.choice(("医院", "人民医院"))


def day(choose: random.Random, clock: bool = False) -> str:
    """Draw a day of the present, perhaps with the time."""
    text = (
        f"20{choose.randrange(10, 27)}-{choose.randrange(1, 13):02d}-{choose.randrange(1, 29):02d}"
    )
    if clock:
        text += f" {choose.randrange(6, 22):02d}:{choose.randrange(60):02d}"
        text += f":{choose.randrange(60):02d}" if choose.random() < 0.3 else ""
    return text


def fields(choose: random.Random, texts: PageTexts, count: int) -> list[tuple[str, str]]:
    """Draw keys and values that stand above reports; name, sex and age come first."""
    first = [
        ("姓名", grammar.person(choose)),
        ("性别", choose.choice("男女")),
        ("年龄", f"{choose.randrange(1, 95)}{choose.choice(('岁', '', '岁', 'Y'))}"),
    ]
    more = [
        ("科别", choose.choice(texts.words["departments"])[:8]),
        ("床号", str(choose.randrange(1, 99))),
        ("住院号", str(choose.randrange(10**5, 10**8))),
        ("门诊号", str(choose.randrange(10**7, 10**9))),
        ("标本种类", choose.choice(("血清", "静脉血", "尿液", "全血", "血浆", "粪便"))),
        ("标本号", str(choose.randrange(1, 3000))),
        ("送检医生", grammar.person(choose)),
        ("临床诊断", texts.word(choose, "diseases", 7)),
        ("费别", choose.choice(("医保", "自费", "新农合", "公费"))),
        ("送检日期", day(choose)),
        ("病区", f"{choose.randrange(1, 20)}病区"),
        ("条码号", str(choose.randrange(10**9, 10**10))),
        ("备注", ""),
    ]
    choose.shuffle(more)
    return first + more[: max(0, count - 3)]


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _result(choose: random.Random, item: grammar.LabItem) -> Result:
    unit = item.unit
    between, limit = _RANGE.fullmatch(item.reference), _LIMIT.fullmatch(item.reference)
    if not between and not limit:
        if not unit or choose.random() < 0.15:
            side = int(choose.random() < 0.3)
            value = choose.choice(
                ("+", "++", "阳性", "(+)", "1+", "±") if side else ("-", "阴性", "(-)", "未检出")
            )
            return Result(item.abbreviation, item.name, value, side, "阴性", "", "")
        bound = choose.randrange(1, 90) * 10 ** choose.choice((0, 0, 1))
        low, high = f"{bound / 10:.1f}", f"{bound * choose.uniform(0.15, 0.6):.1f}"
        low, high = sorted((low, high), key=float)
    elif between:
        low, high = between.groups()
    else:
        assert limit is not None
        low, high = "", limit.group(1)
    digits = max(len(bound.partition(".")[2]) for bound in (low, high))
    bottom, top = float(low or 0), float(high)
    side = choose.choice((0, 0, 0, 0, 1, 1, -1)) if low and bottom else choose.choice((0, 0, 1))
    step = 10**-digits
    if side > 0:
        number = top + step + (top - bottom) * choose.random() * choose.choice((0.2, 1, 3))
    elif side < 0:
        number = max(0.0, bottom - step - bottom * choose.random() * 0.4)
    else:
        number = min(max(choose.uniform(bottom, top), bottom), top)
    return Result(item.abbreviation, item.name, f"{number:.{digits}f}", side, low, high, unit)
