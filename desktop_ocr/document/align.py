"""Which machine-read characters the current text of an edited line still shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from desktop_ocr.document.geometry import Point
from desktop_ocr.document.model import Char, Correction, Line, corrected, raw_spans


def aligned_characters(line: Line) -> list[Char | None]:
    """Return one entry for each character of ``line.text``.

    An entry is the machine's character that stands there, or None where a person typed something
    else. For a line that nobody edited these are ``line.characters`` themselves; what a rule
    wrote shows the character that it replaced (see :func:`standing_corrections`).

    Note:
        What both begin and end with matches first; between them longest common blocks do
        (Ratcliff and Obershelp, as in :mod:`difflib`), or place by place where that matches as
        much.
    """
    if not line.characters:
        return [None] * len(line.text)
    # A class of the recogniser may be more than one code point; each of them shows its Char.
    per_code_point: list[Char | None] = [c for c in line.characters for _ in c.text]
    standing = [c for _, c in standing_corrections(line)]
    machine = corrected(line.raw_text, _without_others(line.corrections, standing))
    entries = _with_corrections(per_code_point, line.corrections, standing)
    if line.text == machine:
        return entries
    result: list[Char | None] = [None] * len(line.text)
    for a, b, size in matching_blocks(machine, line.text):
        result[b : b + size] = entries[a : a + size]
    return result


def confirmed_characters(line: Line) -> list[bool]:
    """Say of each character of ``line.text`` whether a person confirmed just what stands there."""
    if not any(c.confirmed for c in line.characters):
        return [False] * len(line.text)
    result: list[bool] = []
    for char, text in standing_runs(line):
        confirmed = char is not None and char.confirmed == text
        result += [confirmed] * len(text)
    return result


def standing_runs(line: Line) -> list[tuple[Char | None, str]]:
    """Cut ``line.text`` into what stands for one machine-read character, or for none, each."""
    aligned = aligned_characters(line)
    result: list[tuple[Char | None, str]] = []
    for char, letter in zip(aligned, line.text, strict=True):
        if char is not None and result and result[-1][0] is char:
            result[-1] = (char, result[-1][1] + letter)
        else:
            result.append((char, letter))
    return result


def standing_corrections(line: Line) -> list[tuple[int, Correction]]:
    """Return the rules' corrections that the text still shows, and where each begins in it."""
    machine = line.machine_text if line.corrections else ""
    if not line.corrections or line.text == machine:
        return [(c.start, c) for c in line.corrections]
    if line.text == line.raw_text:
        return []  # a person took them all back
    result = []
    blocks = matching_blocks(machine, line.text)
    for c in line.corrections:
        end = c.start + len(c.after)
        for a, b, size in blocks:
            inside = a <= c.start and end <= a + size
            # Where a rule deleted something, only what stands around it can tell.
            before = c.start > a or (c.start == 0 and b == 0)
            after = end < a + size or (end == len(machine) and b + size == len(line.text))
            if inside and (c.after or (before and after)):
                result.append((b + c.start - a, c))
                break
    return result


def place_in(text: str, at: int, other: str) -> int:
    """Return the place in another reading of the same line that belongs to a place in a text.

    Args:
        text: One reading.
        at: Index into it, from 0 to its length.
        other: The other reading.

    Returns:
        Index into ``other``; never smaller for a larger ``at``.
    """
    if at in (0, len(text)):
        return len(other) if at else 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, text, other, autojunk=False).get_opcodes():
        if at < i2 or (at == i2 and tag == "equal"):
            return j1 + (at - i1 if tag == "equal" else round((at - i1) / (i2 - i1) * (j2 - j1)))
    return len(other)


def matching_blocks(a: str, b: str) -> list[tuple[int, int, int]]:
    """Return (start in a, start in b, length) of what two texts share, in order, none empty."""
    start = _same(a, b)
    end = min(_same(a[::-1], b[::-1]), len(a) - start, len(b) - start)
    inner_a, inner_b = a[start : len(a) - end], b[start : len(b) - end]
    # Most edits put one character in the place of another. In "1111" the longest block alone
    # could not tell which of them it was.
    level = [(i, i, 1) for i, (x, y) in enumerate(zip(inner_a, inner_b, strict=False)) if x == y]
    matcher = SequenceMatcher(None, inner_a, inner_b, autojunk=False)
    inner = [(m.a, m.b, m.size) for m in matcher.get_matching_blocks() if m.size]
    if len(inner_a) == len(inner_b) and len(level) >= sum(size for *_, size in inner):
        inner = level
    found = [(0, 0, start), *((i + start, j + start, size) for i, j, size in inner)]
    found.append((len(a) - end, len(b) - end, end))
    return _joined(found)


def _same(a: str, b: str) -> int:
    """Return how many characters two texts begin with alike."""
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


def _joined(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return blocks without empty ones, and neighbours that touch as one."""
    result: list[tuple[int, int, int]] = []
    for a, b, size in blocks:
        if result and result[-1][0] + result[-1][2] == a and result[-1][1] + result[-1][2] == b:
            result[-1] = (*result[-1][:2], result[-1][2] + size)
        elif size:
            result.append((a, b, size))
    return result


def _without_others(
    corrections: Sequence[Correction], kept: Sequence[Correction]
) -> list[Correction]:
    """Return the corrections that are kept, told for a text in which only they are made."""
    spans = dict(zip(map(id, corrections), raw_spans(corrections), strict=True))
    result = []
    grown = 0
    for c in kept:
        result.append(replace(c, start=spans[id(c)][0] + grown))
        grown += len(c.after) - len(c.before)
    return result


def _with_corrections(
    entries: list[Char | None], corrections: Sequence[Correction], kept: Sequence[Correction]
) -> list[Char | None]:
    """Return the entries of a raw text's code points for the text with corrections made."""
    spans = dict(zip(map(id, corrections), raw_spans(corrections), strict=True))
    result: list[Char | None] = []
    done = 0
    for c in kept:
        start, end = spans[id(c)]
        replaced = entries[start:end] or [None]
        size = len(c.after)
        result += entries[done:start]
        result += [replaced[k * len(replaced) // size] for k in range(size)]
        done = end
    return result + entries[done:]


def split_point(line: Line, at: int) -> tuple[int, float]:
    """Say where the machine's reading is cut when the text is cut before character ``at``.

    Args:
        line: The line that is to be cut.
        at: Index into ``line.text``, from 0 to its length.

    Returns:
        The index into ``line.characters`` of the first character of the right part, and the
        place of the cut as a fraction (0–1) of the line's length.
    """
    fraction = at / len(line.text) if line.text else 0.5
    if not line.characters:
        return 0, fraction
    aligned = aligned_characters(line)
    position = {id(c): i for i, c in enumerate(line.characters)}
    right = next((position[id(c)] for c in aligned[at:] if c is not None), None)
    left = next((position[id(c)] for c in reversed(aligned[:at]) if c is not None), None)
    if right is not None:
        index = right
    elif left is not None:
        index = left + 1
    else:  # nothing of the machine's reading is left in the text
        index = round(fraction * len(line.characters))
    return index, _cut_fraction(line, index, fraction)


def index_at(line: Line, place: float) -> int:
    """Return where the text is cut when the box is cut.

    Characters that the machine did not read are taken to stand evenly between those that it did.

    Args:
        line: The line.
        place: Fraction of the line's length, 0–1.

    Returns:
        0 to the length of ``line.text``: how many of its characters have their middle left of the
        place.
    """
    size = len(line.text)
    # Index of a character, and the fraction at which its middle stands.
    known: list[tuple[float, float]] = [(-0.5, 0.0)]
    for i, char in enumerate(aligned_characters(line)):
        if char is not None and char.quad is not None:
            middle = fraction_of(line, char.quad.center)
            known.append((i, max(middle, known[-1][1])))
    known.append((size - 0.5, max(1.0, known[-1][1])))
    count = 0
    for (first, start), (last, end) in pairwise(known):
        while count < size and count <= last:
            part = (count - first) / (last - first) if last > first else 1.0
            middle = start + part * (end - start)
            if middle >= place:
                return count
            count += 1
    return count


def fraction_of(line: Line, point: Point) -> float:
    """Return how far along a line a point stands, as a fraction of its length; 0–1 within it."""
    tl, tr, _br, _bl = line.quad.points
    dx, dy = tr.x - tl.x, tr.y - tl.y
    length = dx * dx + dy * dy
    return ((point.x - tl.x) * dx + (point.y - tl.y) * dy) / length if length else 0.5


def _cut_fraction(line: Line, index: int, fallback: float) -> float:
    """Return the middle of the gap before character ``index`` as a fraction of the line."""
    before = line.characters[index - 1].quad if index > 0 else None
    after = line.characters[index].quad if index < len(line.characters) else None
    if before is None or after is None:
        return fallback
    end, start = before.points[1], after.points[0]
    middle = Point((end.x + start.x) / 2, (end.y + start.y) / 2)
    return min(1.0, max(0.0, fraction_of(line, middle)))
