"""Changes as rows: what differs from what is stored, in one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_ocr.document.lazy import LazyLines
from desktop_ocr.document.model import Line
from desktop_ocr.project.changes import (
    AddHistory,
    Change,
    PutPage,
    PutPicture,
    PutTexts,
    RemovePage,
    SetDraft,
    SetOptions,
    SetOrder,
    SetTitle,
    parts,
)
from desktop_ocr.project.database import Database
from desktop_ocr.project.pictures import PictureFile, PictureFiles, Pictures, relative_to
from desktop_ocr.project.rows import (
    HISTORY_COLUMNS,
    LINE_COLUMNS,
    PAGE_COLUMNS,
    Row,
    Stored,
    check,
    history_row,
    line_row,
    page_row,
    sealed,
    text_in,
    with_text,
)

_REMEMBERED = 8
"""Pages whose lines are known by identity: only those of them that changed are packed again."""

_TOGETHER = 500
"""Entries of the history that are written before somebody else may look at a page."""


def _upsert(table: str, columns: str, key: str, differs: str = "") -> str:
    names = columns.split(", ")
    keys = key.split(", ")
    values = ", ".join("?" * len(names))
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
    return (
        f"INSERT INTO {table} ({columns}) VALUES ({values}) "  # noqa: S608 - names of our own
        f"ON CONFLICT ({key}) DO UPDATE SET {changes} {differs}"
    )


_LINES = f"SELECT {LINE_COLUMNS} FROM lines WHERE page = ?"  # noqa: S608
_PUT_LINE = _upsert("lines", LINE_COLUMNS, "page, id", "WHERE lines.digest != excluded.digest")
_PUT_PAGE = _upsert("pages", PAGE_COLUMNS, "id")
_PAGE = f"SELECT {PAGE_COLUMNS} FROM pages WHERE id = ?"  # noqa: S608
_COUNT = "SELECT lines FROM pages WHERE id = ?"
_PUT_META = _upsert("meta", "key, value", "key")
_PUT_SOURCE = _upsert("sources", "page, picture, number", "page")
_PUT_THUMBNAIL = _upsert("thumbnails", "page, data", "page")
_PUT_HISTORY = f"INSERT INTO history ({HISTORY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608


def put_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Store one of the project's own facts."""
    connection.execute(_PUT_META, (key, text_in(value)))


class Storing:
    """Brings changes into one project; used by one thread."""

    def __init__(
        self,
        database: Database,
        pictures: Pictures,
        lazy_lines: Callable[[str], LazyLines | None],
    ) -> None:
        """Begin.

        Args:
            database: The project's.
            pictures: Where new pictures go.
            lazy_lines: Gives the lines that the project handed out for a page.
        """
        self._database = database
        self._embed = pictures is Pictures.EMBEDDED
        self._lazy_lines = lazy_lines
        self._files = PictureFiles()
        self._known: OrderedDict[str, tuple[Line, ...]] = OrderedDict()
        # By identity: what is complete but was not flushed, and so is given again.
        self._in_doubt: dict[int, Change] = {}

    def store(self, changes: Sequence[Change]) -> None:
        """Store changes in their order: all of them, on the disk, or none.

        A change of a page that is not there is passed over.

        Raises:
            DesktopOcrError: If that failed.
        """
        changes = given = list(parts(changes))
        puts = Counter(
            c.page_id
            for c in changes
            if isinstance(c, PutTexts) or (isinstance(c, PutPage) and c.lines is not None)
        )
        history = [
            history_row(entry)
            for change in changes
            if id(change) not in self._in_doubt
            for entry in change.entries
        ]
        changes = _joined(changes)
        rows: dict[int, list[Row]] = {}
        known = dict(self._known)
        for i, change in enumerate(changes):
            match change:
                case PutPage(page_id, lines=(tuple() as lines)):
                    rows[i] = _line_rows(page_id, lines, known.get(page_id, ()))
                    known[page_id] = lines
                case PutTexts(page_id):
                    rows[i] = self._text_rows(change)
                    known.pop(page_id, None)
        files = {i: self._file(c) for i, c in enumerate(changes) if isinstance(c, PutPicture)}
        with self._database.changing() as connection:
            for i, change in enumerate(changes):
                with self._database.reading():  # the rows of one page belong together
                    match change:
                        case PutPage():
                            _put_page(connection, change, rows.get(i, ()))
                        case PutTexts():
                            connection.executemany(_PUT_LINE, rows[i])
                        case PutPicture():
                            self._put_picture(connection, change, files[i])
                        case _:
                            _put_other(connection, change)
            for first in range(0, len(history), _TOGETHER):
                connection.executemany(_PUT_HISTORY, history[first : first + _TOGETHER])
        self._in_doubt |= {id(change): change for change in given}
        self._database.flush()
        self._in_doubt.clear()
        for change in changes:
            match change:
                case PutPage(page_id, lines=(tuple() as lines)):
                    self._remember(page_id, lines, puts.pop(page_id, 0))
                case PutTexts(page_id, texts):
                    self._known.pop(page_id, None)
                    lazy = self._lazy_lines(page_id)
                    if lazy is not None:
                        lazy.mark_texts_stored(texts, puts.pop(page_id, 0), store=self._database)

    def _text_rows(self, change: PutTexts) -> list[Row]:
        """Return the stored rows of lines with their new texts."""
        texts = {text_in(text.id): text for text in change.texts}
        with self._database.reading() as connection:
            found = connection.execute(_LINES, (text_in(change.page_id),)).fetchall()
            rows = [row for row in found if row[1] in texts]
            for row in rows:
                check(row)
        return [with_text(row, texts[row[1]]) for row in rows]

    def _remember(self, page_id: str, lines: tuple[Line, ...], times: int) -> None:
        self._known[page_id] = lines
        self._known.move_to_end(page_id)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        lazy = self._lazy_lines(page_id)
        if lazy is not None:
            lazy.mark_stored(lines, times, store=self._database)

    def _file(self, change: PutPicture) -> PictureFile | None:
        if change.data is not None:
            return PictureFile.of(change.data)
        return self._files.look(change.path, embed=self._embed) if change.path else None

    def _put_picture(
        self, connection: sqlite3.Connection, change: PutPicture, file: PictureFile | None
    ) -> None:
        page = text_in(change.page_id)
        if not connection.execute("SELECT 1 FROM pages WHERE id = ?", (page,)).fetchone():
            return
        if file is not None:
            picture = self._picture(connection, change.path, file)
            connection.execute(_PUT_SOURCE, (page, picture, change.page))
        if change.thumbnail is not None:
            connection.execute(_PUT_THUMBNAIL, (page, change.thumbnail))

    def _picture(self, connection: sqlite3.Connection, path: Path | None, file: PictureFile) -> int:
        """Return the row of a file, which all of its pages share."""
        where: Stored = None
        relative: Stored = None
        if path is not None:
            where = text_in(str(path.absolute()))
            beside = relative_to(path.absolute(), self._database.path.absolute())
            relative = None if beside is None else text_in(beside)
        if file.sha256 is None:
            query = "SELECT id FROM pictures WHERE sha256 IS NULL AND path = ?"
            found = connection.execute(query, (where,)).fetchone()
        else:
            query = "SELECT id FROM pictures WHERE sha256 = ?"
            found = connection.execute(query, (file.sha256,)).fetchone()
        if found is None:
            cursor = connection.execute(
                "INSERT INTO pictures (sha256, path, relative, size, data) VALUES (?, ?, ?, ?, ?)",
                (file.sha256, where, relative, file.size, file.data),
            )
            return int(cursor.lastrowid or 0)
        connection.execute(
            "UPDATE pictures SET path = coalesce(?, path), relative = coalesce(?, relative), "
            "data = coalesce(data, ?) WHERE id = ?",
            (where, relative, file.data, found[0]),
        )
        return int(found[0])


def _joined(changes: Sequence[Change]) -> list[Change]:
    """Return the changes with those left out that a later one of the same page replaces."""
    result: list[Change] = []
    place: dict[str, int] = {}
    for change in changes:
        if isinstance(change, RemovePage | SetOrder):
            place.clear()  # what comes after it stays after it
        elif isinstance(change, PutPage):
            at = place.get(change.page_id)
            if at is not None:
                earlier = result[at]
                assert isinstance(earlier, PutPage)
                lines = earlier.lines if change.lines is None else change.lines
                result[at] = replace(change, lines=lines)
                continue
            place[change.page_id] = len(result)
        elif isinstance(change, PutTexts):
            at = place.get(change.page_id)
            page = None if at is None else result[at]
            if at is not None and isinstance(page, PutPage) and page.lines is not None:
                # These lines are not stored yet, so that nothing could be changed there.
                texts = {text.id: text for text in change.texts}
                lines = tuple(texts[i.id].put_into(i) if i.id in texts else i for i in page.lines)
                result[at] = replace(page, lines=lines)
                continue
            place.pop(change.page_id, None)  # what comes after it stays after it
        result.append(change)
    return result


def _line_rows(page_id: str, lines: Sequence[Line], known: Sequence[Line]) -> list[Row]:
    """Return the row of each line that may differ from those that are known to be stored."""
    return [
        line_row(page_id, i, line)
        for i, line in enumerate(lines)
        if not (i < len(known) and known[i] is line)
    ]


def _put_page(connection: sqlite3.Connection, change: PutPage, rows: Iterable[Row]) -> None:
    page = text_in(change.page_id)
    if change.lines is None:
        (count,) = connection.execute(_COUNT, (page,)).fetchone() or (0,)
        connection.execute(_PUT_PAGE, page_row(change, count))
        return
    connection.execute(_PUT_PAGE, page_row(change, len(change.lines)))
    kept = {text_in(line.id) for line in change.lines}
    stored = connection.execute("SELECT id FROM lines WHERE page = ?", (page,)).fetchall()
    gone = [(page, line_id) for (line_id,) in stored if line_id not in kept]
    connection.executemany("DELETE FROM lines WHERE page = ? AND id = ?", gone)
    connection.executemany(_PUT_LINE, rows)


def _put_other(connection: sqlite3.Connection, change: Change) -> None:
    match change:
        case RemovePage(page_id):
            _change_page(connection, page_id, removed=1)
        case SetOrder(page_ids):
            for i, page_id in enumerate(page_ids):
                _change_page(connection, page_id, position=i)
        case SetDraft(page_id, line_id):
            put_meta(connection, "draft", json.dumps([page_id, line_id]) if page_id else "")
        case SetOptions(options):
            put_meta(connection, "options", json.dumps(dict(options), ensure_ascii=False))
        case SetTitle(title):
            put_meta(connection, "title", title)
        case AddHistory():
            pass


def _change_page(connection: sqlite3.Connection, page_id: str, **columns: int) -> None:
    """Change some columns of a page, and its digest with them; nothing where there is none."""
    row = connection.execute(_PAGE, (text_in(page_id),)).fetchone()
    if row is not None:
        values = dict(zip(PAGE_COLUMNS.split(", "), row, strict=True))
        if any(values[name] != value for name, value in columns.items()):
            connection.execute(_PUT_PAGE, sealed(tuple((values | columns).values())[:-1]))
