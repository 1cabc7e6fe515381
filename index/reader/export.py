"""A trained network -> the folder that is shipped: int8 ONNX, tokenizer, manifest; scored as what it will be run as."""

from __future__ import annotations

import contextlib
import logging
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from index.base_model import base_folder
from index.compiling import write_onnx
from index.errors import ReaderUnavailable
from index.reader import SHIPPED
from index.reader.examples import Example
from index.reader.manifest import MANIFEST, MODEL, TOKENIZER, write_manifest
from index.reader.network import SpanNetwork, load_network
from index.reader.quantising import Average, average_with
from index.reader.runtime import OnnxReader
from index.reader.scoring import Score, score
from index.reader.training import TrainingError

NAME = "nutgraf-reader-minilm-l6"


class _OnePassage(nn.Module):
    """The network for one unpadded window, as it is read at run time."""

    def __init__(self, network: SpanNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        logits: Tensor = self.network(ids, types, torch.ones_like(ids))
        return logits


def trained_network(checkpoint: Path, base: Path | None = None) -> SpanNetwork:
    """The float32 network of a checkpoint. Raises `TrainingError` if there is none."""
    network = load_network(base or base_folder())
    try:
        weights = torch.load(checkpoint, map_location="cpu", weights_only=True)["weights"]
    except (OSError, RuntimeError) as error:
        raise TrainingError(f"There is no usable checkpoint at {checkpoint}.") from error
    network.load_state_dict(weights, strict=False)
    return network.eval()


def write_reader(network: SpanNetwork, tokenizer: Path, folder: Path, results: dict[str, Any] | None = None) -> None:
    """Write `reader.onnx` (weights int8 by channel, activations quantised as they come), tokenizer and manifest."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(5, network.encoder.config.vocab_size, (1, 48))
    with tempfile.TemporaryDirectory() as scratch, _quietly():
        full = Path(scratch) / "float32.onnx"
        write_onnx(_OnePassage(network), {"ids": ids, "types": torch.zeros_like(ids)}, "logits", full)
        # Seven bits of the eight: sums of full ones overflow on x86 processors without VNNI, and scores then differ there.
        quantize_dynamic(full, str(folder / MODEL), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    shutil.copyfile(tokenizer, folder / TOKENIZER)
    write_manifest(folder, NAME, results or {})


def export(
    checkpoint: Path, out: Path, dev: Sequence[Example], *, average: Average | None = None, force: bool = False
) -> str:
    """`export_network` of a checkpoint on the base model, against the reader this package ships; with `average`, of the mean
    of its weights and those of that other reader.
    """
    base = base_folder()
    network = trained_network(checkpoint, base)
    if average:
        average_with(network, average)
    return export_network(network, base / TOKENIZER, out, dev, force=force, shipped=SHIPPED)


def export_network(
    network: SpanNetwork, tokenizer: Path, out: Path, dev: Sequence[Example], *, shipped: Path, force: bool = False
) -> str:
    """Write the network's reader to `out` and return its score.

    Raises `TrainingError`, and leaves `out` as it was, if it scores below the `shipped` reader on the same examples.
    """
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "reader"
        write_reader(network, tokenizer, made)
        now = score(OnnxReader(made), dev)
        before = _score_of(shipped, dev)
        if before is not None and now.f1 < before.f1 and not force:
            raise TrainingError(
                f"Not exported: F1 {now.f1:.4f} is below the shipped reader's {before.f1:.4f}; --force exports it anyway."
            )
        write_manifest(made, NAME, {"f1": round(now.f1, 4), "exact": round(now.exact, 4), "questions": now.answerable})
        out.mkdir(parents=True, exist_ok=True)
        for file in (MODEL, TOKENIZER, MANIFEST):
            shutil.copyfile(made / file, out / file)
    return f"{out}: {now}"


def _score_of(folder: Path, dev: Sequence[Example]) -> Score | None:
    with contextlib.suppress(ReaderUnavailable):
        return score(OnnxReader(folder), dev)
    return None


@contextlib.contextmanager
def _quietly() -> Any:
    """Without the quantiser's notes on pre-processing, which ask nothing of whoever trains."""
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)
    try:
        yield
    finally:
        root.setLevel(level)
