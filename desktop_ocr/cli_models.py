"""The commands for models: list them, and take over one that was published elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop_ocr import cli_sinks as sinks
from desktop_ocr.errors import CheckpointMissingError, TorchMissingError

WORDS = frozenset({"models", "import-model"})
"""First arguments that are for these commands."""

_TRAINING = {"torch", "onnx", "safetensors"}
"""Packages that convert checkpoints and that the packaged program has not."""


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the commands to the command line."""
    models = commands.add_parser(
        "models", help="list the recognisers that --model knows by name",
        description="Print one row for each model: name, where it comes from, folder.",
    )  # fmt: skip
    models.set_defaults(run=_models)
    import_model = commands.add_parser(
        "import-model", help="take over a published recogniser",
        description="Convert the ModelScope checkpoint cv_crnn_ocr-recognition-general_damo into "
        "a model of this user, or copy a model that was converted elsewhere. Nothing in a "
        "checkpoint is executed.",
        epilog="Exit status: 0 imported; 3 the model cannot be imported; 4 the user's folder "
        "cannot be written to.",
    )  # fmt: skip
    import_model.add_argument(
        "given", type=Path, metavar="FOLDER_OR_FILE",
        help="the folder with pytorch_model.pt and vocab.txt, the checkpoint itself with "
        "vocab.txt beside it, or a model's folder with model.json",
    )  # fmt: skip
    import_model.add_argument(
        "--name", metavar="ID", help="name of the model (default: modelscope-crnn, or its own)"
    )
    import_model.set_defaults(run=_import_model)


def _models(_arguments: argparse.Namespace) -> int:
    from desktop_ocr.engine.recognize.model_files import default_folder, installed_models

    default = default_folder()
    for model in installed_models():
        origin = "built in" if model.builtin else "imported"
        mark = ", default" if model.folder == default else ""
        sinks.write(f"{model.identifier}\t{origin}{mark}\t{model.folder}\n")
    return 0


def _import_model(arguments: argparse.Namespace) -> int:
    from desktop_ocr.engine.recognize.model_files import install_model, is_model

    given: Path = arguments.given
    if is_model(given):
        model = install_model(given, arguments.name)
    elif not given.exists():
        raise CheckpointMissingError(given)
    else:
        try:
            from desktop_ocr.training.modelscope import import_checkpoint
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in _TRAINING:
                raise
            raise TorchMissingError(given) from error
        model = import_checkpoint(given, arguments.name)
    sinks.write(
        f"Imported {model.identifier}: choose it in the window, or with --model "
        f"{model.identifier}. Its folder is {model.folder}\n"
    )
    return 0
