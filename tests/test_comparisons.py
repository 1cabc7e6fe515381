"""Which questions compare two things, what is then asked of each, and in which order both are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index import Answer
from index.answer import Kind as Form
from index.answering import compare, plan
from index.answering.kinds import QuestionKind as Kind
from index.answering.kinds import kind_of
from tests.answering_fixtures import Desk, article


@pytest.mark.parametrize(
    "question",
    [
        "Did the Harrow Bridge cost more than $40 million?",
        "Did the Harrow Bridge cost more than €40 million?",
        "Did the Harrow Bridge cost more than forty million dollars?",
        "Is the budget larger than last year?",
        "Is unemployment in Aville lower than the national average?",
        "Is the budget larger than last year's budget?",
        "Is the budget larger than the year before?",
        "Is the budget larger than in the previous year?",
        "Was turnout higher than in 2019?",
        "Was turnout higher than in May?",
        "Was turnout higher than on Friday?",
        "Did Varmeko earn more than analysts expected?",
        "Did Varmeko earn more than previously thought?",
        "Did Varmeko earn more than Lind had promised?",
        "Did Varmeko earn more than it spent?",
        "Is Aville more dangerous than Beeton?",
        "Are the Herons more likely to win than the Bears?",
        "Does Aville have more residents than Beeton had in 2019?",
    ],
)
def test_what_is_no_thing_with_a_name_is_not_asked_for(question: str) -> None:
    assert plan(question).parts == ()
    assert kind_of(question) is Kind.YES_NO


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Is the Harrow Bridge more expensive than Kell Tunnel?",
         {"the Harrow Bridge": "How much does the Harrow Bridge cost?", "Kell Tunnel": "How much does Kell Tunnel cost?"}),
        ("Were the Harrow Spans less expensive than Kell Tunnel?",
         {"the Harrow Spans": "How much did the Harrow Spans cost?", "Kell Tunnel": "How much did Kell Tunnel cost?"}),
        ("Was the Harrow Bridge cheaper than Kell Tunnel?",
         {"the Harrow Bridge": "How much did the Harrow Bridge cost?", "Kell Tunnel": "How much did Kell Tunnel cost?"}),
        ("Which was cheaper, the Harrow Bridge or Kell Tunnel?",
         {"the Harrow Bridge": "How much did the Harrow Bridge cost?", "Kell Tunnel": "How much did Kell Tunnel cost?"}),
        ("Did the Harrow Bridge cost more than Kell Tunnel?",
         {"the Harrow Bridge": "How much did the Harrow Bridge cost?", "Kell Tunnel": "How much did Kell Tunnel cost?"}),
        ("Which cost more, the Harrow Bridge or Kell Tunnel?",
         {"the Harrow Bridge": "How much did the Harrow Bridge cost?", "Kell Tunnel": "How much did Kell Tunnel cost?"}),
        ("Did Aville spend more on roads than Beeton?",
         {"Aville": "How much did Aville spend on roads?", "Beeton": "How much did Beeton spend on roads?"}),
        ("Did Aville spend more on roads than on schools?",
         {"roads": "How much did Aville spend on roads?", "schools": "How much did Aville spend on schools?"}),
        ("Are there more ships in Aville than in Beeton?",
         {"Aville": "How many ships are there in Aville?", "Beeton": "How many ships are there in Beeton?"}),
        ("Are there more ships in Aville or Beeton?",
         {"Aville": "How many ships are there in Aville?", "Beeton": "How many ships are there in Beeton?"}),
        ("Did Lind win more votes in Aville than in Beeton?",
         {"Aville": "How many votes did Lind win in Aville?", "Beeton": "How many votes did Lind win in Beeton?"}),
        ("Did Lind win more votes in Aville than Reed?",
         {"Lind": "How many votes in Aville did Lind win?", "Reed": "How many votes in Aville did Reed win?"}),
        ("Did Lind win many more votes than Reed did?",
         {"Lind": "How many votes did Lind win?", "Reed": "How many votes did Reed win?"}),
        ("Is Lind paid more in Aville than in Beeton?",
         {"Aville": "How much is Lind paid in Aville?", "Beeton": "How much is Lind paid in Beeton?"}),
        ("Has the Harrow Bridge more lanes than Kell Tunnel?",
         {"the Harrow Bridge": "How many lanes has the Harrow Bridge?", "Kell Tunnel": "How many lanes has Kell Tunnel?"}),
        ("Has Aville received more ships than Beeton?",
         {"Aville": "How many ships has Aville received?", "Beeton": "How many ships has Beeton received?"}),
        ("Was it colder in Aville or Beeton?",
         {"Aville": "How cold was it in Aville?", "Beeton": "How cold was it in Beeton?"}),
        ("Is rent higher in Aville than Beeton?",
         {"Aville": "How high is rent in Aville?", "Beeton": "How high is rent in Beeton?"}),
        ("Where is it colder, Aville or Beeton?",
         {"Aville": "How cold is it in Aville?", "Beeton": "How cold is it in Beeton?"}),
        ("Where is it colder, at Cape Rook or Cape Roe?",
         {"Cape Rook": "How cold is it at Cape Rook?", "Cape Roe": "How cold is it at Cape Roe?"}),
        ("Is turnout in Aville higher than in Beeton?",
         {"Aville": "How high is turnout in Aville?", "Beeton": "How high is turnout in Beeton?"}),
        ("Did Lind give more money than Reed?",
         {"Lind": "How much money did Lind give?", "Reed": "How much money did Reed give?"}),
        ("Will the Harrow Bridge be much longer than Kell Tunnel?",
         {"the Harrow Bridge": "How long will the Harrow Bridge be?", "Kell Tunnel": "How long will Kell Tunnel be?"}),
        ("Did Saturday's match draw more fans than Friday's match?",
         {"Saturday's match": "How many fans did Saturday's match draw?",
          "Friday's match": "How many fans did Friday's match draw?"}),
        ("Does the Aville Post sell more copies than the Sunday Herald?",
         {"the Aville Post": "How many copies does the Aville Post sell?",
          "the Sunday Herald": "How many copies does the Sunday Herald sell?"}),
        ("Which opened first, the Harrow Bridge or Kell Tunnel?",
         {"the Harrow Bridge": "When was it that the Harrow Bridge opened?",
          "Kell Tunnel": "When was it that Kell Tunnel opened?"}),
        ("Who arrived later, Lind or Reed?",
         {"Lind": "When was it that Lind arrived?", "Reed": "When was it that Reed arrived?"}),
        ("Is Lind younger than Reed?", {"Lind": "How old is Lind?", "Reed": "How old is Reed?"}),
        ("Which is smaller, Aville or Beeton?", {"Aville": "How large is Aville?", "Beeton": "How large is Beeton?"}),
        ("Which cost more, the Harrow Bridge or Kell Tunnel?",
         {"the Harrow Bridge": "How much did the Harrow Bridge cost?", "Kell Tunnel": "How much did Kell Tunnel cost?"}),
        ("Will the Harrow Bridge be more expensive than Kell Tunnel?",
         {"the Harrow Bridge": "How much will the Harrow Bridge cost?", "Kell Tunnel": "How much will Kell Tunnel cost?"}),
        ("Did the new bridge over the river at Aville cost more than Kell Tunnel?",
         {"the new bridge over the river at Aville": "How much did the new bridge over the river at Aville cost?",
          "Kell Tunnel": "How much did Kell Tunnel cost?"}),
        ("Did Aville use more electricity than Beeton?",
         {"Aville": "How much electricity did Aville use?", "Beeton": "How much electricity did Beeton use?"}),
        ("Did Lind win more votes in Aville or Beeton?",
         {"Aville": "How many votes did Lind win in Aville?", "Beeton": "How many votes did Lind win in Beeton?"}),
    ],
)  # fmt: skip
def test_each_thing_is_asked_for_as_it_is_named(question: str, parts: dict[str, str]) -> None:
    assert {p.label: p.question for p in plan(question).parts} == parts


@pytest.mark.parametrize(
    "question",
    [
        "Which is more dangerous, Aville or Beeton?",
        "Is Aville bigger or smaller than Beeton?",
        "Was the earthquake in Aville stronger than the one in Beeton?",
        "Did Lind win by more votes than Reed?",
        "Did Lind get more votes than all others?",
        "Did Lind win more in Aville than Reed?",
        "Is Lind more popular in Aville than in Beeton?",
        "Is the bread more expensive in Aville or in Beeton?",
        "Are women more likely to vote in Aville or in Beeton?",
        "Is aville bigger than Aville?",
        "Is the old stone bridge over the river at Aville longer than Kell Tunnel?",
    ],
)
def test_where_a_side_cannot_be_asked_for_the_question_is_asked_as_it_is(question: str) -> None:
    assert plan(question).parts == ()


def shown(question: str, answers: dict[str, str], published: date | None = None) -> list[str]:
    """The figures of the sides in the order shown; every side's article says "The LABEL opened with ANSWER."."""
    desk = Desk([article(label, f"The {label} opened with {said}.", published) for label, said in answers.items()])
    asked = "When was it that the {} opened?" if "opened" in question else "How many votes has {}?"
    sides = [(label, desk.ask(asked.format(label), (i, said, 8.0))) for i, (label, said) in enumerate(answers.items())]
    return [f.text for f in compare(question, sides).findings]


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("Who got more votes in the first round, Lind or Reed?", ["400 votes", "300 votes"]),
        ("Who got more votes in the lower house, Lind or Reed?", ["400 votes", "300 votes"]),
        ("Who got fewer votes in the upper house, Lind or Reed?", ["300 votes", "400 votes"]),
        ("Did Lind get fewer votes than Reed?", ["300 votes", "400 votes"]),
        ("Did last year's winner get fewer votes than Reed?", ["300 votes", "400 votes"]),
        ("Was Lind slower than Reed?", ["300 votes", "400 votes"]),
        ("Is Lind younger than Reed?", ["300 votes", "400 votes"]),
        ("Is Lind weaker than Reed?", ["300 votes", "400 votes"]),
    ],
)
def test_what_the_question_looks_for_comes_first(question: str, order: list[str]) -> None:
    for answers in ({"Lind": "300 votes", "Reed": "400 votes"}, {"Lind": "400 votes", "Reed": "300 votes"}):
        assert shown(question, answers) == order


@pytest.mark.parametrize(
    ("question", "one", "other", "order"),
    [
        ("Which opened first, A or B?", "5 May 2021", "3 March 2019", ["3 March 2019", "5 May 2021"]),
        ("Which opened later, A or B?", "3 March 2019", "5 May 2021", ["5 May 2021", "3 March 2019"]),
        ("Which opened earlier, A or B?", "5 May 2021", "3 March 2019", ["3 March 2019", "5 May 2021"]),
        ("Which opened first, A or B?", "5 May 2021", "3 May 2021", ["3 May 2021", "5 May 2021"]),
        ("Which opened first, A or B?", "5 May 2021", "2019", ["2019", "5 May 2021"]),
        ("Which opened first, A or B?", "2021", "5 May 2021", ["2021", "5 May 2021"]),
        ("Which opened first, A or B?", "5 May 2021", "3 March", ["5 May 2021", "3 March"]),
        ("Which opened first, A or B?", "5 May", "3 March 2021", ["5 May", "3 March 2021"]),
    ],
)
def test_dates_are_compared_by_day(question: str, one: str, other: str, order: list[str]) -> None:
    assert shown(question, {"Kell": one, "Harrow": other}) == order


@pytest.mark.parametrize(("one", "other"), [("300 votes", "$400"), ("$400", "300 votes"), ("many votes", "400 votes")])
def test_what_cannot_be_compared_stays_as_it_was_asked(one: str, other: str) -> None:
    assert shown("Who got more votes, Lind or Reed?", {"Lind": one, "Reed": other}) == [one, other]


def test_days_without_a_year_are_those_they_are_resolved_to() -> None:
    found = shown("Which opened first, A or B?", {"Kell": "5 January", "Harrow": "30 December"}, date(2031, 1, 8))
    assert found == ["30 December", "5 January"]


VOTES = [
    article("lind", "Lind got 41,300 votes in Aville."),
    article("reed", "Reed got 50.2 percent of the votes in Aville."),
    article("both", "Reed won with 39,900 votes, against Lind in Beeton."),
]


def compared(one: tuple[int, str], other: tuple[int, str], *, sure: float = 0.95, threshold: float = 0.8) -> Answer:
    """What is said of two sides, each answered with words of one of the VOTES and equally sure."""
    desk = Desk(VOTES)
    sides = [
        (label, desk.ask(f"How many votes did {label} get?", (*words, 8.0)))
        for label, words in (("Lind", one), ("Reed", other))
    ]
    judged = [(s, replace(a, confidence=sure, trace=replace(a.trace, threshold=threshold))) for s, a in sides]
    return compare("Did Lind get more votes than Reed?", judged)


@pytest.mark.parametrize(("sure", "kind"), [(0.9, Form.COMPARISON), (0.89, Form.NONE)])
def test_a_comparison_keeps_the_promise_that_both_sides_are_right(sure: float, kind: Form) -> None:
    answer = compared((0, "41,300 votes"), (2, "39,900 votes"), sure=sure, threshold=0.81)
    assert answer.kind is kind
    assert answer.confidence == pytest.approx(sure * sure) and answer.trace.threshold == 0.81
    if kind is Form.NONE:
        assert [q.text for q in answer.nearest] == [VOTES[0].text, VOTES[2].text]
        assert answer.reason is not None and "both" in answer.reason


def test_the_same_words_are_no_answer_for_both_sides() -> None:
    answer = compared((2, "39,900 votes"), (2, "39,900"))
    assert answer.kind is Form.NONE and len(answer.nearest) == 1
    assert answer.reason == "The articles do not say it for Lind."


def test_of_the_same_words_the_less_sure_side_is_not_told() -> None:
    desk = Desk(VOTES)
    one = desk.ask("How many votes did Lind get?", (2, "39,900 votes", 8.0))
    for sure, unsure in (("Lind", "Reed"), ("Reed", "Lind")):
        judged = [(name, replace(one, confidence=0.95 if name == sure else 0.9)) for name in ("Lind", "Reed")]
        assert (
            compare("Did Lind get more votes than Reed?", judged).reason == f"The articles do not say it for {unsure}."
        )


def test_what_is_known_is_shown_where_a_side_is_not() -> None:
    desk = Desk(VOTES)
    lind = desk.ask("How many votes did Lind get?", (0, "41,300 votes", 8.0))
    reed = desk.ask("How many votes did Reed get?", (2, "39,900 votes", -9.0), promise="strict")
    assert not reed.answered and len(reed.nearest) > 2
    answer = compare("Did Lind get more votes than Reed?", [("Lind", lind), ("Reed", reed)])
    assert answer.kind is Form.NONE and answer.reason == "The articles do not say it for Reed."
    assert lind.best is not None and answer.nearest == (lind.best.quotes[0], *reed.nearest[:2])
    neither = compare("Did Lind get more votes than Reed?", [("Lind", reed), ("Reed", reed)])
    assert neither.reason == "The articles do not say it for Lind or Reed."


def test_one_report_may_give_both_figures() -> None:
    desk = Desk([article("both", "Lind got 41,300 votes and Reed 39,900.")])
    sides = [
        (label, desk.ask(f"How many votes did {label} get?", (0, figure, 8.0)))
        for label, figure in (("Lind", "41,300"), ("Reed", "39,900"))
    ]
    answer = compare("Did Lind get fewer votes than Reed?", sides)
    assert [(f.label, f.text) for f in answer.findings] == [("Reed", "39,900"), ("Lind", "41,300")]


def test_reports_that_differ_are_told_of_their_side() -> None:
    desk = Desk([VOTES[0], article("other", "Lind got 44,000 votes in Aville."), VOTES[2]])
    sides = [
        ("Lind", desk.ask("How many votes did Lind get?", (0, "41,300 votes", 8.0), (1, "44,000 votes", 7.5))),
        ("Reed", desk.ask("How many votes did Reed get?", (2, "39,900 votes", 8.0))),
    ]
    answer = compare("Did Lind get more votes than Reed?", sides)
    assert [(f.label, f.text) for f in answer.differing] == [("Lind", "44,000 votes")]


def test_how_a_comparison_came_about_is_told_of_both_sides() -> None:
    desk = Desk(VOTES)
    asked = [("Lind", (0, "41,300 votes", 8.0), 0.5, 3.0), ("Reed", (2, "39,900 votes", 8.0), 0.7, 4.0)]
    sides = []
    for label, span, threshold, spent in asked:
        found = desk.ask(f"How many votes did {label} get?", span)
        trace = replace(found.trace, threshold=threshold, milliseconds={"read": spent})
        sides.append((label, replace(found, confidence=None if label == "Lind" else 0.9, trace=trace)))
    answer = compare("Did Lind get more votes than Reed?", sides)
    assert answer.kind is Form.COMPARISON and answer.confidence == 0.9
    assert (answer.trace.threshold, answer.trace.milliseconds) == (0.7, {"read": 7.0})
    assert len(answer.trace.hits) == sum(len(a.trace.hits) for _, a in sides)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Lind and Reed each got 41,300 votes in Aville.", Form.COMPARISON),
        ("Both Lind and Reed got 41,300 votes in Aville.", Form.COMPARISON),
        ("Lind, 54, and Reed, 60, both got 41,300 votes.", Form.COMPARISON),
        ("Lind and Reed got 41,300 votes each in Aville.", Form.COMPARISON),
        ("Lind and Reed both wanted a recount after Reed got 41,300 votes.", Form.NONE),
        ("Lind and Reed got 41,300 votes together.", Form.NONE),
        ("Lind and Reed are each 54 years old and got 41,300 votes.", Form.NONE),
        ("Reed won with 41,300 votes, against Lind in Beeton.", Form.NONE),
        ("Lind and Moor each got 41,300 votes in Aville.", Form.NONE),
    ],
)
def test_the_same_words_are_an_answer_for_both_where_they_are_said_of_each(sentence: str, kind: Form) -> None:
    desk = Desk([article("one", sentence)])
    sides = [
        (label, desk.ask(f"How many votes did {label} get?", (0, "41,300 votes", 8.0))) for label in ("Lind", "Reed")
    ]
    assert compare("Did Lind get more votes than Reed?", sides).kind is kind


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("41,300 votes", "50.2 percent", Form.NONE),
        ("50.2 percent", "41,300", Form.NONE),
        ("12 seats", "50.2 percent", Form.NONE),
        ("$12", "50.2 percent", Form.NONE),
        ("51 percent", "50.2 percent", Form.COMPARISON),
        ("5.2", "4 percent", Form.COMPARISON),  # "from 5.2 to 6 percent"
        ("41,300 votes", "39,900", Form.COMPARISON),
        ("$12", "12 million", Form.COMPARISON),
        ("many", "50.2 percent", Form.COMPARISON),
    ],
)
def test_a_share_is_not_compared_with_a_count(one: str, other: str, kind: Form) -> None:
    desk = Desk([article("lind", f"Lind got {one}, and more."), article("reed", f"Reed got {other}, and more.")])
    sides = [
        (label, desk.ask(f"How many votes did {label} get?", (i, words, 8.0)))
        for i, (label, words) in enumerate({"Lind": one, "Reed": other}.items())
    ]
    assert compare("Did Lind get more votes than Reed?", sides).kind is kind


@pytest.mark.parametrize(("behind", "kind"), [(" seats", Form.NONE), (" percent of it", Form.COMPARISON)])
def test_what_a_figure_counts_may_stand_behind_it(behind: str, kind: Form) -> None:
    desk = Desk([article("lind", f"Lind got 12{behind}."), article("reed", "Reed got 50.2 percent.")])
    sides = [
        ("Lind", desk.ask("How much did Lind get?", (0, "12", 8.0))),
        ("Reed", desk.ask("How much did Reed get?", (1, "50.2 percent", 8.0))),
    ]
    assert sides[0][1].text == "12"
    assert compare("Did Lind get more than Reed?", sides).kind is kind


def test_a_name_may_stand_there_without_its_article() -> None:
    desk = Desk([article("one", "Harrow Bridge and Kell Tunnel are each 420 metres long.")])
    sides = [
        (label, desk.ask(f"How long is {label}?", (0, "420 metres", 8.0)))
        for label in ("the Harrow Bridge", "Kell Tunnel")
    ]
    assert compare("Is the Harrow Bridge longer than Kell Tunnel?", sides).kind is Form.COMPARISON
