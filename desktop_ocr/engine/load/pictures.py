"""PNG, JPEG, BMP, WebP and TIFF through Pillow; every kind of pixel becomes BGR.

Pillow reads from an open stream, so names with any characters work on every system, and its
decoders raise where a file is cut off (OpenCV would hand out a half grey page instead). Large ones
are decoded in :mod:`desktop_ocr.engine.load.large`.
"""

from __future__ import annotations

import contextlib
import math
import threading
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.engine.load import large
from desktop_ocr.engine.load.page_image import PageImage, check_size

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("PNG", "JPEG", "BMP", "DIB", "WEBP", "TIFF")
_STRIP = 500_000
"""Pixels converted at once: whole pages are never held in a second pixel format, and Pillow never
holds the interpreter's lock for long."""
_TIFF_PHOTOMETRIC, _TIFF_WHITE_IS_ZERO = 262, 0
_SQUARE = 1.15
"""Ratio of the resolutions across and down from which pixels count as not square (fax: 2.08)."""
_pillow_limit = threading.Lock()


class UnreadablePixelsError(Exception):
    """A kind of pixel that Pillow opens but that no conversion is known for."""


@contextlib.contextmanager
def opened(stream: IO[bytes]) -> Iterator[Image.Image]:
    """Open a picture without decoding it, whatever its size: the caller checks the size.

    Pillow's own limit is a global that warns at 89 megapixels and refuses at 179 without saying
    the size, so it is lifted while a header is read.
    """
    # Imported by name: `formats` only knows plugins that are loaded, and loading all is slow.
    from PIL import (  # noqa: F401
        BmpImagePlugin,
        Image,
        JpegImagePlugin,
        PngImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    with _pillow_limit:
        before, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            with Image.open(stream, formats=FORMATS) as image:
                yield image
        finally:
            Image.MAX_IMAGE_PIXELS = before


def count(image: Image.Image) -> int:
    """Return how many pages a picture has: only a TIFF has several.

    (A PNG or WebP with several frames is an animation; the further pictures of a phone's JPEG
    are previews and depth maps.)
    """
    return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def decode(image: Image.Image, page: int, file: str) -> PageImage:
    """Decode one page.

    Args:
        image: From :func:`opened`.
        page: From 1.
        file: The file as the person named it.

    Raises:
        ImageTooLargeError: More pixels than MAX_PIXELS; seen before anything is decoded.
        UnreadablePixelsError: A kind of pixel that cannot be converted.
        OSError, SyntaxError, ValueError, EOFError: From Pillow, for a damaged file.
    """
    from PIL import ImageOps

    pages = count(image)
    if image.format == "TIFF":
        image.seek(page - 1)
    across, down = _resolution(image)
    width, height = image.size
    stretch_x, stretch_y = 1.0, 1.0
    if across and down and not 1 / _SQUARE < across / down < _SQUARE:
        stretch_x, stretch_y = max(1.0, down / across), max(1.0, across / down)
    check_size(file, round(width * stretch_x), round(height * stretch_y))

    pixels = large.decoded(image)
    if pixels is None:
        ImageOps.exif_transpose(image, in_place=True)
        pixels = to_bgr(image)
    if pixels.shape[:2] != (height, width):  # turned by a quarter
        across, down, stretch_x, stretch_y = down, across, stretch_y, stretch_x
    if stretch_x != 1.0 or stretch_y != 1.0:  # a fax: letters would be squashed to half height
        import cv2

        size = (round(pixels.shape[1] * stretch_x), round(pixels.shape[0] * stretch_y))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    dpi = max(across, down) if across and down else None
    return PageImage(pixels, file, page, pages, dpi)


def to_bgr(image: Image.Image) -> NDArray[np.uint8]:
    """Convert any kind of pixel to uint8 (H, W, 3) BGR; alpha is laid on white.

    16-bit and floating grey is scaled to 8 bits by :func:`_grey_range`. Colour profiles are not
    applied: nothing in reading depends on exact colours.

    Raises:
        UnreadablePixelsError: A kind of pixel that cannot be converted.
    """
    image.load()
    width, height = image.size
    low, high = _grey_range(image) if _is_deep(image.mode) else (0.0, 255.0)
    result = np.empty((height, width, 3), np.uint8)
    rows = max(1, _STRIP // width)
    for top in range(0, height, rows):
        bottom = min(height, top + rows)
        strip = image.crop((0, top, width, bottom))
        if _is_deep(image.mode):
            values = np.asarray(strip, np.float32)
            grey = np.clip((values - low) * (255.0 / (high - low)), 0, 255).astype(np.uint8)
            result[top:bottom] = grey[..., None]
        else:
            result[top:bottom] = _rgb(strip)[..., ::-1]
    return result


def _rgb(strip: Image.Image) -> NDArray[np.uint8]:
    from PIL import Image

    try:
        if strip.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in strip.info:
            over = strip.convert("RGBA")
            white = Image.new("RGBA", strip.size, "white")
            strip = Image.alpha_composite(white, over)
        return np.asarray(strip if strip.mode == "RGB" else strip.convert("RGB"))
    except ValueError as error:  # Pillow: "conversion from LAB to RGB not supported"
        raise UnreadablePixelsError(strip.mode) from error


def _is_deep(mode: str) -> bool:
    return mode in ("I", "F") or mode.startswith("I;16")


def _grey_range(image: Image.Image) -> tuple[float, float]:
    """Return the values that become black and white (exchanged where white is stored as zero).

    Integers count as 12 bits when they stay below 4096 (radiology writes them so), else as
    16 bits; anything beyond, and floats, is stretched from its least to its greatest value.
    """
    low, high = (float(v) for v in image.getextrema())  # type: ignore[arg-type]
    if image.mode != "F" and low >= 0 and high < 1 << 16:
        low, high = 0.0, 4095.0 if 255 < high < 1 << 12 else (255.0 if high < 256 else 65535.0)
    if not math.isfinite(high - low) or high <= low:
        low, high = 0.0, max(high, 1.0) if math.isfinite(high) else 1.0
    tags: Any = getattr(image, "tag_v2", {})
    if tags.get(_TIFF_PHOTOMETRIC) == _TIFF_WHITE_IS_ZERO:
        low, high = high, low
    return low, high


def _resolution(image: Image.Image) -> tuple[float, float]:
    """Return dots per inch across and down, or noughts where the file says nothing believable."""
    try:
        across, down = (float(v) for v in image.info.get("dpi", (0, 0)))
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    if not all(math.isfinite(v) and 30 <= v <= 2400 for v in (across, down)):
        return 0.0, 0.0
    return across, down
