"""Examples -> batches of tensors: windows of tokens with each annotator's share of the answer."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from index.reader.examples import Example
from index.reader.scoring import token_f1
from index.reader.windows import encode, join

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LENGTH = 256
"""Tokens of a training row at most. A longer passage is cut around its answer."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One row: token ids, where the passage begins, and (start, end, share) of each answer, or the null span (0, 0, 1)."""

    ids: list[int]
    first: int
    spans: list[tuple[int, int, float]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of rows padded to one length; shapes as in `network.span_loss`."""

    ids: Tensor
    types: Tensor
    mask: Tensor
    allowed: Tensor
    targets: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same on another device."""
        return Batch(*(getattr(self, name).to(device) for name in self.__slots__))


def shares(texts: Sequence[str]) -> list[float]:
    """What each annotator's answer counts: as much as the others agree with it. The sum is 1."""
    agreement = [sum(token_f1(text, other) for other in texts) ** 2 for text in texts]
    total = sum(agreement)
    return [value / total if total else 1 / len(texts) for value in agreement]


def feature(tokenizer: Tokenizer, example: Example, draw: random.Random, length: int = LENGTH) -> Feature:
    """The example's row. A long passage is cut to a window at a random place, around the answer if there is one."""
    question, passage = encode(tokenizer, example.question).ids[:64], encode(tokenizer, example.context)
    room = length - len(question) - 3
    spans = [
        (span[0], span[1], share)
        for gold, share in zip(example.answers, shares([gold.text for gold in example.answers]), strict=True)
        if (span := _token_span(passage.offsets, gold.start, gold.start + len(gold.text)))
    ]
    cut = 0
    if len(passage.ids) > room:
        best = max(spans, key=lambda span: span[2], default=None)
        last = len(passage.ids) - room
        low, high = (max(0, best[1] - room + 1), min(best[0], last)) if best else (0, last)
        cut = draw.randint(min(low, high), max(low, high))
    window = join(tokenizer, question, passage.ids[cut : cut + room], [])
    inside = [
        (start - cut + window.first, end - cut + window.first, share)
        for start, end, share in spans
        if cut <= start and end < cut + room
    ]
    total = sum(share for _, _, share in inside)
    return Feature(window.ids, window.first, [(s, e, w / total) for s, e, w in inside] or [(0, 0, 1.0)])


def _token_span(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """First and last token that touch the characters [start, end)."""
    touching = [place for place, (left, right) in enumerate(offsets) if left < end and start < right]
    return (touching[0], touching[-1]) if touching else None


def batches(features: Sequence[Feature], tokens: int, draw: random.Random) -> list[list[Feature]]:
    """Rows of like length together, at most `tokens` with padding (one row at least), the batches in random order."""
    ordered = sorted(features, key=lambda row: len(row.ids) + draw.random() * 8)
    made: list[list[Feature]] = [[]]
    longest = 0
    for row in ordered:
        longest = max(longest, len(row.ids))
        if made[-1] and longest * (len(made[-1]) + 1) > tokens:
            made.append([])
            longest = len(row.ids)
        made[-1].append(row)
    draw.shuffle(made)
    return [rows for rows in made if rows]


def collate(rows: Sequence[Feature]) -> Batch:
    """Rows -> tensors."""
    size = (len(rows), max(len(row.ids) for row in rows))
    ids, types, mask = (torch.zeros(size, dtype=torch.long) for _ in range(3))
    allowed = torch.zeros(size, dtype=torch.bool)
    targets = torch.zeros((*size, 2))
    for place, row in enumerate(rows):
        count = len(row.ids)
        ids[place, :count] = torch.tensor(row.ids)
        types[place, row.first : count] = 1
        mask[place, :count] = 1
        allowed[place, 0] = True
        allowed[place, row.first : count - 1] = True
        for start, end, share in row.spans:
            targets[place, start, 0] += share
            targets[place, end, 1] += share
    return Batch(ids, types, mask, allowed, targets)
