"""Confidence is fitted, promises become thresholds, and the report says how they fare."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Answer, Archive
from index.answering import compare, compose
from index.answering.calibration import (
    Example,
    Row,
    another_name,
    articles_of,
    collect,
    example,
    known,
    read_rows,
    sampled,
)
from index.answering.choice import Choice
from index.answering.confidence import ANY, PROMISES, Confidence, Model, shipped
from index.answering.fit import FIRM, NEVER, fit, threshold
from index.errors import BadSource
from index.evaluation import KnownQuestion
from index.quality import Judged, acceptable, assess, ece, interval, judged, measure, plot, reliability, risk_coverage
from tests.answering_fixtures import Desk, article


def examples(n: int, seed: int = 0) -> list[Example]:
    """Answers that are right with a probability of .9 where the margin is high and .1 where it is low, in ten documents."""
    chance = random.Random(seed)
    found = []
    for i in range(n):
        high = chance.random() < 0.5
        right = chance.random() < (0.9 if high else 0.1)
        found.append(
            Example(
                id=str(i), document=f"document {i % 10}", features={"margin": 1.0 if high else -1.0, "noise": chance.random()},
                right=right, answerable=True, removed=False, renamed=False, source="spans", confidence=0.5,
            )
        )  # fmt: skip
    return found


def test_the_fit_recovers_how_likely_an_answer_is_right() -> None:
    model, unseen = fit(examples(2000))
    assert model.predict({"margin": 1.0, "noise": 0.5}) == pytest.approx(0.9, abs=0.03)
    assert model.predict({"margin": -1.0, "noise": 0.5}) == pytest.approx(0.1, abs=0.03)
    assert len(unseen) == 2000


def test_evidence_against_never_counts_in_favour() -> None:
    odd = [
        Example(
            e.id, e.document, {**e.features, "wrong_type": float(e.right)}, e.right, True, False, False, "spans", 0.5
        )
        for e in examples(500)
    ]
    model, _ = fit(odd)
    assert model.coefficients["wrong_type"] <= 0


def test_what_no_example_shows_keeps_its_prior_weight() -> None:
    never_seen = [
        Example(e.id, e.document, {**e.features, "outdone": 0.0}, e.right, True, False, False, "spans", 0.5)
        for e in examples(500)
    ]
    assert fit(never_seen)[0].coefficients["outdone"] == pytest.approx(FIRM["outdone"], abs=1e-3)


def test_a_threshold_keeps_its_promise_on_fresh_questions() -> None:
    """Truth: an answer of confidence c is right with probability c. At most one threshold in ten may break the promise."""
    broken = 0
    for seed in range(40):
        chance = random.Random(seed)
        confidences = [chance.random() for _ in range(1000)]
        right = [chance.random() < c for c in confidences]
        least = threshold(confidences, right, 0.2)
        broken += (1 - least) / 2 > 0.2  # the share of wrong ones among all above `least`
    assert broken <= 8


def test_where_the_promise_can_not_be_kept_only_the_surest_are_answered() -> None:
    confidences = [i / 100 for i in range(100)]
    assert threshold(confidences, [False] * 100, 0.1, start=0.1) == 0.9
    assert threshold([], [], 0.1) == NEVER


def test_the_shipped_thresholds_are_ordered_and_any_is_none() -> None:
    for source in ("spans", "sentences"):
        model = shipped().models[source]
        assert 0 < model.threshold("generous") <= model.threshold("balanced") <= model.threshold("strict") <= NEVER
        assert model.threshold(ANY) == 0
        assert set(model.thresholds) == set(PROMISES)


def test_what_is_promised() -> None:
    assert PROMISES == {"strict": 1 / 20, "balanced": 1 / 10, "generous": 1 / 5}


def test_each_source_of_answers_has_a_model_of_its_own() -> None:
    spans, sentences = (Model(x, {"margin": 1.0}, dict.fromkeys(PROMISES, t)) for x, t in ((0.0, 0.8), (-2.0, 0.4)))
    both = Confidence({"spans": spans, "sentences": sentences}, Choice({}))
    assert (both.predict({}), both.threshold("strict")) == (0.5, 0.8)
    assert both.predict({"margin": 2.0}, "sentences") == 0.5 and both.threshold("strict", "sentences") == 0.4
    assert both.predict({"margin": 8.0}) > 0.999


def test_names_matter_in_the_shipped_model() -> None:
    weights = shipped().models["spans"].coefficients
    for name in ("names_missing_passage", "numbers_missing", "other_names", "rival_nearer", "wrong_type"):
        assert weights[name] < -1, name
    assert weights["margin"] > 0


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from(["margin", "weight", "unheard of"]), st.floats(-1e6, 1e6), max_size=3))
def test_any_features_give_a_probability(features: dict[str, float]) -> None:
    assert 0 <= shipped().predict(features) <= 1


@pytest.mark.parametrize(
    ("given_", "accepted", "right"),
    [
        ("up to 10,000", "10,000", True),
        ("one thousand nine hundred forty-nine", "1,949", True),
        ("Anna Lind", "Mayor Anna Lind", True),
        ("1,650 troops", "1,949 troops", False),
        ("1,650 troops", "troops", False),
        ("Lind", "Anna Maria Theresa Lind of Oldport", False),
        ("", "", False),
    ],
)
def test_what_a_person_would_call_right(given_: str, accepted: str, right: bool) -> None:
    assert acceptable(given_, [accepted]) is right
    assert acceptable(given_, ["another word", accepted]) is right


def worth(answer: Answer, *accepted: str) -> tuple[bool, bool]:
    found = judged(KnownQuestion("1", answer.question, accepted), answer)
    return found.given, found.right


def test_what_an_answer_is_worth() -> None:
    desk = Desk([article("lind", "Lind got 300 votes in Aville."), article("reed", "Reed got 400 votes in Aville.")])
    sides = [
        (name, desk.ask(f"How many votes did {name} get?", (i, f"{3 + i}00", 8.0)))
        for i, name in enumerate(("Lind", "Reed"))
    ]
    assert worth(sides[0][1], "300 votes") == (True, True)
    assert worth(sides[0][1], "votes in Aville") == worth(sides[0][1], "400") == (True, False)
    most = compare("Who got more votes, Lind or Reed?", sides)
    assert worth(most, "Reed") == (True, True)
    assert worth(most, "Lind") == worth(most, "400") == (True, False)
    nothing = desk.ask("How many ships sank off Newhaven?", promise="strict")
    assert worth(nothing, "12") == (False, False)


def test_sentences_are_right_if_one_holds_an_accepted_answer() -> None:
    desk = Desk(
        [article("law", "A law on ferries was passed."), article("cars", "Ferries may carry 45 cars by the law.")]
    )
    told = compose("What happened with the law on ferries?", desk.hits, None, context=desk.context(promise="any"))
    more = compose(
        "What happened with the cars that ferries carry?", desk.hits, None, context=desk.context(promise="any")
    )
    told = replace(told, findings=(*told.findings, *more.findings))
    assert [f.text for f in told.findings] == [a.text for a in desk.articles]
    assert worth(told, "45 cars") == worth(told, "A law") == (True, True)
    assert worth(told, "5 car") == (True, False)
    unmeasured = judged(KnownQuestion("1", told.question, ("A law",)), replace(told, confidence=None))
    assert unmeasured == Judged(1.0, True)


def test_questions_are_measured_without_a_promise() -> None:
    desk = Desk([article("lind", "Lind got 300 votes in Aville.")])
    asked: list[str] = []

    def ask(question: KnownQuestion, promise: str) -> Answer:
        asked.append(promise)
        return desk.ask(question.question, (0, "300", 8.0), promise=promise)

    found = measure([KnownQuestion("1", "How many votes did Lind get?", ("300",))], ask, dict.fromkeys(PROMISES, 0.0))
    assert asked == [ANY] and [(k.answered, k.wrong) for k in found.promises] == [(1, 0)] * 3


def test_the_exact_interval_is_that_of_the_tables() -> None:
    # Clopper and Pearson's 95 % limits for 3 of 20, and the rule of three for none of 100.
    low, high = interval(3, 20)
    assert (round(low, 3), round(high, 3)) == (0.032, 0.379)
    assert interval(0, 100)[1] == pytest.approx(0.0362, abs=1e-4)
    assert interval(0, 0) == (0.0, 1.0)


def test_risk_and_coverage_of_known_answers() -> None:
    answers = [
        Judged(0.9, True),
        Judged(0.8, False),
        Judged(0.8, True),
        Judged(0.1, False),
        Judged(0.5, False, given=False),
    ]
    assert risk_coverage(answers) == ((0.2, 0.0), (0.6, pytest.approx(1 / 3)), (0.8, 0.5))


def test_perfect_calibration_has_no_error_and_overconfidence_its_size() -> None:
    assert ece([Judged(0.75, i % 4 != 0) for i in range(400)]) == pytest.approx(0.0)
    assert ece([Judged(0.95, i % 2 == 0) for i in range(400)]) == pytest.approx(0.45)
    # A bin counts by its answers, and too little confidence does not make up for too much.
    assert ece([Judged(0.9, False)] * 10 + [Judged(0.6, True)] * 30) == pytest.approx(0.25 * 0.9 + 0.75 * 0.4)


def test_the_bins_hold_the_answers_given_and_full_confidence_is_in_the_last() -> None:
    answers = [Judged(1.0, True), Judged(0.95, False), Judged(0.15, False), Judged(0.12, True, given=False)]
    assert reliability(answers) == ((0.15, 0.0, 1), (0.975, 0.5, 2))


@pytest.mark.parametrize(("questions", "enough"), [(99, False), (100, True)])
def test_a_hundred_questions_are_enough(questions: int, enough: bool) -> None:
    found = assess([Judged(0.5, True)] * questions, dict.fromkeys(PROMISES, 0.5))
    assert found.enough is enough and ("Too few" in found.lines()[-1]) is not enough
    assert [k.answered for k in found.promises] == [questions] * 3, "what reaches the threshold is given"


def test_what_could_not_be_answered_is_never_given() -> None:
    found = assess([Judged(0.9, False, given=False), Judged(0.9, True)], dict.fromkeys(PROMISES, 0.5))
    assert [(k.answered, k.wrong, k.coverage) for k in found.promises] == [(1, 0, 0.5)] * 3


def test_the_report_counts_each_promise_and_says_when_it_knows_too_little(tmp_path: Path) -> None:
    answers = [Judged(0.9, True)] * 30 + [Judged(0.6, False)] * 10 + [Judged(0.2, False)] * 10
    found = assess(answers, {"strict": 0.8, "balanced": 0.8, "generous": 0.5})
    strict, _, generous = found.promises
    assert (strict.answered, strict.wrong, strict.coverage) == (30, 0, 0.6)
    assert (generous.answered, generous.wrong, generous.risk) == (40, 10, 0.25)
    assert (strict.low, strict.high) == interval(0, 30) and (generous.low, generous.high) == interval(10, 40)
    assert not found.enough and "Too few" in found.lines()[-1]
    told = found.as_dict()["promises"]
    assert isinstance(told, dict) and told["generous"]["interval"] == [round(x, 4) for x in interval(10, 40)]
    assert told["strict"] == {**told["strict"], "allowed": 0.05, "threshold": 0.8, "coverage": 0.6, "risk": 0.0}
    assert json.dumps(found.as_dict())
    for name, magic in (("q.png", b"\x89PNG"), ("q.svg", b"<?xml")):
        plot(found, tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(magic)


def test_no_answers_at_all_are_reported() -> None:
    found = assess([], dict.fromkeys(PROMISES, 0.5))
    assert found.ece == 0 and found.curve == () and found.promises[0].risk is None


AVILLE = "The bridge of Aville was built in 1902. It has nine arches of grey stone and carries the road to Beeton."
OLDPORT = "The harbour of Oldport was dug in 1650. Four hundred boats lie there in summer, most of them from Newhaven."


def rows() -> list[Row]:
    return [
        Row("1", "Aville", "When was the bridge of Aville built?", AVILLE, ("1902",)),
        Row("2", "Aville", "Who built the bridge of Aville?", AVILLE, ()),
        Row("3", "Oldport", "When was the harbour of Oldport dug?", OLDPORT, ("1650",)),
        Row("4", "Oldport", "How many boats lie in Oldport?", OLDPORT, ("Four hundred",)),
    ]


def test_calibration_rows_are_read_packed_or_not(tmp_path: Path) -> None:
    lines = "\n".join(
        json.dumps({"id": r.id, "document": r.document, "question": r.question, "context": r.context,
                    "answers": [{"text": a, "answer_start": 0} for a in r.answers]}) for r in rows()
    )  # fmt: skip
    (tmp_path / "plain.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    assert read_rows(tmp_path / "plain.jsonl") == read_rows(tmp_path / "packed.jsonl.gz") == rows()
    (tmp_path / "broken.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(BadSource, match="its rows need id, document, question, context and answers"):
        read_rows(tmp_path / "broken.jsonl")


def test_a_document_is_one_article_with_each_paragraph_once() -> None:
    found = articles_of(rows())
    assert [(a.key, a.text) for a in found] == [("Aville", AVILLE), ("Oldport", OLDPORT)]


def test_half_of_the_questions_asked_have_an_answer() -> None:
    many = [Row(f"{r.id}-{i}", r.document, r.question, r.context, r.answers) for i in range(20) for r in rows()]
    asked = sampled(many, 80)
    answerable = [r for r, removed in asked if r.answers and not removed]
    assert len(asked) == 80 and len(answerable) == 40
    assert any(r.renamed for r, _ in asked) and any(not r.answers and not r.renamed for r, _ in asked)
    assert sampled(many, 80) == asked


def test_another_name_takes_the_place_of_the_questions_own() -> None:
    changed = another_name(rows()[0], {"Aville": ["Aville"], "Oldport": ["Oldport"]})
    assert changed is not None
    assert (changed.question, changed.answers) == ("When was the bridge of Oldport built?", ())
    assert another_name(Row("5", "Aville", "who built it?", AVILLE, ()), {"Oldport": ["Oldport"]}) is None


def test_a_paragraph_taken_out_is_not_found(archive: Archive) -> None:
    archive.add(articles_of(rows()))
    there, gone = collect(archive, None, [(rows()[0], False), (rows()[0], True)])
    assert "Aville" in {h.passage.citation.key for h in there.hits}
    assert "Aville" not in {h.passage.citation.key for h in gone.hits}
    measured = [example(f, *known(articles_of(rows()))) for f in (there, gone)]
    assert measured[0] is not None and measured[0].right and measured[0].source == "sentences"
    assert measured[1] is None or not measured[1].right


def test_a_model_without_a_feature_counts_it_as_nothing() -> None:
    model = Model(0.0, {"margin": 2.0}, {"balanced": 0.5})
    assert model.predict({}) == 0.5
