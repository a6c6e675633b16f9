"""Named choices of how pages are prepared, as the window keeps them in the user's folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from desktop_ocr.engine.light_choices import LightChoices
from desktop_ocr.paths import user_folder


def presets_file() -> Path:
    """Return the file of the presets: a JSON object of name and choices; it need not exist."""
    return user_folder() / "light.json"


def read_presets() -> dict[str, LightChoices]:
    """Return the presets by their names, in the order of the names; what is none is left aside."""
    try:
        found = json.loads(presets_file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    entries = sorted(found.items()) if isinstance(found, dict) else ()
    return {name: LightChoices.of(kept) for name, kept in entries if isinstance(kept, dict)}


def as_json(presets: Mapping[str, LightChoices]) -> bytes:
    """Return presets as they stand in the file."""
    kept = {name: choices.recorded() for name, choices in presets.items()}
    return json.dumps(kept, ensure_ascii=False, indent=1).encode()
