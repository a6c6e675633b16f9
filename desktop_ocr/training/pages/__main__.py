"""Draw pages: ``python -m desktop_ocr.training.pages --output DIR --pages N --seed S``."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_ocr.training.pages.make import Sources, write_pages


def main() -> None:
    """Write the pictures and their truth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with terms/, text/, strokes/ and fonts/")
    parser.add_argument("--fonts", type=Path, help="folder of the handwriting faces (DATA/fonts)")
    parser.add_argument("--latin-hands", type=Path, help="folder of the Latin handwriting packages")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="number of the first page")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--views", action="store_true", help="take each page in six ways")
    given = parser.parse_args()
    write_pages(
        Sources(given.data, given.fonts, given.latin_hands),
        given.output, given.seed, range(given.first, given.first + given.pages), given.processes,
        views=given.views,
    )  # fmt: skip


if __name__ == "__main__":
    main()
