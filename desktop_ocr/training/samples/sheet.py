"""A sheet of paper to draw on that remembers what was written where."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from desktop_ocr.document.geometry import Quad, Transform
from desktop_ocr.training.faces import DEBIAN_FONTS, Face

Colour = tuple[int, int, int]
Place = tuple[int, int]  # left, top
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom; right, bottom exclusive

BLACK: Colour = (28, 28, 30)
BLUE_INK: Colour = (34, 48, 122)
RED_INK: Colour = (206, 36, 44)
DPI = 200
A4 = (1654, 2339)  # pixels at 200 dpi


def points(size: float) -> int:
    """Return a type size in points as pixels at 200 dpi."""
    return round(size * DPI / 72)


@dataclass(frozen=True)
class Type:
    """A type face with others that stand in for characters it lacks.

    Attributes:
        faces: The face itself first.
    """

    faces: tuple[Face, ...]

    @classmethod
    def debian(cls, *names: str) -> Type:
        """Build from files below the folder of Debian's fonts; ``.ttc`` from Noto are index 2."""
        return cls(tuple(_face(DEBIAN_FONTS / name) for name in names))

    def before(self, path: Path) -> Type:
        """Return a type whose own face is the file and whose stand-ins are these faces."""
        return Type((_face(path), *self.faces))

    def face_for(self, character: str) -> Face:
        """Return the first face that holds the character; spaces stand in every one.

        Raises:
            ValueError: If none does, so that no empty box is ever drawn.
        """
        if character.isspace():
            return self.faces[0]
        for face in self.faces:
            if character in face.covers:
                return face
        raise ValueError(f"no face holds U+{ord(character):04X}")


def _face(path: Path) -> Face:
    # Index 2 of Noto's collections is Simplified Chinese.
    return Face(path, 2 if path.name.startswith("Noto") and path.suffix == ".ttc" else 0, 1.0)


@dataclass
class Label:
    """One piece of text on the sheet: a line, or a cell of a row."""

    quad: Quad
    text: str
    row: int

    def moved(self, transform: Transform) -> Label:
        """Return the label as it lies after the page was mapped."""
        return Label(transform.quad(self.quad), self.text, self.row)


@dataclass
class Sheet:
    """Paper, ink and the truth about both.

    Attributes:
        image: RGB.
        labels: In reading order.
    """

    image: Image.Image
    labels: list[Label] = field(default_factory=list)
    _row: int = 0

    @classmethod
    def blank(cls, size: tuple[int, int], paper: Colour = (253, 253, 251)) -> Sheet:
        """Return an empty sheet; ``size`` is width and height in pixels."""
        return cls(Image.new("RGB", size, paper))

    def next_row(self) -> None:
        """Begin a row of the truth; labels of one row are cells beside each other."""
        self._row += 1

    def label(self, text: str, *parts: Rectangle) -> None:
        """Note that the ink inside the rectangles says ``text``."""
        left, top = min(p[0] for p in parts), min(p[1] for p in parts)
        right, bottom = max(p[2] for p in parts), max(p[3] for p in parts)
        self.labels.append(
            Label(Quad.from_box(left - 2, top - 2, right + 2, bottom + 2), text, self._row)
        )

    def rows(self) -> list[str]:
        """Return the truth: a row a string, its cells joined by tabs."""
        rows: dict[int, list[str]] = {}
        for label in self.labels:
            rows.setdefault(label.row, []).append(label.text)
        return ["\t".join(cells) for cells in rows.values()]

    def rule(self, x0: float, y: float, x1: float, width: int = 2, ink: Colour = BLACK) -> None:
        """Draw a level line."""
        ImageDraw.Draw(self.image).line([(x0, y), (x1, y)], fill=ink, width=width)

    def print(
        self, x: float, baseline: float, text: str, face: Type, size: int, *,
        ink: Colour = BLACK, track: float = 0.0, bold: bool = False,
        uneven: random.Random | None = None,
    ) -> Rectangle:  # fmt: skip
        """Print text.

        Args:
            x: Left edge of the first character's cell, in pixels.
            baseline: Foot of the letters, in pixels.
            text: What to print.
            face: What to print it with.
            size: Pixels an em.
            ink: Colour.
            track: Extra room after each character, in pixels.
            bold: Thicken the strokes, as word processors do for faces without a bold cut.
            uneven: Set like metal type: some letters stand a little off and print paler.

        Returns:
            The rectangle of the ink.
        """
        mask, at = self._patch(x, baseline, self.width(text, face, size, track), size)
        draw = ImageDraw.Draw(mask)
        for character in text:
            font = face.face_for(character).at(size)
            fill, foot = 255, baseline
            if uneven is not None:
                fill, foot = uneven.randint(190, 255), baseline + uneven.choice((-1, 0, 0, 0, 1))
            place = (x - at[0], foot - at[1])
            draw.text(place, character, fill=fill, font=font, anchor="ls")
            if bold:
                draw.text((place[0] + 1, place[1]), character, fill=fill, font=font, anchor="ls")
            x += font.getlength(character) + track
        return self._ink(mask, ink, at)

    def width(self, text: str, face: Type, size: int, track: float = 0.0) -> float:
        """Return how far :meth:`print` would advance, in pixels."""
        return sum(face.face_for(c).at(size).getlength(c) + track for c in text)

    def write(
        self, x: float, baseline: float, text: str, face: Type, size: int, rng: random.Random, *,
        ink: Colour = BLUE_INK, close: float = 1.0,
    ) -> Rectangle:  # fmt: skip
        """Write text as a hand does: uneven size, slant, foot, pressure and gaps.

        Args:
            x: Left edge, in pixels.
            baseline: Foot of the letters, in pixels.
            text: What to write.
            face: A handwriting face with stand-ins.
            size: Pixels an em.
            rng: Where the unevenness comes from.
            ink: Colour.
            close: Factor on the advance of each character.

        Returns:
            The rectangle of the ink.
        """
        mask, at = self._patch(x, baseline, 1.2 * self.width(text, face, size), 2 * size)
        drift, slope = 0.0, rng.uniform(-0.004, 0.002)
        start = x
        for character in text:
            own = face.face_for(character) is face.faces[0]
            scale = rng.gauss(1.0, 0.045) * (1.0 if own else 0.8)
            font = face.face_for(character).at(max(8, round(size * scale)))
            cell = Image.new("L", (size * 2, size * 2))
            ImageDraw.Draw(cell).text(
                (size // 2, round(size * 1.4)), character, fill=255, font=font, anchor="ls"
            )
            centre = (size, size)
            cell = cell.rotate(rng.gauss(0, 1.8), Image.Resampling.BICUBIC, center=centre)
            pressure = rng.uniform(0.82, 1.0)
            drift = 0.8 * drift + rng.gauss(0, size * 0.018)
            foot = baseline + drift + slope * (x - start)
            place = (round(x - size / 2) - at[0], round(foot - size * 1.4) - at[1])
            mask.paste(cell.point([round(v * pressure) for v in range(256)]), place, cell)
            x += font.getlength(character) * close + rng.gauss(0, size * 0.02)
        return self._ink(mask.filter(ImageFilter.GaussianBlur(0.5)), ink, at)

    @staticmethod
    def _patch(x: float, baseline: float, width: float, size: int) -> tuple[Image.Image, Place]:
        """Return an empty mask with room for a text, and where on the sheet it lies."""
        at = (math.floor(x) - size, math.floor(baseline) - 2 * size)
        return Image.new("L", (math.ceil(width) + 3 * size, 3 * size)), at

    def _ink(self, mask: Image.Image, ink: Colour, at: Place) -> Rectangle:
        box = mask.point([255 if v > 40 else 0 for v in range(256)]).getbbox()
        if box is None:
            raise ValueError("nothing was drawn")
        left, top, right, bottom = box[0] + at[0], box[1] + at[1], box[2] + at[0], box[3] + at[1]
        width, height = self.image.size
        if left < 3 or top < 3 or right > width - 3 or bottom > height - 3:
            raise ValueError("the text runs off the sheet")
        self.image.paste(ink, at, mask)
        return left, top, right, bottom

    def seal(self, centre: tuple[int, int], radius: int, text: str, face: Type, angle: float,
             rng: random.Random) -> None:  # fmt: skip
        """Press a round red seal: a ring, a star, and the text along the ring.

        The seal is no line of text and so no part of the truth.
        """
        fine = 3  # drawn larger and scaled down, for smooth curves
        r = radius * fine
        side = 2 * r + 8
        middle = side / 2
        mask = Image.new("L", (side, side))
        draw = ImageDraw.Draw(mask)
        draw.ellipse([4, 4, side - 4, side - 4], outline=255, width=round(r * 0.05))
        star = [
            (middle + d * math.sin(k * math.pi / 5), middle - d * math.cos(k * math.pi / 5))
            for k in range(10)
            for d in [r * (0.3 if k % 2 == 0 else 0.3 * 0.382)]
        ]
        draw.polygon(star, fill=255)
        size = round(r * 0.24)
        for k, character in enumerate(text):
            turn = -120 + 240 * k / (len(text) - 1)
            cell = Image.new("L", (size * 2, size * 2))
            font = face.face_for(character).at(size)
            ImageDraw.Draw(cell).text((size, size), character, fill=255, font=font, anchor="mm")
            # Letters of seals are narrow, so that the whole name finds room.
            narrow = cell.resize((round(size * 1.5), size * 2), Image.Resampling.BICUBIC)
            cell = Image.new("L", cell.size)
            cell.paste(narrow, ((cell.width - narrow.width) // 2, 0))
            cell = cell.rotate(-turn, Image.Resampling.BICUBIC)
            a = math.radians(turn)
            at = (middle + 0.77 * r * math.sin(a) - size, middle - 0.77 * r * math.cos(a) - size)
            mask.paste(255, (round(at[0]), round(at[1])), cell)
        mask = mask.rotate(angle, Image.Resampling.BICUBIC)
        mask = mask.resize((side // fine, side // fine), Image.Resampling.LANCZOS)
        # Ink pad and paper are uneven: blotches of weaker ink.
        blotch = np.random.default_rng(rng.getrandbits(32)).random((14, 14))
        weak = Image.fromarray(np.uint8(140 + 115 * np.minimum(1, blotch * 1.6)))
        weak = weak.resize(mask.size, Image.Resampling.BICUBIC)
        ink = np.asarray(mask, np.float32) * np.asarray(weak, np.float32) / 255 * 0.78
        place = (centre[0] - mask.size[0] // 2, centre[1] - mask.size[1] // 2)
        under = self.image.crop((*place, place[0] + mask.size[0], place[1] + mask.size[1]))
        share = ink[..., None] / 255
        paper = np.asarray(under, np.float32)
        # Ink lets what is printed below show through: multiply instead of cover.
        pressed = paper * (1 - share) + paper * (np.array(RED_INK) / 255) * share
        self.image.paste(Image.fromarray(np.uint8(np.round(pressed))), place)


_NO_LINE_START = "，。；：、？！）％∶"
_TOGETHER = "0123456789.,/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def set_paragraph(
    sheet: Sheet, text: str, face: Type, em: int, measure: float
) -> list[tuple[str, float, float]]:
    """Break a paragraph into lines that fill the measure, the first indented by two characters.

    No line begins with a closing mark, and numbers and Latin words stay whole.

    Args:
        sheet: Knows how wide text is.
        text: The paragraph.
        face: What it is set in.
        em: Pixels an em.
        measure: Width of a full line, in pixels.

    Returns:
        For each line its text, where it starts, and the room to add after each character.
    """
    lines = [""]
    for character in text:
        room = measure - (2 * em if len(lines) == 1 else 0)
        fits = sheet.width(lines[-1] + character, face, em) <= room + em * 0.1
        if fits or character in _NO_LINE_START:
            lines[-1] += character
            continue
        tail = character
        while lines[-1][-1] in _TOGETHER and (tail[0] in _TOGETHER or tail[0] in "％%"):
            tail, lines[-1] = lines[-1][-1] + tail, lines[-1][:-1]
        lines.append(tail)
    result = []
    for k, line in enumerate(lines):
        start = 2.0 * em if k == 0 else 0.0
        spare = measure - start - sheet.width(line, face, em)
        result.append((line, start, spare / (len(line) - 1) if k < len(lines) - 1 else 0.0))
    return result
