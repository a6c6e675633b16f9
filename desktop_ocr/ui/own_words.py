"""Words that a person adds to the terms of the program, one to a line of a list of his own."""

from __future__ import annotations

import re

from desktop_ocr.document.model import ILLEGIBLE
from desktop_ocr.engine.correct.knowledge import LISTS
from desktop_ocr.engine.correct.word_lists import decoded, is_term
from desktop_ocr.errors import LexiconEncodingError, LexiconError
from desktop_ocr.ui.own_folders import own_folder

LIST = "my-words.txt"
MOST_AT_CARET = 8
"""Chinese has no spaces: a longer run of characters at the caret is no word."""

_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[A-Za-z][A-Za-z0-9-]*")


def word_at(text: str, start: int, end: int) -> str:
    """Return the word that is selected, or stands at the caret; "" where none is plain to see.

    Args:
        text: A line as it stands in the editor.
        start: Where the selection starts, as an index.
        end: Where it ends; the caret where both are the same.
    """
    if start < end:
        return text[start:end].strip()
    for match in _WORD.finditer(text):
        if match.start() <= start <= match.end():
            word = match.group()
            return word if len(word) <= MOST_AT_CARET or word.isascii() else ""
    return ""


def can_add(word: str) -> bool:
    """Say whether a word can stand in a list: not long, nothing illegible, and with letters."""
    return is_term(word) and not word.startswith("#") and ILLEGIBLE not in word


def add_own_word(word: str) -> bool:
    """Add a word at the end of the list; it counts for the next page that is read.

    Returns:
        False where it stands there already.

    Raises:
        OutputError, LexiconError: One of their kinds: the list cannot be written or read.
    """
    rows = _rows()
    if word in map(str.strip, rows):
        return False
    _write([*rows, word])
    return True


def remove_own_word(word: str) -> None:
    """Take a word out of the list again.

    Raises:
        OutputError, LexiconError: One of their kinds: the list cannot be written or read.
    """
    _write([row for row in _rows() if row.strip() != word])


def _rows() -> list[str]:
    """Return the lines of the list, with what a person wrote there besides words."""
    path = own_folder(LISTS) / LIST
    try:
        content = decoded(path.read_bytes())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise LexiconError(path) from error
    if content is None:
        raise LexiconEncodingError(path)
    return content.splitlines()


def _write(rows: list[str]) -> None:
    path = own_folder(LISTS) / LIST
    # With a byte order mark, as Notepad of older Windows needs it.
    from desktop_ocr.export.atomic import write_atomically

    write_atomically(path, ["\n".join([*rows, ""]).encode("utf-8-sig")], overwrite=True)
