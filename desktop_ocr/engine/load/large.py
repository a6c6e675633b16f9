"""Large photographs (JPEG) without Pillow's own copy, which takes four bytes a pixel.

OpenCV decodes to the three bytes that a page has; with the same library, so to the same pixels. It
would hand out a half grey page where a file is cut off: Pillow looks through the file before, at an
eighth of its size, which takes no memory to speak of.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image

LEAST = 20_000_000
"""Pixels from which a picture is large: below, both copies are small beside the program."""
_FORMATS, _MODES = ("JPEG", "MPO"), ("L", "RGB")
_ORIENTATION = 0x0112  # Exif


def decoded(image: Image.Image) -> NDArray[np.uint8] | None:
    """Decode a large picture.

    Args:
        image: Opened, not decoded.

    Returns:
        uint8 (H, W, 3) BGR, upright by the file's orientation mark; None for a small picture and
        for kinds of pixel that want Pillow.

    Raises:
        OSError, SyntaxError, ValueError: From Pillow, for a damaged file.
    """
    import cv2
    from PIL import Image as Pillow

    stream = getattr(image, "fp", None)
    if image.width * image.height < LEAST or image.format not in _FORMATS or stream is None:
        return None
    if image.mode not in _MODES:
        return None
    stream.seek(0)
    data = stream.read()
    with Pillow.open(io.BytesIO(data), formats=("JPEG",)) as small:
        small.draft(image.mode, (image.width // 8, image.height // 8))
        small.load()
    found = cv2.imdecode(
        np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    )
    stream.seek(0)
    if found is None or found.shape[:2] != (image.height, image.width):
        return None
    return _upright(np.asarray(found, np.uint8), image.getexif().get(_ORIENTATION, 1))


def _upright(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Undo Exif's eight orientations."""
    if orientation in (5, 6, 7, 8):
        pixels = np.swapaxes(pixels, 0, 1)
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(pixels)
