"""A page becomes easy to segment: even light, full contrast, upright, ink told from paper.

Everything is done on a copy of bounded size. What is found on it is mapped back to the pixels of
the original page by one transform, and the lines are cut out of the original for reading.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Transform
from desktop_ocr.document.model import Step
from desktop_ocr.engine.enhance import steps
from desktop_ocr.engine.enhance.ink import Ink
from desktop_ocr.engine.enhance.orientation import Legible, find_orientation
from desktop_ocr.engine.enhance.paper import find_paper, straightened
from desktop_ocr.engine.enhance.rulings import find_rulings
from desktop_ocr.engine.enhance.skew import find_skew
from desktop_ocr.engine.enhance.stamps import find_stamps
from desktop_ocr.engine.light_choices import LightChoices, Switch

__all__ = ["EnhanceParameters", "EnhancedPage", "LightChoices", "Switch", "enhance"]

VERSION = 7
"""Raised when a step changes what it does, so that cached readings are not taken for new ones."""

_ENLARGED_PIXELS, _ENLARGED_SIDE = 8_000_000, 1800
"""Where small text is to be enlarged: bound of the working copy's size, and longer side below
which a page is doubled."""


@dataclass(frozen=True, slots=True)
class EnhanceParameters:
    """How a page is prepared.

    Attributes:
        pixels: Bound of the working copy's size.
        small_side: Pages whose longer side is shorter than this are doubled.
        light_text: Skewness (see ``steps.polarity``) from which the page is a negative.
        paper_window: Window of the background estimate, as a share of the longer side.
        uneven: Spread of the paper's brightness (grey levels) from which it is divided out.
        low_contrast: Distance of ink and paper (grey levels) below which CLAHE is applied.
        noise: Standard deviation of noise (grey levels) from which a median filter is applied.
        paper: Look for a sheet on a desk, and see it straight from above.
        turn: Find out how the page is turned: by quarters, upside down, tilted.
        angle: Degrees counter-clockwise by which it is turned, where that is not to be found out.
        stamps: Remove red stamps.
        rulings: Remove coloured ruled lines.
        clip: Limit of the contrast that CLAHE gives.
        sharpen: Weight of the unsharp mask; 0 for none.
        min_angle: Degrees of skew that are left alone.
        trim_angle: Degrees of skew from which the blank corners are cut off that turning brings.
        sauvola_k: Threshold parameter.
        sauvola_window: As a share of the longer side.
    """

    pixels: int = 3_000_000
    small_side: int = 1000
    light_text: float = 0.5
    paper_window: float = 0.04
    uneven: float = 12.0
    low_contrast: float = 60.0
    noise: float = 6.0
    paper: bool = True
    turn: bool = True
    angle: float = 0.0
    stamps: bool = True
    rulings: bool = False
    clip: float = 2.0
    sharpen: float = 0.0
    min_angle: float = 0.08
    trim_angle: float = 3.0
    sauvola_k: float = 0.2
    sauvola_window: float = 0.02

    @staticmethod
    def chosen(choices: LightChoices) -> EnhanceParameters:
        """Return how a page is prepared by a person's choices."""

        def limit(switch: Switch, own: float, on: float, off: float) -> float:
            return {Switch.AUTO: own, Switch.ON: on, Switch.OFF: off}[switch]

        own, never = _DEFAULT, math.inf
        enlarged = choices.enlarge is Switch.ON
        return EnhanceParameters(
            pixels=_ENLARGED_PIXELS if enlarged else own.pixels,
            small_side=round(limit(choices.enlarge, own.small_side, _ENLARGED_SIDE, 0)),
            uneven=limit(choices.shadows, own.uneven, -1.0, never),
            low_contrast=limit(choices.contrast, own.low_contrast, never, -1.0),
            noise=limit(choices.grain, own.noise, -1.0, never),
            paper=choices.paper,
            turn=choices.turn,
            angle=0.0 if choices.turn else choices.angle,
            stamps=choices.stamps,
            rulings=choices.rulings,
            clip=choices.clip,
            sharpen=choices.sharpen,
        )


@dataclass(frozen=True, slots=True, eq=False)
class EnhancedPage:
    """The working copy of a page.

    Attributes:
        grey: uint8 (h, w), even light, upright, bounded size.
        ink: uint8 (h, w), 1 for ink and 0 for paper.
        width: Of the original page, in pixels.
        height: Of the original page, in pixels.
        transform: From pixels of the working copy to pixels of the original page.
        skew: Degrees counter-clockwise by which the page was found turned, in [-180, 180].
        unevenness: Spread of the paper's brightness in the original, in grey levels (5th to 95th
            percentile); large for photographs.
        steps: What was done, in order, with parameters.
    """

    grey: NDArray[np.uint8]
    ink: NDArray[np.uint8]
    width: int
    height: int
    transform: Transform
    skew: float
    unevenness: float
    steps: tuple[Step, ...] = field(default=())


_DEFAULT = EnhanceParameters()


def enhance(
    pixels: NDArray[np.uint8],
    parameters: EnhanceParameters = _DEFAULT,
    legible: Legible | None = None,
) -> EnhancedPage:
    """Prepare a page for segmentation.

    Args:
        pixels: uint8 (H, W, 3) BGR; not changed.
        parameters: How.
        legible: The reader, asked which way up a page is where nothing cheaper can tell; None
            to do without.

    Raises:
        ModelError: The network that tells upside-down lines is missing or damaged.
    """
    p = parameters
    done: list[Step] = []
    height, width = pixels.shape[:2]
    factor = _factor(height, width, p)
    colour = steps.scale(pixels, factor)
    if factor != 1.0:
        done.append(Step("scale", {"factor": round(factor, 4)}))
    transform = Transform.scaling(width / colour.shape[1], height / colour.shape[0])
    polarity = steps.polarity(colour)
    sheet = find_paper(colour) if p.paper and polarity <= p.light_text else None
    if sheet is not None:
        quad = transform.quad(sheet.quad)
        colour, transform = straightened(pixels, quad, p.pixels, p.small_side)
        done.append(
            Step(
                "paper",
                {
                    "sides": sheet.seen,
                    "support": round(sheet.support, 2),
                    "share": round(quad.area / (width * height), 2),
                },
            )
        )
    grey = steps.to_grey(colour)
    done.append(Step("grey"))
    stamps = find_stamps(colour) if p.stamps else None
    rulings = find_rulings(colour) if p.rulings else None
    del colour
    side = max(grey.shape)

    if polarity > p.light_text:
        grey = 255 - grey
        done.append(Step("invert", {"polarity": round(polarity, 1)}))
    noise = steps.noise_level(grey)
    window = max(16, round(p.paper_window * side))
    paper = steps.background(grey, window)
    low, high = np.percentile(paper[::8, ::8], (5, 95))
    unevenness = float(high - low)
    if unevenness > p.uneven:
        grey = steps.flatten(grey, paper)
        done.append(Step("flatten", {"window": window, "unevenness": round(unevenness, 1)}))
    if stamps is not None:
        grey = np.where(stamps, paper if unevenness <= p.uneven else np.uint8(255), grey)
        done.append(Step("stamps", {"pixels": int(stamps.sum())}))
    if rulings is not None:
        grey = np.where(rulings, paper if unevenness <= p.uneven else np.uint8(255), grey)
        done.append(Step("rulings", {"pixels": int(rulings.sum())}))
    del paper, stamps, rulings

    black, white = _ink_and_paper(grey)
    contrast = white - black
    if contrast < 250:
        grey = steps.stretch(grey, black, white)
        done.append(Step("stretch", {"black": round(black), "white": round(white)}))
    if contrast < p.low_contrast:
        grey = steps.equalise(grey, p.clip, 8)
        done.append(Step("clahe", {"clip": p.clip, "tiles": 8}))
    if noise > p.noise:
        grey = steps.denoise(grey, 3)
        done.append(Step("denoise", {"size": 3, "noise": round(noise, 1)}))
    if p.sharpen > 0:
        grey = steps.sharpen(grey, p.sharpen)
        done.append(Step("sharpen", {"amount": round(p.sharpen, 2)}))

    skew = 0.0
    if p.turn:
        ink_blots = Ink.of(grey)
        found = find_orientation(grey, ink_blots, legible)
        skew = (find_skew(ink_blots, found.angle) + 180) % 360 - 180
        done.append(
            Step("orientation", {"angle": round(found.angle), "evidence": found.evidence,
                                 "odds": round(found.odds, 1)})
        )  # fmt: skip
        if abs(skew - 90 * round(skew / 90)) < p.min_angle:
            skew = 90.0 * round(skew / 90)
        if skew:
            grey, back = steps.turn(grey, skew)
            if abs(skew - 90 * round(skew / 90)) > p.trim_angle:
                grey, back = _trimmed(grey, back, ink_blots)
            transform = back.then(transform)
            done.append(Step("deskew", {"angle": round(skew, 2)}))
        del ink_blots
    elif p.angle:
        skew = p.angle
        grey, back = steps.turn(grey, skew)
        transform = back.then(transform)
        done.append(Step("deskew", {"angle": round(skew, 2)}))

    window = max(15, round(p.sauvola_window * side)) | 1
    ink = steps.binarise(grey, window, p.sauvola_k, 128.0)
    done.append(Step("binarise", {"method": "sauvola", "window": window, "k": p.sauvola_k}))
    return EnhancedPage(grey, ink, width, height, transform, skew, unevenness, tuple(done))


def _factor(height: int, width: int, p: EnhanceParameters) -> float:
    if height * width > p.pixels:
        return math.sqrt(p.pixels / (height * width))
    return 2.0 if max(height, width) < p.small_side else 1.0


def _ink_and_paper(grey: NDArray[np.uint8]) -> tuple[float, float]:
    """Return the grey levels of the darkest half per cent and of the paper (its median)."""
    histogram = np.bincount(grey[::2, ::2].ravel(), minlength=256)
    share = np.cumsum(histogram) / max(1, histogram.sum())
    black, white = (float(np.searchsorted(share, q)) for q in (0.005, 0.6))
    return (black, white) if white - black >= 8 else (0.0, 255.0)


def _trimmed(
    grey: NDArray[np.uint8], back: Transform, ink: Ink
) -> tuple[NDArray[np.uint8], Transform]:
    """Cut a turned page down to its ink and a margin.

    Args:
        grey: uint8 (h, w), the turned page.
        back: From its pixels to those of the page before.
        ink: Of the page before.
    """
    points = ink.points(across=True, down=True) / ink.factor
    if not len(points):
        return grey, back
    m = np.array(back.inverse().m).reshape(3, 3)
    turned = points @ m[:2, :2].T + m[:2, 2]
    margin = 0.03 * max(grey.shape)
    left, top = (max(0, math.floor(v)) for v in turned.min(axis=0) - margin)
    right, bottom = (math.ceil(v) for v in turned.max(axis=0) + margin)
    shift = Transform((1, 0, left, 0, 1, top, 0, 0, 1))
    return np.ascontiguousarray(grey[top:bottom, left:right]), shift.then(back)
