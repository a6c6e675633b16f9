"""Pages drawn for the tests: lines of text at known places, tables, columns, light and skew."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

CJK = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
LATIN = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
PROSE = (
    "两肺纹理增多，右肺下野可见斑片状密度增高影，边界模糊。",
    "主动脉弓部见弧形钙化，心影不大，两侧膈面光滑。",
    "患者三天前受凉后出现发热，体温最高达三十九度。",
    "查体神志清楚，心肺听诊未见异常，腹平软无压痛。",
    "本组四十六例中治愈四十三例，好转二例，死亡一例。",
    "建议抗感染治疗后复查，必要时进一步检查明确诊断。",
)


@cache
def font(size: int, path: Path = CJK) -> ImageFont.FreeTypeFont:
    """Return a font, or skip the test where the machine lacks it."""
    if not path.exists():
        pytest.skip(f"needs the font {path.name}")
    return ImageFont.truetype(str(path), size, index=2 if path == CJK else 0)


@dataclass
class DrawnPage:
    """A page under the pen.

    Attributes:
        boxes: left, top, right, bottom of the ink of each line drawn, in the order of drawing.
        texts: The lines' texts.
    """

    width: int = 1240
    height: int = 1754
    paper: int = 255
    boxes: list[tuple[int, int, int, int]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width, self.height), (self.paper,) * 3)
        self.pen = ImageDraw.Draw(self.image)

    def text(self, x: int, y: int, text: str, size: int = 28, fill: object = (20, 20, 20)) -> None:
        self.pen.text((x, y), text, font=font(size), fill=fill)
        mask, (dx, dy) = font(size).getmask2(text)
        left, top, right, bottom = mask.getbbox()
        self.boxes.append((x + dx + left, y + dy + top, x + dx + right, y + dy + bottom))
        self.texts.append(text)

    @property
    def pixels(self) -> np.ndarray:
        """uint8 (H, W, 3) BGR."""
        return np.ascontiguousarray(np.asarray(self.image)[..., ::-1])


def prose(lines: int = 20, *, left: int = 120, top: int = 150, step: int = 52) -> DrawnPage:
    page = DrawnPage()
    for k in range(lines):
        page.text(left, top + k * step, PROSE[k % len(PROSE)] + PROSE[(k + 2) % len(PROSE)][:6])
    return page


def lab_sheet(rows: int = 12, *, ruled: bool = True) -> DrawnPage:
    """A table of five columns with arrows and dashes in it."""
    page = DrawnPage()
    page.text(420, 90, "检验报告单", size=44)
    columns = (100, 180, 560, 760, 960)
    names = ("白细胞计数", "红细胞计数", "血红蛋白", "血小板计数", "葡萄糖", "尿素")
    for r in range(rows):
        y = 220 + r * 52
        cells = (str(r + 1), names[r % 6], f"{r + 3}.{r}6", "↑" if r % 3 else "-", "3.50-9.50")
        for x, cell in zip(columns, cells, strict=True):
            page.text(x, y, cell)
        if ruled:
            page.pen.line((90, y + 44, 1150, y + 44), fill=(60, 60, 60), width=2)
    return page


def two_columns(rows: int = 14) -> DrawnPage:
    page = DrawnPage()
    page.text(300, 80, "大叶性肺炎四十六例临床分析", size=44)
    for x, start in ((100, 0), (660, 3)):
        for r in range(rows):
            page.text(x, 220 + r * 52 + (11 if start else 0), PROSE[(r + start) % 6][:17])
    return page


def skewed(pixels: np.ndarray, angle: float, paper: int = 255) -> np.ndarray:
    """Turn a page counter-clockwise by ``angle`` degrees about its centre, in its own frame."""
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2 - 0.5, height / 2 - 0.5), angle, 1.0)
    return cv2.warpAffine(
        pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(paper,) * 3
    )


def shaded(pixels: np.ndarray, dark: float = 0.35) -> np.ndarray:
    """Lay a soft shadow over the lower right of a page."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    light = 1 - (1 - dark) / (1 + np.exp(-((x / width + y / height) - 1.1) * 12))
    return (pixels * light[..., None]).astype(np.uint8)


def on_desk(
    pixels: np.ndarray,
    corners: list[tuple[float, float]],
    desk: tuple[int, int, int] = (60, 80, 110),
) -> np.ndarray:
    """Photograph a sheet so that its corners come to lie at the places given on a desk."""
    height, width = pixels.shape[:2]
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    photo = cv2.warpPerspective(pixels, matrix, (1000, 1300), borderValue=desk)
    grain = np.random.default_rng(0).normal(0, 3, photo.shape)
    return np.clip(photo * 0.85 + grain, 0, 255).astype(np.uint8)
