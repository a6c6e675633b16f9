"""Parts that several papers share: the sheet itself, keys with values, signatures, seals."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from desktop_ocr.training import grammar
from desktop_ocr.training.pages.draft import Draft, Kind, Kit
from desktop_ocr.training.pages.texts import fields, hospital
from desktop_ocr.training.samples.sheet import (
    BLUE_INK,
    Colour,
    Sheet,
    Type,
    points,
    set_paragraph,
)
from desktop_ocr.training.stamps import stamped

_PAPERS: tuple[Colour, ...] = (
    (253, 253, 251), (250, 250, 250), (253, 253, 251), (246, 245, 238), (238, 236, 228),
    (252, 232, 236), (226, 240, 250), (228, 244, 226), (253, 246, 206),
)  # fmt: skip
_PRINT_INKS: tuple[Colour, ...] = ((20, 20, 22), (28, 28, 30), (45, 45, 50), (70, 70, 74))
INKS: tuple[Colour, ...] = (BLUE_INK, BLUE_INK, (28, 28, 36), (20, 24, 60), (60, 60, 70))


def paper(kit: Kit, size: tuple[int, int]) -> Image.Image:
    """Return paper of a colour, perhaps with what shines through from its back."""
    sheet = Image.new("RGB", size, kit.choose.choice(_PAPERS))
    if kit.choose.random() < 0.12:
        coarse = kit.rng.random((size[1] // 60 + 2, size[0] // 40 + 2)).astype(np.float32)
        lines = cv2.resize(coarse, size, interpolation=cv2.INTER_NEAREST)
        lines *= (np.arange(size[1]) % 44 < 20)[:, None]
        through = cv2.GaussianBlur((lines > 0.6).astype(np.float32), (0, 0), 5)
        pixels = np.asarray(sheet, np.float32) - 14 * through[..., None]
        sheet = Image.fromarray(np.uint8(np.clip(pixels, 0, 255)))
    return sheet


def begin(kit: Kit, size: tuple[int, int], em: int, sheet: Image.Image) -> Draft:
    """Return an empty draft of a size in pixels, with a type of ``em`` pixels."""
    assert sheet.size == size
    return Draft(Sheet(sheet), kit.type(), kit.type(0.2), em, kit, kit.choose.choice(_PRINT_INKS))


def header(draft: Draft, left: float, right: float, y: float, count: int) -> float:
    """Print keys with values in columns; return where the next row would stand."""
    kit, em = draft.kit, draft.size
    colon = kit.choose.choice(("：", ":", "："))
    wide = kit.choose.random() < 0.2  # 姓　名
    pairs = fields(kit.choose, kit.texts, count)
    texts = []
    for key, value in pairs:
        spaced = f"{key[0]}  {key[1]}" if wide and len(key) == 2 else key
        texts.append(f"{spaced}{colon}{value}")
    columns = kit.choose.choice((3, 4, 4, 5))
    while columns > 1 and max(map(draft.long, texts)) > (right - left) / columns - em:
        columns -= 1
    step = (right - left) / columns
    for start in range(0, len(texts), columns):
        for k, text in enumerate(texts[start : start + columns]):
            draft.text(left + k * step, y, text, Kind.FIELD)
        y += em * kit.choose.uniform(1.5, 1.7)
    return y


def paragraph(
    draft: Draft, left: float, right: float, y: float, text: str, pitch: float, end: float,
    *, face: Type | None = None, size: int | None = None,
) -> float:  # fmt: skip
    """Print a paragraph as lines down to ``end``; return where the next line would stand."""
    face, em = face or draft.face, size or draft.size
    text = draft.drawable(text, face)
    for line, indent, track in set_paragraph(draft.sheet, text, face, em, right - left):
        if y > end:
            break
        if line.strip():
            draft.text(left + indent, y, line, Kind.LINE, face=face, size=em, track=track)
        y += pitch
    return y


def signatures(draft: Draft, left: float, y: float, keys: tuple[str, ...]) -> float:
    """Print keys and sign beside them, by hand or in print; return the right edge."""
    kit, em = draft.kit, draft.size
    by_hand = kit.choose.random() < 0.6
    x = left
    for key in keys:
        name = grammar.person(kit.choose)
        if by_hand:
            box = draft.stamp(x, y, f"{key}：")
            ink = kit.choose.choice(INKS)
            written = draft.write(box[2] + 4, y, name, em * kit.choose.uniform(1.3, 1.7), em * 6,
                                  ink=ink, key=(f"{key}：", box))  # fmt: skip
            if written is None:
                draft.note(box, y, em, f"{key}：", Kind.FIELD)
            x = (written or box)[2]
        else:
            x = draft.text(x, y, f"{key}：{name}", Kind.FIELD)
        x += em * kit.choose.uniform(2, 5)
    return x


def seal(draft: Draft, x: float, y: float) -> None:
    """Press a seal around a place: a hospital's round one with its name, or a stamp of signs."""
    kit = draft.kit
    if kit.choose.random() < 0.6:
        radius = kit.choose.randrange(points(30), points(50))
        x = min(max(x, radius + 12), draft.width - radius - 12)
        y = min(max(y, radius + 12), draft.height - radius - 12)
        name = hospital(kit.choose) + kit.choose.choice(("", "检验科", "影像科"))
        angle = kit.choose.uniform(-25, 25)
        draft.sheet.seal((round(x), round(y)), radius, name, draft.heading, angle, kit.choose)
        return
    pixels = np.asarray(draft.sheet.image)[..., ::-1].astype(np.float32)
    pressed = stamped(kit.rng, kit.choose, pixels, (x, y, float(points(24))))
    draft.sheet.image.paste(Image.fromarray(np.uint8(np.round(pressed[..., ::-1]))))
