"""Something that did not work, for the message bar."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_ocr.errors import DesktopOcrError


@dataclass(frozen=True, slots=True)
class Failure:
    """What did not work, and on what.

    Attributes:
        subject: The file or page as the person knows it.
        error: What happened.
        path: The file that could not be opened; None where a page could not be read.
        page: Number of the page in the file, from 1.
        page_id: The page that could not be read; "" for a file.
    """

    subject: str
    error: DesktopOcrError
    path: Path | None = None
    page: int = 1
    page_id: str = ""
