"""From an example to what the network is trained on: rows of tokens, batches of them, and the loss."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest
import torch
from tokenizers import Tokenizer

from index.base_model import base_folder
from index.reader.examples import Example, Gold
from index.reader.features import batches, collate, feature, shares
from index.reader.network import IMPOSSIBLE, span_loss
from index.reader.windows import plain
from tests.training_fixtures import made_examples


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return plain(Tokenizer.from_file(str(base_folder() / "tokenizer.json")))


def test_annotators_count_as_far_as_others_agree() -> None:
    assert shares(["9 May", "9 May", "nobody"]) == pytest.approx([4 / 9, 4 / 9, 1 / 9])
    assert shares(["the", "a"]) == [0.5, 0.5]
    assert sum(shares(["the town of Arbor", "Arbor", "town"])) == pytest.approx(1)


def test_a_row_marks_the_answers_tokens(tokenizer: Tokenizer) -> None:
    row = made_examples()[1]
    made = feature(tokenizer, row, random.Random(0))
    ((start, end, share),) = made.spans
    assert share == 1.0
    assert tokenizer.decode(made.ids[start : end + 1]) == "ada arborson"


def test_a_title_is_read_and_never_marked(tokenizer: Tokenizer) -> None:
    row = replace(made_examples()[1], title="Ada Arborson is the mayor of Arbor")
    made, bare = feature(tokenizer, row, random.Random(0)), feature(tokenizer, made_examples()[1], random.Random(0))
    more = len(tokenizer.encode(row.title, add_special_tokens=False).ids)
    assert (made.second, made.first) == (bare.second, bare.first + more) and bare.first == bare.second
    assert tokenizer.decode(made.ids[made.second : made.first]) == row.title.lower()
    ((start, end, _),) = made.spans
    assert start >= made.first and tokenizer.decode(made.ids[start : end + 1]) == "ada arborson"
    batch = collate([[made]])
    assert batch.types[0].tolist() == [0] * made.second + [1] * (len(made.ids) - made.second)
    assert batch.allowed[0].nonzero().flatten().tolist() == [0, *range(made.first, len(made.ids) - 1)]


def test_a_long_row_is_cut_around_its_answer(tokenizer: Tokenizer) -> None:
    filler = "Nothing else was said that day. " * 90
    context = f"{filler}The mayor is Ada Arborson. {filler}"
    row = Example("Who is the mayor?", context, (Gold("Ada Arborson", context.index("Ada")),))
    for seed in range(8):
        made = feature(tokenizer, row, random.Random(seed), length=100)
        ((start, end, _),) = made.spans
        assert len(made.ids) <= 100
        assert tokenizer.decode(made.ids[start : end + 1]) == "ada arborson"
    nothing = feature(tokenizer, Example("Who?", context, ()), random.Random(0), length=100)
    assert nothing.spans == [(0, 0, 1.0)]


def test_batches_hold_every_row_within_their_tokens(tokenizer: Tokenizer) -> None:
    rows = [feature(tokenizer, row, random.Random(1)) for row in made_examples()]
    for size in (1, 2):
        groups = [rows[at : at + size] for at in range(0, len(rows), size)]
        made = batches(groups, 300, random.Random(2))
        assert sorted(id(row) for part in made for group in part for row in group) == sorted(map(id, rows))
        assert all(sum(map(len, part)) * max(len(row.ids) for group in part for row in group) <= 300 for part in made)
        assert len(batches(groups, 1, random.Random(2))) == len(groups)


def test_the_loss_is_that_of_the_spans_borders(tokenizer: Tokenizer) -> None:
    rows = [feature(tokenizer, row, random.Random(1)) for row in made_examples()[:3]]
    batch = collate([[row] for row in rows])
    logits = torch.randn(*batch.ids.shape, 2)
    expected = 0.0
    for place, row in enumerate(rows):
        seen = [0, *range(row.first, len(row.ids) - 1)]
        for side in (0, 1):
            expected -= logits[place, seen, side].log_softmax(0)[seen.index(row.spans[0][side])].item() / 6
    assert span_loss(logits, batch.allowed, batch.targets).item() == pytest.approx(expected, rel=1e-5)
    assert span_loss(batch.targets * -IMPOSSIBLE, batch.allowed, batch.targets).item() == pytest.approx(0)


def test_passages_of_one_question_are_normalised_together(tokenizer: Tokenizer) -> None:
    rows = [feature(tokenizer, row, random.Random(1)) for row in made_examples()[:3]]
    rows[2] = replace(rows[2], spans=[(0, 0, 1.0)])
    batch = collate([rows[:1], rows[1:]])
    assert batch.groups.tolist() == [0, 1, 1]
    logits = torch.randn(*batch.ids.shape, 2)
    alone = span_loss(logits[:1], batch.allowed[:1], batch.targets[:1]).item()
    expected = 0.0
    for side in (0, 1):
        over_null = [
            (logits[place, token, side] - logits[place, 0, side]).item()
            for place in (1, 2)
            for token in range(rows[place].first, len(rows[place].ids) - 1)
        ]
        answer = over_null[rows[1].spans[0][side] - rows[1].first]
        expected += math.log(1 + sum(map(math.exp, over_null))) - answer
    found = span_loss(logits, batch.allowed, batch.targets, batch.groups).item()
    assert found == pytest.approx((alone + expected / 2) / 2, rel=1e-5)
    apart = span_loss(logits, batch.allowed, batch.targets, torch.arange(3)).item()
    assert apart == pytest.approx(span_loss(logits, batch.allowed, batch.targets).item(), rel=1e-5)
