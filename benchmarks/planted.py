"""Readings with planted errors: what a recogniser could have read of pages whose truth is known.

Errors, doubt and alternatives are drawn with a seed. How often an error is doubtful, and how often
a right character is, follow what was measured of the program's own recogniser (docs/model-card.md,
"Confidence": of the wrong characters 73 % are among the 5 % that are marked).
"""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import Alternative, Char, Line, Provenance, Step, new_id
from desktop_ocr.engine.correct.knowledge import Knowledge
from desktop_ocr.engine.events import Event, LineRead, LinesFound, PageRead, ReadOptions
from desktop_ocr.engine.load import PageImage
from desktop_ocr.paths import resource

OPTIONS = ReadOptions()


@dataclass(frozen=True, slots=True)
class Planting:
    """How errors are planted.

    Attributes:
        errors: Share of the true characters at which something goes wrong.
        flagged: Share of the errors that are doubtful.
        false_doubt: Share of the right characters that are doubtful.
        known: Share of the substitutions whose alternatives hold the truth.
        deletions: Share of the errors that leave a character out.
        insertions: Share of the errors that put one in; the rest are substitutions.
        seed: For the random numbers.
    """

    errors: float = 0.03
    flagged: float = 0.73
    false_doubt: float = 0.03
    known: float = 0.6
    deletions: float = 0.15
    insertions: float = 0.15
    seed: int = 6


def look_alikes() -> dict[str, str]:
    """Return, for each character that has any, those that look like it."""
    classes = tomllib.loads(resource("verify/look_alikes.toml").read_text("utf-8"))["classes"]
    found: dict[str, str] = {}
    for alike in classes:
        for char in alike:
            found[char] = found.get(char, "") + alike.replace(char, "")
    return found


def plant(text: str, quad: Quad, planting: Planting, rng: random.Random) -> Line:
    """Return a line as it could have been read where ``text`` stands.

    Args:
        text: The truth.
        quad: Its place on the page, in pixels.
        planting: How often what goes wrong.
        rng: Draws it.
    """
    alike = look_alikes()
    read: list[tuple[str, float, str]] = []  # character, confidence, best alternative
    doubtful_next = False

    def sure() -> float:
        return rng.uniform(0.94, 0.999)

    def doubtful() -> float:
        return rng.uniform(0.3, 0.75)

    for true in text:
        wrong = rng.random() < planting.errors and not true.isspace()
        flagged = rng.random() < planting.flagged
        confidence = doubtful() if wrong and flagged else sure()
        kind = rng.random()
        if not wrong:
            false = rng.random() < planting.false_doubt or doubtful_next
            read.append((true, doubtful() if false else confidence, rng.choice(text)))
            doubtful_next = False
        elif kind < planting.deletions and len(text) > 1:
            doubtful_next = flagged  # nothing stands there: its neighbour is doubtful
        elif kind < planting.deletions + planting.insertions:
            read.append((true, sure(), rng.choice(text)))
            read.append((rng.choice(",.'-丨一" + text), confidence, rng.choice(text)))
        else:
            others = [c for c in alike.get(true, "") + text + "口日一丨" if c != true]
            like = [c for c in alike.get(true, "") if c != true]
            known = rng.random() < planting.known
            other = rng.choice(like or others)
            read.append((other, confidence, true if known else rng.choice(others)))
    if not read:  # nothing was read where one character stands: no line that a person would see
        read = [(text, doubtful(), "口")]
    count = len(read)
    characters = tuple(
        Char(
            char,
            confidence,
            quad.between(i / count, (i + 1) / count),
            (Alternative(other, 0.2), Alternative("□", 0.05)) if other != char else (),
        )
        for i, (char, confidence, other) in enumerate(read)
    )
    raw = "".join(char for char, _confidence, _other in read)
    mean = sum(confidence for _char, confidence, _other in read) / count
    return Line(new_id(), quad, text=raw, raw_text=raw, confidence=mean, characters=characters)


class PlantedEngine:
    """Reads pages with labels beside them, with planted errors; an engine for the window.

    Args:
        planting: How errors are planted.

    Attributes:
        truth: The true text of each line by its id.
    """

    def __init__(self, planting: Planting) -> None:
        self.knowledge = Knowledge()
        self.truth: dict[str, str] = {}
        self._planting = planting
        self._rng = random.Random(planting.seed)

    @property
    def model_id(self) -> str:
        """Name of the model."""
        return "planted-1"

    def use_model(self, folder: Path | None) -> None:
        """There is no other."""

    def read(
        self,
        image: PageImage,
        options: ReadOptions = OPTIONS,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[Event]:
        """Yield the lines of a page whose labels lie beside it."""
        path = Path(image.file)
        entries = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))[path.name]
        done = []
        for entry in entries:
            line = plant(entry["text"], Quad.of(entry["quad"]), self._planting, self._rng)
            self.truth[line.id] = entry["text"]
            done.append(line)
        yield LinesFound(tuple(Line(line.id, line.quad) for line in done))
        for line in done:
            if cancelled():
                return
            yield LineRead(line)
        yield PageRead(
            tuple(done), Provenance(self.model_id, (Step("segment", {"kind": "truth"}),))
        )

    def read_lines(
        self,
        image: PageImage,
        lines: Sequence[Line],
        options: ReadOptions = OPTIONS,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[LineRead]:
        """Read lines as they truly are."""
        for line in lines:
            text = self.truth.get(line.id, line.text)
            yield LineRead(replace(line, text=text, raw_text=text))
