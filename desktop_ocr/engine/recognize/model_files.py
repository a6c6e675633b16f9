"""The folder of a model: what model.json says, checked before anything is read with it."""

from __future__ import annotations

import errno
import hashlib
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_ocr.engine.recognize.charset import BLANK, Charset
from desktop_ocr.engine.recognize.prepare import InputForm
from desktop_ocr.errors import DiskFullError, ModelError, ModelNameError, OutputFolderError
from desktop_ocr.paths import resource, user_folder

FORMAT_VERSION = 1
_DESCRIPTION, _NETWORK, _CHOICE = "model.json", "crnn.onnx", "default.txt"
_FILES = (_NETWORK, "crnn.safetensors")
_NAME = re.compile(r"\w([\w.-]{0,62}\w)?")
"""Names that every file system takes as a folder's."""


@dataclass(frozen=True)
class ModelFiles:
    """A model on disk.

    Attributes:
        folder: The model's folder.
        identifier: The id in model.json.
        charset: The classes.
        form: What the network wants a line to be.
        sha256: Digest of the network's file, hexadecimal.
        description: All of model.json.
    """

    folder: Path
    identifier: str
    charset: Charset
    form: InputForm
    sha256: str
    description: dict[str, Any]

    @property
    def network(self) -> Path:
        """The ONNX file."""
        return self.folder / _NETWORK


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model that can be chosen by its name.

    Attributes:
        identifier: Name of the model and of its folder.
        folder: The model's folder.
        builtin: The program came with it; otherwise the user imported it.
    """

    identifier: str
    folder: Path
    builtin: bool


def user_models() -> Path:
    """Return the folder of the models that this user imported; it may not exist yet."""
    return user_folder() / "models"


def installed_models() -> list[InstalledModel]:
    """List the models that can be chosen: the default one first, then built in, then imported.

    Nothing is opened: a damaged model is listed, and ``open_model`` says what is wrong with it.

    Raises:
        ModelError: The program's own default model is not clear.
    """
    found = [
        InstalledModel(path.parent.name, path.parent, builtin)
        for models, builtin in ((resource("models"), True), (user_models(), False))
        for path in sorted(models.glob(f"*/{_DESCRIPTION}"))
    ]
    choice = default_folder()
    return sorted(found, key=lambda model: model.folder != choice)


def is_model(folder: Path) -> bool:
    """Say whether a folder is a model's; ``open_model`` says whether it is a good one."""
    return (folder / _DESCRIPTION).is_file()


def find_model(given: str | Path) -> Path:
    """Return the folder that a person means: a folder, or the name of an installed model.

    Args:
        given: What was typed.

    Raises:
        ModelError: It is neither.
    """
    if is_model(Path(given)):
        return Path(given)
    for model in installed_models():
        if model.identifier == str(given):
            return model.folder
    raise ModelError(
        f"There is no recognition model {str(given)!r}: give a model's folder or one of the names "
        "that desktop-ocr models lists."
    )


def install_model(folder: Path, identifier: str | None = None) -> InstalledModel:
    """Copy a model into the user's models: all of it, or nothing.

    Args:
        folder: The model's folder.
        identifier: Its name from now on, or None for the one it has.

    Raises:
        ModelError: The model is damaged, or its name is taken or cannot name a folder.
        OutputError: The user's folder cannot be written to.
    """
    model = open_model(folder)
    identifier = identifier or model.identifier
    target = user_models() / identifier
    taken = {other.identifier.casefold() for other in installed_models()}
    if not _NAME.fullmatch(identifier) or identifier.casefold() in taken or target.exists():
        raise ModelNameError(identifier)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".import-", dir=target.parent) as place:
            whole = Path(place) / "whole"
            whole.mkdir()
            for name in _FILES:
                if (folder / name).is_file():  # Reading needs no safetensors.
                    shutil.copyfile(folder / name, whole / name)
            about = json.dumps(model.description | {"id": identifier}, ensure_ascii=False)
            (whole / _DESCRIPTION).write_text(about, encoding="utf-8")
            open_model(whole)  # What was copied is what was checked.
            whole.rename(target)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFullError(target.parent) from error
        raise OutputFolderError(target.parent) from error
    return InstalledModel(identifier, target, builtin=False)


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
        form = _form(about)
        if form is None or about["blank"] != BLANK:
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
            form,
            digest,
            about,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"The description of the recognition model {folder.name!r} is damaged: "
            "install the program again."
        ) from error


def _form(about: dict[str, Any]) -> InputForm | None:
    """Return the input that a description tells of, or None if no line can be brought to it."""
    try:
        return InputForm.from_description(about["input"])
    except ValueError:
        return None
