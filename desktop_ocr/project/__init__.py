"""The project file (.docr): pages, lines, history and pictures in one SQLite file."""

from desktop_ocr.project.changes import (
    AddHistory,
    Change,
    HistoryEntry,
    PageFields,
    PutPage,
    PutPicture,
    PutTexts,
    RemovePage,
    SetDraft,
    SetOptions,
    SetOrder,
    SetTitle,
    Together,
)
from desktop_ocr.project.facts import PageFacts
from desktop_ocr.project.files import put_in_place
from desktop_ocr.project.pictures import Pictures, StoredPicture
from desktop_ocr.project.project import Draft, Project
from desktop_ocr.project.salvage import Salvage, salvage
from desktop_ocr.project.writer import Writer

SUFFIX = ".docr"
"""Of a project's file name."""

__all__ = [
    "SUFFIX",
    "AddHistory",
    "Change",
    "Draft",
    "HistoryEntry",
    "PageFacts",
    "PageFields",
    "Pictures",
    "Project",
    "PutPage",
    "PutPicture",
    "PutTexts",
    "RemovePage",
    "Salvage",
    "SetDraft",
    "SetOptions",
    "SetOrder",
    "SetTitle",
    "StoredPicture",
    "Together",
    "Writer",
    "put_in_place",
    "salvage",
]
