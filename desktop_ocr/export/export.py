"""The one door through which a document becomes a file."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from desktop_ocr.document.model import Document
from desktop_ocr.export.atomic import check_target, write_atomically
from desktop_ocr.export.fields_file import FieldsOf, field_rows, no_fields
from desktop_ocr.export.json_file import json_chunks
from desktop_ocr.export.text import render_text, tsv_rows, utf8
from desktop_ocr.export.word import word_bytes
from desktop_ocr.export.word_text import Language


class ExportFormat(StrEnum):
    """The kinds of file that can be written; each value is also the file's suffix."""

    DOCX = "docx"
    JSON = "json"
    TXT = "txt"
    TSV = "tsv"
    CSV = "csv"


def export_document(
    document: Document,
    path: Path,
    format: ExportFormat,
    *,
    overwrite: bool = False,
    doubt: float = 0.8,
    language: Language = Language.CHINESE,
    reviews: bool = True,
    fields_of: FieldsOf = no_fields,
) -> None:
    """Write a document to a file: either all of it or nothing.

    Args:
        document: What to write.
        path: The file; nothing is added to its name.
        format: What kind of file.
        overwrite: Replace a file that stands there already.
        doubt: Characters that no person has reviewed are marked in a DOCX where their confidence
            (0–1) is below this.
        language: Of the notes that the program adds to a DOCX.
        reviews: Tell at the end of a DOCX who reviewed what and when. JSON always holds that;
            TXT and TSV are the text alone.
        fields_of: Finds the fields of a page, which JSON and CSV hold.

    Raises:
        OutputExistsError: If the file exists and ``overwrite`` is False.
        OutputFolderError: If the folder is missing or may not be written to.
        DiskFullError: If there is no room; nothing is left behind.
        FileInUseError: If another program holds the file open.
        OutputError: If the file cannot be written for another reason.
    """
    check_target(path, overwrite=overwrite)  # before a long document is rendered
    chunks = _chunks(document, format, doubt, language, fields_of, reviews=reviews)
    write_atomically(path, chunks, overwrite=overwrite)


def _chunks(
    document: Document,
    format: ExportFormat,
    doubt: float,
    language: Language,
    fields_of: FieldsOf,
    *,
    reviews: bool,
) -> Iterator[bytes]:
    match format:
        case ExportFormat.DOCX:
            yield word_bytes(document, doubt=doubt, language=language, reviews=reviews)
        case ExportFormat.JSON:
            for chunk in json_chunks(document.title, document.pages, fields_of):
                # A lone surrogate (from a file name that is no UTF-8) becomes JSON's own escape.
                yield chunk.encode("utf-8", "backslashreplace")
        case ExportFormat.TXT:
            yield utf8(render_text(document))
        case ExportFormat.TSV:
            for page in document.pages:
                for row in tsv_rows(page):
                    yield utf8(row)
        case ExportFormat.CSV:
            for row in field_rows(document.pages, fields_of):
                yield utf8(row)
