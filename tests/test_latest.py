"""What is the latest on something: the newest reports, each story once."""

from __future__ import annotations

from datetime import date

from index.answer import Kind
from index.answering import compose
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


def test_the_latest_is_of_today_and_none_comes_from_the_future() -> None:
    desk = Desk(
        [
            article("undated", "The Oldport bridge got a new coat of red paint, workers told the paper."),
            article("future", "The Oldport bridge will be sold to a museum, a list of plans says.", date(2131, 2, 9)),
            article("old", "The Oldport bridge was closed for lorries after a crack was found.", date(2031, 2, 8)),
            article("today", "The Oldport bridge opened again for everybody at noon.", TODAY),
        ]
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
