"""Paper and camera: an ink mask becomes the picture of a line as scanners and phones give it."""

from __future__ import annotations

import random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop_ocr.training.draw import Ink, Mask
from desktop_ocr.training.stamps import stamped

Picture = NDArray[Any]
"""uint8 (H, W, 3) BGR."""
_Field = NDArray[Any]
"""float32, grey levels 0-255."""
_LOWEST_BODY = 10
"""Lowest type, in pixels, that a camera leaves: nobody can read a lower one."""
_ONE_BIT_HEIGHT = 18
"""Lowest line, in pixels, that is thresholded."""


def picture(
    rng: np.random.Generator, choose: random.Random, ink: Ink, other: Ink | None
) -> Picture:
    """Put ink on paper and look at it through a scanner or camera.

    Args:
        rng: Randomness of numbers.
        choose: Randomness of choices.
        ink: The line.
        other: Another line whose edge may show above, below or beside, or None.

    Returns:
        uint8 (H, W, 3) BGR, the crop that a line finder would have cut; its height varies.
    """
    mask, rules = _crop(rng, choose, ink, other)
    mask = _toner(rng, choose, mask, ink.handwritten)
    light, dark = _colours(rng, choose)
    paper = _paper(rng, choose, mask.shape, light)
    if rules is not None:
        shade = (light * rng.uniform(0.3, 0.85)).astype(np.float32)
        paper = paper + (shade - paper) * (rules.astype(np.float32) / 255)[..., None]
    alpha = mask.astype(np.float32)[..., None] * float(rng.uniform(0.75, 1.0) / 255)
    image = paper + (dark - paper) * alpha
    if choose.random() < 0.04:
        image = stamped(rng, choose, image)
    image = _camera(rng, choose, image, min(1.0, 0.75 * ink.size / len(image)))
    kind = choose.random()
    if kind < (0.1 if ink.handwritten else 0.05) and len(image) >= _ONE_BIT_HEIGHT:
        return _one_bit(rng, image)
    if kind > (0.75 if ink.handwritten else 0.92):
        return _whitened(rng, image)
    return image


def _crop(
    rng: np.random.Generator, choose: random.Random, ink: Ink, other: Ink | None
) -> tuple[Mask, Mask | None]:
    """Cut the line out with the margins of a line finder; draw rules, neighbours and tilt."""
    mask = ink.mask
    rows, columns = np.flatnonzero(mask.max(axis=1)), np.flatnonzero(mask.max(axis=0))
    if not len(rows):
        return mask, None
    size = ink.size
    # A line finder's box hugs the type's body, not the ink: a lone dash keeps its place.
    middle = (rows[0] + rows[-1]) / 2
    ink_height = rows[-1] - rows[0] + 1
    body = max(ink_height, size * (0.75 if choose.random() < 0.7 else 0.45))
    loose = abs(float(rng.normal(0, 0.12))) if choose.random() < 0.8 else float(rng.uniform(0, 0.5))
    above = body * (loose + float(rng.uniform(-0.03, 0.08)))
    below = body * (loose + float(rng.uniform(-0.03, 0.08)))
    if ink.handwritten and choose.random() < 0.25:
        # People cut a word out tightly, at times through its ink, or leave much paper around.
        body = ink_height
        around = rng.uniform(-0.06, 0.05) if choose.random() < 0.5 else rng.uniform(0.2, 0.8)
        above, below = (body * (float(around) + float(rng.uniform(0, 0.1))) for _ in range(2))
    lift = float(rng.normal(0, 0.15)) * max(0.0, body - ink_height)
    top, bottom = int(middle - body / 2 - above + lift), int(middle + body / 2 + below + lift) + 1
    left = columns[0] - int(abs(rng.normal(0, 0.2)) * size) - int(rng.integers(0, 4)) + 1
    right = columns[-1] + int(abs(rng.normal(0, 0.25)) * size) + int(rng.integers(0, 4))
    if choose.random() < (0.2 if ink.handwritten else 0.08):
        left -= int(rng.uniform(0, 1.5) * size)
        right += int(rng.uniform(0, 1.5) * size)
    height, width = max(8, bottom - top), max(4, right - left)
    matrix = np.array([[1, 0, -left], [0, 1, -top]], np.float32)
    if choose.random() < 0.35:  # A little tilt and keystone that a line finder leaves.
        tilt = float(rng.normal(0, 0.25)) * body / max(width, body * 3)
        matrix = matrix + np.array(
            [[0, float(rng.normal(0, 0.04)), 0], [tilt, 0, -tilt * (left + width / 2)]], np.float32
        )
    out: Mask = cv2.warpAffine(mask, matrix, (width, height), flags=cv2.INTER_LINEAR)
    if other is not None:
        out = np.maximum(out, _neighbour(choose, other, out, size))
    rules = _rules(rng, choose, height, width, [gap - left for gap in ink.gaps], ink)
    return out, rules


def _neighbour(choose: random.Random, other: Ink, mask: Mask, size: int) -> Mask:
    """Return a mask with the cut-off edge of the line above or below, or of the next word."""
    height, width = mask.shape
    out = np.zeros((height, width), np.uint8)
    rows, columns = np.flatnonzero(other.mask.any(axis=1)), np.flatnonzero(other.mask.any(axis=0))
    if not len(rows):
        return out
    kind = choose.random()
    ink = np.flatnonzero(mask.any(axis=0))
    sliver = max(1, size // 12)
    if kind < 0.3 and len(ink):  # So little of a word, and so far off, that nobody reads it.
        if width - ink[-1] > 0.35 * size + sliver:
            piece = other.mask[rows[0] :, columns[0] : columns[0] + sliver][:height]
            out[: len(piece), width - piece.shape[1] :] = piece
        elif ink[0] > 0.35 * size + sliver:
            piece = other.mask[rows[0] :, columns[-1] + 1 - sliver : columns[-1] + 1][:height]
            out[: len(piece), : piece.shape[1]] = piece
        return out
    share = max(1, int(min(height * 0.14, size * 0.14)))
    if kind < 0.65:
        piece = other.mask[rows[-1] - share + 1 : rows[-1] + 1, :width]
        out[: len(piece), : piece.shape[1]] = piece
    else:
        piece = other.mask[rows[0] : rows[0] + share, :width]
        out[height - len(piece) :, : piece.shape[1]] = piece
    return out


def _rules(
    rng: np.random.Generator,
    choose: random.Random,
    height: int,
    width: int,
    gaps: list[int],
    ink: Ink,
) -> Mask | None:
    """Draw the rules of forms, squared paper and tables, or nothing."""
    out = np.zeros((height, width), np.uint8)
    thick = int(choose.choice((1, 1, 1, 2, 2, 3)))
    drawn = False
    if choose.random() < (0.22 if ink.handwritten else 0.16):
        # Hands write on a ruled line and through it; print stands clear of it.
        lowest = 0.6 if ink.handwritten else 0.86
        row = int(
            height * (rng.uniform(lowest, 1.0) if choose.random() < 0.8 else rng.uniform(0, 0.1))
        )
        slope = int(rng.normal(0, 0.02) * height)
        cv2.line(out, (0, row), (width, row + slope), 255, thick, cv2.LINE_AA)
        drawn = True
    if gaps and choose.random() < 0.5:
        for column in gaps:
            cv2.line(out, (column, 0), (column, height), 255, thick)
        drawn = True
    if choose.random() < 0.05:
        for column in (int(rng.uniform(0, 3)), width - 1 - int(rng.uniform(0, 3))):
            cv2.line(out, (column, 0), (column, height), 255, thick)
        drawn = True
    if choose.random() < 0.03:
        step = max(6, int(ink.size * rng.uniform(0.3, 1.1)))
        for column in range(int(rng.integers(0, step)), width, step):
            cv2.line(out, (column, 0), (column, height), 200, 1)
        for row in range(int(rng.integers(0, step)), height, step):
            cv2.line(out, (0, row), (width, row), 200, 1)
        drawn = True
    return out if drawn else None


def _toner(rng: np.random.Generator, choose: random.Random, mask: Mask, handwritten: bool) -> Mask:
    """Thin, thick, faint, broken, dotted or faded ink."""
    kind = choose.random()
    if handwritten and kind < 0.19:  # Hands had their own pens.
        return mask
    if kind < 0.1:
        return np.asarray(cv2.dilate(mask, np.ones((2, 2), np.uint8)))
    if kind < 0.15:
        return np.asarray(cv2.erode(mask, np.ones((2, 2), np.uint8)))
    height, width = mask.shape
    if kind < 0.19:  # Dot matrix and thermal heads: a grid of dots shows.
        step = int(choose.choice((2, 3, 3)))
        grid = np.full((height, width), 255, np.uint8)
        grid[::step] = 110
        if choose.random() < 0.5:
            grid[:, ::step] = 110
        return np.minimum(mask, grid)
    if kind < 0.27:  # Worn toner and rough paper: ink missing in patches.
        cells = (max(2, height // 4), max(2, width // 4))
        patches = cv2.resize(rng.random(cells, np.float32), (width, height))
        return np.asarray(mask * np.clip(0.3 + 1.4 * patches, 0, 1), np.uint8)
    if kind < 0.31:  # Thermal paper fades from an edge, pens run dry.
        cells = (2, max(2, width // (4 * height) + 2))
        fade = cv2.resize(rng.uniform(0.2, 1.2, cells).astype(np.float32), (width, height))
        return np.asarray(mask * np.clip(fade, 0, 1), np.uint8)
    return mask


def _colours(rng: np.random.Generator, choose: random.Random) -> tuple[_Field, _Field]:
    """Draw the colours of paper and ink (BGR, 0–255)."""
    kind = choose.random()
    if kind < 0.55:
        light = rng.uniform(215, 255) + rng.normal(0, 4, 3)
        dark = rng.uniform(0, 70) + rng.normal(0, 6, 3)
    elif kind < 0.72:  # Grey on grey: a phone in a dim ward.
        light = rng.uniform(90, 200) + rng.normal(0, 8, 3)
        dark = light.mean() * rng.uniform(0.15, 0.62) + rng.normal(0, 6, 3)
    elif kind < 0.86:  # Coloured paper.
        light = rng.uniform(150, 255, 3)
        if choose.random() < 0.5:  # Yellowed, or under a lamp.
            light = np.sort(light)
        dark = rng.uniform(0, 80, 3)
    elif kind < 0.96:  # Blue, red, green ink.
        light = rng.uniform(200, 255) + rng.normal(0, 6, 3)
        tint = choose.choice(
            ((190, 70, 30), (160, 40, 40), (40, 40, 190), (70, 120, 30), (120, 60, 60))
        )
        dark = np.array(tint) * rng.uniform(0.5, 1.2)
    else:  # Light on dark.
        light = rng.uniform(0, 90) + rng.normal(0, 8, 3)
        dark = rng.uniform(190, 255) + rng.normal(0, 6, 3)
    return (
        np.clip(light, 0, 255).astype(np.float32),
        np.clip(dark, 0, 255).astype(np.float32),
    )


def _paper(
    rng: np.random.Generator, choose: random.Random, shape: tuple[int, ...], light: _Field
) -> _Field:
    """Return float32 (H, W, 3): paper with uneven light, folds and what shines through."""
    height, width = shape
    if choose.random() < 0.35:
        return np.broadcast_to(light, (height, width, 3)).astype(np.float32)
    spread = float(rng.uniform(0.0, 0.16))
    cells = (2, max(2, width // (height * 4) + 2))
    shade = 1 + rng.normal(0, spread, cells).astype(np.float32)
    field: _Field = cv2.resize(shade, (width, height), interpolation=cv2.INTER_LINEAR)
    if choose.random() < 0.06:  # A fold.
        column = int(rng.integers(0, width))
        field[:, column : column + max(1, height // 12)] *= float(rng.uniform(0.6, 0.95))
    return np.asarray(light * np.clip(field, 0.45, 1.2)[..., None])


def _camera(rng: np.random.Generator, choose: random.Random, image: _Field, body: float) -> Picture:
    """Sample, blur, add noise, compress.

    Args:
        rng: Randomness of numbers.
        choose: Randomness of choices.
        image: float32 (H, W, 3), grey levels 0-255.
        body: Share of the height that the type takes: it stays high enough to be read.
    """
    height, width = image.shape[:2]
    kind = choose.random()
    if kind < 0.35:
        target = float(rng.uniform(12, 24))
    elif kind < 0.75:
        target = float(rng.uniform(22, 48))
    else:
        target = float(height)
    target = max(target, _LOWEST_BODY / body)
    scale = min(1.0, target / height)
    if scale < 1.0:
        way = cv2.INTER_AREA if choose.random() < 0.8 else cv2.INTER_LINEAR
        image = cv2.resize(
            image, (max(2, round(width * scale)), max(2, round(height * scale))), interpolation=way
        ).reshape(max(2, round(height * scale)), max(2, round(width * scale)), 3)
    kind = choose.random()
    if kind < 0.25:
        image = cv2.GaussianBlur(
            image, (0, 0), float(rng.uniform(0.3, 0.5 + body * image.shape[0] / 45))
        )
    elif kind < 0.32:
        length = int(rng.integers(2, max(3, int(body * image.shape[0] / 9))))
        kernel = np.full(
            (1, length) if choose.random() < 0.5 else (length, 1), 1 / length, np.float32
        )
        image = cv2.filter2D(image, -1, kernel)
    elif kind < 0.38:  # Over-sharpened by the phone.
        image = image + (image - cv2.GaussianBlur(image, (0, 0), 1.0)) * float(
            rng.uniform(0.3, 1.2)
        )
    if choose.random() < 0.04:  # Moiré of a photographed screen.
        rows, columns = np.mgrid[0 : image.shape[0], 0 : image.shape[1]].astype(np.float32)
        wave = np.sin(rows * rng.uniform(0.5, 2.5) + columns * rng.uniform(0.1, 2.5))
        image = image + (wave * rng.uniform(2, 14))[..., None].astype(np.float32)
    if choose.random() < 0.5:
        amount = float(abs(rng.normal(0, 6)))
        grain = rng.standard_normal(image.shape[:2], np.float32)[..., None]
        image = image + grain * amount
    out: Picture = np.clip(image, 0, 255).astype(np.uint8)
    if choose.random() < 0.5:
        quality = int(rng.integers(18, 92))
        data = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        out = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))
    if choose.random() < 0.25:
        out = cv2.cvtColor(cv2.cvtColor(out, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    return out


def _whitened(rng: np.random.Generator, image: Picture) -> Picture:
    """Make paper white and ink black as the scanner apps of phones do."""
    ink = float(np.percentile(image, 2))
    paper = np.percentile(image, float(rng.uniform(55, 90)), axis=(0, 1))  # per channel
    middle = ink + (paper - ink) * float(rng.uniform(0.4, 0.6))
    gain = float(rng.uniform(1.0, 1.5)) * 255 / np.maximum(50.0, paper - ink)
    white = 127 + (image - middle) * gain
    return np.asarray(np.clip(white, 0, 255), np.uint8)


def _one_bit(rng: np.random.Generator, image: Picture) -> Picture:
    """Threshold as fax machines and old archives do."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    level += float(rng.normal(0, 12))
    return cv2.cvtColor((grey > level).astype(np.uint8) * 255, cv2.COLOR_GRAY2BGR)
