"""What sort of character a reading is: on the screen as on paper, 0 O and 1 l I look alike."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_KINDS = {
    "Nd": QT_TRANSLATE_NOOP("Kind", "digit"),
    "Lu": QT_TRANSLATE_NOOP("Kind", "capital letter"),
    "Ll": QT_TRANSLATE_NOOP("Kind", "small letter"),
    "Lo": QT_TRANSLATE_NOOP("Kind", "Chinese character"),
}
_OTHER = QT_TRANSLATE_NOOP("Kind", "sign")


def kind(reading: str) -> str:
    """Return the kind of a reading's first character in the language of the window."""
    name = _KINDS.get(unicodedata.category(reading[0]), _OTHER)
    return QCoreApplication.translate("Kind", str(name))


def needs_kind(reading: str) -> bool:
    """Say whether a reading alone does not tell what it is: a Latin letter or a digit."""
    return len(reading) == 1 and reading.isascii() and reading.isalnum()
