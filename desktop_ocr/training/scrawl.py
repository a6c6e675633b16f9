"""Latin words as a hurried hand writes them: uneven, joined, flattened, with any pen.

A handwriting face gives the letters' forms; what makes hands differ (slant, width, climbing
lines, letters that flatten towards a word's end, the pen's width and pressure) is drawn anew for
every line.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from desktop_ocr.training.faces import Face

Mask = NDArray[Any]
"""uint8 (H, W), 255 = ink."""

WIDEST = 2600
"""Widest mask that is drawn, pixels."""
_STEP = 4
"""Letters of loose hands come in sizes of this step, pixels, so that few faces stay open."""
_THINNEST = 0.75
"""Half the width of the thinnest stroke, pixels: thinner ones would fall apart."""
_SMALL = 0.42
"""Height of the letter x, in sizes."""
_NARROWEST = 0.85
"""Least width of a letter, in heights of the letter x, over the line."""
_THICKEST = 0.13
"""Half the width of the thickest stroke, in heights of the letter x."""
_NEIGHBOURS = np.ones((3, 3), np.uint8)


@dataclass(frozen=True, slots=True)
class Style:
    """How one hand writes one line; lengths in sizes of the type.

    Attributes:
        loose: Whether letters are set one by one instead of a word at a time.
        uneven: Spread of the letters' heights over the base line (loose hands).
        apart: What is added between letters (loose hands).
        link: Chance of a stroke from a small letter to the next (loose hands).
        space: Space between words.
        stretch: Width against height, 1 = the face's own.
        slant: Tangent of the slant, positive leans right.
        climb: Rise of the base line per length.
        grow: Change of the letters' height from the first to the last, -1 to 1.
        flat: Height of small letters at the line's end against the face's own, 0.4-1.
        wobble: Size of the smooth random bend.
        pen: Half the width of the strokes.
        pressure: Share of the pen's width by which pressure changes it.
    """

    loose: bool
    uneven: float
    apart: float
    link: float
    space: float
    stretch: float
    slant: float
    climb: float
    grow: float
    flat: float
    wobble: float
    pen: float
    pressure: float

    @classmethod
    def draw(cls, rng: np.random.Generator, choose: random.Random) -> Style:
        """Draw a hand: a third write neatly, the others in a hurry."""
        hurry = float(rng.uniform(0.0, 0.35)) if choose.random() < 0.35 else float(rng.uniform())
        return cls(
            loose=choose.random() < 0.4,
            uneven=float(rng.uniform(0.0, 0.07)) * (0.3 + hurry),
            apart=float(rng.uniform(-0.07, 0.12)),
            link=float(rng.uniform(0.3, 1.0)) if choose.random() < 0.4 else 0.0,
            space=float(rng.uniform(0.2, 0.6)),
            stretch=float(np.exp(np.clip(rng.normal(0.05, 0.25), -0.4, 0.6))),
            slant=float(rng.uniform(-0.1, 0.25) if choose.random() < 0.6 else rng.normal(0.1, 0.3)),
            climb=float(rng.normal(0.01, 0.05)) * (0.4 + hurry),
            grow=float(np.clip(rng.normal(-0.1, 0.3), -0.6, 0.5)) * hurry,
            flat=1.0 - 0.6 * hurry * float(rng.uniform() ** 2),
            wobble=float(rng.uniform(0.01, 0.07)) * (0.3 + hurry),
            pen=float(np.exp(rng.uniform(np.log(0.016), np.log(0.065)))),
            pressure=float(rng.uniform(0.0, 0.5)),
        )


def write(
    rng: np.random.Generator,
    choose: random.Random,
    words: list[str],
    faces: Sequence[Face],
    size: int,
) -> Mask | None:
    """Write words on one line.

    Args:
        rng: Randomness of numbers.
        choose: Randomness of choices.
        words: Characters that the first face holds.
        faces: One handwriting face, or several: a loose hand then takes the form of each
            character from one of those that hold it.
        size: Size of the type in pixels.

    Returns:
        uint8 (H, W) ink with some empty margin, or None where the line would be too wide.
    """
    style = Style.draw(rng, choose)
    # Faces differ in how much of their size the small letters take; hands' lines do not.
    even = float(np.clip(_SMALL * size / _small(faces[0], size), 0.8, 1.7))
    body = round(size * even / _STEP) * _STEP
    letters = _letters(rng, choose, words, faces, body, style)
    if letters is None:
        return None
    small = _small(faces[0], body)
    room = letters[0].shape[1] / sum(map(len, words))
    style = replace(style, stretch=max(style.stretch, _NARROWEST * small / room))
    if letters[0].shape[1] * style.stretch > WIDEST:
        return None
    bent = _bend(rng, *letters, small, size, style)
    # A pen too thick for the letters would fill their bows.
    thickest = _THICKEST * small * min(1.0, style.stretch) * style.flat
    return with_pen(rng, bent, min(style.pen * size, thickest), style.pressure, size)


def _small(face: Face, size: int) -> float:
    """Return the height of the letter x, pixels."""
    return max(1.0, -face.at(size).getbbox("x", anchor="ls")[1])


def _letters(
    rng: np.random.Generator,
    choose: random.Random,
    words: list[str],
    faces: Sequence[Face],
    size: int,
    style: Style,
) -> tuple[Mask, int] | None:
    """Set the letters on a straight line: uint8 ink and the row of the base line."""
    forms = {
        character: choose.choice([face for face in faces if character in face.covers])
        for character in sorted(set("".join(words)))
    }
    small = _small(faces[0], size)
    x, base = 0.4 * size, 1.6 * size
    parts: list[tuple[float, float, str, ImageFont.FreeTypeFont]] = []
    links: list[tuple[float, float, float, float]] = []
    for word in words:
        rise = base + float(rng.normal(0, 0.03)) * size
        before: tuple[float, float] | None = None
        for piece in word if style.loose else (word,):
            own, face = size, faces[0]
            if style.loose:
                face = forms[piece]
                # Faces differ in how much of their size the small letters take.
                even = float(np.clip(small / _small(face, size), 0.7, 1.4))
                own = round(size * even * float(rng.normal(1, 0.07)) / _STEP) * _STEP
            drawn = face.at(own)
            down = rise + float(rng.normal(0, 1)) * style.uneven * size
            if before and piece.islower() and choose.random() < style.link:
                links.append((*before, x + 0.06 * own, down - 0.2 * own))
            parts.append((x, down, piece, drawn))
            x += drawn.getlength(piece)
            before = (x - 0.06 * own, down - 0.02 * own) if piece.islower() else None
            x += style.apart * size if style.loose else 0.0
        x += style.space * size
    width = int(x + 0.4 * size)
    canvas = Image.new("L", (width, int(2.6 * size)), 0)
    pencil = ImageDraw.Draw(canvas)
    for left, down, piece, drawn in parts:
        pencil.text((left, down), piece, 255, drawn, anchor="ls")
    for link in links:
        pencil.line(link, 255, max(2, size // 18))
    box = canvas.getbbox()
    if box is None:
        return None
    return np.asarray(canvas.crop((0, box[1], width, box[3]))), int(base) - box[1]


def _bend(
    rng: np.random.Generator, mask: Mask, base: int, small: float, size: int, style: Style
) -> Mask:
    """Bend a straight line of letters: slant, uneven widths, heights and base line, in one go.

    Args:
        rng: Randomness of numbers.
        mask: uint8 (H, W) ink.
        base: Row of the base line.
        small: Height of the letter x, pixels.
        size: Size of the type, pixels.
        style: The hand.
    """
    height, width = mask.shape
    room = abs(style.slant) * max(base, height - base)
    stretched = max(2, int(width * style.stretch))
    wide = int(stretched + 2 * room)
    drop = abs(style.climb) * wide / 2
    columns = np.arange(wide, dtype=np.float32)
    along = columns / wide - np.float32(0.5)

    def wave(amount: float, length: float, count: int = wide) -> NDArray[np.float32]:
        """Draw a smooth function of the column; its knots are a length (in sizes) apart."""
        knots = rng.normal(0, amount, (1, max(4, int(count / (length * size)) + 2)))
        smooth = cv2.resize(knots.astype(np.float32), (count, 1), interpolation=cv2.INTER_CUBIC)
        return np.asarray(smooth[0], np.float32)

    scale = np.clip(1 + style.grow * along + wave(style.wobble, 1.5), 0.5, 1.6)
    flat = np.clip(1 + (style.flat - 1) * (along + 0.5) + wave(style.wobble, 1), 0.35, 1.2)
    margin = 0.12 * size
    highest = float(scale.max())
    line = highest * max(base, 0) + drop + margin
    line = line - 2 * drop * np.sign(style.climb) * along + wave(0.4 * style.wobble, 2) * size
    tall = int(highest * height + 2 * (drop + margin))
    # Where each column of an upright hand comes from: letters come narrow and wide.
    pace = np.cumsum(np.clip(1 + wave(0.08 + 2 * style.wobble, 1, stretched), 0.5, 1.8))
    source = (pace * (width / pace[-1])).astype(np.float32)

    rows = np.arange(tall, dtype=np.float32)[:, None]
    rise = (line.astype(np.float32) - rows) / scale
    upright = np.clip(columns - np.float32(room) - np.float32(style.slant) * rise, 0, stretched - 1)
    map_x = source[upright.astype(np.int32)] + upright % 1 * np.float32(1 / style.stretch)
    # Small letters shrink to ``flat`` of their height, tall ones keep their tops.
    knee = small * flat
    above = (max(base, small + 1) - small) / (max(base, small + 1) - np.minimum(knee, small))
    map_rise = np.where(rise < knee, rise / flat, small + (rise - knee) * above)
    map_rise = np.where(rise < 0, rise, map_rise)
    cells = (max(2, tall // size + 1), max(2, wide // size + 2))
    noise = rng.normal(0, style.wobble * size, (*cells, 2)).astype(np.float32)
    field = cv2.resize(noise, (wide, tall), interpolation=cv2.INTER_LINEAR)
    bent: Mask = cv2.remap(
        mask, map_x + field[..., 0], base - map_rise + field[..., 1], cv2.INTER_LINEAR
    )
    return bent


def with_pen(
    rng: np.random.Generator, mask: Mask, radius: float, pressure: float, size: int
) -> Mask:
    """Draw ink again with another pen: every stroke gets the pen's width.

    Args:
        rng: Randomness of the pressure.
        mask: uint8 (H, W) ink.
        radius: Half the width of the strokes wanted, pixels, > 0.
        pressure: Share of the radius by which pressure changes it along the way, 0-1.
        size: Size of the type, pixels: how fast pressure changes.
    """
    ink = (mask > 100).astype(np.uint8)
    if not ink.any():
        return mask
    inside = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    # The middle of a stroke: nothing beside it is much further from the edge.
    middle = (inside + 0.5 >= cv2.dilate(inside, _NEIGHBOURS)) & (ink > 0)
    away = cv2.distanceTransform(1 - middle.astype(np.uint8), cv2.DIST_L2, 3)
    height, width = mask.shape
    cells = (max(2, 2 * height // size + 1), max(2, 2 * width // size + 2))
    share = rng.normal(0, 0.6 * pressure, cells).clip(-pressure, pressure)
    coarse = (max(radius, _THINNEST) * (1 + share)).astype(np.float32)
    wanted = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(127 + 255 * (wanted - away), 0, 255), np.uint8)
