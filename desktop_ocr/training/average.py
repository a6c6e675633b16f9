"""The weighted mean of several trained models, as one model.

    python -m desktop_ocr.training.average NAME --models MODELS FOLDER=SHARE FOLDER=SHARE …

Models that were trained on from one common start in different ways often read better together than
any of them alone, at no cost (Wortsman and others: Model soups, 2022). Their charsets must be
equal. ``--back`` and ``--ideographs`` then go part of the way back to the teacher's own weights
(Wortsman and others: Robust fine-tuning of zero-shot models, 2022).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.model_files import ModelFiles, open_model
from desktop_ocr.engine.recognize.network import Crnn, from_state, load
from desktop_ocr.training.export import Card, write_model
from desktop_ocr.training.teacher import Teacher


def average(parts: Sequence[tuple[ModelFiles, float]]) -> Crnn:
    """Return the network with the weighted mean of the parts' weights.

    Args:
        parts: Models of one charset with their shares, which are scaled to a sum of one.

    Raises:
        ValueError: The charsets differ, or the shares are not positive.
    """
    classes = parts[0][0].charset.classes
    if any(model.charset.classes != classes for model, _ in parts):
        raise ValueError("only models of the same charset can be averaged")
    if any(share <= 0 for _, share in parts):
        raise ValueError("shares must be above nought")
    total = sum(share for _, share in parts)
    mean: dict[str, Tensor] = {}
    for model, share in parts:
        for name, tensor in load(model.folder / "crnn.safetensors").state_dict().items():
            part = tensor * (share / total)
            mean[name] = mean[name] + part if name in mean else part
    return from_state(mean)


def towards_teacher(
    network: Crnn, charset: Charset, teacher: Teacher, *, back: float, ideographs: float
) -> Crnn:
    """Go part of the way back to the teacher; signs, digits and letters keep what they learnt.

    Args:
        network: With attention beside the LSTMs; its convolutions stay.
        charset: Its classes.
        teacher: Where it came from.
        back: Share of the way for attention and short cut, and of what the LSTMs add to nought,
            0-1.
        ideographs: Share of the way for the last layer's rows of ideographs that both know, 0-1:
            the teacher's expect running text, ours any character.

    Returns:
        A new network in evaluation mode.
    """
    taught = teacher.start(charset, 0).state_dict()
    state = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    for name, tensor in state.items():
        if name.startswith(("head.shortcut.", "head.beside.")):
            tensor.lerp_(taught[name], back)
        elif name.startswith("head.narrow."):
            tensor.mul_(1 - back)
    rows = torch.tensor(
        [
            number
            for number, theirs in enumerate(teacher.numbers(charset))
            if theirs >= 0 and "\u4e00" <= charset.classes[number] <= "\u9fff"
        ]
    )
    for name in ("head.classes.weight", "head.classes.bias"):
        state[name][rows] = torch.lerp(state[name][rows], taught[name][rows], ideographs)
    return from_state(state)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the mean of the models that were named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("name", help="the new model's id")
    parser.add_argument("parts", nargs="+", metavar="FOLDER=SHARE")
    parser.add_argument("--models", type=Path, required=True, help="folder that gets the model")
    parser.add_argument("--back", type=float, default=0.0, help="share of the way to the teacher")
    parser.add_argument(
        "--ideographs", type=float, default=0.0, help="the same for the last layer's ideographs"
    )
    given = parser.parse_args(arguments)
    parts = []
    for part in given.parts:
        folder, _, share = part.rpartition("=")
        parts.append((open_model(Path(folder)), float(share)))
    training: dict[str, Any] = {
        "mean_of": [{"share": share, **model.description["training"]} for model, share in parts]
    }
    width = min(model.form.trained_width for model, _ in parts)
    card = Card(given.name, width, training)
    mean, charset = average(parts), parts[0][0].charset
    if given.back or given.ideographs:
        shares = {"back": given.back, "ideographs": given.ideographs}
        training["towards_teacher"] = shares
        mean = towards_teacher(mean, charset, Teacher(), **shares)
    folder = write_model(mean, charset, card, given.models)
    print(f"wrote {folder.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
