"""Which machine-read characters the current text of an edited line still shows."""

from __future__ import annotations

from difflib import SequenceMatcher

from desktop_ocr.document.model import Char, Line


def aligned_characters(line: Line) -> list[Char | None]:
    """Return one entry for each character of ``line.text``.

    An entry is the machine's character that stands there unchanged, or None where a person
    typed something else. For a line that nobody edited these are ``line.characters`` themselves.

    Note:
        Matching is by longest common blocks (Ratcliff and Obershelp, as in :mod:`difflib`).
    """
    if not line.characters:
        return [None] * len(line.text)
    # A class of the recogniser may be more than one code point; each of them shows its Char.
    per_code_point = [c for c in line.characters for _ in c.text]
    if line.text == line.raw_text:
        return list(per_code_point)
    result: list[Char | None] = [None] * len(line.text)
    matcher = SequenceMatcher(None, line.raw_text, line.text, autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for k in range(size):
            result[b + k] = per_code_point[a + k]
    return result


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


def _cut_fraction(line: Line, index: int, fallback: float) -> float:
    """Return the middle of the gap before character ``index`` as a fraction of the line."""
    before = line.characters[index - 1].quad if index > 0 else None
    after = line.characters[index].quad if index < len(line.characters) else None
    if before is None or after is None:
        return fallback
    tl, tr, _br, _bl = line.quad.points
    dx, dy = tr.x - tl.x, tr.y - tl.y
    length = dx * dx + dy * dy
    if length == 0:
        return fallback
    end, start = before.points[1], after.points[0]
    middle = ((end.x + start.x) / 2 - tl.x, (end.y + start.y) / 2 - tl.y)
    return min(1.0, max(0.0, (middle[0] * dx + middle[1] * dy) / length))
