"""Lines of a page that come into memory when somebody looks at them, and can leave it again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, MutableSequence
from dataclasses import replace
from operator import is_
from typing import NamedTuple, SupportsIndex, overload

from desktop_ocr.document.doubt import doubt_of
from desktop_ocr.document.model import Line, LineStatus, Page, Review


class LineText(NamedTuple):
    """What is known of a line without its characters: enough to search it and to set its text.

    Attributes:
        id: The line's.
        text: As it stands now.
        status: What a person has said about the line.
        review: Who said that, and when.
        doubt: As :func:`desktop_ocr.document.doubt.doubt_of`.
        machine_text: The text as the machine left it.
    """

    id: str
    text: str
    status: LineStatus
    review: Review | None = None
    doubt: float | None = None
    machine_text: str = ""

    @staticmethod
    def of(line: Line) -> LineText:
        """Take it from a line."""
        return LineText(
            line.id, line.text, line.status, line.review, doubt_of(line), line.machine_text
        )

    def put_into(self, line: Line) -> Line:
        """Return a line with this text and status; all that the machine read of it stays."""
        return replace(line, text=self.text, status=self.status, review=self.review)


def texts_of(page: Page) -> tuple[LineText, ...]:
    """Return the texts of a page in reading order, without keeping lines in memory for that."""
    lines = page.lines
    return lines.texts() if isinstance(lines, LazyLines) else tuple(map(LineText.of, lines))


class LazyLines(MutableSequence[Line]):
    """The lines of one page in reading order, loaded on the first look.

    Behaves as a list of lines in every other respect. Any thread may look; what changes them is
    one thread at a time, as with a list. Texts can be set without loading the lines
    (:meth:`set_texts`), so that a step over all pages of a document costs no memory.
    """

    def __init__(
        self,
        load: Callable[[], tuple[Line, ...]],
        lines: Iterable[Line] | None = None,
        load_texts: Callable[[], tuple[LineText, ...]] | None = None,
        store: object = None,
    ) -> None:
        """Begin.

        Args:
            load: Gives the lines as they are stored; called again after :meth:`release`. What it
                raises goes to whoever looks.
            lines: Lines that are in memory already and count as not stored yet; None to load.
            load_texts: Gives their texts alone, which is quicker; None where nothing is.
            store: Whatever they are stored in; only it may say that they are.
        """
        self._load, self._load_texts, self._store = load, load_texts, store
        self._lock = threading.RLock()
        self._lines: list[Line] | None = None if lines is None else list(lines)
        self._stored: tuple[Line, ...] | None = None
        self._waiting = 0
        self._texts: dict[str, LineText] = {}  # set while nothing was loaded; not stored yet
        self._stored_texts: dict[str, LineText] = {}  # since the store last had all it was given

    @property
    def is_loaded(self) -> bool:
        """Whether looking costs nothing."""
        return self._lines is not None

    def loaded(self) -> tuple[Line, ...] | None:
        """Return the lines where they are in memory, else None; never loads them."""
        with self._lock:
            return None if self._lines is None else tuple(self._lines)

    def await_store(self) -> None:
        """Take note that the store was given the lines; until it has them all stay here."""
        with self._lock:
            self._waiting += 1

    def mark_stored(self, lines: tuple[Line, ...], times: int = 1, *, store: object = None) -> None:
        """Take note of what is stored now: exactly these lines may leave the memory again.

        Args:
            lines: What the store was given last.
            times: How many of the calls of :meth:`await_store` this answers.
            store: Who says so; one that they were moved away from is not believed.
        """
        with self._lock:
            if store is not self._store:
                return
            self._waiting = max(0, self._waiting - times)
            if self._lines is not None:
                self._stored = lines
            if not self._waiting:
                self._texts.clear()
                self._stored_texts.clear()

    def mark_texts_stored(
        self, texts: Iterable[LineText], times: int = 1, *, store: object = None
    ) -> None:
        """Take note that the store has texts that were set (:meth:`set_texts`).

        Args:
            texts: What it was given.
            times: As :meth:`mark_stored`.
            store: As :meth:`mark_stored`.
        """
        with self._lock:
            if store is not self._store:
                return
            self._waiting = max(0, self._waiting - times)
            self._stored_texts.update((text.id, text) for text in texts)
            if self._waiting:
                return  # what is stored later may be another text of the same line
            for text in self._stored_texts.values():
                if self._texts.get(text.id) == text:
                    del self._texts[text.id]
            self._stored_texts.clear()

    def set_texts(self, texts: Iterable[LineText]) -> bool:
        """Set texts and statuses of lines that are not in memory.

        Returns:
            False where the lines are loaded: then nothing was done, and they are set as in a list.
        """
        with self._lock:
            if self._lines is not None:
                return False
            self._texts.update((text.id, text) for text in texts)
            return True

    def texts(self) -> tuple[LineText, ...]:
        """Return the texts; lines that are not in memory are not loaded for that."""
        with self._lock:
            if self._lines is not None:
                return tuple(map(LineText.of, self._lines))
            if self._load_texts is None:
                return tuple(map(LineText.of, self._loaded()))
            return tuple(self._texts.get(text.id, text) for text in self._load_texts())

    def move(
        self,
        load: Callable[[], tuple[Line, ...]],
        load_texts: Callable[[], tuple[LineText, ...]] | None = None,
        store: object = None,
    ) -> None:
        """Load from another store from now on; what is in memory counts as not stored there."""
        with self._lock:
            self._load, self._load_texts, self._store = load, load_texts, store
            self._stored = None
            self._waiting = 0
            self._stored_texts.clear()

    def release(self) -> bool:
        """Let the lines go where the store has exactly them; the next look loads them again.

        Returns:
            Whether no line is in memory now; False where something is not stored yet.
        """
        with self._lock:
            if self._lines is None:
                return True
            stored = self._stored
            if self._waiting or self._texts or stored is None or len(stored) != len(self._lines):
                return False
            if not all(map(is_, stored, self._lines)):
                return False
            self._lines = self._stored = None
            return True

    def _here(self) -> list[Line]:
        """Return the list itself; the lock is held."""
        if self._lines is None:
            self._stored = self._loaded()
            self._lines = list(self._stored)
        return self._lines

    def _loaded(self) -> tuple[Line, ...]:
        """Load the lines, with the texts that were set meanwhile."""
        lines, texts = self._load(), self._texts
        if texts:
            lines = tuple(texts[i.id].put_into(i) if i.id in texts else i for i in lines)
        return lines

    @overload
    def __getitem__(self, index: SupportsIndex) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> Line | list[Line]:
        with self._lock:
            return self._here()[index]

    @overload
    def __setitem__(self, index: SupportsIndex, value: Line) -> None: ...
    @overload
    def __setitem__(self, index: slice, value: Iterable[Line]) -> None: ...
    def __setitem__(self, index: SupportsIndex | slice, value: Line | Iterable[Line]) -> None:
        with self._lock:
            self._here()[index] = value  # type: ignore[index, assignment]

    def __delitem__(self, index: SupportsIndex | slice) -> None:
        with self._lock:
            del self._here()[index]

    def __len__(self) -> int:
        with self._lock:
            return len(self._here())

    def insert(self, index: SupportsIndex, value: Line) -> None:
        """Put a line before the one at ``index``."""
        with self._lock:
            self._here().insert(index, value)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, LazyLines):
            return list(self) == list(other)
        if isinstance(other, list):
            return list(self) == other
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        lines = self.loaded()
        return "LazyLines(not loaded)" if lines is None else f"LazyLines({len(lines)} lines)"
