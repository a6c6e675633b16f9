"""A sheet as a phone sees it: turned, oblique, bent, in a bad light; truth goes along."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Box, Quad
from desktop_ocr.training.pages.draft import Item, Kind
from desktop_ocr.training.pages.surface import Surface
from desktop_ocr.training.samples.degrade import Shot, desk, light, noise

LOWEST_TYPE = (10.5, 16.0)
"""Least ems of the smallest type in the picture, in pixels: less nobody can read."""
CONTRAST = 45.0
"""Least difference of ink and paper in the deepest shadow, in grey levels."""
_LAMP = 0.8
"""What the unevenness of the lamp leaves of the light on a sheet's far side."""
_STEP = 4
"""Pixels between the points at which the way back to the sheet is computed."""
_DESKS = (
    (70, 92, 120), (48, 50, 54), (150, 160, 165), (40, 70, 100), (185, 185, 180), (90, 70, 60),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """How the sheet stands in the picture.

    Attributes:
        turn: Quarter turns clockwise, 0–3: with 2 the text stands on its head.
        angle: Degrees counter-clockwise beyond that.
    """

    turn: int
    angle: float


@dataclass(frozen=True, slots=True)
class Camera:
    """How a picture is taken.

    Attributes:
        view: How the sheet stands in it.
        shot: Light, shadow, blur (pixels), noise (grey levels) and the desk.
        surface: The sheet's shape.
        width: Of the picture in pixels, a multiple of 4.
        height: Of the picture in pixels, a multiple of 4.
        aim: What the picture shows: left, top, right, bottom on the sheet.
        fill: How much of the picture that takes.
        lean: How much nearer the right and the lower side are: the perspective, -0.3–0.3.
        shift: Where the sheet's middle lies off the picture's, shares of its width and height.
        white: Grey level of white paper in full light, 0–255.
        black: Grey level of black ink.
        sharpen: What the phone adds of the difference to its blurred picture.
        motion: Length of the blur of a hand that moves, in pixels; 0 for none.
        cover: Share of the picture's diagonal that something lies over, from a corner.
        corner: Which corner, 0–3.
        quality: Of the JPEG.
    """

    view: View
    shot: Shot
    surface: Surface
    width: int
    height: int
    aim: tuple[float, float, float, float]
    fill: float
    lean: tuple[float, float]
    shift: tuple[float, float]
    white: float
    black: float
    sharpen: float
    motion: int
    cover: float
    corner: int
    quality: int

    @classmethod
    def draw(
        cls, choose: random.Random, sheet: tuple[int, int], text: Box, em: float,
        view: View | None = None,
    ) -> Camera:  # fmt: skip
        """Draw a camera for a sheet.

        Args:
            choose: Randomness of choices.
            sheet: Width and height in pixels.
            text: Where on the sheet something is written.
            em: The sheet's smallest type in its pixels; the picture keeps it readable.
            view: How the sheet stands; drawn where it is None.
        """
        turn = choose.choice((0, 0, 0, 0, 0, 0, 1, 2, 3))
        angle = choose.gauss(0, 2.5) if choose.random() < 0.8 else choose.uniform(-30, 30)
        view = view or View(turn, angle)
        # The whole sheet lies in the picture, or a photographer came close to the text.
        aim = (0.0, 0.0, float(sheet[0]), float(sheet[1]))
        if choose.random() < 0.55:
            aim = (text.left, text.top, text.right, text.bottom)
        level = (aim[2] - aim[0] > aim[3] - aim[1]) != (view.turn % 2 == 1)
        long = choose.choice((1000, 1100, 1400, 1800, 2200, 2600, 3000, 3600))
        width, height = (long, long * 3 // 4) if level else (long * 3 // 4, long)
        dim = choose.random() < 0.4  # grey on grey
        white = choose.uniform(120, 190) if dim else choose.uniform(190, 245)
        black = choose.uniform(0.28, 0.5) * white if dim else choose.uniform(5, 60)
        # Where the shadow is darkest a person can still read.
        deepest = max(0.0, 1 - CONTRAST / (_LAMP * (white - black)))
        found = cls(
            view=view,
            shot=Shot(
                view.angle,
                shadow=min(deepest, choose.uniform(0.1, 0.5) if choose.random() < 0.7 else 0.0),
                shadow_angle=choose.uniform(0, 360),
                noise=choose.uniform(1, 5),
                light=(choose.uniform(0.78, 1.0), choose.uniform(0.9, 1.0), 1.0),
                desk=choose.choice(_DESKS),
            ),
            surface=Surface.draw(choose, *sheet),
            width=width, height=height,
            aim=aim,
            fill=choose.uniform(*((0.84, 0.98) if choose.random() < 0.85 else (0.98, 1.05))),
            lean=(choose.gauss(0, 0.07), choose.gauss(0, 0.09)),
            shift=(choose.gauss(0, 0.01), choose.gauss(0, 0.01)),
            white=white, black=black,
            sharpen=choose.uniform(0.2, 0.8) if choose.random() < 0.25 else 0.0,
            motion=choose.randrange(2, 4) if choose.random() < 0.1 else 0,
            cover=choose.uniform(0.05, 0.16) if choose.random() < 0.1 else 0.0,
            corner=choose.randrange(4),
            quality=choose.randrange(35, 93),
        )  # fmt: skip
        pixels = em * found.lens(sheet).scale
        least = choose.uniform(*LOWEST_TYPE)
        if pixels < least:
            grow = least / pixels
            width, height = (math.ceil(v * grow) for v in (width, height))
        blur = choose.uniform(0.3, 0.3 + 0.05 * max(pixels, least))
        shot = replace(found.shot, blur=blur)
        return replace(found, width=width // 4 * 4, height=height // 4 * 4, shot=shot)

    def lens(self, sheet: tuple[int, int]) -> Lens:
        """Return the map between a sheet of a width and height and the picture."""
        wide, high = sheet
        left, top, right, bottom = self.aim
        edges = np.linspace((left, top), (right, bottom), 9)
        corners = np.array([*((x, y) for x in edges[:, 0] for y in (top, bottom)),
                            *((x, y) for y in edges[:, 1] for x in (left, right))])  # fmt: skip
        corners = np.stack(self.surface.seen(corners[:, 0], corners[:, 1]), axis=1)
        a = math.radians(90 * self.view.turn - self.view.angle)
        turn = np.array([(math.cos(a), -math.sin(a), 0), (math.sin(a), math.cos(a), 0), (0, 0, 1)])
        middle = np.array([(1, 0, -wide / 2), (0, 1, -high / 2), (0, 0, 1)])
        reach = math.hypot(wide, high) / 2
        tip = np.array([(1, 0, 0), (0, 1, 0), (self.lean[0] / reach, self.lean[1] / reach, 1)])
        matrix = tip @ turn @ middle
        seen = _project(matrix, corners)
        low, extent = seen.min(axis=0), np.ptp(seen, axis=0)
        scale = self.fill * min(self.width / extent[0], self.height / extent[1])
        centre = low + extent / 2
        place = (self.width * (0.5 + self.shift[0]), self.height * (0.5 + self.shift[1]))
        fit = np.array([
            (scale, 0, place[0] - scale * centre[0]), (0, scale, place[1] - scale * centre[1]),
            (0, 0, 1),
        ])  # fmt: skip
        return Lens(fit @ matrix, self.surface, scale)


@dataclass(frozen=True, slots=True)
class Lens:
    """The map between a sheet and its picture.

    Attributes:
        matrix: From the table below the sheet, in its pixels, to the picture; float64 (3, 3).
        surface: The sheet's shape.
        scale: Pixels of the picture for one of the sheet, about.
    """

    matrix: NDArray[Any]
    surface: Surface
    scale: float

    def to_picture(self, points: NDArray[Any]) -> NDArray[Any]:
        """Map points of the sheet, float (N, 2), to the picture."""
        at = np.stack(self.surface.seen(points[:, 0], points[:, 1]), axis=1)
        return _project(self.matrix, at)

    def quad(self, quad: Quad) -> Quad:
        """Map a line's quad; where the line is bent, to the straight quad that fits it best."""
        tl, tr, br, bl = (np.array(p) for p in quad.points)
        share = np.linspace(0, 1, 9)
        edges = []
        for start, end in ((tl, tr), (bl, br)):
            along = self.to_picture(start + (end - start) * share[:, None])
            slope, base = np.polyfit(share, along, 1)
            edges.append((base, base + slope))
        (left, right), (low_left, low_right) = edges
        return Quad.of([left, right, low_right, low_left])


def photograph(
    sheet: NDArray[Any], camera: Camera, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], Lens]:
    """Take a picture of a sheet.

    Args:
        sheet: uint8 (H, W, 3) BGR.
        camera: How.
        rng: Randomness of grain and noise.

    Returns:
        uint8 (camera.height, camera.width, 3) BGR, before JPEG, and the map to it.
    """
    high, wide = sheet.shape[:2]
    lens = camera.lens((wide, high))
    x, y, shade = _way_back(camera, lens)
    # Seen from afar the sheet is averaged, not sampled.
    scale = min(1.0, lens.scale)
    small = cv2.resize(sheet, (round(wide * scale), round(high * scale)),
                       interpolation=cv2.INTER_AREA)  # fmt: skip
    map_x = ((x + 0.5) * small.shape[1] / wide - 0.5).astype(np.float32)
    map_y = ((y + 0.5) * small.shape[0] / high - 0.5).astype(np.float32)
    seen = cv2.remap(small, map_x, map_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    whole = np.full(small.shape[:2], 255, np.uint8)
    inside = cv2.remap(whole, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    share = inside.astype(np.float32)[..., None] / 255
    # Ink and paper as the sensor sees them: dim light leaves both grey.
    tone = camera.black + seen.astype(np.float32) * ((camera.white - camera.black) / 253)
    table = desk(inside, camera.shot, rng) * (camera.white / 230)
    picture = tone * shade[..., None] * share + table * (1 - share)
    picture *= light(camera.height, camera.width, camera.shot)[..., None]
    picture *= np.array(camera.shot.light, np.float32)
    over = _cover(camera)
    if over is not None:
        corner = float(rng.uniform(0.4, 0.95)) * camera.white
        picture[over > 0] = corner * np.array(camera.shot.light, np.float32)
    return _develop(picture, camera, rng), lens


def _develop(picture: NDArray[Any], camera: Camera, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Blur, sharpen, add noise."""
    picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), camera.shot.blur), np.float32)
    if camera.motion:
        kernel = np.full((1, camera.motion), 1 / camera.motion, np.float32)
        picture = np.asarray(cv2.filter2D(picture, -1, kernel))
    picture += noise(picture.shape, rng) * camera.shot.noise
    if camera.sharpen:
        picture += camera.sharpen * (picture - cv2.GaussianBlur(picture, (0, 0), 1.2))
    return np.asarray(np.clip(np.round(picture), 0, 255), np.uint8)


def moved(items: list[Item], camera: Camera, lens: Lens) -> list[Item]:
    """Return the truth in pixels of the picture.

    Items out of sight are left out; those that can be seen in part become ``Kind.CUT``.
    """
    over = _cover(camera)
    found = []
    for item in items:
        quad = lens.quad(item.quad)
        points = np.array(quad.points)
        within = (points >= 0).all(axis=1) & (points < (camera.width, camera.height)).all(axis=1)
        box = np.clip(np.array(quad.box), 0, (camera.width, camera.height) * 2).astype(int)
        hidden = over is not None and over[box[1] : box[3] + 1, box[0] : box[2] + 1].any()
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        if within.all() and not hidden:
            found.append(replace(item, quad=quad))
        else:
            found.append(Item(quad, "", Kind.CUT))
    return found


def _way_back(camera: Camera, lens: Lens) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return for each pixel of the picture the sheet's point (x, y) and how light it is."""
    size = (camera.width, camera.height)
    columns = np.arange(0, camera.width, _STEP) + (_STEP - 1) / 2
    rows = np.arange(0, camera.height, _STEP) + (_STEP - 1) / 2
    grid = np.stack(np.meshgrid(columns, rows), axis=-1)
    at = _project(np.linalg.inv(lens.matrix), grid.reshape(-1, 2)).reshape(grid.shape)
    x, y = lens.surface.under(at[..., 0], at[..., 1])
    shade = lens.surface.shade(at[..., 0], at[..., 1])
    full = [
        cv2.resize(np.asarray(field, np.float32), size, interpolation=cv2.INTER_LINEAR)
        for field in (x, y, shade)
    ]
    return np.asarray(full[0]), np.asarray(full[1]), np.asarray(full[2])


def _cover(camera: Camera) -> NDArray[np.uint8] | None:
    """Return where something lies over the sheet: uint8 (H, W), 255 there; None for nothing."""
    if not camera.cover:
        return None
    right, low = camera.width * (camera.corner % 2), camera.height * (camera.corner // 2)
    inward = (1 if not right else -1, 1 if not low else -1)
    reach = camera.cover * (camera.width + camera.height)
    triangle = [(right, low), (right + inward[0] * reach, low), (right, low + inward[1] * reach)]
    over = np.zeros((camera.height, camera.width), np.uint8)
    cv2.fillPoly(over, [np.array(triangle, np.int32)], 255)
    return over


def _project(matrix: NDArray[Any], points: NDArray[Any]) -> NDArray[Any]:
    flat = points @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray(flat[:, :2] / flat[:, 2:])
