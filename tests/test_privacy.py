"""Reading a page leaves nothing on the disk and tells nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_ocr.paths import resource

needs_model = pytest.mark.skipif(
    not any(resource("models").glob("*/model.json")), reason="a source tree without weights"
)


def home(folder: Path) -> dict[str, str]:
    """An environment in which everything of the user's lies in a folder."""
    environment = {k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"}
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA"):
        environment[name] = str(folder)
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "DESKTOP_OCR_HOME"):
        environment[name] = str(folder / name)
    return environment


@needs_model
@pytest.mark.parametrize("segmenter", ["projection", "detector"])
def test_reading_leaves_nothing_behind(tmp_path: Path, segmenter: str) -> None:
    result = subprocess.run(
        [
            sys.executable, "-m", "desktop_ocr", "recognize", "--segmenter", segmenter,
            str(resource("samples/line.png")),
        ],
        capture_output=True, timeout=120, check=False, env=home(tmp_path),
    )  # fmt: skip
    assert result.returncode == 0, result.stderr.decode()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@needs_model
def test_the_cache_is_written_only_when_asked_for(tmp_path: Path) -> None:
    result = subprocess.run(
        [
            sys.executable, "-m", "desktop_ocr", "recognize", "--cache",
            str(resource("samples/line.png")),
        ],
        capture_output=True, timeout=120, check=False, env=home(tmp_path),
    )  # fmt: skip
    assert result.returncode == 0, result.stderr.decode()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.parent for path in written] == [tmp_path / "DESKTOP_OCR_HOME" / "cache"]
