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
from index.reader.windows import QUESTION_TOKENS, TITLE_TOKENS, encode, join

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LENGTH = 256
"""Tokens of a training row at most. A longer passage is cut around its answer."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One row: token ids, where the passage begins, and (start, end, share) of each answer, or the null span (0, 0, 1)."""

    ids: list[int]
    second: int
    """Where the second segment begins: the title, then the passage at `first`."""
    first: int
    spans: list[tuple[int, int, float]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of rows padded to one length; shapes as in `network.span_loss`. `groups` numbers the question of each row."""

    ids: Tensor
    types: Tensor
    mask: Tensor
    allowed: Tensor
    targets: Tensor
    groups: Tensor

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
    question, passage = encode(tokenizer, example.question).ids[:QUESTION_TOKENS], encode(tokenizer, example.context)
    title = encode(tokenizer, example.title).ids[:TITLE_TOKENS]
    room = length - len(question) - len(title) - 3
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
    window = join(tokenizer, question, passage.ids[cut : cut + room], [], title)
    inside = [
        (start - cut + window.first, end - cut + window.first, share)
        for start, end, share in spans
        if cut <= start and end < cut + room
    ]
    total = sum(share for _, _, share in inside)
    return Feature(
        window.ids, window.types.index(1), window.first, [(s, e, w / total) for s, e, w in inside] or [(0, 0, 1.0)]
    )


def _token_span(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """First and last token that touch the characters [start, end)."""
    touching = [place for place, (left, right) in enumerate(offsets) if left < end and start < right]
    return (touching[0], touching[-1]) if touching else None


def batches(groups: Sequence[Sequence[Feature]], tokens: int, draw: random.Random) -> list[list[Sequence[Feature]]]:
    """Groups with rows of like length together, at most `tokens` with padding (one group at least), the batches in random
    order. A group holds the rows of one question.
    """
    longest_of = {id(group): max(len(row.ids) for row in group) for group in groups}
    ordered = sorted(groups, key=lambda group: longest_of[id(group)] + draw.random() * 8)
    made: list[list[Sequence[Feature]]] = [[]]
    longest = rows = 0
    for group in ordered:
        longest, rows = max(longest, longest_of[id(group)]), rows + len(group)
        if made[-1] and longest * rows > tokens:
            made.append([])
            longest, rows = longest_of[id(group)], len(group)
        made[-1].append(group)
    draw.shuffle(made)
    return [batch for batch in made if batch]


def collate(grouped: Sequence[Sequence[Feature]]) -> Batch:
    """Groups of rows -> tensors."""
    rows = [row for group in grouped for row in group]
    size = (len(rows), max(len(row.ids) for row in rows))
    ids, types, mask = (torch.zeros(size, dtype=torch.long) for _ in range(3))
    allowed = torch.zeros(size, dtype=torch.bool)
    targets = torch.zeros((*size, 2))
    for place, row in enumerate(rows):
        count = len(row.ids)
        ids[place, :count] = torch.tensor(row.ids)
        types[place, row.second : count] = 1
        mask[place, :count] = 1
        allowed[place, 0] = True
        allowed[place, row.first : count - 1] = True
        for start, end, share in row.spans:
            targets[place, start, 0] += share
            targets[place, end, 1] += share
    groups = torch.tensor([place for place, group in enumerate(grouped) for _ in group])
    return Batch(ids, types, mask, allowed, targets, groups)
