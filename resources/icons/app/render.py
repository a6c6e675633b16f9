"""Render the application icon from its two SVG files: PNGs for 16–256 px and ``app.ico``."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parent
SIZES = (16, 24, 32, 48, 64, 128, 256)
SMALL = 32  # up to here the details of app.svg would blur


def main() -> None:
    """Write all sizes beside the SVG files."""
    for size in SIZES:
        source = "app-small.svg" if size <= SMALL else "app.svg"
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(str(FOLDER / source)).render(painter)
        painter.end()
        image.save(str(FOLDER / f"app-{size}.png"))
    pictures = [Image.open(FOLDER / f"app-{size}.png") for size in SIZES]
    pictures[-1].save(
        FOLDER / "app.ico",
        sizes=[picture.size for picture in pictures],
        append_images=pictures[:-1],
    )


if __name__ == "__main__":
    main()
