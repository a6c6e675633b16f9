"""A document as a file: DOCX, JSON, plain text, tab-separated rows (see docs/formats.md)."""

from desktop_ocr.export.atomic import check_target
from desktop_ocr.export.export import ExportFormat, export_document
from desktop_ocr.export.json_file import json_chunks, load_json
from desktop_ocr.export.text import page_text, render_text, tsv_rows, utf8
from desktop_ocr.export.word_text import Language

__all__ = [
    "ExportFormat",
    "Language",
    "check_target",
    "export_document",
    "json_chunks",
    "load_json",
    "page_text",
    "render_text",
    "tsv_rows",
    "utf8",
]
