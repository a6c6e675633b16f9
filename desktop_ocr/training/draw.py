"""Ink: a text becomes a mask, printed or written by hand."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from desktop_ocr.training import marks, scrawl
from desktop_ocr.training.faces import Face, FaceKind, FaceSet
from desktop_ocr.training.strokes import Hand, StrokeBook
from desktop_ocr.training.text import Script, Text

Mask = NDArray[Any]
"""uint8 (H, W), 255 = ink (OpenCV's own types do not say so)."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A drawn text before it meets paper.

    Attributes:
        mask: uint8 (H, W), 255 = ink; some empty margin around.
        text: What the mask says; characters that no face could draw are gone.
        size: Size of the type in pixels.
        gaps: Columns in the middle of wide gaps, where a form may have a rule.
        handwritten: Whether a hand or a hand-like face drew it.
    """

    mask: Mask
    text: str
    size: int
    gaps: tuple[int, ...]
    handwritten: bool


class Pen:
    """Draws texts with the faces and strokes at hand."""

    def __init__(self, faces: FaceSet, strokes: StrokeBook) -> None:
        """Keep what to draw with."""
        self._faces, self._strokes = faces, strokes
        self._fallback = [
            face
            for kind in (FaceKind.CHINESE_PRINT, FaceKind.LATIN_PRINT)
            for face in faces.faces.get(kind, [])
        ]

    def draw(self, rng: np.random.Generator, choose: random.Random, text: Text) -> Ink | None:
        """Draw a text.

        Args:
            rng: Randomness of numbers.
            choose: Randomness of choices.
            text: What to draw.

        Returns:
            The ink, or None where nothing could be drawn.
        """
        size = int(choose.choice((24, 28, 32, 36, 40, 40, 44, 48)))
        by_hand = choose.random() < text.handwriting
        if not by_hand:
            return self._print(rng, choose, text, size)
        if text.script is Script.LATIN:
            ink = self._latin_hand(rng, choose, text)
        else:
            ink = self._hand(rng, choose, text, size)
        return ink and _corrected(rng, choose, ink)

    def _face_for(self, character: str, *wanted: Face | None) -> Face | None:
        """Return the first wanted or fallback face that holds a character."""
        for face in (*wanted, *self._fallback):
            if face is not None and character in face.covers:
                return face
        return None

    def _print(
        self, rng: np.random.Generator, choose: random.Random, text: Text, size: int
    ) -> Ink | None:
        """Set a line of type."""
        chinese = self._faces.pick(choose, FaceKind.CHINESE_PRINT)
        latin = self._faces.pick(choose, FaceKind.LATIN_PRINT)
        if text.script is Script.CHINESE and choose.random() < 0.55:
            latin = None  # The Chinese face draws its own Latin.
        tracking = float(rng.uniform(-0.04, 0.2)) * size if choose.random() < 0.25 else None
        gap = float(rng.uniform(0.4, 2.2))
        runs: list[tuple[str, Face | None]] = []
        for character in text.text:
            if character == " ":
                runs.append((" ", None))
                continue
            first = latin if character.isascii() and latin else chinese
            face = self._face_for(character, first, chinese)
            if face is None:
                continue
            if runs and runs[-1][1] is face and tracking is None:
                runs[-1] = (runs[-1][0] + character, face)
            else:
                runs.append((character, face))
        if not any(face for _, face in runs):
            return None
        advances: list[float] = []
        for run, face in runs:
            if face is None:
                advances.append(size * 0.3)
            else:
                advances.append(face.at(size).getlength(run) + (tracking or 0.0))
        # Runs of spaces are columns of a table: widen them.
        for index, (_, face) in enumerate(runs):
            if face is None and index and runs[index - 1][1] is None:
                advances[index] = size * gap
        width = int(sum(advances)) + 2 * size
        if width > 2600:
            return None
        canvas = Image.new("L", (width, size * 2), 0)
        pencil = ImageDraw.Draw(canvas)
        x, gaps, label = float(size), [], []
        for index, (run, face) in enumerate(runs):
            if face is not None:
                pencil.text((x, size * 1.45), run, 255, face.at(size), anchor="ls")
                label.append(run)
            else:
                if advances[index] > size * 0.5:
                    gaps.append(int(x + advances[index] / 2))
                if label and label[-1] != " ":
                    label.append(" ")
            x += advances[index]
        mask = np.asarray(canvas)
        if choose.random() < 0.12:
            mask = _stretch(mask, float(rng.uniform(0.7, 1.35)))
            scale = mask.shape[1] / width
            gaps = [int(column * scale) for column in gaps]
        return Ink(mask, "".join(label).strip(), size, tuple(gaps), handwritten=False)

    def _latin_hand(
        self, rng: np.random.Generator, choose: random.Random, text: Text
    ) -> Ink | None:
        """Write Latin in a handwriting face; some hands mix the forms of two."""
        face = self._faces.pick(choose, FaceKind.LATIN_HAND)
        second = self._faces.pick(choose, FaceKind.LATIN_HAND)
        if face is None or second is None:
            return None
        faces = (face, second) if choose.random() < 0.4 else (face,)
        words = "".join(c for c in text.text if c == " " or c in face.covers).split()
        if not words:
            return None
        size = int(choose.choice((32, 36, 40, 44, 48)))
        mask = scrawl.write(rng, choose, words, faces, size)
        if mask is None:
            return None
        if choose.random() < 0.06:
            mask = marks.with_tail(rng, mask, size)
        return Ink(mask, " ".join(words), size, (), handwritten=True)

    def _hand(
        self, rng: np.random.Generator, choose: random.Random, text: Text, size: int
    ) -> Ink | None:
        """Write Chinese by hand: strokes or a handwriting face, character by character."""
        by_strokes = choose.random() < 0.55
        face = self._faces.pick(choose, FaceKind.CHINESE_HAND)
        latin = self._faces.pick(choose, FaceKind.LATIN_HAND) if choose.random() < 0.6 else face
        hand = Hand.draw(rng)
        uneven = float(rng.uniform(0.02, 0.12))
        spacing = float(rng.uniform(-0.12, 0.22))
        if choose.random() < 0.15:
            spacing += float(rng.uniform(0.1, 0.7))
        drift, slope = 0.0, float(rng.normal(0, 0.012))
        glyphs: list[tuple[int, float, Mask]] = []
        x, label = float(size), list[str]()
        for character in text.text:
            if character == " ":
                x += size * float(rng.uniform(0.3, 0.8))
                if label and label[-1] != " ":
                    label.append(" ")
                continue
            own = max(12, int(size * float(np.clip(rng.normal(1, uneven), 0.7, 1.3))))
            if character in self._strokes and (
                by_strokes or not (face and character in face.covers)
            ):
                glyph, rise = self._strokes.draw(rng, character, own, hand), 0.0
            else:
                chosen = self._face_for(character, latin if character.isascii() else face, face)
                if chosen is None:
                    continue
                glyph, rise = _glyph(chosen, character, own)
                turn = float(rng.normal(0, 2.5))
                if abs(turn) > 1.5 and min(glyph.shape) > 4:
                    glyph = _turn(glyph, turn)
            drift = 0.8 * drift + float(rng.normal(0, 0.03)) * size
            middle = drift + slope * (x - size) + rise
            glyphs.append((int(x), middle, glyph))
            label.append(character)
            x += glyph.shape[1] + (spacing + float(rng.normal(0, 0.04))) * size - 2
            x = max(x, glyphs[-1][0] + 3)
        if not glyphs or x > 2600:
            return None
        width = int(x) + size + max(glyph.shape[1] for _, _, glyph in glyphs)
        tallest = max(abs(m) + glyph.shape[0] / 2 for _, m, glyph in glyphs)
        height = int(2 * tallest) + 8
        canvas = np.zeros((height, width), np.uint8)
        for left, middle, glyph in glyphs:
            top = int(height / 2 + middle - glyph.shape[0] / 2)
            place = canvas[top : top + glyph.shape[0], left : left + glyph.shape[1]]
            np.maximum(place, glyph[: place.shape[0], : place.shape[1]], out=place)
        mask = canvas
        if choose.random() < 0.5:
            mask = _shear(mask, float(rng.normal(0.03, 0.12)))
        if choose.random() < 0.6:
            mask = _warp(rng, mask, size, 0.06)
        if choose.random() < 0.3:
            mask = _stretch(mask, float(rng.uniform(0.75, 1.2)))
        return Ink(mask, "".join(label).strip(), size, (), handwritten=True)


def _corrected(rng: np.random.Generator, choose: random.Random, ink: Ink) -> Ink:
    """Correct or underline some handwritten lines; what they say stays."""
    kind = choose.random()
    if kind < 0.03:
        return replace(ink, mask=marks.struck_out(rng, choose, ink.mask, ink.size))
    if kind < 0.08:
        return replace(ink, mask=marks.ruled_through(rng, choose, ink.mask, ink.size))
    return ink


def _glyph(face: Face, character: str, size: int) -> tuple[Mask, float]:
    """Return one glyph cut to its width, and how far its middle lies below the em's middle."""
    font = face.at(size)
    left, top, right, bottom = font.getbbox(character, anchor="ls")
    image = Image.new("L", (max(1, int(right - left)) + 4, max(1, int(bottom - top)) + 4), 0)
    ImageDraw.Draw(image).text((2 - left, 2 - top), character, 255, font, anchor="ls")
    return np.asarray(image), (top + bottom) / 2 + 0.36 * size


def _turn(mask: Mask, degrees: float) -> Mask:
    height, width = mask.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned: Mask = cv2.warpAffine(mask, matrix, (width, height))
    return turned


def _stretch(mask: Mask, factor: float) -> Mask:
    width = max(1, int(mask.shape[1] * factor))
    stretched: Mask = cv2.resize(mask, (width, mask.shape[0]), interpolation=cv2.INTER_LINEAR)
    return stretched


def _shear(mask: Mask, amount: float) -> Mask:
    height, width = mask.shape
    shift = abs(amount) * height
    matrix = np.array([[1, -amount, shift / 2 + amount * height / 2], [0, 1, 0]], np.float32)
    sheared: Mask = cv2.warpAffine(mask, matrix, (int(width + shift), height))
    return sheared


def _warp(rng: np.random.Generator, mask: Mask, size: int, strength: float) -> Mask:
    """Bend a mask by a smooth random field of displacements."""
    height, width = mask.shape
    cells = (max(2, height // size + 2), max(2, int(width / size * rng.uniform(0.5, 1.6)) + 2))
    amount = float(rng.uniform(0.2, 1.0)) * strength * size
    coarse = rng.normal(0, amount, (*cells, 2)).astype(np.float32)
    field = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    bent: Mask = cv2.remap(mask, columns + field[..., 0], rows + field[..., 1], cv2.INTER_LINEAR)
    return bent
