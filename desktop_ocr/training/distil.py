"""The head learns from the teacher's features and from the true labels.

The convolutions stand still, so that a line costs two milliseconds. Where the teacher reads a
line as it was drawn, the head learns its features and its classes; true labels teach every line,
above all the classes the teacher lacks and the lines it misreads.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from desktop_ocr.engine.recognize.charset import BLANK
from desktop_ocr.engine.recognize.network import Crnn, Head
from desktop_ocr.training.store import Batch, TargetStore


_NEVER = -30.0
"""Logit of a class that cannot be there."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the head is trained.

    Attributes:
        seed: Decides the order of lines and the sampled classes.
        epochs: Times through all lines.
        frames: Time steps of a batch.
        rate: Highest learning rate; falls as a cosine after a short rise.
        sampled: Random classes beside those at hand in a batch.
        feature_weight: Weight of the squared error of the features.
        class_weight: Weight of the divergence from the teacher's classes.
        label_weight: Weight of CTC on true labels.
    """

    seed: int = 1
    epochs: float = 2.5
    frames: int = 2400
    rate: float = 2e-3
    sampled: int = 1200
    feature_weight: float = 1.0
    class_weight: float = 2.0
    label_weight: float = 0.3


def cosine(step: int, steps: int, rise: int = 200) -> float:
    """Return the share of the highest rate at a step: a linear rise, then half a cosine to 2 %."""
    if step < rise:
        return (step + 1) / rise
    done = (step - rise) / max(1, steps - rise)
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def ctc(log_probabilities: Tensor, labels: list[list[int]]) -> Tensor:
    """Return CTC losses a line, float32 (N,), divided by label lengths.

    Args:
        log_probabilities: (N, T, C), blank = 0.
        labels: Class numbers of each line, none empty.
    """
    lengths = torch.tensor([len(label) for label in labels])
    losses = functional.ctc_loss(
        log_probabilities.transpose(0, 1),  # N x T x C -> T x N x C
        torch.tensor([number for label in labels for number in label]),
        torch.full((len(labels),), log_probabilities.shape[1]),
        lengths,
        blank=BLANK,
        reduction="none",
        zero_infinity=True,
    )
    return losses / lengths


class HeadLoss:
    """The three losses of the head over the classes at hand."""

    def __init__(self, taught: nn.Linear, recipe: Recipe, always: Sequence[int] = ()) -> None:
        """Keep the teacher's last layer: it measures the features' errors.

        Args:
            taught: The teacher's last layer over our classes.
            recipe: How to train.
            always: The classes that the teacher lacks. Every batch weighs them and they are never
                likely to the teacher: nothing else teaches them to be silent.
        """
        self._always = torch.tensor(list(always), dtype=torch.long)
        self._rows = taught.weight.detach().clone()
        self._biases = taught.bias.detach().clone()
        # Where the teacher reads a line right, none of the classes it lacks is there.
        self._biases[self._always] = _NEVER
        gram = self._rows.T @ self._rows
        self._gram = gram / gram.diagonal().mean()
        self._recipe = recipe
        self._random = torch.Generator().manual_seed(recipe.seed)

    def __call__(self, head: Head, batch: Batch) -> tuple[Tensor, dict[str, float]]:
        """Return the loss of a batch and its parts for the log."""
        recipe = self._recipe
        with torch.autocast("cpu", torch.bfloat16):
            features = head.features(batch.features).float()
        error = features - batch.outputs
        known = batch.right.float()[:, None, None]
        frames = known.sum().clamp(min=1) * error.shape[1]
        plain = (error.square().mean(-1, keepdim=True) * known).sum() / frames
        seen = ((error @ self._gram * error).mean(-1, keepdim=True) * known).sum() / frames

        with torch.no_grad():
            taught = batch.outputs.reshape(-1, batch.outputs.shape[-1])
            likely = torch.unique((taught @ self._rows.T + self._biases).argmax(-1))
            hand = torch.cat((
                torch.zeros(1, dtype=torch.long), self._always, likely,
                torch.tensor([number for label in batch.labels for number in label]),
                torch.randint(len(self._rows), (recipe.sampled,), generator=self._random),
            ))  # fmt: skip
            hand = torch.unique(hand)  # Ascending: the blank stays first.
            place = torch.full((len(self._rows),), -1)
            place[hand] = torch.arange(len(hand))
            taught = batch.outputs @ self._rows[hand].T + self._biases[hand]
            teacher = functional.log_softmax(taught, -1)
        with torch.autocast("cpu", torch.bfloat16):
            logits = features @ head.classes.weight[hand].T
        student = functional.log_softmax(logits.float() + head.classes.bias[hand], -1)
        apart = functional.kl_div(student, teacher, log_target=True, reduction="none")
        apart_mean = (apart.sum(-1, keepdim=True) * known).sum() / frames
        labels = [[int(place[number]) for number in label] for label in batch.labels]
        labelled = ctc(student, labels).clamp(max=8.0).mean()
        loss = (
            recipe.feature_weight * (plain + seen)
            + recipe.class_weight * apart_mean
            + recipe.label_weight * labelled
        )
        return loss, {
            "features": float(plain.detach()), "classes": float(apart_mean.detach()),
            "labels": float(labelled.detach()),
        }  # fmt: skip


def distil(
    network: Crnn,
    store: TargetStore,
    loss_of: HeadLoss,
    recipe: Recipe,
    folder: Path,
    report: Callable[[str], None],
    checkpoint_seconds: float = 120.0,
) -> Crnn:
    """Train the head; goes on from a checkpoint in ``folder`` if there is one.

    Args:
        network: With the teacher's convolutions.
        store: Lines with the teacher's view of them.
        loss_of: The losses.
        recipe: How to train.
        folder: Receives ``head.safetensors``, ``head.json`` and ``log.jsonl``.
        report: Told one JSON line now and then.
        checkpoint_seconds: Time between checkpoints.

    Returns:
        The network, trained.
    """
    folder.mkdir(parents=True, exist_ok=True)
    head = network.head
    # The last layer moves slowly: it is the teacher's, apart from the classes we added.
    last = list(head.classes.parameters())
    old = [*head.shortcut.parameters(), *head.mix.parameters(), *head.neighbours.parameters()]
    slow = {id(parameter) for parameter in (*last, *old)}
    new = [parameter for parameter in head.parameters() if id(parameter) not in slow]
    optimiser = torch.optim.AdamW(
        [{"params": new, "share": 1.0}, {"params": old, "share": 0.2},
         {"params": last, "share": 0.1}], lr=recipe.rate, weight_decay=0.01,
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
            loss, parts = loss_of(head, batch)
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
