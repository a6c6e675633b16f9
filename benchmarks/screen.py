"""A screen of the usual size for windows that nobody sees; Qt's own offscreen one has 800 x 800."""

from __future__ import annotations

import json
import os
from pathlib import Path

SCREEN = {"name": "desk", "x": 0, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96}


def use_offscreen(folder: Path) -> None:
    """Let Qt, which is not started yet, show its windows on a screen that is not there.

    Args:
        folder: Where the description of the screen is kept while the program runs.
    """
    path = folder / "screen.json"
    path.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={path}"
