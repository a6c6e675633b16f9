"""A drawn page as a phone sees it: askew, in uneven light, a little out of focus."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from desktop_ocr.document.geometry import Transform


@dataclass(frozen=True)
class Shot:
    """How a photograph was taken.

    Attributes:
        angle: Degrees, counter-clockwise.
        tilt: Relative shift of single corners, the perspective.
        shadow: Darkest part of the shadow, 0 (none) to 1 (black).
        shadow_angle: Direction across the shadow's edge, in degrees.
        blur: Standard deviation in pixels.
        noise: Standard deviation in grey levels.
        light: Colour of the light, blue, green, red.
        desk: Colour of the table, blue, green, red.
    """

    angle: float
    tilt: float = 0.012
    shadow: float = 0.3
    shadow_angle: float = 30.0
    blur: float = 0.9
    noise: float = 3.5
    light: tuple[float, float, float] = (0.93, 0.98, 1.0)
    desk: tuple[int, int, int] = (70, 92, 120)


def photograph(
    page: np.ndarray, shot: Shot, rng: np.random.Generator
) -> tuple[np.ndarray, Transform]:
    """Photograph a page lying on a table.

    Args:
        page: uint8 (H, W, 3), BGR.
        shot: How.
        rng: Source of noise and of the corners' shifts.

    Returns:
        A picture of the same size, uint8 (H, W, 3), and the map from pixels of the page to
        pixels of the picture.
    """
    height, width = page.shape[:2]
    matrix = _homography(width, height, shot, rng)
    size = (width, height)
    seen = cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_CUBIC)
    inside = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size)
    share = inside.astype(np.float32)[..., None] / 255
    picture = seen * share + desk(inside, shot, rng) * (1 - share)
    picture *= light(height, width, shot)[..., None] * np.array(shot.light, np.float32)
    soft = cv2.GaussianBlur(picture, (0, 0), shot.blur).astype(np.float32)
    soft += noise(picture.shape, rng) * shot.noise
    return np.clip(np.round(soft), 0, 255).astype(np.uint8), Transform.of(matrix.tolist())


def desk(inside: np.ndarray, shot: Shot, rng: np.random.Generator) -> np.ndarray:
    """Return a table of wood with the soft shadow of the sheet on it, float32 (H, W, 3).

    Args:
        inside: uint8 (H, W), 255 where the sheet lies.
        shot: Its colour.
        rng: Source of its grain.
    """
    specks = rng.normal(0, 1, inside.shape).astype(np.float32)
    grain = cv2.GaussianBlur(specks, (0, 0), 9, sigmaY=1)
    wood = np.array(shot.desk, np.float32) + 40 * grain[..., None]
    fall = cv2.GaussianBlur(np.roll(inside, (14, 10), (0, 1)), (0, 0), 12).astype(np.float32) / 255
    wood *= 1 - 0.45 * fall[..., None]
    return np.asarray(wood)


def noise(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Return a camera's noise, float32, standard deviation 1: neighbours share theirs.

    Colours are interpolated between the cells of a sensor.
    """
    specks = rng.normal(0, 1, shape).astype(np.float32)
    specks = cv2.GaussianBlur(specks, (0, 0), 0.7).astype(np.float32)
    return np.asarray(specks / specks.std())


def _homography(width: int, height: int, shot: Shot, rng: np.random.Generator) -> np.ndarray:
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
    middle = corners.mean(axis=0)
    a = math.radians(-shot.angle)
    turn = np.array([(math.cos(a), -math.sin(a)), (math.sin(a), math.cos(a))])
    moved = (corners - middle) @ turn.T
    moved *= 1 + rng.uniform(-shot.tilt, shot.tilt, (4, 1))
    moved += rng.uniform(-shot.tilt, shot.tilt, (4, 2)) * width / 2
    # As large as the frame allows, leaving a little of the table to be seen.
    extent = np.abs(moved).max(axis=0)
    moved *= min(0.985 * width / 2 / extent[0], 0.985 * height / 2 / extent[1])
    return cv2.getPerspectiveTransform(
        corners.astype(np.float32), (moved + middle).astype(np.float32)
    )


def light(height: int, width: int, shot: Shot) -> np.ndarray:
    """Return the light on each pixel: a lamp from one side and a soft-edged shadow."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x / width - 0.5, y / width - 0.5 * height / width
    a = math.radians(shot.shadow_angle)
    across = x * math.cos(a) + y * math.sin(a)
    along = -x * math.sin(a) + y * math.cos(a)
    edge = 1 / (1 + np.exp(-(across - 0.22 - 0.06 * np.sin(5 * along)) / 0.045))
    light: np.ndarray = (1.0 - 0.16 * (across + 0.5)) * (1 - shot.shadow * edge)
    return light
