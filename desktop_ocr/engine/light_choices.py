"""What a person chooses about the light and the geometry of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from desktop_ocr.document.model import Parameter, Provenance, Step

STEP = "light"
"""Name of the step that records choices other than the program's own."""


class Switch(StrEnum):
    """Whether a step is taken."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class LightChoices:
    """How a page is prepared; without choices the program decides by what it sees.

    Attributes:
        paper: A sheet on a desk is seen straight from above.
        turn: The page's orientation and tilt are found; else ``angle`` holds.
        angle: Degrees counter-clockwise by which the page is turned, -180 to 180; used where
            ``turn`` is off.
        shadows: Shadows and gradients are divided out.
        contrast: Local contrast is raised (CLAHE).
        clip: How far local contrast is raised at most, 1–8.
        grain: Noise is taken away (median filter).
        stamps: Red stamps are removed.
        rulings: Coloured ruled lines are removed.
        sharpen: How much blurred strokes are sharpened, 0–2; 0 leaves them.
        enlarge: Small text is enlarged: the page is doubled.
        treated: Lines are read from the page as it was prepared, not from the original.
    """

    paper: bool = True
    turn: bool = True
    angle: float = 0.0
    shadows: Switch = Switch.AUTO
    contrast: Switch = Switch.AUTO
    clip: float = 2.0
    grain: Switch = Switch.AUTO
    stamps: bool = True
    rulings: bool = False
    sharpen: float = 0.0
    enlarge: Switch = Switch.AUTO
    treated: bool = False

    def __post_init__(self) -> None:
        """Refuse what no step can do.

        Raises:
            ValueError: A number is out of its range.
        """
        for name, (low, high) in RANGES.items():
            if not low <= getattr(self, name) <= high:
                raise ValueError(f"{name} lies between {low} and {high}")

    def recorded(self) -> dict[str, Parameter]:
        """Return what differs from the program's own choices, as parameters of a step."""
        own = asdict(OWN)
        return {
            name: str(value) if isinstance(value, Switch) else value
            for name, value in asdict(self).items()
            if value != own[name]
        }

    @staticmethod
    def of(recorded: Mapping[str, Any]) -> LightChoices:
        """Return choices from what was recorded; what is unknown or out of range is left aside."""
        found: dict[str, Any] = {}
        for field in fields(LightChoices):
            value, own = recorded.get(field.name), getattr(OWN, field.name)
            if isinstance(own, Switch):
                if value in set(Switch):
                    found[field.name] = Switch(value)
            elif isinstance(own, bool) or isinstance(value, bool):
                if type(value) is type(own):
                    found[field.name] = value
            elif isinstance(value, int | float):
                low, high = RANGES[field.name]
                if low <= value <= high:
                    found[field.name] = float(value)
        return LightChoices(**found)

    @staticmethod
    def that_led_to(provenance: Provenance) -> LightChoices:
        """Return the choices that a page was read with."""
        step = next((s for s in provenance.steps if s.name == STEP), None)
        return OWN if step is None else LightChoices.of(step.parameters)

    def steps(self) -> tuple[Step, ...]:
        """Return the step that records the choices; none for the program's own."""
        recorded = self.recorded()
        return (Step(STEP, recorded),) if recorded else ()


RANGES: Mapping[str, tuple[float, float]] = {
    "angle": (-180.0, 180.0),
    "clip": (1.0, 8.0),
    "sharpen": (0.0, 2.0),
}
"""Smallest and greatest value of the numbers among the choices."""

OWN = LightChoices()
"""The program decides everything."""
