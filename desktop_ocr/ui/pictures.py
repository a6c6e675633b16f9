"""Between numpy arrays and QImages; made for the worker's thread.

The work on big arrays is left to OpenCV, which lets go of the interpreter lock, so that the
window keeps moving meanwhile; Qt's own conversions hold it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from desktop_ocr.errors import PictureDiffersError, PictureMissingError
from desktop_ocr.ui.page_store import THUMBNAIL_SIDE, LoadedPage, PageSource

if TYPE_CHECKING:
    import numpy as np

    from desktop_ocr.engine.load import PageImage


def load_source(source: PageSource) -> PageImage:
    """Decode a page from wherever it is.

    Raises:
        PictureMissingError: If it belongs to a project, and is no longer where it was.
        PictureDiffersError: If another picture lies there.
        InputError: As :func:`desktop_ocr.engine.load.load_page`.
    """
    from desktop_ocr.engine.load import load_page

    if source.stored is None:
        assert source.path is not None
        image = load_page(source.path, source.page)
    else:
        try:
            picture = source.stored()
        except KeyError as error:  # the project has not stored it yet
            raise PictureMissingError(source.name) from error
        path = picture.path or Path(source.name)
        if not picture.found:
            raise PictureMissingError(path)
        image = load_page(path, picture.page, data=picture.data)
    if source.size is not None and (image.width, image.height) != source.size:
        raise PictureDiffersError(source.path or source.name)
    return image


def loaded_page(image: PageImage, source: PageSource) -> LoadedPage:
    """Make a decoded page ready for the window: its thumbnail is drawn here."""
    from desktop_ocr.engine.load.small import encoded, reduced

    small = reduced(image.pixels, THUMBNAIL_SIDE)
    file = None if source.is_kept else encoded(image.pixels, ".png")
    return LoadedPage(image, _to_qimage(small), source, encoded(small, ".jpg"), file)


def _to_qimage(pixels: np.ndarray) -> QImage:
    """Copy uint8 (H, W, 3) BGR into a QImage of format RGB32 that owns its memory."""
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise MemoryError
    target = np.frombuffer(image.bits(), np.uint8).reshape(height, width, 4)
    cv2.cvtColor(pixels, cv2.COLOR_BGR2BGRA, dst=target)
    return image


def to_array(image: QImage) -> np.ndarray:
    """Copy a QImage into uint8 (H, W, 4) BGRA."""
    import numpy as np

    converted = image.convertToFormat(QImage.Format.Format_ARGB32)
    raw = np.frombuffer(converted.constBits(), np.uint8)
    rows = raw.reshape(converted.height(), converted.bytesPerLine() // 4, 4)
    return rows[:, : converted.width()].copy()
