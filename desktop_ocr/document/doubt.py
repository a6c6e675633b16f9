"""Which lines a person should look at: read by the machine, not touched yet, perhaps wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop_ocr.document.compare import disagreements
from desktop_ocr.document.model import Char, Line, LineStatus


def inked(characters: Iterable[Char]) -> Iterator[Char]:
    """Yield the characters that are not spaces: whether there is one is no doubt to look at."""
    return (c for c in characters if not c.text.isspace())


def worst_confidence(line: Line) -> float:
    """Return the confidence of the line's least certain character that nobody confirmed (0–1)."""
    left = [c.confidence for c in inked(line.characters) if not c.confirmed]
    if any(c.confirmed for c in line.characters):
        return min(left, default=1.0)
    return min([line.confidence, *left])


def is_touched(line: Line) -> bool:
    """Say whether a person reviewed or edited a line; the engine never overwrites such a line.

    What a rule corrected by itself is no touch of a person.
    """
    return line.status is not LineStatus.UNREVIEWED or line.text != line.machine_text


def is_verified(line: Line) -> bool:
    """Say whether a line's text differs from the machine's only by single verified characters."""
    if line.status is not LineStatus.UNREVIEWED or line.corrections:
        return False
    return line.text == "".join(c.confirmed or c.text for c in line.characters)


def doubt_of(line: Line) -> float | None:
    """Return the confidence (0–1) below which nothing in a line would be doubtful.

    Returns:
        -1 where something is in any case, because the two readers disagree; None where a person
        touched the line, or where the machine read nothing. Who corrected single characters by
        looking at them alone has not looked at the others.
    """
    if not line.raw_text or (is_touched(line) and not is_verified(line)):
        return None
    return -1.0 if disagreements(line) else worst_confidence(line)
