"""Lines drawn for tests with faces that every Debian-like system has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_CHINESE = (
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("C:/Windows/Fonts/msyh.ttc"),
)
_LATIN = (
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    Path("C:/Windows/Fonts/arial.ttf"),
)


def _face(paths: tuple[Path, ...], size: int, index: int) -> ImageFont.FreeTypeFont:
    for path in paths:
        if path.is_file():
            return ImageFont.truetype(str(path), size, index if path.suffix == ".ttc" else 0)
    pytest.skip(f"no face to draw with: install fonts-noto-cjk and fonts-dejavu ({paths[0].name})")


def draw(text: str, *, size: int = 40, latin: bool = False, ink: int = 20) -> NDArray[np.uint8]:
    """Draw a line of type.

    Args:
        text: What to draw.
        size: Pixels an em.
        latin: Use the Latin face; otherwise the simplified Chinese one.
        ink: Grey level of the type on paper of level 250.

    Returns:
        uint8 (H, W, 3) BGR with narrow margins.
    """
    face = _face(_LATIN, size, 0) if latin else _face(_CHINESE, size, 2)
    left, top, right, bottom = face.getbbox(text)
    margin = size // 6
    width, height = int(right - left) + 2 * margin, int(bottom - top) + 2 * margin
    page = Image.new("L", (width, height), 250)
    ImageDraw.Draw(page).text((margin - left, margin - top), text, ink, face)
    return np.repeat(np.asarray(page)[..., None], 3, axis=2)
