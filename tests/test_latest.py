"""What is the latest on something: the newest reports, each story once."""

from __future__ import annotations

from datetime import date

import pytest

from index.answer import Kind
from index.answering import compose, plan
from tests.answering_fixtures import TODAY, Desk, article


def test_the_latest_lists_the_newest_stories_first_and_undated_ones_last() -> None:
    days = [date(2031, 2, 1), None, date(2031, 2, 8), date(2031, 2, 4)]
    texts = [
        "Oldport votes on its budget.",
        "Oldport has a new baker.",
        "Oldport closes its harbour.",
        "Oldport wins the cup.",
    ]
    other = article("other", "Newhaven builds a school.", date(2031, 2, 9))
    desk = Desk([*(article(f"a{i}", t, d) for i, (t, d) in enumerate(zip(texts, days, strict=True))), other])
    answer = compose("What's the latest on Oldport?", desk.hits, None, context=desk.context())
    assert answer.kind is Kind.LATEST
    assert [f.text for f in answer.findings] == [texts[2], texts[3], texts[0], texts[1]]


@pytest.mark.parametrize("turned", [1, -1])
def test_the_latest_is_of_today_and_none_comes_from_the_future(turned: int) -> None:
    desk = Desk(
        [
            article("undated", "The Oldport bridge got a new coat of red paint, workers told the paper."),
            article("future", "The Oldport bridge will be sold to a museum, a list of plans says.", date(2131, 2, 9)),
            article("old", "The Oldport bridge was closed for lorries after a crack was found.", date(2031, 2, 8)),
            article("today", "The Oldport bridge opened again for everybody at noon.", TODAY),
        ][::turned]
    )
    answer = desk.ask("What is the latest on the Oldport bridge?")
    assert answer.kind is Kind.LATEST
    order = [f.quotes[0].citation.key for f in answer.findings]
    assert order[:2] == ["today", "old"]
    assert set(order[2:]) == {"undated", "future"}


def test_the_latest_is_quoted_from_the_newest_print() -> None:
    told = "The Oldport bridge was closed for lorries on Monday after a crack was found in one of its pillars."
    days = [date(2031, 2, 3), date(2031, 2, 6), date(2031, 2, 4), date(2131, 2, 4)]
    desk = Desk([article(f"print {i}", told, day) for i, day in enumerate(days)])
    [finding] = desk.ask("What is the latest on the Oldport bridge?").findings
    assert finding.quotes[0].citation.key == "print 1"
    assert len(finding.quotes) == 4


def test_the_latest_on_a_name_is_on_that_name() -> None:
    desk = Desk(
        [
            article(
                "harrow", "The Harrow harbour bridge was closed for lorries after a crack was found.", date(2031, 2, 8)
            ),
            article("oldport", "The Oldport harbour bridge was painted red.", date(2031, 2, 3)),
        ]
    )
    found = desk.ask("What is the latest on the Oldport harbour bridge?").findings
    assert [f.quotes[0].citation.key for f in found] == ["oldport"]


def test_the_latest_is_looked_up_among_the_newest() -> None:
    assert plan("What is the latest on Oldport?").newest
    assert not plan("How many people live in Oldport?").newest


def test_the_latest_is_of_five_stories_at_most() -> None:
    told = [
        "votes on its budget",
        "has a new baker",
        "closes its harbour",
        "wins the cup",
        "hires nurses",
        "digs a well",
    ]
    desk = Desk([article(f"a{i}", f"Oldport {what}.", date(2031, 2, 1 + i)) for i, what in enumerate(told)])
    found = desk.ask("What is the latest on Oldport?").findings
    assert [f.quotes[0].citation.key for f in found] == ["a5", "a4", "a3", "a2", "a1"]


def test_the_latest_on_something_is_no_other_news_from_there() -> None:
    desk = Desk(
        [
            article("strike", "Teachers in Oldport ended their strike over pay.", date(2031, 2, 3)),
            article("cup", "Oldport won the cup in a final that went to penalties.", date(2031, 2, 8)),
        ]
    )
    found = desk.ask("What is the latest on the strike of the teachers over pay in Oldport?").findings
    assert [f.quotes[0].citation.key for f in found] == ["strike"]


def test_the_title_may_say_what_the_report_is_about() -> None:
    desk = Desk([article("strike", "Classes begin again on Monday.", date(2031, 2, 3), title="Strike over in Oldport")])
    assert desk.ask("What is the latest on the strike in Oldport?").text == "Classes begin again on Monday."


def test_the_latest_on_nothing_named_is_all_news() -> None:
    desk = Desk([article("cup", "Oldport won the cup.", date(2031, 2, 8)), article("law", "A law was passed.", TODAY)])
    assert [f.quotes[0].citation.key for f in desk.ask("What is the latest news?").findings] == ["law", "cup"]


def test_each_report_is_quoted_with_the_sentence_that_says_most_of_the_topic() -> None:
    told = "A baker spoke first. The Oldport bridge was closed after a crack was found. The bridge is old."
    desk = Desk([article(key, told, date(2031, 2, 8)) for key in ("one", "other")])
    (finding,) = desk.ask("What is the latest on the Oldport bridge?").findings
    assert [(q.citation.key, q.text) for q in finding.quotes] == [
        (key, "The Oldport bridge was closed after a crack was found.") for key in ("one", "other")
    ]


def test_a_report_need_not_say_every_word_of_the_topic() -> None:
    desk = Desk([article("bridge", "The Oldport bridge was closed for lorries.", date(2031, 2, 8))])
    assert desk.ask("What is the latest on the repairs of the Oldport bridge?").answered


def test_where_no_report_is_about_the_topic_nothing_is_told() -> None:
    other = Desk([article("other", "Newhaven builds a school.", date(2031, 2, 9))])
    assert other.ask("What is the latest on Oldport?").reason == "No article found is about that."
