"""How many training lines one process on one core draws in a second, by mix.

    python benchmarks/drawing.py --data DATA --latin-hands FONTS [--lines 1000]

The time is the processor's own (``time.process_time``): other programs that share the core do not
count. Texts, strokes and faces are opened before the clock starts.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import cv2
from programs import row

from desktop_ocr.training.held_out import FIRST_SEED
from desktop_ocr.training.lines import LineMaker, Sources
from desktop_ocr.training.text import Mix

SEED = FIRST_SEED + 30
WARM = 600
"""Lines that open the faces in all sizes; a run of training draws tens of thousands."""
PARTS = 5


def lines_per_second(maker: LineMaker, lines: int) -> float:
    """Draw lines; return how many a second of one processor gives, the median of ``PARTS``."""
    rates = []
    for number in range(WARM):
        maker.draw(SEED, number)
    for part in range(PARTS):
        began = time.process_time()
        for number in range(lines // PARTS):
            maker.draw(SEED + 1 + part, number)
        rates.append((lines // PARTS) / (time.process_time() - began))
    return statistics.median(rates)


def main() -> int:
    """Draw lines of each mix and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--latin-hands", type=Path, required=True)
    parser.add_argument("--lines", type=int, default=1000, help="of each mix")
    given = parser.parse_args()
    cv2.setNumThreads(1)
    print("Lines drawn in a second by one process on one core\n")
    print(row(["mix", "lines/s"]))
    print(row(["---", "---:"]))
    for mix in Mix:
        maker = LineMaker(Sources(given.data, given.latin_hands, mix))
        print(row([mix.value, f"{lines_per_second(maker, given.lines):.0f}"]), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
