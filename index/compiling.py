"""Networks as ONNX files and as sessions of onnxruntime; the encoder's own network, compiled into one.

Compiled, the same float32 weights give the same numbers but for their last digits; the README tells what it saves.
sentence-transformers' own ONNX backend would do this, but needs an `optimum` that cannot stand beside today's
`transformers`.
"""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor, nn

OPSET = 17


def write_onnx(module: nn.Module, inputs: Mapping[str, Tensor], output: str, file: Path) -> None:
    """Write the module as an ONNX file. `inputs` are examples by the names they get, each [1, tokens]; `output` names what
    the module returns. The number of tokens stays open.
    """
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # The exporter's notes on tracing ask nothing of whoever runs it.
        torch.onnx.export(
            module.eval(),
            tuple(inputs.values()),
            str(file),
            input_names=list(inputs),
            output_names=[output],
            dynamic_axes={name: {1: "tokens"} for name in [*inputs, output]},
            opset_version=OPSET,
            dynamo=False,
        )


def open_session(model: Path | bytes, *, without: Sequence[str] = ()) -> Any:
    """The ONNX model, ready to run on one thread a call, which may come from several threads at once. `without` names
    optimisations of onnxruntime that are left out. Raises onnxruntime's errors.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        model, options, providers=["CPUExecutionProvider"], disabled_optimizers=list(without)
    )


def compile_encoder(network: nn.Module) -> None:
    """From now on `network`, a `transformers.BertModel` in float32 on the CPU, computes by onnxruntime.

    Each text runs without its padding and on one thread, so its states do not depend on what else is in the batch.
    The network's own weights are let go: it can no longer be trained, moved or saved.
    """
    import torch
    from transformers.modeling_outputs import BaseModelOutput

    class States(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, ids: Tensor, types: Tensor) -> Any:
            found = self.network(input_ids=ids, token_type_ids=types, attention_mask=torch.ones_like(ids))
            return found.last_hidden_state

    example = torch.full((1, 8), 5)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        # From a file: a session made of bytes keeps them, 90 MB.
        file = Path(scratch) / "encoder.onnx"
        write_onnx(States(), {"ids": example, "types": torch.zeros_like(example)}, "states", file)
        session = open_session(file)
    pool = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="encoder")

    def states(row: tuple[Any, Any]) -> Tensor:
        ids, types = row
        return torch.from_numpy(session.run(None, {"ids": ids[None], "types": types[None]})[0][0])

    def forward(input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor, **_: object) -> BaseModelOutput:
        lengths = attention_mask.sum(dim=1).tolist()
        ids, types = input_ids.numpy(), token_type_ids.numpy()
        rows = [(ids[row, :length], types[row, :length]) for row, length in enumerate(lengths)]
        found = [states(rows[0])] if len(rows) == 1 else list(pool.map(states, rows))
        return BaseModelOutput(last_hidden_state=torch.nn.utils.rnn.pad_sequence(found, batch_first=True))

    network.forward = forward
    for weight in network.parameters():
        weight.data = weight.data.new_empty(0)
