"""A page while it is drawn: ink on a sheet, and for each piece of text what it says and is."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from desktop_ocr.document.geometry import Box, Quad
from desktop_ocr.training.draw import Ink, Pen
from desktop_ocr.training.faces import Face, FaceKind, FaceSet
from desktop_ocr.training.pages.texts import PageTexts
from desktop_ocr.training.samples.sheet import BLACK, BLUE_INK, Colour, Rectangle, Sheet, Type
from desktop_ocr.training.text import Script, Text

ABOVE, BELOW = 0.88, 0.14
"""How far the body of the type reaches above and below its foot, in ems."""
_BLACKEST = 0.3
"""Most of a line's box that its ink may fill: above, loops are blots that nobody can read."""
_ATTEMPTS = 8
_STAND_INS = ("NotoSansCJK-Regular.ttc", "uming.ttc", "DejaVuSans.ttf")


class Kind(StrEnum):
    """What a piece of text is on its page."""

    TITLE = "title"
    FIELD = "field"
    """A key with its value."""
    CELL = "cell"
    LINE = "line"
    HAND = "hand"
    CUT = "cut"
    """Not all of it can be seen; its text is empty."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands: tables of a page, their rows and columns, all counted from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of text that a reader should give as one line.

    Attributes:
        quad: The type's body, clockwise from the text's own top left corner; pixels of the sheet
            or of the photograph.
        text: What it says.
        kind: What it is.
        place: Its cell in a table.
        flag: The sign in it that says high or low (↑ H + …), or nothing.
    """

    quad: Quad
    text: str
    kind: Kind
    place: Place | None = None
    flag: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the item as pages.json holds it."""
        row: dict[str, Any] = {
            "quad": [[round(v, 1) for v in point] for point in self.quad.points],
            "text": self.text,
            "kind": self.kind.value,
        }
        if self.place:
            row |= {
                "table": self.place.table,
                "row": self.place.row,
                "column": self.place.column,
            }
        return row | ({"flag": self.flag} if self.flag else {})


@dataclass(frozen=True, slots=True)
class Kit:
    """What a page is drawn with.

    Attributes:
        choose: Randomness of choices.
        rng: Randomness of numbers.
        faces: Type faces.
        pen: Handwriting.
        texts: What papers say.
    """

    choose: random.Random
    rng: np.random.Generator
    faces: FaceSet
    pen: Pen
    texts: PageTexts

    def type(self, latin: float = 0.5) -> Type:
        """Draw a type: a Chinese face, with a chance of ``latin`` one of Latin letters before it.

        Raises:
            ValueError: No Chinese face is installed.
        """
        chinese = self.faces.pick(self.choose, FaceKind.CHINESE_PRINT)
        if chinese is None:
            raise ValueError("no Chinese type face is installed: install fonts-noto-cjk")
        found: list[Face] = [chinese]
        face = self.faces.pick(self.choose, FaceKind.LATIN_PRINT)
        if face and self.choose.random() < latin:
            found.insert(0, face)
        others = (
            face
            for kind in (FaceKind.CHINESE_PRINT, FaceKind.LATIN_PRINT)
            for face in self.faces.faces.get(kind, [])
            if face.path.name in _STAND_INS
        )
        return Type((*found, *others))


@dataclass
class Draft:
    """A sheet, what it is printed with, and its truth.

    Attributes:
        sheet: Paper and ink.
        face: Type of the text.
        heading: Type of the titles.
        size: Pixels an em of the text.
        kit: What to draw with.
        ink: Colour of the print.
        items: The truth in reading order.
        layout: What kind of paper it is.
    """

    sheet: Sheet
    face: Type
    heading: Type
    size: int
    kit: Kit
    ink: Colour = BLACK
    items: list[Item] = field(default_factory=list)
    layout: str = ""

    @property
    def width(self) -> int:
        """Of the sheet, in pixels."""
        return self.sheet.image.width

    @property
    def height(self) -> int:
        """Of the sheet, in pixels."""
        return self.sheet.image.height

    def written(self) -> Box:
        """Return the part of the sheet where something is written."""
        boxes = np.array([item.quad.box for item in self.items])
        left, top = boxes[:, :2].min(axis=0).tolist()
        right, bottom = boxes[:, 2:].max(axis=0).tolist()
        return Box(left, top, right, bottom)

    def drawable(self, text: str, face: Type | None = None) -> str:
        """Return the text without the characters that no face at hand holds."""
        faces = (face or self.face).faces
        return "".join(c for c in text if c.isspace() or any(c in f.covers for f in faces)).strip()

    def long(self, text: str, size: int | None = None, face: Type | None = None) -> float:
        """Return how wide :meth:`text` would print a text, in pixels."""
        face = face or self.face
        return self.sheet.width(self.drawable(text, face), face, size or self.size)

    def text(
        self, x: float, baseline: float, text: str, kind: Kind = Kind.LINE, *,
        size: int | None = None, face: Type | None = None, bold: bool = False, track: float = 0.0,
        place: Place | None = None, flag: str = "",
    ) -> float:  # fmt: skip
        """Print a text and note it; return its right edge in pixels.

        Raises:
            ValueError: It runs off the sheet.
        """
        text = self.drawable(text, face)
        if not text:
            return x
        em = size or self.size
        box = self.stamp(x, baseline, text, size=em, face=face, bold=bold, track=track)
        self.note(box, baseline, em, text, kind, place=place, flag=flag)
        return box[2]

    def stamp(
        self, x: float, baseline: float, text: str, *, size: int | None = None,
        face: Type | None = None, bold: bool = False, track: float = 0.0,
    ) -> Rectangle:  # fmt: skip
        """Print a text without noting it; return the rectangle of its ink."""
        face = face or self.face
        em = size or self.size
        text = self.drawable(text, face)
        return self.sheet.print(x, baseline, text, face, em, ink=self.ink, bold=bold, track=track)

    def note(
        self, box: Rectangle, baseline: float, size: float, text: str, kind: Kind, *,
        place: Place | None = None, flag: str = "",
    ) -> None:  # fmt: skip
        """Note that the rectangle's ink says a text, in type of a size that stands on a line."""
        top, bottom = min(box[1], baseline - ABOVE * size), max(box[3], baseline + BELOW * size)
        quad = Quad.from_box(box[0] - 2, top, box[2] + 2, bottom)
        self.items.append(Item(quad, text, kind, place, flag))

    def centred(self, baseline: float, text: str, size: int, track: float = 0.0) -> None:
        """Print a title in the middle."""
        text = self.drawable(text, self.heading)
        room = self.width - 160
        while self.sheet.width(text, self.heading, size, track) > room:
            size -= 1
        x = (self.width - self.sheet.width(text, self.heading, size, track)) / 2
        self.text(x, baseline, text, Kind.TITLE, size=size, face=self.heading, track=track)

    def line(
        self, ends: Sequence[float], thick: int = 2, ink: Colour | None = None, dash: int = 0
    ) -> None:
        """Draw a line from (x, y) to (x, y), level or upright where it is dashed."""
        pencil = ImageDraw.Draw(self.sheet.image)
        x0, y0, x1, y1 = ends
        colour = ink or self.ink
        if not dash:
            pencil.line([(x0, y0), (x1, y1)], fill=colour, width=thick)
            return
        steps = int(max(x1 - x0, y1 - y0) // dash)
        for k in range(0, steps, 2):
            a, b = k / steps, (k + 1) / steps
            part = [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for t in (a, b)]
            pencil.line(part, fill=colour, width=thick)

    def write(
        self, x: float, baseline: float, text: str, size: float, room: float, *,
        ink: Colour = BLUE_INK, key: tuple[str, Rectangle] | None = None, kind: Kind = Kind.HAND,
    ) -> Rectangle | None:  # fmt: skip
        """Write a text by hand and note it.

        Args:
            x: Left edge in pixels.
            baseline: Where the characters stand, in pixels.
            text: What to write; its end is left out where there is no room.
            size: Pixels an em.
            room: Widest in pixels.
            ink: Colour.
            key: A printed key that stands before it and belongs to it, with its rectangle.
            kind: What it is.

        Returns:
            The rectangle of the ink, or None where nothing could be written.
        """
        wanted = text.strip()
        while wanted:
            drawn = self._legible(wanted)
            if drawn is None:
                return None
            mask = drawn.mask
            scale = min(size / drawn.size, room / mask.shape[1])
            if scale >= 0.72 * size / drawn.size:
                break
            wanted = wanted[: max(1, int(len(wanted) * 0.8))] if len(wanted) > 1 else ""
        else:
            return None
        shape = (max(1, round(mask.shape[1] * scale)), max(1, round(mask.shape[0] * scale)))
        patch = Image.fromarray(mask).resize(shape, Image.Resampling.LANCZOS)
        # Hands centre their characters; a tall line grows up and down alike.
        left, top = round(x), round(baseline - 0.36 * size - shape[1] / 2)
        top = min(max(top, 3), self.height - shape[1] - 4)
        self.sheet.image.paste(ink, (left, top), patch)
        box = (float(left), float(top), float(left + shape[0]), float(top + shape[1]))
        says, around = drawn.text, box
        if key:
            says = key[0] + says
            around = (min(box[0], key[1][0]), min(box[1], key[1][1]),
                      max(box[2], key[1][2]), max(box[3], key[1][3]))  # fmt: skip
        quad = Quad.from_box(around[0] - 2, around[1] - 2, around[2] + 2, around[3] + 2)
        self.items.append(Item(quad, says, kind))
        return box

    def _legible(self, text: str) -> Ink | None:
        """Return handwriting whose strokes have not run together, cut to its ink; or None."""
        for _ in range(_ATTEMPTS):
            ink = self.kit.pen.draw(self.kit.rng, self.kit.choose, Text(text, Script.CHINESE, 1.0))
            if ink is None or not ink.mask.any():
                return None
            rows, columns = (np.flatnonzero(ink.mask.any(axis=axis)) for axis in (1, 0))
            mask = ink.mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
            inked = mask[:, mask.any(axis=0)]
            if (inked > 127).mean() < _BLACKEST:
                return replace(ink, mask=mask)
        return None
