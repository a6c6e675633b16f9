"""The option ``--light`` of the command line: what the window's panel of light can choose."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop_ocr.engine.light_choices import LightChoices

HELP = (
    "how pages are prepared: the name of a preset kept in the window, or steps like "
    "shadows=yes,turn=no,angle=1.5, or both, divided by commas. "
    "auto, yes or no: shadows, contrast, grain, enlarge; yes or no: paper, turn, stamps, rulings, "
    "treated (read from the prepared page, not from the original); numbers: angle -180 to 180 "
    "(with turn=no), clip 1 to 8, sharpen 0 to 2"
)

_WORDS = {"yes": True, "on": True, "no": False, "off": False}


def light_choices(text: str) -> LightChoices:
    """Return the choices that a person wrote.

    Args:
        text: Names of presets and ``step=value``, divided by commas; later ones count.

    Raises:
        argparse.ArgumentTypeError: With one sentence, if something in it is not known.
    """
    from desktop_ocr.engine.light_choices import OWN, LightChoices
    from desktop_ocr.engine.light_presets import read_presets

    presets = read_presets()
    if text.strip() in presets:
        return presets[text.strip()]  # whatever signs are in its name
    chosen = OWN.recorded()
    for part in filter(None, map(str.strip, text.split(","))):
        name, sign, value = (piece.strip() for piece in part.partition("="))
        if sign:
            chosen[name] = _value(name, value)
        elif part in presets:
            chosen |= presets[part].recorded()
        else:
            raise argparse.ArgumentTypeError(f"no preset is called {part}.{_likely(part, presets)}")
    return LightChoices.of(chosen)


def _value(name: str, text: str) -> Any:
    from desktop_ocr.engine.light_choices import OWN, RANGES, Switch

    names = [field.name for field in fields(OWN)]
    if name not in names:
        raise argparse.ArgumentTypeError(f"there is no step {name}.{_likely(name, names)}")
    word = text.lower()
    if name in RANGES:
        low, high = RANGES[name]
        try:
            number = float(word)
        except ValueError:
            number = high + 1
        if low <= number <= high:
            return number
        raise argparse.ArgumentTypeError(f"{name} is a number from {low:g} to {high:g}.")
    if word in _WORDS:
        on = _WORDS[word]
        return (Switch.ON if on else Switch.OFF) if _is_switch(name) else on
    if _is_switch(name) and word == Switch.AUTO:
        return Switch.AUTO
    words = "auto, yes or no" if _is_switch(name) else "yes or no"
    raise argparse.ArgumentTypeError(f"{name} is {words}.")


def _is_switch(name: str) -> bool:
    from desktop_ocr.engine.light_choices import OWN, Switch

    return isinstance(getattr(OWN, name), Switch)


def _likely(name: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if near:
        return f" Did you mean {near[0]}?"
    return (
        f" There are: {', '.join(names)}." if names else " None is kept yet: the window keeps them."
    )
