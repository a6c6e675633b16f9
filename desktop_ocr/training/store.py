"""Stored lines as batches of equal length, in an order that a seed decides."""

from __future__ import annotations

import itertools
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from desktop_ocr.engine.recognize.charset import Charset


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of equal length with what the teacher sees in them.

    Attributes:
        features: float32 (N, 384, 1, T).
        outputs: float32 (N, T, 120), the teacher's features before its classes.
        right: bool (N,), whether the teacher reads the line as drawn.
        labels: Class numbers of each line's text.
    """

    features: Tensor
    outputs: Tensor
    right: Tensor
    labels: list[list[int]]


@dataclass(frozen=True, slots=True)
class _Line:
    shard: int
    start: int
    steps: int
    right: bool
    label: tuple[int, ...]


class TargetStore:
    """The files of ``targets.write_targets`` in memory (float16, about 45 kB a line)."""

    def __init__(self, folder: Path, shards: range, charset: Charset) -> None:
        """Read the shards; lines whose text does not fit into their steps are left out."""
        self._features: list[NDArray[np.float16]] = []
        self._outputs: list[NDArray[np.float16]] = []
        self._by_steps: dict[int, list[_Line]] = defaultdict(list)
        for place, shard in enumerate(shards):
            with np.load(folder / f"targets-{shard:05d}.npz") as file:
                self._features.append(file["features"])
                self._outputs.append(file["outputs"])
                steps, right = file["steps"], file["right"]
                texts: list[str] = json.loads(str(file["texts"]))
            ends = np.cumsum(steps)
            for text, step, end, good in zip(texts, steps, ends, right, strict=True):
                label = tuple(charset.encode(text))
                if fits(label, int(step)):
                    self._by_steps[int(step)].append(
                        _Line(place, int(end - step), int(step), bool(good), label)
                    )

    def __len__(self) -> int:
        """Return the number of lines."""
        return sum(map(len, self._by_steps.values()))

    def groups(self, seed: int, frames: int) -> Iterator[list[_Line]]:
        """Go once through all lines, as groups of equal length in random order.

        Args:
            seed: Decides the order.
            frames: About how many time steps a group holds.
        """
        rng = random.Random(seed)
        groups: list[list[_Line]] = []
        for steps, lines in sorted(self._by_steps.items()):
            shuffled = rng.sample(lines, len(lines))
            size = max(1, frames // steps)
            groups += [shuffled[at : at + size] for at in range(0, len(shuffled), size)]
        rng.shuffle(groups)
        yield from groups

    def batches(self, seed: int, frames: int, skip: int = 0) -> Iterator[Batch]:
        """Go once through all lines as batches; the first ``skip`` are left out."""
        for group in itertools.islice(self.groups(seed, frames), skip, None):
            yield self._batch(group)

    def _batch(self, group: list[_Line]) -> Batch:
        seen = np.stack([self._features[g.shard][g.start : g.start + g.steps] for g in group])
        out = np.stack([self._outputs[g.shard][g.start : g.start + g.steps] for g in group])
        features = torch.from_numpy(seen).float()
        return Batch(
            features.transpose(1, 2).unsqueeze(2),  # N x T x 384 -> N x 384 x 1 x T
            torch.from_numpy(out).float(),
            torch.tensor([g.right for g in group]),
            [list(g.label) for g in group],
        )


def fits(label: tuple[int, ...], steps: int) -> bool:
    """Say whether CTC can align a label: repeated classes need a blank between them."""
    repeats = sum(a == b for a, b in itertools.pairwise(label))
    return 0 < len(label) + repeats <= steps
