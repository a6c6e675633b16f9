"""The same network with its channels brought to like sizes, so that eight bits hold them all.

A channel may be divided by any number before layers that are linear in it and multiplied by it
behind them; the output does not change. Activations are quantised with one range for all channels,
weights with one for each output channel, so large channels are made smaller and the weights that
read them larger (Nagel and others: Data-Free Quantization Through Weight Equalization and Bias
Correction, 2019; the share between both: Xiao and others: SmoothQuant, 2023).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from desktop_ocr.engine.recognize.network import FEATURES, Block, Crnn, Gate

_SHARE = 0.5
"""How much of a channel's size the weights that read it take over, 0–1."""
_USUAL = 0.95
"""Quantile over lines of a channel's largest value: a single odd line does not count."""


@torch.no_grad()
def equalized(network: Crnn, lines: Sequence[NDArray[np.float32]]) -> Crnn:
    """Return a network that computes the same from like-sized channels.

    Args:
        network: In evaluation mode; it is not changed.
        lines: Inputs float32 (N, 3, 48, W) whose channels' sizes are looked at.

    Raises:
        ValueError: The result computes something else: the network's form has changed and this
            function does not know it.
    """
    network = copy.deepcopy(network)
    blocks = [block for block in network.convolutions.blocks if isinstance(block, Block)]
    # The last block feeds every convolution of the head that reads the features.
    readers = [
        layer
        for layer in network.head.modules()
        if isinstance(layer, nn.Conv2d) and layer.in_channels == FEATURES
    ]
    probe = torch.from_numpy(lines[0])
    before = network(probe)
    stem, inner, outer = _sizes(network, blocks, lines)
    last = network.convolutions.stem.widen
    scale = _relative(stem)
    _divide(last, scale)
    _multiply([blocks[0].depthwise], scale)
    for index, block in enumerate(blocks):
        following = [blocks[index + 1].depthwise] if index + 1 < len(blocks) else readers
        # Where the block's input is added to its change, both must be divided alike.
        size = torch.maximum(inner[index], outer[index]) if block.residual else inner[index]
        heavy = block.widen.weight.abs().amax((0, 2, 3)).clamp_min(1e-6)
        scale = _relative(size.clamp_min(1e-6) ** _SHARE / heavy ** (1 - _SHARE))
        _divide(block.depthwise, scale)
        _multiply([block.widen], scale)
        if isinstance(block.gate, Gate):
            _multiply([block.gate.squeeze], scale)
        if not block.residual:
            scale = _relative(outer[index])
        _divide(block.narrow, scale)
        _multiply(following, scale)
    if not torch.allclose(network(probe), before, atol=1e-2):
        raise ValueError("this form of the network cannot be equalised")
    return network


def _sizes(
    network: Crnn, blocks: Sequence[Block], lines: Sequence[NDArray[np.float32]]
) -> tuple[Tensor, list[Tensor], list[Tensor]]:
    """Measure channels: after the stem, before each block's ``widen``, after each block."""
    found: dict[nn.Module, list[Tensor]] = {}

    def note(layer: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        # The activation behind a layer only makes its values smaller.
        values = inputs[0] if layer in before else output
        found.setdefault(layer, []).append(values.abs().amax((0, 2, 3)))

    before = {block.widen for block in blocks}
    stem = network.convolutions.stem
    hooks = [layer.register_forward_hook(note) for layer in (stem, *before, *blocks)]
    for line in lines:
        network.convolutions(torch.from_numpy(line))
    for hook in hooks:
        hook.remove()
    size = {layer: torch.stack(seen).quantile(_USUAL, dim=0) for layer, seen in found.items()}
    return size[stem], [size[block.widen] for block in blocks], [size[block] for block in blocks]


def _relative(size: Tensor) -> Tensor:
    """Scale sizes to a median of one, within bounds for channels that are never used."""
    return (size / size.median().clamp_min(1e-6)).clamp(1e-3, 1e3)


def _divide(layer: nn.Conv2d, scale: Tensor) -> None:
    """Make a layer's output channels smaller by ``scale``."""
    layer.weight.div_(scale.view(-1, 1, 1, 1))
    if layer.bias is not None:
        layer.bias.div_(scale)


def _multiply(layers: Sequence[nn.Conv2d], scale: Tensor) -> None:
    """Make layers take input channels that are smaller by ``scale`` for what they were."""
    for layer in layers:
        depthwise = layer.groups > 1
        layer.weight.mul_(scale.view((-1, 1, 1, 1) if depthwise else (1, -1, 1, 1)))
