"""Keystrokes, corrections and seconds of each page; knows neither Qt nor any text that is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from desktop_ocr.document.lazy import LineText
from desktop_ocr.document.model import Line

PAUSE_S = 30.0
"""A longer time without any key or click is no work."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What one page, or several, took.

    Attributes:
        keystrokes: Keys that were pressed; a key with Ctrl, Shift or Alt is one, a key that is
            held is one, and each character that an input method puts in is one.
        corrections: Places of a text that were changed, and changes of lines (drawn, deleted,
            moved, cut, joined, reordered).
        seconds: Active work; pauses of more than ``PAUSE_S`` are left out.
    """

    keystrokes: int = 0
    corrections: int = 0
    seconds: float = 0.0

    def __add__(self, other: Effort) -> Effort:
        return Effort(
            self.keystrokes + other.keystrokes,
            self.corrections + other.corrections,
            self.seconds + other.seconds,
        )

    @property
    def keystrokes_per_correction(self) -> float | None:
        """Keystrokes divided by corrections; None where nothing was corrected."""
        return self.keystrokes / self.corrections if self.corrections else None


class EffortCounter:
    """Counts the work at each page.

    Args:
        clock: Seconds that only go forwards.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pages: dict[str, Effort] = {}
        self._last: float | None = None

    def of(self, page_id: str) -> Effort:
        """Return what a page took so far."""
        return self._pages.get(page_id, Effort())

    def total(self, page_ids: Iterable[str]) -> Effort:
        """Return what pages took together."""
        return sum((self.of(page_id) for page_id in page_ids), Effort())

    def act(self, page_id: str, keystrokes: int = 0) -> None:
        """Count keystrokes at a page, or none for a click, and the time since the last act.

        Args:
            page_id: The page in view when the person acts; "" where there is none.
            keystrokes: How many keys; 0 for the mouse.
        """
        now = self._clock()
        since = now - self._last if self._last is not None else 0.0
        self._last = now
        if page_id:
            self._add(page_id, Effort(keystrokes, 0, since if since <= PAUSE_S else 0.0))

    def correct(self, page_id: str, corrections: int) -> None:
        """Count corrections of a page."""
        if page_id and corrections:
            self._add(page_id, Effort(0, corrections, 0.0))

    def rest(self) -> None:
        """Count no time until the next act, as when the counting was switched off."""
        self._last = None

    def clear(self) -> None:
        """Start over."""
        self._pages.clear()
        self._last = None

    def as_json(self) -> dict[str, list[float]]:
        """Return keystrokes, corrections and seconds by page, for a project's options."""
        return {
            page_id: [e.keystrokes, e.corrections, round(e.seconds, 1)]
            for page_id, e in self._pages.items()
        }

    def take_json(self, stored: object) -> None:
        """Start from what :meth:`as_json` returned; whatever is not of that form is left out."""
        self.clear()
        if not isinstance(stored, Mapping):
            return
        for page_id, numbers in stored.items():
            match numbers:
                case [int(keystrokes), int(corrections), int() | float() as seconds] if (
                    min(keystrokes, corrections, seconds) >= 0
                ):
                    self._pages[str(page_id)] = Effort(keystrokes, corrections, float(seconds))

    def _add(self, page_id: str, more: Effort) -> None:
        self._pages[page_id] = self.of(page_id) + more


def corrected_places(before: Iterable[Line | LineText], after: Iterable[Line | LineText]) -> int:
    """Return in how many places the texts of lines were changed; came and gone lines are left out.

    Args:
        before: The lines of a page.
        after: Its lines afterwards.
    """
    old = {line.id: line for line in before}
    return sum(
        changed_places(old[line.id].text, line.text)
        for line in after
        if line.id in old and line is not old[line.id] and line.text != old[line.id].text
    )


def changed_places(before: str, after: str) -> int:
    """Return in how many places two texts differ; neighbouring characters are one place."""
    start = _same(before, after)
    before, after = before[start:], after[start:]
    end = _same(before[::-1], after[::-1])
    before, after = before[: len(before) - end], after[: len(after) - end]
    if len(before) < 2 or len(after) < 2:  # one place, or none; most corrections are
        return int(before != after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return sum(tag != "equal" for tag, *_ in matcher.get_opcodes())


def _same(first: str, second: str) -> int:
    """Return with how many equal characters two texts begin."""
    least, most = 0, min(len(first), len(second))
    while least < most:  # halving compares slices, not characters: a step may change 20,000 lines
        middle = (least + most + 1) // 2
        if first[least:middle] == second[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least
