"""One page of pixels, as every file format is handed to the rest of the program."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.errors import ImageTooLargeError

MAX_PIXELS = 150_000_000
"""The most pixels a page may have: A0 at 350 dpi; 450 MB as BGR."""


@dataclass(frozen=True, slots=True, eq=False)
class PageImage:
    """The pixels of one page, upright, never changed.

    Attributes:
        pixels: uint8 (H, W, 3) BGR, read-only, upright by the file's own orientation mark.
        file: The file as the person named it; shown, never logged.
        page: Number of the page in its file, from 1.
        pages: How many pages the file has.
        dpi: Dots per inch where the file says so (30–2400), else None.
        sha256: Of shape and pixels, hexadecimal.
    """

    pixels: NDArray[np.uint8]
    file: str
    page: int = 1
    pages: int = 1
    dpi: float | None = None
    sha256: str = field(default="")

    def __post_init__(self) -> None:
        pixels = self.pixels
        if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3:
            raise ValueError("pixels are uint8 (H, W, 3) BGR")
        if 0 in pixels.shape:
            raise ValueError("a page has at least one pixel")
        if not 1 <= self.page <= self.pages:
            raise ValueError("pages count from 1")
        pixels.flags.writeable = False
        if not self.sha256:
            object.__setattr__(self, "sha256", digest(pixels))

    @property
    def width(self) -> int:
        """Pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self.pixels.shape[0])


def digest(pixels: NDArray[np.uint8]) -> str:
    """Return the SHA-256 of shape and pixels, hexadecimal."""
    result = hashlib.sha256(repr(pixels.shape).encode())
    result.update(np.ascontiguousarray(pixels).data)
    return result.hexdigest()


def from_array(pixels: NDArray[np.uint8], name: str) -> PageImage:
    """Make a page of pixels that did not come from a file, for example from the clipboard.

    Args:
        pixels: uint8 (H, W) grey, (H, W, 3) BGR or (H, W, 4) BGRA; alpha is laid on white.
            Copied.
        name: What the page is called.

    Raises:
        ImageTooLargeError: More pixels than :data:`MAX_PIXELS`.
        ValueError: Another shape or type.
    """
    if pixels.dtype != np.uint8 or pixels.ndim not in (2, 3) or 0 in pixels.shape:
        raise ValueError("pixels are uint8 (H, W), (H, W, 3) or (H, W, 4)")
    check_size(name, pixels.shape[1], pixels.shape[0])
    if pixels.ndim == 2:
        bgr = np.repeat(pixels[..., None], 3, axis=2)
    elif pixels.shape[2] == 4:
        alpha = pixels[..., 3:].astype(np.uint16)
        colour = pixels[..., :3].astype(np.uint16)
        bgr = ((colour * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)
    elif pixels.shape[2] == 3:
        bgr = np.array(pixels, order="C", copy=True)
    else:
        raise ValueError("pixels have one, three or four channels")
    return PageImage(bgr, name)


def check_size(path: str, width: int, height: int) -> None:
    """Refuse a page before its pixels are decoded.

    Raises:
        ImageTooLargeError: More pixels than :data:`MAX_PIXELS`.
    """
    if width * height > MAX_PIXELS:
        raise ImageTooLargeError(path, width, height, MAX_PIXELS)
