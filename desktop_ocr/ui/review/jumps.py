"""Where Ctrl with an arrow key puts the caret: Chinese has no blanks between words."""

from __future__ import annotations

HAN_STEP = 4
"""So many Chinese characters are one jump; most terms are no longer."""


def jump(text: str, at: int, step: int) -> int:
    """Return where a jump from a place in a text leads.

    A jump goes over a number or a word of Latin letters, over punctuation, or over at most
    :data:`HAN_STEP` Chinese characters, and over the blanks before the next of them.

    Args:
        text: The text.
        at: The place, as an index.
        step: 1 for forwards, -1 for backwards.
    """
    if step < 0:
        end = at
        while end > 0 and text[end - 1].isspace():
            end -= 1
        return end - _run(text[:end][::-1])
    end = at + _run(text[at:])
    while end < len(text) and text[end].isspace():
        end += 1
    return end


def _run(text: str) -> int:
    """Return how many characters at the start of a text are of one kind."""
    kinds = [_kind(char) for char in text[: HAN_STEP if _kind(text[:1]) == "han" else None]]
    return next((i for i, kind in enumerate(kinds) if kind != kinds[0]), len(kinds))


def _kind(char: str) -> str:
    if "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000":
        return "han"
    if char.isalnum() or char in ".%‰":
        return "word"
    return "space" if char.isspace() else "sign"
