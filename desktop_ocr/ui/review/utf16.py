"""Qt counts UTF-16 units, the document counts characters; rare names hold both apart.

Characters beyond U+FFFF (for example 𠮷) are one character and two units.
"""

from __future__ import annotations


def to_units(text: str, index: int) -> int:
    """Return the place in UTF-16 units of the character at ``index``."""
    return index + sum(ch > "\uffff" for ch in text[:index])


def from_units(text: str, units: int) -> int:
    """Return the index of the character at a place in UTF-16 units."""
    index = 0
    while units > 0 and index < len(text):
        units -= 2 if text[index] > "\uffff" else 1
        index += 1
    return index
