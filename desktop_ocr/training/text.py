"""What is written on the training lines: running text, terms, grammar, rare characters."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.training import classes, grammar

_ENGLISH = re.compile(r"[A-Za-z][A-Za-z'-]{1,15}")
# Texts write some signs in several ways; one class each keeps the labels consistent.
_SAME = str.maketrans(
    {
        "\u00a0": " ",
        "\u3000": " ",
        "\t": " ",
        "\u2212": "-",
        "\u2010": "-",
        "\u2011": "-",
        "\uff41": "a",
        "\u00d8": "Ø",
        "\u2219": "·",
        "\u2027": "·",
        "\u30fb": "·",
        "\uff65": "·",
        "\u2103": "℃",
        "\u00b5": "μ",
        "\u2126": "Ω",
        "\u223c": "~",
        "\u02dc": "~",
        "\u301c": "～",
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **{chr(0xFF21 + letter): chr(0x41 + letter) for letter in range(26)},
        **{chr(0xFF41 + letter): chr(0x61 + letter) for letter in range(26)},
    }
)


class Script(Enum):
    """What a line is made of; decides the faces that may draw it."""

    CHINESE = "chinese"
    LATIN = "latin"


class Mix(Enum):
    """Which kinds of lines come how often."""

    GENERAL = "general"
    HANDWRITING = "handwriting"
    """Half of the lines are handwritten rare characters, Latin names and notes."""
    LATIN = "latin"
    """Handwritten Latin: names of drugs, words and prescriptions; some printed English."""
    VALUES = "values"
    """What reports hold besides prose: rows, values, units, ranges, dates, ids; mostly printed."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to draw.

    Attributes:
        text: Characters of the charset only, single or several spaces between words.
        script: Chinese (perhaps mixed) or Latin only.
        handwriting: Chance that the line is drawn by hand, 0–1.
    """

    text: str
    script: Script
    handwriting: float


@dataclass
class TextSource:
    """Draws texts for training lines.

    Attributes:
        charset: The classes; characters outside it never occur.
        medical: Lines of medical text.
        general: Lines of other text.
        terms: Medical terms.
        items: Laboratory items.
        english: English words that occur in the texts.
        mix: Which kinds come how often.
    """

    charset: Charset
    medical: list[str]
    general: list[str]
    terms: list[str]
    items: list[grammar.LabItem]
    english: list[str]
    mix: Mix = Mix.GENERAL
    _rows: list[tuple[float, Callable[[random.Random], Text]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Set how often each kind of text comes; written down in docs/model-card.md."""
        simplified = "".join(classes.gb2312_ideographs())
        traditional = "".join(classes.traditional_ideographs())
        every = "".join(self.charset.classes[1:])
        signs = classes.signs()

        def chinese(make: Callable[[random.Random], str], hand: float) -> Callable[..., Text]:
            return lambda rng: Text(make(rng), Script.CHINESE, hand)

        def latin(make: Callable[[random.Random], str], hand: float) -> Callable[..., Text]:
            return lambda rng: Text(make(rng), Script.LATIN, hand)

        items = self.items
        self._rows = [
            (0.27, chinese(lambda rng: self._piece(rng, self.medical), 0.50)),
            (0.13, chinese(lambda rng: self._piece(rng, self.general), 0.50)),
            (0.05, chinese(lambda rng: " ".join(rng.sample(self.terms, rng.randrange(1, 4))), 0.4)),
            (0.08, chinese(lambda rng: grammar.lab_row(rng, items), 0.1)),
            (0.03, chinese(grammar.value, 0.2)),
            (0.03, chinese(grammar.reference_range, 0.1)),
            (0.03, chinese(grammar.date, 0.25)),
            (0.03, chinese(grammar.identifier, 0.15)),
            (0.03, chinese(grammar.dose, 0.4)),
            (0.01, chinese(grammar.vital_signs, 0.4)),
            (0.03, chinese(grammar.heading, 0.15)),
            # Level 1 stands first in GB 2312: rare signs come in both halves.
            (0.08, chinese(lambda rng: grammar.charset_run(rng, simplified[:3755]), 0.8)),
            (0.04, chinese(lambda rng: grammar.charset_run(rng, simplified), 0.5)),
            (0.03, chinese(lambda rng: grammar.charset_run(rng, traditional), 0.4)),
            (0.01, chinese(lambda rng: grammar.charset_run(rng, every), 0.2)),
            (0.01, chinese(lambda rng: self._mixed(rng, signs), 0.2)),
            (0.035, latin(grammar.drug_name, 0.75)),
            (
                0.025,
                latin(lambda rng: " ".join(rng.choices(self.english, k=rng.randrange(1, 7))), 0.4),
            ),
            (0.045, latin(grammar.receipt, 0.05)),
        ]

        words = self.english

        if self.mix is Mix.HANDWRITING:
            beyond = classes.further_ideographs()
            self._rows = [(share / 2, make) for share, make in self._rows] + [
                (0.16, chinese(lambda rng: grammar.charset_run(rng, simplified[:3755]), 0.95)),
                (0.12, chinese(lambda rng: self._piece(rng, self.medical), 0.9)),
                (0.02, chinese(lambda rng: grammar.charset_run(rng, simplified), 0.9)),
                (0.03, chinese(lambda rng: self._mixed(rng, beyond), 0.5)),
                (0.14, latin(grammar.drug_name, 0.95)),
                (0.04, latin(lambda rng: rng.choice(words).title(), 0.95)),
                (0.02, latin(lambda rng: " ".join(rng.choices(words, k=rng.randrange(2, 5))), 0.9)),
            ]
        elif self.mix is Mix.LATIN:
            self._rows = [
                (0.50, latin(grammar.drug_name, 0.98)),
                (0.15, latin(grammar.note, 0.97)),
                (0.10, latin(grammar.prescription, 0.95)),
                (0.07, latin(grammar.times, 0.95)),
                (0.03, latin(grammar.number, 0.95)),
                (0.07, latin(grammar.receipt, 0.03)),
                (0.08, latin(lambda rng: " ".join(rng.choices(words, k=rng.randrange(1, 7))), 0.1)),
            ]
        elif self.mix is Mix.VALUES:
            self._rows = [
                (0.28, chinese(lambda rng: grammar.lab_row(rng, items), 0.1)),
                (0.18, chinese(grammar.value, 0.15)),
                (0.12, chinese(grammar.reference_range, 0.1)),
                (0.09, chinese(grammar.date, 0.2)),
                (0.07, chinese(grammar.identifier, 0.15)),
                (0.06, chinese(grammar.vital_signs, 0.25)),
                (0.06, chinese(grammar.heading, 0.1)),
                (0.06, chinese(grammar.raised, 0.15)),
                (0.05, chinese(grammar.dose, 0.3)),
                (0.03, latin(grammar.receipt, 0.05)),
            ]

    @classmethod
    def load(cls, data: Path, charset: Charset, mix: Mix = Mix.GENERAL) -> TextSource:
        """Read the corpora.

        Args:
            data: Folder with ``text/*.txt`` and ``terms/`` as docs/model-card.md describes.
            charset: The classes to keep to.
            mix: Which kinds of lines come how often.
        """

        def lines(pattern: str) -> list[str]:
            return [
                line
                for path in sorted((data / "text").glob(pattern))
                for line in path.read_text(encoding="utf-8").splitlines()
                if line
            ]

        medical, general = lines("med_*.txt"), lines("gen_*.txt")
        terms = [
            line.split("\t")[0].strip()
            for line in (data / "terms/THUOCL_medical.txt").read_text(encoding="utf-8").splitlines()
        ]
        with (data / "terms/lab_items.tsv").open(encoding="utf-8", newline="") as file:
            items = [
                grammar.LabItem(row["name"], row["abbr"], row["unit"] or "", row["reference"] or "")
                for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            ]
        english = sorted(
            {word for line in medical[::7] + general[::7] for word in _ENGLISH.findall(line)}
        )
        return cls(charset, medical, general, [term for term in terms if term], items, english, mix)

    def draw(self, rng: random.Random) -> Text:
        """Draw one text with at least one visible character."""
        while True:
            ((_, make),) = rng.choices(self._rows, weights=[row[0] for row in self._rows])
            drawn = make(rng)
            text = self.clean(drawn.text)
            if text.strip():
                return Text(text.strip(), drawn.script, drawn.handwriting)

    def clean(self, text: str) -> str:
        """Map a text to the charset; characters that no class reads are left out."""
        return "".join(char for char in text.translate(_SAME) if char in self.charset)

    def _piece(self, rng: random.Random, corpus: list[str]) -> str:
        """Cut a piece of a random length out of running text."""
        line = rng.choice(corpus)
        kind = rng.random()
        if kind < 0.15:
            length = rng.randrange(1, 4)
        elif kind < 0.5:
            length = rng.randrange(3, 12)
        elif kind < 0.88:
            length = rng.randrange(8, 24)
        else:
            length = rng.randrange(20, 36)
        start = rng.randrange(0, max(1, len(line) - length + 1)) if rng.random() < 0.6 else 0
        return line[start : start + length]

    def _mixed(self, rng: random.Random, signs: str) -> str:
        """Put rare signs into running text."""
        text = list(self._piece(rng, self.medical))
        for _ in range(rng.randrange(1, 4)):
            text.insert(rng.randrange(0, len(text) + 1), rng.choice(signs))
        return "".join(text)
