"""A crop becomes the network's input: same steps in training and in reading.

What differs between models is an ``InputForm``; without one it is our own models' form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

HEIGHT = 48
"""Height of our networks' input in pixels."""
STRIDE = 8
"""Input columns for one time step of our networks' output."""
GRID = 32
"""Widths are padded to a multiple of this, so that few sizes occur. A line is only ever computed
beside lines of its own padded width: its reading never depends on its neighbours."""
SHORTEST = 256
"""Least padded width. The network's gates weigh channels by their mean over the whole line, and its
convolutions learnt from lines padded to 320 pixels; a single word without padding is read worse
(hand_en: 20.3 % wrong at its own width, 18.3 % at 256, 18.6 % at 320, for PP-OCRv6)."""
NARROW = 112
"""Lines up to this width are padded to half of that: signs and short numbers of a table, which are
read no worse for it and in half the time (1.93 % wrong at 256, 1.74 % at 128, 6.7 and 5.0 ms a
cell of drawn lab sheets; hand_en 18.0 and 17.7 %)."""
PAD = 127
"""Value of the padding: the middle grey that is nought after scaling to -1..1."""
_NARROWEST, _WIDEST = 8, 16_000
_GREY = np.array([0.1140, 0.5870, 0.2989], np.float32)
"""Weights of blue, green and red in grey, as ModelScope's networks were trained with them."""


@dataclass(frozen=True, slots=True)
class InputForm:
    """What a network wants a line to be; ``input`` in model.json.

    Attributes:
        height: Height in pixels.
        stride: Columns for one time step of the output, a divisor of the grid.
        shortest: Least padded width in pixels, a multiple of the grid.
        narrow: Lines up to this width in pixels are padded to half of ``shortest``; 0 for none.
        trained_width: Widest line the network learnt from, pixels; wider ones are cut into
            windows.
        channels: ``BGR`` (three planes) or ``grey`` (one: 0.2989 R + 0.587 G + 0.114 B).
        scale: Pixels of 0–255 are multiplied by this.
        offset: Added after scaling.
        padding: Value right of the line, after scaling.
    """

    height: int = HEIGHT
    stride: int = STRIDE
    shortest: int = SHORTEST
    trained_width: int = 1600
    channels: str = "BGR"
    scale: float = 2 / 255
    offset: float = -1.0
    padding: float = 0.0
    narrow: int = NARROW

    def __post_init__(self) -> None:
        """Refuse what no line can be brought to.

        Raises:
            ValueError: A size is out of range or the channels are unknown.
        """
        if not (8 <= self.height <= 256 and self.stride >= 1 and GRID % self.stride == 0):
            raise ValueError("height or stride out of range")
        if self.shortest < GRID or self.shortest % GRID or self.shortest > self.limit:
            raise ValueError("shortest width out of range")
        if not (0 <= self.narrow <= self.shortest // 2) or (
            self.narrow and self.shortest // 2 % GRID
        ):
            raise ValueError("narrow width out of range")
        if self.trained_width <= 2 * self.overlap or self.channels not in ("BGR", "grey"):
            raise ValueError("trained width or channels out of range")

    @classmethod
    def from_description(cls, given: Mapping[str, Any]) -> InputForm:
        """Read ``input`` of model.json.

        Raises:
            KeyError: An entry is missing.
            ValueError: An entry is out of range.
        """
        if int(given["width_grid"]) != GRID:
            raise ValueError("another grid of widths")
        return cls(
            int(given["height"]), int(given["stride"]), int(given["least_width"]),
            int(given["trained_width"]), str(given["channels"]), float(given["scale"]),
            float(given["offset"]), float(given.get("padding", 0.0)),
            int(given.get("narrow_width", 0)),
        )  # fmt: skip

    def description(self) -> dict[str, str | int | float]:
        """Return ``input`` of model.json."""
        return {
            "height": self.height, "stride": self.stride, "width_grid": GRID,
            "least_width": self.shortest, "channels": self.channels, "scale": self.scale,
            "offset": self.offset, "padding": self.padding, "trained_width": self.trained_width,
            "narrow_width": self.narrow,
        }  # fmt: skip

    @property
    def planes(self) -> int:
        """Planes of the network's input."""
        return 3 if self.channels == "BGR" else 1

    @property
    def limit(self) -> int:
        """Widest line that is read at once, pixels, on the grid."""
        return self.trained_width // GRID * GRID

    @property
    def overlap(self) -> int:
        """Least overlap of neighbouring windows, pixels: eight full-width characters."""
        return -(-8 * self.height // GRID) * GRID


WARD = InputForm()
"""The form of our own models."""


def scaled_width(height: int, width: int, form: InputForm = WARD) -> int:
    """Return the width of a crop scaled to the input height, at least ``_NARROWEST``."""
    return min(_WIDEST, max(_NARROWEST, -(-width * form.height // height)))


def padded_width(width: int, form: InputForm = WARD) -> int:
    """Return the width rounded up to the grid, at least the shortest; 0 for nothing at all."""
    if not width:
        return 0
    least = form.shortest // 2 if width <= form.narrow else form.shortest
    return max(least, -(-width // GRID) * GRID)


def scale(crop: NDArray[np.uint8], form: InputForm = WARD) -> NDArray[np.uint8]:
    """Scale a crop to the input height.

    Args:
        crop: uint8 (H, W, 3) BGR or (H, W) grey.
        form: What the network wants.

    Returns:
        uint8 (height of the form, W', 3) BGR.

    Raises:
        ValueError: The crop is empty or has another shape or type.
    """
    import cv2  # Heavy: only where pixels are worked on.

    if crop.dtype != np.uint8 or crop.ndim not in (2, 3) or crop.size == 0:
        raise ValueError("a crop must be uint8 (H, W, 3) or (H, W) and not empty")
    if crop.ndim == 3 and crop.shape[2] == 1:
        crop = crop[..., 0]
    image: NDArray[Any] = cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR) if crop.ndim == 2 else crop
    if image.shape[2] != 3:
        raise ValueError("a crop must have one or three channels")
    height, width = image.shape[:2]
    size = (scaled_width(height, width, form), form.height)
    if (width, height) != size:
        # Linear, as the network's convolutions were trained; averaging first where much shrinks.
        if height > 4 * form.height:
            half = (max(1, round(width * 2 * form.height / height)), 2 * form.height)
            image = cv2.resize(image, half, interpolation=cv2.INTER_AREA)
        image = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(image, np.uint8)


def to_input(
    lines: list[NDArray[np.uint8]], width: int | None = None, form: InputForm = WARD
) -> NDArray[np.float32]:
    """Stack scaled lines to one batch.

    Args:
        lines: uint8 (height of the form, W, 3) BGR, any widths.
        width: Width of the batch in pixels, or None for the widest line on the grid.
        form: What the network wants.

    Returns:
        float32 (N, planes, height, width): scaled by the form, padded on the right.
    """
    if width is None:
        width = padded_width(max(line.shape[1] for line in lines), form)
    batch = np.full((len(lines), form.planes, form.height, width), form.padding, np.float32)
    factor, offset = np.float32(form.scale), np.float32(form.offset)
    for row, line in zip(batch, lines, strict=True):
        part = line[:, :width]  # H x W x 3 -> planes x H x W
        planes = part.transpose(2, 0, 1) if form.planes == 3 else (part @ _GREY)[None]
        row[..., : planes.shape[2]] = planes * factor + offset
    return batch
