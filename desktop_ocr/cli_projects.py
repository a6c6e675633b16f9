"""Projects on the command line: pages read overnight for a review next morning, and exports."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_ocr import cli_sinks as sinks
from desktop_ocr.errors import FileInUseError, OutputExistsError, ProjectLockedError

if TYPE_CHECKING:
    from desktop_ocr.cli_reading import ReadPage
    from desktop_ocr.errors import DesktopOcrError
    from desktop_ocr.project import Project

WORDS = frozenset({"export"})
"""First arguments that are for these commands."""

_FORMATS = ("txt", "json", "docx", "tsv", "csv")


class ProjectSink(sinks.Sink):
    """Projects: each page is on the disk before the next one is read.

    A page that could not be read is there too, marked as failed, so that whoever reviews the
    project does not miss it.
    """

    wants_small = True

    def __init__(self, target: Path, *, folder: bool, arguments: argparse.Namespace) -> None:
        """Begin.

        Args:
            target: The project, or the folder of projects.
            folder: One project for each input instead of one for all.
            arguments: Of the command.
        """
        self._target = target
        self._names = sinks.Names("docr") if folder else None
        self._arguments = arguments
        self._project: Project | None = None
        self._refused: DesktopOcrError | None = None
        self._pages = 0

    def take(self, read: ReadPage) -> bool:
        from desktop_ocr.project import PageFields, PutPage, PutPicture

        if read.page is None:
            return False
        page = sinks.one_row(read.page) if self._arguments.single_line else read.page
        page = replace(page, file=Path(page.file).name)  # as the window names it
        project = self._open(read)
        if project is not None:
            state = "failed" if read.problem else "done"
            fields, lines = PageFields.of(page), tuple(page.lines)
            put = PutPage(page.id, self._pages, fields, lines, state, read.problem)
            picture = PutPicture(page.id, read.source.path, page=page.page, thumbnail=read.small)
            project.store([put, picture])
            self._pages += 1
        return True

    def _open(self, read: ReadPage) -> Project | None:
        from desktop_ocr.project import Pictures, Project, SetOptions

        if self._project is None and self._refused is None:
            path = self._target
            if self._names is not None:
                path = path / self._names.free(read.source.path.stem)
            given = self._arguments
            pictures = Pictures.EMBEDDED if given.embed else Pictures.REFERENCED
            try:
                self._project = Project.create(path, pictures=pictures, overwrite=given.overwrite)
            except (OutputExistsError, FileInUseError, ProjectLockedError) as error:
                self._refused = error
                return None
            reading = {
                "segmenter": given.segmenter,
                "single_line": given.single_line,
                "language": given.language,
                "second": given.second_reader,
                "rules": given.rules,
            }
            self._project.store([SetOptions({"reading": reading})])
        return self._project

    def end_of_file(self) -> None:
        if self._names is not None:
            self.close()

    def close(self) -> None:
        self.abandon()
        refused, self._refused = self._refused, None
        if refused is not None:
            raise refused

    def abandon(self) -> None:
        if self._project is not None:
            self._project.close()
        self._project = None
        self._pages = 0


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the commands to the command line."""
    export = commands.add_parser(
        "export", help="export a project as it stands",
        description="Print or save the text of a project (.docr) with all that was corrected. The "
        "project itself is not changed; the window must not have it open.",
        epilog="Exit status: 0 exported; 1 the project cannot be opened; 2 it is none, or of a "
        "newer version; 4 the result cannot be written.",
    )  # fmt: skip
    export.add_argument("project", type=Path, metavar="PROJECT.docr")
    export.add_argument(
        "--format", choices=_FORMATS,
        help="txt, json, docx, tsv or csv (default: by the suffix of --output, else txt)",
    )  # fmt: skip
    export.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="a file; default: standard output"
    )
    export.add_argument(
        "--overwrite", action="store_true", help="replace a file that exists already"
    )
    export.set_defaults(run=_export, parser=export)


def _export(arguments: argparse.Namespace) -> int:
    from desktop_ocr.engine.extract import extract
    from desktop_ocr.export import ExportFormat, export_document
    from desktop_ocr.project import Project

    target: Path | None = arguments.output
    suffix = target.suffix.lower().removeprefix(".") if target else ""
    format = ExportFormat(arguments.format or (suffix if suffix in _FORMATS else "txt"))
    if target is None and format in (ExportFormat.DOCX, ExportFormat.CSV):
        arguments.parser.error(f"--format {format.value} needs --output FILE")
    with closing(Project.open(arguments.project, read_only=True)) as project:
        document = project.document()
        if target is not None:
            export_document(
                document, target, format, overwrite=arguments.overwrite, fields_of=extract
            )
            return 0
        screen = sinks.Screen(format, single_line=False, names=False)
        for page in document.pages:
            screen.page(page)
        screen.close()
    return 0
