"""The CRNN that ModelScope publishes, taken over from its checkpoint.

``cv_crnn_ocr-recognition-general_damo`` (Apache-2.0, Alibaba DAMO Academy) is a convolutional
recurrent network after Shi, Bai, Yao: An End-to-End Trainable Neural Network for Image-based
Sequence Recognition, 2015. Here is its network with the published names of weights, so that a
checkpoint fits without renaming, and the way from the checkpoint to a model folder of ours.
Nothing of a checkpoint is executed: torch opens it as plain weights or not at all.
"""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.model_files import InstalledModel, install_model
from desktop_ocr.engine.recognize.prepare import InputForm
from desktop_ocr.errors import (
    CheckpointDamagedError,
    CheckpointMissingError,
    CheckpointUnknownError,
    CheckpointUnsafeError,
    VocabularyError,
)
from desktop_ocr.training.export import write_folder

NAME = "cv_crnn_ocr-recognition-general_damo"
"""Name under which ModelScope publishes the model."""
CLASSES = 7644
"""Classes of the published network, the blank included."""
FORM = InputForm(
    height=32, stride=4, shortest=640, trained_width=640,
    channels="grey", scale=1 / 255, offset=0.0, padding=0.0, narrow=0,
)  # fmt: skip
"""Its input: it learnt from lines of 32 x 640 pixels, black right of shorter ones."""
UNKNOWN = "\ufffd"
"""What the last class reads where the vocabulary is one shorter than the classes: the network
learnt to answer it for characters that the vocabulary lacks."""

_CHECKPOINT, _VOCABULARY = "pytorch_model.pt", "vocab.txt"
_IDENTIFIER = "modelscope-crnn"
_HIDDEN = 256
_COUNTER = "num_batches_tracked"


class Recurrent(nn.Module):
    """A bidirectional LSTM and a linear layer behind it.

    Args:
        channels: Input channels.
        out: Output channels.
    """

    def __init__(self, channels: int, out: int) -> None:
        super().__init__()
        self.rnn = nn.LSTM(channels, _HIDDEN, bidirectional=True)
        self.embedding = nn.Linear(2 * _HIDDEN, out)

    def forward(self, x: Tensor) -> Tensor:
        """Map float32 (T, N, channels) to (T, N, out)."""
        seen, _ = self.rnn(x)
        found: Tensor = self.embedding(seen)
        return found


def _convolutions(channels: int, *outs: int) -> nn.Sequential:
    """Return 3x3 convolutions, each with batch norm and ReLU."""
    layers: list[nn.Module] = []
    for out in outs:
        layers += [nn.Conv2d(channels, out, 3, padding=1), nn.BatchNorm2d(out), nn.ReLU()]
        channels = out
    return nn.Sequential(*layers)


class ModelScopeCrnn(nn.Module):
    """The published network. Its modules bear the published names.

    Args:
        classes: Number of classes, the blank included.
    """

    def __init__(self, classes: int = CLASSES) -> None:
        super().__init__()
        self.conv0 = _convolutions(1, 64)
        self.conv1 = _convolutions(64, 128)
        self.conv2 = _convolutions(128, 256, 256)
        self.conv3 = _convolutions(256, 512, 512)
        self.conv4 = nn.Sequential(
            nn.Conv2d(512, 512, (2, 1), (2, 1)), nn.BatchNorm2d(512), nn.ReLU()
        )
        self.rnn = nn.Sequential(Recurrent(512, 256), Recurrent(256, 512))
        self.cls = nn.Linear(512, classes, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Read a batch.

        Args:
            x: float32 (N, 1, 32, W) grey, 0..1, W a multiple of 4.

        Returns:
            float32 (N, W/4, classes), log-probabilities, blank = 0.
        """
        x = functional.max_pool2d(self.conv0(x), 2)
        x = functional.max_pool2d(self.conv1(x), 2)
        x = functional.max_pool2d(self.conv2(x), (2, 1))
        x = functional.max_pool2d(self.conv3(x), (2, 1))
        x = self.conv4(x)  # N x 512 x 1 x W/4
        x = self.rnn(x.squeeze(2).permute(2, 0, 1))  # W/4 x N x 512
        return functional.log_softmax(self.cls(x).permute(1, 0, 2), dim=-1)


def import_checkpoint(given: Path, identifier: str | None = None) -> InstalledModel:
    """Make a published checkpoint one of the user's models.

    Args:
        given: The folder that holds ``pytorch_model.pt`` and ``vocab.txt``, or the checkpoint
            itself with the vocabulary beside it.
        identifier: Name of the model, or None for ``modelscope-crnn``.

    Raises:
        ModelImportError: A file is missing, damaged, holds more than weights or belongs to
            another network, or the name cannot be used.
        OutputError: The user's folder cannot be written to.
    """
    checkpoint = given / _CHECKPOINT if given.is_dir() else given
    vocabulary = checkpoint.parent / _VOCABULARY
    for path in (checkpoint, vocabulary):
        if not path.is_file():
            raise CheckpointMissingError(path)
    charset = read_vocabulary(vocabulary)
    network = load_checkpoint(checkpoint)
    training = {
        "imported": NAME,
        "sha256": {path.name: _sha256(path) for path in (checkpoint, vocabulary)},
    }
    identifier = identifier or _IDENTIFIER
    with tempfile.TemporaryDirectory(prefix="desktop-ocr-") as place:
        folder = Path(place) / "model"
        entries = {"calibration": {}, "training": training, "accuracy": {}}
        # The owner's own weights: not rounded to half, as those that we ship.
        write_folder(folder, network, charset, FORM, identifier, entries, half=False)
        return install_model(folder, identifier)


def load_checkpoint(path: Path) -> ModelScopeCrnn:
    """Load and check a checkpoint; nothing in it is executed.

    Args:
        path: What ``torch.save`` wrote: names and tensors, nothing else.

    Returns:
        The network in float32 and evaluation mode.

    Raises:
        CheckpointMissingError: The file cannot be opened.
        CheckpointUnsafeError: It holds anything but weights.
        CheckpointDamagedError: It is cut off, or a weight is no number.
        CheckpointUnknownError: It belongs to another network.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise CheckpointMissingError(path) from error
    with file:
        try:
            state = torch.load(file, map_location="cpu", weights_only=True)
        except pickle.UnpicklingError as error:
            raise CheckpointUnsafeError(path) from error
        except Exception as error:  # A cut-off file ends in errors of many kinds.
            raise CheckpointDamagedError(path) from error
    network = ModelScopeCrnn()
    wanted = network.state_dict()
    if not isinstance(state, dict) or not all(
        isinstance(name, str) and isinstance(tensor, Tensor) for name, tensor in state.items()
    ):
        raise CheckpointUnknownError(path, "it is no table of weights")
    # Models that were trained further bear one or both of these before every name.
    found = {
        name.replace("recognizer.", "").replace("module.", ""): tensor
        for name, tensor in state.items()
    }
    # Counters of training steps: older torch did not write them, and reading needs none.
    found = {name: tensor for name, tensor in found.items() if not name.endswith(_COUNTER)}
    wanted = {name: tensor for name, tensor in wanted.items() if not name.endswith(_COUNTER)}
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            raise CheckpointUnknownError(path, f"{name} is missing")
        if name not in wanted:
            raise CheckpointUnknownError(path, f"{name} is not known")
        tensor, shape = found[name], tuple(wanted[name].shape)
        if tuple(tensor.shape) != shape or not tensor.is_floating_point():
            raise CheckpointUnknownError(
                path, f"{name} is {tuple(tensor.shape)} {tensor.dtype}, not {shape} of floats"
            )
        if tensor.layout != torch.strided or not bool(tensor.isfinite().all()):
            raise CheckpointDamagedError(path)
    network.load_state_dict(found, strict=False)
    return network.eval()


def read_vocabulary(path: Path) -> Charset:
    """Read the characters of a checkpoint, one a line, the first being class 1.

    Args:
        path: UTF-8 text.

    Returns:
        7,643 classes and the blank. A vocabulary of 7,642 lines gets ``UNKNOWN`` as its last
        class.

    Raises:
        CheckpointMissingError: The file cannot be opened.
        VocabularyError: It is no UTF-8, has another number of lines, or one is empty or repeated.
    """
    try:
        # Not splitlines(): it would split at characters that a vocabulary may hold.
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise CheckpointMissingError(path) from error
    except UnicodeDecodeError as error:
        raise VocabularyError(path, "it is not UTF-8 text") from error
    lines = text.removesuffix("\n").split("\n")
    if len(lines) not in (CLASSES - 2, CLASSES - 1):
        raise VocabularyError(path, f"it has {len(lines)} lines, not {CLASSES - 2}")
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line:
            raise VocabularyError(path, f"line {number} is empty")
        if line in seen:
            raise VocabularyError(path, f"line {number} repeats line {seen[line]}")
        seen[line] = number
    if len(lines) == CLASSES - 2:
        if UNKNOWN in seen:
            raise VocabularyError(path, f"line {seen[UNKNOWN]} is no character")
        lines.append(UNKNOWN)
    return Charset(lines)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
