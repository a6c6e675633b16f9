"""PDF pages through pypdfium2. PDFium is not thread-safe: call this from one thread only."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import numpy as np

from desktop_ocr.engine.load.page_image import PageImage
from desktop_ocr.errors import DamagedFileError, PasswordError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

PDF_PIXELS = 25_000_000
"""Pages that would have more pixels are drawn at a lower resolution (A3 at 300 dpi has 17.4
million; what lies above is mostly scans whose page size was given in pixels)."""
_ERROR_PASSWORD = 4  # FPDF_ERR_PASSWORD
_POINTS = 72.0


def open_pdf(stream: IO[bytes], path: str) -> PdfDocument:
    """Open a PDF; the caller closes it.

    Raises:
        PasswordError: It asks for a password.
        DamagedFileError: It cannot be read, or has no page.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(stream)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _ERROR_PASSWORD:
            raise PasswordError(path) from error
        raise DamagedFileError(path) from error
    if len(document) == 0:
        document.close()
        raise DamagedFileError(path)
    return document


def decode(document: PdfDocument, page: int, file: str, dpi: int) -> PageImage:
    """Draw one page, filled-in form fields and notes included.

    Args:
        document: From :func:`open_pdf`.
        page: From 1.
        file: The file as the person named it.
        dpi: Dots per inch, lower where the page would exceed :data:`PDF_PIXELS`.

    Raises:
        DamagedFileError: The page cannot be read.
    """
    import pypdfium2

    try:
        if document.formenv is None and document.get_formtype():
            document.init_forms()
        sheet = document[page - 1]
        width, height = sheet.get_size()
        if not (width > 0 and height > 0):
            raise DamagedFileError(file)
        scale = min(dpi / _POINTS, (PDF_PIXELS / (width * height)) ** 0.5)
        bitmap = sheet.render(scale=scale, prefer_bgrx=False, rev_byteorder=False)
        pixels = bitmap.to_numpy()
    except pypdfium2.PdfiumError as error:
        raise DamagedFileError(file) from error
    # The bitmap's memory goes with it, and its rows are padded: copy. Grey becomes three channels.
    bgr = np.empty((*pixels.shape[:2], 3), np.uint8)
    bgr[:] = pixels[..., :3] if pixels.ndim == 3 else pixels[..., None]
    bitmap.close()
    sheet.close()
    return PageImage(bgr, file, page, len(document), scale * _POINTS)
