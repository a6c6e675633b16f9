"""A damaged, newer or missing model is refused with a sentence that says what to do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from desktop_ocr.engine.recognize.model_files import (
    InstalledModel,
    default_folder,
    find_model,
    installed_models,
    open_model,
)
from desktop_ocr.errors import ModelError


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    for name in ("model.json", "crnn.onnx"):
        shutil.copy(default_folder() / name, folder / name)
    return folder


def _change(folder: Path, **changes: object) -> None:
    path = folder / "model.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(about | changes, ensure_ascii=False), encoding="utf-8")


def test_the_shipped_model_opens(copied: Path) -> None:
    shipped = open_model()
    assert shipped.identifier == default_folder().name
    assert open_model(copied).sha256 == shipped.sha256
    assert shipped.form.trained_width % 32 == 0
    for name in ("crnn.onnx", "crnn.safetensors"):
        assert (shipped.folder / name).stat().st_size <= 16_000_000
    named = {source["licence"] for source in shipped.description["training"]["data"]}
    assert {"Apache-2.0", "OFL-1.1"} <= named


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        open_model(tmp_path / "none")


def test_newer_format(copied: Path) -> None:
    _change(copied, version=99)
    with pytest.raises(ModelError, match="newer version"):
        open_model(copied)


def test_other_input(copied: Path) -> None:
    _change(copied, blank=7)
    with pytest.raises(ModelError, match="does not know"):
        open_model(copied)


def test_an_input_that_no_line_fits(copied: Path) -> None:
    about = json.loads((copied / "model.json").read_text(encoding="utf-8"))
    _change(copied, input=about["input"] | {"stride": 5})
    with pytest.raises(ModelError, match="does not know"):
        open_model(copied)


def test_damaged_weights(copied: Path) -> None:
    path = copied / "crnn.onnx"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelError, match="damaged"):
        open_model(copied)


@pytest.mark.parametrize("text", ["", "{}", '{"format": 3}', "[1]"])
def test_damaged_description(copied: Path, text: str) -> None:
    (copied / "model.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError):
        open_model(copied)


def test_built_in_and_imported_models_are_listed_and_found_by_name(
    copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(tmp_path / "home"))
    assert [model.builtin for model in installed_models()] == [True]
    own = tmp_path / "home" / "models" / "a-ward"
    shutil.copytree(copied, own)
    (own.parent / "no-model").mkdir()
    shipped = default_folder()
    assert installed_models() == [
        InstalledModel(shipped.name, shipped, True),
        InstalledModel("a-ward", own, False),
    ]
    assert find_model("a-ward") == own
    assert find_model(shipped.name) == shipped
    assert find_model(str(copied)) == copied
    with pytest.raises(ModelError, match=r"'other'.*desktop-ocr models"):
        find_model("other")
