"""Where a text differs from the paper, and what putting that right took."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher

BAR = 3.0
"""Keys that a correction may take, without the characters typed."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One place where a text differs from the paper.

    Attributes:
        start: Where it begins in the text, as an index.
        end: Where it ends; the same where something is missing.
        right: What stands on the paper.
    """

    start: int
    end: int
    right: str


def slips(text: str, truth: str) -> list[Slip]:
    """Return where a text differs from the paper."""
    matcher = SequenceMatcher(None, text, truth, autojunk=False)
    return [
        Slip(i1, i2, truth[j1:j2])
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


@dataclass
class Tally:
    """What one way of working took.

    Attributes:
        keys: Keystrokes by what they were for: go, fix, type, accept, pass, turn.
        costs: For each correction its keys without the characters typed, and the keys themselves.
        seconds: Machine time of each key by what it was for, until it was handled.
    """

    planted: int = 0
    left: int = 0
    lines: int = 0
    visited: int = 0
    keys: Counter[str] = field(default_factory=Counter)
    costs: list[tuple[int, str]] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    counted: int = 0

    def row(self) -> dict[str, object]:
        """Return the figures."""
        costs = [cost for cost, _how in self.costs]
        everything = sum(self.keys.values())
        typed = self.keys["type"]
        seconds = [s for values in self.seconds.values() for s in values]
        return {
            "lines": self.lines,
            "lines_visited": self.visited,
            "errors_planted": self.planted,
            "corrected": len(costs),
            "left": self.left,
            "per_correction": round(statistics.mean(costs), 2) if costs else None,
            "worst": max(costs, default=0),
            "at_most_3": round(sum(c <= BAR for c in costs) / max(len(costs), 1), 3),
            "typed_per_correction": round(typed / max(len(costs), 1), 2),
            "accept_keys": self.keys["accept"],
            "passed_places": self.keys["pass"],
            "page_keys": self.keys["turn"],
            "all_keys": everything,
            "counted_by_the_program": self.counted,
            "all_keys_per_line": round(everything / max(self.lines, 1), 2),
            "machine_seconds": round(sum(seconds), 2),
            **{f"{name}_ms": milliseconds(values) for name, values in self.seconds.items()},
            "all_ms": milliseconds(seconds),
        }


def milliseconds(seconds: list[float]) -> str:
    """Return median, 99th percentile and maximum of times as "p50/p99/max"."""
    ordered = sorted(1000 * s for s in seconds)
    return "/".join(f"{ordered[round(part * (len(ordered) - 1))]:.0f}" for part in (0.5, 0.99, 1.0))
