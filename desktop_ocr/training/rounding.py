"""Weights of the pointwise convolutions in 8 bits, rounded so that their outputs stay.

Rounded one input channel after another; the error of each is made up by the weights not yet
rounded, as far as the layer's real inputs allow (Frantar and others: GPTQ, 2023, after Hassibi and
Stork: Optimal Brain Surgeon, 1993). Most of what integers cost here is the rounding of weights.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from desktop_ocr.engine.recognize.network import Crnn

LARGEST = 127
"""Largest absolute value of an integer weight."""
PAIR = 128
"""Most that two neighbouring integer weights may sum up to, absolutely. Processors without VNNI
(AVX2 alone) add two products of unsigned 8-bit activations and signed 8-bit weights in 16 bits,
which cut off what is above 32,767, and 255 * 128 is below it. onnxruntime's own remedy, weights of
7 bits (``reduce_range``), doubles the error of every weight; bounding the pairs makes the steps a
sixth larger on average."""
_DAMP = 0.01
"""Added to the inputs' second moments, as a share of their mean: inputs that were never seen."""


def is_integer(path: str) -> bool:
    """Say whether a layer becomes integer, by its module path (with dots or slashes).

    Gates see one pixel a channel: nothing to win. The first block's activations reach furthest
    (40 times their spread): float costs 1 % of the time there and spares a sixth of all changes.
    """
    found = re.match(r"/?convolutions[./]blocks(?:/blocks)?\.(\d+)[./]", path)
    if found is None or int(found[1]) == 0:
        return False
    return not {"squeeze", "excite"} & set(re.split(r"[./]", path))


def steps(layer: nn.Conv2d) -> Tensor:
    """Return the size of one integer step for each output channel, float32 (out,).

    Chosen so that no weight and no pair of neighbouring weights is out of bounds.
    """
    weight = layer.weight.detach()
    size = weight.abs().amax((1, 2, 3)) / LARGEST
    if weight.shape[1] % 2 == 0:
        # Products are summed along the input channels: 0 and 1, 2 and 3, …; one of the bound is
        # left for rounding up both.
        sums = (weight[:, 0::2] + weight[:, 1::2]).abs().amax((1, 2, 3))
        size = torch.maximum(size, sums / (PAIR - 1))
    return size.clamp_min(1e-8)


@torch.no_grad()
def round_weights(network: Crnn, lines: Sequence[NDArray[np.float32]]) -> dict[str, Tensor]:
    """Round the blocks' weights to integer multiples of a step for each output channel, in place.

    Args:
        network: In evaluation mode; gates and the first block stay as they are.
        lines: Inputs float32 (N, 3, 48, W) on which outputs are to stay the same.

    Returns:
        The steps of each weight, by its name in the network's state.
    """
    layers = {
        f"convolutions.{name}": layer
        for name, layer in network.convolutions.named_modules()
        if isinstance(layer, nn.Conv2d) and is_integer(f"convolutions.{name}")
    }
    moments = _moments(network, [layer for layer in layers.values() if layer.groups == 1], lines)
    found = {}
    for name, layer in layers.items():
        step = steps(layer)
        flat = layer.weight.flatten(1)
        if layer.groups == 1:
            flat = rounded(flat, step, moments[layer])
        else:
            flat = (flat / step[:, None]).round() * step[:, None]
        layer.weight.copy_(flat.view_as(layer.weight))
        found[f"{name}.weight"] = step
    return found


def rounded(weight: Tensor, step: Tensor, moments: Tensor) -> Tensor:
    """Round a matrix with its errors made up.

    Args:
        weight: float32 (out, in).
        step: float32 (out,), size of an integer step.
        moments: float32 (in, in), second moments of the inputs.

    Returns:
        float32 (out, in), integer multiples of ``step``.
    """
    moments = moments.double()
    moments = moments + _DAMP * moments.diagonal().mean() * torch.eye(len(moments))
    spread = torch.linalg.cholesky(torch.linalg.inv(moments), upper=True)
    left = weight.double() / step.double()[:, None]
    integers = torch.zeros_like(left)
    for column in range(left.shape[1]):
        value = left[:, column].round().clamp(-LARGEST, LARGEST)
        if column % 2:
            other = integers[:, column - 1]
            value = torch.clamp(value, -PAIR - other, PAIR - other)
        integers[:, column] = value
        error = (left[:, column] - value) / spread[column, column]
        left[:, column + 1 :] -= error[:, None] * spread[column, column + 1 :]
    return (integers * step.double()[:, None]).float()


def _moments(
    network: Crnn, layers: Sequence[nn.Conv2d], lines: Sequence[NDArray[np.float32]]
) -> dict[nn.Module, Tensor]:
    """Measure the second moments of layers' inputs, float32 (in, in) each."""
    found: dict[nn.Module, Tensor] = {}

    def note(layer: nn.Module, inputs: tuple[Tensor, ...], _: Tensor) -> None:
        flat = inputs[0].transpose(0, 1).flatten(1)  # N x C x H x W -> C x NHW
        found[layer] = found.get(layer, torch.zeros(())) + flat @ flat.T / flat.shape[1]

    hooks = [layer.register_forward_hook(note) for layer in layers]
    for line in lines:
        network.convolutions(torch.from_numpy(line))
    for hook in hooks:
        hook.remove()
    return found
