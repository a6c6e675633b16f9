"""The command line: the same functions as the window, without Qt."""

from __future__ import annotations

import argparse
import glob
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_ocr import __version__, cli_models, cli_projects
from desktop_ocr import cli_sinks as sinks
from desktop_ocr.cli_light import HELP as LIGHT_HELP
from desktop_ocr.cli_light import light_choices
from desktop_ocr.cli_reading import Source, Stats, read_pages, read_single_lines, report
from desktop_ocr.errors import (
    DesktopOcrError,
    FileInUseError,
    InputError,
    OutputExistsError,
    OutputFolderError,
    ProjectLockedError,
)

if TYPE_CHECKING:
    from desktop_ocr.engine.events import ReadOptions
    from desktop_ocr.engine.pipeline import Engine

WORDS = (
    cli_models.WORDS | cli_projects.WORDS | {"recognize", "evaluate", "--help", "-h", "--version"}
)
"""First arguments that are for the command line; anything else is files for the window."""

_INTERRUPTED = 130
_FORMATS = ("txt", "json", "docx", "tsv", "csv", "docr")


def main(argv: Sequence[str]) -> int:
    """Run one command.

    Args:
        argv: Arguments, the command first.

    Returns:
        The exit status: 0 all done; 1 a file could not be read, the others were; 2 wrong usage;
        3 the model or the engine failed; 4 the result could not be written; 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        # Names of files and texts are Chinese, whatever the console's code page is.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except DesktopOcrError as error:
        report(error)
        return error.exit_code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # the reader of our output has seen enough, as head does
        # Python flushes standard output once more at exit and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


# --- recognize ------------------------------------------------------------------------------


def _recognize(arguments: argparse.Namespace) -> int:
    began = time.perf_counter()
    format, sources = _format(arguments), _sources(arguments.paths)
    if not sources:
        raise InputError(arguments.paths[0], "There is no picture or PDF in this folder.")
    sink = _sink(arguments, format, sources)
    engine, options = _engine(arguments)
    for problem in engine.knowledge.problems(lexicon=options.language, rules=options.rules):
        report(problem)
    if format in ("json", "csv"):
        from desktop_ocr.engine.extract import definitions

        for problem in definitions().problems:
            report(problem)
    stats = Stats(began)
    failed = False
    way = read_single_lines if options.single_line else read_pages
    pages = way(sources, engine, options, stats, small=sink.wants_small)
    try:
        # Pages of one file follow one another.
        for _, of_file in groupby(pages, key=lambda read: read.source):
            taken = 0
            for read in of_file:
                failed |= not read.is_read
                taken += sink.take(read)
            if not taken:
                continue
            try:
                sink.end_of_file()
            except (OutputExistsError, FileInUseError, ProjectLockedError) as error:
                report(error)  # concerns this one alone
                failed = True
    except BaseException:
        sink.abandon()
        raise
    sink.close()
    if arguments.stats:
        stats.print()
    return 1 if failed else 0


def _engine(arguments: argparse.Namespace) -> tuple[Engine, ReadOptions]:
    from desktop_ocr.engine.events import ReadOptions, SegmenterKind
    from desktop_ocr.engine.pipeline import Engine

    cache = None
    if arguments.cache:
        from desktop_ocr.engine.cache import ReadingCache

        cache = ReadingCache()
    engine = Engine(model_dir=_model(arguments), threads=arguments.threads, cache=cache)
    engine.model_id  # noqa: B018 - loads the model: a broken one is reported before all files
    options = ReadOptions(
        segmenter=SegmenterKind(arguments.segmenter),
        single_line=arguments.single_line,
        language=arguments.language,
        second=arguments.second_reader,
        rules=arguments.rules,
    )
    if arguments.light is not None:
        if options.single_line:
            arguments.parser.error("--light prepares pages; with --single-line there is none.")
        options = replace(options, light=arguments.light)
    return engine, options


def _model(arguments: argparse.Namespace) -> Path | None:
    from desktop_ocr.engine.recognize.model_files import find_model

    return find_model(arguments.model) if arguments.model else None


def _format(arguments: argparse.Namespace) -> str:
    if arguments.format:
        return str(arguments.format)
    suffix = arguments.output.suffix.lower().removeprefix(".") if arguments.output else ""
    return suffix if suffix in _FORMATS else "txt"


def _sources(arguments: Sequence[str]) -> list[Source]:
    """List the files; each keeps the name by which the person gave it."""
    from desktop_ocr.engine.load import find_files

    found: dict[Path, str] = {}
    for argument in arguments:
        names = [argument]
        # The console of Windows leaves patterns to the program.
        if any(sign in argument for sign in "*?") and not os.path.lexists(argument):
            names = sorted(glob.glob(argument)) or names  # noqa: PTH207 - keeps the way it was given
        for name in names:
            for path in find_files([Path(name)]):
                found.setdefault(path, name if path == Path(name) else str(path))
    return [Source(path, name) for path, name in found.items()]


def _sink(arguments: argparse.Namespace, format: str, sources: Sequence[Source]) -> sinks.Sink:
    """Choose where pages go, and refuse now what could not be written after an hour of reading."""
    from desktop_ocr.export import ExportFormat, check_target

    single_line = arguments.single_line
    target: Path | None = arguments.output
    several = len(sources) > 1
    if target is None:
        if format in ("docx", "csv", "docr"):
            arguments.parser.error(f"--format {format} needs --output FILE_OR_FOLDER")
        return sinks.Screen(ExportFormat(format), single_line=single_line, names=several)
    folder = target.is_dir() or arguments.output_is_folder or (several and not target.suffix)
    if folder:
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputFolderError(target) from error
        check_target(target / "x", overwrite=True)
    else:
        check_target(target, overwrite=arguments.overwrite)
    if format == "docr":
        return cli_projects.ProjectSink(target, folder=folder, arguments=arguments)
    kind = sinks.Folder if folder else sinks.File
    return kind(
        target, ExportFormat(format), overwrite=arguments.overwrite, single_line=single_line
    )


# --- evaluate -------------------------------------------------------------------------------


def _evaluate(arguments: argparse.Namespace) -> int:
    from desktop_ocr.engine.correct.knowledge import Knowledge
    from desktop_ocr.engine.recognize.judge import Aids
    from desktop_ocr.engine.recognize.reader import Recognizer
    from desktop_ocr.training import evaluate, measure

    knowledge = Knowledge()
    for problem in knowledge.problems(lexicon=arguments.language, rules=False):
        report(problem)
    recognizer = Recognizer(_model(arguments), threads=arguments.threads, lexicon=knowledge.lexicon)
    found = evaluate.evaluate(
        arguments.labels,
        recognizer,
        Aids(arguments.language, arguments.second_reader),
        ignore_case=arguments.ignore_case,
    )
    sinks.write(found.table() + "\n")
    if arguments.show:
        labels = evaluate.read_labels(arguments.labels)
        wrong = [
            (label, text)
            for label, text in zip(labels, found.readings, strict=True)
            if measure.score(label.text, text, ignore_case=arguments.ignore_case).edits
        ]
        for label, text in wrong[: arguments.show]:
            sinks.write(f"{label.path}\n   label {label.text}\n   read  {text}\n")
    return 0


# --- arguments and streams ------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="desktop-ocr",
        description="Read scans and photographs of medical pages, offline. Without a command the "
        "window opens, with the files that are given.",
        epilog="desktop-ocr selftest opens the window, reads a sample, edits and exports it, and "
        "ends with status 0 when all of that works.",
    )
    parser.add_argument("--version", action="version", version=f"desktop-ocr {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--model", metavar="NAME_OR_FOLDER",
        help="recogniser to use instead of the built-in one: a name that desktop-ocr models "
        "lists, or a folder",
    )  # fmt: skip
    common.add_argument(
        "--language", action=argparse.BooleanOptionalAction, default=True,
        help="let the language model and the lists of terms choose among what was seen; never in "
        "numbers, units and ids",
    )  # fmt: skip
    common.add_argument(
        "--second-reader", action=argparse.BooleanOptionalAction, default=True,
        help="let a second recogniser look at doubtful lines; it changes confidences, not text",
    )  # fmt: skip
    common.add_argument(
        "--threads", type=_positive, metavar="N", default=os.cpu_count(),
        help="threads for reading (default: one for each core, %(default)s here)",
    )  # fmt: skip

    recognize = commands.add_parser(
        "recognize", parents=[common], help="read pages and print or save their text",
        description="Read pages and print their text, or save it. Folders are walked. A file that "
        "cannot be read is reported on standard error with the reason; the others are read, and "
        "the exit status is 1.",
        epilog="Exit status: 0 all read; 1 a file could not be read; 2 wrong usage; 3 the model is "
        "missing or damaged; 4 the result could not be written; 130 interrupted.",
    )  # fmt: skip
    recognize.add_argument("paths", nargs="+", metavar="PATH", help="pictures, PDFs or folders")
    recognize.add_argument(
        "--single-line", action="store_true", help="take each picture as one line of text"
    )
    recognize.add_argument(
        "--segmenter", choices=("auto", "projection", "detector"), default="auto",
        help="how lines are found: projection for clean scans, detector for photographs "
        "(default: auto)",
    )  # fmt: skip
    recognize.add_argument(
        "--light", type=light_choices, metavar="PRESET|STEP=VALUE,...", help=LIGHT_HELP
    )
    recognize.add_argument(
        "--rules", action=argparse.BooleanOptionalAction, default=True,
        help="let safe rules correct slips of form by themselves, such as the spelling of a unit",
    )  # fmt: skip
    recognize.add_argument(
        "--format", choices=_FORMATS,
        help="txt, json, docx, tsv: one row FILE<tab>TEXT a line, csv: fields and laboratory rows, "
        "or docr: a project to be "
        "reviewed in the window (default: by the suffix of --output, else txt)",
    )  # fmt: skip
    recognize.add_argument(
        "-o", "--output", metavar="FILE_OR_FOLDER",
        help="a file for all pages together, or a folder (existing, or written with a final "
        "slash, or without a suffix when there are several inputs) for one file per input; "
        "default: standard output",
    )  # fmt: skip
    recognize.add_argument(
        "--embed", action="store_true",
        help="keep the pictures inside of the project (docr) instead of where they are",
    )  # fmt: skip
    recognize.add_argument(
        "--overwrite", action="store_true", help="replace files that exist already"
    )
    recognize.add_argument(
        "--cache", action=argparse.BooleanOptionalAction, default=False,
        help="keep readings in the user's folder, so that the same page is known at once the "
        "next time; off, so that no patient's text is left on the disk unasked",
    )  # fmt: skip
    recognize.add_argument(
        "--stats", action="store_true",
        help="print seconds per step and peak memory on standard error",
    )  # fmt: skip
    recognize.set_defaults(run=_prepared_recognize, parser=recognize)

    evaluate = commands.add_parser(
        "evaluate", parents=[common], help="measure the recogniser on labelled lines",
        description="Print character error rate and exact lines by set. Texts are compared after "
        "NFKC normalisation without white space.",
    )  # fmt: skip
    evaluate.add_argument(
        "labels", type=Path, metavar="LABELS.tsv",
        help="columns set, file, text with a header line; files relative to the table's folder",
    )  # fmt: skip
    evaluate.add_argument("--show", type=int, default=0, metavar="N", help="show N wrong lines")
    evaluate.add_argument("--ignore-case", action="store_true", help="take A and a as the same")
    evaluate.set_defaults(run=_evaluate)
    cli_projects.add_commands(commands)
    cli_models.add_commands(commands)
    return parser


def _prepared_recognize(arguments: argparse.Namespace) -> int:
    given: str = arguments.output or ""
    # pathlib drops the final slash by which a person says "folder".
    arguments.output_is_folder = given.endswith(("/", os.sep))
    arguments.output = Path(given) if given else None
    return _recognize(arguments)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number
