"""Large pictures: the same pixels as by Pillow, and damage is still said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_ocr.engine.load import large, load_page
from desktop_ocr.errors import DamagedFileError


@pytest.fixture(autouse=True)
def _all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "LEAST", 0)


def _picture(mode: str) -> Image.Image:
    rng = np.random.default_rng(0)
    coarse = Image.fromarray(rng.integers(0, 255, (20, 31, 3), dtype=np.uint8))
    return coarse.resize((310, 203), Image.Resampling.BICUBIC).convert(mode)


def _both(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Return the digests by OpenCV and by Pillow."""
    ours = load_page(path)
    monkeypatch.setattr(large, "LEAST", 10**12)
    theirs = load_page(path)
    assert (ours.width, ours.height, ours.dpi) == (theirs.width, theirs.height, theirs.dpi)
    return ours.sha256, theirs.sha256


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize(
    "options", [{"quality": 90}, {"quality": 60, "subsampling": 0, "progressive": True}]
)
def test_pixels_are_those_that_pillow_decodes(
    mode: str,
    options: dict[str, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "页.jpg"
    _picture(mode).save(path, dpi=(300, 150), **options)
    with Image.open(path) as image:
        assert large.decoded(image) is not None
    ours, theirs = _both(path, monkeypatch)
    assert ours == theirs


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_marks_are_followed(
    orientation: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = orientation
    _picture("RGB").save(path, exif=exif)
    ours, theirs = _both(path, monkeypatch)
    assert ours == theirs


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "1", "CMYK"])
def test_other_files_are_left_to_pillow(mode: str, tmp_path: Path) -> None:
    path = tmp_path / ("a.jpg" if mode == "CMYK" else "a.png")
    _picture(mode).save(path)
    with Image.open(path) as image:
        assert large.decoded(image) is None
    assert load_page(path).width == 310


def test_a_file_that_is_cut_off_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    _picture("RGB").save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(DamagedFileError):
        load_page(path)
