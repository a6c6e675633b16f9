"""The whole network learns, convolutions included, at a low rate.

The losses are those of the head (``losses.py``): without the teacher's hold the network forgets
the real handwriting that its convolutions have seen, and drawn lines do not bring it back. The
weights that are kept are a running mean over steps (Polyak averaging), steadier than the last.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional

from desktop_ocr.engine.recognize.charset import Charset
from desktop_ocr.engine.recognize.network import Crnn, from_state
from desktop_ocr.engine.recognize.prepare import STRIDE, padded_width, to_input
from desktop_ocr.training.distil import cosine
from desktop_ocr.training.lines import read_shard
from desktop_ocr.training.losses import Lesson, Weights
from desktop_ocr.training.store import fits

_CHUNK = 6
"""Shards that are held in memory and mixed at a time."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the whole network is trained.

    Attributes:
        seed: Decides the order of lines.
        steps: Batches in all.
        columns: Input columns of a batch (lines times width).
        frozen: The stem and this many of the first blocks stay as they are: they see edges, take
            most of the time, and have nothing to learn from drawn lines.
        rate: Highest learning rate of the head; the convolutions have ``convolution_share`` of it.
        convolution_share: 0 leaves the convolutions as they are.
        weights: How much each part of the loss counts.
        mean: How much of the running mean of the weights stays at each step.
    """

    seed: int = 11
    steps: int = 3000
    columns: int = 8000
    frozen: int = 4
    rate: float = 2e-4
    convolution_share: float = 0.1
    weights: Weights = field(default_factory=lambda: Weights(features=0.5, classes=2.0, labels=0.4))
    mean: float = 0.999


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of equal width.

    Attributes:
        pixels: float32 (N, 3, 48, W).
        labels: Class numbers of each line.
        outputs: float32 (N, T, 120), the teacher's features.
        right: bool (N,), whether the teacher reads the line as drawn.
    """

    pixels: Tensor
    labels: list[list[int]]
    outputs: Tensor
    right: Tensor


@dataclass(frozen=True, slots=True)
class _Line:
    pixels: NDArray[np.uint8]
    label: list[int]
    outputs: NDArray[np.float16]
    right: bool


def batches(
    lines: Path, targets: Path, shards: list[int], charset: Charset, columns: int, seed: int
) -> Iterator[Batch]:
    """Go through all lines for ever, in an order that the seed decides."""
    rng = random.Random(seed)
    while True:
        order = rng.sample(shards, len(shards))
        for at in range(0, len(order), _CHUNK):
            by_width: dict[int, list[_Line]] = {}
            for shard in order[at : at + _CHUNK]:
                for line in _read(lines, targets, shard, charset):
                    by_width.setdefault(padded_width(line.pixels.shape[1]), []).append(line)
            groups = []
            for width, same in by_width.items():
                rng.shuffle(same)
                size = max(1, columns // width)
                groups += [(width, same[i : i + size]) for i in range(0, len(same), size)]
            rng.shuffle(groups)
            for width, group in groups:
                yield Batch(
                    torch.from_numpy(to_input([line.pixels for line in group], width)),
                    [line.label for line in group],
                    torch.from_numpy(np.stack([line.outputs for line in group])).float(),
                    torch.tensor([line.right for line in group]),
                )


def _read(lines: Path, targets: Path, shard: int, charset: Charset) -> Iterator[_Line]:
    pixels, texts = read_shard(lines / f"lines-{shard:05d}.npz")
    with np.load(targets / f"targets-{shard:05d}.npz") as file:
        outputs, steps, right = file["outputs"], file["steps"], file["right"]
    starts = np.concatenate(([0], np.cumsum(steps)[:-1]))
    for line, text, start, count, good in zip(pixels, texts, starts, steps, right, strict=True):
        label = charset.encode(text)
        if fits(tuple(label), int(count)):
            assert padded_width(line.shape[1]) == count * STRIDE
            yield _Line(line, label, outputs[start : start + count], bool(good))


def features_of(network: Crnn, pixels: Tensor, frozen: int) -> Tensor:
    """Return float32 (N, T, 120) of (N, 3, 48, W), in bfloat16, with the first blocks at rest."""
    blocks = network.convolutions.blocks
    with torch.autocast(pixels.device.type, torch.bfloat16):
        with torch.no_grad():
            seen = network.convolutions.stem(pixels.to(memory_format=torch.channels_last))
            seen = blocks[:frozen](seen)
        seen = functional.avg_pool2d(blocks[frozen:](seen), (3, 2))
        features: Tensor = network.head.features(seen).float()
    return features


def train_whole(
    network: Crnn,
    source: Iterator[Batch],
    lesson: Lesson,
    recipe: Recipe,
    folder: Path,
    report: Callable[[str], None],
    checkpoint_seconds: float = 240.0,
    measure: Callable[[Crnn], dict[str, float]] | None = None,
    measure_steps: int = 800,
) -> Crnn:
    """Train the whole network; goes on from a checkpoint in ``folder`` if there is one.

    Args:
        network: Where to start, on the device that is to train.
        source: Batches.
        lesson: The losses, on the same device.
        recipe: How to train.
        folder: Receives ``whole.safetensors`` (weights and running mean), ``whole.json``,
            ``log.jsonl``, and ``step-N.safetensors``, the running mean at each measurement.
        report: Told one JSON line now and then.
        checkpoint_seconds: Time between checkpoints.
        measure: Gives the error rate of each dev set; what it gives stands in the log.
        measure_steps: Steps between measurements.

    Returns:
        The network with the running mean of its weights, in evaluation mode.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.train()
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimiser = torch.optim.AdamW(
        [{"params": list(network.head.parameters()), "share": 1.0},
         {"params": list(network.convolutions.blocks[recipe.frozen :].parameters()),
          "share": recipe.convolution_share}],
        lr=recipe.rate, weight_decay=0.01, betas=(0.9, 0.98),
    )  # fmt: skip
    mean = {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}
    step = _resume(network, mean, folder, recipe)
    device = next(network.parameters()).device
    saved = time.monotonic()

    def log(entry: dict[str, Any]) -> None:
        line = json.dumps(entry)
        with (folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        report(line)

    sums: dict[str, float] = {}
    counted = lines = 0
    began = time.monotonic()
    for batch in source:
        if step >= recipe.steps:
            break
        for group in optimiser.param_groups:
            group["lr"] = (
                recipe.rate
                * cosine(step, recipe.steps, rise=max(1, min(150, recipe.steps // 10)))
                * group["share"]
            )
        features = features_of(network, batch.pixels.to(device), recipe.frozen)
        loss, parts = lesson(
            features,
            network.head.classes,
            batch.outputs.to(device),
            batch.right.to(device),
            batch.labels,
        )
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        step += 1
        keep = min(recipe.mean, (step + 1) / (step + 10))
        with torch.no_grad():
            for name, tensor in network.state_dict().items():
                mean[name].lerp_(tensor, 1 - keep)
        for name, number in parts.items():
            sums[name] = sums.get(name, 0.0) + number
        counted, lines = counted + 1, lines + len(batch.labels)
        if step % 50 == 0 or step == recipe.steps:
            values = {name: round(number / counted, 5) for name, number in sums.items()}
            rate = round(lines / (time.monotonic() - began), 1)
            log({"step": step, "of": recipe.steps, "lines_per_second": rate, **values})
            sums, counted, lines, began = {}, 0, 0, time.monotonic()
        if time.monotonic() - saved > checkpoint_seconds or step == recipe.steps:
            _save(network, mean, folder, recipe, step)
            saved = time.monotonic()
        if measure is not None and (step % measure_steps == 0 or step == recipe.steps):
            save_file({n: t.half().contiguous() for n, t in mean.items()},
                      folder / f"step-{step:05d}.safetensors")  # fmt: skip
            log({"step": step, "dev": measure(from_state(mean))})
            began = time.monotonic()
    network.load_state_dict(mean)
    return network.eval()


def mean_weights(folder: Path) -> dict[str, Tensor]:
    """Return the running mean of the weights of a checkpoint."""
    tensors = load_file(folder / "whole.safetensors")
    return {name[5:]: tensor for name, tensor in tensors.items() if name.startswith("mean.")}


def _save(network: Crnn, mean: dict[str, Tensor], folder: Path, recipe: Recipe, step: int) -> None:
    tensors = {f"last.{name}": tensor.contiguous() for name, tensor in network.state_dict().items()}
    tensors |= {f"mean.{name}": tensor.contiguous() for name, tensor in mean.items()}
    temporary = folder / "whole.tmp"
    save_file(tensors, temporary)
    temporary.replace(folder / "whole.safetensors")
    (folder / "whole.json").write_text(
        json.dumps({"step": step, "recipe": asdict(recipe)}), encoding="utf-8"
    )


def _resume(network: Crnn, mean: dict[str, Tensor], folder: Path, recipe: Recipe) -> int:
    """Read the checkpoint of the same recipe, if there is one; return its step.

    The optimiser's moments are not kept: they fill again within a few dozen steps.
    """
    described = folder / "whole.json"
    if not described.exists():
        return 0
    about = json.loads(described.read_text(encoding="utf-8"))
    if about["recipe"] != asdict(recipe):
        return 0
    tensors = load_file(folder / "whole.safetensors")
    network.load_state_dict({n[5:]: t for n, t in tensors.items() if n.startswith("last.")})
    mean.update({n[5:]: t for n, t in tensors.items() if n.startswith("mean.")})
    return int(about["step"])
