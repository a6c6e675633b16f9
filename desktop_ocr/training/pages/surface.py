"""Paper that does not lie flat, seen from a point above it.

The sheet is a field of heights over the table. A camera at height ``far`` above the point ``eye``
that sees the table's point q sees, where the paper lies z(q) higher, the paper's point
q - (q - eye) z(q) / far: parallax, to the first order in z / far. Paper that is bent also keeps
its length; at the slopes of a sheet on a desk that moves a point by less than a percent of the
height and is left out.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Field = NDArray[Any]
_ROUNDS = 25
"""Of the fixed-point iteration of :meth:`Surface.seen`; the slopes make it contract by half."""


@dataclass(frozen=True, slots=True)
class Bend:
    """One way in which the paper rises.

    Attributes:
        kind: fold (a ridge along a line), curl (an edge that lifts) or wave.
        angle: Direction across the line, in radians.
        start: Where the line lies along that direction, in pixels of the sheet.
        reach: How far it reaches: width of the ridge, length of the edge, length of the wave.
        height: In pixels of the sheet.
    """

    kind: str
    angle: float
    start: float
    reach: float
    height: float

    def across(self, x: _Field, y: _Field) -> _Field:
        """Return how far points lie beyond the line, in pixels."""
        return np.asarray(x * np.cos(self.angle) + y * np.sin(self.angle) - self.start)

    def rise(self, x: _Field, y: _Field) -> _Field:
        """Return the height at points, in pixels."""
        t = self.across(x, y) / self.reach
        if self.kind == "fold":
            # Round at the very crease, so that the field of heights stays smooth.
            return np.asarray(self.height * np.exp(0.15 - np.sqrt(t * t + 0.15**2)))
        if self.kind == "curl":
            return np.asarray(self.height * np.clip(t, 0, 1.5) ** 2)
        return np.asarray(self.height * 0.5 * (1 + np.sin(2 * np.pi * t)))


@dataclass(frozen=True, slots=True)
class Surface:
    """A bent sheet under a camera.

    Attributes:
        bends: What adds up to its height; none for a flat sheet.
        eye: The point below the camera, in pixels of the sheet.
        far: The camera's height in pixels of the sheet.
        lamp: Direction of the light on the sheet (x, y); its length says how strongly slopes
            are lighter and darker.
    """

    bends: tuple[Bend, ...]
    eye: tuple[float, float]
    far: float
    lamp: tuple[float, float]

    @classmethod
    def draw(cls, choose: random.Random, width: int, height: int) -> Surface:
        """Draw the state of a sheet; a third lie flat."""
        side = float(max(width, height))
        bends: list[Bend] = []
        if choose.random() < 0.66:
            if choose.random() < 0.45:
                level = choose.random() < 0.6  # across the page; else along it
                for share in choose.choice(((0.5,), (1 / 3, 2 / 3), (0.5,), (0.25, 0.5, 0.75))):
                    angle = (np.pi / 2 if level else 0.0) + choose.gauss(0, 0.02)
                    start = share * (height if level else width) + choose.gauss(0, 0.01) * side
                    lift = choose.uniform(0.006, 0.024) * side * choose.choice((1, 1, -1))
                    bends.append(
                        Bend("fold", angle, start, choose.uniform(0.05, 0.12) * side, lift)
                    )
            if choose.random() < 0.5:
                angle = choose.choice((0, 1, 2, 3)) * np.pi / 2 + choose.gauss(0, 0.25)
                reach = choose.uniform(0.3, 0.7) * side
                ends = [x * np.cos(angle) + y * np.sin(angle)
                        for x in (0, width) for y in (0, height)]  # fmt: skip
                lift = choose.uniform(0.01, 0.07) * side
                bends.append(Bend("curl", angle, max(ends) - reach, reach, lift))
            if choose.random() < 0.5 or not bends:
                angle = choose.uniform(0, np.pi)
                bends.append(Bend("wave", angle, choose.uniform(0, side),
                                  choose.uniform(0.5, 1.3) * side,
                                  choose.uniform(0.005, 0.02) * side))  # fmt: skip
        lamp = choose.uniform(0, 2 * np.pi)
        strength = choose.uniform(0.5, 1.6)
        return cls(
            tuple(bends),
            (choose.uniform(-0.3, 1.3) * width, choose.uniform(0.2, 1.5) * height),
            choose.uniform(1.1, 2.2) * side,
            (strength * float(np.cos(lamp)), strength * float(np.sin(lamp))),
        )

    def height(self, x: _Field, y: _Field) -> _Field:
        """Return the paper's height at points of the table, in pixels."""
        total = np.zeros(np.broadcast(x, y).shape, np.float64)
        for bend in self.bends:
            total += bend.rise(x, y)
        return total

    def under(self, x: _Field, y: _Field) -> tuple[_Field, _Field]:
        """Return the paper's points that are seen where the table's points would be."""
        lift = self.height(x, y) / self.far
        return x - (x - self.eye[0]) * lift, y - (y - self.eye[1]) * lift

    def seen(self, x: _Field, y: _Field) -> tuple[_Field, _Field]:
        """Return where on the table points of the paper are seen; undoes :meth:`under`."""
        at_x, at_y = np.array(x, np.float64), np.array(y, np.float64)
        for _ in range(_ROUNDS):
            lift = self.height(at_x, at_y) / self.far
            at_x, at_y = (
                (x - self.eye[0] * lift) / (1 - lift),
                (y - self.eye[1] * lift) / (1 - lift),
            )
        return at_x, at_y

    def shade(self, x: _Field, y: _Field) -> _Field:
        """Return how light the paper is at points of the table: 1 where it lies level."""
        step = 2.0
        here = self.height(x, y)
        slope_x = (self.height(x + step, y) - here) / step
        slope_y = (self.height(x, y + step) - here) / step
        light = 1 + slope_x * self.lamp[0] + slope_y * self.lamp[1]
        for bend in self.bends:
            if bend.kind == "fold":  # The crease itself is worn.
                light = light * (1 - 0.12 * np.exp(-((bend.across(x, y) / 3.0) ** 2)))
        return np.asarray(np.clip(light, 0.5, 1.25))
