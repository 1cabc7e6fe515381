"""What evidence weighs when spans are chosen among, and how that is fitted."""

from __future__ import annotations

import random

import numpy as np
import pytest

from index.answering.choice import Choice, measured
from index.answering.confidence import shipped
from index.answering.fit_choice import FEATURES, PRIOR, Choosing, fit_choice
from tests.test_support import evidence

SENTENCE = "Beeton gets 194 rangers, Aville only 165."


def asked(weights: dict[str, float], count: int) -> list[Choosing]:
    """Questions with six spans each, of which one is right with the odds that these weights give it."""
    chance = np.random.default_rng(5)
    found = []
    for _ in range(count):
        rows = chance.random((6, len(FEATURES)))
        rows[:, FEATURES.index("reading")] *= 8
        odds = np.exp(rows @ np.array([weights.get(name, 0.0) for name in FEATURES]))
        right = np.zeros(6, dtype=bool)
        right[chance.choice(6, p=odds / odds.sum())] = True
        found.append(Choosing(rows, right, 1.0))
    return found


def test_the_fit_recovers_the_weights_that_made_the_answers_right() -> None:
    true = PRIOR | {"reading": 0.9, "echo": -3.0, "other_time": 0.0}
    found = fit_choice(asked(true, 4000)).weights
    for name in ("reading", "echo", "other_time", "wrong_type"):
        assert found[name] == pytest.approx(true[name], abs=0.25), name


def test_evidence_against_a_span_never_speaks_for_it() -> None:
    found = fit_choice(asked(PRIOR | {"rival_nearer": 3.0}, 1000)).weights
    assert found["rival_nearer"] == 0
    assert fit_choice([]).weights == PRIOR


def test_a_span_scores_by_its_reading_less_what_speaks_against_it() -> None:
    near = evidence("How many rangers is Aville getting?", SENTENCE, "165")
    rival = evidence("How many rangers is Aville getting?", SENTENCE, "194")
    choice = Choice({"reading": 0.5, "rival_nearer": -2.0, "demoted": -1.0})
    assert choice.score(measured(4.0, near, rank=1, demoted=False)) == 2.0
    assert choice.score(measured(4.0, rival, rank=1, demoted=False)) == 0.0
    assert choice.score(measured(4.0, near, rank=1, demoted=True)) == 1.0
    assert Choice({"rank": 1.0}).score(measured(4.0, near, rank=4, demoted=False)) == 0.25


def test_the_shipped_weights_are_those_of_known_evidence_and_each_on_its_side() -> None:
    weights = shipped().choice.weights
    assert set(weights) == set(FEATURES)
    assert all(weights[name] * PRIOR[name] >= 0 for name in FEATURES) and weights["reading"] > 0


def test_the_order_of_the_questions_does_not_matter() -> None:
    rows = asked(dict(PRIOR), 200)
    shuffled = random.Random(1).sample(rows, len(rows))
    assert fit_choice(rows).weights == pytest.approx(fit_choice(shuffled).weights, abs=1e-3)
