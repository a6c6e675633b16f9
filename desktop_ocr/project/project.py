"""One open project: a .docr file (SQLite), read lazily and written by its writer."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from desktop_ocr.document.lazy import LazyLines, LineText
from desktop_ocr.document.model import Document, Line, new_id
from desktop_ocr.errors import DesktopOcrError, FileInUseError, ProjectDamagedError
from desktop_ocr.project.changes import Change, HistoryEntry, PageFields, PutPage
from desktop_ocr.project.copying import Copy
from desktop_ocr.project.database import Database
from desktop_ocr.project.facts import PAGES, PageFacts, read_facts
from desktop_ocr.project.files import new_file
from desktop_ocr.project.pictures import PictureFiles, Pictures, StoredPicture
from desktop_ocr.project.rows import (
    HISTORY_COLUMNS,
    LINE_COLUMNS,
    Stored,
    check,
    check_lines,
    history_of,
    line_of,
    page_of,
    text_in,
    text_of,
    text_out,
)
from desktop_ocr.project.storing import Storing, put_meta

_ENTRIES_TOGETHER = 500
_LINES = f"SELECT {LINE_COLUMNS} FROM lines WHERE page = ? ORDER BY position"  # noqa: S608
_TEXTS = (
    "SELECT id, text, status, reviewed_by, reviewed_at, doubt, raw_text, corrections "
    "FROM lines WHERE page = ? ORDER BY position"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The line that was being typed when the program ended; its last typing is lost."""

    page_id: str
    line_id: str


class Project:
    """One open .docr file; every method may be called from any thread.

    Attributes:
        path: The file.
        pictures: Where new pictures go.
        was_closed: False where the program ended without closing the project the last time.
        draft: The line that was being typed then; None where there was none.
        read_only: Whether nothing can be written.
        database: For the writer.
        outline: For the writer: all of each page but its lines, as it was opened or put last.
    """

    def __init__(self, path: Path, *, read_only: bool = False, purge: bool = True) -> None:
        """Open a project; see :meth:`open`.

        Args:
            path: The file.
            read_only: Only look.
            purge: Drop pages that were removed; not where an undo history still knows them.
        """
        self.path = path
        self.read_only = read_only
        self.database = Database(path, read_only=read_only)
        self.outline: dict[str, PutPage] = {}
        self._lazy: dict[str, LazyLines] = {}
        self._storing: Storing | None = None
        self._files = PictureFiles()
        self._whole: set[int] = set()
        self._successor: Project | None = None
        try:
            self._begin(purge=purge)
        except BaseException:
            self.database.close()
            raise

    def _begin(self, *, purge: bool) -> None:
        with self.database.reading() as connection:
            meta = self._meta(connection)
            try:
                self.pictures = Pictures(meta["pictures"])
                draft = json.loads(meta.get("draft") or "null")
                self.draft = None if draft is None else Draft(*draft)
                self._options: dict[str, Any] = dict(json.loads(meta.get("options") or "{}"))
                self._title = meta.get("title", "")
            except (KeyError, ValueError, TypeError, RecursionError) as error:
                raise ProjectDamagedError(self.path) from error
            self.was_closed = meta.get("closed") == "1"
            for row in connection.execute(PAGES).fetchall():
                check(row)
                check_lines(_line_rows(connection, row[0]), row[-2])
        if not self.read_only:
            with self.database.changing() as connection:
                if purge:
                    connection.execute("DELETE FROM pages WHERE removed")
                    connection.execute(
                        "DELETE FROM pictures WHERE id NOT IN (SELECT picture FROM sources)"
                    )
                put_meta(connection, "closed", "0")

    @staticmethod
    def _meta(connection: sqlite3.Connection) -> dict[str, str]:
        return {k: text_out(v) for k, v in connection.execute("SELECT key, value FROM meta")}

    @classmethod
    def create(cls, path: Path, *, pictures: Pictures, overwrite: bool = False) -> Project:
        """Make an empty project and open it.

        Args:
            path: The file; nothing is added to its name.
            pictures: Whether to keep the pictures' bytes in the project or only where they are.
            overwrite: Replace a file that stands there.

        Raises:
            OutputExistsError: If the file exists and ``overwrite`` is False.
            OutputFolderError: If the folder is missing or may not be written to.
            ProjectLockedError: If the file that should be replaced is an open project.
            DiskFullError: If there is no room; nothing is left behind.
            OutputError: If it cannot be written for another reason.
        """
        with new_file(path, overwrite=overwrite) as connection:
            begin(connection, pictures)
        return cls(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Project:
        """Open a project; its lines are loaded when somebody looks at them.

        Args:
            path: The file.
            read_only: Only look: needs no right to write.

        Raises:
            FileNotReadableError: If there is no such file, or reading it is forbidden.
            NotAProjectError: If it is something else.
            ProjectNewerError: If a newer version of the program wrote it.
            ProjectLockedError: If it is open in another program (or here).
            ProjectReadOnlyError: If file or folder may not be written to; ``read_only`` helps,
                except after a crash whose edits have to be brought in first.
            ProjectDamagedError: If it cannot be used as it is; :func:`salvage` helps.
            DiskFullError: If there is no room for the first note that it is open.
        """
        return cls(path, read_only=read_only)

    def document(self) -> Document:
        """Return the document; pages of one project share lines that are loaded on first look.

        Raises:
            ProjectDamagedError: If its pages cannot be read.
        """
        pages = []
        with self.database.reading() as connection:
            for row in connection.execute(PAGES).fetchall():
                stored = page_of(row)
                if stored.removed:
                    continue
                page = stored.page
                page.lines = self._lines(page.id)
                self.outline[page.id] = PutPage(
                    page.id,
                    stored.position,
                    PageFields.of(page),
                    None,
                    stored.state,
                    stored.message,
                )
                pages.append(page)
        return Document(pages, self._title)

    def _lines(self, page_id: str) -> LazyLines:
        load, load_texts = self._loaders(page_id)
        return self._lazy.setdefault(page_id, LazyLines(load, None, load_texts, self.database))

    def _loaders(
        self, page_id: str
    ) -> tuple[Callable[[], tuple[Line, ...]], Callable[[], tuple[LineText, ...]]]:
        return partial(self.load_lines, page_id), partial(self.load_texts, page_id)

    def lazy_lines(self, page_id: str, lines: tuple[Line, ...] | list[Line]) -> LazyLines:
        """Return lines for a new page of this document: released once the writer stored them.

        Args:
            page_id: The page.
            lines: What it has now.
        """
        load, load_texts = self._loaders(page_id)
        self._lazy[page_id] = LazyLines(load, lines, load_texts, self.database)
        return self._lazy[page_id]

    def handed_out(self, page_id: str) -> LazyLines | None:
        """Return the lines of a page that somebody else holds too, None where nobody does."""
        return self._lazy.get(page_id)

    def loaded(self) -> dict[str, tuple[Line, ...]]:
        """Return the lines of all pages that are in memory now."""
        found = {page_id: lines.loaded() for page_id, lines in list(self._lazy.items())}
        return {page_id: lines for page_id, lines in found.items() if lines is not None}

    def take_over(self, other: Project) -> None:
        """Have all lines that another project handed out loaded from this one from now on.

        For a copy (:meth:`save_as`, a rescue) that goes on in place of the other: document,
        undo history and views keep their pages. Lines that are in memory stay there until their
        page was put again; put those pages once.
        """
        for page_id, lines in list(other._lazy.items()):
            lines.move(*self._loaders(page_id), self.database)
            self._lazy[page_id] = lines
        self.outline = {**other.outline, **self.outline}
        other._successor = self

    def load_lines(self, page_id: str) -> tuple[Line, ...]:
        """Return the lines of a page as they are stored, in reading order.

        Raises:
            ProjectDamagedError: If one of them is not as it was written.
        """
        with self.database.reading() as connection:
            found = connection.execute(
                "SELECT lines FROM pages WHERE id = ?", (text_in(page_id),)
            ).fetchone()
            rows = _line_rows(connection, text_in(page_id))
            check_lines(rows, found[0] if found else 0)
            return tuple(map(line_of, rows))

    def load_texts(self, page_id: str) -> tuple[LineText, ...]:
        """Return the texts of a page as they are stored, in reading order; quick, and not checked.

        Raises:
            DesktopOcrError: If they cannot be read.
        """
        with self.database.reading() as connection:
            rows = connection.execute(_TEXTS, (text_in(page_id),)).fetchall()
            return tuple(map(text_of, rows))

    def store(self, changes: Sequence[Change]) -> None:
        """Store changes before this returns, for a program that nobody waits for.

        Not beside a :class:`~desktop_ocr.project.writer.Writer`, which knows of its own only.

        Raises:
            DesktopOcrError: If that failed; nothing was changed then.
        """
        if self._storing is None:
            self._storing = Storing(self.database, self.pictures, self.handed_out)
        self._storing.store(changes)

    def facts(self) -> dict[str, PageFacts]:
        """Return what is known of each page (in order) without loading lines."""
        with self.database.reading() as connection:
            return read_facts(connection)

    def picture(self, page_id: str) -> StoredPicture:
        """Return where the pixels of a page are; reads the file to check that it is the same.

        Whoever asks a project that another one took over is answered by that one.

        Raises:
            KeyError: If no picture of such a page was stored.
        """
        if self._successor is not None:
            return self._successor.picture(page_id)
        with self.database.reading() as connection:
            found = connection.execute(
                "SELECT p.id, number, sha256, path, relative, size, data "
                "FROM sources JOIN pictures AS p ON p.id = picture WHERE page = ?",
                (text_in(page_id),),
            ).fetchone()
        if found is None:
            raise KeyError(page_id)
        row, number, digest, path, relative, size, data = found
        where = None if path is None else text_out(path)
        if data is not None:
            if row not in self._whole and sha256(data).hexdigest() == digest:
                self._whole.add(row)
            if row in self._whole:
                return StoredPicture(data, None if where is None else Path(where), number, True)
        if where is None:
            return StoredPicture(None, None, number, False)
        seen = None if relative is None else text_out(relative)
        place, same = self._files.find(self.path, where, seen, digest, size)
        return StoredPicture(None, place, number, same)

    def thumbnail(self, page_id: str) -> bytes | None:
        """Return the small picture of a page as it was put, or None."""
        with self.database.reading() as connection:
            found = connection.execute(
                "SELECT data FROM thumbnails WHERE page = ?", (text_in(page_id),)
            ).fetchone()
        return None if found is None else bytes(found[0])

    @property
    def options(self) -> Mapping[str, Any]:
        """The settings of the run as they are stored."""
        with self.database.reading() as connection:
            found = self._meta(connection).get("options")
        try:
            return dict(json.loads(found or "{}"))
        except (ValueError, TypeError, RecursionError) as error:
            raise ProjectDamagedError(self.path) from error

    def history(self, page_id: str = "", line_id: str = "") -> Iterator[HistoryEntry]:
        """Yield what was done, oldest first; of one page or line where these are given.

        Raises:
            ProjectDamagedError: If an entry is not as it was written.
        """
        query = (
            f"SELECT id, {HISTORY_COLUMNS} FROM history "  # noqa: S608
            "WHERE id > :last AND (:page = '' OR page = :page) AND (:line = '' OR line = :line) "
            "ORDER BY id LIMIT :most"
        )
        last = -1
        while True:
            values = {
                "last": last,
                "page": text_in(page_id),
                "line": text_in(line_id),
                "most": _ENTRIES_TOGETHER,
            }
            with self.database.reading() as connection:
                rows = connection.execute(query, values).fetchall()
                entries = [history_of(row[1:]) for row in rows]
            yield from entries
            if len(rows) < _ENTRIES_TOGETHER:
                return
            last = rows[-1][0]

    def last_entries(self, most: int) -> list[HistoryEntry]:
        """Return so many entries of the history at most: the last ones, newest first.

        Raises:
            ProjectDamagedError: If one of them is not as it was written.
        """
        query = f"SELECT {HISTORY_COLUMNS} FROM history ORDER BY id DESC LIMIT ?"  # noqa: S608
        with self.database.reading() as connection:
            return list(map(history_of, connection.execute(query, (most,)).fetchall()))

    def save_as(
        self, path: Path, *, pictures: Pictures | None = None, overwrite: bool = False
    ) -> Project:
        """Write a copy of what is stored now and open it; this project stays open as it was.

        The copy is complete or not there. Flush the writer first, and see :meth:`take_over`. What
        is put meanwhile may be in the copy or not, page by page.

        Args:
            path: The copy's file.
            pictures: Where the copy keeps pictures; None as this project does. A picture that
                cannot be found any more stays as it is.
            overwrite: Replace a file that stands there.

        Raises:
            OutputError, ProjectLockedError: As :meth:`create`.
            ProjectDamagedError: If this project cannot be read any more.
        """
        if path.exists() and path.samefile(self.path):
            raise FileInUseError(path)
        with new_file(path, overwrite=overwrite) as target:
            Copy(self.database, target, path, pictures or self.pictures).run()
            put_meta(target, "id", new_id())
        return Project(path, purge=False)

    def close(self) -> None:
        """Close the file, noting that it was closed in order; again is harmless.

        A note that cannot be written is no loss and raises nothing. Close the writer first.
        """
        if not self.read_only:
            with contextlib.suppress(DesktopOcrError), self.database.changing() as connection:
                put_meta(connection, "closed", "1")
                put_meta(connection, "draft", "")
        self.database.close()


def _line_rows(connection: sqlite3.Connection, page: Stored) -> list[tuple[Any, ...]]:
    return connection.execute(_LINES, (page,)).fetchall()


def begin(connection: sqlite3.Connection, pictures: Pictures) -> None:
    """Write the facts that every project has into a new file."""
    put_meta(connection, "id", new_id())
    put_meta(connection, "created", datetime.now(UTC).isoformat(timespec="seconds"))
    put_meta(connection, "pictures", pictures.value)
    put_meta(connection, "closed", "1")
