"""Engines that are quick, exact, and able to fail in each known way."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import (
    Alternative,
    Char,
    Correction,
    Line,
    Provenance,
    Step,
    corrected,
    new_id,
)
from desktop_ocr.engine.correct.knowledge import Knowledge
from desktop_ocr.engine.enhance import EnhancedPage, EnhanceParameters, enhance
from desktop_ocr.engine.events import Event, LineRead, LinesFound, PageRead, ReadOptions
from desktop_ocr.engine.load import PageImage
from desktop_ocr.errors import ModelError
from desktop_ocr.paths import resource

TEXTS = ("胸部正侧位片", "WBC 6.8 x10^9/L", "右肺下野斑片影")
OPTIONS = ReadOptions()


def never() -> bool:
    return False


def read_line(line: Line, text: str, confidence: float = 0.95) -> Line:
    """Return the line as if it had been read; its last character is doubtful."""
    width = 1 / max(1, len(text))
    characters = tuple(
        Char(
            char,
            0.55 if i == len(text) - 1 else confidence,
            line.quad.between(i * width, (i + 1) * width),
            (Alternative("口", 0.2), Alternative("日", 0.1)),
        )
        for i, char in enumerate(text)
    )
    return replace(line, text=text, raw_text=text, confidence=confidence, characters=characters)


class TruthEngine:
    """Knows what stands on the sample pages; elsewhere it finds three lines.

    Attributes:
        reads: Names of the files that were read, in order.
        gate: While it is clear, the engine waits before each line (or until it is cancelled).
        options: What each page was read with.
        enhances: What each page was prepared with.
        models: The folders that were chosen.
    """

    def __init__(self) -> None:
        self.knowledge = Knowledge()
        self.reads: list[str] = []
        self.threads: set[int] = set()
        self.gate = threading.Event()
        self.gate.set()
        self.suffix = ""
        self.models: list[Path | None] = []
        self.options: list[ReadOptions] = []
        self.enhances: list[ReadOptions] = []

    @property
    def model_id(self) -> str:
        chosen = self.models[-1] if self.models else None
        return "truth-1" if chosen is None else f"{chosen.name}-1"

    def use_model(self, folder: Path | None) -> None:
        self.models.append(folder)

    def _wait(self, cancelled: Callable[[], bool]) -> bool:
        while not self.gate.wait(0.005):
            if cancelled():
                return False
        return not cancelled()

    def read_one(self, line: Line, text: str, options: ReadOptions) -> Line:
        return read_line(line, text)

    def lines_of(self, image: PageImage) -> list[tuple[Quad, str]]:
        name = Path(image.file).name
        truth = resource("samples") / f"{Path(name).stem}.json"
        if truth.is_file():
            entries = json.loads(truth.read_text(encoding="utf-8")).get(name, [])
            if entries:
                return [(Quad.of(entry["quad"]), entry["text"]) for entry in entries]
        height, width = image.pixels.shape[:2]
        rows = [(0.1 + 0.3 * i, 0.3 + 0.3 * i) for i in range(3)]
        quads = [
            Quad.from_box(0.1 * width, top * height, 0.9 * width, bottom * height)
            for top, bottom in rows
        ]
        return list(zip(quads, TEXTS, strict=True))

    def read(
        self,
        image: PageImage,
        options: ReadOptions = OPTIONS,
        cancelled: Callable[[], bool] = never,
    ) -> Iterator[Event]:
        self.reads.append(Path(image.file).name)
        self.options.append(options)
        self.threads.add(threading.get_ident())
        known = self.lines_of(image)
        lines = [Line(new_id(), quad) for quad, _text in known]
        yield LinesFound(tuple(lines))
        done = []
        for line, (_quad, text) in zip(lines, known, strict=True):
            if not self._wait(cancelled):
                return
            done.append(self.read_one(line, text + self.suffix, options))
            yield LineRead(done[-1])
        yield PageRead(
            tuple(done), Provenance(self.model_id, (Step("segment", {"kind": "truth"}),))
        )

    def enhanced(self, image: PageImage, options: ReadOptions = OPTIONS) -> EnhancedPage:
        self.enhances.append(options)
        return enhance(image.pixels, EnhanceParameters.chosen(options.light))

    def read_single_lines(
        self, images: Sequence[PageImage], options: ReadOptions = OPTIONS
    ) -> list[PageRead]:
        read = [list(self.read(image, options))[-1] for image in images]
        return [last for last in read if isinstance(last, PageRead)]

    def read_lines(
        self,
        image: PageImage,
        lines: Sequence[Line],
        options: ReadOptions = OPTIONS,
        cancelled: Callable[[], bool] = never,
    ) -> Iterator[LineRead]:
        for line in lines:
            if not self._wait(cancelled):
                return
            self.options.append(options)
            yield LineRead(self.read_one(line, "再读" + self.suffix, options))


class HelpedEngine(TruthEngine):
    """Reads worse than it knows, with all helps: language, a second reader, and a rule.

    Without language it takes 片 for 爿; the second reader takes 影 for 彩; x becomes × by a rule.
    """

    def read_one(self, line: Line, text: str, options: ReadOptions) -> Line:
        plain = text.replace("片", "爿")
        read = read_line(line, text if options.language else plain)
        found = []
        if options.rules and "x" in text:
            found.append(Correction("unit-ten-power", text.index("x"), "x", "×"))
        return replace(
            read,
            text=corrected(read.raw_text, found),
            plain_text=plain,
            second_text=text.replace("影", "彩") if options.second else "",
            corrections=tuple(found),
        )


class BrokenModelEngine(TruthEngine):
    """Whatever model is chosen is damaged; its own is not."""

    @property
    def model_id(self) -> str:
        if self.models and self.models[-1] is not None:
            raise ModelError("The model is damaged.")
        return "truth-1"


class FailingEngine(TruthEngine):
    """Fails in the middle of a page, the first time or always."""

    def __init__(self, error: BaseException, *, times: int = 1_000) -> None:
        super().__init__()
        self._error = error
        self._times = times

    def read(
        self,
        image: PageImage,
        options: ReadOptions = OPTIONS,
        cancelled: Callable[[], bool] = never,
    ) -> Iterator[Event]:
        fails = self._times > 0
        self._times -= 1
        for number, event in enumerate(super().read(image, options, cancelled)):
            if fails and number == 2:
                raise self._error
            yield event


class NoModelEngine(TruthEngine):
    """Its model files are missing."""

    @property
    def model_id(self) -> str:
        raise ModelError("There is no model.")

    def read(
        self,
        image: PageImage,
        options: ReadOptions = OPTIONS,
        cancelled: Callable[[], bool] = never,
    ) -> Iterator[Event]:
        raise ModelError("There is no model.")
        yield  # a generator, as the engine's


class BadTextEngine(TruthEngine):
    """Reads what no page shows: line breaks, nulls, characters beyond the first plane."""

    TEXT = "a\nb\u2028c\x00d𠮷\ufffd"

    def lines_of(self, image: PageImage) -> list[tuple[Quad, str]]:
        return [(quad, self.TEXT) for quad, _text in super().lines_of(image)]


class EndlessEngine(TruthEngine):
    """Never comes to an end by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.gate.clear()
