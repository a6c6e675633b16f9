"""The commands for models, as a person types them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import pytest
import torch

from desktop_ocr import cli_models
from desktop_ocr.__main__ import main
from desktop_ocr.engine.recognize.model_files import default_folder, open_model
from desktop_ocr.training import modelscope
from tests.engine.recognize.drawing import draw


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESKTOP_OCR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    folder = tmp_path / "下载"
    folder.mkdir()
    torch.manual_seed(1)
    torch.save(modelscope.ModelScopeCrnn().state_dict(), folder / "pytorch_model.pt")
    words = "\n".join(chr(0x4E00 + number) for number in range(modelscope.CLASSES - 1))
    (folder / "vocab.txt").write_text(words, encoding="utf-8")
    return folder


def run(capfdbinary: Any, *arguments: str | Path) -> tuple[int, str, str]:
    status = main([str(a) for a in arguments])
    out, err = capfdbinary.readouterr()
    return status, out.decode("utf-8"), err.decode("utf-8")


def test_a_checkpoint_is_imported_listed_and_read_with(
    capfdbinary: Any, published: Path, home: Path, tmp_path: Path
) -> None:
    folder = home / "models" / "crnn"
    status, out, err = run(capfdbinary, "import-model", published, "--name", "crnn")
    assert (status, err) == (0, "")
    assert "--model crnn" in out
    assert str(folder) in out
    status, out, err = run(capfdbinary, "models")
    shipped = default_folder()
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        f"{shipped.name}\tbuilt in, default\t{shipped}",
        f"crnn\timported\t{folder}",
    ]
    cv2.imwrite(str(tmp_path / "line.png"), draw("双肺未见异常"))
    status, _, err = run(
        capfdbinary, "recognize", "--single-line", "--model", "crnn", tmp_path / "line.png"
    )
    assert (status, err) == (0, "")


def test_a_converted_model_is_imported_where_torch_is_missing(
    capfdbinary: Any, published: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("torch", "desktop_ocr.training.modelscope"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "torch", None)  # as in the packaged program
    status, out, err = run(capfdbinary, "import-model", published)
    assert (status, out) == (3, "")
    assert "desktop-ocr[train]" in err
    assert err.count("\n") == 1
    model = tmp_path / "converted"
    model.mkdir()
    for name in ("model.json", "crnn.onnx"):
        shutil.copy(default_folder() / name, model / name)
    status, out, err = run(capfdbinary, "import-model", model, "--name", "copy")
    assert (status, err) == (0, "")
    assert open_model(home / "models" / "copy").identifier == "copy"


@pytest.mark.parametrize("given", ["none", "empty"])
def test_nothing_to_import(capfdbinary: Any, tmp_path: Path, given: str) -> None:
    (tmp_path / "empty").mkdir()
    status, out, err = run(capfdbinary, "import-model", tmp_path / given)
    assert (status, out) == (3, "")
    assert "give the folder that holds pytorch_model.pt" in err
    assert err.count("\n") == 1


def test_a_name_that_no_model_has(capfdbinary: Any, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "line.png"), draw("1"))
    status, out, err = run(capfdbinary, "recognize", "--model", "crnn", tmp_path / "line.png")
    assert (status, out) == (3, "")
    assert "desktop-ocr models" in err


def test_the_command_line_starts_without_torch() -> None:
    code = (
        "import sys; from desktop_ocr import cli; cli._parser(); "
        "sys.exit(any(name in sys.modules for name in ('torch', 'onnxruntime')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert "import-model" in cli_models.WORDS
