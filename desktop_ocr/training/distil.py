"""The head learns from the teacher's features and from the true labels.

The convolutions stand still, so that a line costs two milliseconds. Where the teacher reads a
line as it was drawn, the head learns its features and its classes; true labels teach every line,
above all the classes the teacher lacks and the lines it misreads.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from desktop_ocr.engine.recognize.network import Crnn, Head
from desktop_ocr.training.losses import Lesson, Weights
from desktop_ocr.training.store import TargetStore


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the head is trained.

    Attributes:
        seed: Decides the order of lines and the sampled classes.
        epochs: Times through all lines.
        frames: Time steps of a batch.
        rate: Highest learning rate; falls as a cosine after a short rise.
        weights: How much each part of the loss counts.
    """

    seed: int = 1
    epochs: float = 3.0
    frames: int = 2400
    rate: float = 2e-3
    weights: Weights = field(default_factory=Weights)


def cosine(step: int, steps: int, rise: int = 200) -> float:
    """Return the share of the highest rate at a step: a linear rise, then half a cosine to 2 %."""
    if step < rise:
        return (step + 1) / rise
    done = (step - rise) / max(1, steps - rise)
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def distil(
    network: Crnn,
    store: TargetStore,
    lesson: Lesson,
    recipe: Recipe,
    folder: Path,
    report: Callable[[str], None],
    checkpoint_seconds: float = 120.0,
) -> Crnn:
    """Train the head; goes on from a checkpoint in ``folder`` if there is one.

    Args:
        network: With the teacher's convolutions.
        store: Lines with the teacher's view of them.
        lesson: The losses.
        recipe: How to train.
        folder: Receives ``head.safetensors``, ``head.json`` and ``log.jsonl``.
        report: Told one JSON line now and then.
        checkpoint_seconds: Time between checkpoints.

    Returns:
        The network, trained.
    """
    folder.mkdir(parents=True, exist_ok=True)
    head = network.head
    # The last layer hardly moves: it is the teacher's, apart from the classes we added, and what is
    # rarely drawn would be pushed aside by what is drawn often.
    last = list(head.classes.parameters())
    old = [*head.shortcut.parameters(), *head.mix.parameters(), *head.neighbours.parameters()]
    if head.beside is not None:
        old += head.beside.parameters()
    slow = {id(parameter) for parameter in (*last, *old)}
    new = [parameter for parameter in head.parameters() if id(parameter) not in slow]
    optimiser = torch.optim.AdamW(
        [{"params": new, "share": 1.0}, {"params": old, "share": 0.2},
         {"params": last, "share": 0.02}], lr=recipe.rate, weight_decay=0.01,
    )  # fmt: skip
    step, seconds = _resume(head, optimiser, folder, recipe)
    batches = sum(1 for _ in store.groups(recipe.seed, recipe.frames))
    steps = round(batches * recipe.epochs)
    saved = time.monotonic()
    sums: dict[str, float] = {}
    counted = 0
    while step < steps:
        epoch, within = divmod(step, batches)
        for batch in store.batches(recipe.seed + epoch, recipe.frames, skip=within):
            share = cosine(step, steps)
            for group in optimiser.param_groups:
                group["lr"] = recipe.rate * share * group["share"]
            began = time.monotonic()
            with torch.autocast("cpu", torch.bfloat16):
                features = head.features(batch.features).float()
            loss, parts = lesson(features, head.classes, batch.outputs, batch.right, batch.labels)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimiser.step()
            step += 1
            seconds += time.monotonic() - began
            for name, number in {**parts, "loss": float(loss.detach())}.items():
                sums[name] = sums.get(name, 0.0) + number
            counted += 1
            if step % 100 == 0 or step == steps:
                mean = {name: round(number / counted, 5) for name, number in sums.items()}
                line = json.dumps({"step": step, "of": steps, "seconds": round(seconds), **mean})
                with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
                    log.write(line + "\n")
                report(line)
                sums, counted = {}, 0
            if time.monotonic() - saved > checkpoint_seconds or step == steps:
                _save(head, optimiser, folder, recipe, step, seconds)
                saved = time.monotonic()
            if step == steps:
                break
    return network


def _save(
    head: Head,
    optimiser: torch.optim.Optimizer,
    folder: Path,
    recipe: Recipe,
    step: int,
    seconds: float,
) -> None:
    """Write weights and the optimiser's moments, never a half file."""
    tensors = {f"head.{name}": tensor for name, tensor in head.state_dict().items()}
    for number, state in optimiser.state_dict()["state"].items():
        for name, value in state.items():
            tensors[f"optimiser.{number}.{name}"] = torch.as_tensor(value)
    temporary = folder / "head.tmp"
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, temporary)
    temporary.replace(folder / "head.safetensors")
    (folder / "head.json").write_text(
        json.dumps({"step": step, "seconds": seconds, "recipe": asdict(recipe)}), encoding="utf-8"
    )


def _resume(
    head: Head, optimiser: torch.optim.Optimizer, folder: Path, recipe: Recipe
) -> tuple[int, float]:
    """Read the checkpoint, if it is of the same recipe; return its step and seconds."""
    described = folder / "head.json"
    if not described.exists():
        return 0, 0.0
    about = json.loads(described.read_text(encoding="utf-8"))
    if about["recipe"] != asdict(recipe):
        return 0, 0.0
    tensors = load_file(folder / "head.safetensors")
    head.load_state_dict(
        {name[5:]: tensor for name, tensor in tensors.items() if name.startswith("head.")}
    )
    plain = optimiser.state_dict()
    for name, tensor in tensors.items():
        if name.startswith("optimiser."):
            _, number, field = name.split(".")
            plain["state"].setdefault(int(number), {})[field] = tensor
    optimiser.load_state_dict(plain)
    return int(about["step"]), float(about["seconds"])


def load_head(network: Crnn, folder: Path) -> None:
    """Put the head of a checkpoint into a network."""
    tensors = load_file(folder / "head.safetensors")
    network.head.load_state_dict(
        {name[5:]: tensor for name, tensor in tensors.items() if name.startswith("head.")}
    )
