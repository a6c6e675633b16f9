"""The folders for a person's own lists of terms, rules and fields, each with a note inside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop_ocr.engine.correct.knowledge import LISTS, RULES
from desktop_ocr.engine.own_files import FIELDS
from desktop_ocr.errors import OutputFolderError
from desktop_ocr.paths import user_folder

NOTE = "README.txt"
_TEXTS: dict[str, tuple[object, ...]] = {
    LISTS: (
        QT_TRANSLATE_NOOP(
            "OwnFolders",
            "Your own lists of terms: put TXT or CSV files, in UTF-8 or GB18030, into this folder.",
        ),
        QT_TRANSLATE_NOOP(
            "OwnFolders",
            "TXT: one term in each line; lines that begin with # are passed over. CSV: the term in "
            "the first column, then its code and kind if you want.",
        ),
        QT_TRANSLATE_NOOP(
            "OwnFolders",
            "They count when a page is read, or read again. Chinese terms guide reading; numbers, "
            "units and doses are never changed by them.",
        ),
    ),
    RULES: (
        QT_TRANSLATE_NOOP(
            "OwnFolders",
            "Your own correction rules: put files with the suffix .toml, in UTF-8, into this "
            "folder.",
        ),
        QT_TRANSLATE_NOOP(
            "OwnFolders",
            "Each [[rule]] has id, zh, en, pattern, replacement or map, safe, and as examples at "
            "least one [[rule.change]] with before and after and one [[rule.keep]] with text.",
        ),
        QT_TRANSLATE_NOOP(
            "OwnFolders",
            "They count when a page is read, or read again. With safe = false a rule only "
            "suggests; with the id of a built-in rule it replaces that one.",
        ),
    ),
    FIELDS: (
        QT_TRANSLATE_NOOP(
            "OwnFolders",
            "Your own fields: put files with the suffix .toml, in UTF-8, into this folder.",
        ),
        QT_TRANSLATE_NOOP(
            "OwnFolders",
            "Each [[field]] has name, labels (what stands before the value) and kind: line, "
            "section, number, date or code; instead of kind it may have value, a regular "
            "expression.",
        ),
        QT_TRANSLATE_NOOP(
            "OwnFolders",
            "They count at once; where a label is also one of the program's, it is yours.",
        ),
    ),
}


def own_folder(name: str) -> Path:
    """Return a folder of the person's own, ready to be used.

    Args:
        name: ``LISTS``, ``RULES`` or ``FIELDS``.

    Returns:
        The folder; it was made where there was none, and so was the note in it, in the language of
        the window.

    Raises:
        OutputFolderError: It cannot be made.
    """
    folder = user_folder() / name
    note = folder / NOTE
    # Every line is a comment: the note lies among lists of terms, and is read as one.
    lines = [f"# {QCoreApplication.translate('OwnFolders', str(text))}\n" for text in _TEXTS[name]]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not note.exists():
            # With a byte order mark: Notepad of older Windows takes it for GBK otherwise.
            note.write_text("".join(lines), encoding="utf-8-sig")
    except OSError as error:
        raise OutputFolderError(folder) from error
    return folder
