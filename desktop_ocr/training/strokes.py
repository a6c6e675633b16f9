"""Handwriting drawn from the centre lines of strokes (hanzi-writer-data, Arphic licence).

A pen's hand differs from line to line: slant, squeeze, speed (corners cut, strokes joined) and
size. Each character then differs a little from the next. Real ward handwriting looks more like
this than like any font, and 9,574 characters are at hand.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

_BOX = 1024.0
_TOP = 900.0
_SHIFT = 4  # fractional bits of the points handed to OpenCV


@dataclass(frozen=True, slots=True)
class Hand:
    """How one writer writes a line.

    Attributes:
        pen: Pen width relative to the character's size.
        slant: Shear; positive leans right.
        squeeze: Width relative to height.
        wobble: Displacement of points relative to the size.
        join: Chance that a stroke runs on into the next, 0–1.
        cut: Rounds of corner cutting (0–3): a faster hand is rounder.
        drop: Chance that a short stroke is left out, 0–1.
    """

    pen: float
    slant: float
    squeeze: float
    wobble: float
    join: float
    cut: int
    drop: float

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Hand:
        """Draw a writer."""
        fast = rng.random()
        return cls(
            pen=float(rng.uniform(0.022, 0.08)),
            slant=float(rng.normal(0.05, 0.12)),
            squeeze=float(rng.uniform(0.72, 1.08)),
            wobble=float(rng.uniform(0.01, 0.03) + 0.02 * fast),
            join=float(fast**2 * 0.75),
            cut=int(rng.integers(0, 2) + (fast > 0.35) + (fast > 0.75)),
            drop=float(0.02 * fast),
        )


class StrokeBook:
    """Centre lines by character."""

    def __init__(self, medians: dict[str, list[NDArray[np.float32]]]) -> None:
        """Keep the strokes: per character a list of float32 (N, 2), x right, y down, in 0..1."""
        self._medians = medians

    @classmethod
    def load(cls, path: Path) -> StrokeBook:
        """Read ``hanzi_writer_data.jsonl.gz``: one JSON object a line with char and medians."""
        medians = {}
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                medians[row["char"]] = [
                    np.array([(x / _BOX, (_TOP - y) / _BOX) for x, y in stroke], np.float32)
                    for stroke in row["medians"]
                ]
        return cls(medians)

    def __contains__(self, character: object) -> bool:
        """Say whether the character's strokes are known."""
        return character in self._medians

    def draw(
        self, rng: np.random.Generator, character: str, size: int, hand: Hand
    ) -> NDArray[np.uint8]:
        """Draw one character.

        Args:
            rng: Source of randomness.
            character: A known character.
            size: Height of the character's box in pixels.
            hand: The writer.

        Returns:
            uint8 (H, W), 255 = ink, cut to the ink's width.
        """
        strokes = self._medians[character]
        # One affine map a character, smaller ones a stroke, then a wobble of the points.
        tilt = rng.normal(0, 0.05)
        matrix = np.array(
            [
                [hand.squeeze * rng.uniform(0.9, 1.1), tilt - hand.slant],
                [rng.normal(0, 0.04), rng.uniform(0.92, 1.08)],
            ],
            np.float32,
        )
        pieces: list[NDArray[np.float32]] = []
        for stroke in strokes:
            if len(strokes) > 5 and rng.random() < hand.drop:
                continue
            points = stroke - 0.5
            local = np.eye(2, dtype=np.float32) + rng.normal(0, 0.05, (2, 2)).astype(np.float32)
            centre = points.mean(axis=0)
            points = (points - centre) @ local.T + centre
            points = points + rng.normal(0, hand.wobble, 2).astype(np.float32)
            points = points + rng.normal(0, hand.wobble * 0.5, points.shape).astype(np.float32)
            points = points @ matrix.T
            if pieces and rng.random() < hand.join:
                pieces[-1] = np.concatenate((pieces[-1], points))
            else:
                pieces.append(points.astype(np.float32))
        if not pieces:
            pieces = [strokes[0] - 0.5]
        pieces = [_round(points, hand.cut) for points in pieces]
        lowest = np.min([piece.min(axis=0) for piece in pieces], axis=0)
        highest = np.max([piece.max(axis=0) for piece in pieces], axis=0)
        pen = max(1.0, hand.pen * size)
        border = int(pen) + 2
        width = int((highest[0] - lowest[0]) * size) + 2 * border
        height = size + 2 * border
        canvas = np.zeros((height, width), np.uint8)
        # Horizontally cut to the ink, vertically the box: sizes within a line must keep.
        offset = np.array([border - lowest[0] * size, border + 0.5 * size], np.float32)
        for piece in pieces:
            fixed = np.rint((piece * size + offset) * (1 << _SHIFT)).astype(np.int32)
            thick = max(1, round(pen * rng.uniform(0.8, 1.2)))
            cv2.polylines(canvas, [fixed], False, 255, thick, cv2.LINE_AA, _SHIFT)
        return canvas


def _round(points: NDArray[np.float32], rounds: int) -> NDArray[np.float32]:
    """Cut corners (Chaikin's scheme), keeping both ends."""
    for _ in range(rounds):
        if len(points) < 3:
            break
        near, far = points[:-1], points[1:]
        inner = np.empty((2 * len(near), 2), np.float32)
        inner[0::2] = 0.75 * near + 0.25 * far
        inner[1::2] = 0.25 * near + 0.75 * far
        points = np.concatenate((points[:1], inner[1:-1], points[-1:]))
    return points
