"""What the network is taught: the teacher's features and classes, and the true labels.

Where the teacher reads a line as it was drawn, its features and classes are the target: they know
real handwriting, which drawn lines do not show. True labels teach every line, above all the classes
that the teacher lacks and the lines that it misreads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from desktop_ocr.engine.recognize.charset import BLANK

_NEVER = -30.0
"""Logit of a class that cannot be there."""
_FADING = 3.0
"""Loss a character at which a line's pull has fallen to two fifths."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts.

    Attributes:
        features: Squared error of the features, plain and as the last layer sees it.
        classes: Divergence from the teacher's classes.
        labels: CTC on true labels.
        sampled: Random classes beside those at hand in a batch.
    """

    features: float = 1.0
    classes: float = 2.0
    labels: float = 0.3
    sampled: int = 1200


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


class Lesson:
    """The losses of a batch over the classes at hand."""

    def __init__(
        self, taught: nn.Linear, weights: Weights, lacking: Sequence[int], seed: int
    ) -> None:
        """Keep the teacher's last layer: it measures the features' errors.

        Args:
            taught: The teacher's last layer over our classes, on the device that is to train.
            weights: How much each part counts.
            lacking: The classes that the teacher lacks. Every batch weighs them and they are never
                likely to the teacher: nothing else teaches them to be silent.
            seed: Decides the sampled classes.
        """
        self._lacking = torch.tensor(list(lacking), dtype=torch.long, device=taught.weight.device)
        self._rows = taught.weight.detach().clone()
        self._biases = taught.bias.detach().clone()
        # Where the teacher reads a line right, none of the classes it lacks is there.
        self._biases[self._lacking] = _NEVER
        gram = self._rows.T @ self._rows
        self._gram = gram / gram.diagonal().mean()
        self._weights = weights
        self._random = torch.Generator().manual_seed(seed)

    def __call__(
        self,
        features: Tensor,
        layer: nn.Linear,
        outputs: Tensor,
        right: Tensor,
        labels: list[list[int]],
    ) -> tuple[Tensor, dict[str, float]]:
        """Compare what the network sees with what it should see.

        Args:
            features: float32 (N, T, 120), the network's.
            layer: The network's last layer.
            outputs: float32 (N, T, 120), the teacher's features.
            right: bool (N,), whether the teacher reads the line as drawn.
            labels: Class numbers of each line, none empty.

        Returns:
            The loss, and its parts for the log.
        """
        error = features - outputs
        known = right.float()[:, None, None]
        frames = known.sum().clamp(min=1) * error.shape[1]
        plain = (error.square().mean(-1, keepdim=True) * known).sum() / frames
        seen = ((error @ self._gram * error).mean(-1, keepdim=True) * known).sum() / frames
        with torch.no_grad():
            hand, place = self._at_hand(outputs, labels)
            taught = outputs @ self._rows[hand].T + self._biases[hand]
            teacher = functional.log_softmax(taught, -1)
        with torch.autocast(features.device.type, torch.bfloat16):
            logits = features @ layer.weight[hand].T
        student = functional.log_softmax(logits.float() + layer.bias[hand], -1)
        apart = functional.kl_div(student, teacher, log_target=True, reduction="none")
        apart_mean = (apart.sum(-1, keepdim=True) * known).sum() / frames
        places = place.tolist()
        losses = ctc(student, [[places[number] for number in label] for label in labels])
        # Some lines are drawn so badly that nobody could read them: their pull fades out.
        labelled = (_FADING * torch.tanh(losses / _FADING)).mean()
        weights = self._weights
        loss = (
            weights.features * (plain + seen)
            + weights.classes * apart_mean
            + weights.labels * labelled
        )
        return loss, {
            "features": float(plain.detach()),
            "classes": float(apart_mean.detach()),
            "labels": float(labelled.detach()),
        }

    def _at_hand(self, outputs: Tensor, labels: list[list[int]]) -> tuple[Tensor, Tensor]:
        """Return the classes that a batch weighs, ascending, and each class's place among them.

        The places lie in the computer's own memory, the classes on the device.
        """
        device = self._rows.device
        likely = (outputs.flatten(0, 1) @ self._rows.T + self._biases).argmax(-1)
        hand = torch.cat(
            (
                torch.tensor([BLANK], device=device),
                self._lacking,
                likely,
                torch.tensor([number for label in labels for number in label], device=device),
                torch.randint(len(self._rows), (self._weights.sampled,), generator=self._random).to(
                    device
                ),
            )
        )
        hand = torch.unique(hand)
        place = torch.full((len(self._rows),), -1)
        place[hand.cpu()] = torch.arange(len(hand))
        return hand, place
