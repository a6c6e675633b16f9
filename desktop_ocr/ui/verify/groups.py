"""Which characters are checked side by side, and in which order; no Qt.

A group holds the characters of the document that were read alike. Readings that are easily taken
for others form groups of all their characters, other readings of those only that are doubtful.
"""

from __future__ import annotations

import enum
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter

from desktop_ocr.document.align import confirmed_characters, standing_runs
from desktop_ocr.document.model import Char, Line, LineStatus
from desktop_ocr.paths import resource
from desktop_ocr.ui.doubt import Tier, shown_tiers

Span = tuple[int, int]

MOST_OFFERS = 9
"""So many readings are offered: there is one digit key for each."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One character of the document as the machine read it.

    Attributes:
        page_id: Its page.
        line_id: Its line.
        character: Index into the line's characters.
        reading: What stands there: what was read, or what a rule made of it.
        confidence: 0–1, of the machine.
        doubtful: Whether a person should look at it anyway.
        x: Where its middle is, in page pixels; of a long document hundreds of thousands are held,
            so their boxes are not.
        y: See above.
    """

    page_id: str
    line_id: str
    character: int
    reading: str
    confidence: float
    doubtful: bool
    x: float
    y: float

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells it from all others of the document."""
        return self.page_id, self.line_id, self.character


class State(enum.Enum):
    """What became of an occurrence."""

    OPEN = enum.auto()
    CONFIRMED = enum.auto()
    CHANGED = enum.auto()  # something else stands there now
    REVIEWED = enum.auto()  # with its line, in the meantime
    GONE = enum.auto()  # the line was deleted, joined, or read again


@dataclass(slots=True, eq=False)
class Group:
    """The characters of one reading.

    Attributes:
        reading: What was read; empty for characters of several readings, left for later.
        alike: Readings that look alike; empty where the reading is none of those.
        members: In the order in which they are shown.
        doubtful: How many of them are doubtful.
        expected_errors: How many of them are wrong, as far as the machine's confidence tells.
    """

    reading: str
    alike: tuple[str, ...] = ()
    members: list[Occurrence] = field(default_factory=list)
    doubtful: int = 0
    expected_errors: float = 0.0

    def add(self, member: Occurrence) -> None:
        """Take one more."""
        self.members.append(member)
        self.doubtful += member.doubtful
        self.expected_errors += 1 - member.confidence


def occurrences(page_id: str, line: Line, doubt: float) -> Iterator[Occurrence]:
    """Yield the characters of a line that groups are made of.

    Args:
        page_id: The line's page.
        line: The line; one that a person reviewed has none.
        doubt: Threshold of doubt (0–1).

    Yields:
        Characters that the text still shows, that nobody has confirmed and whose place is known:
        those that look like others, and those that are doubtful.
    """
    if line.status is not LineStatus.UNREVIEWED or not line.characters:
        return
    index = {id(char): i for i, char in enumerate(line.characters)}
    tiers = shown_tiers(line, doubt)
    confirmed = confirmed_characters(line)
    at = 0
    for char, text in standing_runs(line):
        start, at = at, at + len(text)
        if char is None or char.quad is None or confirmed[start] or not text.strip():
            continue
        doubtful = any(t in (Tier.HIGH, Tier.MID) for t in tiers[start:at])
        if doubtful or alike(text):
            middle = char.quad.center
            yield Occurrence(
                page_id, line.id, index[id(char)], text, char.confidence, doubtful, *middle
            )


class Standing:
    """What stands in a line's text for each of its machine-read characters.

    Args:
        line: The line as it is now.
        places: Start and end in the text for each character where that is known, since the text
            came about by :meth:`replaced`; otherwise the text is compared with the reading, which
            among equal characters may take one for the other.
    """

    def __init__(self, line: Line, places: Mapping[int, Span] | None = None) -> None:
        self._line = line
        if places is not None:
            self._places = dict(places)
            return
        self._places = {}
        index = {id(char): i for i, char in enumerate(line.characters)}
        at = 0
        for char, text in standing_runs(line):
            if char is not None:
                self._places[index[id(char)]] = (at, at + len(text))
            at += len(text)

    def replaced(self, character: int, text: str) -> tuple[str, dict[int, Span]] | None:
        """Put something in the place of a character.

        Returns:
            The line's text and the places of all characters then; None where nobody can tell
            where the character stands.
        """
        span = self.place(character)
        if span is None:
            return None
        start, end = span
        by = len(text) - (end - start)
        places = {
            i: (a + by, b + by) if a >= end and i > character else (a, b)
            for i, (a, b) in self._places.items()
        }
        places[character] = (start, start + len(text))
        return self._line.text[:start] + text + self._line.text[end:], places

    @property
    def places(self) -> dict[int, Span]:
        """Start and end in the text for each character that stands in it."""
        return dict(self._places)

    def place(self, character: int) -> Span | None:
        """Return start and end of what stands in the place of a character.

        That is the character itself, or what a person put there; None where nobody can tell,
        since its neighbours were changed as well.
        """
        if character in self._places:
            return self._places[character]
        before = (0, 0) if character == 0 else self._places.get(character - 1)
        size = len(self._line.text)
        last = character + 1 == len(self._line.characters)
        after = (size, size) if last else self._places.get(character + 1)
        return None if before is None or after is None else (before[1], after[0])

    def text(self, character: int) -> str:
        """Return what stands in the place of a character; empty where nobody can tell."""
        span = self.place(character)
        return "" if span is None else self._line.text[span[0] : span[1]]

    def state(self, occurrence: Occurrence) -> State:
        """Return what became of an occurrence."""
        i, line = occurrence.character, self._line
        quad = line.characters[i].quad if i < len(line.characters) else None
        if quad is None or quad.center != (occurrence.x, occurrence.y):
            return State.GONE
        if i not in self._places or self.text(i) != occurrence.reading:
            return State.CHANGED
        if line.status is not LineStatus.UNREVIEWED:
            return State.REVIEWED
        confirmed = line.characters[i].confirmed == occurrence.reading
        return State.CONFIRMED if confirmed else State.OPEN


def grouped(found: Iterable[Occurrence]) -> list[Group]:
    """Return the groups of occurrences, what pays most first."""
    groups: dict[str, Group] = {}
    for occurrence in found:
        put_into(groups, occurrence)
    for group in groups.values():
        sort_members(group)
    return in_order(groups.values())


def put_into(groups: dict[str, Group], occurrence: Occurrence) -> None:
    """Put an occurrence into the group of its reading, which is made where there is none."""
    reading = occurrence.reading
    group = groups.get(reading)
    if group is None:
        group = groups[reading] = Group(reading, alike(reading))
    group.add(occurrence)


def in_order(groups: Iterable[Group]) -> list[Group]:
    """Return groups in the order in which they are gone through.

    First come readings that look like others, where at least one is doubtful, then other doubtful
    readings, then look-alikes that the machine is sure of; in each the groups in which it expects
    the most mistakes.
    """
    return sorted(groups, key=_rank)


def sort_members(group: Group) -> None:
    """Put the least certain members of a group first."""
    group.members.sort(key=attrgetter("confidence"))


def _rank(group: Group) -> tuple[int, float, str]:
    kind = 2 if not group.doubtful else int(not group.alike)
    return kind, -group.expected_errors, group.reading


def offers(group: Group, char: Char | None) -> tuple[str, ...]:
    """Return the readings that are offered in the place of one: the machine's, then those alike.

    Args:
        group: The group.
        char: The machine's character; None where it is gone.
    """
    reading = group.reading or ("" if char is None else char.text)
    others = [] if char is None else [a.text for a in char.alternatives[:3]]
    found = dict.fromkeys((*others, *alike(reading)))
    return tuple(text for text in found if text.strip() and text != reading)[:MOST_OFFERS]


def digits_mean_themselves(group: Group, offered: Sequence[str]) -> bool:
    """Say whether a digit key must type the digit instead of choosing an offer.

    So it is wherever a digit could stand: where one was read or is offered.
    """
    return any(unicodedata.category(c) == "Nd" for text in (group.reading, *offered) for c in text)


def alike(reading: str) -> tuple[str, ...]:
    """Return the characters that look like a reading, those of its first class first."""
    return _look_alikes().get(reading, ())


@cache
def _look_alikes() -> dict[str, tuple[str, ...]]:
    text = resource("verify/look_alikes.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, None]] = {}
    for members in tomllib.loads(text)["classes"]:
        for one in members:
            others = found.setdefault(one, {})
            others.update(dict.fromkeys(other for other in members if other != one))
    return {one: tuple(others) for one, others in found.items()}
