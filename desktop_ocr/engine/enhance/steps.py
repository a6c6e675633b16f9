"""The small steps of enhancing: picture and parameters in, picture out. Nothing is remembered."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Transform

Grey = NDArray[np.uint8]
_POLARITY_SIDE, _POLARITY_WINDOW = 600, 13
"""Longest side of the picture whose polarity is looked at, and of the windows, in pixels."""


def to_grey(pixels: NDArray[np.uint8]) -> Grey:
    """Return uint8 (H, W) from uint8 (H, W, 3) BGR by the weights of ITU-R BT.601."""
    import cv2

    return cv2.cvtColor(np.asarray(pixels), cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)


def scale(pixels: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    """Scale uint8 (H, W) or (H, W, 3): by averaging to shrink, by cubic interpolation to grow."""
    import cv2

    if factor == 1.0:
        return pixels
    size = (max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor)))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cv2.resize(pixels, size, interpolation=how).astype(np.uint8, copy=False)


def polarity(pixels: NDArray[np.uint8]) -> float:
    """Say whether strokes are darker or lighter than what is around them.

    Args:
        pixels: uint8 (H, W, 3) BGR.

    Returns:
        The skewness of the differences from the local median, which edges of shadows, pictures
        and paper leave out: negative for dark ink on light paper (below -2 on every page
        measured), positive for light text on dark ground, as on negatives of microfilm and dark
        screens.
    """
    import cv2

    step = math.ceil(max(pixels.shape) / _POLARITY_SIDE)
    small = to_grey(np.ascontiguousarray(pixels[::step, ::step]))
    difference = small.astype(np.float32) - np.asarray(cv2.medianBlur(small, _POLARITY_WINDOW))
    spread = float(np.mean(difference**2))
    return float(np.mean(difference**3)) / spread**1.5 if spread > 1e-3 else 0.0


def background(grey: Grey, window: int) -> Grey:
    """Estimate the brightness of the bare paper at every pixel.

    Args:
        grey: uint8 (H, W).
        window: Pixels; greater than the strokes and gaps of the text, smaller than shadows.

    Returns:
        uint8 (H, W): the greatest brightness within the window, smoothed.
    """
    import cv2

    height, width = grey.shape
    shrink = max(1, window // 8)
    size = (max(1, width // shrink), max(1, height // shrink))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    kernel = np.ones((9, 9), np.uint8)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)
    paper = cv2.GaussianBlur(paper, (0, 0), 3)
    return cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR).astype(
        np.uint8, copy=False
    )


def flatten(grey: Grey, paper: Grey) -> Grey:
    """Divide by the brightness of the paper, which takes shadows and gradients away."""
    import cv2

    return cv2.divide(grey, np.maximum(paper, 1), scale=255).astype(np.uint8, copy=False)


def stretch(grey: Grey, black: float, white: float) -> Grey:
    """Map ``black`` to 0 and ``white`` to 255, linearly."""
    import cv2

    table = np.clip((np.arange(256) - black) * (255.0 / max(1.0, white - black)), 0, 255)
    return cv2.LUT(grey, table.astype(np.uint8)).astype(np.uint8, copy=False)


def equalise(grey: Grey, clip: float, tiles: int) -> Grey:
    """Raise local contrast by CLAHE (K. Zuiderveld, Graphics Gems IV, 1994)."""
    import cv2

    return cv2.createCLAHE(clip, (tiles, tiles)).apply(grey).astype(np.uint8, copy=False)


def noise_level(grey: Grey) -> float:
    """Estimate the standard deviation of noise in grey levels.

    J. Immerkaer, "Fast noise variance estimation", 1996, but by the median over the pixels
    instead of the mean, so that the edges of the text do not count as noise.
    """
    import cv2

    if min(grey.shape) < 3:
        return 0.0
    step = max(1, max(grey.shape) // 1000)
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    response = np.abs(cv2.filter2D(grey, cv2.CV_32F, kernel)[1:-1:step, 1:-1:step])
    return float(np.median(response)) / 0.6745 / 6.0


def denoise(grey: Grey, size: int) -> Grey:
    """Take away grain by a median filter of ``size`` x ``size`` pixels (3 or 5)."""
    import cv2

    return cv2.medianBlur(grey, size).astype(np.uint8, copy=False)


def sharpen(grey: Grey, amount: float) -> Grey:
    """Sharpen strokes by an unsharp mask: the difference from a blurred copy, weighted, is added.

    Differences below two grey levels, which are grain, are left alone.

    Args:
        grey: uint8 (H, W).
        amount: Weight of the difference, 0–2.
    """
    import cv2

    blurred = cv2.GaussianBlur(grey, (0, 0), 1.5)
    sharp = cv2.addWeighted(grey, 1.0 + amount, blurred, -amount, 0.0)
    calm = np.asarray(cv2.absdiff(grey, blurred)) < 2
    return np.where(calm, grey, sharp).astype(np.uint8, copy=False)


def rotate(grey: Grey, angle: float) -> tuple[Grey, Transform]:
    """Turn a page back that is turned by ``angle``.

    Args:
        grey: uint8 (H, W).
        angle: Degrees counter-clockwise by which the page is turned now.

    Returns:
        The upright page, large enough for all corners, filled with white; and the map from its
        pixels to those of the page given.
    """
    import cv2

    height, width = grey.shape
    a = math.radians(angle)
    c, s = math.cos(a), math.sin(a)
    new_width = math.ceil(width * abs(c) + height * abs(s))
    new_height = math.ceil(width * abs(s) + height * abs(c))
    # Upright (u, v) seen from the new centre lies, on the page given, turned counter-clockwise.
    cx, cy, nx, ny = width / 2, height / 2, new_width / 2, new_height / 2
    back = np.array(
        [[c, s, cx - c * nx - s * ny], [-s, c, cy + s * nx - c * ny]],
        np.float64,
    )
    # Pixel centres lie at half coordinates; OpenCV counts them from 0.
    shifted = back.copy()
    shifted[:, 2] += back[:, :2].sum(1) * 0.5 - 0.5
    upright = cv2.warpAffine(
        grey, shifted, (new_width, new_height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT, borderValue=(255.0,),
    )  # fmt: skip
    return upright.astype(np.uint8, copy=False), Transform.of(back.tolist())


def turn(grey: Grey, angle: float) -> tuple[Grey, Transform]:
    """Turn a page back by any angle: by quarters without loss, the rest by :func:`rotate`."""
    quarters = math.floor(angle / 90 + 0.5)
    grey, back = quarter(grey, quarters)
    rest = angle - 90 * quarters
    if rest == 0:
        return grey, back
    grey, further = rotate(grey, rest)
    return grey, further.then(back)


def quarter(grey: Grey, quarters: int) -> tuple[Grey, Transform]:
    """Turn a page back that is turned by quarters; no pixel is lost or changed.

    Args:
        grey: uint8 (H, W).
        quarters: Right angles counter-clockwise by which the page is turned now.

    Returns:
        The upright page, and the map from its pixels to those of the page given.
    """
    height, width = grey.shape
    back = (
        Transform.identity(),
        Transform.of([[0, 1, 0], [-1, 0, height]]),
        Transform.of([[-1, 0, width], [0, -1, height]]),
        Transform.of([[0, -1, width], [1, 0, 0]]),
    )[quarters % 4]
    return np.ascontiguousarray(np.rot90(grey, -quarters)), back


def binarise(grey: Grey, window: int, k: float, deviation: float) -> NDArray[np.uint8]:
    """Tell ink from paper by Sauvola's threshold ``m * (1 + k * (s / R - 1))``.

    J. Sauvola and M. Pietikäinen, "Adaptive document image binarization", 2000; the means and
    deviations of the windows come from running sums (:func:`cv2.boxFilter`).

    Args:
        grey: uint8 (H, W).
        window: Odd, in pixels.
        k: 0.1 (keeps faint ink) to 0.5.
        deviation: R, the deviation of a window full of good text, in grey levels.

    Returns:
        uint8 (H, W): 1 for ink, 0 for paper.
    """
    import cv2

    edge = cv2.BORDER_REPLICATE
    mean = np.asarray(cv2.boxFilter(grey, cv2.CV_32F, (window, window), borderType=edge))
    squares = np.asarray(cv2.sqrBoxFilter(grey, cv2.CV_32F, (window, window), borderType=edge))
    threshold: NDArray[np.float32] = np.sqrt(np.maximum(squares - mean * mean, 0))
    threshold *= np.float32(k / deviation)
    threshold += np.float32(1.0 - k)
    threshold *= mean
    return (grey < threshold).view(np.uint8)
