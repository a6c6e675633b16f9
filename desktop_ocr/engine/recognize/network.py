"""The recognition network in torch: convolutions, bidirectional LSTMs and attention, CTC classes.

The convolutions are the backbone of PP-OCRv6 small (Apache-2.0, PaddleOCR authors), written out
as readable modules with its weights as a start. Two bidirectional LSTMs (Shi, Bai, Yao: An
End-to-End Trainable Neural Network for Image-based Sequence Recognition, 2015) read their features
beside its two small attention blocks; both views are added. See docs/decisions/ and
docs/model-card.md.

Only training and export import this module; the program reads with onnxruntime (``reader.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

FEATURES = 384
"""Channels of the convolutions' output."""
NARROW = 120
"""Channels before the classes."""
HIDDEN = 256
"""Units of one direction of an LSTM."""


class Gate(nn.Module):
    """Squeeze and excitation: each channel is scaled by what the whole line holds."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(channels, channels // 4, 1)
        self.excite = nn.Conv2d(channels // 4, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Scale float32 (N, C, H, W)."""
        mean = x.mean((2, 3), keepdim=True)  # N x C x H x W -> N x C x 1 x 1
        return x * functional.hardsigmoid(self.excite(functional.relu(self.squeeze(mean))))


class Block(nn.Module):
    """Depthwise 3x3, an optional gate, then a pointwise pair with GELU between.

    Args:
        channels: Input channels.
        out: Output channels; where they differ, or where the block shrinks, nothing is added.
        shrink: Halve the height.
        gate: Put a gate after the depthwise convolution.
    """

    def __init__(
        self, channels: int, out: int, *, shrink: bool = False, gate: bool = False
    ) -> None:
        super().__init__()
        stride = (2, 1) if shrink else (1, 1)
        self.depthwise = nn.Conv2d(channels, channels, 3, stride, 1, groups=channels)
        self.gate = Gate(channels) if gate else nn.Identity()
        self.widen = nn.Conv2d(channels, 2 * channels, 1)
        self.narrow = nn.Conv2d(2 * channels, out, 1)
        self.residual = not shrink

    def forward(self, x: Tensor) -> Tensor:
        """Map float32 (N, C, H, W) to (N, out, H or H/2, W)."""
        x = self.gate(self.depthwise(x))
        change = self.narrow(functional.gelu(self.widen(x)))
        return x + change if self.residual else change


class Stem(nn.Module):
    """Two halvings of height and width, with a branch of small kernels between them."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 48, 3, 2, 1)
        self.left = nn.Conv2d(48, 24, 2)
        self.right = nn.Conv2d(24, 48, 2)
        self.second = nn.Conv2d(96, 48, 3, 2, 1)
        self.widen = nn.Conv2d(48, 96, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Map float32 (N, 3, 48, W) to (N, 96, 12, W/4)."""
        x = functional.relu(self.first(x))
        # Even kernels: one row and one column of noughts below and on the right.
        branch = functional.relu(self.left(functional.pad(x, (0, 1, 0, 1))))
        branch = functional.relu(self.right(functional.pad(branch, (0, 1, 0, 1))))
        pooled = functional.max_pool2d(functional.pad(x, (0, 1, 0, 1)), 2, 1)
        x = torch.cat((pooled, branch), 1)  # 2 x (N x 48 x 24 x W/2) -> N x 96 x 24 x W/2
        x = functional.relu(self.second(x))
        return functional.relu(self.widen(x))


class Convolutions(nn.Module):
    """Pixels to 384 features a time step of eight columns."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = Stem()
        self.blocks = nn.Sequential(
            Block(96, 96, gate=True), Block(96, 96), Block(96, 96),
            Block(96, 192, shrink=True),
            Block(192, 192, gate=True), Block(192, 192), Block(192, 192, gate=True),
            Block(192, 192), Block(192, 192, gate=True), Block(192, 192),
            Block(192, 384, shrink=True),
            Block(384, 384, gate=True), Block(384, 384),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        """Map float32 (N, 3, 48, W), -1..1, W a multiple of 8, to (N, 384, 1, W/8)."""
        x = self.blocks(self.stem(x))  # N x 384 x 3 x W/4
        return functional.avg_pool2d(x, (3, 2))


class Attention(nn.Module):
    """A block of self-attention over time steps, normalised before each part.

    Vaswani and others: Attention Is All You Need, 2017; without positions: what it is added to
    knows the order.

    Args:
        channels: Input and output channels.
        heads: Heads; ``channels`` is a multiple of them.
    """

    def __init__(self, channels: int = NARROW, heads: int = 8) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(channels)
        self.queries_keys_values = nn.Linear(channels, 3 * channels)
        self.merge = nn.Linear(channels, channels)
        self.second_norm = nn.LayerNorm(channels)
        self.widen = nn.Linear(channels, 2 * channels)
        self.narrow = nn.Linear(2 * channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        """Map float32 (N, T, C) to the same shape."""
        lines, steps, channels = x.shape
        parts = self.queries_keys_values(self.norm(x))
        # N x T x 3C -> 3 x N x heads x T x C/heads
        parts = parts.reshape(lines, steps, 3, self.heads, channels // self.heads)
        queries, keys, values = parts.permute(2, 0, 3, 1, 4)
        scores = (queries * (channels // self.heads) ** -0.5) @ keys.transpose(-1, -2)
        seen = scores.softmax(-1) @ values  # N x heads x T x C/heads
        x = x + self.merge(seen.transpose(1, 2).reshape(lines, steps, channels))
        return x + self.narrow(functional.silu(self.widen(self.second_norm(x))))


class AttentionPath(nn.Module):
    """PP-OCRv6's own way from the convolutions to what the classes are read from.

    Args:
        blocks: Attention blocks.
    """

    def __init__(self, blocks: int) -> None:
        super().__init__()
        self.mix = nn.Conv2d(FEATURES, NARROW, 1)
        self.neighbours = _neighbours()
        self.blocks = nn.Sequential(*(Attention() for _ in range(blocks)), nn.LayerNorm(NARROW))

    def forward(self, x: Tensor) -> Tensor:
        """Map float32 (N, 384, 1, T) to (N, T, 120)."""
        mixed = functional.silu(self.mix(x))
        mixed = mixed + functional.silu(self.neighbours(mixed))
        seen: Tensor = self.blocks(mixed.squeeze(2).transpose(1, 2))
        return seen


class Head(nn.Module):
    """Features to classes: two bidirectional LSTMs, attention, and a convolutional short cut.

    Args:
        classes: Number of classes, the blank included.
        beside: Attention blocks that read the features beside the LSTMs; 0 for none.
        after: Attention blocks that read the LSTMs' output; 0 for none.
    """

    def __init__(self, classes: int, *, beside: int = 2, after: int = 0) -> None:
        super().__init__()
        self.shortcut = nn.Conv2d(FEATURES, NARROW, 1)
        self.mix = nn.Conv2d(FEATURES, NARROW, 1)
        self.neighbours = _neighbours()
        self.project = nn.Conv2d(FEATURES, 2 * HIDDEN - 3 * NARROW, 1)
        inputs = 2 * HIDDEN - 2 * NARROW
        self.first = nn.LSTM(inputs, HIDDEN, batch_first=True, bidirectional=True)
        self.second = nn.LSTM(2 * HIDDEN, HIDDEN, batch_first=True, bidirectional=True)
        self.narrow = nn.Linear(2 * HIDDEN, NARROW)
        self.beside = AttentionPath(beside) if beside else None
        self.after = nn.Sequential(*(Attention() for _ in range(after)))
        self.classes = nn.Linear(NARROW, classes)

    def features(self, x: Tensor) -> Tensor:
        """Map float32 (N, 384, 1, T) to what the classes are read from, (N, T, 120)."""
        shortcut = functional.silu(self.shortcut(x))
        mixed = functional.silu(self.mix(x))
        mixed = mixed + functional.silu(self.neighbours(mixed))
        inputs = torch.cat((mixed, self.project(x)), 1)
        inputs = inputs.squeeze(2).transpose(1, 2)  # N x 272 x 1 x T -> N x T x 272
        first, _ = self.first(inputs)
        second, _ = self.second(first)
        seen: Tensor = self.after(self.narrow(first + second))
        if self.beside is not None:
            seen = seen + self.beside(x)
        return seen + shortcut.squeeze(2).transpose(1, 2)

    def forward(self, x: Tensor) -> Tensor:
        """Map float32 (N, 384, 1, T) to logits (N, T, classes), blank = 0."""
        logits: Tensor = self.classes(self.features(x))
        return logits


def _neighbours() -> nn.Conv2d:
    """Return a depthwise convolution over three time steps to each side."""
    return nn.Conv2d(NARROW, NARROW, (1, 7), padding=(0, 3), groups=NARROW)


class Crnn(nn.Module):
    """The whole network.

    Args:
        classes: Number of classes, the blank included.
        beside: Attention blocks beside the LSTMs.
        after: Attention blocks after them.
    """

    def __init__(self, classes: int, *, beside: int = 2, after: int = 0) -> None:
        super().__init__()
        self.convolutions = Convolutions()
        self.head = Head(classes, beside=beside, after=after)

    def forward(self, x: Tensor) -> Tensor:
        """Read a batch.

        Args:
            x: float32 (N, 3, 48, W) BGR, -1..1, W a multiple of 8.

        Returns:
            float32 (N, W/8, classes), log-probabilities, blank = 0.
        """
        return functional.log_softmax(self.head(self.convolutions(x)), dim=-1)


def load(path: Path) -> Crnn:
    """Load a network from safetensors (float16 or float32), in float32 and evaluation mode.

    Args:
        path: The weights; the number of classes and the form of the head follow from them.
    """
    from safetensors.torch import load_file

    return from_state(load_file(path))


def from_state(state: Mapping[str, Tensor]) -> Crnn:
    """Make the network that a state belongs to, in float32 and evaluation mode."""

    def blocks(place: str) -> int:
        return sum(
            name.startswith(f"head.{place}.") and name.endswith(".merge.bias") for name in state
        )

    network = Crnn(
        state["head.classes.bias"].shape[0], beside=blocks("beside"), after=blocks("after")
    )
    network.load_state_dict({name: tensor.float() for name, tensor in state.items()})
    return network.eval()
