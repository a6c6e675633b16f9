"""The folder of a model: what model.json says, checked before anything is read with it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.prepare import HEIGHT, STRIDE
from desktop_ocr.errors import ModelError
from desktop_ocr.paths import resource

FORMAT_VERSION = 1
_DESCRIPTION, _NETWORK, _CHOICE = "model.json", "crnn.onnx", "default.txt"


@dataclass(frozen=True)
class ModelFiles:
    """A model on disk.

    Attributes:
        folder: The model's folder.
        identifier: The id in model.json.
        charset: The classes.
        trained_width: Widest line it was trained on, pixels at height 48.
        sha256: Digest of the network's file, hexadecimal.
        description: All of model.json.
    """

    folder: Path
    identifier: str
    charset: Charset
    trained_width: int
    sha256: str
    description: dict[str, Any]

    @property
    def network(self) -> Path:
        """The ONNX file."""
        return self.folder / _NETWORK


def default_folder() -> Path:
    """Return the folder of the model that is used when none is named.

    ``resources/models/default.txt`` names it; without that file a single model is taken.

    Raises:
        ModelError: There is no model, or the choice is not clear.
    """
    models = resource("models")
    choice = models / _CHOICE
    if choice.is_file():
        return models / choice.read_text(encoding="utf-8").strip()
    found = sorted(path.parent for path in models.glob(f"*/{_DESCRIPTION}"))
    if len(found) != 1:
        raise ModelError(
            f"Found {len(found)} recognition models in the program's resources: name one in "
            f"models/{_CHOICE}, or install the program again."
        )
    return found[0]


def open_model(folder: Path | None = None) -> ModelFiles:
    """Read and check a model's description.

    Args:
        folder: The model's folder, or None for the default one.

    Raises:
        ModelError: A file is missing, damaged or of a newer format.
    """
    folder = folder or default_folder()
    try:
        about = json.loads((folder / _DESCRIPTION).read_text(encoding="utf-8"))
        with (folder / _NETWORK).open("rb") as file:  # Not read whole: it would take its size.
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The recognition model {folder.name!r} cannot be read: "
            "check its folder or install the program again."
        ) from error
    try:
        if about["format"] != "desktop-ocr-model" or int(about["version"]) > FORMAT_VERSION:
            raise ModelError(
                f"The recognition model {folder.name!r} needs a newer version of the program: "
                "update it, or choose another model."
            )
        expected = (HEIGHT, STRIDE, "BGR", 0)
        given = about["input"]
        if (given["height"], given["stride"], given["channels"], about["blank"]) != expected:
            raise ModelError(
                f"The recognition model {folder.name!r} has an input that this program does not "
                "know: choose another model."
            )
        if digest != about["sha256"][_NETWORK]:
            raise ModelError(
                f"The recognition model {folder.name!r} is damaged: install the program again."
            )
        return ModelFiles(
            folder,
            str(about["id"]),
            Charset(about["characters"]),
            int(given["trained_width"]),
            digest,
            about,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"The description of the recognition model {folder.name!r} is damaged: "
            "install the program again."
        ) from error
