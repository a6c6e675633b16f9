"""Draw the sample pages: ``python -m desktop_ocr.training.samples --fonts DIR --output DIR``."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from desktop_ocr.training.samples.aged import archive_page, outpatient_note
from desktop_ocr.training.samples.degrade import Shot, photograph
from desktop_ocr.training.samples.printed import SONG, lab_sheet, xray_report
from desktop_ocr.training.samples.sheet import DPI, Label, Sheet, Type, points

# Stands in for what the handwriting face lacks, such as ℃.
WENKAI = Type.debian("truetype/lxgw-wenkai/LXGWWenKai-Light.ttf")
HAND = "LongCang-Regular.ttf"
LINE = "右侧额顶叶交界区见类圆形低密度灶，大小约12mm×9mm，边缘清楚。"
QUALITY = 60

PAGES: tuple[tuple[str, Callable[[random.Random, Type], Sheet], Shot], ...] = (
    ("xray_report", xray_report, Shot(2.3, shadow=0.28, shadow_angle=35)),
    ("lab_sheet", lab_sheet,
     Shot(-1.6, shadow=0.34, shadow_angle=-25, blur=0.95, light=(0.98, 0.98, 0.95))),
    ("outpatient_note", outpatient_note,
     Shot(3.4, tilt=0.018, shadow=0.36, shadow_angle=70, blur=1.1, light=(0.84, 0.95, 1.0))),
    ("archive_page", archive_page,
     Shot(-2.7, shadow=0.3, shadow_angle=160, blur=0.8, noise=4.0, desk=(48, 50, 54))),
)  # fmt: skip


def main() -> None:
    """Draw all pages, their photographs, their truth, and one single line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, required=True, help=f"folder that holds {HAND}")
    parser.add_argument("--output", type=Path, default=Path("resources/samples"))
    parser.add_argument("--seed", type=int, default=20250312)
    args = parser.parse_args()
    hand = WENKAI.before(args.fonts / HAND)
    args.output.mkdir(parents=True, exist_ok=True)
    for name, draw, shot in PAGES:
        sheet = draw(random.Random(f"{args.seed} {name}"), hand)
        _save_png(sheet.image, args.output / f"{name}.png")
        _save_truth(args.output / f"{name}.png", sheet.labels, sheet.rows())
        pixels = cv2.cvtColor(np.asarray(sheet.image), cv2.COLOR_RGB2BGR)
        seen, transform = photograph(pixels, shot, np.random.default_rng(args.seed))
        target = args.output / f"{name}_degraded.jpg"
        cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tofile(target)
        _save_truth(target, [label.moved(transform) for label in sheet.labels], sheet.rows())
    _draw_line(args.output / "line.png")


def _draw_line(path: Path) -> None:
    size = points(12)
    sheet = Sheet.blank((4000, 64))
    box = sheet.print(20, 44, LINE, SONG, size)
    _save_png(sheet.image.crop((0, 0, round(box[2]) + 20, 64)), path)
    path.with_suffix(".txt").write_text(LINE + "\n", encoding="utf-8")


def _save_png(image: Image.Image, path: Path) -> None:
    palette = image.quantize(64, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    palette.save(path, optimize=True, dpi=(DPI, DPI))


def _save_truth(page: Path, labels: list[Label], rows: list[str]) -> None:
    """Write the text beside a page and, as JSON, page file -> list of quad and text."""
    page.with_suffix(".txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    truth = {
        page.name: [
            {"quad": [[round(v, 1) for v in p] for p in label.quad.points], "text": label.text}
            for label in labels
        ]
    }
    text = json.dumps(truth, ensure_ascii=False, separators=(",", ":"))
    page.with_suffix(".json").write_text(text.replace("},{", "},\n{") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
