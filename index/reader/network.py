"""The model as torch sees it: a BERT encoder with a linear layer that marks where a span starts and where it ends."""

from __future__ import annotations

from pathlib import Path

from torch import Tensor, nn
from transformers import BertConfig, BertModel

IMPOSSIBLE = -1e4
"""Logit of a position that can be neither a span's border nor the null span; finite, so that bfloat16 stays sound."""


class SpanNetwork(nn.Module):
    """Token ids -> (start, end) logits of each token. The null span is the first token, `[CLS]` (Devlin et al. 2019)."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        self.span = nn.Linear(encoder.config.hidden_size, 2)
        nn.init.normal_(self.span.weight, std=0.02)
        nn.init.zeros_(self.span.bias)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """`ids`, `types`, `mask` (0 = padding): int64 [batch, length] -> logits [batch, length, 2]."""
        states = self.encoder(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        logits: Tensor = self.span(states)
        return logits


def span_loss(logits: Tensor, allowed: Tensor, targets: Tensor) -> Tensor:
    """Mean cross-entropy of starts and ends against the annotators' shares.

    `logits` [batch, length, 2]; `allowed` bool [batch, length]: positions that compete; `targets` [batch, length, 2]:
    each row sums to 1 over the length, for starts and for ends.
    """
    masked = logits.float().masked_fill(~allowed.unsqueeze(-1), IMPOSSIBLE)
    return -(targets * masked.log_softmax(dim=1)).sum(dim=(1, 2)).mean() / 2


def load_network(folder: Path, dropout: float = 0.0) -> SpanNetwork:
    """A new span head on the encoder in `folder` (the layout of Hugging Face).

    Attention is written out: on a CPU without dropout it trains a third faster than the fused kernel.
    """
    encoder = BertModel.from_pretrained(
        folder,
        add_pooling_layer=False,
        attn_implementation="eager",
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
        local_files_only=True,
    )
    return SpanNetwork(encoder)


def tiny_network(vocabulary: int) -> SpanNetwork:
    """A random network of two narrow layers, for tests of the machinery."""
    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        attn_implementation="eager",
    )
    return SpanNetwork(BertModel(config, add_pooling_layer=False))
