"""Which way up a page is: the direction of its lines, then what networks make of a few of them.

The projection profile tells along which line the text runs, but not which end is its beginning,
and on short, tall or ruled pages not even the first for sure. A small network that was trained on
upright and upside-down lines (PP-OCR's, 0.6 MB) looks at the longest lines; where it is not of
one mind, or the lines across would do as well, the reader reads them all ways and the one is taken
in which it is surest of itself. A page is turned only for good evidence.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_ocr.document.geometry import Quad, Transform
from desktop_ocr.engine import pp_ocr
from desktop_ocr.engine.enhance import skew
from desktop_ocr.engine.enhance.ink import Ink

Legible = Callable[[Sequence[NDArray[np.uint8]]], Sequence[float]]
"""Reads lines, uint8 (h, w, 3) BGR, and tells of each how many characters it expects to have read
right: the sum of their confidences. Upside down it is less sure, and sees fewer too."""

_LINES = 10
"""Lines that the network looks at."""
_READ = 5
"""Lines that the reader reads each way: those that the network takes a stand on, as it does on text
and not on folds and rulings; and twice as many where two ways come out nearly the same."""
_CLOSE = 1.6
"""How many times more the reader must read one way than along any other line for that to do."""
_BEST = 3
"""Most legible of them, which count."""
_LONG, _LONG_READ = 4.0, 10.0
"""Width over height beyond which a line is cut, for the network and for the reader."""
_HEIGHT, _WIDTH = 48, 192
"""Of the network's input, in pixels."""
_SURE = 5.0
"""Mean log odds (natural, each at most 8) from which the network is believed."""
_ONE_MIND = 6.5
"""Mean log odds from which the network is believed though it is of two minds about lines cut
across the text."""
_MINORITY = 0.2
"""Share of the lines that may speak against a sure network."""
_PALE = 3.5
"""Mean size of the log odds up to which lines cut across the text say nothing."""
_LEAN = 0.15
"""How tall letters must be (see :meth:`Ink.tallness`) to tell rows from columns both legible."""
_LEGIBLE = 0.5
"""Characters read for each line height of length from which lines are text."""
_PLENTY = 1.25
"""Characters for each line height of length from which a page stands right, if the network does not
say otherwise: pages in doubt had 1.06 to 1.99 upright and at most 0.94 turned."""
_GAIN = 1.25
"""How many times more the reader must read on a turned page than on the page as it is."""


@dataclass(frozen=True, slots=True)
class Orientation:
    """How a page is turned.

    Attributes:
        angle: Whole degrees counter-clockwise, in [-180, 180); 0 where nothing was found.
        evidence: "none", "lines" (the direction alone), "network" or "reader".
        odds: Mean log odds of the network for this angle against upside down.
    """

    angle: float
    evidence: str
    odds: float


def find_orientation(grey: NDArray[np.uint8], ink: Ink, legible: Legible | None) -> Orientation:
    """Find out how a page is turned.

    Args:
        grey: uint8 (H, W), dark ink on light paper.
        ink: Of that page.
        legible: The reader, asked only where the network is not sure; None without one.

    Raises:
        ModelError: The network is missing or damaged.
    """
    directions = skew.find_directions(ink)

    def others() -> list[_View]:
        further = skew.find_other_directions(ink, directions[0]) if directions else []
        return _seen(grey, ink, further)

    views = _seen(grey, ink, directions) or others()
    if not views:
        found = directions[0] if directions and abs(directions[0]) < 45 else 0.0
        return Orientation(found, "none", 0.0)
    readings = None if legible is None else _Readings(legible)
    tallness = ink.tallness()
    return _by_network(views, readings, tallness) or _by_reading(views, readings, tallness, others)


def _seen(grey: NDArray[np.uint8], ink: Ink, directions: Sequence[float]) -> list[_View]:
    """Return the lines along each direction that has any, and what the network says of them."""
    views = []
    for direction in directions:
        lines = sample_lines(ink, direction, _LINES)
        if lines:
            crops = [_cut(grey, line) for line in lines]
            views.append(_View(direction, crops, upside_down(crops)))
    return views


class _View:
    """The lines of a page as they are seen along one direction.

    Attributes:
        angle: Degrees counter-clockwise.
        crops: uint8 (h, w), longest line first.
        odds: float64: for each, the log odds that it is upside down.
    """

    def __init__(
        self, angle: float, crops: list[NDArray[np.uint8]], odds: NDArray[np.float64]
    ) -> None:
        self.angle = angle
        self.crops = crops
        self.odds = odds

    @property
    def strength(self) -> float:
        return float(np.abs(self.odds).mean())

    @property
    def is_of_one_mind(self) -> bool:
        return abs(float(self.odds.mean())) > _ONE_MIND

    @property
    def is_sure(self) -> bool:
        mean = float(self.odds.mean())
        against = float((np.sign(self.odds) != np.sign(mean)).mean())
        return len(self.odds) >= 3 and abs(mean) > _SURE and against <= _MINORITY


_Way = tuple[_View, int]
"""Along which direction a page is read, and by how many quarters it is turned for that: 0 or 2."""


class _Readings:
    """What the reader makes of a page in different ways, each read once."""

    def __init__(self, legible: Legible) -> None:
        self._legible = legible
        self._known: dict[tuple[_Way, int], float] = {}

    def density(self, way: _Way, lines: int = _READ) -> float:
        """Return the characters read for each line height of length, on the most legible lines.

        Not on all, as some that were sampled are folds and dotted rulings.
        """
        if (way, lines) not in self._known:
            view, half = way
            clearest = np.argsort(-np.abs(view.odds), kind="stable")[:lines]
            crops = [view.crops[k] for k in sorted(clearest)]
            crops = [crop[:, : round(_LONG_READ * crop.shape[0])] for crop in crops]
            read = self._legible(
                [np.repeat(np.rot90(crop, half)[..., None], 3, axis=2) for crop in crops]
            )
            dense = sorted(
                (n * crop.shape[0] / crop.shape[1] for n, crop in zip(read, crops, strict=True)),
                reverse=True,
            )
            self._known[way, lines] = float(np.mean(dense[:_BEST]))
        return self._known[way, lines]


def _by_network(
    views: list[_View], readings: _Readings | None, tallness: float
) -> Orientation | None:
    """Return what the network is sure of, if the lines across could not be the text as well."""
    sure = [view for view in views if view.is_sure]
    if len(sure) != 1:
        return None
    (view,) = sure
    half = 2 if float(view.odds.mean()) > 0 else 0
    if any(v is not view and v.strength >= _PALE for v in views):
        if not view.is_of_one_mind:
            return None
        # Rows of characters across the columns of a table look like lines, and upright to it.
        if readings is not None and (
            _lies_on_its_side(view, tallness)
            or (abs(tallness) <= _LEAN and readings.density((view, half)) < _PLENTY)
        ):
            return None
    return Orientation(_wrapped(view.angle + 90 * half), "network", abs(float(view.odds.mean())))


def _lies_on_its_side(view: _View, tallness: float) -> bool:
    """Say whether the letters of a page are rather tall across a direction than along it."""
    return abs(tallness) > _LEAN and (abs(view.angle) < 45) != (tallness > 0)


def _by_reading(
    views: list[_View],
    readings: _Readings | None,
    tallness: float,
    others: Callable[[], list[_View]],
) -> Orientation:
    """Read some lines all ways; the page stays as it is unless another way gives more.

    Args:
        views: Of the likely direction and the one across it.
        readings: None without a reader.
        tallness: See :meth:`Ink.tallness`.
        others: Asked for further views where nothing was legible.
    """
    upright = next((v for v in views if abs(v.angle) < 45), None)
    kept = Orientation(
        upright.angle if upright else 0.0,
        "lines" if readings is None else "reader",
        -float(upright.odds.mean()) if upright else 0.0,
    )
    if readings is None:
        return kept
    # Where nothing else can be as legible, three readings are spared. Columns of digits can.
    if (
        upright is not None
        and float(upright.odds.mean()) <= 0
        and not _lies_on_its_side(upright, tallness)
        and readings.density((upright, 0)) > _PLENTY
    ):
        return kept
    read = _read_all(views, readings)
    best = max(read, key=lambda way: read[way])
    if abs(tallness) > _LEAN and len(views) == 2:
        # Columns of numbers can be read from top to bottom, and be as legible as the rows.
        level = [way for way in read if not _lies_on_its_side(way[0], tallness)]
        likely = max(level, key=lambda way: read[way])
        if read[likely] > max(_LEGIBLE, read[best] / _GAIN):
            best = likely
    further = _read_all(others(), readings) if read[best] < _PLENTY else {}
    if further and max(further.values()) > _GAIN * max(read.values()):
        best = max(further, key=lambda way: further[way])
        read |= further
    view, half = best
    more = upright is None or read[best] > _GAIN * read[upright, 0]
    if not more and (view is upright or abs(tallness) <= _LEAN):
        return kept
    return Orientation(
        _wrapped(view.angle + 90 * half), "reader", float(view.odds.mean()) * (half - 1)
    )


def _read_all(views: Sequence[_View], readings: _Readings) -> dict[_Way, float]:
    """Read some lines of views both ways up, and more of them where that leaves a doubt."""
    ways: list[_Way] = list(itertools.product(views, (0, 2)))
    read = {way: readings.density(way) for way in ways}
    first, *rest = sorted(read.values(), reverse=True) or [0.0]
    if rest and first < _CLOSE * rest[0]:
        read = {way: readings.density(way, _LINES) for way in ways}
    return read


def sample_lines(ink: Ink, angle: float, count: int) -> list[Quad]:
    """Find some of the longest lines of a page, by closing the gaps between their letters.

    Args:
        ink: Of the page.
        angle: Degrees counter-clockwise by which the lines are turned.
        count: Lines at most.

    Returns:
        Quads in pixels of the page, along the direction given, longest first; as high as a
        letter or two and long enough. Not each need be text.
    """
    import cv2

    text, size = ink.letters()
    if size == 0.0:
        return []
    width, height = ink.size
    a = math.radians(angle)
    c, s = math.cos(a), math.sin(a)
    across, down = abs(width * c) + abs(height * s), abs(width * s) + abs(height * c)
    # From pixels of the turned picture to those of the ink.
    back = np.array(
        [[c, s, (width - c * across - s * down) / 2], [-s, c, (height + s * across - c * down) / 2]]
    )
    turned = cv2.warpAffine(
        text,
        back,
        (math.ceil(across), math.ceil(down)),
        flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP,
    )
    reach = max(3, round(1.2 * size))
    joined = cv2.morphologyEx(turned, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = [
        (int(w), int(x), int(y), int(h))
        for x, y, w, h, _ in stats[1:]
        if w >= 2.5 * h and 0.6 * size <= h <= 3.0 * size
    ]
    found.sort(reverse=True)
    to_page = Transform.of(back.tolist()).then(Transform.scaling(1 / ink.factor, 1 / ink.factor))
    quads = []
    for w, x, y, h in found[:count]:
        pad = 0.15 * h
        quads.append(to_page.quad(Quad.from_box(x - pad, y - pad, x + w + pad, y + h + pad)))
    return quads


def _cut(grey: NDArray[np.uint8], quad: Quad) -> NDArray[np.uint8]:
    # Not at the top: that package's own modules need this one.
    from desktop_ocr.engine.segment.crop import crop

    return crop(grey, quad)


@cache
def _network() -> Any:
    return pp_ocr.open_session(pp_ocr.ANGLE, 1)


def upside_down(crops: Sequence[NDArray[np.uint8]]) -> NDArray[np.float64]:
    """Ask the network which lines are upside down.

    Args:
        crops: uint8 (h, w), dark ink on light paper, lines lying flat; at least one.

    Returns:
        float64 (N,): natural log odds, at most 8 either way; positive for upside down.

    Raises:
        ModelError: The network is missing or damaged.
    """
    import cv2

    batch = np.zeros((len(crops), 3, _HEIGHT, _WIDTH), np.float32)
    for k, crop in enumerate(crops):
        part = crop[:, : max(1, round(_LONG * crop.shape[0]))]
        width = min(_WIDTH, max(1, round(_HEIGHT * part.shape[1] / part.shape[0])))
        how = cv2.INTER_AREA if part.shape[0] > _HEIGHT else cv2.INTER_LINEAR
        small = cv2.resize(part, (width, _HEIGHT), interpolation=how)
        batch[k, :, :, :width] = small / np.float32(127.5) - 1
    network = _network()
    (shares,) = network.run(None, {network.get_inputs()[0].name: batch})
    shares = np.asarray(shares, np.float64) + 1e-9
    return np.clip(np.log(shares[:, 1] / shares[:, 0]), -8.0, 8.0)


def _wrapped(angle: float) -> float:
    return (angle + 180) % 360 - 180
