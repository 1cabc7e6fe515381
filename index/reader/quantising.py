"""The exported file's int8 arithmetic, played in training so that the weights learn to live with it.

Weights are rounded where they are published to the network, inputs of linear layers where they enter; gradients pass
through both as if nothing had been rounded (straight-through estimator; Jacob et al. 2018, "Quantization and Training of
Neural Networks for Efficient Integer-Arithmetic-Only Inference"). The grids are those of onnxruntime's
`quantize_dynamic(per_channel=True, reduce_range=True, weight_type=QInt8)`, which `export` calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from index.errors import ReaderUnavailable
from index.reader.manifest import read_files

STEPS = 64
"""Steps from 0 to a channel's greatest weight: seven bits with a sign."""


def rounded(weight: Tensor) -> Tensor:
    """A linear layer's weight [out, in] as the exported file holds it: each output's row on its own grid."""
    grid = weight.abs().amax(dim=1, keepdim=True).clamp_min(1e-12) / STEPS
    return (weight / grid).round_().clamp_(-STEPS, STEPS).mul_(grid)


class _Entering(torch.autograd.Function):
    """Eight bits between the least and the greatest value (0 among them). Over the batch, which costs a third of what each
    row's own range does; a row's own grid, as in the exported file, is never coarser."""

    @staticmethod
    def forward(_: Any, states: Tensor) -> Tensor:
        low, high = (float(limit) for limit in torch.aminmax(states))
        grid = max(max(high, 0.0) - min(low, 0.0), 1e-6) / 255
        return (states * (1 / grid)).round_().mul_(grid)

    @staticmethod
    def backward(_: Any, gradient: Tensor) -> Tensor:
        return gradient


def play_int8(network: nn.Module) -> None:
    """From now on every linear layer of `network` gets its input as the exported file's would."""

    def entering(_: nn.Module, inputs: tuple[Any, ...]) -> tuple[Any, ...]:
        return (_Entering.apply(inputs[0]), *inputs[1:])  # type: ignore[no-untyped-call]

    for name, layer in network.named_modules():
        # Query, key and value share their input: it is rounded once, where attention begins.
        inner = name.endswith(("self.query", "self.key", "self.value"))
        if name.endswith("attention.self") or (isinstance(layer, nn.Linear) and not inner):
            layer.register_forward_pre_hook(entering)


def exported_weights(model: bytes) -> dict[str, Tensor]:
    """The weights of a `reader.onnx` that `export.write_reader` wrote, back in float32, by their names in the network."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load_from_string(model).graph
    stored: dict[str, Any] = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}

    def whole(name: str) -> Tensor:
        if name in stored:
            return torch.from_numpy(stored[name].copy()).float()
        steps, zero = stored[f"{name}_quantized"].astype("float32"), stored[f"{name}_zero_point"].astype("float32")
        return torch.from_numpy((steps - zero) * stored[f"{name}_scale"])

    weights = {
        name: whole(name) for name in stored if name.startswith("network.") and name.endswith((".bias", "Norm.weight"))
    }
    for node in graph.node:
        # Nodes are named by where they stand: "/network/encoder/encoder/layer.0/output/dense/MatMul_quant".
        place = ".".join(node.name.strip("/").split("/")[:-1])
        source = node.input[min(1, len(node.input) - 1)] if node.op_type in ("MatMul", "MatMulInteger") else ""
        if source.startswith("onnx::"):
            weights[f"{place}.weight"] = whole(source.removesuffix("_quantized")).T.contiguous()
    for name in stored:
        if name.endswith("embeddings.weight_quantized"):
            weights[name.removesuffix("_quantized")] = whole(name.removesuffix("_quantized"))
    return {name.removeprefix("network."): weight for name, weight in weights.items()}


def start_from(network: nn.Module, folder: Path) -> None:
    """Give `network` the weights of the reader in `folder`. Raises `ReaderUnavailable` if that is none of its shape."""
    network.load_state_dict(_fitting(network, folder))


@dataclass(frozen=True, slots=True)
class Average:
    """A mean with the weights of the exported reader in `folder`, which have this share (0 to 1) in it."""

    folder: Path
    share: float = 0.5


@torch.no_grad()
def average_with(network: nn.Module, other: Average) -> None:
    """Make each weight of `network` the mean of itself and that of another reader, from which its training once started.

    Wortsman et al. 2022, "Robust fine-tuning of zero-shot models" (WiSE-FT): the mean of both keeps what either knows. Word
    vectors, which training leaves alone, stay as they are. Raises `ReaderUnavailable` as `start_from` does.
    """
    theirs = _fitting(network, other.folder)
    for name, weight in network.named_parameters():
        if not name.endswith("word_embeddings.weight"):
            weight.mul_(1 - other.share).add_(theirs[name].to(weight), alpha=other.share)


def _fitting(network: nn.Module, folder: Path) -> dict[str, Tensor]:
    try:
        weights = exported_weights(read_files(folder).model)
    except (KeyError, ValueError):
        weights = {}
    wanted = {name: weight.shape for name, weight in network.named_parameters()}
    if {name: weight.shape for name, weight in weights.items()} != wanted:
        raise ReaderUnavailable(f"{folder} holds no reader that training can start from: export one first.")
    return weights
