"""The weighted mean of several trained models, as one model.

    python -m desktop_ocr.training.average NAME --models MODELS FOLDER=SHARE FOLDER=SHARE …

Models that were trained on from one common start in different ways often read better together than
any of them alone, at no cost (Wortsman and others: Model soups, 2022). Their charsets must be
equal.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from torch import Tensor

from desktop_ocr.engine.recognize.model_files import ModelFiles, open_model
from desktop_ocr.engine.recognize.network import Crnn, from_state, load
from desktop_ocr.training.export import Card, write_model


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the mean of the models that were named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("name", help="the new model's id")
    parser.add_argument("parts", nargs="+", metavar="FOLDER=SHARE")
    parser.add_argument("--models", type=Path, required=True, help="folder that gets the model")
    given = parser.parse_args(arguments)
    parts = []
    for part in given.parts:
        folder, _, share = part.rpartition("=")
        parts.append((open_model(Path(folder)), float(share)))
    training = {
        "mean_of": [{"share": share, **model.description["training"]} for model, share in parts]
    }
    width = min(model.trained_width for model, _ in parts)
    card = Card(given.name, width, training)
    folder = write_model(average(parts), parts[0][0].charset, card, given.models)
    print(f"wrote {folder.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
