"""Files become pages of pixels: pictures, TIFFs with several pages, PDFs.

What a file is, is decided by its first bytes, never by its suffix. Every failure is one of the
classes of :mod:`desktop_ocr.errors`.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from desktop_ocr.engine.load import pdf, pictures
from desktop_ocr.engine.load.files import SUFFIXES, find_files
from desktop_ocr.engine.load.page_image import MAX_PIXELS, PageImage, from_array
from desktop_ocr.errors import (
    DamagedFileError,
    DesktopOcrError,
    EmptyFileError,
    FileNotReadableError,
    OutOfMemoryError,
    UnsupportedFormatError,
)

__all__ = [
    "MAX_PIXELS",
    "PDF_DPI",
    "SUFFIXES",
    "PageImage",
    "find_files",
    "from_array",
    "load_page",
    "load_pages",
    "page_count",
]

PDF_DPI = 250
_HEAD = 1024
"""Bytes looked at to tell formats apart; a PDF's mark may stand anywhere within them."""
_PICTURES = (
    b"\x89PNG", b"\xff\xd8", b"BM", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+",
)  # fmt: skip


def page_count(path: Path) -> int:
    """Return how many pages a file has; nothing is decoded.

    Raises:
        InputError: One of its subclasses, for a file that cannot be opened.
    """
    with _reading(path) as (stream, is_pdf):
        if is_pdf:
            with contextlib.closing(pdf.open_pdf(stream, str(path))) as document:
                return len(document)
        with pictures.opened(stream) as image:
            return pictures.count(image)


def load_page(
    path: Path, page: int = 1, *, pdf_dpi: int = PDF_DPI, data: bytes | None = None
) -> PageImage:
    """Load one page.

    Args:
        path: The file; its name may hold any characters.
        data: What the file holds, where it lies inside of a project; None reads the file.
        page: From 1.
        pdf_dpi: Resolution at which PDF pages are drawn; lower where a page is very large.

    Raises:
        FileNotReadableError: Missing, a folder, or its rights forbid it.
        EmptyFileError: No bytes.
        UnsupportedFormatError: None of the known formats.
        DamagedFileError: Cut off or broken, or the page does not exist.
        PasswordError: A PDF that asks for a password.
        ImageTooLargeError: More than MAX_PIXELS; nothing has been decoded then.
        OutOfMemoryError: The pixels do not fit into memory.
    """
    with _reading(path, data) as (stream, is_pdf):
        if is_pdf:
            with contextlib.closing(pdf.open_pdf(stream, str(path))) as document:
                if not 1 <= page <= len(document):
                    raise DamagedFileError(path)
                return pdf.decode(document, page, str(path), pdf_dpi)
        with pictures.opened(stream) as image:
            if not 1 <= page <= pictures.count(image):
                raise DamagedFileError(path)
            return pictures.decode(image, page, str(path))


def load_pages(path: Path) -> Iterator[PageImage]:
    """Load the pages of a file one after the other; only the page at hand is decoded.

    Raises:
        InputError: As in :func:`load_page`, when the page in question is reached.
    """
    for page in range(1, page_count(path) + 1):
        yield load_page(path, page)


@contextlib.contextmanager
def _reading(path: Path, data: bytes | None = None) -> Iterator[tuple[IO[bytes], bool]]:
    """Open a file and turn everything that goes wrong while it is read into our errors.

    Yields:
        The stream at its beginning, and whether it is a PDF.
    """
    try:
        stream: IO[bytes] = path.open("rb") if data is None else io.BytesIO(data)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise FileNotReadableError(path) from error
    with stream:
        try:
            head = stream.read(_HEAD)
            stream.seek(0)
        except OSError as error:
            raise FileNotReadableError(path) from error
        if not head:
            raise EmptyFileError(path)
        is_pdf = b"%PDF-" in head
        riff = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
        if not (is_pdf or riff or head.startswith(_PICTURES)):
            raise UnsupportedFormatError(path)
        try:
            yield stream, is_pdf
        except DesktopOcrError:
            raise
        except MemoryError as error:
            raise OutOfMemoryError from error
        except pictures.UnreadablePixelsError as error:
            raise UnsupportedFormatError(path) from error
        except OSError as error:
            # The system's errors (a network drive that went away) have a number, Pillow's not.
            kind = DamagedFileError if error.errno is None else FileNotReadableError
            raise kind(path) from error
        except Exception as error:
            # Decoders meet broken files with nearly any exception: SyntaxError, struct.error,
            # zlib.error, IndexError, KeyError ... None of them is the person's to read.
            raise DamagedFileError(path) from error
