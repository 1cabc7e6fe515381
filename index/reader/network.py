"""The model as torch sees it: a BERT encoder with a linear layer that marks where a span starts and where it ends."""

from __future__ import annotations

from pathlib import Path

import torch
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


def span_loss(logits: Tensor, allowed: Tensor, targets: Tensor, groups: Tensor | None = None) -> Tensor:
    """Mean cross-entropy of starts and ends against the annotators' shares.

    `logits` [batch, length, 2]; `allowed` bool [batch, length]: positions that compete; `targets` [batch, length, 2]:
    each row sums to 1 over the length, for starts and for ends. `groups` int64 [batch] numbers the question of each row
    from 0: the passages of one question compete, each by its logits over its own null span, which is what a margin is
    when passages are weighed against each other (shared normalisation, Clark and Gardner 2018, section 3.3, here with
    one null span for all). Without `groups` each row stands alone.
    """
    logits = logits.float()
    # Position 0 is the null span: it is the zero of its row's scale, and of its question's.
    over_null = (logits - logits[:, :1]).masked_fill(~allowed.unsqueeze(-1), IMPOSSIBLE)[:, 1:]
    rows = over_null.logsumexp(dim=1)
    hit = (targets[:, 1:] * over_null).sum(dim=1)
    if groups is not None:
        mine = groups.unsqueeze(0) == torch.arange(int(groups.max()) + 1, device=groups.device).unsqueeze(1)
        rows = rows.masked_fill(~mine.unsqueeze(-1), IMPOSSIBLE).logsumexp(dim=1)
        hit = mine.to(hit.dtype) @ hit
    return (torch.logaddexp(rows, torch.zeros_like(rows)) - hit).mean()


def load_network(folder: Path, dropout: float = 0.0, attention: str = "eager") -> SpanNetwork:
    """A new span head on the encoder in `folder` (the layout of Hugging Face).

    `attention` is "eager" (written out: what is exported) or "sdpa" (torch's fused kernel).
    """
    encoder = BertModel.from_pretrained(
        folder,
        add_pooling_layer=False,
        attn_implementation=attention,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
        local_files_only=True,
    )
    return SpanNetwork(encoder)


def freeze(network: SpanNetwork, layers: int) -> None:
    """Leave the word vectors as they are: two thirds of all weights, most of them never seen in training. With `layers`,
    also all that stands below the encoder's layer of that number, which then costs no backward pass.
    """
    network.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    if layers:
        network.encoder.embeddings.requires_grad_(False)
    for layer in network.encoder.encoder.layer[:layers]:
        layer.requires_grad_(False)


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
