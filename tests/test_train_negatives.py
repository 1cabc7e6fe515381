"""Questions that look answered and are not: what each pass of training makes them of."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reader.cuts import excerpt, without_answer
from index.reader.examples import Example, Gold
from index.reader.negatives import Mixer, Recipe, crossed
from index.reader.scoring import normalise
from index.reader.wordings import Wordings
from tests.training_fixtures import made_examples

QUESTIONS = [
    "How many rangers came to the harbour?", "How many trains came to the station?", "How many trains came to Arbor?",
    "How many rangers came to Bellmont?", "What is the largest town?", "What is the largest lake?",
    "What is the smallest town?", "What is the smallest lake?",
]  # fmt: skip


@pytest.fixture(scope="module")
def mixer() -> Mixer:
    return Mixer(made_examples(), Recipe())


def test_a_pass_is_drawn_anew_and_repeatably(mixer: Mixer) -> None:
    assert mixer.epoch(1, 0) == Mixer(made_examples(), Recipe()).epoch(1, 0)
    assert mixer.epoch(1, 0) != mixer.epoch(1, 1) != mixer.epoch(2, 1)


def test_answers_stand_where_they_should_and_negatives_lack_them(mixer: Mixer) -> None:
    known = {row.question.rstrip("? "): row for row in made_examples()}
    negatives = 0
    for number in range(6):
        for (row,) in mixer.epoch(4, number):
            assert all(row.context[gold.start : gold.start + len(gold.text)] == gold.text for gold in row.answers)
            asked = known.get(row.question.rstrip("? "))
            if not row.answers and asked:
                negatives += 1
                context = f" {normalise(row.context)} "
                answered = f" {normalise(asked.answers[0].text)} " in context
                assert not (answered and f" {normalise(asked.document)} " in context)
    assert negatives > 20


def test_an_example_without_its_answers_sentence() -> None:
    row = made_examples()[0]
    bare = without_answer(row)
    assert bare is not None
    assert "million" not in bare.context
    assert "met on Tuesday. Mayor" in bare.context
    assert without_answer(Example("Who?", "Only Ada came.", (Gold("Ada", 5),))) is None


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.integers(0, 1000), st.booleans())
def test_an_excerpt_is_sentences_in_a_row_around_the_answer(lengths: list[int], seed: int, answered: bool) -> None:
    """Sentence n has so many words, the last of them "atn"."""
    place = seed % len(lengths)
    text = " ".join(f"Word{n} " + " ".join([f"word{n}"] * (words - 1)) + f" at{n}." for n, words in enumerate(lengths))
    gold = Gold(f"at{place}", text.index(f"at{place}."))
    row = Example(f"When was word{place} done?", text, (gold,) if answered else ())
    short = excerpt(row, random.Random(seed))
    assert short.context in text and f"at{place}." in short.context
    assert short.context.startswith("W") and short.context.endswith(".")
    held = [n for n in range(len(lengths)) if f"at{n}." in short.context.split()]
    assert held == list(range(held[0], held[-1] + 1))
    assert len(short.context.split()) <= 60 or len(held) == 1
    assert all(short.context[g.start : g.start + len(g.text)] == g.text for g in short.answers)
    assert len(short.answers) == answered


def test_a_word_is_replaced_by_one_that_fits_and_that_the_passage_lacks() -> None:
    wordings = Wordings(QUESTIONS * 2)
    passage = "The rangers who came to Arbor numbered forty. It is the largest town."
    asked = {wordings.other("How many rangers came to Arbor?", passage, random.Random(seed)) for seed in range(20)}
    assert asked == {"How many trains came to Arbor?"}
    assert wordings.other("What is the largest town?", passage, random.Random(1)) in {
        "What is the smallest town?",
        "What is the largest lake?",
    }
    assert wordings.other("How many rangers came?", "Rangers and trains came.", random.Random(1)) is None
    assert wordings.other("Who?", passage, random.Random(1)) is None


def test_a_name_is_crossed_with_another_of_the_passage() -> None:
    context = "Reports say that Arbor gets forty rangers. In the north Bellmont gets sixty of them."
    example = Example(
        "How many rangers does Arbor get?", context, (Gold("forty", context.index("forty")),), "made", "one"
    )
    made = crossed(example, random.Random(1))
    assert made is not None
    assert made.question == "How many rangers does Bellmont get?" and not made.answers and made.context == context
    assert crossed(Example("Who came?", context, example.answers, "made", "one"), random.Random(1)) is None


@pytest.mark.parametrize("way", ["swapped", "crossed", "reworded", "without_answer", "wrong_passage"])
def test_each_way_alone_makes_rows_without_an_answer(way: str) -> None:
    nothing = dict.fromkeys(
        ["swapped", "crossed", "reworded", "without_answer", "wrong_passage", "packed", "titled"], 0.0
    )
    recipe = Recipe(**(nothing | {way: 1.0}), no_question_mark=0.0, typo=0.0)
    examples = made_examples()
    rows = [row for (row,) in Mixer(examples, recipe).epoch(1, 0)]
    asked = {(row.question, row.context) for row in examples}
    made = [row for row in rows if not row.answers]
    assert len(made) >= 10 and all((row.question, row.context) not in asked for row in made)
    assert len(rows) - len(made) == len(examples)


def test_passages_read_together_belong_to_one_question_and_one_at_most_answers_it() -> None:
    examples = made_examples()
    golds = {row.question.rstrip("? "): row.answers[0].text for row in examples}
    groups = Mixer(examples, Recipe(typo=0.0)).epoch(3, 0, together=4, questions=40)
    assert len(groups) == 40
    for group in groups:
        assert len({row.question for row in group}) == 1 and len({row.context for row in group}) == len(group)
        assert not any(row.answers for row in group[1:])
        for gold in group[0].answers:
            assert group[0].context[gold.start :].startswith(gold.text)
        if group[0].answers:
            answer = golds[group[0].question.rstrip("? ")]
            assert not any(f" {normalise(answer)} " in f" {normalise(row.context)} " for row in group[1:])
    assert sum(len(group) for group in groups) > 3 * len(groups)
    assert groups == Mixer(examples, Recipe(typo=0.0)).epoch(3, 0, together=4, questions=40)


def test_titles_stay_with_their_passages() -> None:
    examples = [replace(row, title=f"News of {row.document}") for row in made_examples()]
    title_of = {row.context: row.title for row in examples}
    rows = [row for group in Mixer(examples, Recipe()).epoch(1, 0, together=3) for row in group]
    titled = [row for row in rows if row.title]
    assert 0.75 < len(titled) / len(rows) < 0.95
    # A passage without its answer's sentence is still one of its article.
    assert all(title_of.get(row.context, row.title) == row.title for row in titled)
    bare = [row for group in Mixer(made_examples(), Recipe(titled=1.0)).epoch(1, 0) for row in group]
    assert all(row.title and row.title.split()[0] in row.context for row in bare)
