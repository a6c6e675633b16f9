"""What the window remembers from one start to the next."""

from __future__ import annotations

import contextlib
import enum
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from desktop_ocr.engine.events import ReadOptions
from desktop_ocr.paths import user_folder
from desktop_ocr.ui.doubt import DEFAULT_DOUBT
from desktop_ocr.ui.i18n import Language
from desktop_ocr.ui.theme import Theme

READING_SWITCHES = ("language", "second", "rules")
"""Members of :class:`ReadOptions` that a person switches on and off."""

_Choice = TypeVar("_Choice", bound=enum.Enum)


class Settings:
    """Typed access to the settings file in the user's folder.

    Nothing of a document is kept here but the folders that were used last, and the names of
    projects where the person has not switched that off (see ``keep_recent``).
    """

    def __init__(self, path: Path | None = None) -> None:
        file = user_folder() / "settings.ini" if path is None else path
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def language(self) -> Language:
        """Language of the window."""
        return _choice(Language, self._text("language"), Language.SYSTEM)

    @language.setter
    def language(self, value: Language) -> None:
        self._store.setValue("language", value.value)

    @property
    def theme(self) -> Theme:
        """Light, dark or as the system."""
        return _choice(Theme, self._text("theme"), Theme.SYSTEM)

    @theme.setter
    def theme(self, value: Theme) -> None:
        self._store.setValue("theme", value.value)

    @property
    def text_size(self) -> int:
        """Steps by which the text being checked is larger (or smaller) than usual."""
        return self._number("text_size", 0)

    @text_size.setter
    def text_size(self, value: int) -> None:
        self._store.setValue("text_size", value)

    @property
    def show_boxes(self) -> bool:
        """Whether line boxes are drawn over the page."""
        return self._text("show_boxes") != "no"

    @show_boxes.setter
    def show_boxes(self, value: bool) -> None:
        self._store.setValue("show_boxes", "yes" if value else "no")

    @property
    def keep_readings(self) -> bool:
        """Whether the text of pages is kept, so that a page opened again is there at once."""
        return self._text("keep_readings") != "no"

    @keep_readings.setter
    def keep_readings(self, value: bool) -> None:
        self._store.setValue("keep_readings", "yes" if value else "no")

    @property
    def count_effort(self) -> bool:
        """Whether keystrokes, corrections and seconds of each page are counted."""
        return self._text("count_effort") != "no"

    @count_effort.setter
    def count_effort(self, value: bool) -> None:
        self._store.setValue("count_effort", "yes" if value else "no")

    @property
    def keep_recent(self) -> bool:
        """Whether the names of projects that were opened last may be remembered."""
        return self._text("keep_recent") != "no"

    @keep_recent.setter
    def keep_recent(self, value: bool) -> None:
        self._store.setValue("keep_recent", "yes" if value else "no")

    @property
    def reading(self) -> ReadOptions:
        """How pages are read: with language, second reader and rules, or without some of them."""

        def is_on(name: str) -> bool:
            return self._text(f"reading/{name}") != "no"

        return ReadOptions(language=is_on("language"), second=is_on("second"), rules=is_on("rules"))

    @reading.setter
    def reading(self, value: ReadOptions) -> None:
        for name in READING_SWITCHES:
            self._store.setValue(f"reading/{name}", "yes" if getattr(value, name) else "no")

    @property
    def model(self) -> str:
        """Name of the recogniser that was chosen; "" for the program's own."""
        return self._text("reading/model")

    @model.setter
    def model(self, value: str) -> None:
        self._store.setValue("reading/model", value)

    @property
    def doubt(self) -> float:
        """The probability of being right below which a character is doubtful (0–1)."""
        # Not "doubt": what older versions kept there was no probability.
        return self._number("reading/doubt", round(100 * DEFAULT_DOUBT)) / 100

    @doubt.setter
    def doubt(self, value: float) -> None:
        self._store.setValue("reading/doubt", round(100 * value))

    @property
    def reviewer(self) -> str:
        """Name of the person who reviews; "" where none was given."""
        return self._text("review/name")

    @reviewer.setter
    def reviewer(self, value: str) -> None:
        self._store.setValue("review/name", value)

    @property
    def reviewer_asked(self) -> bool:
        """Whether a person was asked for that name once."""
        return self._text("review/asked") == "yes"

    @reviewer_asked.setter
    def reviewer_asked(self, value: bool) -> None:
        self._store.setValue("review/asked", "yes" if value else "no")

    @property
    def mark_critical(self) -> bool:
        """Whether critical places are marked in the text."""
        return self._text("review/critical") != "no"

    @mark_critical.setter
    def mark_critical(self, value: bool) -> None:
        self._store.setValue("review/critical", "yes" if value else "no")

    def folder(self, purpose: str) -> Path:
        """Return the folder that was used last for opening or exporting, else for documents."""
        text = self._text(f"folder/{purpose}")
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        for path in (Path(text), Path(documents)):
            with contextlib.suppress(OSError):  # a drive that is gone, a folder without rights
                if path.is_absolute() and path.is_dir():
                    return path
        return Path.home()

    def set_folder(self, purpose: str, folder: Path) -> None:
        """Remember a folder."""
        self._store.setValue(f"folder/{purpose}", str(folder))

    def text(self, key: str) -> str:
        """Return a free text such as the last export format; "" where it was never set."""
        return self._text(key)

    def set_text(self, key: str, value: str) -> None:
        """Remember a free text."""
        self._store.setValue(key, value)

    def bytes(self, key: str) -> QByteArray:
        """Return a geometry or the state of a splitter; empty where it was never set."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_bytes(self, key: str, value: QByteArray) -> None:
        """Remember a geometry or the state of a splitter."""
        self._store.setValue(key, value)

    def save(self) -> None:
        """Write to disk now."""
        self._store.sync()

    def _text(self, key: str) -> str:
        value = self._store.value(key)
        return value if isinstance(value, str) else ""

    def _number(self, key: str, default: int) -> int:
        try:
            return int(str(self._store.value(key, default)))
        except ValueError:
            return default


def _choice(kind: type[_Choice], text: str, default: _Choice) -> _Choice:
    try:
        return kind(text)
    except ValueError:
        return default
