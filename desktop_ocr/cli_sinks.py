"""Where the command line's pages go: standard output, one file, or a folder."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_ocr.cli_reading import ReadPage
    from desktop_ocr.document.model import Page
    from desktop_ocr.export import ExportFormat


class Sink(ABC):
    """Takes pages in order."""

    wants_small = False
    """Whether small copies of the pages are of use."""

    @abstractmethod
    def take(self, read: ReadPage) -> bool:
        """Take the next page if it is of use, and say whether it is."""

    def end_of_file(self) -> None:  # noqa: B027 - only a folder does anything here
        """Note that the last page of an input has been given.

        Raises:
            OutputError: Its result could not be written.
        """

    def close(self) -> None:  # noqa: B027 - standard output as text needs no end
        """Note that all pages have been given.

        Raises:
            OutputError: The result could not be written.
        """

    def abandon(self) -> None:  # noqa: B027 - most hold nothing open
        """Note that reading ended before all pages were given."""


class TextSink(Sink):
    """Takes pages that were read."""

    def take(self, read: ReadPage) -> bool:
        if read.page is None or not read.is_read:
            return False
        self.page(read.page)
        return True

    @abstractmethod
    def page(self, page: Page) -> None:
        """Take the next page."""


class Screen(TextSink):
    """Standard output, page by page, so that the first one is seen while the next is read."""

    def __init__(self, format: ExportFormat, *, single_line: bool, names: bool) -> None:
        """Begin.

        Args:
            format: TXT, JSON or TSV.
            single_line: All text of a page goes into one row (TSV).
            names: Announce each file (TXT).
        """
        self._format = format
        self._single_line = single_line
        self._names = names
        self._pages = 0
        self._file = ""

    def page(self, page: Page) -> None:
        from desktop_ocr.engine.extract import extract
        from desktop_ocr.export import ExportFormat, json_chunks, page_text, tsv_rows

        match self._format:
            case ExportFormat.JSON:
                # Head, page and end of a document: head and end are written once.
                head, entry, _end = json_chunks("", [page], extract)
                write("," if self._pages else head, "backslashreplace")
                write(entry, "backslashreplace")
            case ExportFormat.TSV:
                for row in tsv_rows(one_row(page) if self._single_line else page):
                    write(row)
            case _:
                if self._pages:
                    write("\n")
                if self._names and page.file != self._file:
                    write(f"==> {page.file} <==\n")
                    self._file = page.file
                write(page_text(page))
        self._pages += 1
        sys.stdout.flush()

    def close(self) -> None:
        from desktop_ocr.export import ExportFormat, json_chunks

        if self._format is ExportFormat.JSON:
            head, end = json_chunks("", [])
            write(end if self._pages else head + end)


class File(TextSink):
    """One file for all pages; where none could be read, none is written."""

    def __init__(
        self, target: Path, format: ExportFormat, *, overwrite: bool, single_line: bool
    ) -> None:
        """Begin.

        Args:
            target: The file (in :class:`Folder` the folder).
            format: What to write.
            overwrite: Replace what stands there.
            single_line: All text of a page becomes one line.
        """
        self._target = target
        self._format = format
        self._overwrite = overwrite
        self._single_line = single_line
        self._pages: list[Page] = []

    def page(self, page: Page) -> None:
        self._pages.append(one_row(page) if self._single_line else page)

    def close(self) -> None:
        if self._pages:
            self._export(self._target)

    def _export(self, path: Path) -> None:
        from desktop_ocr.document.model import Document
        from desktop_ocr.engine.extract import extract
        from desktop_ocr.export import export_document

        document = Document(self._pages)
        self._pages = []
        export_document(document, path, self._format, overwrite=self._overwrite, fields_of=extract)


class Folder(File):
    """A folder that gets one file for each input, named after it."""

    def __init__(
        self, target: Path, format: ExportFormat, *, overwrite: bool, single_line: bool
    ) -> None:
        super().__init__(target, format, overwrite=overwrite, single_line=single_line)
        self._names = Names(format.value)

    def end_of_file(self) -> None:
        self._export(self._target / self._names.free(Path(self._pages[0].file).stem))


class Names:
    """File names of one run."""

    def __init__(self, suffix: str) -> None:
        """Begin.

        Args:
            suffix: Of all of them, without a dot.
        """
        self._suffix = suffix
        self._taken: set[str] = set()

    def free(self, stem: str) -> str:
        """Return a name that no other input of this run got, whatever its case."""
        name, number = f"{stem}.{self._suffix}", 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem} ({number}).{self._suffix}"
        self._taken.add(name.casefold())
        return name


def one_row(page: Page) -> Page:
    """Return the page with all its text in one line, which may be empty."""
    from desktop_ocr.document.geometry import Quad
    from desktop_ocr.document.model import Line, new_id

    if len(page.lines) == 1:
        return page
    text = " ".join(line.text for line in page.lines)
    line = Line(new_id(), Quad.from_box(0, 0, page.width, page.height), text, text)
    return replace(page, lines=[line])


def write(text: str, errors: str = "") -> None:
    """Write to standard output as UTF-8 with line feeds alone, whatever the system's custom."""
    from desktop_ocr.export import utf8

    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", errors) if errors else utf8(text))
